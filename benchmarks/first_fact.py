"""How long somebody who listens waits for the first verified fact, and for the whole answer, while a model writes.

`python -m benchmarks.first_fact` prints it for the articles in SUMMARIZER_EVAL_SEEDS, else for the project's example. A real
server, a real Redis, and the metered model, which streams its reply word by word at the speed of a hosted one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from benchmarks import equal, material
from benchmarks.meter import Meter
from summarizer import tokens

SPEED = 50.0  # tokens a second


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in, in seconds since the request was sent.

    told, withdrawn: facts. unsaid: facts that were told, do not stand in the answer, and were not withdrawn: none may be.
    """

    first_s: float
    whole_s: float
    told: int
    withdrawn: int
    unsaid: int
    in_answer: int

    @property
    def share(self) -> float:
        """Of the time to the whole answer, the time to the first fact."""
        return self.first_s / self.whole_s


def measure(texts: Sequence[str], *, speed: float = SPEED) -> Heard:
    """One request of which nothing is kept, after another that loads what is loaded once."""
    count, _ = tokens.counter(equal.MODEL)
    with (
        Meter(count, speed=speed) as meter,
        equal.redis_server() as url,
        equal.server(url, meter.base_url) as (to, _),
        httpx2.Client(timeout=120, trust_env=False) as client,
    ):
        meter.speed = 4000
        _listen(client, to, texts[:2])
        meter.speed = speed
        return _listen(client, to, texts)


def _listen(client: httpx2.Client, to: str, texts: Sequence[str]) -> Heard:
    body = {"articles": [{"name": f"{n}.txt", "text": text} for n, text in enumerate(texts)], "cache": "none"}
    told: dict[int, str] = {}
    withdrawn = 0
    first = 0.0
    started = time.perf_counter()
    name = ""
    with client.stream("POST", f"{to}/summarize", json=body, headers={"Accept": "text/event-stream"}) as coming:
        for line in coming.iter_lines():
            kind, _, value = line.partition(":")
            if kind == "event":
                name = value.strip()
            elif kind == "data" and name == "fact":
                first = first or time.perf_counter() - started
                fact: dict[str, Any] = json.loads(value)
                told[fact["number"]] = fact["fact"]["text"]
            elif kind == "data" and name == "fact_withdrawn":
                withdrawn += 1
                del told[json.loads(value)["number"]]
            elif kind == "data" and name == "done":
                whole = time.perf_counter() - started
                answer = json.loads(value)
                said = {row["text"] for row in (*answer["facts"], *answer["left_out"]["facts"])}
                unsaid = sum(text not in said for text in told.values())
                return Heard(first, whole, len(told) + withdrawn, withdrawn, unsaid, len(answer["facts"]))
            elif kind == "data" and name == "failed":
                raise RuntimeError(value[:300])
    raise RuntimeError("the stream ended without an answer")


if __name__ == "__main__":
    source, texts = material.few()
    heard = measure(texts)
    print(
        f"{source}, a model that streams {SPEED:g} tokens a second: first verified fact after {heard.first_s:.2f} s, whole answer after "
        f"{heard.whole_s:.2f} s ({100 * heard.share:.0f} %); {heard.told} facts told, {heard.withdrawn} withdrawn, "
        f"{heard.unsaid} of the others not in the answer, which has {heard.in_answer}."
    )
