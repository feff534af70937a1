"""Time and memory of our own part, room by room: `python -m benchmarks.own_part ARTICLES {rooms|extractive|peers|profile}`.

A process of its own for each measurement, so that its peak of memory is its own and nothing is warm from the one before.
Seconds are of processor time (all threads): other work on the machine does not count.
"""

from __future__ import annotations

import asyncio
import cProfile
import json
import math
import pstats
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import material, ours
from summarizer import (
    agree,
    chunk,
    clean,
    dedupe,
    disputes,
    extract,
    pipeline,
    prompts,
    render,
    sentences,
    services,
    tokens,
    verify,
)
from summarizer.store import MemoryStore
from summarizer.testing import ScriptedLLM

# The rooms' doors, by the name that the table gives them.
_DOORS: list[tuple[str, Any, str]] = [
    ("clean", clean, "clean"),
    ("sentences", sentences, "split"),
    ("sentences", sentences, "language"),
    ("words: reading", verify, "readings_of"),
    ("dedupe", dedupe, "dedupe"),
    ("verify: its table", verify, "table"),
    ("chunk", chunk, "plan"),
    ("extract", extract, "extract"),
    ("verify", verify, "verify"),
    ("disputes", disputes, "find"),
    ("agree", agree, "agree"),
    ("render", render, "answer"),
]
WARM = "The ferry left the harbour on Monday, and the harbour master said that nobody was on the quay to see it leave."


def measure(articles: int, what: str) -> dict[str, Any]:
    """Seconds and megabytes for so many articles: the `rooms` before the model, or the whole `extractive` way.

    One in ten is an article as it was written, the others are editions of them, at every size: the time of the two differs, and
    what is compared is how it grows.
    """
    texts = material.editions(material.hundred()[1][: max(2, articles // 10)], articles)
    count, _ = tokens.counter(ours.MODEL)
    count(WARM)
    sentences.language([WARM])  # reads its model once, 0.4 s, whatever the request
    services.share_the_process()  # as `summarizer serve` does
    encode, total = math.inf, 0
    for _ in range(3):  # tenths of a second: the best of three
        started = time.process_time()
        total = sum(count(text) for text in texts)
        encode = min(encode, time.process_time() - started)
    result: dict[str, Any] = {"articles": articles, "what": what, "tokens": total, "encode_s": encode}
    if what == "peers":
        from benchmarks import peers

        peers.encodings_offline()
        started = time.process_time()
        result["chunks"], result["copies"] = peers.split_and_find_copies(texts)
        result["seconds"] = time.process_time() - started
        return result | {"peak_mb": _peak_mb()}
    spent: dict[str, float] = {}
    for name, room, function in _DOORS:
        setattr(room, function, _timed(name, getattr(room, function), spent))
    outside = pipeline.Outside(
        store=MemoryStore(),
        count=count,
        prompts=prompts.load(),
        llm=ScriptedLLM(),
        deadline_s=36_000.0,
        limits=pipeline.Limits(max_articles=100_000, max_total_characters=1_000_000_000),
    )
    request = ours.request(texts)
    profile = cProfile.Profile() if what == "profile" else None
    started = time.process_time()
    if profile is not None:
        _profiled(profile, request, outside)
    elif what == "rooms":
        asyncio.run(pipeline.estimate(request, outside))
    else:
        extractive = request.model_copy(update={"engine": "extractive"})
        asyncio.run(pipeline.summarize(extractive, outside))
    result["seconds"] = time.process_time() - started
    if profile is not None:
        result["hottest"] = hottest(profile)
    return result | {"rooms": spent, "peak_mb": _peak_mb()}


def _profiled(profile: cProfile.Profile, request: Any, outside: pipeline.Outside) -> None:
    """The extractive way on this thread, where the profiler looks."""
    original = asyncio.to_thread

    async def here(function: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        return function(*given, **named)

    asyncio.to_thread = here
    try:
        profile.enable()
        asyncio.run(pipeline.summarize(request.model_copy(update={"engine": "extractive"}), outside))
        profile.disable()
    finally:
        asyncio.to_thread = original


def hottest(profile: cProfile.Profile, top: int = 12) -> list[tuple[str, int, float, float]]:
    """The functions of ours with most time of their own: (name, calls, own seconds, seconds with what they call)."""
    stats: Any = pstats.Stats(profile)
    rows = []
    for (path, line, name), (_, calls, own, cumulative, _) in stats.stats.items():
        if "/summarizer/" in path:
            where = path.partition("/summarizer/")[2]
            rows.append((f"{where}:{line} {name}", calls, round(own, 2), round(cumulative, 2)))
    return sorted(rows, key=lambda row: -row[2])[:top]


def _timed(name: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return function(*given, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - started

    return timed


def _peak_mb() -> float:
    """Linux counts ru_maxrss of a child from its parent's memory on; what it says of the program itself is in /proc."""
    status = Path("/proc/self/status")
    if status.exists():
        return float(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def in_own_process(articles: int, what: str, *, at_most_s: float) -> dict[str, Any] | None:
    """`measure` in a fresh process; None if it takes longer than that."""
    command = [sys.executable, "-m", "benchmarks.own_part", str(articles), what]
    try:
        done = subprocess.run(
            command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, timeout=at_most_s, check=True
        )
    except subprocess.TimeoutExpired:
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), sys.argv[2])))
