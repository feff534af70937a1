"""The order of the rooms, and the only place that waits between them.

`summarize`, `verify`, `estimate`, `kept` and `forget` are what every door calls. One direction, one order:
clean -> sentences -> dedupe -> (chunk -> propose | extract) -> verify -> disputes -> agree -> render.

Inside, articles stand in canonical order and have no names (`Request`); the caller's numbers and names are put on when
the answer leaves. The cache holds the canonical form.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import ValidationError

from summarizer import errors, render
from summarizer.contract import (
    Answer,
    ArticleOut,
    Estimate,
    SummarizeRequest,
    Usage,
    VerifyAnswer,
    VerifyRequest,
)
from summarizer.pipeline.asking import PARTIAL, ask_model
from summarizer.pipeline.counters import Counters
from summarizer.pipeline.flight import Run, shared
from summarizer.pipeline.going_on import beside, changes, going_on, held_of, taken_up, unpack_answer
from summarizer.pipeline.ground import Ground, agreed, extracted, prepare
from summarizer.pipeline.hearing import Hearing, Listener
from summarizer.pipeline.judging import judged
from summarizer.pipeline.leaving import keep, leave, look_up, named_rows, put_names, usage_of
from summarizer.pipeline.plan import Plan, bound_on_cost, not_sent, plan_of
from summarizer.pipeline.ready import Ready, drop_ready, keep_ready, look_up_ready, ready_key
from summarizer.pipeline.request import (
    Judge,
    Limits,
    Outside,
    Request,
    Unreadable,
    aside,
    cache_key,
    canonical_form,
    engine_of,
    judge_of,
    kept_key,
    size_of,
    version,
)
from summarizer.pipeline.rulings import planned
from summarizer.pipeline.sources import with_sources
from summarizer.pipeline.spent import Spent
from summarizer.pipeline.turns import Turns, apart, makes, waits
from summarizer.ports import Reply, Stage, Tell, quiet
from summarizer.values import Summary, Verified, Warning_

__all__ = [
    "Counters",
    "Judge",
    "Limits",
    "Outside",
    "Ready",
    "Turns",
    "Unreadable",
    "estimate",
    "forget",
    "kept",
    "ready",
    "size_of",
    "summarize",
    "verify",
    "version",
]


class Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, stage: str) -> None:
        now = time.monotonic()
        self.ms[stage] = round(self.ms.get(stage, 0.0) + (now - self._last) * 1000, 1)
        self._last = now


async def summarize(
    request: SummarizeRequest,
    outside: Outside,
    *,
    unreadable: Sequence[Unreadable] = (),
    tell: Tell | None = None,
) -> Answer:
    """The answer of `POST /summarize`. Errors: `CallerError` and `ServiceError` of `errors`.

    tell: hears how far the work is (`ports.Stage`).
    """
    clock = Clock()
    live = tell is not None
    deadline = time.monotonic() + (request.deadline_s or outside.deadline_s)
    request, unreadable = await with_sources(request, outside, unreadable)
    canonical = await _received(request, outside, unreadable)
    listener = Listener(quiet(tell), canonical)
    engine = engine_of(request, outside)
    key = await aside(size_of(request.articles), cache_key, request, canonical, engine, outside)
    trouble: list[Warning_] = []
    if request.cache == "use":
        hit = await look_up(key, outside, trouble)
        if hit is not None:
            clock.lap("cache")
            outside.counters.hits += 1
            out = await leave(_spared(hit, clock, outside), request, canonical, outside, trouble)
            listener.close(out)
            return out
    clock.lap("cache")

    async def make(tell: Tell) -> Run:
        return await _make(request, canonical, engine, key, outside, deadline, tell, live)

    async def look(fresh: bool) -> Run | None:
        found = await look_up(key, outside, trouble) if fresh or request.cache == "use" else None
        return Run(found, kept=True, mine=False) if found is not None else None

    async def fly(tell: Tell) -> Run:
        return await shared(flight, outside.store, lambda: make(tell), look, deadline)

    if request.cache == "none":
        run = await make(listener)
    else:
        # Equal is what can neither change the answer nor what happens when there is none: a job has longer than a request,
        # and is not refused as one may be.
        until = request.deadline_s or outside.deadline_s
        equal = (key, request.cache, request.fallback, until, request.max_cost_usd, waits())
        flight = "|".join(map(str, equal))
        run = await outside.flights.join(flight, fly, listener)
    trouble += run.trouble
    answer = run.answer
    if not run.mine:
        outside.counters.joined += 1
        clock.lap("wait")
        answer = _spared(answer, clock, outside)
    if request.cache == "refresh" and run.kept and run.mine:
        await drop_ready(key, outside)
    again = run.kept and not trouble and canonical.earlier is None and not unreadable
    place = ready_key(key, request, canonical, outside) if again else None
    out = await leave(answer, request, canonical, outside, trouble, kept=run.texts, ready=place)
    if place is not None and not any(w.code == "cache_unavailable" for w in out.warnings):
        await keep_ready(place, key, request, canonical, outside, out)
    listener.close(out)
    return out


async def ready(request: SummarizeRequest, outside: Outside, *, unreadable: Sequence[Unreadable] = ()) -> Ready | None:
    """The answer of `summarize` as JSON, if exactly this was answered before; None: ask `summarize`."""
    if (
        request.cache != "use"
        or request.previous is not None
        or request.withdraw
        or any(a.text is None for a in request.articles)
    ):
        return None  # pages are fetched, markup is taken apart and earlier answers are taken up there, and not twice
    try:
        canonical = await _received(request, outside, unreadable)
        engine = engine_of(request, outside)
    except errors.SummarizerError:
        return None  # which `summarize` says
    key = await aside(size_of(request.articles), cache_key, request, canonical, engine, outside)
    return await look_up_ready(key, request, canonical, unreadable, outside)


async def _received(request: SummarizeRequest, outside: Outside, unreadable: Sequence[Unreadable]) -> Request:
    """The request in canonical form, with what it goes on from. Errors: `CallerError`, `StoreUnavailable`."""
    if request.previous is None:
        if request.withdraw:
            raise errors.InvalidRequest(
                "Only articles of an earlier answer can be withdrawn: name it in `previous`.",
                extra={"errors": [{"pointer": "/withdraw", "detail": "needs previous"}]},
            )
        size = size_of(request.articles)
        return await aside(size, canonical_form, request.articles, outside.limits, unreadable)
    kept = await taken_up(request.previous, outside)
    return await apart(going_on, request, kept, outside.limits, unreadable)


def _spared(answer: Answer, clock: Clock, outside: Outside) -> Answer:
    """An answer that somebody else has paid for, with what it cost this request: nothing."""
    of = answer.usage
    outside.counters.save(of.prompt_tokens, of.completion_tokens, of.cost_usd)
    usage = Usage(tokens_raw=of.tokens_raw, cache="hit")
    return answer.model_copy(update={"usage": usage, "timings_ms": clock.ms})


async def _make(
    request: SummarizeRequest,
    canonical: Request,
    engine: Literal["llm", "extractive"],
    key: str,
    outside: Outside,
    deadline: float,
    said: Tell,
    live: bool,
) -> Run:
    """One run: the canonical answer, kept in the cache if it is a good one."""
    spent = Spent()
    try:
        return await _made(request, canonical, engine, key, outside, deadline, said, spent, live)
    finally:
        outside.counters.runs += 1
        outside.counters.spend(spent.calls, spent.prompt, spent.completion, spent.usd(outside))


async def _made(
    request: SummarizeRequest,
    canonical: Request,
    engine: Literal["llm", "extractive"],
    key: str,
    outside: Outside,
    deadline: float,
    said: Tell,
    spent: Spent,
    live: bool,
) -> Run:
    makes()
    clock = Clock()
    trouble: list[Warning_] = []
    said(Stage("read", 0, 1))
    ground = await apart(prepare, canonical.articles, outside.count)
    clock.lap("read")
    said(Stage("read", 1, 1))
    warnings = list(ground.warnings)
    degraded = extractive = False
    summary: Summary | None = None
    if engine == "llm":
        assert outside.llm is not None
        warnings += outside.notes
        try:
            hearing = _hearing(request, canonical, ground, outside, said) if live else None
            try:
                summary, notes = await ask_model(request, canonical, ground, outside, deadline, spent, said, hearing)
            finally:
                if hearing is not None:
                    await hearing.stop()
            if spent.other is not None:
                notes.append(_fallback_note(outside.llm.model, spent.other))
            warnings += notes
            degraded = any(w.code in PARTIAL for w in notes)
        except (errors.ModelError, errors.DeadlineExceeded) as error:
            if isinstance(error, errors.ModelError):
                spent.add(error)
            if request.fallback == "error":
                raise
            warnings.append(Warning_("model_failed", f"The model gave no usable answer ({error.code}): {error.detail}"))
        except (errors.BudgetSpent, errors.BudgetUnavailable) as error:
            if request.fallback == "error":
                raise
            warnings.append(Warning_("model_not_asked", f"The model was not asked ({error.code}): {error.detail}"))
        clock.lap("model")
        if summary is None or not summary.facts:
            said(Stage("verify", 0, 1))
            extractive = True
            if summary is not None:
                if request.fallback == "error":
                    cut = any(w.code == errors.ModelReplyCut.code for w in warnings)
                    raise (errors.ModelReplyCut if cut else errors.ModelReplyUnreadable)(
                        "No statement of the model's reply held against the articles; try a stronger model or allow the extractive fallback.",
                        prompt_tokens=spent.prompt,
                        completion_tokens=spent.completion,
                    )
                warnings.append(
                    Warning_(
                        "nothing_survived",
                        "No statement of the model's reply held against the articles; this summary is made of whole sentences.",
                    )
                )
            degraded = True
            rejected = summary.rejected if summary is not None else ()
            summary = await apart(extracted, request, ground)
            summary = replace(summary, rejected=(*rejected, *summary.rejected))
    else:
        said(Stage("verify", 0, 1))
        summary = await apart(extracted, request, ground)
    clock.lap("verify")
    said(Stage("verify", 1, 1))
    if not summary.facts:
        summary = replace(
            summary,
            warnings=(
                *summary.warnings,
                Warning_("no_summary", "No sentence could be published with these options; see left_out and rejected."),
            ),
        )
    said(Stage("render", 0, 1))
    answer = await asyncio.to_thread(
        render.answer,
        replace(summary, warnings=(*canonical.warnings, *warnings, *summary.warnings)),
        articles=canonical.articles,
        bodies=ground.bodies,
        origins=ground.origins,
        tokens=ground.tokens,
        engine="llm" if engine == "llm" and not extractive else "extractive",
        model=_who(outside, spent) if engine == "llm" and not extractive else None,
        prompt_version=outside.prompts.version,
        degraded=degraded,
        language=ground.language,
        usage=usage_of(spent, ground, outside, engine),
        timings_ms={},
        id="",
        style=request.style,
        include=frozenset({"rejected_text"}),
    )
    if canonical.earlier is not None:
        answer.changes = changes(canonical.earlier, answer)
    clock.lap("render")
    said(Stage("render", 1, 1))
    box = [ground, summary]
    del ground, summary
    await asyncio.to_thread(box.clear)  # the words of a thousand articles take a while to go
    answer.timings_ms = clock.ms
    kept = request.cache != "none" and not degraded and await keep(key, answer, outside, trouble)
    return Run(answer, tuple(trouble), kept)


def _hearing(request: SummarizeRequest, canonical: Request, ground: Ground, outside: Outside, said: Tell) -> Hearing:
    """What tells the facts of a reply while it comes in."""

    def show(verified: Verified) -> Answer:
        return render.answer(
            agreed(request, ground, verified, omitted=True),
            articles=canonical.articles,
            bodies=ground.bodies,
            origins=ground.origins,
            tokens=ground.tokens,
            engine="llm",
            model=None,
            prompt_version=outside.prompts.version,
            degraded=False,
            language=ground.language,
            usage=Usage(),
            timings_ms={},
            id="",
            style=request.style,
            include=frozenset(),
        )

    return Hearing(ground, show, said)


def _who(outside: Outside, spent: Spent) -> str | None:
    if spent.other is not None:
        return spent.other.model
    return outside.llm.model if outside.llm is not None else None


def _fallback_note(first: str, reply: Reply) -> Warning_:
    return Warning_(
        "fallback_model",
        f"{first} gave no usable reply ({reply.why}); {reply.model} at {reply.host} was asked instead.",
    )


async def verify(request: VerifyRequest, outside: Outside, *, unreadable: Sequence[Unreadable] = ()) -> VerifyAnswer:
    """The answer of `POST /verify`: every sentence of a text against the articles. Nothing is sent anywhere."""
    request, unreadable = await with_sources(request, outside, unreadable)
    canonical = await aside(size_of(request.articles), canonical_form, request.articles, outside.limits, unreadable)
    makes()
    return await apart(_judged, request.text, canonical, outside.count)


def _judged(text: str, canonical: Request, count: Callable[[str], int]) -> VerifyAnswer:
    return judged(text, canonical, prepare(canonical.articles, count))


async def estimate(request: SummarizeRequest, outside: Outside, *, unreadable: Sequence[Unreadable] = ()) -> Estimate:
    """The plan of calls for a request; nothing is sent."""
    request, unreadable = await with_sources(request, outside, unreadable)
    canonical = await _received(request, outside, unreadable)
    engine = engine_of(request, outside)
    trouble: list[Warning_] = []
    cached = (
        request.cache == "use"
        and await look_up(
            await aside(size_of(request.articles), cache_key, request, canonical, engine, outside), outside, trouble
        )
        is not None
    )
    makes()
    ground, plan, rows = await apart(_planned, request, canonical, outside, engine)
    calls = [*plan.calls, *plan.judging] if plan is not None else []
    return Estimate(
        engine=engine,
        model=outside.llm.model if engine == "llm" and outside.llm is not None else None,
        calls=calls,
        levels=max((c.level for c in calls), default=0),
        prompt_tokens=sum(c.prompt_tokens for c in calls),
        max_completion_tokens=sum(c.max_completion_tokens for c in calls),
        cost_usd=bound_on_cost(plan, outside) if plan is not None else 0.0,
        tokens_raw=sum(ground.tokens),
        cached=cached,
        articles=rows,
        warnings=put_names(
            [*canonical.warnings, *ground.warnings, *not_sent(plan), *trouble],
            canonical,
        ),
    )


def _planned(
    request: SummarizeRequest, canonical: Request, outside: Outside, engine: Literal["llm", "extractive"]
) -> tuple[Ground, Plan | None, list[ArticleOut]]:
    ground = prepare(canonical.articles, outside.count)
    plan: Plan | None = None
    if engine == "llm":
        earlier = canonical.earlier
        held = held_of(earlier, ground) if earlier is not None else None
        new = earlier.new if earlier is not None else frozenset()
        plan = plan_of(request, canonical.articles, ground, outside, held, new)
        plan = replace(plan, judging=planned(request, outside, judge_of(request, outside, "llm")))
    return ground, plan, named_rows(canonical, ground)


async def kept(summary_id: str, outside: Outside) -> Answer:
    """An earlier answer by its id. Errors: `NotFound`, `StoreUnavailable`."""
    data = await outside.store.get(kept_key(summary_id, outside))
    if data is not None:
        try:
            return unpack_answer(data, summary_id)
        except ValidationError:
            pass
    raise errors.NotFound(
        "There is no summary with this id, or it is not kept any more. Ask for it again with POST /summarize."
    )


async def forget(summary_id: str, outside: Outside) -> None:
    """Delete an earlier answer, the texts that one could go on from, and the copy of it that equal callers would get.

    Other answers about the same articles, kept for as long, can then not be gone on from. Errors: `NotFound`, `StoreUnavailable`.
    """
    key = kept_key(summary_id, outside)
    data = await outside.store.get(key)
    for other in beside(data) if data is not None else ():
        await outside.store.delete(other)
    if not await outside.store.delete(key):
        raise errors.NotFound("There is no summary with this id, or it is not kept any more.")
