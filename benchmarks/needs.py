"""What one summary takes of a server: processor time, and memory in Redis. `python -m benchmarks.needs`, about a minute.

The articles in SUMMARIZER_EVAL_SEEDS, else the project's example. A real server, a real Redis, and the metered model, which answers
at once: waiting for a model takes no processor. docs/operations.md makes its table of sizes from this.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import httpx2
import redis

from benchmarks import equal, material
from benchmarks.meter import Meter
from summarizer import tokens

TIMES = 40


@dataclass(frozen=True, slots=True)
class Needs:
    """One kind of answer. processor_s: of the server's process, all threads; redis_kb: 1,000 bytes; memory_mb: of the process."""

    kind: str
    processor_s: float
    redis_kb: float
    memory_mb: float


def measure(texts: list[str], times: int = TIMES) -> list[Needs]:
    """With a model, without, and served again from the cache; the last of the articles differs by a line each time."""
    count, _ = tokens.counter(equal.MODEL)
    rows: list[Needs] = []
    with (
        Meter(count, speed=100_000) as meter,
        equal.redis_server() as url,
        equal.server(url, meter.base_url) as (to, process),
        httpx2.Client(timeout=120, trust_env=False) as client,
        redis.Redis.from_url(url) as store,
    ):

        def ask(engine: str, number: int) -> None:
            last = f"{texts[-1]}\n\nThis is edition number {number} of the day.\n"
            articles = [{"name": f"{n}.txt", "text": text} for n, text in enumerate([*texts[:-1], last])]
            client.post(f"{to}/summarize", json={"articles": articles, "engine": engine}).raise_for_status()

        def spent() -> tuple[float, float]:
            return _processor_s(process.pid), float(store.info("memory")["used_memory"])

        for engine, name in (("llm", "with a model"), ("extractive", "without a model")):
            for number in range(3):
                ask(engine, number)  # loads what is loaded once
            for kind in (name, f"{name}, from the cache"):
                before = spent()
                for number in range(100, 100 + times):
                    ask(engine, number)
                used = [(b - a) / times for a, b in zip(before, spent(), strict=True)]
                rows.append(Needs(kind, used[0], used[1] / 1000, _memory_mb(process.pid)))
    return rows


def _processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()  # Linux: user and system time, in ticks
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    name, texts = material.few()
    print(f"{name}; for each answer, over {TIMES}:")
    for row in measure(texts):
        print(
            f"{row.kind:32} {row.processor_s:7.3f} s of processor {row.redis_kb:6.1f} kB in Redis   process {row.memory_mb:4.0f} MB"
        )
