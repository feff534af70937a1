"""Answer -> one HTML page that stands alone (part of the room `render`).

Takes: an `Answer`. Gives: a page with its style inside, no script, nothing loaded from elsewhere, and a content
policy that forbids both. Does not know: who serves it. Everything foreign goes through `_text`; no attribute but
`href` (checked) and `lang` (a code) takes anything from an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizer.contract import Answer, ArticleOut, CitationOut, FactOut, PositionOut
from summarizer.render import phrases
from summarizer.render.escape import html as escape
from summarizer.render.escape import quoted, shown, visible, web_url, without_markers
from summarizer.render.page_style import STYLE
from summarizer.values import Stance

# Ranges of one reason that are listed one by one; the counts beside them are always whole.
_MOST_RANGES = 12

_TONE = {"unanimous": " good", "majority": " good", "shared": "", "single": " part", "disputed": " bad"}


def _text(text: str) -> str:
    """Foreign text in running text, isolated so that its direction moves nothing around it."""
    return f'<bdi dir="auto">{escape(shown(text))}</bdi>'


def _block(tag: str, inside: str, css: str = "") -> str:
    return f'<{tag}{css and f" class={chr(34)}{css}{chr(34)}"} dir="auto">{inside}</{tag}>'


def _language(code: str) -> str:
    return code if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else "und"


def _markers(citations: Iterable[CitationOut], anchor: str) -> str:
    """`[1][3]`, each a link to the evidence of its article under `anchor`."""
    links = "".join(f'<a href="#{anchor}-a{number}">[{number}]</a>' for number in phrases.marker_numbers(citations))
    return f'<span class="cite">{links}</span>'


def _article_link(number: int) -> str:
    return f'<a href="#article-{number}">[{number}]</a>'


def _summary(answer: Answer, language: str) -> str:
    origins = phrases.origin_count(answer.articles)
    sentences = []
    for sentence in phrases.runs(answer):
        text = ""
        for run in sentence:
            text += escape(without_markers(visible(run.text)))
            if run.fact is not None:
                fact = answer.facts[run.fact]
                sign = phrases.sign(fact, origins)
                text += _markers(fact.citations, f"fact-{run.fact + 1}")
                text += f'<span class="cite">{sign}</span>' if sign else ""
        sentences.append(text)
    if not sentences:
        return '<p class="lead">Nothing could be published: see below for what was rejected or left out.</p>'
    if phrases.bulleted(answer):
        items = "".join(f'<li dir="auto">{text}</li>' for text in sentences)
        body = f'<ul class="lead" lang="{language}">{items}</ul>'
    else:
        body = f'<p class="lead" lang="{language}" dir="auto">{"".join(sentences)}</p>'
    legend = phrases.signs_legend(answer)
    return body + (f'<p class="soft">{" · ".join(legend)}</p>' if legend else "")


def _quotes(citations: Sequence[CitationOut], anchor: str, language: str) -> str:
    """The evidence: each quote with its article and range. The first of an article carries the anchor of its
    markers."""
    seen: set[int] = set()
    parts = []
    for one in citations:
        place = "" if one.article in seen or not anchor else f' id="{anchor}-a{one.article}"'
        seen.add(one.article)
        notes = [note for note, holds in (("carries the wording", one.wording), ("a part only", one.partial)) if holds]
        tags = "".join(f' <span class="tag">{note}</span>' for note in notes)
        parts.append(
            f'<blockquote{place}><p lang="{language}" dir="auto">{escape(quoted(one.quote))}</p>'
            f'<p class="source">{_article_link(one.article)} {_text(one.name or f"article {one.article}")}, '
            f"characters {one.start}–{one.end}, origin {one.origin}{tags}</p></blockquote>"
        )
    return "".join(parts)


def _tag(fact: FactOut, origins: int) -> str:
    return f'<span class="tag{_TONE[fact.agreement]}">{escape(phrases.agreement(fact, origins))}</span>'


def _facts(answer: Answer, language: str) -> str:
    origins = phrases.origin_count(answer.articles)
    items = []
    for number, fact in enumerate(answer.facts, start=1):
        said = f' <span class="tag">said by {_text(fact.attributed_to)}</span>' if fact.attributed_to else ""
        items.append(
            f'<li id="fact-{number}"><p class="fact" lang="{language}" dir="auto"><span class="num">{number}.</span> '
            f"{escape(phrases.statement(fact))}</p><p>{_tag(fact, origins)}{said}</p>"
            f"{_quotes(fact.citations, f'fact-{number}', language)}"
            f'<details class="soft"><summary>Checks</summary>{_text(phrases.checks(fact.checks))}</details></li>'
        )
    return f'<ul class="facts">{"".join(items)}</ul>' if items else ""


def _side(position: PositionOut, language: str) -> str:
    text = f'<p class="fact" lang="{language}" dir="auto">{escape(shown(position.text))}</p>'
    return f'<div class="side">{text}{_quotes(position.citations, "", language)}</div>'


def _disputes(answer: Answer, language: str) -> str:
    parts = []
    for dispute in answer.disputes:
        parts.append(
            f'<h3 dir="auto"><span lang="{language}">{_text(dispute.topic)}</span> '
            f'<span class="tag bad">{phrases.KINDS[dispute.kind]}</span></h3>'
            f'<div class="sides">{"".join(_side(one, language) for one in dispute.positions)}</div>'
        )
        if dispute.silent:
            silent = " ".join(_article_link(number) for number in dispute.silent)
            parts.append(f'<p class="soft">Silent: {silent}</p>')
    return "".join(parts)


def _stance(stance: Stance | None) -> str:
    word = stance or "silent"
    return f'<td class="{word}">{phrases.SYMBOLS[stance]} {word}</td>'


def _matrix(answer: Answer, language: str) -> str:
    if not answer.facts:
        return ""
    heads = "".join(
        f'<th scope="col">{_article_link(article.number)}<span class="who" dir="auto">'
        f"{escape(shown(phrases.label(article)))}</span></th>"
        for article in answer.articles
    )
    rows = []
    for number, fact in enumerate(answer.facts, start=1):
        cells = "".join(_stance(fact.stances.get(str(article.number))) for article in answer.articles)
        rows.append(
            f'<tr><th scope="row" lang="{language}" dir="auto"><a href="#fact-{number}">{number}.</a> '
            f"{escape(phrases.statement(fact))}</th>{cells}</tr>"
        )
    return _table("matrix", "Who says what", f'<th scope="col">Fact</th>{heads}', rows)


def _table(css: str, label: str, heads: str, rows: Sequence[str]) -> str:
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="{css}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _left_out(answer: Answer, language: str) -> str:
    origins = phrases.origin_count(answer.articles)
    items = [
        f'<li dir="auto"><span lang="{language}">{_text(phrases.statement(fact))}</span> '
        f"{_markers_to_articles(fact.citations)} {_tag(fact, origins)} "
        f'<span class="tag">{phrases.LEFT_OUT[fact.reason]}</span></li>'
        for fact in answer.left_out.facts
    ]
    if not answer.left_out.total:
        return ""
    more = answer.left_out.total - len(items)
    if more > 0:
        items.append(f"<li>and {more:,} more</li>")
    title = f"{phrases.plural(answer.left_out.total, 'fact')} passed the checks and did not enter the summary"
    return f'<details><summary>{title}</summary><ul class="plain">{"".join(items)}</ul></details>'


def _markers_to_articles(citations: Iterable[CitationOut]) -> str:
    links = "".join(_article_link(number) for number in phrases.marker_numbers(citations))
    return f'<span class="cite">{links}</span>'


def _rejected(answer: Answer) -> str:
    if not answer.rejected.total:
        return ""
    reasons = "".join(
        f"<li>{_text(phrases.reason(word))}: {count:,}</li>" for word, count in answer.rejected.reasons.items()
    )
    texts = "".join(
        f'<li dir="auto">{_text(one.text)} <span class="tag bad">{_text(phrases.reason(one.reason))}</span></li>'
        for one in answer.rejected.facts
    )
    told = ""
    if texts:
        title = "Their texts; they failed the checks and may be false"
        told = f'<details><summary>{title}</summary><ul class="plain">{texts}</ul></details>'
    total = phrases.plural(answer.rejected.total, "statement")
    return f'<p>{total} failed the checks and were not published:</p><ul class="plain">{reasons}</ul>{told}'


def _articles(answer: Answer) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("", "Article", "Outlet", "Date", "Origin"))
    heads += "".join(f'<th scope="col" class="n">{head}</th>' for head in ("Cited", "Characters"))
    rows = []
    for article in answer.articles:
        url = web_url(article.url)
        name = _text(phrases.label(article))
        linked = f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{name}</a>' if url else name
        title = f'<br><span class="soft">{_text(article.title)}</span>' if article.title else ""
        rows.append(
            f'<tr id="article-{article.number}"><td>[{article.number}]</td><td class="wide">{linked}{title}</td>'
            f'<td>{_text(article.outlet or "–")}</td><td class="short">{_text(article.published_at or "–")}</td>'
            f'<td>{article.origin}</td><td class="n">{article.cited:,}</td>'
            f'<td class="n">{article.characters:,}</td></tr>'
        )
    count = phrases.origin_count(answer.articles)
    note = (
        f'<p class="soft">{phrases.plural(len(answer.articles), "article")}, '
        f"{phrases.plural(count, 'independent origin')}. "
        "Articles with the same origin are copies of one another and count once.</p>"
    )
    return _table("articles", "Articles", heads, rows) + note


def _copied(articles: Sequence[ArticleOut]) -> str:
    items = "".join(
        f"<li>{_article_link(article.number)} {_text(phrases.label(article))}, characters {one.start}–{one.end}, "
        f"reprints {_article_link(one.source)} (similarity {one.similarity:.0%})</li>"
        for article in articles
        for one in article.copied
    )
    return f'<ul class="plain">{items}</ul>' if items else ""


def _ranges(article: ArticleOut, reason: str) -> str:
    spans = [f"{one.start}–{one.end}" for one in article.removed if one.reason == reason]
    more = len(spans) - _MOST_RANGES
    return ", ".join(spans[:_MOST_RANGES]) + (f" and {more:,} more" if more > 0 else "")


def _removed(articles: Sequence[ArticleOut]) -> str:
    rows = [
        f"<tr><td>{_article_link(article.number)} {_text(phrases.label(article))}</td>"
        f"<td>{_text(phrases.reason(why))}</td>"
        f'<td class="n">{spans or "–"}</td><td class="n">{characters:,}</td>'
        f'<td class="wide">{_ranges(article, why) if spans else "not in the text"}</td></tr>'
        for article in articles
        for why, spans, characters in phrases.removed_by_reason(article)
    ]
    heads = '<th scope="col">Article</th><th scope="col">Reason</th><th scope="col" class="n">Spans</th>'
    heads += '<th scope="col" class="n">Characters</th><th scope="col">Where</th>'
    if not rows:
        return ""
    total = sum(characters for article in articles for _, _, characters in phrases.removed_by_reason(article))
    note = f"{total:,} characters are not part of the story"
    return f"<details><summary>{note}</summary>{_table('removed', 'Removed from the articles', heads, rows)}</details>"


def _warnings(answer: Answer) -> str:
    items = "".join(
        f'<li>{_text(one.message)} <span class="soft">({escape(shown(one.code))})</span></li>'
        for one in answer.warnings
    )
    return f'<div class="warn" role="note"><strong>Warnings</strong><ul>{items}</ul></div>' if items else ""


def _changes(answer: Answer) -> str:
    return "".join(
        f'<h3>{kind}</h3><ul class="plain">{"".join(f"<li>{_text(text)}</li>" for text in texts)}</ul>'
        for kind, texts in phrases.changes(answer)
    )


def _section(title: str, inside: str) -> str:
    return f"<section><h2>{title}</h2>{inside}</section>\n" if inside else ""


def page(answer: Answer) -> str:
    """The whole answer as one HTML document. Links lead inside the page, and to the articles' own http(s) URLs."""
    language = _language(answer.language)
    title = shown(answer.headline.text) if answer.headline else "Consensus summary"
    head = ""
    if answer.headline:
        evidence = _quotes(answer.headline.citations, "headline", language)
        head = f'<h1 lang="{language}" dir="auto">{escape(title)}{_markers(answer.headline.citations, "headline")}</h1>'
        headline_evidence = f"<details><summary>Evidence for the headline</summary>{evidence}</details>"
    else:
        head, headline_evidence = "<h1>Consensus summary</h1>", ""
    banner = phrases.degraded(answer)
    count = phrases.origin_count(answer.articles)
    kicker = f"{phrases.plural(len(answer.articles), 'article')} · {phrases.plural(count, 'independent origin')}"
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="kicker">{kicker}</p>\n{head}\n'
        + (f'<p class="banner" role="note">{escape(banner)}</p>\n' if banner else "")
        + f"{_summary(answer, language)}\n"
        + _warnings(answer)
        + _section("Where the articles disagree", _disputes(answer, language))
        + _section("Facts and evidence", _facts(answer, language) + headline_evidence)
        + _section("Who says what", _matrix(answer, language))
        + _section("Left out", _left_out(answer, language))
        + _section("Rejected", _rejected(answer))
        + _section("Articles", _articles(answer))
        + _section("Copied passages", _copied(answer.articles))
        + _section("Removed from the articles", _removed(answer.articles))
        + _section("Changes", _changes(answer))
        + f'<p class="foot">This summary was {_text(phrases.engine(answer))}. {escape(phrases.usage(answer))} '
        f"Prompts {escape(shown(answer.prompt_version))}, id {escape(shown(answer.id))}.</p>\n"
        "</main>\n</body>\n</html>\n"
    )
