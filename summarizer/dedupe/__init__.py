"""Who wrote the words first: origins, copied passages, twins.

Takes: the sentences of each article in canonical order, and the hosts that the articles came from, where known. Gives: `Origins`.
Does not know: names, dates, models, budgets, and whether what is written is true.

1. `profile`: each article as a row of words and 4-grams, what stands in quotation marks marked.
2. Articles that are the same text word for word are one from here on.
3. `copies`: pairs that share text, then the sentences that reprint another article's.
4. Origins: articles that are copies as a whole, and articles of one host, get one number; copied passages of other articles
   get the number of the article that has them first.
5. `twins` and `events`: sentences of which one is enough, and articles that tell another event.

No step compares all articles or all sentences with one another: every list in an inverted index is bounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from summarizer.dedupe import copies, events, twins
from summarizer.dedupe.groups import Groups
from summarizer.dedupe.profile import Profile, Vocabulary, read
from summarizer.release import release
from summarizer.values import Copied, Key, Origins, Sentence

__all__ = ["dedupe"]


def dedupe(sentences: Sequence[Sequence[Sentence]], *, hosts: Sequence[str | None] = ()) -> Origins:
    """Origins, copied passages, twins and strangers of some articles.

    sentences: for each article, in canonical order, its sentences in order. hosts: empty, or for each article where it was
    published (outlet or host name; upper and lower case are one), None where unknown; articles of one host are one origin.
    Raises ValueError when `hosts` is neither empty nor as long as `sentences`.
    """
    if hosts and len(hosts) != len(sentences):
        raise ValueError(f"{len(hosts)} hosts for {len(sentences)} articles: give one for each article, or none at all")
    vocabulary = Vocabulary()
    profiles = [read(index, article, vocabulary) for index, article in enumerate(sentences)]
    speaker = _same_text(profiles)
    different = copies.ranked([p for p in profiles if speaker[p.index] == p.index])
    candidates = copies.pairs(different)
    found = copies.find(different, candidates)

    groups = Groups(len(profiles))
    for index, same in enumerate(speaker):
        groups.join(index, same)
    for index, what in found.items():
        if what.whole is not None:
            groups.join(index, what.whole)
    texts = groups.numbered()
    seen: dict[str, int] = {}
    for index, host in enumerate(hosts):
        if host is not None and host.strip():
            groups.join(index, seen.setdefault(host.strip().casefold(), index))
    of_article = groups.numbered()

    reprints = {index: what.reprints for index, what in found.items()}
    later = [p for p in profiles if speaker[p.index] != p.index]
    for p in later:
        reprints[p.index] = copies.same(p, profiles[speaker[p.index]])
    of_sentence = _origins_of_passages([*different, *later], reprints, of_article)
    copied = tuple(passage for p in profiles for passage in _passages(p, reprints.get(p.index, ())))
    told = _events(different, texts)
    taken = {key for passage in copied for key in passage.keys}
    origins = Origins(
        of_article=of_article,
        of_sentence=dict(sorted(of_sentence.items())),
        copied=copied,
        twins=twins.twins(profiles, taken),
        alike=_alike(candidates, of_article, _block(different, told)),
        unrelated=tuple(sorted(index for event in told[1:] for index in event)),
        events=told if len(told) > 1 else (),
    )
    release(different, later, profiles, vocabulary)
    return origins


def _same_text(profiles: Sequence[Profile]) -> list[int]:
    """For each article the one that speaks for all with the same words: itself, if there is no other or it has no words."""
    groups: dict[tuple[str, ...], list[Profile]] = {}
    for p in profiles:
        groups.setdefault(p.wording, []).append(p)
    speaker = list(range(len(profiles)))
    for wording, group in groups.items():
        if wording and len(group) > 1:
            first = min(group, key=lambda p: ([(s.heading, s.text) for s in p.sentences], p.index))
            for p in group:
                speaker[p.index] = first.index
    return speaker


def _origins_of_passages(
    ranked: Sequence[Profile], reprints: Mapping[int, Sequence[copies.Reprint]], of_article: Sequence[int]
) -> dict[Key, int]:
    """The origins of sentences in copied passages, where they are not their article's. Sources come before their copies."""
    of_sentence: dict[Key, int] = {}
    for p in ranked:
        for reprint in reprints.get(p.index, ()):
            origin = of_sentence.get(Key(reprint.source, reprint.there), of_article[reprint.source])
            if origin != of_article[p.index]:
                of_sentence[Key(p.index, reprint.number)] = origin
    return of_sentence


def _passages(p: Profile, reprints: Sequence[copies.Reprint]) -> list[Copied]:
    """Neighbouring sentences from one source as one passage; its similarity is their mean, weighed by length."""
    groups: list[list[copies.Reprint]] = []
    for reprint in reprints:
        if groups and groups[-1][-1].number == reprint.number - 1 and groups[-1][-1].source == reprint.source:
            groups[-1].append(reprint)
        else:
            groups.append([reprint])
    passages: list[Copied] = []
    for group in groups:
        members = [p.sentences[reprint.number] for reprint in group]
        size = sum(p.lengths[reprint.number] for reprint in group)
        share = sum(reprint.share * p.lengths[reprint.number] for reprint in group) / size if size else 1.0
        passages.append(
            Copied(
                p.index,
                members[0].start,
                members[-1].end,
                group[0].source,
                round(share, 3),
                tuple(s.key for s in members),
            )
        )
    return passages


def _events(ranked: Sequence[Profile], texts: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Groups of all articles by event, the largest first; copies go with their source, which speaks for them."""
    speakers: dict[int, Profile] = {}
    for p in ranked:
        speakers.setdefault(texts[p.index], p)
    members: dict[int, list[int]] = {}
    for index, text in enumerate(texts):
        members.setdefault(text, []).append(index)
    return tuple(
        tuple(sorted(index for speaker in event for index in members[texts[speaker]]))
        for event in events.events(
            list(speakers.values()), {speaker.index: len(members[text]) for text, speaker in speakers.items()}
        )
    )


# Four articles that say the same things and hardly anything of what the other articles of the event say are one story told
# again and again, in whatever words. Shared content stems over the geometric mean of both counts: in twelve real clusters of
# four and five articles no pair lay under .28, mean .40; ten re-wordings of one made-up story had .33 to .56, mean .44, with one
# another and .16 to .25 with two reports of the same event. The bounds are set by hand between these.
_BLOCK = 4
_WITHIN = 0.30
_WITHIN_MEAN = 0.36
_ACROSS = 0.27
_LEAST_STEMS = 20  # fewer say nothing about whether two texts tell the same
_MOST_COMPARED = 64  # articles compared with one another for this, the longest ones: a bound on the work


def _block(ranked: Sequence[Profile], told: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The articles of the largest event that tell one story in different words while the others tell another; mostly none.

    Texts in other languages do not count: they share no words with the rest and say nothing about it.
    """
    within = set(told[0]) if told else set()
    rows: list[tuple[int, frozenset[str]]] = []
    for p in ranked:
        stems = frozenset().union(*(r.stems for r, s in zip(p.readings, p.sentences, strict=True) if not s.heading))
        if p.index in within and len(stems) >= _LEAST_STEMS and len(rows) < _MOST_COMPARED and events.is_english(p):
            rows.append((p.index, stems))
    if len(rows) <= _BLOCK:
        return ()
    likeness = {
        (a, b): len(x & y) / (len(x) * len(y)) ** 0.5 for n, (a, x) in enumerate(rows) for b, y in rows[n + 1 :]
    }
    groups = Groups(max(within) + 1)
    for (a, b), value in likeness.items():
        if value >= _WITHIN:
            groups.join(a, b)
    found: dict[int, list[int]] = {}
    for index, _ in rows:
        found.setdefault(groups.find(index), []).append(index)
    for group in sorted(found.values(), key=lambda g: (-len(g), min(g))):
        outside = [index for index, _ in rows if index not in group]
        if not any(value >= _ACROSS for (a, b), value in likeness.items() if a in outside and b in outside):
            continue  # the others must be reports that resemble one another, or nothing is known of what is usual
        inside = [value for (a, b), value in likeness.items() if a in group and b in group]
        across = [value for (a, b), value in likeness.items() if (a in group) != (b in group)]
        if len(group) >= _BLOCK and across and max(across) < _ACROSS and sum(inside) >= _WITHIN_MEAN * len(inside):
            return tuple(sorted(group))
    return ()


def _alike(
    candidates: Sequence[copies.Pair], of_article: Sequence[int], block: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Groups of articles of different origins, linked by pairs that resemble one another more than reports of one event do.

    block: articles that are linked by what they say.
    """
    groups = Groups(len(of_article))
    members: set[int] = set()
    for first, second in pairwise(block):
        groups.join(first, second)
    if len({of_article[index] for index in block}) > 1:
        members |= set(block)
    for pair in candidates:
        if pair.alike and of_article[pair.article] != of_article[pair.source]:
            groups.join(pair.article, pair.source)
            members |= {pair.article, pair.source}
    found: dict[int, list[int]] = {}
    for index in sorted(members):
        found.setdefault(groups.find(index), []).append(index)
    return tuple(tuple(group) for group in found.values())
