"""A server that is full says so at once, and a worker says how it is."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from summarizer import errors, metrics
from summarizer.api import create_app, streams
from summarizer.api.running import Room, Rooms, rooms
from summarizer.contract import Answer
from summarizer.jobs import Load
from summarizer.pipeline.turns import BESIDE, LONG_S, Turns, apart
from summarizer.ports import Tell
from summarizer.services import Services
from summarizer.settings import Settings
from summarizer.testing import ScriptedLLM
from summarizer.workers import Pulse, status_app
from tests.chaos import articles
from tests.redis_server import RedisServer
from tests.support import good_reply, outside
from tests.test_jobs import Start, processes  # noqa: F401  # a fixture

# --- room ----------------------------------------------------------------------------------------------------------------


async def test_who_finds_no_room_is_told_when_to_come_back() -> None:
    place = Room(1, wait_s=0.05)
    async with place.taken():
        with pytest.raises(errors.Overloaded) as refused:
            await place.take()
        assert refused.value.retry_after
    async with place.taken():
        pass


async def test_who_waits_gets_the_place_that_is_given_back() -> None:
    place = Room(1, wait_s=5)
    await place.take()
    waiting = asyncio.ensure_future(place.take())
    await asyncio.sleep(0)
    with pytest.raises(errors.Overloaded):  # as many wait as may run: no use in another one
        place.look()
    place.leave()
    await waiting
    place.leave()
    place.look()


async def test_who_gives_up_waiting_keeps_no_place() -> None:
    place = Room(1, wait_s=5)
    await place.take()
    waiting = asyncio.ensure_future(place.take())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    place.leave()
    async with asyncio.timeout(1):
        await place.take()


def test_the_room_goes_by_the_engine_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    found = rooms(Settings())
    assert (found.asking.most, found.computing.most) == (512, 128)
    told = rooms(Settings.model_validate({"SUMMARIZER_MAX_RUNNING": "3"}))
    assert (told.asking.most, told.computing.most) == (3, 3)


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
@pytest.mark.parametrize("shared", [True, False])
def test_a_full_server_answers_503_with_a_time_to_come_back(
    accept: str, shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """shared: one room for all, so that all are refused; else only those that ask a model are."""
    if shared:
        monkeypatch.setattr("summarizer.api.running.rooms", lambda _: Rooms(one := Room(1), one))
    inside, go_on = threading.Event(), threading.Event()

    async def slow(messages: Any) -> str:
        inside.set()
        while not go_on.is_set():
            await asyncio.sleep(0.01)
        return good_reply(messages)

    made = Settings.model_validate({"SUMMARIZER_MAX_RUNNING": "1", "SUMMARIZER_ALLOWED_HOSTS": "testserver"})
    services = Services(made, outside(ScriptedLLM(slow, repeat=True)))
    body = {"articles": articles(1)}
    with TestClient(create_app(made, services=services), client=("127.0.0.1", 1)) as client:
        first: list[Any] = []
        thread = threading.Thread(target=lambda: first.append(client.post("/summarize", json=body)))
        thread.start()
        assert inside.wait(30)
        before = counter("summarizer_limited_total", code="overloaded", tenant="none")
        for path, sent in (
            ("/summarize", body),
            ("/verify", {**body, "text": "A warehouse burned down."}),
            ("/estimate", body),
        ):
            refused = client.post(path, json=sent, headers={"Accept": accept if path == "/summarize" else "*/*"})
            if path != "/summarize" and not shared:
                assert refused.status_code == 200
                continue
            assert (refused.status_code, refused.json()["code"]) == (503, "overloaded")
            assert int(refused.headers["retry-after"]) > 0
        assert counter("summarizer_limited_total", code="overloaded", tenant="none") == before + (3 if shared else 1)
        assert client.get("/healthz").status_code == 200
        go_on.set()
        thread.join(30)
        assert first[0].status_code == 200
        assert client.post("/summarize", json=body, headers={"Accept": accept}).status_code == 200


# --- a worker's port -----------------------------------------------------------------------------------------------------


def counter(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


def told(app: Callable[..., list[bytes]], path: str, **environ: str) -> tuple[int, bytes]:
    found: list[str] = []
    sent = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:1"}
    data = b"".join(app({**sent, **environ}, lambda status, _: found.append(status)))
    return int(found[0][:3]), data


def test_a_worker_is_healthy_while_the_queue_answers_and_it_is_not_stopping() -> None:
    now = [0.0]
    pulse = Pulse(clock=lambda: now[0])
    app = status_app(Settings(), pulse, ())
    assert told(app, "/healthz") == (200, b'{"status": "ok"}')
    now[0] = 60
    assert told(app, "/healthz") == (503, b'{"status": "queue_silent"}')
    assert b'summarizer_queue_jobs{state="waiting"} NaN' in told(app, "/metrics")[1]
    pulse.beat(Load(waiting=3, running=1, oldest_s=2.5))
    assert told(app, "/healthz")[0] == 200
    text = told(app, "/metrics")[1].decode()
    assert 'summarizer_queue_jobs{state="waiting"} 3.0' in text
    assert "summarizer_queue_oldest_seconds 2.5" in text
    pulse.stopping = True
    assert told(app, "/healthz") == (503, b'{"status": "stopping"}')
    assert told(app, "/elsewhere")[0] == 404
    assert told(app, "/healthz", REQUEST_METHOD="POST")[0] == 405


def test_a_workers_metrics_are_for_who_has_the_key() -> None:
    keyed = status_app(Settings.model_validate({"SUMMARIZER_METRICS_KEY": "m-0123456789"}), Pulse(), ())
    assert told(keyed, "/metrics")[0] == 403
    assert told(keyed, "/metrics", HTTP_AUTHORIZATION="Bearer wrong")[0] == 403
    assert told(keyed, "/metrics", HTTP_AUTHORIZATION="Bearer m-0123456789")[0] == 200
    assert told(keyed, "/healthz")[0] == 200
    callers = status_app(Settings.model_validate({"SUMMARIZER_API_KEYS": "k-0123456789"}), Pulse(), ())
    assert told(callers, "/metrics")[0] == 403
    bare = status_app(Settings(), Pulse(), ())
    assert told(bare, "/metrics")[0] == 200
    assert told(bare, "/metrics", REMOTE_ADDR="192.0.2.1")[0] == 403
    assert told(bare, "/metrics", HTTP_HOST="rebound.example:1")[0] == 403


def test_a_worker_tells_on_its_port(processes: Start, own_redis: RedisServer, free_port: int) -> None:  # noqa: F811
    worker = processes("worker", REDIS_URL=own_redis.url, SUMMARIZER_WORKER_PORT=str(free_port))
    worker.wait_for("worker_started")
    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/healthz", timeout=10) as answer:
        assert json.loads(answer.read()) == {"status": "ok"}
    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/metrics", timeout=10) as answer:
        assert b"summarizer_queue_jobs" in answer.read()
    worker.stop()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{free_port}/healthz", timeout=10)


# --- streams -------------------------------------------------------------------------------------------------------------

ASKED: Any = SimpleNamespace(state=SimpleNamespace(request_id="r", tenant="name:streams"), headers={})


async def read(stream: Any) -> list[bytes]:
    return [piece async for piece in stream.body_iterator]


async def test_a_stream_that_nobody_reads_any_more_leaves_nothing_behind() -> None:
    """Neither that of a request nor that of a job."""

    async def work(tell: Tell) -> Answer:
        await asyncio.sleep(30)
        raise AssertionError

    closed: list[str] = []

    class Desk:
        async def look(self, job: str, *, tenant: str) -> None: ...

        async def watch(self, job: str, *, tenant: str, after: int) -> AsyncIterator[None]:
            try:
                yield None
                await asyncio.sleep(30)
            finally:
                closed.append(job)

    desk: Any = Desk()
    before = asyncio.all_tasks()
    for stream in (
        await streams.live(ASKED, work, asyncio.Event(), Room(2)),
        await streams.of_job(ASKED, desk, "j", "t", asyncio.Event()),
    ):
        reading = asyncio.create_task(read(stream))
        await asyncio.sleep(0.05)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        assert asyncio.all_tasks() == before
    assert closed == ["j"]


async def test_a_stream_that_is_refused_after_it_began_is_counted_as_refused() -> None:
    async def work(tell: Tell) -> Answer:
        raise errors.Overloaded("Later.", retry_after=1)

    said = await read(await streams.live(ASKED, work, asyncio.Event(), Room(2)))
    assert b"event: failed" in said[-1]
    counted = metrics.text([]).decode()
    assert 'summarizer_limited_total{code="overloaded",tenant="streams"} 1.0' in counted
    assert 'summarizer_failures_total{code="overloaded",tenant="streams"} 1.0' in counted


# --- turns ---------------------------------------------------------------------------------------------------------------


def busy_for(seconds: float) -> Callable[[], str]:
    def work() -> str:
        time.sleep(seconds)
        return threading.current_thread().name

    return work


async def test_one_step_computes_at_a_time() -> None:
    turns = Turns()
    inside: list[int] = []
    most: list[int] = []

    def step() -> None:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()

    async def one() -> None:
        with turns.taken("a", 10):
            await apart(step)
            await apart(step)

    await asyncio.gather(*(one() for _ in range(6)))
    assert (max(most), len(most)) == (1, 12)
    assert turns.waiting == 0


async def test_a_long_step_goes_on_beside_the_others() -> None:
    turns, go_on = Turns(), threading.Event()

    async def long() -> None:
        with turns.taken("long", 10):
            await apart(go_on.wait, 30)

    first = asyncio.ensure_future(long())
    await asyncio.sleep(0)
    with turns.taken("short", 10):
        await asyncio.wait_for(apart(busy_for(0)), 10)
    assert not first.done()
    go_on.set()
    await first


async def test_as_many_long_steps_as_may_hold_up_nobody() -> None:
    """Each has a thread of its own, and asyncio's threads, which look up names too, stay free."""
    turns, go_on = Turns(), threading.Event()

    async def long() -> None:
        with turns.taken("long", 10, patient=True):
            await apart(go_on.wait, 30)

    steps = [asyncio.ensure_future(long()) for _ in range(BESIDE)]
    try:
        async with asyncio.timeout(20):
            while turns._beside < BESIDE:
                await asyncio.sleep(0.02)
            with turns.taken("short", 10):
                await apart(busy_for(0))
    finally:
        go_on.set()
    await asyncio.gather(*steps)


async def test_a_long_step_that_found_no_place_beside_gets_one_later() -> None:
    turns, go_on, hold = Turns(), threading.Event(), threading.Event()

    async def long(until: threading.Event) -> None:
        with turns.taken("long", 10, patient=True):
            await apart(until.wait, 30)

    steps = [asyncio.ensure_future(long(go_on)) for _ in range(BESIDE)]
    last = asyncio.ensure_future(long(hold))
    try:
        async with asyncio.timeout(20):
            while turns._computing <= BESIDE:
                await asyncio.sleep(0.02)
            await asyncio.sleep(2 * LONG_S)
            go_on.set()
            with turns.taken("short", 10, patient=True):
                await apart(busy_for(0))
        assert not last.done()
    finally:
        go_on.set()
        hold.set()
    await asyncio.gather(last, *steps)


async def test_who_would_wait_too_long_is_told_at_once_and_who_has_begun_is_not() -> None:
    """After a second of standing queue nothing is owed any more."""
    turns = Turns()
    turns._account()
    turns._owed = 0.0
    told: list[float] = []
    waits: list[float | None] = []

    async def one(number: int) -> bool:
        with turns.taken("a", 10):
            came = time.monotonic()
            try:
                await apart(busy_for(0.05))
            except errors.Overloaded as error:
                told.append(time.monotonic() - came)
                waits.append(error.retry_after)
                return False
            await apart(busy_for(0.05))
            return True

    served = await asyncio.gather(*(one(n) for n in range(40)))
    assert 1 <= sum(served) < 40
    assert len(told) == 40 - sum(served)
    assert all(waits)
    assert sorted(told)[len(told) // 2] < 0.05  # most of them without waiting at all


async def test_a_burst_on_an_idle_server_waits_and_is_served() -> None:
    turns = Turns()

    async def one() -> None:
        with turns.taken("a", 10):
            await apart(busy_for(0.02))

    await asyncio.gather(*(one() for _ in range(20)))


async def test_a_job_is_never_refused_and_lets_requests_pass() -> None:
    turns = Turns()
    turns._account()
    turns._owed = 0.0
    order: list[str] = []

    async def one(kind: str, patient: bool) -> None:
        def step() -> None:
            order.append(kind)
            time.sleep(0.01)

        with turns.taken(kind, 10, patient=patient):
            await apart(step)

    await asyncio.gather(*(one("job", True) for _ in range(20)), one("request", False))
    assert len(order) == 21
    assert order.index("request") <= 1


async def test_who_took_less_than_expected_lets_the_next_begin_sooner() -> None:
    """Five seconds each are expected: the first begins, the second waits for the pace."""
    turns, begun = Turns(), asyncio.Event()
    usual = turns._usual_of("a", 10)
    usual.computes, usual.alone, usual.seen = 5.0, 30.0, 20

    async def one(until: asyncio.Event) -> None:
        with turns.taken("a", 10):
            await apart(busy_for(0))
            await until.wait()

    first = asyncio.ensure_future(one(begun))
    second = asyncio.ensure_future(one(begun))
    async with asyncio.timeout(10):
        while turns._wake is None:
            await asyncio.sleep(0)
    began = time.monotonic()
    begun.set()
    await asyncio.gather(first, second)
    assert time.monotonic() - began < 2


async def test_who_leaves_while_waiting_takes_no_turn() -> None:
    turns, go_on = Turns(), threading.Event()

    async def held(seconds: float) -> None:
        with turns.taken("a", 10):
            await apart(go_on.wait, seconds)

    first = asyncio.ensure_future(held(30))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(held(30))
    await asyncio.sleep(0.01)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    assert turns.waiting == 0
    first.cancel()  # its thread goes on, and holds the turn until it ends
    await asyncio.gather(first, return_exceptions=True)
    go_on.set()
    async with asyncio.timeout(10):
        with turns.taken("a", 10):
            await apart(busy_for(0))


async def test_who_waits_for_a_turn_says_so_and_says_when_it_has_come() -> None:
    """So that a job whose worker is killed meanwhile is not held to be what killed it."""
    turns, said = Turns(), list[bool]()
    computing, over = threading.Event(), threading.Event()

    async def note(waiting: bool) -> None:
        said.append(waiting)

    def hold() -> None:
        computing.set()
        over.wait(10)

    async def first() -> None:
        with turns.taken("job", 10, patient=True) as turn:
            turn.pauses = note
            await apart(hold)

    async def second() -> None:
        with turns.taken("job", 10, patient=True) as turn:
            turn.pauses = note
            await apart(lambda: None)

    holding = asyncio.create_task(first())
    await asyncio.to_thread(computing.wait, 10)
    assert said == []  # it was its turn at once
    behind = asyncio.create_task(second())
    while not said:
        await asyncio.sleep(0)
    assert said == [True]
    over.set()
    await asyncio.gather(holding, behind)
    assert said == [True, False]
