"""A process that runs jobs of the queue in Redis until it is asked to stop.

Asked to stop, it takes no more jobs and lets those that run finish for `SUMMARIZER_GRACE_S` seconds. What is not done by
then goes back to the queue, where another worker takes it up at once; replies of the model that have come are kept.

With `SUMMARIZER_WORKER_PORT` it tells on that port how it is: `/healthz` for whoever restarts it, `/metrics` for Prometheus.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import math
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import redis.exceptions

from summarizer import errors, logs, metrics, pipeline
from summarizer.contract import ArticleIn, SummarizeRequest
from summarizer.jobs import Runner
from summarizer.jobs.queue import LEASE_S, TASK, Load, load, open_docket, open_worker
from summarizer.llm import ChatModel
from summarizer.pipeline import Outside
from summarizer.services import open_journal, open_services, runner, share_the_process
from summarizer.settings import Settings
from summarizer.store import MemoryStore

if TYPE_CHECKING:
    import docket

_AGAIN_S = 1.0
"""Between tries to reach a Redis that is away when the worker starts."""

_BEAT_S = 1.0
_SILENT_S = 2 * LEASE_S
"""Without an answer of the queue for so long, others have taken over what this worker runs, twice over."""

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
    pulse = Pulse()
    async with open_services(settings) as services:
        journal = open_journal(settings)
        running = _Running(runner(services, journal, log.info))
        with _telling(settings, pulse, services.servers):
            await _warm_up(services.outside)
            await _work_on(settings, url, running, stopping, pulse, log)
        with suppress(errors.StoreUnavailable):
            await journal.aclose()
    log.info("worker_stopped")


async def _work_on(
    settings: Settings, url: str, running: _Running, stopping: asyncio.Event, pulse: Pulse, log: Any
) -> None:
    while not stopping.is_set():
        try:
            await _serve(settings, url, running, stopping, pulse, log.info)
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            log.warning("redis_away", again_s=_AGAIN_S)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _AGAIN_S)


_WARM = (
    "The old mill in Aldmouth burned down on Monday, 3 March. Fire crews moved 120 residents, the town said.",
    "A fire destroyed the mill in Aldmouth on Monday night. Nobody was hurt. About 120 people had to leave their homes.",
)


async def _warm_up(outside: Outside) -> None:
    """Make one summary for nobody, before a job is taken: the first one of a process loads word lists and models for 0.6 s of
    computing (measured; 2.4 s on a busy machine, where the second takes 0.1 s), and jobs would wait for it, or die with it.
    """
    request = SummarizeRequest(
        articles=tuple(ArticleIn(text=text) for text in _WARM), engine="extractive", cache="none"
    )
    await pipeline.summarize(request, replace(outside, store=MemoryStore(), llm=None, budget=None, tenant=""))


async def _serve(
    settings: Settings, url: str, running: _Running, stopping: asyncio.Event, pulse: Pulse, log: Callable[..., None]
) -> None:
    async with open_docket(url) as queue, open_worker(queue, running.run, concurrency=settings.job_concurrency) as hand:
        taking = asyncio.ensure_future(hand.run_forever())
        # Said when the queue has been reached, and again after Redis was away.
        log("worker_started", concurrency=settings.job_concurrency, engine=settings.auto_engine)
        stop = asyncio.ensure_future(stopping.wait())
        beating = asyncio.ensure_future(_beat(queue, pulse))
        try:
            await asyncio.wait({taking, stop}, return_when=asyncio.FIRST_COMPLETED)
            if taking.done():
                taking.result()
                return
            pulse.stopping = True
            log("worker_stopping", running=len(running.tasks))
            taking.cancel()
            await asyncio.wait({taking}, timeout=max(0.1, settings.grace_s - _HAND_OVER_S))
            for job in running.cut_short():
                # Under another key: the queue still knows the first one as running, and would drop it.
                await queue.add(TASK, key=f"{job}+{secrets.token_hex(4)}")(job)
                log("job_handed_over", job=job)
            await asyncio.wait({taking}, timeout=_HAND_OVER_S)
        finally:
            for each in (taking, stop, beating):
                each.cancel()
            await asyncio.gather(taking, stop, beating, return_exceptions=True)


async def _beat(queue: docket.Docket, pulse: Pulse) -> None:
    """Look at the queue again and again, while it is served, and note that it answered."""
    while True:
        with suppress(redis.exceptions.RedisError, OSError, TimeoutError):
            async with asyncio.timeout(_SILENT_S):
                pulse.beat(await load(queue))
        await asyncio.sleep(_BEAT_S)


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


# -- what it tells of itself --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Pulse:
    """How this worker is: when the queue last answered, and what it said. Written by the loop, read by the port's threads."""

    clock: Callable[[], float] = time.monotonic
    stopping: bool = False
    load: Load | None = None
    seen: float = field(init=False)

    def __post_init__(self) -> None:
        self.seen = self.clock()

    def beat(self, found: Load) -> None:
        """The queue has answered."""
        self.load, self.seen = found, self.clock()

    def ails(self) -> str | None:
        """Why this worker does no work, None if it does. One that has just started has time to find the queue."""
        if self.stopping:
            return "stopping"
        return "queue_silent" if self.clock() - self.seen > _SILENT_S else None


class _Quiet(WSGIRequestHandler):
    timeout = 10  # a caller who sends nothing holds no thread for longer

    def log_message(self, *_: Any) -> None:
        """Probes are not worth a line each."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def _telling(settings: Settings, pulse: Pulse, models: Iterable[ChatModel]) -> Iterator[None]:
    """The port of this worker while the block runs, on threads: it answers even if the event loop stands still."""
    if not settings.worker_port:
        yield
        return
    try:
        server = make_server(
            settings.host, settings.worker_port, status_app(settings, pulse, models), _Server, handler_class=_Quiet
        )
    except OSError as error:
        raise errors.BadSettings(
            f"SUMMARIZER_WORKER_PORT: nobody can listen on port {settings.worker_port} of {settings.host} ({error.strerror})."
        ) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def status_app(settings: Settings, pulse: Pulse, models: Iterable[ChatModel]) -> Callable[..., list[bytes]]:
    """A WSGI application with /healthz, open to everybody, and /metrics, under the rules of the API's."""
    names = {"localhost", "127.0.0.1", "[::1]", *(name.lower() for name in settings.allowed_hosts)}
    secret = settings.metrics_key.get_secret_value()

    def allowed(environ: dict[str, Any]) -> bool:
        if secret:
            sent = str(environ.get("HTTP_AUTHORIZATION", "")).removeprefix("Bearer ").encode("latin-1", "replace")
            return hmac.compare_digest(hashlib.sha256(sent).digest(), hashlib.sha256(secret.encode()).digest())
        host = str(environ.get("HTTP_HOST", "")).lower()
        local = environ.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
        return not settings.api_keys and local and host.rpartition(":")[0] in names

    def app(environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], Any]) -> list[bytes]:
        kind, status = "application/json", "200 OK"
        path = environ.get("PATH_INFO")
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            status, data = "405 Method Not Allowed", b"{}"
        elif path == "/healthz":
            ails = pulse.ails()
            status = status if ails is None else "503 Service Unavailable"
            data = json.dumps({"status": ails or "ok"}).encode()
        elif path == "/metrics" and allowed(environ):
            found = pulse.load
            if found is None or pulse.ails() == "queue_silent":
                metrics.queued(math.nan, math.nan, math.nan)
            else:
                metrics.queued(found.waiting, found.running, found.oldest_s)
            kind, data = metrics.MEDIA_TYPE, metrics.text(models)
        else:
            status, data = ("403 Forbidden" if path == "/metrics" else "404 Not Found"), b"{}"
        start(status, [("content-type", kind), ("content-length", str(len(data))), ("cache-control", "no-store")])
        return [data] if environ.get("REQUEST_METHOD") != "HEAD" else [b""]

    return app
