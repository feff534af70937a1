"""Whether several sentences together bear out a statement that retells them in words of its own.

Takes: the reading of a statement, the sentences that it rests on, and all sentences of their articles.
Gives: what speaks against the statement, how much of it the sentences have, and which of its words they have not; a
statement without the credit of the medium that it ends with.
Does not know: single sentences as carriers, roles, drafts, citations, verdicts.

Rule 1: a value, a name, a denial or an opposite that the sources do not have speaks against it; a word of its own does not.
Rule 2: names are looked up in the whole articles, in every way that they are written; values in the sentences, in every
        way that they are told. Where nobody says which sentences these are, all are asked, and a few must have the words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from summarizer import lexicon, polarity, roles
from summarizer.compare import carries
from summarizer.likeness import Corpus, akin, folded, matches, opposites, same, same_name
from summarizer.words import Name, Quotation, Reading, Token, Value, fold, read
from summarizer.words import stem as stem_of

_ABOUT = 0.03  # "about", "nearly", "almost": three in a hundred


@dataclass(frozen=True, slots=True)
class Together:
    """What sentences say to a statement, all of them at once.

    against: why it cannot stand, in the order of the checks. coverage: weighted share (0..1) of its content words that the
    sentences have. missing: those that none of them has, as written.
    """

    against: tuple[str, ...]
    coverage: float
    missing: tuple[str, ...]


_FEW = 6  # sentences that tell a statement together at most: from five on, more changed nothing on the tune halves


def together(
    fact: Reading,
    evidence: Sequence[Reading],
    around: Sequence[Reading],
    words: Corpus,
    nearest: Sequence[Reading] | None = None,
) -> Together:
    """Hold one statement against all of `evidence`; `around` are the articles that it stands in.

    nearest: where the evidence is whole articles, the sentences of it that may tell the statement; then its words must
    stand in a few of these, and not anywhere.
    """
    tokens = [t for reading in evidence for t in reading.tokens if t.content]
    stems = {t.stem for t in tokens}
    against = []
    unnamed = _unnamed(fact, _spoken(tuple(around)))
    named = {i for n in fact.names for i in range(n.first, n.last + 1)}
    if not _values_stand(fact, evidence, named - unnamed):
        against.append("number_not_in_source")
    if unnamed:
        against.append("name_not_in_source")
    if not _quotations_stand(fact, around):
        against.append("quotation_not_in_source")
    if _denied_alone(fact, evidence):
        against.append("negation_not_in_source")
    missing: set[int] = set()
    told: set[int] = set()
    content = [i for i, t in enumerate(fact.tokens) if t.content]
    for i in content:
        token = fact.tokens[i]
        valued = "number_not_in_source" not in against and any(v.start <= token.start < v.end for v in fact.values)
        if valued or (i in named and i not in unnamed):
            told.add(i)
        elif token.stem not in stems and not any(akin(token, t) for t in tokens):
            missing.add(i)
            if _turned(fact, i, evidence):
                against.append("words_not_in_source")
    weights = {i: words.weight(fact.tokens[i]) for i in content}
    if nearest is None:
        held = set(content) - missing
    else:
        held = told | _held_by_few(fact, nearest, weights)
    total = sum(weights.values())
    share = sum(w for i, w in weights.items() if i in held) / total if total else 0.0
    return Together(tuple(dict.fromkeys(against)), share, tuple(fact.tokens[i].text for i in content if i in missing))


def _held_by_few(fact: Reading, nearest: Sequence[Reading], weights: Mapping[int, float]) -> set[int]:
    """The words that the best few sentences have, each chosen for what it adds to those before it."""
    held: set[int] = set()
    having = [{i for i, hits in matches(fact, reading).items() if hits and i in weights} for reading in nearest]
    for _ in range(_FEW):
        best = max(having, key=lambda h: sum(weights[i] for i in h - held), default=set())
        if not best - held:
            break
        held |= best
    return held


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What the articles say, for looking names up: words as folded; of words with a capital letter the folded forms, the
    stems, and what two of them are as one; words all in capitals; the first letters of names; whether they name a medium."""

    words: frozenset[str]
    named: frozenset[str]
    stems: frozenset[str]
    joined: frozenset[str]
    capitals: frozenset[str]
    initials: frozenset[str]
    credits: bool


@lru_cache(maxsize=8)
def _spoken(around: tuple[Reading, ...]) -> _Spoken:
    tokens = [t for reading in around for t in reading.tokens]
    large = [t for t in tokens if t.text[0].isupper()]
    pairs = [(a, b) for reading in around for a, b in pairwise(reading.tokens) if a.text[0].isupper()]
    return _Spoken(
        words=frozenset([*(folded(t) for t in tokens), *(t.norm for t in tokens)]),
        named=frozenset(folded(t) for t in large),
        stems=frozenset(t.stem for t in large),
        joined=frozenset(folded(a) + folded(b) for a, b in pairs),
        capitals=frozenset(t.norm.replace(".", "") for t in tokens if len(t.text) > 1 and t.text.isupper()),
        initials=frozenset(letters for reading in around for _, letters in _initials(reading)),
        credits=any(_medium(r.tokens[i]) for r in around for n in r.names for i in range(n.first, n.last + 1)),
    )


_SMALL = frozenset("of the for and on in to".split())  # words of a name that have no capital letter
_LONGEST_NAME = 8  # words


def _initials(reading: Reading) -> Iterator[tuple[range, str]]:
    """The first letters of every run of capitalised words, with and without those of small words in it."""
    tokens = reading.tokens
    for first, token in enumerate(tokens):
        if not token.text[0].isupper():
            continue
        with_small = without = token.norm[0]
        for last in range(first + 1, min(first + _LONGEST_NAME, len(tokens))):
            between = reading.text[tokens[last - 1].end : tokens[last].start]
            small = tokens[last].norm in _SMALL
            if between not in (" ", "-", " & ") or not (small or tokens[last].text[0].isupper()):
                break
            with_small += tokens[last].norm[0]
            if small:
                continue
            without += tokens[last].norm[0]
            yield range(first, last + 1), without
            if with_small != without:
                yield range(first, last + 1), with_small


def _values_stand(fact: Reading, evidence: Sequence[Reading], but: Collection[int] = ()) -> bool:
    """Whether the sentences have every value of the statement. but: tokens whose values are not looked up."""
    if not fact.values:
        return True
    there, years = _stated(tuple(evidence))
    spared = [fact.tokens[i] for i in but]
    return all(
        _idle(v)
        or any(v.start <= t.start < v.end for t in spared)
        or _in_decade(fact, v, years)
        or _in_century(v, years)
        or _of_a_code(fact, v, evidence)
        or any(_near(v, w) or _measured(v, w) for w in there)
        for v in fact.values
    )


@lru_cache(maxsize=8)
def _stated(evidence: tuple[Reading, ...]) -> tuple[tuple[Value, ...], frozenset[float]]:
    """All values of some sentences, and those that may be years."""
    there = tuple(v for reading in evidence for v in (*reading.values, *_dated(reading)))
    return there, frozenset(v.amount for v in there if _year(v))


_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})\b")
_SHORT_YEAR = re.compile(r"['’](\d{2})(?=s?\b)")
_ROMAN = {r: i for i, r in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split(), 1)}
_ROMAN_AS = {
    r: frozenset([str(i), *(w for words in (lexicon.UNITS, lexicon.ORDINALS) for w, n in words.items() if n == i)])
    for r, i in _ROMAN.items()
}


def _dated(reading: Reading) -> list[Value]:
    """What dates in figures say, and the Roman numbers behind names: "2016-08-25" is in August, "'94" is 1994."""
    found: list[Value] = []
    text = reading.text
    if any(char.isdigit() for char in text):
        for match in _ISO.finditer(text):
            found += _day(int(match[1]), int(match[2]), int(match[3]))
        for match in _SLASHED.finditer(text):
            a, b, year = int(match[1]), int(match[3]), _full(int(match[4]))
            found += [*_day(year, a, b), *_day(year, b, a)]  # in either order: nobody says which
        found += [Value(m.start(), m.end(), "number", float(_full(int(m[1])))) for m in _SHORT_YEAR.finditer(text)]
    for name in reading.names:
        for token in reading.tokens[name.first + 1 : name.last + 1]:
            if token.text.isupper() and token.norm in _ROMAN:
                amount = float(_ROMAN[token.norm])
                found += [Value(token.start, token.end, kind, amount) for kind in ("number", "ordinal")]
    return found


_TURN = 40  # "'25" is 2025, "'94" is 1994
_MONTHS_IN_A_YEAR, _DAYS_IN_A_MONTH = 12, 31


def _full(year: int) -> int:
    return year if year >= 100 else year + (2000 if year < _TURN else 1900)


def _day(year: int, month: int, day: int) -> list[Value]:
    if not (1 <= month <= _MONTHS_IN_A_YEAR and 1 <= day <= _DAYS_IN_A_MONTH):
        return []
    return [
        Value(0, 0, "number", float(year)),
        Value(0, 0, "month", float(month)),
        Value(0, 0, "number", float(day)),
    ]


_FIRST_YEAR, _LAST_YEAR = 1000, 2100


def _year(value: Value) -> bool:
    """Whether a value may be a year: four digits, no comma, and nothing that it counts."""
    bare = value.kind == "number" and value.amount == int(value.amount) and "," not in value.text
    return bare and _FIRST_YEAR <= value.amount <= _LAST_YEAR and value.unit in ("", "day")


def _in_decade(fact: Reading, value: Value, years: Collection[float]) -> bool:
    """Whether "the 1990s" or "the 90s" is a decade that the sentences name, or of which they tell a year."""
    if value.kind != "number" or value.amount % 10 or fact.text[value.end : value.end + 1] != "s":
        return False
    decades = {int(y) // 10 * 10 for y in years}
    return int(value.amount) in decades | {d % 100 for d in decades}


def _in_century(value: Value, years: Collection[float]) -> bool:
    """Whether "the 19th century" has a year that the sentences tell."""
    if value.kind != "ordinal" or value.unit != _CENTURY:
        return False
    return any((int(y) - 1) // 100 + 1 == value.amount or int(y) // 100 + 1 == value.amount for y in years)


_CENTURY = stem_of("century")


_HYPHENS = "-\u2010\u2011\u2013"


def _of_a_code(fact: Reading, value: Value, evidence: Sequence[Reading]) -> bool:
    """Whether a number ends a code ("COVID-19", "B-52") that the sentences have, or have without any number."""
    at = next((i for i, t in enumerate(fact.tokens) if t.start == value.start), 0)
    if not at or fact.text[value.start - 1] not in _HYPHENS or not fact.tokens[at - 1].text[0].isupper():
        return False
    head, number = fact.tokens[at - 1].norm, fact.tokens[at].norm
    bare = False
    for reading in evidence:
        for i, token in enumerate(reading.tokens):
            if token.norm == head + number:
                return True
            if token.norm == head:
                after = reading.tokens[i + 1].norm if i + 1 < len(reading.tokens) else ""
                if after == number:
                    return True
                bare = bare or not after[:1].isdigit()
    return bare


_TITLE = 4  # words between quotation marks that may be a title or a turn of phrase rather than somebody's words


def _quotations_stand(fact: Reading, around: Sequence[Reading]) -> bool:
    """Whether all that the statement quotes stands in the articles, also where a mark's partner is in the next sentence."""
    spoken = [q for q in (_begun(fact, q) for q in fact.quotations) if len(q.text.split()) > _TITLE]
    if not spoken:
        return True
    text = " ".join(reading.text for reading in around)
    words = _words_only(text)
    return all(
        carries(replace(q, closed=True), text)
        or all(_words_only(piece) in words for piece in _LEFT_OUT.split(q.text) if piece.strip())
        for q in spoken
    )


_LEFT_OUT = re.compile(r"\.\s?\.\s?\.|…|\[[^\]]*\]")


def _words_only(text: str) -> str:
    """A text without its marks: a comma more or less, or a title's colon, makes no other quotation."""
    return " " + " ".join(_WORD.findall(fold(text).casefold())) + " "


_WORD = re.compile(r"[^\W_]+")


def _begun(fact: Reading, quotation: Quotation) -> Quotation:
    """A quotation without a partner as what stands before its mark, if it is the mark that ends one ("I will," he said)."""
    before = fact.text[: quotation.start - 1]
    if quotation.closed or not before or before[-1].isspace() or any(q.closed for q in fact.quotations):
        return quotation
    return replace(quotation, start=0, end=len(before), text=before)


# What one unit is in another of its kind, by the stems that a value's unit has.
_MEASURES = {
    stem_of(unit): (kind, size)
    for kind, units in {
        "length": {"metre": 1.0, "foot": 0.3048, "feet": 0.3048, "mile": 1609.3, "kilometre": 1000.0, "yard": 0.9144,
                   "inch": 0.0254, "centimetre": 0.01},
        "weight": {"kilogram": 1.0, "pound": 0.4536, "tonne": 1000.0, "ton": 1000.0},
        "area": {"acre": 0.4047, "hectare": 1.0},
        "time": {"minute": 1.0, "hour": 60.0, "day": 1440.0, "week": 10080.0},
        "years": {"month": 1.0, "year": 12.0, "decade": 120.0},
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


def _other_unit(mine: Value, theirs: Value) -> bool:
    """Whether two values measure the same kind of thing in two units: as many acres are not as many hectares."""
    a, b = _MEASURES.get(mine.unit), _MEASURES.get(theirs.unit)
    return a is not None and b is not None and a[0] == b[0] and a[1] != b[1]


def _idle(value: Value) -> bool:
    """Whether a value counts nothing: "one of", "first"."""
    return value.amount == 1 and value.kind in ("number", "ordinal")


_MORE = 0.2  # "over 60" may be 64 and "nearly 80" 76, but neither is half as many again; set by hand


def _near(mine: Value, theirs: Value) -> bool:
    """Whether a value is another one told as exactly, or rounded, or as about, over or nearly as much."""
    if mine.kind != theirs.kind or _other_unit(mine, theirs):
        return False
    a, b = mine.amount, theirs.amount
    if abs(a - b) <= 1e-9 * max(1.0, abs(a)):
        return True
    if mine.kind not in ("number", "percent"):
        return False
    if mine.bound == "about" or mine.approximate:
        over = mine.bound == "more" and a < b <= a * (1 + _MORE)
        under = mine.bound == "less" and a * (1 - _MORE) <= b < a
        return over or under or abs(a - b) <= _ABOUT * abs(b)
    if _year(mine):
        return False
    return abs(a) >= 1000 and _digits(a) < _digits(b) and round(b, _digits(a) - len(str(int(abs(b))))) == a


def _digits(amount: float) -> int:
    """How many digits an amount is told with, zeros behind them left out."""
    return len(str(int(abs(amount))).rstrip("0")) if amount == int(amount) else len(f"{amount:g}".replace(".", ""))


def _unnamed(fact: Reading, spoken: _Spoken) -> set[int]:
    """Token indices of name parts that the articles do not have.

    The medium that reports a story is known to the caller and seldom named in its own text: "..., the Herald reports"
    is not looked up, nor is "he tells the Herald", nor any name in ", Karrow reports." at the end.
    """
    lost: set[int] = set()
    reporting = {i for heads, _ in roles.speakers(fact) for i in heads}
    short = {i for places, letters in _initials(fact) if letters in spoken.capitals for i in places}
    for name in fact.names:
        if _credited(fact, name, reporting, spoken) or _after_colon(fact, name):
            continue
        parts = list(zip(range(name.first, name.last + 1), name.parts, strict=True))
        new = [i for i, part in parts if i not in short and not _has(spoken, fact, i, part)]
        if _as_one(name.parts, spoken):
            continue
        if any(i not in new and part not in _KINDS and part not in lexicon.TITLES for i, part in parts):
            new = [i for i, part in parts if i in new and part not in _KINDS and len(part) > 1]
        lost.update(new)
    return lost


def _has(spoken: _Spoken, fact: Reading, i: int, part: str) -> bool:
    """Whether the articles have a part of a name: as it is, joined or cut otherwise, inflected, short or long."""
    token = fact.tokens[i]
    if part in lexicon.TITLES or part in spoken.words or token.norm in spoken.words or token.stem in spoken.stems:
        return True
    if (
        part in spoken.joined
        or spoken.words & _SHORT.get(part, frozenset())
        or spoken.joined & _SHORT.get(part, frozenset())
    ):
        return True
    if token.text.isupper() and (part in spoken.initials or _explained(fact, i)):
        return True
    if token.text.isupper() and spoken.words & _ROMAN_AS.get(part, frozenset()):
        return True
    beside = [j for j in (i - 1, i) if j >= 0 and j + 1 < len(fact.tokens)]
    if any(folded(fact.tokens[j]) + folded(fact.tokens[j + 1]) in spoken.words for j in beside):
        return True
    if any(base + end in spoken.named for base in _bases(part) for end in ("", "a", "e", "o", "y")):
        return True
    return any(same_name(part, word) for word in spoken.words)


_PEOPLE = (
    "ers",
    "er",
    "ians",
    "ian",
    "ans",
    "an",
    "ns",
    "n",
    "ites",
    "ite",
    "isms",
    "ism",
    "ist",
    "ists",
    "is",
    "i",
    "ese",
)
"""Endings that make the people of a place or a cause out of its name ("Floridians", "New Yorkers")."""
_LEAST_BASE = 4  # letters of a place's name that must be left


def _bases(part: str) -> list[str]:
    return [part[: -len(end)] for end in _PEOPLE if part.endswith(end) and len(part) - len(end) >= _LEAST_BASE]


def _explained(fact: Reading, i: int) -> bool:
    """Whether letters in brackets are the first ones of the words before them ("gross domestic product (GDP)")."""
    token = fact.tokens[i]
    size = len(token.norm)
    if fact.text[token.start - 1 : token.start] != "(" or i < size:
        return False
    return "".join(t.norm[0] for t in fact.tokens[i - size : i]) == token.norm


def _as_one(parts: Sequence[str], spoken: _Spoken) -> bool:
    """Whether a name of several words has another one of its own in the articles ("United States": "U.S.")."""
    return bool(spoken.words & _SHORT.get("".join(parts), frozenset()))


_KINDS = frozenset(
    """school university college county city town village river lake street avenue road club fc company corporation inc ltd
    corp co jr sr group magazine newspaper band island islands airport station stadium centre center hotel museum
    administration award awards day district high""".split()
)
"""Words that say what a thing is and that its name is often told without ("Kent State University", "the Kent State")."""
_SHORT: dict[str, frozenset[str]] = {}
"""A part of a name, or a whole name written as one word -> other ways to write the same."""


def _build_short() -> None:
    found: dict[str, set[str]] = {}
    for line in """america unitedstates unitedstatesofamerica
        britain unitedkingdom greatbritain
        russia russianfederation
        saudi saudiarabia
        netherlands holland dutch
        saint st
        mount mt
        fort ft
        pm primeminister
        ag attorneygeneral
        gop republican republicans
        abe abraham
        al albert alan allen
        alex alexander
        alex alexandra
        andy drew andrew
        ben benjamin
        bill will billy william
        bob rob bobby robert
        cathy kate katherine catherine kathryn
        charlie chuck charles
        chris christopher
        chris christine
        chris christina
        dan danny daniel
        dave david
        don donald
        doug douglas
        ed eddie ted edward
        fred frederick
        greg gregory
        hank henry harry
        jack john johnny
        jake jacob
        jeff jeffrey geoffrey
        jen jenny jennifer
        jerry gerald
        jim jimmy james
        joe joey joseph
        jon jonathan
        josh joshua
        ken kenny kenneth
        larry lawrence
        liz beth betty elizabeth
        maggie meg margaret
        matt matthew
        mike mick michael
        nate nathan nathaniel
        nick nicholas
        pat patrick
        pat patricia
        pete peter
        phil philip phillip
        ray raymond
        rich rick dick richard
        ron ronald
        sam samuel
        sam samantha
        steve stephen steven
        sue susan
        tim timothy
        tom tommy thomas
        tony anthony
        vince vincent
        zach zachary""".splitlines():
        words = line.split()
        for word in words:
            found.setdefault(word, set()).update(w for w in words if w != word)
    _SHORT.update({word: frozenset(others) for word, others in found.items()})


_build_short()


def _credited(fact: Reading, name: Name, reporting: Collection[int], spoken: _Spoken) -> bool:
    """Whether a name is that of the medium that had the story: "the Herald reports", "tells the Herald", ", Karrow reports."."""
    tokens = fact.tokens
    before = {t.norm for t in tokens[max(0, name.first - 2) : name.first]}
    after = tokens[name.last + 1].norm if name.last + 1 < len(tokens) else ""
    medium = any(_medium(tokens[i]) for i in range(name.first, min(name.last + 2, len(tokens))))
    if medium and any(name.first - 2 <= i <= name.last + 1 for i in reporting):
        return True
    if medium and (before | {t.norm for t in tokens[max(0, name.first - 3) : name.first]}) & _TOLD_TO:
        return True
    if medium and not spoken.credits and (after in _CREDITING or before & _CREDITING_BEFORE):
        return True
    opens = name.first - 1 if name.first and tokens[name.first - 1].norm == "the" else name.first
    apart = opens > 0 and "," in fact.text[tokens[opens - 1].end : tokens[opens].start]
    return apart and name.last + 2 == len(tokens) and after in _ENDING


def uncredited(text: str) -> str:
    """The text without the credit that it ends with (", the Herald reports."), or the text itself."""
    fact = read(text)
    tokens = fact.tokens
    for name in fact.names:
        opens = name.first - 1 if name.first and tokens[name.first - 1].norm == "the" else name.first
        ends = name.last + 2 == len(tokens) and tokens[-1].norm in _ENDING
        if ends and opens and "," in text[tokens[opens - 1].end : tokens[opens].start]:
            return text[: tokens[opens - 1].end] + "."
    return text


_ENDING = ("reports", "reported")


def _after_colon(fact: Reading, name: Name) -> bool:
    """Whether a single word has its capital letter perhaps only because it stands behind a colon."""
    return (
        name.first == name.last
        and not fact.tokens[name.first].text.isupper()
        and fact.text[: name.start].endswith(": ")
    )


_TOLD_TO = frozenset("tell tells told obtained seen".split())
_CREDITING = frozenset("reports reported notes noted writes wrote points today takes quotes quoted cites cited".split())
_CREDITING_BEFORE = frozenset("by per to reports reported with in via from".split())
"""What stands behind and before the name of a medium that had the story ("obtained by the Herald", "the Herald points out")."""


def _medium(token: Token) -> bool:
    """Whether a word belongs to the name of a newspaper, an agency or a station ("Herald", "KCRA")."""
    call = token.text.isupper() and len(token.text) == 4 and token.text[0] in "KW"
    return call or (token.norm in lexicon.MEDIA and token.norm not in lexicon.DEMONYMS)


def _denied_alone(fact: Reading, evidence: Sequence[Reading]) -> bool:
    """Whether the statement denies what no sentence denies."""
    if not fact.negations:
        return False
    if all(_idiom(fact, n) for n in fact.negations):
        return False
    for i in polarity.denied(fact):
        token = fact.tokens[i]
        about = [r for r in evidence if any(t.content and same(token, t) for t in r.tokens)]
        if not any(_denies(reading, token) for reading in about or evidence):
            return True
    return not any(reading.negations or polarity.denied(reading) for reading in evidence)


_IDLE_NO = frozenset("doubt uncertain matter wonder less fewer just only merely simply least alone".split())
"""Words behind "no" or "not" with which it denies nothing ("in no uncertain terms", "not just")."""


def _idiom(fact: Reading, negation: int) -> bool:
    after = fact.tokens[negation + 1].norm if negation + 1 < len(fact.tokens) else ""
    return fact.tokens[negation].norm in ("no", "not", "n't") and after in _IDLE_NO


def _denies(reading: Reading, token: Token) -> bool:
    """Whether a sentence denies a word, or says the opposite of it, or denies anything where it has not the word."""
    mine = polarity.denied(reading)
    hits = [j for j, t in enumerate(reading.tokens) if t.content and same(token, t)]
    if any(j in mine for j in hits) or any(t.stem in opposites(token.stem) for t in reading.tokens):
        return True
    return bool(reading.negations) and (not hits or any(abs(j - n) <= _REACH for j in hits for n in reading.negations))


def _turned(fact: Reading, i: int, evidence: Sequence[Reading]) -> bool:
    """Whether a sentence has the opposite of a word of the statement in its place: beside one of the words that it stands
    beside, or in a sentence with two of them."""
    wanted = opposites(fact.tokens[i].stem)
    if not wanted:
        return False
    content = [k for k, t in enumerate(fact.tokens) if t.content]
    at = content.index(i)
    beside = [fact.tokens[k] for k in content[max(0, at - _BESIDE) : at + _BESIDE + 1] if k != i]
    for reading in evidence:
        if not wanted & reading.stems:
            continue
        said = [t for t in reading.tokens if t.content]
        if sum(any(same(mine, theirs) for theirs in said) for mine in beside) > 1:
            return True
        for j, token in enumerate(said):
            near = said[max(0, j - _BESIDE) : j + _BESIDE + 1] if token.stem in wanted else []
            if any(same(mine, theirs) for mine in beside for theirs in near):
                return True
    return False


_BESIDE = 3  # content words to either side in which a word's neighbours stand
_REACH = 8  # words between a denial and what it denies, "has not yet met or even spoken to"
