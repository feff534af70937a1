"""The engine without a model: whole sentences, chosen for what several origins tell, in an order that reads.

Takes: the sentences of all articles, the origins, what the words say about rarity. Gives: a draft, each sentence one fact.
Does not know: verification, agreement, models.

The method is greedy coverage (after Nenkova and Vanderwende's SumBasic and Lin and Bilmes' coverage functions): a word or
word pair counts for the origins that use it, much less once it is covered; a sentence's gain is divided by its length to
the power of .6, and position, title words and repetition in other origins are added. The weights were set by hand before
they were measured; tuning them on small sets did worse on held-out ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer import lexicon
from summarizer.likeness import Corpus, focus_share
from summarizer.values import Cite, Draft, DraftSentence, Key, Origins, Sentence, Statement
from summarizer.words import Reading, Token, count_words, read

_COVERED = 0.1  # what a covered word still counts: a second telling adds next to nothing
_SINGLE = 0.3  # what a word of one origin counts against one of two
_LENGTH = 0.6
_SPARE = 40
_MIN_TOKENS, _MAX_TOKENS = 7, 60
_REDUNDANT = 0.7  # weighted share of a sentence's words that a chosen one has: it would tell the same again
_ON_FOCUS = 0.2
_BASE, _PRIOR = 0.2, 0.6  # beside 1 for each other origin that tells all of a sentence: agreement before position
_ECHOED = 0.4  # share of words from which two independent sentences mostly tell the same fact (precision .9 on news)
_ALIKE = 0.8  # how much likeness to a chosen sentence takes away


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could stand in a summary by itself."""

    sentence: Sentence
    reading: Reading
    features: frozenset[str]
    prior: float
    words: int


def extract(
    sentences: Sequence[Sequence[Sentence]],
    origins: Origins,
    words: Corpus,
    *,
    max_words: int,
    focus: str | None = None,
) -> Draft:
    """A draft of at most `max_words` words, and up to 40 further statements (`spare`), best first."""
    pool = _candidates(sentences, origins, words)
    echo = _echoes(pool, sentences, origins, words)
    weights = _weights(pool, origins)
    on_focus = _on_focus(pool, focus, words)
    chosen: list[Candidate] = []
    covered: dict[str, int] = defaultdict(int)
    left = max_words
    rest = list(range(len(pool)))
    order: list[int] = []
    while rest:
        gains = []
        for i in rest:
            c = pool[i]
            gain = sum(weights[f] * _COVERED ** min(covered[f], 4) for f in c.features) / max(c.words, 8) ** _LENGTH
            told = _ALIKE * max((_cosine(c, other, words) for other in chosen), default=0.0)
            gains.append(
                (
                    gain * (_BASE + _PRIOR * c.prior + echo[i]) * (1 - told) * on_focus[i],
                    -c.sentence.key.article,
                    -c.sentence.key.number,
                    i,
                )
            )
        _, _, _, best = max(gains)
        rest.remove(best)
        c = pool[best]
        if _redundant(c, chosen, words):
            order.append(best)
            continue
        if c.words <= left and (not focus or on_focus[best] > 1):
            chosen.append(c)
            left -= c.words
            for f in c.features:
                covered[f] += 1
        else:
            order.append(best)
        if left < _MIN_TOKENS or len(order) > 4 * _SPARE:
            order += rest
            break
    taken = {c.sentence.key for c in chosen}
    ranked = sorted(set(order), key=lambda i: (-echo[i], -on_focus[i], pool[i].prior * -1, pool[i].sentence.key))
    spare = [pool[i] for i in ranked if pool[i].sentence.key not in taken]
    chosen = _in_order(chosen, sentences)
    return Draft(
        sentences=tuple(DraftSentence((_statement(c),)) for c in chosen),
        headline=_headline(sentences, words, chosen),
        spare=tuple(_statement(c) for c in spare[: 2 * _SPARE]),
    )


def _in_order(chosen: list[Candidate], sentences: Sequence[Sequence[Sentence]]) -> list[Candidate]:
    """The order to read in: the first choice opens, the others follow as their articles tell them, early things first."""
    if len(chosen) < 3:
        return chosen
    opening = max(chosen, key=lambda c: (c.prior, -c.sentence.key.article, -c.sentence.key.number))
    rest = sorted(
        (c for c in chosen if c is not opening),
        key=lambda c: (
            round(c.sentence.key.number / max(len(sentences[c.sentence.key.article]), 1), 1),
            c.sentence.key,
        ),
    )
    return [opening, *rest]


def _echoes(
    pool: Sequence[Candidate], sentences: Sequence[Sequence[Sentence]], origins: Origins, words: Corpus
) -> list[float]:
    """For each candidate, how many other origins tell it too: the sum over origins of the best share of its words, above .4."""
    index: dict[str, list[Key]] = defaultdict(list)
    for rows in sentences:
        for sentence in rows:
            if not sentence.heading:
                for stem in {t.stem for t in read(sentence.text).tokens if t.content}:
                    index[stem].append(sentence.key)
    echoes = []
    for c in pool:
        mine = {t.stem: words.weight(t) for t in c.reading.tokens if t.content}
        total = sum(mine.values())
        score: dict[Key, float] = defaultdict(float)
        for stem, weight in mine.items():
            for key in index[stem]:
                score[key] += weight
        best: dict[int, float] = defaultdict(float)
        own = origins.of(c.sentence.key)
        for key, value in score.items():
            if (origin := origins.of(key)) != own:
                best[origin] = max(best[origin], value / total)
        echoes.append(sum(b for b in best.values() if b >= _ECHOED))
    return echoes


def _cosine(a: Candidate, b: Candidate, words: Corpus) -> float:
    """Weighted overlap of two candidates' words (Dice), 0..1."""
    x = {t.stem: words.weight(t) for t in a.reading.tokens if t.content}
    y = {t.stem: words.weight(t) for t in b.reading.tokens if t.content}
    shared = sum(w for stem, w in x.items() if stem in y)
    total = sum(x.values()) + sum(y.values())
    return 2 * shared / total if total else 0.0


def stands_alone(reading: Reading) -> bool:
    """Whether a reader can take a sentence by itself: no dangling opening, no open quotation, no question, a proper end."""
    if not reading.tokens:
        return False
    first = reading.tokens[0]
    if first.norm in lexicon.DANGLING and not first.start:
        return False
    text = reading.text
    if any(mark in text for mark in "{}[]"):
        return False  # looks like a marker of ours, or like an editor's insertion
    if (
        first.start
        and text[: first.start].strip(" ")
        and not any(t.norm in lexicon.REPORTING | lexicon.CLAIMING for t in _outside(reading))
    ):
        return False  # opens with a quotation mark, and nobody is named as the speaker
    if any(not q.closed for q in reading.quotations) or text.rstrip("\"”’').] ").endswith(("?", "？", ":", "：", ",")):
        return False
    if reading.quotations and not _outside(reading):
        return False
    named = next((n.first for n in reading.names), len(reading.tokens))
    if any(
        i < named and t.norm in ("he", "she", "they", "it", "him", "her")
        for i, t in enumerate(reading.tokens)
        if t in _outside(reading)
    ):
        return False  # nobody is named before the pronoun
    people = {"i", "we", "you", "our", "your", "my", "us"}
    return not any(t.norm in people and t.text != "US" for t in _outside(reading))


def _outside(reading: Reading) -> list[Token]:
    return [t for t in reading.tokens if not any(q.start <= t.start < q.end for q in reading.quotations)]


def _candidates(sentences: Sequence[Sequence[Sentence]], origins: Origins, words: Corpus) -> list[Candidate]:
    titles = [{t.stem for s in article if s.heading for t in read(s.text).tokens if t.content} for article in sentences]
    pool: list[Candidate] = []
    copied = {key for c in origins.copied for key in c.keys}
    for article, rows in enumerate(sentences):
        body = [s for s in rows if not s.heading]
        for position, sentence in enumerate(body):
            reading = read(sentence.text)
            size = len(reading.tokens) if not reading.unspaced else len(sentence.text) // 2
            if sentence.key in copied or not _MIN_TOKENS <= size <= _MAX_TOKENS * (2 if reading.unspaced else 1):
                continue
            if not stands_alone(reading):
                continue
            stems = [t.stem for t in reading.tokens if t.content]
            features = frozenset([*stems, *(f"{a} {b}" for a, b in pairwise(stems))])
            prior = math.exp(-position / 8) + (0.3 if position == 0 else 0.0)
            prior += 0.5 * len(titles[article] & set(stems)) / max(len(set(stems)), 1)
            pool.append(Candidate(sentence, reading, features, prior, count_words(sentence.text)))
    return pool


def _weights(pool: Sequence[Candidate], origins: Origins) -> dict[str, float]:
    holders: dict[str, set[int]] = defaultdict(set)
    first: dict[str, int] = {}
    counts: dict[str, int] = defaultdict(int)
    for c in pool:
        for f in c.features:
            holders[f].add(origins.of(c.sentence.key))
            counts[f] += 1
            first[f] = min(first.get(f, 10**6), c.sentence.key.number)
    return {
        f: (len(who) if len(who) > 1 else _SINGLE) * math.log(1 + counts[f]) * (0.7 + 0.3 * math.exp(-first[f] / 10))
        for f, who in holders.items()
    }


def _on_focus(pool: Sequence[Candidate], focus: str | None, words: Corpus) -> list[float]:
    if not focus:
        return [1.0] * len(pool)
    return [1 + 4 * s if (s := focus_share(c.reading, focus, words)) >= _ON_FOCUS else 0.2 for c in pool]


def _redundant(c: Candidate, chosen: Sequence[Candidate], words: Corpus) -> bool:
    stems = {t.stem: words.weight(t) for t in c.reading.tokens if t.content}
    total = sum(stems.values())
    for other in chosen:
        theirs = {t.stem for t in other.reading.tokens}
        if total and sum(w for s, w in stems.items() if s in theirs) >= _REDUNDANT * total:
            return True
    return False


def _statement(c: Candidate) -> Statement:
    text = c.sentence.text
    return Statement(" ".join(text.split()), (Cite(c.sentence.key),))


def _headline(sentences: Sequence[Sequence[Sentence]], words: Corpus, chosen: Sequence[Candidate]) -> Statement | None:
    """The article title that shares most with the chosen sentences; without titles, the first chosen sentence."""
    said: dict[str, int] = defaultdict(int)
    for c in chosen:
        for stem in {t.stem for t in c.reading.tokens if t.content}:
            said[stem] += 1
    best: tuple[float, Key] | None = None
    for article in sentences:
        opening = next((n for n, s in enumerate(article) if not s.heading), 0)
        for s in article[
            max(0, opening - 1) : opening
        ]:  # the heading right above the story; what stands higher is a caption
            reading = read(s.text)
            stems = {t.stem for t in reading.tokens if t.content}
            if (
                not stems
                or any(mark in s.text for mark in "{}[]")
                or any(not q.closed for q in reading.quotations)
                or s.text.rstrip().endswith(("?", "？"))
            ):
                continue
            score = sum(min(said[stem], 3) for stem in stems) / (len(stems) + 3)
            if best is None or score > best[0]:
                best = (score, s.key)
    if best is not None and best[0] > 0:
        s = sentences[best[1].article][best[1].number]
        return Statement(" ".join(s.text.split()), (Cite(s.key),))
    return _statement(chosen[0]) if chosen else None
