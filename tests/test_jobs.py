"""Jobs: the journal in both places, one attempt and many, the desk, the routes, and batches of them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Literal

import pytest
import redis
from starlette.testclient import TestClient

from summarizer import errors, metrics, pipeline
from summarizer.api import create_app
from summarizer.cli import batch
from summarizer.contract import Answer, SummarizeRequest
from summarizer.jobs import Desk, Journal, Load, LocalQueue, MemoryJournal, RedisJournal, RemoteQueue, Runner
from summarizer.jobs.journal import MOST_SPARED, STRUCK_S, Delivery, Ended
from summarizer.jobs.queue import open_docket, open_worker
from summarizer.jobs.runner import MOST_FRUITLESS, _Remembering, _Teller, packed
from summarizer.pipeline import Outside
from summarizer.ports import Reply
from summarizer.prompts import load
from summarizer.settings import Settings
from summarizer.spending import Budget, MemoryLedger
from summarizer.store import MemoryStore
from summarizer.testing import ScriptedLLM
from tests.chaos import articles, ask
from tests.redis_server import RedisServer, free_port
from tests.support import good_model

BOTH = pytest.mark.parametrize("place", ["memory", "redis"])
Place = Literal["memory", "redis"]


@asynccontextmanager
async def opened(place: Place, request: pytest.FixtureRequest, ttl_s: float = 600) -> AsyncIterator[Journal]:
    journal: Journal
    if place == "memory":
        journal = MemoryJournal(ttl_s=ttl_s)
    else:
        journal = RedisJournal(request.getfixturevalue("redis_url"), ttl_s=ttl_s)
    try:
        yield journal
    finally:
        await journal.aclose()


def request_of(number: int = 1, **options: Any) -> SummarizeRequest:
    return SummarizeRequest.model_validate({"articles": articles(number), "max_words": 60, **options})


def outside(llm: Any = None) -> Outside:
    return Outside(store=MemoryStore(), count=lambda text: len(text.split()), prompts=load(), llm=llm)


def runner(journal: Journal, llm: Any = None, told: list[tuple[str, Any]] | None = None) -> Runner:
    def log(event: str, **fields: Any) -> None:
        if told is not None:
            told.append((event, fields))

    return Runner(journal=journal, outside=outside(llm), deadline_s=60, ttl_s=600, log=log)


# -- the journal -----------------------------------------------------------------------------------------------------------


@BOTH
async def test_a_job_goes_from_queued_to_an_end_and_the_first_end_wins(place: Place, request: Any) -> None:
    async with opened(place, request) as journal:
        assert await journal.row("j") is None
        assert await journal.create("j", "t", b"what was sent")
        assert not await journal.create("j", "t", b"something else")
        row = await journal.row("j")
        assert row is not None
        assert (row.state, row.tenant, row.deliveries) == ("queued", "t", 0)
        assert await journal.request("j") == b"what was sent"
        assert await journal.begin("j") == Delivery(1, 1)
        assert await journal.note("j", 1, "stage", '{"name": "read", "done": 0, "total": 1}')
        assert await journal.end("j", "succeeded", "done", "null", b"the answer")
        assert not await journal.end("j", "failed", "failed", "{}")
        assert not await journal.note("j", 1, "stage", "{}")
        assert await journal.begin("j") is None
        row = await journal.row("j")
        assert row is not None
        assert row.state == "succeeded"
        assert await journal.answer("j") == b"the answer"
        assert await journal.request("j") is None, "what was sent is deleted with the end"
        events = await journal.events("j", 0, 0)
        assert [(e.number, e.name) for e in events] == [(1, "stage"), (2, "done")]
        assert [e.number for e in await journal.events("j", 1, 0)] == [2]
        assert await journal.delete("j")
        assert await journal.row("j") is None
        assert not await journal.delete("j")


@BOTH
async def test_only_the_latest_attempt_may_write(place: Place, request: Any) -> None:
    async with opened(place, request) as journal:
        await journal.create("j", "", b"x")
        first, second = await journal.begin("j"), await journal.begin("j")
        assert first is not None
        assert second is not None
        assert (first.number, second.number) == (1, 2)
        assert not await journal.note("j", first.number, "stage", "{}")
        assert await journal.note("j", second.number, "stage", "{}", further=True)
        third = await journal.begin("j")
        assert third == Delivery(3, 1), "what was of use starts the count again"


@BOTH
async def test_a_reader_waits_for_the_next_event(place: Place, request: Any) -> None:
    async with opened(place, request) as journal:
        await journal.create("j", "", b"x")
        await journal.begin("j")
        waiting = asyncio.create_task(journal.events("j", 0, 5))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await journal.note("j", 1, "stage", '{"text": "größer – 日本"}')
        assert [e.data for e in await waiting] == ['{"text": "größer – 日本"}']
        assert await journal.events("j", 1, 0.05) == ()


@BOTH
async def test_an_idempotency_key_is_bound_once_and_for_each_tenant(place: Place, request: Any) -> None:
    async with opened(place, request) as journal:
        assert await journal.once("t", "k", "print", "job-1") == ("print", "job-1")
        assert await journal.once("t", "k", "other", "job-2") == ("print", "job-1")
        assert await journal.once("u", "k", "other", "job-2") == ("other", "job-2")


async def test_every_key_in_redis_has_an_end(redis_url: str) -> None:
    journal = RedisJournal(redis_url, ttl_s=100)
    await journal.create("j", "", b"x")
    await journal.once("", "k", "f", "j")
    await journal.begin("j")
    await journal.note("j", 1, "stage", "{}")
    await journal.end("j", "succeeded", "done", "null", b"answer")
    await journal.aclose()
    with redis.Redis.from_url(redis_url) as client:
        keys = list(client.scan_iter())
        assert len(keys) == 4
        assert all(0 < client.pttl(key) <= 100_000 for key in keys)


async def test_a_redis_that_is_away_is_said_so(free_port: int) -> None:
    journal = RedisJournal(f"redis://127.0.0.1:{free_port}/0", ttl_s=100)
    for ask_it in (journal.row("j"), journal.begin("j"), journal.events("j", 0, 0), journal.create("j", "", b"")):
        with pytest.raises(errors.StoreUnavailable):
            await ask_it
    await journal.aclose()


async def test_memory_is_bounded_and_forgets() -> None:
    now = 0.0
    journal = MemoryJournal(ttl_s=10, most=3, clock=lambda: now)
    for job in "abc":
        await journal.create(job, "", b"x")
    with pytest.raises(errors.Overloaded):
        await journal.create("d", "", b"x")
    await journal.end("a", "succeeded", "done", "null")
    assert await journal.create("d", "", b"x")
    assert await journal.row("a") is None, "an ended job made room"
    now = 11.0
    assert await journal.row("b") is None


# -- one attempt ----------------------------------------------------------------------------------------------------------


@BOTH
async def test_a_job_gives_the_answer_that_the_request_would_have_got(place: Place, request: Any) -> None:
    async with opened(place, request) as journal:
        await journal.create("j", "", packed(request_of(), ()))
        await runner(journal).run("j")
        data = await journal.answer("j")
        assert data is not None
        direct = await pipeline.summarize(request_of(), outside())
        assert Answer.model_validate_json(data).facts == direct.facts
        names = [e.name for e in await journal.events("j", 0, 0)]
        assert names[-1] == "done"
        assert set(names[:-1]) == {"stage", "fact"}


async def test_an_error_ends_the_job_with_its_problem() -> None:
    journal = MemoryJournal(ttl_s=600)
    empty = SummarizeRequest.model_validate({"articles": [{"text": " "}]})
    await journal.create("j", "", packed(empty, ()))
    await runner(journal).run("j")
    row = await journal.row("j")
    assert row is not None
    assert row.state == "failed"
    assert json.loads(row.problem or "")["code"] == "no_usable_text"


async def test_what_nobody_expected_ends_the_job_and_tells_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> Answer:
        raise RuntimeError("secret words of an article")

    monkeypatch.setattr(pipeline, "summarize", broken)
    journal, told = MemoryJournal(ttl_s=600), list[tuple[str, Any]]()
    await journal.create("j", "", packed(request_of(), ()))
    await runner(journal, told=told).run("j")
    row = await journal.row("j")
    assert row is not None
    assert row.state == "failed"
    assert "secret" not in json.dumps([told, row.problem])


async def test_a_job_that_another_version_wrote_is_said_to_be_lost() -> None:
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "", b'{"request": {"no": "articles"}}')
    await runner(journal).run("j")
    row = await journal.row("j")
    assert row is not None
    assert json.loads(row.problem or "")["code"] == "job_lost"


async def test_a_job_whose_attempts_all_die_is_given_up() -> None:
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "", packed(request_of(), ()))
    for _ in range(MOST_FRUITLESS):
        await journal.begin("j")
    await runner(journal).run("j")
    row = await journal.row("j")
    assert row is not None
    assert json.loads(row.problem or "")["code"] == "job_given_up"


@BOTH
async def test_where_other_jobs_are_struck_too_a_job_gets_more_attempts(place: Place, request: Any) -> None:
    async with opened(place, request) as journal:
        for job in ("j", "k"):
            await journal.create(job, "", packed(request_of(), ()))
        assert [await journal.struck(job) for job in ("a", "b", "a")] == [0, 1, 1]
        for _ in range(2 * MOST_FRUITLESS):
            await journal.begin("j")
        assert await journal.struck("c") == 2
        await runner(journal).run("j")
        row = await journal.row("j")
        assert row is not None
        assert row.state == "succeeded", "three others were struck: it is the workers"
        # ... but not for ever.
        for _ in range(3 * MOST_FRUITLESS):
            await journal.begin("k")
        await runner(journal).run("k")
        row = await journal.row("k")
        assert row is not None
        assert json.loads(row.problem or "")["code"] == "job_given_up"


async def test_jobs_that_were_struck_long_ago_speak_for_nothing() -> None:
    now = 0.0
    journal = MemoryJournal(ttl_s=600, clock=lambda: now)
    assert [await journal.struck(job) for job in ("a", "b", "c")] == [0, 1, 2]
    now = STRUCK_S + 1
    assert await journal.struck("d") == 0


@BOTH
async def test_attempts_that_die_while_they_wait_are_not_held_against_a_job(place: Place, request: Any) -> None:
    async with opened(place, request) as journal:
        await journal.create("j", "", b"x")
        for _ in range(MOST_SPARED):
            begun = await journal.begin("j")
            assert begun is not None
            assert begun.fruitless <= 1
            await journal.waits("j", begun.number, True)
        # ... but not for ever, and what dies of computing counts.
        assert [(await journal.begin("j") or Delivery(0, 0)).fruitless for _ in range(3)] == [1, 2, 3]
        overtaken = await journal.begin("j")
        assert overtaken is not None
        await journal.begin("j")
        await journal.waits("j", overtaken.number, True)
        later = await journal.begin("j")
        assert later is not None
        assert later.fruitless == 6
        await journal.note("j", later.number, "stage", "{}", further=True)
        await journal.waits("j", later.number, True)
        begun = await journal.begin("j")
        assert begun is not None
        assert begun.fruitless == 0


async def test_a_worker_that_dies_while_the_model_thinks_does_not_end_the_job() -> None:
    async def never(messages: Any) -> str:
        await asyncio.sleep(3600)
        return ""

    journal, model = MemoryJournal(ttl_s=600), ScriptedLLM(never, repeat=True)
    await journal.create("j", "", packed(request_of(), ()))
    for attempt in range(1, MOST_FRUITLESS + 3):
        task = asyncio.ensure_future(runner(journal, model).run("j"))
        while len(model.asked) < attempt:
            await asyncio.sleep(0.01)
        kept = journal._jobs["j"].waiting  # a worker that is killed writes nothing on its way
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        journal._jobs["j"].waiting = kept
    await runner(journal, good_model()).run("j")
    row = await journal.row("j")
    assert row is not None
    assert row.state == "succeeded"


@pytest.mark.parametrize(("calls", "asked"), [(2, 3), (1, 1)])
async def test_a_reply_that_breaks_off_again_and_again_is_asked_for_once_more(calls: int, asked: int) -> None:
    def broken() -> errors.ModelReplyCut:
        cut = errors.ModelReplyCut("broken off", prompt_tokens=5, completion_tokens=1, calls=calls)
        cut.micro_usd = 7
        return cut

    class Model:
        model = "m"
        host: str | None = None
        asked = 0

        async def complete(self, messages: Any, **_: Any) -> Reply:
            self.asked += 1
            if self.asked < 3:
                raise broken()
            return Reply("text", 10, 2, 1, micro_usd=3)

    model = Model()
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "", b"x")
    teller = _Teller(journal, "j", await journal.begin("j") or Delivery(0, 0))
    kept = _Remembering(model, MemoryStore(), "j", 600, teller)
    if asked == 1:
        with pytest.raises(errors.ModelReplyCut):
            await kept.complete([], max_tokens=9, deadline=0)
    else:
        assert await kept.complete([], max_tokens=9, deadline=0) == Reply("text", 20, 4, 5, micro_usd=17)
    assert model.asked == asked


async def test_an_attempt_after_a_crash_asks_the_model_nothing_twice() -> None:
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "", packed(request_of(), ()))
    came = asyncio.Event()

    def reply(messages: Any) -> str:
        came.set()
        return "Nobody was hurt {a1}."

    llm = ScriptedLLM(reply, repeat=True)
    first = runner(journal, llm)
    crash = asyncio.create_task(first.run("j"))
    await came.wait()
    await asyncio.sleep(0)
    crash.cancel()
    with pytest.raises(asyncio.CancelledError):
        await crash
    row = await journal.row("j")
    assert row is not None
    assert row.state == "running", "a cancelled attempt writes no end"
    assert llm.asked
    await first.run("j")
    row = await journal.row("j")
    assert row is not None
    assert row.state == "succeeded"
    data = json.loads(await journal.answer("j") or b"{}")
    questions = {a.text for a in llm.asked}
    assert len(questions) == len(llm.asked), "the same question was asked twice"
    assert data["usage"]["llm_calls"] >= 1, "a kept reply was paid for by this job"


async def test_an_attempt_that_was_overtaken_stops() -> None:
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "", packed(request_of(), ()))
    hold = asyncio.Event()

    async def slow(messages: Any) -> str:
        await hold.wait()
        return "x"

    run = asyncio.create_task(runner(journal, ScriptedLLM(slow, repeat=True)).run("j"))
    while not (await journal.events("j", 0, 0)):
        await asyncio.sleep(0.01)
    assert await journal.end("j", "cancelled", "failed", "{}")
    # The next thing that the attempt tells is refused; a model that answers late changes nothing.
    hold.set()
    await asyncio.wait_for(run, 10)
    row = await journal.row("j")
    assert row is not None
    assert row.state == "cancelled"


async def test_a_model_that_fails_for_a_while_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.jobs.runner._ROUNDS_S", (0.01, 0.01))
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "", packed(request_of(), ()))
    good = Reply("Nobody was hurt {a1}.", 10, 5)
    llm = ScriptedLLM(errors.ModelBusy("later"), errors.ModelUnreachable("away"), lambda _: good, repeat=True)
    await runner(journal, llm).run("j")
    answer = json.loads(await journal.answer("j") or b"{}")
    assert not any(w["code"] == "model_failed" for w in answer["warnings"])


async def test_a_model_that_stays_away_leads_to_the_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.jobs.runner._ROUNDS_S", (0.01, 0.01))
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "", packed(request_of(), ()))
    await runner(journal, ScriptedLLM(errors.ModelBusy("later"), repeat=True)).run("j")
    answer = json.loads(await journal.answer("j") or b"{}")
    assert answer["degraded"]
    assert answer["engine"] == "extractive"


class _Flaky(MemoryJournal):
    """A journal that is away for the first calls of some of its methods."""

    def __init__(self) -> None:
        super().__init__(ttl_s=600)
        self.away = 4

    async def begin(self, job: str) -> Delivery | None:
        self._maybe()
        return await super().begin(job)

    async def end(self, *args: Any, **kwargs: Any) -> Ended | None:
        self._maybe()
        return await super().end(*args, **kwargs)

    def _maybe(self) -> None:
        self.away -= 1
        if self.away % 2:
            raise errors.StoreUnavailable("away")


async def test_a_store_that_is_away_is_waited_for_and_nothing_is_lost() -> None:
    journal = _Flaky()
    await journal.create("j", "", packed(request_of(), ()))
    await runner(journal).run("j")
    row = await journal.row("j")
    assert row is not None
    assert row.state == "succeeded"


# -- the desk -------------------------------------------------------------------------------------------------------------


def desk_of(journal: Journal, *, concurrency: int = 2, most: int = 10, llm: Any = None) -> Desk:
    return Desk(journal, LocalQueue(runner(journal, llm).run, concurrency=concurrency, most=most))


async def ended(desk: Desk, job: str, tenant: str = "") -> Any:
    async for event in desk.watch(job, tenant=tenant):
        if event is not None and event.name in ("done", "failed"):
            return event
    return None


async def test_the_same_key_is_the_same_job_and_another_request_is_refused() -> None:
    desk = desk_of(MemoryJournal(ttl_s=600))
    first = await desk.hand_in(request_of(1), tenant="t", key="k")
    again = await desk.hand_in(request_of(1), tenant="t", key="k")
    assert (again.id, again.replayed) == (first.id, True)
    with pytest.raises(errors.IdempotencyConflict):
        await desk.hand_in(request_of(2), tenant="t", key="k")
    other = await desk.hand_in(request_of(2), tenant="u", key="k")
    assert other.id != first.id
    assert (await ended(desk, first.id, "t")).name == "done"
    await desk.aclose()


async def test_another_tenants_job_is_out_of_reach() -> None:
    desk = desk_of(MemoryJournal(ttl_s=600))
    taken = await desk.hand_in(request_of(), tenant="t")
    with pytest.raises(errors.NotFound):
        await desk.look(taken.id, tenant="u")
    with pytest.raises(errors.NotFound):
        await desk.withdraw(taken.id, tenant="u")
    with pytest.raises(errors.NotFound):
        await anext(aiter(desk.watch(taken.id, tenant="u")))
    assert (await ended(desk, taken.id, "t")).name == "done"
    await desk.aclose()


async def test_a_cancelled_job_stops_and_what_was_sent_is_deleted() -> None:
    journal = MemoryJournal(ttl_s=600)
    cancelled = asyncio.Event()

    async def never(messages: Any) -> str:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return ""

    desk = desk_of(journal, llm=ScriptedLLM(never, repeat=True))
    taken = await desk.hand_in(request_of(), tenant="")
    while (await desk.look(taken.id, tenant=""))[0].state != "running":
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    await desk.withdraw(taken.id, tenant="")
    row, _ = await desk.look(taken.id, tenant="")
    assert row.state == "cancelled"
    assert await journal.request(taken.id) is None
    event = await ended(desk, taken.id)
    assert json.loads(event.data)["code"] == "job_cancelled"
    await asyncio.wait_for(cancelled.wait(), 5)
    await desk.withdraw(taken.id, tenant="")
    with pytest.raises(errors.NotFound):
        await desk.look(taken.id, tenant="")
    await desk.aclose()


async def test_a_full_queue_says_so_and_when_to_come_back() -> None:
    async def never(messages: Any) -> str:
        await asyncio.sleep(3600)
        return ""

    desk = desk_of(MemoryJournal(ttl_s=600), concurrency=1, most=2, llm=ScriptedLLM(never, repeat=True))
    await desk.hand_in(request_of(1), tenant="")
    await desk.hand_in(request_of(2), tenant="")
    with pytest.raises(errors.Overloaded) as refused:
        await desk.hand_in(request_of(3), tenant="")
    assert refused.value.retry_after
    assert (await desk.load()).waiting + (await desk.load()).running == 2
    await desk.aclose()


# -- the routes -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def web() -> Any:
    with TestClient(create_app(Settings()), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        yield client


def events_of(text: str) -> list[tuple[str, Any, str]]:
    """(name, data, id) of each event of a stream."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"]), fields["id"]))
    return found


BODY = {"articles": articles(3), "max_words": 60}


def test_a_job_over_http(web: TestClient) -> None:
    taken = web.post("/jobs", json=BODY)
    assert taken.status_code == 202
    assert taken.headers["location"] == f"/jobs/{taken.json()['id']}"
    assert int(taken.headers["retry-after"]) > 0
    stream = web.get(taken.headers["location"] + "/events")
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["x-accel-buffering"] == "no"
    events = events_of(stream.text)
    assert [e[0] for e in events].count("done") == 1
    assert events[-1][0] == "done"
    assert [int(e[2]) for e in events] == list(range(1, len(events) + 1))
    job = web.get(taken.headers["location"]).json()
    assert job["status"] == "succeeded"
    assert job["answer"] == events[-1][1]
    later = events_of(web.get(taken.headers["location"] + "/events", headers={"Last-Event-ID": "2"}).text)
    assert later == events[2:]
    assert web.delete(taken.headers["location"]).status_code == 204
    gone = web.get(taken.headers["location"])
    assert gone.status_code == 404
    assert gone.json()["code"] == "not_found"


def test_files_can_be_handed_in_as_a_job(web: TestClient) -> None:
    files = [("files", (a["name"], a["text"])) for a in articles(4)]
    taken = web.post("/jobs", files=[*files, ("files", ("bad.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00" * 40))])
    assert taken.status_code == 202
    events = events_of(web.get(taken.headers["location"] + "/events").text)
    assert events[-1][0] == "done"
    assert [a["name"] for a in events[-1][1]["articles"]] == ["a.txt", "b.txt", "c.txt"]
    assert any(w["code"] == "unreadable_file" and "bad.txt" in w["message"] for w in events[-1][1]["warnings"])


def test_idempotency_over_http(web: TestClient) -> None:
    first = web.post("/jobs", json=BODY, headers={"Idempotency-Key": "one"})
    again = web.post("/jobs", json=BODY, headers={"Idempotency-Key": "one"})
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    other = web.post("/jobs", json={**BODY, "max_words": 80}, headers={"Idempotency-Key": "one"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_conflict")
    for key in ("", "ü", "a b", "x" * 256):
        wrong = web.post("/jobs", json=BODY, headers=[(b"Idempotency-Key", key.encode("latin-1"))])
        assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid_request")


def test_a_summary_as_a_stream_is_the_summary(web: TestClient) -> None:
    streamed = web.post("/summarize", json={**BODY, "cache": "none"}, headers={"Accept": "text/event-stream"})
    events = events_of(streamed.text)
    whole = web.post("/summarize", json={**BODY, "cache": "none"}).json()
    assert events[-1][0] == "done"
    assert events[-1][1]["facts"] == whole["facts"]
    stages = [e[1]["name"] for e in events if e[0] == "stage"]
    assert list(dict.fromkeys(stages)) == ["read", "verify", "render"]


def test_a_stream_that_breaks_is_told_to_the_log_and_tells_no_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: Any, **__: Any) -> Answer:
        raise RuntimeError("secret words of an article")

    monkeypatch.setattr(pipeline, "summarize", broken)
    with TestClient(create_app(Settings()), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        streamed = client.post("/summarize", json=BODY, headers={"Accept": "text/event-stream"})
    (event,) = events_of(streamed.text)
    assert (event[0], event[1]["code"]) == ("failed", "internal_error")
    log = capsys.readouterr().err
    assert '"error": "RuntimeError"' in log
    assert event[1]["request_id"] in log
    assert "secret" not in log + streamed.text


def test_a_stream_that_fails_ends_with_its_problem(web: TestClient) -> None:
    streamed = web.post("/summarize", json={"articles": [{"text": "  "}]}, headers={"Accept": "text/event-stream"})
    events = events_of(streamed.text)
    assert events[-1][0] == "failed"
    assert events[-1][1]["code"] == "no_usable_text"
    assert events[-1][1]["request_id"]


def test_what_became_of_jobs_and_streams_is_counted(web: TestClient) -> None:
    def count(name: str, **labels: str) -> float:
        return metrics.REGISTRY.get_sample_value(name, labels) or 0.0

    def all_of() -> dict[str, float]:
        return {
            "succeeded": count("summarizer_jobs_total", state="succeeded", tenant="none"),
            "failed": count("summarizer_jobs_total", state="failed", tenant="none"),
            "seconds": count("summarizer_job_seconds_count", state="succeeded"),
            "attempts": count("summarizer_job_attempts_total", outcome="succeeded"),
            "fruitless": count("summarizer_job_attempts_total", outcome="failed"),
            "answers": count(
                "summarizer_answers_total", engine="extractive", cache="off", degraded="false", tenant="none"
            )
            + count("summarizer_answers_total", engine="extractive", cache="miss", degraded="false", tenant="none"),
            "errors": count("summarizer_failures_total", code="no_usable_text", tenant="none"),
        }

    before = all_of()
    for body in ({**BODY, "cache": "none"}, {"articles": [{"text": "  "}]}):
        job = web.post("/jobs", json=body).json()["id"]
        path = f"/jobs/{job}"
        _wait(partial(web.get, path), lambda found: found.json()["status"] in ("succeeded", "failed"))
        web.post("/summarize", json=body, headers={"Accept": "text/event-stream"})
    after = all_of()
    grown = {name: after[name] - before[name] for name in after}
    assert grown == {
        "succeeded": 1,
        "failed": 1,
        "seconds": 1,
        "attempts": 1,
        "fruitless": 1,
        "answers": 2,  # the job's and the stream's
        "errors": 2,
    }
    text = web.get("/metrics").text
    assert 'summarizer_queue_jobs{state="waiting"} 0.0' in text
    assert {"name": "queue", "kind": "memory", "state": "ok"} in web.get("/readyz").json()["checks"]


def test_readiness_says_that_the_queue_is_away(own_redis: RedisServer) -> None:
    settings = Settings.model_validate({"REDIS_URL": own_redis.url})
    with TestClient(create_app(settings), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        ready = _wait(lambda: client.get("/readyz"), lambda found: found.status_code == 200).json()
        assert {"name": "queue", "kind": "redis", "state": "ok"} in ready["checks"]
        own_redis.kill()
        away = client.get("/readyz")
        assert away.status_code == 503
        assert {"name": "queue", "kind": "redis", "state": "away"} in away.json()["checks"]
        assert 'summarizer_queue_jobs{state="waiting"} NaN' in client.get("/metrics").text


def test_rates_hold_for_jobs_and_for_streams() -> None:
    settings = Settings.model_validate({"SUMMARIZER_RATE_REQUESTS": "2"})
    with TestClient(create_app(settings), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        assert client.post("/jobs", json=BODY).status_code == 202
        events = {"Accept": "text/event-stream"}
        assert client.post("/summarize", json=BODY, headers=events).status_code == 200
        for path in ("/jobs", "/summarize"):
            refused = client.post(path, json=BODY, headers=events if path == "/summarize" else {})
            assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
            assert int(refused.headers["retry-after"]) > 0


async def test_a_job_spends_the_money_of_whoever_handed_it_in() -> None:
    budget = Budget(MemoryLedger(), each=1_000_000)
    model = good_model()
    made = replace(outside(model), price=(1.0, 2.0), budget=budget)
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "name:desk", packed(request_of(), ()))
    await replace(runner(journal), outside=made).run("j")
    assert model.asked
    assert await budget.spent("name:desk") > 0
    assert await budget.spent("") == 0


@pytest.mark.parametrize("fallback", ["extractive", "error"])
async def test_a_job_without_money_ends_as_its_request_wants(fallback: str) -> None:
    model = good_model()
    made = replace(outside(model), price=(1.0, 2.0), budget=Budget(MemoryLedger(), each=0))
    journal = MemoryJournal(ttl_s=600)
    await journal.create("j", "t", packed(request_of(fallback=fallback), ()))
    await replace(runner(journal), outside=made).run("j")
    assert not model.asked
    row = await journal.row("j")
    assert row is not None
    if fallback == "error":
        assert row.problem is not None
        assert json.loads(row.problem)["code"] == "budget_spent"
    else:
        assert row.state == "succeeded"
        answer = Answer.model_validate_json(await journal.answer("j") or b"")
        assert "model_not_asked" in [w.code for w in answer.warnings]


async def test_the_queue_tells_how_much_waits_and_since_when(redis_url: str) -> None:
    gate = asyncio.Event()

    async def run(job: str) -> None:
        await gate.wait()

    local = LocalQueue(run, concurrency=1, most=10)
    remote = RemoteQueue(redis_url, most=10)
    try:
        assert await local.load() == await remote.load() == Load()
        for queue in (local, remote):
            for job in ("a", "b"):
                await queue.put(job)
        await asyncio.sleep(0.05)
        held, told = await local.load(), await remote.load()
        assert (held.waiting, held.running, told.waiting, told.running) == (1, 1, 2, 0)
        assert held.oldest_s > 0.04
        assert told.oldest_s > 0.04
        async with open_docket(redis_url) as found, open_worker(found, run, concurrency=1) as worker:
            task = asyncio.ensure_future(worker.run_forever())
            while (told := await remote.load()).running == 0:
                await asyncio.sleep(0.05)
            assert (told.waiting, told.running) == (1, 1)
            gate.set()
            while (told := await remote.load()) != Load():
                await asyncio.sleep(0.05)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    finally:
        await local.aclose()
        await remote.aclose()


# -- real processes -------------------------------------------------------------------------------------------------------


class Process:
    """`summarizer ...` as a process of its own."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.log = Path(environment.pop("LOG"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "summarizer", *arguments],
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[1],
            )

    def wait_for(self, said: str, limit_s: float = 60) -> None:
        end = time.monotonic() + limit_s
        while said not in self.log.read_text("utf-8", "replace"):
            assert self.process.poll() is None, self.log.read_text("utf-8", "replace")[-2000:]
            assert time.monotonic() < end, self.log.read_text("utf-8", "replace")[-2000:]
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGTERM, limit_s: float = 30) -> float:
        """Seconds until it was gone."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(limit_s)
        return time.monotonic() - began


@pytest.fixture
def processes(tmp_path: Path) -> Any:
    started: list[Process] = []

    def start(*arguments: str, **environment: str) -> Process:
        found = Process(*arguments, LOG=str(tmp_path / f"{len(started)}.log"), **environment)
        started.append(found)
        return found

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


Start = Callable[..., Process]


def _wait(get: Callable[[], Any], want: Callable[[Any], bool], limit_s: float = 60) -> Any:
    end = time.monotonic() + limit_s
    while not want(found := get()):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def test_sigterm_ends_streams_by_name_and_hands_jobs_to_others(processes: Start, own_redis: RedisServer) -> None:
    """20 open streams and 10 running jobs: all gone within the grace, and every job finished elsewhere."""
    from tests.chaos import Model

    model = Model(think_s=20.0)
    port, other = free_port(), free_port()
    grace = 12
    environment = {
        "REDIS_URL": own_redis.url,
        "OPENAI_BASE_URL": model.url,
        "OPENAI_API_KEY": "none",
        "SUMMARIZER_MODEL": "scripted",
        "SUMMARIZER_JOB_CONCURRENCY": "10",
        "SUMMARIZER_GRACE_S": str(grace),
    }
    api = processes("serve", "--port", str(port), **environment)
    second = processes("serve", "--port", str(other), **environment)
    worker = processes("worker", **environment)
    try:
        for each in (api, second):
            each.wait_for("running on")
        worker.wait_for("worker_started")
        jobs = []
        for number in range(10):
            status, taken = ask(port, "POST", "/jobs", {"articles": articles(number), "cache": "none"})
            assert status == 202
            jobs.append(taken["id"])
        _wait(lambda: [ask(port, "GET", f"/jobs/{j}")[1]["attempts"] for j in jobs], lambda found: all(found))
        streams = [Listener(port, f"/jobs/{jobs[n % 10]}/events") for n in range(20)]
        for stream in streams:
            assert stream.served.wait(20)
        gone = api.stop()
        assert gone < grace + 1
        for stream in streams:
            stream.thread.join(10)
            assert events_of(stream.text)[-1][0] in ("interrupted", "done"), stream.text[-300:]
        model.think_s = 0.05
        assert worker.stop() < grace + 1
        heir = processes("worker", **environment)
        heir.wait_for("worker_started")
        states = _wait(
            lambda: [ask(other, "GET", f"/jobs/{j}")[1]["status"] for j in jobs],
            lambda found: all(s in ("succeeded", "failed") for s in found),
        )
        assert states == ["succeeded"] * 10
    finally:
        model.close()


class Listener:
    """Somebody who reads a stream to its end."""

    def __init__(self, port: int, path: str) -> None:
        self.text, self.served = "", threading.Event()
        self.thread = threading.Thread(target=self._read, args=(port, path), daemon=True)
        self.thread.start()

    def _read(self, port: int, path: str) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            while line := answer.readline():
                self.text += line.decode()
                self.served.set()
        except (OSError, HTTPException):
            self.text += "\n\n"
        finally:
            connection.close()


# -- batches --------------------------------------------------------------------------------------------------------------


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    source = tmp_path / "in.jsonl"
    rows = [json.dumps({"id": f"n{n}", "articles": articles(n), "max_words": 60}) for n in range(4)]
    source.write_text(
        "\n".join([*rows, "", "{not json", '{"articles": []}', '{"articles": [{"text": "a"}], "foo": 1}']) + "\n"
    )
    return source


def test_a_batch_gives_one_line_for_each_and_errors_as_lines(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert batch.run(Settings(), lines, out) == (7, 3)
    rows = {row["line"]: row for row in _rows(out)}
    assert sorted(rows) == [1, 2, 3, 4, 6, 7, 8], "an empty line is no request"
    assert all("answer" in rows[n] and rows[n]["id"] == f"n{n - 1}" for n in (1, 2, 3, 4))
    assert [rows[n]["error"]["code"] for n in (6, 7, 8)] == ["invalid_request"] * 3
    assert rows[8]["error"]["errors"][0]["pointer"] == "/foo"


def test_a_batch_goes_on_where_it_stopped(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    batch.run(Settings(), lines, out)
    whole = _rows(out)
    kept = out.read_text("utf-8").splitlines(keepends=True)
    out.write_text("".join(kept[:3]) + kept[3][: len(kept[3]) // 2], "utf-8")
    assert batch.run(Settings(), lines, out)[0] == 7
    again = _rows(out)
    assert again[:3] == whole[:3], "what was done is left as it is"
    assert sorted(r["line"] for r in again) == sorted(r["line"] for r in whole)


def test_a_batch_refuses_another_files_output_and_a_changed_input(lines: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.jsonl"
    notes.write_text('{"my": "notes"}\n')
    with pytest.raises(errors.InvalidRequest, match="not written by"):
        batch.run(Settings(), lines, notes)
    assert notes.read_text() == '{"my": "notes"}\n'
    out = tmp_path / "out.jsonl"
    batch.run(Settings(), lines, out)
    lines.write_text(lines.read_text().replace("Monday", "Friday"))
    with pytest.raises(errors.InvalidRequest, match="line 1"):
        batch.run(Settings(), lines, out)
    with pytest.raises(errors.InvalidRequest, match="missing"):
        batch.run(Settings(), tmp_path / "missing.jsonl", out)


def test_a_batch_through_a_worker(processes: Start, redis_url: str, lines: Path, tmp_path: Path) -> None:
    worker = processes("worker", REDIS_URL=redis_url)
    worker.wait_for("worker_started")
    out = tmp_path / "out.jsonl"
    found = Settings.model_validate({"REDIS_URL": redis_url})
    assert batch.run(found, lines, out) == (7, 3)
    assert sum("answer" in row for row in _rows(out)) == 4
    assert "job_done" in worker.log.read_text("utf-8")


def test_a_worker_without_redis_says_what_to_set(processes: Start) -> None:
    worker = processes("worker")
    assert worker.process.wait(60) == 2
    assert "REDIS_URL" in worker.log.read_text("utf-8")
