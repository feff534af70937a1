"""What the comparison of articles sees of one article: a row of tokens, its word 4-grams, its stems.

Takes: the sentences of one article. Gives: a `Profile`.
Does not know: any other article, and what is done with the grams.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.values import Sentence
from summarizer.words import Token, quotations, tokens

# Four words in a row are rarely shared by chance and survive an edit every eight words or so; three are shared by every
# report of one event ("said on Friday"), five are broken by light editing (measured: 4 and 5 are level, 3 is worse).
GRAM = 4

# A quotation shorter than this is a word that somebody else used, not a text that somebody else wrote; it could not hold a
# 4-gram of its own either, so it counts as plain text.
SHORT_QUOTATION = GRAM

# Bounds the search for rewritten sentences by the length of the article, whatever it repeats.
COMMON_STEM = 32


class Vocabulary:
    """Numbers for words, so that a gram is one integer. One per call of `dedupe`; the numbers mean nothing outside."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def id(self, norm: str) -> int:
        """The number of a word, a new one if it has none."""
        return self._ids.setdefault(norm, len(self._ids))

    @staticmethod
    def gram(ids: Sequence[int]) -> int:
        """One integer for a row of words; different rows of one length never meet (a vocabulary stays below 2**24)."""
        packed = 0
        for number in ids:
            packed = packed << 24 | number
        return packed


@dataclass(frozen=True)
class Profile:
    """One article, read for comparison.

    sentences: in order. ranges: for each sentence its first token and the one after its last.
    words: (token, quoted?) in order. sizes: the words that a token counts for; where script has no spaces, tokens are
        overlapping pairs of characters and each counts half.
    plain: (first, last + 1, gram) outside quotations and headings. every: the same with both.
    """

    index: int
    sentences: tuple[Sentence, ...]
    ranges: tuple[tuple[int, int], ...]
    words: tuple[Token, ...]
    quoted: tuple[bool, ...]
    sizes: tuple[float, ...]
    plain: tuple[tuple[int, int, int], ...]
    every: tuple[tuple[int, int, int], ...]

    @cached_property
    def plain_in(self) -> Mapping[int, int]:
        """Gram -> the first sentence that it begins in; outside quotations and headings."""
        return self._where(self.plain)

    @cached_property
    def every_in(self) -> Mapping[int, int]:
        """Gram -> the first sentence that it begins in; quotations and headings included."""
        return self._where(self.every)

    def _where(self, grams: Sequence[tuple[int, int, int]]) -> Mapping[int, int]:
        found: dict[int, int] = {}
        for first, _, gram in grams:
            found.setdefault(gram, self.sentence_of[first])
        return found

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For each token the sentence that it is in."""
        return tuple(number for number, (first, end) in enumerate(self.ranges) for _ in range(first, end))

    @cached_property
    def lengths(self) -> tuple[float, ...]:
        """For each sentence its words."""
        return tuple(sum(self.sizes[first:end]) for first, end in self.ranges)

    @cached_property
    def story(self) -> float:
        """Words of the story: all but headings."""
        return sum(self.lengths[number] for number, sentence in enumerate(self.sentences) if not sentence.heading)

    @cached_property
    def quotation(self) -> float:
        """The share of the story that stands between quotation marks, 0..1."""
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
        return tuple(
            frozenset(word.stem for word in self.words[first:end] if word.content) for first, end in self.ranges
        )

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
    quoted: list[bool] = []
    ranges: list[tuple[int, int]] = []
    plain: list[tuple[int, int, int]] = []
    every: list[tuple[int, int, int]] = []
    sizes: list[float] = []
    for block in _blocks(sentences):
        begin = len(words)
        spans = _quoted(block)
        for sentence, inside in zip(block, spans, strict=True):
            row = tokens(sentence.text)
            ranges.append((len(words), len(words) + len(row)))
            sizes.extend(0.5 if i + 1 < len(row) and row[i + 1].start < word.end else 1.0 for i, word in enumerate(row))
            words.extend(row)
            quoted.extend(_inside(row, inside))
        follow = _follow(words, ranges[-len(block) :], begin)
        ids = [vocabulary.id(word.norm) for word in words[begin:]]
        for first in range(begin, len(words)):
            row_of = [first]
            while len(row_of) < GRAM and follow[row_of[-1] - begin] < len(words):
                row_of.append(follow[row_of[-1] - begin])
            if len(row_of) < GRAM:
                break
            gram = vocabulary.gram([ids[i - begin] for i in row_of])
            found = (first, row_of[-1] + 1, gram)
            every.append(found)
            if not block[0].heading and not any(quoted[first : row_of[-1] + 1]):
                plain.append(found)
    return Profile(
        index, tuple(sentences), tuple(ranges), tuple(words), tuple(quoted), tuple(sizes), tuple(plain), tuple(every)
    )


def _blocks(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    blocks: list[list[Sentence]] = []
    for sentence in sentences:
        if blocks and blocks[-1][0].block == sentence.block and blocks[-1][0].heading == sentence.heading:
            blocks[-1].append(sentence)
        else:
            blocks.append([sentence])
    return blocks


def _quoted(block: Sequence[Sentence]) -> list[list[tuple[int, int]]]:
    """For each sentence of a block the spans of it that stand between quotation marks, in its own offsets."""
    joined = " ".join(sentence.text for sentence in block)
    marks = [
        (quotation.start, quotation.end)
        for quotation in quotations(joined)
        if quotation.end > quotation.start and len(tokens(quotation.text)) >= SHORT_QUOTATION
    ]
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
