"""Answers that come bit by bit, as server-sent events: `stage`, `fact`, `fact_withdrawn`, then exactly one of `done`,
`failed`, `interrupted`.

Every event has a number (`id:`), so that a job's stream can be taken up where it broke off (`Last-Event-ID`). A comment
goes out while nothing happens, and proxies are told not to hold anything back. When the server is asked to stop, every
open stream is ended with `interrupted` before the connections are closed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.requests import Request
from starlette.responses import Response

from summarizer import contract, errors, logs, metrics
from summarizer.api import problems
from summarizer.api.running import Room
from summarizer.jobs import Desk, Event
from summarizer.ports import Happening, Tell, told

HEARTBEAT_S = 10.0
"""Between signs of life: proxies commonly close what is silent for 30 to 60 seconds."""

_HEADERS = {"cache-control": "no-cache, no-transform", "x-accel-buffering": "no"}

_LATER = "The server stops. Send the request again: what the model has answered already may still be in the cache."
_RESUME = "The server stops; the job goes on. Ask for its events again with Last-Event-ID."


async def live(
    request: Request,
    work: Callable[[Tell], Awaitable[contract.Answer]],
    stopping: asyncio.Event,
    room: Room,
) -> Response:
    """The stream of one request: `work` runs while somebody listens, and is cancelled when nobody does.

    Raises Overloaded before anything is sent.
    """
    request_id, tenant = request.state.request_id, request.state.tenant
    try:
        # Not held yet: a stream that nobody starts to read would keep a place for ever.
        async with room.taken():
            pass
    except errors.Overloaded as error:
        metrics.failed(error, tenant)
        raise

    async def chunks() -> AsyncIterator[bytes]:
        waiting: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        number = 0

        def tell(happening: Happening) -> None:
            waiting.put_nowait(told(happening))

        async def within() -> contract.Answer:
            async with room.taken():
                return await work(tell)

        async def ended() -> tuple[str, str]:
            try:
                answer = await metrics.counted(within(), tenant)
            except errors.SummarizerError as error:
                if isinstance(error, errors.Overloaded):
                    metrics.limited(error.code, tenant)  # the status of the response, 200, does not tell it
                return "failed", json.dumps(problems.document(error, request_id), default=str)
            except Exception as error:  # noqa: BLE001  # its message may quote an article; the stream must end all the same
                places = logs.places(error.__traceback__)
                request.app.state.log.error(
                    "unexpected", request_id=request_id, error=type(error).__name__, places=places
                )
                broken = problems.InternalError("Something broke on our side. Tell us the request_id.")
                return "failed", json.dumps(problems.document(broken, request_id))
            return "done", answer.model_dump_json()

        task = asyncio.ensure_future(ended())
        stop = asyncio.ensure_future(stopping.wait())
        item: asyncio.Future[tuple[str, str]] | None = None
        try:
            while True:
                item = asyncio.ensure_future(waiting.get())
                done, _ = await asyncio.wait(
                    {item, task, stop}, timeout=HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED
                )
                if item in done:
                    number += 1
                    name, data = item.result()
                    yield format_sse_event(event=name, data_str=data, id=str(number))
                    continue
                item.cancel()
                if task in done:
                    while not waiting.empty():
                        number += 1
                        name, data = waiting.get_nowait()
                        yield format_sse_event(event=name, data_str=data, id=str(number))
                    name, data = task.result()
                    yield format_sse_event(event=name, data_str=data, id=str(number + 1))
                    return
                if stop in done:
                    yield format_sse_event(event="interrupted", data_str=_note(_LATER), id=str(number + 1))
                    return
                yield KEEPALIVE_COMMENT
        finally:
            with suppress(asyncio.CancelledError):
                await _ended(task, stop, item)

    return EventSourceResponse(chunks(), headers=_HEADERS)


async def of_job(request: Request, desk: Desk, job: str, tenant: str, stopping: asyncio.Event) -> Response:
    """The stream of a job from the event after `Last-Event-ID` on. Raises NotFound before anything is sent."""
    sent = request.headers.get("last-event-id", "")
    after = int(sent[:18]) if sent.isascii() and sent.isdigit() else 0
    await desk.look(job, tenant=tenant)
    request_id = request.state.request_id

    async def chunks() -> AsyncIterator[bytes]:
        seen = after
        events = desk.watch(job, tenant=tenant, after=after)
        stop = asyncio.ensure_future(stopping.wait())
        coming: asyncio.Future[Event | None] | None = None
        try:
            while True:
                coming = asyncio.ensure_future(anext(events))
                done, _ = await asyncio.wait({coming, stop}, return_when=asyncio.FIRST_COMPLETED)
                if coming not in done:
                    yield format_sse_event(event="interrupted", data_str=_note(_RESUME), id=str(seen))
                    return
                try:
                    event = coming.result()
                except StopAsyncIteration:
                    return
                except errors.StoreUnavailable:
                    # The job goes on; what cannot be read now can be asked for again with the same number.
                    yield format_sse_event(event="interrupted", data_str=_note(_RESUME), id=str(seen))
                    return
                except errors.NotFound as error:
                    document = json.dumps(problems.document(error, request_id))
                    yield format_sse_event(event="failed", data_str=document, id=str(seen))
                    return
                if event is None:
                    yield KEEPALIVE_COMMENT
                    continue
                seen = event.number
                yield format_sse_event(
                    event=event.name, data_str=await _data(desk, job, tenant, event, request_id), id=str(event.number)
                )
                if event.name in ("done", "failed"):
                    return
        finally:
            with suppress(asyncio.CancelledError):
                await _ended(stop, coming)
            await events.aclose()

    return EventSourceResponse(chunks(), headers=_HEADERS)


async def _data(desk: Desk, job: str, tenant: str, event: Event, request_id: str) -> str:
    """The data of an event as it leaves: `done` carries the whole answer, `failed` a problem document."""
    if event.name == "done":
        _, answer = await desk.look(job, tenant=tenant)
        return answer.model_dump_json() if answer is not None else "null"
    if event.name == "failed":
        return json.dumps(problems.from_fields(json.loads(event.data), request_id))
    return event.data


async def _ended(*waiting: asyncio.Future[Any] | None) -> None:
    """Nobody waits for these any more: cancelled, and over."""
    left = [each for each in waiting if each is not None]
    for each in left:
        each.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def _note(text: str) -> str:
    return json.dumps({"detail": text})
