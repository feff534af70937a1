"""Jobs under fire, with real processes: two APIs, three workers, a Redis, and a model server that fails as servers do.

    python -m tests.chaos --jobs 3000        one quiet run and one under fire, and what they came to

Quiet: nothing fails. Under fire: the model server answers 10 % of the calls with 429, 5 % with 503, breaks 3 % off in the
middle and leaves 2 % without an answer; every two seconds one worker is killed with -9 and another started in its place;
Redis is restarted twice, once killed. Redis writes each command to disk before it answers (`appendfsync always`), as
docs/deploy.md says that a store of jobs must.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import redis

from benchmarks.meter import answer as cooperative
from summarizer.jobs.queue import LEASE_S, NAME
from summarizer.testing import chat_reply
from tests.redis_server import RedisServer, free_port

ROOT = Path(__file__).parents[1]
PLACES = "Aldmouth Brackwater Corvane Dunmere Eastholm Farrowgate Gullness Harrowby Ilverton Jarrow".split()
ENDED = ("succeeded", "failed", "cancelled")

HANG_S = 60.0
"""How long the model leaves a call without an answer; whoever asked gives up long before."""

SPARED_S = 1.5
"""So long a worker that has come up is left to work."""

LASTING = (
    "summarizer:stream",
    "summarizer:strikes",
    "summarizer:workers",
    *(f"summarizer:task-workers:{task}" for task in ("run_job", "fail", "sleep", "trace")),
)
"""Keys that may stand for ever: the queue itself; docket's list of tasks that are not to be run (empty here); and its lists of
the workers that are alive, in all and for each task that it knows (three are docket's own), whose dead entries are removed
by whoever is alive. Their number never grows, and none holds anything that was sent."""


@dataclass
class Outcome:
    """What one run came to. `answers` by job number; `seconds` from the first job handed in to the last one ended."""

    answers: dict[int, Any] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    attempts: int = 0
    completed: int = 0
    kills: int = 0
    restarts: int = 0
    seconds: float = 0.0
    again: int = 0  # jobs that were begun more than once
    lasting: list[str] = field(default_factory=list)


def articles(number: int) -> list[dict[str, str]]:
    """Three short articles about event number `number`, each in its own words, with one difference between them."""
    place = PLACES[number % len(PLACES)]
    count, hour = 100 + number, 1 + number % 11
    return [
        {
            "name": "a.txt",
            "text": f"A warehouse in {place} burned down on Monday night. Fire crews moved {count} residents out of nearby "
            f"houses. Nobody was hurt, the {place} fire service said. The alarm was raised at {hour} p.m. by a guard.",
        },
        {
            "name": "b.txt",
            "text": f"Fire destroyed a warehouse in {place} on Monday night. Some {count} residents were moved out of nearby "
            f"houses by fire crews. The owner, Pelham Storage, said that the building held paper. Police closed two roads.",
        },
        {
            "name": "c.txt",
            "text": f"The warehouse fire in {place} was out by Tuesday morning. About {count + 7} residents were moved out of "
            f"nearby houses on Monday night. The fire service said that nobody was hurt. An inquiry has begun.",
        },
    ]


class Model:
    """A model server that answers like a cooperative model after `think_s`, or fails. Counts attempts and whole replies."""

    def __init__(self, think_s: float = 0.1) -> None:
        self.think_s, self.fails = think_s, False
        self.attempts = self.completed = 0
        self._lock = threading.Lock()
        self._chance = random.Random(20)
        self._closing = threading.Event()
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with suppress(OSError):
                    model._serve(self, asked)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Callers are killed all the time; their broken connections are no news."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
        with self._lock:
            self.attempts += 1
            fate = self._chance.random() if self.fails else 1.0
        if fate < 0.10:
            self._send(handler, 429, {"error": {"message": "slow down"}}, {"Retry-After": "0.2"})
            return
        if fate < 0.15:
            self._send(handler, 503, {"error": {"message": "overloaded"}}, {})
            return
        if fate < 0.17:
            self._closing.wait(HANG_S)  # no answer; whoever asked has long gone
            handler.close_connection = True
            return
        time.sleep(self.think_s)
        messages = [(str(m["role"]), str(m["content"])) for m in asked["messages"]]
        text = cooperative(messages)
        if asked.get("stream"):
            body = _as_stream(text)
            kind = "text/event-stream"
        else:
            body = json.dumps(chat_reply(text)).encode()
            kind = "application/json"
        if fate < 0.20:
            handler.send_response(200)
            handler.send_header("Content-Type", kind)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body[: len(body) // 2])
            handler.close_connection = True
            return
        if _hung_up(
            handler
        ):  # whoever asked was killed while the model thought: nobody gets this reply, and none is paid for
            handler.close_connection = True
            return
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        with self._lock:
            self.completed += 1

    @staticmethod
    def _send(handler: BaseHTTPRequestHandler, status: int, body: Any, headers: Mapping[str, str]) -> None:
        data = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)


def _hung_up(handler: BaseHTTPRequestHandler) -> bool:
    """Whether the other end has closed the connection, as a model server sees it before it sends."""
    try:
        return not handler.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _as_stream(text: str) -> bytes:
    whole = chat_reply(text)
    half = len(text) // 2
    rows: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": {"content": part}, "finish_reason": None}]}
        for part in (text[:half], text[half:])
    ]
    rows.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    rows.append({"choices": [], "usage": whole["usage"]})
    head = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    return "".join(f"data: {json.dumps({**head, **row})}\n\n" for row in rows).encode() + b"data: [DONE]\n\n"


class Fleet:
    """The processes of one run: APIs and workers over one Redis and one model server."""

    def __init__(self, store: RedisServer, model: Model, folder: Path, *, apis: int = 2, workers: int = 3) -> None:
        self._folder = folder
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "SUMMARIZER_", "REDIS_", "SLACK_"))},
            "REDIS_URL": store.url,
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "none",
            "SUMMARIZER_MODEL": "scripted",
            "SUMMARIZER_MODEL_IDLE_S": "2",
            "SUMMARIZER_JOB_DEADLINE_S": "120",
            "SUMMARIZER_JOB_CONCURRENCY": "4",
            "SUMMARIZER_MAX_QUEUED": "100000",
            "SUMMARIZER_GRACE_S": "5",
            "SUMMARIZER_LOG_LEVEL": "info",
        }
        self._up: dict[int, float] = {}  # process ids, and when they were first seen to be up
        self.ports = [free_port() for _ in range(apis)]
        self.apis = [self._start("serve", "--port", str(port)) for port in self.ports]
        self.workers = [self._worker() for _ in range(workers)]

    def _start(self, *arguments: str, log: Path | None = None) -> subprocess.Popen[bytes]:
        with (log or self._folder / "fleet.log").open("ab") as written:
            return subprocess.Popen(
                [sys.executable, "-m", "summarizer", *arguments],
                stdout=written,
                stderr=written,
                stdin=subprocess.DEVNULL,
                env=self._environment,
                cwd=ROOT,
            )

    def _worker(self) -> tuple[subprocess.Popen[bytes], Path]:
        """A worker and its own log, in which it says when it is up."""
        log = self._folder / f"worker-{len(list(self._folder.glob('worker-*')))}.log"
        log.touch()
        return self._start("worker", log=log), log

    def kill_one(self, chance: random.Random) -> bool:
        """Kill -9 one of the workers that work, and start another in its place.

        One that has not come up yet, or only just, is spared: on a slow machine nothing would ever run, which is no test.
        """
        now = time.monotonic()
        for process, log in self.workers:
            if b"worker_started" in log.read_bytes():
                self._up.setdefault(process.pid, now)
        up = [at for at, (process, _) in enumerate(self.workers) if now - self._up.get(process.pid, now) >= SPARED_S]
        if not up:
            return False
        at = chance.choice(up)
        self.workers[at][0].kill()
        self.workers[at][0].wait()
        self.workers[at] = self._worker()
        return True

    def wait_ready(self, limit_s: float = 90) -> None:
        end = time.monotonic() + limit_s
        for port in self.ports:
            while ask(port, "GET", "/readyz")[0] != 200:
                if time.monotonic() > end:
                    raise RuntimeError(f"an API did not come up; see {self._folder / 'fleet.log'}")
                time.sleep(0.1)

    def stop(self) -> None:
        processes = [*self.apis, *(process for process, _ in self.workers)]
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def ask(
    port: int, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None, timeout_s: float = 10
) -> tuple[int, Any]:
    """Status and JSON of one request; status 0 when there was no answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        data = json.dumps(body) if body is not None else None
        connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        raw = answer.read()
        return answer.status, json.loads(raw) if raw else None
    except (OSError, HTTPException, ValueError):
        return 0, None
    finally:
        connection.close()


@contextmanager
def fire(
    fleet: Fleet, store: RedisServer, outcome: Outcome, *, every_s: float, restart_at: Sequence[float]
) -> Iterator[None]:
    """Kill a worker every `every_s` seconds and restart Redis at the given seconds, until the context ends."""
    over = threading.Event()
    chance = random.Random(7)

    def burn() -> None:
        began = time.monotonic()
        left = list(restart_at)
        at = 0.0
        while not over.wait(0.1):
            if time.monotonic() - began >= at + every_s and fleet.kill_one(chance):
                outcome.kills += 1
                at = time.monotonic() - began
            if left and time.monotonic() - began >= left[0]:
                left.pop(0)
                store.stop(signal.SIGKILL if outcome.restarts == 0 else signal.SIGTERM)
                time.sleep(0.5)
                store.start()
                outcome.restarts += 1

    thread = threading.Thread(target=burn, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(60)


def run(
    jobs: int,
    folder: Path,
    *,
    under_fire: bool,
    limit_s: float,
    think_s: float = 0.1,
    restart_at: Sequence[float] = (6.0, 14.0),
) -> Outcome:
    """Hand in `jobs` jobs, wait for all to end, gather what they came to."""
    folder.mkdir(parents=True, exist_ok=True)
    outcome = Outcome()
    store = RedisServer(folder, appendonly="yes", appendfsync="always", **{"maxmemory-policy": "noeviction"})
    model = Model(think_s)
    store.start()
    fleet = Fleet(store, model, folder)
    try:
        fleet.wait_ready()
        model.fails = under_fire
        began = time.monotonic()
        burning = fire(fleet, store, outcome, every_s=2.0, restart_at=restart_at) if under_fire else nullcontext()
        with burning:
            _see_through(jobs, fleet, outcome, began + limit_s)
        outcome.seconds = time.monotonic() - began
        _drained(store)
        outcome.lasting = _without_end(store)
        outcome.attempts, outcome.completed = model.attempts, model.completed
    finally:
        fleet.stop()
        model.close()
        store.stop()
    return outcome


def _see_through(jobs: int, fleet: Fleet, outcome: Outcome, end: float) -> None:
    ids: dict[int, str] = {}
    for number in range(jobs):
        body = {"articles": articles(number), "max_words": 60, "cache": "none"}
        headers = {"Idempotency-Key": f"chaos-{number}"}
        attempt = 0
        while number not in ids:
            port = fleet.ports[(number + attempt) % len(fleet.ports)]
            status, taken = ask(port, "POST", "/jobs", body, headers)
            if status == 202:
                ids[number] = taken["id"]
            elif status not in (0, 503):
                raise AssertionError(f"POST /jobs answered {status}: {taken}")
            else:
                attempt += 1
                time.sleep(0.2)
                if time.monotonic() > end:
                    raise AssertionError("the APIs take no jobs")
    waiting = dict(ids)
    while waiting:
        for number, job in list(waiting.items()):
            status, row = ask(fleet.ports[number % len(fleet.ports)], "GET", f"/jobs/{job}")
            if status in (0, 503):
                time.sleep(0.2)
                continue
            if status != 200:
                raise AssertionError(f"GET /jobs/{job} answered {status}")
            if row["status"] in ENDED:
                del waiting[number]
                outcome.states[row["status"]] += 1
                outcome.again += row["attempts"] > 1
                outcome.answers[number] = row["answer"]
                if row["problem"]:
                    outcome.problems[row["problem"]["code"]] += 1
            else:
                time.sleep(0.02)
        if time.monotonic() > end:
            raise AssertionError(f"{len(waiting)} of {jobs} jobs have not ended, e.g. {next(iter(waiting.values()))}")


def _drained(store: RedisServer) -> None:
    """Wait until the queue has forgotten its last job, at most three leases.

    A worker that was killed between a job's end and the queue hearing of it leaves an entry that another worker takes up after
    the lease, finds ended, and drops; until then docket's two keys of that job have no time to live, as those of a job that runs.
    """
    end = time.monotonic() + 3 * LEASE_S
    with redis.Redis.from_url(store.url) as client:
        while int(client.xlen(f"{NAME}:stream")) and time.monotonic() < end:
            time.sleep(0.2)


def _without_end(store: RedisServer) -> list[str]:
    with redis.Redis.from_url(store.url) as client:
        names = [key.decode() for key in client.scan_iter(count=1000) if client.pttl(key) == -1]
    return sorted({name for name in names if name not in LASTING})


def same(answer: Any) -> str:
    """What an answer says, without what may differ between two runs: ids, times, how often was asked, a cache that was away."""
    if answer is None:
        return "none"
    kept = {k: v for k, v in answer.items() if k not in ("id", "timings_ms", "usage")}
    kept["warnings"] = [w for w in answer["warnings"] if w["code"] != "cache_unavailable"]
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def _kind(answer: Any) -> str:
    """How an answer came about, to see why it differs."""
    return "none" if answer is None else " ".join((answer["engine"], *(w["code"] for w in answer["warnings"])))


def report(jobs: int, quiet: Outcome, fired: Outcome) -> str:
    different = [n for n in range(jobs) if same(quiet.answers.get(n)) != same(fired.answers.get(n))]
    ratio = fired.completed / max(1, quiet.completed)
    return "\n".join(
        (
            f"jobs {jobs}",
            f"quiet: {dict(quiet.states)}, {quiet.completed} whole replies, {quiet.seconds:.0f} s",
            (
                f"under fire: {dict(fired.states)}, {fired.completed} whole replies of {fired.attempts} attempts, "
                f"{fired.seconds:.0f} s, {fired.kills} workers killed, Redis restarted {fired.restarts} times, "
                f"{fired.again} jobs begun more than once"
            ),
            f"whole replies, fired / quiet: {ratio:.3f}",
            f"answers that differ: {len(different)} {[(n, _kind(fired.answers.get(n))) for n in different[:10]]}",
            f"problems: {dict(fired.problems)}",
            f"keys without an end: {fired.lasting}",
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=300)
    parser.add_argument("--limit", type=float, default=3600, help="seconds for one run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        quiet = run(options.jobs, Path(folder) / "quiet", under_fire=False, limit_s=options.limit)
        fired = run(options.jobs, Path(folder) / "fire", under_fire=True, limit_s=options.limit)
    print(report(options.jobs, quiet, fired))


if __name__ == "__main__":
    main()
