"""What the comparison of articles sees of one article: a row of tokens, its word 4-grams, its stems.

Takes: the sentences of one article. Gives: a `Profile`.
Does not know: any other article, and what is done with the grams.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from summarizer.values import Sentence
from summarizer.words import Reading, Token, quotations, tokens
from summarizer.words import read as read_words

# Four words in a row are rarely shared by chance and survive an edit every eight words or so; three are shared by every
# report of one event ("said on Friday"), five are broken by light editing (measured: 4 and 5 are level, 3 is worse).
GRAM = 4

# A quotation shorter than this is a word that somebody else used, not a text that somebody else wrote; it could not hold a
# 4-gram of its own either, so it counts as plain text.
SHORT_QUOTATION = GRAM

# Bounds the search for rewritten sentences by the length of the article, whatever it repeats.
COMMON_STEM = 32


_BITS = 24  # of the number of a word; a vocabulary stays below 2**24
_MASK = (1 << GRAM * _BITS) - 1


class Vocabulary(dict[str, int]):
    """Numbers for words, so that a gram is one integer. One per call of `dedupe`; the numbers mean nothing outside."""

    def __missing__(self, norm: str) -> int:
        self[norm] = number = len(self)
        return number


@dataclass(frozen=True)
class Profile:
    """One article, read for comparison.

    sentences: in order. ranges: for each sentence its first token and the one after its last.
    readings: of each sentence. words: their tokens, in order. quoted: for each token whether it stands in a quotation.
    sizes: the words that a token counts for; where script has no spaces, tokens are overlapping pairs of characters and
        each counts half.
    grams: one integer for each row of four words in one block; different rows never meet. firsts, ends: the token that
        each begins at, and the one behind its last. outside: whether it stands outside quotations and headings.
    """

    index: int
    sentences: tuple[Sentence, ...]
    ranges: tuple[tuple[int, int], ...]
    readings: tuple[Reading, ...]
    words: tuple[Token, ...]
    quoted: bytes
    sizes: Sequence[float]
    grams: tuple[int, ...]
    firsts: Sequence[int]
    ends: Sequence[int]
    outside: bytes

    @cached_property
    def plain(self) -> frozenset[int]:
        """The grams outside quotations and headings."""
        if self.outside.find(0) < 0:
            return self.every
        return frozenset([gram for gram, outside in zip(self.grams, self.outside, strict=True) if outside])

    @cached_property
    def every(self) -> frozenset[int]:
        """All grams, in quotations and headings too."""
        return frozenset(self.grams)

    @cached_property
    def plain_in(self) -> Mapping[int, int]:
        """Gram -> the first sentence that it begins in; outside quotations and headings."""
        if self.plain is self.every:
            return self.every_in
        inside = zip(self.grams, self._sentences, self.outside, strict=True)
        return dict([(gram, number) for gram, number, outside in inside if outside][::-1])

    @cached_property
    def every_in(self) -> Mapping[int, int]:
        """Gram -> the first sentence that it begins in; quotations and headings included."""
        return dict(zip(reversed(self.grams), reversed(self._sentences), strict=True))

    @property
    def _sentences(self) -> list[int]:
        """For each gram the sentence that it begins in."""
        sentence_of = self.sentence_of
        return [sentence_of[first] for first in self.firsts]

    @cached_property
    def sentence_of(self) -> Sequence[int]:
        """For each token the sentence that it is in."""
        return array("I", (number for number, (first, end) in enumerate(self.ranges) for _ in range(first, end)))

    @cached_property
    def even(self) -> bool:
        """Whether each token counts for one word."""
        return min(self.sizes, default=1.0) == 1.0

    def size(self, first: int, end: int) -> float:
        """The words of some tokens."""
        return float(end - first) if self.even else sum(self.sizes[first:end])

    @cached_property
    def lengths(self) -> tuple[float, ...]:
        """For each sentence its words."""
        return tuple(self.size(first, end) for first, end in self.ranges)

    @cached_property
    def story(self) -> float:
        """Words of the story: all but headings."""
        return sum(self.lengths[number] for number, sentence in enumerate(self.sentences) if not sentence.heading)

    @cached_property
    def quotation(self) -> float:
        """The share of the story that stands between quotation marks, 0..1."""
        if self.quoted.find(1) < 0:
            return 0.0
        inside = sum(
            self.sizes[i]
            for number, sentence in enumerate(self.sentences)
            if not sentence.heading
            for i in range(*self.ranges[number])
            if self.quoted[i]
        )
        return inside / self.story if self.story else 0.0

    @cached_property
    def stems(self) -> tuple[frozenset[str], ...]:
        """For each sentence the stems of its content words."""
        return tuple(reading.stems for reading in self.readings)

    @cached_property
    def stem_in(self) -> Mapping[str, tuple[int, ...]]:
        """Stem -> the sentences that have it, up to COMMON_STEM of them: a stem of more sentences singles none out."""
        found: dict[str, list[int]] = {}
        for number, stems in enumerate(self.stems):
            for stem in stems:
                held = found.setdefault(stem, [])
                if len(held) < COMMON_STEM:
                    held.append(number)
        return {stem: tuple(numbers) for stem, numbers in found.items()}

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """The story as folded words: equal for articles that are the same text."""
        return tuple(
            word.norm
            for number, sentence in enumerate(self.sentences)
            if not sentence.heading
            for word in self.words[slice(*self.ranges[number])]
        )


def read(index: int, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Profile:
    """Read one article. Quotations are looked for block by block, since they run over sentences but not over paragraphs."""
    words: list[Token] = []
    readings: list[Reading] = []
    quoted = bytearray()
    ranges: list[tuple[int, int]] = []
    grams: list[int] = []
    firsts, ends = array("I"), array("I")
    outside = bytearray()
    sizes = array("d")
    for block in _blocks(sentences):
        begin = len(words)
        spans = _quoted(block)
        overlap = False
        rows: tuple[Sequence[int], Sequence[int], Sequence[int]]
        for sentence, inside in zip(block, spans, strict=True):
            reading = read_words(sentence.text)
            row = reading.tokens
            readings.append(reading)
            ranges.append((len(words), len(words) + len(row)))
            halves = [] if sentence.text.isascii() else _halves(row)
            sizes.extend([1.0] * len(row))
            for i in halves:
                sizes[len(words) + i] = 0.5
            overlap = overlap or bool(halves)
            words.extend(row)
            quoted.extend(_inside(row, inside) if inside else bytes(len(row)))
        ids = [vocabulary[word.norm] for word in words[begin:]]
        if overlap:
            rows = _apart(words, ranges[-len(block) :], begin, ids)
        else:
            gram = 0
            found = [gram := (gram << _BITS | number) & _MASK for number in ids][GRAM - 1 :]
            rows = range(begin, begin + len(found)), range(begin + GRAM, begin + GRAM + len(found)), found
        firsts.extend(rows[0])
        ends.extend(rows[1])
        grams.extend(rows[2])
        if block[0].heading:
            outside.extend(bytes(len(rows[0])))
        elif quoted.find(1, begin) < 0:
            outside.extend(b"\x01" * len(rows[0]))
        else:
            outside.extend([quoted.find(1, first, end) < 0 for first, end in zip(rows[0], rows[1], strict=True)])
    return Profile(
        index,
        tuple(sentences),
        tuple(ranges),
        tuple(readings),
        tuple(words),
        bytes(quoted),
        sizes,
        tuple(grams),
        firsts,
        ends,
        bytes(outside),
    )


def _halves(row: Sequence[Token]) -> list[int]:
    """The tokens that the next one overlaps."""
    return [i for i in range(len(row) - 1) if row[i + 1].start < row[i].end]


def _apart(
    words: Sequence[Token], ranges: Sequence[tuple[int, int]], begin: int, ids: Sequence[int]
) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """First tokens, ends and numbers of the grams where tokens overlap: a row is made of such as do not."""
    follow = _follow(words, ranges, begin)
    firsts: list[int] = []
    ends: list[int] = []
    grams: list[int] = []
    for first in range(begin, len(words)):
        row = [first]
        while len(row) < GRAM and follow[row[-1] - begin] < len(words):
            row.append(follow[row[-1] - begin])
        if len(row) < GRAM:
            break
        gram = 0
        for i in row:
            gram = gram << _BITS | ids[i - begin]
        firsts.append(first)
        ends.append(row[-1] + 1)
        grams.append(gram)
    return firsts, ends, grams


def _blocks(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    blocks: list[list[Sentence]] = []
    for sentence in sentences:
        if blocks and blocks[-1][0].block == sentence.block and blocks[-1][0].heading == sentence.heading:
            blocks[-1].append(sentence)
        else:
            blocks.append([sentence])
    return blocks


def _quoted(block: Sequence[Sentence]) -> list[list[tuple[int, int]]]:
    """For each sentence of a block the spans of it that stand between quotation marks, in its own offsets.

    A mark that nobody closes makes no quotation of the sentences behind it, or one stray mark would hide what was copied;
    but a block that opens with one is a paragraph of a long quotation.
    """
    joined = " ".join([sentence.text for sentence in block])
    ends = list(accumulate([len(sentence.text) + 1 for sentence in block]))
    found_marks = [
        (q.start, q.end if q.closed or q.start <= 1 else ends[bisect_right(ends, q.start)] - 1)
        for q in quotations(joined)
        if q.end > q.start
    ]
    marks = [(start, end) for start, end in found_marks if len(tokens(joined[start:end])) >= SHORT_QUOTATION]
    if not marks:
        return [[] for _ in block]
    found: list[list[tuple[int, int]]] = []
    offset = 0
    done = 0
    for sentence in block:
        end = offset + len(sentence.text)
        while done < len(marks) and marks[done][1] <= offset:
            done += 1
        inside: list[tuple[int, int]] = []
        i = done
        while i < len(marks) and marks[i][0] < end:
            inside.append((marks[i][0] - offset, marks[i][1] - offset))
            i += 1
        found.append(inside)
        offset = end + 1
    return found


def _inside(row: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each token whether it begins in one of the spans; both are in order."""
    found: list[bool] = []
    i = 0
    for word in row:
        while i < len(spans) and spans[i][1] <= word.start:
            i += 1
        found.append(i < len(spans) and spans[i][0] <= word.start)
    return found


def _follow(words: Sequence[Token], ranges: Sequence[tuple[int, int]], begin: int) -> list[int]:
    """For each token from `begin` on the next one that does not overlap it (across sentences there is no overlap)."""
    starts = {first for first, _ in ranges}
    follow: list[int] = []
    for i in range(begin, len(words)):
        j = i + 1
        if j < len(words) and j not in starts and words[j].start < words[i].end:
            j += 1
        follow.append(j)
    return follow
