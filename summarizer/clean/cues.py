"""Takes one unit, gives the reason why it is no story, or None. Does not know the units around it.

Only what the words themselves prove is decided here; lines that are nothing but short are `story`'s business. Every
pattern is tried on a folded copy of the unit (small letters, straight apostrophes, one space between words), so patterns
need no flags, and every repetition in them is bounded or cannot overlap its neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.clean.lines import SPACELESS, finished
from summarizer.clean.phrases import (
    MONTHS,
    OUTLET_WORDS,
    PHRASES,
    SECTION_WORDS,
    SELF_WORDS,
    SHARE_CORE,
    SHARE_WORDS,
)
from summarizer.clean.rules import ANYWHERE, MAY_OPEN, OPENINGS, Rule

REASONS: tuple[str, ...] = (
    "navigation",
    "separator",
    "advertisement",
    "consent",
    "share_widget",
    "reaction_widget",
    "comment_widget",
    "subscription",
    "plea",
    "related",
    "caption",
    "credit",
    "copyright",
    "hashtags",
    "addressed_to_model",
    "hidden_characters",
)

# Boilerplate is short: no longer unit is judged by its words (the longest pleas and legal lines that were seen have 60).
_MOST_WORDS = 70

_FOLD = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "\u00a0": " ",
        "‑": "-",
        "–": "-",
        "—": "-",
        "\u200b": None,
        "\ufeff": None,
    }
)
_WORD = re.compile(r"[^\W_]+(?:['\-.&][^\W_]+)*")
_DIGITS = re.compile(r"\d[\d,.]*")
_ARABIC_POINTS = re.compile("[\u064b-\u0652\u0640]")
# Quotation marks with what stands between them. Opening and closing marks are kept out of the inside, so that a text of
# opening marks alone costs nothing.
QUOTED = re.compile(
    '“[^“”]{0,1500}”|"[^"]{0,1500}"|«[^«»]{0,1500}»|„[^„“”]{0,1500}[“”]|「[^「」]{0,1500}」|『[^『』]{0,1500}』'
)


@dataclass(frozen=True, slots=True)
class Looks:
    """What a unit looks like, computed once.

    folded: small letters, straight quotes and dashes, single spaces. words: of `folded`. size: words, where two
    characters of a script without spaces count as one. outside: `folded` without what stands between quotation marks.
    finished: ends as a sentence does. phrase: `folded` with digits as `#` and no marks at the ends.
    """

    text: str
    folded: str
    words: tuple[str, ...]
    size: int
    outside: str
    finished: bool
    phrase: str


def looks(text: str) -> Looks:
    """Everything that the rules ask about a unit's text."""
    folded = " ".join(text.casefold().translate(_FOLD).split())
    words = tuple(_WORD.findall(folded))
    wide = 0 if folded.isascii() else len(SPACELESS.findall(folded))
    size = len(words) + wide // 2
    outside = QUOTED.sub(" ", folded) if size > 2 else folded
    phrase = ""
    if len(folded) <= 80:
        phrase = _DIGITS.sub("#", _ARABIC_POINTS.sub("", unicodedata.normalize("NFKC", folded)))
        start, end = 0, len(phrase)
        while start < end and not (phrase[start].isalnum() or phrase[start] == "#"):
            start += 1
        while end > start and not (phrase[end - 1].isalnum() or phrase[end - 1] == "#"):
            end -= 1
        phrase = phrase[start:end]
    return Looks(text, folded, words, size, outside, finished(text), phrase)


# A sentence that names who said it reports a plea or an invitation and does not make one.
REPORTED = re.compile(
    r"\b(?:said|says|told|tells|urged|urges|warned|warns|added|asked|wrote|writes|announced|advised|joked|quipped|demanded|promised|argued"
    r"|claimed|insisted|according to|(?:sign|flyer|poster|banner|headline|slogan|message|letter|statement|post|tweet) read)\b"
)

_PLACE_AND_DATE = re.compile(
    rf"^[^\W\d_][\w.' -]{{1,30}}(?:, [\w.' -]{{2,30}}){{0,2}},? (?:(?:(?:{MONTHS})\.? )?(?:\d{{1,2}}, )?(?:19|20)\d\d|(?:{MONTHS})\.? \d{{1,2}}), \w"
)
_BYLINE = re.compile(
    r"^(?:By|BY|Von|Par|Por) [A-Z][\w.'’-]{0,30}(?: (?:and|[A-Z][\w.'’-]{0,30}|de|van|von|bin|al|der|la|&|\||,)){0,8},?(?: [\w &'’-]{0,60})?$"
)
_DOMAIN = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]{1,60}(?:\.[\w-]{2,60}){1,4}(?:/\S*)?$")
_EMAIL = re.compile(r"^[\w.+-]{1,64}@[\w.-]{3,120}\.?$")
_ROLE = re.compile(
    r"\b(?:staff|senior|digital|chief|political|associate|contributing|national|foreign|city|sports|breaking news) (?:writer|reporter|editor|correspondent|producer|columnist|photographer)\b"
)
_TAG = re.compile(r"(?<!\w)[#＃@][^\W_]\w{0,60}")
_MENU_MARK = re.compile(r"[|›»·•/>]|\s-\s")


def reason_of(seen: Looks) -> str | None:
    """The reason why a unit is no story, by its own words, or None. `addressed_to_model` is decided elsewhere."""
    if not any(char.isalnum() for char in seen.folded):
        return "reaction_widget" if any(unicodedata.category(char) == "So" for char in seen.folded) else "separator"
    if seen.size > _MOST_WORDS:
        return None
    if seen.phrase in PHRASES and not (
        seen.text.endswith((".", "!")) and len(seen.words) > 1 and seen.text[:1].islower()
    ):
        return PHRASES[seen.phrase]
    return _bars(seen) or _by_rules(seen) or _by_form(seen)


def _bars(seen: Looks) -> str | None:
    """Bars of buttons, sections and tags: lines that are lists of the same few words."""
    words = seen.words
    tags = _TAG.findall(seen.folded)
    if tags and len(tags) * 2 >= len(words) and (len(tags) >= 2 or len(words) <= 2) and not seen.finished:
        return "hashtags"
    if seen.size > 30 or not words:
        return None
    if (
        len(words) >= 2
        and all(word in SHARE_WORDS or word.isdigit() for word in words)
        and any(word in SHARE_CORE for word in words)
    ):
        return "share_widget"
    if len(words) == 1 and words[0] in SHARE_CORE:
        return "share_widget"
    if not seen.finished and len(words) >= 2 and all(word in SECTION_WORDS for word in words):
        return "navigation"
    if (
        not seen.finished
        and len(_MENU_MARK.findall(seen.folded)) >= 3
        and seen.size <= 4 * len(_MENU_MARK.findall(seen.folded))
    ):
        return "navigation"
    half = len(words) // 2
    if 2 <= len(words) <= 6 and len(words) % 2 == 0 and words[:half] == words[half:] and not seen.finished:
        # A label that stands twice, for the eye and for the screen reader.
        return "reaction_widget" if half == 1 else "caption"
    return None


def _by_rules(seen: Looks) -> str | None:
    head = seen.outside.lstrip()
    reported = seen.finished and REPORTED.search(head) is not None
    if MAY_OPEN.match(head):
        for rule in OPENINGS:
            if _applies(rule, seen, reported) and rule.pattern.match(head):
                return rule.reason
    for rule in ANYWHERE:
        if _applies(rule, seen, reported) and rule.pattern.search(head):
            return rule.reason
    return None


def _applies(rule: Rule, seen: Looks, reported: bool) -> bool:
    if seen.size > rule.most or (rule.open_only and seen.finished):
        return False
    return not reported or rule.reason in ("caption", "copyright", "credit")


def _by_form(seen: Looks) -> str | None:
    """Addresses, bylines and datelines, which are known by their form and not by their words."""
    if _EMAIL.match(seen.folded):
        return "credit"
    if len(seen.words) <= 12 and _DOMAIN.match(seen.folded):
        return "navigation"
    if seen.finished:
        return None
    if len(seen.words) <= 12 and _BYLINE.match(seen.text.strip("*_")):  # as Markdown slants it
        return "credit"
    if len(seen.words) <= 8 and _ROLE.search(seen.folded):
        return "credit"
    if seen.size <= 30 and _PLACE_AND_DATE.match(seen.folded):
        return "caption"
    return None


def speaks_of_itself(seen: Looks, *, between: bool = False) -> bool:
    """Whether the outlet seems to speak to its reader here: "we", "our" or "you" outside quotation marks, and its trade; or
    of nothing but its trade.

    Weak by itself (columnists do it too); `story` uses it only below the end of the story. between: boilerplate stands on
    both sides, so that less is enough.
    """
    words = _WORD.findall(seen.outside)
    trade = len({word for word in words if word in OUTLET_WORDS})
    return (trade > 0 and any(word in SELF_WORDS for word in words)) or trade >= (2 if between else 3)


def addresses_reader(seen: Looks) -> bool:
    """Whether "we", "our" or "you" stand outside quotation marks."""
    return any(word in SELF_WORDS for word in _WORD.findall(seen.outside))


def all_patterns() -> Sequence[re.Pattern[str]]:
    """Every pattern of this module, for the test that tries them on hostile strings."""
    own = [value for value in globals().values() if isinstance(value, re.Pattern)]
    return [*own, *(rule.pattern for rule in (*OPENINGS, *ANYWHERE))]
