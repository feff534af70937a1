"""How near a sentence of another article comes to a statement: whether it tells the same, or a part of it.

Takes: two readings, what the request says about words, and how `compare` judged the pair. Gives: a likeness, a level.
Does not know: citations, origins, articles.

Rule: two long sentences that share many words tell the same sooner than two short ones with the same share, and a sentence
that tells much more besides tells it less surely. So both count: the share of either side, and how many words are shared.
"""

from __future__ import annotations

import math
from typing import Literal

from summarizer.compare import Comparison
from summarizer.likeness import Corpus, matches
from summarizer.words import Reading

# On the tune half of row 5, of the pairs at SUPPORTS 98 in 100 feed one sentence of a human summary; at PARTLY, with nothing
# but missing words, names and numbers against them, 97 in 100 (recall .27).
SUPPORTS = 0.6
PARTLY = 0.4
# Shares of the statement's weighted content words below which a sentence does not state the whole, or no part (as `verify.PARTLY_CITED`). Set by hand.
WHOLE = 0.5
PART = 0.34
# What another article may do and still state a fact: name a source for it. What speaks against the whole, not against a part.
_MAY = frozenset(["attribution_dropped"])
_LACKS = _MAY | frozenset(
    "number_not_in_source name_not_in_source words_not_in_source cause_not_in_source order_not_in_source "
    "speaker_not_in_source".split()
)


def likeness(fact: Reading, sentence: Reading, words: Corpus) -> float:
    """The share of both sides' weighted content words that the other has (Dice, 0..1), times the root of how many."""
    there, back = matches(fact, sentence), matches(sentence, fact)
    mine = {t.stem: (words.weight(t), bool(there[i])) for i, t in enumerate(fact.tokens) if t.content}
    theirs = {t.stem: (words.weight(t), bool(back[i])) for i, t in enumerate(sentence.tokens) if t.content}
    total = sum(w for w, _ in (*mine.values(), *theirs.values()))
    hit = sum(w for w, found in (*mine.values(), *theirs.values()) if found)
    shared = sum(1 for _, found in mine.values() if found)
    return hit / total * math.sqrt(shared) if total else 0.0


def level(compared: Comparison, likeness: float) -> Literal["whole", "part", ""]:
    """How much of the statement a sentence states that `compare` (lenient) has held against it."""
    if set(compared.conflicts) <= _MAY and compared.coverage >= WHOLE and likeness >= SUPPORTS:
        return "whole"
    told = set(compared.conflicts) <= _LACKS and compared.coverage >= PART
    return "part" if told and likeness >= PARTLY else ""
