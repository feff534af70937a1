"""How the id of a job reaches whoever runs it: in this process, or through docket over Redis to any worker.

At least once: a worker that dies leaves its jobs to the others. What a run may assume of that is in `journal`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

import redis.exceptions

from summarizer import errors

if TYPE_CHECKING:
    import docket

Run = Callable[[str], Awaitable[None]]

NAME = "summarizer"
"""Of the queue: docket's keys in Redis begin with it."""

LEASE_S = 8.0
"""How long a job stays with a worker that gives no sign of life. docket renews four times in that time; a worker whose event
loop stands still for longer than this loses its jobs to another, which costs work and no answer. Set by hand."""

_LOOK_S = 0.05
"""Between looks into the queue: docket's own quarter of a second would be most of a short job."""

_STATE_S = 60
"""docket's own record of a run. Ours is the journal, so it is only kept for whoever looks at docket while it happens."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much there is to do. `oldest_s`: since the oldest job that waits was put into the queue; 0.0 if none waits.

    A job whose worker died counts as running until its lease is over.
    """

    waiting: int = 0
    running: int = 0
    oldest_s: float = 0.0


class Queue(Protocol):
    """Brings ids to whoever runs them. `put` and `cancel` may raise `errors.StoreUnavailable` or `errors.Overloaded`."""

    async def put(self, job: str) -> None: ...

    async def cancel(self, job: str) -> None: ...

    async def load(self) -> Load:
        """Jobs that wait and jobs that run. May raise `errors.StoreUnavailable`."""
        ...

    async def aclose(self) -> None: ...


class LocalQueue:
    """In this process: so many at once, the others wait their turn. What runs when it closes is cancelled."""

    def __init__(self, run: Run, *, concurrency: int, most: int) -> None:
        self._run, self._most = run, most
        self._gate = asyncio.Semaphore(concurrency)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._waiting: dict[str, float] = {}  # since when, the oldest first

    async def put(self, job: str) -> None:
        if job in self._tasks:
            return
        if len(self._tasks) >= self._most:
            raise errors.Overloaded(f"{self._most} jobs wait already. Try again later.", retry_after=5)
        self._waiting[job] = time.monotonic()
        task = asyncio.create_task(self._wait_and_run(job))
        self._tasks[job] = task
        task.add_done_callback(lambda _: self._forget(job))

    async def cancel(self, job: str) -> None:
        task = self._tasks.get(job)
        if task is not None:
            task.cancel()

    async def load(self) -> Load:
        oldest = next(iter(self._waiting.values()), None)
        return Load(
            waiting=len(self._waiting),
            running=len(self._tasks) - len(self._waiting),
            oldest_s=0.0 if oldest is None else time.monotonic() - oldest,
        )

    async def aclose(self) -> None:
        running = list(self._tasks.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _wait_and_run(self, job: str) -> None:
        async with self._gate:
            self._waiting.pop(job, None)
            await self._run(job)

    def _forget(self, job: str) -> None:
        self._tasks.pop(job, None)
        self._waiting.pop(job, None)


class RemoteQueue:
    """Through docket: a Redis stream with a consumer group. The connection is made when it is first needed, and again."""

    def __init__(self, url: str, *, most: int) -> None:
        self._url, self._most = url, most
        self._stack = AsyncExitStack()
        self._docket: docket.Docket | None = None
        self._opening = asyncio.Lock()

    async def put(self, job: str) -> None:
        found = await self._open()
        try:
            async with asyncio.timeout(5):
                if await depth(found) >= self._most:
                    raise errors.Overloaded(
                        f"{self._most} jobs wait already. Try again later, or start more workers.", retry_after=10
                    )
                # By its key a job that waits already is not put twice.
                await found.add(TASK, key=job)(job)
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            raise _away() from None

    async def cancel(self, job: str) -> None:
        found = await self._open()
        try:
            async with asyncio.timeout(5):
                await found.cancel(job)
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            raise _away() from None

    async def load(self) -> Load:
        found = await self._open()
        try:
            async with asyncio.timeout(5):
                return await load(found)
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            raise _away() from None

    async def aclose(self) -> None:
        try:
            await self._stack.aclose()
        except (redis.exceptions.RedisError, OSError):
            return  # a Redis that went away before us has nothing left to close

    async def _open(self) -> docket.Docket:
        async with self._opening:
            if self._docket is None:
                # On a thread: the import takes half a second, in which other requests should not stand still.
                made = await asyncio.to_thread(open_docket, self._url)
                try:
                    made.register(run_job)
                    async with asyncio.timeout(5):
                        self._docket = await self._stack.enter_async_context(made)
                except (redis.exceptions.RedisError, OSError, TimeoutError):
                    raise _away() from None
            return self._docket


async def run_job(job: str) -> None:
    """The one task there is, as whoever only puts jobs into the queue knows it: by its name. Workers register the work."""


TASK = run_job.__name__


def open_docket(url: str) -> docket.Docket:
    """docket at `url`, not entered yet. Its log goes nowhere: it would tell arguments, and ours tells what happened."""
    import docket  # half a second, which a process without Redis need not wait for

    logging.getLogger("docket").setLevel(logging.CRITICAL)
    return docket.Docket(name=NAME, url=url, execution_ttl=timedelta(seconds=_STATE_S))


def open_worker(made: docket.Docket, run: Run, *, concurrency: int, name: str | None = None) -> docket.Worker:
    """A worker of `made` that gives each job to `run`, so many at once."""

    import docket

    async def work(job: str) -> None:
        await run(job)

    made.register(work, names=[TASK])
    return docket.Worker(
        made,
        name=name,
        concurrency=concurrency,
        redelivery_timeout=timedelta(seconds=LEASE_S),
        reconnection_delay=timedelta(seconds=0.5),
        minimum_check_interval=timedelta(seconds=_LOOK_S),
        scheduling_resolution=timedelta(seconds=0.25),
        schedule_automatic_tasks=False,
    )


async def load(found: docket.Docket) -> Load:
    """What is in the queue of `found`. Raises what the Redis client raises."""
    async with found.redis() as client:
        connection: Any = client
        stream = found.stream_key
        length, scheduled = int(await connection.xlen(stream)), int(await connection.zcard(found.queue_key))
        if not length:
            return Load(waiting=scheduled)
        running, last = 0, "0-0"
        for group in await connection.xinfo_groups(stream):
            if _text(group["name"]) == found.worker_group_name:
                running, last = int(group["pending"]), _text(group["last-delivered-id"])
        rows = await connection.xrange(stream, min=f"({last}", count=1)
        oldest = 0.0
        if rows:
            seconds, micro = await connection.time()
            oldest = max(0.0, int(seconds) + int(micro) / 1e6 - int(_text(rows[0][0]).split("-")[0]) / 1e3)
    return Load(waiting=max(0, length - running) + scheduled, running=running, oldest_s=oldest)


async def depth(found: docket.Docket) -> int:
    """Jobs that wait or run. Raises what the Redis client raises."""
    async with found.redis() as client:
        connection: Any = client
        return int(await connection.xlen(found.stream_key)) + int(await connection.zcard(found.queue_key))


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _away() -> errors.StoreUnavailable:
    return errors.StoreUnavailable(
        "Redis does not answer, so no job can be taken now: check REDIS_URL and that the server runs.", retry_after=2
    )
