"""What was answered once is not asked again: in Redis and in the embedded stores, whatever the order and the names.

And what must not be served: another tenant's answer, another request's, one that is damaged or too old. A store that is
away costs a warning, never the answer.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import errors, pipeline
from summarizer.contract import Answer, SummarizeRequest
from summarizer.store import DiskStore, MemoryStore, RedisStore
from summarizer.testing import ScriptedLLM
from summarizer.values import Warning_
from tests.redis_server import RedisServer
from tests.support import (
    FERRY,
    HEADLINE,
    SENTENCES,
    codes,
    comparable,
    good_model,
    good_reply,
    outside,
    renumbered,
    request,
    summarize,
)
from tests.test_bad_models import prose

AnyStore = MemoryStore | DiskStore | RedisStore
NAMES = ["e.txt", "d.txt", "c.txt", "b.txt", "a.txt"]
ORDER = (3, 0, 4, 2, 1)


def moved() -> list[tuple[str, str]]:
    """The ferry's articles at other places and under other names: article i stands at ORDER[i]."""
    out = [("", "")] * 5
    for i, (_, text) in enumerate(FERRY):
        out[ORDER[i]] = (NAMES[i], text)
    return out


@contextlib.asynccontextmanager
async def opened(store: AnyStore) -> AsyncIterator[AnyStore]:
    try:
        yield store
    finally:
        with contextlib.suppress(errors.StoreUnavailable):
            await store.aclose()


@pytest.fixture(params=["memory", "disk", "redis"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AnyStore]:
    """Each kind of store, empty."""
    made: AnyStore
    if request.param == "redis":
        made = RedisStore(request.getfixturevalue("redis_url"))
    else:
        made = DiskStore(tmp_path) if request.param == "disk" else MemoryStore()
    async with opened(made):
        yield made


@pytest.mark.parametrize("engine", ["llm", "extractive"])
async def test_the_second_request_asks_nobody(store: AnyStore, engine: str) -> None:
    """The same articles, in another order and under other names: the same answer, and no call to the model."""
    llm = good_model()
    first = await summarize(FERRY, outside(llm, store=store), engine=engine)
    asked = len(llm.asked)
    again = await summarize(FERRY, outside(llm, store=store), engine=engine)
    other = await summarize(moved(), outside(llm, store=store), engine=engine)
    assert len(llm.asked) == asked == (1 if engine == "llm" else 0)
    assert [answer.usage.cache for answer in (first, again, other)] == ["miss", "hit", "hit"]
    assert comparable(again) == comparable(first)
    assert comparable(other) == renumbered(first, ORDER, NAMES)
    assert (other.usage.llm_calls, other.usage.prompt_tokens, other.usage.cost_usd) == (0, 0, 0.0)
    assert len({first.id, again.id, other.id}) == 3


async def test_an_answer_from_the_cache_can_be_read_by_its_own_id(store: AnyStore) -> None:
    """With the numbers and names of the request that it answered."""
    to = outside(good_model(), store=store)
    first, other = await summarize(FERRY, to), await summarize(moved(), to)
    assert comparable(await pipeline.kept(other.id, to)) == comparable(other)
    await pipeline.forget(first.id, to)
    assert (await pipeline.kept(other.id, to)).id == other.id


@pytest.mark.parametrize("engine", ["llm", "extractive"])
async def test_with_redis_killed_between_the_two_the_request_succeeds(own_redis: RedisServer, engine: str) -> None:
    """And says that the cache is away; once Redis is back, it is used again, without a restart of ours."""
    async with opened(RedisStore(own_redis.url)) as store:
        to = outside(good_model(), store=store)
        first = await summarize(FERRY, to, engine=engine)
        own_redis.kill()
        second = await summarize(FERRY, to, engine=engine)
        assert codes(first) == []
        assert codes(second) == ["cache_unavailable"]
        assert comparable(second) == comparable(first)
        assert second.usage.cache == "miss"
        own_redis.start()
        await summarize(FERRY, to, engine=engine)
        assert (await summarize(FERRY, to, engine=engine)).usage.cache == "hit"


async def test_reading_a_kept_answer_needs_the_store(own_redis: RedisServer) -> None:
    """There nothing else can help: an error that says so, not a "not found"."""
    async with opened(RedisStore(own_redis.url)) as store:
        to = outside(store=store)
        answer = await summarize(FERRY, to)
        own_redis.kill()
        with pytest.raises(errors.StoreUnavailable):
            await pipeline.kept(answer.id, to)
        with pytest.raises(errors.StoreUnavailable):
            await pipeline.forget(answer.id, to)


async def test_an_estimate_without_a_store_is_an_estimate(own_redis: RedisServer) -> None:
    """With the warning."""
    async with opened(RedisStore(own_redis.url)) as store:
        own_redis.kill()
        plan = await pipeline.estimate(request(FERRY), outside(good_model(), store=store))
    assert [warning.code for warning in plan.warnings] == ["cache_unavailable"]
    assert not plan.cached
    assert len(plan.calls) == 1


class Away:
    """A store whose every method fails, and which counts how often it was tried."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    async def get(self, key: str) -> bytes | None:
        self.tried.append("get")
        raise errors.StoreUnavailable("It is away.")

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        self.tried.append("set")
        raise errors.StoreUnavailable("It is away.")

    async def delete(self, key: str) -> bool:
        raise errors.StoreUnavailable("It is away.")

    async def ping(self) -> None:
        raise errors.StoreUnavailable("It is away.")


@pytest.mark.parametrize("cache", ["use", "refresh", "none"])
async def test_one_warning_is_enough(cache: str) -> None:
    """However many attempts failed, the reader is told once."""
    assert codes(await summarize(FERRY, outside(store=Away()), cache=cache)) == ["cache_unavailable"]


async def test_the_warning_is_not_kept_in_the_cache() -> None:
    """It belongs to the request that had it."""

    class Forgetful(MemoryStore):
        reads = 0

        async def get(self, key: str) -> bytes | None:
            self.reads += 1
            if self.reads == 1:
                raise errors.StoreUnavailable("It is away.")
            return await super().get(key)

    to = outside(store=Forgetful())
    assert codes(await summarize(FERRY, to)) == ["cache_unavailable"]
    again = await summarize(FERRY, to)
    assert (again.usage.cache, codes(again)) == ("hit", [])


async def test_tenants_never_share(store: AnyStore) -> None:
    """What one has paid for, another does not get, and cannot learn that it exists."""
    llm = good_model()
    await summarize(FERRY, outside(llm, store=store, tenant="a"))
    other = await summarize(FERRY, outside(llm, store=store, tenant="b"))
    assert (other.usage.cache, len(llm.asked)) == ("miss", 2)
    estimate = await pipeline.estimate(request(FERRY), outside(llm, store=store, tenant="c"))
    assert not estimate.cached


async def test_none_neither_reads_nor_writes() -> None:
    """Only the answer itself is kept for its reader, unless that is not wanted either."""
    llm = good_model()
    store = MemoryStore()
    for _ in range(2):
        answer = await summarize(FERRY, outside(llm, store=store), cache="none")
        assert answer.usage.cache == "miss"
    assert len(llm.asked) == 2
    assert not (await pipeline.estimate(request(FERRY), outside(llm, store=store))).cached
    away = Away()
    assert codes(await summarize(FERRY, outside(store=away), cache="none", retain_s=0)) == []
    assert away.tried == []


async def test_refresh_asks_again_and_writes() -> None:
    """The next request gets the newer answer."""
    store = MemoryStore()
    shorter = ScriptedLLM(good_reply, lambda messages: prose(messages, SENTENCES[:-1], HEADLINE))
    to = outside(shorter, store=store)
    first = await summarize(FERRY, to)
    second = await summarize(FERRY, to, cache="refresh")
    third = await summarize(FERRY, to)
    assert len(shorter.asked) == 2
    assert [answer.usage.cache for answer in (first, second, third)] == ["miss", "miss", "hit"]
    assert comparable(third) == comparable(second) != comparable(first)


@pytest.mark.parametrize("kept", [{}, {"retain_s": 0}], ids=["kept", "not kept"])
async def test_refresh_in_one_order_leaves_no_finished_answer_in_another(kept: dict[str, Any]) -> None:
    """Rule 6: who asks in the first order gets what the second one was told, and not what was told before."""
    store = MemoryStore()
    shorter = ScriptedLLM(good_reply, lambda messages: prose(messages, SENTENCES[:-1], HEADLINE))
    to = outside(shorter, store=store)
    other = FERRY[1:] + FERRY[:1]
    first = await summarize(FERRY, to)
    assert await pipeline.ready(request(FERRY), to) is not None
    second = await summarize(other, to, cache="refresh", **kept)
    assert len(second.sentences) < len(first.sentences)
    for asked in (request(FERRY), request(other)):
        done = await pipeline.ready(asked, to)
        again = await pipeline.summarize(asked, to) if done is None else Answer.model_validate_json(done.json)
        assert [s.text for s in again.sentences] == [s.text for s in second.sentences]
    assert len(shorter.asked) == 2


CHANGES: dict[str, dict[str, Any]] = {
    "max_words": {"max_words": 151},
    "style": {"style": "bullets"},
    "focus": {"focus": "the captain"},
    "min_origins": {"min_origins": 2},
    "engine": {"engine": "extractive"},
}


@pytest.mark.parametrize("what", CHANGES)
async def test_another_option_is_another_answer(what: str) -> None:
    """Everything that can change the answer is in the key."""
    to = outside(good_model())
    await pipeline.summarize(request(FERRY), to)
    other = await pipeline.summarize(request(FERRY, **CHANGES[what]), to)
    assert other.usage.cache == "miss"


@pytest.mark.parametrize(
    "same",
    [{"deadline_s": 9.0}, {"retain_s": 5}, {"fallback": "error"}, {"include": ["article_text"]}, {"engine": "llm"}],
)
async def test_what_does_not_change_the_answer_is_not_in_the_key(same: dict[str, Any]) -> None:
    """Patience, keeping, and which parts are sent; `auto` and the engine that it means are one."""
    to = outside(good_model())
    await pipeline.summarize(request(FERRY), to)
    assert (await pipeline.summarize(request(FERRY, **same), to)).usage.cache == "hit"


@pytest.mark.parametrize(
    "change",
    [{"outlet": "Coast Radio"}, {"published_at": "2026-05-15"}, {"text": FERRY[0][1] + "\n"}, {"html": FERRY[0][1]}],
)
async def test_another_article_is_another_answer(change: dict[str, Any]) -> None:
    """Text, kind, outlet and date."""
    to = outside()
    articles: list[dict[str, Any]] = [{"name": name, "text": text} for name, text in FERRY]
    await pipeline.summarize(SummarizeRequest.model_validate({"articles": articles}), to)
    if "html" in change:
        del articles[0]["text"]
    articles[0] |= change
    other = await pipeline.summarize(SummarizeRequest.model_validate({"articles": articles}), to)
    assert other.usage.cache == "miss"


async def test_another_model_or_place_is_another_answer() -> None:
    """A model of the same name elsewhere is another model."""
    store = MemoryStore()
    for model, host in (("a", "one.example"), ("b", "one.example"), ("a", "two.example")):
        answer = await summarize(FERRY, outside(good_model(model=model, host=host), store=store))
        assert (answer.usage.cache, answer.usage.host) == ("miss", host)


async def test_the_notes_of_the_server_are_on_answers_from_the_cache_too() -> None:
    """A model whose tokens are estimated is told each time."""
    to = outside(good_model(), notes=(Warning_("unknown_model", "Estimated."),))
    first, second = await summarize(FERRY, to), await summarize(FERRY, to)
    assert second.usage.cache == "hit"
    assert codes(first) == codes(second) == ["unknown_model"]


async def test_what_cannot_be_read_is_a_miss() -> None:
    """A damaged entry, or one of another version, is answered anew and replaced."""

    class Keys(MemoryStore):
        def __init__(self) -> None:
            super().__init__()
            self.written: list[str] = []

        async def set(self, key: str, value: bytes, ttl_s: float) -> None:
            self.written.append(key)
            await super().set(key, value, ttl_s)

    store = Keys()
    to = outside(store=store)
    first = await summarize(FERRY, to, retain_s=0)
    key = next(key for key in store.written if key.startswith("answer:"))
    for damaged in (b"", b"{}", b"not json", b'{"id": 1}', b"\xff\xfe"):
        await store.set(key, damaged, 60)
        answer = await summarize(FERRY, to, retain_s=0)
        assert answer.usage.cache == "miss"
        assert comparable(answer) == comparable(first)
    assert (await summarize(FERRY, to)).usage.cache == "hit"


async def test_names_of_the_first_caller_never_reach_the_second() -> None:
    """Nor those in warnings: what is stored has no names."""

    values: list[bytes] = []

    class Peek(MemoryStore):
        async def set(self, key: str, value: bytes, ttl_s: float) -> None:
            values.append(value)
            await super().set(key, value, ttl_s)

    to = outside(store=Peek())
    secret = [("secret-name.txt", FERRY[0][1]), ("secret-name.txt", FERRY[1][1]), ("secret-empty.txt", "Share\n")]
    first = await pipeline.summarize(request(secret, retain_s=0), to)
    assert [article.name for article in first.articles] == [
        "secret-name.txt",
        "secret-name.txt (2)",
        "secret-empty.txt",
    ]
    assert {"duplicate_name", "unusable_article"} <= set(codes(first))
    assert not any(b"secret" in value for value in values)
    second = await summarize([("x", FERRY[1][1]), ("y", "Share\n"), ("z", FERRY[0][1])], to)
    assert second.usage.cache == "hit"
    assert codes(second) == ["unusable_article"]
    assert second.warnings[0].message.startswith("y was left out")


async def test_a_forgotten_answer_leaves_no_name_behind() -> None:
    """Nor the copy that is given again, nor the texts to go on from; what is left is the canonical answer, without names."""

    class Peek(MemoryStore):
        def __init__(self) -> None:
            super().__init__()
            self.keys: set[str] = set()

        async def set(self, key: str, value: bytes, ttl_s: float) -> None:
            self.keys.add(key)
            await super().set(key, value, ttl_s)

    store = Peek()
    to = outside(store=store)
    answer = await pipeline.summarize(request([("secret-name.txt", FERRY[0][1]), FERRY[1]]), to)
    before = {key.split(":")[0] for key in store.keys}
    assert {"answer", "ready", "kept", "texts"} <= before
    await pipeline.forget(answer.id, to)
    left = {key: value for key in store.keys if (value := await store.get(key)) is not None}
    assert {key.split(":")[0] for key in left} == {"answer", "ready-of"}
    assert not any(b"secret-name" in value for value in left.values())


async def test_what_is_given_again_is_kept_under_its_own_id(store: AnyStore) -> None:
    """Each time under a new one, by which it is read as it was given, and forgotten."""
    to = outside(store=store)
    asked = request(FERRY)
    first = await pipeline.summarize(asked, to)
    given = [await pipeline.ready(asked, to) for _ in range(2)]
    assert to.counters.hits == 2
    told = [json.loads(one.json) for one in given if one is not None]
    assert len({first.id, *(answer["id"] for answer in told)}) == 3
    for answer in told:
        assert json.loads((await pipeline.kept(answer["id"], to)).model_dump_json()) == answer
    await pipeline.forget(told[0]["id"], to)
    with pytest.raises(errors.NotFound):
        await pipeline.kept(told[0]["id"], to)
    assert await pipeline.ready(asked, to) is None
    assert (await pipeline.kept(told[1]["id"], to)).id == told[1]["id"]


async def test_two_equal_articles_are_two_articles() -> None:
    """The same text twice: names break the tie, and both come back under their own."""
    twice = [("b.txt", FERRY[0][1]), ("a.txt", FERRY[0][1]), FERRY[2]]
    to = outside()
    first = await summarize(twice, to)
    assert [article.name for article in first.articles] == ["b.txt", "a.txt", "harbour-gazette.txt"]
    assert first.articles[0].origin == first.articles[1].origin
    second = await summarize([twice[1], twice[2], twice[0]], to)
    assert second.usage.cache == "hit"
    assert comparable(second) == renumbered(first, (2, 0, 1), ["b.txt", "a.txt", "harbour-gazette.txt"])


async def test_the_cache_forgets_in_time() -> None:
    """After `cache_ttl_s` seconds the model is asked again."""
    now = 0.0
    store = MemoryStore(clock=lambda: now)
    to = outside(good_model(), store=store, cache_ttl_s=100.0)
    await summarize(FERRY, to)
    now = 99.0
    assert (await summarize(FERRY, to)).usage.cache == "hit"
    now = 101.0
    assert (await summarize(FERRY, to)).usage.cache == "miss"
