"""Reading a text as words: tokens with offsets, values, names, quotations, marks of negation and hedging.

Takes: any string. Gives: frozen tokens and readings whose offsets point into that string.
Does not know: articles, sentences, citations, or what any comparison is for.

English gets stems, values and names; scripts without spaces (Han, Kana, Thai, ...) are read as overlapping character
bigrams, which is the usual unit where no dictionary is at hand; all others are compared word by word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

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
_KANA = re.compile(r"[\u3040-\u309f\u30fc]+")
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number. norm: NFKC, casefolded; stem: what two words are compared by; content: says something."""

    start: int
    end: int
    text: str
    norm: str
    stem: str
    content: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """The inside of a pair of quotation marks; `closed` is False when the mark has no partner."""

    start: int
    end: int
    text: str
    closed: bool = True


ValueKind = Literal["number", "ordinal", "percent", "month", "weekday", "time"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a text states. `unit` is the stem of the noun that follows, or empty. `digits`: precision as written."""

    start: int
    end: int
    kind: ValueKind
    amount: float
    unit: str = ""
    text: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: token indices `first` to `last` (included), its parts folded for comparison."""

    first: int
    last: int
    start: int
    end: int
    parts: tuple[str, ...]
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one text says on its surface. `negations`, `hedges`: token indices."""

    text: str
    tokens: tuple[Token, ...]
    values: tuple[Value, ...]
    names: tuple[Name, ...]
    quotations: tuple[Quotation, ...]
    negations: tuple[int, ...]
    hedges: tuple[int, ...]
    unspaced: bool

    @property
    def content(self) -> tuple[Token, ...]:
        """The tokens that say something."""
        return tuple(token for token in self.tokens if token.content)


def fold(text: str) -> str:
    """Glyphs of quotes, dashes and spaces made one; the length does not change."""
    return text.translate(_GLYPHS)


def strip_accents(text: str) -> str:
    """Letters without their diacritics: 'Zelenskýj' and 'Zelenskyj' are one."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def stem(norm: str) -> str:
    """The comparison key of a folded word: its irregular base or demonym's place, then the Snowball English stem."""
    base = lexicon.IRREGULAR.get(norm, norm)
    base = lexicon.DEMONYMS.get(base, base)
    if base.isascii():
        return str(_STEMMER.stemWord(base))
    return strip_accents(base)


@lru_cache(maxsize=16_384)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, in order. Possessive endings are cut off; 'n't' is a token of its own."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        raw = match.group()
        if match.lastgroup == "unspaced" or match.group("unspaced"):
            found.extend(_bigrams(raw, start))
            continue
        if match.group("number"):
            digits = match.group("number").replace(",", "").replace("\u00a0", "").replace("\u202f", "")
            found.append(
                Token(start, end, raw, unicodedata.normalize("NFKC", raw).casefold(), _canonical(digits), True)
            )
            continue
        norm = unicodedata.normalize("NFKC", raw).casefold()
        if match.group("acronym"):
            norm = norm.replace(".", "")
        if (
            norm in ("s", "t", "d", "ll", "re", "ve", "m")
            and found
            and start
            and text[start - 1] in "'’"
            and found[-1].end == start - 1
        ):
            if norm == "t" and found[-1].norm.endswith("n") and len(found[-1].norm) > 1:
                last = found.pop()
                cut = last.end - 1
                head = text[last.start : cut]
                if head and last.norm not in ("can", "won"):
                    found.append(_word(last.start, cut, head))
                found.append(
                    Token(
                        cut if head and last.norm not in ("can", "won") else last.start,
                        end,
                        text[cut:end],
                        "n't",
                        "not",
                        False,
                    )
                )
            continue
        found.append(_word(start, end, raw, norm))
    return tuple(found)


def _word(start: int, end: int, raw: str, norm: str | None = None) -> Token:
    norm = unicodedata.normalize("NFKC", raw).casefold() if norm is None else norm
    capital_us = norm == "us" and raw.isupper()
    content = (norm not in lexicon.FUNCTION or capital_us or (norm == "may" and raw[0].isupper())) and (
        len(norm) > 1 or not norm.isascii()
    )
    return Token(start, end, raw, norm, "america" if capital_us else stem(norm if norm != "us" else "we"), content)


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

_PAIRS = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "‘": "’", "»": "«", "‹": "›", "〈": "〉", "《": "》"}


@lru_cache(maxsize=16_384)
def quotations(text: str) -> tuple[Quotation, ...]:
    """What stands between quotation marks, outermost pairs, in order.

    An apostrophe is not a mark; a single mark opens only before a letter that follows a space or the start. Two single
    marks in a row count as one double mark. A mark that is never closed gives `closed=False` up to the end.
    """
    found: list[Quotation] = []
    i, n = 0, len(text)
    while i < n:
        c = text[i]
        closers = ""
        width = 1
        if c == '"':
            closers = '"”'
        elif c in "“„«「『":
            closers = _PAIRS[c] + ('"' if c in "“„" else "")
        elif c in "'‘’" and i + 1 < n and text[i + 1] == c:
            closers, width = "''", 2
        elif (
            c in "'‘"
            and (i == 0 or not (text[i - 1].isalnum() or text[i - 1] in '"”'))
            and i + 1 < n
            and text[i + 1].isalnum()
        ):
            closers = "'’"
        elif c == "”":
            found.append(Quotation(i, i, "", closed=False))
        if not closers:
            i += width
            continue
        j = _close(text, i + width, closers, single=closers == "'’")
        if j is None:
            if closers == "'’":  # an apostrophe after all ('tis, '90s)
                i += 1
                continue
            found.append(Quotation(i + width, n, text[i + width :], closed=False))
            break
        found.append(Quotation(i + width, j, text[i + width : j]))
        i = j + (2 if text[j : j + 2] in ("''", "’’") else 1)
    return tuple(found)


def _close(text: str, start: int, closers: str, *, single: bool) -> int | None:
    n = len(text)
    for j in range(start, n):
        c = text[j]
        if single:
            if c in closers and j > start and (j + 1 == n or not text[j + 1].isalnum()):
                return j
        elif (c in closers and closers != "''") or text[j : j + 2] in ("''", "’’"):
            return j
    return None


# -- values -------------------------------------------------------------------------------------------------------------

_ABOUT = frozenset("about around nearly almost roughly approximately over more some least".split())


def _values(text: str, toks: tuple[Token, ...]) -> tuple[Value, ...]:
    found: list[Value] = []
    i = 0
    while i < len(toks):
        token = toks[i]
        norm = token.norm
        if norm in lexicon.WEEKDAYS and (len(norm) > 3 or token.text[0].isupper()):
            found.append(Value(token.start, token.end, "weekday", lexicon.WEEKDAYS[norm], text=token.text))
            i += 1
            continue
        if (
            norm in lexicon.MONTHS
            and token.text[0].isupper()
            and not (norm == "may" and i == 0)
            and (len(norm) > 3 or norm == "may" or _next_is_number(toks, i))
        ):
            found.append(Value(token.start, token.end, "month", lexicon.MONTHS[norm], text=token.text))
            i += 1
            continue
        if norm in lexicon.ORDINALS and not (norm == "second" and i and toks[i - 1].norm in ("a", "per", "each")):
            following = toks[i + 1] if i + 1 < len(toks) and toks[i + 1].content else None
            noun = following.stem if following is not None and text[token.end : following.start].strip() == "" else ""
            found.append(Value(token.start, token.end, "ordinal", lexicon.ORDINALS[norm], noun, token.text))
            i += 1
            continue
        number, after = _number(text, toks, i)
        if number is None:
            i += 1
            continue
        if (
            number.kind == "number" and number.amount <= 31 and not number.unit
        ):  # a day of the month counts nothing else
            month = [
                t
                for t in toks[max(0, i - 1) : i] + toks[after : after + 1]
                if t.norm in lexicon.MONTHS and t.text[0].isupper()
            ]
            if month:
                number = replace(number, unit=f"day of {month[0].norm[:3]}")
        found.append(number)
        i = after
    return tuple(found)


def _next_is_number(toks: tuple[Token, ...], i: int) -> bool:
    return i + 1 < len(toks) and toks[i + 1].norm[:1].isdigit()


def _number(text: str, toks: tuple[Token, ...], i: int) -> tuple[Value | None, int]:
    token = toks[i]
    norm = token.norm
    start = token.start
    amount: float
    j = i
    if norm[0].isdigit():
        if ":" in norm:
            hours, minutes = norm.split(":")[:2]
            return Value(start, token.end, "time", int(hours) * 60 + float(minutes), text=token.text), i + 1
        if norm.endswith(("st", "nd", "rd", "th")):
            return Value(start, token.end, "ordinal", float(token.stem), text=token.text), i + 1
        try:
            amount = float(token.stem)
        except ValueError:
            return None, i + 1
        j = i + 1
        glued = text[token.end : token.end + 2].casefold()
        if glued[:1] in ("m", "k") and not glued[1:2].isalpha():
            amount *= lexicon.SCALES[glued[0]]
    elif norm in lexicon.UNITS or norm in lexicon.TENS:
        amount = float(lexicon.UNITS.get(norm, lexicon.TENS.get(norm, 0)))
        j = i + 1
        if (
            norm in lexicon.TENS
            and j < len(toks)
            and toks[j].norm in lexicon.UNITS | {"one": 1}
            and text[toks[j - 1].end : toks[j].start] in ("-", " ", "‑")
        ):
            digit = {**lexicon.UNITS, "one": 1}[toks[j].norm]
            if digit < 10:
                amount += digit
                j += 1
    elif (
        norm in ("hundred", "thousand", "million", "billion", "trillion", "dozen")
        and i
        and toks[i - 1].norm in ("a", "one", "an")
    ):
        amount = float(lexicon.SCALES[norm])
        j = i + 1
    else:
        return None, i + 1
    while (
        j < len(toks)
        and toks[j].norm in lexicon.SCALES
        and len(toks[j].norm) > 1
        and text[toks[j - 1].end : toks[j].start] in (" ", "-", "\u00a0", "")
    ):
        amount *= lexicon.SCALES[toks[j].norm]
        j += 1
        if (
            j < len(toks)
            and toks[j].norm == "and"
            and j + 1 < len(toks)
            and toks[j + 1].norm in lexicon.UNITS | lexicon.TENS
            and amount >= 100
        ):
            rest, after = _number(text, toks, j + 1)
            if rest is not None and rest.amount < amount:
                amount += rest.amount
                j = after
    end = toks[j - 1].end
    kind: ValueKind = "number"
    tail = text[end : end + 9].casefold().lstrip()
    if tail.startswith(("%", "percent", "per cent", "pct")):
        kind = "percent"
    unit = ""
    for k in range(j, min(j + 3, len(toks)) if kind == "number" else j):
        between = text[toks[k - 1].end : toks[k].start]
        if (
            any(mark in between for mark in ".;,:()")
            or toks[k].norm in lexicon.FUNCTION
            or toks[k].norm[0].isdigit()
            or (toks[k].norm in lexicon.MONTHS and toks[k].text[0].isupper())
        ):
            break
        unit = toks[k].stem
        if text[toks[k].end : toks[k].end + 1] != "-":
            break
    approximate = bool(i and toks[i - 1].norm in _ABOUT)
    return Value(start, end, kind, round(amount, 6), unit, text[start:end], approximate), j


# -- names --------------------------------------------------------------------------------------------------------------


def _names(text: str, toks: tuple[Token, ...]) -> tuple[Name, ...]:
    found: list[Name] = []
    i = 0
    starts = _sentence_starts(text, toks)
    while i < len(toks):
        if not _capital(toks[i]) or (i in starts and not _name_at_start(toks, i)):
            i += 1
            continue
        j = i
        while j + 1 < len(toks) and _capital(toks[j + 1]) and j + 1 not in starts and _joined(text, toks, j):
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


def _sentence_starts(text: str, toks: tuple[Token, ...]) -> frozenset[int]:
    starts = {0}
    for i in range(1, len(toks)):
        between = text[toks[i - 1].end : toks[i].start]
        if any(mark in between for mark in ("“", '"', "«", "„")) or (
            any(mark in between for mark in ".!?\n") and len(toks[i - 1].text) > 3
        ):
            starts.add(i)
    return frozenset(starts)


# -- the whole reading --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def read(text: str) -> Reading:
    """The reading of one text: usually a sentence or a fact."""
    toks = tokens(text)
    negations = []
    hedges = []
    for i, token in enumerate(toks):
        glued = text[token.end : token.end + 1] == "-"
        if (
            token.norm in lexicon.NEGATION
            and not glued
            and not (token.norm == "no" and token.text == "No" and text[token.end : token.end + 1] == ".")
        ):
            if not (token.norm == "not" and i + 1 < len(toks) and toks[i + 1].norm in ("only", "just", "least")):
                negations.append(i)
        elif token.norm == "yet" and i + 1 < len(toks) and toks[i + 1].norm == "to":
            negations.append(i)
        if token.norm in lexicon.STRONG_HEDGES and not (token.norm == "may" and token.text == "May" and i):
            hedges.append(i)
    spaced = sum(1 for t in toks if not re.match(f"[{_UNSPACED}]", t.norm))
    return Reading(
        text=text,
        tokens=toks,
        values=_values(text, toks),
        names=_names(text, toks),
        quotations=quotations(text),
        negations=tuple(negations),
        hedges=tuple(hedges),
        unspaced=len(toks) > 2 * spaced,
    )


def count_words(text: str) -> int:
    """Words as a reader counts them: runs between spaces; in scripts without spaces, two characters are one word."""
    reading = read(text)
    return (sum(1 for c in text if c.isalnum()) + 1) // 2 if reading.unspaced else len(text.split())


# -- status: uncertain, or not (yet) so ---------------------------------------------------------------------------------

_STATUS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("uncertain", re.compile(r"\b(?:it\s+is|it's|remains?|is|still)?\s*(?:unclear|uncertain|unknown|not\s+(?:yet\s+)?(?:clear|known|certain))\s+(?:whether|if|how|when|what)\b", re.I)),
    ("uncertain", re.compile(r"\b(?:yet\s+to\s+be|not\s+(?:yet\s+)?(?:been\s+)?|un)confirmed\b(?:\s+(?:whether|if|that))?", re.I)),
    ("uncertain", re.compile(r"\brumou?rs?\b(?:\s+(?:that|of))?|\brumou?red\b", re.I)),
    ("uncertain", re.compile(r"\b(?:could|would|did)\s+not\s+(?:say|confirm|tell)\s+(?:whether|if|that|when)?", re.I)),
    ("uncertain", re.compile(r"\bhas\s+not\s+(?:said|confirmed|decided|announced)\s+(?:whether|if|that|when)?", re.I)),
    ("no", re.compile(r"\b(?:has|have|had)\s+(?:not|yet\s+to)\b(?!\s+only)", re.I)),
    ("no", re.compile(r"\b(?:hasn|haven|hadn)['’]t\b", re.I)),
    ("no", re.compile(r"\byet\s+to\b(?!\s+be\s+confirmed)", re.I)),
    ("no", re.compile(r"\bden(?:y|ies|ied)\s+(?:that|any)\b|\bno\s+(?:plans?|evidence|decision|agreement)\b", re.I)),
)  # fmt: skip


@lru_cache(maxsize=16_384)
def status_marks(text: str) -> tuple[tuple[str, int], ...]:
    """Where a text says that something is `uncertain` or `no` (not so, not yet so): (label, offset behind the mark)."""
    inside = quotations(text)
    hits = []
    for label, pattern in _STATUS:
        for match in pattern.finditer(text):
            if not any(q.start <= match.start() < q.end for q in inside):
                hits.append((match.start(), label, match.end()))
    return tuple((label, end) for _, label, end in sorted(hits))
