"""A process that runs jobs of the queue in Redis until it is asked to stop.

Asked to stop, it takes no more jobs and lets those that run finish for `SUMMARIZER_GRACE_S` seconds. What is not done by
then goes back to the queue, where another worker takes it up at once; replies of the model that have come are kept.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
from collections.abc import Callable
from contextlib import suppress

import redis.exceptions

from summarizer import errors
from summarizer.api import logs
from summarizer.jobs import Runner
from summarizer.jobs.queue import TASK, open_docket, open_worker
from summarizer.services import open_journal, open_services, runner, share_the_process
from summarizer.settings import Settings

_AGAIN_S = 1.0
"""Between tries to reach a Redis that is away when the worker starts."""

_HAND_OVER_S = 2.0
"""Of the grace, kept for handing jobs back and closing connections."""


def work(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises BadSettings without REDIS_URL: there is no queue to take jobs from."""
    url = settings.redis_url.get_secret_value()
    if not url:
        raise errors.BadSettings(
            "A worker takes its jobs from Redis: set REDIS_URL. Without Redis `summarizer serve` runs jobs by itself."
        )
    share_the_process()
    asyncio.run(_until_stopped(settings, url))


async def _until_stopped(settings: Settings, url: str) -> None:
    log = logs.logger(settings.log_level)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with open_services(settings) as services:
        journal = open_journal(settings)
        running = _Running(runner(services, journal, log.info))
        log.info("worker_started", concurrency=settings.job_concurrency, engine=settings.auto_engine)
        while not stopping.is_set():
            try:
                await _serve(settings, url, running, stopping, log.info)
            except (redis.exceptions.RedisError, OSError, TimeoutError):
                log.warning("redis_away", again_s=_AGAIN_S)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), _AGAIN_S)
        with suppress(errors.StoreUnavailable):
            await journal.aclose()
    log.info("worker_stopped")


async def _serve(
    settings: Settings, url: str, running: _Running, stopping: asyncio.Event, log: Callable[..., None]
) -> None:
    async with open_docket(url) as queue, open_worker(queue, running.run, concurrency=settings.job_concurrency) as hand:
        taking = asyncio.ensure_future(hand.run_forever())
        stop = asyncio.ensure_future(stopping.wait())
        try:
            await asyncio.wait({taking, stop}, return_when=asyncio.FIRST_COMPLETED)
            if taking.done():
                taking.result()
                return
            log("worker_stopping", running=len(running.tasks))
            taking.cancel()
            await asyncio.wait({taking}, timeout=max(0.1, settings.grace_s - _HAND_OVER_S))
            for job in running.cut_short():
                # Under another key: the queue still knows the first one as running, and would drop it.
                await queue.add(TASK, key=f"{job}+{secrets.token_hex(4)}")(job)
                log("job_handed_over", job=job)
            await asyncio.wait({taking}, timeout=_HAND_OVER_S)
        finally:
            for each in (taking, stop):
                each.cancel()
            await asyncio.gather(taking, stop, return_exceptions=True)


class _Running:
    """The jobs that this process runs now, so that they can be cut short."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def run(self, job: str) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks[job] = task
        try:
            await self._runner.run(job)
        finally:
            if self.tasks.get(job) is task:
                del self.tasks[job]

    def cut_short(self) -> list[str]:
        """Cancel what still runs; the ids of it."""
        return [job for job, task in self.tasks.items() if task.cancel()]
