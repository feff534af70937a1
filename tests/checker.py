"""The separate judge: does an answer keep the rules, whoever made it?

Takes an answer of `POST /summarize` (the caller's numbering) and the articles it was made from; gives the breaches that
it finds, none for an answer that keeps the rules. Does not know how the answer was made: it imports the contract and
nothing else of the package, and reads text by its own means (`checker_words`).

It is made to be believed when it speaks: where a rule leaves room, or text cannot be read surely without a grammar, it
says nothing. What it therefore cannot see is listed at the end of this docstring.

Not seen: pronouns that point to somebody else; a wrong common noun or verb that `checks.unsupported_words` owns up to
(one in five at most, one in two of a fact that a judge rescued); roles without a finite verb between the two; a dispute that the answer does not mention and whose
article it does not list in `stances`; story text that was removed or never used; sums that happen to stand in a span.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer import contract
from tests import checker_words as w

# Own closed list: what may stand between facts. None of these says anything about cause, order, number or degree.
NEUTRAL = frozenset(
    "and but while meanwhile also or as well in addition separately moreover furthermore whereas however too both "
    "additionally besides for its their part other news the elsewhere plus yet".split()
)
# One content word in five may be missing from the cited spans, if the answer owns up to it; more is another statement.
MISSING_SHARE = 0.2
# Of a fact whose words a judge answered for, every second one; all else that is asked of a fact is asked of it too.
RESCUED_SHARE = 0.5
# Two facts whose content words overlap this much, with the same values and names, are one fact told twice.
TWICE = 0.85
# So many words in a row, outside quotation marks, are not found by two writers independently.
COPIED_RUN = 15


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule broken: a stable word for the rule, the place in the answer, and what is wrong there."""

    rule: str
    where: str
    message: str


def breaches(
    answer: contract.Answer | Mapping[str, Any],
    articles: Sequence[tuple[str, str]],
    *,
    max_words: int | None = None,
    min_origins: int = 1,
    include: Iterable[str] = (),
) -> list[Breach]:
    """All breaches of the rules in `answer`, in the order of the answer. `articles`: (name, text) as the caller sent them.

    For HTML the text is the extracted one. `max_words`, `min_origins` and `include` are those of the request.
    """
    if not isinstance(answer, contract.Answer):
        answer = contract.Answer.model_validate(answer)
    case = _Case(answer, tuple(articles))
    found = [
        *_articles(case, frozenset(include)),
        *_shape(case, max_words),
        *_all_statements(case),
        *_agreement(case, min_origins),
        *_twice(case),
        *_disputes(case),
        *_bookkeeping(case, frozenset(include)),
    ]
    return list(dict.fromkeys(found))


class _Case:
    """The answer, its articles by number, and what is derived from both once."""

    def __init__(self, answer: contract.Answer, articles: tuple[tuple[str, str], ...]) -> None:
        self.answer = answer
        self.names = {i: name for i, (name, _) in enumerate(articles, 1)}
        self.texts = {i: text for i, (_, text) in enumerate(articles, 1)}
        self.by_number = {article.number: article for article in answer.articles}
        self.lowercase = frozenset(
            word.norm for text in self.texts.values() for word in w.words(text) if word.text[0].islower()
        )
        self.article_words = {i: w.words(text) for i, text in self.texts.items()}

    def span(self, citation: contract.CitationOut) -> str:
        """The cited characters, from the article and not from the answer's `quote`."""
        return self.texts.get(citation.article, "")[citation.start : citation.end]

    def origins_of(self, citation: contract.CitationOut) -> frozenset[int]:
        """The origins that the span may have: its article's, or that of the passage from which it was copied."""
        article = self.by_number.get(citation.article)
        if article is None:
            return frozenset()
        own, copied = {article.origin}, set[int]()
        for passage in article.copied:
            overlap = min(passage.end, citation.end) - max(passage.start, citation.start)
            if overlap > 0:
                sources = self.roots(passage.source)
                if overlap >= citation.end - citation.start:
                    return frozenset(sources | ({article.origin} if article.origin in sources else set()))
                copied |= sources
        return frozenset(own | copied)

    def roots(self, number: int) -> set[int]:
        """The origin of an article, and of those that it copies from itself (a passage may have come through it)."""
        seen: set[int] = set()
        todo = [number]
        origins: set[int] = set()
        while todo:
            current = todo.pop()
            if current in seen or current not in self.by_number:
                continue
            seen.add(current)
            origins.add(self.by_number[current].origin)
            todo.extend(passage.source for passage in self.by_number[current].copied)
        return origins


# --- articles -----------------------------------------------------------------------------------------------------------


def _articles(case: _Case, include: frozenset[str]) -> Iterator[Breach]:
    numbers = [article.number for article in case.answer.articles]
    if len(set(numbers)) != len(numbers):
        yield Breach("articles", "articles", f"numbers are not unique: {numbers}")
    used = Counter(c.article for c in _every_citation(case.answer))
    for article in case.answer.articles:
        where = f"articles[{article.number}]"
        if article.number not in case.texts:
            yield Breach("articles", where, "no such article was sent")
            continue
        text = case.texts[article.number]
        if article.name != case.names[article.number]:
            yield Breach("articles", where, f"named {article.name!r}, sent as {case.names[article.number]!r}")
        if article.characters != len(text):
            yield Breach("articles", where, f"characters is {article.characters}, the text has {len(text)}")
        if article.text is not None and article.text != text:
            yield Breach("articles", where, "text is not the text that was sent")
        if article.text is not None and "article_text" not in include:
            yield Breach("include", where, "text is returned without having been asked for")
        last = 0
        for gone in article.removed:
            if not 0 <= gone.start < gone.end <= len(text):
                yield Breach("removed", where, f"removed span {gone.start}:{gone.end} is not in the text")
            elif gone.start < last:
                yield Breach("removed", where, f"removed spans overlap at {gone.start}")
            if not gone.reason:
                yield Breach("removed", where, f"removed span {gone.start}:{gone.end} has no reason")
            last = gone.end
        for passage in article.copied:
            if not 0 <= passage.start < passage.end <= len(text):
                yield Breach("copied", where, f"copied passage {passage.start}:{passage.end} is not in the text")
            if passage.source == article.number or passage.source not in case.by_number:
                yield Breach("copied", where, f"copied from article {passage.source}")
            if not 0 < passage.similarity <= 1:
                yield Breach("copied", where, f"similarity {passage.similarity}")
        told = sum(1 for fact in case.answer.facts for c in fact.citations if c.article == article.number)
        if (told and not article.cited) or (article.cited and not used[article.number]):
            yield Breach("articles", where, f"cited is {article.cited}, {told} citations of facts name it")


def _every_citation(answer: contract.Answer) -> Iterator[contract.CitationOut]:
    if answer.headline:
        yield from answer.headline.citations
    for fact in (*answer.facts, *answer.left_out.facts):
        yield from fact.citations
    for dispute in answer.disputes:
        for position in dispute.positions:
            yield from position.citations


# --- the shape of the summary -------------------------------------------------------------------------------------------

_MARKER = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")
_ID = re.compile(
    r"\{[^{}]{0,80}\d[^{}]{0,80}\}|<\|[^|]*\|>|</?(?:article|articles|sentence|source|sources|document)\b[^>]*>", re.I
)


def _shape(case: _Case, max_words: int | None) -> Iterator[Breach]:
    answer = case.answer
    places: list[tuple[int, int]] = []
    position = 0
    for number, sentence in enumerate(answer.sentences):
        start = answer.summary.find(sentence.text, position) if sentence.text else -1
        if start < 0 or not re.fullmatch(r"\s*(?:[-•*]\s+)?", answer.summary[position:start]):
            yield Breach("sentences", f"sentences[{number}]", "the summary is not its sentences joined")
            return
        places.append((start, start + len(sentence.text)))
        position = start + len(sentence.text)
    if answer.summary[position:].strip():
        yield Breach("sentences", "summary", f"the summary goes on after its sentences: {answer.summary[position:]!r}")
    if not answer.facts and not answer.warnings:
        yield Breach("sentences", "summary", "the answer has no fact, and no warning says why")
    seen = Counter(index for sentence in answer.sentences for index in sentence.facts)
    for index in range(len(answer.facts)):
        if seen[index] != 1:
            yield Breach("sentences", f"facts[{index}]", f"stands in {seen[index]} sentences, not in one")
    for number, (sentence, (start, end)) in enumerate(zip(answer.sentences, places, strict=True)):
        where = f"sentences[{number}]"
        if not sentence.facts:
            yield Breach("sentences", where, "has no fact")
        held: list[tuple[int, int]] = []
        for index in sentence.facts:
            if not 0 <= index < len(answer.facts):
                yield Breach("sentences", where, f"names fact {index}, of {len(answer.facts)}")
                continue
            at = answer.facts[index].at
            if at is None or not start <= at[0] < at[1] <= end:
                yield Breach("at", f"facts[{index}]", f"at {at} is not inside its sentence {start}:{end}")
                continue
            held.append(at)
            if not _same_but_edges(answer.summary[at[0] : at[1]], answer.facts[index].text):
                yield Breach("at", f"facts[{index}]", f"the summary has {answer.summary[at[0] : at[1]]!r} there")
        cursor = start
        for a, b in sorted(held):
            if a < cursor:
                yield Breach("at", where, f"facts overlap at {a}")
            yield from _connecting(answer.summary[cursor:a], where)
            cursor = max(cursor, b)
        if held or not sentence.facts:
            yield from _connecting(answer.summary[cursor:end], where)
    for place, text in (("summary", answer.summary), ("headline", answer.headline.text if answer.headline else "")):
        marker = _MARKER.search(text) or _ID.search(text)
        if marker:
            yield Breach("markers", place, f"a marker in plain text: {marker[0]!r}")
    if max_words is not None and not w.mostly_cjk(answer.summary) and len(answer.summary.split()) > max_words:
        yield Breach("max_words", "summary", f"{len(answer.summary.split())} words, {max_words} asked for")
    yield from _cited_form(case)


def _same_but_edges(left: str, right: str) -> bool:
    a, b = (text.strip().rstrip(".,;:!?。、").strip() for text in (left, right))
    return bool(a) and a[1:] == b[1:] and a[0].casefold() == b[0].casefold()


def _connecting(text: str, where: str) -> Iterator[Breach]:
    for word in w.words(text):
        if word.norm not in NEUTRAL:
            yield Breach("connecting", where, f"{word.text!r} belongs to no fact and is no neutral connecting word")
    rest = re.sub(r"(?:また|一方|そして|なお|さらに|および|ほか)", "", text)
    if re.search(f"[{w.CJK}]", rest):
        yield Breach("connecting", where, f"{text!r} belongs to no fact")


def _cited_form(case: _Case) -> Iterator[Breach]:
    """`summary_cited` is the summary with the numbers of the cited articles behind each fact, and nothing else."""
    answer = case.answer
    plain: list[str] = []
    marks: list[tuple[int, int]] = []  # (place in the text without markers, article)
    cursor = 0
    source = answer.summary_cited
    for match in re.finditer(rf" ?{_MARKER.pattern}", source):
        plain.append(source[cursor : match.start()])
        cursor = match.end()
        place = len(re.sub(r"\s+", "", "".join(plain)))
        marks.extend((place, int(number)) for number in re.findall(r"\d+", match[0]))
    plain.append(source[cursor:])
    if re.sub(r"\s+", "", "".join(plain)) != re.sub(r"\s+", "", answer.summary):
        yield Breach("summary_cited", "summary_cited", "without its markers it is not the summary")
        return
    ends = []
    for index, fact in enumerate(answer.facts):
        if fact.at:
            squeezed = [len(re.sub(r"\s+", "", answer.summary[:offset])) for offset in fact.at]
            ends.append((squeezed[0], squeezed[1], index))
    ends.sort()
    for order, (start, _, index) in enumerate(ends):
        until = ends[order + 1][0] if order + 1 < len(ends) else 10**9
        own = {article for place, article in marks if start < place <= until}
        cited = {c.article for c in answer.facts[index].citations}
        full = {c.article for c in answer.facts[index].citations if not c.partial}
        if not full <= own <= cited:
            yield Breach(
                "summary_cited", f"facts[{index}]", f"marked {sorted(own)}, its citations name {sorted(cited)}"
            )


# --- one statement against its spans --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Statement:
    """What the rules about words need of a fact, a headline or a position."""

    where: str
    text: str
    citations: tuple[contract.CitationOut, ...]
    full: tuple[contract.CitationOut, ...]
    unsupported: tuple[str, ...] = ()
    carried: bool = False
    rescued: bool = False


def _all_statements(case: _Case) -> Iterator[Breach]:
    answer = case.answer
    if answer.headline:
        full = tuple(c for c in answer.headline.citations if not c.partial)
        yield from _statement(
            case, _Statement("headline", answer.headline.text, tuple(answer.headline.citations), full)
        )
    before: dict[int, int] = {}
    for sentence in answer.sentences:
        before |= dict(zip(sentence.facts[1:], sentence.facts, strict=False))
    for index, fact in enumerate(answer.facts):
        previous = answer.facts[before[index]] if before.get(index, len(answer.facts)) < len(answer.facts) else None
        # "X said that A and that B" is two facts; the second is said by X as plainly as the first.
        carried = bool(previous and re.match(r"(?:and\s+)?that\b", fact.text) and w.carries_attribution(previous.text))
        yield from _fact(case, f"facts[{index}]", fact, carried)
    for index, left in enumerate(answer.left_out.facts):
        yield from _fact(case, f"left_out.facts[{index}]", left, False)
        if left.at is not None:
            yield Breach("at", f"left_out.facts[{index}]", "a fact that was left out has a place in the summary")
    for i, dispute in enumerate(answer.disputes):
        for j, position in enumerate(dispute.positions):
            full = tuple(c for c in position.citations if not c.partial)
            where = f"disputes[{i}].positions[{j}]"
            yield from _statement(case, _Statement(where, position.text, tuple(position.citations), full))


def _fact(case: _Case, where: str, fact: contract.FactOut, carried: bool) -> Iterator[Breach]:
    asserting = {number for number, stance in fact.stances.items() if stance == "asserts"}
    full = tuple(c for c in fact.citations if not c.partial and str(c.article) in asserting)
    yield from _statement(
        case,
        _Statement(
            where,
            fact.text,
            tuple(fact.citations),
            full,
            tuple(fact.checks.unsupported_words),
            carried,
            fact.checks.judge == "rescued",
        ),
    )
    for name in ("quotes", "numbers", "names", "roles", "negation", "judge"):
        if getattr(fact.checks, name) == "fail":
            yield Breach("checks", where, f"published although its check {name!r} failed")
    if w.quotations(fact.text)[0] and re.search(r"[\"“„«「]", fact.text) and fact.checks.quotes != "pass":
        yield Breach("checks", where, f"has a quotation, and checks.quotes is {fact.checks.quotes!r}")
    if re.search(r"\d", fact.text) and w.numbers(fact.text) and fact.checks.numbers != "pass":
        yield Breach("checks", where, f"has a number, and checks.numbers is {fact.checks.numbers!r}")
    run = max((_shared_run(fact.text, case.span(c)) for c in full), default=0)
    # Tokens may be counted in several ways; half of a long run is not one of them.
    if run >= 8 and fact.checks.verbatim_run < run / 2:
        yield Breach(
            "checks", where, f"verbatim_run is {fact.checks.verbatim_run}; {run} words in a row stand in a source"
        )
    if fact.attributed_to:
        key = [word for word in w.words(fact.attributed_to) if word.norm not in w.FUNCTION]
        if key and not any(
            all(any(w.alike(word.norm, other.norm) for other in case.article_words.get(c.article, ())) for word in key)
            for c in fact.citations
        ):
            yield Breach("attributed_to", where, f"{fact.attributed_to!r} stands in no cited article")


def _shared_run(text: str, span: str) -> int:
    left = [word.norm for word in w.words(w.unquoted(text))]
    right = [word.norm for word in w.words(span)]
    best = 0
    row = [0] * (len(right) + 1)
    for a in left:
        new = [0] * (len(right) + 1)
        for j, b in enumerate(right, 1):
            if a == b:
                new[j] = row[j - 1] + 1
                best = max(best, new[j])
        row = new
    return best


def _statement(case: _Case, it: _Statement) -> Iterator[Breach]:
    if not it.text.strip():
        yield Breach("text", it.where, "is empty")
        return
    if not it.citations:
        yield Breach("citations", it.where, "has no citation")
        return
    if not it.full:
        yield Breach("citations", it.where, "has no citation that states all of it")
    sound = True
    for citation in it.citations:
        for breach in _citation(case, it.where, citation):
            sound = False
            yield breach
    if not sound:
        return
    marker = _MARKER.search(it.text) or _ID.search(it.text)
    if marker:
        yield Breach("markers", it.where, f"a marker in plain text: {marker[0]!r}")
    full = it.full or it.citations
    yield from _quotes(case, it)
    yield from _values(case, it, full)
    yield from _names(case, it)
    yield from _content(case, it)
    yield from _negation(case, it, full)
    yield from _sureness(case, it, full)
    yield from _speaker(case, it, full)
    yield from _roles(case, it, full)
    connective = w.unsupported_connective(it.text, [case.span(c) for c in it.citations])
    if connective:
        yield Breach("connective", it.where, f"{connective!r} stands in no cited span")


def _citation(case: _Case, where: str, c: contract.CitationOut) -> Iterator[Breach]:
    text = case.texts.get(c.article)
    article = case.by_number.get(c.article)
    if text is None or article is None:
        yield Breach("citations", where, f"cites article {c.article}, which was not sent")
        return
    if not 0 <= c.start < c.end <= len(text) or text[c.start : c.end] != c.quote:
        yield Breach("slices", where, f"article {c.article}[{c.start}:{c.end}] is not {c.quote[:60]!r}")
        return
    if c.name != case.names[c.article]:
        yield Breach("citations", where, f"article {c.article} is named {c.name!r}")
    if c.origin not in case.origins_of(c):
        yield Breach(
            "origin", where, f"origin {c.origin} of {c.start}:{c.end} in article {c.article} is not told by its copies"
        )
    for gone in article.removed:
        if gone.reason != "heading" and gone.start < c.end and c.start < gone.end:
            yield Breach("removed", where, f"cites {c.start}:{c.end} of article {c.article}, removed as {gone.reason}")


def _quotes(case: _Case, it: _Statement) -> Iterator[Breach]:
    quoted, balanced = w.quotations(it.text)
    if not balanced:
        yield Breach("quotes", it.where, "a quotation mark has no partner")
    for quotation in quoted:
        carriers = [c for c in it.citations if w.verbatim(quotation.text, case.span(c))]
        if not carriers:
            yield Breach("quotes", it.where, f"{quotation.text!r} stands so in no cited span")
        elif not any(c.wording for c in carriers):
            yield Breach("wording", it.where, f"no citation is marked as carrying {quotation.text!r}")
    if quoted:
        for c in it.citations:
            if c.wording and not any(w.verbatim(q.text, case.span(c)) for q in quoted):
                yield Breach(
                    "wording", it.where, f"article {c.article}[{c.start}:{c.end}] is marked and carries no quotation"
                )


def _values(case: _Case, it: _Statement, full: Sequence[contract.CitationOut]) -> Iterator[Breach]:
    """Each value stands in a cited span; a citation that claims to state the fact has all of them."""
    asked = [number for number in w.numbers(it.text) if not number.weak]
    spans = {(c.article, c.start, c.end): w.numbers(case.span(c)) for c in it.citations}
    missing = [n for n in asked if not any(w.stands(n, values) for values in spans.values())]
    for number in missing:
        yield Breach("numbers", it.where, f"{it.text[number.start : number.end]!r} stands in no cited span")
    for c in full:
        lacking = [n for n in asked if n not in missing and not w.stands(n, spans[c.article, c.start, c.end])]
        if lacking and it.full:
            words = ", ".join(it.text[n.start : n.end] for n in lacking)
            yield Breach(
                "partial", it.where, f"article {c.article}[{c.start}:{c.end}] counts as stating it and lacks {words}"
            )
    yield from _counted(case, it, asked)


def _counted(case: _Case, it: _Statement, asked: Sequence[w.Number]) -> Iterator[Breach]:
    """What is counted: "30 killed" is wrong where the spans have 12 killed and 30 injured."""
    run = w.words(it.text)
    for number in asked:
        if number.kind not in ("count", "percent"):
            continue
        noun = next(
            (x for x in run if x.start >= number.end and x.norm not in w.FUNCTION and x.norm not in w.NUMBER_WORDS),
            None,
        )
        if noun is None or "," in it.text[number.end : noun.start] or noun.start - number.end > 25:
            continue
        right = wrong = 0
        for c in it.citations:
            span = case.span(c)
            values = [v for v in w.numbers(span) if v.kind == number.kind]
            for other in w.words(span):
                if not w.alike(noun.norm, other.norm):
                    continue
                near = [
                    v
                    for v in values
                    if v.end <= other.start and other.start - v.end <= 25 and "," not in span[v.end : other.start]
                ]
                if not near:
                    right += 1  # not counted there: nothing to compare
                elif w.stands(number, near):
                    right += 1
                elif w.stands(number, values):
                    wrong += 1
        if wrong and not right:
            yield Breach(
                "number_role", it.where, f"{it.text[number.start : noun.end]!r}: the spans count something else with it"
            )


def _names(case: _Case, it: _Statement) -> Iterator[Breach]:
    run = w.words(it.text)
    found = w.names(run, case.lowercase)
    spans = {(c.article, c.start, c.end): w.words(case.span(c)) for c in it.citations}
    place = {word.start: i for i, word in enumerate(run)}
    starts = {word.start for word in found}
    for word in found:
        if any(w.same_name(word.norm, other.norm) for span in spans.values() for other in span):
            continue
        if len(word.norm) >= 2 and word.text.isupper() and _acronym(case, it, word.norm):
            continue
        if word.opens and any(w.has(word.norm, span) for span in spans.values()):
            continue  # a common word at the head of the sentence
        i = j = place[word.start]
        while i > 0 and run[i - 1].start in starts and not run[i].gap.strip(" ."):
            i -= 1
        while j + 1 < len(run) and run[j + 1].start in starts and not run[j + 1].gap.strip(" ."):
            j += 1
        if not _completed(case, spans, run[i : j + 1], place[word.start] - i):
            yield Breach("names", it.where, f"{word.text!r} stands in no cited span and completes no name there")
    for left, right in itertools.pairwise(run):
        if left.start in starts and right.start in starts and not right.gap.strip(" ."):
            yield from _pair(case, it, left, right)


def _acronym(case: _Case, it: _Statement, norm: str) -> bool:
    for c in it.citations:
        run = case.article_words.get(c.article, ())
        for i in range(len(run) - len(norm) + 1):
            if "".join(x.norm[0] for x in run[i : i + len(norm)]) == norm and all(
                x.text[0].isupper() for x in run[i : i + len(norm)]
            ):
                return True
    return False


def _completed(
    case: _Case, spans: Mapping[tuple[int, int, int], Sequence[w.Word]], name: Sequence[w.Word], at: int
) -> bool:
    """The span has a part of the name, and the same article has that part and `name[at]` in one run, as here."""
    for (article, _, _), span in spans.items():
        for k, part in enumerate(name):
            if k == at or not any(w.same_name(part.norm, x.norm) for x in span):
                continue
            wanted = [x.norm for x in name[min(k, at) : max(k, at) + 1]]
            run = case.article_words[article]
            for start in range(len(run) - len(wanted) + 1):
                if all(w.same_name(x, run[start + n].norm) for n, x in enumerate(wanted)):
                    return True
    return False


def _pair(case: _Case, it: _Statement, left: w.Word, right: w.Word) -> Iterator[Breach]:
    """Two halves of one name stand side by side in a cited article: "Wang Gang" is not made of Wang Yi and Qin Gang."""
    if left.norm in case.lowercase or right.norm in case.lowercase or title_like(left.norm) or left.norm.endswith("'s"):
        return
    if left.text.endswith(("'s", "’s")):
        return
    for number in {c.article for c in it.citations}:
        run = case.article_words[number]
        if any(w.same_name(left.norm, a.norm) and w.same_name(right.norm, b.norm) for a, b in itertools.pairwise(run)):
            return
    if w.title_case(w.words(it.text)):
        return
    yield Breach("names", it.where, f"{left.text} {right.text} stands in no cited article")


_TITLES = frozenset(
    """president minister prime foreign secretary spokesman spokeswoman captain mayor governor chancellor king queen prince
    leader general colonel professor chief director inspector senator commissioner sergeant officer judge premier""".split()
)


def title_like(norm: str) -> bool:
    """A title or a word for a people, which may stand before any name: "Chinese President Xi"."""
    return norm in _TITLES or bool(re.search(r"(?:ese|ian|ish|ean|an|ch)$", norm))


def _content(case: _Case, it: _Statement) -> Iterator[Breach]:
    spans = [case.span(c) for c in it.citations]
    named = " ".join(it.unsupported).casefold()
    if w.mostly_cjk(it.text):
        asked = sorted(w.bigrams(it.text))
        offered = frozenset().union(*(w.bigrams(span) for span in spans))
        missing = [pair for pair in asked if pair not in offered]
        unnamed = [pair for pair in missing if pair not in named and not any(part in named for part in pair)]
    else:
        run = w.words(it.text)
        names = {word.start for word in w.names(run, case.lowercase)}
        values = w.numbers(it.text)
        # A name may be completed from its article, so its words are no content; a number was compared as a value.
        content = [
            word
            for word in run
            if word.norm not in w.FUNCTION
            and word.norm not in w.NUMBER_WORDS
            and word.norm not in w.STRONG_REPORTING
            and word.norm not in w._CALENDAR
            and word.start not in names
            and not any(n.start <= word.start < n.end for n in values)
            and not any(char.isdigit() for char in word.norm)
            and len(word.norm) > 1
        ]
        union = [other for span in spans for other in w.words(span)]
        asked = [word.norm for word in content]
        missing = [norm for norm in asked if not w.has(norm, union)]
        owned = [word.norm for word in w.words(named)]
        unnamed = [norm for norm in missing if norm not in owned and not any(w.alike(norm, other) for other in owned)]
    share = RESCUED_SHARE if it.rescued else MISSING_SHARE
    if len(missing) > share * len(asked) and len(missing) > 1:
        yield Breach(
            "words", it.where, f"{len(missing)} of {len(asked)} content words stand in no cited span: {missing}"
        )
    if unnamed:
        yield Breach("words", it.where, f"stand in no cited span and are not named as unsupported: {unnamed}")


def _negation(case: _Case, it: _Statement, full: Sequence[contract.CitationOut]) -> Iterator[Breach]:
    if w.mostly_cjk(it.text):
        yield from _negation_ja(case, it, full)
        return
    plain = w.unquoted(it.text)
    run = w.words(plain)
    own = w.negators(run, implicit=False)
    spans = [w.words(case.span(c)) for c in it.citations]
    for i in own:
        scope = [word for word in run[i + 1 : i + 8] if word.norm not in w.FUNCTION][:2]
        holding = [span for span in spans if any(w.has(word.norm, span) for word in scope)] or spans
        if not any(_negated_near(span, scope) for span in holding):
            yield Breach(
                "negation", it.where, f"{run[i].text!r} before {[x.text for x in scope]}: no cited span negates that"
            )
    loose = set(w.negators(run, implicit=True))
    for i, word in enumerate(run):
        if (
            word.norm in w.FUNCTION
            or len(word.norm) < 3
            or any(k in loose for k in range(max(0, i - 6), min(len(run), i + 2)))
        ):
            continue
        held = [span for span in (w.words(case.span(c)) for c in full) if any(w.alike(word.norm, x.norm) for x in span)]
        if held and all(_directly_negated(span, word.norm) for span in held):
            yield Breach("negation", it.where, f"{word.text!r}: every cited span that has it negates it")


def _negated_near(span: Sequence[w.Word], scope: Sequence[w.Word]) -> bool:
    """A negating word stands before (or close behind) one of the words in the span; anywhere if the span has none."""
    marks = w.negators(span, implicit=True)
    if not marks:
        return False
    places = [k for k, other in enumerate(span) if any(w.alike(word.norm, other.norm) for word in scope)]
    # Ten words are the width of one clause: "has not, in the thirteen months of the war, condemned".
    return not places or any(-3 <= k - mark <= 10 for k in places for mark in marks)


def _directly_negated(span: Sequence[w.Word], norm: str) -> bool:
    """Every occurrence of the word is negated by not, never, n't or no, at most two function words before it."""
    places = [k for k, other in enumerate(span) if w.alike(norm, other.norm)]
    marks = set(w.negators(span, implicit=False))

    def negated(k: int) -> bool:
        for back in range(1, 4):
            j = k - back
            if j < 0 or span[j + 1].breaks:
                return False
            if j in marks:
                return True
            if span[j].norm not in w.FUNCTION:
                return False
        return False

    return bool(places) and all(negated(k) for k in places)


def _negation_ja(case: _Case, it: _Statement, full: Sequence[contract.CitationOut]) -> Iterator[Breach]:
    spans = [case.span(c) for c in full]
    own = _negated_stems_ja(it.text)
    for stem in own:
        if not any(w.JA_NEGATION.search(span) for span in spans):
            yield Breach("negation", it.where, f"{stem!r} is negated here and nothing is in the cited spans")
    for span in spans[:1] if len(spans) == 1 else spans:
        for stem in _negated_stems_ja(span):
            negated_everywhere = all(stem in _negated_stems_ja(other) for other in spans)
            if negated_everywhere and stem in it.text and stem not in own and span.count(stem) == 1:
                yield Breach("negation", it.where, f"{stem!r} is negated in every cited span")


def _negated_stems_ja(text: str) -> frozenset[str]:
    """The last run of Han characters before each negative ending: what is negated."""
    found = set()
    for match in w.JA_NEGATION.finditer(text):
        stems = re.findall(r"[\u4e00-\u9fff]{1,4}", text[max(0, match.start() - 8) : match.start()])
        if stems and len(stems[-1]) > 1:
            found.add(stems[-1])
    return frozenset(found)


def _matched(text: str, among: Sequence[w.Word]) -> tuple[int, int]:
    """(content words of `text` that are among those, all content words of `text`)."""
    content = [x for x in w.words(text) if x.norm not in w.FUNCTION and x.norm not in w.STRONG_REPORTING]
    return sum(1 for x in content if w.has(x.norm, among)), len(content)


def _sureness(case: _Case, it: _Statement, full: Sequence[contract.CitationOut]) -> Iterator[Breach]:
    """What every span only suspects, the fact must not know; what every span has somebody say, it must not say itself."""
    run = w.words(it.text)
    spans = [case.span(c) for c in full]
    if not w.hedged(it.text):
        unsure = []
        for span in spans:
            scopes = w.hedge_scopes(span)
            # The unsure part is what the fact tells: at least half of the next five content words after the hedge.
            near = False
            for scope in scopes:
                head = [x for x in w.words(scope) if x.norm not in w.FUNCTION][:5]
                hits = sum(1 for x in head if w.has(x.norm, run))
                near = near or (len(head) > 0 and hits >= max(1, len(head) / 2))
            unsure.append(near or (w.mostly_cjk(span) and w.ja_hedged(span[-16:])))
        if all(unsure) and unsure:
            yield Breach("hedge", it.where, "every cited span hedges and the fact does not")
    # A position is shown with those who hold it; there the words need not name them again.
    if it.carried or "positions" in it.where:
        return
    if w.mostly_cjk(it.text):
        if (
            spans
            and all(w.ja_attributes(span) for span in spans)
            and not w.ja_attributed(it.text)
            and not w.hedged(it.text)
        ):
            yield Breach("attribution", it.where, "every cited span names who says it and the fact does not")
        return
    if w.carries_attribution(it.text) or w.hedged(it.text):
        return
    said = []
    for span in spans:
        inside = False
        for act in w.attributes(span):
            content = [x for x in run if x.norm not in w.FUNCTION]
            reported = [x for x in content if w.has(x.norm, act.content)]
            outside = [x for x in content if x not in reported]
            elsewhere = [x for x in w.words(span) if x not in act.content and x not in act.speaker]
            # Four words in five of what the fact shares with the span stand in what somebody says there.
            shared = reported + [x for x in outside if w.has(x.norm, elsewhere)]
            inside = inside or (len(reported) >= 2 and len(reported) >= 0.8 * len(shared))
        said.append(inside)
    if said and all(said):
        yield Breach("attribution", it.where, "every cited span names who says it and the fact does not")


def _speaker(case: _Case, it: _Statement, full: Sequence[contract.CitationOut]) -> Iterator[Breach]:
    """Who says it: the speaker of the fact is among the words around the verb of saying in a span."""
    if w.mostly_cjk(it.text):
        return
    for act in w.attributes(it.text):
        spans = [(c, case.span(c)) for c in full]
        if not any(w.attributes(span) or w.carries_attribution(span) for _, span in spans):
            yield Breach("speaker", it.where, f"{act.verb!r}: no cited span has anybody say it")
            continue
        speaker = [x for x in act.speaker if x.norm not in w.FUNCTION and x.norm not in w.REPORTING]
        strict = [x for x in speaker if x.text[0].isupper() and x.norm not in case.lowercase] or speaker[-2:]
        if not strict or len(act.speaker) > 14:
            continue
        verdicts = [_speaks(case, c, span, act, strict) for c, span in spans]
        if verdicts and False in verdicts and not any(verdict in (True, None) for verdict in verdicts):
            names = " ".join(x.text for x in strict)
            yield Breach("speaker", it.where, f"{names!r} does not say it in any cited span")


def _speaks(
    case: _Case, c: contract.CitationOut, span: str, act: w.Attributed, speaker: Sequence[w.Word]
) -> bool | None:
    """True: one of these words is the speaker of what the span reports. False: another is. None: cannot tell."""
    content = [x for x in act.content if x.norm not in w.FUNCTION]
    acts = w.attributes(span)
    if not acts:
        # "announced", "described as", a bare quotation: the speaker has to be in the span at all.
        return None if any(w.has(x.norm, w.words(span)) for x in speaker) else False
    scored = sorted(acts, key=lambda a: -sum(1 for x in content if w.has(x.norm, a.content)))
    best = scored[0]
    top = sum(1 for x in content if w.has(x.norm, best.content))
    rivals = [a for a in scored if sum(1 for x in content if w.has(x.norm, a.content)) == top]
    for rival in rivals:
        if any(w.same_name(x.norm, y.norm) or w.alike(x.norm, y.norm) for x in speaker for y in rival.speaker):
            return True
    window = [y for y in best.speaker if y.norm not in w.FUNCTION]
    if not window:  # "he said": the article must know the speaker, and has been asked by the rule on names
        return None
    pronoun = {"he", "she", "they", "it"} & {y.norm for y in best.speaker[-2:]}
    if pronoun:
        return None
    generic = not any(y.text[0].isupper() for y in window)
    if generic and any(x.text[0].isupper() for x in speaker):  # "the minister said", named elsewhere in the article
        completes = any(
            w.same_name(x.norm, a.norm)
            and any(w.alike(y.norm, b.norm) for y in window for b in run[max(0, i - 4) : i + 5])
            for run in (case.article_words[c.article],)
            for i, a in enumerate(run)
            for x in speaker
        )
        return bool(completes)
    return False


# --- roles --------------------------------------------------------------------------------------------------------------

# Verbs whose two sides may change places without a change of sense.
_MUTUAL = re.compile(
    r"(?:meet|met$|talk|discuss|spoke|speak|agree|sign|join|marr|collid|shar|cooperat|negotiat|share|confer|clash)"
)
_AUXILIARY = frozenset(
    "will would shall to has have had was were is are be been being can could may might must should did does do".split()
)


_STOPS = frozenset(  # an object ends before these
    "in on at with off by and or but to into onto of from until for after before as than over under near through while when "
    "that which who where because during since within without against between across around about".split()
)


@dataclass(frozen=True, slots=True)
class _Role:
    """A finite verb, the content words of the one who acts, and those of the one acted upon."""

    verb: str
    agent: frozenset[str]
    patient: frozenset[str]
    passive: bool


def _verb_like(run: Sequence[w.Word], i: int) -> bool:
    word = run[i]
    if (
        word.norm in w.FUNCTION
        or word.text[0].isupper()
        or (word.norm in w.STRONG_REPORTING and not re.match("accus|warn|told", word.norm))
    ):
        return False
    if run[i - 1].norm in _AUXILIARY or word.norm.endswith("ed") or w._BASE.get(word.norm, word.norm) != word.norm:
        return True
    following = run[i + 1] if i + 1 < len(run) else None
    object_follows = following is not None and (following.norm in ("the", "a", "an") or following.text[0].isupper())
    return word.norm.endswith("s") and object_follows


def _heads(among: Iterable[w.Word]) -> frozenset[str]:
    return frozenset(
        w.stem(x.norm)
        for x in among
        if x.norm not in w.FUNCTION
        and x.norm not in w.NUMBER_WORDS
        and not x.norm[0].isdigit()
        and not x.norm.endswith("ly")
    )


def _role_list(text: str) -> tuple[_Role, ...]:
    """Who does what to whom, as far as word order, "was" and "by" tell."""
    run = w.words(w.unquoted(text))
    found = []
    for i in range(1, len(run)):
        if not _verb_like(run, i):
            continue
        subject = i
        if run[subject].breaks and "," in run[subject].gap:  # the ferry, built in 1988, struck
            subject -= 1
            while subject > 0 and not run[subject].breaks:
                subject -= 1
            if subject == 0:
                continue
        start = subject
        while start > 0 and subject - start < 9 and not run[start].breaks:
            start -= 1
            if run[start].norm in ("when", "that", "while", "before", "after", "as", "because", "which", "who"):
                start += 1
                break
        left = _heads(run[start:subject])

        def thing(k: int) -> frozenset[str]:
            end = k
            while end < len(run) and end - k < 6 and run[end].norm not in _STOPS and (end == k or not run[end].breaks):
                end += 1
            return _heads(run[k:end])

        passive = any(x.norm in ("was", "were", "is", "are", "been", "be", "being") for x in run[max(0, i - 3) : i])
        passive = passive and (run[i].norm.endswith("ed") or run[i].norm in w._BASE)
        by = next((k for k in range(i + 1, min(i + 7, len(run))) if run[k].norm == "by" and not run[k].breaks), None)
        if by is not None:
            found.append(_Role(run[i].norm, thing(by + 1), left, True))
        elif passive:
            found.append(_Role(run[i].norm, frozenset(), left, True))
        elif i + 1 < len(run) and not run[i + 1].breaks:
            found.append(_Role(run[i].norm, left, thing(i + 1), False))
    return tuple(found)


def _roles(case: _Case, it: _Statement, full: Sequence[contract.CitationOut]) -> Iterator[Breach]:
    if w.mostly_cjk(it.text):
        return
    spans = [case.span(c) for c in full]
    for role in _role_list(it.text):
        if _MUTUAL.match(role.verb) or not role.agent or not role.patient:
            continue
        same = reverse = False
        for span in spans:
            for other in _role_list(span):
                if not w.alike(role.verb, other.verb):
                    continue
                same = same or bool(role.agent & other.agent or role.patient & other.patient)
                crossed = bool(role.agent & other.patient)
                reverse = reverse or (crossed and (other.passive or bool(role.patient & other.agent)))
        if reverse and not same:
            told = f"{sorted(role.agent)} {role.verb} {sorted(role.patient)}"
            yield Breach("roles", it.where, f"{told}: the spans have it the other way")
    yield from _actor(case, it, spans)


def _actor(case: _Case, it: _Statement, spans: Sequence[str]) -> Iterator[Breach]:
    """The first name of a fact acts in it. Where it stands only behind the verb, as the one acted upon, roles are swapped."""
    run = w.words(w.unquoted(it.text))
    if any(word.norm == "by" for word in run):
        return  # the one who acts comes last
    names = {x.start for x in w.names(run, frozenset())}
    verbs = [
        i
        for i in range(1, len(run))
        if run[i].norm not in w.FUNCTION and run[i].text[0].islower() and not run[i].breaks
    ]
    for i in verbs:
        left = next((run[j] for j in range(i - 1, max(-1, i - 4), -1) if run[j].start in names), None)
        # Twelve words hold an object and the one to whom it goes: "is considering an offer of 40 buses to Brask".
        reach = next((j for j in range(i + 1, min(len(run), i + 13)) if run[j].breaks), min(len(run), i + 13))
        right = next((run[j] for j in range(i + 1, reach) if run[j].start in names), None)
        if (
            left is None
            or right is None
            or _MUTUAL.match(run[i].norm)
            or title_like(right.norm)
            or w.same_name(left.norm, right.norm)
        ):
            continue
        if any(run[k].norm in ("and", "with") for k in range(run.index(left), run.index(right))):
            continue
        orders = []
        for span in spans:
            words = w.words(span)
            holds = [k for k, x in enumerate(words) if w.alike(run[i].norm, x.norm)]
            a = [k for k, x in enumerate(words) if w.same_name(left.norm, x.norm)]
            b = [k for k, x in enumerate(words) if w.same_name(right.norm, x.norm)]
            passive = any(words[k + d].norm == "by" for k in holds for d in range(1, 7) if k + d < len(words))
            if holds and a and b:
                # reversed: everywhere the right one stands before the verb and the left one only behind it
                orders.append(not passive and min(a) > max(holds) and max(k for k in b if k < min(a)) < min(holds)
                              if any(k < min(a) for k in b) else False)  # fmt: skip
        if orders and all(orders):
            yield Breach("roles", it.where, f"{left.text} {run[i].text} {right.text}: the spans have it the other way")
            return


# --- agreement ----------------------------------------------------------------------------------------------------------


def _usable(case: _Case) -> tuple[set[int], set[int]]:
    """(origins of all articles, origins of those that have a story and are not named as unrelated)."""
    everyone = {article.origin for article in case.answer.articles}
    apart = " ".join(
        warning.message
        for warning in case.answer.warnings
        if re.search(
            r"unrelated|several_events|unusable|empty|boilerplate|no_story|unreadable|left_out|undecodable",
            warning.code,
        )
    )
    numbers = apart  # without names: "empty {article:1}" names no article 1
    for name in sorted({article.name for article in case.answer.articles if article.name}, key=len, reverse=True):
        numbers = numbers.replace(name, " ")
    used = set()
    for article in case.answer.articles:
        text = case.texts.get(article.number, "")
        gone = sum(len(text[r.start : r.end].strip()) for r in article.removed)
        named = (article.name and article.name in apart) or re.search(rf"\b(?:article )?{article.number}\b", numbers)
        if text.strip() and gone < 0.98 * len(text.strip()) and not named:
            used.add(article.origin)
    return everyone, used


def _label(k: int, n: int) -> str:
    if k == n and n > 1:
        return "unanimous"
    if k > 1:
        return "majority" if k > n / 2 else "shared"
    return "single"


def _alike(case: _Case) -> list[set[int]]:
    """The origins of the articles that a warning says resemble one another, group by group."""
    return [
        {a.origin for a in case.answer.articles if a.name and a.name in warning.message}
        for warning in case.answer.warnings
        if warning.code == "articles_alike"
    ]


def _weighed(case: _Case, fact: contract.FactOut, everyone: set[int], alike: Sequence[set[int]]) -> str:
    """The label of a fact. Articles that resemble one another weigh as one where it would be above "shared"."""
    behind = {c.origin for c in fact.citations if not c.partial}
    plain = _label(fact.origins, len(everyone))
    ranks = ("single", "shared", "majority", "unanimous")
    counts = []
    for origins in (behind, everyone):
        left = set(origins)
        for group in alike:
            left -= set(sorted(group & left)[1:])
        counts.append(len(left))
    if plain not in ranks[2:] or counts[0] == len(behind):
        return plain
    weighed = max(_label(*counts), "shared", key=ranks.index)
    return min(plain, weighed, key=ranks.index)


def _agreement(case: _Case, min_origins: int) -> Iterator[Breach]:
    everyone, used = _usable(case)
    counts = sorted({len(everyone), len(used)}, reverse=True)
    facts = [(f"facts[{i}]", fact) for i, fact in enumerate(case.answer.facts)]
    facts += [(f"left_out.facts[{i}]", fact) for i, fact in enumerate(case.answer.left_out.facts)]
    alike = _alike(case)
    total = {len(everyone): everyone, len(used): used}
    mislabelled = {
        n: [
            (where, fact)
            for where, fact in facts
            if fact.agreement not in ("disputed", _weighed(case, fact, total[n], alike))
        ]
        for n in counts
    }
    n = min(counts, key=lambda count: len(mislabelled[count]))
    for where, fact in mislabelled[n]:
        yield Breach(
            "agreement",
            where,
            f"{fact.agreement!r} with {fact.origins} of {n} origins is {_weighed(case, fact, total[n], alike)!r}",
        )
    for where, fact in facts:
        yield from _stances(case, where, fact)
    yield from _copies(case, facts)
    ranks = []
    for index, fact in enumerate(case.answer.facts):
        if fact.origins < min_origins:
            yield Breach("min_origins", f"facts[{index}]", f"{fact.origins} origins, {min_origins} asked for")
    for number, sentence in enumerate(case.answer.sentences):
        inside = [case.answer.facts[i] for i in sentence.facts if 0 <= i < len(case.answer.facts)]
        # A fused sentence ranks with its best fact; one that holds disputed facts only may stand anywhere.
        if any(fact.agreement != "disputed" for fact in inside):
            ranks.append((number, any(fact.origins > 1 for fact in inside)))
    first_single = next((number for number, shared in ranks if not shared), None)
    if first_single is not None:
        for number, shared in ranks:
            if shared and number > first_single:
                yield Breach(
                    "order", f"sentences[{number}]", f"shared facts follow sentence {first_single}, of single origin"
                )
                break


def _stances(case: _Case, where: str, fact: contract.FactOut) -> Iterator[Breach]:
    stances = {}
    for key, stance in fact.stances.items():
        if not key.isdigit() or int(key) not in case.by_number:
            yield Breach("stances", where, f"names article {key!r}, which was not sent")
        else:
            stances[int(key)] = stance
    asserting = {number for number, stance in stances.items() if stance == "asserts"}
    full = [c for c in fact.citations if not c.partial and c.article in asserting]
    for c in fact.citations:
        if not c.partial and c.article not in stances:
            yield Breach("stances", where, f"cites article {c.article}, whose stance it does not tell")
    for number in sorted(asserting - {c.article for c in full}):
        yield Breach("stances", where, f"article {number} asserts it, and no citation shows where")
    if fact.articles != len(asserting):
        yield Breach("articles_count", where, f"articles is {fact.articles}, {len(asserting)} assert it")
    origins = {c.origin for c in full}
    if fact.origins != len(origins):
        yield Breach("origins", where, f"origins is {fact.origins}, its citations have {len(origins)}")
    against = {number for number, stance in stances.items() if stance in ("differs", "denies")}
    possible = {number: {case.by_number[number].origin} | _copied_origins(case, number) for number in against}
    if any(not (mine & origins) for mine in possible.values()) and fact.agreement != "disputed":
        yield Breach("disputed", where, f"{fact.agreement!r}, although articles {sorted(against)} differ or deny")
    if fact.agreement == "disputed" and (not against or all(mine <= origins for mine in possible.values())):
        yield Breach("disputed", where, "disputed, and no other origin differs or denies")
    if fact.agreement == "disputed" and against:
        shown = any(_shows(case, dispute, fact, full, against) for dispute in case.answer.disputes)
        if not shown:
            yield Breach("disputed", where, "disputed, and no dispute shows both sides")


def _shows(
    case: _Case,
    dispute: contract.DisputeOut,
    fact: contract.FactOut,
    full: Sequence[contract.CitationOut],
    against: set[int],
) -> bool:
    """The dispute cites an article that differs, and a span of this fact or spans with half of its content words."""
    cited = [c for position in dispute.positions for c in position.citations]
    if not {c.article for c in cited} & against:
        return False
    if any(a.article == b.article and a.start < b.end and b.start < a.end for a in cited for b in full):
        return True
    offered = [x for c in cited for x in w.words(case.span(c))]
    hits, asked = _matched(fact.text, offered)
    pairs = w.bigrams(fact.text) if w.mostly_cjk(fact.text) else frozenset()
    held = frozenset().union(*(w.bigrams(case.span(c)) for c in cited))
    return hits + len(pairs & held) >= 0.5 * (asked + len(pairs))


def _copied_origins(case: _Case, number: int) -> set[int]:
    return {origin for passage in case.by_number[number].copied for origin in case.roots(passage.source)}


def _copies(case: _Case, facts: Sequence[tuple[str, contract.FactOut]]) -> Iterator[Breach]:
    """Two citations of one fact with the same long run of words, counted as two witnesses."""
    for where, fact in facts:
        full = [c for c in fact.citations if not c.partial]
        for i, a in enumerate(full):
            for b in full[i + 1 :]:
                if a.origin != b.origin and _shared_run(case.span(a), w.unquoted(case.span(b))) >= COPIED_RUN:
                    yield Breach(
                        "copies",
                        where,
                        f"articles {a.article} and {b.article} share the wording and count as two origins",
                    )


# --- told twice, disputes, bookkeeping ------------------------------------------------------------------------------------


def _twice(case: _Case) -> Iterator[Breach]:
    facts = [(f"facts[{i}]", fact.text) for i, fact in enumerate(case.answer.facts)]
    facts += [(f"left_out.facts[{i}]", fact.text) for i, fact in enumerate(case.answer.left_out.facts)]
    keys = []
    for where, text in facts:
        content = frozenset(w.stem(x.norm) for x in w.words(text) if x.norm not in w.FUNCTION) | (
            w.bigrams(text) if w.mostly_cjk(text) else frozenset()
        )
        values = frozenset((n.kind, n.value) for n in w.numbers(text))
        keys.append((where, text, content, values, bool(w.negators(w.words(text), implicit=True))))
    for i, (where, text, content, values, negated) in enumerate(keys):
        for other_where, other_text, other, other_values, other_negated in keys[:i]:
            shared = len(content & other) / max(1, len(content | other))
            if w.fold(text).casefold().rstrip(".") == w.fold(other_text).casefold().rstrip("."):
                yield Breach("twice", where, f"says the same as {other_where}: {text!r}")
            elif shared >= TWICE and values == other_values and negated == other_negated and len(content) > 3:
                yield Breach("twice", where, f"says nearly the same as {other_where}: {text!r}, {other_text!r}")


def _disputes(case: _Case) -> Iterator[Breach]:
    for i, dispute in enumerate(case.answer.disputes):
        where = f"disputes[{i}]"
        if len(dispute.positions) < 2:
            yield Breach("positions", where, f"has {len(dispute.positions)} position")
            continue
        sides = [w.fold(position.text).casefold().rstrip(".") for position in dispute.positions]
        if len(set(sides)) < len(sides):
            yield Breach("positions", where, "two positions say the same")
        cited = {c.article for position in dispute.positions for c in position.citations}
        origins = {c.origin for position in dispute.positions for c in position.citations}
        if len(origins) < 2:
            yield Breach("positions", where, "all positions are of one origin")
        for number in dispute.silent:
            if number not in case.by_number or number in cited:
                yield Breach("silent", where, f"article {number} is called silent")
        offered = [x for position in dispute.positions for x in w.words(position.text)]
        offered += [x for position in dispute.positions for c in position.citations for x in w.words(case.span(c))]
        values = [n for position in dispute.positions for n in w.numbers(position.text)]
        for word in w.words(dispute.topic):
            if word.norm in w.FUNCTION or w.has(word.norm, offered):
                continue
            if any(w.stands(n, values) for n in w.numbers(word.text)):
                continue
            yield Breach("topic", where, f"{word.text!r} is no word of its positions")
        pairs = w.bigrams(dispute.topic) if w.mostly_cjk(dispute.topic) else frozenset()
        held = frozenset().union(*(w.bigrams(p.text) for p in dispute.positions))
        held |= frozenset().union(*(w.bigrams(case.span(c)) for p in dispute.positions for c in p.citations))
        if pairs - held:
            yield Breach("topic", where, f"{sorted(pairs - held)} are no words of its positions")


def _bookkeeping(case: _Case, include: frozenset[str]) -> Iterator[Breach]:
    answer = case.answer
    if answer.rejected.total != sum(answer.rejected.reasons.values()):
        yield Breach(
            "rejected", "rejected", f"total {answer.rejected.total} is not the sum of {answer.rejected.reasons}"
        )
    if any(count < 1 or not reason for reason, count in answer.rejected.reasons.items()):
        yield Breach("rejected", "rejected", f"reasons {answer.rejected.reasons}")
    if answer.rejected.facts and "rejected_text" not in include:
        yield Breach("rejected", "rejected", "the text of rejected facts is returned without having been asked for")
    if len(answer.rejected.facts) > answer.rejected.total:
        yield Breach("rejected", "rejected", "more facts than the total")
    if answer.left_out.total < len(answer.left_out.facts):
        yield Breach("left_out", "left_out", f"total {answer.left_out.total}, {len(answer.left_out.facts)} facts")
    for i, left in enumerate(answer.left_out.facts):
        if left.reason == "single_origin" and left.origins > 1:
            yield Breach("left_out", f"left_out.facts[{i}]", f"left out as of a single origin, and has {left.origins}")
    if answer.degraded and not answer.warnings:
        yield Breach("degraded", "degraded", "degraded, and no warning says why")
    if answer.degraded and answer.usage.cache == "hit":
        yield Breach("degraded", "usage", "a degraded answer was served from the cache")
    if answer.engine == "extractive" and not answer.degraded and (answer.usage.llm_calls or answer.usage.host):
        yield Breach("usage", "usage", "the extractive engine sent text away")
    if answer.engine == "llm" and not answer.model:
        yield Breach("usage", "model", "the model is not named")
    for i, warning in enumerate(answer.warnings):
        if not warning.code or not warning.message:
            yield Breach("warnings", f"warnings[{i}]", "has no code or no message")
