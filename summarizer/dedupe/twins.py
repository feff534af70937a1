"""Twins: sentences of different articles so near that one of them is enough for the model.

Takes: profiles and the sentences that are copied already. Gives: groups of keys.
Does not know: what a sentence means. So it compares words, not meaning: two sentences are twins when nothing is left of
their difference once glyphs, case of the first word, articles, a bare "that" after a verb of saying and a few words that
only link sentences are taken away. Any other difference may be one of number, date, name, role, negation, quantity or hedge.
A false twin would silence a witness; a missed one costs a few tokens.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summarizer.dedupe.profile import Profile
from summarizer.lexicon import QUANTIFIERS, REPORTING
from summarizer.values import Key
from summarizer.words import Token, fold

# With fewer content words a sentence says too little to be about one thing only ("He declined to comment.").
FEWEST_CONTENT = 5

_ARTICLES = frozenset(("a", "an", "the"))
# "few" and "a few", "most" and "the most", "number" and "a number" are not the same quantity.
_AFTER_ARTICLE = frozenset(QUANTIFIERS) | frozenset(
    "little lot number couple pair dozen hundred thousand million billion more least less good great deal bit first".split()
)
_LINKS = frozenset(("also", "meanwhile"))
_SHORT = max(map(len, (*_LINKS, *_ARTICLES, "that")))  # whatever a signature leaves out is no longer than this
# Somebody or something that only the sentences before can name, unless the same sentence has named them already: the same
# words may speak of another one.
_POINTING = frozenset(
    """he him his she her hers it its they them their theirs this these those such former latter
    i me my mine we us our ours you your yours""".split()
)


def twins(profiles: Sequence[Profile], copied: Collection[Key]) -> tuple[tuple[Key, ...], ...]:
    """Groups of two or more sentences of different articles, each group in order of keys, groups in order of the first."""
    candidates: dict[tuple[str, ...], list[tuple[Profile, int]]] = {}
    for p in sorted(profiles, key=lambda p: p.index):
        for number, sentence in enumerate(p.sentences):
            if sentence.heading or sentence.key in copied:
                continue
            first, end = p.ranges[number]
            if end - first >= FEWEST_CONTENT:
                norms = tuple([word.norm for word in p.words[first:end] if len(word.norm) > _SHORT])
                candidates.setdefault(norms, []).append((p, number))
    groups: dict[tuple[str, ...], dict[int, Key]] = {}
    for alike in candidates.values():
        if len({p.index for p, _ in alike}) < 2:
            continue  # no other article has its longer words in a row: none can have its signature
        for p, number in alike:
            first, end = p.ranges[number]
            sentence = p.sentences[number]
            signature = _signature(sentence.text, p.words[first:end], p.quoted[first:end])
            if signature is not None:
                groups.setdefault(signature, {}).setdefault(p.index, sentence.key)
    found = [tuple(sorted(keys.values())) for keys in groups.values() if len(keys) > 1]
    return tuple(sorted(found))


def _signature(text: str, words: Sequence[Token], quoted: Sequence[int]) -> tuple[str, ...] | None:
    """What must be equal, or None for a sentence that can have no twin."""
    if sum(word.content for word in words) < FEWEST_CONTENT or _points_back(words, quoted):
        return None
    signature: list[str] = []
    at = 0
    for i, word in enumerate(words):
        gap = text[at : word.start]
        if gap != " ":
            signature.extend(_marks(gap))
        at = max(at, word.end)
        before = words[i - 1].norm if i else ""
        after = words[i + 1].norm if i + 1 < len(words) else ""
        if word.norm in _LINKS or (word.norm in _ARTICLES and after not in _AFTER_ARTICLE):
            continue
        if word.norm == "that" and before in REPORTING:
            continue
        case = "^" if signature and word.text[0].isupper() else ""
        voice = ">" if quoted[i] else ""
        signature.append(f"{voice}{case}{word.norm}")
    signature.extend(mark for mark in _marks(text[at:]) if mark != ".")
    return tuple(signature)


def _points_back(words: Sequence[Token], quoted: Sequence[int]) -> bool:
    for word, inside in zip(words, quoted, strict=True):
        if word.content and word.text[0].isupper():
            return False
        if word.norm in _POINTING and not inside:
            return True
    return False


def _marks(gap: str) -> list[str]:
    """Punctuation and signs between two words, without spaces and double quotation marks (the words carry those)."""
    return [mark for mark in fold(gap) if not mark.isspace() and mark != '"']
