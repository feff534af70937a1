"""Comparing a statement with one sentence of one article, word by word.

Takes: readings of `words`, and the article that a sentence stands in (for introductions of names).
Gives: a `Comparison`: which checks hold, the first reason why not, the words without a match, the share that has one.
Does not know: drafts, citations, origins, or what is done with a verdict.

Rule 1: one sentence must carry the whole statement. What is spread over two sentences is a part in each.
Rule 2: a check that cannot tell says so (`not_checked`); only what the words show is a failure.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

from summarizer import lexicon
from summarizer.values import Checks, CheckState, Key, Sentence
from summarizer.words import Name, Quotation, Reading, Token, Value, fold, read, strip_accents
from summarizer.words import stem as stem_of

# Endings that make another word of the same family out of a common beginning (invent+ion, invent+or, invent+ed).
_ENDINGS = frozenset(
    [
        "",
        *"""e ed er ers es s ing ion ions ition itions ation ations al ally or ors ment ments ive ance ence ity ness ful ic
    ical ian ans an n ship ly y ied ies i iv at ate ates ated ating able ible ist ists ism man men our or re""".split(),
    ]
)
_NAME_NEAR = (
    0.93  # Jaro-Winkler: Zelensky/Zelenskyy .98, Halvard/Halverd .94; Iran/Iraq .88, Maren/Marten .96 is cut by length
)
_IMPLICIT_NEGATION = frozenset("refus fail deni declin avoid neglect reject lack den denial declin".split())
_NOT_YET = frozenset(
    "consid weigh plan propos threaten offer attempt tri prepar expect schedul like hope intend aim".split()
)
_SECOND_NAME = 2
# Verbs that put a view of somebody or something into another's mouth without "that".
_CALLING = frozenset(
    "described describe describes accused accuses accuse called dubbed labelled labeled branded".split()
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What all sentences of a request say about words: how rare a stem is, and which words are names.

    idf: stem -> ln(1 + N / n) over sentences. names: folded words that stand capitalised inside sentences.
    """

    idf: Mapping[str, float]
    names: frozenset[str]
    sentences: int

    def weight(self, token: Token) -> float:
        """How much a word says here; unseen words say the most."""
        return self.idf.get(token.stem, math.log(1 + self.sentences))


@dataclass(frozen=True, slots=True)
class Story:
    """One article as its sentences, with the names that it introduces, in order: (sentence number, parts).

    roles: two words before a name ("russia leader") -> the sentence that first names somebody so, and the name.
    """

    sentences: tuple[Sentence, ...]
    introductions: tuple[tuple[int, tuple[str, ...]], ...]
    roles: Mapping[tuple[str, str], tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def before(self, key: Key) -> Reading | None:
        """The reading of the sentence before `key`, if there is one."""
        number = key.number - 1
        if 0 <= number < len(self.sentences) and not self.sentences[number].heading:
            return read(self.sentences[number].text)
        return None


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


def named(reading: Reading, words: Corpus) -> Reading:
    """The reading with those names added that open a sentence and are known from elsewhere ("Putin told ...")."""
    return _named(reading, words.names)


@lru_cache(maxsize=16_384)
def _named(reading: Reading, known: frozenset[str]) -> Reading:
    taken = {i for name in reading.names for i in range(name.first, name.last + 1)}
    added = [
        Name(i, i, t.start, t.end, (_folded(t),), reading.text[t.end : t.end + 2] in ("'s", "’s"))
        for i, t in enumerate(reading.tokens)
        if i not in taken
        and t.norm in known
        and t.text[0].isupper()
        and t.content
        and t.norm not in lexicon.MONTHS | lexicon.WEEKDAYS
    ]
    if not added:
        return reading
    return replace(reading, names=tuple(sorted((*reading.names, *added), key=lambda n: n.first)))


def corpus(articles: Sequence[Sequence[Sentence]]) -> Corpus:
    """Count the words of all sentences of a request."""
    document: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    total = 0
    for sentences in articles:
        for sentence in sentences:
            total += 1
            reading = read(sentence.text)
            document.update({token.stem for token in reading.tokens if token.content})
            if sentence.heading:
                continue
            for i, token in enumerate(reading.tokens):
                if i and token.text[0].isupper():
                    capital[token.norm] += 1
                elif token.text[0].islower():
                    small[token.norm] += 1
    idf = {stem: math.log(1 + total / n) for stem, n in document.items()}
    names = frozenset(norm for norm, n in capital.items() if n > small[norm] and norm not in lexicon.FUNCTION)
    return Corpus(idf, names, max(total, 1))


def story(sentences: Sequence[Sentence]) -> Story:
    """Collect the introductions of one article: runs of two or more names, and the role words before a name."""
    introductions: list[tuple[int, tuple[str, ...]]] = []
    roles: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
    for sentence in sentences:
        reading = read(sentence.text)
        for name in reading.names:
            parts = tuple(p for p in name.parts if p not in lexicon.TITLES)
            if len(parts) >= _SECOND_NAME:
                introductions.append((sentence.key.number, parts))
            if parts and not sentence.heading:
                words = [t.stem for t in reading.tokens[max(0, name.first - 2) : name.first]]
                run = [t.stem for t in reading.tokens[name.first : name.last + 1]]
                words += [
                    w
                    for w, p in zip(run, name.parts, strict=False)
                    if p in lexicon.TITLES or p in lexicon.DEMONYMS.values()
                ]
                for a, b in pairwise(words):
                    if a not in lexicon.FUNCTION and b not in lexicon.FUNCTION:
                        roles.setdefault((a, b), (sentence.key.number, parts))
    return Story(tuple(sentences), tuple(introductions), roles)


# -- words --------------------------------------------------------------------------------------------------------------


_SYNONYM_GROUPS: dict[str, frozenset[int]] = {}


def _groups(stem: str) -> frozenset[int]:
    return _SYNONYM_GROUPS.get(stem, frozenset())


def _build_groups() -> None:
    collected: dict[str, set[int]] = {}
    for number, group in enumerate(lexicon.SYNONYMS):
        for word in group:
            collected.setdefault(stem_of(word), set()).add(number)
    _SYNONYM_GROUPS.update({word: frozenset(numbers) for word, numbers in collected.items()})


_build_groups()


def same(a: Token, b: Token) -> bool:
    """Whether two words say the same: one stem, one family, or a pair that news writers swap freely."""
    if a.stem == b.stem or a.norm == b.norm:
        return True
    if a.norm[0].isdigit() or b.norm[0].isdigit():
        return False
    if _groups(a.stem) & _groups(b.stem):
        return True
    return family(a.stem, b.stem) or family(a.norm, b.norm)


def family(a: str, b: str) -> bool:
    """Whether two words differ in a known ending only, behind at least four common letters."""
    common = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        common += 1
    return common >= 4 and a[common:] in _ENDINGS and b[common:] in _ENDINGS and min(len(a), len(b)) >= 4


def same_name(a: str, b: str) -> bool:
    """Whether two folded name parts are one name: equal, or spellings of a long one (Zelensky, Zelenskyy)."""
    if a == b:
        return True
    if min(len(a), len(b)) < 6 or a[0] != b[0] or not (a.isalpha() and b.isalpha()):
        return False
    if abs(len(a) - len(b)) > 2 or not (a.startswith(b[:5]) or b.startswith(a[:5])):
        return False
    return bool(JaroWinkler.similarity(a, b) >= _NAME_NEAR)


def matches(fact: Reading, sentence: Reading) -> dict[int, list[int]]:
    """For each token index of the statement, the token indices of the sentence that say the same."""
    by_stem: dict[str, list[int]] = {}
    for j, token in enumerate(sentence.tokens):
        by_stem.setdefault(token.stem, []).append(j)
    found: dict[int, list[int]] = {}
    content = [j for j, token in enumerate(sentence.tokens) if token.content]
    for i, token in enumerate(fact.tokens):
        hits = by_stem.get(token.stem, [])
        if not hits and token.content:
            hits = [j for j in content if same(token, sentence.tokens[j])]
        found[i] = hits
    return found


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
    aligned = matches(fact, span)
    conflicts: list[str] = []

    quotes, wording = _quotes(fact, span, lenient=lenient)
    if quotes == "fail":
        conflicts.append(
            "quotation_not_in_source" if all(q.closed for q in fact.quotations) else "quotation_unbalanced"
        )
    numbers = _numbers(fact, span)
    if numbers == "fail":
        conflicts.append("number_not_in_source")
        if any(_rival(v, span) for v in fact.values):
            conflicts.append("number_differs")
    context: set[int] = set()
    resolved = _resolve(fact, sentence, span, home, words, context)
    names: CheckState = "not_checked"
    if resolved:
        names = "fail" if any(not ok for ok in resolved.values()) else "pass"
    if names == "fail":
        conflicts.append("name_not_in_source")
    negation, why = _negation(fact, span, aligned)
    if why:
        conflicts.append(why)
    hedge = _hedge(fact, span, aligned)
    if hedge:
        negation = "fail"
        conflicts.append(hedge)
    roles, why = _roles(fact, sentence, span, home, aligned, subject)
    if why:
        conflicts.append(why)
    why = _connectives(fact, span, aligned)
    if why:
        roles = "fail"
        conflicts.append(why)

    total = covered = 0.0
    missing: list[str] = []
    reporting = any(t.norm in lexicon.REPORTING for t in span.tokens) or (span.quotations and home.before(sentence.key))
    for i, token in enumerate(fact.tokens):
        if not token.content:
            continue
        weight = words.weight(token)
        total += weight
        if (
            aligned[i]
            or resolved.get(i, False)
            or _in_value(token, fact, span)
            or (token.norm in lexicon.REPORTING and reporting)
        ):
            covered += weight
        else:
            missing.append(token.text)
    share = covered / total if total else 0.0
    hard = [m for m in missing if not _degree(m)]
    if not total:
        conflicts.append("says_nothing")
    elif span.unspaced or fact.unspaced:
        if share < _UNSPACED_SHARE and not lenient:
            conflicts.append("words_not_in_source")
        elif not lenient:
            missing = []
    elif hard and not lenient:
        conflicts.append("words_not_in_source")
    checks = Checks(
        quotes=quotes,
        numbers=numbers,
        names=names,
        roles=roles,
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


def _degree(word: str) -> bool:
    """Whether a word only colours ("significantly"): it is named, but what is said does not hang on it."""
    norm = word.casefold()
    return norm.endswith("ly") and len(norm) > 5 and norm not in lexicon.STRONG_HEDGES | _TELLING


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


def _numbers(fact: Reading, span: Reading) -> CheckState:
    if not fact.values:
        return "not_checked"
    return "pass" if all(any(equal_values(v, w, span) for w in span.values) for v in fact.values) else "fail"


def _rival(value: Value, span: Reading) -> bool:
    """Whether a sentence counts the same thing and comes to another number."""
    return not any(equal_values(value, w, span) for w in span.values) and any(
        w.kind == value.kind
        and w.amount != value.amount
        and w.unit
        and value.unit
        and (w.unit == value.unit or family(w.unit, value.unit))
        for w in span.values
    )


def equal_values(a: Value, b: Value, span: Reading | None = None) -> bool:
    """Whether two values are one: kind, amount, and the counted thing where both name it."""
    if a.kind != b.kind or abs(a.amount - b.amount) > 1e-9 * max(1.0, abs(a.amount)):
        return False
    if a.kind == "ordinal" and a.unit and b.unit:  # "the first visit" and "the first time" are two claims
        return a.unit == b.unit or family(a.unit, b.unit) or bool(_groups(a.unit) & _groups(b.unit))
    if a.kind in ("number", "percent") and a.unit and b.unit and a.unit != b.unit:
        if family(a.unit, b.unit) or _groups(a.unit) & _groups(b.unit):
            return True
        if span is None:
            return False
        near = [t for t in span.tokens if b.end <= t.start <= b.end + 40]
        return any(t.stem == a.unit or family(t.stem, a.unit) or bool(_groups(t.stem) & _groups(a.unit)) for t in near)
    return True


def _in_value(token: Token, fact: Reading, span: Reading) -> bool:
    return any(
        v.start <= token.start < v.end and any(equal_values(v, w, span) for w in span.values) for v in fact.values
    )


# -- names --------------------------------------------------------------------------------------------------------------

_PRONOUNS = frozenset("he she his her him hers it its they their them".split())


def _resolve(
    fact: Reading, sentence: Sentence, span: Reading, home: Story, words: Corpus, context: set[int]
) -> dict[int, bool]:
    """Token index of each name part in the statement -> whether the sentence, or its article's introduction, has it."""
    spoken = {_folded(t) for t in span.tokens}
    result: dict[int, bool] = {}
    for name in fact.names:
        parts = list(zip(range(name.first, name.last + 1), name.parts, strict=True))
        proper = [
            (i, p)
            for i, p in parts
            if p not in lexicon.TITLES
            and (
                i
                or p in words.names
                or len(parts) > 1
                or fact.tokens[i].text.isupper()
                or any(_folded(t) == p for t in span.tokens)
            )
        ]
        for i, part in proper:
            if any(part == s or same_name(part, s) for s in spoken) or any(
                same(fact.tokens[i], t) for t in span.tokens
            ):
                result[i] = True
            else:
                result[i] = _introduced(part, [p for _, p in proper], sentence, span, spoken, home, words, context)
    return result


def _folded(token: Token) -> str:
    return strip_accents(lexicon.DEMONYMS.get(token.norm, token.norm))


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


# -- negation, hedges ---------------------------------------------------------------------------------------------------


def _negation(fact: Reading, span: Reading, aligned: Mapping[int, list[int]]) -> tuple[CheckState, str | None]:
    implicit_fact = [i for i, t in enumerate(fact.tokens) if t.stem in _IMPLICIT_NEGATION]
    implicit_span = [j for j, t in enumerate(span.tokens) if t.stem in _IMPLICIT_NEGATION]
    if not fact.negations and not span.negations and not implicit_fact and not implicit_span:
        return "not_checked", None
    if fact.negations and not span.negations and not implicit_span:
        return "fail", "negation_not_in_source"
    hit = {j for hits in aligned.values() for j in hits}
    if not fact.negations and not implicit_fact:
        for j in (*span.negations, *implicit_span):
            scope = [k for k in range(j + 1, min(j + 5, len(span.tokens))) if span.tokens[k].content][:2]
            if scope and scope[0] in hit:
                return "fail", "negation_dropped"
    if fact.negations and span.negations:
        # The negated word of the statement must stand in the reach of a negation of the sentence.
        for i in fact.negations:
            scope = [k for k in range(i + 1, min(i + 5, len(fact.tokens))) if fact.tokens[k].content][:1]
            for k in scope:
                if aligned[k] and not any(
                    0 < j - n <= 8 for j in aligned[k] for n in (*span.negations, *implicit_span)
                ):
                    return "fail", "negation_not_in_source"
    return "pass", None


def _hedge(fact: Reading, span: Reading, aligned: Mapping[int, list[int]]) -> str | None:
    if fact.hedges and not span.hedges and not any(t.norm in lexicon.WEAK_HEDGES for t in span.tokens):
        return "hedge_not_in_source"
    hits = [hits for i, hits in aligned.items() if fact.tokens[i].content and hits]
    weak = any(t.norm in lexicon.WEAK_HEDGES or t.stem in _NOT_YET for t in fact.tokens)
    if not fact.hedges:
        for j in span.hedges:
            end = _clause_end(span, j)
            inside = sum(1 for h in hits if all(j < k <= end for k in h))
            if hits and inside >= max(1, len(hits) // 2):
                return "hedge_dropped"
    future = weak or bool(fact.hedges) or any(t.norm in lexicon.FUTURE for t in fact.tokens)
    if not future:
        for j, token in enumerate(span.tokens):
            if token.stem in _NOT_YET or token.norm in ("will", "would", "shall"):
                verb = [k for k in range(j + 1, min(j + 5, len(span.tokens))) if span.tokens[k].content][:1]
                for i, h in aligned.items():
                    if verb and verb[0] in h and _finite_past(fact, i):
                        return "status_changed"
    return None


def _finite_past(fact: Reading, i: int) -> bool:
    norm = fact.tokens[i].norm
    return (norm.endswith("ed") or norm in lexicon.PAST_FORMS) and not (
        i and fact.tokens[i - 1].norm in ("be", "been", "being", "to")
    )


def _clause_end(span: Reading, j: int) -> int:
    for k in range(j + 1, len(span.tokens)):
        between = span.text[span.tokens[k - 1].end : span.tokens[k].start]
        if ";" in between or ("," in between and span.tokens[k].norm in ("but", "while", "and", "though", "although")):
            return k - 1
    return len(span.tokens) - 1


# -- roles, speakers, attribution, cause and order ----------------------------------------------------------------------


def _predicate(reading: Reading, name: Name) -> int | None:
    """The token index of the first content word behind a name: what the name does, as far as word order tells."""
    for k in range(name.last + 1, min(name.last + 6, len(reading.tokens))):
        between = reading.text[reading.tokens[k - 1].end : reading.tokens[k].start]
        if any(mark in between for mark in ',;.:()"“”'):
            return None
        token = reading.tokens[k]
        if (
            token.norm in ("and", "or", "of", "in", "at", "for", "with", "to", "from", "on", "by")
            and token.norm != "to"
        ):
            return None
        if token.content and not token.norm.endswith("ly"):
            return k
    return None


def _left_names(reading: Reading, index: int) -> list[Name]:
    """The nearest name before a token in its clause, with those joined to it by commas and 'and'."""
    before = [n for n in reading.names if n.last < index]
    if not before:
        return []
    group = [before[-1]]
    for name in reversed(before[:-1]):
        between = reading.text[name.end : group[-1].start]
        if between.strip() in (",", "and", ", and", "&") or between.strip() == "":
            group.append(name)
        else:
            break
    return group


def _proper(name: Name) -> list[str]:
    return [p for p in name.parts if p not in lexicon.TITLES]


def _share(a: list[str], b: list[str]) -> bool:
    return any(same_name(x, y) for x in a for y in b)


def _roles(
    fact: Reading,
    sentence: Sentence,
    span: Reading,
    home: Story,
    aligned: Mapping[int, list[int]],
    subject: tuple[str, ...],
) -> tuple[CheckState, str | None]:
    state: CheckState = "not_checked"
    why = _speaker(fact, sentence, span, home, aligned)
    if why:
        return "fail", why
    why = _attribution(fact, span, aligned)
    if why:
        return "fail", why
    if any(t.norm in lexicon.REPORTING for t in fact.tokens):
        state = "pass"
    if subject and fact.tokens and not any(_share(_proper(n), list(subject)) for n in fact.names):
        named = [p for n in span.names for p in _proper(n)]
        people = [p for _, parts in home.introductions for p in parts]
        others = [p for p in named if any(same_name(p, q) for q in people)]
        if others and not _share(list(subject), named) and not any(t.norm in _PRONOUNS for t in span.tokens):
            return "fail", "subject_not_in_source"
        state = "pass"
    if _swapped(fact, span, aligned):
        return "fail", "roles_swapped"
    for name in fact.names:
        doer = _proper(name)
        k = _predicate(fact, name)
        if not doer or k is None or not aligned[k] or not _verb(fact, k) or fact.tokens[k].norm in lexicon.REPORTING:
            continue
        if any(k == n for other in fact.names for n in range(other.first, other.last + 1)):
            continue
        passive = _passive(fact, k)
        verdicts = []
        for j in aligned[k]:
            left = _left_names(span, j)
            parts = [p for n in left for p in _proper(n)]
            right = [p for n in span.names if n.first > j for p in _proper(n)]
            if _passive(span, j) != passive:
                left_ok, right_ok = _share(doer, right), _share(doer, parts)
                verdicts.append(None if not right and not parts else (left_ok or not right_ok))
            elif _share(doer, parts) or not parts:
                verdicts.append(True if parts else None)
            else:
                everyone = [p for n in span.names if n.last < j for p in _proper(n)]
                swapped = _share(doer, right) and not _share(doer, everyone)
                verdicts.append(False if swapped else None)
        if verdicts and not any(v is True for v in verdicts) and any(v is False for v in verdicts):
            return "fail", "roles_swapped"
        if any(v is True for v in verdicts):
            state = "pass"
    return state, None


_BE = frozenset("was were been be is are being am get got gets".split())
_BEFORE_NOUNS = frozenset(
    "the a an its his her their our my your this that these those some any no of in at on".split()
)


def _swapped(fact: Reading, span: Reading, aligned: Mapping[int, list[int]]) -> bool:
    """Whether a verb has its neighbours the other way round than in the sentence: "the barge struck the ferry".

    Passives turn the order: with "by" they must, without it they may.
    """
    for k, token in enumerate(fact.tokens):
        if not aligned[k] or not _verb(fact, k):
            continue
        left, right = _neighbour(fact, k, -1), _neighbour(fact, k, 1)
        if left is None or not aligned[left]:
            continue
        mine, verdicts = _voice(fact, k), []
        for j in aligned[k]:
            theirs = _voice(span, j)
            on_left = any(a < j for a in aligned[left])
            on_right = any(a > j for a in aligned[left])
            if right is None or not aligned[right] or right == left:
                other = _neighbour(span, j, -1)
                capital = token_is_capital(fact, left) and other is not None and token_is_capital(span, other)
                verdicts.append(bool(capital and not on_left and mine == theirs and other not in aligned[left]))
                continue
            inverted = not on_left and all(b < j for b in aligned[right])
            straight = not on_right and all(b > j for b in aligned[right])
            if mine == theirs:
                other = _neighbour(span, j, -1)
                stolen = (
                    not on_left
                    and token_is_capital(fact, left)
                    and other is not None
                    and token_is_capital(span, other)
                    and other not in aligned[left]
                )
                verdicts.append(inverted or stolen)
            elif "by" in (mine, theirs):
                verdicts.append(straight and "be" not in (mine, theirs))
            elif mine == "active":  # the sentence has "were injured": only a direct object turns it round
                verdicts.append(straight and _direct(fact, k, right))
            else:
                verdicts.append(False)
        if verdicts and all(verdicts):
            return True
    return False


def token_is_capital(reading: Reading, i: int) -> bool:
    """Whether a token is written with a capital."""
    return reading.tokens[i].text[:1].isupper()


def _verb(reading: Reading, k: int) -> bool:
    token = reading.tokens[k]
    before = reading.tokens[k - 1].norm if k else ""
    if not token.content or token.norm in lexicon.TITLES or before in _BEFORE_NOUNS or token.norm[0].isdigit():
        return False
    if token.text[:1].isupper() and k:
        return False
    modal = before in lexicon.FUTURE or before in ("can", "did", "does", "do", "not")
    ending = token.norm.endswith(("ed", "ing", "s")) and not token.norm.endswith(("ss", "us"))
    return modal or ending or token.norm in lexicon.PAST_FORMS or token.norm in lexicon.IRREGULAR


def _neighbour(reading: Reading, k: int, step: int) -> int | None:
    """The nearest content word to one side within the clause, adverbs and counts passed over."""
    i = k + step
    for _ in range(7):
        if not 0 <= i < len(reading.tokens):
            return None
        low, high = (i, i - step) if step > 0 else (i, i + 1)
        between = reading.text[reading.tokens[min(low, high)].end : reading.tokens[max(low, high)].start]
        if any(mark in between for mark in ',;:."“”'):
            return None
        token = reading.tokens[i]
        if token.norm in ("that", "who", "which", "when", "while", "and", "but", "because", "after", "before", "if"):
            return None
        if token.content and not token.norm.endswith("ly") and not token.norm[0].isdigit() and not _auxiliary(token):
            return i
        i += step
    return None


def _auxiliary(token: Token) -> bool:
    return token.norm in lexicon.UNITS or token.norm in lexicon.WEEKDAYS or token.norm in lexicon.MONTHS


def _voice(reading: Reading, k: int) -> str:
    """`active`, `be` (were injured), or `by` (were injured by ...)."""
    before = [reading.tokens[m].norm for m in range(max(0, k - 3), k)]
    passive = any(b in _BE for b in before) and "to" not in before[-1:] and not reading.tokens[k].norm.endswith("ing")
    if not passive:
        return "active"
    by = any(reading.tokens[m].norm == "by" for m in range(k + 1, min(k + 4, len(reading.tokens))))
    return "by" if by else "be"


def _direct(reading: Reading, k: int, right: int) -> bool:
    """Whether nothing but articles and counts stands between a verb and the word behind it."""
    return all(
        reading.tokens[m].norm in ("the", "a", "an", "its", "his", "their")
        or _auxiliary(reading.tokens[m])
        or reading.tokens[m].norm[0].isdigit()
        for m in range(k + 1, right)
    )


def _passive(reading: Reading, k: int) -> bool:
    by = any(reading.tokens[m].norm == "by" for m in range(k + 1, min(k + 4, len(reading.tokens))))
    return (
        by
        and k > 0
        and any(
            reading.tokens[m].norm in ("was", "were", "been", "be", "is", "are", "being")
            for m in range(max(0, k - 2), k)
        )
    )


def _speakers(reading: Reading) -> list[tuple[list[str], int]]:
    """(folded parts of the speaker, token index of the reporting word) for each attribution with a named speaker."""
    found: list[tuple[list[str], int]] = []
    for k, token in enumerate(reading.tokens):
        if token.norm in lexicon.REPORTING | lexicon.CLAIMING:
            after = [
                n for n in reading.names if n.first in (k + 1, k + 2, k + 3, k + 4) and _unbroken(reading, k, n.first)
            ]
            left = [n for n in reading.names if n.last < k and k - n.last <= 3 and _near(reading, n.last, k)]
            inverted = (
                k == 0
                or reading.text[reading.tokens[k - 1].end : token.start]
                .strip(" ")
                .endswith(("”", '"', ",", "’", "'", "」"))
                or not left
            )
            chosen = after if inverted and after and token.norm in lexicon.REPORTING else left
            if chosen:
                found.append(([p for n in chosen[-1:] for p in _proper(n)], k))
        elif token.norm == "per" or (token.norm == "to" and k and reading.tokens[k - 1].norm == "according"):
            after = [n for n in reading.names if n.first in (k + 1, k + 2, k + 3)]
            if after:
                found.append((_proper(after[0]), k))
    return [(parts, k) for parts, k in found if parts]


def _unbroken(reading: Reading, k: int, first: int) -> bool:
    between = reading.text[reading.tokens[k].end : reading.tokens[first].start]
    return not any(mark in between for mark in ',;.:"“”') and " that " not in between


def _near(reading: Reading, last: int, k: int) -> bool:
    between = reading.text[reading.tokens[last].end : reading.tokens[k].start]
    return not any(mark in between for mark in ";.:")


def _speaker(
    fact: Reading, sentence: Sentence, span: Reading, home: Story, aligned: Mapping[int, list[int]]
) -> str | None:
    said = [
        s for s in _speakers(fact) if fact.tokens[s[1]].norm in lexicon.REPORTING | lexicon.CLAIMING | {"to", "per"}
    ]
    if not said:
        return None
    there = _speakers(span)
    if span.text[:1] in '“"«「':
        before = home.before(sentence.key)
        there += [(parts, -1) for parts, _ in _speakers(before)] if before is not None else []
    everything = there
    for parts, verb in said:
        there = _answering(fact, span, verb, everything, aligned)
        if not there:
            if not any(t.norm in lexicon.REPORTING | lexicon.CLAIMING | {"per", "according"} for t in span.tokens):
                return "speaker_not_in_source"
            continue
        if any(_share(parts, other) for other, _ in there):
            if not any(_same_person(parts, other, sentence, home) for other, _ in there if _share(parts, other)):
                return "speaker_swapped"
            continue
        pronoun = any(t.norm in ("he", "she", "they", "it") for t in span.tokens)
        if not pronoun:
            everyone = [p for other, _ in there for p in other]
            kin = [p for _, parts2 in home.roles.values() for p in parts2 if _share(parts, list(parts2))]
            if not _share(everyone, kin):
                return "speaker_swapped"
    return None


def _answering(
    fact: Reading,
    span: Reading,
    verb: int,
    there: list[tuple[list[str], int]],
    aligned: Mapping[int, list[int]],
) -> list[tuple[list[str], int]]:
    """Of the sentence's speakers, those of the same verb; else, of several, the one whose words the statement has."""
    if len(there) < _SECOND_NAME:
        return there
    equal = [s for s in there if s[1] >= 0 and span.tokens[s[1]].stem == fact.tokens[verb].stem]
    if equal:
        return equal
    starts = sorted(k for _, k in there)
    hits = [min(h) for i, h in aligned.items() if h and fact.tokens[i].content and i > verb]

    def reach(k: int) -> int:
        end = min((s for s in starts if s > k), default=len(span.tokens))
        return sum(1 for h in hits if k < h < end)

    best = max(reach(k) for _, k in there)
    return [s for s in there if reach(s[1]) == best] if best else there


def _same_person(a: list[str], b: list[str], sentence: Sentence, home: Story) -> bool:
    """Whether a full name and the part of it that a sentence has are one person in this article."""
    if all(any(same_name(x, y) for y in b) for x in a) or len(a) == 1:
        return True
    rest = [x for x in a if not any(same_name(x, y) for y in b)]
    if len(b) > 1 and any(not any(same_name(x, y) for x in a) for y in b):
        return False
    candidates = [
        parts for number, parts in home.introductions if number <= sentence.key.number and _share(b, list(parts))
    ]
    return bool(candidates) and all(any(same_name(x, p) for p in candidates[-1]) for x in rest)


def _attribution(fact: Reading, span: Reading, aligned: Mapping[int, list[int]]) -> str | None:
    """Whether the sentence only reports what the statement asserts."""
    markers = lexicon.REPORTING | lexicon.CLAIMING | lexicon.ATTRIBUTION_NOUNS | {"according", "per"}
    if any(t.norm in markers for t in fact.tokens):
        return None
    hits = [min(h) for i, h in aligned.items() if fact.tokens[i].content and h]
    if not hits:
        return None
    for k, token in enumerate(span.tokens):
        if any(q.start <= token.start < q.end for q in span.quotations):
            continue
        if token.norm in lexicon.REPORTING | lexicon.CLAIMING:
            behind = sum(1 for h in hits if h > k)
            tail = span.text[token.end :].strip()
            that = k + 1 < len(span.tokens) and any(
                span.tokens[m].norm in ("that", "whether", "how") for m in range(k + 1, min(k + 3, len(span.tokens)))
            )
            clause = that or token.norm in lexicon.REPORTING | {
                "fear",
                "fears",
                "believe",
                "believes",
                "claim",
                "claims",
                "claimed",
                "alleged",
                "argued",
                "warned",
                "thought",
                "suspect",
            }
            if clause and behind >= max(2, 0.7 * len(hits)):
                return "attribution_dropped"
            described = token.norm in _CALLING
            if described and behind >= max(1, 0.5 * len(hits)):
                return "attribution_dropped"
            before = span.text[: token.start].rstrip()
            postposed = len(tail) <= 90 and re.search(r"[,”\"’][^,”\"]{0,80}$", before) is not None
            if postposed and token.norm in lexicon.REPORTING:
                ahead = sum(1 for h in hits if h < k)
                if ahead >= max(2, 0.7 * len(hits)):
                    return "attribution_dropped"
        elif token.norm == "per" and span.text[: token.start].rstrip().endswith(","):
            if sum(1 for h in hits if h < k) >= 0.7 * len(hits):
                return "attribution_dropped"
        elif token.norm == "to" and k and span.tokens[k - 1].norm == "according":
            return "attribution_dropped"
    return None


def _connectives(fact: Reading, span: Reading, aligned: Mapping[int, list[int]]) -> str | None:
    families = {lexicon.CAUSE[t.norm] for t in span.tokens if t.norm in lexicon.CAUSE}
    for token in fact.tokens:
        family_of = lexicon.CAUSE.get(token.norm)
        if family_of and family_of not in families:
            return "cause_not_in_source" if family_of == "cause" else "order_not_in_source"
    there = {lexicon.QUANTIFIERS[t.norm] for t in span.tokens if t.norm in lexicon.QUANTIFIERS}
    here = {lexicon.QUANTIFIERS[t.norm] for t in fact.tokens if t.norm in lexicon.QUANTIFIERS}
    if here - there - {"only", "both"}:
        return "quantity_not_in_source"
    hit = {j for h in aligned.values() for j in h}
    for j, token in enumerate(span.tokens):
        kind = lexicon.QUANTIFIERS.get(token.norm)
        if kind in ("some", "half", "most") and kind not in here:
            following = [m for m in range(j + 1, min(j + 4, len(span.tokens))) if span.tokens[m].content][:1]
            if (
                following
                and following[0] in hit
                and span.tokens[following[0]].norm not in ("week", "weeks", "time", "times")
            ):
                return "quantity_dropped"
    return None
