"""Which articles tell the same event.

Takes: profiles, one for each text that is not a copy. Gives: groups of articles, the largest first.
Does not know: dates, and what the event is.

Strategy, for English: (1) articles are joined with the nearest, group by group; two groups of several articles each only when
they share much. (2) Each member is held against the rest of its group: a stranger shares few of the words that matter; a
look-alike (the same kind of event somewhere else) shares the words, but none of the names although both have many. Whoever
is one of the two is an event of its own.

For other languages names cannot be told by their capitals; there the cosine of weighted stems is compared with what is
typical in the very set. Articles that cannot be judged (too short, or in another language than the rest) are left with the
largest group: to leave an article out needs a reason.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from summarizer.dedupe.copies import HOLDERS, ranked
from summarizer.dedupe.groups import Groups
from summarizer.dedupe.profile import Profile
from summarizer.lexicon import CLAIMING, DEMONYMS, MONTHS, REPORTING, SCALES, TITLES, UNITS, WEEKDAYS
from summarizer.words import stem

# Words that any report of any event may have tell events apart little; names do it best. (Measured weights; .15 to .3 and
# 1 to 2 are level on whole articles.)
COMMON_WEIGHT = 0.15
NAME_WEIGHT = 1.5

# A stranger's best link lies far below the typical one. On 28 real clusters and 20 sets of longer reports, .35 to .45 flagged
# no member; .40 found 95 % of the strangers among whole articles.
FAR = 0.40
# Reports of one event are typically linked at .5. Passages in common push that up, which must not make strangers of the rest.
TYPICAL = 0.5
# If not even the typical article is linked, nothing can be said about any of them.
FAINT = 0.06
# Of two articles neither is typical. Under this they share little but common words.
CLEAR = 0.05
# Excerpts of 40 to 80 words tell one side of an event each, in words of their own: by links alone, 4 in 100 would be called
# strangers there.
FEWEST_STEMS = 45
# In English more than the link is looked at, so shorter texts can be judged too. Set by hand: a headline and a line.
FEWEST_ENGLISH = 15
# English text has 40 to 55 function words in a hundred; text in another language hardly any that we know.
ENGLISH = 0.2

_COMMON = frozenset(
    stem(word)
    for words in (
        REPORTING,
        CLAIMING,
        TITLES,
        WEEKDAYS,
        MONTHS,
        UNITS,
        SCALES,
        """year day week month time hour minute people person man men woman child family group member public new old first last
        next early late recent former current good great big small large high low long short major main key important right
        left free real full open close way thing part place number case point side end start issue matter question problem
        reason fact result plan program effort work job use need help support change move lead leader official authority
        office department agency government administration country nation national world international local state city town
        area region home house street community company business industry market money law legal court judge police military
        force power political policy party election vote voter democrat republican conservative liberal campaign candidate
        congress senate lawmaker bill committee president presidential vice minister secretary chief director head deputy
        foreign federal white statement report news media press interview conference comment answer call talk speak speech
        meet meeting letter document story source information record video post tweet social ask expect know want seek try
        make take give get go come see look find show keep hold put set run turn bring begin continue stop leave live die
        kill death fire shoot attack war fight win lose pay cost price percent dollar rate level rise fall increase reduce
        cut grow include involve cause allow require provide offer send receive agree decide decision deal reject accept
        approve pass sign order rule act action response follow remain become appear seem happen add create build buy sell
        play read hear watch face third several many final single special possible likely able different same american
        washington""".split(),
    )
    for word in words
)


# Places and institutions that stand in any newspaper on most days: to share them says a third of what another name says.
_FREQUENT = frozenset(stem(place) for place in DEMONYMS.values()) | frozenset(
    stem(word)
    for word in """washington london paris berlin moscow beijing tokyo europe asia africa america states united kingdom nations union
    house white congress senate parliament court supreme department justice treasury pentagon army navy party north south east
    west new york street news times post press""".split()
)
FREQUENT_WEIGHT = 0.3
_DAYS = frozenset(stem(word) for word in (*WEEKDAYS, *MONTHS))


@dataclass(frozen=True, slots=True)
class _Text:
    """What is compared of one English text.

    counts: stem -> how often. names: stems of words that it writes with a capital letter and never without.
    vector: stem -> weight, of length 1; plain: the same of what is neither a name nor a day.
    """

    counts: Mapping[str, int]
    names: Mapping[str, float]
    days: frozenset[str]
    vector: Mapping[str, float]
    plain: Mapping[str, float]


def events(profiles: Sequence[Profile], copies: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Groups of article indices that tell the same event, the one with most texts first.

    copies: how many articles each text stands for; it decides between groups of equally many texts, then their length does.
    """
    english: list[Profile] = []
    other: list[Profile] = []
    rest: list[Profile] = []
    for p in ranked(profiles):
        stems = len(frozenset[str]().union(*p.stems))
        speaks = _english(p)
        if stems < (FEWEST_ENGLISH if speaks else FEWEST_STEMS):
            rest.append(p)
        else:
            (english if speaks else other).append(p)
    found: list[list[Profile]] = []
    for members, grouped in ((english, _by_evidence(english)), (other, _by_links(other))):
        if grouped is None:
            rest.extend(members)
        else:
            found.extend(grouped)
    largest_first = sorted(
        found,
        key=lambda group: (
            -len(group),
            -sum(copies[p.index] for p in group),
            -sum(p.story for p in group),
            sorted(p.wording for p in group),
        ),
    )
    if rest:
        largest_first[:1] = [[*(largest_first[0] if largest_first else []), *rest]]
    return tuple(tuple(sorted(p.index for p in group)) for group in largest_first)


def _english(p: Profile) -> bool:
    return sum(not word.content for word in p.words) >= ENGLISH * len(p.words)


# -- by evidence: English ---------------------------------------------------------------------------------------------------

# What the evidence weighs, fitted by logistic regression on the tune half of the news sets (129 triples of about 60 words an
# article and 13 clusters of whole articles: each member against the rest, a stranger, a look-alike), rounded. Above 0 an article
# is rather one of the group than not. The limits lie far below: on the tune half 1 untouched cluster in 133 is split; they
# were lowered once more because the report half split more than 3 in 100 (counts were looked at, no article).
STRANGER: Mapping[str, float] = {
    "": -0.4,
    "names shared": 0.8,
    "names": -0.8,
    "names shared, of the others'": 0.7,
    "names of the others": -0.9,
    "plain words, nearest": 2.6,
    "plain words, mean": 7.0,
    "all words, nearest": 1.1,
    "all words, mean": 4.0,
    "the others among themselves": -0.8,
    "the others' plain words among themselves": -4.3,
    "a day shared": 0.3,
    "only other days": -1.1,
    "length": 0.7,
}
STRANGER_BELOW = -4.0
LOOK_ALIKE: Mapping[str, float] = {
    "": 2.8,
    "names shared, of its own": 1.3,
    "names shared": 0.9,
    "names": -1.3,
    "names shared, of the others'": 0.9,
    "names of the others": -0.3,
    "plain words, nearest": -3.9,
    "plain words, mean": -4.2,
    "all words, nearest": 5.2,
    "all words, mean": 3.2,
    "the others among themselves": -2.9,
    "the others' plain words among themselves": 1.6,
    "a day shared": 1.3,
    "only other days": -1.4,
    "length": 1.0,
}
LOOK_ALIKE_BELOW = -3.2
# More names than this say no more: long reports have many of their own. Set by hand: an excerpt of 60 words has about eight.
MANY = 12.0
# A whole article is a stranger when its nearest link is under the square of this: on the tune half strangers had at most .05,
# members .11 and more.
LINKED = 0.28
# Where the others do not hold together either, nobody is the stranger: the square root of their mean link. On the tune half
# nine in ten groups have more.
HOLD = 0.35
# Two articles have nobody else to share their names with: there the mean of both counts, and the limits are lower by this.
PAIR = 0.5

# Two groups of several articles each are one event if their mean link is this. Tried on the tune half, .10 to .25: more clusters
# mixed in twos come apart up to .20.
TOGETHER = 0.22


def _by_evidence(members: Sequence[Profile]) -> list[list[Profile]] | None:
    """Groups of English texts; None if nothing can be said."""
    if len(members) < 2:
        return None
    known = _names(members)
    texts = {p.index: _text(p, known) for p in members}
    links = _links(members, {index: text.vector for index, text in texts.items()})
    by_index = {p.index: p for p in members}
    found: list[list[Profile]] = []
    for group in _joined([p.index for p in members], links):
        kept, out = _without_strangers(group, texts, links)
        found.extend([by_index[i] for i in part] for part in (kept, *([i] for i in out)))
    return found


def _names(members: Sequence[Profile]) -> frozenset[str]:
    """Stems that more texts write with a capital inside a sentence than without one anywhere."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for p in members:
        inside, lower = _written(p)
        capital.update(inside)
        small.update(lower)
    return frozenset(word for word, n in capital.items() if n > small[word])


def _written(p: Profile) -> tuple[frozenset[str], frozenset[str]]:
    """Stems written with a capital inside a sentence, and those written without one."""
    inside: set[str] = set()
    lower: set[str] = set()
    for first, end in p.ranges:
        for i in range(first, end):
            word = p.words[i]
            if word.content and word.text[0].isupper():
                if i > first:
                    inside.add(word.stem)
            elif word.content:
                lower.add(word.stem)
    return frozenset(inside), frozenset(lower)


def _text(p: Profile, known: Set[str]) -> _Text:
    counts = Counter(word.stem for word in p.words if word.content)
    capital = {word.stem for word in p.words if word.content and word.text[0].isupper()}
    _, lower = _written(p)
    days = frozenset(counts) & _DAYS
    names = {
        word: (FREQUENT_WEIGHT if word in _FREQUENT else 1.0) * math.sqrt(counts[word])
        for word in sorted((known & capital) - lower - _COMMON - _DAYS)
    }
    weights = {word: (1 + math.log(n)) * _weight(word, known) for word, n in sorted(counts.items())}
    return _Text(
        counts,
        names,
        days,
        _unit(weights),
        _unit({word: weight for word, weight in weights.items() if word not in known and word not in _DAYS}),
    )


def _weight(word: str, known: Set[str]) -> float:
    if word in _DAYS:
        return 0.2
    if word in _FREQUENT:
        return FREQUENT_WEIGHT
    if word in _COMMON:
        return 0.4
    if word[0].isdigit():
        return 0.5
    return 2.0 if word in known else 1.0


def _unit(weights: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Both in the order of their words: the sum is the same, to the last bit, whichever is gone through."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return sum([weight * many[word] for word, weight in few.items() if word in many])


def _joined(members: Sequence[int], links: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """The members, given in rank order, put together: the best linked first; single ones with their nearest group."""
    rank = {index: place for place, index in enumerate(members)}
    groups = [[index] for index in members]
    shared: list[dict[int, float]] = [{} for _ in members]
    for (a, b), link in links.items():
        shared[rank[a]][rank[b]] = shared[rank[b]][rank[a]] = link

    def gain(a: int, b: int) -> float:
        few, many = sorted((len(groups[a]), len(groups[b])))
        # Only so many pairs have a link: a long list's mean is taken over as many as could have one.
        mean = shared[a][b] / (few * min(many, HOLDERS))
        return mean - (TOGETHER if few > 1 else 0.0)

    age = [0] * len(members)
    heap = [(-gain(a, b), a, b, 0, 0) for a in range(len(members)) for b in shared[a] if a < b]
    heapq.heapify(heap)
    while heap:
        lost, a, b, age_a, age_b = heapq.heappop(heap)
        if lost >= 0:
            break
        if age[a] != age_a or age[b] != age_b:
            continue
        groups[a] += groups[b]
        groups[b] = []
        age[a] += 1
        age[b] = -1
        for c, link in shared[b].items():
            del shared[c][b]
            if c != a:
                shared[a][c] = shared[c][a] = shared[a].get(c, 0.0) + link
        for c in shared[a]:
            x, y = min(a, c), max(a, c)
            heapq.heappush(heap, (-gain(x, y), x, y, age[x], age[y]))
    return [group for group in groups if group]


def _without_strangers(
    group: Sequence[int], texts: Mapping[int, _Text], links: Mapping[tuple[int, int], float]
) -> tuple[list[int], list[int]]:
    """The members that belong together, and those that do not.

    The worst goes first and the rest is looked at again; in long lists, where one more or less changes nothing, all at once.
    """
    kept, out = list(group), []
    near = _nearest(group, links)
    met: _Met = {}
    while len(kept) > 1:
        holders = Counter(word for index in kept for word in texts[index].counts)
        inside = set(kept)
        found = []
        for index in kept:
            others = kept if len(kept) <= HOLDERS else [*(i for i in near[index] if i in inside), *kept][:HOLDERS]
            found.append(evidence(texts[index], [texts[i] for i in dict.fromkeys(others) if i != index], holders, met))
        if len(kept) == 2:
            both = {name: (found[0][name] + found[1][name]) / 2 for name in found[0]}
            doubts = [0.0, _doubt(both) - PAIR]
        else:
            doubts = [_doubt(one) for one in found]
        worst = sorted((-doubt, place) for place, doubt in enumerate(doubts) if doubt > 0)
        gone = [kept[place] for _, place in (worst if len(kept) > HOLDERS else worst[:1])]
        if not gone or len(gone) == len(kept):
            break
        kept = [index for index in kept if index not in set(gone)]
        out += gone
    return kept, out


def _nearest(group: Sequence[int], links: Mapping[tuple[int, int], float]) -> Mapping[int, list[int]]:
    """For each member of a long list those that it shares most with, the nearest first."""
    found: dict[int, list[tuple[float, int]]] = {index: [] for index in group}
    if len(group) > HOLDERS:
        place = {index: i for i, index in enumerate(group)}
        for (a, b), link in links.items():
            if a in place and b in place:
                found[a].append((-link, place[b]))
                found[b].append((-link, place[a]))
    return {index: [group[i] for _, i in sorted(linked)[:HOLDERS]] for index, linked in found.items()}


# The cosines of two texts, without names and with all words, by their places in memory: each pair is met many times.
_Met = dict[tuple[int, int], tuple[float, float]]


def _cosines(a: _Text, b: _Text, met: _Met) -> tuple[float, float]:
    """The cosines of the plain words and of all words."""
    pair = (id(a), id(b)) if id(a) < id(b) else (id(b), id(a))
    found = met.get(pair)
    if found is None:
        found = met[pair] = _cosine(a.plain, b.plain), _cosine(a.vector, b.vector)
    return found


def evidence(
    text: _Text, others: Sequence[_Text], holders: Mapping[str, int], met: _Met | None = None
) -> Mapping[str, float]:
    """What an article shares with the rest of its group, as shares and square roots of sums.

    others: the rest, or of a long list those next to it. holders: stem -> how many of the group have it, this one included.
    met: cosines that are known already, of texts that are still held.
    """
    met = {} if met is None else met
    mine = sum(text.names.values())
    shared = sum(weight for word, weight in text.names.items() if holders[word] > 1)
    telling = Counter(word for other in others for word in other.names)
    core = [word for word, n in telling.items() if n >= min(2, len(others))]
    told = sum(FREQUENT_WEIGHT if word in _FREQUENT else 1.0 for word in core)
    theirs = sum(FREQUENT_WEIGHT if word in _FREQUENT else 1.0 for word in core if word in text.counts)
    links = [_cosines(text, other, met) for other in others]
    plain, whole = [link for link, _ in links], [link for _, link in links]
    within, whole_within = _within(others, met)
    days = any(holders[day] > 1 for day in text.days)
    return {
        "names shared, of its own": math.sqrt(shared / (mine + 0.5)),
        "names shared": math.sqrt(min(shared, MANY)),
        "names": math.sqrt(min(mine, MANY)),
        "names shared, of the others'": math.sqrt(theirs / (told + 0.5)),
        "names of the others": math.sqrt(min(told, MANY)),
        "plain words, nearest": math.sqrt(max(plain)),
        "plain words, mean": math.sqrt(sum(plain) / len(plain)),
        "all words, nearest": math.sqrt(max(whole)),
        "all words, mean": math.sqrt(sum(whole) / len(whole)),
        "the others among themselves": math.sqrt(whole_within),
        "the others' plain words among themselves": math.sqrt(within),
        "a day shared": float(days),
        "only other days": float(bool(text.days) and not days),
        "length": math.log(sum(text.counts.values()) / 40),
        "whole": float(len(text.counts) >= FEWEST_STEMS),
        "": 1.0,
    }


def _within(others: Sequence[_Text], met: _Met) -> tuple[float, float]:
    """The mean link of some articles, by their plain words and by all; of one alone, what is typical."""
    links = [_cosines(a, b, met) for i, a in enumerate(others) for b in others[:i]]
    if not links:
        return 0.3, 0.3
    return sum([link for link, _ in links]) / len(links), sum([link for _, link in links]) / len(links)


def _doubt(found: Mapping[str, float]) -> float:
    """How much the evidence speaks against an article's belonging to its group; above 0 it does not."""
    if found["the others among themselves"] < HOLD:
        return 0.0
    if found["whole"] and found["all words, nearest"] < LINKED:
        return math.inf
    tests = [(LOOK_ALIKE, LOOK_ALIKE_BELOW)]
    if not found["whole"]:
        tests.append((STRANGER, STRANGER_BELOW))
    return max(limit - sum(weight * found[name] for name, weight in weights.items()) for weights, limit in tests)


# -- by links: other languages ----------------------------------------------------------------------------------------------


def _by_links(members: Sequence[Profile]) -> list[list[Profile]] | None:
    """Groups of texts by what is typical among them; None if nothing can be said."""
    links = _links(members, {p.index: _vector(p) for p in members})
    best = {p.index: 0.0 for p in members}
    for (a, b), link in links.items():
        best[a] = max(best[a], link)
        best[b] = max(best[b], link)
    if len(members) < 2:
        return None
    typical = min(TYPICAL, sorted(best.values())[len(best) // 2])
    if len(members) > 2 and typical < FAINT:
        return None
    nearest = CLEAR if len(members) == 2 else FAR * typical
    places = {p.index: place for place, p in enumerate(members)}
    groups = Groups(len(members))
    for (a, b), link in links.items():
        if link >= nearest:
            groups.join(places[a], places[b])
    found: dict[int, list[Profile]] = {}
    for place, p in enumerate(members):
        found.setdefault(groups.find(place), []).append(p)
    return list(found.values())


def _vector(p: Profile) -> Mapping[str, float]:
    """Stem -> weight, of length 1."""
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for first, end in p.ranges:
        for i in range(first, end):
            token = p.words[i]
            if token.content:
                counts[token.stem] += 1
                if i > first and token.text[0].isupper():
                    names.add(token.stem)
    weights = {
        word: (1 + math.log(count)) * (COMMON_WEIGHT if word in _COMMON else NAME_WEIGHT if word in names else 1.0)
        for word, count in sorted(counts.items())
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def _links(members: Sequence[Profile], vectors: Mapping[int, Mapping[str, float]]) -> Mapping[tuple[int, int], float]:
    """The cosine of each article and those of higher rank that share most with it. Bounded like the index of grams."""
    holders: dict[str, list[tuple[int, float]]] = {}
    links: dict[tuple[int, int], float] = {}
    rank = {p.index: place for place, p in enumerate(members)}
    for p in members:
        mine = vectors[p.index]
        shared: dict[int, float] = {}
        for word, weight in mine.items():
            known = holders.setdefault(word, [])
            for other, held in known:
                shared[other] = shared.get(other, 0.0) + weight * held
            if len(known) < HOLDERS:
                known.append((p.index, weight))
        for other in sorted(shared, key=lambda other: (-shared[other], rank[other]))[:HOLDERS]:
            theirs = vectors[other]
            links[p.index, other] = _cosine(mine, theirs)
    return links
