"""What goes wrong at a model server, each once: the error, the attempts, the seconds, the breaker, the money, and what people see.

One table. Every row is sent through the real client with a transport in the place of the network and a clock that only
waiting moves: twice by itself, to see the breaker, and twice over HTTP, to see the answer and the problem.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from summarizer import errors, spending
from summarizer.api import create_app
from summarizer.llm import Breaker, ChatModel, WithFallback
from summarizer.ports import Message, Reply
from summarizer.services import Services
from summarizer.settings import Settings
from summarizer.testing import chat_reply
from tests.support import FERRY, good_reply, outside

SECONDS = 100.0
PRICE = (1.0, 2.0)
MESSAGES = (Message("system", "Summarize."), Message("user", "A ferry ran aground."))

Handler = Callable[[httpx2.Request, "Line"], Awaitable[httpx2.Response]]


@dataclass
class Line:
    """The network of one row. `now` moves when somebody waits; `attempts` counts what was sent or tried."""

    handler: Handler
    now: float = field(default_factory=time.monotonic)
    attempts: int = 0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def handle(self, request: httpx2.Request) -> httpx2.Response:
        self.attempts += 1
        return await self.handler(request, self)

    def model(self) -> ChatModel:
        return ChatModel(
            "test-model",
            count=lambda text: len(text.split()),
            api_key="sk-canary",
            base_url="http://model.test/v1",
            price=PRICE,
            transport=httpx2.MockTransport(self.handle),
            sleep=self.sleep,
            clock=self.clock,
            jitter=lambda: 1.0,
        )


# --- answers -------------------------------------------------------------------------------------------------------------


def gives(status: int = 200, *, headers: dict[str, str] | None = None, **body: Any) -> Handler:
    async def handler(request: httpx2.Request, line: Line) -> httpx2.Response:
        return httpx2.Response(status, headers=headers, **body)

    return handler


def problem(status: int, message: str = "no", headers: dict[str, str] | None = None, **extra: Any) -> Handler:
    return gives(status, headers=headers, json={"error": {"message": message, **extra}})


def page(status: int) -> Handler:
    return gives(status, html="<!DOCTYPE html><html><body>Bad gateway</body></html>")


def says(text: str | None = "", **how: Any) -> Handler:
    return gives(json=chat_reply(text, **how))


def fails(error: Exception, *, after: str = "") -> Handler:
    """The line gives this error, once the time-out of that name is over (or at once)."""

    async def handler(request: httpx2.Request, line: Line) -> httpx2.Response:
        line.now += request.extensions["timeout"][after] if after else 0.0
        raise error

    return handler


def hidden(error: BaseException) -> httpx2.ConnectError:
    """As the client reports what the system said."""
    told = httpx2.ConnectError("x")
    told.__cause__ = error
    return told


def body_of(*parts: bytes, then: Exception | None = None) -> Handler:
    """Headers, then parts of a body, then an error in the middle of it."""

    async def stream() -> AsyncIterator[bytes]:
        for part in parts:
            yield part
        if then is not None:
            raise then

    async def handler(request: httpx2.Request, line: Line) -> httpx2.Response:
        return httpx2.Response(200, content=stream())

    return handler


async def drips(request: httpx2.Request, line: Line) -> httpx2.Response:
    """A byte a second, each well within every time-out per read; the absolute one ends it."""

    async def stream() -> AsyncIterator[bytes]:
        while line.now < deadline:
            line.now += 1.0
            yield b" "
        raise TimeoutError

    deadline = line.now + request.extensions["timeout"]["read"]
    return httpx2.Response(200, content=stream())


def writes(change: Callable[[str], str] = lambda text: text, *, usage: bool = True) -> Handler:
    """A good reply to whatever is asked, changed."""

    async def handler(request: httpx2.Request, line: Line) -> httpx2.Response:
        turns = json.loads(request.content)["messages"]
        text = change(good_reply([Message(turn["role"], turn["content"]) for turn in turns]))
        return httpx2.Response(200, json=chat_reply(text, prompt_tokens=100 if usage else None))

    return handler


async def knows_no_temperature(request: httpx2.Request, line: Line) -> httpx2.Response:
    if "temperature" in json.loads(request.content):
        return await problem(400, "Unsupported value: 'temperature'", code="unsupported_value")(request, line)
    return await writes()(request, line)


def busy(**headers: str) -> Handler:
    return problem(429, headers={name.replace("_", "-"): value for name, value in headers.items()})


NOON, LATER = "Mon, 02 Nov 2026 12:00:00 GMT", "Mon, 02 Nov 2026 12:00:12 GMT"
SSE_DONE = b'data: {"choices":[{"delta":{"content":"A"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
SSE_CUT = b'data: {"choices":[{"delta":{"content":"A"}}]}\n\n'
SSE_ERROR = b'event: error\ndata: {"error":{"message":"overloaded"}}\n\n'
SSE_EMPTY = b'data: {"choices":[]}\n\n'


# --- the table -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """answer: for ever. kind: the error, None if the reply is good. attempts, waited: of one call, in seconds. second:
    attempts of the same call right after it. state: of the breaker then. Door: status and code over HTTP are the error's."""

    answer: Handler
    kind: type[errors.ModelError] | None
    attempts: int
    waited: float
    second: int
    state: str = "closed"


Away, Late, Busy = errors.ModelUnreachable, errors.ModelTimeout, errors.ModelBusy
Empty, Cut, Denied = errors.ModelReplyEmpty, errors.ModelReplyCut, errors.ModelDenied
Odd, Refused = errors.ModelReplyUnreadable, errors.ModelRefused

ROWS = {
    # the line
    "connection refused": Row(fails(hidden(ConnectionRefusedError())), Away, 3, 1.5, 2, "open"),
    "name does not resolve": Row(fails(hidden(socket.gaierror())), Away, 3, 1.5, 2, "open"),
    "TLS fails": Row(fails(hidden(ssl.SSLError())), Away, 1, 0, 1),
    "no time to connect": Row(fails(httpx2.ConnectTimeout("x"), after="connect"), Late, 3, 16.5, 2, "open"),
    "no first byte": Row(fails(httpx2.ReadTimeout("x"), after="read"), Late, 1, SECONDS, 1),
    "a byte a second": Row(drips, Late, 1, SECONDS, 1),
    "reset before the headers": Row(fails(httpx2.ReadError("x")), Away, 3, 1.5, 2, "open"),
    "reset in the body": Row(body_of(b'{"cho', then=httpx2.ReadError("x")), Away, 3, 1.5, 2, "open"),
    "body ends too soon": Row(body_of(b"{", then=httpx2.RemoteProtocolError("x")), Away, 3, 1.5, 2, "open"),
    # replies
    "stream instead of a reply": Row(body_of(SSE_DONE), Odd, 1, 0, 1),
    "cut stream instead of a reply": Row(body_of(SSE_CUT), Odd, 1, 0, 1),
    "error event in a 200": Row(body_of(SSE_ERROR), Odd, 1, 0, 1),
    "event without choices": Row(body_of(SSE_EMPTY, SSE_EMPTY), Odd, 1, 0, 1),
    "usage missing": Row(writes(usage=False), None, 1, 0, 1),
    "200 HTML": Row(page(200), Odd, 1, 0, 1),
    "200 error": Row(problem(200), Busy, 3, 1.5, 2, "open"),
    "200 empty": Row(gives(), Empty, 2, 0.5, 2),
    "no choices": Row(gives(json={"choices": []}), Empty, 2, 0.5, 2),
    "null content": Row(says(None), Empty, 2, 0.5, 2),
    "refusal": Row(says(None, refusal="I cannot."), Refused, 1, 0, 1),
    "finish length": Row(says("The ferry", finish_reason="length"), Cut, 1, 0, 1),
    "finish content_filter": Row(says("The", finish_reason="content_filter"), Refused, 1, 0, 1),
    "finish missing": Row(says("The ferry", finish_reason=None), Cut, 2, 0.5, 2),
    "half a JSON": Row(gives(text='{"choices": [{"mess'), Cut, 2, 0.5, 2),
    "reply in a fence": Row(writes(lambda text: f"```\n{text}\n```"), None, 1, 0, 1),
    "reply behind thinking": Row(writes(lambda text: f"<think>Hm.</think>\n{text}"), None, 1, 0, 1),
    # statuses
    "400 context length": Row(problem(400, code="context_length_exceeded"), errors.ModelContextTooLong, 1, 0, 1),
    "400 parameter": Row(knows_no_temperature, None, 2, 0, 1),
    "400 content filter": Row(problem(400, code="content_filter"), Refused, 1, 0, 1),
    "400 other": Row(problem(400, "messages must alternate"), errors.ModelRejectedRequest, 1, 0, 1),
    "401": Row(problem(401), Denied, 1, 0, 0, "open"),
    "402": Row(problem(402), Denied, 1, 0, 0, "open"),
    "429 usage limit": Row(problem(429, code="insufficient_quota"), Denied, 1, 0, 0, "open"),
    "403": Row(problem(403), Denied, 1, 0, 0, "open"),
    "404 model": Row(problem(404), errors.ModelUnknown, 1, 0, 1),
    "408": Row(problem(408), Busy, 3, 1.5, 2, "open"),
    "409": Row(problem(409), Busy, 3, 1.5, 2, "open"),
    "413": Row(problem(413), errors.ModelContextTooLong, 1, 0, 1),
    "429": Row(busy(), Busy, 3, 1.5, 2, "open"),
    "429 in 7 s": Row(busy(retry_after="7"), Busy, 3, 15.0, 2, "open"),
    "429 on a date": Row(busy(retry_after=LATER, date=NOON), Busy, 3, 25.0, 0, "open"),
    "429 on a past date": Row(busy(retry_after=NOON, date=LATER), Busy, 3, 1.5, 2, "open"),
    "429 in 250 ms": Row(busy(retry_after_ms="250", retry_after="9"), Busy, 3, 1.5, 2, "open"),
    "429 in 0 s": Row(busy(retry_after="0"), Busy, 3, 1.5, 2, "open"),
    "429 in -5 s": Row(busy(retry_after="-5"), Busy, 3, 1.5, 2, "open"),
    "429 in an hour": Row(busy(retry_after="3600"), Busy, 1, 0, 0, "open"),
    "429 in inf": Row(busy(retry_after="inf"), Busy, 3, 1.5, 2, "open"),
    "429 soon": Row(busy(retry_after="soon"), Busy, 3, 1.5, 2, "open"),
    "500": Row(problem(500), Busy, 3, 1.5, 2, "open"),
    "502 HTML": Row(page(502), Busy, 3, 1.5, 2, "open"),
    "503": Row(problem(503), Busy, 3, 1.5, 2, "open"),
    "529": Row(problem(529), Busy, 3, 1.5, 2, "open"),
}


@pytest.mark.parametrize("name", ROWS)
async def test_every_fault_ends_as_it_should(name: str) -> None:
    row = ROWS[name]
    line = Line(row.answer)
    began = line.now
    async with line.model() as llm:
        told = await _call(llm, line)
        assert type(told) is (row.kind or type(None))
        assert line.attempts == row.attempts
        assert line.now - began == pytest.approx(row.waited, abs=0.01)
        first = line.attempts
        again = await _call(llm, line)
        assert type(again) is (row.kind or type(None)), "a breaker tells what opened it"
        assert line.attempts - first == row.second
        assert _state(llm.breaker) == row.state
        if again is not None and row.state == "open":
            assert line.attempts < 6
    await asyncio.to_thread(_seen, row)


async def _call(llm: ChatModel, line: Line) -> errors.ModelError | None:
    """One call, paid out of a purse; nothing stays set aside, and the purse has paid what the error says."""
    with spending.carrying(spending.Purse(left=1_000_000)) as purse:
        asked = llm.complete(MESSAGES, max_tokens=300, deadline=line.now + SECONDS)
        (told,) = await asyncio.gather(asked, return_exceptions=True)
    assert purse.left == 1_000_000 - purse.spent
    if isinstance(told, errors.ModelError):
        assert told.__cause__ is None, "the client's exception holds the request: article text and key"
        assert "sk-canary" not in told.detail
        assert told.micro_usd == purse.spent
        assert purse.spent == told.prompt_tokens * PRICE[0] + told.completion_tokens * PRICE[1]
        return told
    assert isinstance(told, Reply)
    assert told.micro_usd == purse.spent > 0
    return None


def _seen(row: Row) -> None:
    """What a caller gets over HTTP: a summary all the same, or a problem that says what to do."""
    for fallback in ("extractive", "error"):
        line = Line(row.answer)
        llm = line.model()
        settings = Settings(allowed_hosts=("testserver",))
        app = create_app(settings, services=Services(settings=settings, outside=outside(llm)))
        body = {
            "articles": [{"name": name, "text": text} for name, text in FERRY[:2]],
            "fallback": fallback,
            "deadline_s": 300,
        }
        with TestClient(app, client=("127.0.0.1", 1)) as web:
            response = web.post("/summarize", json=body)
        document = response.json()
        assert "sk-canary" not in response.text
        if row.kind is None:
            assert (response.status_code, document["degraded"], document["engine"]) == (200, False, "llm")
        elif fallback == "extractive":
            assert (response.status_code, document["degraded"], document["engine"]) == (200, True, "extractive")
            assert document["facts"], "a failed model costs nobody the summary"
            codes = {warning["code"]: warning["message"] for warning in document["warnings"]}
            if row.kind is Cut:
                assert codes.keys() & {"model_failed", "model_reply_cut"}
            else:
                assert f"({row.kind.code})" in codes["model_failed"]
        else:
            assert response.status_code == row.kind.status
            assert document["code"] == row.kind.code
            assert row.kind is Cut or "model.test" in document["detail"]
            told = document.get("retry_after")
            assert response.headers.get("retry-after") == (None if told is None else str(told))


# --- the breaker ---------------------------------------------------------------------------------------------------------


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def _state(breaker: Breaker) -> str:
    """The state now; a function, since a property is taken to stay what it was."""
    return breaker.state


def _opened(clock: Clock) -> Breaker:
    breaker = Breaker(clock=clock)
    for _ in range(5):
        assert _state(breaker) == "closed"
        breaker.leave(breaker.enter(), errors.ModelBusy("It is busy."))
    assert _state(breaker) == "open"
    return breaker


def test_a_breaker_lets_one_try_after_the_cooldown_and_waits_longer_each_time() -> None:
    clock = Clock()
    breaker = _opened(clock)
    for cooldown in (10, 20, 40, 80, 120, 120):
        clock.now += cooldown - 1
        with pytest.raises(errors.ModelError, match="left alone for another 1 s") as caught:
            breaker.enter()
        assert caught.value.retry_after == 1
        clock.now += 1
        assert _state(breaker) == "half_open"
        trial = breaker.enter()
        with pytest.raises(errors.ModelError):
            breaker.enter()
        breaker.leave(trial, errors.ModelUnreachable("It is away."))
        assert _state(breaker) == "open"
    clock.now += 120
    breaker.leave(breaker.enter(), None)
    assert _state(breaker) == "closed"
    for _ in range(4):
        breaker.leave(breaker.enter(), errors.ModelBusy("It is busy."))
    assert _state(breaker) == "closed", "what was before the trial is forgotten"


def test_a_trial_that_is_broken_off_lets_another_try() -> None:
    clock = Clock()
    breaker = _opened(clock)
    clock.now += 10
    breaker.abandon(breaker.enter())
    breaker.leave(breaker.enter(), errors.ModelReplyCut("cut"))
    assert _state(breaker) == "closed", "a server that sends half a reply is there"


def test_a_late_success_does_not_close_what_others_opened() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    early = breaker.enter()
    for _ in range(5):
        breaker.leave(breaker.enter(), errors.ModelBusy("It is busy."))
    breaker.leave(early, None)
    assert _state(breaker) == "open"


@pytest.mark.parametrize(
    ("error", "told", "seconds"),
    [
        (errors.ModelDenied("no credit"), None, 300),
        (errors.ModelDenied("no credit"), 900, 900),
        (errors.ModelBusy("busy"), 60, 60),
        (errors.ModelBusy("busy"), 1e9, 3600),
    ],
)
def test_what_the_server_says_decides_how_long(error: errors.ModelError, told: float | None, seconds: int) -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    breaker.leave(breaker.enter(), error, told_s=told)
    clock.now += seconds - 1
    assert _state(breaker) == "open"
    clock.now += 1
    assert _state(breaker) == "half_open"


async def test_a_caller_with_a_short_deadline_cannot_shut_the_server_to_others() -> None:
    line = Line(fails(httpx2.ReadTimeout("x"), after="read"))
    async with line.model() as llm:
        for _ in range(10):
            with pytest.raises(errors.ModelTimeout):
                await llm.complete(MESSAGES, max_tokens=300, deadline=line.now + 1)
        assert _state(llm.breaker) == "closed"
        for _ in range(5):
            with pytest.raises(errors.ModelTimeout):
                await llm.complete(MESSAGES, max_tokens=300, deadline=line.now + 60)
        assert _state(llm.breaker) == "open"


async def test_a_hundred_requests_to_a_server_that_is_down_are_not_three_hundred() -> None:
    line = Line(busy())
    async with line.model() as llm:
        calls = (llm.complete(MESSAGES, max_tokens=300, deadline=line.now + SECONDS) for _ in range(100))
        told = await asyncio.gather(*calls, return_exceptions=True)
    assert all(type(one) is errors.ModelBusy for one in told)
    assert line.attempts <= 105, "each at most once before the first five have failed"


# --- the second model ----------------------------------------------------------------------------------------------------


async def test_the_second_model_answers_when_the_first_fails_and_the_cost_is_of_both() -> None:
    first, second = Line(says("")), Line(writes())
    async with first.model() as one, second.model() as two:
        both = WithFallback(one, two, clock=first.clock)
        assert (both.model, both.host) == ("test-model", "model.test")
        reply = await both.complete(MESSAGES, max_tokens=300, deadline=first.now + SECONDS)
    assert (first.attempts, second.attempts) == (2, 1)
    assert (reply.model, reply.host, reply.why) == ("test-model", "model.test", "model_reply_empty")
    assert reply.calls == 3
    assert reply.prompt_tokens == 300, "100 for each empty reply and for the good one"
    assert reply.micro_usd == 300 * PRICE[0] + 150 * PRICE[1]


async def test_a_first_model_that_hangs_leaves_time_for_the_second() -> None:
    first = Line(fails(httpx2.ReadTimeout("x"), after="read"))
    second = Line(writes(), now=first.now)
    async with first.model() as one, second.model() as two:
        reply = await WithFallback(one, two, clock=first.clock).complete(
            MESSAGES, max_tokens=300, deadline=first.now + 90
        )
    assert first.now == pytest.approx(second.now + 60)
    assert reply.why == "model_timeout"


@pytest.mark.parametrize("second", [problem(401), fails(httpx2.ConnectError("x"))])
async def test_when_both_fail_the_seconds_error_is_told_with_the_cost_of_both(second: Handler) -> None:
    one, two = Line(says("")), Line(second)
    async with one.model() as first, two.model() as other:
        with pytest.raises((errors.ModelDenied, errors.ModelUnreachable)) as caught:
            await WithFallback(first, other, clock=one.clock).complete(
                MESSAGES, max_tokens=300, deadline=one.now + SECONDS
            )
    assert caught.value.prompt_tokens == 200
    assert caught.value.micro_usd == 200 * PRICE[0] + 100 * PRICE[1]


async def test_half_a_reply_is_used_and_not_asked_for_again() -> None:
    one, two = Line(says("The ferry", finish_reason="length")), Line(writes())
    async with one.model() as first, two.model() as other:
        with pytest.raises(errors.ModelReplyCut) as caught:
            await WithFallback(first, other, clock=one.clock).complete(
                MESSAGES, max_tokens=300, deadline=one.now + SECONDS
            )
    assert caught.value.partial_text == "The ferry"
    assert two.attempts == 0


# --- the purse -----------------------------------------------------------------------------------------------------------


async def test_retries_stay_within_what_was_set_aside() -> None:
    """One attempt is at most 15 prompt and 300 completion tokens: 615 millionths. There is money for one and a half."""
    line = Line(says("", prompt_tokens=15, completion_tokens=200))
    async with line.model() as llm:
        with spending.carrying(spending.Purse(left=900)) as purse, pytest.raises(errors.ModelReplyEmpty):
            await llm.complete(MESSAGES, max_tokens=300, deadline=line.now + SECONDS)
        assert (line.attempts, purse.spent, purse.left) == (1, 415, 485)
        with spending.carrying(purse), pytest.raises(errors.ModelReserveSpent):
            await llm.complete(MESSAGES, max_tokens=300, deadline=line.now + SECONDS)
        assert line.attempts == 1


async def test_a_call_that_is_broken_off_has_cost_its_prompt() -> None:
    reached = asyncio.Event()

    async def hangs(request: httpx2.Request, line: Line) -> httpx2.Response:
        reached.set()
        await asyncio.sleep(60)
        raise AssertionError

    line = Line(hangs)
    async with line.model() as llm:
        with spending.carrying(spending.Purse(left=1000)) as purse:
            task = asyncio.create_task(llm.complete(MESSAGES, max_tokens=300, deadline=line.now + SECONDS))
            await reached.wait()
            assert purse.left is not None
            assert purse.left < 1000
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
    words = sum(len(message.text.split()) + 4 for message in MESSAGES) + 3
    assert (purse.spent, purse.left) == (words, 1000 - words)
