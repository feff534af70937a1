"""Which sentences a statement rests on, found by comparison: every sentence is scored, the best ones are taken.

Takes: the reading of a statement, and all sentences of a request by their words.
Gives: sentences with scores, best first; which of them, and of those that are cited already, the statement rests on.
Does not know: whether a sentence carries the statement, drafts, verdicts.

Rule: a sentence is taken for how much of the statement it has, by itself and beside the best one; no score says "true".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.likeness import Corpus, family, kin
from summarizer.values import Key
from summarizer.words import Reading

# A score is the mean of six shares: of the statement's words by weight, of its neighbouring words, of its rarest word, of
# eight words, and of what the best sentence has by words and by BM25. A regression on the tune half of human-tied summary
# sentences and of WiCE's evidence gave all six about the same weight. From TAKEN on a sentence is taken: the score with the
# best F1 by document on the tune half of row 3 (.895; by sentence .590, where the best of all is .595).
TAKEN = 0.48
# A sentence that is cited already needs less to stay: two judgements agree. Set on the tune half as well.
KEPT = 0.24
_ENOUGH = 8
_KIN = 0.8  # a word of the same family or a synonym counts four fifths
_NEAR = 3  # content words between which a pair still stands together
_K1, _B = 1.5, 0.75  # BM25's usual constants
_MOST = 12  # sentences for one statement; human summaries of three articles rest on four


@dataclass(frozen=True, slots=True)
class Index:
    """stem -> the sentences that have it; first four letters -> stems; how many words a sentence has on average."""

    holders: Mapping[str, tuple[Key, ...]]
    beginnings: Mapping[str, tuple[str, ...]]
    mean: float


def index(holders: Mapping[str, tuple[Key, ...]], sentences: int) -> Index:
    """Index the stems of all sentences."""
    beginnings: dict[str, list[str]] = defaultdict(list)
    for stem in holders:
        beginnings[stem[:4]].append(stem)
    total = sum(len(keys) for keys in holders.values())
    return Index(holders, {b: tuple(s) for b, s in beginnings.items()}, total / max(sentences, 1))


def _kin(stem: str, of: Index) -> list[str]:
    """Other stems of the articles that say the same."""
    mine = kin(stem)
    relatives = [s for s in of.beginnings.get(stem[:4], ()) if s != stem and len(stem) > 3 and family(stem, s)]
    if mine:
        relatives += [s for s in of.holders if s != stem and kin(s) & mine]
    return relatives


def rank(
    fact: Reading, of: Index, words: Corpus, reading: Callable[[Key], Reading], among: Callable[[Key], bool]
) -> list[tuple[float, Key]]:
    """The sentences that share a word with a statement, with their scores (0..1), best first."""
    tokens = {t.stem: t for t in fact.tokens if t.content}
    total = sum(words.weight(t) for t in tokens.values())
    if not total:
        return []
    hits: dict[Key, dict[str, tuple[float, str]]] = defaultdict(dict)
    for stem in tokens:
        for other, part in [(stem, 1.0), *((s, _KIN) for s in _kin(stem, of))]:
            for key in of.holders.get(other, ()):
                if among(key):
                    hits[key].setdefault(stem, (part, other))
    coverage = {k: sum(words.weight(tokens[s]) * part for s, (part, _) in h.items()) / total for k, h in hits.items()}
    rare = {k: _bm25(h, reading(k), of, words) for k, h in hits.items()}
    most = max(coverage.values(), default=0.0) or 1.0
    rarest = max(rare.values(), default=0.0) or 1.0
    order = [t.stem for t in fact.tokens if t.content]
    weightiest = max(words.weight(t) for t in tokens.values())
    scored = []
    for key, h in hits.items():
        shares = (
            coverage[key],
            _pairs(order, reading(key)),
            max(words.weight(tokens[s]) * part for s, (part, _) in h.items()) / weightiest,
            min(len(h), _ENOUGH) / _ENOUGH,
            coverage[key] / most,
            rare[key] / rarest,
        )
        scored.append((sum(shares) / len(shares), key))
    return sorted(scored, key=lambda item: (-item[0], item[1]))


def _bm25(hits: Mapping[str, tuple[float, str]], sentence: Reading, of: Index, words: Corpus) -> float:
    stems = [t.stem for t in sentence.tokens if t.content]
    long = 1 - _B + _B * len(stems) / max(of.mean, 1.0)
    total = 0.0
    for stem, (part, other) in hits.items():
        holding = len(of.holders.get(stem, ()))
        rarity = math.log(1 + (words.sentences - holding + 0.5) / (holding + 0.5))
        count = stems.count(other)
        total += part * rarity * count * (_K1 + 1) / (count + _K1 * long)
    return total


def _pairs(order: Sequence[str], sentence: Reading) -> float:
    """Share of neighbouring words of a statement that stand near each other in a sentence."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, stem in enumerate(t.stem for t in sentence.tokens if t.content):
        places[stem].append(i)
    pairs = list(pairwise(order))
    met = sum(
        1
        for a, b in pairs
        if a in places and b in places and any(abs(i - j) <= _NEAR for i in places[a] for j in places[b])
    )
    return met / max(len(pairs), 1)


def choose(ranked: Sequence[tuple[float, Key]], cited: Collection[Key] = ()) -> tuple[Key, ...]:
    """The sentences that a statement rests on, best first: the best one, those near it, and what is cited and holds."""
    taken = [k for i, (score, k) in enumerate(ranked[:_MOST]) if not i or score >= TAKEN]
    return tuple(taken + [k for score, k in ranked if score >= KEPT and k in cited and k not in taken])
