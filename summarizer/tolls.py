"""How many people a sentence counts as dead, injured or missing, in whatever words.

Takes: a reading. Gives: its numbers by what became of the people, and whether two of them exclude each other.
Does not know: sentences' articles, origins, what is a dispute.

"Killing four people", "six people dead" and "a death toll of 12" are counts of one thing, though they share no verb and hardly a
noun. Counts of a group within it ("two of them", "four children") are not taken for the whole.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from summarizer.roles import between, verbal
from summarizer.words import Reading, Value, stem

Fate = Literal["dead", "injured", "missing"]

_FATES: dict[str, Fate] = {
    **dict.fromkeys("dead died dies killed slain perished deaths fatalities death fatality".split(), "dead"),
    **dict.fromkeys("injured hurt wounded injuries injury".split(), "injured"),
    **dict.fromkeys("missing unaccounted".split(), "missing"),
}
_DOES: dict[str, Fate] = {
    **dict.fromkeys("kill kills killed killing claim claims claimed claiming".split(), "dead"),
    **dict.fromkeys(
        "injure injures injured injuring hurt hurts hurting wound wounds wounded wounding".split(), "injured"
    ),
}
_EVERYBODY = frozenset(stem(word) for word in "people person victim life fatality death injury casualty".split())
_STATES = frozenset(stem(word) for word in _FATES)
_BOUNDS = frozenset(
    "at least more than up to about around some nearly almost over as many an estimated the lives of".split()
)
_LINKS = frozenset(
    "were was are is have has had been be being left confirmed reported found still now also slightly seriously badly others".split()
)
_REACH = 5  # words from a number to what became of those it counts: "30 people were slightly or badly injured"
_TOLL = 8  # words from "death toll" to its number: "the death toll from the blast rose to 17"


def tolls(reading: Reading) -> list[tuple[Fate, Value]]:
    """The numbers of people with what became of them. None where a year says that it was another time."""
    if any(v.kind == "number" and not v.unit and 1900 <= v.amount <= 2100 and len(v.text) == 4 for v in reading.values):
        return []
    found: list[tuple[Fate, Value]] = []
    for v in reading.values:
        if v.kind != "number" or v.range or not _counts_everybody(v):
            continue
        fate = _behind(reading, v) or _before(reading, v)
        if fate is not None:
            found.append((fate, v))
    return found


def _counts_everybody(v: Value) -> bool:
    return not v.unit or v.unit in _EVERYBODY | _STATES or (v.unit == "other" and v.bound == "more")


def _behind(reading: Reading, v: Value) -> Fate | None:
    """ "Six people dead", "30 were hurt"; not "seven killed two guards", where the verb has an object."""
    first = next((k for k, t in enumerate(reading.tokens) if t.start >= v.end), None)
    if first is None or between(reading, first - 1, first).strip():
        return None
    for k in range(first, min(first + _REACH, len(reading.tokens))):
        token = reading.tokens[k]
        if (k > first and between(reading, k - 1, k).strip(" ")) or any(w.start == token.start for w in reading.values):
            return None
        fate = _FATES.get(token.norm)
        if fate is not None:
            return None if token.norm in _DOES and _has_object(reading, k) else fate
        if token.stem not in _EVERYBODY and token.norm not in _LINKS | {"or", "and"}:
            return None
    return None


def _has_object(reading: Reading, k: int) -> bool:
    if k + 1 >= len(reading.tokens) or between(reading, k, k + 1).strip():
        return False
    following = reading.tokens[k + 1]
    return following.norm in ("the", "a", "an", "his", "her", "their", "its") or (
        following.content and not verbal(reading, k + 1) and not following.norm.endswith("ly")
    )


def _before(reading: Reading, v: Value) -> Fate | None:
    """ "Killing at least four", "a death toll of 12"."""
    last = next((k for k in range(len(reading.tokens) - 1, -1, -1) if reading.tokens[k].end <= v.start), None)
    if last is None:
        return None
    k = last
    while k >= 0 and reading.tokens[k].norm in _BOUNDS and not between(reading, k, k + 1).strip():
        k -= 1
    if k < 0 or between(reading, k, k + 1).strip():
        return None
    norm = reading.tokens[k].norm
    if norm in _DOES and (norm[:5] != "claim" or v.unit == _LIFE or reading.tokens[k + 2].norm == "lives"):
        return _DOES[norm]
    near = [t.norm for t in reading.tokens[max(0, last + 1 - _TOLL) : last + 1]]
    return "dead" if any(pair == ("death", "toll") for pair in pairwise(near)) else None


_LIFE = stem("life")


def speaks_of(reading: Reading, fate: Fate) -> bool:
    """Whether a sentence tells of anybody that they died, were hurt or are missing."""
    return any(_FATES.get(t.norm) == fate or _DOES.get(t.norm) == fate for t in reading.tokens)


def exclude(v: Value, w: Value) -> bool:
    """Whether two counts of one thing cannot both hold; bounds are kept to, and "about" is a sixth to either side."""
    if v.bound == w.bound == "" and not (v.approximate or w.approximate):
        return v.amount != w.amount
    for one, other in ((v, w), (w, v)):
        if other.bound == "" and not other.approximate:
            if one.bound == "more":
                return other.amount < one.amount
            if one.bound == "less":
                return other.amount > one.amount
    if "more" in (v.bound, w.bound) or "less" in (v.bound, w.bound):
        return False
    return abs(v.amount - w.amount) > max(v.amount, w.amount) / 6
