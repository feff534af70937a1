"""Answer -> Markdown (part of the room `render`).

Takes: an `Answer` or a `VerifyAnswer`. Gives: CommonMark with tables, everything foreign escaped. Does not know: who
reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from summarizer.contract import Answer, ArticleOut, CitationOut, FactOut, VerifyAnswer, WarningOut
from summarizer.render import phrases
from summarizer.render.escape import markdown as escape
from summarizer.render.escape import quoted, shown, visible, web_url, without_markers
from summarizer.render.links import by_article, landing

# A table with more columns than this cannot be read on any screen; the stances are then lists of numbers.
_MOST_COLUMNS = 12
# Left-out facts and removed spans are told with totals; a page of each is what anybody reads.
_MOST_ROWS = 40


def _text(text: str) -> str:
    return escape(shown(text))


def _marker(number: int, url: str | None) -> str:
    return f"[\\[{number}\\]](<{url}>)" if url else f"\\[{number}\\]"


_Urls = Mapping[int, str | None]


def _urls(articles: Sequence[ArticleOut]) -> _Urls:
    return {article.number: article.url for article in articles}


def _quote(of: CitationOut, urls: _Urls) -> str:
    notes = [note for note, holds in (("carries the wording", of.wording), ("states a part only", of.partial)) if holds]
    where = f"characters {of.start}–{of.end}"
    name = _text(of.name or f"article {of.article}")
    url = landing(urls.get(of.article), of.quote)
    # What is linked are our words and never a name, which could look like another address.
    where = f"[{where}](<{url}>)" if url else where
    return f"\\[{of.article}\\] {name}, {', '.join([where, *notes])}: {escape(phrases.enclosed(of))}"


def _quotes(citations: Iterable[CitationOut], indent: str, urls: _Urls) -> list[str]:
    return [f"{indent}- {_quote(one, urls)}" for one in citations]


def _summary(answer: Answer) -> list[str]:
    origins = phrases.origin_count(answer.articles)
    urls = _urls(answer.articles)
    lines: list[str] = []
    bulleted = phrases.bulleted(answer)
    for sentence in phrases.runs(answer):
        text = ""
        for run in sentence:
            raw = without_markers(visible(run.text))
            text += escape(raw if text or (lines and not bulleted) else raw.lstrip())
            if run.fact is not None:
                fact = answer.facts[run.fact]
                links = by_article(fact.citations, urls)
                text += "".join(_marker(number, links.get(number)) for number in phrases.marker_numbers(fact.citations))
                text += phrases.sign(fact, origins)
        lines.append(text)
    if bulleted:
        return [f"- {line.strip()}" for line in lines]
    return ["".join(lines).strip()]


def _facts(answer: Answer) -> list[str]:
    origins = phrases.origin_count(answer.articles)
    lines = []
    for number, fact in enumerate(answer.facts, start=1):
        said = f", said by {_text(fact.attributed_to)}" if fact.attributed_to else ""
        lines.append(f"{number}. {_text(phrases.statement(fact))} — *{phrases.agreement(fact, origins)}*{said}")
        lines += _quotes(fact.citations, "   ", _urls(answer.articles))
        lines.append(f"   - Checks: {escape(shown(phrases.checks(fact.checks)))}")
    return lines


def _disputes(answer: Answer) -> list[str]:
    lines: list[str] = []
    for dispute in answer.disputes:
        lines += [f"### {_text(dispute.topic)} ({phrases.KINDS[dispute.kind]})", ""]
        for position in dispute.positions:
            lines.append(f"- {_text(position.text)}")
            lines += _quotes(position.citations, "  ", _urls(answer.articles))
        if dispute.silent:
            lines.append(f"- Silent: {', '.join(_marker(number, None) for number in dispute.silent)}")
        lines.append("")
    return lines[:-1]


def _matrix(facts: Sequence[FactOut], articles: Sequence[ArticleOut]) -> list[str]:
    if len(articles) <= _MOST_COLUMNS:
        lines = ["| Fact | " + " | ".join(f"\\[{article.number}\\]" for article in articles) + " |"]
        lines.append("| --- |" + " --- |" * len(articles))
        for index, fact in enumerate(facts, start=1):
            stands = phrases.stands(fact)
            found = [stands.get(article.number) for article in articles]
            cells = " | ".join(f"{phrases.SYMBOLS[one]} {one or 'silent'}" for one in found)
            lines.append(f"| {index}. {_text(phrases.statement(fact))} | {cells} |")
        return lines
    lines = ["| Fact | Stances; articles that are not listed are silent |", "| --- | --- |"]
    for index, fact in enumerate(facts, start=1):
        lines.append(f"| {index}. {_text(phrases.statement(fact))} | {phrases.stance_lists(fact)} |")
    return lines


def _left_out(answer: Answer) -> list[str]:
    origins = phrases.origin_count(answer.articles)
    lines = []
    for fact in answer.left_out.facts[:_MOST_ROWS]:
        marks = "".join(f"\\[{number}\\]" for number in phrases.marker_numbers(fact.citations))
        why = f"{phrases.LEFT_OUT[fact.reason]}; {phrases.agreement(fact, origins)}"
        lines.append(f"- {_text(phrases.statement(fact))} {marks} — *{why}*")
    more = answer.left_out.total - len(lines)
    return [*lines, f"- and {more:,} more"] if more > 0 else lines


def _rejected(answer: Answer) -> list[str]:
    lines = [f"- {_text(phrases.reason(word))}: {count:,}" for word, count in answer.rejected.reasons.items()]
    if answer.rejected.facts:
        lines += ["", "Their texts, on request. They failed the checks and may be false:", ""]
        lines += [f"- {_text(one.text)} — *{_text(phrases.reason(one.reason))}*" for one in answer.rejected.facts]
    return lines


def _articles(articles: Sequence[ArticleOut]) -> list[str]:
    lines = [
        "| | Article | Outlet | Date | Origin | Cited | Characters |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for article in articles:
        name = _text(phrases.label(article))
        url = web_url(article.url)
        if article.title:
            name += f": {_text(article.title)}"
        cells = [
            _marker(article.number, url),
            name,
            _text(article.outlet or ""),
            _text(article.published_at or ""),
            phrases.origin_or_why(article),
            f"{article.cited:,}",
            f"{article.characters:,}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _removed(articles: Sequence[ArticleOut]) -> list[str]:
    rows = [
        f"| \\[{article.number}\\] {_text(phrases.label(article))} | {_text(phrases.reason(why))} | "
        f"{spans or ''} | {characters:,} |"
        for article in articles
        for why, spans, characters in phrases.removed_by_reason(article)
    ]
    return ["| Article | Reason | Spans | Characters |", "| --- | --- | --- | --- |", *rows] if rows else []


def _copied(articles: Sequence[ArticleOut]) -> list[str]:
    return [
        f"- \\[{article.number}\\] {_text(phrases.label(article))}, characters {one.start}–{one.end}, reprints "
        f"\\[{one.source}\\] (similarity {one.similarity:.0%})"
        for article in articles
        for one in article.copied
    ]


def _warnings(warnings: Sequence[WarningOut]) -> list[str]:
    return [f"- {_text(one.message)} ({_text(one.code)})" for one in warnings]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""] if lines else []


def markdown(answer: Answer) -> str:
    """The whole answer as Markdown; ends with a newline. Links lead to the articles' own http(s) URLs and nowhere
    else."""
    lines: list[str] = []
    if answer.headline:
        marks = "".join(f"\\[{number}\\]" for number in phrases.marker_numbers(answer.headline.citations))
        lines += [f"# {_text(answer.headline.text)} {marks}", ""]
    banner = phrases.degraded(answer)
    if banner:
        lines += [f"> **{banner}**", ""]
    lines += [*_summary(answer), ""]
    legend = phrases.signs_legend(answer)
    if legend:
        lines += [f"*{' · '.join(legend)}*", ""]
    lines += _section("Warnings", _warnings(answer.warnings))
    lines += _section("Where the articles disagree", _disputes(answer))
    lines += _section("Facts and evidence", _facts(answer))
    lines += _section(
        "Who says what", _matrix(answer.facts, phrases.taking_part(answer.articles)) if answer.facts else []
    )
    lines += _section(f"Left out ({answer.left_out.total:,})", _left_out(answer))
    lines += _section(f"Rejected ({answer.rejected.total:,})", _rejected(answer))
    lines += _section("Articles", _articles(answer.articles))
    lines += _section("Copied passages", _copied(answer.articles))
    lines += _section("Removed from the articles", _removed(answer.articles))
    if answer.changes is not None:
        lines += _section("Changes", _changes(answer))
    known = f" Id `{answer.id}`." if answer.id.replace("-", "").isalnum() and answer.id.isascii() else ""
    lines += ["---", "", f"This summary was {_text(phrases.engine(answer))}. {_text(phrases.usage(answer))}{known}"]
    return "\n".join(lines) + "\n"


def _changes(answer: Answer) -> list[str]:
    return [f"- {label}: {_text(text)}" for label, texts in phrases.changes(answer) for text in texts]


def verification_markdown(answer: VerifyAnswer) -> str:
    """The verdicts sentence by sentence as Markdown; ends with a newline."""
    good = sum(1 for one in answer.sentences if one.verdict == "supported")
    lines = [f"# {good} of {phrases.plural(len(answer.sentences), 'sentence')} supported", ""]
    lines += _section("Warnings", _warnings(answer.warnings))
    urls = _urls(answer.articles)
    for number, sentence in enumerate(answer.sentences, start=1):
        lines.append(f"{number}. **{phrases.VERDICTS[sentence.verdict]}**: {escape(quoted(sentence.text))}")
        if sentence.reason:
            lines.append(f"   - Reason: {_text(phrases.reason(sentence.reason))}")
        lines += _quotes(sentence.citations, "   ", urls)
        if sentence.should_be:
            lines.append(f"   - {phrases.meant(sentence).capitalize()}: {_quote(sentence.should_be, urls)}")
    lines += ["", *_section("Articles", _articles(answer.articles))]
    return "\n".join(lines).rstrip("\n") + "\n"
