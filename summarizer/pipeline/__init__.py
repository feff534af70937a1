"""The order of the rooms, and the only place that waits between them.

`summarize`, `verify`, `estimate`, `kept` and `forget` are what every door calls. One direction, one order:
clean -> sentences -> dedupe -> (chunk -> propose | extract) -> verify -> disputes -> agree -> render.

Inside, articles stand in canonical order and have no names (`Request`); the caller's numbers and names are put on when
the answer leaves. The cache holds the canonical form.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from summarizer import errors, render
from summarizer.contract import (
    Answer,
    Estimate,
    PlannedCall,
    SummarizeRequest,
    Usage,
    VerifyAnswer,
    VerifyRequest,
)
from summarizer.pipeline.asking import PARTIAL, Spent, ask_model
from summarizer.pipeline.ground import extracted, prepare
from summarizer.pipeline.judging import judged
from summarizer.pipeline.leaving import keep, leave, look_up, named_rows, put_names, usage_of
from summarizer.pipeline.plan import bound_on_cost, not_sent, planned_calls, questions_of
from summarizer.pipeline.request import (
    Limits,
    Outside,
    Unreadable,
    aside,
    cache_key,
    canonical_form,
    engine_of,
    kept_key,
    refuse_unbuilt,
    size_of,
    version,
)
from summarizer.pipeline.sources import with_sources
from summarizer.ports import Reply, Stage, Tell, quiet
from summarizer.values import Summary, Warning_

__all__ = ["Limits", "Outside", "Unreadable", "estimate", "forget", "kept", "summarize", "verify", "version"]


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
    said = quiet(tell)
    deadline = time.monotonic() + (request.deadline_s or outside.deadline_s)
    refuse_unbuilt(request)
    size = size_of(request.articles)
    request, unreadable = await with_sources(request, outside, unreadable)
    canonical = await aside(size, canonical_form, request.articles, outside.limits, unreadable)
    engine = engine_of(request, outside)
    key = await aside(size, cache_key, request, canonical, engine, outside)
    trouble: list[Warning_] = []
    if request.cache == "use":
        hit = await look_up(key, outside, trouble)
        if hit is not None:
            clock.lap("cache")
            hit.usage = Usage(tokens_raw=hit.usage.tokens_raw, cache="hit")
            hit.timings_ms = clock.ms
            return await leave(hit, request, canonical, outside, trouble)
    clock.lap("cache")
    said(Stage("read", 0, 1))
    ground = await asyncio.to_thread(prepare, canonical.articles, outside.count)
    clock.lap("read")
    said(Stage("read", 1, 1))
    spent = Spent()
    warnings = list(ground.warnings)
    degraded = extractive = False
    summary: Summary | None = None
    if engine == "llm":
        assert outside.llm is not None
        warnings += outside.notes
        try:
            summary, notes = await ask_model(request, canonical.articles, ground, outside, deadline, spent, said)
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
            summary = await asyncio.to_thread(extracted, request, ground)
            summary = replace(summary, rejected=(*rejected, *summary.rejected))
    else:
        said(Stage("verify", 0, 1))
        summary = await asyncio.to_thread(extracted, request, ground)
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
    clock.lap("render")
    said(Stage("render", 1, 1))
    box = [ground, summary]
    del ground, summary
    await asyncio.to_thread(box.clear)  # the words of a thousand articles take a while to go
    if request.cache != "none" and not degraded:
        await keep(key, answer, outside, trouble)
    answer.timings_ms = clock.ms
    return await leave(answer, request, canonical, outside, trouble)


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
    canonical = await asyncio.to_thread(canonical_form, request.articles, outside.limits, unreadable)
    ground = await asyncio.to_thread(prepare, canonical.articles, outside.count)
    return await asyncio.to_thread(judged, request.text, canonical, ground)


async def estimate(request: SummarizeRequest, outside: Outside, *, unreadable: Sequence[Unreadable] = ()) -> Estimate:
    """The plan of calls for a request; nothing is sent."""
    refuse_unbuilt(request)
    request, unreadable = await with_sources(request, outside, unreadable)
    canonical = await asyncio.to_thread(canonical_form, request.articles, outside.limits, unreadable)
    engine = engine_of(request, outside)
    trouble: list[Warning_] = []
    cached = (
        request.cache == "use"
        and await look_up(
            await aside(size_of(request.articles), cache_key, request, canonical, engine, outside), outside, trouble
        )
        is not None
    )
    ground = await asyncio.to_thread(prepare, canonical.articles, outside.count)
    calls: list[PlannedCall] = []
    merge, unsent = False, 0
    if engine == "llm":
        questions, merge, unsent = await asyncio.to_thread(questions_of, request, canonical.articles, ground, outside)
        calls = planned_calls(request, questions, merge, outside)
    prompt = sum(c.prompt_tokens for c in calls)
    completion = sum(c.max_completion_tokens for c in calls)
    rows = await asyncio.to_thread(named_rows, canonical, ground)
    return Estimate(
        engine=engine,
        model=outside.llm.model if engine == "llm" and outside.llm is not None else None,
        calls=calls,
        levels=max((c.level for c in calls), default=0),
        prompt_tokens=prompt,
        max_completion_tokens=completion,
        cost_usd=bound_on_cost(calls, merge, outside) if engine == "llm" else 0.0,
        tokens_raw=sum(ground.tokens),
        cached=cached,
        articles=rows,
        warnings=put_names([*canonical.warnings, *ground.warnings, *not_sent(unsent), *trouble], canonical),
    )


async def kept(summary_id: str, outside: Outside) -> Answer:
    """An earlier answer by its id. Errors: `NotFound`, `StoreUnavailable`."""
    data = await outside.store.get(kept_key(summary_id, outside))
    if data is not None:
        try:
            return Answer.model_validate_json(data)
        except ValidationError:
            pass
    raise errors.NotFound(
        "There is no summary with this id, or it is not kept any more. Ask for it again with POST /summarize."
    )


async def forget(summary_id: str, outside: Outside) -> None:
    """Delete an earlier answer. Errors: `NotFound`, `StoreUnavailable`."""
    if not await outside.store.delete(kept_key(summary_id, outside)):
        raise errors.NotFound("There is no summary with this id, or it is not kept any more.")
