"""The engine without a model: whole sentences, chosen for what several origins tell, in an order that reads.

Takes: the sentences of all articles, the origins, what the words say about rarity. Gives: a draft, each sentence one fact.
Does not know: verification, agreement, models.

The method is greedy coverage (after Nenkova and Vanderwende's SumBasic and Lin and Bilmes' coverage functions): a word or
word pair counts for the origins that use it, much less once it is covered; a sentence's gain is divided by its length to
the power of .6, and position, title words and repetition in other origins are added. The weights were set by hand, and
changed once after row 7 of docs/evaluation.md was read (its tune half); on the report half the engine is not above leading
sentences.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer import lexicon
from summarizer.likeness import Corpus, focus_share
from summarizer.values import Cite, Draft, DraftSentence, Key, Origins, Sentence, Statement
from summarizer.words import Name, Reading, Token, count_words, read

_COVERS = (
    1.0,
    0.1,
    0.01,
    0.001,
    0.0001,
)  # what a word still counts, told so many times: a second time adds next to nothing
_SINGLE = 0.3  # what a word of one origin counts against one of two
_LENGTH = 0.6
_SPARE = 40
_POOL = 2_000  # candidates that compete: with 1,000 articles, the best two of each
_HOLDERS = 150  # sentences that hold a word, beyond which it tells no two of them apart
_MIN_TOKENS, _MAX_TOKENS = 7, 60
_REDUNDANT = 0.7  # weighted share of a sentence's words that a chosen one has: it would tell the same again
_ON_FOCUS = 0.2
# Beside coverage, which is 1 for the best sentence: position and title (about 1 for an opening), other origins that tell
# the same (1 each, four count), and likeness to what is chosen already.
_PRIOR, _ECHO, _ECHOES, _ALIKE = 0.35, 0.25, 4.0, 0.5
_ECHOED = 0.4  # share of words from which two independent sentences mostly tell the same fact ; set by hand, not measured by itself


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could stand in a summary by itself."""

    sentence: Sentence
    reading: Reading
    features: tuple[str, ...]
    prior: float
    words: int


def extract(
    sentences: Sequence[Sequence[Sentence]],
    origins: Origins,
    words: Corpus,
    *,
    max_words: int,
    focus: str | None = None,
) -> Draft:
    """A draft of at most `max_words` words, and up to 80 further statements (`spare`), best first."""
    pool = _candidates(sentences, origins, words)
    echo = _echoes(pool, sentences, origins, words)
    on_focus = _on_focus(pool, focus, words)
    chosen: list[Candidate] = []
    others: list[int] = []
    left = max_words
    for i in _order(pool, echo, on_focus, _weights(pool, origins), words, chosen):
        c = pool[i]
        if c.words <= left and (not focus or on_focus[i] > 1):
            chosen.append(c)
            left -= c.words
        else:
            others.append(i)
        if left < _MIN_TOKENS or len(others) > _SPARE:
            break
    taken = {c.sentence.key for c in chosen}
    ranked = sorted(range(len(pool)), key=lambda i: (-echo[i], -on_focus[i], -pool[i].prior, pool[i].sentence.key))
    spare = [pool[i] for i in ranked if pool[i].sentence.key not in taken]
    chosen = _in_order(chosen, sentences)
    return Draft(
        sentences=tuple(DraftSentence((_statement(c),)) for c in chosen),
        headline=_headline(sentences, words, chosen),
        spare=tuple(_statement(c) for c in spare[: 2 * _SPARE]),
    )


def ranked(
    sentences: Sequence[Sequence[Sentence]], origins: Origins, words: Corpus, *, focus: str | None = None
) -> list[Sentence]:
    """All sentences that could stand in a summary, in the order in which `extract` would choose them."""
    pool = _candidates(sentences, origins, words)
    echo = _echoes(pool, sentences, origins, words)
    chosen: list[Candidate] = []
    order: list[Sentence] = []
    for i in _order(pool, echo, _on_focus(pool, focus, words), _weights(pool, origins), words, chosen):
        chosen.append(pool[i])
        order.append(pool[i].sentence)
    return order


def _order(
    pool: Sequence[Candidate],
    echo: Sequence[float],
    on_focus: Sequence[float],
    weights: Mapping[str, float],
    words: Corpus,
    chosen: Sequence[Candidate],
) -> Iterator[int]:
    """The next best candidate, again and again, given what the caller has put into `chosen` meanwhile.

    Coverage only falls and likeness only grows, so a score that was computed earlier is a bound (lazy greedy, Minoux 1978).
    What repeats a chosen sentence is passed over.
    """
    covered: dict[str, int] = defaultdict(int)
    counted = 0
    told = [0.0] * len(pool)
    seen = [0] * len(pool)
    masses = [_masses(c, words) for c in pool]

    def gain(i: int) -> float:
        c = pool[i]
        mass = sum(weights[f] * _COVERS[min(covered[f], 4)] for f in c.features)
        return mass / float(max(c.words, 8) ** _LENGTH)

    top = max((gain(i) for i in range(len(pool))), default=1.0) or 1.0

    def score(i: int) -> float:
        for other in chosen[seen[i] :]:
            told[i] = max(told[i], _likeness(masses[i], {t.stem for t in other.reading.tokens}))
        seen[i] = len(chosen)
        total = gain(i) / top + _PRIOR * pool[i].prior + _ECHO * min(echo[i], _ECHOES) - _ALIKE * told[i]
        return total * on_focus[i] if total > 0 else total

    heap = [(-score(i), pool[i].sentence.key, i) for i in range(len(pool))]
    heapq.heapify(heap)
    while heap:
        while counted < len(chosen):
            for f in chosen[counted].features:
                covered[f] += 1
            counted += 1
        _, key, i = heapq.heappop(heap)
        now = score(i)
        if heap and -now > heap[0][0] and (-now, key) > heap[0][:2]:
            heapq.heappush(heap, (-now, key, i))
            continue
        if told[i] < _REDUNDANT:
            yield i


def _masses(c: Candidate, words: Corpus) -> dict[str, float]:
    return {t.stem: words.weight(t) for t in c.reading.tokens if t.content}


def _likeness(masses: Mapping[str, float], theirs: Collection[str]) -> float:
    """Weighted share (0..1) of a sentence's words that another one has."""
    total = sum(masses.values())
    return sum(w for stem, w in masses.items() if stem in theirs) / total if total else 0.0


def _in_order(chosen: list[Candidate], sentences: Sequence[Sequence[Sentence]]) -> list[Candidate]:
    """The order to read in: the first choice opens, the others follow as their articles tell them, early things first."""
    if len(chosen) < 3:
        return chosen
    opening = max(chosen, key=lambda c: (c.prior, -c.sentence.key.article, -c.sentence.key.number))
    rest = sorted(
        (c for c in chosen if c is not opening),
        key=lambda c: (
            round(c.sentence.key.number / max(len(sentences[c.sentence.key.article]), 1), 1),
            c.sentence.key,
        ),
    )
    return [opening, *rest]


def _echoes(
    pool: Sequence[Candidate], sentences: Sequence[Sequence[Sentence]], origins: Origins, words: Corpus
) -> list[float]:
    """For each candidate, how many other origins tell it too: the sum over origins of the best share of its words, above .4.

    Words that very many sentences have tell nothing apart and are passed over; the work stays linear in the sentences.
    """
    index: dict[str, list[Key]] = defaultdict(list)
    for rows in sentences:
        for sentence in rows:
            if not sentence.heading:
                for stem in dict.fromkeys(t.stem for t in read(sentence.text).tokens if t.content):
                    index[stem].append(sentence.key)
    home = {key: origins.of(key) for keys in index.values() for key in keys}
    echoes = []
    for c in pool:
        mine = {s: w for s, w in _masses(c, words).items() if len(index[s]) <= _HOLDERS}
        total = sum(mine.values())
        score: dict[Key, float] = defaultdict(float)
        for stem, weight in mine.items():
            for key in index[stem]:
                score[key] += weight
        best: dict[int, float] = defaultdict(float)
        for key, value in score.items():
            if value > best[home[key]]:
                best[home[key]] = value
        best.pop(origins.of(c.sentence.key), None)
        echoes.append(sum(b / total for b in best.values() if b >= _ECHOED * total) if total else 0.0)
    return echoes


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


def _candidates(sentences: Sequence[Sequence[Sentence]], origins: Origins, words: Corpus) -> list[Candidate]:
    titles = [{t.stem for s in article if s.heading for t in read(s.text).tokens if t.content} for article in sentences]
    pool: list[Candidate] = []
    copied = {key for c in origins.copied for key in c.keys}
    for article, rows in enumerate(sentences):
        body = [s for s in rows if not s.heading]
        for position, sentence in enumerate(body):
            reading = read(sentence.text)
            size = len(reading.tokens) if not reading.unspaced else len(sentence.text) // 2
            if sentence.key in copied or not _MIN_TOKENS <= size <= _MAX_TOKENS * (2 if reading.unspaced else 1):
                continue
            if not stands_alone(reading):
                continue
            stems = [t.stem for t in reading.tokens if t.content]
            features = tuple(dict.fromkeys([*stems, *(f"{a} {b}" for a, b in pairwise(stems))]))
            prior = math.exp(-position / 8) + (0.3 if position == 0 else 0.0)
            prior += 0.5 * len(titles[article] & set(stems)) / max(len(set(stems)), 1)
            pool.append(Candidate(sentence, reading, features, prior, count_words(sentence.text)))
    if len(pool) > _POOL:
        pool = sorted(sorted(pool, key=lambda c: (-c.prior, c.sentence.key))[:_POOL], key=lambda c: c.sentence.key)
    return pool


def _weights(pool: Sequence[Candidate], origins: Origins) -> dict[str, float]:
    holders: dict[str, set[int]] = defaultdict(set)
    first: dict[str, int] = {}
    counts: dict[str, int] = defaultdict(int)
    for c in pool:
        for f in c.features:
            holders[f].add(origins.of(c.sentence.key))
            counts[f] += 1
            first[f] = min(first.get(f, 10**6), c.sentence.key.number)
    return {
        f: (len(who) if len(who) > 1 else _SINGLE) * math.log(1 + counts[f]) * (0.7 + 0.3 * math.exp(-first[f] / 10))
        for f, who in holders.items()
    }


def _on_focus(pool: Sequence[Candidate], focus: str | None, words: Corpus) -> list[float]:
    if not focus:
        return [1.0] * len(pool)
    return [1 + 4 * s if (s := focus_share(c.reading, focus, words)) >= _ON_FOCUS else 0.2 for c in pool]


# "PORT ANSEL (Norvia Press) - ": says where the report was filed, and is no part of the sentence.
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’-]{2,40}(?:,\s[A-Z][a-z]+\.?\s\d{1,2})?\s?(?:\([^()]{2,40}\))?\s?[–—-]{1,2}\s(?=[A-Z“\"])"
)


def _statement(c: Candidate) -> Statement:
    text = " ".join(c.sentence.text.split())
    return Statement(_DATELINE.sub("", text), (Cite(c.sentence.key),))


_ASKS = frozenset("what how why who when where live watch".split())  # titles that promise what they do not say


def _headline(sentences: Sequence[Sequence[Sentence]], words: Corpus, chosen: Sequence[Candidate]) -> Statement | None:
    """The article title that shares most with the chosen sentences; without titles, the first chosen sentence."""
    said: dict[str, int] = defaultdict(int)
    for c in chosen:
        for stem in {t.stem for t in c.reading.tokens if t.content}:
            said[stem] += 1
    best: tuple[float, Key] | None = None
    for article in sentences:
        opening = next((n for n, s in enumerate(article) if not s.heading), 0)
        for s in article[max(0, opening - 1) : opening]:  # right above the story; what stands higher is a caption
            reading = read(s.text)
            stems = {t.stem for t in reading.tokens if t.content}
            if (
                not stems
                or any(mark in s.text for mark in "{}[]")
                or any(not q.closed for q in reading.quotations)
                or s.text.rstrip().endswith(("?", "？"))
                or reading.tokens[0].norm in _ASKS
            ):
                continue
            score = sum(min(said[stem], 3) for stem in stems) / (len(stems) + 3)
            if best is None or score > best[0]:
                best = (score, s.key)
    if best is not None and best[0] > 0:
        s = sentences[best[1].article][best[1].number]
        return Statement(" ".join(s.text.split()), (Cite(s.key),))
    return _statement(chosen[0]) if chosen else None
