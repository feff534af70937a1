"""Takes a text, gives its units: spans that belong together as one paragraph, one headline or one line of a widget.

Does not know what a unit means; only how lines are laid out: one paragraph a line, blank lines between paragraphs, or
lines cut at a fixed width, of which several make one paragraph.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S+")

# A line that stops in mid-sentence and is shorter than this was not cut by a fixed width: it is a headline, a verse or a
# list. Text is cut at 60 to 80 columns, e-mail quotations at somewhat less.
_SHORTEST_CUT = 40
# Most headlines have fewer characters (the five articles and 28 clusters that were looked at: nine of ten).
_LONGER_THAN_A_HEADLINE = 65
# No program cuts lines wider than this; longer lines are paragraphs of their own.
_WIDEST_CUT = 140
# A text whose lines are all shorter than this has no paragraph on one line.
_WIDE_FOR_TEXT = 100
# How much longer than the longest line that was surely cut another line of the same text may be (the longest word or two).
_MARGIN = 1.12
# A newspaper's column, as PDFs give it, has 25 to 45 characters a line. Only where nearly all lines are that short, there are
# several, and half of them break off in mid-sentence before a small letter: no headline, verse or list goes on so.
_COLUMN = (20, 48)
_FEWEST_IN_COLUMN = 6
_NEARLY_ALL = 0.85
# East Asian lines are cut after some 30 to 40 full-width characters, which are two columns each.
_SHORTEST_CUT_WIDE = 16

# Kana, Chinese characters, Thai, Lao, Burmese, Khmer.
SPACELESS = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff]"
)

_STOPS = ".!?…。！？｡؟۔।॥։።:;"
_CLOSERS = "\"'”’»«›“)]）」』】〉》"


@dataclass(frozen=True, slots=True)
class Unit:
    """Characters `start:end`, no white space at either end; `gap`: a blank line (or the top) stands before it."""

    start: int
    end: int
    gap: bool


def finished(text: str) -> bool:
    """Whether the text ends as a sentence does: with a stop, perhaps inside closing quotation marks or brackets."""
    tail = text.rstrip(_CLOSERS + " \t\u00a0\u200b\u200e\u200f")
    return tail != "" and tail[-1] in _STOPS


def spaceless(char: str) -> bool:
    """Whether a character belongs to a script that is written without spaces between words."""
    return SPACELESS.match(char) is not None


def units(text: str) -> tuple[Unit, ...]:
    """The units of `text`, in order; together they cover every character that is not white space."""
    found: list[Unit] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        gap = not found or sum(1 for _ in _BREAK.finditer(text, last, start)) > 1
        last = start + len(stripped)
        found.append(Unit(start, last, gap))
    return _joined(text, found)


def _joined(text: str, found: Sequence[Unit]) -> tuple[Unit, ...]:
    """Lines that were cut in mid-paragraph, joined again."""
    runs: list[list[Unit]] = []
    for unit in found:
        if unit.gap or not runs:
            runs.append([])
        runs[-1].append(unit)
    shortest = _COLUMN[0] if _in_column(text, runs) else _SHORTEST_CUT
    width = _width(text, runs, shortest)
    joined: list[Unit] = []
    for run in runs:
        current = run[0]
        for before, after in itertools.pairwise(run):
            if _continues(text, before, after, width, shortest):
                current = Unit(current.start, after.end, current.gap)
            else:
                joined.append(current)
                current = after
        joined.append(current)
    return tuple(joined)


def _in_column(text: str, runs: Sequence[Sequence[Unit]]) -> bool:
    """Whether a text is set in a narrow column, where lines shorter than elsewhere may have been cut."""
    pairs = [pair for run in runs for pair in itertools.pairwise(run)]
    least, most = _COLUMN
    held = [pair for pair in pairs if least <= pair[0].end - pair[0].start <= most]
    if len(held) < _FEWEST_IN_COLUMN or len(held) < _NEARLY_ALL * len(pairs):
        return False
    return 2 * sum(
        text[after.start].islower() and _mid_sentence(text, before, after, least) for before, after in held
    ) >= len(held)


def _mid_sentence(text: str, before: Unit, after: Unit, shortest: int) -> bool:
    """Whether the break between two lines is surely inside a sentence: no stop before it, a small letter after it."""
    if finished(text[max(before.start, before.end - 12) : before.end]):
        return False
    if spaceless(text[before.end - 1]) and spaceless(text[after.start]):
        return before.end - before.start >= _SHORTEST_CUT_WIDE
    if before.end - before.start < shortest:
        return False
    first = text[after.start]
    return (
        first.islower()
        or text[before.end - 1] == ","
        or (first.isalpha() and not first.isupper() and not first.istitle())
    )


def _width(text: str, runs: Sequence[Sequence[Unit]], shortest: int) -> int:
    """The column at which this text was cut, or 0 if it was not.

    A text counts as cut when at least two breaks, and half of all breaks after a long enough line, are surely inside a
    sentence: in running text about four breaks of five are, in a text with one paragraph a line next to none. In a text
    without a single long line, a full line that does not end a sentence is as good a sign as a small letter.
    """
    sure: list[int] = []
    breaks = 0
    long = [unit for run in runs for unit in run if unit.end - unit.start > _WIDE_FOR_TEXT]
    full = max((unit.end - unit.start for run in runs for unit in run[:-1]), default=0) if not long else _WIDEST_CUT
    for run in runs:
        for before, after in itertools.pairwise(run):
            length = before.end - before.start
            if length > _WIDEST_CUT:
                breaks += 1
            elif _mid_sentence(text, before, after, shortest) or (
                not long and length >= shortest and _full(text, before, after, full)
            ):
                sure.append(length)
                breaks += 1
            elif length >= shortest:
                breaks += 1
    if len(sure) < 2 or len(sure) * 2 < breaks:
        return 0
    # Nearly the longest cut line (one may run over: a long word that could not be cut); lines that happen to end a
    # sentence at the margin may be a little longer.
    usual = sorted(sure)[int(len(sure) * 0.95) if len(sure) > 20 else -1]
    lengths = (unit.end - unit.start for run in runs for unit in run[:-1])
    return max(length for length in lengths if length <= usual * _MARGIN)


def _full(text: str, before: Unit, after: Unit, width: int) -> bool:
    """Whether `before` ends in mid-sentence only because the next word would not have fitted into `width` columns."""
    if finished(text[max(before.start, before.end - 12) : before.end]):
        return False
    return before.end - before.start + 1 + _first(text, after) > width


def _first(text: str, unit: Unit) -> int:
    """The length of the unit's first word; a script without spaces may be cut anywhere."""
    word = _FIRST_WORD.match(text, unit.start, unit.end)
    return 1 if word is None or spaceless(text[unit.start]) else word.end() - word.start()


def _continues(text: str, before: Unit, after: Unit, width: int, shortest: int) -> bool:
    """Whether `after` goes on with the paragraph of `before` (they stand on neighbouring lines)."""
    length = before.end - before.start
    if length > _WIDEST_CUT:
        return False
    mid_sentence = _mid_sentence(text, before, after, shortest)
    if not width:
        # A single broken sentence in a text that is not cut: only a small letter behind a long line proves it, since below
        # a headline there may be a button in small letters.
        return mid_sentence and length >= _LONGER_THAN_A_HEADLINE and text[after.start].islower()
    if mid_sentence:
        return True
    if _indented(text, after) and not _indented(text, before):
        return False
    # Lines are filled greedily: if the next word had fitted, the writer began a new paragraph.
    return width - 2 <= length + _first(text, after) and length <= width + 2


def _indented(text: str, unit: Unit) -> bool:
    """Whether white space that is part of the line stands before the unit."""
    return unit.start > 0 and text[unit.start - 1] in " \t\u3000"
