"""Comparing a statement with one sentence of one article, word by word.

Takes: readings of `words`, and the article that a sentence stands in (for introductions of names).
Gives: a `Comparison`: which checks hold, the first reason why not, the words without a match, the share that has one.
Does not know: drafts, citations, origins, or what is done with a verdict.

Rule 1: one sentence must carry the whole statement. What is spread over two sentences is a part in each.
Rule 2: a check that cannot tell says so (`not_checked`); only what the words show is a failure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from summarizer import lexicon, polarity, roles, synonyms
from summarizer.likeness import Corpus, Story, family, folded, groups, matches, named, same, same_name, verbatim_run
from summarizer.roles import between
from summarizer.values import Checks, CheckState, Sentence
from summarizer.words import Quotation, Reading, Token, Value, fold, read, stem


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one sentence carries one statement.

    reason: None if every check that applies holds. coverage: weighted share (0..1) of the statement's content words that
    the sentence has. missing: content words without a match, as written. wording: it carries the quotation verbatim.
    context: numbers of the same article's sentences that say whom a pronoun or a role in it means.
    """

    reason: str | None
    checks: Checks
    coverage: float
    missing: tuple[str, ...]
    wording: bool = False
    conflicts: tuple[str, ...] = ()
    context: tuple[int, ...] = ()


# -- quotations ---------------------------------------------------------------------------------------------------------

_SPACES = re.compile(r"\s+")
_ELLIPSIS = re.compile(r"\s*(?:\.\s?\.\s?\.|…|\[(?:\.\.\.|…)\])\s*")


def _plain(text: str) -> str:
    return _SPACES.sub(" ", fold(text)).strip()


def carries(quotation: Quotation, text: str) -> bool:
    """Whether `text` has the quotation verbatim, but for glyphs, spaces, the first letter's case and the final stop."""
    if not quotation.closed:
        return False
    wanted = _plain(quotation.text).strip(" .,;:!?\"'").strip()
    if not wanted:
        return False
    hay = _plain(text)
    at = 0
    for part in _ELLIPSIS.split(wanted):
        piece = part.strip(" ,;")
        if not piece:
            continue
        hit = _find(hay, piece, at)
        if hit < 0:
            return False
        at = hit + len(piece)
    return True


def _find(hay: str, piece: str, at: int) -> int:
    candidates = [piece, piece[0].swapcase() + piece[1:]]
    for candidate in candidates:
        start = at
        while (hit := hay.find(candidate, start)) >= 0:
            left = hit == 0 or not (hay[hit - 1].isalnum() and candidate[0].isalnum() and candidate[0].isascii())
            stop = hit + len(candidate)
            right = stop == len(hay) or not (
                hay[stop].isalnum() and candidate[-1].isalnum() and candidate[-1].isascii()
            )
            if left and right:
                return hit
            start = hit + 1
    return -1


# -- the comparison -----------------------------------------------------------------------------------------------------


def compare(
    fact: Reading,
    sentence: Sentence,
    home: Story,
    words: Corpus,
    *,
    subject: tuple[str, ...] = (),
    lenient: bool = False,
) -> Comparison:
    """Hold one statement against one sentence of the article `home`.

    subject: folded name parts of whom the statement's leading pronoun or participle means, or () if it names its own.
    lenient: other wordings are allowed (the relation `support`): quotations may be translations, and words may be
        missing; values, names, negation, hedges and roles are as strict as ever.
    """
    fact = named(fact, words)
    span = named(read(sentence.text), words)
    aligned = _names_apart(fact, span, matches(fact, span))
    conflicts: list[str] = []

    quotes, wording = _quotes(fact, span, lenient=lenient)
    if quotes == "fail":
        conflicts.append(
            "quotation_not_in_source" if all(q.closed for q in fact.quotations) else "quotation_unbalanced"
        )
    context: set[int] = set()
    resolved = _resolve(fact, sentence, span, home, words, context, aligned)
    completed = {v for v in fact.values if _completed(v, fact, sentence, span, home, resolved)}
    numbers = _numbers(fact, span, completed)
    if numbers == "fail":
        conflicts.append("number_not_in_source")
        if any(_rival(v, span) for v in fact.values):
            conflicts.append("number_differs")
    names: CheckState = "not_checked"
    if resolved:
        names = "fail" if any(not ok for ok in resolved.values()) else "pass"
    if names != "fail" and not lenient and _title_moved(fact, span):
        names = "fail"
    if names == "fail":
        conflicts.append("name_not_in_source")
    compared, why = polarity.negation(fact, span, aligned)
    negation: CheckState = "fail" if why else "pass" if compared else "not_checked"
    if why:
        conflicts.append(why)
    why = polarity.certainty(fact, span, aligned, lenient=lenient)
    if why:
        negation = "fail"
        conflicts.append(why)
    before = home.before(sentence.key)
    compared, why = roles.check(
        fact,
        sentence,
        span,
        home,
        _widened(fact, span, aligned),
        subject,
        named(before, words) if before is not None else None,
        lenient=lenient,
    )
    role: CheckState = "fail" if why else "pass" if compared else "not_checked"
    if why:
        conflicts.append(why)
    why = polarity.connectives(fact, span, aligned)
    if why:
        role = "fail"
        conflicts.append(why)

    total = covered = 0.0
    missing: list[str] = []
    reporting = any(t.norm in lexicon.REPORTING or t.norm == "according" for t in span.tokens) or (
        span.quotations and home.before(sentence.key)
    )
    for i, token in enumerate(fact.tokens):
        if not token.content or _set_phrase(i, fact):
            continue
        weight = words.weight(token)
        total += weight
        if (
            aligned[i]
            or resolved.get(i, False)
            or _in_value(token, fact, span)
            or any(v.start <= token.start < v.end for v in completed)
            or (token.norm in lexicon.REPORTING and reporting)
            or _in_small_words(i, fact, span, aligned)
            or _in_compound(i, fact, span)
            or _age(i, fact, span)
        ):
            covered += weight
        else:
            missing.append(token.text)
    share = covered / total if total else 0.0
    met = {j for hits in aligned.values() for j in hits}
    coloured = any(t.norm.endswith("ly") and t.content and j not in met for j, t in enumerate(span.tokens))
    hard = [m for m in missing if coloured or not _degree(m)]  # "slightly" in the place of "heavily" is another claim
    if not total:
        conflicts.append("says_nothing")
    elif span.unspaced or fact.unspaced:
        if (share < _UNSPACED_SHARE or _new_word(fact, aligned, resolved, span)) and not lenient:
            conflicts.append("words_not_in_source")
        elif not lenient:
            missing = []
    elif hard and not lenient:
        conflicts.append("words_not_in_source")
    checks = Checks(
        quotes=quotes,
        numbers=numbers,
        names=names,
        roles=role,
        negation=negation,
        unsupported_words=tuple(missing),
        verbatim_run=verbatim_run(fact, span),
    )
    return Comparison(
        conflicts[0] if conflicts else None,
        checks,
        share,
        tuple(missing),
        wording,
        tuple(conflicts),
        tuple(sorted(context)),
    )


def _names_apart(fact: Reading, span: Reading, aligned: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """The alignment without synonyms of names: the "States" of "United States" are not "said"."""
    inside = {i for n in fact.names for i in range(n.first, n.last + 1) if n.last > n.first or i}
    return {
        i: [j for j in hits if fact.tokens[i].stem == span.tokens[j].stem or span.tokens[j].text[:1].isupper()]
        if i in inside
        else hits
        for i, hits in aligned.items()
    }


def _widened(fact: Reading, span: Reading, aligned: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """The alignment with synonyms beside equal words: "each car" may be "each vehicle" where "car" stands elsewhere too."""
    content = [j for j, t in enumerate(span.tokens) if t.content]
    return {
        i: sorted({*hits, *(j for j in content if groups(fact.tokens[i].stem) & groups(span.tokens[j].stem))})
        if hits and fact.tokens[i].content and not roles.capital(fact, i)
        else list(hits)
        for i, hits in aligned.items()
    }


def _degree(word: str) -> bool:
    """Whether a word only colours ("significantly"): it is named, but what is said does not hang on it."""
    norm = word.casefold()
    return norm in _COLOURS and norm not in lexicon.STRONG_HEDGES | _TELLING


def _set_phrase(i: int, fact: Reading) -> bool:
    """Whether a word only belongs to a turn: "for example", "in order to", "in addition,"."""
    norm, before = fact.tokens[i].norm, fact.tokens[i - 1].norm if i else ""
    if norm in ("instance", "example"):
        return before == "for"
    if norm == "addition":
        return before == "in" and fact.text[fact.tokens[i].end : fact.tokens[i].end + 1] == ","
    if norm in ("furthermore", "moreover"):
        return True
    return norm == "order" and before == "in" and i + 1 < len(fact.tokens) and fact.tokens[i + 1].norm == "to"


def _age(i: int, fact: Reading, span: Reading) -> bool:
    """Whether a word belongs to an age that the sentence tells by the number alone: "48-year-old" for ", 48," or "aged 48"."""
    if fact.tokens[i].norm not in ("year", "years", "old"):
        return False
    for t in fact.tokens[max(0, i - 2) : i]:
        if t.norm.isdigit() and fact.text[t.end : t.end + 5].casefold() == "-year":
            whose = list(
                takewhile(lambda k: not roles.verbal(fact, k), range(i + 1, min(i + 2 + _TITLED, len(fact.tokens))))
            )
            return any(
                j
                and s.norm == t.norm
                and _of_age(span, j)
                and any(same(span.tokens[_of_age(span, j) - 1], fact.tokens[k]) for k in whose)
                for j, s in enumerate(span.tokens)
            )
    return False


_TITLED = 4  # words from an age to the name: "48-year-old harbour master Tan Weilun"


def _of_age(span: Reading, j: int) -> int:
    """One more than the token whose age a number tells that stands between commas, or behind "aged"; 0 if it tells none."""
    if j > 1 and span.tokens[j - 1].norm == "aged":
        return j - 1
    return (
        j if between(span, j - 1, j) == ", " and span.text[span.tokens[j].end : span.tokens[j].end + 1] in ",." else 0
    )


def _content(reading: Reading, i: int, step: int, reach: int = 4) -> int | None:
    """The token index of the next content word to one side, within a few tokens."""
    stop = i + step * (reach + 1)
    return next(
        (k for k in range(i + step, stop, step) if 0 <= k < len(reading.tokens) and reading.tokens[k].content), None
    )


def _in_small_words(i: int, fact: Reading, span: Reading, aligned: Mapping[int, Sequence[int]]) -> bool:
    """Whether the sentence has a small word in this word's place: "many" for "numerous", before or behind the same word."""
    if fact.tokens[i].norm == "given" and (not i or "," in fact.text[fact.tokens[i - 1].end : fact.tokens[i].start]):
        return any(lexicon.CAUSE.get(t.norm) == "cause" for t in span.tokens)  # "given the snow" for "due to the snow"
    small = lexicon.SMALL_WORDS.get(fact.tokens[i].norm)
    if small is None:
        return False
    for step in (1, -1):
        k = _content(fact, i, step)
        for j in aligned[k] if k is not None else ():
            near = range(max(0, j - 3), j) if step == 1 else range(j + 1, min(len(span.tokens), j + 4))
            if any(span.tokens[m].norm in small for m in near):
                return True
    return False


# Compounds that stand in a group of synonyms, by their words: "well-known" is read as two.
_COMPOUNDS = {
    tuple(word.split("-")): groups(stem(word))
    for group in (*synonyms.SYNONYMS, *synonyms.GROUPS)
    for word in sorted(group)
    if "-" in word
}


_COMPOUND_PARTS = frozenset(part for parts in _COMPOUNDS for part in parts)


def _compound(i: int, reading: Reading) -> frozenset[int]:
    """The groups of the compound that a token is a part of."""
    if reading.tokens[i].norm not in _COMPOUND_PARTS:
        return frozenset()
    for parts, numbers in _COMPOUNDS.items():
        for at in range(max(0, i - len(parts) + 1), i + 1):
            if tuple(t.norm for t in reading.tokens[at : at + len(parts)]) == parts:
                return numbers
    return frozenset()


def _written_apart(word: str, span: Reading) -> bool:
    """Whether the sentence has a word as two, side by side: "health care", "co-operation"."""
    return len(word) >= _LONG and any(
        word.startswith(a.norm) and a.norm + b.norm == word and between(span, j, j + 1) in (" ", "-")
        for j, (a, b) in enumerate(pairwise(span.tokens))
    )


def _written_together(i: int, fact: Reading, span: Reading) -> bool:
    """Whether a word and the one beside it are one word in the sentence."""
    for first in (i - 1, i):
        if 0 <= first < len(fact.tokens) - 1 and between(fact, first, first + 1) in (" ", "-"):
            word = fact.tokens[first].norm + fact.tokens[first + 1].norm
            if len(word) >= _LONG and any(t.norm == word for t in span.tokens):
                return True
    return False


_LONG = 5  # letters of a word that may be written as two: "email"


def _in_compound(i: int, fact: Reading, span: Reading) -> bool:
    """Whether a word and a compound stand for each other: "famous" and "well-known"."""
    if _written_apart(fact.tokens[i].norm, span) or _written_together(i, fact, span):
        return True
    mine = _compound(i, fact)
    if mine:
        return any(mine & (groups(t.stem) | _compound(j, span)) for j, t in enumerate(span.tokens) if t.content)
    mine = groups(fact.tokens[i].stem) & _IN_COMPOUNDS
    return bool(mine) and any(mine & _compound(j, span) for j, t in enumerate(span.tokens) if t.content)


_IN_COMPOUNDS = frozenset(number for numbers in _COMPOUNDS.values() for number in numbers)


def _new_word(fact: Reading, aligned: Mapping[int, Sequence[int]], resolved: Mapping[int, bool], span: Reading) -> bool:
    """Whether a text without spaces has a word that the span lacks: in other letters, in a character that the span does not
    have, standing by itself, or more than a changed particle.

    A new character is in two of the overlapping pairs, a new word of two characters in three, and one by itself in a single one.
    """
    run = 0
    alone = True  # nothing of the piece between two gaps is met so far
    for i, token in enumerate(fact.tokens):
        follows = i > 0 and token.start < fact.tokens[i - 1].end
        if not follows and run and alone:
            return True
        alone = alone if follows else True
        if not token.content:
            continue
        if aligned[i] or resolved.get(i, False) or _in_value(token, fact, span):
            run, alone = 0, False
            continue
        run += 1
        if (
            run > 2
            or token.text.isascii()
            or any(_IDEOGRAPH.match(char) and char not in span.text for char in token.text)
        ):
            return True
    return bool(run) and alone


_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


# The adverbs that only colour; any other word that no source has is a claim, or nobody's word at all.
_COLOURS: frozenset[str] = frozenset(
    """abruptly absolutely actively actually additionally allegedly apparently approximately badly barely basically
    beautifully bitterly boldly bravely briefly brightly broadly calmly carefully certainly cheaply clearly closely
    collectively commonly comparatively completely consequently considerably consistently constantly continuously
    correctly critically crucially currently dangerously deeply definitely desperately directly dramatically drastically
    eagerly easily effectively emotionally enormously entirely especially essentially eventually evidently exceptionally
    expressly extensively extremely fairly famously fiercely firmly formally fortunately frankly freely frequently fully
    fundamentally generally genuinely gently gradually greatly happily harshly hastily heavily highly hugely immediately
    immensely importantly increasingly indirectly inevitably instantly intensely interestingly largely lately lightly
    literally loudly mainly markedly massively merely mostly namely narrowly naturally nearly necessarily nicely normally
    notably noticeably obviously openly overly particularly patiently peacefully perfectly plainly poorly positively
    powerfully practically precisely predominantly presently previously primarily profoundly prominently promptly properly
    proudly purely quickly quietly radically rapidly readily really recently regularly relatively reportedly respectively
    roughly sadly seemingly seriously severely sharply shortly significantly similarly simply slightly slowly smoothly
    softly solely specifically steadily sternly strictly strikingly strongly substantially successfully suddenly
    supposedly surely surprisingly swiftly terribly thoroughly tightly totally tremendously truly typically ultimately
    undoubtedly unexpectedly unfortunately urgently usually utterly vastly vehemently vigorously violently virtually
    visibly vividly warmly widely wildly cleverly skilfully skillfully masterfully elegantly impressively remarkably
    effortlessly seamlessly meticulously gracefully brilliantly""".split()
)
# Adverbs that carry a claim of their own.
_TELLING = frozenset(
    """falsely wrongly illegally unlawfully deliberately intentionally accidentally secretly fatally entirely completely
    fully partly partially exactly rarely officially unofficially publicly privately personally anonymously unanimously
    family early daily weekly monthly yearly finally formerly initially originally permanently temporarily""".split()
)
_UNSPACED_SHARE = 0.85  # bigrams across a changed particle are new even in a faithful clause; one in seven may be


def _quotes(fact: Reading, span: Reading, *, lenient: bool) -> tuple[CheckState, bool]:
    if not fact.quotations:
        return "not_checked", False
    wording = all(carries(q, span.text) for q in fact.quotations)
    if wording:
        return "pass", True
    if lenient and all(q.closed for q in fact.quotations):
        return "not_checked", False
    return "fail", False


def _numbers(fact: Reading, span: Reading, completed: Collection[Value] = ()) -> CheckState:
    if not fact.values:
        return "not_checked"
    for v in fact.values:
        if v not in completed and not any(
            (equal_values(v, w, span) or _in_name(v, w, fact, span) or _one_speed(v, w, fact, span))
            and _same_place(v, w, fact, span)
            for w in span.values
        ):
            return "fail"
    if (
        _values_turned(fact, span)
        or _value_moved(fact, span)
        or _value_elsewhere(fact, span)
        or _time_moved(fact, span)
    ):
        return "fail"
    return "pass"


def _value_moved(fact: Reading, span: Reading) -> bool:
    """Whether a number hangs on the word that another number of its kind hangs on in the sentence: "rose 3 percent" where
    profit "rose 12 percent" and sales "fell 3 percent".

    In the sentence both must hang on words of their own; the second of two numbers that share one ("killed two and three")
    may take it along.
    """
    there = [(w, *_governor(span, w)) for w in span.values]
    for v in fact.values:
        head, way = _governor(fact, v)
        if head is None:
            continue
        own = [(h, path) for w, h, path in there if _one_value(v, w, span)]
        if not own or any(h is None or (same(head, h) and path == way) for h, path in own):
            continue
        if any(h is not None and same(head, h) for h, _ in own):
            continue
        if any(
            h is not None and same(head, h) and path == way and _alike(v, w) and w.amount != v.amount
            for w, h, path in there
        ):
            return True
    return False


def _one_value(v: Value, w: Value, span: Reading) -> bool:
    return v.amount == w.amount and equal_values(v, w, span)


def _alike(v: Value, w: Value) -> bool:
    """Whether two numbers count the same kind of thing, as far as units tell."""
    return v.kind == w.kind and (v.unit == w.unit or (v.kind == "number" and not (v.unit and w.unit)))


_GOVERNED = 4  # words from a number back to what it hangs on: "rose by as much as 12 percent"


def _governor(reading: Reading, value: Value) -> tuple[Token | None, str]:
    """The word that a number hangs on, with the preposition between, if any: "rose", "" for "rose 12 percent", "depth", "of".

    Other numbers and what they count are passed over ("rose 12 percent to 340 million"); a mark or an "and" ends it.
    """
    way = ""
    steps = 0
    last = value.start
    for k in range(len(reading.tokens) - 1, -1, -1):
        token = reading.tokens[k]
        if token.end > value.start:
            continue
        gap = reading.text[token.end : last]
        if any(mark in gap for mark in ",;:()—") or token.norm in ("and", "or", "but", "while") or steps >= _GOVERNED:
            return None, way
        last = token.start
        other = next((w for w in reading.values if w.start <= token.start < w.end), None)
        if other is not None or any(token.stem == w.unit and 0 <= token.start - w.end <= 1 for w in reading.values):
            continue
        if token.norm in _WAYS and not steps:
            way = way or token.norm
        elif token.content and not token.norm.endswith("ly"):
            return token, way
        else:
            steps += 1
    return None, way


_WAYS = frozenset("by to from of at for with until".split())


def _value_elsewhere(fact: Reading, span: Reading) -> bool:
    """Whether what stands behind a number stands behind another one in the sentence, in the same place: "45,000 vehicles in
    Europe" where it was 120,000 in Europe and 45,000 in Japan, or "$80 million in 2022" where that year had $65 million."""
    places = [(w, _behind(span, w)) for w in span.values]
    for v in fact.values:
        for where in _behind(fact, v):
            if any(same(place, where) for w, found in places if _one_value(v, w, span) for place in found):
                continue
            others = [w for w, found in places if w.amount != v.amount and any(same(place, where) for place in found)]
            told = any(_one_value(x, w, span) for w in others for x in fact.values)
            if not told and any(_alike(v, w) or not w.unit for w in others):
                return True
    return False


def _time_moved(fact: Reading, span: Reading) -> bool:
    """Whether a day, a month or a year belongs to another deed: "arrested on Sunday" where he was "arrested on suspicion of
    arson, but released on Sunday".

    Deeds that happen at once ("died when a train derailed"), that are joined by "to" ("agreed to meet on Friday") or that
    stand side by side ("arrested and charged") share their time, as far as word order tells.
    """
    for v in fact.values:
        if v.kind not in ("weekday", "month") and not _is_year(v):
            continue
        own = [_deed(span, w.start) for w in span.values if _one_value(v, w, span)]
        mine = _deed(fact, v.start)
        if mine is None or len(own) != 1 or own[0] is None:
            continue
        there = [j for j, t in enumerate(span.tokens) if same(fact.tokens[mine], t)]
        if len(there) == 1 and there[0] != own[0] and not _share_time(span, there[0], own[0]):
            return True
    return False


_TOGETHER = frozenset("to when as while and or before after".split())


def _share_time(span: Reading, a: int, b: int) -> bool:
    """Whether two deeds may have one time: nothing but a few words parts them, or a word that says so; not across "but"."""
    low, high = min(a, b), max(a, b)
    words = {t.norm for t in span.tokens[low + 1 : high]}
    return high - low <= 2 or ("but" not in words and not words.isdisjoint(_TOGETHER))


def _deed(reading: Reading, at: int) -> int | None:
    """The verb that a time belongs to: the nearest one before it whose form is sure, or the first behind it."""
    sure = [
        k
        for k, t in enumerate(reading.tokens)
        if roles.verbal(reading, k)
        and (
            t.norm.endswith("ed")
            or t.norm in lexicon.PAST_FORMS
            or t.norm in ("said", "told")
            or (k and reading.tokens[k - 1].norm in lexicon.AUXILIARIES)
        )
    ]
    before = [k for k in sure if reading.tokens[k].start < at]
    return before[-1] if before else next(iter(sure), None)


_BEHIND_WITHIN = 7  # words from a number to where and when it holds: "$80 million to small farmers in Mali in 2022"


def _behind(reading: Reading, value: Value) -> list[Token]:
    """The names and the year behind a number and its unit: "120,000 vehicles in Europe", "$65 million in 2022"."""
    found: list[Token] = []
    tokens = [t for t in reading.tokens if t.start >= value.end][: _BEHIND_WITHIN + 1]
    for before, token in pairwise(tokens):
        if any(mark in reading.text[value.end : token.start] for mark in ",;:()"):
            break
        year = any(w.start == token.start and _is_year(w) for w in reading.values)
        if before.norm == "in" and (year or token.text[:1].isupper()):
            found.append(token)
        elif token.norm in ("and", "or", "but", "while") or any(w.start <= token.start < w.end for w in reading.values):
            break
    return found


def _is_year(value: Value) -> bool:
    return (
        value.kind == "number" and not value.unit and 1000 <= value.amount < 2100 and float(value.amount).is_integer()
    )


_PER_HOUR = re.compile(r"\s*-?(?:miles?|kilomet(?:re|er)s?|km)\s*-?(?:per|an|a|/)\s*-?h(?:our)?\b", re.I)


def _one_speed(v: Value, w: Value, fact: Reading, span: Reading) -> bool:
    """Whether two numbers are one speed, told with an abbreviation and in full: "60 mph", "60 miles per hour"."""
    if v.kind != w.kind or v.amount != w.amount:
        return False
    for short, long, text in ((v, w, span.text), (w, v, fact.text)):
        full = _SPEEDS.get(short.unit)
        if full and long.unit == full and _PER_HOUR.search(text[long.start : long.start + _REACH]):
            return True
    return False


_SPEEDS = {"mph": stem("mile"), "kph": stem("kilometre"), "kmh": stem("kilometre")}
_REACH = 40  # characters of a number and its unit


def _in_name(v: Value, w: Value, fact: Reading, span: Reading) -> bool:
    """Whether both numbers belong to the same name ("Route 66"), so that what follows them is not counted."""
    return (
        v.kind == w.kind == "number"
        and v.amount == w.amount
        and not v.bound
        and (before := _word_before(fact, v.start)) != ""
        and before == _word_before(span, w.start)
        and _capital_before(fact, v.start)
        and _capital_before(span, w.start)
        and before not in lexicon.FUNCTION
    )


def _completed(
    v: Value, fact: Reading, sentence: Sentence, span: Reading, home: Story, resolved: Mapping[int, bool]
) -> bool:
    """Whether a number is part of a name that the sentence has without it, and its article with it ("the 747", "Route 66").

    The article's nearest mention of that name with a number must have this one.
    """
    if v.kind != "number" or v.bound or v.range or not _capital_before(fact, v.start):
        return False
    i = max(k for k, t in enumerate(fact.tokens) if t.end <= v.start)
    if not resolved.get(i, False):
        return False
    known = home.numbered.get(folded(fact.tokens[i]), ())
    earlier = [amount for number, amount in known if number <= sentence.key.number]
    return bool(known) and (earlier or [known[0][1]])[-1] == v.amount


def _capital_before(reading: Reading, at: int) -> bool:
    before = [t for t in reading.tokens if t.end <= at]
    return bool(before) and before[-1].text[:1].isupper() and reading.text[before[-1].end : at] == " "


_DIRECTIONS = frozenset("by to from".split())


def _same_place(v: Value, w: Value, fact: Reading, span: Reading) -> bool:
    """Whether two equal values are the same end of a range, the same bound, the same step, and count the same deed."""
    if v.bound != w.bound and {v.bound, w.bound} & {"more", "less"}:
        return False
    if v.range != w.range and "to" in (v.range, w.range) and not (v.range and w.range):
        return False
    mine, theirs = _word_before(fact, v.start), _word_before(span, w.start)
    if mine != theirs and {mine, theirs} <= _DIRECTIONS:
        return False
    if (
        v.kind == "number"
        and not v.unit
        and not w.unit
        and not v.range
        and not w.range
        and not _in_name(v, w, fact, span)
    ):
        here, there = _word_behind(fact, v.end), _word_behind(span, w.end)
        if here is not None and there is not None and not same(here, there):
            return not any(same(here, t) for t in span.tokens)  # "nine killed and three hurt"
    return True


def _word_before(reading: Reading, at: int) -> str:
    before = [t for t in reading.tokens if t.end <= at]
    return before[-1].norm if before else ""


def _word_behind(reading: Reading, at: int) -> Token | None:
    for token in reading.tokens:
        if token.start >= at and token.content:
            return token if not any(mark in reading.text[at : token.start] for mark in ",;:.") else None
    return None


def _values_turned(fact: Reading, span: Reading) -> bool:
    """Whether the two ends of a pair have changed places: "54 to 46" and "46 to 54", "3-1" and "1-3"."""
    for v, w in pairwise(fact.values):
        if v.range != "from" or w.range != "to":
            continue
        pairs = [(x, y) for x, y in pairwise(span.values) if x.range == "from" and y.range == "to"]
        if any(x.amount == w.amount and y.amount == v.amount for x, y in pairs) and not any(
            x.amount == v.amount and y.amount == w.amount for x, y in pairs
        ):
            return True
    return False


def _rival(value: Value, span: Reading) -> bool:
    """Whether a sentence counts the same thing and comes to another number."""
    return not any(equal_values(value, w, span) for w in span.values) and any(
        w.kind == value.kind
        and w.amount != value.amount
        and (w.kind == "percent" or (w.unit and value.unit and (w.unit == value.unit or family(w.unit, value.unit))))
        for w in span.values
    )


def equal_values(a: Value, b: Value, span: Reading | None = None) -> bool:
    """Whether two values are one: kind, amount, and the counted thing where both name it."""
    if a.kind != b.kind or abs(a.amount - b.amount) > 1e-9 * max(1.0, abs(a.amount)):
        return False
    if a.kind == "percent" and (a.unit == "point") != (b.unit == "point"):
        return False  # rates that rise from 2 by half a point do not rise by half a percent
    if a.kind == "ordinal" and a.unit and b.unit:  # "the first visit" and "the first time" are two claims
        return a.unit == b.unit or family(a.unit, b.unit) or bool(groups(a.unit) & groups(b.unit))
    if a.kind in ("number", "percent") and a.unit and b.unit and a.unit != b.unit:
        if (
            "other" in (a.unit, b.unit)  # "50 others missing"
            or family(a.unit, b.unit)
            or groups(a.unit) & groups(b.unit)
            or {a.unit} & set(b.units)
            or {b.unit} & set(a.units)
        ):
            return True
        if span is None:
            return False
        stop = min((v.start for v in span.values if v.start > b.start), default=len(span.text))
        near = [t for t in span.tokens if b.end <= t.start <= min(b.end + 40, stop)]
        return any(t.stem == a.unit or family(t.stem, a.unit) or bool(groups(t.stem) & groups(a.unit)) for t in near)
    return True


def _in_value(token: Token, fact: Reading, span: Reading) -> bool:
    return any(
        v.start <= token.start < v.end
        and any(equal_values(v, w, span) or _in_name(v, w, fact, span) for w in span.values)
        for v in fact.values
    )


# -- names --------------------------------------------------------------------------------------------------------------

_PRONOUNS = frozenset("he she his her him hers it its they their them".split())


def _resolve(
    fact: Reading,
    sentence: Sentence,
    span: Reading,
    home: Story,
    words: Corpus,
    context: set[int],
    aligned: Mapping[int, Sequence[int]],
) -> dict[int, bool]:
    """Token index of each name part in the statement -> whether the sentence, or its article's introduction, has it."""
    spoken = {folded(t) for t in span.tokens}
    result: dict[int, bool] = {}
    for name in fact.names:
        parts = list(zip(range(name.first, name.last + 1), name.parts, strict=True))
        if _same_land(name.parts, spoken):
            result.update(dict.fromkeys(range(name.first, name.last + 1), True))
            continue
        proper = [
            (i, p)
            for i, p in parts
            if p not in lexicon.TITLES
            and (
                i
                or p in words.names
                or len(parts) > 1
                or fact.tokens[i].text.isupper()
                or any(folded(t) == p for t in span.tokens)
            )
        ]
        turned = _turned_round([i for i, _ in proper], aligned) or _of_two(proper, span)
        for i, part in proper:
            if turned:
                result[i] = False
            elif (
                _same_land([p for _, p in proper], spoken)
                or any(  # "the United States Capitol" and "the US Capitol"
                    part in full and {p for _, p in proper} >= set(full) and other in spoken
                    for full, other in lexicon.LANDS.items()
                )
                or any(part == s or same_name(part, s) for s in spoken)
                or any(same(fact.tokens[i], t) for t in span.tokens)
            ):
                result[i] = True
            else:
                result[i] = _introduced(part, [p for _, p in proper], sentence, span, spoken, home, words, context)
    return result


def _same_land(parts: Sequence[str], spoken: Collection[str]) -> bool:
    """Whether a country is called by its other name: "the United States" and "the US" or "America"."""
    if tuple(parts) in lexicon.LANDS:
        return lexicon.LANDS[tuple(parts)] in spoken
    return len(parts) == 1 and any(
        other == parts[0] and set(full) <= set(spoken) for full, other in lexicon.LANDS.items()
    )


def _turned_round(parts: Sequence[int], aligned: Mapping[int, Sequence[int]]) -> bool:
    """Whether the sentence has two parts of a name, but only in the other order ("Kessel Otto")."""
    for a, b in pairwise(parts):
        steps = [y - x for x in aligned[a] for y in aligned[b]]
        if any(-2 <= step < 0 for step in steps) and not any(0 < step <= 3 for step in steps):
            return True
    return False


def _title_moved(fact: Reading, span: Reading) -> bool:
    """Whether a title before one name stands before another in the sentence: "Governor Tom Barrow" for "Governor Elena Ruiz".

    An office that is told by other words, or in another sentence, is not looked at.
    """
    for name in fact.names:
        for title in (p for p in name.parts if p in lexicon.TITLES and p not in _ADDRESSES):
            own = roles.proper(name)
            titled = [n for n in span.names if title in n.parts and roles.proper(n)]
            if own and titled and not any(roles.share(own, roles.proper(n)) for n in titled):
                return any(roles.share(own, roles.proper(n)) for n in span.names)
    return False


_ADDRESSES = frozenset("mr mrs ms miss sir madam dr".split())  # said to anybody: no office


def _of_two(parts: Sequence[tuple[int, str]], span: Reading) -> bool:
    """Whether a name is made of two people's: "Ruth Oduya" where the sentence has Ruth Keller and James Oduya."""
    for (_, a), (_, b) in pairwise(parts):
        with_a = [n for n in span.names if any(same_name(a, p) for p in n.parts)]
        with_b = [n for n in span.names if any(same_name(b, p) for p in n.parts)]
        whole = [n for n in (*with_a, *with_b) if len(roles.proper(n)) > 1]
        if with_a and with_b and len(whole) == len(with_a) + len(with_b) and not any(n in with_b for n in with_a):
            return True
    return False


def _clash(part: str, introduced: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a part of the name contradicts an introduction that has as many parts (Wang Yi, Wang Wenbin)."""
    return len(full) > 1 and len(introduced) > 1 and not any(same_name(part, p) for p in introduced)


def _introduced(
    part: str,
    full: list[str],
    sentence: Sentence,
    span: Reading,
    spoken: set[str],
    home: Story,
    words: Corpus,
    context: set[int],
) -> bool:
    """Whether an article's introductions complete what a sentence has to this name; notes the sentences that do."""
    # a) The sentence has another part of the name, and the article's nearest introduction of that part is this name.
    earlier = [parts for number, parts in home.introductions if number <= sentence.key.number]
    for parts in reversed(earlier or [parts for _, parts in home.introductions]):
        there = [p for p in parts if any(same_name(p, s) for s in spoken)]
        if not there:
            continue
        if any(same_name(part, p) for p in parts) and all(p == part or not _clash(p, parts, full) for p in full):
            return True
        if any(same_name(o, p) for o in full for p in there):
            break  # that part of the name belongs to somebody else here
    # b) The sentence has a role ("the Russian leader") with which the article introduces the name.
    stems = [t.stem for t in span.tokens]
    for pair in pairwise(stems):
        number, named_so = home.roles.get(pair, (-1, ()))
        if any(same_name(part, p) for p in named_so):
            context.add(number)
            return True
    # c) The sentence has a pronoun, and the sentence before it names exactly one candidate before any other.
    if any(t.norm in _PRONOUNS for t in span.tokens[:12]):
        before = home.before(sentence.key)
        before = named(before, words) if before is not None else None
        if before is not None and before.names:
            first = [p for p in before.names[0].parts if p not in lexicon.TITLES]
            known = any(same_name(part, p) for p in first)
            if not known and len(full) > 1 and first:
                last = [
                    parts
                    for number, parts in home.introductions
                    if number < sentence.key.number and any(same_name(first[-1], p) for p in parts)
                ]
                known = bool(last) and any(same_name(part, p) for p in last[-1])
            if known:
                context.add(sentence.key.number - 1)
                return True
    return False
