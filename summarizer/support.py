"""How near a sentence of another article comes to a statement: whether it tells the same, or a part of it.

Takes: two readings, what the request says about words, and how `compare` judged the pair. Gives: a likeness, a level.
Does not know: citations, origins, articles.

Rule: two long sentences that share many words tell the same sooner than two short ones with the same share, and a sentence
that tells much more besides tells it less surely. So both count: the share of either side, and how many words are shared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from summarizer import lexicon
from summarizer.compare import Comparison
from summarizer.likeness import Corpus, matches
from summarizer.roles import speakers, verbal
from summarizer.words import Reading, stem

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
    "speaker_not_in_source quantity_not_in_source".split()
)

# A sentence so like a statement tells a part of it whatever share of its words it has, though it is less sure, surer, or has it
# from somebody else. On the tune half of row 5 recall of citations is .21 without, .28 with it (.32 at .5, .23 at 1), precision
# .96 and .97; on that of row 7 their F1 .967 and .969 (.937 at .5, .966 at .7).
ALIKE = 0.75
IN_PART = _LACKS | {"hedge_dropped", "hedge_not_in_source", "speaker_swapped"}


def likeness(fact: Reading, sentence: Reading, words: Corpus) -> float:
    """The share of both sides' weighted content words that the other has (Dice, 0..1), times the root of how many."""
    there, back = matches(fact, sentence), matches(sentence, fact)
    mine = {t.stem: (words.weight(t), bool(there[i])) for i, t in enumerate(fact.tokens) if t.content}
    theirs = {t.stem: (words.weight(t), bool(back[i])) for i, t in enumerate(sentence.tokens) if t.content}
    total = sum(w for w, _ in (*mine.values(), *theirs.values()))
    hit = sum(w for w, found in (*mine.values(), *theirs.values()) if found)
    shared = sum(1 for _, found in mine.values() if found)
    return hit / total * math.sqrt(shared) if total else 0.0


# Verbs that say that somebody has, does or shows something, and leave what to the words behind them: no deed by themselves.
_LIGHT = frozenset(
    stem(word)
    for word in """have feature offer include provide boast use utilize utilise employ leverage serve play make take see saw
    undergo underwent come came get give gave showcase represent highlight demonstrate mark remain contain involve comprise
    ensure allow enable help aim seek continue become became seem appear show stand stood""".split()
)


def deed_told(fact: Reading, sentence: Reading) -> bool:
    """Whether the sentence has every verb of the statement that tells a deed, in its own form of it.

    Two reports of one event share who, where and when; what was done is in the verb, so a sentence that lacks one may tell
    the opposite ("let the blaze burn", "brought the blaze under control").
    """
    found = matches(fact, sentence)
    return all(found[i] for i, t in enumerate(fact.tokens) if t.stem not in _LIGHT and verbal(fact, i))


_JOINS = frozenset("and but or when because after before while as which who where since if that until although".split())
_CLAUSE = 2  # content words of a clause beside its verb that make it one to be told
_TOLD = 1 / 3  # share of a clause's content words without which it is not told; set by hand on made pairs


def clauses_told(fact: Reading, sentence: Reading) -> bool:
    """Whether the sentence has something of every clause of the statement, and every word of it that says when.

    "Stop using them and send them back" is not told by a sentence that speaks of sending them back only, however many of its
    words stand there.
    """
    found = matches(fact, sentence)
    clause: list[int] = []
    tokens = fact.tokens
    for i, token in enumerate(tokens):
        if token.norm in lexicon.PARTS_OF_TIME and not found[i]:
            return False
        if token.norm in _JOINS and _clause_untold(fact, clause, found):
            return False
        clause = [] if token.norm in _JOINS else [*clause, i]
    return not _clause_untold(fact, clause, found)


def all_told(fact: Reading, sentence: Reading, words: Corpus) -> bool:
    """Whether the sentence has something of every clause of the statement, and most of what somebody says in it."""
    return clauses_told(fact, sentence) and message_told(fact, sentence, words)


def message_told(fact: Reading, sentence: Reading, words: Corpus) -> bool:
    """Whether the sentence has most of what somebody says in the statement, and not only who says it, and when.

    "The dam will hold," said Ruth Adler of the water authority: her name and office are no support for her words.
    """
    said = _message(fact)
    if not said:
        return True
    found = matches(fact, sentence)
    weights = [(words.weight(fact.tokens[i]), bool(found[i])) for i in said]
    return sum(w for w, hit in weights if hit) >= _SAID * sum(w for w, _ in weights)


_SAID = 0.5  # of the weighted words of a message: set by hand, so that "already hold" may be told by "recovered"


def _message(fact: Reading) -> list[int]:
    """The content words of what somebody says: those inside quotation marks, else those on the other side of the verb."""
    content = [i for i, t in enumerate(fact.tokens) if t.content]
    spoken = speakers(fact)
    if not spoken:
        return []
    quoted = [i for i in content if any(q.start <= fact.tokens[i].start < q.end for q in fact.quotations)]
    if quoted:
        return quoted
    heads, verb = spoken[0]
    if min(heads) > verb:  # "..., said Olaf Brem"
        return [i for i in content if i < verb]
    behind = [i for i in content if i > verb and i not in heads]
    if any(verbal(fact, i) for i in behind):
        return behind
    comma = fact.text.rfind(",", 0, fact.tokens[min(heads)].start)
    return [i for i in content if fact.tokens[i].end <= comma]  # "..., Olaf Brem said on Monday"


def _clause_untold(fact: Reading, clause: Sequence[int], found: Mapping[int, Sequence[int]]) -> bool:
    content = [i for i in clause if fact.tokens[i].content]
    if len(content) <= _CLAUSE or not any(verbal(fact, i) for i in content):
        return False
    return sum(bool(found[i]) for i in content) < _TOLD * len(content)


def level(compared: Comparison, likeness: float) -> Literal["whole", "part", ""]:
    """How much of the statement a sentence states that `compare` (lenient) has held against it."""
    if set(compared.conflicts) <= _MAY and compared.coverage >= WHOLE and likeness >= SUPPORTS:
        return "whole"
    told = set(compared.conflicts) <= _LACKS and compared.coverage >= PART
    return "part" if told and likeness >= PARTLY else ""
