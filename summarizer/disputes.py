"""Where articles disagree, as far as their own sentences show it.

Takes: the table of sentences, the origins. Gives: conflicts between pairs of sentences, each with its kind and slot.
Does not know: the summary, models, or which side is right.

Rule 1: independence first. Sentences of one origin never disagree here.
Rule 2: mutual exclusivity. A value counts as another one only if neither article has the other's value for that thing.
Rule 3: what is compared must be the same: the words around the slot are held against each other with the slot left out.
Rule 4: few synonyms where a difference is claimed (`akin`), all of them where it would be none (`same`, `groups`).
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer import lexicon
from summarizer.denials import Poles, contradicted, denials, may_deny, may_oppose, opposed, poles
from summarizer.likeness import Corpus, akin, family, groups, kin, named, same_name
from summarizer.polarity import denied
from summarizer.release import release
from summarizer.roles import speakers, verbal
from summarizer.tolls import Fate, exclude, speaks_of, tolls
from summarizer.values import HEDGE, Conflict, Key, Origins, Sentence, Stance
from summarizer.words import Name, Reading, Token, Value, balanced, in_small_letters, read

# Shares of the shorter sentence's weighted content words that the other has, the slot left out. All from the tune half of row 6
# (planted disputes and untouched clusters; two articles of two stories that look alike for what must not differ); the report
# half is in docs/evaluation.md. Lower shares find hardly more there and raise more false alarms.
_SAME_NUMBER = 0.42
_SAME_TOLL = 0.15  # counts of the dead, the injured or the missing, whatever the words
_SHARED_TOLL = 2
_SAME_YEAR = 0.6  # and one verb near both: "founded in 1900", "founded in 1914"
_SAME_DATE = 0.42
_SAME_DATED_DEED = 0.35  # weekdays with one verb near both
_SAME_TOLD = 0.3  # dates: the same without words in capitals; two reports on one person share the names anyway
_SAME_OFFICE = 0.27
_SAME_FIRST_NAME = 0.25
_SAME_TOLD_OF = 0.15  # names: the same without words in capitals
_SAME_ELSEWHERE = 0.25  # further sentences of two articles that are known to differ in a name or a date
_SAME_DENIED = 0.3  # the whole sentences; `denials` asks for more of the words around the deed
_SHARED_DENIED = 3
_SAME_FRAME = 0.42  # what is open in one sentence, and settled or planned in the other
_SAME_FRAME_PLAIN = 0.4  # what is open in one sentence, and plainly told in the other
_SAME_WORDS = 0.55  # the same, without a common verb
_UNSURE = 0.33  # below these, what is open or may be is a stance of that article and no dispute
_UNSURE_WORDS = 3
_SAME_MAYBE = 0.4
_THROUGHOUT = ("name:", "weekday:", "month:")  # what an article that says it once says throughout
_VISITS = (
    240  # places looked up to find the sentences that one is held against, its rarest words first: bounds the work
)
_HOLDERS = 60  # sentences that hold a word, beyond which it finds none: bounds the work
_PAIRS = 6  # sentences of other articles that one sentence is held against: nine find no more on the tune half

_Sentences = Sequence[Sequence[Sentence]]
_Index = Mapping[str, Sequence[Key]]


@dataclass(frozen=True, slots=True)
class _Side:
    """One sentence as comparisons need it: its content words, by stem, by synonym group, by their first four letters.

    weights: of the content words. unsure: token indices of words that make unsure (`_MAYBE`). denies: it may deny
    something. poles: its words that have an opposite. saying: offsets of the words that tell who says it.
    """

    key: Key
    reading: Reading
    content: tuple[Token, ...]
    weights: tuple[float, ...]
    stems: Mapping[str, Token]
    groups: frozenset[int]
    beginnings: Mapping[str, tuple[Token, ...]]
    unsure: tuple[int, ...]
    denies: bool
    poles: Poles
    tolls: tuple[tuple[Fate, Value], ...]
    saying: frozenset[int]

    def has(self, token: Token) -> bool:
        """Whether one of its content words is the same as a token (`likeness.akin`, by look-up)."""
        held = self.stems.get(token.stem)
        if held is not None:
            return akin(token, held)
        norm = token.norm
        if norm[:1].isdigit():
            return False
        if self.groups and not self.groups.isdisjoint(kin(token.stem)):
            return True
        near = self.beginnings.get(norm[:4])
        return near is not None and any(akin(token, t) for t in near)


def _side(key: Key, reading: Reading, words: Corpus) -> _Side:
    content = reading.content
    beginnings: dict[str, list[Token]] = defaultdict(list)
    for t in content:
        beginnings[t.norm[:4]].append(t)
    return _Side(
        key,
        reading,
        content,
        tuple([words.weight(t) for t in content]),
        {t.stem: t for t in content},
        frozenset(g for t in content for g in kin(t.stem)),
        {b: tuple(rows) for b, rows in beginnings.items()},
        tuple([i for i, t in enumerate(reading.tokens) if t.norm in _MAYBE]),
        may_deny(reading),
        poles(reading),
        tuple(tolls(reading)),
        frozenset(reading.tokens[i].start for who, verb in speakers(reading) for i in (*who, verb)),
    )


class _Pair:
    """Two sentences of two origins, and which words of each the other has (looked up when first asked for)."""

    __slots__ = ("_mine", "_theirs", "words", "x", "y")

    def __init__(self, x: _Side, y: _Side, words: Corpus) -> None:
        self.x, self.y, self.words = x, y, words
        self._mine: list[tuple[Token, float, bool]] | None = None
        self._theirs: list[tuple[Token, float, bool]] | None = None

    @property
    def mine(self) -> list[tuple[Token, float, bool]]:
        """The content words of the first sentence: (word, weight, whether the second has it)."""
        if self._mine is None:
            has = self.y.has
            self._mine = [(t, weight, has(t)) for t, weight in zip(self.x.content, self.x.weights, strict=True)]
        return self._mine

    @property
    def theirs(self) -> list[tuple[Token, float, bool]]:
        """The content words of the second sentence, in the same way."""
        if self._theirs is None:
            has = self.x.has
            self._theirs = [(t, weight, has(t)) for t, weight in zip(self.y.content, self.y.weights, strict=True)]
        return self._theirs

    def overlap(self, v: tuple[int, int], w: tuple[int, int], *, small: bool = False, told: bool = False) -> float:
        """Weighted share of the shorter side's content words that the other has, `v` and `w` (offsets) left out.

        small: words with a capital left out too: what is told, not of whom. told: words left out of those who say it.
        """
        sides = []
        for side, rows, (start, end) in ((self.x, self.mine, v), (self.y, self.theirs, w)):
            total = hit = 0.0
            for t, weight, found in rows:
                if told and t.start in side.saying:
                    continue
                if not start <= t.start < end and not (small and t.text[0].isupper()):
                    total += weight
                    hit += weight if found else 0.0
            sides.append((total, hit))
        total, hit = min(sides)
        return hit / total if total else 0.0

    def shared(self, v: tuple[int, int], w: tuple[int, int], but: Collection[str] = (), *, told: bool = False) -> int:
        """How many different words of the first side, its slot left out, the other has. told: as in `overlap`."""
        said = self.x.saying if told else ()
        return len(
            {
                t.stem
                for t, _, found in self.mine
                if found and not v[0] <= t.start < v[1] and t.stem not in but and t.start not in said
            }
        )

    def near(self, v: int, w: int) -> float:
        """The share of the words of the two clauses around two offsets: six words to each side, not who says it."""
        a = [t for t in _window(self.x.reading, v) if t.start not in self.x.saying]
        b = [t for t in _window(self.y.reading, w) if t.start not in self.y.saying]
        if not a or not b:
            return 0.0
        hits_a = {t.start for t, _, found in self.mine if found}
        hits_b = {t.start for t, _, found in self.theirs if found}
        stems_a, stems_b = {t.stem for t in a}, {t.stem for t in b}
        sides = []
        for rows, hits, others, opposite in ((a, hits_a, stems_b, b), (b, hits_b, stems_a, a)):
            total = sum(self.words.weight(t) for t in rows)
            hit = sum(
                self.words.weight(t)
                for t in rows
                if t.stem in others or (t.start in hits and any(akin(t, o) for o in opposite))
            )
            sides.append((total, hit))
        total, hit = min(sides)
        return hit / total if total else 0.0


def find(sentences: _Sentences, origins: Origins, words: Corpus) -> tuple[Conflict, ...]:
    """All conflicts, strongest first."""
    readings: dict[Key, Reading] = {
        s.key: named(read(s.text), words)
        for article in sentences
        for s in article
        if not s.heading and balanced(s.text)
    }
    sides: dict[Key, _Side] = {}

    def side(key: Key) -> _Side:
        if key not in sides:
            sides[key] = _side(key, readings[key], words)
        return sides[key]

    index = _index(readings)
    known = _Known(readings)
    found: list[Conflict] = []
    pairs = [p for p in _pairs(readings, index, origins, words) if _comparable(readings[p[0]], readings[p[1]])]
    for a, b in pairs:
        found.extend(_differences(_Pair(side(a), side(b), words), known))
    if any(c.kind == "contradiction" for c in found):
        by_article: dict[int, list[Key]] = defaultdict(list)
        for key in readings:
            by_article[key.article].append(key)
        found = [c for c in found if c.kind != "contradiction" or not _knows_both(c, readings, by_article)]
    apart = {(c.a, c.b) for c in found if c.kind == "contradiction"}
    found += _elsewhere(found, [(side(a), side(b)) for a, b in _again(found, pairs)], words)
    found += _companions(found, readings, index, words)
    frames = _frames(readings, index, origins, words)
    found += [c for c in frames if c.slot == HEDGE or not {(c.a, c.b), (c.b, c.a)} & apart]  # told once
    found += _firsts(readings, origins)
    unique: dict[tuple[str, frozenset[Key], str], Conflict] = {}
    for c in sorted(found, key=lambda c: (-c.score, c.a, c.b)):
        unique.setdefault((c.kind, frozenset((c.a, c.b)), c.slot), c)
    release(pairs, sides, index, readings)
    return tuple(unique.values())


def _index(readings: Mapping[Key, Reading]) -> dict[str, list[Key]]:
    """Stem -> the sentences that hold it, for stems that tell sentences apart."""
    index: dict[str, list[Key]] = defaultdict(list)
    for key, reading in readings.items():
        for stem in dict.fromkeys(t.stem for t in reading.tokens if t.content):
            index[stem].append(key)
    telling = {stem: keys for stem, keys in index.items() if 1 < len(keys) <= _HOLDERS}
    release(index)
    return telling


def _nearest(tokens: Sequence[Token], index: _Index, words: Corpus) -> dict[Key, float]:
    """The sentences that hold the rarest words, with the weight of what they share."""
    held = {t.stem: t for t in tokens if t.content and t.stem in index}
    score: dict[Key, float] = defaultdict(float)
    visits = 0
    for token in sorted(held.values(), key=lambda t: (len(index[t.stem]), t.stem)):
        keys = index[token.stem]
        visits += len(keys)
        if visits > _VISITS:
            break
        weight = words.weight(token)
        for other in keys:
            score[other] += weight
    return score


def _pairs(
    readings: Mapping[Key, Reading], index: _Index, origins: Origins, words: Corpus
) -> Iterable[tuple[Key, Key]]:
    """Each sentence with the few of other origins that share most with it; linear in the sentences."""
    home = {key: origins.of(key) for key in readings}
    seen: set[tuple[Key, Key]] = set()
    for key, reading in readings.items():
        rivals = [
            (-s, other)
            for other, s in _nearest(reading.tokens, index, words).items()
            if other.article != key.article and home[other] != home[key]
        ]
        for _, other in heapq.nsmallest(_PAIRS, rivals):
            pair = (key, other) if key < other else (other, key)
            if pair not in seen:
                seen.add(pair)
                yield pair


def _comparable(x: Reading, y: Reading) -> bool:
    """Whether two sentences have anything that could differ: values of one kind, names, or a negation on one side."""
    if x.names and y.names:
        return True
    kinds = {v.kind for v in x.values}
    if any(w.kind in kinds for w in y.values) or x.negations or y.negations or x.hedges or y.hedges:
        return True
    if may_deny(x) or may_deny(y):
        return True
    ours, theirs = poles(x), poles(y)
    return may_oppose(x, ours, theirs) or may_oppose(y, theirs, ours)


def _again(found: Sequence[Conflict], pairs: Sequence[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
    """The pairs of sentences of those articles that are known to differ in a name or a weekday."""
    apart = {(c.a.article, c.b.article) for c in found if c.slot.startswith(_THROUGHOUT)}
    return [(a, b) for a, b in pairs if (a.article, b.article) in apart]


def _elsewhere(found: Sequence[Conflict], pairs: Sequence[tuple[_Side, _Side]], words: Corpus) -> list[Conflict]:
    """Where two articles differ in a name or a weekday, their other sentences with the two values, if they are alike."""
    apart = {(c.a.article, c.b.article, c.slot, c.a_value, c.b_value) for c in found if c.slot.startswith(_THROUGHOUT)}
    by_articles: dict[tuple[int, int], list[tuple[str, str, str]]] = defaultdict(list)
    for i, j, slot, one, other in sorted(apart):
        by_articles[i, j].append((slot, one, other))
    more: list[Conflict] = []
    for x, y in pairs:
        for slot, one, other in by_articles[x.key.article, y.key.article]:
            if not _has_value(x.reading, slot, one) or not _has_value(y.reading, slot, other):
                continue
            pair = _Pair(x, y, words)
            score = pair.overlap((0, 0), (0, 0))
            if score >= _SAME_ELSEWHERE and pair.shared((0, 0), (0, 0)) >= 2:
                more.append(Conflict("value", slot, x.key, y.key, one, other, ("differs", "differs"), score))
    return more


def _companions(
    found: Sequence[Conflict], readings: Mapping[Key, Reading], index: _Index, words: Corpus
) -> list[Conflict]:
    """Further sentences that have the value of one side and tell the same: their articles take part in the dispute too."""
    more: list[Conflict] = []
    around: dict[Key, list[Key]] = {}
    for c in found:
        if c.kind != "value":
            continue
        taken = {c.a.article, c.b.article}
        for side, value in ((c.a, c.a_value), (c.b, c.b_value)):
            mine = readings[side].content
            if side not in around:
                around[side] = sorted(_nearest(mine, index, words))
            for key in around[side]:
                if key.article in taken or not _has_value(readings[key], c.slot, value):
                    continue
                if _overlap(mine, readings[key].content, words) >= 0.6:
                    pair = (key, c.b) if side == c.a else (c.a, key)
                    more.append(replace(c, a=pair[0], b=pair[1]))
                    taken.add(key.article)
    return more


def _has_value(reading: Reading, slot: str, value: str) -> bool:
    kind, _, _ = slot.partition(":")
    if kind == "name":
        return set(value.split()) <= {p for n in reading.names for p in n.parts}
    return any(v.kind == kind and f"{v.amount:g}" == value for v in reading.values)


def _overlap(a: Sequence[Token], b: Sequence[Token], words: Corpus) -> float:
    """Weighted share of the shorter side's content words that the other side has."""
    if not a or not b:
        return 0.0

    weight_a, weight_b = sum(map(words.weight, a)), sum(map(words.weight, b))
    few, many, total = (a, b, weight_a) if weight_a <= weight_b else (b, a, weight_b)
    if not total:
        return 0.0
    # Who has neither a beginning nor a synonym in common with a word is not the same (`same`): the others are not asked.
    near: dict[str | int, list[Token]] = defaultdict(list)
    for o in many:
        for mark in _marks(o):
            near[mark].append(o)
    return (
        sum(words.weight(t) for t in few if any(akin(t, o) for mark in _marks(t) for o in near.get(mark, ()))) / total
    )


def _marks(token: Token) -> Iterable[str | int]:
    """The beginnings of a word and its synonym groups: the same words have one in common."""
    head, other = token.stem[:4], token.norm[:4]
    return (head, *kin(token.stem)) if head == other else (head, other, *kin(token.stem))


class _Known:
    """What each article says anywhere: its values and the parts of its names."""

    def __init__(self, readings: Mapping[Key, Reading]) -> None:
        self.values: dict[int, dict[tuple[str, float], list[Value]]] = defaultdict(lambda: defaultdict(list))
        self.names: dict[int, set[str]] = defaultdict(set)
        self.people: dict[int, set[str]] = defaultdict(set)
        for key, reading in readings.items():
            for v in reading.values:
                self.values[key.article][v.kind, v.amount].append(v)
            for name in reading.names:
                self.names[key.article] |= set(name.parts)
            self.people[key.article].update(_people(reading))

    def has(self, article: int, v: Value) -> bool:
        """Whether an article has a value anywhere, for a thing that can be the same."""
        return any(
            not v.unit or not w.unit or _same_unit(v.unit, w.unit) or not groups(v.unit).isdisjoint(groups(w.unit))
            for w in self.values[article].get((v.kind, v.amount), ())
        )


def _differences(pair: _Pair, known: _Known) -> Iterable[Conflict]:
    yield from _numbers(pair, known)
    yield from _tolls(pair, known)
    yield from _persons(pair, known)
    yield from _negations(pair)
    yield from _hedges(pair)


# -- values -------------------------------------------------------------------------------------------------------------


def _numbers(pair: _Pair, known: _Known) -> Iterable[Conflict]:
    x, y = pair.x.reading, pair.y.reading
    a, b = pair.x.key, pair.y.key
    fates = {id(v): fate for side in (pair.x, pair.y) for fate, v in side.tolls}

    def apart(v: Value, other: Value, beside: Reading) -> bool:
        """Whether one is a count of the dead or the injured and the other, of another sentence, is none of these."""
        fate = fates.get(id(v))
        return fate is not None and fates.get(id(other), fate if speaks_of(beside, fate) else None) != fate

    for v in x.values:
        for w in y.values:
            if v.kind != w.kind or v.amount == w.amount or _roughly(v, w):
                continue
            if apart(v, w, y) or apart(w, v, x):
                continue
            here, there = (v.start, v.end), (w.start, w.end)
            but = {v.unit, w.unit}
            if v.kind in ("number", "percent"):
                if _year(v) and _year(w):
                    need = _SAME_YEAR if _one_dated_deed(x, v, y, w) else 1.0
                elif (
                    (v.kind == "number" and not _one_unit(x, v, y, w))
                    or not _one_deed(x, v.start, y, w.start)
                    or _other_thing(x, v.end, y, w.end)
                    or _other_measure(x, v.start, y, w.start)
                ):
                    continue
                else:
                    need = _SAME_NUMBER
            elif v.kind in ("weekday", "month", "time"):
                need = _SAME_DATED_DEED if v.kind == "weekday" and _one_dated_deed(x, v, y, w) else _SAME_DATE
            else:
                continue
            if known.has(b.article, v) or known.has(a.article, w):
                continue
            if v.kind == "weekday" and _said_and_done(x, v, y, w):
                continue
            counted = v.kind in ("number", "percent")
            score = pair.overlap(here, there, told=counted)
            if counted and need < 1.0:
                score = max(score, pair.near(v.start, w.start) * 0.9)
            if (
                score >= need
                and pair.shared(here, there, but, told=counted) >= 2
                and (counted or pair.overlap(here, there, small=True) >= _SAME_TOLD)
            ):
                slot = f"{v.kind}:{fates.get(id(v), fates.get(id(w), v.unit))}"
                yield Conflict("value", slot, a, b, f"{v.amount:g}", f"{w.amount:g}", ("differs", "differs"), score)


def _tolls(pair: _Pair, known: _Known) -> Iterable[Conflict]:
    """Two counts of the dead, the injured or the missing, told in whatever words."""
    for fate, v in pair.x.tolls:
        for other, w in pair.y.tolls:
            if fate != other or not exclude(v, w):
                continue
            if known.has(pair.y.key.article, v) or known.has(pair.x.key.article, w):
                continue
            here, there = (v.start, v.end), (w.start, w.end)
            score = pair.overlap(here, there)
            if score >= _SAME_TOLL and pair.shared(here, there, {v.unit, w.unit}) >= _SHARED_TOLL:
                values = f"{v.amount:g}", f"{w.amount:g}"
                yield Conflict(
                    "value", f"number:{fate}", pair.x.key, pair.y.key, *values, ("differs", "differs"), score
                )


def _one_unit(x: Reading, v: Value, y: Reading, w: Value) -> bool:
    """Whether two numbers count one thing; without any unit, whether one noun stands right before both ("age 48")."""
    if v.unit and w.unit:
        return _same_unit(v.unit, w.unit)
    mine, theirs = _noun_before(x, v.start), _noun_before(y, w.start)
    return not v.unit and not w.unit and mine is not None and theirs is not None and mine.stem == theirs.stem


def _noun_before(reading: Reading, at: int) -> Token | None:
    """The small word right before an offset, "of" passed over."""
    before = [i for i, t in enumerate(reading.tokens) if t.end <= at and t.norm != "of"][-1:]
    token = reading.tokens[before[0]] if before else None
    return (
        token
        if token is not None and token.content and token.text[0].islower() and not verbal(reading, before[0])
        else None
    )


def _year(v: Value) -> bool:
    return v.kind == "number" and not v.unit and len(v.text) == 4 and 1900 <= v.amount <= 2100


_ROUGHLY = 0.15  # "about 200" and "212" are one report, rounded by one of the two


def _roughly(v: Value, w: Value) -> bool:
    """Whether two amounts are one, rounded by one of the two: "about 200" and 212, 9 and 8.91."""
    whole, exact = (v.amount, w.amount) if v.amount == int(v.amount) else (w.amount, v.amount)
    if whole == int(whole) and exact != int(exact) and round(exact) == whole and whole > 2:
        return True
    return v.approximate != w.approximate and abs(v.amount - w.amount) < _ROUGHLY * max(v.amount, w.amount)


def _one_deed(x: Reading, v: int, y: Reading, w: int) -> bool:
    """Whether the verbs right before two values are one: "killed 14 skiers" and "injured 20 skiers" do not differ."""
    mine, theirs = _verb_before(x, v), _verb_before(y, w)
    return mine is None or theirs is None or akin(mine, theirs)


def _verb_before(reading: Reading, at: int) -> Token | None:
    before = [i for i, t in enumerate(reading.tokens) if t.end <= at][-2:]
    return next((reading.tokens[i] for i in reversed(before) if verbal(reading, i)), None)


def _other_thing(x: Reading, v: int, y: Reading, w: int) -> bool:
    """Whether names right behind two values tell two things apart: "$60bn of American goods", "$34 billion in Chinese goods"."""
    mine, theirs = _names_behind(x, v), _names_behind(y, w)
    return bool(mine) and bool(theirs) and not mine & theirs


def _names_behind(reading: Reading, at: int) -> set[str]:
    following = [t for t in reading.tokens if t.start >= at][:3]
    return {t.stem for t in following if t.norm in lexicon.DEMONYMS or (t.content and t.text[:1].isupper())}


def _other_measure(x: Reading, v: int, y: Reading, w: int) -> bool:
    """Whether two values are of two measures of one name: "a quarter-mile time of 9 seconds", "a 0-60 time of 2 seconds"."""
    mine, theirs = _measure(x, v), _measure(y, w)
    if not mine or not theirs or not akin(mine[0], theirs[0]) or len(mine) == 1 or len(theirs) == 1:
        return False
    return not any(akin(t, o) for t in mine[1:] for o in theirs[1:])


def _measure(reading: Reading, at: int) -> list[Token]:
    """The noun that a value behind "of" is of, and the words joined to it from before: "time", "mile", "quarter"."""
    i = next((k for k in range(len(reading.tokens) - 1, -1, -1) if reading.tokens[k].end <= at), -1)
    led = [reading.tokens[k].norm for k in range(max(0, i - 2), i + 1)]
    if "of" not in led:
        return []
    while i >= 0 and not reading.tokens[i].content:
        i -= 1
    found: list[Token] = []
    while i >= 0 and reading.tokens[i].content and not verbal(reading, i) and len(found) <= _MEASURED:
        found.append(reading.tokens[i])
        if i and reading.text[reading.tokens[i - 1].end : reading.tokens[i].start] not in (" ", "-"):
            break
        i -= 1
    return found


_MEASURED = 3  # words before the noun that may tell its kind

_DATED = 4  # words to each side of a date among which its verb stands


def _one_dated_deed(x: Reading, v: Value, y: Reading, w: Value) -> bool:
    """Whether a verb near one date is a verb near the other: "ruled on Friday", "on Wednesday ruled"."""
    mine, theirs = _verbs_near(x, v), _verbs_near(y, w)
    return any(akin(a, b) for a in mine for b in theirs)


def _verbs_near(reading: Reading, v: Value) -> list[Token]:
    at = next((i for i, t in enumerate(reading.tokens) if t.start >= v.start), 0)
    span = range(max(0, at - _DATED), min(at + _DATED + 1, len(reading.tokens)))
    return [reading.tokens[i] for i in span if i != at and verbal(reading, i)]


_SPOKEN_NEAR = 3  # words between a weekday and the verb that it dates


def _said_and_done(x: Reading, v: Value, y: Reading, w: Value) -> bool:
    """Whether one weekday dates what was said, and the other what was done: "said on Sunday that it sank on Saturday".

    So are the day of an announcement and the day that it is about two days.
    """
    mine, theirs = _dated_verb(x, v), _dated_verb(y, w)
    ours, others = _of_what_is_told(x, v), _of_what_is_told(y, w)
    teller = theirs if ours else mine
    if ours != others and teller is not None and teller.norm in _TELLING:
        return True
    if mine is None or theirs is None:
        return False
    return (mine.norm in _SAYING) != (theirs.norm in _SAYING) and not akin(mine, theirs)


def _of_what_is_told(reading: Reading, v: Value) -> bool:
    """Whether a weekday stands in what somebody announces for later: "announced that they would meet on Monday"."""
    before = [t.norm for t in reading.tokens if t.end <= v.start]
    told = next((i for i, norm in enumerate(before) if norm in _TELLING), None)
    verb = _dated_verb(reading, v)
    if verb is not None and verb.norm in _TELLING:
        return False  # "said it would close, the owner announced on Monday"
    return told is not None and not _AHEAD.isdisjoint(before[told + 1 :])


_TELLING = lexicon.REPORTING | frozenset(
    "revealed confirmed disclosed unveiled reported announcement statement".split()
)
_AHEAD = frozenset("will would shall".split())


def _dated_verb(reading: Reading, v: Value) -> Token | None:
    """The verb nearest to a weekday, the one before it first."""
    at = next((i for i, t in enumerate(reading.tokens) if t.start >= v.start), 0)
    for step in range(1, _SPOKEN_NEAR + 1):
        for i in (at - step, at + step):
            if 0 <= i < len(reading.tokens) and verbal(reading, i):
                return reading.tokens[i]
    return None


# What only tells: who announces or confirms something does it on that day.
_SAYING = frozenset("say says said saying tell tells told telling add adds added".split())


def _same_unit(a: str, b: str) -> bool:
    return a == b or family(a, b) or akin(Token(0, 0, a, a, a, True), Token(0, 0, b, b, b, True))


def _window(reading: Reading, at: int) -> list[Token]:
    """The content words of the clause around an offset: six words to each side."""
    near = [i for i, t in enumerate(reading.tokens) if t.start >= at][:1]
    centre = near[0] if near else 0
    return [t for t in reading.tokens[max(0, centre - 6) : centre + 9] if t.content and t.start != at]


# -- names --------------------------------------------------------------------------------------------------------------

# Words that make a run of capitals something else than a person.
_NO_PERSON = frozenset(
    """house department court state states ministry government council parliament party police committee commission
    agency authority office company bank university institute association union federation board senate congress
    administration city county street times post journal news agency center centre north south east west northern
    southern eastern western central white supreme united national""".split()
)
_OFFICES = (lexicon.TITLES - _NO_PERSON - frozenset("mr mrs ms dr sir lord lady miss".split())) | frozenset(
    "gov sen rep supervisor congressman congresswoman".split()
)


def _persons(pair: _Pair, known: _Known) -> Iterable[Conflict]:
    x, y = pair.x.reading, pair.y.reading
    a, b = pair.x.key, pair.y.key
    for n in x.names:
        p = [s for s in n.parts if s not in lexicon.TITLES]
        if not p or set(n.parts) & _NO_PERSON or p[-1] in known.names[b.article]:
            continue
        for m in y.names:
            q = [s for s in m.parts if s not in lexicon.TITLES]
            if not q or set(m.parts) & _NO_PERSON or q[-1] in known.names[a.article]:
                continue
            if min(len(p[-1]), len(q[-1])) < 3 or same_name(p[-1], q[-1]) or family(p[-1], q[-1]):
                continue
            given = (
                len(p) > 1 and len(q) > 1 and p[-2] == q[-2]
                and (p[-1] in known.people[a.article] or q[-1] in known.people[b.article])
            )  # fmt: skip
            office = not given and _one_office(x, n, y, m)
            if not given and not office:
                continue
            here, there = (n.start, n.end), (m.start, m.end)
            score = pair.overlap(here, there)
            if (
                score >= (_SAME_FIRST_NAME if given else _SAME_OFFICE)
                and pair.shared(here, there) >= 2
                and pair.overlap(here, there, small=True) >= _SAME_TOLD_OF
            ):
                yield Conflict(
                    "value",
                    "name:" + "+".join(sorted((p[-1], q[-1]))),
                    a,
                    b,
                    p[-1],
                    q[-1],
                    ("differs", "differs"),
                    score,
                )


def _people(reading: Reading) -> Iterable[str]:
    """The last parts of names that a sentence shows to be people's: with a title, or they say something, or "who"."""
    for name in reading.names:
        after = reading.tokens[name.last + 1].norm if name.last + 1 < len(reading.tokens) else ""
        before = reading.tokens[name.first - 1].norm if name.first else ""
        spoke = after in lexicon.REPORTING or after in lexicon.CLAIMING or after == "who"
        if spoke or before in lexicon.REPORTING or set(name.parts) & _OFFICES or (before in _OFFICES):
            yield name.parts[-1]


_RANKS = frozenset("former then current ex the us".split()) | frozenset(lexicon.DEMONYMS.values())


def _one_office(x: Reading, n: Name, y: Reading, m: Name) -> bool:
    """Whether two names are introduced with one office: "Mayor" and "Mayor", not "Treasury Secretary" and "press secretary"."""
    mine, theirs = _office(x, n), _office(y, m)
    if not mine & _OFFICES or mine & _OFFICES != theirs & _OFFICES:
        return False
    rest, other = mine - _OFFICES, theirs - _OFFICES
    return not rest or not other or bool(rest & other)


def _office(reading: Reading, name: Name) -> set[str]:
    """The words of the office a name is introduced with: before it, in its run, or right behind it."""
    found = set(name.parts[:-1])
    if name.parts[-2:-1] and name.parts[-2] not in lexicon.TITLES:
        found.discard(name.parts[-2])  # the first name
    if not found:
        for i in range(name.first - 1, max(-1, name.first - 6), -1):  # "the captain of the ferry, Dorin Halvard"
            token = reading.tokens[i]
            gap = reading.text[token.end : reading.tokens[i + 1].start]
            if token.norm in ("of", "the") and gap == " ":
                continue
            if gap not in (" ", ", ", "-", "’s ", "'s ") or not token.content or verbal(reading, i):
                break
            found.add(lexicon.DEMONYMS.get(token.norm, token.norm))
    after = reading.text[name.end : name.end + 40]
    if not found and (match := re.match(r",\s+(?:the|a|an)\s+((?:\w+['’]s\s+|\w+\s+)?\w+)", after)):
        found.update(match.group(1).casefold().split())
    if re.match(r"(?:['’]s)?\s+administration\b", after):
        found.add("president")
    return found - _RANKS


# -- yes and no ---------------------------------------------------------------------------------------------------------


def _negations(pair: _Pair) -> Iterable[Conflict]:
    """What one sentence denies and the other states, or two words that cannot both be true of one thing."""
    x, y = pair.x, pair.y
    apart = [s for s in ((x, y), (y, x)) if may_oppose(s[0].reading, s[0].poles, s[1].poles)]
    if not (x.denies or y.denies or apart):
        return
    score = pair.overlap((0, 0), (0, 0))
    if score < _SAME_DENIED or pair.shared((0, 0), (0, 0)) < _SHARED_DENIED:
        return
    for no, yes, values in ((x, y, ("not", "is")), (y, x, ("is", "not"))):
        hit = contradicted(no.reading, yes.reading, pair.words, score) if no.denies else None
        if hit is not None:
            slot = (no.reading.tokens[hit[0].head].stem, yes.reading.tokens[hit[1]].stem)
            yield _contradiction(pair, "negation:", slot, values, score)
            return
    for yes, no in apart:
        places = opposed(yes.reading, no.reading, pair.words)
        if places is not None:
            slot = (yes.reading.tokens[places[0]].stem, no.reading.tokens[places[1]].stem)
            values = ("is", "not") if yes is x else ("not", "is")
            yield _contradiction(pair, "opposite:", slot, values, score)
            return


def _contradiction(pair: _Pair, kind: str, words: tuple[str, str], values: tuple[str, str], score: float) -> Conflict:
    slot = kind + "+".join(sorted(set(words)))
    return Conflict("contradiction", slot, pair.x.key, pair.y.key, *values, ("denies", "denies"), score)


def _knows_both(conflict: Conflict, readings: Mapping[Key, Reading], by_article: Mapping[int, Sequence[Key]]) -> bool:
    """Whether the article that states what another denies tells of a denial itself, or that of an opposite of both words."""
    kind, _, slot = conflict.slot.partition(":")
    stems = frozenset(slot.split("+"))
    if kind == "opposite":
        wanted = {key: stems - readings[key].stems for key in (conflict.a, conflict.b)}
        return any(
            wanted[key] and wanted[key] <= reading.stems and _alike(reading, readings[_other(conflict, key)])
            for key in wanted
            for reading in (readings[k] for k in by_article[key.article] if k != key)
        )
    plain = conflict.a if conflict.a_value == "is" else conflict.b
    no = readings[_other(conflict, plain)]
    return any(
        not stems.isdisjoint(reading.stems)
        and may_deny(reading)
        and _alike(reading, no)
        and any(reading.tokens[d.head].stem in stems for d in denials(reading))
        for reading in (readings[k] for k in by_article[plain.article] if k != plain)
    )


def _other(conflict: Conflict, key: Key) -> Key:
    return conflict.b if key == conflict.a else conflict.a


_SHARED_OF_ONE = 3  # words with which a sentence tells of what another one denies


def _alike(a: Reading, b: Reading) -> bool:
    return len(a.stems & b.stems) >= _SHARED_OF_ONE


_MAYBE = lexicon.STRONG_HEDGES | frozenset(
    "appear appears appeared seem seems seemed believed thought likely probably".split()
)
_MAYBE_REACH = 5  # words behind a hedge among which the deed stands that it makes unsure


def _hedges(pair: _Pair) -> Iterable[Conflict]:
    """What one sentence states and the other says may be so."""
    for unsure, sure in ((pair.x, pair.y), (pair.y, pair.x)):
        if not unsure.unsure or sure.unsure:
            continue
        marks = [i for i in unsure.unsure if _unsure_mark(unsure.reading, i)]
        if not marks or _OPEN.search(sure.reading.text):
            continue
        score = pair.overlap((0, 0), (0, 0))
        if score < _SAME_MAYBE or pair.shared((0, 0), (0, 0)) < _UNSURE_WORDS:
            continue
        tokens = unsure.reading.tokens
        near = {k for i in marks for k in range(i + 1, min(i + 1 + _MAYBE_REACH, len(tokens)))}
        near |= {k for i in marks for k in range(max(0, i - 2), i) if tokens[i].norm.endswith("ly")}
        if any(tokens[k].content and tokens[k].norm not in _MAYBE and sure.has(tokens[k]) for k in near):
            yield _unsure(sure.key, unsure.key, score)


def _unsure_mark(reading: Reading, i: int) -> bool:
    """Whether a hedge is one: not in a quotation, and not the "could" of "no ship could leave"."""
    return not _quoted(reading, i) and not any(abs(n - i) <= 3 for n in reading.negations)


def _quoted(reading: Reading, i: int) -> bool:
    return any(q.start <= reading.tokens[i].start < q.end for q in reading.quotations)


# -- status: sure, planned, rumoured, not yet, not at all ---------------------------------------------------------------

# What is uncertain here is mostly to come; only a sentence that says it is to come, or settled, speaks against that.
_ASSERTS = re.compile(r"\b(?:will|shall|set\s+to|set\s+up|scheduled|confirmed|announced|agreed|decided)\b", re.I)


_OPEN = re.compile(r"\b(?:whether|if|unknown|unclear)\b", re.I)
_WHETHER = re.compile(r"\b(?:whether|if|that|confirmed|rumou?r(?:s|ed)?)\s*$", re.I)


def _frames(readings: Mapping[Key, Reading], index: _Index, origins: Origins, words: Corpus) -> list[Conflict]:
    found: list[Conflict] = []
    framed: dict[Key, tuple[str, list[Token], bool]] = {}
    for key, reading in readings.items():
        for label, start in reading.marks:
            scope = _scope(reading, start)
            if len(scope) >= 3 and not (label == "no" and scope[0].text[:1].isupper()):
                framed[key] = (label, scope, _WHETHER.search(reading.text[:start]) is not None)
                break
    for key, (label, scope, whether) in framed.items():
        near = _nearest(scope, index, words)
        for other in sorted(near):
            reading = readings[other]
            if other.article == key.article or origins.of(other) == origins.of(key):
                continue
            their = framed[other][0] if other in framed else "asserted"
            if their == label or (their != "asserted" and key > other):
                continue
            settled = their != "asserted" or (not reading.hedges and _ASSERTS.search(reading.text) is not None)
            if not settled and (reading.hedges or _OPEN.search(reading.text) or label != "uncertain" or not whether):
                continue
            if label == "no" and not _one_matter(scope, reading):
                continue
            score = _reach(scope, reading.content, words)
            need, least = (_SAME_FRAME, 2) if settled else (_SAME_FRAME_PLAIN, 3)
            shared = _shared(scope, reading.tokens)
            if score < need or shared < least or not (settled or _one_deed_told(readings[key], scope, reading, score)):
                told = _shared([t for t in scope if t.text[:1].islower()], reading.tokens)
                alike = score >= _UNSURE and shared >= _UNSURE_WORDS and told >= 2  # not only the same people
                if label == "uncertain" and their == "asserted" and alike:
                    found.append(_unsure(other, key, score))
            else:
                stances: tuple[Stance, Stance] = (
                    "differs" if their == "asserted" or "uncertain" not in (label, their) else "hedges",
                    _stance(label, their),
                )
                if their == "uncertain":
                    stances = ("hedges", _stance(label, their))
                slot = "status:" + "+".join(sorted({t.stem for t in scope} & {t.stem for t in reading.tokens})[:3])
                found.append(Conflict("status", slot, key, other, label, their, stances, score))
    return found


def _one_matter(scope: Sequence[Token], other: Reading) -> bool:
    """Whether what is not (yet) so and another statement share the deed, or somebody named."""
    return any(t.content and akin(scope[0], t) for t in other.tokens) or any(
        t.text[:1].isupper() and any(akin(t, o) or same_name(t.norm, o.norm) for o in other.tokens) for t in scope
    )


def _unsure(sure: Key, unsure: Key, score: float) -> Conflict:
    """One article states what another leaves open: a stance (`hedges`), too little alone to be shown as a dispute."""
    return Conflict("status", HEDGE, sure, unsure, "asserted", "uncertain", ("hedges", "hedges"), score)


def _one_deed_told(framed: Reading, scope: Sequence[Token], other: Reading, score: float) -> bool:
    """Whether the other statement tells what is left open: a verb of it, not denied; without one, nearly all its words."""
    inside = {t.start for t in scope}
    verbs = [t for i, t in enumerate(framed.tokens) if t.start in inside and verbal(framed, i)]
    hits = [j for j, o in enumerate(other.tokens) if verbal(other, j) and any(akin(v, o) for v in verbs)]
    if not hits:
        return score >= _SAME_WORDS and not other.negations
    return not other.negations or not _denied_there(framed, other, hits)


def _denied_there(framed: Reading, other: Reading, hits: Sequence[int]) -> bool:
    """Whether the other sentence denies what is left open here without being denied here as well."""
    no = denied(other)
    return any(j in no for j in hits) and not framed.negations


def _shared(a: Sequence[Token], b: Sequence[Token]) -> int:
    return len({t.stem for t in a} & {t.stem for t in b})


def _stance(label: str, their: str) -> Stance:
    """What the framed article does with the other's statement."""
    return "hedges" if label == "uncertain" else "differs"


_SETTING = frozenset(
    "despite although though while if when after before because due as with in on by since besides".split()
)
_SETTING |= frozenset("however additionally furthermore moreover also meanwhile".split())


def _scope(reading: Reading, start: int) -> list[Token]:
    """The content words behind a marker, up to the clause's end; an opening phrase ("Despite ...,") belongs to it."""
    scope: list[Token] = []
    opening = False
    for i, token in enumerate(reading.tokens):
        if token.start < start:
            continue
        if not scope and token.norm in _SETTING:
            opening = True
        if i and scope:
            between = reading.text[reading.tokens[i - 1].end : token.start]
            if ";" in between or ("," in between and not token.content and not opening):
                break
            opening = opening and "," not in between
        if token.content and token.norm not in _SETTING:
            scope.append(token)
    return scope


# One contact in other words: a video conference is a virtual meeting. Told apart elsewhere; here both sides name one party in full.
_CONTACT = frozenset("meet summit call phone telephon speak talk discuss convers confer video virtual".split())


def _parties(tokens: Sequence[Token]) -> set[tuple[str, str]]:
    """Two capitalised words in a row: "Ukrainian President"."""
    return {(a.stem, b.stem) for a, b in pairwise(tokens) if a.text[:1].isupper() and b.text[:1].isupper()}


def _reach(scope: Sequence[Token], other: Sequence[Token], words: Corpus) -> float:
    """Weighted share of a marker's scope that a sentence has; names count like other words."""
    stems = {t.stem for t in other}
    contact = not stems.isdisjoint(_CONTACT) and not _parties(scope).isdisjoint(_parties(other))
    total = sum(words.weight(t) for t in scope)
    hit = sum(
        words.weight(t)
        for t in scope
        if (contact and t.stem in _CONTACT)
        or t.stem in stems
        or any(akin(t, o) or same_name(t.norm, o.norm) for o in other)
    )
    return hit / total if total else 0.0


# -- "for the first time since": another article may know of a time in between -------------------------------------------

_KINDS = (
    frozenset("meet summit face".split()),
    frozenset("visit trip travel fly".split()),
    frozenset("speak talk call phone conversation".split()),
)
_FIRST = re.compile(r"\b(?:first|only)\b[^.;]{0,80}?\bsince\b", re.I)
_AGAIN = re.compile(
    r"\b(?:several|many|two|three|four|\d+)\s+times\b|\bmost\s+recently\b|\blast\s+(?:met|held|visited|spoke)\b|\bagain\b|\bin\s+person\b",
    re.I,
)


def _has_first(text: str) -> bool:
    small = in_small_letters(text)
    return "since" in small and ("first" in small or "only" in small) and _FIRST.search(text) is not None


def _has_again(text: str) -> bool:
    small = in_small_letters(text)
    return any(word in small for word in ("times", "recently", "last", "again", "person")) and bool(_AGAIN.search(text))


def _firsts(readings: dict[Key, Reading], origins: Origins) -> list[Conflict]:
    found: list[Conflict] = []
    firsts = [(k, r) for k, r in readings.items() if _has_first(r.text)]
    if not firsts:
        return found
    repeats = [(k, r) for k, r in readings.items() if _has_again(r.text) and not _has_first(r.text)]
    for key, reading in firsts:
        kind = _what_is_first(reading)
        if kind is None:
            continue
        mine = {p for n in reading.names for p in n.parts}
        for other, their in repeats:
            if origins.of(other) == origins.of(key):
                continue
            stems = {t.stem for t in their.tokens}
            parties = mine & {p for n in their.names for p in n.parts if p not in lexicon.TITLES}
            if stems & kind and ("meet" not in kind or "person" in stems or "meet" in stems) and len(parties) >= 2:
                found.append(
                    Conflict(
                        "contradiction", "first:" + min(kind), key, other, "first", "again", ("differs", "differs"), 0.6
                    )
                )
    return found


def _what_is_first(reading: Reading) -> frozenset[str] | None:
    """Which kind of event a sentence calls the first: the noun behind 'first', else the verb or noun nearest before."""
    tokens = reading.tokens
    at = next((i for i, t in enumerate(tokens) if t.norm in ("first", "only")), None)
    if at is None:
        return None
    order = [*range(at + 1, min(at + 4, len(tokens))), *range(at - 1, max(-1, at - 14), -1)]
    for i in order:
        for kind in _KINDS:
            if tokens[i].stem in kind:
                return kind
    return None
