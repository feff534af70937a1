"""Reading a text as words: tokens with offsets, values, names, quotations, marks of negation and hedging.

Takes: any string. Gives: frozen tokens and readings whose offsets point into that string.
Does not know: articles, sentences, citations, or what any comparison is for.

English gets stems, values and names; scripts without spaces (Han, Kana, Thai, ...) are read as overlapping character
bigrams, which is the usual unit where no dictionary is at hand; all others are compared word by word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast
from weakref import ReferenceType, WeakValueDictionary, ref

import snowballstemmer

from summarizer import lexicon

_GLYPHS = str.maketrans(
    {
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("‘’‚‛′`´＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\n", " "),
    }
)

# Scripts written without spaces between words.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
_TOKEN = re.compile(
    rf"(?P<unspaced>[{_UNSPACED}]+)"
    rf"|(?P<acronym>(?:[^\W\d_]\.){{2,8}}(?:[^\W\d_]\b)?)"
    rf"|(?P<number>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\d+(?:[.:]\d+)?)(?P<ordinal>st|nd|rd|th)?(?![^\W\d_{_UNSPACED}]{{4,}})"
    rf"|(?P<word>(?:(?![{_UNSPACED}])\w)+)"
)
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# The same for texts without those scripts: what begins with two letters needs no look at the other kinds.
_SPACED_TOKEN = re.compile(
    r"[^\W\d]\w+"
    r"|(?P<acronym>(?:[^\W\d_]\.){2,8}(?:[^\W\d_]\b)?)"
    r"|(?P<number>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)?)(?:st|nd|rd|th)?(?![^\W\d_]{4,})"
    r"|\w+"
)
_DIGITS = re.compile(r"(\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)?)(?:st|nd|rd|th)?")
_KANA = re.compile(r"[\u3040-\u309f\u30fc]+")


@dataclass(slots=True)
class Token:
    """One word or number. norm: NFKC, casefolded; stem: what two words are compared by; content: says something.

    Nobody may change one. (A frozen dataclass takes five times as long to make, and a request has a million of them.)
    """

    start: Final[int]
    end: Final[int]
    text: Final[str]
    norm: Final[str]
    stem: Final[str]
    content: Final[bool]


@dataclass(frozen=True, slots=True)
class Quotation:
    """The inside of a pair of quotation marks; `closed` is False when the mark has no partner."""

    start: int
    end: int
    text: str
    closed: bool = True


ValueKind = Literal["number", "ordinal", "percent", "month", "weekday", "time"]
Bound = Literal["", "more", "less", "about"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a text states; the span holds its sign, its currency, `percent` and `pm`, but no other unit.

    amount: numbers as they are, a weekday or month by its number, a time in minutes since midnight.
    unit: the stem of what is counted (the head of the noun run that follows), a currency's name, `day of apr` for a day
    of a month, `point` for percentage points, `am` or `pm` for a time that says so; or empty.
    units: the stems of the whole run up to the head. bound: what the text says about exactness; `approximate` if any.
    range: the value is the first or the second of a pair ("from 3 to 5", "54 to 46", "3-1").
    """

    start: int
    end: int
    kind: ValueKind
    amount: float
    unit: str = ""
    text: str = ""
    approximate: bool = False
    bound: Bound = ""
    range: Literal["", "from", "to"] = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: token indices `first` to `last` (included), its parts folded for comparison."""

    first: int
    last: int
    start: int
    end: int
    parts: tuple[str, ...]
    possessive: bool = False


class Reading:
    """All that one text says on its surface. `negations`, `hedges`: token indices; `content`: the tokens that say something;
    `stems`: theirs.

    marks: where it says that something is `uncertain` or `no` (not so, not yet so): (label, offset behind the mark).
    places: the token indices by stem, and by the first four letters of stem and norm.

    All but text and tokens is found when it is asked for, and kept. Nobody may change one.
    """

    __slots__ = (
        "__weakref__",
        "_plain",
        "content",
        "hedges",
        "marks",
        "named",
        "names",
        "negations",
        "places",
        "quotations",
        "stems",
        "text",
        "tokens",
        "unspaced",
        "values",
    )
    text: str
    tokens: tuple[Token, ...]
    values: tuple[Value, ...]
    names: tuple[Name, ...]
    quotations: tuple[Quotation, ...]
    negations: tuple[int, ...]
    hedges: tuple[int, ...]
    marks: tuple[tuple[str, int], ...]
    unspaced: bool
    content: tuple[Token, ...]
    stems: frozenset[str]
    places: tuple[dict[str, list[int]], dict[str, list[int]]]
    named: tuple[frozenset[str], Reading | None] | None  # `likeness.named` keeps here what it found
    _plain: ReferenceType[Reading] | None

    def __init__(self, text: str, tokens: tuple[Token, ...]) -> None:
        self.text = text
        self.tokens = tokens
        self.named = None
        self._plain = None

    if not TYPE_CHECKING:  # a type checker that sees this takes any name for an attribute

        def __getattr__(self, name: str) -> Any:
            find = _FINDERS.get(name)
            if find is None:
                raise AttributeError(name)
            plain = None if self._plain is None else self._plain()
            found = find(self) if plain is None else getattr(plain, name)
            setattr(self, name, found)
            return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and self.text == other.text and self.names == other.names

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Reading({self.text!r})"

    def with_names(self, names: tuple[Name, ...]) -> Reading:
        """The same reading with other names; what is found in one is not looked for again in the other."""
        other = Reading(self.text, self.tokens)
        other.names = names
        other._plain = ref(self)
        return other


def fold(text: str) -> str:
    """Glyphs of quotes, dashes and spaces made one; the length does not change."""
    return text.translate(_GLYPHS)


# Letters that Unicode does not take apart, as news agencies write them without special characters.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "ß": "ss", "ẞ": "SS"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
)


def strip_accents(text: str) -> str:
    """Letters without their diacritics: 'Bjørnstad' and 'Bjornstad', 'Łódź' and 'Lodz' are one."""
    if text.isascii():
        return text
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.translate(_LETTERS)


# A thousand articles on one event hold six thousand words (`benchmarks.own_part`); five times that stays warm.
@lru_cache(maxsize=32_768)
def stem(norm: str) -> str:
    """The comparison key of a folded word: its irregular base or demonym's place, then the Snowball English stem."""
    base = lexicon.IRREGULAR.get(norm, norm)
    base = lexicon.DEMONYMS.get(base, base)
    base = base if base.isascii() else strip_accents(base)
    # One of its own for each word: a stemmer keeps the word in itself, and two threads would mix theirs up.
    return str(snowballstemmer.EnglishStemmer().stemWord(base)) if base.isascii() else base


class _Word(NamedTuple):
    """What a word says wherever it stands. ending: it is a part of the word before, if an apostrophe joins them."""

    text: str
    norm: str
    stem: str
    content: bool
    ending: bool


_ENDINGS = frozenset(("s", "t", "d", "ll", "re", "ve", "m"))


def _word(raw: str) -> _Word:
    """What a match of the patterns says; the characters alone tell which kind it is."""
    # Words come again and are remembered; figures hardly do, and there is no end of them.
    return _figure(raw) if raw[0].isdecimal() else _known_word(raw)


def _figure(raw: str) -> _Word:
    number = _DIGITS.fullmatch(raw)
    if number is None:
        return _known_word(raw)
    digits = number[1].replace(",", "").replace("\u00a0", "").replace("\u202f", "")
    return _Word(raw, unicodedata.normalize("NFKC", raw).casefold(), _canonical(digits), True, False)


@lru_cache(maxsize=32_768)
def _known_word(raw: str) -> _Word:
    norm = unicodedata.normalize("NFKC", raw).casefold()
    if "." in raw and not raw[0].isdecimal():
        norm = norm.replace(".", "")
    capital_us = norm == "us" and raw.isupper()
    content = (norm not in lexicon.FUNCTION or capital_us or (norm == "may" and raw[0].isupper())) and (
        len(norm) > 1 or not norm.isascii()
    )
    key = "america" if capital_us else stem(norm if norm != "us" else "we")
    return _Word(raw, norm, key, content, norm in _ENDINGS)


@lru_cache(maxsize=2_048)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, in order. Possessive endings are cut off; 'n't' is a token of its own."""
    return _tokens(text)


def _tokens(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    unspaced = not text.isascii() and _HAS_UNSPACED.search(text) is not None
    for match in (_TOKEN if unspaced else _SPACED_TOKEN).finditer(text):
        start, end = match.span()
        raw = match.group()
        if unspaced and match.group("unspaced"):
            found.extend(_bigrams(raw, start))
            continue
        raw, norm, key, content, ending = _word(raw)
        if ending and found and start and text[start - 1] in "'’" and found[-1].end == start - 1:
            if norm == "t" and found[-1].norm.endswith("n") and len(found[-1].norm) > 1:
                last = found.pop()
                cut = last.end - 1
                head = text[last.start : cut]
                whole = not head or last.norm in ("can", "won")
                if not whole:
                    found.append(Token(last.start, cut, *_word(head)[:4]))
                found.append(Token(last.start if whole else cut, end, text[cut:end], "n't", "not", False))
            continue
        found.append(Token(start, end, raw, norm, key, content))
    return tuple(found)


def _bigrams(run: str, start: int) -> list[Token]:
    if len(run) == 1:
        return [Token(start, start + 1, run, run, run, _KANA.fullmatch(run) is None)]
    return [
        Token(
            start + i,
            start + i + 2,
            run[i : i + 2],
            run[i : i + 2],
            run[i : i + 2],
            _KANA.fullmatch(run[i : i + 2]) is None,
        )
        for i in range(len(run) - 1)
    ]


def _canonical(digits: str) -> str:
    if ":" in digits:
        return digits
    value = float(digits)
    return str(int(value)) if value.is_integer() else repr(value)


# -- quotations ---------------------------------------------------------------------------------------------------------

# Opening mark -> its closing marks. A mark that closes itself (straight, fullwidth, prime) is found under its glyph.
_DOUBLE = {
    '"': '"”＂', "＂": '＂"”', "“": '”"', "„": '“”"', "‟": '”"', "〝": "〞〟", "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "「": "」", "｢": "｣", "『": "』", "”": "”",
}  # fmt: skip
_SINGLE = {
    "'": "'’", "‘": "'’", "‛": "’'", "‚": "‘’'", "`": "`'’´", "´": "´'’", "＇": "＇'", "′": "′'", "’": "’",
}  # fmt: skip
_TWICE = ("''", "’’", "´´")  # two single marks in a row are one double mark
_EITHER = "»›”’"  # marks that close in most texts and open in some (»so«, ”so”): openers only where nothing can close
_MARKS = re.compile("[" + re.escape("".join({*_DOUBLE, *_SINGLE, *"".join(_DOUBLE.values())})) + "]")


@lru_cache(maxsize=2_048)
def balanced(text: str) -> bool:
    """Whether every quotation mark has a partner of its own: as many open as close, and straight ones in pairs."""
    if not all(q.closed for q in quotations(text)):
        return False
    if "„" in text:  # closed by a mark that opens elsewhere
        return text.count("„") == text.count("“") + text.count("”")
    closing = text.count("”") + text.count("’’") + text.count("''")
    pairs = (("「", "」"), ("『", "』"), ("«", "»"), ("‹", "›"))
    return (
        text.count("“") == closing
        and text.count('"') % 2 == 0
        and all(text.count(a) == text.count(b) for a, b in pairs)
    )


def quotations(text: str) -> tuple[Quotation, ...]:
    """What stands between quotation marks, outermost pairs, in order.

    An apostrophe is not a mark; a single mark opens only before a letter that follows a space or the start. Two single
    marks in a row count as one double mark. A mark that is never closed gives `closed=False` up to the end.
    """
    if _MARKS.search(text) is None:
        return ()
    n = len(text)
    closers = _closers(text)
    found: list[Quotation] = []
    i = 0  # everything before is read
    for mark in _MARKS.finditer(text):
        at, c = mark.start(), mark.group()
        if at < i:
            continue
        free = at == 0 or not (text[at - 1].isalnum() or text[at - 1] in '"”.!?,')
        letter = at + 1 < n and text[at + 1].isalnum()
        width = 1
        ends: tuple[str, ...]
        if c in _SINGLE and c != "‚" and at + 1 < n and text[at + 1] == c:
            ends, width = _TWICE, 2
        elif c in _EITHER and not (free and letter):
            if c == "”":
                found.append(Quotation(at, at, "", closed=False))
            continue
        elif c in _DOUBLE:
            if c == "‹" and not letter and not text[at + 1 : at + 2].isspace():
                continue
            ends = tuple(_DOUBLE[c]) + (_TWICE if c in '"＂“„' else ())
        elif c in _SINGLE and free and letter:
            ends = tuple(f"{e} " for e in _SINGLE[c])
        else:
            continue
        j = min(
            (closers[e][k] for e in ends if (k := bisect_left(closers[e], at + width)) < len(closers[e])), default=n
        )
        if j == n:
            if width == 1 and (c in _SINGLE or c in _EITHER) and c != "‚":
                if c == "”":
                    found.append(Quotation(at, at, "", closed=False))
                continue  # an apostrophe after all ('tis, '90s), or an arrow
            found.append(Quotation(at + width, n, text[at + width :], closed=False))
            break
        found.append(Quotation(at + width, j, text[at + width : j]))
        i = j + (2 if text[j : j + 2] in _TWICE else 1)
    return tuple(found)


def _closers(text: str) -> dict[str, list[int]]:
    """Where each mark stands, in order; "x " are the places where it can end a word; doubled marks by themselves.

    Read once for the whole text, so that a text full of opening marks takes no longer than another.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for mark in _MARKS.finditer(text):
        at, c = mark.start(), mark.group()
        places[c].append(at)
        if not text[at + 1 : at + 2].isalnum():
            places[f"{c} "].append(at)
        if text[at : at + 2] in _TWICE:
            places[text[at : at + 2]].append(at)
    return places


# -- values -------------------------------------------------------------------------------------------------------------

# Words in front of a number that say how exact it is; the longest that fits counts.
_BOUNDS: dict[tuple[str, ...], Bound] = {
    tuple(words.split()): bound
    for bound, phrases in {
        "more": "no fewer than, no less than, not fewer than, not less than, more than, greater than, higher than, "
        "at least, upwards of, upward of, over, above, exceeding",
        "less": "no more than, not more than, no greater than, as many as, as much as, at most, up to, less than, "
        "fewer than, lower than, under, below, nearly, almost",
        "about": "close to, about, around, roughly, approximately, approx, some, circa, estimated",
    }.items()
    for words in phrases.split(", ")
    for bound in (cast(Bound, bound),)
}
_BEHIND: dict[str, Bound] = {"more": "more", "fewer": "less", "less": "less", "so": "about"}  # "40 or more"
_CURRENCY_SIGNS = {"$": "dollar", "＄": "dollar", "€": "euro", "£": "pound", "￡": "pound", "¥": "yen", "￥": "yen"} | {
    "₹": "rupee", "₽": "rouble", "₴": "hryvnia"
}  # fmt: skip
_CURRENCIES = {
    form: name
    for name in "dollar euro pound yen rupee rouble hryvnia crown franc peso yuan".split()
    for form in (name, f"{name}s")
} | {"ruble": "rouble", "rubles": "rouble", "usd": "dollar", "eur": "euro", "gbp": "pound", "jpy": "yen"}
# Units of measure end a noun run: "a 40 metre ship", "a two week strike".
_MEASURES = frozenset(
    """m km cm mm metre metres meter meters kilometre kilometres kilometer kilometers centimetre centimetres centimeter
    centimeters mile miles foot feet inch inches yard yards tonne tonnes ton tons kg kilo kilos kilogram kilograms gram
    grams litre litres liter liters barrel barrels gallon gallons hectare hectares acre acres degree degrees minute
    minutes hour hours day days week weeks month months year years decade decades century centuries seconds mph kph
    megawatt megawatts gigawatt gigawatts volt volts horsepower hp""".split()
) | frozenset(_CURRENCIES)
_SHORT = (
    {"m": "metre", "km": "kilometre", "cm": "centimetre", "mm": "millimetre", "kg": "kilogram", "kilo": "kilogram"}
    | {american: american[:-2] + "re" for american in ("meter", "kilometer", "centimeter", "liter")}
    | {
        "hp": "horsepower",
        "kilos": "kilogram",
        "meters": "metre",
        "kilometers": "kilometre",
        "centimeters": "centimetre",
        "liters": "litre",
    }
)
_PLURALS = frozenset(
    """people men women children police staff cattle sheep fish aircraft spacecraft hovercraft livestock personnel crew
    feet teeth mice geese dead wounded injured homeless others servicemen policemen firemen fishermen businessmen
    congressmen lawmen salesmen sportsmen spokesmen policewomen servicewomen""".split()
)
# What ends a noun run although it is no function word: times, and verbs without the ending -ed.
_NO_NOUN = (
    frozenset(
        "today yesterday tomorrow tonight ago later earlier old away high long wide deep tall thick apart each".split()
    )
    | lexicon.PAST_FORMS
    | lexicon.REPORTING
    | lexicon.CLAIMING
)
_RUN = 4  # words of a noun run: "twelve brave young police divers"; what stands further off is another part of the sentence
_LONG = frozenset("high long wide deep tall thick away off below above freestyle butterfly hurdles sprint race".split())
_JOINTS = (" ", "-", "\u00a0", "‑", "")
_NO_ONE = frozenset("no the this that any every each which another some number only".split())
_ON = frozenset("on since until till by from before after of".split())
# Whatever is read as a value begins with one of these, or with a digit.
_OPENS_VALUE = frozenset(
    {
        "half",
        "one",
        "quarter",
        *lexicon.WEEKDAYS,
        *lexicon.MONTHS,
        *lexicon.ORDINALS,
        *lexicon.SCALES,
        *lexicon.UNITS,
        *lexicon.TENS,
    }
)


def _values(text: str, toks: tuple[Token, ...]) -> tuple[Value, ...]:
    found: list[Value] = []
    first: list[int] = []  # the token that each value begins at
    claimed = -1  # the month that belongs to the last day of a month
    i = 0
    while i < len(toks):
        token = toks[i]
        norm = token.norm
        if norm not in _OPENS_VALUE and not norm[0].isdigit():
            i += 1
            continue
        more: tuple[Value, ...] = ()
        after = i + 1
        if norm in lexicon.WEEKDAYS and (len(norm) > 3 or token.text[0].isupper()):
            more = (Value(token.start, token.end, "weekday", lexicon.WEEKDAYS[norm], text=token.text),)
        elif (
            _is_month(token)
            and not (norm == "may" and i == 0)
            and (len(norm) > 3 or norm == "may" or _next_is_number(toks, i))
        ):
            more = (Value(token.start, token.end, "month", lexicon.MONTHS[norm], text=token.text),)
        elif _one_part(text, toks, i):
            if toks[i - 1].norm == "one" and found and found[-1].start == toks[i - 1].start:
                i = after  # "one third of": "one" was read with its unit
                continue
            unit = stem(norm)
            start = toks[i - 1].start
            more = (Value(start, token.end, "number", 1.0, unit, text[start : token.end], units=(unit,)),)
        elif norm in lexicon.ORDINALS and not (norm == "second" and i and _span_of_time(text, toks, i)):
            more = (_ordinal(text, toks, i, lexicon.ORDINALS[norm]),)
        else:
            more, after = _number(text, toks, i)
        if len(more) == 1 and (month := _month_of(text, toks, i, after, more[0], claimed)) is not None:
            claimed = month
            unit = f"day of {toks[month].norm[:3]}"
            more = (replace(more[0], kind="number", unit=unit, units=(unit,)),)
        for value in more:
            if found:
                found[-1], value = _paired(text, toks, first[-1], found[-1], value)
            found.append(value)
            first.append(i)
        i = after
    return tuple(found)


_PARTS = frozenset("third quarter fourth fifth sixth seventh eighth ninth tenth".split())


def _one_part(text: str, toks: tuple[Token, ...], i: int) -> bool:
    """Whether a word is one part of something, "a third of the members", which counts as "two thirds of them" does."""
    if toks[i].norm not in _PARTS or not i or i + 1 >= len(toks) or toks[i + 1].norm != "of":
        return False
    return toks[i - 1].norm in ("a", "one") and text[toks[i - 1].end : toks[i].start] in _JOINTS


def _is_month(token: Token) -> bool:
    return token.norm in lexicon.MONTHS and token.text[0].isupper()


def _next_is_number(toks: tuple[Token, ...], i: int) -> bool:
    return i + 1 < len(toks) and toks[i + 1].norm[:1].isdigit()


def _span_of_time(text: str, toks: tuple[Token, ...], i: int) -> bool:
    """Whether "second" is a unit: "40 litres a second", "a 2-second lead"."""
    joined = text[toks[i - 1].end : toks[i].start] == "-" and toks[i - 1].norm[0].isdigit()
    return joined or toks[i - 1].norm in ("a", "per", "each")


def _ordinal(text: str, toks: tuple[Token, ...], i: int, amount: float) -> Value:
    token = toks[i]
    following = toks[i + 1] if i + 1 < len(toks) and toks[i + 1].content else None
    noun = following.stem if following is not None and text[token.end : following.start].strip() == "" else ""
    return Value(token.start, token.end, "ordinal", amount, noun, token.text, units=(noun,) if noun else ())


def _month_of(text: str, toks: tuple[Token, ...], i: int, after: int, value: Value, claimed: int) -> int | None:
    """The month that a value is a day of ("3 April", "April 3rd", "the 3rd of April"), as a token index."""
    if value.kind not in ("number", "ordinal") or after != i + 1 or not 1 <= value.amount <= 31 or value.amount % 1:
        return None
    before = i - 2 if i > 1 and toks[i - 1].norm == "the" else i - 1
    near = before >= 0 and before != claimed and _is_month(toks[before])
    near = near and text[toks[before].end : toks[i].start] in (" ", ". ", "\u00a0", " the ", "-")
    dated = toks[i].norm[0].isdigit() and value.kind == "ordinal"
    if near and (dated or not value.unit or (before > 0 and toks[before - 1].norm in _ON)):
        return before
    k = after + 1 if after < len(toks) and toks[after].norm == "of" else after
    if k < len(toks) and _is_month(toks[k]) and text[toks[k - 1].end : toks[k].start] in (" ", ". ", "\u00a0", "-"):
        return k
    return None


def _paired(text: str, toks: tuple[Token, ...], i: int, a: Value, b: Value) -> tuple[Value, Value]:
    """Two neighbours, marked if they are a range or a score; what only one of them says (unit, percent) holds for both."""
    if a.kind not in ("number", "percent") or b.kind not in ("number", "percent") or a.range:
        return a, b
    gap = fold(text[a.end : b.start])
    opener = {t.norm for t in toks[max(0, i - 2) : i]}
    joined = (
        gap in ("-", "-to-", ":")
        or (gap == " to " and a.kind == "number" and (not a.unit or a.unit == b.unit))
        or (opener & {"from", "between"} and re.fullmatch(r"(?: [\w-]+){0,2} to ", gap) is not None)
        or ("between" in opener and re.fullmatch(r"(?: [\w-]+){0,2} and ", gap) is not None)
    )
    if not joined:
        return a, b
    kind: ValueKind = "percent" if not a.unit and b.kind == "percent" else a.kind
    a_unit, b_unit = (a.unit, a.units), (b.unit, b.units)
    a = replace(
        a, range="from", kind=kind, unit=(a_unit if a.unit else b_unit)[0], units=(a_unit if a.unit else b_unit)[1]
    )
    return a, replace(b, range="to", unit=(b_unit if b.unit else a_unit)[0], units=(b_unit if b.unit else a_unit)[1])


def _number(text: str, toks: tuple[Token, ...], i: int) -> tuple[tuple[Value, ...], int]:
    """The values that begin at token i (two for a score such as 3:1), and the index behind them."""
    token = toks[i]
    norm = token.norm
    if norm[0].isdigit():
        clock = _clock(text, toks, i)
        if clock is not None:
            return clock
        if norm.endswith(("st", "nd", "rd", "th")) and norm[:-2].isdigit():
            return (_ordinal(text, toks, i, float(token.stem)),), i + 1
    elif norm == "one":
        return _one(text, toks, i)
    read_ = _cardinal(text, toks, i)
    if read_ is None:
        return (), i + 1
    amount, j = read_
    first = i - 1 if norm in lexicon.SCALES else i  # "a" of "a hundred"
    start = toks[first].start
    sign = _sign(text, start) if norm[0].isdigit() else ""
    unit = ""
    if start and text[start - 1] in _CURRENCY_SIGNS:
        unit = stem(_CURRENCY_SIGNS[text[start - 1]])
        start -= 1
        sign = _sign(text, start)
    elif first and toks[first - 1].norm in ("usd", "eur", "gbp", "jpy"):
        unit = stem(_CURRENCIES[toks[first - 1].norm])
    if sign:
        amount, start = -amount, start - 1
    elif first and toks[first - 1].norm == "minus" and text[toks[first - 1].end : start] == " ":
        amount, start, first = -amount, toks[first - 1].start, first - 1
    bound = _bound(toks, first)
    end = toks[j - 1].end
    if j + 1 < len(toks) and toks[j].norm == "or" and toks[j + 1].norm in _BEHIND:
        bound = _BEHIND[toks[j + 1].norm]
        end, j = toks[j + 1].end, j + 2
    elif text[end : end + 1] == "+":
        bound = "more"
    value = Value(
        start, end, "number", round(amount, 6), unit, text[start:end], bool(bound), bound, "", (unit,) if unit else ()
    )
    return (_with_unit(text, toks, j, value),), _behind(text, toks, j)


def _with_unit(text: str, toks: tuple[Token, ...], j: int, value: Value) -> Value:
    """The value with what stands behind it: percent, a currency, the noun that is counted."""
    after = _behind(text, toks, j)
    words = [t.norm for t in toks[j:after]]
    tail = text[value.end : value.end + 2].lstrip("\u00a0 ")
    if tail[:1] in ("%", "％"):
        end = text.index(tail[0], value.end) + 1
        return replace(value, end=end, kind="percent", text=text[value.start : end])
    if words and words[0] in ("percent", "per", "pct", "percentage"):
        unit = "point" if words[0] == "percentage" else ""
        end = toks[after - 1].end
        return replace(
            value, end=end, kind="percent", unit=unit, units=(unit,) if unit else (), text=text[value.start : end]
        )
    if value.unit:
        return value
    if tail[:1] in _CURRENCY_SIGNS:
        end = text.index(tail[0], value.end) + 1
        unit = stem(_CURRENCY_SIGNS[tail[0]])
        return replace(value, end=end, unit=unit, units=(unit,), text=text[value.start : end])
    if words:
        end = toks[after - 1].end
        unit = stem(_CURRENCIES[words[0]])
        return replace(value, end=end, unit=unit, units=(unit,), text=text[value.start : end])
    unit, units = _noun(text, toks, j, value.amount)
    return replace(value, unit=unit, units=units)


def _behind(text: str, toks: tuple[Token, ...], j: int) -> int:
    """The index behind the words that belong to a value: "per cent", "percentage points", "euros"."""
    if j >= len(toks) or text[toks[j - 1].end : toks[j].start] not in _JOINTS:
        return j
    norm = toks[j].norm
    following = toks[j + 1].norm if j + 1 < len(toks) else ""
    if norm in ("percent", "pct") or norm in _CURRENCIES:
        return j + 1
    if (norm == "per" and following == "cent") or (norm == "percentage" and following in ("point", "points")):
        return j + 2
    return j


def _sign(text: str, start: int) -> str:
    """The minus before a number: it touches the number, and no word or number stands before it."""
    if not start or text[start - 1] not in "-−–":
        return ""
    before = text[: start - 1][-2:]
    return "-" if not before or (before[-1] in " (\n\t\u00a0“\"'" and not before[0].isdigit()) else ""


def _bound(toks: tuple[Token, ...], i: int) -> Bound:
    if i > 2 and toks[i - 2].norm in ("a", "an") and toks[i - 1].content and toks[i - 1].text.islower():
        i -= 2  # "up to a staggering 40"
    for size in (3, 2, 1):
        words = tuple(t.norm for t in toks[max(0, i - size) : i])
        if len(words) == size and words in _BOUNDS:
            return _BOUNDS[words]
    return ""


def _clock(text: str, toks: tuple[Token, ...], i: int) -> tuple[tuple[Value, ...], int] | None:
    """A time of day ("6:30", "6.30 pm", "6 p.m.", "6 o'clock") or, where a colon makes none, the two sides of a score."""
    token = toks[i]
    head, mark, rest = token.norm.partition(":" if ":" in token.norm else ".")
    if not head.isdecimal() or (rest and not rest.isdecimal()) or len(head) > 4 or len(rest) > 4:
        return None
    j = i + 1
    half = toks[j].norm if j < len(toks) and text[token.end : toks[j].start] in ("", " ", "\u00a0") else ""
    if half == "o" and j + 1 < len(toks) and toks[j + 1].norm == "clock":
        half, j = "clock", j + 1
    timed = half in ("am", "pm", "clock")
    hours, minutes = int(head), int(rest or 0)
    if hours <= 24 and minutes < 60 and (len(rest) == 2 or (timed and not mark)) and (timed or mark == ":"):
        j = j + 1 if timed else i + 1
        if timed and hours <= 12 and half != "clock":
            hours = hours % 12 + (12 if half == "pm" else 0)
        end = toks[j - 1].end
        unit = half if half in ("am", "pm") else ""
        bound = _bound(toks, i)
        amount = float(hours * 60 + minutes)
        return (Value(token.start, end, "time", amount, unit, text[token.start : end], bool(bound), bound),), j
    if mark != ":":
        return None
    cut = token.start + token.text.index(":")
    return (
        Value(token.start, cut, "number", float(hours), text=text[token.start : cut]),
        Value(cut + 1, token.end, "number", float(minutes), text=text[cut + 1 : token.end]),
    ), i + 1


def _one(text: str, toks: tuple[Token, ...], i: int) -> tuple[tuple[Value, ...], int]:
    """ "One" is a value where it counts: before a noun or a scale; not in "one of", "no one", "one another", "one day,"."""
    read_ = _cardinal(text, toks, i)
    if read_ is None and (
        i + 1 == len(toks)
        or (i and toks[i - 1].norm in _NO_ONE)
        or text[toks[i].end : toks[i + 1].start] not in (" ", "-")
    ):
        return (), i + 1
    amount, j = read_ or (1.0, i + 1)
    bound = _bound(toks, i)
    start, end = toks[i].start, toks[j - 1].end
    value = Value(start, end, "number", amount, text=text[start:end], approximate=bool(bound), bound=bound)
    value = _with_unit(text, toks, j, value)
    if read_ is None:
        nothing = value.kind == "number" and (not value.unit or toks[j].norm in _NO_NOUN)
        hyphen = text[end : end + 1] == "-" and toks[j].norm not in _MEASURES  # "one-way"
        once = toks[j].norm == "day" and text[toks[j].end : toks[j].end + 1] == ","
        if (
            nothing
            or hyphen
            or once
            or _opens_remark(toks, i)
            or (len(value.units) == 1 and toks[j].norm.endswith("ed"))
        ):
            return (), i + 1
    return (value,), _behind(text, toks, j)


def _opens_remark(toks: tuple[Token, ...], i: int) -> bool:
    """Whether "one" only leads to what is told of its noun: "One serious drawback is that ..."."""
    behind = [t.norm for t in toks[i + 1 : i + 5]]
    at = next((k for k, norm in enumerate(behind) if norm in ("is", "was")), 0)
    return 1 <= at <= 2 and behind[at + 1 :][:1] in (["that"], ["how"])


def _cardinal(text: str, toks: tuple[Token, ...], i: int) -> tuple[float, int] | None:
    """The number that begins at token i, in digits or in words, and the index behind it."""
    apart = i > 0 and toks[i - 1].norm in ("between", "from")  # "between five hundred and twelve thousand" are two
    total, limit, j = 0.0, float("inf"), i
    while limit > 1:
        k = j
        if j > i:
            if k < len(toks) and toks[k].norm == "and" and total >= 100 and not apart:
                k += 1
            if k >= len(toks) or text[toks[k - 1].end : toks[k].start] not in _JOINTS or toks[k].norm[0].isdigit():
                break
        group = _group(text, toks, k, opens=j == i, apart=apart)
        if group is None or (j > i and group[0] >= limit):
            break
        amount, limit, j = group
        total += amount
    return (total, j) if j > i else None


def _group(text: str, toks: tuple[Token, ...], k: int, *, opens: bool, apart: bool) -> tuple[float, float, int] | None:
    """A number below a thousand with its scale: (amount, scale, index behind), as in "205 thousand" or "two hundred"."""
    norm = toks[k].norm
    if opens and norm == "half":
        k += 2 if k + 1 < len(toks) and toks[k + 1].norm in ("a", "an") else 1
        scaled, after = _scale(text, toks, k)
        return (0.5 * scaled, 1.0, after) if after > k else None
    if opens and norm in lexicon.SCALES and len(norm) > 2 and k and toks[k - 1].norm in ("a", "an"):
        amount, j = 1.0, k  # "a hundred"
    elif opens and norm[0].isdigit():
        try:
            amount, j = float(toks[k].stem), k + 1
        except ValueError:
            return None
    elif (simple := _simple(text, toks, k)) is not None:
        amount, j = simple
    else:
        return None
    if [t.norm for t in toks[j : j + 3]] == ["and", "a", "half"]:
        amount, j = amount + 0.5, j + 3
    if j < len(toks) and toks[j].norm == "hundred" and text[toks[j - 1].end : toks[j].start] in _JOINTS:
        amount, j = amount * 100, j + 1
        n = j + 1 if j < len(toks) and toks[j].norm == "and" and not apart else j
        rest = _simple(text, toks, n) if n < len(toks) and text[toks[n - 1].end : toks[n].start] in _JOINTS else None
        if rest is not None and not (rest[1] < len(toks) and toks[rest[1]].norm in ("hundred", "dozen")):
            amount, j = amount + rest[0], rest[1]
    scaled, after = _scale(text, toks, j)
    if norm == "one" and amount == 1 and after == j:
        return None
    return amount * scaled, scaled, after


def _simple(text: str, toks: tuple[Token, ...], k: int) -> tuple[float, int] | None:
    """A number word below a hundred: "seven", "forty", "twenty-one"."""
    norm = toks[k].norm
    if norm in lexicon.UNITS or norm == "one":
        return float(lexicon.UNITS.get(norm, 1)), k + 1
    if norm not in lexicon.TENS:
        return None
    if k + 1 < len(toks) and text[toks[k].end : toks[k + 1].start] in _JOINTS:
        digit = 1 if toks[k + 1].norm == "one" else lexicon.UNITS.get(toks[k + 1].norm, 0)
        if 0 < digit < 10:
            return float(lexicon.TENS[norm] + digit), k + 2
    return float(lexicon.TENS[norm]), k + 1


def _scale(text: str, toks: tuple[Token, ...], j: int) -> tuple[float, int]:
    """What the words from token j multiply a number with ("million", "bn", a glued "m"), and the index behind them."""
    scale, start = 1.0, j
    while j < len(toks) and toks[j].norm in lexicon.SCALES and text[toks[j - 1].end : toks[j].start] in _JOINTS:
        if len(toks[j].norm) == 1 and (j > start or toks[j - 1].end != toks[j].start or _metres(text, toks, j)):
            break
        scale *= lexicon.SCALES[toks[j].norm]
        j += 1
    return scale, j


def _metres(text: str, toks: tuple[Token, ...], j: int) -> bool:
    """Whether a glued "m" is metres ("40m high", "a 40m mast") and not a million ("8.2m tonnes", "a $40m grant")."""
    if toks[j].norm != "m" or j + 1 >= len(toks):
        return False
    number = toks[j - 1]
    if number.start and text[number.start - 1] in _CURRENCY_SIGNS:
        return False
    following = toks[j + 1]
    if following.norm in _LONG:
        return True
    article = j > 1 and toks[j - 2].norm in ("a", "an", "the", "her", "his")
    close = text[toks[j].end : following.start] == " "
    return article and close and following.content and following.norm not in _CURRENCIES and not _plural(following)


def _plural(token: Token) -> bool:
    norm = token.norm
    return norm in _PLURALS or (len(norm) > 3 and norm[-1] == "s" and not norm.endswith(("ss", "us", "is")))


def _noun(text: str, toks: tuple[Token, ...], j: int, amount: float) -> tuple[str, tuple[str, ...]]:
    """The head of the noun run that begins at token j, and all stems of the run up to it.

    The head is a unit of measure, or the plural at the end of the run; of one thing, the last word before a verb. Where
    no plural is found (other languages), the first word.
    """
    run: list[Token] = []
    for k in range(j, min(j + _RUN, len(toks))):
        token = toks[k]
        between = text[toks[k - 1].end : token.start]
        if any(mark in between for mark in ".;,:!?…()[]{}\n–—|/") or (
            token.norm in lexicon.FUNCTION and not token.content
        ):
            break
        if token.norm[0].isdigit() or _is_month(token) or token.norm in lexicon.WEEKDAYS or token.norm in lexicon.UNITS:
            break
        if token.norm in _MEASURES or (k == j and between in ("-", "‑")):
            unit = stem(_SHORT.get(token.norm, token.norm))
            return unit, (*(t.stem for t in run), unit)
        following = toks[k + 1] if k + 1 < len(toks) and text[token.end : toks[k + 1].start] == " " else None
        nouns_follow = following is not None and amount != 1 and _plural(following)
        if run and (_plural(run[-1]) and not _plural(token)):
            break
        if run and amount == 1 and _plural(token):
            break  # "one driver wants"
        if run and not nouns_follow and (token.norm in _NO_NOUN or _past(token)):
            break
        run.append(token)
    if not run:
        return "", ()
    if amount != 1 and not _plural(run[-1]):
        run = run[:1]
    return run[-1].stem, tuple(t.stem for t in run)


def _past(token: Token) -> bool:
    return len(token.norm) > 4 and token.norm.endswith("ed") and not token.norm.endswith("eed")


# -- names --------------------------------------------------------------------------------------------------------------


def _names(text: str, toks: tuple[Token, ...]) -> tuple[Name, ...]:
    found: list[Name] = []
    i = 0
    while i < len(toks):
        if not _capital(toks[i]) or (_starts(text, toks, i) and not _name_at_start(toks, i)):
            i += 1
            continue
        j = i
        while j + 1 < len(toks) and _capital(toks[j + 1]) and _joined(text, toks, j) and not _starts(text, toks, j + 1):
            j += 1
        parts = [_part(t) for t in toks[i : j + 1]]
        after = text[toks[j].end : toks[j].end + 2]
        found.append(
            Name(i, j, toks[i].start, toks[j].end, tuple(parts), after in ("'s", "’s") or after[:1] in ("'", "’"))
        )
        i = j + 1
    return tuple(found)


def _part(token: Token) -> str:
    return strip_accents(
        lexicon.DEMONYMS.get(token.norm, token.norm) if token.norm != "us" or token.text.isupper() else token.norm
    )


def _capital(token: Token) -> bool:
    return (
        token.text[0].isupper()
        and token.norm not in lexicon.MONTHS
        and token.norm not in lexicon.WEEKDAYS
        and (
            token.norm not in lexicon.FUNCTION
            or (token.norm in ("us", "it") and token.text.isupper() and len(token.text) > 1)
        )
    )


def _name_at_start(toks: tuple[Token, ...], i: int) -> bool:
    token = toks[i]
    if len(token.text) > 1 and token.text.isupper():
        return True
    if token.norm in lexicon.DEMONYMS:
        return True
    return (
        i + 1 < len(toks)
        and _capital(toks[i + 1])
        and token.norm not in lexicon.FUNCTION
        and token.end + 1 >= toks[i + 1].start
    )


def _joined(text: str, toks: tuple[Token, ...], j: int) -> bool:
    between = text[toks[j].end : toks[j + 1].start]
    return between in (" ", "-", "\u00a0", "’", "'") or (between == ". " and len(toks[j].text) <= 3)


def _starts(text: str, toks: tuple[Token, ...], i: int) -> bool:
    """Whether a sentence or a quotation begins at token i."""
    if not i:
        return True
    before = toks[i - 1]
    between = text[before.end : toks[i].start]
    if between == " ":
        return False
    return any(mark in between for mark in '“"«„') or (
        len(before.text) > 3 and any(mark in between for mark in ".!?\n")
    )


# -- the whole reading --------------------------------------------------------------------------------------------------


_SIGNS = lexicon.NEGATION | lexicon.STRONG_HEDGES | {"yet"}


def _negations(reading: Reading) -> tuple[int, ...]:
    text, toks = reading.text, reading.tokens
    found: list[int] = []
    for i, token in enumerate(toks):
        if token.norm not in _SIGNS:
            continue
        behind = text[token.end : token.end + 1]
        if (
            token.norm in lexicon.NEGATION
            and behind != "-"
            and not (token.norm == "no" and token.text == "No" and behind == ".")
        ):
            if not (
                token.norm == "not" and i + 1 < len(toks) and toks[i + 1].norm in ("only", "solely", "just", "least")
            ):
                found.append(i)
        elif token.norm == "yet" and i + 1 < len(toks) and toks[i + 1].norm == "to":
            found.append(i)
    return tuple(found)


def _hedges(reading: Reading) -> tuple[int, ...]:
    return tuple(
        i
        for i, token in enumerate(reading.tokens)
        if token.norm in lexicon.STRONG_HEDGES and not (token.norm == "may" and token.text == "May" and i)
    )


def _unspaced(reading: Reading) -> bool:
    if reading.text.isascii():
        return False
    toks = reading.tokens
    return len(toks) > 2 * sum(1 for t in toks if t.norm.isascii() or not _HAS_UNSPACED.match(t.norm))


def _places(reading: Reading) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    by_stem: dict[str, list[int]] = {}
    by_head: dict[str, list[int]] = {}
    for i, token in enumerate(reading.tokens):
        stem, norm = token.stem, token.norm
        by_stem.setdefault(stem, []).append(i)
        by_head.setdefault(stem[:4], []).append(i)
        if norm[:4] != stem[:4]:
            by_head.setdefault(norm[:4], []).append(i)
    return by_stem, by_head


_FINDERS: dict[str, Callable[[Reading], object]] = {
    "values": lambda reading: _values(reading.text, reading.tokens),
    "names": lambda reading: _names(reading.text, reading.tokens),
    "quotations": lambda reading: quotations(reading.text),
    "negations": _negations,
    "hedges": _hedges,
    "marks": lambda reading: _marks(reading),
    "unspaced": _unspaced,
    "places": _places,
    "content": lambda reading: tuple([t for t in reading.tokens if t.content]),
    "stems": lambda reading: frozenset([t.stem for t in reading.tokens if t.content]),
}

# Readings that somebody holds, by their text: whoever goes over a request's sentences again finds them, and they are gone
# with the request.
_HELD: WeakValueDictionary[str, Reading] = WeakValueDictionary()


def read(text: str) -> Reading:
    """The reading of one text: usually a sentence or a fact."""
    held = _HELD.get(text)
    return held if held is not None else _read(text)


def readings_held() -> int:
    """How many readings are in memory: those that somebody holds, and the last few thousand."""
    return len(_HELD)


# For what nobody holds: facts, pieces of sentences, the sentences that are compared most.
@lru_cache(maxsize=4_096)
def _read(text: str) -> Reading:
    reading = _HELD[text] = Reading(text, _tokens(text))
    return reading


def count_words(text: str) -> int:
    """Words as a reader counts them: runs between spaces; in scripts without spaces, two characters are one word."""
    reading = read(text)
    return (sum(1 for c in text if c.isalnum()) + 1) // 2 if reading.unspaced else len(text.split())


# -- status: uncertain, or not (yet) so ---------------------------------------------------------------------------------

# Label, pattern, and lists of words: each of its matches has a word of each list, and most sentences have none.
_STATUS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("uncertain", re.compile(r"\b(?:it\s+is|it's|remains?|is|still)?\s*(?:unclear|uncertain|unknown|not\s+(?:yet\s+)?(?:clear|known|certain))\s+(?:whether|if|how|when|what)\b", re.I), ("clear certain known", "whether if how when what")),
    ("uncertain", re.compile(r"\b(?:yet\s+to\s+be\s+|not\s+(?:yet\s+)?(?:been\s+)?|un)confirmed\b(?:\s+(?:whether|if|that))?", re.I), ("confirmed",)),
    ("uncertain", re.compile(r"\brumou?rs?\b(?:\s+(?:that|of))?|\brumou?red\b", re.I), ("rumo",)),
    ("uncertain", re.compile(r"\b(?:could|would|did)\s+not\s+(?:say|confirm|tell)\s+(?:whether|if|that|when)?", re.I), ("not", "could would did")),
    ("uncertain", re.compile(r"\bhas\s+not\s+(?:said|confirmed|decided|announced)\s+(?:whether|if|that|when)?", re.I), ("not", "has", "said confirmed decided announced")),
    ("no", re.compile(r"\b(?:has|have|had)\s+(?:not|yet\s+to)\b(?!\s+only)", re.I), ("has have had", "not yet")),
    ("no", re.compile(r"\b(?:hasn|haven|hadn)['’]t\b", re.I), ("hasn haven hadn",)),
    ("no", re.compile(r"\byet\s+to\b(?!\s+be\s+confirmed)", re.I), ("yet",)),
    ("no", re.compile(r"\bden(?:y|ies|ied)\s+(?:that|any)\b|\bno\s+(?:plans?|evidence|decision|agreement)\b", re.I), ("deny denie plan evidence decision agreement",)),
)  # fmt: skip

_NEEDED = tuple((label, pattern, tuple(words.split() for words in lists)) for label, pattern, lists in _STATUS)

# Letters that `re.I` takes for an s and an i, and that stay others when made small: "İ" becomes an i with a dot above it.
_FOLDED_TO_ASCII = {ord("ſ"): "s", ord("ı"): "i", 0x307: None}


def in_small_letters(text: str) -> str:
    """A text in which every word of English that `re.I` finds stands in small letters: looking for a word before a pattern
    is tried takes a fraction of the pattern's time."""
    small = text.lower()
    return small if small.isascii() else small.translate(_FOLDED_TO_ASCII)


def _marks(reading: Reading) -> tuple[tuple[str, int], ...]:
    text = reading.text
    small = in_small_letters(text)
    patterns = [
        (label, pattern)
        for label, pattern, lists in _NEEDED
        if all(any(word in small for word in words) for words in lists)
    ]
    if not patterns:
        return ()
    inside = reading.quotations
    starts = [q.start for q in inside]
    hits = []
    for label, pattern in patterns:
        for match in pattern.finditer(text):
            at = bisect_right(starts, match.start()) - 1
            if at < 0 or match.start() >= inside[at].end:
                hits.append((match.start(), label, match.end()))
    hits.sort()
    unsure = [(start, end) for start, label, end in hits if label == "uncertain"]
    marks = []
    k = 0
    for start, label, end in hits:
        while k < len(unsure) and unsure[k][1] <= start:
            k += 1
        if label == "no" and k < len(unsure) and unsure[k][0] < end:
            continue  # "has not" of "has not said whether", "has yet to" of "has yet to be confirmed"
        marks.append((label, end))
    return tuple(marks)
