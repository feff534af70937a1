"""What several test files share: the examples as requests, an `Outside` to ask, and a model that answers well.

The model of `good_model` writes `examples/ferry/good_draft.json` in the form that the prompt asks for, with the ids that
the question gives to the sentences that the draft quotes.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from fastapi.testclient import TestClient

from summarizer import api, cli, pipeline, prompts
from summarizer.contract import Answer, SummarizeRequest
from summarizer.pipeline import Outside
from summarizer.ports import LLM, Message, Store
from summarizer.services import Services
from summarizer.settings import Settings
from summarizer.store import MemoryStore
from summarizer.testing import ScriptedLLM
from tests import mutations
from tests.checker import Breach, breaches
from tests.mutations import Claim
from tests.test_bad_models import braces, prose

EXAMPLES = Path(__file__).parent.parent / "examples"
PROMPTS = prompts.load()

Texts = Sequence[tuple[str, str]]
"""Articles as (name, text)."""


def texts(example: str) -> list[tuple[str, str]]:
    """The articles of an example, by name."""
    return [(path.name, path.read_bytes().decode("utf-8")) for path in sorted((EXAMPLES / example).glob("*.txt"))]


def key(example: str) -> dict[str, Any]:
    """Where each planted thing of an example stands."""
    found: dict[str, Any] = json.loads((EXAMPLES / example / "key.json").read_text("utf-8"))
    return found


FERRY = texts("ferry")
BRIDGE = texts("bridge-ja")
DRAFT: dict[str, Any] = json.loads((EXAMPLES / "ferry" / "good_draft.json").read_text("utf-8"))
SENTENCES: list[list[Claim]] = [
    [mutations.claim(statement) for statement in sentence] for sentence in DRAFT["sentences"]
]
HEADLINE = mutations.claim(DRAFT["headline"])
DISPUTES: list[list[Claim]] = [[mutations.claim(side) for side in dispute] for dispute in DRAFT["disputes"]]


def bare(text: str) -> str:
    """The words of a statement without what joins it to the rest of its sentence."""
    return text.strip().rstrip(" .,;").removeprefix("and ").strip()


def count(text: str) -> int:
    """A token is four characters, in every test: cheap, and the budgets can be checked by hand."""
    return (len(text) + 3) // 4


def request(articles: Texts, **options: Any) -> SummarizeRequest:
    """The request for some articles."""
    return SummarizeRequest.model_validate(
        {"articles": [{"name": name, "text": text} for name, text in articles], **options}
    )


def outside(llm: LLM | None = None, *, store: Store | None = None, **changes: Any) -> Outside:
    """An `Outside` with an empty store of its own, unless one is given."""
    values: dict[str, Any] = {"count": count, **changes}
    return Outside(store=store or MemoryStore(), prompts=PROMPTS, llm=llm, **values)


async def summarize(articles: Texts, to: Outside | None = None, **options: Any) -> Answer:
    """The answer to some articles; the separate checker has passed it."""
    asked = request(articles, **options)
    answer = await pipeline.summarize(asked, to or outside())
    found = judged(answer, articles, **options)
    assert not found, "\n".join(f"{one.rule} {one.where}: {one.message}" for one in found)
    return answer


def judged(answer: Answer, articles: Texts, **options: Any) -> list[Breach]:
    """What the separate checker says of an answer to a request with these options.

    It counts a bullet as a word; so in bullets the words are counted by `test_bullets`.
    """
    return breaches(
        answer,
        articles,
        max_words=None if options.get("style") == "bullets" else options.get("max_words", 150),
        min_origins=options.get("min_origins", 1),
        include=options.get("include", ()),
    )


def good_reply(messages: Sequence[Message]) -> str:
    """The good draft of the ferry, for whatever part of the articles the question holds."""
    reply = prose(messages, SENTENCES, HEADLINE)
    rows = []
    for sides in DISPUTES:
        known = [(side, braces(messages, side)) for side in sides]
        if all(tags for _, tags in known):
            rows.append(" | ".join(f"{side.text} {tags}" for side, tags in known))
    return reply.replace("DISPUTES\nnone", "DISPUTES\n" + "\n".join(rows)) if rows else reply


def good_model(**named: Any) -> ScriptedLLM:
    """A model that answers every question about the ferry well."""
    return ScriptedLLM(good_reply, repeat=True, **named)


def says(*replies: str | Exception | Callable[[Sequence[Message]], str]) -> ScriptedLLM:
    """A model that gives these replies, the last of them for ever."""
    return ScriptedLLM(*replies, repeat=True)


def told(answer: Answer, but: Sequence[str] = ()) -> Mapping[str, Any]:
    """An answer without what belongs to one request only: its id, its times, its cost, and the fields of `but`."""
    return answer.model_dump(exclude={"id", "timings_ms", "usage", *but})


def codes(answer: Answer) -> list[str]:
    """The codes of the warnings."""
    return [warning.code for warning in answer.warnings]


def renumbered(answer: Answer, order: Sequence[int], names: Sequence[str]) -> dict[str, Any]:
    """What `told` would give if article i (from 0) had been sent at place order[i] and been called names[i].

    Written apart from `render.renumber`, as its judge: numbers of articles and origins are mapped, and what is sorted by
    them is sorted anew.
    """
    out: dict[str, Any] = json.loads(json.dumps(told(answer, but=("summary_cited", "warnings"))))
    place = {i + 1: order[i] + 1 for i in range(len(order))}
    rows = sorted(out["articles"], key=lambda row: place[row["number"]])
    origin: dict[int, int] = {}
    for row in rows:
        origin.setdefault(row["origin"], len(origin) + 1)

    def walk(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            if "quote" in value:
                was = value["article"]
                value.update(article=place[was], name=names[was - 1], origin=origin[value["origin"]])
            if isinstance(value.get("stances"), dict):
                value["stances"] = {str(place[int(n)]): stance for n, stance in value["stances"].items()}
            if "silent" in value:
                value["silent"] = sorted(place[n] for n in value["silent"])
            for item in value.values():
                walk(item)
            if "citations" in value:
                value["citations"].sort(key=_rank)

    walk(out)
    for row in rows:
        was = row["number"]
        row.update(number=place[was], name=names[was - 1], origin=origin[row["origin"]])
        for passage in row["copied"]:
            passage["from"] = place[passage["from"]]
    out["articles"] = rows
    return out


def comparable(answer: Answer) -> dict[str, Any]:
    """`told` in the form of `renumbered`."""
    return renumbered(answer, range(len(answer.articles)), [row.name for row in answer.articles])


def _rank(citation: Mapping[str, Any]) -> tuple[Any, ...]:
    return (citation["article"], citation["start"], citation["end"])


# --- the doors ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left."""

    code: int
    out: str
    err: str


def command(*arguments: object, stdin: bytes = b"") -> Ran:
    """Run the `summarizer` command in this process. Never a traceback, whatever it is given."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "argv", ["summarizer", *map(str, arguments)]),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    assert "Traceback" not in out.getvalue() + err.getvalue()
    return Ran(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def served(to: Outside, **settings: Any) -> Iterator[TestClient]:
    """The HTTP API with these outside things, on loopback. An exception in it is a 500, as on a real server."""
    made = Settings(**{"allowed_hosts": ("testserver",), **settings})
    app = api.create_app(made, services=Services(settings=made, outside=to))
    with TestClient(app, client=("127.0.0.1", 50_000), raise_server_exceptions=False) as web:
        yield web
