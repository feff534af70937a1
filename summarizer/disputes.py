"""Where articles disagree, as far as their own sentences show it.

Takes: the table of sentences, the origins. Gives: conflicts between pairs of sentences, each with its kind and slot.
Does not know: the summary, models, or which side is right.

Rule 1: independence first. Sentences of one origin never disagree here.
Rule 2: mutual exclusivity. A value counts as another one only if neither article has the other's value for that thing.
Rule 3: what is compared must be the same: the words around the slot are held against each other with the slot left out.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer import lexicon
from summarizer.likeness import Corpus, family, named, same, same_name
from summarizer.roles import verbal
from summarizer.values import Conflict, Key, Origins, Sentence, Stance
from summarizer.words import Name, Reading, Token, Value, read, status_marks

# Shares of the shorter sentence's weighted content words, the slot left out. Set by hand on two sets of articles that were
# read closely; row 6 of docs/evaluation.md measures them: few false alarms, low recall.
_SAME_NUMBER = 0.42
_SAME_NAME = 0.4
_SAME_DATE = 0.55
_SAME_NEGATION = 0.72
_SAME_FRAME = 0.42
_HOLDERS = 120  # sentences that hold a word, beyond which it tells no two of them apart
_PAIRS = 6  # sentences of other articles that one sentence is held against

_Sentences = Sequence[Sequence[Sentence]]


def find(sentences: _Sentences, origins: Origins, words: Corpus) -> tuple[Conflict, ...]:
    """All conflicts, strongest first."""
    readings: dict[Key, Reading] = {
        s.key: named(read(s.text), words) for article in sentences for s in article if not s.heading
    }
    values = _values_by_article(readings)
    names = _names_by_article(readings)
    found: list[Conflict] = []
    for a, b in _pairs(readings, origins, words):
        for conflict in _differences(a, b, readings, values, names, words):
            found.append(conflict)
    found += _companions(found, readings, words)
    found += _frames(readings, origins, words)
    found += _firsts(readings, origins)
    unique: dict[tuple[str, frozenset[Key], str], Conflict] = {}
    for c in sorted(found, key=lambda c: (-c.score, c.a, c.b)):
        unique.setdefault((c.kind, frozenset((c.a, c.b)), c.slot), c)
    return tuple(unique.values())


def _index(readings: dict[Key, Reading]) -> dict[str, list[Key]]:
    """Stem -> the sentences that hold it, for stems that tell sentences apart."""
    index: dict[str, list[Key]] = defaultdict(list)
    for key, reading in readings.items():
        for stem in dict.fromkeys(t.stem for t in reading.tokens if t.content):
            index[stem].append(key)
    return {stem: keys for stem, keys in index.items() if len(keys) <= _HOLDERS}


def _pairs(readings: dict[Key, Reading], origins: Origins, words: Corpus) -> Iterable[tuple[Key, Key]]:
    """Each sentence with the few of other origins that share most with it; linear in the sentences."""
    index = _index(readings)
    home = {key: origins.of(key) for key in readings}
    seen: set[tuple[Key, Key]] = set()
    for key, reading in readings.items():
        score: dict[Key, float] = defaultdict(float)
        for stem, token in {t.stem: t for t in reading.tokens if t.content}.items():
            weight = words.weight(token)
            for other in index.get(stem, ()):
                score[other] += weight
        rivals = [
            (-s, other) for other, s in score.items() if other.article != key.article and home[other] != home[key]
        ]
        for _, other in heapq.nsmallest(_PAIRS, rivals):
            pair = (key, other) if key < other else (other, key)
            if pair not in seen:
                seen.add(pair)
                yield pair


def _companions(found: Sequence[Conflict], readings: dict[Key, Reading], words: Corpus) -> list[Conflict]:
    """Further sentences that have the value of one side and tell the same: their articles take part in the dispute too."""
    if not found:
        return []
    index = _index(readings)
    more: list[Conflict] = []
    for c in found:
        if c.kind != "value":
            continue
        taken = {c.a.article, c.b.article}
        for side, value in ((c.a, c.a_value), (c.b, c.b_value)):
            mine = [t for t in readings[side].tokens if t.content]
            near = dict.fromkeys(k for t in mine for k in index.get(t.stem, ()) if k.article not in taken)
            for key in sorted(near):
                reading = readings[key]
                if (
                    _has_value(reading, c.slot, value)
                    and _overlap(mine, [t for t in reading.tokens if t.content], words) >= 0.6
                ):
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

    def share(x: Sequence[Token], y: Sequence[Token]) -> float:
        total = sum(words.weight(t) for t in x)
        return sum(words.weight(t) for t in x if any(same(t, o) for o in y)) / total if total else 0.0

    weight_a, weight_b = sum(map(words.weight, a)), sum(map(words.weight, b))
    return share(a, b) if weight_a <= weight_b else share(b, a)


def _values_by_article(readings: dict[Key, Reading]) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = defaultdict(list)
    for key, reading in readings.items():
        found[key.article] += reading.values
    return found


def _names_by_article(readings: dict[Key, Reading]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for key, reading in readings.items():
        for name in reading.names:
            found[key.article] |= set(name.parts)
    return found


def _differences(
    a: Key,
    b: Key,
    readings: dict[Key, Reading],
    values: dict[int, list[Value]],
    names: dict[int, set[str]],
    words: Corpus,
) -> Iterable[Conflict]:
    x, y = readings[a], readings[b]
    yield from _numbers(a, b, x, y, values, words)
    yield from _persons(a, b, x, y, names, words)
    yield from _negations(a, b, x, y, words)


def _numbers(
    a: Key, b: Key, x: Reading, y: Reading, values: dict[int, list[Value]], words: Corpus
) -> Iterable[Conflict]:
    for v in x.values:
        for w in y.values:
            if v.kind != w.kind or v.amount == w.amount or _roughly(v, w):
                continue
            if v.kind in ("number", "percent"):
                if v.kind == "number" and (not v.unit or not w.unit or not _same_unit(v.unit, w.unit)):
                    continue
                if not _one_deed(x, v.start, y, w.start):
                    continue
                need = _SAME_NUMBER
            elif v.kind in ("weekday", "month", "time"):
                need = _SAME_DATE
            else:
                continue
            if _has(values[b.article], v) or _has(values[a.article], w):
                continue
            outside_x = [t for t in x.tokens if t.content and not v.start <= t.start < v.end]
            outside_y = [t for t in y.tokens if t.content and not w.start <= t.start < w.end]
            score = max(
                _overlap(outside_x, outside_y, words), _overlap(_window(x, v.start), _window(y, w.start), words) * 0.9
            )
            if score >= need and _shared(outside_x, outside_y) >= 2:
                yield Conflict(
                    "value", f"{v.kind}:{v.unit}", a, b, f"{v.amount:g}", f"{w.amount:g}", ("differs", "differs"), score
                )


_ROUGHLY = 0.15  # "about 200" and "212" are one report, rounded by one of the two


def _roughly(v: Value, w: Value) -> bool:
    return v.approximate != w.approximate and abs(v.amount - w.amount) < _ROUGHLY * max(v.amount, w.amount)


def _one_deed(x: Reading, v: int, y: Reading, w: int) -> bool:
    """Whether the verbs right before two values are one: "killed 14 skiers" and "injured 20 skiers" do not differ."""
    mine, theirs = _verb_before(x, v), _verb_before(y, w)
    return mine is None or theirs is None or same(mine, theirs)


def _verb_before(reading: Reading, at: int) -> Token | None:
    before = [i for i, t in enumerate(reading.tokens) if t.end <= at][-2:]
    return next((reading.tokens[i] for i in reversed(before) if verbal(reading, i)), None)


def _same_unit(a: str, b: str) -> bool:
    return a == b or family(a, b) or same(Token(0, 0, a, a, a, True), Token(0, 0, b, b, b, True))


def _has(values: Iterable[Value], v: Value) -> bool:
    return any(
        w.kind == v.kind and w.amount == v.amount and (not v.unit or not w.unit or _same_unit(v.unit, w.unit))
        for w in values
    )


def _shared(a: Sequence[Token], b: Sequence[Token]) -> int:
    return len({t.stem for t in a} & {t.stem for t in b})


def _window(reading: Reading, at: int) -> list[Token]:
    """The content words of the clause around an offset: six words to each side."""
    near = [i for i, t in enumerate(reading.tokens) if t.start >= at][:1]
    centre = near[0] if near else 0
    return [t for t in reading.tokens[max(0, centre - 6) : centre + 9] if t.content and t.start != at]


def _persons(a: Key, b: Key, x: Reading, y: Reading, names: dict[int, set[str]], words: Corpus) -> Iterable[Conflict]:
    for n in x.names:
        for m in y.names:
            p, q = [s for s in n.parts if s not in lexicon.TITLES], [s for s in m.parts if s not in lexicon.TITLES]
            if not p or not q or set(p) == set(q):
                continue
            role_x, role_y = _role(x, n), _role(y, m)
            if not role_x & role_y:
                continue
            first_x, first_y = (
                [s for s in p if not any(same_name(s, t) for t in q)],
                [t for t in q if not any(same_name(s, t) for s in p)],
            )
            if not first_x or not first_y or not (len(p) > 1 or len(q) > 1 or len(first_x) == len(p)):
                continue
            if set(first_x) & names[b.article] or set(first_y) & names[a.article]:
                continue
            outside_x = [t for i, t in enumerate(x.tokens) if t.content and not n.first <= i <= n.last]
            outside_y = [t for i, t in enumerate(y.tokens) if t.content and not m.first <= i <= m.last]
            score = _overlap(outside_x, outside_y, words)
            if score >= _SAME_NAME and _shared(outside_x, outside_y) >= 2:
                slot = "name:" + "+".join(sorted(role_x & role_y))
                yield Conflict("value", slot, a, b, " ".join(p), " ".join(q), ("differs", "differs"), score)


def _role(reading: Reading, name: Name) -> set[str]:
    """The office a name is introduced with: title words inside the run, or the noun right before or after it."""
    found = {s for s in name.parts if s in lexicon.TITLES}
    if name.first and reading.text[reading.tokens[name.first - 1].end : reading.tokens[name.first].start] in (
        " ",
        ", ",
    ):
        before = reading.tokens[name.first - 1]
        if before.content and (before.norm in lexicon.TITLES or before.text[0].islower()):
            found.add(before.stem if before.norm not in lexicon.TITLES else before.norm)
    after = reading.text[name.end : name.end + 40]
    if match := re.match(r",\s+(?:the|a|an)\s+(?:\w+['’]s\s+|\w+\s+)?(\w+)", after):
        found.add(match.group(1).casefold())
    return {f for f in found if f not in ("mr", "mrs", "ms", "dr", "north", "south", "east", "west", "say", "said")}


def _negations(a: Key, b: Key, x: Reading, y: Reading, words: Corpus) -> Iterable[Conflict]:
    if bool(x.negations) == bool(y.negations) or x.hedges or y.hedges or x.quotations or y.quotations:
        return
    tokens_x, tokens_y = [t for t in x.tokens if t.content], [t for t in y.tokens if t.content]
    score = _overlap(tokens_x, tokens_y, words)
    negated, plain = (x, y) if x.negations else (y, x)
    scope = [t for i in negated.negations for t in negated.tokens[i + 1 : i + 4] if t.content][:1]
    if (
        score >= _SAME_NEGATION
        and scope
        and any(same(scope[0], t) for t in plain.tokens)
        and _shared(tokens_x, tokens_y) >= 3
    ):
        values = ("not", "is") if x.negations else ("is", "not")
        yield Conflict("contradiction", "negation:" + scope[0].stem, a, b, *values, ("denies", "denies"), score)


# -- status: sure, planned, rumoured, not yet, not at all ---------------------------------------------------------------

# What is uncertain here is mostly to come; only a sentence that says it is to come, or settled, speaks against that.
_ASSERTS = re.compile(r"\b(?:will|shall|set\s+to|set\s+up|scheduled|confirmed|announced|agreed|decided)\b", re.I)


def _frames(readings: dict[Key, Reading], origins: Origins, words: Corpus) -> list[Conflict]:
    found: list[Conflict] = []
    framed: dict[Key, list[tuple[str, list[Token]]]] = {}
    for key, reading in readings.items():
        rows = [
            (label, scope) for label, start in status_marks(reading.text) if len(scope := _scope(reading, start)) >= 3
        ]
        if rows:
            framed[key] = rows[:1]
    index = _index(readings)
    for key, rows in framed.items():
        label, scope = rows[0]
        near = dict.fromkeys(other for t in scope for other in index.get(t.stem, ()))
        for other in sorted(near):
            reading = readings[other]
            if other.article == key.article or origins.of(other) == origins.of(key):
                continue
            their = framed.get(other, [("asserted", [])])[0][0]
            if their == label or (their == "asserted" and (reading.hedges or not _ASSERTS.search(reading.text))):
                continue
            if their != "asserted" and key > other:
                continue
            score = _reach(scope, [t for t in reading.tokens if t.content], words)
            if score >= _SAME_FRAME and _shared(scope, reading.tokens) >= 2:
                stances: tuple[Stance, Stance] = (
                    "differs" if their == "asserted" or "uncertain" not in (label, their) else "hedges",
                    _stance(label, their),
                )
                if their == "uncertain":
                    stances = ("hedges", _stance(label, their))
                slot = "status:" + "+".join(sorted({t.stem for t in scope} & {t.stem for t in reading.tokens})[:3])
                found.append(Conflict("status", slot, key, other, label, their, stances, score))
    return found


def _stance(label: str, their: str) -> Stance:
    """What the framed article does with the other's statement."""
    return "hedges" if label == "uncertain" else "differs"


def _scope(reading: Reading, start: int) -> list[Token]:
    """The content words behind a marker, up to the clause's end."""
    scope: list[Token] = []
    for i, token in enumerate(reading.tokens):
        if token.start < start:
            continue
        if i and scope:
            between = reading.text[reading.tokens[i - 1].end : token.start]
            if ";" in between or ("," in between and not token.content):
                break
        if token.content:
            scope.append(token)
    return scope


def _reach(scope: Sequence[Token], other: Sequence[Token], words: Corpus) -> float:
    """Weighted share of a marker's scope that a sentence has; names count like other words."""
    total = sum(words.weight(t) for t in scope)
    hit = sum(words.weight(t) for t in scope if any(same(t, o) or same_name(t.norm, o.norm) for o in other))
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


def _firsts(readings: dict[Key, Reading], origins: Origins) -> list[Conflict]:
    found: list[Conflict] = []
    firsts = [(k, r) for k, r in readings.items() if _FIRST.search(r.text)]
    repeats = [(k, r) for k, r in readings.items() if _AGAIN.search(r.text) and not _FIRST.search(r.text)]
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
