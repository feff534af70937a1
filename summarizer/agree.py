"""From checked statements to the summary: stances, agreement, disputes, order, length.

Takes: a verified draft, the table of sentences, origins and conflicts. Gives: the `Summary`.
Does not know: models, names of articles, how an answer is written down.

Rule 1: an article counts only through a sentence of its own that states the whole fact.
Rule 2: independence before contradiction, contradiction before agreement: origins are counted, not articles, and a fact
        that an origin contradicts is `disputed` whatever its count.
Rule 3: what a sentence loses must not change what is left: behind a rejected clause only one that stands by itself stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

from summarizer import lexicon
from summarizer.denials import exclude
from summarizer.likeness import Corpus, focus_share, named, same
from summarizer.polarity import states
from summarizer.roles import HELPING, source
from summarizer.values import (
    HEDGE,
    Agreement,
    Checked,
    Citation,
    Conflict,
    Dispute,
    DisputeKind,
    Fact,
    Key,
    LeftOut,
    Line,
    Origins,
    Position,
    Rejected,
    Sentence,
    Stance,
    Summary,
    Verified,
    Warning_,
)
from summarizer.words import Reading, Value, count_words, read

_LEFT_OUT = 40
_SHARED = 2
_ON_FOCUS = 0.2

_Table = Sequence[Sequence[Sentence]]


def agree(
    verified: Verified,
    sentences: _Table,
    origins: Origins,
    conflicts: Sequence[Conflict],
    words: Corpus,
    *,
    max_words: int,
    min_origins: int = 1,
    focus: str | None = None,
) -> Summary:
    """The summary: lines of at most `max_words` words in all, facts in reading order, and everything that was left."""
    rejected = [Rejected(text, "no_citation") for text in verified.uncited]
    left: list[LeftOut] = []
    drafted: list[tuple[list[tuple[Checked, Fact]], bool]] = []
    for row in verified.sentences:
        kept, lost = _keep(row)
        rejected += [Rejected(c.text, c.reason or "depends_on_rejected", c.citations) for c in lost]
        pairs = [(c, fact_of(c, sentences, origins, conflicts, words)) for c in kept]
        if not pairs:
            continue
        weak = [f for _, f in pairs if f.origins < min_origins]
        if weak:
            left += [LeftOut(f, _weak(f)) for f in weak]
            marked = [replace(c, reason="too_few_origins") if f in weak else c for c, f in pairs]
            stays, goes = _keep(marked)
            left += [LeftOut(f, "length") for c, f in pairs if any(c is g for g in goes) and f not in weak]
            pairs = [(c, f) for c, f in pairs if any(c is s for s in stays)]
            if not pairs:
                continue
        if focus and not any(focus_share(read(f.text), focus, words) >= _ON_FOCUS for _, f in pairs):
            left += [LeftOut(f, "off_focus") for _, f in pairs]
            continue
        drafted.append((pairs, all(f.origins < _SHARED for _, f in pairs)))
    drafted.sort(key=lambda item: item[1])

    lines: list[Line] = []
    facts: list[Fact] = []
    total = 0
    for pairs, _ in drafted:
        line = _line([c for c, _ in pairs], len(facts))
        size = count_words(line.text)
        if total + size > max_words:
            left += [LeftOut(f, "length") for _, f in pairs]
            continue
        total += size
        lines.append(line)
        facts += [f for _, f in pairs]

    told = [named(read(f.text), words) for f in (*facts, *(item.fact for item in left))]
    for checked in verified.spare:
        if checked.reason is not None:
            rejected.append(Rejected(checked.text, checked.reason, checked.citations))
            continue
        fact = fact_of(checked, sentences, origins, conflicts, words)
        if len(fact.citations) < _SHARED or _repeats(named(read(fact.text), words), told, words):
            continue
        told.append(named(read(fact.text), words))
        away = focus is not None and focus_share(read(fact.text), focus, words) < _ON_FOCUS
        fits = total + count_words(fact.text) <= max_words
        why: Literal["length", "not_chosen"] = "not_chosen" if fits else "length"
        left.append(LeftOut(fact, "off_focus" if away else _weak(fact) if fact.origins < min_origins else why))
    left = _once(left, facts, words)
    left.sort(key=lambda item: -item.fact.origins)

    headline = None
    if verified.headline is not None and verified.headline.reason is None:
        headline = fact_of(verified.headline, sentences, origins, conflicts, words)
    elif verified.headline is not None:
        rejected.append(Rejected(verified.headline.text, verified.headline.reason or "", verified.headline.citations))
    if headline is None or headline.origins < min_origins:
        # Of a headline nobody sees who decided, so none rests on a judge's word.
        headline = next((fact for fact in facts if fact.checks.judge != "rescued"), None)
    elif _contested(headline, conflicts):
        # A headline shows neither agreement nor dispute, so it takes no side where the articles agree on something.
        agreed = (f for f in facts if f.origins >= _SHARED and f.checks.judge != "rescued")
        headline = next((f for f in agreed if not _contested(f, conflicts)), headline)
    disputes, refused = _disputes(verified, sentences, origins, conflicts, words)
    return Summary(
        headline=headline,
        lines=tuple(lines),
        facts=tuple(facts),
        disputes=disputes,
        left_out=tuple(left[:_LEFT_OUT]),
        left_out_total=len(left),
        rejected=(*rejected, *refused),
        warnings=_focus_warning(focus, facts, words),
    )


def _contested(headline: Fact, conflicts: Sequence[Conflict]) -> bool:
    """Whether a headline tells a value that the articles differ in, or says itself what another origin denies."""
    reading = read(headline.text)
    return headline.agreement == "disputed" or any(
        conflict.kind == "value"
        and not conflict.slot.startswith("name:")
        and (touches(conflict, conflict.a_value, reading) or touches(conflict, conflict.b_value, reading))
        for conflict in conflicts
    )


def _weak(fact: Fact) -> Literal["single_origin", "few_origins"]:
    return "single_origin" if fact.origins < _SHARED else "few_origins"


def _once(left: Sequence[LeftOut], facts: Sequence[Fact], words: Corpus) -> list[LeftOut]:
    """What was left out, each thing once, and nothing that the summary tells."""
    told = [named(read(f.text), words) for f in facts]
    kept: list[LeftOut] = []
    for item in left:
        reading = named(read(item.fact.text), words)
        if not _repeats(reading, told, words):
            told.append(reading)
            kept.append(item)
    return kept


def _focus_warning(focus: str | None, facts: Sequence[Fact], words: Corpus) -> tuple[Warning_, ...]:
    if not focus or any(focus_share(read(f.text), focus, words) >= _ON_FOCUS for f in facts):
        return ()
    return (Warning_("topic_not_covered", "The articles do not say anything about the topic that was asked for."),)


def _keep(row: Sequence[Checked]) -> tuple[list[Checked], list[Checked]]:
    """Of one sentence, the clauses that can stay and those that go."""
    kept: list[Checked] = []
    lost: list[Checked] = []
    broken = False
    for checked in row:
        if checked.reason is not None:
            lost.append(checked)
            broken = True
        elif broken and not _independent(checked):
            lost.append(checked)
        else:
            kept.append(checked)
    return kept, lost


_POINTS_BACK = frozenset("so too either likewise same".split())


def _independent(checked: Checked) -> bool:
    """Whether a clause can open a sentence: it names somebody first, or begins with an article and goes on with a verb."""
    reading = read(checked.text)
    if not reading.tokens:
        return False
    first = reading.tokens[0]
    if first.norm in lexicon.DANGLING or first.norm.endswith("ing") or first.norm.endswith("ed"):
        return False
    last = reading.tokens[-1].norm
    if (
        last in lexicon.REPORTING | lexicon.CLAIMING
        or last in _POINTS_BACK
        or any(t.norm == "so" for t in reading.tokens)
    ):
        return False  # "the owner said" and "Brem said so" would now say what stands before the gap
    verbs = (
        {"is", "are", "was", "were", "will", "has", "have", "had", "would", "can", "could", "may", "might"}
        | lexicon.REPORTING
        | lexicon.PAST_FORMS
    )
    if first.text[:1].isupper() or first.norm in ("the", "a", "an"):
        return any(t.norm in verbs or t.norm.endswith("ed") for t in reading.tokens[1:9])
    joined = checked.lead.casefold() in (
        "and",
        "while",
        "but",
        "meanwhile",
    )  # "and police questioned ...": a bare subject
    return joined and first.content and any(t.norm in verbs or t.norm.endswith("ed") for t in reading.tokens[1:3])


def _line(row: Sequence[Checked], first: int) -> Line:
    """The sentence of the given clauses, with the place of each fact in it."""
    text = ""
    spans: list[tuple[int, int, int]] = []
    for number, checked in enumerate(row):
        lead = checked.lead
        words = checked.text
        if not number:
            lead = ""
            words = words[:1].upper() + words[1:]
        if text and not _unspaced(text[-1], words[:1]):
            text += " "
        if lead:
            text += lead + " "
        start = len(text)
        text += words
        spans.append((first + number, start, len(text)))
        last = number == len(row) - 1
        tail = checked.tail
        if last:
            if not _ends(words):
                text += (
                    "."
                    if not any(mark in tail for mark in "!?。！？") and not read(words).unspaced
                    else (tail.strip(",;:、，；：") or "。")
                )
        elif tail[:1] in (",", ";", ":", *_WIDE):
            text += tail[:1]
        elif tail:
            comma = "，" if _HAN.match(words[-1:]) else ","
            text += comma if not checked.text.endswith((",", ";", *_WIDE)) else ""
    return Line(text, tuple(spans))


_WIDE = ("、", "，", "；", "：")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f]")


def _unspaced(before: str, after: str) -> bool:
    """Whether no space stands between two clauses: Chinese and Japanese have none."""
    return before in _WIDE or (_HAN.match(before) is not None and _HAN.match(after) is not None)


def _ends(words: str) -> bool:
    return words.rstrip("\"”’')]」』").endswith((".", "!", "?", "。", "！", "？", "…"))


def fact_of(
    checked: Checked, sentences: _Table, origins: Origins, conflicts: Sequence[Conflict], words: Corpus
) -> Fact:
    """Stances, origins and agreement of one checked statement."""
    reading = named(read(checked.text), words)
    citations = _demoted(checked.citations, reading, sentences, conflicts)
    whole = [c for c in citations if not c.partial]
    asserting = {c.key.article for c in whole}
    behind = {origins.of_passage(c.keys) for c in whole}
    stances: dict[int, Stance] = dict.fromkeys(sorted(asserting), "asserts")
    cited = {key for c in whole for key in c.keys}
    for conflict in conflicts:
        for mine, other, value, stance in _directions(conflict):
            if mine not in cited or other.article in asserting or not touches(conflict, value, reading):
                continue
            if stances.get(other.article) in (None, "hedges"):
                stances[other.article] = stance
    opposed = any(s in ("differs", "denies") and origins.of_article[a] not in behind for a, s in stances.items())
    text = checked.text
    return Fact(
        text=text,
        citations=citations,
        checks=checked.checks,
        agreement=_label(behind, origins, disputed=opposed),
        origins=len(behind),
        articles=len(asserting),
        stances=dict(sorted(stances.items())),
        attributed_to=attributed_to(reading),
    )


def _directions(conflict: Conflict) -> tuple[tuple[Key, Key, str, Stance], tuple[Key, Key, str, Stance]]:
    """A conflict from either side: (its own sentence, the other's, its own value, what the other's article does with it)."""
    return (
        (conflict.a, conflict.b, conflict.a_value, conflict.stances[0]),
        (conflict.b, conflict.a, conflict.b_value, conflict.stances[1]),
    )


def _demoted(
    citations: Sequence[Citation], fact: Reading, sentences: _Table, conflicts: Sequence[Conflict]
) -> tuple[Citation, ...]:
    """The citations, those partial that another one of them speaks against in what the statement says."""
    whole = {key for c in citations if not c.partial for key in c.keys}
    against: set[Key] = set()
    for conflict in conflicts:
        if conflict.a not in whole or conflict.b not in whole:
            continue
        for mine, other, value, stance in _directions(conflict):
            there = read(sentences[other.article][other.number].text)
            if touches(conflict, value, fact) and _parts(stance, fact, there) and mine not in against:
                against.add(other)
    return tuple(replace(c, partial=c.partial or not against.isdisjoint(c.keys)) for c in citations)


def _parts(stance: Stance, fact: Reading, there: Reading) -> bool:
    """Whether a sentence that hedges or denies does what the statement does not."""
    if stance == "hedges":
        return bool(there.hedges or there.marks) and not (fact.hedges or fact.marks)
    return bool(there.negations) != bool(fact.negations) if stance == "denies" else False


def _label(behind: Collection[int], origins: Origins, *, disputed: bool) -> Agreement:
    """The agreement of some origins; many that resemble one another weigh as one where it would be more than `shared`."""
    label = level(len(behind), origins.count, disputed=disputed)
    if label not in ("majority", "unanimous") or origins.voices(behind) == len(behind):
        return label
    everyone = {origin for article, origin in enumerate(origins.of_article) if article not in origins.excluded}
    weighed = level(origins.voices(behind), origins.voices(everyone), disputed=False)
    return "shared" if weighed == "single" else label if weighed == "unanimous" else weighed


def level(k: int, n: int, *, disputed: bool) -> Agreement:
    """The agreement of k asserting origins out of n, as DESIGN defines the words."""
    if disputed:
        return "disputed"
    if k == n and n > 1:
        return "unanimous"
    if k > n / 2 and k > 1:
        return "majority"
    return "shared" if k > 1 else "single"


def touches(conflict: Conflict, value: str, reading: Reading) -> bool:
    """Whether a statement says what a conflict is about: the value itself, or the words of its slot."""
    kind, _, slot = conflict.slot.partition(":")
    if conflict.slot == HEDGE:
        return value == "asserted"
    if kind == "name":
        return all(any(p in n.parts for n in reading.names) for p in value.split()[:1])
    if conflict.kind == "value":
        return any(f"{v.amount:g}" == value and v.kind == kind for v in reading.values)
    stems = {t.stem for t in reading.tokens}
    if kind == "first":
        return "first" in stems or slot in stems
    wanted = slot.split("+")
    if kind in ("negation", "opposite"):
        return any(w in stems for w in wanted)  # the word of either side
    return sum(w in stems for w in wanted) >= min(_SHARED, len(wanted))


def attributed_to(reading: Reading) -> str | None:
    """Whom a statement names as its source, as written, or None."""
    found = source(reading)
    return None if found is None else reading.text[reading.tokens[found[0]].start : reading.tokens[found[1]].end]


_REPEATS = 0.8  # left-out facts are a list to read: four fifths of the words of one already listed make it a repetition


_FEW_WORDS = 3
_NEARLY_ALL = 0.8  # of the words of two facts together; set by hand


def _surface(reading: Reading) -> tuple[frozenset[str], frozenset[tuple[str, float]], bool]:
    """The stems of a fact's words, its values, and whether it denies something."""
    stems = frozenset(t.stem for t in reading.tokens if t.norm not in lexicon.FUNCTION)
    return stems, frozenset((v.kind, v.amount) for v in reading.values), bool(reading.negations)


def _near(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one of two facts has all words of the other and hardly more."""
    return (a <= b or b <= a) and len(a & b) >= _NEARLY_ALL * len(a | b)


def _repeats(fact: Reading, told: Sequence[Reading], words: Corpus) -> bool:
    content = [t for t in fact.tokens if t.content]
    total = sum(words.weight(t) for t in content)
    letters = "".join(t.norm for t in fact.tokens)
    mine = _surface(fact)
    for other in told:
        theirs = _surface(other)
        if mine[1:] == theirs[1:] and len(mine[0]) > _FEW_WORDS and _near(mine[0], theirs[0]):
            return True  # the same words but for one, whatever weight they have here: '"I can't say," X said (in Y)'
        if letters == "".join(t.norm for t in other.tokens):
            return True  # also when there is no word of content to weigh: "I can't say."
        stems = {t.stem for t in other.tokens}
        if total and sum(words.weight(t) for t in content if t.stem in stems) >= _REPEATS * total:
            return True
    return False


# -- disputes -----------------------------------------------------------------------------------------------------------


def _disputes(
    verified: Verified, sentences: _Table, origins: Origins, conflicts: Sequence[Conflict], words: Corpus
) -> tuple[tuple[Dispute, ...], list[Rejected]]:
    found: list[tuple[DisputeKind, list[Position]]] = []
    about: list[str] = []  # of each the value that its first position has, where it is about values
    for group in _groups([c for c in conflicts if c.slot != HEDGE]):
        by_value: dict[str, set[Key]] = defaultdict(set)
        for c in group:
            by_value[c.a_value].add(c.a)
            by_value[c.b_value].add(c.b)
        positions = []
        values = sorted(by_value, key=lambda v: (-len(by_value[v]), min(by_value[v])))
        for value in values:
            ordered = sorted(by_value[value])
            best = min(ordered, key=lambda k: (len(sentences[k.article][k.number].text), k))
            text = _text(best, sentences)
            cites = [
                replace(_cite(k, sentences, text), partial=k != best and not _states(k, text, sentences))
                for k in ordered
            ]
            positions.append(Position(text, tuple(sorted(cites, key=lambda c: (c.partial, c.key)))))
        found.append((group[0].kind, positions))
        about.append(values[0])
    refused: list[Rejected] = []
    for row in verified.disputes:
        refused += [Rejected(c.text, c.reason, c.citations) for c in row if c.reason is not None]
        good = [c if c.reason is None else _verbatim(c, sentences) for c in row if c.reason is None or c.citations]
        good = [c for c in good if states(read(c.text))]
        sides = [{origins.of_passage(c.keys) for c in checked.citations if not c.partial} for checked in good]
        kind = _kind(good, words) if len(good) == len(row) >= _SHARED else None
        if kind is None or any(a & b for i, a in enumerate(sides) for b in sides[i + 1 :]):
            why = "dispute_not_in_sources" if len(good) == len(row) else "dispute_without_other_side"
            refused += [Rejected(c.text, why, c.citations) for c in row if c.reason is None]
            continue
        positions = [Position(c.text, tuple(x for x in c.citations if not x.partial)) for c in good]
        if not _merged(positions, found):
            found.append((kind, positions))
    named_by = [*about, *[""] * (len(found) - len(about))]
    return tuple(
        _dispute(kind, positions, sentences, origins, value)
        for (kind, positions), value in zip(found, named_by, strict=True)
    ), refused


def _states(key: Key, text: str, sentences: _Table) -> bool:
    """Whether a sentence has every value and name of a position that another sentence words."""
    here, wanted = read(sentences[key.article][key.number].text), read(text)
    values = {(v.kind, v.amount) for v in here.values}
    stems = {t.stem for t in here.tokens}
    named_in = {t.stem for n in wanted.names for t in wanted.tokens[n.first : n.last + 1]}
    return {(v.kind, v.amount) for v in wanted.values} <= values and named_in <= stems


def _merged(positions: Sequence[Position], found: list[tuple[DisputeKind, list[Position]]]) -> bool:
    """Whether a proposed dispute is one that the sentences showed already; its citations are then added to that one."""
    for _, known in found:
        pairs = [
            (p, k) for p in positions for k in known if {c.key for c in p.citations} & {c.key for c in k.citations}
        ]
        if len({id(p) for p, _ in pairs}) < _SHARED or len({id(k) for _, k in pairs}) < _SHARED:
            continue
        for p, k in pairs:
            held = {c.key for other in known for c in other.citations}
            more = tuple(c for c in p.citations if c.key not in held)
            known[known.index(k)] = replace(k, citations=(*k.citations, *more))
        return True
    return False


def _text(key: Key, sentences: _Table) -> str:
    return " ".join(sentences[key.article][key.number].text.split())


def _cite(key: Key, sentences: _Table, text: str) -> Citation:
    """A citation of one sentence for a position; it carries the wording if it is the position's own sentence."""
    sentence = sentences[key.article][key.number]
    same_words = " ".join(sentence.text.split()) == text
    return Citation(key, sentence.start, sentence.end, wording=same_words and bool(read(text).quotations))


def _verbatim(checked: Checked, sentences: _Table) -> Checked:
    """A position that did not hold in the proposer's words, in the words of the sentence that it cites instead."""
    first = checked.citations[0]
    return replace(checked, text=_text(first.key, sentences), citations=(replace(first, partial=False),), reason=None)


def _kind(row: Sequence[Checked], words: Corpus) -> DisputeKind | None:
    """How proposed positions differ, judged by their own words; None if they do not, or tell of different things."""
    readings = [named(read(c.text), words) for c in row]
    kinds = [_difference(a, b, words) for i, a in enumerate(readings) for b in readings[i + 1 :]]
    return next((k for k in kinds if k is not None), None)


def _difference(a: Reading, b: Reading, words: Corpus) -> DisputeKind | None:
    shared = {t.stem for t in a.tokens if t.content} & {t.stem for t in b.tokens if t.content}
    if len(shared) < _SHARED and not a.unspaced:
        return None
    x, y = {(v.kind, v.amount) for v in a.values}, {(v.kind, v.amount) for v in b.values}
    if x - y and y - x:
        return "value"
    if bool(a.hedges or a.marks) != bool(b.hedges or b.marks):
        return "status"
    if bool(a.negations) != bool(b.negations) or exclude(a, b, words):
        return "contradiction"
    p, q = {s for n in a.names for s in n.parts}, {s for n in b.names for s in n.parts}
    return "value" if p - q and q - p else None


def _groups(conflicts: Sequence[Conflict]) -> list[list[Conflict]]:
    """Conflicts about one thing: the same kind and a common sentence, or, for values, a common value of one slot."""
    groups: list[list[Conflict]] = []
    known: dict[tuple[str, object], int] = {}
    for conflict in conflicts:
        marks: list[tuple[str, object]]
        if conflict.kind == "value":
            slot = "name:" if conflict.slot.startswith("name:") else conflict.slot
            marks = [(slot, conflict.a_value), (slot, conflict.b_value)]
        else:
            marks = [(conflict.kind, conflict.a), (conflict.kind, conflict.b)]
        home = min((known[m] for m in marks if m in known), default=len(groups))
        if home == len(groups):
            groups.append([])
        groups[home].append(conflict)
        for mark in marks:
            known.setdefault(mark, home)
    return groups


def _dispute(
    kind: DisputeKind, positions: Sequence[Position], sentences: _Table, origins: Origins, value: str
) -> Dispute:
    speaking = {c.key.article for p in positions for c in p.citations}
    silent = tuple(a for a in range(len(sentences)) if a not in speaking and a not in origins.excluded)
    return Dispute(topic(positions, value), kind, tuple(positions), silent)


_TOPIC_WORDS = 7
_LEADING = 3  # words before the gap that a topic would begin with; set by hand
_TELLING = lexicon.REPORTING | lexicon.CLAIMING
_OPEN = "…"  # stands where the positions differ
_BREAK = re.compile(r"[,;:.!?()\[\]\"“”„«»]| [-–—] |[–—]")


def topic(positions: Sequence[Position], value: str = "") -> str:
    """A phrase of the first position, with the words that all share; a value that they differ in is left open ("injured … people").

    Without such a phrase: the words that all positions share, as the first one writes them; without any, its opening words.
    value: the one of the first position that they differ in, as a conflict names it; where it is not known, any may be.
    """
    readings = [read(p.text) for p in positions]
    first, others = readings[0], readings[1:]
    shared = [
        i
        for i, t in enumerate(first.tokens)
        if t.content and all(any(same(t, o) for o in r.tokens if o.content) for r in others)
    ]
    if not first.unspaced and (phrase := _phrase(positions[0].text, first, others, frozenset(shared), value)):
        return phrase
    content = [t for t in first.tokens if t.content]
    runs: list[tuple[int, int]] = []
    for token in ([first.tokens[i] for i in shared] or content)[: _TOPIC_WORDS * (4 if first.unspaced else 1)]:
        if runs and token.start < runs[-1][1]:  # overlapping bigrams of one word
            runs[-1] = (runs[-1][0], token.end)
        else:
            runs.append((token.start, token.end))
    return " ".join(dict.fromkeys(positions[0].text[start:end] for start, end in runs))


def _phrase(text: str, first: Reading, others: Sequence[Reading], shared: Collection[int], value: str) -> str:
    """The best row of words of one clause, or nothing.

    A word that all share counts one, the value that they differ in two; any other content word counts half against it, who
    said it one, what denies it or makes it unsure two. Set by hand on made sentences.
    """
    tokens = first.tokens
    differing = [v for v in first.values if _differs(v, others)]
    differing = [v for v in differing if f"{v.amount:g}" == value] or differing
    open_at = {i: v for i, t in enumerate(tokens) for v in differing if v.start <= t.start < v.end}
    others_lack = [v for v in first.values if v not in differing and _differs(v, others)]
    sealed = {i for i, t in enumerate(tokens) if any(v.start <= t.start < v.end for v in others_lack)}
    useful = [i for i in shared if tokens[i].norm not in _TELLING and i not in open_at]
    against = {i: 0.5 for i, t in enumerate(tokens) if t.content and i not in shared}
    against |= {i: 1.0 for i, t in enumerate(tokens) if t.norm in _TELLING}
    against |= dict.fromkeys((*first.negations, *first.hedges), 2.0)
    best: tuple[float, int, int, int] | None = None
    for begin in (*useful, *open_at):
        stems: set[str] = set()
        left: set[int] = set()
        lost = 0.0
        for end in range(begin, min(begin + _TOPIC_WORDS, len(tokens))):
            if end > begin and _BREAK.search(text[tokens[end - 1].end : tokens[end].start]) and end not in open_at:
                break
            if end in sealed:
                break  # a number of this position only is no part of what all tell
            if end in open_at:
                left.add(open_at[end].start)
            elif end in useful:
                stems.add(tokens[end].stem)
            else:
                lost += against.get(end, 0.0)
                continue
            score = len(stems) + 2 * bool(left) - lost
            if (
                len(stems) + len(left) > 1
                and stems
                and score > 0
                and not _cut(text, tokens[begin].start, tokens[end].end)
            ):
                row = (-score, end - begin, begin, end)
                best = row if best is None else min(best, row)
    if best is None:
        return ""
    _, _, begin, end = best
    if begin in open_at:
        begin = _led_by(text, first, begin)
    start, stop = tokens[begin].start, tokens[end].end
    told = ""
    for v in sorted({open_at[i] for i in range(begin, end + 1) if i in open_at}, key=lambda v: v.start):
        told += text[start : max(start, v.start)] + _OPEN
        start = v.end
    return " ".join((told + text[start:stop]).split())


def _led_by(text: str, reading: Reading, begin: int) -> int:
    """Where a phrase begins that would open with a gap, with the word that leads to it: "won by … votes", "was … percent"."""
    tokens = reading.tokens
    taken = {i for i, t in enumerate(tokens) if any(v.start <= t.start < v.end for v in reading.values)}
    while begin - 1 in taken and not text[tokens[begin - 1].end : tokens[begin].start].strip(" -"):
        begin -= 1  # "48.3 | percent"
    k = begin
    while k and begin - k < _LEADING and not _BREAK.search(text[tokens[k - 1].end : tokens[k].start]):
        k -= 1
        if k in taken or k in reading.negations or k in reading.hedges or tokens[k].norm in _TELLING:
            break
        if tokens[k].content or tokens[k].norm in HELPING:
            return begin if _cut(text, tokens[k].start, tokens[k].end) else k
    return begin


def _cut(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends inside a word with hyphens."""
    return text[max(start - 1, 0) : start] == "-" or text[end : end + 1] == "-"


def _differs(value: Value, others: Sequence[Reading]) -> bool:
    """Whether every other position has another value of that kind in its stead."""
    return all(
        any(v.kind == value.kind for v in r.values)
        and not any((v.kind, v.amount) == (value.kind, value.amount) for v in r.values)
        for r in others
    )
