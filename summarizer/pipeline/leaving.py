"""How an answer leaves: the caller's numbers and names are put on, an id is given, and it is kept for its readers."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence

from pydantic import ValidationError

from summarizer import errors, render
from summarizer.contract import Answer, ArticleOut, Include, RejectedOut, SummarizeRequest, Usage, WarningOut
from summarizer.pipeline.going_on import pack_answer, pack_texts
from summarizer.pipeline.ground import Ground
from summarizer.pipeline.request import Outside, Request, aside, kept_key, retained, texts_key
from summarizer.pipeline.spent import Spent
from summarizer.values import Warning_


async def look_up(key: str, outside: Outside, trouble: list[Warning_]) -> Answer | None:
    try:
        data = await outside.store.get(key)
    except errors.StoreUnavailable as error:
        trouble.append(Warning_("cache_unavailable", f"The cache could not be read: {error.detail}"))
        return None
    if data is None:
        return None
    try:
        return await aside(len(data), Answer.model_validate_json, data)
    except ValidationError:  # written by another version: a miss
        return None


def weight(answer: Answer) -> int:
    """About the characters of an answer as JSON: each article has a row, and each citation a quotation."""
    told = (*answer.facts, *answer.left_out.facts)
    return 1_000 * len(answer.articles) + 500 * sum(len(fact.citations) for fact in told)


def _written(answer: Answer) -> bytes:
    return answer.model_dump_json().encode()


async def keep(key: str, answer: Answer, outside: Outside, trouble: list[Warning_]) -> bool:
    """Whether the cache has it now."""
    try:
        data = await aside(weight(answer), _written, answer)
        await outside.store.set(key, data, outside.cache_ttl_s)
        return outside.cache_ttl_s > 0
    except errors.StoreUnavailable as error:
        if not trouble:
            trouble.append(Warning_("cache_unavailable", f"The answer could not be cached: {error.detail}"))
        return False


async def leave(
    answer: Answer,
    request: SummarizeRequest,
    canonical: Request,
    outside: Outside,
    trouble: list[Warning_],
    *,
    kept: dict[str, asyncio.Task[None]] | None = None,
    ready: str | None = None,
) -> Answer:
    """Put numbers, names and an id on the canonical answer, take out what was not asked for, and keep it for its readers.

    ready: where the copy is kept that equal callers get. kept: the texts that those who share a run are keeping, by place.
    """
    answer = (
        answer.model_copy()
    )  # others may be waiting for the same one; what follows replaces fields and changes none
    names = {w.code for w in canonical.warnings}
    fresh = [WarningOut(code=w.code, message=w.message) for w in canonical.warnings]
    answer.warnings = [
        *fresh,
        *(w for w in answer.warnings if w.code not in names and w.code not in ("duplicate_name", "unreadable_file")),
    ]
    told = {w.code: w for w in reversed(trouble)}
    answer.warnings += [WarningOut(code=w.code, message=w.message) for w in told.values()]
    answer.id = secrets.token_urlsafe(16)
    out = await aside(weight(answer), render.renumber, answer, canonical.order, canonical.names, canonical.urls)
    include: tuple[Include, ...] = request.include
    if "rejected_text" not in include:
        out.rejected = RejectedOut(total=out.rejected.total, reasons=out.rejected.reasons)
    if "article_text" in include:
        for row, index in zip(out.articles, canonical.order, strict=True):
            row.text = canonical.articles[index].text
    retain = retained(request, outside)
    if retain > 0:
        try:
            texts = texts_key(request, canonical, outside)
            data = await aside(weight(out), pack_answer, out, canonical, texts, ready)
            await outside.store.set(kept_key(out.id, outside), data, float(retain))
            # Whoever is answered from the cache later has that long to go on.
            ttl = retain + (outside.cache_ttl_s if request.cache != "none" else 0.0)
            keeping = {} if kept is None else kept
            if texts not in keeping:
                keeping[texts] = asyncio.create_task(_keep_texts(texts, canonical, ttl, outside))
            await asyncio.shield(keeping[texts])
        except errors.StoreUnavailable as error:
            if not any(w.code == "cache_unavailable" for w in out.warnings):
                out.warnings.append(
                    WarningOut(code="cache_unavailable", message=f"The answer is not kept: {error.detail}")
                )
    return out


async def _keep_texts(place: str, canonical: Request, ttl_s: float, outside: Outside) -> None:
    data = await asyncio.to_thread(pack_texts, canonical.articles)
    await outside.store.set(place, data, ttl_s)


def put_names(warnings: Sequence[Warning_], canonical: Request) -> list[WarningOut]:
    by_index = {index: canonical.names[i] for i, index in enumerate(canonical.order)}
    out = []
    for w in warnings:
        message = w.message
        for index, name in by_index.items():
            message = message.replace(f"{{article:{index + 1}}}", name)
        out.append(WarningOut(code=w.code, message=message))
    return out


def usage_of(spent: Spent, ground: Ground, outside: Outside, engine: str) -> Usage:
    return Usage(
        llm_calls=spent.calls,
        prompt_tokens=spent.prompt,
        completion_tokens=spent.completion,
        cost_usd=spent.usd(outside) if engine == "llm" else 0.0,
        tokens_raw=sum(ground.tokens),
        cache="partial" if spent.kept else "miss",
        host=_where(spent, outside) if engine == "llm" else None,
    )


def _where(spent: Spent, outside: Outside) -> str | None:
    """The host that text went to; all of them, when a second model or a judge was asked."""
    hosts = [
        outside.llm.host if outside.llm is not None else None,
        spent.other.host if spent.other else None,
        spent.judge,
    ]
    return ", ".join(dict.fromkeys(host for host in hosts if host)) or None


def named_rows(canonical: Request, ground: Ground) -> list[ArticleOut]:
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
