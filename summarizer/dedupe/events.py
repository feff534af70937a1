"""Which articles tell the same event.

Takes: profiles, one for each text that is not a copy. Gives: groups of articles, the largest first.
Does not know: dates, and what the event is.

Strategy, for English: (1) articles are put together two by two, the likest first, into a tree. (2) From the top, each cut of it is
judged on both sides together: how like they are across and within, which names, weekdays and values they share, and which each
has alone. Where the evidence speaks for two events, or for the same kind of event somewhere else, the cut stands; where it would
leave one of a few alone, that one is left alone which most speaks against. (3) Then each member is held against the rest of its
group in the same way; whoever does not belong is an event of its own.

For other languages names cannot be told by their capitals; there the cosine of weighted stems is compared with what is
typical in the very set. Groups in different languages are put together where they name the same; nothing else can be compared
across languages. Articles that cannot be judged (too short, or in another language than the rest) are left with the
largest group: to leave an article out needs a reason.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

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


# How much a word or a name says about which event it is: the three kinds say little, everything else 1. Made up by hand of what
# any newspaper of the last years writes on most days. In a trial on the tune half these weights found more strangers than names
# at three and other words at one, or than all words alike, and nearly as many as the counts of that half itself.
_SAYS: Mapping[str, float] = {
    **dict.fromkeys(_COMMON, 0.8),
    **{
        stem(word): weight
        for weight, words in (
            (
                0.7,
                """last three take make call include work plan come go order leader bill law decide general office million issue act
                major political politics party policy public die use case news lead claim security committee york sign right rule
                move support get back know lawmaker lose attack control send health investigation presidential secretary vice
                supreme judge police military lawyer attorney member press media group world city home family percent company
                business money tax power show run set continue follow top face effort number record live add video post late begin
                warn require action direct bring see base service leave matter pass release letter statement agency response expect
                end help keep hold put""",
            ),
            (
                0.45,
                """donald joe biden obama clinton bush white senate congress washington government administration federal court
                justice department official former campaign election vote week day month time people person two first one report
                tell announce national country coronavirus covid pandemic 2016 2017 2018 2019 2020 2021""",
            ),
            (0.45, " ".join((*WEEKDAYS, *MONTHS))),
            # Parties, agencies, alliances and newsrooms, which are named in reports of all kinds.
            (
                0.45,
                """gop dnc rnc fbi cia nsa doj dhs epa fda cdc irs sec ftc fcc nato un eu uk who imf opec cnn nbc abc cbs msnbc npr
                pbs bbc ap afp upi reuters politico fox covid""",
            ),
            (0.25, "say president trump house state america american united republican democrat new year"),
        )
        for word in words.split()
    },
}
# A name that says less than this is in the news whatever happens; it does not show that texts in two languages tell one event.
EVERYDAY = 0.5
_DAYS = frozenset(stem(word) for word in (*WEEKDAYS, *MONTHS))
# A title is no name, though it is written like one.
_TITLES = frozenset(
    stem(word)
    for word in """president minister secretary spokesman spokeswoman spokesperson leader chancellor king queen prince princess
    mayor governor senator representative congressman congresswoman chief captain commander general colonel major sergeant
    lieutenant officer director chairman chairwoman professor doctor judge ambassador pope bishop sir lord lady gov sen rep dr mr
    mrs ms jr sr prof gen col capt lt sgt rev hon""".split()
)
_WEEKDAYS = frozenset(stem(word) for word in WEEKDAYS)

# Which side of a value its word stands on, what kind of value it is, and the word ("president >", a name).
_Slot = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Text:
    """What is compared of one English text.

    size: content words. counts: stem -> how often. written: stems of words that it writes with a capital letter and never
    without. names: those without the words all in capitals: every second report has a "U.S.", an "FBI" or a "GOP", whatever it
    tells, so two reports of the same kind of thing share them too.
    weekdays: those that it names. facts: names, days, months and figures of more than one digit.
    vector: stem -> weight, of length 1; plain: the same of what is no name, day or figure.
    lead: stem -> weight, of the first sentence of some length. slots: beside which word stands which name, day or figure.
    """

    size: int
    counts: Mapping[str, int]
    written: frozenset[str]
    names: frozenset[str]
    weekdays: frozenset[str]
    facts: frozenset[str]
    vector: Mapping[str, float]
    plain: Mapping[str, float]
    lead: Mapping[str, float]
    slots: Mapping[_Slot, frozenset[str]]


def events(profiles: Sequence[Profile], copies: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Groups of article indices that tell the same event, the one with most texts first.

    copies: how many articles each text stands for; it decides between groups of equally many texts, then their length does.
    """
    english: list[Profile] = []
    unspaced: list[Profile] = []
    other: list[Profile] = []
    rest: list[Profile] = []
    for p in ranked(profiles):
        stems = len(frozenset[str]().union(*p.stems))
        speaks = is_english(p)
        if stems < (FEWEST_ENGLISH if speaks else FEWEST_STEMS):
            rest.append(p)
        else:
            (other if not speaks else english if _latin(p) else unspaced).append(p)

    def rank(group: Sequence[Profile]) -> tuple[int, int, float, list[tuple[str, ...]]]:
        return (
            -len(group),
            -sum(copies[p.index] for p in group),
            -sum(p.story for p in group),
            sorted(p.wording for p in group),
        )

    found: list[list[Profile]] = []
    for grouped, members in (
        (_by_evidence(english), english),
        (_by_evidence(unspaced), unspaced),
        (_by_links(other), other),
    ):
        if grouped is None:
            rest.extend(members)
        elif found:
            # Likeness is not looked at across languages: the largest groups of both are one if they name the same.
            groups, first = sorted(grouped, key=rank), min(found, key=rank)
            if _name_the_same(first, groups[0]):
                first.extend(groups.pop(0))
            found.extend(groups)
        else:
            found.extend(grouped)
    largest_first = sorted(found, key=rank)
    if len(largest_first) > 1 and rest:
        told = [
            frozenset[str]().union(*(stems for p in group[:LOOKED_AT] for stems in p.stems))
            for group in largest_first[:HOLDERS]
        ]
        for p in tuple(rest):
            if is_english(p) and _latin(p) and (place := _shares_more(p, told)):
                largest_first[place].append(p)
                rest.remove(p)
    if rest:
        largest_first[:1] = [[*(largest_first[0] if largest_first else []), *rest]]
    return tuple(tuple(sorted(p.index for p in group)) for group in largest_first)


# A line or two goes with another group than the largest if it shares words that say as much as these many more with it. Set by hand.
_MORE_SHARED = 2.0


def _shares_more(p: Profile, told: Sequence[Set[str]]) -> int:
    """The place of the group that a short text shares most words with; 0, the largest group, if no other has clearly more."""
    mine = frozenset[str]().union(*p.stems)
    shared = [sum(_SAYS.get(word, 1.0) for word in sorted(mine & words)) for words in told]
    best = max(range(len(shared)), key=lambda place: shared[place])
    return best if shared[best] >= shared[0] + _MORE_SHARED else 0


# Names that two groups in different languages share if they tell one event: a place and a person, say. Set by hand.
_NAMED_ALIKE = 2


def _name_the_same(english: Sequence[Profile], other: Sequence[Profile]) -> bool:
    """Whether a group in another language has names of an English one, or is in a script that names cannot be compared in.

    Days, months and everyday names are none.
    """
    if not all(_latin(p) for p in (*english, *other)):
        return True
    there = frozenset[str]().union(*(stems for p in other for stems in p.stems))
    names = {name for name in _names(english) - _DAYS if _SAYS.get(name, 1.0) >= EVERYDAY and not name[0].isdigit()}
    return len(names & there) >= _NAMED_ALIKE


def is_english(p: Profile) -> bool:
    """Whether as many of an article's words are function words as in English, so that its words can be compared.

    Particles of a script without spaces are such too, and the same evidence serves there.
    """
    return sum(not word.content for word in p.words) >= ENGLISH * len(p.words)


def _latin(p: Profile) -> bool:
    return sum(word.norm.isascii() for word in p.words) >= len(p.words) / 2


# -- by evidence: English ---------------------------------------------------------------------------------------------------

# Of a large group those are looked at that share most with the article in question, or the longest. Set by hand: it bounds
# the work, and the mean of more says the same.
LOOKED_AT = 8
# Of so many at most another cut than the tree's is looked for. Set by hand: it bounds the work.
MOVED = 12
# More of a kind than this say no more: long reports have many names of their own. Set by hand.
MANY = 12
# An article of a pair has no third one to tell what is usual between two reports of one event: the means over the triples of the
# tune half.
USUAL = 0.53
# So many names, days or figures in common say what more of them say: of the excerpts of the tune half 81 in 100 share three or
# more with the rest of their story and 2 in 100 none; of their look-alikes 90 in 100 share none.
ENOUGH = 3
# What the evidence weighs: `evals/events_fit.py` fits it on the tune half of the news sets by logistic regression, in some 6,600
# cuts of excerpts, whole articles and parts of them: stories as they are against stories with articles of another one (EVENTS),
# or with an article of their own that has other names, days and figures (LOOK_ALIKE). Rounded. A reader would say the same of
# each: what is shared across speaks for one event, names, days and figures of one's own against it, and the more so the more
# the plain words are the same; the more pairs there are, the more their mean says. Left out is that everyday names of one's own
# speak against a look-alike: made ones have none.
EVENTS: Mapping[str, float] = {
    "": -0.1,
    "likeness": -13.6,
    "likeness within": 6.5,
    "lead": -9.4,
    "length": 1.0,
    "a pair": -1.4,
    "pairs": 1.4,
    "other days": 1.4,
    "rare names of the few, shared": -1.5,
    "everyday names of the few, alone": 0.6,
    "everyday names of the many, alone": 0.6,
}
# Above this the sum speaks for two events. To take a real story apart is the worse fault, so the limits lie above where no
# untouched cluster of the tune half is split (of 133; with EVENTS' at 2 one is); there 133 of 146 mixed clusters are grouped
# right and 118 of 133 look-alikes told apart (135 and 118 with 2.25). The report half, where these split 3 of 134, group 135 of
# 148 right and tell 112 of 134 apart, was looked at with six settings (with 2.25: 5, 138 and 112; with words all in capitals
# left out of EVENTS too, 2 and 1.5: 5, 135 and 119; 2 and 2.5: 5, 134 and 112; 2 and 3: 5, 134 and 103; 2.25 and 2.5 with one
# more kind of evidence: 3, 132 and 112): a little of the choice is the report half's.
# Whole articles have another limit for each step of LONG: they say more, and name more that others leave out.
EVENTS_LIMIT = 2.5
EVENTS_LONG = -0.5
LOOK_ALIKE: Mapping[str, float] = {
    "": 0.9,
    "likeness": -1.7,
    "facts shared": -2.3,
    "usual names shared": -2.9,
    "rare names of the few, alone": 0.7,
    "plain, with other names": 1.2,
    "plain, with other values": 6.5,
    "plain, with other days": 2.9,
}
LOOK_ALIKE_LIMIT = 2.5
# Logarithm of content words over 40: 66 words; 99 of 100 excerpts have less.
LONG = 0.5
# 98 words and more.
WHOLE = 0.9
# A whole article whose nearest link is below this is another event: on the tune half all strangers and other clusters have at
# most .37, untouched clusters .39 and more but for one, whose two articles tell of two things.
LINKED = 0.35
# Where some were taken out already, a single article needs more: two events in one request are rare, three rarer, and what is
# left of a group of few tells little of what is usual in it. Set by hand: on the tune half 1 to 2 are level.
AGAIN = 1.5
# Two articles by themselves say little: of the pairs of the news triples, 4 of 462 are taken apart with this. Set by hand.
PAIR = 0.5


# Whoever is as like the others as they are like one another is one of them, however many names are its own: in a list of reports
# that each name other people, so are everybody's. For whole articles only: excerpts that are changed in names stay as like. Set by
# hand.
AS_LIKE = 0.97
AS_LIKE_PAIR = 1.15  # there only what is usual is known
# It still may tell of the like somewhere else if it has fewer names, days and figures in common with them than this. Set by
# hand: on the tune half 1, 2 and 3 take no whole article from its story.
TOLD_BY_BOTH = 2


class _Group:
    """English texts of one request, with what each pair of them shares; nothing is compared twice."""

    def __init__(self, members: Sequence[Profile]) -> None:
        known = _names(members)
        self.texts = {p.index: _text(p, known) for p in members}
        self.links = _links(members, {index: text.vector for index, text in self.texts.items()})
        self.near: dict[int, list[int]] = {p.index: [] for p in members}
        place = {p.index: number for number, p in enumerate(members)}
        for a, b in sorted(self.links, key=lambda pair: (-self.links[pair], place[pair[0]], place[pair[1]])):
            self.near[a].append(b)
            self.near[b].append(a)
        self._alike: dict[tuple[int, int], float] = {}
        self._plainly: dict[tuple[int, int], float] = {}

    def alike(self, a: int, b: int) -> float:
        """How much two articles of the group share."""
        found = self._alike.get((a, b))
        if found is None:
            found = self._alike[a, b] = math.sqrt(_cosine(self.texts[a].vector, self.texts[b].vector))
        return found

    def plainly(self, a: int, b: int) -> float:
        """The same of their plain words."""
        found = self._plainly.get((a, b))
        if found is None:
            found = self._plainly[a, b] = math.sqrt(_cosine(self.texts[a].plain, self.texts[b].plain))
        return found

    def nearest(self, index: int, group: Sequence[int]) -> list[int]:
        """Some of a group, without the article itself: of a large one those that share most with it."""
        others = [other for other in group if other != index]
        if len(others) <= LOOKED_AT:
            return others
        inside = set(others)
        return list(dict.fromkeys([*(i for i in self.near[index] if i in inside), *others]))[:LOOKED_AT]

    def between(self, one: Sequence[int], other: Sequence[int]) -> Mapping[str, float]:
        """The evidence for and against one event, of two disjoint groups of articles, none of them empty.

        Likenesses are means of square roots of cosines, counts are square roots. Everyday names are those that `_SAYS` lists, an
        agency's ordinary words among them ("Department"): to lack one says less than to lack a rare name. Plain words say that
        both tell the same kind of thing; the plainer that is, the more other names, values and days say that it is not the same.
        """
        few, many = sorted((list(one)[:LOOKED_AT], list(other)[:LOOKED_AT]), key=len)
        across = [(min(a, b), max(a, b)) for a in many for b in few]
        within = [(min(a, b), max(a, b)) for side in (many, few) for a, b in combinations(side, 2)]
        told, theirs = self._told(few), self._told(many)
        names, others = _core([self.texts[i].names for i in few]), _core([self.texts[i].names for i in many])
        written, there = _core([self.texts[i].written for i in few]), _core([self.texts[i].written for i in many])
        facts = frozenset[str]().union(*(self.texts[i].facts for i in few))
        days = [frozenset[str]().union(*(self.texts[i].weekdays for i in side)) for side in (few, many)]
        other_days = bool(days[0] and days[1]) and days[0].isdisjoint(days[1])
        same, differ = self._slots(few, many)
        alone = _root(sum(word not in theirs and word not in _SAYS for word in names))
        plain = _mean((self.plainly(a, b) for a, b in across), 0.0)
        return {
            "": 1.0,
            "likeness": _mean((self.alike(a, b) for a, b in across), 0.0),
            "nearest": max(self.alike(a, b) for a, b in across),
            "likeness within": _mean((self.alike(a, b) for a, b in within), USUAL),
            "lead": max(_in_common(self.texts[a].lead, self.texts[b].lead) for a, b in across),
            "length": math.log((1 + sum(self.texts[i].size for i in few)) / len(few) / 40),
            "a pair": float(not within),
            "one": float(len(few) == 1),
            "pairs": math.log(len(across)),
            "facts shared": float(min(len(facts & theirs), ENOUGH)),
            "usual names shared": (sum(word in told for word in others) + 0.5) / (len(others) + 1),
            "rare names of the few, shared": _root(sum(w in theirs and w not in _SAYS for w in written)),
            "rare names of the few, alone": alone,
            "everyday names of the few, alone": _root(sum(w in _SAYS and w not in theirs for w in written)),
            "everyday names of the many, alone": _root(sum(w in _SAYS and w not in told for w in there)),
            "other days": float(other_days),
            "plain, with other names": plain * alone * (self._most(few, theirs) and self._most(many, told)),
            "plain, with other values": plain * differ / (differ + same + 1),
            "plain, with other days": plain * other_days,
        }

    def _told(self, side: Sequence[int]) -> Set[str]:
        return frozenset[str]().union(*(self.texts[i].counts for i in side))

    def _most(self, side: Sequence[int], there: Set[str]) -> bool:
        """Whether the name that one side has most of, by what it says, is not told on the other."""
        said = Counter[str]()
        for i in side:
            said.update({name: self.texts[i].counts[name] for name in self.texts[i].names})
        return bool(said) and max(said, key=lambda name: (said[name] * _SAYS.get(name, 1.0), name)) not in there

    def _slots(self, few: Sequence[int], many: Sequence[int]) -> tuple[int, int]:
        """How many words have the same value beside them on both sides, and how many another."""
        same = differ = 0
        for i in few:
            for slot, values in self.texts[i].slots.items():
                found = [there for j in many if (there := self.texts[j].slots.get(slot)) is not None]
                if found:
                    if any(not values.isdisjoint(there) for there in found):
                        same += 1
                    else:
                        differ += 1
        return same, differ


def evidence(profiles: Sequence[Profile], one: Sequence[int], other: Sequence[int]) -> Mapping[str, float]:
    """What speaks for and against one event, of two disjoint groups of English articles, given by index; none is empty."""
    return _Group(profiles).between(one, other)


def _core(names: Sequence[Set[str]]) -> Sequence[str]:
    """The names of one text, or those that two of several have."""
    holders = Counter(name for mine in names for name in mine)
    return [name for name, n in holders.items() if n >= min(2, len(names))]


def _root(count: int) -> float:
    return math.sqrt(min(count, MANY))


def _mean(values: Iterable[float], otherwise: float) -> float:
    all_of_them = list(values)
    return sum(all_of_them) / len(all_of_them) if all_of_them else otherwise


def _by_evidence(members: Sequence[Profile]) -> list[list[Profile]] | None:
    """Groups of English texts; None if nothing can be said."""
    if len(members) < 2:
        return None
    told = _Group(members)
    by_index = {p.index: p for p in members}
    found: list[list[Profile]] = []
    for group in _apart(_tree([p.index for p in members], told.links), told):
        found.extend([by_index[i] for i in part] for part in _without_strangers(group, told))
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
    for (first, end), sentence in zip(p.ranges, p.sentences, strict=True):
        for i in range(first, end):
            word = p.words[i]
            if word.content and word.text[0].isupper():
                if i > first and not sentence.heading:
                    inside.add(word.stem)
            elif word.content:
                lower.add(word.stem)
    return frozenset(inside), frozenset(lower)


def _text(p: Profile, known: Set[str]) -> _Text:
    counts = Counter(word.stem for word in p.words if word.content)
    capital = {word.stem for word in p.words if word.content and word.text[0].isupper()}
    mixed = {word.stem for word in p.words if word.content and word.text[0].isupper() and not word.text.isupper()}
    _, lower = _written(p)
    written = frozenset(word for word in (known & capital) - lower - _DAYS - _TITLES if not word[0].isdigit())
    names = written & mixed
    weights = {word: (1 + math.log(n)) * _SAYS.get(word, 1.0) for word, n in sorted(counts.items())}
    plain = {w: x for w, x in weights.items() if w not in known and w not in _DAYS and not w[0].isdigit()}
    return _Text(
        sum(counts.values()),
        counts,
        written,
        names,
        frozenset(counts) & _WEEKDAYS,
        names | {word for word in counts if word in _DAYS or (word[0].isdigit() and len(word) > 1)},
        _unit(weights),
        _unit(plain),
        _lead(p) or {word: _SAYS.get(word, 1.0) for word in sorted(counts)},
        _beside(p, names),
    )


# Content words of a first sentence that tells what happened. Set by hand: a dateline or a cry has fewer.
LEAD = 5


def _lead(p: Profile) -> Mapping[str, float]:
    """What the stems of the first sentence of some length say; empty if there is none."""
    for first, end in p.ranges:
        row = [word.stem for word in p.words[first:end] if word.content]
        if len(row) >= LEAD:
            return {word: _SAYS.get(word, 1.0) for word in sorted(set(row))}
    return {}


def _in_common(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """What two texts share, by weight, over the geometric mean of what each has, 0..1."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    shared = sum([weight for word, weight in few.items() if word in many])
    both = sum(a.values()) * sum(b.values())
    return shared / math.sqrt(both) if both else 0.0


def _beside(p: Profile, names: Set[str]) -> Mapping[_Slot, frozenset[str]]:
    """The nearest plain word on each side of each name, day and figure, with what stands there."""
    found: dict[_Slot, set[str]] = {}
    for first, end in p.ranges:
        row = [word.stem for word in p.words[first:end] if word.content]
        kinds = ["name" if w in names else "day" if w in _DAYS else "figure" if w[0].isdigit() else "" for w in row]
        for side, step in (("before", -1), ("behind", 1)):
            for i, kind in enumerate(kinds):
                j = i + step
                while kind and 0 <= j < len(row) and kinds[j] == kind:
                    j += step
                if kind and 0 <= j < len(row) and not kinds[j]:
                    found.setdefault((side, kind, row[j]), set()).add(row[i])
    return {slot: frozenset(values) for slot, values in found.items()}


def _unit(weights: Mapping[str, float]) -> Mapping[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Both in the order of their words: the sum is the same, to the last bit, whichever is gone through."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return sum([weight * many[word] for word, weight in few.items() if word in many])


@dataclass(frozen=True, slots=True)
class _Node:
    """Articles put together: `members` of both halves; a single article has no halves."""

    members: tuple[int, ...]
    halves: tuple[_Node, ...] = ()


def _put_together(one: _Node, other: _Node) -> _Node:
    return _Node((*one.members, *other.members), (one, other))


def _tree(members: Sequence[int], links: Mapping[tuple[int, int], float]) -> _Node:
    """The members, given in rank order, put together two by two, the best linked first, those without any link last."""
    rank = {index: place for place, index in enumerate(members)}
    nodes = {place: _Node((index,)) for place, index in enumerate(members)}
    size = [1] * len(members)
    shared: list[dict[int, float]] = [{} for _ in members]
    for (a, b), link in links.items():
        shared[rank[a]][rank[b]] = shared[rank[b]][rank[a]] = link

    def mean(a: int, b: int) -> float:
        few, many = sorted((size[a], size[b]))
        # Only so many pairs have a link: a long list's mean is taken over as many as could have one.
        return shared[a][b] / (few * min(many, HOLDERS))

    age = [0] * len(members)
    heap = [(-mean(a, b), a, b, 0, 0) for a in range(len(members)) for b in shared[a] if a < b]
    heapq.heapify(heap)
    while heap:
        _, a, b, age_a, age_b = heapq.heappop(heap)
        if age[a] != age_a or age[b] != age_b:
            continue
        nodes[a] = _put_together(nodes[a], nodes.pop(b))
        size[a] += size[b]
        age[a] += 1
        age[b] = -1
        for c, link in shared[b].items():
            del shared[c][b]
            if c != a:
                shared[a][c] = shared[c][a] = shared[a].get(c, 0.0) + link
        for c in shared[a]:
            x, y = min(a, c), max(a, c)
            heapq.heappush(heap, (-mean(x, y), x, y, age[x], age[y]))
    return reduce(_put_together, [nodes[place] for place in sorted(nodes)])


def _apart(root: _Node, told: _Group) -> list[list[int]]:
    """Groups that tell one event each: halves are taken apart from the top as long as the evidence says that they are two."""
    found: list[list[int]] = []
    ahead = [root]
    while ahead:
        node = ahead.pop()
        again = bool(found) or node is not root
        cuts = [half for half in (node, _better_cut(node, told)) if half.halves]
        doubts = [_doubt(told.between(*(half.members for half in cut.halves)), again) for cut in cuts]
        if doubts and max(doubts) > 0:
            cut = cuts[doubts.index(max(doubts))]
            if 2 < len(node.members) <= MOVED and any(len(half.members) == 1 for half in cut.halves):
                cut = _without_the_oddest(node.members, told, again) or cut
            ahead.extend(reversed(cut.halves))
        else:
            found.append(list(node.members))
    return found


def _doubts(members: Sequence[int], told: _Group, again: bool) -> list[float]:
    """For each of three articles or more how much speaks against it and the rest telling one event."""
    return [_doubt(told.between([index], told.nearest(index, members)), again) for index in members]


def _without_the_oddest(members: Sequence[int], told: _Group, again: bool) -> _Node | None:
    """The cut between the article that most speaks against and the rest of a few; None if nothing does against any.

    A tree puts those together that are likest in words, and so a look-alike with its model.
    """
    doubts = _doubts(members, told, again)
    if max(doubts) <= 0:
        return None
    odd = members[doubts.index(max(doubts))]
    rest = [index for index in members if index != odd]
    links = {pair: link for pair, link in told.links.items() if odd not in pair and set(pair) <= set(rest)}
    return _put_together(_tree(rest, links), _Node((odd,)))


def _better_cut(node: _Node, told: _Group) -> _Node:
    """The cut of a few articles whose sides hold together best for how little they share (normalised cut), if the tree has another.

    A tree keeps the first wrong pair that it made. Articles are moved to the other side one by one as long as that helps.
    """
    members = node.members
    if not 3 < len(members) <= MOVED:
        return _Node(members)
    here = set(node.halves[0].members)
    links = {(a, b): told.alike(min(a, b), max(a, b)) if a != b else USUAL for a in members for b in members}

    def loss(side: Set[int]) -> float:
        sides = [[i for i in members if i in side], [i for i in members if i not in side]]
        cut = sum(links[a, b] for a in sides[0] for b in sides[1])
        return sum(cut / (cut + sum(links[a, b] for a in one for b in one)) for one in sides)

    while True:
        moved = [(loss(side), n, side) for n, i in enumerate(members) if 0 < len(side := here ^ {i}) < len(members)]
        best = min(moved)
        if best[0] >= loss(here):
            break
        here = best[2]
    if here in (set(half.members) for half in node.halves):
        return _Node(members)
    parts = [[i for i in members if (i in here) == inside] for inside in (True, False)]
    return _put_together(*(_tree(part, {}) for part in parts))


def _without_strangers(group: Sequence[int], told: _Group) -> list[list[int]]:
    """The members that belong together, then each of the others by itself.

    The worst goes first and the rest is looked at again; in long lists, where one more or less changes nothing, all at once.
    """
    kept: list[int] = list(group)
    out: list[list[int]] = []
    while len(kept) > 2:
        doubts = _doubts(kept, told, again=bool(out) or len(kept) < len(told.texts))
        worst = sorted((-doubt, place) for place, doubt in enumerate(doubts) if doubt > 0)
        gone = [kept[place] for _, place in (worst if len(kept) > HOLDERS else worst[:1])]
        if not gone or len(gone) == len(kept):
            break
        out += [[index] for index in gone]
        kept = [index for index in kept if index not in set(gone)]
    return [kept, *out]


def _doubt(found: Mapping[str, float], again: bool = False) -> float:
    """How much the evidence speaks against one event; above 0 they are two. again: others have been taken out before."""
    long = max(0.0, found["length"] - LONG)
    if found["length"] > WHOLE and not found["a pair"] and found["nearest"] < LINKED:
        return math.inf
    bar = (AGAIN if again and found["one"] else 0.0) + (PAIR if found["a pair"] else 0.0)
    other = summed(EVENTS, found) - EVENTS_LIMIT - EVENTS_LONG * long - bar
    like = summed(LOOK_ALIKE, found) - LOOK_ALIKE_LIMIT - bar
    as_like = (AS_LIKE_PAIR if found["a pair"] else AS_LIKE) * found["likeness within"]
    if found["length"] > WHOLE and found["likeness"] >= as_like:
        return like if found["facts shared"] < TOLD_BY_BOTH else 0.0
    return max(other, like)


def summed(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    """Some evidence, weighed."""
    return sum(weight * found[name] for name, weight in weights.items())


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
