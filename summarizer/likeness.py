"""When two words, two names or two texts are the same, and what the sentences of a request say about that.

Takes: tokens, readings, sentences. Gives: yes or no, alignments, shares.
Does not know: statements, checks, citations, or what a likeness is used for.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

from summarizer import lexicon, synonyms
from summarizer.values import Key, Sentence
from summarizer.words import Name, Reading, Token, read, strip_accents
from summarizer.words import stem as stem_of

# Endings that make another word of the same family out of a common beginning (invent+ion, invent+or, invent+ed).
_INFLECTED = frozenset(["", *"e ed es s ing d ies y ied".split()])
_DERIVED = _INFLECTED | frozenset(
    """ion ions ition itions ation ations ated ating ates ate ment ments al als ance ence ive ful ic ical able ible
    ly ally ian ans n an iv i at""".split()
)
# Jaro-Winkler: Zelensky and Zelenskyy .98; Iran and Iraq .88 (and too short to be compared at all).
_NAME_NEAR = 0.93
_SECOND_NAME = 2


@dataclass(frozen=True, slots=True)
class Corpus:
    """What all sentences of a request say about words: how rare a stem is, and which words are names.

    idf: stem -> ln(1 + N / n) over sentences. names: folded words that stand capitalised inside sentences.
    """

    idf: Mapping[str, float]
    names: frozenset[str]
    sentences: int
    _unseen: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_unseen", math.log(1 + self.sentences))

    def weight(self, token: Token) -> float:
        """How much a word says here; unseen words say the most."""
        return self.idf.get(token.stem, self._unseen)


@dataclass(frozen=True, slots=True)
class Story:
    """One article as its sentences, with the names that it introduces, in order: (sentence number, parts).

    roles: two words before a name ("russia leader") -> the sentence that first names somebody so, and the name.
    numbered: the last part of a name with a number behind it ("Route 66") -> the sentences that have it, and the number.
    """

    sentences: tuple[Sentence, ...]
    introductions: tuple[tuple[int, tuple[str, ...]], ...]
    roles: Mapping[tuple[str, str], tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    numbered: Mapping[str, tuple[tuple[int, float], ...]] = field(default_factory=dict)

    def before(self, key: Key) -> Reading | None:
        """The reading of the sentence before `key`, if there is one."""
        number = key.number - 1
        if 0 <= number < len(self.sentences) and not self.sentences[number].heading:
            return read(self.sentences[number].text)
        return None


def folded(token: Token) -> str:
    return strip_accents(lexicon.DEMONYMS.get(token.norm, token.norm))


def named(reading: Reading, words: Corpus) -> Reading:
    """The reading with those names added that open a sentence and are known from elsewhere ("Putin told ...")."""
    kept = reading.named
    if kept is not None and kept[0] is words.names:
        return kept[1] or reading
    found = _named(read(reading.text), words.names)
    found.named = (words.names, None)  # itself
    if found is not reading:
        reading.named = (words.names, found)
    return found


def _named(reading: Reading, known: frozenset[str]) -> Reading:
    taken = {i for name in reading.names for i in range(name.first, name.last + 1)}
    added = [
        Name(i, i, t.start, t.end, (folded(t),), reading.text[t.end : t.end + 2] in ("'s", "’s"))
        for i, t in enumerate(reading.tokens)
        if t.norm in known and i not in taken and t.text[0].isupper() and t.content and t.norm not in _DATES
    ]
    if not added:
        return reading
    return reading.with_names(tuple(sorted((*reading.names, *added), key=lambda n: n.first)))


_DATES = frozenset(lexicon.MONTHS) | frozenset(lexicon.WEEKDAYS)


def corpus(articles: Sequence[Sequence[Sentence]]) -> Corpus:
    """Count the words of all sentences of a request."""
    document: Counter[str] = Counter()
    inside: Counter[str] = Counter()  # words as written that do not open their sentence
    opening: Counter[str] = Counter()
    norms: dict[str, str] = {}
    total = 0
    for sentences in articles:
        for sentence in sentences:
            total += 1
            reading = read(sentence.text)
            document.update(reading.stems)
            if not sentence.heading and reading.tokens:
                opening[reading.tokens[0].text] += 1
                inside.update([token.text for token in reading.tokens])
                norms.update([(token.text, token.norm) for token in reading.tokens])
    inside.subtract(opening)
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text, norm in norms.items():
        if text[0].isupper():
            capital[norm] += inside[text]
        elif text[0].islower():
            small[norm] += inside[text] + opening[text]
    idf = {stem: math.log(1 + total / n) for stem, n in document.items()}
    names = frozenset(norm for norm, n in capital.items() if n > small[norm] and norm not in lexicon.FUNCTION)
    return Corpus(idf, names, max(total, 1))


_NO_ROLE = lexicon.FUNCTION | {""}


_VERBS = lexicon.REPORTING | lexicon.CLAIMING | lexicon.PAST_FORMS
_PLACES = frozenset(lexicon.DEMONYMS.values())


def _role_word(token: Token) -> str:
    """The stem of a word that may be an office or a relation; empty for verbs and for other names."""
    verb = token.norm in _VERBS or token.norm.endswith(("ed", "ing"))
    other = token.text[:1].isupper() and token.norm not in lexicon.TITLES and token.norm not in lexicon.DEMONYMS
    return "" if verb or other else token.stem


def story(sentences: Sequence[Sentence]) -> Story:
    """Collect the introductions of one article: runs of two or more names, and the role words before a name."""
    introductions: list[tuple[int, tuple[str, ...]]] = []
    roles: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
    numbered: dict[str, tuple[tuple[int, float], ...]] = {}
    for sentence in sentences:
        reading = read(sentence.text)
        for token, value in _numbers_behind(reading):
            numbered[token] = (*numbered.get(token, ()), (sentence.key.number, value))
        for name in reading.names:
            parts = tuple(p for p in name.parts if p not in lexicon.TITLES)
            if len(parts) >= _SECOND_NAME:
                introductions.append((sentence.key.number, parts))
            if parts and not sentence.heading:
                words = [_role_word(t) for t in reading.tokens[max(0, name.first - 2) : name.first]]
                run = [t.stem for t in reading.tokens[name.first : name.last + 1]]
                words += [w for w, p in zip(run, name.parts, strict=False) if p in lexicon.TITLES or p in _PLACES]
                for a, b in pairwise(words):
                    if a not in _NO_ROLE and b not in _NO_ROLE:
                        roles.setdefault((a, b), (sentence.key.number, parts))
    return Story(tuple(sentences), tuple(introductions), roles, numbered)


def _numbers_behind(reading: Reading) -> list[tuple[str, float]]:
    """The words with a capital that a number stands right behind ("Route 66", "Boeing 737"), folded, and the number."""
    found = []
    for value in reading.values:
        if (
            value.kind == "number"
            and not value.bound
            and not value.range
            and reading.text[value.start - 1 : value.start] == " "
        ):
            before = next((t for t in reversed(reading.tokens) if t.end <= value.start), None)
            if before is not None and before.end == value.start - 1 and before.text[0].isupper() and before.content:
                found.append((folded(before), value.amount))
    return found


# -- words --------------------------------------------------------------------------------------------------------------


_NO_GROUPS: frozenset[int] = frozenset()
_SWAPPED: dict[str, frozenset[int]] = {}  # stem -> the groups whose words may stand for each other in a fact
_KIN: dict[str, frozenset[int]] = {}  # stem -> the groups whose words show that two sentences are about one thing
_MEMBERS: dict[int, tuple[str, ...]] = {}  # stems of each group
_AS_ADVERBS: dict[str, frozenset[int]] = {}  # stem -> groups that have it as an adverb only: "largely", not "large"
_NARROWER: dict[str, frozenset[str]] = {}  # stem -> stems of narrower words that a statement may tell by it


def groups(stem: str) -> frozenset[int]:
    """The groups of words that a word may stand for in a fact."""
    return _SWAPPED.get(stem, _NO_GROUPS)


def kin(stem: str) -> frozenset[int]:
    """The groups of words that tell of one thing with a word: few, for where two sentences are said to differ."""
    return _KIN.get(stem, _NO_GROUPS)


def _build_groups() -> None:
    swapped: dict[str, set[int]] = {}
    alike: dict[str, set[int]] = {}
    for number, group in enumerate((*synonyms.SYNONYMS, *synonyms.ALIKE, *synonyms.GROUPS)):
        kept = number < len(synonyms.SYNONYMS)
        near = number < len(synonyms.SYNONYMS) + len(synonyms.ALIKE)
        stems = list(dict.fromkeys(stem_of(word) for word in sorted(group)))
        _MEMBERS[number] = tuple(stems)
        for stem in stems:
            if near:
                alike.setdefault(stem, set()).add(number)
            if kept or not near:
                swapped.setdefault(stem, set()).add(number)
        adverbs = {stem_of(w) for w in group if w.endswith("ly")} - {stem_of(w) for w in group if not w.endswith("ly")}
        for stem in adverbs:
            _AS_ADVERBS[stem] = _AS_ADVERBS.get(stem, _NO_GROUPS) | {number}
    _SWAPPED.update({stem: frozenset(numbers) for stem, numbers in swapped.items()})
    _KIN.update({stem: frozenset(numbers) for stem, numbers in alike.items()})
    for narrow, wide in synonyms.WIDER:
        stems = [stem_of(word) for word in sorted(narrow)]
        for word in wide:
            _NARROWER[stem_of(word)] = _NARROWER.get(stem_of(word), frozenset()) | frozenset(stems)


_build_groups()


_IN_PHRASES: dict[str, tuple[tuple[tuple[str, ...], int, int], ...]] = {}  # stem -> (phrase, its place there, group)


def _build_phrases() -> None:
    for number, group in enumerate(synonyms.PHRASES):
        for phrase in group:
            for place, word in enumerate(phrase):
                if place == 0 or word not in lexicon.FUNCTION:
                    stem = stem_of(word)
                    _IN_PHRASES[stem] = (*_IN_PHRASES.get(stem, ()), (phrase, place, number))


_build_phrases()


_OPPOSITES: dict[str, frozenset[str]] = {}


def opposites(stem: str) -> frozenset[str]:
    """The stems of a word's opposites."""
    return _OPPOSITES.get(stem, frozenset())


def _build_opposites() -> None:
    found: dict[str, set[str]] = {}
    for pair in lexicon.OPPOSITES:
        left, right = ({stem_of(w) for w in side.split()} for side in pair)
        for a in left:
            found.setdefault(a, set()).update(right)
        for b in right:
            found.setdefault(b, set()).update(left)
    _OPPOSITES.update({k: frozenset(v - {k}) for k, v in found.items()})


_build_opposites()


# Pairs that the stemmer makes one and that are two.
_ONE_STEM = frozenset(
    frozenset(pair.split())
    for pair in """relation relative, relations relatives, industry industrial, general generation, university universe,
    universal university, organ organisation, policy police, new news""".split(",")
)


def same(a: Token, b: Token) -> bool:
    """Whether two words say the same: one stem, one family, or a pair that news writers swap freely."""
    return _same(a, b, _SWAPPED)


def akin(a: Token, b: Token) -> bool:
    """Whether two words tell of one thing: `same` with few synonyms, for where two sentences are said to differ.

    A statement that swaps a word is faithful; two sentences that have nothing but swapped words in common need not be
    about one thing, and where they differ nobody need be wrong.
    """
    return _same(a, b, _KIN)


def _same(a: Token, b: Token, known: Mapping[str, frozenset[int]]) -> bool:
    s, t = a.stem, b.stem
    if a.norm == b.norm:
        return True
    if s == t:
        return frozenset((a.norm, b.norm)) not in _ONE_STEM
    mine = known.get(s)
    theirs = known.get(t) if mine else None
    swapped = mine and theirs and not mine.isdisjoint(theirs) and _swapped(a, b, mine & theirs)
    if not swapped and s[:4] != t[:4] and a.norm[:4] != b.norm[:4]:
        return False  # no family has less in common
    if a.norm[0].isdigit() or b.norm[0].isdigit():
        return False
    return bool(swapped) or family(s, t) or family(a.norm, b.norm)


def _swapped(a: Token, b: Token, shared: frozenset[int]) -> bool:
    """Whether two words stand in one group, each in the form that is meant there: "largely" is "mainly", "large" is not."""
    for token in (a, b):
        if not token.norm.endswith("ly"):
            shared = shared - _AS_ADVERBS.get(token.stem, _NO_GROUPS)
    return bool(shared)


def family(a: str, b: str) -> bool:
    """Whether two words differ in a known ending only: inflection behind four common letters, derivation behind five.

    Agents and abstracts (-er, -ist, -ity) are other things than what they come from: form and former, part and party.
    """
    return a[:4] == b[:4] and _family(a, b)


@lru_cache(maxsize=65_536)
def _family(a: str, b: str) -> bool:
    common = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        common += 1
    rest = a[common:], b[common:]
    if set(rest) in ({"y", ""}, {"i", ""}):  # party and part, county (stem counti) and count
        return False
    if common >= 5:
        return rest[0] in _DERIVED and rest[1] in _DERIVED
    return common == 4 and rest[0] in _INFLECTED and rest[1] in _INFLECTED


def same_name(a: str, b: str) -> bool:
    """Whether two folded name parts are one name: equal, or spellings of a long one (Zelensky, Zelenskyy).

    A last letter tells people apart (Christina, Christine; Alexandrov, Alexandrova), unless it is an i, j or y.
    """
    return a == b or (a[:5] == b[:5] and _same_name(a, b))


@lru_cache(maxsize=65_536)
def _same_name(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 6 or a[0] != b[0] or not (a.isalpha() and b.isalpha()):
        return False
    if abs(len(a) - len(b)) > 2:
        return False
    if a[-1] != b[-1] and not {a[-1], b[-1]} <= set("ijy"):
        return False
    return bool(JaroWinkler.similarity(a, b) >= _NAME_NEAR)


def matches(fact: Reading, sentence: Reading) -> dict[int, list[int]]:
    """For each token index of the statement, the token indices of the sentence that say the same, or something narrower.

    Another word of one meaning does not count where the sentence has the statement's opposite: "new" is not its "recently"
    where it says "old".
    """
    by_stem, by_head = sentence.places
    found: dict[int, list[int]] = {}
    for i, token in enumerate(fact.tokens):
        hits = by_stem.get(token.stem)
        if hits is None and token.content:
            near = {j for head in (token.stem[:4], token.norm[:4]) for j in by_head.get(head, ())}
            for group in _SWAPPED.get(token.stem, ()):
                for other in _MEMBERS[group]:
                    near.update(by_stem.get(other, ()))
            hits = [j for j in sorted(near) if sentence.tokens[j].content and same(token, sentence.tokens[j])]
            narrower = _NARROWER.get(token.stem) if not hits else None
            if narrower and _may_widen(fact, i):
                hits = sorted(j for stem in narrower for j in by_stem.get(stem, ()) if sentence.tokens[j].content)
            if hits and _opposed(token, fact, by_stem):
                hits = [j for j in hits if family(token.norm, sentence.tokens[j].norm)]
            if not hits and token.stem in _IN_PHRASES:
                hits = _phrased(fact, i, sentence)
        found[i] = list(hits or ())
    return found


def _phrased(fact: Reading, i: int, sentence: Reading) -> list[int]:
    """The tokens of the sentence that say in another number of words what a token is, or is a part of: "called off"."""
    by_stem, _ = sentence.places
    for words, offset, group in _IN_PHRASES[fact.tokens[i].stem]:
        if not _stands(words, i - offset, fact):
            continue
        for other in synonyms.PHRASES[group]:
            if other is words or len(other) == len(words) == 1:
                continue
            for j in by_stem.get(stem_of(other[0]), ()):
                if _stands(other, j, sentence):
                    whole = range(j, j + len(other))
                    return [k for k in whole if sentence.tokens[k].content] or [j]
    return []


def _stands(words: Sequence[str], at: int, reading: Reading) -> bool:
    """Whether a phrase stands at a token: its first word in any form, the others as they are."""
    if at < 0 or at + len(words) > len(reading.tokens) or reading.tokens[at].stem != stem_of(words[0]):
        return False
    return all(reading.tokens[at + k].norm == words[k] for k in range(1, len(words)))


def _opposed(token: Token, fact: Reading, by_stem: Mapping[str, Sequence[int]]) -> bool:
    """Whether the sentence has the opposite of a word, and the statement has not."""
    return any(stem in by_stem and stem not in fact.stems for stem in _OPPOSITES.get(token.stem, ()))


# Where a statement speaks of all, of none or of the first of a kind, a wider kind makes it say more, not less.
_OF_A_KIND = frozenset(lexicon.QUANTIFIERS) | frozenset(
    "only just first last least solely sole single unique worst".split()
)
_BEFORE = 4  # words before a noun among which its quantity stands


def _may_widen(fact: Reading, i: int) -> bool:
    """Whether a wider word makes a statement say less: "a hurricane" is a storm, "the worst hurricane" not the worst storm."""
    return not fact.negations and not any(
        t.norm in _OF_A_KIND or t.norm in lexicon.NEGATION or t.norm.endswith(("est", "less"))
        for t in fact.tokens[max(0, i - _BEFORE) : i]
    )


def coverage(fact: Reading, sentence: Reading, words: Corpus) -> float:
    """Weighted share (0..1) of the statement's content words that the sentence has."""
    aligned = matches(fact, sentence)
    total = covered = 0.0
    for i, token in enumerate(fact.tokens):
        if token.content:
            weight = words.weight(token)
            total += weight
            covered += weight if aligned[i] else 0.0
    return covered / total if total else 0.0


def focus_share(reading: Reading, focus: str, words: Corpus) -> float:
    """Weighted share (0..1) of the focus' content words that a text has."""
    wanted = [t for t in read(focus).tokens if t.content]
    total = sum(words.weight(t) for t in wanted)
    hit = sum(words.weight(t) for t in wanted if any(same(t, o) for o in reading.tokens if o.content))
    return hit / total if total else 0.0


def verbatim_run(fact: Reading, sentence: Reading) -> int:
    """The longest run of tokens outside quotation marks that both have, in words."""
    inside = fact.quotations
    keep = [t.norm for t in fact.tokens if not any(q.start <= t.start < q.end for q in inside)]
    other = [t.norm for t in sentence.tokens]
    best = 0
    previous = [0] * (len(other) + 1)
    for word in keep:
        current = [0] * (len(other) + 1)
        for j, o in enumerate(other, start=1):
            if word == o:
                current[j] = previous[j - 1] + 1
                best = max(best, current[j])
        previous = current
    return best
