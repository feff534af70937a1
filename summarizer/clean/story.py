"""Takes an article, gives its body: the units of its text, each as a block of story or as a removed span with a reason.

Does not know other articles. The order of the rules:

1. spans inside a unit: tag characters, parts that address a model, a tail of hashtags, a button glued to the end;
2. units that their own words give away (`cues`);
3. the same line twice in a row (a caption and its alternative text);
4. lists that a widget opens ("Related stories:", "What's your reaction?"), up to the next sentence;
5. below the end of the story: lines that are no sentences, and the outlet that speaks of itself;
6. what is left and short and no sentence is a heading if story follows, else part of the page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.clean.addressed import addressed, may_address
from summarizer.clean.cues import Looks, addresses_reader, looks, reason_of, speaks_of_itself
from summarizer.clean.lines import Unit, finished, spaceless, units
from summarizer.values import Article, Block, Body, Removed

# Tag characters have no glyph and spell hidden text. The flags of England, Scotland and Wales are the exception: a black
# flag, a few tags, a closing tag.
_TAGS = re.compile("(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]{2,8}\U000e007f)|[\U000e0000-\U000e007f]+")

# A line without a stop and with more words than this is a sentence whose stop was lost, and no headline.
_LONGEST_HEADING = 20
# Words before the first rule about endings looks at a line; a shorter one is a heading or a label whatever ends it.
_SHORT = 4
# The part of the text in which the outlet may begin to speak of itself: the last 45 of 100 characters (measured, in
# news pages, as the earliest place where such a tail began).
_TAIL = 0.55
# Lists opened by a widget: real ones have ten or twenty entries; the bound keeps a false opener from eating a text.
_LONGEST_LIST = 40
# Widgets whose entries follow on lines of their own.
_OPENERS = frozenset({"related", "reaction_widget", "comment_widget", "share_widget", "subscription"})
# Code that an address to a model brings along, in lines; longer ones are not hidden from the reader as a whole.
_LONGEST_FENCE = 200
# A glued button is looked for in this many last characters of a unit.
_LAST = 300
# A shorter unit is no paragraph with a button behind it but a widget of several words.
_SHORTEST_BEFORE_A_BUTTON = 50

_HASHTAG = re.compile(r"[#＃][^\W_]\w{0,60}")
_BULLET = re.compile(r"[-*•·‣◦▪►–—]\s|\d{1,2}[.)]\s")
_STOP_BEFORE_TAIL = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*\s+(?=\S)")


@dataclass(slots=True)
class _Part:
    """A unit, or what was left of it: `reason` once it is known to be no story, `heading` when it is one."""

    start: int
    end: int
    looks: Looks
    reason: str | None = None
    heading: bool = False
    opener: bool = False


def clean(article: Article) -> Body:
    """The blocks and the removed spans of an article. Every character that is not white space is in exactly one of them.

    A text that holds nothing but boilerplate has no blocks; an empty text has neither. The title is the markup's, or the
    first heading above the story.
    """
    text = article.text
    parts = _parts(text)
    story = [part for part in parts if part.reason is None]
    _twice(story)
    _known(parts)
    _lists(parts)
    _after_the_end(parts, len(text))
    _headings(parts)
    return Body(text, *_sorted_out(parts), title=article.title or _title(text, parts))


def _parts(text: str) -> list[_Part]:
    """Step 1: units, with the spans cut out that are known by what they are and not by where they stand."""
    parts: list[_Part] = []
    goes_on = False
    fenced = 0
    for unit in units(text):
        fence = text.startswith("```", unit.start)
        if fence and goes_on and not fenced:
            fenced = _LONGEST_FENCE
        if fenced:
            parts.append(_removed(unit.start, unit.end, "addressed_to_model"))
            fenced = 0 if fence and fenced < _LONGEST_FENCE else fenced - 1
            goes_on = False
            continue
        pieces = _around_tags(text, unit)
        if len(pieces) > 1:
            # The pieces are judged as the unit that a reader sees.
            seen = looks("".join(text[start:end] for start, end, hidden in pieces if not hidden))
            parts.extend(
                _removed(start, end, "hidden_characters") if hidden else _Part(start, end, seen)
                for start, end, hidden in pieces
            )
            goes_on = False
            continue
        for start, end, _ in pieces:
            cut, goes_on = _around_addresses(text, start, end, goes_on)
            for left, right, reason in cut:
                if reason is not None:
                    parts.append(_removed(left, right, reason))
                else:
                    parts.extend(_without_tails(text, left, right))
    return parts


# What the rules see of a span whose reason is known already.
_NOTHING = looks("")


def _removed(start: int, end: int, reason: str) -> _Part:
    return _Part(start, end, _NOTHING, reason)


def _around_tags(text: str, unit: Unit) -> list[tuple[int, int, bool]]:
    """The unit in pieces: (start, end, made of tag characters)."""
    if text[unit.start : unit.end].isascii():
        return [(unit.start, unit.end, False)]
    pieces: list[tuple[int, int, bool]] = []
    at = unit.start
    for match in _TAGS.finditer(text, unit.start, unit.end):
        if match.group("flag"):
            continue
        pieces.append((at, match.start(), False))
        pieces.append((match.start(), match.end(), True))
        at = match.end()
    pieces.append((at, unit.end, False))
    return [piece for piece in (_trimmed(text, *piece) for piece in pieces) if piece[0] < piece[1]]


def _trimmed(text: str, start: int, end: int, hidden: bool) -> tuple[int, int, bool]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()), hidden


def _around_addresses(text: str, start: int, end: int, goes_on: bool) -> tuple[list[tuple[int, int, str | None]], bool]:
    """The piece in parts, with the reason of those that address a model, and whether it ended in such a part."""
    piece = text[start:end]
    folded = piece.lower()
    if not goes_on and not may_address(_words(folded), folded, piece):
        return [(start, end, None)], False
    parts: list[tuple[int, int, str | None]] = []
    at = start
    for left, right in addressed(piece, goes_on=goes_on):
        parts.append((at, start + left, None))
        parts.append((start + left, start + right, "addressed_to_model"))
        at = start + right
    parts.append((at, end, None))
    kept = [
        (left, right, reason)
        for left, right, reason in ((*_trimmed(text, a, b, False)[:2], c) for a, b, c in parts)
        if left < right
    ]
    return kept, bool(kept) and kept[-1][2] is not None


_WORDS = re.compile(r"[^\W\d_]+")


def _words(folded: str) -> list[str]:
    return _WORDS.findall(folded)


def _without_tails(text: str, start: int, end: int) -> list[_Part]:
    """A piece without the hashtags at its end and without a button that is glued behind its last sentence."""
    tails: list[_Part] = []
    last = text[max(start, end - 4 * _LAST) : end]
    if "#" in last or "＃" in last:
        tags = _hashtags(last)
        if tags > 0:
            cut = end - (len(last) - tags)
            before = text[start:cut].rstrip()
            if before:
                tails.append(_removed(cut, end, "hashtags"))
                end = start + len(before)
    while len(tails) < 6 and end - start > _SHORTEST_BEFORE_A_BUTTON:
        stop = None
        for match in _STOP_BEFORE_TAIL.finditer(text, max(start, end - _LAST), end):
            stop = match
        if stop is None:
            break
        if finished(text[stop.end() : end]):
            break  # as nearly all are
        tail = looks(text[stop.end() : end])
        reason = reason_of(tail) if tail.size <= 8 else None
        if reason is None or reason == "caption":  # a unit that ends with a photographer's name is a caption as a whole
            break
        tails.append(_removed(stop.end(), end, reason))
        end = stop.start() + len(text[stop.start() : stop.end()].rstrip())
    return [_Part(start, end, looks(text[start:end])), *reversed(tails)] if start < end else list(reversed(tails))


def _hashtags(text: str) -> int:
    """Where two or more hashtags begin that end the text, or 0."""
    begin, count, at = 0, 0, -1
    for match in _HASHTAG.finditer(text):
        if at < 0 or text[at : match.start()].strip():
            begin, count = match.start(), 0
        count += 1
        at = match.end()
    return begin if count >= 2 and not text[at:].strip() else 0


def _twice(parts: Sequence[_Part]) -> None:
    """Step 3: a line that stands twice in a row is a caption with its alternative text; above the story, a title."""
    begun = False
    for before, after in itertools.pairwise(parts):
        if _sentence(before.looks) or before.looks.finished:
            begun = begun or before.looks.size >= 8
        same = before.looks.folded == after.looks.folded and before.looks.size >= 2 and before.looks is not after.looks
        if (
            same
            and not after.looks.finished
            and after.looks.size <= _LONGEST_HEADING
            and (begun or before is not parts[0])
        ):
            for part in (before, after):
                if part.reason is None:
                    part.reason = "caption"
    counts = Counter(part.looks.folded for part in parts if not part.looks.finished and part.looks.size <= 8)
    for part in parts:
        if part.reason is None and not part.looks.finished and counts[part.looks.folded] >= 3:
            part.reason = "navigation"


def _known(parts: Sequence[_Part]) -> None:
    """Step 2: what the unit's own words say. An opener is a label, or a question or a colon that announces entries."""
    for part in parts:
        if part.reason is None:
            part.reason = reason_of(part.looks)
            part.opener = part.reason in _OPENERS and part.looks.size <= 8
        if part.reason == "caption" and part.looks.phrase:
            known = reason_of(part.looks)
            part.reason = known if known is not None else "caption"


def _sentence(seen: Looks) -> bool:
    """Whether a unit that no cue knows is text of the story: it ends as a sentence does, or is too long for a headline."""
    if seen.finished:
        if seen.size >= _SHORT or not seen.folded.endswith(":"):
            return not (seen.folded.endswith(("?", ":")) and seen.size <= 6)
        return False
    if seen.folded.endswith(","):
        return seen.size >= 2
    if seen.folded.endswith(('"', "”", "»", "」")):
        return seen.size >= 8
    return seen.size > _LONGEST_HEADING


def _lists(parts: Sequence[_Part]) -> None:
    """Step 4: short lines without a stop below an opener belong to it, up to the next sentence.

    In the upper part of the text one line below an opener may be the sub-heading of the story that goes on; so there the
    last entry before a sentence is left alone.
    """
    index = 0
    while index < len(parts):
        if not parts[index].opener:
            index += 1
            continue
        reason = parts[index].reason
        entries: list[_Part] = []
        index += 1
        while index < len(parts) and len(entries) < _LONGEST_LIST:
            part = parts[index]
            if part.reason is None and _sentence(part.looks):
                break
            if part.opener and part.reason != reason:
                break
            entries.append(part)
            index += 1
        goes_on = any(part.reason is None and _sentence(part.looks) for part in parts[index:])
        for entry in entries[:-1] if goes_on else entries:
            entry.reason = entry.reason or reason


def _after_the_end(parts: Sequence[_Part], length: int) -> None:
    """Step 5: below the last sentence of the story nothing is a heading; and the outlet's own talk is not the story."""
    first_cue = next(
        (
            index
            for index, part in enumerate(parts)
            if part.reason in _OUTLET_CUES and part.start >= _TAIL * length and not _story_goes_on(parts, index, length)
        ),
        len(parts),
    )
    cues = [index for index in range(first_cue, len(parts)) if parts[index].reason is not None]
    for index in range(first_cue, len(parts)):
        part = parts[index]
        if part.reason is None and (
            speaks_of_itself(part.looks, between=parts[index - 1].reason is not None and index < cues[-1])
            or (addresses_reader(part.looks) and part.looks.size <= 60 and any(cue > index for cue in cues))
        ):
            part.reason = "plea"
    last = max((index for index, part in enumerate(parts) if part.reason is None and _sentence(part.looks)), default=-1)
    if last < 0:
        return
    latest = None
    for index in range(last + 1, len(parts)):
        part = parts[index]
        if part.reason is None:
            listed = parts[last].looks.folded.endswith(":") and latest is None
            if not listed:
                part.reason = latest if latest in _OPENERS else "navigation"
        else:
            latest = part.reason


_OUTLET_CUES = frozenset(
    {"plea", "subscription", "comment_widget", "share_widget", "reaction_widget", "hashtags", "copyright"}
)


def _story_goes_on(parts: Sequence[_Part], index: int, length: int) -> bool:
    """Whether much story without "we" and "you" still follows a cue: then the cue stands in the middle of the text."""
    following = [part for part in parts[index:] if part.reason is None and _sentence(part.looks)]
    plain = sum(part.end - part.start for part in following if not addresses_reader(part.looks))
    # More than three paragraphs of an ordinary article, or a third of a short one.
    return plain > max(600, length // 3)


def _headings(parts: Sequence[_Part]) -> None:
    """Step 6: headings, list items, and what is neither."""
    open_parts = [part for part in parts if part.reason is None]
    if not any(_sentence(part.looks) for part in open_parts):
        # No sentence at all: notes without stops, a script that has none, or nothing but labels. Beside widgets a line must
        # be as long as a headline to be more than a label; without them three words are a message.
        fewest = 3 if len(open_parts) == len(parts) else 2 * _SHORT
        for part in open_parts:
            if part.looks.size < fewest:
                part.reason = "navigation"
        return
    run: list[_Part] = []
    before: _Part | None = None
    for part in open_parts:
        if not _sentence(part.looks):
            run.append(part)
            continue
        _label(run, before)
        run, before = [], part
    _label(run, before)


def _label(run: Sequence[_Part], before: _Part | None) -> None:
    """A run of short lines between two sentences: a list if a colon announced it, a menu if long, else headings."""
    if before is not None and before.looks.folded.endswith(":"):
        return
    announced = False
    menu = len(run) >= 5 and sum(part.looks.size <= 3 for part in run) * 2 > len(run)
    for part in run:
        if announced or (_BULLET.match(part.looks.folded) and part.looks.size >= 2):
            continue
        announced = part.looks.folded.endswith(":")
        wordless = not any(word.isalpha() or len(word) > 4 for word in part.looks.words) and not any(
            spaceless(char) for char in part.looks.folded
        )
        # Above the story, single words are sections and labels; headlines have more words.
        label = before is None and part.looks.size < 3 and len(run) > 1 and len(part.looks.folded) < 20
        if wordless or (menu and part.looks.size <= 3) or label:
            part.reason = "navigation"
        else:
            part.heading = True


def _title(text: str, parts: Sequence[_Part]) -> str | None:
    for part in parts:
        if part.reason is None:
            return " ".join(text[part.start : part.end].lstrip("#* ").split()) or None if part.heading else None
    return None


def _sorted_out(parts: Sequence[_Part]) -> tuple[tuple[Block, ...], tuple[Removed, ...]]:
    blocks = tuple(Block(part.start, part.end, part.heading) for part in parts if part.reason is None)
    removed = tuple(Removed(part.start, part.end, part.reason) for part in parts if part.reason is not None)
    return blocks, removed
