"""Reading English news prose just well enough to change one thing in it.

Written apart from `summarizer.words`, so that a number or a name that the product overlooks is still changed here. Where a
pattern is not sure, no change is made: rows prefer few true examples to many doubtful ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
_NOT_NAMES = frozenset(
    [
        *MONTHS,
        *WEEKDAYS,
        *"""I The A An Mr Mrs Ms Dr But And He She It They We His Her Their Its My Our Your This That These Those In On At For By With From
    As If When While After Before Since There Here What Who How Why Not No Yes So Then Also Some Many Most All One Two Three Or Of To""".split(),
    ]
)
_NAME = re.compile(r"[A-Z][\w’'-]*[a-z][\w’'-]*(?: (?:de |van |von |al-|bin )?[A-Z][\w’'-]*[a-z][\w’'-]*){0,3}")
_NUMBER = re.compile(r"(?<![\w.,–-])\d{1,3}(?:,\d{3})+(?![\w–-])|(?<![\w.,–-])\d+(?:\.\d+)?(?![\w:–-]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTED = re.compile('[“"][^“”"]*(?:[”"]|$)|‘[^’]*’(?=\\W|$)')
_OPENERS = "\"“'‘([—"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text: `start:end`, and what stands there."""

    start: int
    end: int
    text: str


def put(text: str, piece: Piece, new: str) -> str:
    """The text with one piece replaced."""
    return text[: piece.start] + new + text[piece.end :]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text with a small first letter, unless its first word is a name."""
    first = text.split(" ", 1)[0]
    openings = "The A An This These That Those He She It They We In On At For After Before When While One Two Some Many Most Police Officials Several All There His Her Their Its"
    return text[:1].lower() + text[1:] if first in openings.split() else text


def quoted(text: str) -> list[tuple[int, int]]:
    """What stands between quotation marks."""
    return [m.span() for m in _QUOTED.finditer(text)]


def free(text: str, start: int, end: int) -> bool:
    """Whether some characters stand outside quotation marks."""
    return not any(start < b and a < end for a, b in quoted(text))


def _outside(text: str, found: Iterable[re.Match[str]]) -> list[Piece]:
    return [Piece(*m.span(), m.group()) for m in found if free(text, *m.span())]


def numbers(text: str) -> list[Piece]:
    """Numbers in digits and in words, no years, outside quotations."""
    words = re.finditer(r"\b(?:" + "|".join(NUMBER_WORDS) + r")\b(?! of the)", text)
    found = [p for p in _outside(text, _NUMBER.finditer(text)) if not _YEAR.fullmatch(p.text)]
    # "Demon 170", "Section 230": a number behind a capitalised word is part of a name.
    found = [p for p in found if not re.search(r"\w [A-Z][\w’'-]+ $", text[: p.start])]
    dates = [m.span() for m in re.finditer(r"(?:" + "|".join(m[:3] for m in MONTHS) + r")[a-z]*\.? \d{1,2}", text)]
    return sorted(
        (p for p in found + _outside(text, words) if not any(a <= p.start < b for a, b in dates)), key=lambda p: p.start
    )


def dates(text: str) -> list[tuple[str, Piece]]:
    """Weekdays, months and years with their kind, outside quotations."""
    found = [("weekday", p) for p in _outside(text, re.finditer(r"\b(?:" + "|".join(WEEKDAYS) + r")\b", text))]
    found += [
        ("month", p)
        for p in _outside(text, re.finditer(r"\b(?:" + "|".join(MONTHS) + r")\b(?! (?:be|have|not)\b)", text))
    ]
    found += [("year", p) for p in _outside(text, re.finditer(r"(?<![\w.,$-])(?:19|20)\d\d(?![\w-]|,\d)", text))]
    return sorted(found, key=lambda item: item[1].start)


def names(text: str, known: frozenset[str] = frozenset()) -> list[Piece]:
    """Names outside quotations: capitalised runs; at the head of the text only what is `known` as a name."""
    found = []
    for m in _NAME.finditer(text):
        start, words = m.start(), m.group().removesuffix("’s").removesuffix("'s")
        while words.split(" ")[0] in _NOT_NAMES and " " in words:
            first = words.split(" ")[0]
            start, words = start + len(first) + 1, words.split(" ", 1)[1]
        if words in _NOT_NAMES or words.split(" ")[-1] in _NOT_NAMES or not free(text, start, start + len(words)):
            continue
        head = not text[:start].strip(_OPENERS + " ") or text[:start].rstrip(_OPENERS + " ")[-1:] in ".:;?!"
        if head and not (words in known or all(w in known for w in words.split(" "))):
            continue
        found.append(Piece(start, start + len(words), words))
    return found


def name_words(texts: Iterable[str]) -> frozenset[str]:
    """Words that stand capitalised inside sentences and never small."""
    inside: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        inside |= {m.group() for m in re.finditer(r"(?<=[a-z,] )[A-Z][\w-]*[a-z]\b", text)}
        lower |= set(re.findall(r"\b[a-z][\w-]*\b", text))
    return frozenset(w for w in inside if w.casefold() not in lower and w not in _NOT_NAMES)


PERSON_VERBS = "said|says|told|added|adds|argued|explained|noted|warned|announced|confirmed|claimed|insisted|wrote"


def is_person(name: str, text: str) -> bool:
    """Whether a text treats a name as a person: it says, it has a title, or it is 'he' or 'she' in the next words."""
    last = re.escape(name.split(" ")[-1])
    return bool(
        re.search(rf"\b{last},? (?:who|{PERSON_VERBS})\b|\b(?:{PERSON_VERBS}) (?:[\w.]+ ){{0,3}}{last}\b", text)
        or re.search(
            rf"\b(?:Mr|Mrs|Ms|Dr|President|Sen|Rep|Gov|Judge|Secretary|Minister|Chief|Sheriff|Officer)\.? (?:[A-Z]\w+ )?{last}\b",
            text,
        )
    )


def plain(text: str) -> bool:
    """Whether a sentence can be worked with: complete, of a readable length, opening with a capital, no stray marks."""
    words = text.split()
    if not 8 <= len(words) <= 48 or not text[0].isupper() or not text.endswith((".", ".”", '."')):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    if re.search(r"\[|\]|https?:|@|\|| — | -- |\n|\.\.\.|…|©|#", text):
        return False
    dangling = "He She It They This That These Those His Her Their Its But And So Then However Moreover Additionally Furthermore Also Meanwhile I We You My Our Your"
    return words[0].strip(",") not in dangling.split()


def overlap(a: str, b: str) -> float:
    """Share of a's words of four letters and more that b has."""
    x = {w.casefold()[:6] for w in re.findall(r"[^\W_]{4,}", a)}
    y = {w.casefold()[:6] for w in re.findall(r"[^\W_]{4,}", b)}
    return len(x & y) / len(x) if x else 0.0


def past(verb: str) -> str:
    """The past participle of an English verb that is regular, or one of the common irregular ones."""
    known = dict(
        pair.split(":")
        for pair in """be:been have:had do:done go:gone make:made take:taken give:given see:seen get:got come:come
        become:become begin:begun hold:held meet:met leave:left lead:led lose:lost win:won pay:paid sell:sold send:sent
        build:built buy:bought bring:brought keep:kept cut:cut put:put set:set hit:hit run:run rise:risen fall:fallen
        grow:grown show:shown speak:spoken break:broken write:written draw:drawn face:faced seek:sought spend:spent
        tell:told think:thought find:found read:read stand:stood fly:flown drive:driven choose:chosen""".split()
    )
    if verb in known:
        return known[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"


def nouns(texts: Sequence[str]) -> list[str]:
    """Common nouns: small words of five letters and more behind 'the', before a word or mark that ends the noun phrase."""
    found = []
    for text in texts:
        for m in re.finditer(
            r"\b[Tt]he ([a-z]{5,})(?=[.,;]| (?:of|in|on|at|for|to|from|by|with|was|were|is|are|has|had|will|that|who)\b)",
            text,
        ):
            if not m.group(1).endswith(("ing", "ly", "est")):
                found.append(m.group(1))
    return sorted(set(found))
