"""Holding every statement of a draft against the sentences that it cites, and against those that it should have cited.

Takes: a draft, and a `Table` of all sentences. Gives: the same shape with citations, checks, and a reason for what fails.
Does not know: models, origins, agreement, or where a draft comes from.

Rule 1: a statement is published only if one sentence carries all of it, word by word (`compare`, strict).
Rule 2: whether a citation is the right one is decided by comparison: a sentence that carries the statement is added,
        one that fails by itself goes.
Rule 3: other articles support a statement in their own words (`compare`, lenient) or state a part of it; only what
        supports the whole of it counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer import anchor as anchoring
from summarizer import datelines, lexicon, polarity, support
from summarizer.compare import Comparison, compare
from summarizer.contract import Verdict
from summarizer.likeness import Corpus, Story, corpus, matches, named, opposites, same, story
from summarizer.retold import together, uncredited
from summarizer.roles import speakers, verbal
from summarizer.values import (
    Block,
    Checked,
    Checks,
    Citation,
    Cite,
    Doubt,
    Draft,
    Key,
    Origins,
    Sentence,
    Statement,
    Verified,
)
from summarizer.words import Reading, Value, balanced, quotations, read

# Shares of a statement's weighted content words that another article's sentence must have. Set by hand while the citations
# of five real articles were read; not tuned on labelled data. Row 5 of docs/evaluation.md measures them: precise, low recall.
SUPPORTS = 0.62
PARTLY = 0.42
# A sentence that the proposer names needs less: two judgements agree.
SUPPORTS_CITED = 0.5
PARTLY_CITED = 0.34
_SAID = 0.4  # two reports name the same people; that alone is no support
_PER_ARTICLE = 3  # candidates compared in each article: a bound on the work, not measured by itself
_ARTICLES = 24  # articles compared for one statement: beyond that, further support changes no verdict
_HOLDERS = 400  # sentences that hold a word, beyond which it finds none in particular
_LONGEST = 2_000  # characters of one statement: no sentence of an article is longer, so none can carry more
_CAN_CARRY = 0.55
# Of a statement's words, what a sentence must have before a judge may be asked about the others: as much as a sentence that
# the proposer names needs to support a statement, since here too two judgements agree. Set by hand.
_DOUBTED = SUPPORTS_CITED


@dataclass(frozen=True, slots=True)
class Table:
    """All sentences of a request, by article and number, with what comparisons need to know about them.

    readings: of all sentences, held as long as the table is, so that each is read once.
    """

    sentences: tuple[tuple[Sentence, ...], ...]
    stories: tuple[Story, ...]
    words: Corpus
    index: Mapping[str, tuple[Key, ...]]
    anchors: anchoring.Index
    readings: tuple[tuple[Reading, ...], ...] = ()

    def __getitem__(self, key: Key) -> Sentence:
        return self.sentences[key.article][key.number]

    def has(self, key: Key) -> bool:
        """Whether there is such a sentence."""
        return 0 <= key.article < len(self.sentences) and 0 <= key.number < len(self.sentences[key.article])


def readings_of(sentences: Sequence[Sequence[Sentence]]) -> tuple[tuple[Reading, ...], ...]:
    """The readings of all sentences. As long as somebody holds them, nobody reads one of these texts again."""
    return tuple(tuple([read(sentence.text) for sentence in article]) for article in sentences)


def table(sentences: Sequence[Sequence[Sentence]]) -> Table:
    """Index all sentences; `sentences[i][j].key` must be `(i, j)`."""
    readings = readings_of(sentences)
    index: dict[str, list[Key]] = defaultdict(list)
    for article, rows in zip(sentences, readings, strict=True):
        for sentence, reading in zip(article, rows, strict=True):
            key = sentence.key
            for stem in reading.stems:
                index[stem].append(key)
    words = corpus(sentences)
    holders = {stem: tuple(keys) for stem, keys in index.items()}
    return Table(
        tuple(tuple(article) for article in sentences),
        tuple(story(article) for article in sentences),
        words,
        holders,
        anchoring.index(holders, words.sentences),
        readings,
    )


def anchor(fact: Reading, sentences: Table, cited: Collection[Key] = (), *, headings: bool = False) -> tuple[Key, ...]:
    """The sentences that a statement rests on by comparison with all others, best first.

    What it cites stays where it holds against the best. Whether any of them carries the statement is for the checks.
    """
    return anchoring.choose(_ranked(fact, sentences, headings=headings), cited)


def _ranked(fact: Reading, sentences: Table, *, headings: bool = False) -> list[tuple[float, Key]]:
    return anchoring.rank(
        fact,
        sentences.anchors,
        sentences.words,
        lambda k: read(sentences[k].text),
        lambda k: headings or not sentences[k].heading,
    )


def verify(draft: Draft, sentences: Table, known: Mapping[Statement, Checked] | None = None) -> Verified:
    """Check every statement of a draft. A statement said twice is rejected the second time.

    known: what `check` has said of some of them already (`Witnesses.checked`).
    """
    known = known or {}

    def alone(statement: Statement) -> Checked:
        return known.get(statement) or check(statement, sentences)

    seen: list[Reading] = []
    done: list[tuple[Checked, ...]] = []
    for sentence in draft.sentences:
        subject: tuple[str, ...] = ()
        row: list[Checked] = []
        for number, statement in enumerate(sentence.statements):
            subject = subject if number else ()
            checked = check(statement, sentences, subject=subject) if subject else alone(statement)
            reading = named(read(statement.text), sentences.words)
            if not number and not _is_clause(statement.text):
                checked = _nothing(checked)  # a bare name or code word opens no sentence
            checked = _stating(checked, sentences)
            if checked.reason is None and _told(reading, seen, sentences.words):
                checked = _reject(statement, checked, "told_twice")
            if checked.reason is None:
                seen.append(reading)
            if not number and reading.names:
                subject = tuple(p for p in reading.names[0].parts if p not in lexicon.TITLES)
            row.append(checked)
        done.append(tuple(row))
    return Verified(
        sentences=tuple(done),
        headline=_stating(check(draft.headline, sentences, headings=True), sentences, headings=True)
        if draft.headline
        else None,
        disputes=tuple(tuple(_stating(alone(p), sentences) for p in d.positions) for d in draft.disputes),
        spare=tuple(_stating(alone(s), sentences) for s in draft.spare),
        uncited=draft.uncited,
    )


def _nothing(checked: Checked) -> Checked:
    """The statement rejected as one that says nothing, unless something else is wrong with it already."""
    return checked if checked.reason is not None else replace(checked, reason="says_nothing")


_TITLE_WORDS = 3
"""Words of a line in title case that are no names elsewhere ("Tresk Ferry Strikes Grain Barge"): with so many it is no mere name,
nor with one of them and a small word ("Xi Jinping to Visit Vladimir Putin"). Set by hand."""


_CAPITALS = 3  # words of a headline all in capitals, where names cannot be told, that are no mere name. Set by hand.


def _stating(checked: Checked, sentences: Table, *, headings: bool = False) -> Checked:
    """The statement, rejected if it states nothing: a question, an order, an address to the reader, a bare name or code.

    headings: it is a headline, where a name and a verb in title case ("Karrow Resigns") and a line in capitals are enough.
    """
    fact = read(checked.text)
    named_in = {i for n in fact.names for i in range(n.first, n.last + 1)}
    words = [(i, t) for i, t in enumerate(fact.tokens) if t.content and not any(char.isdigit() for char in t.norm)]
    titled = [
        (i, t) for i, t in words if i in named_in and not t.text.isupper() and t.norm not in sentences.words.names
    ]
    small = any(not t.content for t in fact.tokens)
    told = fact.unspaced or any(i not in named_in for i, _ in words) or len(titled) >= (1 if small else _TITLE_WORDS)
    if headings and len(fact.tokens) == 1:
        told = fact.unspaced
    elif headings and not told:
        told = any(i and _like_a_verb(t.norm) for i, t in titled)
        told = told or (checked.text.isupper() and sum(t.norm.isalpha() for t in fact.tokens) >= _CAPITALS)
    return checked if told and polarity.states(fact) else _nothing(checked)


def _like_a_verb(norm: str) -> bool:
    """Whether a word in title case has the form of a verb; `verbal` takes every word with a capital letter for a name."""
    ending = norm.endswith(("s", "ed")) and not norm.endswith(("ss", "us", "is", "'s"))
    return ending or norm in lexicon.PAST_FORMS or norm in lexicon.IRREGULAR


def check(
    statement: Statement,
    sentences: Table,
    *,
    subject: tuple[str, ...] = (),
    headings: bool = False,
    reanchor: bool = True,
    but_words: Key | None = None,
) -> Checked:
    """Check one statement.

    subject: whom its leading pronoun or participle means. headings: it may rest on headings. reanchor: whether sentences
    that it does not cite may carry it. but_words: a sentence that may carry it although words of it stand nowhere there, if
    nothing else speaks against it (`Doubt`); the words are named in the checks.
    """
    fact = named(read(statement.text), sentences.words)
    if len(statement.text) > _LONGEST:
        return _reject(statement, None, "length_rejected")
    if _MARKS.search(statement.text):
        return _reject(statement, None, "marker_in_text")
    if not balanced(statement.text):
        return _reject(statement, None, "quotation_unbalanced")
    cited = list(dict.fromkeys(c.key for c in statement.cites if c.mark == "" and sentences.has(c.key)))
    if not any(t.content for t in fact.tokens):
        return _reject(statement, None, "says_nothing")
    if not statement.cites and not statement.invented and not reanchor:
        return _reject(statement, None, "no_citation")
    strict: dict[Key, Comparison] = {k: _strict(fact, statement.text, k, sentences, subject) for k in cited}
    looked_at = candidates(fact, sentences, headings=headings)
    shares = {k: share for k, share in looked_at.items() if share >= _NEAR}
    others = [k for k in shares if k not in strict]
    whole = any(
        c.coverage == 1.0 and not c.conflicts and _same_text(statement.text, sentences[k].text)
        for k, c in strict.items()
    )
    # A sentence of an article itself rests on itself; others can only support it in their own words. And a sentence that
    # lacks two fifths of the words by their stems cannot carry a statement: synonyms do not make up for that.
    near = {
        k: _strict(fact, statement.text, k, sentences, subject) for k in others if not whole and shares[k] >= _CAN_CARRY
    }
    carrying = [k for k, c in strict.items() if c.reason is None]
    if reanchor or carrying:
        carrying += [k for k, c in near.items() if c.reason is None and not (sentences[k].heading and not headings)]
    doubted = False
    if not carrying and but_words is not None:
        found = (
            strict.get(but_words) or near.get(but_words) or _strict(fact, statement.text, but_words, sentences, subject)
        )
        if _only_words(fact, found, sentences[but_words]):
            near[but_words], doubted = found, True
            carrying = [but_words]
    if not carrying:
        shown = sorted(shares, key=lambda k: (-shares[k], k)) or [
            k for _, k in _ranked(fact, sentences, headings=headings)
        ]
        for key in shown[:_PER_ARTICLE]:
            if key not in strict and key not in near:
                near[key] = _strict(fact, statement.text, key, sentences, subject)
        nearest = _nearest(fact, strict, near)
        best = strict.get(nearest) or near.get(nearest) if nearest is not None else None
        reason = best.reason if best is not None and best.coverage > 0 else None
        if not cited and statement.invented:
            reason = "unknown_id"
        elif not cited:
            about = best is not None and max(best.coverage, _shared_words(fact, best)) >= PARTLY
            reason = reason if about else "no_citation"
        doubt = None
        if nearest in cited and best is not None and (headings or not sentences[nearest].heading):
            doubt = Doubt(nearest, subject) if _only_words(fact, best, sentences[nearest]) else None
        return Checked(
            statement.text,
            tuple(_cite(k, sentences) for k in cited),
            best.checks if best is not None else Checks(),
            reason or "words_not_in_source",
            nearest,
            lead=statement.lead,
            tail=statement.tail,
            doubt=doubt,
        )
    introducing: set[Key] = set()
    parts: dict[Key, float] = {}
    citations: dict[Key, Citation] = {
        k: _cite(k, sentences, wording=(strict.get(k) or near[k]).wording) for k in carrying
    }
    for key in [*cited, *others]:
        if key in citations or (sentences[key].heading and not headings):
            continue
        own = key in strict
        loose = compare(
            fact, sentences[key], sentences.stories[key.article], sentences.words, subject=subject, lenient=True
        )
        said = _said(fact, loose) >= _SAID
        enough = loose.reason is None and loose.coverage >= (SUPPORTS_CITED if own else SUPPORTS)
        there = named(read(sentences[key].text), sentences.words)
        tells = support.level(loose, support.likeness(fact, there, sentences.words))
        if loose.coverage < SUPPORTS and (enough or tells == "whole") and not support.deed_told(fact, there):
            # So little is told only by a sentence that tells what was done.
            enough, tells = False, "part"
        if (enough or tells == "whole") and not support.all_told(fact, there, sentences.words):
            enough, tells = False, "part"
        if said and (enough or tells == "whole"):
            citations[key] = _cite(key, sentences)
        elif (tells or (loose.coverage >= (PARTLY_CITED if own else PARTLY) and _is_part(loose))) and _about(
            fact, loose
        ):
            citations[key] = _cite(key, sentences, partial=True)
        if loose.coverage >= support.PART or key in citations:
            parts[key] = loose.coverage
    for key, citation in _in_two(fact, citations, parts, sentences, subject).items():
        citations[key] = citation
    for key in _alike(fact, looked_at, {c.key.article for c in citations.values()}, sentences):
        citations[key] = _cite(key, sentences, partial=True)
    for key in carrying:
        for number in (strict.get(key) or near[key]).context:
            whom = Key(key.article, number)
            citations.setdefault(whom, _cite(whom, sentences, partial=True))
            introducing.add(whom)
    kept = _thin(citations, introducing)
    first = strict.get(carrying[0]) or near[carrying[0]]
    run = max((strict.get(k) or near[k]).checks.verbatim_run for k in carrying)
    checks = Checks(
        quotes=first.checks.quotes,
        numbers=first.checks.numbers,
        names=first.checks.names,
        roles=first.checks.roles,
        negation=first.checks.negation,
        unsupported_words=first.missing if doubted or not first.reason else (),
        verbatim_run=run,
    )
    return Checked(statement.text, kept, checks, lead=statement.lead, tail=statement.tail)


def _alike(fact: Reading, shares: Mapping[Key, float], cited: Collection[int], sentences: Table) -> list[Key]:
    """For each article that is not cited, the sentence that is most like the statement, if it tells a part of it.

    shares: the `candidates`.
    """
    best: dict[int, Key] = {}
    for key in sorted(shares, key=lambda k: (-shares[k], k)):
        if key.article not in cited and not sentences[key].heading:
            best.setdefault(key.article, key)
    found = []
    for article, key in best.items():
        there = named(read(sentences[key].text), sentences.words)
        if support.likeness(fact, there, sentences.words) < support.ALIKE:
            continue
        c = compare(fact, sentences[key], sentences.stories[article], sentences.words, lenient=True)
        if set(c.conflicts) <= support.IN_PART and _about(fact, c):
            found.append(key)
    return found


class Witnesses:
    """Which origins state a statement in full; what was found is kept for `verify`, since most of these are then verified.

    checked: what `check` said of each statement that was asked for.
    """

    def __init__(self, sentences: Table, origins: Origins) -> None:
        self.sentences = sentences
        self.origins = origins
        self.checked: dict[Statement, Checked] = {}

    def __call__(self, statement: Statement) -> dict[tuple[Key, ...], int]:
        """The sentences, or pairs of neighbours, that state it in full, and their origins; none where it is rejected."""
        if statement not in self.checked:
            self.checked[statement] = check(statement, self.sentences)
        checked = self.checked[statement]
        if checked.reason is not None:
            return {}
        return {c.keys: self.origins.of_passage(c.keys) for c in checked.citations if not c.partial}


def _in_two(
    fact: Reading,
    citations: Mapping[Key, Citation],
    parts: Mapping[Key, float],
    sentences: Table,
    subject: tuple[str, ...],
) -> dict[Key, Citation]:
    """For each article that states a part at most: two neighbouring sentences that state the whole together, if any do.

    What one report tells in one sentence another tells in two. parts: the coverage of what may state a part; the best one of
    an article is read together with its neighbours. Two that state a part are told where no sentence does.
    """
    whole = {c.key.article for c in citations.values() if not c.partial}
    some = {c.key.article for c in citations.values()}
    best: dict[int, Key] = {}
    for key in sorted(parts, key=lambda k: (-parts[k], k)):
        if key.article not in whole:
            best.setdefault(key.article, key)
    found: dict[Key, Citation] = {}
    for article, key in best.items():
        alone = _share(fact, read(sentences[key].text), sentences.words)
        for number in (key.number - 1, key.number):
            passage = _passage(Key(article, number), sentences)
            if passage is None:
                continue
            share = _share(fact, read(passage.text), sentences.words)
            if share < _CAN_STATE or share <= alone:
                continue
            c = compare(fact, passage, sentences.stories[article], sentences.words, subject=subject, lenient=True)
            there = named(read(passage.text), sentences.words)
            told = support.level(c, support.likeness(fact, there, sentences.words))
            stated = c.coverage >= SUPPORTS and _said(fact, c) >= _SAID
            if told == "whole" and stated and support.all_told(fact, there, sentences.words):
                found[passage.key] = Citation(passage.key, passage.start, passage.end, two=True)
                break
            if told and article not in some and passage.key not in found:
                found[passage.key] = Citation(passage.key, passage.start, passage.end, partial=True, two=True)
    return found


def _share(fact: Reading, there: Reading, words: Corpus) -> float:
    """Weighted share (0..1) of a statement's content words whose stems a text has: a cheap look before the comparison."""
    told = {t.stem: words.weight(t) for t in fact.tokens if t.content}
    total = sum(told.values())
    return sum(w for stem, w in told.items() if stem in there.stems) / total if total else 0.0


# Of the stems, without which synonyms hardly reach `SUPPORTS`. On the tune half of row 7, with that bound: recall of whole
# citations .74, .75 without it; on five real articles the engine takes .37 s with it, .51 s without.
_CAN_STATE = 0.45
_GAP = 3  # characters between two sentences that stand side by side: spaces, the end of a line or of a paragraph


def _passage(first: Key, sentences: Table) -> Sentence | None:
    """A sentence and the one behind it as one, if they stand side by side in the story."""
    second = Key(first.article, first.number + 1)
    if not sentences.has(first) or not sentences.has(second):
        return None
    a, b = sentences[first], sentences[second]
    if a.heading or b.heading or not 0 <= b.start - a.end <= _GAP:
        return None
    return replace(a, end=b.end, text=f"{a.text} {b.text}")


def _only_words(fact: Reading, c: Comparison, sentence: Sentence) -> bool:
    """Whether words of its own are all that speaks against a statement, so that somebody else may say what they mean.

    A word that may be a name (it has a capital letter, or its letters know none), a value (a digit, or a word for when or how
    much) or the opposite of a word of the sentence is not such a word. Neither is any in a script without spaces, where names
    cannot be told from words. And who did it to whom is known by the verb: with another verb, what stands around it must stand
    around it in the sentence's order, and behind the same "by", "to" or "from". A number must count the same thing there.
    """
    if c.conflicts != ("words_not_in_source",) or c.coverage < _DOUBTED or fact.unspaced or not c.missing:
        return False
    if any(w != w.casefold() or w.upper() == w or w in _VALUES or any(ch.isdigit() for ch in w) for w in c.missing):
        return False
    span = read(sentence.text)
    # What denies the sentence's own verb, or leaves it undone, finds nothing of another verb that it could deny.
    if (polarity.denied(span) and not polarity.denied(fact)) or {t.norm for t in span.tokens} & _UNDONE:
        return False
    stems = {t.stem for t in span.tokens}
    if any(t.text in c.missing and opposites(t.stem) & stems for t in fact.tokens):
        return False
    mine, theirs = ({t.norm for t in reading.tokens} & _DIRECTIONS for reading in (fact, span))
    if mine - theirs or ("by" in theirs and "by" not in mine):
        return False
    last = 0
    met = matches(fact, span)
    found = {j for hits in met.values() for j in hits}
    for j, token in enumerate(span.tokens):
        if (
            token.norm in theirs - mine
            and next((k for k in range(j + 1, len(span.tokens)) if span.tokens[k].content), -1) in found
        ):
            return False  # "lost to Brask" is not "beat Brask"
    for i, token in enumerate(fact.tokens):
        if not token.content or not met.get(i) or any(v.start <= token.start < v.end for v in fact.values if _dates(v)):
            continue
        after = [j for j in met[i] if j >= last]
        if not after:
            return False
        last = min(after)
    counted = {(v.kind, v.amount, v.unit) for v in span.values}
    return all(_dates(v) or (v.kind, v.amount, v.unit) in counted for v in fact.values)


def _dates(value: Value) -> bool:
    """Whether a value says when: that may stand anywhere in a sentence."""
    return value.kind in ("month", "weekday", "time") or value.unit.startswith("day of ")


_UNDONE = frozenset("unable stop stops stopped stopping believe believes believed suspect suspects suspected".split())
"""Words that leave a deed undone or unsure and that neither denials nor hedges hold ("stopped short of"). Set by hand."""
_VALUES = lexicon.PARTS_OF_TIME | frozenset(
    """today tomorrow yesterday tonight day days week weeks month months year years decade decades century fall half halves quarter quarters third thirds double
    doubled doubles triple tripled triples quadruple quadrupled quadruples halve halved halves twice thrice hourly daily
    weekly monthly yearly pair couple trio dozen dozens scores hundreds thousands millions billions""".split()
)
"""Words for when, how long, how often and how much that are read as no value of their own. Set by hand."""
_DIRECTIONS = frozenset("by to from against with without".split())
"""Words that turn a deed around: "praised by", "sold to", "bought from"."""


def _said(fact: Reading, c: Comparison) -> float:
    """Share of a statement's content words outside names that the sentence has: what is said, not of whom."""
    inside = {i for n in fact.names for i in range(n.first, n.last + 1)}
    words = [t.text for i, t in enumerate(fact.tokens) if t.content and i not in inside]
    for i, token in enumerate(fact.tokens):  # "the visit is significant": what it is said to be must be there
        what = next((t for t in fact.tokens[i + 1 : i + 3] if t.content and t.norm not in _SAYS_LITTLE), None)
        if token.norm not in ("is", "are", "was", "were") or what is None or what.text not in c.missing:
            continue
        if not what.norm.endswith(("ed", "ing")) and what.norm not in lexicon.WEAK_HEDGES:
            return 0.0
    return sum(1 for w in words if w not in c.missing) / len(words) if words else 1.0


_SAYS_LITTLE = frozenset("already also able capable present available".split())
"""Words behind "is" that say of nobody what he is: another sentence says the same with "can" or "has". Set by hand."""


def _about(fact: Reading, c: Comparison) -> bool:
    """Whether a sentence has a word of what a statement tells, and not only of who said it."""
    speaking = {i for heads, verb in speakers(fact) for i in (*heads, verb)}
    told = [
        t.text for i, t in enumerate(fact.tokens) if t.content and i not in speaking and t.norm not in lexicon.REPORTING
    ]
    return not told or any(word not in c.missing for word in told)


# Shares of a statement's words (by stem) below which a sentence is not even a part (`PARTLY_CITED` less what synonyms add), and
# is not looked at for `support.ALIKE`.
_NEAR = 0.3
_LOOKED_AT = 0.2


def candidates(fact: Reading, sentences: Table, *, headings: bool = False) -> dict[Key, float]:
    """The sentences that share most with a statement, with the share of its words (by stem): the best few of each article.

    Words that very many sentences hold find none; they count as shared by all.
    """
    score: dict[Key, float] = defaultdict(float)
    total = common = 0.0
    for stem, token in {t.stem: t for t in fact.tokens if t.content}.items():
        weight = sentences.words.weight(token)
        total += weight
        keys = sentences.index.get(stem, ())
        if len(keys) > _HOLDERS:
            common += weight
            continue
        for key in keys:
            score[key] += weight
    by_article: dict[int, list[tuple[float, Key]]] = defaultdict(list)
    for key, s in score.items():
        if s + common >= _LOOKED_AT * total and (headings or not sentences[key].heading):
            by_article[key.article].append((-(s + common) / total, key))
    best = sorted((min(rows)[0], article) for article, rows in by_article.items())[:_ARTICLES]
    return {key: -s for _, article in best for s, key in sorted(by_article[article])[:_PER_ARTICLE]}


def _strict(fact: Reading, text: str, key: Key, sentences: Table, subject: tuple[str, ...]) -> Comparison:
    sentence = sentences[key]
    if _same_text(text, sentence.text) and all(q.closed for q in fact.quotations):
        return Comparison(None, _by_identity(fact), 1.0, (), wording=bool(fact.quotations))
    return compare(fact, sentence, sentences.stories[key.article], sentences.words, subject=subject)


def _same_text(a: str, b: str) -> bool:
    whole = " ".join(b.split()).rstrip(".。 ")
    short = " ".join(a.split()).rstrip(".。 ")
    return short in (whole, datelines.without(whole))


def _by_identity(fact: Reading) -> Checks:
    return Checks(
        quotes="pass" if fact.quotations else "not_checked",
        numbers="pass" if fact.values else "not_checked",
        names="pass" if fact.names else "not_checked",
        roles="pass",
        negation="pass" if fact.negations else "not_checked",
        verbatim_run=len(fact.tokens)
        - sum(1 for t in fact.tokens if any(q.start <= t.start < q.end for q in fact.quotations)),
    )


def _is_part(c: Comparison) -> bool:
    """A sentence states a part if nothing in it speaks against the statement: what it lacks may only be missing."""
    lacking = {
        "number_not_in_source",
        "name_not_in_source",
        "words_not_in_source",
        "cause_not_in_source",
        "order_not_in_source",
        "quantity_not_in_source",
    }
    if c.wording:  # the very words, reported of somebody who is called otherwise there
        lacking |= {"speaker_swapped", "speaker_not_in_source"}
    return all(reason in lacking for reason in c.conflicts)


def _thin(citations: Mapping[Key, Citation], introducing: Collection[Key]) -> tuple[Citation, ...]:
    """At most two whole and one partial citation an article, partial ones only where no whole one stands.

    Sentences that say whom a pronoun means (`introducing`) stay beside the sentence with the pronoun.
    """
    kept: list[Citation] = []
    whole: dict[int, int] = defaultdict(int)
    partial: dict[int, int] = defaultdict(int)
    for citation in citations.values():
        article = citation.key.article
        if not citation.partial and whole[article] < 2:
            whole[article] += 1
            kept.append(citation)
    for citation in citations.values():
        article = citation.key.article
        if citation.key in introducing and citation.partial:
            kept.append(citation)
        elif citation.partial and not whole[article] and not partial[article]:
            partial[article] += 1
            kept.append(citation)
    return tuple(sorted(kept, key=lambda c: (c.partial, c.key)))


def _shared_words(fact: Reading, c: Comparison) -> float:
    content = sum(1 for t in fact.tokens if t.content)
    return round(1 - len(c.missing) / content, 2) if content else 0.0


def _nearest(fact: Reading, strict: Mapping[Key, Comparison], near: Mapping[Key, Comparison]) -> Key | None:
    ranked = [
        (_shared_words(fact, c), c.checks.verbatim_run, c.coverage, k in strict, -k.article, -k.number, k)
        for k, c in {**near, **strict}.items()
    ]
    return max(ranked)[-1] if ranked else None


def _cite(key: Key, sentences: Table, *, wording: bool = False, partial: bool = False) -> Citation:
    sentence = sentences[key]
    return Citation(key, sentence.start, sentence.end, wording, partial)


def _reject(statement: Statement, checked: Checked | None, reason: str) -> Checked:
    return Checked(
        statement.text,
        checked.citations if checked else (),
        checked.checks if checked else Checks(),
        reason,
        lead=statement.lead,
        tail=statement.tail,
    )


# -- what a judge is asked about ----------------------------------------------------------------------------------------


def is_quoted(checked: Checked, sentences: Table) -> bool:
    """Whether a statement is a sentence that it cites, word for word: there is nothing to judge."""
    return any(not c.partial and _same_text(checked.text, sentences[c.key].text) for c in checked.citations)


def best_first(checked: Checked, sentences: Table) -> list[Key]:
    """The sentences that state all of a statement by themselves, those that carry it word by word first."""
    fact = named(read(checked.text), sentences.words)
    whole = [c.key for c in checked.citations if not c.partial and not c.two]
    held = {key: _strict(fact, checked.text, key, sentences, ()) for key in whole}
    return sorted(whole, key=lambda k: (held[k].reason is not None, -held[k].coverage, k))


_ASKING = frozenset("is are was were do does did has have had will would can could may might shall should must".split())
"""Words that open a question, with a question mark or without ("Is the trip expected to last three days")."""


def doubted(checked: Checked, sentences: Table) -> Checked | None:
    """A rejected statement as it would stand if somebody else answered for its words; None if more than words fail."""
    if checked.reason is None or checked.doubt is None:
        return None
    statement = Statement(
        checked.text, tuple(Cite(c.key) for c in checked.citations), 0, lead=checked.lead, tail=checked.tail
    )
    found = check(statement, sentences, subject=checked.doubt.subject, but_words=checked.doubt.key)
    found = _stating(found, sentences)
    if found.reason is not None or read(checked.text).tokens[0].norm in _ASKING:
        return None
    return replace(found, checks=replace(found.checks, judge="rescued"), doubt=checked.doubt)


def with_rulings(verified: Verified, ruled: Callable[[Checked], Checked], sentences: Table) -> Verified:
    """A verified draft with what a judge made of its statements: passed, refused or rescued (`ruled` gives each).

    Only statements of sentences are rescued, since only there the answer shows who decided; and none that says what was told.
    """
    seen: list[Reading] = []
    asked = [[ruled(c) for c in row] for row in verified.sentences]
    seen += [named(read(c.text), sentences.words) for row in asked for c in row if c.reason is None and not _rescued(c)]
    rows: list[tuple[Checked, ...]] = []
    for before, row in zip(verified.sentences, asked, strict=True):
        out: list[Checked] = []
        for number, (old, new) in enumerate(zip(before, row, strict=True)):
            if _rescued(new):
                reading = named(read(new.text), sentences.words)
                if (not number and not _is_clause(new.text)) or _told(
                    reading, seen, sentences.words, but=new.checks.unsupported_words
                ):
                    new = old
                else:
                    seen.append(reading)
            out.append(new)
        rows.append(tuple(out))

    def kept(checked: Checked) -> Checked:
        new = ruled(checked)
        return checked if _rescued(new) else new

    return replace(
        verified,
        sentences=tuple(rows),
        headline=kept(verified.headline) if verified.headline is not None else None,
        disputes=tuple(tuple(kept(c) for c in row) for row in verified.disputes),
        spare=tuple(kept(c) for c in verified.spare),
    )


def _rescued(checked: Checked) -> bool:
    return checked.reason is None and checked.checks.judge == "rescued"


_TOLD = 0.9  # nine tenths of a statement's words stand in one that was told before, and no value or name is new


def _told(fact: Reading, seen: Sequence[Reading], words: Corpus, but: Collection[str] = ()) -> bool:
    """Whether a statement was told before. but: words of it that do not make it another one."""
    content = [t for t in fact.tokens if t.content and t.text not in but]
    for other in seen:
        stems = [t for t in other.tokens if t.content]
        weight = sum(words.weight(t) for t in content)
        shared = sum(words.weight(t) for t in content if any(same(t, o) for o in stems))
        new = {v.amount for v in fact.values} - {v.amount for v in other.values}
        if weight and shared >= _TOLD * weight and not new:
            return True
    return False


# -- anybody's text -----------------------------------------------------------------------------------------------------

_LIST = re.compile(r"[ \t]*(?:[-*•–—#>]+|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]+")
_STOPS = (".", "!", "?", ":", ";", "…", "”", '"', "»", "。", "！", "？", "」", "』")
_WRAPPED = 50  # characters: text is not broken into narrower lines than that; shorter lines are titles


def blocks(text: str) -> tuple[Block, ...]:
    """The stretches of a draft that sentences may run through: lines that were broken to a width are joined.

    A line goes on in the next one if it ends without a stop and the next one's first word would not have fitted, or begins
    small. Blank lines, bullets, numbers and headings separate; bullets are no part of what stands behind them.
    """
    found: list[Block] = []
    lines: list[tuple[int, int]] = []
    at = 0
    for row in [*text.splitlines(keepends=True), ""]:
        lead = len(match.group()) if (match := _LIST.match(row)) else 0
        start = at + lead + len(row[lead:]) - len(row[lead:].lstrip(" \t-*•#>"))
        end = at + len(row.rstrip())
        if lines and (start >= end or lead):
            found += _joined(text, lines)
            lines = []
        if start < end:
            lines.append((start, end))
        at += len(row)
    return tuple(found + _joined(text, lines))


def _joined(text: str, lines: Sequence[tuple[int, int]]) -> list[Block]:
    """The lines of one paragraph, those made one that are one."""
    width = max((end - start for start, end in lines), default=0)
    found: list[Block] = []
    for k, (start, end) in enumerate(lines):
        before = text[lines[k - 1][0] : lines[k - 1][1]] if k else ""
        first = text[start:end].split(maxsplit=1)[0]
        full = width >= _WRAPPED and len(before) + 1 + len(first) > width
        if found and (first[:1].islower() or (full and not before.endswith(_STOPS))):
            found[-1] = Block(found[-1].start, end)
        else:
            found.append(Block(start, end))
    return found


_MARKS = re.compile(r"[{}]|\[[\d\s,]+\]")  # braces and [3] are ours: published text has neither
_MARKER = re.compile(r"\s?\[(\d{1,4}(?:\s?,\s?\d{1,4})*)\]")


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence of a text that somebody wrote: `verdict` as DESIGN names it, `should_be` the sentence it should rest on."""

    start: int
    end: int
    text: str
    verdict: Verdict
    reason: str | None
    citations: tuple[Citation, ...]
    checks: Checks
    should_be: Key | None
    near: float = 0.0  # share of its words that the nearest single sentence has
    part: str = ""  # the statement that was judged, without markers
    differs: bool = False  # the nearest sentence counts the same thing and comes to another number


CONTRADICTS = frozenset(
    """number_not_in_source name_not_in_source negation_not_in_source negation_dropped roles_swapped speaker_swapped
    quotation_not_in_source status_changed hedge_dropped""".split()
)
_CONTRADICTED_AT = (
    0.6  # the sentence is clearly about the same thing: over half of the words stand in one source sentence
)


def judge(
    start: int, end: int, text: str, sentences: Table, order: Sequence[int], *, cited: Sequence[Key] = ()
) -> Judged:
    """Judge one sentence of anybody's text.

    `[n]` in it are read as citations of the caller's article n (from 1), which is article `order[n - 1]` here. A sentence
    that joins several statements is judged statement by statement; the worst one decides. What no sentence carries is
    never supported; where several tell it together, the reason says so (`IN_OTHER_WORDS`). cited: sentences that it
    cites, where the caller knows them.
    """
    found = _judged(start, end, text, sentences, order, cited)
    plain = _MARKER.sub("", text)
    fails = found.verdict in ("not_found", "contradicted") and found.reason != IN_OTHER_WORDS
    if fails and (rest := uncredited(plain)) != plain:
        rest += "".join(m.group() for m in _MARKER.finditer(text))
        return _without_credit(_judged(start, end, rest, sentences, order, cited), text) or found
    return found


def _judged(start: int, end: int, text: str, sentences: Table, order: Sequence[int], cited: Sequence[Key]) -> Judged:
    whole = _judge_part(start, end, text, text, sentences, order, subject=())
    if whole.verdict == "supported":
        return whole
    pieces = _pieces(text)
    parts = _best_parts(start, end, text, pieces, sentences, order) if len(pieces) > 1 else []
    if len(parts) > 1 and not any(p.reason == "says_nothing" for p in parts):
        worst = max(parts, key=lambda p: _WORSE[p.verdict])
        if worst.verdict == "supported":
            merged = {c.key: replace(c, partial=True) for p in parts for c in p.citations}
            for p in parts:
                for c in p.citations:
                    if not c.partial:
                        merged[c.key] = c
            return replace(worst, text=text, citations=tuple(merged.values()), checks=parts[0].checks)
    else:
        parts, worst = [], whole
    failing = [p for p in parts if p.verdict != "supported"]
    found = replace(worst, text=text) if len(failing) < len(parts) else whole
    retold = _judge_together(whole, failing or [whole], sentences, order, cited)
    return replace(retold, should_be=found.should_be) if retold is not None else found


def _without_credit(rest: Judged, text: str) -> Judged | None:
    """The verdict on a sentence that ends with who had the story, by the verdict on what it says before that."""
    if rest.verdict == "supported":
        citations = tuple(replace(c, partial=True) for c in rest.citations)
        return replace(rest, text=text, verdict="not_found", reason=IN_OTHER_WORDS, citations=citations)
    return replace(rest, text=text) if rest.reason == IN_OTHER_WORDS else None


# The reason of what is no sentence's own statement, and yet told by several together with nothing that speaks against it.
IN_OTHER_WORDS = "told_in_other_words"
# Of a statement's words by weight, what the few sentences must have that tell it together: less where somebody says which
# these are, and less for each of its parts. And where one sentence nearly has it all, that is the one it should follow:
# another value, name, yes or certainty there, or another role, is a change and no re-telling. Set on the tune halves of
# row 2: lower bounds for a change cost right claims of all three sets more than they caught of wrong ones.
_TOLD_TOGETHER = 0.45
_TOLD_CITED = 0.2
_NEAREST = 60  # sentences among which the few are looked for: a bound on the work, not measured by itself
_CHANGED = 0.9
_TURNED = 0.95
# An attribution of its own leaves nearly all words as they are: the limit that it had by itself, set by hand.
_SPOKEN = 0.8
# The same where a single word is missing from a short statement, of which one word is a fifth or more ("400 tonnes of
# barley", "... of wheat"); set by hand. In a longer one a word of one's own is as often right as wrong.
_ONE_WORD = 0.7
_SHORT = 5  # content words
_CHANGES = frozenset(
    """number_not_in_source name_not_in_source negation_not_in_source negation_dropped hedge_dropped hedge_not_in_source
    status_changed quantity_not_in_source quantity_dropped qualifier_dropped quotation_not_in_source""".split()
)
_TURNS = frozenset(
    """roles_swapped speaker_swapped attribution_dropped cause_not_in_source order_not_in_source
    subject_not_in_source""".split()
)


def _judge_together(
    whole: Judged, failing: Sequence[Judged], sentences: Table, order: Sequence[int], cited: Sequence[Key]
) -> Judged | None:
    """The verdict on a sentence that several sentences may tell together in other words, or None if they do not.

    failing: the statements of it that no sentence carries.
    """
    if whole.verdict == "misplaced" or whole.reason in ("length_rejected", "marker_in_text", "says_nothing"):
        return None
    for j in (whole, *failing):
        if j.differs or (j.reason in _CHANGES and j.near >= _CHANGED) or (j.reason in _TURNS and j.near >= _TURNED):
            return None
        if j.reason == "speaker_not_in_source" and j.near >= _SPOKEN:
            return None
        short = sum(t.content for t in read(j.part).tokens) <= _SHORT and len(j.checks.unsupported_words) == 1
        if j.reason == "words_not_in_source" and short and j.near >= _ONE_WORD:
            return None
    plain = " ".join(_MARKER.sub("", whole.text).split())
    fact = named(read(plain), sentences.words)
    numbers = [int(n) for m in _MARKER.finditer(whole.text) for n in m.group(1).split(",")]
    articles = {order[n - 1] for n in numbers if 0 < n <= len(order)}
    ranked = _ranked(fact, sentences, headings=True)
    if articles:
        ranked = [(score, k) for score, k in ranked if k.article in articles]
    chosen = anchoring.choose(ranked, cited)
    if not chosen:
        return None
    home = sorted(articles or {k.article for k in (*chosen, *cited)})
    around = [named(read(s.text), sentences.words) for i in home for s in sentences.sentences[i]]
    evidence = [named(read(sentences[k].text), sentences.words) for k in cited] if cited else around
    nearest = None if cited else [named(read(sentences[k].text), sentences.words) for _, k in ranked[:_NEAREST]]
    found = together(fact, evidence, around, sentences.words, nearest)
    if found.against or found.coverage < (_TOLD_CITED if cited else _TOLD_TOGETHER):
        return None
    for j in failing:
        part = named(read(j.part), sentences.words)
        if len(part.content) > 1 and together(part, evidence, around, sentences.words).coverage < _TOLD_CITED:
            return None
    checks = replace(
        whole.checks,
        numbers="pass" if fact.values else "not_checked",
        names="pass" if fact.names else "not_checked",
        negation="pass" if fact.negations else "not_checked",
        roles="not_checked",
        unsupported_words=found.missing,
    )
    citations = tuple(_cite(k, sentences, partial=True) for k in (cited or chosen))
    return replace(whole, verdict="not_found", reason=IN_OTHER_WORDS, citations=citations, checks=checks)


_WORSE = {"supported": 0, "misplaced": 1, "not_found": 2, "contradicted": 3}
_BETWEEN = re.compile(r"\bbetween(?:\s+(?!and\b)[^\s,;]+){1,5}$")
_ADDING = "with|in|on|at|near|after|before|during|by|from"
_MOST_PIECES = 8  # joints of one sentence that are tried; a longer sentence is judged by its first ones


def _pieces(text: str) -> list[str]:
    """A sentence cut at each comma, semicolon and "and", "while", "but" outside quotations, and where a marker stands before
    words that only add when, where or with what; markers stay with their piece."""
    inside = [(q.start, q.end) for q in quotations(text)]
    cuts = [0]
    for match in re.finditer(
        rf"[;,](?:\s?\[[\d, ]+\])?\s+|\s+(?=(?:and|while|but)\s)|(?<=\])\s+(?=(?:{_ADDING})\s)", text
    ):
        pair = _BETWEEN.search(text, cuts[-1], match.start()) is not None and text[match.end() :].startswith("and ")
        if not pair and not any(a <= match.start() < b for a, b in inside):
            cuts.append(match.end())
    bounds = [*cuts[: _MOST_PIECES + 1], len(text)]
    return [text[a:b] for a, b in pairwise(bounds) if text[a:b].strip()]


def _best_parts(
    start: int, end: int, text: str, pieces: Sequence[str], sentences: Table, order: Sequence[int]
) -> list[Judged]:
    """The way to join neighbouring pieces into statements of which most words are supported."""
    subject: tuple[str, ...] = ()
    first = named(read(_MARKER.sub("", text)), sentences.words)
    if first.names:
        subject = tuple(p for p in first.names[0].parts if p not in lexicon.TITLES)
    best: list[tuple[float, int, list[Judged]]] = [(0.0, 0, [])]
    for stop in range(1, len(pieces) + 1):
        options = []
        for begin in range(stop):
            raw = "".join(pieces[begin:stop])
            tail = next((p for p in pieces[stop:] if _MARKER.search(p)), "") if not _MARKER.search(raw) else ""
            marks = "".join(m.group() for m in _MARKER.finditer(tail))
            judged = _judge_part(
                start, end, _bare(raw) + marks, text, sentences, order, subject=subject if begin else ()
            )
            adds = begin > 0 and _ADDS.match(raw) and _MARKER.search(raw) and _is_clause("".join(pieces[:begin]))
            if not adds and not _is_clause(_bare(raw)):
                judged = replace(judged, verdict="not_found", reason="says_nothing")
            held = len(raw.split()) if judged.verdict == "supported" else 0
            score, count, parts = best[begin]
            options.append((score + held, count - 1, [*parts, judged]))
        best.append(max(options, key=lambda o: (o[0], o[1])))
    return best[-1][2]


_ADDS = re.compile(rf"(?:{_ADDING})\s+\w+\s+\w+")


_HELPING = lexicon.AUXILIARIES | {"been", "n't"}


def _is_clause(piece: str) -> bool:
    """Whether a piece can be judged by itself: it has a verb, or is in a language whose verbs are not known here.

    "Port Anselm" between commas says nothing alone.
    """
    reading = read(_MARKER.sub("", piece))
    if reading.tokens and reading.tokens[0].norm in lexicon.REPORTING:
        return False  # ", said Olaf Brem": whose words it tells stands before it
    if reading.unspaced or any(t.norm in _HELPING or verbal(reading, k) for k, t in enumerate(reading.tokens)):
        return True
    return polarity.elsewhere(reading)


def _bare(piece: str) -> str:
    """A piece without the connecting word before it and the comma behind it."""
    text = re.sub(r"^(?:(?:and|while|but|meanwhile|also)\s+)+", "", piece.strip(), flags=re.IGNORECASE)
    return re.sub(r"[;,]((?:\s?\[[\d, ]+\])*)$", r"\1", text)


def _judge_part(
    start: int, end: int, part: str, text: str, sentences: Table, order: Sequence[int], *, subject: tuple[str, ...]
) -> Judged:
    numbers = [int(n) for m in _MARKER.finditer(part) for n in m.group(1).split(",")]
    articles = [order[n - 1] if 0 < n <= len(order) else -1 for n in numbers]
    plain = " ".join(_MARKER.sub("", part).split())
    checked = check(Statement(plain, (), 0), sentences, headings=True, subject=subject)
    if checked.reason is None:
        strays = [a for a in articles if not any(c.key.article == a for c in checked.citations)]
        right = any(c.key.article in articles and not c.partial for c in checked.citations)
        misplaced = bool(articles) and (bool(strays) or not right)
        should = next((c.key for c in checked.citations if not c.partial), None) if misplaced else None
        verdict: Verdict = "misplaced" if misplaced else "supported"
        reason = "cited_article_does_not_say_it" if misplaced else None
        return Judged(start, end, text, verdict, reason, checked.citations, checked.checks, should)
    nearest = checked.suggestion
    verdict = "not_found"
    near, differs = 0.0, False
    if nearest is not None:
        fact = named(read(plain), sentences.words)
        c = compare(fact, sentences[nearest], sentences.stories[nearest.article], sentences.words)
        near = max(c.coverage, _shared_words(fact, c))
        differs = "number_differs" in c.conflicts and near >= _CONTRADICTED_AT
        if checked.reason in CONTRADICTS and near >= _CONTRADICTED_AT:
            verdict = "contradicted"
    return Judged(start, end, text, verdict, checked.reason, (), checked.checks, nearest, near, plain, differs)
