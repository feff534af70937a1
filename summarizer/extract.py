"""The engine without a model: whole sentences, chosen for what several origins tell, in an order that reads.

Takes: the sentences of all articles, the origins, what the words say about rarity. Gives: a draft, each sentence one fact.
Does not know: verification, agreement, models.

The method is greedy: a sentence counts for what sentences of other origins tell too (the sum over origins of the best
likeness, times how much it says), for the words and pairs of words in it that several origins use (concepts, after Gillick
and Favre 2009; hardly once they are covered), and, in a report, for how early it stands. A sentence that echoes a chosen
one lends that much less to the next (facility location, Lin and Bilmes 2011), and what mostly repeats a chosen one is
passed over. Of several that tell the same, nearly as well, that is told which most origins state in full; outside of reports
the shortest of these, and what nobody else states in full waits. Who states it is for `witnesses` to say, and what states a
told sentence is not told again. The weights were chosen by hand on the tune half of row 7 of docs/evaluation.md, one setting
for its three sets; most of them change its figures less than the width of an interval.
"""

from __future__ import annotations

import heapq
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summarizer import datelines, lexicon
from summarizer.likeness import Corpus, focus_share, groups
from summarizer.release import release
from summarizer.values import Cite, Draft, DraftSentence, Key, Origins, Sentence, Statement
from summarizer.words import Name, Reading, Token, count_words, read

_SPARE = 40
_POOL = 2_000  # candidates that compete: with 1,000 articles, the best two of each
_HOLDERS = 150  # sentences that hold a word, beyond which it tells no two of them apart
_LISTENED = 100  # sentences that a candidate's echo is summed over, the most alike first: a bound on the work
_MIN_TOKENS, _MAX_TOKENS = 7, 90
# What makes a sentence worth choosing; an echo is 1 for the best sentence, the prior about 1 for the opening of a report.
_ECHO, _COVERS, _WITNESSED, _PRIOR, _DAY, _SIZE = 1.0, 1.0, 1.2, 0.35, 0.1, 0.05
_COVERED = 0.1  # what a concept still counts for each time that it was told
_BREADTH = 0.7  # power of the share of the other origins that name a concept too
_ALONE = 0.05  # what a concept counts that one origin names only
# What an article of another origin adds that took the sentence over: it is no second witness, but found it worth telling.
_REPRINT = 0.5
# What an echo that states the whole gains, in a report half of it: several may then be cited. On the tune half of row 7,
# of about 660 published facts 97 had two origins without, 115 with it; recall of citations .56 and .59.
_WHOLE = 1.0
# Times the words of a told sentence: what states all of it and is no longer than this tells the same again. Set by hand.
_LITTLE_MORE = 1.3
# Sentences that tell the same as the best one, and sentences of a request, of which `witnesses` is asked: a bound on the work (each
# takes as long as verifying a fact). On the tune half of row 7 no bound gives the same figures.
_RIVALS, _ASKED = 3, 30
_SHARED = 2  # origins that state what one does not state alone
_REDUNDANT = 0.6  # weighted share of a sentence's words that one chosen sentence has: it would tell the same again
# Of a report's first sentences, where it tells its news: share of the lighter one's words that two have that tell one news. On the
# tune half of row 7 ROUGE-2 on NeuS is 20.4 without, at .6 and, with the share of the later one's words, at .4; 20.2 at .5, where
# the answers that were read tell their news twice less often.
_RETOLD = 0.5
_LEADS = 2
_OPENS_ALIKE = 0.85  # share of the words of its opening, where it says who did what
_OPENING = 8  # content words that say who did what
# Likeness of two sentences, 0..1, from which one echoes the other, and from which the other is proposed as support.
_ECHOED, _CITED = 0.3, 0.4
_RARE = 1.0  # a shared name or number says more than a shared theme: power of a word's rarity
_STATED = 0.62  # share of a sentence's words that one which states the whole of it has (as `verify.SUPPORTS`)
# What a sentence is worth, next to the best of those that tell the same, to be told in its place. Measured on the tune half
# of row 7, where of about 680 facts 236 have two origins if `witnesses` is not asked: 264 at .75, 279 at .6, 284 at .5, for
# .73, .72 and .72 of the insights. In a report only for one that more origins state: ROUGE-2 on NeuS and on the aligned
# clusters is 20.2 and 19.3 at .8, at .6 and at .2, and at .6 of seven facts of several origins that had no room four are left.
_NEARLY = 0.6
# What a sentence loses of its worth if one origin states it in full only. On the same half 279 facts have two origins without,
# 333 at .2, 355 at .3, 385 at .5, for .72, .72, .71 and .71 of the insights; but it costs insights where articles have less in
# common, so the least of these.
_SINGLE = 0.2
_ECHO_POWER = 0.5  # a third origin that tells the same counts less than a second
_VALUES = 0.6  # what a sentence with a number gains on one without
_ON_FOCUS = 0.2
# Reports put the news first and name speakers and days; essays open with an introduction and end with a conclusion.
_REPORT, _ESSAY, _JUDGED = (
    0.15,
    0.05,
    12,
)  # share of sentences with a speech verb or a weekday; sentences needed to tell
_FRAME = (0.08, 0.1)  # shares of an essay that are its introduction and its conclusion
_OPENS = 2  # sentences that an introduction has at least
_FRAMED = 0.2  # what a sentence of these still counts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could stand in a summary by itself; `text` is what is published of it (`trimmed`).

    leads: whether it is one of the first of a report.
    """

    sentence: Sentence
    text: str
    reading: Reading
    stems: tuple[str, ...]
    prior: float
    news: float
    framed: float
    words: int
    leads: bool = False


_TAKEN_OVER = -1
# The sentences, or pairs of neighbours, that state something in full, and their origins.
Stating = Mapping[tuple[Key, ...], int]
Witnesses = Callable[[Statement], Stating]
Concept = str | tuple[str, str]  # the stem of a word, or of two neighbours


class Echo(NamedTuple):
    """A sentence of another article that tells the same: whose words it has (`_TAKEN_OVER`: the same origin's, in an article
    of another), how alike they are above `_ECHOED`, what that counts, and whether it seems to state the whole."""

    key: Key
    origin: int
    like: float
    counts: float
    whole: bool


def extract(
    sentences: Sequence[Sequence[Sentence]],
    origins: Origins,
    words: Corpus,
    *,
    max_words: int,
    focus: str | None = None,
    witnesses: Witnesses | None = None,
) -> Draft:
    """A draft of at most `max_words` words, and up to 80 further statements (`spare`), best first.

    witnesses: tells which origins state a statement in full; without it a likeness of words stands for that.
    """
    pool = _candidates(sentences, origins)
    echoes, witnessed, echoed = _echoes(pool, sentences, origins, words)
    also = {c.sentence.key: keys for c, keys in zip(pool, echoed, strict=True)}
    stating = _stating(pool, echoes, also, origins, witnesses)
    echo = [sum(by.values()) for by in map(_by_origin, echoes)]
    on_focus = _on_focus(pool, focus, words)
    chosen: list[Candidate] = []
    others: list[int] = []
    left = max_words

    def fits(c: Candidate) -> bool:
        return c.words <= left

    for i in _order(pool, sentences, echoes, witnessed, on_focus, origins, words, chosen, stating, fits):
        c = pool[i]
        if fits(c) and (not focus or on_focus[i] > 1):
            chosen.append(c)
            left -= c.words
        else:
            others.append(i)
        if left < _MIN_TOKENS or len(others) > _SPARE:
            break
    taken = {c.sentence.key for c in chosen}
    ranked = sorted(range(len(pool)), key=lambda i: (-echo[i], -on_focus[i], -pool[i].prior, pool[i].sentence.key))
    spare = [pool[i] for i in ranked if pool[i].sentence.key not in taken]
    chosen = _in_order(chosen, sentences, also)
    draft = Draft(
        sentences=tuple(DraftSentence((_statement(c, also),)) for c in chosen),
        headline=_headline(sentences, words, chosen, also),
        spare=tuple(_statement(c, also) for c in spare[: 2 * _SPARE]),
    )
    release(spare, pool, echoes, echoed, also)
    return draft


def ranked(
    sentences: Sequence[Sequence[Sentence]],
    origins: Origins,
    words: Corpus,
    *,
    focus: str | None = None,
    witnesses: Witnesses | None = None,
) -> list[Sentence]:
    """All sentences that could stand in a summary, in the order in which `extract` would choose them."""
    pool = _candidates(sentences, origins)
    echoes, witnessed, echoed = _echoes(pool, sentences, origins, words)
    chosen: list[Candidate] = []
    order: list[Sentence] = []
    away = _on_focus(pool, focus, words)
    also = {c.sentence.key: keys for c, keys in zip(pool, echoed, strict=True)}
    stating = _stating(pool, echoes, also, origins, witnesses)
    for i in _order(pool, sentences, echoes, witnessed, away, origins, words, chosen, stating, lambda _: True):
        chosen.append(pool[i])
        order.append(pool[i].sentence)
    return order


def _order(
    pool: Sequence[Candidate],
    sentences: Sequence[Sequence[Sentence]],
    echoes: Sequence[Sequence[Echo]],
    witnessed: Sequence[float],
    on_focus: Sequence[float],
    origins: Origins,
    words: Corpus,
    chosen: Sequence[Candidate],
    stating: Callable[[int], Stating],
    fits: Callable[[Candidate], bool],
) -> Iterator[int]:
    """The next best candidate, again and again, given what the caller has put into `chosen` meanwhile.

    stating: what states a candidate in full; asked of few of them. fits: whether there is room for a candidate now.

    What a sentence shares only falls and what it repeats only grows, so a score that was computed earlier is a bound (lazy
    greedy, Minoux 1978). What repeats a chosen sentence is passed over.
    """
    concepts = _concepts(pool, sentences, origins, words)
    covered: dict[Concept, int] = defaultdict(int)
    counted = 0
    told = [0.0] * len(pool)
    seen = [0] * len(pool)
    masses = [_masses(c, words) for c in pool]
    weighs = [sum(row.values()) for row in masses]
    heads = [_head(c) for c in pool]
    place = {c.sentence.key: i for i, c in enumerate(pool)}
    offered: set[int] = set()
    waited: set[int] = set()
    retold: dict[Key, int] = {}  # sentences that state a chosen one in full, and the words of that one
    holds: list[set[str]] = []
    leading: list[float] = []  # of what was chosen: the weight of what tells the news, 0 for others
    base = [_worth(c) + _WITNESSED * c.news * w for c, w in zip(pool, witnessed, strict=True)]
    says = [_says(m, c) for m, c in zip(masses, pool, strict=True)]
    heard: dict[Key, float] = {}  # sentences that echo a chosen one, and how much

    def stated_by(i: int) -> int:
        return len(set(stating(i).values()))

    def echo(i: int) -> float:
        left: float = sum(_by_origin(echoes[i], heard).values())
        return says[i] * math.pow(left, _ECHO_POWER)

    def covers(i: int) -> float:
        return sum(weight * _COVERED ** covered[concept] for concept, weight in concepts[i].items())

    most_heard = max((echo(i) for i in range(len(pool))), default=0.0) or 1.0
    most_covered = max((covers(i) for i in range(len(pool))), default=0.0) or 1.0

    def score(i: int) -> float:
        c = pool[i]
        for stems, lead in zip(holds[seen[i] :], leading[seen[i] :], strict=True):
            opening = sum(s in stems for s in heads[i]) / len(heads[i]) if heads[i] else 0.0
            like = _likeness(masses[i], stems)
            of_lighter = like * max(1.0, weighs[i] / lead) if lead else 0.0
            again = opening >= _OPENS_ALIKE or (c.leads and of_lighter >= _RETOLD)
            told[i] = max(told[i], 1.0 if again else like)
        seen[i] = len(holds)
        shared = _ECHO * echo(i) / most_heard + _COVERS * covers(i) / most_covered
        total = base[i] + c.framed * shared
        return total * on_focus[i] if total > 0 else total

    def best_told(i: int, now: float) -> int:
        """Of a sentence and those that tell the same, nearly as good: what most origins state in full, the shortest.

        In a report the first one stays unless another has more of them: it stands where the news is told.
        """
        likes = (place[e.key] for e in echoes[i] if e.like >= _CITED - _ECHOED and e.key in place)
        same = [
            j for j in dict.fromkeys(likes) if j not in offered and score(j) > _NEARLY * now and told[j] < _REDUNDANT
        ]
        same = heapq.nsmallest(_RIVALS, filter(lambda j: fits(pool[j]), same), key=lambda j: (-score(j), j))
        if not same:
            return i
        if pool[i].news == 1:
            best = max([i, *same], key=lambda j: (stated_by(j), score(j), -j))
            return best if stated_by(best) > stated_by(i) else i
        return max([i, *same], key=lambda j: (stated_by(j), -pool[j].words, score(j), -j))

    heap = [(-score(i), pool[i].sentence.key, i) for i in range(len(pool))]
    heapq.heapify(heap)
    try:
        while heap:
            while counted < len(chosen):
                for concept in concepts[place[chosen[counted].sentence.key]]:
                    covered[concept] += 1
                leading.append(weighs[place[chosen[counted].sentence.key]] if chosen[counted].leads else 0.0)
                holds.append({_sense(t) for t in chosen[counted].reading.tokens} | {*chosen[counted].stems})
                for e in echoes[place[chosen[counted].sentence.key]]:
                    heard[e.key] = max(heard.get(e.key, 0.0), e.like)
                heard[chosen[counted].sentence.key] = 1.0
                for keys in stating(place[chosen[counted].sentence.key]):
                    if len(keys) == 1:
                        retold[keys[0]] = max(retold.get(keys[0], 0), chosen[counted].words)
                counted += 1
            _, key, i = heapq.heappop(heap)
            if i in offered or pool[i].words <= _LITTLE_MORE * retold.get(key, 0):
                continue
            now = score(i)
            if heap and -now > heap[0][0] and (-now, key) > heap[0][:2]:
                heapq.heappush(heap, (-now, key, i))
                continue
            if told[i] < _REDUNDANT:
                best = best_told(i, now)
                if pool[i].news < 1 and i not in waited and fits(pool[best]) and stated_by(best) < _SHARED:
                    waited.add(i)
                    base[i] -= _SINGLE * (1 - pool[i].news) * now
                    heapq.heappush(heap, (-score(i), key, i))
                    continue
                offered |= {best, i}
                tried = len(chosen)
                yield best
                if best != i and len(chosen) == tried:  # it did not fit; the first one may
                    yield i
    finally:
        release(heap, concepts, masses, holds, told, heads)


def _stating(
    pool: Sequence[Candidate],
    echoes: Sequence[Sequence[Echo]],
    also: Mapping[Key, Sequence[Key]],
    origins: Origins,
    witnesses: Witnesses | None,
) -> Callable[[int], Stating]:
    """What states a candidate in full: as `witnesses` tells, each asked once, or as its echoes look."""

    asked: dict[int, Stating] = {}

    def told(i: int) -> Stating:
        if i in asked:
            return asked[i]
        if witnesses is None or origins.count < _SHARED or len(asked) >= _ASKED:
            own = pool[i].sentence.key
            found: dict[tuple[Key, ...], int] = {(own,): origins.of(own)}
            return found | {(e.key,): e.origin for e in echoes[i] if e.whole}
        asked[i] = witnesses(_statement(pool[i], also))
        return asked[i]

    return told


def _worth(c: Candidate) -> float:
    """What a candidate is worth by itself, whatever others tell and whatever was chosen before."""
    day = any(t.norm in _DAYS for t in c.reading.tokens)
    size = math.log(min(max(c.words, 6), 60) / 20)  # two leads that tell the same: the fuller one
    return _PRIOR * c.news * c.prior + _DAY * day + _SIZE * size


def _says(masses: Mapping[str, float], c: Candidate) -> float:
    """How much a sentence says: the weights of its words, more with a number."""
    return sum(masses.values()) * (1 + _VALUES * bool(c.reading.values))


def _by_origin(echoes: Sequence[Echo], heard: Mapping[Key, float] | None = None) -> dict[int, float]:
    """For each origin the best that is left of its echoes, when what echoed a chosen sentence as much counts no more."""
    left: dict[int, float] = defaultdict(float)
    for e in echoes:
        fresh = e.counts * max(0.0, 1 - heard[e.key] / e.like) if heard and e.key in heard else e.counts
        left[e.origin] = max(left[e.origin], fresh)
    return left


def _concepts(
    pool: Sequence[Candidate], sentences: Sequence[Sequence[Sentence]], origins: Origins, words: Corpus
) -> list[dict[Concept, float]]:
    """What each candidate names, its words and its pairs of neighbouring words, and what each of these counts.

    A concept counts by the share of the other origins that name it too, in any sentence, and by how rare its words are.
    """
    holders: dict[Concept, set[int]] = defaultdict(set)
    for rows in sentences:
        for s in rows:
            if not s.heading and s.key.article not in origins.excluded:
                for concept in _named_in(read(s.text)):
                    holders[concept].add(origins.of(s.key))
    others = _others(origins)
    share = {
        concept: math.pow(min(1.0, (len(who) - 1) / others), _BREADTH) if len(who) > 1 else _ALONE
        for concept, who in holders.items()
    }
    concepts = [
        {
            concept: share.get(concept, _ALONE) * sum(map(words.weight, tokens)) / len(tokens)
            for concept, tokens in _named_in(c.reading).items()
        }
        for c in pool
    ]
    release(holders, share)
    return concepts


def _others(origins: Origins) -> int:
    """How many origins there are beside one's own, of the articles that are not left out; 1 where there is none."""
    return max(len({of for n, of in enumerate(origins.of_article) if n not in origins.excluded}) - 1, 1)


def _named_in(reading: Reading) -> dict[Concept, tuple[Token, ...]]:
    """The concepts of a sentence, each with the words of it that make it."""
    content = [t for t in reading.tokens if t.content]
    found: dict[Concept, tuple[Token, ...]] = {t.stem: (t,) for t in content}
    for a, b in itertools.pairwise(content):
        found[a.stem, b.stem] = (a, b)
    return found


def _sense(token: Token) -> str:
    """What two words are compared by that may be two words for one thing: the first synonym group, else the stem."""
    found = groups(token.stem)
    return f"={min(found)}" if found else token.stem


def _head(c: Candidate) -> list[str]:
    return [_sense(t) for t in c.reading.tokens if t.content][:_OPENING]


def _masses(c: Candidate, words: Corpus) -> dict[str, float]:
    return {t.stem: words.weight(t) for t in c.reading.tokens if t.content}


def _likeness(masses: Mapping[str, float], theirs: Collection[str]) -> float:
    """Weighted share (0..1) of a sentence's words that another one has."""
    total = sum(masses.values())
    return sum(w for stem, w in masses.items() if stem in theirs) / total if total else 0.0


def _in_order(
    chosen: list[Candidate], sentences: Sequence[Sequence[Sentence]], also: Mapping[Key, Sequence[Key]]
) -> list[Candidate]:
    """The order to read in: a lead that says who, what and when, then the others as their articles tell them."""
    if len(chosen) < 3:
        return sorted(chosen, key=lambda c: not also[c.sentence.key])

    def lead(c: Candidate) -> float:
        quoted = bool(c.reading.quotations) and c.reading.quotations[0].start < len(c.text) / 3
        day = any(t.norm in _DAYS for t in c.reading.tokens)
        return c.prior + 0.3 * day + 0.3 * bool(c.reading.names) - quoted + 0.2 * min(len(also[c.sentence.key]), 3)

    opening = max(chosen, key=lambda c: (bool(also[c.sentence.key]), lead(c), -c.sentence.key.article))
    rest = sorted(
        (c for c in chosen if c is not opening),
        key=lambda c: (
            not also[c.sentence.key],
            round(c.sentence.key.number / max(len(sentences[c.sentence.key.article]), 1), 1),
            c.sentence.key,
        ),
    )
    return [opening, *rest]


def _echoes(
    pool: Sequence[Candidate], sentences: Sequence[Sequence[Sentence]], origins: Origins, words: Corpus
) -> tuple[list[list[Echo]], list[float], list[tuple[Key, ...]]]:
    """For each candidate, what other origins tell of it, how many tell it all, and which sentences may support it.

    The likeness of two sentences is the mean of two shares of their words: of the candidate's, and of both together (Dice).
    An echo counts by its likeness, as far as it is above `_ECHOED`, and more if it seems to state the whole; beside the
    echoes stands the share of the other origins that do. A passage that an article of another origin took over counts once,
    for less. Words that very many sentences have tell nothing apart and
    are passed over; the work stays linear in the sentences.
    """
    index: dict[str, list[Key]] = defaultdict(list)
    weight: dict[str, float] = {}
    held: dict[Key, tuple[str, ...]] = {}
    for rows in sentences:
        for sentence in rows:
            if sentence.heading or sentence.key.article in origins.excluded:
                continue
            tokens = {t.stem: t for t in read(sentence.text).tokens if t.content}
            held[sentence.key] = tuple(tokens)
            for stem, token in tokens.items():
                index[stem].append(sentence.key)
                if stem not in weight:
                    weight[stem] = words.weight(token) ** _RARE
    rare = {stem for stem, keys in index.items() if len(keys) <= _HOLDERS}
    size = {key: sum(weight[s] for s in stems if s in rare) for key, stems in held.items()}
    echoes: list[list[Echo]] = []
    witnessed: list[float] = []
    others = _others(origins)
    supports: list[tuple[Key, ...]] = []
    for c in pool:
        mine = [s for s in dict.fromkeys(c.stems) if s in rare]
        total = sum(weight[s] for s in mine)
        score: dict[Key, float] = defaultdict(float)
        for stem in mine:
            for key in index[stem]:
                score[key] += weight[stem]
        home = origins.of(c.sentence.key)
        mine_as_a_whole = origins.of_article[c.sentence.key.article]
        heard: list[Echo] = []
        witnesses: set[int] = set()
        near_by: list[tuple[float, Key, float]] = []
        by_article: dict[int, tuple[float, Key]] = {}
        for key, value in score.items():
            if key.article == c.sentence.key.article:
                continue
            like = value / total / 2 + value / (total + size[key])
            if like < _ECHOED:
                continue
            if like > _ECHOED and (origins.of(key) != home or origins.of_article[key.article] != mine_as_a_whole):
                near_by.append((-like, key, value))
            best = by_article.get(key.article)
            if like >= _CITED and (best is None or (-like, key) < (-best[0], best[1])):
                by_article[key.article] = (like, key)
        for negative, key, value in heapq.nsmallest(_LISTENED, near_by):
            like = -negative
            part = _carried(c.reading, read(sentences[key.article][key.number].text))
            whole = part == 1.0 and value >= _STATED * total
            counts = (like - _ECHOED) * (1 - c.news * (1 - part)) * (1 + _WHOLE * whole * (1 - c.news / 2))
            origin = origins.of(key)
            if origin == home:
                heard.append(Echo(key, _TAKEN_OVER, like - _ECHOED, counts * _REPRINT, False))
            else:
                heard.append(Echo(key, origin, like - _ECHOED, counts, whole))
                if part == 1.0 and like >= _CITED:
                    witnesses.add(origin)
        echoes.append(heard)
        witnessed.append(min(1.0, len(witnesses) / others))
        near = sorted(by_article.values(), key=lambda item: (-item[0], item[1]))[:_SUPPORTS]
        supports.append(tuple(key for _, key in near))
    release(index, held, size)
    return echoes, witnessed, supports


def _carried(mine: Reading, other: Reading) -> float:
    """What an echo counts: less for each number that the other does not state, for it cannot support the whole then."""
    stated = {v.amount for v in other.values}
    lacking = len({v.amount for v in mine.values} - stated)
    parts = {p for n in other.names for p in n.parts}
    lost = sum(not (set(n.parts) & parts) for n in mine.names)
    return _NO_VALUE**lacking * _NO_NAME**lost


_NO_VALUE, _NO_NAME = 0.7, 0.4
_SUPPORTS = 12  # sentences of other articles that are proposed for one statement; verification looks for more by itself


# Openings that point to a sentence before; what goes on with "of", "to", ... names its own ("As a result of the flood").
_POINTS_BACK = frozenset(
    tuple(phrase.split())
    for phrase in """as a result, as a consequence, as such, in addition, in response, in return, in turn, in contrast, by contrast,
    in comparison, by comparison, in other words, in that case, in this case, in the meantime, in doing so, in particular,
    on the other hand, on the contrary, even so, for example, for instance, for that reason, for this reason,
    because of this, because of that, despite this, despite that, at the same time, at that time, to that end, on top of that,
    on top of this, since then, until then, by then, among them, one of them, of these, of those, of them, the latter""".split(
        ","
    )
)
_GOES_ON = frozenset("of to with as for".split())
_ONES = frozenset(
    "former other others two three pair duo same".split()
)  # "The others were hurt", not "The other boats"
_INVITES = frozenset(  # what the page says to its reader, not about the event
    tuple(phrase.split())
    for phrase in """read more, read also, read the full, see more, see also, hear more, find out more, learn more, watch more,
    watch the full, click here, click on, sign up, subscribe to, subscribe now, follow us, scroll down, log in""".split(
        ","
    )
)
_OPENS_NOUN = frozenset("the a an no some many most several all each every another one two three".split())
_LONGEST = 4  # words of the longest of these openings


def _points_elsewhere(reading: Reading) -> bool:
    """Whether the first words point to another sentence or to another page."""
    norms = tuple(t.norm for t in reading.tokens[: _LONGEST + 1])
    for size in range(2, min(_LONGEST, len(norms)) + 1):
        if norms[:size] in _INVITES or (norms[:size] in _POINTS_BACK and not _GOES_ON & set(norms[size : size + 1])):
            return True
    if len(norms) < 3 or norms[0] != "the" or norms[1] not in _ONES:
        return False
    return norms[2] in lexicon.FUNCTION | lexicon.REPORTING | lexicon.PAST_FORMS or norms[2].endswith("ed")


# Words that open a phrase before the main clause ("By 1914, they ..."): what it names is not what a pronoun behind it means.
_BEFORE_CLAUSE = frozenset(
    """in on at by over after before as with since for during to from through throughout under among amid while when if
    although though despite until unless upon""".split()
)
_PRONOUNS = frozenset("he she they it him her them his hers its their theirs".split())
_POSSESSIVE = frozenset("his her its their".split())
_READER = frozenset("i we you our your my us me mine ours yours".split())
_SPEAKS = lexicon.REPORTING | lexicon.CLAIMING | frozenset("tweeted tweets posted wrote writes read reads".split())


def stands_alone(reading: Reading) -> bool:
    """Whether a reader can take a sentence by itself: no dangling opening, no open quotation, no question, a proper end."""
    if not reading.tokens:
        return False
    text = reading.text
    if reading.tokens[0].norm in lexicon.DANGLING or _points_elsewhere(reading):
        return False
    outside = _outside(reading)
    if any(mark in text for mark in "{}[]"):
        return False  # looks like a marker of ours, or like an editor's insertion
    if text[: reading.tokens[0].start].strip(" ") and not any(t.norm in _SPEAKS for t in outside):
        return False  # opens with a quotation mark, and nobody is named as the speaker
    if any(not q.closed for q in reading.quotations) or text.rstrip("\"”’').] ").endswith(("?", "？", ":", "：", ",")):
        return False
    if reading.quotations and not outside:
        return False
    if any(t.norm in _READER and not t.content for t in outside):
        return False  # "us" is a reader, "U.S." is a name
    return not _dangles(reading, outside)


def _dangles(reading: Reading, outside: Sequence[Token]) -> bool:
    """Whether the first pronoun outside quotations stands before anything that it can mean.

    A name will do, and so will a noun of the main clause ("The suspect did all he could"), but not one of a phrase before
    it ("By the evening, they had left").
    """
    k = next((k for k, t in enumerate(outside) if t.norm in _PRONOUNS), None)
    if k is None:
        return False
    pronoun = outside[k]
    if any(n.start < pronoun.start and not _is_date(reading, n) for n in reading.names):
        return False
    before = [t for t in outside[:k] if t.content]
    first = outside[0]
    if first.norm in _BEFORE_CLAUSE or (k and not first.content and first.norm not in _OPENS_NOUN):
        comma = reading.text.find(",", first.start)
        if pronoun.start < comma and pronoun.norm in _POSSESSIVE:  # "Despite its age, the ferry": it is named behind
            behind = next((t for t in outside if t.start > comma), None)
            return behind is None or not (behind.content or behind.norm in _OPENS_NOUN)
        before = [t for t in before if comma >= 0 and t.start > comma]
    elif first.content and first.norm.endswith("ly"):
        before = [t for t in before if t is not first]
    return not before


def _is_date(reading: Reading, name: Name) -> bool:
    return all(t.norm in _DAYS for t in reading.tokens[name.first : name.last + 1])


_DAYS = frozenset(lexicon.MONTHS) | frozenset(lexicon.WEEKDAYS)


def _outside(reading: Reading) -> list[Token]:
    return [t for t in reading.tokens if not any(q.start <= t.start < q.end for q in reading.quotations)]


def _candidates(sentences: Sequence[Sequence[Sentence]], origins: Origins) -> list[Candidate]:
    titles = [{t.stem for s in article if s.heading for t in read(s.text).tokens if t.content} for article in sentences]
    pool: list[Candidate] = []
    copies: list[Candidate] = []
    copied = {key: c.source for c in origins.copied for key in c.keys}
    for article, rows in enumerate(sentences):
        body = [s for s in rows if not s.heading]
        news = _news(body)
        for position, sentence in enumerate(body):
            text = trimmed(sentence.text)
            reading = read(text)
            size = len(reading.tokens) if not reading.unspaced else len(text) // 2
            if not _MIN_TOKENS <= size <= _MAX_TOKENS * (2 if reading.unspaced else 1):
                continue
            if not stands_alone(reading) or _CUT_WORD.search(sentence.text):
                continue
            stems = tuple(dict.fromkeys(t.stem for t in reading.tokens if t.content))
            prior = math.exp(-position / 8) + (0.3 if position == 0 else 0.0)
            prior += 0.5 * len(titles[article] & set(stems)) / max(len(stems), 1)
            place = (position + 0.5) / len(body)
            middle = position >= _OPENS and _FRAME[0] <= place <= 1 - _FRAME[1]
            frame = len(body) >= _JUDGED and not middle
            framed = 1 - (1 - _FRAMED) * (1 - news) if frame else 1.0
            to = copies if sentence.key in copied else pool
            leads = news > 0 and position < _LEADS
            to.append(Candidate(sentence, text, reading, stems, prior, news, framed, count_words(text), leads))
    # A copied sentence is told where its source has one only that cannot stand alone ("This shift comes as ...").
    told: dict[int, list[Candidate]] = defaultdict(list)
    for c in pool if copies else ():
        told[c.sentence.key.article].append(c)
    sources = {article: Told([c.stems for c in candidates]) for article, candidates in told.items()}
    for c in copies:
        source = sources.get(copied[c.sentence.key])
        if c.stems and (source is None or not source.tells(c.stems)):
            pool.append(c)
    pool.sort(key=lambda c: c.sentence.key)
    if len(pool) > _POOL:
        pool = sorted(sorted(pool, key=lambda c: (-c.prior, c.sentence.key))[:_POOL], key=lambda c: c.sentence.key)
    return pool


class Told:
    """What the sentences of one article tell, found by their words: nothing compares all with all."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self.rows = [frozenset(stems) for stems in sentences]
        self.exact = frozenset(self.rows)
        self.index: dict[str, list[int]] = defaultdict(list)
        for number, stems in enumerate(self.rows):
            for stem in stems:
                self.index[stem].append(number)

    def tells(self, stems: Sequence[str]) -> bool:
        """Whether one sentence has most of these words; only sentences with a word that few have are looked at."""
        if frozenset(stems) in self.exact:
            return True
        held = [rows for stem in stems if (rows := self.index.get(stem))]
        rare = [rows for rows in held if len(rows) <= _HOLDERS]
        hits = Counter(number for rows in rare for number in rows)
        enough = _REDUNDANT * len(stems)
        common = len(held) - len(rare)
        near = (number for number, n in hits.items() if n + common >= enough)
        return any(sum(s in self.rows[number] for s in stems) >= enough for number in near)


def _news(body: Sequence[Sentence]) -> float:
    """How much an article looks like a report (1) and not like an essay (0); a short one is taken for a report."""
    if len(body) < _JUDGED:
        return 1.0
    readings = [read(s.text) for s in body]
    if readings[0].unspaced:
        return 1.0  # the marks are English
    told = sum(any(t.norm in lexicon.REPORTING or t.norm in lexicon.WEEKDAYS for t in r.tokens) for r in readings)
    return min(1.0, max(0.0, (told / len(body) - _ESSAY) / (_REPORT - _ESSAY)))


def _on_focus(pool: Sequence[Candidate], focus: str | None, words: Corpus) -> list[float]:
    if not focus:
        return [1.0] * len(pool)
    return [1 + 4 * s if (s := focus_share(c.reading, focus, words)) >= _ON_FOCUS else 0.2 for c in pool]


# Words that join a sentence to the one before it and say nothing by themselves. "Instead", "otherwise" and "then" do.
_JOINS = re.compile(
    r"^(?:(?:however|additionally|moreover|furthermore|meanwhile|nevertheless|nonetheless|consequently|therefore|thus|hence"
    r"|besides|also|still|yet|in addition|as a result|as a consequence|in conclusion|in summary|to sum up|overall"
    r"|on top of that|at the same time|in other words|in particular|notably|specifically|interestingly|importantly)\s?,\s+"
    r"|(?:despite|in spite of|in addition to)\s(?:this|these|that|such)\b"
    r"[^,;:“”\"]{0,40},\s+"
    r"|(?:but|and)\s+|it(?:['’]s|\sis)\s(?:also\s)?(?:worth\snoting|important\sto\snote)\sthat\s+"
    r"|(?:一方で?|しかし|また|さらに|そして|なお|然而|但是|此外|同时|同時に?)[、，]\s*)(?=\S)",
    re.IGNORECASE,
)
# "• ", "2) ": the mark of an item in a list. "3. " may be a day or a rank ("3. Oktober"): it goes before a word of grammar only.
_ITEM = re.compile(r"^(?:[-–—*•·‣◦▪►]|\(?\d{1,2}\)|\d{1,2}\.(?=\s(\w+)))\s+(?=\S)")
_STRAY = re.compile(r"(?<=[.!?])\s+[“\"]$")  # the mark that opens the next sentence's quotation
_CUT_WORD = re.compile(
    r"\w-\s*[\n\r]\s*[a-z]"
)  # "val-", "ley": cut at the end of a line, and not to be told from "long-", "term"
# Markdown: "# " before a headline, "> " before what is quoted, "[words](address)", "**words**", "*words*".
_OPENS_LINE = re.compile(r"^(?:#{1,6}|>)\s+(?=\S)")
_LINK = re.compile(r"!?\[([^\[\]]{1,200})\]\((?:https?://|/|#)[^()\s]{0,2000}\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{1,500})(?<=[^\s*])\1(?![\w*])")


def _unmarked(text: str) -> str:
    """Text with single spaces and without the marks of Markdown, which are no words."""
    text = " ".join(text.split())
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _OPENS_LINE.sub("", text)))


def trimmed(text: str) -> str:
    """A sentence without its dateline, marks of Markdown or the mark of a list, without the word that joins it to the one
    before, and with single spaces."""
    text = _unmarked(text)
    item = _ITEM.match(text)
    if item and (item[1] is None or item[1].casefold() in lexicon.FUNCTION):
        text = text[item.end() :]
    text = _STRAY.sub("", datelines.without(text))
    bare = _JOINS.sub("", _JOINS.sub("", text))  # "However, it is worth noting that ..."
    return bare[:1].upper() + bare[1:] if bare != text else text


def _statement(c: Candidate, also: Mapping[Key, Sequence[Key]]) -> Statement:
    """The sentence itself, and the sentences of other articles that verification should look at."""
    return Statement(c.text, tuple(Cite(key) for key in (c.sentence.key, *also[c.sentence.key])))


_ASKS = frozenset("what how why who when where live watch".split())  # titles that promise what they do not say
_PROMISES = re.compile(
    r"\b(?:what|why|how|all|everything) (?:we|you|to) (?:\w+ ){0,2}(?:know|expect|need|watch)\b", re.IGNORECASE
)
_PAGES = frozenset("review preview live updates blog liveblog video pictures photos gallery timeline".split())


def _labels(reading: Reading) -> bool:
    """Whether a title says only what kind of page it is on, and not what happened: "Arvo Nimbus 5 review"."""
    named = {k for n in reading.names for k in range(n.first, n.last + 1)}
    rest = [t for k, t in enumerate(reading.tokens) if t.content and k not in named and not t.norm[:1].isdigit()]
    return bool(rest) and all(t.norm in _PAGES for t in rest)


def _headline(
    sentences: Sequence[Sequence[Sentence]],
    words: Corpus,
    chosen: Sequence[Candidate],
    also: Mapping[Key, Sequence[Key]],
) -> Statement | None:
    """The article title that shares most with the chosen sentences, the first of which counts twice; without titles, that one."""
    said: dict[str, int] = defaultdict(int)
    for nth, c in enumerate(chosen):
        for stem in {t.stem for t in c.reading.tokens if t.content}:
            said[stem] += 1 if nth else 2
    best: tuple[float, Key] | None = None
    for article in sentences:
        opening = next((n for n, s in enumerate(article) if not s.heading), 0)
        for s in article[max(0, opening - 1) : opening]:  # right above the story; what stands higher is a caption
            text = _unmarked(s.text)
            reading = read(text)
            stems = {t.stem for t in reading.tokens if t.content}
            if (
                not stems
                or any(mark in text for mark in "{}[]")
                or any(not q.closed for q in reading.quotations)
                or text.endswith(("?", "？"))
                or reading.tokens[0].norm in _ASKS
                or _PROMISES.search(text)
                or _labels(reading)
            ):
                continue
            score = sum(min(said[stem], 3) for stem in stems) / (len(stems) + 3)
            if best is None or score > best[0]:
                best = (score, s.key)
    if best is not None and best[0] > 0:
        s = sentences[best[1].article][best[1].number]
        return Statement(_unmarked(s.text), (Cite(s.key),))
    return _statement(chosen[0], also) if chosen else None
