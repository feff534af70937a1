"""The product's own rooms, called in the pipeline's order. Nothing here judges; what a row measures is the product's."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer import clean, dedupe, disputes, extract
from summarizer import sentences as splitting
from summarizer import verify as verification
from summarizer.values import Article, Block, Body, Conflict, Draft, Key, Origins, Sentence


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rooms make of some articles before any engine runs."""

    texts: tuple[str, ...]
    bodies: tuple[Body, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    table: verification.Table
    origins: Origins

    @property
    def all(self) -> list[Sentence]:
        """All sentences of the stories, headings left out."""
        return [s for rows in self.sentences for s in rows if not s.heading]


def bare(text: str) -> Body:
    """A body of all lines of a text, nothing removed: for sets whose texts are no articles (dialogues, lists of lines)."""
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        if start < end:
            blocks.append(Block(start, end))
        at += len(line)
    return Body(text, tuple(blocks), ())


@functools.lru_cache(maxsize=512)
def ground(texts: tuple[str, ...], *, cleaned: bool = True) -> Ground:
    """clean, sentences, dedupe, and the table that verification works on."""
    bodies = tuple(clean.clean(Article(t)) if cleaned else bare(t) for t in texts)
    language = splitting.language([b.text[k.start : k.end] for b in bodies for k in b.blocks if not k.heading][:400])
    rows = tuple(splitting.split(body, i, language) for i, body in enumerate(bodies))
    return Ground(texts, bodies, rows, verification.table(rows), dedupe.dedupe(rows))


def lines(texts: Sequence[Sequence[str]]) -> verification.Table:
    """A table whose sentences are given, one a line: for sets that label sentences by number."""
    rows = []
    for i, article in enumerate(texts):
        at = 0
        row = []
        for j, line in enumerate(article):
            row.append(Sentence(Key(i, j), at, at + len(line), line, j))
            at += len(line) + 1
        rows.append(tuple(row))
    return verification.table(rows)


def conflicts(of: Ground) -> tuple[Conflict, ...]:
    """What `disputes` finds."""
    return disputes.find(of.sentences, of.origins, of.table.words)


def draft(of: Ground, max_words: int) -> Draft:
    """What the engine without a model writes."""
    return extract.extract(
        of.sentences,
        of.origins,
        of.table.words,
        max_words=max_words,
        witnesses=verification.Witnesses(of.table, of.origins),
    )


def holding(
    of: Ground, article: int, spans: Sequence[tuple[int, int]], *, least: int = 25, part: float = 0.4
) -> list[Key]:
    """The sentences that hold human spans: at least 25 characters of one, or two fifths of the sentence or of the span."""
    found = []
    for s in of.sentences[article]:
        for start, end in spans:
            shared = min(end, s.end) - max(start, s.start)
            if shared > 0 and (shared >= least or shared >= part * (s.end - s.start) or shared >= part * (end - start)):
                found.append(s.key)
                break
    return found


@functools.lru_cache(maxsize=4096)
def split_text(text: str) -> tuple[str, ...]:
    """A text as the sentences that `POST /verify` would judge one by one."""
    body = bare(text)
    return tuple(s.text for s in splitting.split(body, 0, splitting.language([text])))


def stands(judged: verification.Judged) -> bool:
    """Whether `POST /verify` finds a sentence supported, or told in other words with nothing that speaks against it."""
    return judged.verdict == "supported" or judged.reason == verification.IN_OTHER_WORDS


def supported(text: str, table: verification.Table, articles: int) -> tuple[bool, list[verification.Judged]]:
    """What `POST /verify` says of a text: it stands if every sentence of it does."""
    judged = [verification.judge(0, len(s), s, table, list(range(articles))) for s in split_text(text)]
    return bool(judged) and all(stands(j) for j in judged), judged
