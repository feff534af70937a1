"""Opens the outside things from settings, and closes them. The one place where settings meet clients.

Nothing is asked of the network here: a Redis or a model that is away shows itself when it is used.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from summarizer import errors, metrics, prompts, tokens, words
from summarizer.fetch import Fetcher
from summarizer.jobs import Desk, Journal, LocalQueue, MemoryJournal, Queue, RedisJournal, RemoteQueue, Runner
from summarizer.llm import OPENAI, Breaker, ChatModel, Policy, WithFallback, host_of
from summarizer.pipeline import Judge, Limits, Outside
from summarizer.pipeline.turns import Turns
from summarizer.ports import Store
from summarizer.settings import Settings
from summarizer.spending import Budget, MemoryLedger, RedisLedger
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
    """The settings, and the outside things that they name, open. `models`: the first, and the one to fall back to."""

    settings: Settings
    outside: Outside
    models: tuple[ChatModel, ...] = ()
    judge: ChatModel | None = None

    @property
    def servers(self) -> tuple[ChatModel, ...]:
        """All of them, the judge among them."""
        return self.models if self.judge is None else (*self.models, self.judge)


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
        models, judge = await _models(settings, count, stack)
        llm = WithFallback(*models) if len(models) == 2 else models[0] if models else None
        price = _dearest(models)
        services = Services(
            settings=settings,
            outside=Outside(
                store=store,
                count=count,
                prompts=prompts.load(),
                llm=llm,
                judge=Judge(judge, judge.price) if judge is not None else None,
                limits=Limits(
                    max_articles=settings.max_articles,
                    max_article_characters=settings.max_article_characters,
                    max_total_characters=settings.max_total_characters,
                ),
                context_tokens=settings.context_tokens or tokens.context_tokens(settings.model_name) or CONTEXT_TOKENS,
                deadline_s=settings.deadline_s,
                cache_ttl_s=settings.cache_ttl_s,
                retain_s=settings.retain_s,
                price=price,
                concurrency=settings.concurrency,
                fetch=await stack.enter_async_context(Fetcher(hosts=settings.fetch_hosts))
                if settings.fetch_urls
                else None,
                budget=await _budget(
                    settings,
                    priced=(price is not None or llm is None) and (judge is None or judge.price is not None),
                    stack=stack,
                ),
                notes=() if known or llm is None else (_unknown(llm.model),),
            ),
            models=models,
            judge=judge,
        )
        await stack.enter_async_context(tidied(services.outside.turns))
        yield services


def _prices(settings: Settings) -> dict[str, tuple[float, float]]:
    if not settings.prices:
        return {}
    try:
        return tokens.read_prices(Path(settings.prices).expanduser())
    except ValueError as error:
        raise errors.BadSettings(f"SUMMARIZER_PRICES: {error}") from None


def open_journal(settings: Settings) -> Journal:
    """Where jobs are written down: in Redis, or in this process without one. Raises BadSettings for a URL that is none."""
    url = settings.redis_url.get_secret_value()
    if not url:
        return MemoryJournal(ttl_s=settings.job_ttl_s, most=settings.max_queued)
    try:
        return RedisJournal(url, ttl_s=settings.job_ttl_s)
    except errors.StoreUnavailable as error:
        raise errors.BadSettings(error.detail) from None


def runner(services: Services, journal: Journal, log: Callable[..., None]) -> Runner:
    """What runs jobs of `journal` with these outside things. `log` takes the name of an event, and fields."""
    settings = services.settings
    return Runner(
        journal=journal,
        outside=services.outside,
        deadline_s=settings.job_deadline_s,
        ttl_s=settings.job_ttl_s,
        log=log,
    )


def open_desk(services: Services, log: Callable[..., None]) -> Desk:
    """Where jobs are handed in. With Redis they wait for workers; without, this process runs them. The caller closes it."""
    settings = services.settings
    journal = open_journal(settings)
    url = settings.redis_url.get_secret_value()
    queue: Queue
    if url:
        queue = RemoteQueue(url, most=settings.max_queued)
    else:
        run = runner(services, journal, log).run
        queue = LocalQueue(run, concurrency=settings.job_concurrency, most=settings.max_queued)
    return Desk(journal, queue)


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


async def _models(
    settings: Settings, count: Callable[[str], int], stack: AsyncExitStack
) -> tuple[tuple[ChatModel, ...], ChatModel | None]:
    """The model and the one to fall back to, as far as there are any, and the judge."""
    if settings.model_name is None:
        return (), None
    own = await asyncio.to_thread(_prices, settings)
    first_url = settings.openai_base_url

    async def made(
        model: str, base_url: str, key: SecretStr, price: tuple[float, float] | None, breaker: Breaker | None = None
    ) -> ChatModel:
        listed = host_of(base_url or OPENAI) == LISTED_AT
        chat = ChatModel(
            model,
            count=count,
            api_key=key.get_secret_value(),
            base_url=base_url,
            policy=Policy(idle_s=settings.model_idle_s),
            price=price or tokens.prices(model, own) or (tokens.prices(model) if listed else None),
            breaker=breaker,
            on_attempt=partial(metrics.attempted, model),
        )
        return await stack.enter_async_context(chat)

    async def beside(model: str, base_url: str, key: SecretStr, price: tuple[float, float] | None) -> ChatModel:
        base_url = base_url or first_url
        # The first server's key goes to no other server.
        if not key.get_secret_value() and base_url == first_url:
            key = settings.openai_api_key
        host = host_of(base_url or OPENAI)
        # Asked for two things, a model at one server is still one that is well or ails.
        breaker = next((m.breaker for m in models if (m.model, m.host) == (model, host)), None)
        return await made(model, base_url, key, price, breaker)

    models = [await made(settings.model_name, first_url, settings.openai_api_key, settings.price)]
    if settings.fallback_model:
        models.append(
            await beside(
                settings.fallback_model, settings.fallback_base_url, settings.fallback_api_key, settings.fallback_price
            )
        )
    judge = None
    if settings.judge_model:
        judge = await beside(
            settings.judge_model, settings.judge_base_url, settings.judge_api_key, settings.judge_price
        )
    return tuple(models), judge


def _dearest(models: Sequence[ChatModel]) -> tuple[float, float] | None:
    """What a token costs at most, prompt and completion; None if that is not known of every model that may be asked."""
    prices = [model.price for model in models if model.price is not None]
    if not prices or len(prices) < len(models):
        return None
    return max(prompt for prompt, _ in prices), max(completion for _, completion in prices)


async def _budget(settings: Settings, *, priced: bool, stack: AsyncExitStack) -> Budget | None:
    if settings.budget_usd is None and settings.budget_total_usd is None:
        return None
    if not priced:
        raise errors.BadSettings(
            "A spending limit needs to know what the model costs: set SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION "
            "(and SUMMARIZER_FALLBACK_PRICE_PROMPT and _COMPLETION for a second model, SUMMARIZER_JUDGE_PRICE_PROMPT and _COMPLETION "
            "for a judge)."
        )
    ledger: MemoryLedger | RedisLedger = MemoryLedger()
    url = settings.redis_url.get_secret_value()
    if url:
        ledger = RedisLedger(url)

        async def close(opened: RedisLedger) -> None:
            with suppress(errors.BudgetUnavailable):
                await opened.aclose()

        stack.push_async_callback(close, ledger)
    each, total = (
        None if usd is None else round(usd * 1_000_000) for usd in (settings.budget_usd, settings.budget_total_usd)
    )
    return Budget(ledger, each=each, total=total)


def _unknown(model: str) -> Warning_:
    return Warning_(
        "unknown_model",
        f"The tokens of {model} are estimated: its encoding is not known. Set SUMMARIZER_CONTEXT_TOKENS to its context length.",
    )


def share_the_process() -> None:
    """Set a server's process so that a request with a thousand articles does not hold up the others. Once, at its start.

    Python's collector of cyclic garbage stops everybody while it looks at objects: 40 ms for the young ones and up to half a
    second for all, with the words of a thousand articles in memory (measured). Our requests leave no cycles, so it looks
    when nobody is held up by it (`tidied`), and never at what was imported. And a thread that waits for the interpreter gets
    it after one millisecond instead of five.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    sys.setswitchinterval(0.001)


TIDY_S = 60.0
"""Between two looks for cyclic garbage. A request leaves some thirty small objects of the HTTP libraries' (measured), so a server
that is always full gathers a few megabytes meanwhile."""

MANY_READINGS = 10_000
"""Sentences in memory with which a look takes longer than somebody should be held up for: some 50 ms with the 4,096 that stay
there (measured), ten times that with those of a thousand articles."""

LATEST_S = 600.0
"""After so long it is looked all the same, whoever is held up. Set by hand."""


@asynccontextmanager
async def tidied(turns: Turns) -> AsyncIterator[None]:
    """Looks for cyclic garbage now and then, where `share_the_process` has switched Python's own looks off.

    turns: of those who compute; while one of them takes long, which a thousand articles do, nobody looks.
    """
    if gc.isenabled():
        yield
        return
    task = asyncio.create_task(_tidy(turns))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _tidy(turns: Turns) -> None:
    looked = time.monotonic()
    while True:
        await asyncio.sleep(TIDY_S)
        small = words.readings_held() <= MANY_READINGS and not turns.long
        if small or time.monotonic() - looked >= LATEST_S:
            gc.collect()
            looked = time.monotonic()
