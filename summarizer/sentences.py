"""Takes a body, gives its sentences: spans in order, each the unit of citation. Does not know what they say.

Also tells the language of texts. Boundaries come from sentencex, block by block; what it leaves open is settled here: a
closing quotation mark belongs to the sentence that it closes, words that name the speaker belong to the quotation before
them, a time of day does not end before its weekday, and nothing is too long to be cited.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from sentencex import get_sentence_boundaries

from summarizer.values import Body, Key, Sentence

# A citation must be readable at a glance; real sentences end far below this (legal prose reaches about 900 characters).
_LONGEST = 1500
# sentencex needs time that grows with the square of the number of unbalanced quotation marks in what it is given.
_PORTION = 6000

# Letters that a text must have before its language is told; shorter ones fit several languages.
_FEWEST_LETTERS = 20
# Texts are judged in pieces of about this many characters, so that a mixture shows.
_PIECE = 400
# Pieces per text: 24 pieces (about 1,500 words) say as much as all of them.
_MOST_PIECES = 24
# The share of the letters that the language must have: below it, the texts are mixed.
_MAJORITY = 0.6
# The identifier's own probability below which a piece says nothing.
_SURE = 0.6

# Languages that news is written in, as far as the identifier knows them. Fewer choices make fewer mistakes: without the
# limit, short English headlines are taken for Latin or Luxembourgish.
LANGUAGES = (
    "af ar az be bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv mk ml mn mr ms "
    "nb ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur vi zh"
).split()

_LETTERS = re.compile(r"[^\W\d_]")
_ENDS = ".!?…。！？｡؟۔।॥։"
_CLOSERS = "\"'”’»›“)]）」』】〉》"
# Orphans: marks that close what the sentence before has opened.
_ORPHAN = re.compile("^[\"'”’»›“)\\]）」』】〉》.,;:!?…。！？、]+(?=\\s|$)")
_QUOTE_END = re.compile("[\"'”’»›“」』]$")
_ASKING_END = re.compile("[!?！？…][\"'”’»›“]$")
_SPEAKER = re.compile(
    r"(?:he|she|they|we|I|it|one|another|both|(?:[A-Z][\w.'’-]{0,30} ){0,4}[A-Z][\w.'’-]{0,30}|the \w{1,20}(?: \w{1,20})?)"
    r" (?:said|says|say|asked|asks|added|adds|wrote|writes|told|tells|replied|cried|shouted|shouts|exclaimed|yelled|called|tweeted|posted|wondered|declared)\b"
)
_JAPANESE_QUOTE = re.compile("^(?:と|って|との|など|という|とも|に対|を|の|が|は|も)")
_LIST_NUMBER = re.compile(r"[^\w\s]{0,2}(?:\d{1,3}|[ivxIVX]{1,4})[.)]")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_AFTER_CLOCK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b\.? \d"
    r"|(?:E[SD]?T|C[SDE]?T|M[SD]?T|P[SD]?T|GMT|BST|CET|CEST|UTC|IST|JST|AEST|Eastern|Pacific|Central|Mountain|Moscow|Beijing|London) ?(?:time\b|[.,;)]|$|on\b|\w)"
)
# A sentence in brackets ends with them.
_ASIDE = re.compile(r"(\([^()]{1,600}[.!?…][\"'”’»]?\))\s+(?=[^\W\d_a-zß-öø-ÿ]|[\"“„«(\d])")
# Apostrophes that no quotation needs; sentencex would pair them as single quotation marks.
_APOSTROPHE = re.compile(r"(?<=[sS])'(?=\s)|(?<![\w'])'(?=\d\ds?\b|(?:twas|tis|em|til|cause|n)\b)", re.IGNORECASE)
_OPENING_SINGLE = re.compile(r"(?<!\w)'(?=\w)")
# Where an overlong sentence may be cut, best first.
_CUTS = (
    re.compile(r"[.!?…。！？][\"'”’»)\]」』]{0,3}\s{1,20}|[。！？][」』]?"),
    re.compile(r"[;:；：]\s{1,20}|[；]"),
    re.compile(r"[,،、，]\s{0,20}|\s[-–—]{1,2}\s"),
    re.compile(r"\s{1,20}"),
)


def language(texts: Sequence[str]) -> str:
    """The language that most of the texts are in (ISO 639-1), or `und` if they are too short, mixed, or no language.

    The order of the texts does not matter.
    """
    votes: Counter[str] = Counter()
    total = 0
    for text in texts:
        for piece in _sample(text):
            letters = len(_LETTERS.findall(piece))
            if letters == 0:
                continue
            # A letter of a script without spaces carries as much as two or three letters of an alphabet.
            weight = letters if piece.isascii() else letters + 2 * sum(1 for char in piece if _wide(char))
            total += weight
            found = _identify(piece)
            if found is not None:
                votes[found] += weight
    if total < _FEWEST_LETTERS or not votes:
        return "und"
    winner, weight = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return winner if weight >= _MAJORITY * total else "und"


def split(body: Body, article: int, language: str = "en") -> tuple[Sentence, ...]:
    """The sentences of a body, in order, numbered from 0 across its blocks.

    Each lies within one block, has no white space at either end, and together they cover every character of the blocks
    that is not white space. A heading is one sentence. `language` is ISO 639-1; unknown ones are split as English.
    """
    found: list[Sentence] = []
    for index, block in enumerate(body.blocks):
        spans = [(block.start, block.end)] if block.heading else _spans(body.text, block.start, block.end, language)
        for start, end in (piece for span in spans for piece in _short_enough(body.text, *span)):
            start, end = _trim(body.text, start, end)
            if start < end:
                found.append(Sentence(Key(article, len(found)), start, end, body.text[start:end], index, block.heading))
    return tuple(found)


# Telling the language


@functools.cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.labels)
    identifier.set_languages([code for code in LANGUAGES if code in known])
    return identifier


def _identify(piece: str) -> str | None:
    script = _script(piece)
    if script is not None:
        return script
    code, probability = _identifier().classify(piece)
    return ("no" if code in ("nb", "nn") else str(code)) if probability >= _SURE else None


def _script(piece: str) -> str | None:
    """The language, where the script alone tells it."""
    counts: Counter[str] = Counter()
    for char in piece:
        if char.isascii() or not char.isalpha():
            continue
        code = ord(char)
        if 0x3040 <= code <= 0x30FF:
            counts["ja"] += 1
        elif 0xAC00 <= code <= 0xD7A3 or 0x1100 <= code <= 0x11FF:
            counts["ko"] += 1
        elif 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF:
            counts["zh"] += 1
        elif 0x0E00 <= code <= 0x0E7F:
            counts["th"] += 1
        elif 0x0590 <= code <= 0x05FF:
            counts["he"] += 1
        elif 0x0370 <= code <= 0x03FF:
            counts["el"] += 1
    letters = len(_LETTERS.findall(piece))
    # Japanese has kana between its Chinese characters: one in ten is enough, a title of one word in kana is not.
    if counts["ja"] + counts["zh"] > letters * 0.5:
        return "ja" if counts["ja"] * 10 > counts["zh"] else "zh"
    return next((code for code in ("ko", "th", "he", "el") if counts[code] > letters * 0.5), None)


def _wide(char: str) -> bool:
    code = ord(char)
    return 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3 or 0x0E00 <= code <= 0x0E7F


def _sample(text: str) -> list[str]:
    """Pieces of a text, evenly spread, cut at white space where there is some."""
    starts = range(0, len(text), _PIECE)
    step = max(1, -(-len(starts) // _MOST_PIECES))
    pieces = []
    for start in starts[::step]:
        piece = text[start : start + _PIECE + 40]
        if len(piece) > _PIECE:
            piece = piece[: piece.rfind(" ", _PIECE - 40) if piece.rfind(" ", _PIECE - 40) > 0 else _PIECE]
        pieces.append(piece)
    # The last piece of a text may be a few words: it says little by itself, so it goes with the one before.
    if len(pieces) > 1 and len(pieces[-1]) < 100:
        last = pieces.pop()
        pieces[-1] += " " + last
    return pieces


# Finding the boundaries


def _spans(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for left, right in _portions(text, start, end):
        portion = text[left:right]
        masked = _masked(portion)
        for found in get_sentence_boundaries(language if language != "und" else "en", masked):
            span = _trim(text, left + found["start_index"], left + found["end_index"])
            aside = _ASIDE.match(text, *span)
            if aside:
                spans.append((span[0], aside.end(1)))
                span = _trim(text, aside.end(1), span[1])
            if span[0] < span[1]:
                spans.append(span)
    joined: list[tuple[int, int]] = []
    for span in _covering(spans, text, start, end):
        if joined:
            moved = _orphan(text, joined[-1], span)
            if moved:
                joined[-1] = (joined[-1][0], moved)
                span = _trim(text, moved, span[1])
                if span[0] >= span[1]:
                    continue
            if _belongs(text, joined[-1], span):
                joined[-1] = (joined[-1][0], span[1])
                continue
        joined.append(span)
    return joined


def _portions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Parts of a long block, cut behind a stop and a space where there is one."""
    portions = []
    while end - start > _PORTION:
        cut = max(text.rfind(mark, start + _PORTION // 2, start + _PORTION) for mark in (". ", "! ", "? ", "。", ".\n"))
        if cut < 0:
            cut = text.rfind(" ", start + _PORTION // 2, start + _PORTION)
        cut = start + _PORTION if cut < 0 else cut + 1
        portions.append((start, cut))
        start = cut
    portions.append((start, end))
    return portions


def _masked(portion: str) -> str:
    """The same length, without the apostrophes that would be read as quotation marks, and without line breaks."""
    if "'" in portion and not _OPENING_SINGLE.search(_APOSTROPHE.sub("\u2019", portion)):
        portion = _APOSTROPHE.sub("\u2019", portion)
    if "\n" in portion or "\r" in portion:
        portion = portion.replace("\r", " ").replace("\n", " ")
    return portion


def _covering(spans: Sequence[tuple[int, int]], text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans in order, with whatever they leave out given to the span before, so that nothing is lost."""
    covering: list[tuple[int, int]] = []
    at = start
    for left, right in sorted(spans):
        left = max(left, at)
        if left >= right:
            continue
        if text[at:left].strip():
            if covering:
                covering[-1] = _trim(text, covering[-1][0], left)
            else:
                left = at
        covering.append(_trim(text, left, right))
        at = right
    if text[at:end].strip():
        if covering:
            covering[-1] = _trim(text, covering[-1][0], end)
        else:
            covering.append(_trim(text, start, end))
    return covering


def _orphan(text: str, before: tuple[int, int], span: tuple[int, int]) -> int:
    """Where the marks at the head of `span` end that close the sentence before, or 0."""
    match = _ORPHAN.match(text[span[0] : min(span[1], span[0] + 8)])
    if not match or match.group() in ("...", "…"):
        return 0
    marks = match.group()
    # A straight mark may as well open: it closes only if one is still open before it.
    if marks[0] in "\"'" and text.count(marks[0], *before) % 2 == 0:
        return 0
    if marks[0] == "“" and "„" not in text[before[0] : before[1]]:
        return 0
    return span[0] + match.end()


def _belongs(text: str, before: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a boundary is none."""
    head, tail = text[span[0] : span[1]], text[before[0] : before[1]]
    if not any(char.isalnum() or unicodedata.category(char) == "So" for char in head):
        return True
    if not any(char.isalnum() or unicodedata.category(char) == "So" for char in tail):
        return True
    if _LIST_NUMBER.fullmatch(tail):
        return True
    first = head[0]
    if _QUOTE_END.search(tail):
        if first.islower():
            return True
        if tail[-1] in "」』" and before[1] == span[0] and _JAPANESE_QUOTE.match(head):
            return True
        if _ASKING_END.search(tail) and _SPEAKER.match(head):
            return True
    return bool(_CLOCK.search(tail[-8:]) and _AFTER_CLOCK.match(head))


def _short_enough(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span, cut at clause marks, else at spaces, else anywhere, until no part is too long."""
    parts = []
    while end - start > _LONGEST:
        window = start + _LONGEST
        cut = 0
        for pattern in _CUTS:
            ends = [match.end() for match in pattern.finditer(text, start, window)]
            if ends and ends[-1] > start + _LONGEST // 4:
                # The middle of what fits keeps the parts alike; a cut near the end would leave a stump.
                target = min(window, start + max(_LONGEST // 2, (end - start + 1) // 2))
                cut = ends[min(bisect_left(ends, target), len(ends) - 1)]
                break
        if not cut:
            cut = window
            while cut > start + 1 and unicodedata.combining(text[cut]):
                cut -= 1
        parts.append((start, cut))
        start = cut
    parts.append((start, end))
    return parts


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if left < len(piece) else (end, end)
