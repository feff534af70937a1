"""Opens the outside things from settings, and closes them. The one place where settings meet clients.

Nothing is asked of the network here: a Redis or a model that is away shows itself when it is used.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer import errors, prompts, tokens
from summarizer.llm import ChatModel
from summarizer.pipeline import Limits, Outside
from summarizer.ports import Store
from summarizer.settings import Settings
from summarizer.store import DiskStore, MemoryStore, RedisStore
from summarizer.values import Warning_

Keep = Literal["memory", "disk"]

CONTEXT_TOKENS = 128_000
"""Context of a model that we do not know: what nearly all current models have at least, local ones aside, whose users set
SUMMARIZER_CONTEXT_TOKENS."""

LISTED_AT = "api.openai.com"
"""Whose list prices `tokens.prices` knows. The same model elsewhere costs something else, or nothing."""


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, and the outside things that they name, open."""

    settings: Settings
    outside: Outside


@asynccontextmanager
async def open_services(settings: Settings, *, keep: Keep = "memory") -> AsyncIterator[Services]:
    """Store, model, counter and prompts, as `settings` say; all are closed at the end.

    keep: where answers go when there is no REDIS_URL: `memory` for a server, `disk` for runs of the command line.
    Raises BadSettings for a Redis URL that cannot be one or a price file that is none, ValueError for a prompt folder that cannot be read.
    """
    async with AsyncExitStack() as stack:
        store = await _store(settings, keep, stack)
        # Reading the encoding takes a quarter of a second; a server that is starting has others to answer.
        count, known = await asyncio.to_thread(tokens.counter, settings.model_name)
        llm = await _model(settings, count, stack)
        own = tokens.prices(settings.model_name, await asyncio.to_thread(_prices, settings))
        listed = tokens.prices(settings.model_name) if llm and llm.host == LISTED_AT else None
        yield Services(
            settings=settings,
            outside=Outside(
                store=store,
                count=count,
                prompts=prompts.load(),
                llm=llm,
                limits=Limits(
                    max_articles=settings.max_articles,
                    max_article_characters=settings.max_article_characters,
                    max_total_characters=settings.max_total_characters,
                ),
                context_tokens=settings.context_tokens or tokens.context_tokens(settings.model_name) or CONTEXT_TOKENS,
                deadline_s=settings.deadline_s,
                cache_ttl_s=settings.cache_ttl_s,
                retain_s=settings.retain_s,
                price=settings.price or own or listed,
                concurrency=settings.concurrency,
                notes=() if known or llm is None else (_unknown(llm.model),),
            ),
        )


def _prices(settings: Settings) -> dict[str, tuple[float, float]]:
    if not settings.prices:
        return {}
    try:
        return tokens.read_prices(Path(settings.prices).expanduser())
    except ValueError as error:
        raise errors.BadSettings(f"SUMMARIZER_PRICES: {error}") from None


async def _store(settings: Settings, keep: Keep, stack: AsyncExitStack) -> Store:
    store: RedisStore | DiskStore | MemoryStore
    url = settings.redis_url.get_secret_value()
    if url:
        try:
            store = RedisStore(url)
        except errors.StoreUnavailable as error:
            raise errors.BadSettings(error.detail) from None
    else:
        store = DiskStore(settings.cache_folder) if keep == "disk" else MemoryStore()

    async def close() -> None:
        # A Redis that went away before us has nothing left to close.
        with suppress(errors.StoreUnavailable):
            await store.aclose()

    stack.push_async_callback(close)
    return store


async def _model(settings: Settings, count: Callable[[str], int], stack: AsyncExitStack) -> ChatModel | None:
    if settings.model_name is None:
        return None
    return await stack.enter_async_context(
        ChatModel(
            settings.model_name,
            count=count,
            api_key=settings.openai_api_key.get_secret_value(),
            base_url=settings.openai_base_url,
        )
    )


def _unknown(model: str) -> Warning_:
    return Warning_(
        "unknown_model",
        f"The tokens of {model} are estimated: its encoding is not known. Set SUMMARIZER_CONTEXT_TOKENS to its context length.",
    )
