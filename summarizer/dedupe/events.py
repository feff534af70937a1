"""Which articles tell the same event.

Takes: profiles, one for each text that is not a copy. Gives: groups of articles, the largest first.
Does not know: dates, and what the event is.

Strategy: two reports of one event share its names and its particular words. The cosine of weighted stems is compared with
what is typical in this very set, since long reports share more than short ones. Articles that cannot be judged (too short,
or in another language than the rest) are left with the largest group: to leave an article out needs a reason.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from summarizer.dedupe.copies import HOLDERS, ranked
from summarizer.dedupe.groups import Groups
from summarizer.dedupe.profile import Profile
from summarizer.lexicon import CLAIMING, MONTHS, REPORTING, SCALES, TITLES, UNITS, WEEKDAYS
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
# Excerpts of 40 to 80 words tell one side of an event each, in words of their own: 4 in 100 would be called strangers there.
FEWEST_STEMS = 45
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


def events(profiles: Sequence[Profile], copies: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Groups of article indices that tell the same event, the one with most texts first.

    copies: how many articles each text stands for; it decides between groups of equally many texts, then their length does.
    """
    places = {p.index: place for place, p in enumerate(profiles)}
    classes: dict[bool, list[Profile]] = {}
    for p in ranked(profiles):
        if sum(len(stems) for stems in p.stems) and len(frozenset().union(*p.stems)) >= FEWEST_STEMS:
            classes.setdefault(_english(p), []).append(p)
    groups = Groups(len(profiles))
    judged: set[int] = set()
    for members in classes.values():
        links = _links(members)
        best = {p.index: 0.0 for p in members}
        for (a, b), link in links.items():
            best[a] = max(best[a], link)
            best[b] = max(best[b], link)
        typical = min(TYPICAL, sorted(best.values())[len(best) // 2])
        if len(members) < 2 or (len(members) > 2 and typical < FAINT):
            continue
        judged |= set(best)
        nearest = CLEAR if len(members) == 2 else FAR * typical
        for (a, b), link in links.items():
            if link >= nearest:
                groups.join(places[a], places[b])
    found: dict[int, list[Profile]] = {}
    rest: list[Profile] = []
    for p in profiles:
        if p.index in judged:
            found.setdefault(groups.find(places[p.index]), []).append(p)
        else:
            rest.append(p)
    largest_first = sorted(
        found.values(),
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


def _links(members: Sequence[Profile]) -> Mapping[tuple[int, int], float]:
    """The cosine of each article and those of higher rank that share most with it. Bounded like the index of grams."""
    vectors = {p.index: _vector(p) for p in members}
    holders: dict[str, list[int]] = {}
    links: dict[tuple[int, int], float] = {}
    rank = {p.index: place for place, p in enumerate(members)}
    for p in members:
        mine = vectors[p.index]
        shared: dict[int, float] = {}
        for word, weight in mine.items():
            known = holders.setdefault(word, [])
            for other in known:
                shared[other] = shared.get(other, 0.0) + weight * vectors[other][word]
            if len(known) < HOLDERS:
                known.append(p.index)
        for other in sorted(shared, key=lambda other: (-shared[other], rank[other]))[:HOLDERS]:
            theirs = vectors[other]
            links[p.index, other] = sum(weight * theirs[word] for word, weight in mine.items() if word in theirs)
    return links
