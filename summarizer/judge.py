"""The judge's room: facts and the sentences that they rest on become a question to a second model, its reply rulings.

Takes: statements, each with the words of its spans, and the instructions' text. Gives: messages to send, and what a reply
rules of each statement. Does not know: articles, origins, checks, which model answers, or what is done with a ruling.

The form. A case is a line with the statement and a line for each span, every line opened by the id of its case:

    kqzthb FACT: The ferry left Port Anselm at noon.
    kqzthb TEXT: The ferry left at noon on Monday, the port of Anselm said.

An id is six letters from a hash over all cases together, so no article can know the id of its own case or another's; line
breaks become spaces, so no article can open a line. The reply is a line for each id: `kqzthb yes`, `partly` or `no`. Every
id must get one ruling, and no id two.

Among the cases stand two of our own, one that its text states and one that it does not: a judge that says yes to everything,
or no to everything, of its own will or because a sentence told it to, gives itself away and is not listened to.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Literal, get_args

from summarizer.ports import Message

Ruling = Literal["yes", "partly", "no"]

_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: an id is never a word
_LENGTH = 6  # letters of an id: 47 million of them


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, and the words of the spans that it rests on."""

    text: str
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent. ids: which case (index) each id stands for. known: what must be ruled of our own two cases."""

    messages: tuple[Message, ...]
    ids: Mapping[str, int]
    known: Mapping[str, Ruling]


class Unreadable(ValueError):
    """The reply does not rule on every case once. The text says what is missing."""


class Unreliable(ValueError):
    """The reply rules wrongly on a case whose ruling is known: none of its rulings is worth anything."""


def lines(case: Case, name: str = "x" * _LENGTH) -> list[str]:
    """The lines that carry a case to the judge."""
    return [f"{name} FACT: {_flat(case.text)}", *(f"{name} TEXT: {_flat(span)}" for span in case.spans)]


def ask(cases: Sequence[Case], *, instructions: str, request: str) -> Question:
    """The question about some cases, our own two among them. `request` has $cases."""
    seed = hashlib.sha256(
        json.dumps([[case.text, *case.spans] for case in cases]).encode("utf-8", "surrogatepass")
    ).digest()
    known = own(seed)
    every = [*cases, *(case for case, _ in known)]
    names: list[str] = []
    for number in range(len(every)):
        names.append(_name(seed, number, names))
    blocks = sorted((name, "\n".join(lines(case, name))) for name, case in zip(names, every, strict=True))
    user = Template(request).substitute(cases="\n\n".join(block for _, block in blocks))
    return Question(
        (Message("system", instructions.strip()), Message("user", user.strip())),
        dict(zip(names[: len(cases)], range(len(cases)), strict=True)),
        dict(zip(names[len(cases) :], (ruling for _, ruling in known), strict=True)),
    )


def ask_again(question: Question, reply: str, *, template: str, error: str) -> Question:
    """The repair turn for a reply that could not be read."""
    turn = Template(template).substitute(error=error).strip()
    messages = (*question.messages, Message("assistant", reply[:_QUOTED] or "-"), Message("user", turn))
    return Question(messages, question.ids, question.known)


_QUOTED = 2_000  # characters of an unreadable reply that are sent back with the repair turn


def _name(seed: bytes, number: int, taken: Sequence[str]) -> str:
    for again in range(len(taken) + 1):
        digest = hashlib.sha256(seed + f"{number}:{again}".encode()).digest()
        name = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_LENGTH])
        if name not in taken:
            break
    return name


def _flat(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


_WHO = ("museum", "library", "market hall", "swimming pool", "town archive", "theatre", "botanical garden", "bakery")
_WHEN = ("seven", "eight", "nine", "ten")
_WHAT = ("been sold to a hotel chain", "lost its roof in a storm", "doubled its entrance fee", "dismissed its director")


def own(seed: bytes) -> tuple[tuple[Case, Ruling], tuple[Case, Ruling]]:
    """Our own two cases: plain sentences about a place in no article, chosen by the content of the others."""
    digest = hashlib.sha256(b"own" + seed).digest()
    who, when, what = (row[byte % len(row)] for row, byte in zip((_WHO, _WHEN, _WHAT), digest, strict=False))
    text = f"The {who} opens at {when} in the morning and is closed on Mondays."
    return (
        (Case(text, (text,)), "yes"),
        (Case(f"The {who} has {what}.", (text,)), "no"),
    )


# -- reading ------------------------------------------------------------------------------------------------------------

_FENCE = re.compile(r"^\s*```\w*\s*$")
# Between an id and its ruling, and around them: what lists, tables, JSON and bold marks put there, and nothing that speaks.
# One run of it in each place: several that share characters would be tried in every way to divide a long row of bars.
_LINE = re.compile(
    rf"[\s>*\-•|\"'`(\[{{]*([{_LETTERS}]{{{_LENGTH}}})[\s*|\"'`()\[\]:=\-–—]*(yes|partly|no)[\s*|\"'`.,;)\]}}]*",
    re.IGNORECASE,
)


def read(reply: str, question: Question) -> tuple[Ruling, ...]:
    """What a reply rules, case by case. Errors: `Unreadable`, `Unreliable`."""
    wanted = {*question.ids, *question.known}
    found: dict[str, Ruling] = {}
    for name, ruling in _said(reply):
        if name not in wanted:
            continue
        if found.setdefault(name, ruling) != ruling:
            raise Unreadable(f"it rules on {name} twice, once {found[name]} and once {ruling}")
    missing = sorted(wanted - found.keys())
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise Unreadable(f"it has no line with yes, partly or no for {', '.join(missing[:3])}{more}")
    for name, known in question.known.items():
        if (found[name] == "yes") != (known == "yes"):
            raise Unreliable(f"it rules {found[name]} where {known} is known to be right")
    rulings = {index: found[name] for name, index in question.ids.items()}
    return tuple(rulings[index] for index in range(len(rulings)))


_RULINGS: dict[str, Ruling] = {ruling: ruling for ruling in get_args(Ruling)}


def _said(reply: str) -> list[tuple[str, Ruling]]:
    """(id, ruling) of each line that has both and says nothing else; of JSON, an object of them."""
    text = "\n".join(row for row in reply.splitlines() if not _FENCE.match(row)).strip()
    try:
        parsed = json.loads(text, object_pairs_hook=_pairs) if text.startswith("{") else None
    except (ValueError, RecursionError):
        parsed = None
    if isinstance(parsed, list):
        return [
            (name.casefold(), _RULINGS[ruling.strip().casefold()])
            for name, ruling in parsed
            if isinstance(ruling, str) and ruling.strip().casefold() in _RULINGS
        ]
    found = (_LINE.fullmatch(row) for row in text.splitlines())
    return [(match[1].casefold(), _RULINGS[match[2].casefold()]) for match in found if match is not None]


def _pairs(pairs: list[tuple[str, object]]) -> list[tuple[str, object]]:
    """An object as its pairs: a key that stands there twice is seen twice."""
    return pairs
