"""Equal requests at once make one run: in one process, and in several that share a Redis; whoever dies is replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from benchmarks import equal
from summarizer import errors, pipeline
from summarizer.contract import Answer
from summarizer.pipeline import Outside, flight
from summarizer.ports import Happening, Leases, Message, Stage
from summarizer.store import MemoryStore, RedisStore
from summarizer.testing import ScriptedLLM
from tests.redis_server import RedisServer
from tests.support import FERRY, codes, comparable, good_reply, outside, request, says


class Slow:
    """A model that answers when it is told to, and counts who asks."""

    def __init__(self, *failures: Exception) -> None:
        self.go = asyncio.Event()
        self.asked = asyncio.Event()
        self.calls = 0
        self.cancelled = 0
        self._failures = list(failures)
        self.llm = ScriptedLLM(self._answer, repeat=True)

    async def _answer(self, messages: Sequence[Message]) -> str:
        self.calls += 1
        self.asked.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self._failures:
            raise self._failures.pop()
        return good_reply(messages)


def ask(to: Outside, **options: Any) -> asyncio.Task[Answer]:
    return asyncio.create_task(pipeline.summarize(request(FERRY, **options), to))


async def all_wait() -> None:
    """Give every request the time to reach its place in the queue: reading five short articles takes milliseconds."""
    await asyncio.sleep(0.5)


async def until(true: Callable[[], bool]) -> None:
    """Wait for what must come, on a slow machine too."""
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.02)


def waiting(to: Outside) -> int:
    """How many requests wait for runs of this process."""
    return sum(one.waiting for one in to.flights._flying.values())


# --- in one process -----------------------------------------------------------------------------------------------------


async def test_two_hundred_equal_requests_make_one_run() -> None:
    """All get the answer, each under an id of its own, and one of them pays."""
    slow = Slow()
    to = outside(slow.llm)
    asked = [ask(to) for _ in range(200)]
    await until(lambda: waiting(to) == 200 and slow.calls > 0)
    slow.go.set()
    answers = await asyncio.gather(*asked)
    assert slow.calls == 1
    assert len({answer.id for answer in answers}) == 200
    assert all(comparable(answer) == comparable(answers[0]) for answer in answers)
    assert sorted(answer.usage.cache for answer in answers) == ["hit"] * 199 + ["miss"]
    assert sum(answer.usage.llm_calls for answer in answers) == 1
    assert (to.counters.runs, to.counters.joined, to.counters.hits) == (1, 199, 0)
    paid = next(answer.usage for answer in answers if answer.usage.llm_calls)
    assert to.counters.saved_prompt_tokens == 199 * paid.prompt_tokens
    assert to.counters.prompt_tokens == paid.prompt_tokens


async def test_other_names_and_another_order_join_the_same_run() -> None:
    """They are put on when the answer leaves, for each request its own."""
    slow = Slow()
    to = outside(slow.llm)
    first = ask(to)
    turned = request([(f"x{n}", text) for n, (_, text) in enumerate(FERRY[::-1])])
    other = asyncio.create_task(pipeline.summarize(turned, to))
    await until(lambda: waiting(to) == 2 and slow.calls > 0)
    slow.go.set()
    one, two = await asyncio.gather(first, other)
    assert slow.calls == 1
    assert [a.name for a in one.articles] == [name for name, _ in FERRY]
    assert [a.name for a in two.articles] == [f"x{n}" for n in range(5)]
    assert one.summary == two.summary


@pytest.mark.parametrize("leaves", ["first", "other"])
async def test_a_waiter_that_leaves_does_not_cancel_the_rest(leaves: str) -> None:
    """Not even the one that came first."""
    slow = Slow()
    to = outside(slow.llm)
    asked = [ask(to) for _ in range(3)]
    await until(lambda: waiting(to) == 3 and slow.calls > 0)
    gone = asked.pop(0 if leaves == "first" else 1)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    slow.go.set()
    answers = await asyncio.gather(*asked)
    assert slow.calls == 1
    assert slow.cancelled == 0
    assert all(answer.facts for answer in answers)


async def test_the_last_waiter_that_leaves_cancels_the_work_and_the_next_begins_anew() -> None:
    """Nobody listens, so nothing is paid for; and nobody joins what is being cancelled."""
    slow = Slow()
    to = outside(slow.llm)
    asked = [ask(to) for _ in range(3)]
    await until(lambda: waiting(to) == 3 and slow.calls > 0)
    for task in asked:
        task.cancel()
    again = ask(to)
    await asyncio.gather(*asked, return_exceptions=True)
    slow.go.set()
    assert (await again).facts
    assert (slow.calls, slow.cancelled) == (2, 1)


@pytest.mark.parametrize(
    "other",
    [{"max_words": 60}, {"fallback": "error"}, {"deadline_s": 50}, {"cache": "refresh"}, {"cache": "none"}],
)
async def test_requests_that_are_not_equal_do_not_wait_for_one_another(other: dict[str, Any]) -> None:
    """What can change the answer, or what happens without one, makes a run of its own."""
    slow = Slow()
    to = outside(slow.llm)
    asked = [ask(to), ask(to, **other)]
    await until(lambda: slow.calls == 2)
    slow.go.set()
    await asyncio.gather(*asked)


async def test_a_job_and_a_request_do_not_wait_for_one_another() -> None:
    """A job has longer, and is never refused; equal ones of either kind make one run."""
    slow = Slow()
    to = outside(slow.llm)

    async def taken(patient: bool, deadline_s: float) -> Answer:
        with to.turns.taken("llm", 10, patient=patient):
            return await pipeline.summarize(request(FERRY), replace(to, deadline_s=deadline_s))

    kinds = [(False, 60.0), (True, 60.0), (True, 600.0)]
    asked = [asyncio.create_task(taken(*kind)) for kind in (*kinds, *kinds)]
    await until(lambda: waiting(to) == 6 and slow.calls == 3)
    slow.go.set()
    await asyncio.gather(*asked)
    assert slow.calls == 3


async def test_another_tenant_does_not_join() -> None:
    """Not even to learn that somebody else asks the same."""
    slow = Slow()
    to = outside(slow.llm)
    asked = [ask(to), ask(replace(to, tenant="other"))]
    await until(lambda: slow.calls == 2)
    slow.go.set()
    await asyncio.gather(*asked)


async def test_an_error_is_everybodys_error_and_is_not_remembered() -> None:
    """The next request tries again."""
    slow = Slow(errors.ModelBusy("Try later.", retry_after=3))
    to = outside(slow.llm)
    asked = [ask(to, fallback="error") for _ in range(5)]
    await until(lambda: waiting(to) == 5 and slow.calls > 0)
    slow.go.set()
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(error) for error in found] == [errors.ModelBusy] * 5
    assert slow.calls == 1
    assert (await ask(to, fallback="error")).facts
    assert slow.calls == 2


async def test_what_a_failed_run_cost_is_counted_once() -> None:
    """By whoever made it; the others have the same error, for nothing."""
    bad = errors.ModelReplyUnreadable("No form that we know.", calls=2, prompt_tokens=1000, completion_tokens=10)
    bad.micro_usd = 7
    slow = Slow(bad)
    to = outside(slow.llm)
    asked = [ask(to, fallback="error") for _ in range(5)]
    await until(lambda: waiting(to) == 5 and slow.calls > 0)
    slow.go.set()
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert {(type(error), str(error)) for error in found} == {(errors.ModelReplyUnreadable, str(bad))}
    costs = [
        (e.calls, e.prompt_tokens, e.completion_tokens, e.micro_usd) for e in found if isinstance(e, errors.ModelError)
    ]
    assert sorted(costs) == [(0, 0, 0, 0)] * 4 + [(2, 1000, 10, 7)]


async def test_who_comes_late_is_told_what_was() -> None:
    """A listener that joins hears the stages so far, then the others."""
    slow = Slow()
    to = outside(slow.llm)
    first = ask(to)
    await asyncio.wait_for(slow.asked.wait(), 30)
    happened: list[Happening] = []
    late = asyncio.create_task(pipeline.summarize(request(FERRY), to, tell=happened.append))
    await all_wait()
    heard = [each for each in happened if isinstance(each, Stage)]
    assert [(s.name, s.done) for s in heard] == [("read", 0), ("read", 1), ("model", 0)]
    slow.go.set()
    await asyncio.gather(first, late)
    heard = [each for each in happened if isinstance(each, Stage)]
    assert [s.name for s in heard if s.done == s.total] == ["read", "model", "verify", "render"]


# --- between processes: two sets of outside things on one Redis are what two processes have -----------------------------


@pytest.fixture
async def two(redis_url: str) -> AsyncIterator[tuple[RedisStore, RedisStore]]:
    stores = RedisStore(redis_url), RedisStore(redis_url)
    yield stores
    for store in stores:
        await store.aclose()


async def test_a_lease_is_held_by_one(two: tuple[RedisStore, RedisStore]) -> None:
    one, other = two
    assert await one.take("k", "me", 10) is None
    assert await other.take("k", "you", 10) == "me"
    assert not await other.renew("k", "you", 10)
    await other.release("k", "you")
    assert await other.take("k", "you", 10) == "me", "only the holder lets go"
    assert await one.renew("k", "me", 0.05)
    await asyncio.sleep(0.2)
    assert await other.take("k", "you", 10) is None, "it ran out"
    assert not await one.renew("k", "me", 10)
    await one.release("k", "me")
    assert await one.take("k", "me", 10) == "you"


@pytest.mark.parametrize("cache", ["use", "refresh"])
async def test_two_processes_make_one_run(two: tuple[RedisStore, RedisStore], cache: str) -> None:
    slow = [Slow(), Slow()]
    to = [outside(s.llm, store=store) for s, store in zip(slow, two, strict=True)]
    asked = [ask(to[n % 2], cache=cache) for n in range(20)]
    await all_wait()
    for s in slow:
        s.go.set()
    answers = await asyncio.gather(*asked)
    assert slow[0].calls + slow[1].calls == 1
    assert all(comparable(answer) == comparable(answers[0]) for answer in answers)
    assert sum(answer.usage.llm_calls for answer in answers) == 1
    assert all(codes(answer) == [] for answer in answers)


async def test_a_degraded_answer_is_shared_but_never_cached(two: tuple[RedisStore, RedisStore]) -> None:
    """Those who waited get it, marked as what it is; who comes later gets a new try."""
    slow = [Slow(errors.ModelBusy("busy")), Slow(errors.ModelBusy("busy"))]
    to = [outside(s.llm, store=store) for s, store in zip(slow, two, strict=True)]
    asked = [ask(to[n % 2]) for n in range(6)]
    await all_wait()
    for s in slow:
        s.go.set()
    answers = await asyncio.gather(*asked)
    assert slow[0].calls + slow[1].calls == 1
    assert all(answer.degraded and "model_failed" in codes(answer) for answer in answers)
    assert not (await pipeline.estimate(request(FERRY), to[0])).cached


async def test_an_error_reaches_the_other_process(two: tuple[RedisStore, RedisStore]) -> None:
    """As the error that it was, with the time to wait."""
    slow = [Slow(errors.ModelBusy("busy", retry_after=7)), Slow(errors.ModelBusy("busy", retry_after=7))]
    to = [outside(s.llm, store=store) for s, store in zip(slow, two, strict=True)]
    asked = [ask(to[n % 2], fallback="error") for n in range(6)]
    await all_wait()
    for s in slow:
        s.go.set()
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert slow[0].calls + slow[1].calls == 1
    assert [(type(e), getattr(e, "retry_after", None)) for e in found] == [(errors.ModelBusy, 7)] * 6


async def test_a_holder_that_leaves_lets_the_next_one_begin(two: tuple[RedisStore, RedisStore]) -> None:
    """At once: the lease is given back."""
    slow = [Slow(), Slow()]
    to = [outside(s.llm, store=store) for s, store in zip(slow, two, strict=True)]
    first = ask(to[0])
    await asyncio.wait_for(slow[0].asked.wait(), 30)
    second = ask(to[1])
    await all_wait()
    first.cancel()
    slow[1].go.set()
    assert (await asyncio.wait_for(second, flight.LEASE_S / 2)).facts
    assert (slow[0].cancelled, slow[1].calls) == (1, 1)


async def test_who_waits_for_another_process_keeps_its_own_deadline(two: tuple[RedisStore, RedisStore]) -> None:
    """And then has what a request without a model has."""
    slow = Slow()
    store, mine = two
    holder = ask(outside(slow.llm, store=store), deadline_s=1)
    await asyncio.wait_for(slow.asked.wait(), 30)
    late = says(errors.DeadlineExceeded("The deadline passed."))
    answer = await ask(outside(late, store=mine), deadline_s=1)
    assert answer.degraded
    holder.cancel()
    await asyncio.gather(holder, return_exceptions=True)
    await until(lambda: slow.cancelled == 1)
    await all_wait()  # for the lease to be given back before the store is closed


async def test_with_redis_away_everybody_works_alone(own_redis: RedisServer) -> None:
    """The answer is whole, with the warning; inside each process it is still one run."""
    stores = RedisStore(own_redis.url), RedisStore(own_redis.url)
    own_redis.kill()
    slow = [Slow(), Slow()]
    to = [outside(s.llm, store=store) for s, store in zip(slow, stores, strict=True)]
    asked = [ask(to[n % 2]) for n in range(6)]
    await all_wait()
    for s in slow:
        s.go.set()
    answers = await asyncio.gather(*asked)
    assert [s.calls for s in slow] == [1, 1]
    assert all(codes(answer) == ["cache_unavailable"] and not answer.degraded for answer in answers)
    for store in stores:
        with pytest.raises(errors.StoreUnavailable):
            await store.ping()
        await store.aclose()


def test_a_store_that_is_not_shared_has_no_leases() -> None:
    assert not isinstance(MemoryStore(), Leases)
    assert isinstance(RedisStore("redis://127.0.0.1:1/0"), Leases)


# --- with real processes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kill", [False, True], ids=["both live", "the holder is killed"])
async def test_two_hundred_requests_to_two_servers(redis_url: str, kill: bool) -> None:
    """One run; with the holder killed in the middle one more, and all who asked the survivor are served."""
    found = await equal.measure([text for _, text in FERRY], redis_url, kill=kill)
    assert found.different == 0
    if kill:
        assert found.runs == 2
        assert (found.served[1], found.failed[1]) == (100, 0)
    else:
        assert (found.runs, found.served, found.failed) == (1, (100, 100), (0, 0))
