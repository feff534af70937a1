"""A reply that comes in pieces is read with the same eyes as one that comes whole, and a server that hangs is not waited for."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest

from summarizer import errors
from summarizer.llm import ChatModel, Policy
from summarizer.ports import Message, Reply

QUICK = Policy(first_wait_s=0.001, longest_wait_s=0.001, idle_s=0.2)


def piece(text: str | None = None, finish: str | None = None, **more: Any) -> bytes:
    delta = {"content": text} if text is not None else {}
    return (
        b"data: "
        + json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more}).encode()
        + b"\n\n"
    )


USAGE = b'data: {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}\n\n'
DONE = b"data: [DONE]\n\n"
GOOD = [piece("Nobody "), piece("was hurt {a1}."), piece(finish="stop"), USAGE, DONE]


class Pieces(httpx2.AsyncByteStream):
    def __init__(self, *parts: bytes | float | Exception) -> None:
        self._parts = parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            if isinstance(part, Exception):
                raise part
            if isinstance(part, float):
                # What the network layer does when nothing comes for longer than its time-out.
                await asyncio.sleep(part)
                raise httpx2.ReadTimeout("nothing came")
            yield part


def events(*parts: bytes | float | Exception) -> httpx2.Response:
    return httpx2.Response(200, headers={"content-type": "text/event-stream; charset=utf-8"}, stream=Pieces(*parts))


async def ask(
    *answers: httpx2.Response | Callable[[Any], httpx2.Response], asked: list[Any] | None = None
) -> tuple[Reply, list[str]]:
    """The reply, and what was heard on the way."""
    left, heard = list(answers), list[str]()

    def handle(request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        if asked is not None:
            asked.append(body)
        answer = left.pop(0)
        return answer(body) if callable(answer) else answer

    async with ChatModel(
        "m",
        count=lambda t: len(t.split()),
        base_url="http://127.0.0.1:9/v1",
        policy=QUICK,
        transport=httpx2.MockTransport(handle),
    ) as model:
        reply = await model.complete(
            [Message("user", "three words here")], max_tokens=50, deadline=time.monotonic() + 20, heard=heard.append
        )
    return reply, heard


async def test_pieces_are_put_together_and_heard_on_the_way() -> None:
    asked: list[Any] = []
    reply, heard = await ask(events(*GOOD), asked=asked)
    assert reply.text == "Nobody was hurt {a1}."
    assert (reply.prompt_tokens, reply.completion_tokens, reply.calls) == (7, 3, 1)
    assert heard == ["Nobody ", "Nobody was hurt {a1}."]
    assert asked[0]["stream"] is True
    assert asked[0]["stream_options"] == {"include_usage": True}


async def test_without_a_listener_nothing_streams() -> None:
    def handle(request: httpx2.Request) -> httpx2.Response:
        assert "stream" not in json.loads(request.content)
        return httpx2.Response(200, json={"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]})

    async with ChatModel(
        "m", count=len, base_url="http://127.0.0.1:9/v1", transport=httpx2.MockTransport(handle)
    ) as model:
        assert (await model.complete([Message("user", "x")], max_tokens=5, deadline=time.monotonic() + 5)).text == "x"


async def test_a_server_that_does_not_stream_is_read_as_it_is() -> None:
    plain = httpx2.Response(
        200,
        json={
            "choices": [{"message": {"content": "whole"}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1},
        },
    )
    reply, heard = await ask(plain)
    assert reply.text == "whole"
    assert heard == []


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ((piece("Nobody "), piece("was")), errors.ModelReplyCut),  # ends as if it were complete, with no reason to stop
        ((piece("Nobody "), DONE), errors.ModelReplyCut),
        ((piece("Nobody "), piece(finish="length"), DONE), errors.ModelReplyCut),
        ((piece("Nobody "), b"data: {half a pie\n\n", piece(finish="stop"), DONE), errors.ModelReplyCut),
        ((piece(finish="stop"), DONE), errors.ModelReplyEmpty),
        ((DONE,), errors.ModelReplyEmpty),
        ((piece("x"), piece(finish="content_filter"), DONE), errors.ModelRefused),
        ((piece("x"), b'data: {"error": {"message": "overloaded", "code": 503}}\n\n'), errors.ModelBusy),
        ((piece("x"), httpx2.ReadError("reset")), errors.ModelUnreachable),
        ((piece("x"), 0.01), errors.ModelTimeout),
        ((b": ping\n\n", 0.01), errors.ModelTimeout),
    ],
)
async def test_what_a_stream_can_hide_is_seen(parts: Any, error: type[errors.ModelError]) -> None:
    with pytest.raises(error):
        await ask(*(events(*parts) for _ in range(3)))


async def test_a_stream_that_breaks_is_asked_for_again() -> None:
    reply, heard = await ask(events(piece("Nobody wa"), httpx2.ReadError("reset")), events(*GOOD))
    assert reply.text == "Nobody was hurt {a1}."
    assert heard == ["Nobody wa", "Nobody ", "Nobody was hurt {a1}."], "a shorter text is another attempt's"
    assert reply.calls == 2


async def test_a_duplicate_end_and_pieces_without_a_choice_do_no_harm() -> None:
    odd = [b'data: {"choices": []}\n\n', b"data: {}\n\n", *GOOD, piece(finish="stop"), DONE]
    assert (await ask(events(*odd)))[0].text == "Nobody was hurt {a1}."


async def test_usage_that_is_missing_is_counted() -> None:
    reply, _ = await ask(events(piece("two words"), piece(finish="stop"), DONE))
    assert reply.prompt_tokens >= 3
    assert reply.completion_tokens == 2


@pytest.mark.parametrize(("named", "left"), [("stream_options", {"stream": True}), ("stream", {})])
async def test_a_server_that_knows_no_streams_is_asked_without(named: str, left: dict[str, Any]) -> None:
    asked: list[Any] = []
    refusal = httpx2.Response(
        400,
        json={"error": {"message": f"Unsupported parameter: {named}", "param": named, "code": "unsupported_parameter"}},
    )
    plain = httpx2.Response(200, json={"choices": [{"message": {"content": "ok"}, "finish_reason": "stop"}]})
    reply, _ = await ask(refusal, plain, asked=asked)
    assert reply.text == "ok"
    assert {k: v for k, v in asked[1].items() if k.startswith("stream")} == left


async def test_a_server_that_never_stops_sending_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.llm.streaming._MOST_BYTES", 5_000)
    with pytest.raises(errors.ModelError):
        await ask(*(events(*[piece("word " * 20)] * 100) for _ in range(3)))
