"""Mixed traffic for locust: summaries with a model and without, streams, verdicts, estimates. Run by `load/__main__.py`.

Every answer is written down as it came, refusals too, since locust's own statistics mix them.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, events, task

from tests.chaos import articles

_RATE = float(os.environ["LOAD_RATE"])  # requests a second of one user; 0: as fast as they are answered
_SEEN: list[dict[str, Any]] = []
_AGAIN_S = 1.0  # who is refused in a crowd comes back so late: the least that Retry-After says
_CHANCE = random.Random(5)
_NUMBERS = itertools.count()


class Caller(FastHttpUser):  # type: ignore[misc]  # locust is not installed where types are checked
    """One caller among many."""

    network_timeout = connection_timeout = 60.0

    def on_start(self) -> None:
        """Callers do not come in step: each begins somewhere within its first round."""
        self._refused = False
        self._due = time.perf_counter() + (_CHANCE.uniform(0, 1 / _RATE) if _RATE else 0)
        gevent.sleep(self._due - time.perf_counter())

    def wait_time(self) -> float:
        """Seconds until the next request: each after its own while, so that they stay out of step (locust's own
        `constant_throughput` sends the second one at once, and all users in bursts)."""
        if not _RATE:
            return _AGAIN_S if self._refused else 0.0
        self._due += _CHANCE.uniform(0.5, 1.5) / _RATE
        return max(0.0, self._due - time.perf_counter())

    @task(5)  # type: ignore[untyped-decorator]
    def summary(self) -> None:
        self._ask("summary", "/summarize", {"engine": "llm"})

    @task(2)  # type: ignore[untyped-decorator]
    def stream(self) -> None:
        self._ask("stream", "/summarize", {"engine": "llm"}, accept="text/event-stream")

    @task(2)  # type: ignore[untyped-decorator]
    def extract(self) -> None:
        self._ask("extract", "/summarize", {"engine": "extractive"})

    @task(2)  # type: ignore[untyped-decorator]
    def verify(self) -> None:
        self._ask("verify", "/verify", {"text": "A warehouse burned down on Monday night. Nobody was hurt."})

    @task(1)  # type: ignore[untyped-decorator]
    def estimate(self) -> None:
        self._ask("estimate", "/estimate", {"engine": "llm"})

    def _ask(self, name: str, path: str, more: dict[str, Any], accept: str = "application/json") -> None:
        number = next(_NUMBERS)
        body: dict[str, Any] = {"articles": articles(number), **more}
        if path == "/summarize":
            body.update(max_words=60, cache="none")
        began = time.perf_counter()
        with self.client.post(path, json=body, headers={"Accept": accept}, name=name, catch_response=True) as answer:
            text = answer.text or ""
            seconds = time.perf_counter() - began
            status = answer.status_code
            # A stream has begun with 200 before its place is sure; what it ends with is what the caller gets.
            if accept == "text/event-stream" and status == 200 and "event: done" not in text:
                status = 503 if '"overloaded"' in text else 599
            told = answer.headers.get("retry-after") if answer.headers else None
            _SEEN.append({"name": name, "status": status, "seconds": seconds, "retry_after": bool(told), "sent": began})
            self._refused = status == 503
            answer.success()


# Loading this file takes seconds, and the loop's time is the one before it: the time limit would be over that much too soon.
gevent.get_hub().loop.update_now()


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def _write(**_: Any) -> None:
    Path(os.environ["LOAD_OUT"]).write_text(json.dumps(_SEEN), "utf-8")
