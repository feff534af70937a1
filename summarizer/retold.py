"""Whether several sentences together bear out a statement that retells them in words of its own.

Takes: the reading of a statement, the sentences that it rests on, and all sentences of their articles.
Gives: what speaks against the statement, how much of it the sentences have, and which of its words they have not.
Does not know: single sentences as carriers, roles, drafts, citations, verdicts.

Rule 1: a value, a name, a denial or an opposite that the sources do not have speaks against it; a word of its own does not.
Rule 2: names are looked up in the whole articles, values and words in the sentences.
Rule 3: words are looked up with few synonyms (`akin`): among the words of many sentences, one of all synonyms stands too often.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from summarizer import lexicon, polarity, roles
from summarizer.compare import carries
from summarizer.likeness import akin, folded, opposites, same, same_name
from summarizer.words import Quotation, Reading, Token, Value
from summarizer.words import stem as stem_of

_ABOUT = 0.03  # "about", "nearly", "almost": three in a hundred
_LEAST = 3  # letters of an acronym that is told by the first letters of a name


@dataclass(frozen=True, slots=True)
class Together:
    """What sentences say to a statement, all of them at once.

    against: why it cannot stand, in the order of the checks. coverage: share (0..1) of its content words that the
    sentences have. missing: the others, as written.
    """

    against: tuple[str, ...]
    coverage: float
    missing: tuple[str, ...]


def together(fact: Reading, evidence: Sequence[Reading], around: Sequence[Reading]) -> Together:
    """Hold one statement against all of `evidence`; `around` are the articles that it stands in."""
    tokens = [t for reading in evidence for t in reading.tokens if t.content]
    stems = {t.stem for t in tokens}
    against = []
    if not _values_stand(fact, evidence):
        against.append("number_not_in_source")
    unnamed = _unnamed(fact, _spoken(tuple(around)))
    if unnamed:
        against.append("name_not_in_source")
    if not _quotations_stand(fact, around):
        against.append("quotation_not_in_source")
    if _denied_alone(fact, evidence):
        against.append("negation_not_in_source")
    missing: list[str] = []
    names = {i for n in fact.names for i in range(n.first, n.last + 1)}
    content = [i for i, t in enumerate(fact.tokens) if t.content]
    for i in content:
        token = fact.tokens[i]
        valued = "number_not_in_source" not in against and any(v.start <= token.start < v.end for v in fact.values)
        if token.stem in stems or valued or (i in names and i not in unnamed) or any(akin(token, t) for t in tokens):
            continue
        missing.append(token.text)
        if opposites(token.stem) & stems:
            against.append("words_not_in_source")
    share = 1 - len(missing) / len(content) if content else 0.0
    return Together(tuple(dict.fromkeys(against)), share, tuple(missing))


@lru_cache(maxsize=8)
def _spoken(around: tuple[Reading, ...]) -> frozenset[str]:
    found = {folded(t) for reading in around for t in reading.tokens}
    for reading in around:
        for name in reading.names:
            found.add("".join(p[0] for p in name.parts))
    return frozenset(found)


def _values_stand(fact: Reading, evidence: Sequence[Reading]) -> bool:
    there = [v for reading in evidence for v in reading.values]
    decades = {
        t.norm[:-1] for reading in evidence for t in reading.tokens if t.norm[:1].isdigit() and t.norm[-1] == "s"
    }
    return all(
        _idle(v) or f"{v.amount:g}" in decades or any(_near(v, w) or _measured(v, w) for w in there)
        for v in fact.values
    )


_TITLE = 4  # words between quotation marks that may be a title or a turn of phrase rather than somebody's words


def _quotations_stand(fact: Reading, around: Sequence[Reading]) -> bool:
    """Whether all that the statement quotes stands in the articles, also where a mark's partner is in the next sentence."""
    spoken = [_opened(q, fact.text) for q in fact.quotations]
    spoken = [q for q in spoken if len(q.text.split()) > _TITLE]
    if not spoken:
        return True
    text = " ".join(reading.text for reading in around)
    return all(carries(replace(q, closed=True), text) for q in spoken)


_CLOSES = re.compile(r"[,.!?]$")


def _opened(quotation: Quotation, text: str) -> Quotation:
    """A quotation whose only mark closes it was opened in the sentence before: it is what stands before the mark."""
    before = text[: quotation.start].rstrip()
    if quotation.closed or not _CLOSES.search(before) or not text[quotation.start + 1 : quotation.start + 2].isspace():
        return quotation
    return replace(quotation, text=before, start=0, end=quotation.start)


# What one unit is in another of its kind, by the stems that a value's unit has.
_MEASURES = {
    stem_of(unit): (kind, size)
    for kind, units in {
        "length": {"metre": 1.0, "foot": 0.3048, "feet": 0.3048, "mile": 1609.3, "kilometre": 1000.0, "yard": 0.9144,
                   "inch": 0.0254, "centimetre": 0.01},
        "weight": {"kilogram": 1.0, "pound": 0.4536, "tonne": 1000.0, "ton": 1000.0},
    }.items()
    for unit, size in units.items()
}  # fmt: skip
_CONVERTED = 0.06  # "65 kilometres" for 40 miles, "1,300 feet" for 400 metres: converted and rounded


def _measured(mine: Value, theirs: Value) -> bool:
    """Whether a length or a weight is the same in another unit."""
    a, b = _MEASURES.get(mine.unit), _MEASURES.get(theirs.unit)
    if a is None or b is None or a[0] != b[0] or mine.unit == theirs.unit:
        return False
    return abs(mine.amount * a[1] - theirs.amount * b[1]) <= _CONVERTED * abs(theirs.amount * b[1])


def _idle(value: Value) -> bool:
    """Whether a value counts nothing: "one of", "first"."""
    return value.amount == 1 and value.kind in ("number", "ordinal")


def _near(mine: Value, theirs: Value) -> bool:
    """Whether a value is another one told as exactly, or rounded, or as about as much."""
    if mine.kind != theirs.kind:
        return False
    a, b = mine.amount, theirs.amount
    if abs(a - b) <= 1e-9 * max(1.0, abs(a)):
        return True
    if mine.kind not in ("number", "percent"):
        return False
    if mine.bound == "about" or mine.approximate:
        return abs(a - b) <= _ABOUT * abs(b)
    return abs(a) >= 1000 and _digits(a) < _digits(b) and round(b, _digits(a) - len(str(int(abs(b))))) == a


def _digits(amount: float) -> int:
    """How many digits an amount is told with, zeros behind them left out."""
    return len(str(int(abs(amount))).rstrip("0")) if amount == int(amount) else len(f"{amount:g}".replace(".", ""))


def _unnamed(fact: Reading, spoken: Collection[str]) -> set[int]:
    """Token indices of name parts that the articles do not have.

    The medium that reports a story is known to the caller and seldom named in its own text: "..., the Herald reports"
    is not looked up, nor is "he tells the Herald", nor any name in ", Karrow reports." at the end.
    """
    lost: set[int] = set()
    reporting = {i for heads, _ in roles.speakers(fact) for i in heads}
    reporting |= {i for i, t in enumerate(fact.tokens) if t.norm in ("points", "pointed") and _is(fact, i + 1, "out")}
    for name in fact.names:
        parts = list(zip(range(name.first, name.last + 1), name.parts, strict=True))
        behind = fact.tokens[name.last + 1].norm if name.last + 1 < len(fact.tokens) else ""
        medium = any(_medium(fact.tokens[i]) for i, _ in parts) or behind in _OUTLETS
        if medium and (any(name.first - 2 <= i <= name.last + 1 for i in reporting) or _told_to(fact, name.first)):
            continue
        if _credited(fact, name.first, name.last):
            continue
        for i, part in parts:
            if part in lexicon.TITLES or part in spoken or fact.tokens[i].stem in spoken:
                continue
            if any(same_name(part, s) for s in spoken):
                continue
            if len(name.parts) >= _LEAST and "".join(p[0] for p in name.parts) in spoken:
                continue
            lost.add(i)
    return lost


_OUTLETS = frozenset("newspaper paper magazine station network".split())


def _is(fact: Reading, i: int, norm: str) -> bool:
    return i < len(fact.tokens) and fact.tokens[i].norm == norm


def _told_to(fact: Reading, first: int) -> bool:
    """Whether a name stands behind "tells" or "told"."""
    return any(t.norm in ("tell", "tells", "told") for t in fact.tokens[max(0, first - 2) : first])


def _credited(fact: Reading, first: int, last: int) -> bool:
    """Whether a statement ends with a name and "reports", behind a comma: who had the story."""
    ending = last + 2 == len(fact.tokens) and fact.tokens[last + 1].norm in ("reports", "reported")
    opens = first - 1 if first and fact.tokens[first - 1].norm == "the" else first
    return ending and opens > 0 and "," in fact.text[fact.tokens[opens - 1].end : fact.tokens[opens].start]


def _medium(token: Token) -> bool:
    """Whether a word belongs to the name of a newspaper, an agency or a station ("Herald", "KCRA")."""
    call = token.text.isupper() and len(token.text) == 4 and token.text[0] in "KW"
    return call or token.norm in lexicon.MEDIA


def _denied_alone(fact: Reading, evidence: Sequence[Reading]) -> bool:
    """Whether the statement denies what no sentence denies."""
    if not fact.negations:
        return False
    for i in polarity.denied(fact):
        token = fact.tokens[i]
        about = [r for r in evidence if any(t.content and same(token, t) for t in r.tokens)]
        if not any(_denies(reading, token) for reading in about or evidence):
            return True
    return not any(reading.negations or polarity.denied(reading) for reading in evidence)


def _denies(reading: Reading, token: Token) -> bool:
    """Whether a sentence denies a word, or says the opposite of it, or denies anything where it has not the word."""
    mine = polarity.denied(reading)
    hits = [j for j, t in enumerate(reading.tokens) if t.content and same(token, t)]
    if any(j in mine for j in hits) or any(t.stem in opposites(token.stem) for t in reading.tokens):
        return True
    return bool(reading.negations) and (not hits or any(abs(j - n) <= _REACH for j in hits for n in reading.negations))


_REACH = 8  # words between a denial and what it denies, "has not yet met or even spoken to"
