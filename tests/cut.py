"""The network between a worker and Redis, cut for half a minute: two workers and a Redis, each in a network of its own.

    python -m tests.cut --jobs 40        as root, on Linux

Three network namespaces hang on one bridge. Jobs are handed in from Redis' namespace; when some have been begun, the link
of one worker goes down for 30 seconds and comes up again. Every job has to end well, whoever ran it, and once. Nothing
leaves the machine: the bridge has no way out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.contract import SummarizeRequest
from summarizer.jobs import Desk, RedisJournal, RemoteQueue
from tests.chaos import ENDED, ROOT, articles

CUT_S = 30.0
_NET = "10.203.77"  # of the bridge; inside namespaces of our own, so it disturbs nobody
_REDIS, _WORKERS = f"{_NET}.1", (f"{_NET}.2", f"{_NET}.3")
_PORT = 6379


@dataclass
class Outcome:
    """What it came to. `begun_by`: jobs that each worker ended; `during`: jobs that ended while the link was cut."""

    states: Counter[str] = field(default_factory=Counter)
    attempts: Counter[int] = field(default_factory=Counter)
    ended_by: list[int] = field(default_factory=list)
    handed_in: int = 0
    during: int = 0
    after: int = 0
    caught: int = 0
    seconds: float = 0.0


class NotAllowedError(RuntimeError):
    """This machine does not let us make network namespaces; the message says why."""


def refusal() -> str | None:
    """Why network namespaces cannot be made here, None if they can."""
    if sys.platform != "linux" or shutil.which("ip") is None:
        return "needs Linux and ip (apt-get install iproute2)"
    name = f"cs-try-{os.getpid()}"
    made = _ip("netns", "add", name, check=False)
    if made.returncode:
        return f"network namespaces are not allowed here: {made.stderr.decode().strip()}"
    try:
        for command in (
            ("link", "add", "t0", "type", "bridge"),
            ("link", "add", "t1", "type", "veth", "peer", "name", "t2"),
        ):
            tried = _ip("-n", name, *command, check=False)
            if tried.returncode:
                return f"bridges and veth pairs are not allowed here: {tried.stderr.decode().strip()}"
    finally:
        _ip("netns", "del", name, check=False)
    return None


def _ip(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    found = subprocess.run(["ip", *arguments], capture_output=True, check=False)
    if check and found.returncode:
        raise NotAllowedError(f"ip {' '.join(arguments)}: {found.stderr.decode().strip()}")
    return found


@contextmanager
def networks() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of Redis' namespace, which has the bridge, and of the workers', each with a link `up0` to it."""
    mark = f"cs{os.getpid()}"
    hub, spokes = f"{mark}-redis", tuple(f"{mark}-w{n}" for n in range(len(_WORKERS)))
    with ExitStack() as stack:
        for name in (hub, *spokes):
            _ip("netns", "add", name)
            stack.callback(_ip, "netns", "del", name, check=False)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", hub, "link", "add", "br0", "type", "bridge")
        _ip("-n", hub, "addr", "add", f"{_REDIS}/24", "dev", "br0")
        _ip("-n", hub, "link", "set", "br0", "up")
        for number, (name, address) in enumerate(zip(spokes, _WORKERS, strict=True)):
            _ip("-n", hub, "link", "add", f"p{number}", "type", "veth", "peer", "name", "up0", "netns", name)
            _ip("-n", hub, "link", "set", f"p{number}", "master", "br0", "up")
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", "up0")
            _ip("-n", name, "link", "set", "up0", "up")
        yield hub, spokes


@contextmanager
def _process(log: Path, namespace: str, *command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "SUMMARIZER_", "REDIS_", "SLACK_"))}
    with log.open("ab") as written:
        started = subprocess.Popen(
            ["ip", "netns", "exec", namespace, *command],
            stdout=written,
            stderr=written,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env={**clean, **environment},
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def run(jobs: int, folder: Path, *, cut_s: float = CUT_S, limit_s: float = 600) -> Outcome:
    """Hand `jobs` in, cut the first worker off for `cut_s` seconds while it works, wait for all. Raises NotAllowedError."""
    if (reason := refusal()) is not None:
        raise NotAllowedError(reason)
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise NotAllowedError("needs redis-server (apt-get install redis-server)")
    folder.mkdir(parents=True, exist_ok=True)
    logs = [folder / f"worker-{n}.log" for n in range(len(_WORKERS))]
    result = folder / "client.json"
    with networks() as (hub, spokes), ExitStack() as stack:
        store = (program, "--port", str(_PORT), "--bind", _REDIS, "127.0.0.1", "--protected-mode", "no", "--save", "")
        stack.enter_context(_process(folder / "redis.log", hub, *store, "--dir", str(folder)))
        url = f"redis://{_REDIS}:{_PORT}/0"
        for name, log in zip(spokes, logs, strict=True):
            # A model of its own on each worker's loopback: what is cut is the way to Redis alone.
            stack.enter_context(
                _process(
                    log, name, sys.executable, "-m", "tests.cut", "--worker", REDIS_URL=url, SUMMARIZER_MODEL="scripted"
                )
            )
        end = time.monotonic() + limit_s
        _until(lambda: all(b"worker_started" in log.read_bytes() for log in logs), end, "the workers did not come up")
        began = time.monotonic()
        client = stack.enter_context(
            _process(
                folder / "client.log", hub, sys.executable, "-m", "tests.cut", "--client", str(result), "--jobs", str(jobs),
                REDIS_URL=url,
            )
        )  # fmt: skip
        _until(lambda: b"job_done" in logs[0].read_bytes(), end, "the first worker did nothing")
        time.sleep(1.0)  # into the next jobs: the model thinks for two seconds
        ended = [_done(log) for log in logs]
        _ip("-n", hub, "link", "set", "p0", "down")
        try:
            time.sleep(cut_s)
        finally:
            _ip("-n", hub, "link", "set", "p0", "up")
        meanwhile = [_done(log) for log in logs]
        client.wait(max(1.0, end - time.monotonic()))
        found = json.loads(result.read_text("utf-8"))
        outcome = Outcome(handed_in=jobs, seconds=time.monotonic() - began)
        outcome.states.update(found["states"])
        outcome.attempts.update(found["attempts"])
        time.sleep(1.0)
        outcome.ended_by = [_done(log) for log in logs]
        outcome.during = sum(meanwhile) - sum(ended)
        outcome.after = sum(outcome.ended_by) - sum(meanwhile)
        outcome.caught = sum(n > 1 for n in found["attempts"])
        return outcome


def _done(log: Path) -> int:
    return log.read_bytes().count(b'"first": true')


def _until(holds: Any, end: float, otherwise: str) -> None:
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(otherwise)
        time.sleep(0.05)


def _work() -> None:
    """A worker whose model is in the same network namespace."""
    from summarizer import settings, workers
    from tests.chaos import Model

    model = Model(think_s=2.0)
    os.environ.update(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="none", SUMMARIZER_JOB_CONCURRENCY="3")
    workers.work(settings.load())


async def _hand_in(jobs: int, result: Path) -> None:
    """Hand the jobs in and wait for all; what they came to goes to `result`."""
    url = os.environ["REDIS_URL"]
    desk = Desk(RedisJournal(url, ttl_s=3600), RemoteQueue(url, most=10_000))
    ids = []
    for number in range(jobs):
        request = SummarizeRequest.model_validate({"articles": articles(number), "max_words": 60, "cache": "none"})
        ids.append((await desk.hand_in(request, tenant="")).id)
    states, attempts = [], []
    for job in ids:
        while (row := (await desk.look(job, tenant=""))[0]).state not in ENDED:
            await asyncio.sleep(0.1)
        states.append(row.state)
        attempts.append(row.deliveries)
    result.write_text(json.dumps({"states": states, "attempts": attempts}), "utf-8")
    await desk.aclose()


def report(outcome: Outcome) -> str:
    return "\n".join(
        (
            f"jobs {outcome.handed_in}: {dict(outcome.states)}, {outcome.seconds:.0f} s",
            f"ended by each worker (the first was cut off): {outcome.ended_by}",
            f"ended during the cut: {outcome.during}, after it: {outcome.after}; begun more than once: {outcome.caught}",
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=40)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--client", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        _work()
    elif options.client:
        asyncio.run(_hand_in(options.jobs, options.client))
    else:
        with tempfile.TemporaryDirectory() as folder:
            try:
                print(report(run(options.jobs, Path(folder))))
            except NotAllowedError as reason:
                sys.exit(f"not run: {reason}")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
