"""The words that all faces share (part of the room `render`): how agreement, stances and reasons are said.

Takes: parts of an `Answer`. Gives: short plain strings of ours and the runs of the cited summary. Does not know: any
face's markup; what it gives of an article's text is raw and must be escaped by the face.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.contract import Answer, ArticleOut, ChecksOut, CitationOut, FactOut, VerifiedSentence
from summarizer.render.escape import quoted, shown
from summarizer.values import Stance

Stand = Stance | Literal["in part"]
"""What a table of facts tells of an article: its stance or, where it has none, that it is cited for a part."""

SYMBOLS: dict[Stand | None, str] = {
    "asserts": "✓",
    "in part": "◐",
    "differs": "≠",
    "hedges": "~",
    "denies": "✗",
    None: "·",
}
STANCE_LEGEND = "✓ asserts, ◐ in part, ≠ differs (another value), ~ hedges, ✗ denies, · silent"
SINGLE, DISPUTED = "†", "‡"
KINDS = {"contradiction": "both cannot hold", "value": "different values", "status": "sure against not sure"}
LEFT_OUT = {
    "length": "no room",
    "not_chosen": "not chosen",
    "single_origin": "a single origin",
    "few_origins": "too few origins",
    "off_focus": "not on the topic asked for",
}
VERDICTS = {
    "supported": "supported",
    "misplaced": "misplaced: another article says it",
    "not_found": "not found in the articles",
    "contradicted": "contradicted by the articles",
}

# Marks that end a statement without belonging to its words. A closing quotation mark belongs to them.
_COMMA = ",;:\u060c\u061b\uff0c\uff1b\uff1a\u3001"
_STOP = ".!?\u2026\u3002\uff01\uff1f\uff0e\u061f\u06d4\u0964"
_ABBREVIATION = re.compile(r"(?:^|[\s.(\u201c\"'])[^\W\d_]\.$")


def marker_at(summary: str, at: tuple[int, int]) -> int:
    """Where a fact's markers stand in `summary`: behind its words, before the comma or the stop that ends them.

    One comma-like mark or one run of stops is passed over; the stop of an initial ("U.S.") stays with its letter.
    """
    start, end = at
    stripped = end
    while stripped > start and summary[stripped - 1].isspace():
        stripped -= 1
    if stripped > start and summary[stripped - 1] in _COMMA:
        return stripped - 1
    if _ABBREVIATION.search(summary[start:stripped]):
        return stripped
    position = stripped
    while position > start and summary[position - 1] in _STOP:
        position -= 1
    return position if position > start else stripped


def marker_numbers(citations: Iterable[CitationOut]) -> list[int]:
    """Article numbers for the markers of one fact, ascending: those that state it.

    Articles that state a part only stand in the evidence, marked as such. They get a marker only where no article
    states the whole: a reader (and `POST /verify`) takes `[n]` for "article n says this".
    """
    full: set[int] = set()
    part: set[int] = set()
    for citation in citations:
        (part if citation.partial else full).add(citation.article)
    return sorted(full or part)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the summary's text, raw; `fact` is the index of the fact whose markers follow it, or None."""

    text: str
    fact: int | None


def bulleted(answer: Answer) -> bool:
    """Whether the summary is a list."""
    return bool(answer.sentences) and answer.summary == "\n".join(f"- {one.text}" for one in answer.sentences)


def runs(answer: Answer) -> list[list[Run]]:
    """The summary, sentence by sentence, cut where markers stand. In prose, what stands before a sentence belongs to it.

    So the texts of all runs, joined, give the summary; in a list, those of a sentence give the sentence.
    """
    lead = "- " if bulleted(answer) else ""
    position = 0
    result = []
    for sentence in answer.sentences:
        begin = position
        if not answer.summary.startswith(lead + sentence.text, position):
            position += 1  # the space or line break before it; sentences in wide script stand without one
        start = position + len(lead)
        end = start + len(sentence.text)
        position = end
        marks: list[tuple[int, int]] = []
        for index in sentence.facts:
            at = answer.facts[index].at
            if at is not None and start <= at[0] <= at[1] <= end:
                marks.append((marker_at(answer.summary, at), index))
        cut = start if lead else begin
        found = []
        for mark, index in sorted(marks):
            found.append(Run(answer.summary[cut:mark], index))
            cut = mark
        if cut < end or not found:
            found.append(Run(answer.summary[cut:end], None))
        result.append(found)
    return result


# Why an article takes no part, as `ArticleOut.left_out` names it.
NO_PART = {"unrelated": "tells of something else", "no_story": "has no story"}


def taking_part(articles: Sequence[ArticleOut]) -> list[ArticleOut]:
    """The articles that the answer rests on: only these are asserting, differing or silent."""
    return [article for article in articles if article.left_out is None]


def origin_or_why(article: ArticleOut) -> str:
    """`3`, the number of its origin, or why it takes no part."""
    return str(article.origin) if article.left_out is None else f"none, {NO_PART[article.left_out]}"


def origin_count(articles: Sequence[ArticleOut]) -> int:
    """How many independent origins the request has: articles that take no part do not count, as they do not for agreement."""
    return len({article.origin for article in taking_part(articles)})


def plural(count: int, word: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def statement(fact: FactOut) -> str:
    """A fact's words where it stands alone: without the comma that joined it to its sentence. Shown, not escaped."""
    return shown(fact.text).rstrip(_COMMA + " ") or shown(fact.text)


def enclosed(of: CitationOut) -> str:
    """The words of a citation in quotation marks, unless they bring their own. Shown, not escaped."""
    text = quoted(of.quote)
    return text if text[:1] in '“”„«»"「『‘' else f"“{text}”"


def agreement(fact: FactOut, origins: int) -> str:
    """`majority: 3 of 5 origins, 4 articles`; copies are why there can be more articles than origins."""
    text = f"{fact.agreement}: {fact.origins} of {plural(origins, 'origin')}"
    return f"{text}, {plural(fact.articles, 'article')}" if fact.articles > fact.origins else text


def sign(fact: FactOut, origins: int) -> str:
    """The sign behind the markers: one origin only (pointless when there is but one), or disputed."""
    if fact.agreement == "disputed":
        return DISPUTED
    return SINGLE if fact.agreement == "single" and origins > 1 else ""


def signs_legend(answer: Answer) -> list[str]:
    """What the signs that occur in the summary mean; nothing if none occurs."""
    origins = origin_count(answer.articles)
    used = {sign(fact, origins) for fact in answer.facts if fact.at is not None}
    lines = []
    if SINGLE in used:
        lines.append(f"{SINGLE} stated by one origin only")
    if DISPUTED in used:
        lines.append(f"{DISPUTED} disputed, see below")
    return lines


def reason(word: str) -> str:
    """A stable word (`number_not_in_source`) as plain words."""
    return word.replace("_", " ")


def checks(of: ChecksOut) -> str:
    """The checks of one fact on one line. The words that no span has are raw text."""
    states: dict[str, list[str]] = {"pass": [], "rescued": [], "fail": [], "not_checked": []}
    for name in ("quotes", "numbers", "names", "roles", "negation", "judge"):
        states[getattr(of, name)].append(name)
    labels = (("pass", "passed"), ("rescued", "rescued by"), ("fail", "failed"), ("not_checked", "not checked"))
    parts = [f"{label}: {', '.join(states[state])}" for state, label in labels if states[state]]
    if of.verbatim_run:
        parts.append(f"longest run of one source's words: {of.verbatim_run}")
    if of.unsupported_words:
        parts.append(f"words that no cited span has: {', '.join(of.unsupported_words)}")
    return "; ".join(parts)


def removed_by_reason(article: ArticleOut) -> list[tuple[str, int, int]]:
    """(reason, spans, characters) of what was removed from one article; markup has no spans (0)."""
    sums: dict[str, tuple[int, int]] = {}
    for span in article.removed:
        count, characters = sums.get(span.reason, (0, 0))
        sums[span.reason] = (count + 1, characters + span.end - span.start)
    rows = [(name, count, characters) for name, (count, characters) in sums.items()]
    rows += [(f"markup: {name}", 0, characters) for name, characters in article.removed_markup.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def label(article: ArticleOut) -> str:
    """How an article is called: its name, else its number. Raw text."""
    return article.name or f"article {article.number}"


def degraded(answer: Answer) -> str | None:
    """The banner of a degraded answer."""
    if not answer.degraded:
        return None
    return "Degraded: something failed, so this answer is less than it could be. The warnings say what failed."


def engine(answer: Answer) -> str:
    """Who wrote it, and where the text went. The model's name and the host are raw text."""
    if answer.engine == "extractive":
        return "written without a model, from whole sentences of the articles"
    where = f", at {answer.usage.host}" if answer.usage.host else ""
    return f"written by {answer.model or 'a model'}{where}, every fact checked against the articles"


def usage(answer: Answer) -> str:
    """Calls, tokens and money: one line that ends with a stop."""
    of = answer.usage
    parts = ["No model call"]
    if of.llm_calls:
        parts = [plural(of.llm_calls, "model call")]
        parts.append(f"{of.prompt_tokens:,} prompt and {of.completion_tokens:,} completion tokens")
        parts.append("cost unknown" if of.cost_usd is None else f"${of.cost_usd:.4f}")
    parts.append(f"articles: {plural(of.tokens_raw, 'token')}")
    parts.append(f"cache: {of.cache}")
    return ", ".join(parts) + "."


def meant(sentence: VerifiedSentence) -> str:
    """What the nearest span is to a sentence that failed: what it should have been, or only the nearest."""
    return "nearest" if sentence.verdict == "not_found" else "should be"


def stands(fact: FactOut) -> dict[int, Stand]:
    """What a table tells of each article, by its number; who is not in it is silent."""
    parts: dict[int, Stand] = {one.article: "in part" for one in fact.citations if one.partial}
    return parts | {int(number): stance for number, stance in fact.stances.items()}


def stance_lists(fact: FactOut) -> str:
    """`✓ asserts 1, 2, 5–9; ~ hedges 3`: for requests with more articles than a table has room for."""
    by_stand: dict[Stand, list[int]] = {}
    for number, stand in stands(fact).items():
        by_stand.setdefault(stand, []).append(number)
    return "; ".join(
        f"{symbol} {stand} {number_ranges(by_stand[stand])}" for stand, symbol in SYMBOLS.items() if stand in by_stand
    )


def number_ranges(numbers: Iterable[int]) -> str:
    """`1, 3–5`."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in spans)


def changes(answer: Answer) -> list[tuple[str, list[str]]]:
    """What changed since the earlier answer: (kind, raw texts), without the empty kinds."""
    of = answer.changes
    if of is None:
        return []
    kinds = [
        ("Added", of.added),
        ("Newly disputed", of.newly_disputed),
        ("Newly supported", of.newly_supported),
        ("Weakened", of.weakened),
        ("Dropped", of.dropped),
    ]
    return [(kind, texts) for kind, texts in kinds if texts]
