"""Who copied whom: pairs of articles found by shared 4-grams, copied passages found by alignment.

Takes: profiles. Gives: for each article its sources and the sentences that reprint them.
Does not know: hosts, the numbering of origins, twins.

Strategy: quotations are left out. Independent reports of one event quote the same people and share up to a third of their
4-grams through that alone; outside quotations they hardly share any. Of two articles the longer is called the source: what
was published first is unknown, and which of two copies is called the source changes no count of origins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from summarizer.dedupe.profile import GRAM, Profile
from summarizer.release import release

# Containment of the shorter article's 4-grams outside quotations from which a pair is a copy, in whole or in part. On 26 real
# clusters with planted copies, .20 to .30 merged no independent pair; the highest independent pair lay at .19.
COPY = 0.20

# For an article that is more than half quotation hardly any gram is left outside; then quotations count, at a higher bar.
QUOTATION_HEAVY = 0.5
COPY_QUOTATIONS = 0.25

# From here on two articles resemble one another more than independent reports do (measured: under .09 for most, .19 at most).
ALIKE = 0.10

# Excerpts of 20 to 40 words on one fact share up to .43 of their grams without being copies. Under this many words only a
# text that stands in the other nearly whole is a copy.
SHORT_TEXT = 60
NEARLY_WHOLE = 0.60

# Openings of 60 to 90 words, where every report says the same first thing, share up to .26 (921 real pairs): a brief needs
# more, can be no copy by its quotations, and is not told to be like another.
BRIEF = 120
COPY_BRIEF = 0.30

# Twelve words in a row outside quotations are not written twice by chance. (Names and titles run to eight or ten.)
RUN = 12

# A sentence is reprinted when half of it is; under a half its own part weighs more.
SENTENCE = 0.5

# In an article that is known to copy, a sentence that shares this much of its content words with one sentence of the source
# is a rewritten one. It does not become a copied passage, but it is no text of the article's own either.
REWRITTEN = 0.6
REWRITTEN_STEMS = 4

# An article is a copy as a whole when most of its story is one source's, reprinted or rewritten: what is left of a cut wire
# story may repeat what the cut part says, so it must not count as another witness. Put together from several sources, it has
# to be nearly all of it, since then each of them has only a part.
MOST = 0.5
PUT_TOGETHER = 0.75

# Of the articles that hold a gram only the longest are compared with the next one: enough, since the source is the longest,
# and it bounds the work by the number of grams.
HOLDERS = 16
# At most so many possible sources are aligned with one article, those that share most.
SOURCES = 8
# When one source has this much of an article, the next ones are not looked at: what is left has no room for a passage.
ENOUGH = 0.95
# A run of twelve words has nine grams; a pair that shares fewer cannot share such a run.
FEWEST_GRAMS = RUN - GRAM + 1


@dataclass(frozen=True, slots=True)
class Pair:
    """`article` shares text with `source`, which is longer. `containment`: of the smaller gram set, outside quotations.

    copy: in whole or in part; alike: more like the source than independent reports are.
    """

    article: int
    source: int
    containment: float
    copy: bool
    alike: bool


@dataclass(frozen=True, slots=True)
class Reprint:
    """Sentence `number` stands in `source` as its sentence `there`; `share` of it, 0..1."""

    number: int
    source: int
    there: int
    share: float


@dataclass(frozen=True, slots=True)
class Found:
    """What one article has of others. `whole`: the article that it is a copy of as a whole, or None."""

    whole: int | None
    reprints: tuple[Reprint, ...]


def ranked(profiles: Sequence[Profile]) -> list[Profile]:
    """Sources first: the longer text, then the words themselves (so that the order of the articles plays no part)."""
    return sorted(profiles, key=lambda p: (-p.story, p.wording, p.index))


def pairs(profiles: Sequence[Profile]) -> tuple[Pair, ...]:
    """All pairs worth a closer look, by article in rank order, best source first. `profiles` are ranked."""
    rank = {p.index: place for place, p in enumerate(profiles)}
    by_index = {p.index: p for p in profiles}
    heavy = any(p.quotation > QUOTATION_HEAVY for p in profiles)
    everything = dict(_shared(profiles, every=True)) if heavy else {}
    found: list[Pair] = []
    for article, plain in _shared(profiles, every=False):
        a = by_index[article]
        candidates: list[tuple[int, float, bool]] = []
        for source, shared in plain.items():
            if shared >= FEWEST_GRAMS:
                b = by_index[source]
                score = shared / min(len(a.plain), len(b.plain))
                candidates.append((source, score, _is_copy(a, b, score)))
        for source, shared in everything.get(article, Counter()).items():
            b = by_index[source]
            if shared >= FEWEST_GRAMS and (a.quotation > QUOTATION_HEAVY or b.quotation > QUOTATION_HEAVY):
                score = shared / min(len(a.every), len(b.every))
                if score >= COPY_QUOTATIONS and min(a.story, b.story) >= BRIEF:
                    candidates = [c for c in candidates if c[0] != source] + [(source, score, True)]
        candidates.sort(key=lambda c: (-c[1], rank[c[0]]))
        found.extend(
            Pair(article, source, score, copy, score >= ALIKE and min(a.story, by_index[source].story) >= BRIEF)
            for source, score, copy in candidates[:SOURCES]
        )
    return tuple(found)


def _is_copy(a: Profile, b: Profile, score: float) -> bool:
    shorter = min(a.story, b.story)
    if shorter < SHORT_TEXT:
        return score >= NEARLY_WHOLE
    return score >= (COPY_BRIEF if shorter < BRIEF else COPY)


def _shared(profiles: Sequence[Profile], *, every: bool) -> Iterator[tuple[int, Counter[int]]]:
    """For each article how many grams it shares with articles of higher rank. Linear: HOLDERS bounds each gram's list."""
    common = _common([p.every if every else p.plain for p in profiles])
    holders: dict[int, tuple[int, ...]] = dict.fromkeys(common, ())
    for p in profiles:
        mine = common & (p.every if every else p.plain)
        known = [(gram, holders[gram]) for gram in mine]
        yield p.index, Counter(chain.from_iterable([held for _, held in known]))
        me = (p.index,)
        holders.update([(gram, held + me) for gram, held in known if len(held) < HOLDERS])
    release(common, holders)


def _common(texts: Sequence[Set[int]]) -> set[int]:
    """The grams of two or more texts: of most grams there is only one, and nobody has to look at those again."""
    once: set[int] = set()
    common: set[int] = set()
    for grams in texts:
        common |= once & grams
        once |= grams
    release(once)
    return common


def find(profiles: Sequence[Profile], candidates: Sequence[Pair]) -> Mapping[int, Found]:
    """For each article with a source: which of its sentences reprint it, and whether it is a copy as a whole."""
    by_index = {p.index: p for p in profiles}
    of_article: dict[int, list[Pair]] = {}
    for pair in candidates:
        of_article.setdefault(pair.article, []).append(pair)
    found: dict[int, Found] = {}
    for index, mine in of_article.items():
        a = by_index[index]
        best: dict[int, Reprint] = {}
        shares: list[tuple[float, int, int]] = []
        for place, pair in enumerate(mine):
            b = by_index[pair.source]
            reprints = reprinted(a, b, copy=pair.copy)
            for reprint in reprints:
                if reprint.number not in best or reprint.share > best[reprint.number].share:
                    best[reprint.number] = reprint
            if reprints and pair.copy:
                taken = _taken(a, b, reprints)
                shares.append((taken, -place, pair.source))
                if taken >= ENOUGH:
                    break
        whole: int | None = None
        if shares:
            taken, _, source = max(shares)
            copied = sum(a.lengths[number] for number in best if not a.sentences[number].heading)
            if taken >= MOST or copied >= PUT_TOGETHER * a.story:
                whole = source
        if best or whole is not None:
            found[index] = Found(whole, tuple(best[number] for number in sorted(best)))
    return found


def _taken(a: Profile, b: Profile, reprints: Sequence[Reprint]) -> float:
    """The share of a's story that is b's, reprinted or rewritten."""
    numbers = {reprint.number for reprint in reprints}
    others = [number for number in range(len(a.sentences)) if number not in numbers]
    numbers.update(number for number in others if _rewritten(a.stems[number], b))
    return sum(a.lengths[n] for n in numbers if not a.sentences[n].heading) / a.story if a.story else 0.0


def _rewritten(stems: frozenset[str], source: Profile) -> bool:
    if len(stems) < REWRITTEN_STEMS:
        return False
    hits = Counter(chain.from_iterable(source.stem_in.get(stem, ()) for stem in stems))
    return bool(hits) and max(hits.values()) / len(stems) >= REWRITTEN


def reprinted(a: Profile, b: Profile, *, copy: bool) -> tuple[Reprint, ...]:
    """The sentences of `a` that stand in `b`.

    `copy`: the pair is known to be a copy: then half of a sentence in 4-grams is enough, quotations included. If it is not,
    a passage needs RUN words in a row outside quotations; sentences beside it may join on half of their grams.
    """
    shared = a.every & b.every if copy else a.plain & b.plain
    if not shared:
        return ()
    there = b.every_in if copy else b.plain_in
    covered = bytearray(len(a.words))
    seeds = bytearray(len(a.words))
    hits: dict[int, list[int]] = {}
    begin = end = 0  # of the run of words that is being followed
    previous = -2
    for i in [i for i, gram in enumerate(a.grams) if gram in shared and (copy or a.outside[i])]:
        first = a.firsts[i]
        hits.setdefault(a.sentence_of[first], []).append(there[a.grams[i]])
        if first != previous + 1:
            _cover(a, begin, end, covered, seeds)
            begin = first
        end = a.ends[i]
        previous = first
    _cover(a, begin, end, covered, seeds)
    matched: dict[int, float] = {}
    for number in hits:
        first, end = a.ranges[number]
        if a.even and (copy or a.quoted.find(1, first, end) < 0):
            share = covered.count(1, first, end) / (end - first)
        else:
            counted = [i for i in range(first, end) if copy or not a.quoted[i]]
            share = sum(a.sizes[i] for i in counted if covered[i]) / sum(a.sizes[i] for i in counted)
        if share >= SENTENCE:
            matched[number] = share
    kept: list[Reprint] = []
    for group in _neighbours(sorted(matched)):
        if copy or any(seeds.find(1, *a.ranges[n]) >= 0 for n in group):
            for n in group:
                target = min(Counter(hits[n]).items(), key=lambda item: (-item[1], item[0]))[0]
                kept.append(Reprint(n, b.index, target, matched[n]))
    return tuple(kept)


def _cover(a: Profile, begin: int, end: int, covered: bytearray, seeds: bytearray) -> None:
    """Mark a run of shared words, and as a seed if it is long enough."""
    covered[begin:end] = b"\x01" * (end - begin)
    if a.size(begin, end) >= RUN:
        seeds[begin:end] = b"\x01" * (end - begin)


def _neighbours(numbers: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for number in numbers:
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def same(a: Profile, b: Profile) -> tuple[Reprint, ...]:
    """The sentences of `a` in `b`, when both are the same story word for word (headings and sentence ends may differ)."""
    story = [number for number, s in enumerate(b.sentences) if not s.heading for _ in range(*b.ranges[number])]
    headings = {_norms(b, number): number for number, s in enumerate(b.sentences) if s.heading}
    kept: list[Reprint] = []
    at = 0
    for number, sentence in enumerate(a.sentences):
        first, end = a.ranges[number]
        if sentence.heading:
            target = headings.get(_norms(a, number))
            if target is not None:
                kept.append(Reprint(number, b.index, target, 1.0))
        elif end > first:
            kept.append(Reprint(number, b.index, story[at], 1.0))
            at += end - first
    return tuple(kept)


def _norms(p: Profile, number: int) -> tuple[str, ...]:
    return tuple(word.norm for word in p.words[slice(*p.ranges[number])])
