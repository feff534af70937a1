"""A model's server on loopback that meters what it is asked and answers like a cooperative model, at a set speed.

It counts, with the encoding of current OpenAI models, the tokens of every message and of every reply; the few tokens that
a provider adds around messages are the same for everybody and are left out. Nothing of what it is sent is kept.

What it answers says nothing about quality: nobody is asked to judge it. It is there so that everybody pays for replies of
the usual length, and so that our own checks have something to check.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

PRICE_OUT = 4  # price of a token out in tokens in: what most providers ask, within a factor of two

# Words of a reply in plain prose. A frontier model answered LangChain's "concise summary" with 120 tokens and LlamaIndex's
# citation query with 314 on five real articles; these lengths come to the same.
CONCISE_WORDS = 100
QUERY_WORDS = 245


@dataclass(frozen=True, slots=True)
class Call:
    """One call: seconds of a monotonic clock, tokens, and the tokens that the caller reserved for the reply (0: none)."""

    started: float
    ended: float
    prompt_tokens: int
    completion_tokens: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What some calls came to. depth: calls that had to wait for one another. money: in prices of a prompt token."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    depth: int
    largest_prompt: int
    largest_with_reply: int

    @property
    def money(self) -> int:
        return self.prompt_tokens + PRICE_OUT * self.completion_tokens


def bill(calls: Sequence[Call]) -> Bill:
    """The sum of some calls."""
    return Bill(
        len(calls),
        sum(c.prompt_tokens for c in calls),
        sum(c.completion_tokens for c in calls),
        depth(calls),
        max((c.prompt_tokens for c in calls), default=0),
        max((c.prompt_tokens + max(c.reserved, c.completion_tokens) for c in calls), default=0),
    )


def depth(calls: Sequence[Call]) -> int:
    """The longest row of calls of which each began after the one before had ended."""
    ends: list[tuple[float, int]] = []
    for c in sorted(calls, key=lambda c: c.started):
        ends.append((c.ended, 1 + max((d for end, d in ends if end <= c.started), default=0)))
    return max((d for _, d in ends), default=0)


class Meter:
    """The server, as a context. `take` gives the bill since the last one.

    speed: tokens a second that a reply is written at. least_s: seconds that a call takes at least, so that calls that are
    sent together also overlap when the speed is high.
    """

    def __init__(self, count: Callable[[str], int], *, speed: float = 50.0, least_s: float = 0.0) -> None:
        self._count = count
        self._calls: list[Call] = []
        self._lock = threading.Lock()
        self.speed, self.least_s = speed, least_s
        self.begun = 0
        """Calls that have begun, answered or not, since the server started."""
        meter = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if asked.get("stream"):
                    self._stream(asked)
                    return
                body = json.dumps(meter._answer(asked)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(ConnectionError):  # whoever asked has been killed
                    self.wfile.write(body)

            def _stream(self, asked: dict[str, Any]) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                with suppress(ConnectionError):
                    for piece in meter._pieces(asked):
                        self.wfile.write(f"data: {piece}\n\n".encode())
                        self.wfile.flush()

            def log_message(self, *_: Any) -> None:
                """Says nothing: prompts are article text."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256  # a hundred calls at once are ordinary for some

        self._server = Server(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Meter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self) -> Bill:
        """What was asked since the last time; forgets it."""
        with self._lock:
            calls, self._calls = self._calls, []
        return bill(calls)

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        started, reply, prompt = self._begin(asked)
        completion = self._count(reply)
        time.sleep(max(0.0, completion / self.speed, self.least_s - (time.monotonic() - started)))
        self._end(asked, started, prompt, completion)
        return {
            **_head(asked, "chat.completion"),
            "choices": [{"index": 0, "message": {"role": "assistant", "content": reply}, "finish_reason": "stop"}],
            "usage": _usage(prompt, completion),
        }

    def _pieces(self, asked: dict[str, Any]) -> Iterator[str]:
        """The same word by word, each when a model of this speed has written it."""
        started, reply, prompt = self._begin(asked)
        head = _head(asked, "chat.completion.chunk")
        begun = time.monotonic()
        written = 0
        for word in re.findall(r"\s*\S+", reply):
            written += self._count(word)
            time.sleep(max(0.0, begun + written / self.speed - time.monotonic()))
            choice: dict[str, Any] = {"index": 0, "delta": {"content": word}, "finish_reason": None}
            yield json.dumps({**head, "choices": [choice]})
        completion = self._count(reply)
        time.sleep(max(0.0, self.least_s - (time.monotonic() - started)))
        self._end(asked, started, prompt, completion)
        yield json.dumps({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        yield json.dumps({**head, "choices": [], "usage": _usage(prompt, completion)})
        yield "[DONE]"

    def _begin(self, asked: dict[str, Any]) -> tuple[float, str, int]:
        started = time.monotonic()
        with self._lock:
            self.begun += 1
        messages = [(str(m["role"]), _text(m["content"])) for m in asked["messages"]]
        return started, answer(messages), sum(self._count(text) for _, text in messages)

    def _end(self, asked: dict[str, Any], started: float, prompt: int, completion: int) -> None:
        reserved = int(asked.get("max_completion_tokens") or asked.get("max_tokens") or 0)
        with self._lock:
            self._calls.append(Call(started, time.monotonic(), prompt, completion, reserved))


def _head(asked: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "metered", "object": kind, "created": 0, "model": str(asked.get("model", "metered"))}


def _usage(prompt: int, completion: int) -> dict[str, int]:
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(str(part.get("text", "")) for part in content)


# -- the cooperative model ----------------------------------------------------------------------------------------------

_LINE = re.compile(r"^([a-z]{2,3})(\d{1,6}) (?:\((\d+)\) )?(\S.*)$", re.MULTILINE)
_TOLD = re.compile(r"(?:^|(?<=\. )|(?<=\}\. ))([^{}\n]+?) \{([a-z]{2,3}\d{1,6})\}", re.MULTILINE)
_AT_MOST = re.compile(r"at most (\d+) words")
_FAILED = re.compile(r"^(\d+): (.+) - [^-]*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OPENERS = 12  # sentences of each article that may open a summary: a news article says the most at its beginning
_CANDIDATES = 240
_TELLS = 0.5  # share of a sentence's words that another one needs to be taken for a report of the same
_IDS = 4  # ids that a model writes behind one statement


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    group: str
    number: int
    text: str
    origins: int  # of a fact that is to be merged; 0 for a sentence of an article
    words: frozenset[str]
    exact: frozenset[str]  # numbers and capitalised words: what another sentence must have as well


def answer(messages: Sequence[tuple[str, str]]) -> str:
    """The reply to some messages, (role, text) each: attributed prose where it is asked for, else plain prose."""
    system = " ".join(text for role, text in messages if role == "system")
    asked = [text for role, text in messages if role == "user"]
    if "in braces" in system and "DISPUTES" in system:
        lines = _lines(asked[0])
        if len(asked) > 1 and (failed := _FAILED.findall(asked[-1])):
            return _again(failed, lines)
        limit = _AT_MOST.search(asked[0])
        return _attributed(lines, int(limit.group(1)) if limit else 150)
    return _plain(asked[-1])


def _lines(text: str) -> list[_Line]:
    found = []
    before, _, new = text.partition("\nNEW\n")
    told = [(*_parts(name), "1", words) for words, name in _TOLD.findall(before)] if new else []
    for group, number, origins, sentence in [*told, *_LINE.findall(new or before)]:
        words = _WORD.findall(sentence)
        found.append(
            _Line(
                group + number,
                group + (number if origins else ""),  # facts to be merged stand each for itself
                int(number) if not origins else 1,
                sentence,
                int(origins or 0),
                frozenset(w.casefold() for w in words if len(w) > 3),
                frozenset(w.casefold() for i, w in enumerate(words) if w[0].isdigit() or (i and w[0].isupper())),
            )
        )
    return found


def _parts(name: str) -> tuple[str, str]:
    letters = name.rstrip("0123456789")
    return letters, name[len(letters) :]


def _attributed(lines: Sequence[_Line], max_words: int) -> str:
    index: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        for word in line.words:
            index[word].append(i)
    place: dict[str, int] = defaultdict(int)
    openers: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        place[line.group] += 1
        if place[line.group] <= _OPENERS and (line.origins or _whole(line.text)):
            openers.append((place[line.group], i))
    ranked: list[tuple[int, int, int, list[int]]] = []
    for nth, i in sorted(openers)[:_CANDIDATES]:
        line = lines[i]
        near = _near(i, lines, index)
        ranked.append((-line.origins or -len(near), nth, i, near))
    said: list[str] = []
    disputes: list[str] = []
    chosen: list[_Line] = []
    left = max_words
    for _, _, i, near in sorted(ranked):
        line = lines[i]
        size = len(line.text.split())
        if size > left or any(_share(line, other) >= _TELLS for other in chosen):
            continue
        same = [lines[j] for j in near if line.exact <= lines[j].exact | lines[j].words][: _IDS - 1]
        other = [
            lines[j] for j in near if _numbers(line) and _numbers(lines[j]) and _numbers(line) != _numbers(lines[j])
        ]
        said.append(_marked(line.text, [line.id, *(s.id for s in same)]))
        if other and len(disputes) < 4:
            disputes.append(f"{_marked(line.text, [line.id])} | {_marked(other[0].text, [other[0].id])}")
        chosen.append(line)
        left -= size
    if not said:
        line = min(lines, key=lambda line: len(line.text))
        said, chosen = [_marked(line.text, [line.id])], [line]
    head = min(chosen, key=lambda line: len(line.text))
    headline = f"{head.text.rstrip('.')} {{{head.id}}}"
    return "\n".join(["SUMMARY", *said, "DISPUTES", *(disputes or ["none"]), "HEADLINE", headline])


def _near(i: int, lines: Sequence[_Line], index: dict[str, list[int]]) -> list[int]:
    """The sentence of each other article that shares most with this one, if it shares enough."""
    line = lines[i]
    shared: dict[int, int] = defaultdict(int)
    for word in line.words:
        for j in index[word]:
            shared[j] += 1
    best: dict[str, tuple[int, int]] = {}
    for j, n in shared.items():
        if lines[j].group != line.group and n >= _TELLS * len(line.words):
            best[lines[j].group] = max(best.get(lines[j].group, (0, 0)), (n, -j))
    return [-j for _, j in sorted(best.values(), reverse=True)]


def _share(a: _Line, b: _Line) -> float:
    return len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))


def _numbers(line: _Line) -> set[str]:
    return {w for w in line.exact if w[0].isdigit()}


def _whole(text: str) -> bool:
    """Whether a sentence can be quoted by itself: long enough, ended, and with its quotation marks closed."""
    return (
        8 <= len(text.split()) <= 45
        and text.endswith(".")
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
    )


def _marked(text: str, ids: Sequence[str]) -> str:
    return f"{text.rstrip('.')} {{{' '.join(ids)}}}."


def _again(failed: Sequence[tuple[str, str]], lines: Sequence[_Line]) -> str:
    """For each sentence that did not hold, the source's own sentence that is nearest to it."""
    rows = []
    for number, text in failed:
        words = {w.casefold() for w in _WORD.findall(text) if len(w) > 3}
        best = max(lines, key=lambda line: (len(line.words & words), -len(line.words)))
        rows.append(f"{number}: {_marked(best.text, [best.id])}")
    return "\n".join(dict.fromkeys(rows))


def _plain(prompt: str) -> str:
    """Prose of the usual length; with markers where the prompt numbers its sources."""
    numbered = re.findall(r"^Source (\d+):$", prompt, re.MULTILINE)
    limit = QUERY_WORDS if "uery:" in prompt else CONCISE_WORDS
    said: list[str] = []
    words = 0
    paragraphs = [p for p in prompt.splitlines() if len(p) > 80] or [prompt]
    for n, paragraph in enumerate(paragraphs * limit):
        sentence = re.split(r"(?<=[.!?])\s", paragraph)[0].split()[: limit - words]
        words += len(sentence)
        mark = f" [{numbered[n % len(numbered)]}]" if numbered else ""
        said.append(" ".join(sentence).rstrip(".") + mark + ".")
        if words >= limit:
            break
    return " ".join(said)
