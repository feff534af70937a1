"""Odd bodies against the whole way in: parser, forms, `clean`, the engine without a model, and the faces of an answer.

    python tools/fuzz.py [NUMBER] [FIRST]     NUMBER bodies (20000), beginning with number FIRST (0)

Every body is made from its number alone, so a bad one can be made again. Fails on any status but 200 and 4xx, and on any
body that takes more processor time than `allowed` grants. Needs no network: requests go to the application in this process.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from summarizer.api import create_app
from summarizer.settings import Settings

LONGEST = 30_000
"""Characters of the longest text that is made here; one in fifty is so long."""


def allowed(size: int) -> float:
    """Seconds of processor time for a body of so many bytes: 2, and 100 microseconds a byte. Set by hand, at about twenty
    times what ordinary articles take, so that only what grows faster than the text is caught."""
    return 2.0 + size * 1e-4


@dataclass
class Report:
    """What came out."""

    bodies: int = 0
    bytes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    slowest: list[tuple[float, int, int]] = field(default_factory=list)  # seconds, number, bytes

    def text(self) -> str:
        """In a few lines."""
        rows = [f"{self.bodies} bodies, {self.bytes / 1e6:.1f} MB"]
        rows.append("statuses: " + ", ".join(f"{status}: {number}" for status, number in sorted(self.statuses.items())))
        rows.append("problems: " + ", ".join(f"{code}: {number}" for code, number in self.codes.most_common()))
        rows += [
            f"slow: {seconds:.2f} s of processor time for number {n} ({size} bytes)"
            for seconds, n, size in self.slowest[:5]
        ]
        return "\n".join(rows + [f"BAD {line}" for line in self.bad])


# --- texts ---------------------------------------------------------------------------------------------------------------

_WORDS = (
    "The ferry ran aground near Skarholm on Monday morning . , said police officer Ann Berg 212 passengers $3.4 million 2026-03-02 "
    "not no never may reportedly \" ' “ ” ‘ ’ « » — – ... … ? ! : ; ( ) [ ] { } {a1 b2} [1] <b> </b> & &amp; &#x202e; % 17% U.S. D.C. "
    "Mr. Dr. Subscribe Share Advertisement Read more: http://x.example/?a=b @user #tag 船が座礁した。 Паром сел на мель . مرحبا שלום "
    "naïve e\u0301 \u200b \u200d \ufeff \u202e \u2028 \x00 \x0b \x85 👨‍👩‍👧 ﬁ İ ß $articles $$ ${x} %s \\ ``` --- *** ___ | ~!a1 HEADLINE "
    "SUMMARY DISPUTES none <script> <!-- --> ]]> <div> </div> <p> <table><tr><td> <img alt=x> <style> <template> \t \n \n\n \r\n"
).split(" ")
_ONES = [
    "a",
    " ",
    ".",
    "\n",
    "(",
    '"',
    "“",
    "A.B.",
    "1,",
    "<div>",
    "<b",
    "&",
    "&#",
    "'",
    "\u0301",
    "\u200b",
    "{",
    "- ",
    "Mr. ",
    "9",
    "字",
    "😀",
    "]]>",
]
_TAGS = [
    "div",
    "p",
    "b",
    "a",
    "table",
    "td",
    "script",
    "style",
    "template",
    "svg",
    "h1",
    "li",
    "article",
    "nav",
    "x-y",
    "textarea",
    "iframe",
]


def text_of(chance: random.Random) -> str:
    """A text, as odd as people and machines make them."""
    size = LONGEST if chance.random() < 0.02 else int(10 ** chance.uniform(0, 3.3))
    kind = chance.randrange(6)
    if kind == 0:
        return (chance.choice(_ONES) * size)[:size]
    if kind == 1:
        return "".join(
            chr(chance.choice((chance.randrange(0x20, 0x250), chance.randrange(0x3000)))) for _ in range(size)
        )
    if kind == 2:
        return html_of(chance, size)
    words: list[str] = []
    length = 0
    while length < size:
        words.append(chance.choice(_WORDS))
        length += len(words[-1]) + 1
    joined = chance.choice((" ", " ", " ", "", "\n", ". "))
    return joined.join(words)


def html_of(chance: random.Random, size: int) -> str:
    """Tags that open and do not close, close and did not open, with odd attributes and comments."""
    if chance.random() < 0.2:
        tag = chance.choice(_TAGS)
        return f"<{tag}>" * (size // (len(tag) + 2) + 1) + "The ferry ran aground on Monday."
    parts: list[str] = []
    length = 0
    while length < size:
        tag = chance.choice(_TAGS)
        parts.append(
            chance.choice(
                (
                    f"<{tag}>", f"</{tag}>", f"<{tag} style='display:none'>", f'<{tag} hidden class="{chance.choice(_WORDS)}"',
                    "<!--", "-->", "<![CDATA[", "&#" + str(chance.randrange(2_000_000)) + ";", " ".join(chance.choices(_WORDS, k=12)),
                )
            )
        )  # fmt: skip
        length += len(parts[-1])
    return "".join(parts)


# --- bodies --------------------------------------------------------------------------------------------------------------

Body = tuple[str, bytes, str]
"""Path, content, content type."""

_VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 2, 150, 10**6, 10**400, 0.5, 1e308, -0.0, "", "x", "0", "bullets", "llm", "extractive", "auto",
    "refresh", "none", [], {}, [None], ["article_text"], ["rejected_text", "rejected_text"], {"a": 1}, "\x00", "\ud800", "a" * 5000,
    "2026-03-02", "2026-13-45", "http://127.0.0.1/", "javascript:x",
]  # fmt: skip
_FIELDS = [
    "articles", "max_words", "style", "focus", "min_origins", "engine", "fallback", "cache", "deadline_s", "max_cost_usd", "retain_s",
    "include", "previous", "withdraw", "text", "name", "html", "url", "outlet", "published_at", "nothing", "__proto__", "",
]  # fmt: skip


def _article(chance: random.Random) -> Any:
    if chance.random() < 0.01:
        return chance.choice(_VALUES)
    text = text_of(chance)
    made: dict[str, Any] = {"html" if chance.random() < 0.3 else "text": text}
    if chance.random() < 0.03:
        made[chance.choice(_FIELDS)] = chance.choice(_VALUES)
    if chance.random() < 0.3:
        made["name"] = chance.choice(_WORDS)
    return made


def _request(chance: random.Random) -> dict[str, Any]:
    shared = text_of(chance) if chance.random() < 0.3 else None
    articles = [_article(chance) for _ in range(chance.choice((1, 1, 2, 2, 3, 5)))]
    if shared is not None:
        articles += [{"text": shared}, {"text": shared + chance.choice(_WORDS)}]
    made: dict[str, Any] = {"articles": articles}
    for _ in range(chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 2))):
        made[chance.choice(_FIELDS)] = chance.choice(_VALUES)
    if chance.random() < 0.01:
        made["focus"] = "\ud83d"
    return made


def _good(chance: random.Random) -> Body:
    path = chance.choice(("/summarize", "/summarize", "/summarize", "/estimate", "/verify"))
    made = _request(chance)
    if path == "/verify":
        made = {"articles": made["articles"], "text": text_of(chance)}
    return path, json.dumps(made).encode(), "application/json"


def _broken(chance: random.Random) -> Body:
    path, content, kind = _good(chance)
    content = content[:20_000]
    at = chance.randrange(len(content) + 1)
    change = chance.randrange(6)
    if change == 0:
        content = content[:at]
    elif change == 1:
        content = content[:at] + chance.randbytes(chance.randrange(1, 9)) + content[at:]
    elif change == 2:
        content = chance.choice((b"[", b'{"a":', b'{"articles":[')) * chance.randrange(1, 20_000)
    elif change == 3:
        content = content.decode().encode(chance.choice(("utf-16", "utf-32", "utf-8-sig", "utf-7")))
    elif change == 4:
        content = content.replace(
            b":", chance.choice((b"::", b"=", b': NaN, "x":', b': -Infinity, "y":', b': 1e999, "z":')), 1
        )
    else:
        content = chance.randbytes(chance.randrange(2000))
    return (
        path,
        content,
        chance.choice((kind, kind, kind, "application/json; charset=latin-1", "text/plain", "", "application/xml")),
    )


def _form(chance: random.Random) -> Body:
    mark = chance.choice(("x", "----WebKitFormBoundary7", "a" * 70))
    lines: list[bytes] = []
    for _ in range(chance.choice((1, 2, 3, 5))):
        name, file = chance.choice(("files", "files", "files", chance.choice(_FIELDS))), chance.choice(_WORDS).strip()
        text = text_of(chance)
        coding = chance.choice(("utf-8", "utf-8", "utf-8", "utf-16", "cp1252", "shift_jis", "utf-32"))
        content = text.encode(coding, "replace") if chance.random() < 0.95 else chance.randbytes(500)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        extra = chance.choice(("", "", "Content-Type: text/html\r\n", "Content-Transfer-Encoding: base64\r\n"))
        lines.append((head + extra + "\r\n").encode("utf-8", "replace") + content + b"\r\n")
    if chance.random() < 0.4:
        value = str(chance.choice(_VALUES))[:100].encode("utf-8", "replace")
        lines.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="{chance.choice(_FIELDS)}"\r\n\r\n'.encode()
            + value
            + b"\r\n"
        )
    body = b"".join(lines) + f"--{mark}--\r\n".encode()
    if chance.random() < 0.1:
        body = body[: chance.randrange(len(body))]
    return (
        chance.choice(("/summarize", "/estimate")),
        body,
        f"multipart/form-data; boundary={mark if chance.random() < 0.97 else 'y'}",
    )


def body_of(number: int) -> Body:
    """The body of that number."""
    chance = random.Random(number)  # made again from its number
    makers: list[Callable[[random.Random], Body]] = [_good, _good, _good, _broken, _form]
    return chance.choice(makers)(chance)


# --- the run -------------------------------------------------------------------------------------------------------------


async def run(number: int, first: int = 0, *, tell: Callable[[int], None] | None = None) -> Report:
    """Send `number` bodies, one after the other, and look at what comes back."""
    app = create_app(
        Settings.model_validate({"log_level": "error", "max_body_bytes": 2_000_000, "retain_s": 0, "cache_ttl_s": 0})
    )
    report = Report()
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost", timeout=None) as client:
            for n in range(first, first + number):
                path, content, kind = body_of(n)
                accept = ("application/json", "text/markdown", "text/html")[n % 3] if path == "/summarize" else "*/*"
                began = time.process_time()
                response = await client.post(path, content=content, headers={"content-type": kind, "accept": accept})
                took = time.process_time() - began
                report.bodies += 1
                report.bytes += len(content)
                report.statuses[response.status_code] += 1
                report.slowest = sorted([*report.slowest, (took, n, len(content))], reverse=True)[:10]
                if response.status_code != 200:
                    report.codes[response.json()["code"]] += 1
                if not (response.status_code == 200 or 400 <= response.status_code < 500):
                    report.bad.append(f"number {n}: {path} answered {response.status_code}")
                if took > allowed(len(content)):
                    report.bad.append(f"number {n}: {path} took {took:.1f} s for {len(content)} bytes")
                if tell is not None:
                    tell(report.bodies)
    return report


def main(arguments: list[str]) -> int:
    """The command."""
    number = int(arguments[0]) if arguments else 20_000
    first = int(arguments[1]) if len(arguments) > 1 else 0

    def tell(done: int) -> None:
        if done % 1000 == 0:
            print(f"{done} of {number}", file=sys.stderr)

    report = asyncio.run(run(number, first, tell=tell))
    print(report.text())
    return 1 if report.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
