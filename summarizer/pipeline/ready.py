"""An answer that is given again to equal callers is given as the bytes that it was, with a new id.

What the cache keeps is the canonical answer, which each caller gets in his own order and with his own names. Most who ask
again ask for exactly the same; for them the finished JSON is kept beside it, so that nothing is read, renumbered and written
again. Only what a hit always says of itself (`usage`, no timings) is in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from summarizer import errors
from summarizer.contract import Answer, SummarizeRequest, Usage
from summarizer.pipeline.going_on import pack_answer
from summarizer.pipeline.request import Outside, Request, Unreadable, aside, kept_key, retained, texts_key
from summarizer.ports import Copies, Store

_PLACES = 100
"""Finished copies of one answer that are remembered, the newest: each caller's order and names make one. Set by hand."""

_ID = re.compile(rb'\{"id":"[A-Za-z0-9_-]{22}"')


@dataclass(frozen=True, slots=True)
class Ready:
    """A finished answer as JSON, and its engine, for whoever counts."""

    json: bytes
    engine: str


def ready_key(key: str, request: SummarizeRequest, canonical: Request, outside: Outside) -> str:
    """Where the finished answer of `key` is for this caller: everything that the cache key leaves out and an answer shows,
    and how long it is kept: it names texts that are kept as long. Who wants nothing kept gets the usual one."""
    retain = retained(request, outside)
    parts = [
        key,
        canonical.order,
        canonical.names,
        canonical.urls,
        [[w.code, w.message] for w in canonical.warnings],
        sorted(request.include),
        retain if retain > 0 else outside.retain_s,
    ]
    return "ready:" + hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


async def keep_ready(
    place: str, key: str, request: SummarizeRequest, canonical: Request, outside: Outside, answer: Answer
) -> None:
    """Keep an answer that has just left, as it will be said again. `place`: its `ready_key`. `key`: of the canonical one."""
    if retained(request, outside) <= 0:
        return  # who wants nothing kept under his names means this too
    of = answer.usage
    again = answer.model_copy(update={"usage": Usage(tokens_raw=of.tokens_raw, cache="hit"), "timings_ms": {}})
    size = 1_000 * len(answer.articles)
    texts = texts_key(request, canonical, outside)
    packed = await aside(size, pack_answer, again, canonical, texts, place, of)
    try:
        known = [*(p for p in await _places(outside.store, key) if p != place), place]
        for old in known[:-_PLACES]:
            await outside.store.delete(old)
        await outside.store.set(_listing(key), json.dumps(known[-_PLACES:]).encode(), outside.cache_ttl_s)
        await outside.store.set(place, packed, outside.cache_ttl_s)
    except errors.StoreUnavailable:
        return  # whoever asks again gets it from the canonical one, or anew


async def drop_ready(key: str, outside: Outside) -> None:
    """Delete all finished copies of an answer that was made anew, so that nobody gets the one before it. `key`: of the
    canonical one."""
    try:
        for old in await _places(outside.store, key):
            await outside.store.delete(old)
        await outside.store.delete(_listing(key))
    except errors.StoreUnavailable:
        return  # they end with their time


def _listing(key: str) -> str:
    """Where it stands which finished copies there are of the answer of `key`."""
    return "ready-of:" + key.removeprefix("answer:")


async def _places(store: Store, key: str) -> list[str]:
    """Where the finished copies of the answer of `key` are. Errors: `StoreUnavailable`."""
    data = await store.get(_listing(key))
    try:
        rows = json.loads(data) if data is not None else []
    except ValueError:
        return []
    return [p for p in rows if isinstance(p, str) and p.startswith("ready:")] if isinstance(rows, list) else []


async def look_up_ready(
    key: str, request: SummarizeRequest, canonical: Request, unreadable: Sequence[Unreadable], outside: Outside
) -> Ready | None:
    """The finished answer under a new id, kept for its readers like any other; None if there is none."""
    if unreadable:
        return None  # its warnings name files that this caller sent
    new = secrets.token_urlsafe(16)
    place = ready_key(key, request, canonical, outside)
    try:
        data = await _found(outside.store, place, kept_key(new, outside), retained(request, outside))
        if data is None:
            return None
        head, _, body = data.partition(b"\n")
        prompt, completion, usd = json.loads(head)["paid"]
    except (errors.StoreUnavailable, ValueError, KeyError, TypeError):
        return None
    if _ID.match(body) is None:
        return None
    body = b'{"id":"' + new.encode() + body[29:]
    outside.counters.hits += 1
    outside.counters.save(prompt, completion, usd)
    engine = "llm" if body[29:60].startswith(b'","engine":"llm"') else "extractive"
    return Ready(body, engine)


@lru_cache(maxsize=16)
def _copies(kind: type) -> bool:
    """Whether it is `Copies`; Python 3.11 looks through a protocol anew each time, for longer than a digest takes."""
    return issubclass(kind, Copies)


async def _found(store: Store, place: str, kept: str, retain_s: int) -> bytes | None:
    """What is at `place`, kept under `kept` as well for so many seconds. Errors: `StoreUnavailable`."""
    if retain_s > 0 and _copies(type(store)):
        return await cast(Copies, store).get_and_copy(place, kept, float(retain_s))
    data = await store.get(place)
    if data is not None and retain_s > 0:
        await store.set(kept, data, float(retain_s))
    return data
