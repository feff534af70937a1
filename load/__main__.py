"""Asks a server for twice what it can do, and tells what it did.

    make load                                  about 12 minutes on a quiet machine
    python -m load --seconds 10 --memory 0     a short look

A model server on loopback that thinks for `--think` seconds; the API as a process of its own, with a Redis as any server that is
busy has one; locust as the crowd. First one caller alone: what an answer takes when nobody else asks. Then growing crowds, in which
each caller asks again as soon as it is answered: what the server can serve is the most that any of them was served in a
second, if few were refused and all were served in time (p95 within twice that of one caller alone). Then twice that many
requests a second, whether or not they are answered, from so many callers that none is held up by a slow answer; and the same
for `--memory` seconds more, watching the memory of the server.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from benchmarks.equal import redis_server
from tests.chaos import Model, ask
from tests.redis_server import free_port

ROOT = Path(__file__).parents[1]

CROWDS = (6, 8, 10, 12, 14)
"""Callers of the looks at what the server can serve: from fewer than a busy interpreter needs to more than it bears (measured)."""

ROUND_S = 3.0
"""Seconds between two requests of one caller under load, on average: more than the slowest answer takes, so that hardly one is
late, and with its half more less than the five seconds after which the server closes an idle connection."""

WHOLE = 0.15
"""Share of refusals above which a crowd is not served: the cheap requests of it would be, and the others not. Set by hand: with
less, bursts in small crowds would make the server look weaker than it is, and the load on it smaller than twice that."""


def crowd(port: int, folder: Path, *, users: int, seconds: float, rate: float = 0.0) -> list[dict[str, Any]]:
    """What `users` callers saw in `seconds`. rate: requests a second of all of them together; 0: one after the other."""
    out = folder / "seen.json"
    command = [
        sys.executable, "-m", "locust", "-f", str(ROOT / "load" / "locustfile.py"), "--headless", "--only-summary",
        "--host", f"http://127.0.0.1:{port}", "-u", str(users), "-r", str(max(1, users)), "-t", f"{math.ceil(seconds)}s",
        "--stop-timeout", "20", "--skip-log-setup",
    ]  # fmt: skip
    environment = {**os.environ, "LOAD_RATE": str(rate / users), "LOAD_OUT": str(out), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
    if done.returncode or not out.exists():
        sys.exit(f"locust failed: {done.stderr.decode()[-2000:]}")
    found: list[dict[str, Any]] = json.loads(out.read_text("utf-8"))
    out.unlink()
    return found


class Memory:
    """The resident memory of a process, looked at every second."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.rows: list[tuple[float, float]] = []
        self._over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while not self._over.wait(1.0):
            try:
                self.rows.append((time.monotonic(), self._process.memory_info().rss / 1e6))
            except psutil.Error:
                return

    def close(self) -> None:
        self._over.set()

    def between(self, start: float, end: float) -> float:
        """Median megabytes between two moments; NaN if none was seen."""
        found = [mb for at, mb in self.rows if start <= at <= end]
        return statistics.median(found) if found else math.nan


def p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1] if seconds else math.nan


def served(rows: Sequence[dict[str, Any]], name: str | None = None) -> list[float]:
    return [row["seconds"] for row in rows if row["status"] == 200 and name in (None, row["name"])]


def report(alone: list[dict[str, Any]], able: float, rows: list[dict[str, Any]], seconds: float) -> str:
    statuses = Counter(row["status"] for row in rows)
    bad = {status: n for status, n in statuses.items() if (status >= 500 and status != 503) or status in (0, 599)}
    # A stream that found no room after its head was sent says so in its last event, which has no headers.
    silent = sum(row["status"] == 503 and not row["retry_after"] and row["name"] != "stream" for row in rows)
    lines = [
        f"it can serve {able:.1f} requests a second; asked {len(rows) / seconds:.1f} a second for {seconds:.0f} s",
        f"answers: {dict(sorted(statuses.items()))}; served {len(served(rows)) / seconds:.1f} a second",
        f"5xx that are not 503: {bad or 'none'}; 503 without Retry-After: {silent}",
        "p95 of what was served, alone -> under load:",
    ]
    for name in (None, *sorted({row["name"] for row in rows})):
        before, under = p95(served(alone, name)), p95(served(rows, name))
        lines.append(f"  {name or 'all':9} {before * 1000:6.0f} ms -> {under * 1000:6.0f} ms   x {under / before:.2f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="of twice what it can serve")
    parser.add_argument("--memory", type=float, default=540, help="seconds more of that, watching the memory")
    parser.add_argument("--calm", type=float, default=20, help="seconds of each of the two looks before")
    parser.add_argument("--think", type=float, default=0.5, help="seconds that the model thinks")
    options = parser.parse_args()
    model, port = Model(options.think), free_port()
    names = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "none", "SUMMARIZER_MODEL": "scripted"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "REDIS_", "SLACK_"))}
    with tempfile.TemporaryDirectory() as temporary, redis_server() as store:
        folder = Path(temporary)
        names["REDIS_URL"] = store
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "summarizer", "serve", "--port", str(port)],
                env={**kept, **names}, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        try:
            end = time.monotonic() + 60
            while ask(port, "GET", "/readyz")[0] != 200:
                if time.monotonic() > end or server.poll() is not None:
                    sys.exit((folder / "server.log").read_text("utf-8", "replace")[-2000:])
                time.sleep(0.2)
            memory = Memory(server.pid)
            crowd(port, folder, users=1, seconds=min(5, options.calm))  # the first requests load what is loaded once
            alone = crowd(port, folder, users=1, seconds=options.calm)
            able = 0.0
            for users in CROWDS:
                rows = crowd(port, folder, users=users, seconds=options.calm / 2)
                rate = len(served(rows)) / (options.calm / 2)
                late = p95(served(rows)) / p95(served(alone))
                refused = sum(row["status"] == 503 for row in rows)
                print(f"{users:3} callers: served {rate:.1f} a second, refused {refused}, p95 x {late:.2f}", flush=True)
                if refused <= WHOLE * len(rows) and late <= 2:
                    able = max(able, rate)
            users = math.ceil(2 * able * ROUND_S)
            start = time.monotonic()
            rows = crowd(port, folder, users=users, seconds=options.seconds, rate=2 * able)
            print(f"{users} callers; the model thinks for {options.think} s; {os.cpu_count()} processors")
            print(report(alone, able, rows, options.seconds), flush=True)
            if options.memory:
                more = crowd(port, folder, users=users, seconds=options.memory, rate=2 * able)
                print(f"{options.memory:.0f} s more: {dict(sorted(Counter(r['status'] for r in more).items()))}")
            over = time.monotonic()
            marks = [start + (over - start) * n / 10 for n in range(11)]
            tenths = [memory.between(a, b) for a, b in itertools.pairwise(marks)]
            print(f"memory of the server over {(over - start) / 60:.1f} minutes, MB in each tenth of it:")
            print("  " + " ".join(f"{mb:.0f}" for mb in tenths))
            memory.close()
        finally:
            server.terminate()
            server.wait(60)
            model.close()


if __name__ == "__main__":
    main()
