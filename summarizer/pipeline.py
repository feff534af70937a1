"""The order of the rooms, and the only place that waits between them.

`summarize`, `verify`, `estimate`, `kept` and `forget` are what every door calls. One direction, one order:
clean -> sentences -> dedupe -> (chunk -> propose | extract) -> verify -> disputes -> agree -> render.

Inside, articles stand in canonical order and have no names (`Request`); the caller's numbers and names are put on when
the answer leaves. The cache holds the canonical form.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import ValidationError

from summarizer import agree as agreement
from summarizer import chunk, clean, dedupe, disputes, errors, extract, propose, render
from summarizer import sentences as splitting
from summarizer import verify as verification
from summarizer.contract import (
    Answer,
    ArticleIn,
    ArticleOut,
    Estimate,
    Include,
    PlannedCall,
    RejectedOut,
    SummarizeRequest,
    Usage,
    VerifiedSentence,
    VerifyAnswer,
    VerifyRequest,
    WarningOut,
)
from summarizer.ports import LLM, Message, Reply, Store
from summarizer.values import (
    Article,
    Body,
    Checked,
    Citation,
    Draft,
    DraftSentence,
    Origins,
    Sentence,
    Summary,
    Verified,
    Warning_,
)

if TYPE_CHECKING:
    from summarizer.prompts import Prompts


@lru_cache(maxsize=1)
def version() -> str:
    """12 hex digits of a hash over our own code: part of every cache key, so that no answer outlives the code behind it."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


# The reply is paid and reserved. A bound chosen with room to spare (739 tokens were seen for a summary of five articles with
# disputes and headline); the rest is for a model that thinks aloud.
_REPLY_BASE, _REPLY_PER_WORD = 1024, 6
_OVERHEAD = 64  # tokens of roles and separators that servers add around two or three messages
_CHUNK_WORDS = 400  # a chunk's own summary: the facts that the merge chooses from
_LEAST = 256  # tokens for sentences in one call: a handful; with less, a call says nothing
_MAX_CALLS = 64  # of one request, merge included: beyond that the least shared sentences are not sent


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be decoded: told in a warning, or an error when nothing else is left."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may hold. Characters are Unicode code points."""

    max_articles: int = 200
    max_article_characters: int = 400_000
    max_total_characters: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Outside:
    """The outside things that a request needs, opened by `services`.

    context_tokens: of the model, prompt and reply together. price: USD per million prompt and completion tokens.
    notes: warnings that every answer of the `llm` engine carries (an unknown model's tokens are estimated).
    """

    store: Store
    count: Callable[[str], int]
    prompts: Prompts
    llm: LLM | None = None
    limits: Limits = Limits()
    context_tokens: int = 128_000
    deadline_s: float = 120.0
    cache_ttl_s: float = 86_400.0
    retain_s: int = 86_400
    price: tuple[float, float] | None = None
    concurrency: int = 4
    tenant: str = ""
    notes: tuple[Warning_, ...] = ()


@dataclass(frozen=True, slots=True)
class _Request:
    """A request in canonical form: articles in canonical order, and what puts the caller's order and names back on."""

    articles: tuple[Article, ...]
    order: tuple[int, ...]  # order[i]: canonical index of the caller's article i
    names: tuple[str, ...]  # in the caller's order
    urls: tuple[str | None, ...]
    warnings: tuple[Warning_, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What code found out about the articles before any engine ran."""

    bodies: tuple[Body, ...]
    language: str
    sentences: tuple[tuple[Sentence, ...], ...]
    table: verification.Table
    origins: Origins
    warnings: tuple[Warning_, ...]
    tokens: tuple[int, ...]


@dataclass(slots=True)
class _Spent:
    """What the calls of one request cost so far."""

    calls: int = 0
    prompt: int = 0
    completion: int = 0

    def add(self, reply: Reply) -> None:
        self.calls += reply.calls
        self.prompt += reply.prompt_tokens
        self.completion += reply.completion_tokens


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, stage: str) -> None:
        now = time.monotonic()
        self.ms[stage] = round(self.ms.get(stage, 0.0) + (now - self._last) * 1000, 1)
        self._last = now


# -- the doors' five functions ------------------------------------------------------------------------------------------


async def summarize(request: SummarizeRequest, outside: Outside, *, unreadable: Sequence[Unreadable] = ()) -> Answer:
    """The answer of `POST /summarize`. Errors: `CallerError` and `ServiceError` of `errors`."""
    clock = _Clock()
    deadline = time.monotonic() + (request.deadline_s or outside.deadline_s)
    _refuse_unbuilt(request)
    canonical = await asyncio.to_thread(_canonical, request.articles, outside.limits, unreadable)
    engine = _engine(request, outside)
    key = _cache_key(request, canonical, engine, outside)
    trouble: list[Warning_] = []
    if request.cache == "use":
        hit = await _look_up(key, outside, trouble)
        if hit is not None:
            clock.lap("cache")
            hit.usage = Usage(tokens_raw=hit.usage.tokens_raw, cache="hit")
            hit.timings_ms = clock.ms
            return await _leave(hit, request, canonical, outside, trouble)
    clock.lap("cache")
    ground = await asyncio.to_thread(_prepare, canonical.articles, outside.count)
    clock.lap("read")
    spent = _Spent()
    warnings = list(ground.warnings)
    degraded = extractive = False
    summary: Summary | None = None
    if engine == "llm":
        assert outside.llm is not None
        warnings += outside.notes
        try:
            summary, notes = await _ask_model(request, canonical.articles, ground, outside, deadline, spent)
            warnings += notes
            degraded = any(w.code in _PARTIAL for w in notes)
        except (errors.ModelError, errors.DeadlineExceeded) as error:
            if isinstance(error, errors.ModelError):
                spent.add(Reply("", error.prompt_tokens, error.completion_tokens, error.calls))
            if request.fallback == "error":
                raise
            warnings.append(Warning_("model_failed", f"The model gave no usable answer ({error.code}): {error.detail}"))
        clock.lap("model")
        if summary is None or not summary.facts:
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
            summary = await asyncio.to_thread(_extract, request, ground)
            summary = replace(summary, rejected=(*rejected, *summary.rejected))
    else:
        summary = await asyncio.to_thread(_extract, request, ground)
    clock.lap("verify")
    if not summary.facts:
        summary = replace(
            summary,
            warnings=(
                *summary.warnings,
                Warning_("no_summary", "No sentence could be published with these options; see left_out and rejected."),
            ),
        )
    answer = render.answer(
        replace(summary, warnings=(*canonical.warnings, *warnings, *summary.warnings)),
        articles=canonical.articles,
        bodies=ground.bodies,
        origins=ground.origins,
        tokens=ground.tokens,
        engine="llm" if engine == "llm" and not extractive else "extractive",
        model=outside.llm.model if engine == "llm" and outside.llm is not None and not extractive else None,
        prompt_version=outside.prompts.version,
        degraded=degraded,
        language=ground.language,
        usage=_usage(spent, ground, outside, engine),
        timings_ms={},
        id="",
        style=request.style,
        include=frozenset({"rejected_text"}),
    )
    clock.lap("render")
    if request.cache != "none" and not degraded:
        await _keep(key, answer, outside, trouble)
    answer.timings_ms = clock.ms
    return await _leave(answer, request, canonical, outside, trouble)


async def verify(request: VerifyRequest, outside: Outside, *, unreadable: Sequence[Unreadable] = ()) -> VerifyAnswer:
    """The answer of `POST /verify`: every sentence of a text against the articles. Nothing is sent anywhere."""
    canonical = await asyncio.to_thread(_canonical, request.articles, outside.limits, unreadable)
    ground = await asyncio.to_thread(_prepare, canonical.articles, outside.count)
    return await asyncio.to_thread(_judge, request.text, canonical, ground)


async def estimate(request: SummarizeRequest, outside: Outside, *, unreadable: Sequence[Unreadable] = ()) -> Estimate:
    """The plan of calls for a request; nothing is sent."""
    _refuse_unbuilt(request)
    canonical = await asyncio.to_thread(_canonical, request.articles, outside.limits, unreadable)
    engine = _engine(request, outside)
    trouble: list[Warning_] = []
    cached = (
        request.cache == "use"
        and await _look_up(_cache_key(request, canonical, engine, outside), outside, trouble) is not None
    )
    ground = await asyncio.to_thread(_prepare, canonical.articles, outside.count)
    calls: list[PlannedCall] = []
    merge, unsent = False, 0
    if engine == "llm":
        questions, merge, unsent = await asyncio.to_thread(_questions, request, canonical.articles, ground, outside)
        calls = _planned(request, questions, merge, outside)
    prompt = sum(c.prompt_tokens for c in calls)
    completion = sum(c.max_completion_tokens for c in calls)
    rows = _named_rows(canonical, ground)
    return Estimate(
        engine=engine,
        model=outside.llm.model if engine == "llm" and outside.llm is not None else None,
        calls=calls,
        levels=max((c.level for c in calls), default=0),
        prompt_tokens=prompt,
        max_completion_tokens=completion,
        cost_usd=_bound(calls, merge, outside) if engine == "llm" else 0.0,
        tokens_raw=sum(ground.tokens),
        cached=cached,
        articles=rows,
        warnings=_put_names([*canonical.warnings, *ground.warnings, *_not_sent(unsent), *trouble], canonical),
    )


async def kept(summary_id: str, outside: Outside) -> Answer:
    """An earlier answer by its id. Errors: `NotFound`, `StoreUnavailable`."""
    data = await outside.store.get(_kept_key(summary_id, outside))
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
    if not await outside.store.delete(_kept_key(summary_id, outside)):
        raise errors.NotFound("There is no summary with this id, or it is not kept any more.")


# -- in: canonical form -------------------------------------------------------------------------------------------------


def _refuse_unbuilt(request: SummarizeRequest) -> None:
    if request.previous is not None or request.withdraw:
        raise errors.InvalidRequest(
            "Going on from an earlier answer is not available in this version: send all articles again without `previous` and `withdraw`.",
            extra={"errors": [{"pointer": "/previous", "detail": "not available in this version"}]},
        )


def _canonical(given: Sequence[ArticleIn], limits: Limits, unreadable: Sequence[Unreadable]) -> _Request:
    if not given:
        if unreadable:
            raise errors.Undecodable(
                "None of the files is text that can be read: "
                + "; ".join(f"{u.name}: {u.reason}" for u in unreadable[:5])
            )
        raise errors.InvalidRequest(
            "Send at least one article.", extra={"errors": [{"pointer": "/articles", "detail": "at least one"}]}
        )
    if len(given) > limits.max_articles:
        raise errors.TooLarge(
            f"{len(given)} articles were sent; the limit is {limits.max_articles}. Send fewer, or several requests.",
            extra={"limit": limits.max_articles, "field": "articles"},
        )
    total = sum(len(a.text or a.html or "") for a in given)
    if total > limits.max_total_characters:
        raise errors.TooLarge(
            f"The articles have {total} characters together; the limit is {limits.max_total_characters}. Send fewer articles.",
            extra={"limit": limits.max_total_characters, "field": "articles"},
        )
    articles: list[Article] = []
    names: list[str] = []
    taken: dict[str, int] = {}
    warnings: list[tuple[int, Warning_]] = []
    for number, a in enumerate(given, start=1):
        articles.append(_article(a, number, limits))
        name = " ".join((a.name or f"article-{number}").split()) or f"article-{number}"
        if name in taken or name in names:
            taken[name] = taken.get(name, 1) + 1
            while f"{name} ({taken[name]})" in names:
                taken[name] += 1
            name = f"{name} ({taken[name]})"
            warnings.append(
                (number - 1, Warning_("duplicate_name", "Two articles had one name; this one is called {article:%d}."))
            )
        names.append(name)
        taken.setdefault(name, 1)
    ranked = sorted(range(len(articles)), key=lambda i: (_digest(articles[i]), names[i], i))
    place = {old: new for new, old in enumerate(ranked)}
    told = [Warning_(w.code, w.message % (place[i] + 1)) for i, w in warnings]
    told += [Warning_("unreadable_file", f"{_bare(u.name)} was left out: {_bare(u.reason)}") for u in unreadable]
    return _Request(
        articles=tuple(articles[i] for i in ranked),
        order=tuple(place[i] for i in range(len(articles))),
        names=tuple(names),
        urls=tuple(a.url for a in given),
        warnings=tuple(told),
    )


def _bare(text: str) -> str:
    """A caller's words in a message: one line, and nothing that looks like a placeholder of ours."""
    return " ".join(text.split()).replace("{", "(").replace("}", ")")[:300]


def _article(a: ArticleIn, number: int, limits: Limits) -> Article:
    pointer = f"/articles/{number - 1}"
    if (a.text is None) == (a.html is None):
        what = "has both `text` and `html`" if a.text is not None else "has neither `text` nor `html`"
        hint = (
            " URLs are not fetched by this server: send the text."
            if a.url and a.text is None and a.html is None
            else " Send exactly one of them."
        )
        raise errors.InvalidRequest(
            f"Article {number} {what}.{hint}", extra={"errors": [{"pointer": pointer, "detail": f"the article {what}"}]}
        )
    size = len(a.text if a.text is not None else a.html or "")
    if size > limits.max_article_characters:
        raise errors.TooLarge(
            f"Article {number} has {size} characters; the limit is {limits.max_article_characters}. Cut it, or leave it out.",
            extra={"limit": limits.max_article_characters, "field": pointer},
        )
    outlet = a.outlet or _host(a.url)
    if a.text is not None:
        return Article(a.text, "text", outlet, a.published_at)
    return replace(clean.from_html(a.html or ""), outlet=outlet, published_at=a.published_at)


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _digest(article: Article) -> str:
    parts = (article.kind, article.text, article.outlet or "", article.published_at or "")
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def _engine(request: SummarizeRequest, outside: Outside) -> Literal["llm", "extractive"]:
    if request.engine == "auto":
        return "llm" if outside.llm is not None else "extractive"
    if request.engine == "llm" and outside.llm is None:
        raise errors.NotConfigured(
            'No model is configured: set OPENAI_API_KEY (and OPENAI_BASE_URL, SUMMARIZER_MODEL), or ask for engine "extractive".'
        )
    return request.engine


# -- the cache ----------------------------------------------------------------------------------------------------------


def _cache_key(request: SummarizeRequest, canonical: _Request, engine: str, outside: Outside) -> str:
    parts = {
        "version": version(),
        "tenant": outside.tenant,
        "engine": engine,
        "model": [outside.llm.model, outside.llm.host] if engine == "llm" and outside.llm is not None else None,
        "context": outside.context_tokens if engine == "llm" else None,
        "prompts": outside.prompts.version,
        "options": [request.max_words, request.style, request.focus, request.min_origins],
        "articles": [_digest(a) for a in canonical.articles],
    }
    return "answer:" + hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _kept_key(summary_id: str, outside: Outside) -> str:
    return (
        "kept:" + hashlib.sha256(json.dumps([outside.tenant, summary_id]).encode("utf-8", "surrogatepass")).hexdigest()
    )


async def _look_up(key: str, outside: Outside, trouble: list[Warning_]) -> Answer | None:
    try:
        data = await outside.store.get(key)
    except errors.StoreUnavailable as error:
        trouble.append(Warning_("cache_unavailable", f"The cache could not be read: {error.detail}"))
        return None
    if data is None:
        return None
    try:
        return Answer.model_validate_json(data)
    except ValidationError:  # written by another version: a miss
        return None


async def _keep(key: str, answer: Answer, outside: Outside, trouble: list[Warning_]) -> None:
    try:
        await outside.store.set(key, answer.model_dump_json().encode(), outside.cache_ttl_s)
    except errors.StoreUnavailable as error:
        if not trouble:
            trouble.append(Warning_("cache_unavailable", f"The answer could not be cached: {error.detail}"))


# -- out: the caller's numbers and names --------------------------------------------------------------------------------


async def _leave(
    answer: Answer, request: SummarizeRequest, canonical: _Request, outside: Outside, trouble: list[Warning_]
) -> Answer:
    """Put numbers, names and an id on the canonical answer, take out what was not asked for, and keep it for its readers."""
    names = {w.code for w in canonical.warnings}
    fresh = [WarningOut(code=w.code, message=w.message) for w in canonical.warnings]
    answer.warnings = [
        *fresh,
        *(w for w in answer.warnings if w.code not in names and w.code not in ("duplicate_name", "unreadable_file")),
    ]
    answer.warnings += [WarningOut(code=w.code, message=w.message) for w in trouble]
    answer.id = secrets.token_urlsafe(16)
    out = render.renumber(answer, canonical.order, canonical.names, canonical.urls)
    include: tuple[Include, ...] = request.include
    if "rejected_text" not in include:
        out.rejected = RejectedOut(total=out.rejected.total, reasons=out.rejected.reasons)
    if "article_text" in include:
        for row, index in zip(out.articles, canonical.order, strict=True):
            row.text = canonical.articles[index].text
    retain = outside.retain_s if request.retain_s is None else request.retain_s
    if retain > 0:
        try:
            await outside.store.set(_kept_key(out.id, outside), out.model_dump_json().encode(), float(retain))
        except errors.StoreUnavailable as error:
            if not any(w.code == "cache_unavailable" for w in out.warnings):
                out.warnings.append(
                    WarningOut(code="cache_unavailable", message=f"The answer is not kept: {error.detail}")
                )
    return out


def _put_names(warnings: Sequence[Warning_], canonical: _Request) -> list[WarningOut]:
    by_index = {index: canonical.names[i] for i, index in enumerate(canonical.order)}
    out = []
    for w in warnings:
        message = w.message
        for index, name in by_index.items():
            message = message.replace(f"{{article:{index + 1}}}", name)
        out.append(WarningOut(code=w.code, message=message))
    return out


def _usage(spent: _Spent, ground: _Ground, outside: Outside, engine: str) -> Usage:
    return Usage(
        llm_calls=spent.calls,
        prompt_tokens=spent.prompt,
        completion_tokens=spent.completion,
        cost_usd=_cost(spent.prompt, spent.completion, outside) if engine == "llm" else 0.0,
        tokens_raw=sum(ground.tokens),
        cache="miss",
        host=outside.llm.host if engine == "llm" and outside.llm is not None else None,
    )


def _cost(prompt: int, completion: int, outside: Outside) -> float | None:
    if outside.price is None:
        return None
    return round((prompt * outside.price[0] + completion * outside.price[1]) / 1_000_000, 6)


# -- the rooms that need no model ---------------------------------------------------------------------------------------


def _prepare(articles: Sequence[Article], count: Callable[[str], int]) -> _Ground:
    """clean, sentences, dedupe, and the table that verification works on. Errors: `NoUsableText`."""
    bodies = tuple(clean.clean(a) for a in articles)
    language = splitting.language([b.text[k.start : k.end] for b in bodies for k in b.blocks if not k.heading][:400])
    split = tuple(splitting.split(body, i, language) for i, body in enumerate(bodies))
    warnings: list[Warning_] = []
    unusable = {i for i, rows in enumerate(split) if not any(not s.heading for s in rows)}
    if len(unusable) == len(articles):
        raise errors.NoUsableText(
            "None of the articles has a story in it: all text is empty, or navigation, captions and widgets. Send the text of the articles."
        )
    for i in sorted(unusable):
        warnings.append(Warning_("unusable_article", f"{{article:{i + 1}}} was left out: it has no story in it."))
    usable = [i for i in range(len(articles)) if i not in unusable]
    origins = dedupe.dedupe(
        [split[i] if i in usable else () for i in range(len(articles))], hosts=[a.outlet for a in articles]
    )
    strangers = {i for i in origins.unrelated if i not in unusable}
    for i in sorted(strangers):
        warnings.append(
            Warning_(
                "unrelated_article",
                f"{{article:{i + 1}}} does not tell of the same event as the others and was left out of the summary.",
            )
        )
    events = [e for e in getattr(origins, "events", ()) if len(e) > 1]
    if len(events) > 1:
        groups = "; ".join(", ".join(f"{{article:{i + 1}}}" for i in e) for e in events)
        warnings.append(
            Warning_(
                "several_events",
                f"The articles tell of several events; the largest group is summarized. Groups: {groups}.",
            )
        )
    for group in origins.alike:
        who = ", ".join(f"{{article:{i + 1}}}" for i in group)
        warnings.append(
            Warning_(
                "articles_alike",
                f"{who} resemble one another closely without being copies; their agreement may be worth less than it looks.",
            )
        )
    origins = replace(origins, excluded=frozenset(unusable | strangers))
    sentences = tuple(rows if i not in origins.excluded else () for i, rows in enumerate(split))
    return _Ground(
        bodies,
        language,
        sentences,
        verification.table(sentences),
        origins,
        tuple(warnings),
        tuple(count(a.text) for a in articles),
    )


def _extract(request: SummarizeRequest, ground: _Ground) -> Summary:
    draft = extract.extract(
        ground.sentences, ground.origins, ground.table.words, max_words=request.max_words, focus=request.focus
    )
    return _agree(request, ground, verification.verify(draft, ground.table))


def _agree(request: SummarizeRequest, ground: _Ground, verified: Verified, *, omitted: bool = False) -> Summary:
    """`agree` with the conflicts between the articles. omitted: look also for shared facts that the draft does not tell."""
    if omitted:
        draft = extract.extract(
            ground.sentences, ground.origins, ground.table.words, max_words=request.max_words, focus=request.focus
        )
        whole = (*(s for row in draft.sentences for s in row.statements), *draft.spare)
        more = verification.verify(Draft((), spare=whole), ground.table).spare
        verified = replace(verified, spare=(*verified.spare, *(c for c in more if c.reason is None)))
    conflicts = disputes.find(ground.sentences, ground.origins, ground.table.words)
    return agreement.agree(
        verified,
        ground.sentences,
        ground.origins,
        conflicts,
        ground.table.words,
        max_words=request.max_words,
        min_origins=request.min_origins,
        focus=request.focus,
    )


# -- the engine with a model --------------------------------------------------------------------------------------------


def _reply_tokens(words: int, outside: Outside) -> int:
    return min(_REPLY_BASE + _REPLY_PER_WORD * words, max(outside.context_tokens // 8, 256))


def _prompt_tokens(messages: Sequence[Message], outside: Outside) -> int:
    return sum(outside.count(m.text) for m in messages) + _OVERHEAD


def _questions(
    request: SummarizeRequest, articles: Sequence[Article], ground: _Ground, outside: Outside
) -> tuple[list[propose.Question], bool, int]:
    """The questions of the first level, whether a merge follows, and how many chunks are beyond the bound on calls."""
    names = propose.tags(articles)
    texts = outside.prompts.texts
    fixed = (
        outside.count(texts["propose"])
        + outside.count(texts["request"])
        + outside.count(request.focus or "")
        + 2 * _OVERHEAD
    )

    def cut(words: int) -> chunk.Plan:
        budget = outside.context_tokens - fixed - _reply_tokens(words, outside)
        if budget < _LEAST:
            raise errors.ModelContextTooLong(
                f"A context of {outside.context_tokens} tokens has no room for the articles beside the instructions and the "
                "reply: use a model with a longer context, or set SUMMARIZER_CONTEXT_TOKENS if it is longer than that."
            )
        return chunk.plan(
            _sendable(ground), ground.origins, count=outside.count, budget=budget, line=lambda s: propose.line(s, names)
        )

    plan = cut(request.max_words)
    merge = len(plan.chunks) > 1
    if merge:
        plan = cut(max(request.max_words, _CHUNK_WORDS))
    chunks = plan.chunks[: _MAX_CALLS - 1]
    return (
        [
            propose.ask(
                c.sentences,
                names,
                instructions=texts["propose"],
                request=texts["request"],
                max_words=max(request.max_words, _CHUNK_WORDS) if merge else request.max_words,
                focus=request.focus,
                stands_for=plan.stands_for,
            )
            for c in chunks
        ],
        merge,
        len(plan.chunks) - len(chunks),
    )


def _not_sent(chunks: int) -> list[Warning_]:
    if not chunks:
        return []
    message = f"{chunks} parts of the articles were not sent to the model: a request makes at most {_MAX_CALLS} calls."
    return [Warning_("not_all_sent", message)]


def _sendable(ground: _Ground) -> list[list[Sentence]]:
    return [[s for s in rows if not s.heading] for rows in ground.sentences]


def _planned(
    request: SummarizeRequest, questions: Sequence[propose.Question], merge: bool, outside: Outside
) -> list[PlannedCall]:
    words = max(request.max_words, _CHUNK_WORDS) if merge else request.max_words
    reply = _reply_tokens(words, outside)
    calls = [
        PlannedCall(
            kind="summarize", level=1, prompt_tokens=_prompt_tokens(q.messages, outside), max_completion_tokens=reply
        )
        for q in questions
    ]
    if merge:
        final = _reply_tokens(request.max_words, outside)
        calls.append(
            PlannedCall(
                kind="merge", level=2, prompt_tokens=outside.context_tokens - final, max_completion_tokens=final
            )
        )
    return calls


def _bound(calls: Sequence[PlannedCall], merge: bool, outside: Outside) -> float | None:
    """What the calls can cost at most: each may be asked again once, and a single one may be mended once more."""
    prompt = completion = 0
    for call in calls:
        turns = 2 if merge else 3
        reply = call.max_completion_tokens
        prompt += sum(call.prompt_tokens + turn * (2 * reply + _OVERHEAD) for turn in range(turns))
        completion += turns * reply
    return _cost(prompt, completion, outside)


async def _ask_model(
    request: SummarizeRequest,
    articles: Sequence[Article],
    ground: _Ground,
    outside: Outside,
    deadline: float,
    spent: _Spent,
) -> tuple[Summary, list[Warning_]]:
    """One call when it fits, else chunks side by side and a merge of their facts. Every draft is verified where it is read."""
    questions, merge, unsent = await asyncio.to_thread(_questions, request, articles, ground, outside)
    planned = _planned(request, questions, merge, outside)
    bound = _bound(planned, merge, outside)
    if request.max_cost_usd is not None:
        if bound is None:
            raise errors.CostLimit(
                "The price of this model is not known, so max_cost_usd cannot be kept: set SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION."
            )
        if bound > request.max_cost_usd:
            raise errors.CostLimit(
                f"The request may cost up to {bound} USD; max_cost_usd is {request.max_cost_usd}. Raise it, or send fewer articles.",
                extra={"limit": request.max_cost_usd, "cost_usd": bound},
            )
    words = max(request.max_words, _CHUNK_WORDS) if merge else request.max_words
    assert outside.llm is not None
    gated = replace(outside, llm=_Gated(outside.llm, asyncio.Semaphore(outside.concurrency)))

    async def one(question: propose.Question) -> Verified:
        return await _one_call(question, words, ground, gated, deadline, spent, repair=not merge)

    notes: list[Warning_] = _not_sent(unsent)
    if not merge:
        verified = await one(questions[0])
        notes += _told([verified])
        return await asyncio.to_thread(_agree, request, ground, verified, omitted=True), notes
    results = await asyncio.gather(*(one(q) for q in questions), return_exceptions=True)
    good = [r for r in results if isinstance(r, Verified)]
    bad = [r for r in results if isinstance(r, BaseException)]
    for error in bad:
        if not isinstance(error, (errors.ModelError, errors.DeadlineExceeded)):
            raise error
    if not good:
        raise bad[0]
    if bad:
        notes.append(
            Warning_(
                "partial_answer",
                f"{len(bad)} of {len(questions)} parts of the articles could not be summarized; the answer rests on the others.",
            )
        )
    notes += _told(good)
    facts = _merge_facts(good, ground)
    uncited = tuple(u for v in good for u in v.uncited)
    failed = tuple(c for v in good for row in v.sentences for c in row if c.reason is not None)
    if not facts:
        return await asyncio.to_thread(
            _agree, request, ground, Verified(sentences=tuple((c,) for c in failed), uncited=uncited)
        ), notes
    question = _fit_merge(request, facts, outside)
    verified = await _one_call(question, request.max_words, ground, outside, deadline, spent, repair=False)
    told = {c.text for row in verified.sentences for c in row}
    spare = tuple(c for c, _ in facts if c.text not in told)
    merged = replace(
        verified,
        spare=(*verified.spare, *spare, *failed),
        uncited=(*verified.uncited, *uncited),
        disputes=(*verified.disputes, *(d for v in good for d in v.disputes)),
    )
    return await asyncio.to_thread(_agree, request, ground, merged, omitted=True), notes


_TROUBLE = {
    warning.code: warning
    for warning in (
        Warning_("model_reply_cut", "The model's reply was cut before its end; only what arrived was used."),
        Warning_(
            "model_reply_unreadable",
            "A reply of the model had no form that can be checked, asked twice; it was not used.",
        ),
    )
}
_PARTIAL = frozenset({*_TROUBLE, "partial_answer"})  # answers with these say so, and are not kept as good ones


def _told(results: Sequence[Verified]) -> list[Warning_]:
    return [_TROUBLE[code] for code in dict.fromkeys(v.trouble for v in results if v.trouble)]


class _Gated:
    """A model that is asked by so many at once and no more; what is done with a reply holds nobody up."""

    def __init__(self, llm: LLM, gate: asyncio.Semaphore) -> None:
        self.model = llm.model
        self.host = llm.host
        self._llm = llm
        self._gate = gate

    async def complete(self, messages: Sequence[Message], *, max_tokens: int, deadline: float) -> Reply:
        async with self._gate:
            return await self._llm.complete(messages, max_tokens=max_tokens, deadline=deadline)


def _merge_facts(results: Sequence[Verified], ground: _Ground) -> list[tuple[Checked, int]]:
    """The facts that passed, each with its number of origins, most shared first; a fact told by two chunks once."""
    found: dict[str, tuple[Checked, int]] = {}
    for verified in results:
        for row in verified.sentences:
            for c in row:
                if c.reason is None:
                    behind = {ground.origins.of(x.key) for x in c.citations if not x.partial}
                    found.setdefault(" ".join(c.text.casefold().split()), (c, len(behind)))
    return sorted(found.values(), key=lambda item: (-item[1], item[0].citations[0].key))


def _fit_merge(request: SummarizeRequest, facts: Sequence[tuple[Checked, int]], outside: Outside) -> propose.Question:
    """The merge question within the budget: the least shared facts go first."""
    texts = outside.prompts.texts
    budget = outside.context_tokens - _reply_tokens(request.max_words, outside)
    size = len(facts)
    while True:
        question = propose.ask_merge(
            facts[:size],
            instructions=texts["merge"],
            request=texts["request"],
            max_words=request.max_words,
            focus=request.focus,
        )
        if size <= 1 or _prompt_tokens(question.messages, outside) <= budget:
            return question
        size = max(1, int(size * 0.8))


async def _one_call(
    question: propose.Question,
    words: int,
    ground: _Ground,
    outside: Outside,
    deadline: float,
    spent: _Spent,
    *,
    repair: bool,
) -> Verified:
    """Ask, read and verify; one turn to mend what could not be read, and one for what did not hold."""
    assert outside.llm is not None
    texts = outside.prompts.texts
    max_tokens = _reply_tokens(words, outside)
    try:
        reply = await outside.llm.complete(question.messages, max_tokens=max_tokens, deadline=deadline)
    except errors.ModelReplyCut as error:
        # What arrived before the cut is worth checking; whether anything of it holds is for `verify` to say.
        spent.add(Reply("", error.prompt_tokens, error.completion_tokens, error.calls))
        try:
            draft = propose.read(propose.before_cut(error.partial_text), question.ids)
        except propose.Unreadable:
            return Verified((), uncited=propose.loose(error.partial_text), trouble=errors.ModelReplyCut.code)
        return replace(
            await asyncio.to_thread(verification.verify, draft, ground.table), trouble=errors.ModelReplyCut.code
        )
    spent.add(reply)
    try:
        draft = propose.read(reply.text, question.ids)
    except propose.Unreadable as unreadable:
        question = propose.ask_again(question, reply.text, template=texts["reread"], error=str(unreadable))
        if not _fits(question, max_tokens, outside):
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyUnreadable.code)
        try:
            reply = await outside.llm.complete(question.messages, max_tokens=max_tokens, deadline=deadline)
        except errors.ModelReplyCut as error:
            spent.add(Reply("", error.prompt_tokens, error.completion_tokens, error.calls))
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyCut.code)
        spent.add(reply)
        try:
            draft = propose.read(reply.text, question.ids)
        except propose.Unreadable:
            return Verified((), uncited=propose.loose(reply.text), trouble=errors.ModelReplyUnreadable.code)
    verified = await asyncio.to_thread(verification.verify, draft, ground.table)
    failures = [(n, row) for n, row in enumerate(verified.sentences, start=1) if any(c.reason for c in row)]
    if not repair or not failures:
        return verified
    asked = propose.ask_repair(question, reply.text, _why(failures), template=texts["repair"])
    if not _fits(asked, max_tokens, outside):
        return verified
    try:
        mended = await outside.llm.complete(asked.messages, max_tokens=max_tokens, deadline=deadline)
    except (errors.ModelError, errors.DeadlineExceeded) as error:
        if isinstance(error, errors.ModelError):
            spent.add(Reply("", error.prompt_tokens, error.completion_tokens, error.calls))
        return verified  # the repair is a help, not a need: what failed is rejected
    spent.add(mended)
    repairs = propose.read_repairs(mended.text, question.ids)
    if not repairs:
        return verified
    return await asyncio.to_thread(_mended, draft, verified, repairs, {n for n, _ in failures}, ground)


def _fits(question: propose.Question, max_tokens: int, outside: Outside) -> bool:
    return _prompt_tokens(question.messages, outside) + max_tokens <= outside.context_tokens


_WORDS = {
    "number_not_in_source": "a number or date is not in the sentences",
    "name_not_in_source": "a name is not in the sentences",
    "quotation_not_in_source": "the words in quotation marks do not stand so in the sentences",
    "quotation_unbalanced": "a quotation mark is not closed",
    "roles_swapped": "who did it to whom is not as in the sentences",
    "speaker_swapped": "somebody else said it",
    "speaker_not_in_source": "the sentences do not say who said it",
    "attribution_dropped": "the sentences only report it: say who says so",
    "hedge_dropped": "the sentences are not sure of it",
    "hedge_not_in_source": "the sentences are sure of it",
    "status_changed": "it has not happened yet",
    "negation_dropped": "the sentences deny it",
    "negation_not_in_source": "the sentences do not deny it",
    "cause_not_in_source": "the sentences do not say that it is the cause",
    "order_not_in_source": "the sentences do not say what came first",
    "quantity_not_in_source": "the sentences do not say how many of them",
    "quantity_dropped": "the sentences say it of some only",
    "subject_not_in_source": "the sentences say it of somebody else",
    "no_citation": "no id behind it",
    "unknown_id": "the ids name no sentence",
    "told_twice": "it was told before: drop it",
}


def _why(failures: Sequence[tuple[int, Sequence[Checked]]]) -> list[tuple[int, str, str]]:
    rows = []
    for number, row in failures:
        for checked in row:
            if checked.reason is not None:
                missing = ", ".join(checked.checks.unsupported_words[:6])
                why = _WORDS.get(
                    checked.reason,
                    f"these words are not in the sentences: {missing}" if missing else "the sentences do not say it",
                )
                rows.append((number, checked.text, why))
    return rows


def _mended(
    draft: Draft, verified: Verified, repairs: Mapping[int, DraftSentence], failed: set[int], ground: _Ground
) -> Verified:
    """The draft with mended sentences in place of the failed ones, verified again; a mended one counts if less of it fails."""
    tried = replace(
        draft, sentences=tuple(repairs.get(n, s) if n in failed else s for n, s in enumerate(draft.sentences, start=1))
    )
    second = verification.verify(tried, ground.table)
    rows: list[tuple[Checked, ...]] = []
    first_failures: list[Checked] = []
    for old, new in zip(verified.sentences, second.sentences, strict=True):
        better = sum(c.reason is None for c in new) > sum(c.reason is None for c in old) or all(
            c.reason is None for c in new
        )
        rows.append(new if better else old)
        if better and new is not old:
            kept = {c.text for c in new if c.reason is None}
            first_failures += [c for c in old if c.reason is not None and c.text not in kept]
    return replace(second, sentences=tuple(rows), spare=(*second.spare, *first_failures))


# -- anybody's text -----------------------------------------------------------------------------------------------------


def _judge(text: str, canonical: _Request, ground: _Ground) -> VerifyAnswer:
    body = Body(text, verification.blocks(text), ())
    language = splitting.language([text])
    rows: list[VerifiedSentence] = []
    place = {index: i for i, index in enumerate(canonical.order)}
    for sentence in splitting.split(body, 0, language if language != "und" else ground.language):
        judged = verification.judge(
            sentence.start,
            sentence.end,
            sentence.text,
            ground.table,
            [canonical.order[i] for i in range(len(canonical.order))],
        )
        cites = [
            render.citation_out(c, canonical.articles, ground.origins, render.origin_numbers(ground.origins))
            for c in judged.citations
        ]
        should = None
        if judged.should_be is not None:
            s = ground.table[judged.should_be]
            should = render.citation_out(
                Citation(s.key, s.start, s.end),
                canonical.articles,
                ground.origins,
                render.origin_numbers(ground.origins),
            )
        for c in [*cites, *([should] if should else [])]:
            index = c.article - 1
            c.article = place[index] + 1
            c.name = canonical.names[place[index]]
        rows.append(
            VerifiedSentence(
                text=sentence.text,
                at=(sentence.start, sentence.end),
                verdict=judged.verdict,
                reason=judged.reason,
                citations=sorted(cites, key=lambda c: (c.partial, c.article, c.start)),
                should_be=should,
                checks=render.checks_out(judged.checks),
            )
        )
    return VerifyAnswer(
        sentences=rows,
        articles=_named_rows(canonical, ground),
        warnings=_put_names([*canonical.warnings, *ground.warnings], canonical),
    )


def _named_rows(canonical: _Request, ground: _Ground) -> list[ArticleOut]:
    """What became of each article, in the caller's order and with the caller's names."""
    rows = render.article_rows(canonical.articles, ground.bodies, ground.origins, ground.tokens)
    place = {index: i for i, index in enumerate(canonical.order)}
    out = []
    seen: dict[int, int] = {}
    for i, index in enumerate(canonical.order):
        row = rows[index].model_copy()
        row.number, row.name, row.url = i + 1, canonical.names[i], canonical.urls[i]
        row.origin = seen.setdefault(row.origin, len(seen) + 1)
        row.copied = [c.model_copy(update={"source": place[c.source - 1] + 1}) for c in row.copied]
        out.append(row)
    return out
