"""Summary -> Answer, and the caller's numbers and names put on it (part of the room `render`).

Takes: a `Summary` with its articles, bodies and origins. Gives: the `Answer` of the contract, numbered in canonical
order and without names (the form that is cached), and the same answer as one caller numbers and names it. Does not
know: how facts were found, where an answer is kept, or any face.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeVar

from summarizer.contract import (
    Answer,
    ArticleOut,
    ChecksOut,
    CitationOut,
    CopiedOut,
    DisputeOut,
    FactOut,
    HeadlineOut,
    LeftOutFact,
    LeftOutOut,
    PositionOut,
    RejectedFact,
    RejectedOut,
    RemovedOut,
    SentenceOut,
    Usage,
    WarningOut,
)
from summarizer.render.escape import without_markers
from summarizer.render.phrases import marker_at, marker_numbers
from summarizer.values import Article, Body, Checks, Citation, Fact, Origins, Summary

_PLACEHOLDER = re.compile(r"\{article:(\d{1,6})\}")
_PLACEHOLDERS = re.compile(r"\{article:\d{1,6}\}(?:, \{article:\d{1,6}\})*")
_LINE_BREAKS = dict.fromkeys(map(ord, "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class RuleBroken(AssertionError):
    """A bug of ours: an answer was about to leave that breaks a rule that never bends. It must not leave."""


def _published(text: str) -> str:
    """Words that leave outside a quote: hard line breaks are spaces, and nothing in them looks like a citation marker.

    The length stays. (After NFKC, as the checks compare, the full-width brackets of a look-alike are what they were.)
    """
    return without_markers(text.translate(_LINE_BREAKS))


def _between(before: str, after: str, style: str) -> str:
    """What stands between two sentences: a line break between bullets, a space in prose, nothing in wide scripts."""
    if not before:
        return ""
    if style == "bullets":
        return "\n"
    wide = all(unicodedata.east_asian_width(char) in "WF" for char in (before[-1], after[:1] or " "))
    return "" if wide else " "


def origin_numbers(origins: Origins) -> dict[int, int]:
    """Internal origin -> number from 1: the articles' origins in order of first appearance, then those of passages
    only."""
    order = [*origins.of_article, *sorted(set(origins.of_sentence.values()))]
    return {origin: number for number, origin in enumerate(dict.fromkeys(order), start=1)}


def citation_out(
    of: Citation, articles: Sequence[Article], origins: Origins, numbers: Mapping[int, int]
) -> CitationOut:
    """One citation, article numbers from 1. `numbers` is `origin_numbers(origins)`.

    Rule 1 is held here once more: the span must lie in the text and hold something; the quote is the slice and
    nothing else. Errors: `RuleBroken`.
    """
    index = of.key.article
    if not 0 <= index < len(articles):
        raise RuleBroken(f"a citation names article {index} of {len(articles)}")
    text = articles[index].text
    if not 0 <= of.start < of.end <= len(text):
        raise RuleBroken(f"a citation of article {index} has the span {of.start}:{of.end} in {len(text)} characters")
    quote = text[of.start : of.end]
    if not quote.strip():
        raise RuleBroken(f"a citation of article {index} at {of.start}:{of.end} quotes white space")
    return CitationOut(
        article=index + 1,
        start=of.start,
        end=of.end,
        quote=quote,
        origin=numbers[origins.of_passage(of.keys)],
        wording=of.wording,
        partial=of.partial,
    )


def fact_id(text: str, citations: Sequence[CitationOut]) -> str:
    """12 hexadecimal digits over the statement and the words of its citations: no name, number or order is in it."""
    quotes = sorted({(c.quote, c.partial) for c in citations})
    return hashlib.sha256(json.dumps([text, quotes]).encode()).hexdigest()[:12]


def checks_out(of: Checks) -> ChecksOut:
    """The checks in the form of the contract."""
    return ChecksOut(
        quotes=of.quotes,
        numbers=of.numbers,
        names=of.names,
        roles=of.roles,
        negation=of.negation,
        unsupported_words=list(of.unsupported_words),
        verbatim_run=of.verbatim_run,
        judge=of.judge,
    )


def _sorted(citations: Sequence[CitationOut]) -> list[CitationOut]:
    return sorted(citations, key=lambda one: (one.partial, one.article, one.start, one.end))


def article_rows(
    of: Sequence[Article],
    bodies: Sequence[Body],
    origins: Origins,
    tokens: Sequence[int],
    *,
    cited: Mapping[int, int] | None = None,
    with_text: bool = False,
) -> list[ArticleOut]:
    """What became of each article, in the order given. `cited` counts citations by index; `with_text` sends the texts.

    Errors: `RuleBroken` if a body is not of its article's text; `ValueError` if the sequences differ in length.
    """
    numbers = origin_numbers(origins)
    rows = []
    for index, (article, body, count, origin) in enumerate(zip(of, bodies, tokens, origins.of_article, strict=True)):
        if body.text != article.text:
            raise RuleBroken(f"the body of article {index} is not of its text")
        copied = [
            CopiedOut(start=one.start, end=one.end, source=one.source + 1, similarity=round(one.similarity, 3))
            for one in origins.copied
            if one.article == index
        ]
        rows.append(
            ArticleOut(
                number=index + 1,
                title=article.title or body.title,
                outlet=article.outlet,
                published_at=article.published_at,
                characters=len(article.text),
                tokens=count,
                origin=numbers[origin],
                left_out=_left_out(index, origins),
                copied=sorted(copied, key=lambda one: (one.start, one.end, one.source)),
                removed=[RemovedOut(start=one.start, end=one.end, reason=one.reason) for one in body.removed],
                removed_markup=dict(article.removed_markup),
                cited=(cited or {}).get(index, 0),
                text=article.text if with_text else None,
            )
        )
    return rows


def _left_out(index: int, origins: Origins) -> Literal["no_story", "unrelated"] | None:
    if index not in origins.excluded:
        return None
    return "unrelated" if index in origins.unrelated else "no_story"


def cited_text(summary: str, facts: Sequence[FactOut]) -> str:
    """`summary` with `[n]` behind each fact: behind its words, before the comma or stop that ends them.

    `n` are the articles that state the fact, ascending (see `phrases.marker_numbers`). What looks like a marker in the
    text itself has full-width brackets, so every `[n]` in the result is ours.
    """
    text = without_markers(summary)
    marks = [
        (marker_at(summary, fact.at), index, "".join(f"[{number}]" for number in marker_numbers(fact.citations)))
        for index, fact in enumerate(facts)
        if fact.at is not None
    ]
    parts = []
    cut = 0
    for position, _, mark in sorted(marks):
        parts += [text[cut:position], mark]
        cut = position
    return "".join([*parts, text[cut:]])


def answer(
    summary: Summary,
    *,
    articles: Sequence[Article],
    bodies: Sequence[Body],
    origins: Origins,
    tokens: Sequence[int],
    engine: Literal["llm", "extractive"],
    model: str | None,
    prompt_version: str,
    degraded: bool,
    language: str,
    usage: Usage,
    timings_ms: Mapping[str, float],
    id: str,  # noqa: A002 (the contract's word)
    style: Literal["paragraph", "bullets"] = "paragraph",
    include: Collection[str] = frozenset(),
) -> Answer:
    """The answer in canonical form: article i is number i + 1, nobody has a name, messages say `{article:3}`.

    tokens: of each article. include: `article_text`, `rejected_text`. Errors: `RuleBroken`, a bug and never the
    caller's fault.
    """
    # 1. The summary, and where each fact stands in it.
    lead = "- " if style == "bullets" else ""
    at: dict[int, tuple[int, int]] = {}
    sentences = []
    plain = ""
    for line in summary.lines:
        text = _published(line.text)
        plain += _between(plain, text, style) + lead
        for index, start, end in line.facts:
            if not (0 <= index < len(summary.facts) and 0 <= start < end <= len(text)):
                raise RuleBroken(f"a sentence of {len(text)} characters places fact {index} at {start}:{end}")
            at.setdefault(index, (len(plain) + start, len(plain) + end))
        sentences.append(SentenceOut(text=text, facts=[index for index, _, _ in line.facts]))
        plain += text

    # 2. The facts with their citations. Rule 2: none without.
    numbers = origin_numbers(origins)

    def cites(of: Sequence[Citation]) -> list[CitationOut]:
        return _sorted([citation_out(one, articles, origins, numbers) for one in of])

    def fields(fact: Fact) -> dict[str, object]:
        if not fact.citations:
            raise RuleBroken("a fact has no citation")
        cited = cites(fact.citations)
        return {
            "id": fact_id(fact.text, cited),
            "text": _published(fact.text),
            "agreement": fact.agreement,
            "origins": fact.origins,
            "articles": fact.articles,
            "attributed_to": fact.attributed_to,
            "citations": cited,
            "stances": {str(index + 1): fact.stances[index] for index in sorted(fact.stances)},
            "checks": checks_out(fact.checks),
        }

    facts = [FactOut.model_validate({**fields(fact), "at": at.get(i)}) for i, fact in enumerate(summary.facts)]
    left_out = [LeftOutFact.model_validate({**fields(one.fact), "reason": one.reason}) for one in summary.left_out]
    headline = None
    if summary.headline is not None:
        headline = HeadlineOut(text=_published(summary.headline.text), citations=cites(summary.headline.citations))
        if not headline.citations:
            raise RuleBroken("the headline has no citation")
    disputes = [
        DisputeOut(
            topic=_published(dispute.topic),
            kind=dispute.kind,
            positions=[
                PositionOut(text=_published(one.text), citations=cites(one.citations)) for one in dispute.positions
            ],
            silent=sorted(index + 1 for index in dispute.silent),
        )
        for dispute in summary.disputes
    ]

    # 3. What is told about the rest.
    counts = Counter(one.reason for one in summary.rejected)
    rejected = RejectedOut(
        total=len(summary.rejected),
        reasons=dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        facts=[
            RejectedFact(text=_published(one.text), reason=one.reason, citations=cites(one.citations))
            for one in summary.rejected
        ]
        if "rejected_text" in include
        else [],
    )
    cited = Counter(one.key.article for fact in summary.facts for one in fact.citations)
    return Answer(
        id=id,
        engine=engine,
        model=model,
        prompt_version=prompt_version,
        degraded=degraded,
        language=language,
        headline=headline,
        summary=plain,
        summary_cited=cited_text(plain, facts),
        sentences=sentences,
        facts=facts,
        disputes=disputes,
        left_out=LeftOutOut(total=summary.left_out_total, facts=left_out),
        rejected=rejected,
        articles=article_rows(articles, bodies, origins, tokens, cited=cited, with_text="article_text" in include),
        warnings=[WarningOut(code=one.code, message=one.message) for one in summary.warnings],
        usage=usage,
        timings_ms=dict(timings_ms),
    )


_F = TypeVar("_F", bound=FactOut)


def renumber(answer: Answer, order: Sequence[int], names: Sequence[str], urls: Sequence[str | None]) -> Answer:
    """`answer` with the caller's numbers and names: `order[i]` is the index, in `answer`, of the caller's article i.

    Every list that is sorted by article number is sorted again, origins are counted again from the first article on,
    the markers are set anew from the facts, and `{article:3}` in a warning becomes that article's name. In an answer
    that already has names, warnings stay as they are: a name may look like a placeholder. Errors: `ValueError` if
    `order` is no permutation of the articles or a sequence has another length.
    """
    count = len(answer.articles)
    if sorted(order) != list(range(count)) or len(names) != count or len(urls) != count:
        raise ValueError(
            f"order must be a permutation of the {count} articles, with a name and a URL (or None) for each"
        )
    number = {answer.articles[old].number: new for new, old in enumerate(order, start=1)}
    told = [answer.articles[old].origin for old in order]
    rest = sorted(_all_origins(answer) - set(told))
    origin = {old: new for new, old in enumerate(dict.fromkeys([*told, *rest]), start=1)}

    def cites(of: Sequence[CitationOut]) -> list[CitationOut]:
        return _sorted(
            [
                one.model_copy(
                    update={
                        "article": number[one.article],
                        "name": names[number[one.article] - 1],
                        "origin": origin[one.origin],
                    }
                )
                for one in of
            ]
        )

    def fact(of: _F) -> _F:
        stances = sorted((number[int(old)], stance) for old, stance in of.stances.items())
        return of.model_copy(
            update={"citations": cites(of.citations), "stances": {str(new): stance for new, stance in stances}}
        )

    def article(new: int, old: int) -> ArticleOut:
        of = answer.articles[old]
        copied = [one.model_copy(update={"source": number[one.source]}) for one in of.copied]
        return of.model_copy(
            update={
                "number": new + 1,
                "name": names[new],
                "url": urls[new],
                "origin": origin[of.origin],
                "copied": sorted(copied, key=lambda one: (one.start, one.end, one.source)),
            }
        )

    facts = [fact(one) for one in answer.facts]
    warnings = answer.warnings
    if not any(one.name for one in answer.articles):
        warnings = [
            one.model_copy(update={"message": _named(one.message, number, names)}) for one in _ordered(warnings, number)
        ]
    return answer.model_copy(
        update={
            "headline": answer.headline
            and answer.headline.model_copy(update={"citations": cites(answer.headline.citations)}),
            "summary_cited": cited_text(answer.summary, facts),
            "facts": facts,
            "disputes": [
                one.model_copy(
                    update={
                        "positions": [
                            side.model_copy(update={"citations": cites(side.citations)}) for side in one.positions
                        ],
                        "silent": sorted(number[old] for old in one.silent),
                    }
                )
                for one in answer.disputes
            ],
            "left_out": answer.left_out.model_copy(update={"facts": [fact(one) for one in answer.left_out.facts]}),
            "rejected": answer.rejected.model_copy(
                update={
                    "facts": [
                        one.model_copy(update={"citations": cites(one.citations)}) for one in answer.rejected.facts
                    ]
                }
            ),
            "articles": [article(new, old) for new, old in enumerate(order)],
            "warnings": warnings,
        }
    )


def _all_origins(answer: Answer) -> set[int]:
    lists = [fact.citations for fact in answer.facts]
    lists += [fact.citations for fact in answer.left_out.facts]
    lists += [fact.citations for fact in answer.rejected.facts]
    lists += [side.citations for dispute in answer.disputes for side in dispute.positions]
    lists += [answer.headline.citations] if answer.headline else []
    return {one.origin for citations in lists for one in citations}


def _ordered(warnings: Sequence[WarningOut], number: Mapping[int, int]) -> list[WarningOut]:
    """The warnings in their order, neighbours of one code by the first article that they name."""

    def first(of: WarningOut) -> int:
        found = _PLACEHOLDER.search(of.message)
        return number.get(int(found[1]), 0) if found else 0

    return [one for _, same in itertools.groupby(warnings, lambda one: one.code) for one in sorted(same, key=first)]


def _named(message: str, number: Mapping[int, int], names: Sequence[str]) -> str:
    """A message with names in it; articles that it lists stand in the caller's order."""

    def name(new: int | None) -> str:
        return "an article" if new is None else names[new - 1] or f"article {new}"

    def listed(found: re.Match[str]) -> str:
        told = [number.get(int(one)) for one in _PLACEHOLDER.findall(found[0])]
        return ", ".join(name(new) for new in sorted(told, key=lambda new: new or 0))

    return _PLACEHOLDERS.sub(listed, message)
