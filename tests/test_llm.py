"""The model's door: every way in which a server can fail is one class of errors, in a bounded number of calls and seconds."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import httpx2
import pytest
import respx

from summarizer import errors
from summarizer.llm import ChatModel
from summarizer.ports import Message
from summarizer.testing import chat_reply, scripted_transport

KEY = "sk-canary-0123456789abcdef"
SECRET_TEXT = "The heron-coloured ferry Anneliese ran aground near Brokkvik at dawn."
MESSAGES = (Message("system", "Summarize what the articles say."), Message("user", SECRET_TEXT))
BASE = "http://model.test/v1"
GOOD = httpx.Response(200, json=chat_reply("A ferry ran aground.", prompt_tokens=40, completion_tokens=6))


@dataclass
class FakeTime:
    """A clock that only sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def words(text: str) -> int:
    return len(text.split())


def model(
    router: respx.MockRouter,
    fake: FakeTime,
    *,
    name: str = "test-model",
    base_url: str = BASE,
) -> ChatModel:
    return ChatModel(
        name,
        count=words,
        api_key=KEY,
        base_url=base_url,
        transport=scripted_transport(router),
        sleep=fake.sleep,
        clock=fake.clock,
        jitter=lambda: 1.0,
    )


async def ask(llm: ChatModel, fake: FakeTime, seconds: float = 100.0) -> Any:
    return await llm.complete(MESSAGES, max_tokens=300, deadline=fake.now + seconds)


def routed(*answers: httpx.Response | Exception) -> respx.MockRouter:
    """A router whose last answer is given for ever."""
    router = respx.MockRouter(assert_all_called=False)
    queue = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        found = queue.pop(0) if len(queue) > 1 else queue[0]
        if isinstance(found, Exception):
            raise found
        return found

    router.post(url__regex=r".*/chat/completions").mock(side_effect=answer)
    return router


def problem(status: int, message: str = "no", headers: dict[str, str] | None = None, **extra: Any) -> httpx.Response:
    return httpx.Response(status, json={"error": {"message": message, **extra}}, headers=headers)


def page(status: int) -> httpx.Response:
    return httpx.Response(status, html="<!DOCTYPE html><html><body>Bad gateway</body></html>")


def reply(text: str | None = "ok", **how: Any) -> httpx.Response:
    return httpx.Response(200, json=chat_reply(text, **how))


MONDAY, MONDAY_12 = "Mon, 02 Nov 2026 10:00:00 GMT", "Mon, 02 Nov 2026 10:00:12 GMT"
BUSY = errors.ModelBusy

# name: (the answer, given for ever; the error; calls that reached the server; seconds waited for between them)
FAULTS: dict[str, tuple[httpx.Response | Exception, type[errors.ModelError], int, list[float]]] = {
    "connection refused": (httpx.ConnectError("x"), errors.ModelUnreachable, 0, [0.5, 1.0]),
    "no time to connect": (httpx.ConnectTimeout("x"), errors.ModelTimeout, 0, [0.5, 1.0]),
    "no first byte": (httpx.ReadTimeout("x"), errors.ModelTimeout, 3, [0.5, 1.0]),
    "reset before the headers": (httpx.ReadError("x"), errors.ModelUnreachable, 3, [0.5, 1.0]),
    "reset in the body": (httpx.RemoteProtocolError("x"), errors.ModelUnreachable, 3, [0.5, 1.0]),
    "200 HTML": (page(200), errors.ModelReplyUnreadable, 1, []),
    "200 text": (httpx.Response(200, text="hello"), errors.ModelReplyUnreadable, 1, []),
    "200 list": (httpx.Response(200, json=[1, 2]), errors.ModelReplyUnreadable, 1, []),
    "200 event stream": (httpx.Response(200, text='data: {"choices": []}\n\n'), errors.ModelReplyUnreadable, 1, []),
    "200 empty": (httpx.Response(200), errors.ModelReplyEmpty, 2, [0.5]),
    "200 half a JSON": (httpx.Response(200, text='{"choices": [{"mess'), errors.ModelReplyCut, 2, [0.5]),
    "200 error": (problem(200), BUSY, 3, [0.5, 1.0]),
    "200 error 429 inside": (problem(200, code=429), BUSY, 3, [0.5, 1.0]),
    "200 error 401 inside": (problem(200, code=401), errors.ModelDenied, 1, []),
    "no choices": (httpx.Response(200, json={"choices": []}), errors.ModelReplyEmpty, 2, [0.5]),
    "null choices": (httpx.Response(200, json={"choices": None}), errors.ModelReplyEmpty, 2, [0.5]),
    "no message": (httpx.Response(200, json={"choices": [{"index": 0}]}), errors.ModelReplyEmpty, 2, [0.5]),
    "null content": (reply(None), errors.ModelReplyEmpty, 2, [0.5]),
    "empty content": (reply(" \n"), errors.ModelReplyEmpty, 2, [0.5]),
    "only thinking": (reply("<think>Let me see</think>"), errors.ModelReplyEmpty, 2, [0.5]),
    "endless thinking": (reply("<think>Let me"), errors.ModelReplyEmpty, 2, [0.5]),
    "refusal": (reply(None, refusal="I cannot."), errors.ModelRefused, 1, []),
    "finish length": (reply("The ferry", finish_reason="length"), errors.ModelReplyCut, 1, []),
    "finish length, nothing said": (reply("", finish_reason="length"), errors.ModelReplyCut, 1, []),
    "finish content_filter": (reply("The", finish_reason="content_filter"), errors.ModelRefused, 1, []),
    "finish missing": (reply("The ferry", finish_reason=None), errors.ModelReplyCut, 2, [0.5]),
    "400 context length": (problem(400, code="context_length_exceeded"), errors.ModelContextTooLong, 1, []),
    "400 context size (llama.cpp)": (problem(400, type="exceed_context_size_error"), errors.ModelContextTooLong, 1, []),
    "400 context in words": (problem(400, "maximum context length is 8192"), errors.ModelContextTooLong, 1, []),
    "400 other": (problem(400, "messages must alternate"), errors.ModelRejectedRequest, 1, []),
    "400 out of credit": (problem(400, "Your credit balance is too low"), errors.ModelDenied, 1, []),
    "400 content filter": (problem(400, code="content_filter"), errors.ModelRefused, 1, []),
    "401": (problem(401), errors.ModelDenied, 1, []),
    "402": (problem(402), errors.ModelDenied, 1, []),
    "403": (problem(403), errors.ModelDenied, 1, []),
    "404 model": (problem(404), errors.ModelUnknown, 1, []),
    "404 page": (page(404), errors.ModelUnknown, 1, []),
    "405": (page(405), errors.ModelUnknown, 1, []),
    "302": (httpx.Response(302, headers={"location": "http://elsewhere.test/"}), errors.ModelUnknown, 1, []),
    "408": (problem(408), BUSY, 3, [0.5, 1.0]),
    "409": (problem(409), BUSY, 3, [0.5, 1.0]),
    "413": (problem(413), errors.ModelContextTooLong, 1, []),
    "422": (httpx.Response(422, json={"detail": [{"msg": "x", "input": "y"}]}), errors.ModelRejectedRequest, 1, []),
    "429": (problem(429), BUSY, 3, [0.5, 1.0]),
    "429 quota": (problem(429, code="insufficient_quota"), errors.ModelDenied, 1, []),
    "429 in 7 s": (problem(429, headers={"retry-after": "7"}), BUSY, 3, [7.5, 7.5]),
    "429 on a date": (problem(429, headers={"retry-after": MONDAY_12, "date": MONDAY}), BUSY, 3, [12.5, 12.5]),
    "429 on a date, no clock": (problem(429, headers={"retry-after": MONDAY_12}), BUSY, 3, [0.5, 1.0]),
    "429 on a past date": (problem(429, headers={"retry-after": MONDAY, "date": MONDAY_12}), BUSY, 3, [0.5, 1.0]),
    "429 in 250 ms": (problem(429, headers={"retry-after-ms": "250", "retry-after": "9"}), BUSY, 3, [0.75, 0.75]),
    "429 in 0": (problem(429, headers={"retry-after": "0"}), BUSY, 3, [0.5, 1.0]),
    "429 negative": (problem(429, headers={"retry-after": "-5"}), BUSY, 3, [0.5, 1.0]),
    "429 in an hour": (problem(429, headers={"retry-after": "3600"}), BUSY, 1, []),
    "429 inf": (problem(429, headers={"retry-after": "inf"}), BUSY, 3, [0.5, 1.0]),
    "429 nan": (problem(429, headers={"retry-after": "nan"}), BUSY, 3, [0.5, 1.0]),
    "429 garbage": (problem(429, headers={"retry-after": "soon"}), BUSY, 3, [0.5, 1.0]),
    "429 do not retry": (problem(429, headers={"x-should-retry": "false"}), BUSY, 1, []),
    "500": (problem(500), BUSY, 3, [0.5, 1.0]),
    "501": (problem(501), errors.ModelRejectedRequest, 1, []),
    "502 HTML": (page(502), BUSY, 3, [0.5, 1.0]),
    "503": (problem(503), BUSY, 3, [0.5, 1.0]),
    "529": (problem(529), BUSY, 3, [0.5, 1.0]),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_that_stays_is_one_error_of_ours(name: str) -> None:
    answer, kind, calls, slept = FAULTS[name]
    fake = FakeTime()
    router = routed(answer)
    async with model(router, fake) as llm:
        with pytest.raises(errors.ModelError) as caught:
            await ask(llm, fake)
    error = caught.value
    assert type(error) is kind
    assert error.calls == calls
    assert fake.slept == slept
    assert "model.test" in error.detail, "the message names the server"
    assert KEY not in error.detail
    assert "Anneliese" not in error.detail
    assert error.__cause__ is None, "the client's exception holds the request: article text and key"


@pytest.mark.parametrize("name", [name for name, (_, _, _, slept) in FAULTS.items() if slept])
async def test_a_fault_that_passes_is_not_seen(name: str) -> None:
    answer, _, calls, _ = FAULTS[name]
    fake = FakeTime()
    router = routed(answer, GOOD)
    async with model(router, fake) as llm:
        reply = await ask(llm, fake)
    assert reply.text == "A ferry ran aground."
    assert reply.calls == (1 if calls == 0 else 2)
    assert len(fake.slept) == 1


async def test_a_good_reply_costs_what_the_server_says() -> None:
    fake = FakeTime()
    router = routed(GOOD)
    async with model(router, fake) as llm:
        reply = await ask(llm, fake)
    assert (reply.text, reply.prompt_tokens, reply.completion_tokens, reply.calls) == ("A ferry ran aground.", 40, 6, 1)
    sent = json.loads(router.calls[0].request.content)
    assert sent == {
        "model": "test-model",
        "messages": [{"role": "system", "content": MESSAGES[0].text}, {"role": "user", "content": SECRET_TEXT}],
        "max_tokens": 300,
        "temperature": 0,
    }
    assert router.calls[0].request.headers["authorization"] == f"Bearer {KEY}"


async def test_tokens_of_failed_attempts_are_counted_in() -> None:
    fake = FakeTime()
    paid_for = reply("", prompt_tokens=40, completion_tokens=9)
    async with model(routed(paid_for, GOOD), fake) as llm:
        answer = await ask(llm, fake)
    assert (answer.prompt_tokens, answer.completion_tokens, answer.calls) == (80, 15, 2)
    async with model(routed(paid_for), fake) as llm:
        with pytest.raises(errors.ModelReplyEmpty) as caught:
            await ask(llm, fake)
    assert (caught.value.prompt_tokens, caught.value.completion_tokens, caught.value.calls) == (80, 18, 2)


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": 0, "completion_tokens": 0}, {"prompt_tokens": "many"}, [1]]
)
async def test_without_usage_tokens_are_counted_here(usage: object) -> None:
    body = chat_reply("A ferry ran aground.", prompt_tokens=None)
    if usage is not None:
        body["usage"] = usage
    fake = FakeTime()
    async with model(routed(httpx.Response(200, json=body)), fake) as llm:
        answer = await ask(llm, fake)
    assert answer.completion_tokens == 4
    assert answer.prompt_tokens == words(MESSAGES[0].text) + words(SECRET_TEXT) + 2 * 4 + 3


async def test_a_prompt_that_was_sent_is_counted_even_if_nothing_came_back() -> None:
    fake = FakeTime()
    async with model(routed(httpx.ReadError("x")), fake) as llm:
        with pytest.raises(errors.ModelUnreachable) as caught:
            await ask(llm, fake)
    assert caught.value.prompt_tokens == 3 * (words(MESSAGES[0].text) + words(SECRET_TEXT) + 11)
    assert caught.value.completion_tokens == 0


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<think>first\nthis</think>\nA ferry.", "A ferry."),
        ("\n<THINK>a</THINK><thinking>b</thinking> A ferry.", "A ferry."),
        ("A ferry. <think>no</think>", "A ferry. <think>no</think>"),
        ("</think> A ferry.", "</think> A ferry."),
        ("  A ferry.\n", "A ferry."),
        ("A \ud83d ferry.", "A \ufffd ferry."),
    ],
)
async def test_thinking_is_no_part_of_the_reply(written: str, text: str) -> None:
    fake = FakeTime()
    raw = json.dumps(chat_reply(written))
    answer = httpx.Response(200, content=raw.encode(), headers={"content-type": "application/json"})
    async with model(routed(answer), fake) as llm:
        assert (await ask(llm, fake)).text == text


async def test_content_in_parts_is_joined() -> None:
    body = chat_reply("")
    body["choices"][0]["message"]["content"] = [{"type": "thinking", "text": "x"}, {"type": "text", "text": "A ferry."}]
    fake = FakeTime()
    async with model(routed(httpx.Response(200, json=body)), fake) as llm:
        assert (await ask(llm, fake)).text == "A ferry."


async def test_a_cut_reply_keeps_what_arrived() -> None:
    fake = FakeTime()
    async with model(routed(reply("<think>x</think>The ferry ran", finish_reason="length")), fake) as llm:
        with pytest.raises(errors.ModelReplyCut) as caught:
            await ask(llm, fake)
    assert caught.value.partial_text == "The ferry ran"
    assert "ferry" not in caught.value.detail


# --- parameters that a server does not know ------------------------------------------------------------------------------


def picky(*, temperature: bool = True, limit: str = "max_tokens") -> respx.MockRouter:
    """A server that knows one name for the limit, and perhaps no temperature."""
    router = respx.MockRouter(assert_all_called=False)

    def answer(request: httpx.Request) -> httpx.Response:
        sent = json.loads(request.content)
        if "temperature" in sent and not temperature:
            return problem(400, "Unsupported value: 'temperature' does not support 0", code="unsupported_value")
        for name in ("max_tokens", "max_completion_tokens"):
            if name in sent and name != limit:
                return problem(400, f"Unsupported parameter: '{name}'", code="unsupported_parameter", param=name)
        return GOOD

    router.post(url__regex=r".*/chat/completions").mock(side_effect=answer)
    return router


@pytest.mark.parametrize("temperature", [True, False])
@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
@pytest.mark.parametrize("base_url", [BASE, "https://api.openai.com/v1"])
async def test_an_unknown_parameter_is_changed_once_and_remembered(
    temperature: bool, limit: str, base_url: str
) -> None:
    fake = FakeTime()
    router = picky(temperature=temperature, limit=limit)
    first_name = "max_completion_tokens" if "openai.com" in base_url else "max_tokens"
    async with model(router, fake, base_url=base_url) as llm:
        first = await ask(llm, fake)
        second = await ask(llm, fake)
    assert first.calls == 1 + (not temperature) + (limit != first_name)
    assert second.calls == 1
    assert fake.slept == [], "a change of form is no retry"
    assert json.loads(router.calls[-1].request.content)[limit] == 300


async def test_calls_side_by_side_agree_on_the_form() -> None:
    fake = FakeTime()
    async with model(picky(temperature=False, limit="max_completion_tokens"), fake) as llm:
        replies = await asyncio.gather(*(ask(llm, fake) for _ in range(5)))
    assert {found.text for found in replies} == {"A ferry ran aground."}


async def test_a_server_that_knows_neither_name_is_asked_a_bounded_number_of_times() -> None:
    fake = FakeTime()
    router = picky(limit="tokens_at_most", temperature=False)
    async with model(router, fake) as llm:
        with pytest.raises(errors.ModelRejectedRequest):
            await ask(llm, fake)
    assert router.calls.call_count == 3


# --- time ----------------------------------------------------------------------------------------------------------------


async def test_no_retry_that_could_not_start_before_the_deadline() -> None:
    fake = FakeTime()
    router = routed(problem(429, headers={"retry-after": "30"}))
    async with model(router, fake) as llm:
        with pytest.raises(errors.ModelBusy) as caught:
            await ask(llm, fake, seconds=29)
    assert (caught.value.calls, fake.slept, caught.value.retry_after) == (1, [], 30)


async def test_after_the_deadline_nothing_is_sent() -> None:
    fake = FakeTime()
    router = routed(GOOD)
    async with model(router, fake) as llm:
        with pytest.raises(errors.DeadlineExceeded):
            await ask(llm, fake, seconds=0)
    assert router.calls.call_count == 0


async def test_an_hour_to_wait_is_told_and_not_waited_for() -> None:
    fake = FakeTime()
    async with model(routed(problem(503, headers={"retry-after": "3600"})), fake) as llm:
        with pytest.raises(errors.ModelBusy) as caught:
            await ask(llm, fake, seconds=100_000)
    assert caught.value.retry_after == 3600


@asynccontextmanager
async def server(answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]) -> AsyncIterator[str]:
    """A real server on loopback that does as it likes; gives the base URL, and leaves nothing open."""
    running: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await answer(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    listening = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    finally:
        listening.close()
        if running:
            await asyncio.wait(running, timeout=5)


async def _drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers at once, with a byte every 50 ms and no end."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes everything and says nothing, until the other side leaves."""
    await reader.read(-1)


async def _slam(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begins an answer and cuts the line."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"choices": [')
    await writer.drain()
    writer.transport.abort()


@pytest.mark.parametrize("answer", [_drip, _hang])
async def test_a_slow_server_is_left_at_the_deadline(answer: Callable[..., Any]) -> None:
    """On the real clock: a time-out per read would never meet one byte every 50 ms."""
    async with server(answer) as base_url, ChatModel("m", count=words, base_url=base_url) as llm:
        begin = time.monotonic()
        with pytest.raises(errors.ModelTimeout) as caught:
            await llm.complete(MESSAGES, max_tokens=5, deadline=begin + 0.4)
        assert 0.35 < time.monotonic() - begin < 2
    assert caught.value.calls == 1


async def test_a_line_that_is_cut_is_tried_again() -> None:
    fake = FakeTime()
    async with server(_slam) as base_url:
        llm = ChatModel("m", count=words, base_url=base_url, sleep=fake.sleep, jitter=lambda: 0.0)
        with pytest.raises(errors.ModelUnreachable) as caught:
            await llm.complete(MESSAGES, max_tokens=5, deadline=time.monotonic() + 20)
        await llm.aclose()
    assert caught.value.calls == 3


async def test_a_closed_port_is_unreachable(free_port: int) -> None:
    fake = FakeTime()
    async with ChatModel("m", count=words, base_url=f"http://127.0.0.1:{free_port}/v1", sleep=fake.sleep) as llm:
        with pytest.raises(errors.ModelUnreachable, match="check that it runs") as caught:
            await llm.complete(MESSAGES, max_tokens=5, deadline=time.monotonic() + 20)
    assert (caught.value.calls, caught.value.prompt_tokens) == (0, 0)


async def test_a_server_that_does_not_speak_tls_is_told() -> None:
    """A mistake in the URL or a forged certificate: trying again does not help."""

    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    fake = FakeTime()
    async with server(plain) as base_url:
        llm = ChatModel("m", count=words, base_url=base_url.replace("http:", "https:"), sleep=fake.sleep)
        with pytest.raises(errors.ModelUnreachable, match="TLS failed") as caught:
            await llm.complete(MESSAGES, max_tokens=5, deadline=time.monotonic() + 20)
        await llm.aclose()
    assert (caught.value.calls, fake.slept) == (0, [])


async def test_a_name_that_does_not_resolve_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    fake = FakeTime()
    async with ChatModel("m", count=words, base_url="http://nobody.invalid/v1", sleep=fake.sleep) as llm:
        with pytest.raises(errors.ModelUnreachable, match="does not resolve"):
            await llm.complete(MESSAGES, max_tokens=5, deadline=time.monotonic() + 20)


@pytest.mark.parametrize(("base_url", "key"), [("model.test/v1", "k"), ("ftp://model.test/v1", "k"), (BASE, "kéy\n")])
async def test_settings_that_cannot_work_are_told(base_url: str, key: str) -> None:
    fake = FakeTime()
    async with ChatModel("m", count=words, base_url=base_url, api_key=key, sleep=fake.sleep) as llm:
        with pytest.raises(errors.ModelUnreachable, match="OPENAI_BASE_URL must start") as caught:
            await llm.complete(MESSAGES, max_tokens=5, deadline=time.monotonic() + 20)
    assert fake.slept == []
    assert caught.value.calls == 0
    assert key not in caught.value.detail or key == "k"


async def test_cancelling_the_caller_cancels_the_call() -> None:
    left = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)
        left.set()

    async with server(hang) as base_url, ChatModel("m", count=words, base_url=base_url) as llm:
        task = asyncio.create_task(llm.complete(MESSAGES, max_tokens=5, deadline=time.monotonic() + 60))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(left.wait(), 5)


# --- what must not be said -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Invalid header Bearer {KEY}",
        f"cannot parse: {SECRET_TEXT}",
        f"x: {SECRET_TEXT[10:40]}",
        "unexpected token 'Anneliese' in input",
        f"THE HERON-COLOURED   FERRY {SECRET_TEXT.upper()}",
        f'input was {json.dumps(SECRET_TEXT)[5:60]} and "Brokkvik"',
    ],
)
@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
async def test_errors_quote_neither_key_nor_prompt(message: str, status: int) -> None:
    fake = FakeTime()
    async with model(routed(problem(status, message)), fake) as llm:
        with pytest.raises(errors.ModelError) as caught:
            await ask(llm, fake)
    told = f"{caught.value.detail} {caught.value.extra}".casefold()
    for secret in (KEY, "anneliese", "brokkvik", "heron"):
        assert secret.casefold() not in told


async def test_the_servers_own_words_are_told_in_one_short_line() -> None:
    fake = FakeTime()
    async with model(routed(problem(400, "messages must\nalternate between roles. " + "z" * 1000)), fake) as llm:
        with pytest.raises(errors.ModelRejectedRequest) as caught:
            await ask(llm, fake)
    assert "It says: messages must alternate between roles." in caught.value.detail
    assert len(caught.value.detail) < 320
    assert "\n" not in caught.value.detail


async def test_nothing_is_logged_of_a_request(caplog: pytest.LogCaptureFixture) -> None:
    """Even at DEBUG, where the client libraries have much to say, and with each version something else."""
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "openai._base_client", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    fake = FakeTime()
    async with model(routed(problem(500, SECRET_TEXT)), fake) as llm:
        with pytest.raises(errors.ModelBusy):
            await ask(llm, fake)
    async with server(_slam) as base_url:
        llm = ChatModel("m", count=words, api_key=KEY, base_url=base_url, sleep=fake.sleep)
        with pytest.raises(errors.ModelUnreachable):
            await llm.complete(MESSAGES, max_tokens=5, deadline=time.monotonic() + 20)
        await llm.aclose()
    assert KEY not in caplog.text
    assert "Anneliese" not in caplog.text
    assert {record.name.split(".")[0] for record in caplog.records} <= {"asyncio"}


async def test_lone_surrogates_can_be_sent() -> None:
    fake = FakeTime()
    router = routed(GOOD)
    async with model(router, fake) as llm:
        await llm.complete([Message("user", "a \udc80 b")], max_tokens=5, deadline=fake.now + 9)
    assert json.loads(router.calls[0].request.content)["messages"][0]["content"] == "a \ufffd b"


# --- who and where -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("", "api.openai.com"),
        ("http://127.0.0.1:8080/v1", "127.0.0.1:8080"),
        ("https://name:password@models.test/v1", "models.test"),
    ],
)
async def test_host_is_where_text_goes(base_url: str, host: str) -> None:
    async with ChatModel("m", count=words, base_url=base_url) as llm:
        assert llm.host == host


async def test_redirects_are_not_followed() -> None:
    """Article text goes to the configured host and to no other."""
    router = respx.MockRouter(assert_all_called=False)
    router.post("http://model.test/v1/chat/completions").respond(307, headers={"location": "http://elsewhere.test/v1"})
    elsewhere = router.post("http://elsewhere.test/v1").respond(json=chat_reply("x"))
    fake = FakeTime()
    async with model(router, fake) as llm:
        with pytest.raises(errors.ModelUnknown):
            await ask(llm, fake)
    assert elsewhere.call_count == 0


async def test_models_lists_names_without_sending_text() -> None:
    fake = FakeTime()
    router = respx.MockRouter()
    router.get(f"{BASE}/models").respond(json={"data": [{"id": "a"}, {"id": "b"}, {"no": 1}]})
    async with model(router, fake) as llm:
        assert await llm.models(deadline=fake.now + 5) == ("a", "b")
    for answer, kind in ((page(200), errors.ModelReplyUnreadable), (problem(401), errors.ModelDenied)):
        router = respx.MockRouter()
        router.get(f"{BASE}/models").mock(return_value=answer)
        async with model(router, fake) as llm:
            with pytest.raises(kind):
                await llm.models(deadline=fake.now + 5)


async def test_the_environment_is_not_asked_behind_our_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings decide; a base URL or a key in the environment of a library user is not picked up."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.test/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-elsewhere")
    fake = FakeTime()
    router = routed(GOOD)
    llm = ChatModel("m", count=words, transport=scripted_transport(router), clock=fake.clock)
    await ask(llm, fake)
    await llm.aclose()
    assert str(router.calls[0].request.url) == "https://api.openai.com/v1/chat/completions"
    assert "elsewhere" not in str(router.calls[0].request.headers)


def test_every_error_of_the_client_is_known() -> None:
    """If a new httpx2 brings a transport error that we have not thought about, this list says so."""
    known = {
        "CloseError", "ConnectError", "ConnectTimeout", "DecodingError", "LocalProtocolError", "NetworkError", "PoolTimeout",
        "ProtocolError", "ProxyError", "ReadError", "ReadTimeout", "RemoteProtocolError", "TimeoutException",
        "TooManyRedirects", "TransportError", "UnsupportedProtocol", "WriteError", "WriteTimeout", "RequestError",
    }  # fmt: skip
    found = {
        name
        for name in dir(httpx2)
        if isinstance(kind := getattr(httpx2, name), type) and issubclass(kind, httpx2.RequestError)
    }
    assert found - known <= {"SSEError"}
