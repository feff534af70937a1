"""Equal requests at once, against two server processes of ours that share a Redis and a metered model."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from benchmarks.meter import Meter
from summarizer import tokens

MODEL = "gpt-4.1-mini"
_READY_S = 60.0  # a server needs a second; a busy machine has been seen to need twenty


@dataclass(frozen=True, slots=True)
class Result:
    """runs: calls that began at the model. served, failed: requests, by server. seconds: until the last answer.

    A server that was killed fails those who asked it; nobody else may.
    """

    runs: int
    served: tuple[int, int]
    failed: tuple[int, int]
    seconds: float
    different: int


def port() -> int:
    """A loopback port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def redis_server() -> Iterator[str]:
    """URL of a Redis that keeps nothing on disk. Errors: FileNotFoundError without redis-server or valkey-server."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise FileNotFoundError("redis-server is needed (e.g. apt-get install redis-server)")
    with tempfile.TemporaryDirectory() as folder:
        number = port()
        options = {"port": str(number), "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": folder}
        command = [program, *(part for name, value in options.items() for part in (f"--{name}", value))]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _until(lambda: _listens(number), "Redis")
            yield f"redis://127.0.0.1:{number}/0"
        finally:
            process.kill()
            process.wait()


@contextmanager
def server(redis_url: str, model_url: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server process of ours, ready: its URL, and the process."""
    number = port()
    kept = ("PATH", "HOME", "LANG", "PYTHONPATH")
    settings = {
        "REDIS_URL": redis_url,
        "OPENAI_API_KEY": "metered",
        "OPENAI_BASE_URL": model_url,
        "SUMMARIZER_MODEL": MODEL,
        "SUMMARIZER_LOG_LEVEL": "error",
    }
    environment = {name: os.environ[name] for name in kept if name in os.environ} | settings
    process = subprocess.Popen(
        [sys.executable, "-m", "summarizer", "serve", "--port", str(number)],
        env=environment,
        cwd=Path(__file__).parents[1],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until(lambda: _listens(number), "the server")
        yield f"http://127.0.0.1:{number}", process
    finally:
        process.kill()
        process.wait()


async def measure(texts: Sequence[str], redis_url: str, *, requests: int = 200, kill: bool = False) -> Result:
    """Send `requests` equal ones at once, half to each of two servers.

    kill: the first server gets its first request alone, so that it is the one that runs; when the model has the call it is
    killed with -9, after all requests were sent.
    """
    count, _ = tokens.counter(MODEL)
    body = {"articles": [{"name": f"{n}.txt", "text": text} for n, text in enumerate(texts)]}
    with ExitStack() as stack:
        # A call lasts long enough for every request to have arrived meanwhile.
        meter = stack.enter_context(Meter(count, speed=4000, least_s=8.0))
        first, second = (stack.enter_context(server(redis_url, meter.base_url)) for _ in range(2))
        started = time.perf_counter()
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
        async with httpx2.AsyncClient(timeout=120, limits=limits, trust_env=False) as client:

            async def ask(url: str) -> str | None:
                try:
                    got = await client.post(f"{url}/summarize", json=body)
                except httpx2.HTTPError:
                    return None
                return str(got.json()["summary"]) if got.status_code == 200 else None

            sent = [asyncio.create_task(ask(first[0]))]
            if kill:
                while not meter.begun:
                    await asyncio.sleep(0.02)
            sent += [asyncio.create_task(ask((first, second)[n % 2][0])) for n in range(1, requests)]
            if kill:
                await asyncio.sleep(2.0)
                first[1].kill()
            answers = await asyncio.gather(*sent)
        seconds = time.perf_counter() - started
        by_server = [answers[0::2], answers[1::2]]
        served = [sum(a is not None for a in side) for side in by_server]
        failed = [sum(a is None for a in side) for side in by_server]
        different = len({a for a in answers if a is not None}) - 1
        return Result(meter.begun, (served[0], served[1]), (failed[0], failed[1]), seconds, different)


def _listens(number: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", number)) == 0


def _until(ready: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _READY_S
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} does not answer")
        time.sleep(0.05)
