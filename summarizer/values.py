"""What passes between the rooms: frozen values, no behaviour beyond what follows from their fields.

Offsets are Unicode code points into `Article.text`, half-open, and hold for ever: no room rewrites a text.
Articles are known by their index in canonical order (0..n-1); names and the caller's numbers live at the doors.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Stance = Literal["asserts", "differs", "hedges", "denies"]
Agreement = Literal["unanimous", "majority", "shared", "single", "disputed"]
DisputeKind = Literal["contradiction", "value", "status"]
CheckState = Literal["pass", "fail", "not_checked"]
JudgeState = Literal["pass", "rescued", "not_checked"]


class Key(NamedTuple):
    """Names one sentence: `article` is the canonical index, `number` counts the article's sentences from 0."""

    article: int
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of one article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the rooms see it: no name, no number.

    text: exactly what the caller sent, decoded (for HTML: the extracted text).
    kind: where `text` came from; both are treated alike after extraction, but they are different cache keys.
    outlet: from the caller or the URL's host, never from the text.
    published_at: ISO 8601 date or date-time, from the caller.
    title: from the markup, or None.
    removed_markup: for HTML, (reason, characters) of what extraction left out.
    """

    text: str
    kind: Literal["text", "html"] = "text"
    outlet: str | None = None
    published_at: str | None = None
    title: str | None = None
    removed_markup: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A span that is not part of the story, with the reason (`navigation`, `caption`, `comment_widget`, ...)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A run of story text that no sentence crosses: a paragraph or a heading."""

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What `clean` makes of one article: blocks and removed spans, both in order, not overlapping.

    Together they cover every character that is not white space.
    """

    text: str
    blocks: tuple[Block, ...]
    removed: tuple[Removed, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article's body, the unit of citation. `text` is `article.text[start:end]`, always."""

    key: Key
    start: int
    end: int
    text: str
    block: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Copied:
    """A copied passage: `start:end` of `article` reprints article `source` (similarity 0..1, share of matched 4-grams).

    `keys` are the sentences of `article` that lie in the passage.
    """

    article: int
    start: int
    end: int
    source: int
    similarity: float
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """Who wrote what first, as far as the texts tell.

    of_article: for each article its origin, a number from 0 (the lowest article index of its group decides the order).
    of_sentence: for sentences in copied passages only, the origin of the passage; all others have their article's.
    copied: the copied passages, in order.
    twins: groups of two or more sentences of different articles, of which one is enough for the model; the first of a
        group stands for it.
    alike: groups of articles of different origins that resemble one another more than independent reports do.
    unrelated: articles that tell no event of the largest group.
    events: if there is more than one, the articles of each, the largest first; together they are all articles.
    excluded: articles that take no part (unusable, or of another event); set by the pipeline.
    """

    of_article: tuple[int, ...]
    of_sentence: Mapping[Key, int] = field(default_factory=dict)
    copied: tuple[Copied, ...] = ()
    twins: tuple[tuple[Key, ...], ...] = ()
    alike: tuple[tuple[int, ...], ...] = ()
    unrelated: tuple[int, ...] = ()
    events: tuple[tuple[int, ...], ...] = ()
    excluded: frozenset[int] = frozenset()

    def of(self, key: Key) -> int:
        """The origin of one sentence."""
        return self.of_sentence.get(key, self.of_article[key.article])

    def of_passage(self, keys: Sequence[Key]) -> int:
        """The origin of neighbouring sentences of one article that state something together.

        Where some of them were copied it is the origin of those, so that nobody's words count twice.
        """
        own = self.of_article[keys[0].article]
        return next((origin for origin in map(self.of, keys) if origin != own), own)

    def voices(self, origins: Collection[int]) -> int:
        """How many of some origins are left when those whose articles resemble one another (`alike`) count once."""
        left = set(origins)
        for group in self.alike:
            same = {self.of_article[article] for article in group} & left
            left -= set(sorted(same)[1:])
        return len(left)

    @property
    def count(self) -> int:
        """How many origins the articles have; excluded articles (unusable, or of another event) do not count."""
        return len({origin for article, origin in enumerate(self.of_article) if article not in self.excluded})


Mark = Literal["", "~", "!"]


@dataclass(frozen=True, slots=True)
class Cite:
    """One citation as proposed: a sentence, and what the proposer says of it (`~` only suspects, `!` denies or differs)."""

    key: Key
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One proposed fact: the words, and the sentences behind them. `invented` counts ids that name no sentence.

    lead, tail: connecting words before the fact and punctuation behind it; they say nothing and are not checked.
    """

    text: str
    cites: tuple[Cite, ...]
    invented: int = 0
    lead: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft: its statements in order; lead, text and tail of each, joined by spaces, are the sentence."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class DraftDispute:
    """A proposed dispute: its positions, each a statement."""

    positions: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What `propose` or `extract` proposes. Nothing in it has been checked."""

    sentences: tuple[DraftSentence, ...]
    headline: Statement | None = None
    disputes: tuple[DraftDispute, ...] = ()
    spare: tuple[Statement, ...] = ()
    uncited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checks:
    """Which checks a fact passed. `unsupported_words` are content words that no cited span has, as written.

    judge: `pass` after all other checks; `rescued` where the check of the words failed and the judge's word was taken instead.
    """

    quotes: CheckState = "not_checked"
    numbers: CheckState = "not_checked"
    names: CheckState = "not_checked"
    roles: CheckState = "not_checked"
    negation: CheckState = "not_checked"
    unsupported_words: tuple[str, ...] = ()
    verbatim_run: int = 0
    judge: JudgeState = "not_checked"


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked citation: a sentence that states the fact (`partial`: only a part), `wording`: carries its quotation.

    two: the span goes on over the next sentence; the two together state the fact.
    """

    key: Key
    start: int
    end: int
    wording: bool = False
    partial: bool = False
    two: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """The sentences of the span."""
        return (self.key, Key(self.key.article, self.key.number + 1)) if self.two else (self.key,)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a rejected statement may be right all the same: the sentence `key` carries it but for words of its own.

    subject: whom its leading pronoun or participle was taken to mean.
    """

    key: Key
    subject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement after `verify`: published if `reason` is None, else rejected for that reason (a stable word).

    against: sentences of other articles that hedge, deny or state another value, with the stance of each.
    suggestion: for a rejected statement, the sentence that comes nearest to it. doubt: set if only its words speak against it.
    """

    text: str
    citations: tuple[Citation, ...]
    checks: Checks
    reason: str | None = None
    suggestion: Key | None = None
    against: tuple[tuple[Key, Stance], ...] = ()
    lead: str = ""
    tail: str = ""
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """A draft after `verify`, in the same shape. `trouble`: the code of what was wrong with the reply, or empty."""

    sentences: tuple[tuple[Checked, ...], ...]
    headline: Checked | None = None
    disputes: tuple[tuple[Checked, ...], ...] = ()
    spare: tuple[Checked, ...] = ()
    uncited: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A published statement with what `agree` computed for it.

    origins: how many independent origins assert it; articles: how many articles do.
    stances: article index -> stance; articles that are not listed are silent.
    """

    text: str
    citations: tuple[Citation, ...]
    checks: Checks
    agreement: Agreement
    origins: int
    articles: int
    stances: Mapping[int, Stance]
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A fact that passed but is not in the summary, with the reason."""

    fact: Fact
    reason: Literal["length", "not_chosen", "single_origin", "few_origins", "off_focus"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A statement that failed, with the reason and what it cited."""

    text: str
    reason: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a dispute: words of its citations, and the articles that hold it (through the citations)."""

    text: str
    citations: tuple[Citation, ...]


HEDGE = "hedge:"  # the slot of a conflict that is only a stance of `b`: too little alone to be shown as a dispute


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sentences of different origins that differ.

    slot: what they differ in, folded, for grouping. a_value, b_value: what each says, folded.
    stances: what b's article does with a's statement, and a's with b's.
    """

    kind: DisputeKind
    slot: str
    a: Key
    b: Key
    a_value: str
    b_value: str
    stances: tuple[Stance, Stance]
    score: float


@dataclass(frozen=True, slots=True)
class Dispute:
    """A topic on which origins differ. `topic` uses the words of the positions; `silent` are article indices."""

    topic: str
    kind: DisputeKind
    positions: tuple[Position, ...]
    silent: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the summary: its text, and which facts stand where in it: (fact index, start, end) in `text`."""

    text: str
    facts: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something that the reader must know. `code` is stable; `message` says it in one sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer before it gets the caller's numbers and names: all that the rooms found out."""

    headline: Fact | None
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    disputes: tuple[Dispute, ...]
    left_out: tuple[LeftOut, ...]
    left_out_total: int
    rejected: tuple[Rejected, ...]
    warnings: tuple[Warning_, ...] = ()
