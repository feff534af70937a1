"""A cached answer over HTTP, and whether anybody waits while a large request runs.

`python -m benchmarks.served` prints both. Real servers (uvicorn, a process each) and a real redis-server on free loopback
ports; requests to both go by turns, so that other work on the machine falls on both.

bare: a FastAPI route that parses the same body with pydantic and does one Redis GET of an answer of the same size.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import material

ROOT = Path(__file__).parents[1]
_KEY = "bare:answer"
_TICK = 0.002  # seconds between two looks at the clock inside the server's event loop
# A probe that a busy machine did not schedule looks like one that the server did not answer; the best of so many runs counts.
_RUNS = 3


def cached(pairs: int = 300) -> dict[str, float]:
    """Milliseconds (medians) of a cached answer and of the bare route."""
    texts = material.few()[1]
    body = json.dumps({"articles": [{"name": f"{n}.txt", "text": t} for n, t in enumerate(texts)]}).encode()
    with _redis() as url, _server("ours", url) as ours, _server("bare", url) as bare:
        first = _ask(ours, "/summarize", body)
        again = _ask(ours, "/summarize", body)
        if json.loads(first)["usage"]["cache"] != "miss" or json.loads(again)["usage"]["cache"] != "hit":
            raise RuntimeError("the second answer does not come from the cache")
        _ask(bare, "/fill", first)
        if _ask(bare, "/summarize", body) != first:
            raise RuntimeError("the bare route gives something else")
        spent: dict[str, list[float]] = {"ours": [], "bare": []}
        for n in range(pairs + 20):  # the first ones warm both up
            for name, to in (("ours", ours), ("bare", bare)) if n % 2 else (("bare", bare), ("ours", ours)):
                started = time.perf_counter()
                _ask(to, "/summarize", body)
                if n >= 20:
                    spent[name].append(1000 * (time.perf_counter() - started))
        return {name: statistics.median(times) for name, times in spent.items()} | {"kilobytes": len(first) / 1000}


def blocked(articles: int = 1_000) -> dict[str, float]:
    """Milliseconds while a request of so many articles runs, the best of three runs: the longest time for which the server's
    own work kept its event loop from anything else, and the longest answer of a health probe that is sent every 5 ms."""
    texts = material.editions(material.hundred()[1], articles)
    body = json.dumps(
        {"articles": [{"name": f"{n}.txt", "text": t} for n, t in enumerate(texts)], "cache": "none"}
    ).encode()
    worst: list[tuple[float, float, float]] = []
    with _redis() as url, _server("ours", url) as to:
        for _ in range(_RUNS):
            _ask(to, "/lag", None)  # forgets what was before
            stop = threading.Event()
            probes: list[float] = []
            prober = threading.Thread(target=_probe, args=(_address(to), stop, probes))
            prober.start()
            started = time.perf_counter()
            answer = json.loads(_ask(to, "/summarize", body))
            seconds = time.perf_counter() - started
            stop.set()
            prober.join()
            if len(answer["articles"]) != articles:
                raise RuntimeError("not all articles are in the answer")
            lag = json.loads(_ask(to, "/lag", None))
            worst.append((lag["worst_ms"], max(probes), seconds))
    return {
        "loop_ms": min(lag for lag, _, _ in worst),
        "probe_ms": min(probe for _, probe, _ in worst),
        "seconds": min(seconds for _, _, seconds in worst),
        "megabytes": len(body) / 1e6,
    }


def _probe(address: tuple[str, int], stop: threading.Event, found: list[float]) -> None:
    with contextlib.closing(http.client.HTTPConnection(*address, timeout=60)) as to:
        while not stop.is_set():
            started = time.perf_counter()
            _ask(to, "/healthz", None)
            found.append(1000 * (time.perf_counter() - started))
            stop.wait(0.005)


def _ask(to: http.client.HTTPConnection, path: str, body: bytes | None) -> bytes:
    to.request("GET" if body is None else "POST", path, body, {"Content-Type": "application/json"} if body else {})
    reply = to.getresponse()
    data = reply.read()
    if reply.status != 200:
        raise RuntimeError(f"{path}: {reply.status} {data[:300]!r}")
    return data


def _address(to: http.client.HTTPConnection) -> tuple[str, int]:
    return to.host, to.port


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def _running(command: Sequence[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    """A process, from when it listens until the block ends."""
    quiet = subprocess.DEVNULL  # the servers' lines for each request
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{command[0]} does not listen") from None
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _redis() -> Iterator[str]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise RuntimeError("Install redis-server (Debian: redis-server): a cached answer is measured with a real one.")
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with _running([*command, "--dir", folder], port, dict(os.environ)):
            yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def _server(which: str, redis_url: str) -> Iterator[http.client.HTTPConnection]:
    port = _free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SUMMARIZER_", "OPENAI_", "SLACK_", "REDIS_"))
    }
    environment |= {
        "REDIS_URL": redis_url,
        "SUMMARIZER_MAX_ARTICLES": "10000",
        "SUMMARIZER_MAX_TOTAL_CHARACTERS": "100000000",
        "SUMMARIZER_MAX_BODY_BYTES": "200000000",
    }
    command = [sys.executable, "-m", "benchmarks.served", which, str(port)]
    with _running(command, port, environment), contextlib.closing(_connect(port)) as to:
        yield to


def _connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=600)


# -- in the servers' own processes --------------------------------------------------------------------------------------


def _ours() -> Any:
    """The application as `summarizer serve` makes it, with one more route that tells how long its loop was held."""
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse

    from summarizer import api, services, settings

    services.share_the_process()
    app: FastAPI = api.create_app(settings.load())
    worst = 0.0
    watch: asyncio.Task[None] | None = None

    async def look() -> None:
        nonlocal worst
        while True:
            clock, spent = time.perf_counter(), time.process_time()
            await asyncio.sleep(_TICK)
            # Another process that had the processor held nobody up here: only what this one spent meanwhile counts.
            worst = max(worst, min(time.perf_counter() - clock - _TICK, time.process_time() - spent))

    async def lag() -> JSONResponse:
        nonlocal worst, watch
        watch = watch or asyncio.create_task(look())
        told, worst = worst, 0.0
        return JSONResponse({"worst_ms": 1000 * told})

    app.add_api_route("/lag", lag)
    return app


def _bare() -> Any:
    import redis.asyncio
    from fastapi import FastAPI, Request, Response

    from summarizer.contract import SummarizeRequest

    app = FastAPI()
    store = redis.asyncio.Redis.from_url(os.environ["REDIS_URL"])

    async def fill(request: Request) -> Response:
        await store.set(_KEY, await request.body())
        return Response()

    async def summarize(sent: SummarizeRequest) -> Response:
        return Response(await store.get(_KEY), media_type="application/json")

    # The annotations are names of this function, which FastAPI would look for in the module.
    fill.__annotations__ = {"request": Request}
    summarize.__annotations__ = {"sent": SummarizeRequest}
    app.add_api_route("/fill", fill, methods=["POST"])
    app.add_api_route("/summarize", summarize, methods=["POST"])
    return app


def _serve(which: str, port: int) -> None:
    import uvicorn

    uvicorn.run(
        _ours() if which == "ours" else _bare(), host="127.0.0.1", port=port, log_level="warning", access_log=False
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _serve(sys.argv[1], int(sys.argv[2]))
    else:
        found = cached()
        print(json.dumps(found | {"ratio": found["ours"] / found["bare"]}))
        print(json.dumps(blocked()))
