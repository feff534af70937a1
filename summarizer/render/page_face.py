"""Answer -> one HTML page that stands alone (part of the room `render`).

Takes: an `Answer`, and the door's script and style if the page shall come alive where scripts run. Gives: a page with
everything inside, nothing loaded from elsewhere, and a content policy that forbids it and names what is inside by its
hash. Without a script, text, evidence, matrix and sources are all there. Does not know: who serves it. Everything
foreign goes through `_text`; no attribute but `href` (checked) and `lang` (a code) takes anything from an answer.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.contract import Answer, ArticleOut, CitationOut, FactOut, PositionOut
from summarizer.render import phrases
from summarizer.render.escape import html as escape
from summarizer.render.escape import preserved, quoted, shown, visible, web_url, without_markers
from summarizer.render.links import landing
from summarizer.render.page_style import STYLE

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


def _outward(url: str, inside: str) -> str:
    """A link that leaves the page. `url` has been through `web_url` or `landing`."""
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{inside}</a>'


def _place(of: CitationOut) -> str:
    """The id of the place in the sources where a citation begins."""
    return f"at-{of.article}-{of.start}"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The articles by number: where each stands on the web, and which of them are on the page with their text."""

    urls: Mapping[int, str | None]
    texts: frozenset[int]

    @classmethod
    def of(cls, answer: Answer) -> _Rows:
        return cls(
            {one.number: one.url for one in answer.articles},
            frozenset(one.number for one in answer.articles if one.text is not None),
        )


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


def _quotes(citations: Sequence[CitationOut], anchor: str, language: str, rows: _Rows) -> str:
    """The evidence: each quote with its article and range. The first of an article carries the anchor of its
    markers."""
    seen: set[int] = set()
    parts = []
    for one in citations:
        place = "" if one.article in seen or not anchor else f' id="{anchor}-a{one.article}"'
        seen.add(one.article)
        notes = [note for note, holds in (("carries the wording", one.wording), ("a part only", one.partial)) if holds]
        tags = "".join(f' <span class="tag">{note}</span>' for note in notes)
        where = f"characters {one.start}–{one.end}"
        where = f'<a href="#{_place(one)}">{where}</a>' if one.article in rows.texts else where
        url = landing(rows.urls.get(one.article), one.quote)
        published = f" · {_outward(url, 'at the publisher')}" if url else ""
        parts.append(
            f'<blockquote{place}><p lang="{language}" dir="auto">{escape(quoted(one.quote))}</p>'
            f'<p class="source">{_article_link(one.article)} {_text(one.name or f"article {one.article}")}, '
            f"{where}, origin {one.origin}{tags}{published}</p></blockquote>"
        )
    return "".join(parts)


def _tag(fact: FactOut, origins: int) -> str:
    return f'<span class="tag{_TONE[fact.agreement]}">{escape(phrases.agreement(fact, origins))}</span>'


def _facts(answer: Answer, language: str, rows: _Rows) -> str:
    origins = phrases.origin_count(answer.articles)
    items = []
    for number, fact in enumerate(answer.facts, start=1):
        said = f' <span class="tag">said by {_text(fact.attributed_to)}</span>' if fact.attributed_to else ""
        items.append(
            f'<li id="fact-{number}"><p class="fact" lang="{language}" dir="auto"><span class="num">{number}.</span> '
            f"{escape(phrases.statement(fact))}</p><p>{_tag(fact, origins)}{said}</p>"
            f"{_quotes(fact.citations, f'fact-{number}', language, rows)}"
            f'<details class="soft"><summary>Checks</summary>{_text(phrases.checks(fact.checks))}</details></li>'
        )
    return f'<ul class="facts">{"".join(items)}</ul>' if items else ""


def _side(position: PositionOut, language: str, rows: _Rows) -> str:
    text = f'<p class="fact" lang="{language}" dir="auto">{escape(shown(position.text))}</p>'
    return f'<div class="side">{text}{_quotes(position.citations, "", language, rows)}</div>'


def _disputes(answer: Answer, language: str, rows: _Rows) -> str:
    parts = []
    for dispute in answer.disputes:
        parts.append(
            f'<h3 dir="auto"><span lang="{language}">{_text(dispute.topic)}</span> '
            f'<span class="tag bad">{phrases.KINDS[dispute.kind]}</span></h3>'
            f'<div class="sides">{"".join(_side(one, language, rows) for one in dispute.positions)}</div>'
        )
        if dispute.silent:
            silent = " ".join(_article_link(number) for number in dispute.silent)
            parts.append(f'<p class="soft">Silent: {silent}</p>')
    return "".join(parts)


def _stand(stand: phrases.Stand | None) -> str:
    word = stand or "silent"
    return f'<td class="{word.replace(" ", "-")}">{phrases.SYMBOLS[stand]} <span class="hidden">{word}</span></td>'


def _matrix(answer: Answer, language: str) -> str:
    if not answer.facts:
        return ""
    groups: dict[int, list[ArticleOut]] = {}
    for article in phrases.taking_part(answer.articles):
        groups.setdefault(article.origin, []).append(article)
    columns = [article for group in groups.values() for article in group]
    heads = "".join(
        f'<th scope="col">{_article_link(article.number)}<span class="who" dir="auto">'
        f"{escape(shown(phrases.label(article)))}</span></th>"
        for article in columns
    )
    if len(groups) < len(columns):
        spans = "".join(
            f'<th scope="colgroup" colspan="{len(group)}"{" class=" + chr(34) + "copies" + chr(34) if len(group) > 1 else ""}>'
            f"origin {origin}{f', {len(group)} copies' if len(group) > 1 else ''}</th>"
            for origin, group in groups.items()
        )
        above = f'<tr class="groups"><td></td>{spans}</tr>'
    else:
        above = ""
    rows = []
    for number, fact in enumerate(answer.facts, start=1):
        stands = phrases.stands(fact)
        cells = "".join(_stand(stands.get(article.number)) for article in columns)
        rows.append(
            f'<tr><th scope="row" lang="{language}" dir="auto"><a href="#fact-{number}">{number}.</a> '
            f"{escape(phrases.statement(fact))}</th>{cells}</tr>"
        )
    legend = f'<p class="soft">{phrases.STANCE_LEGEND}</p>'
    return legend + _table("matrix", "Who says what", f'<th scope="col">Fact</th>{heads}', rows, above)


def _table(css: str, label: str, heads: str, rows: Sequence[str], above: str = "") -> str:
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="{css}">'
        f"<thead>{above}<tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
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
    heads = "<td></td>" + "".join(f'<th scope="col">{head}</th>' for head in ("Article", "Outlet", "Date", "Origin"))
    heads += "".join(f'<th scope="col" class="n">{head}</th>' for head in ("Cited", "Characters"))
    rows = []
    for article in answer.articles:
        url = web_url(article.url)
        name = _text(phrases.label(article))
        linked = _outward(url, name) if url else name
        title = f'<br><span class="soft">{_text(article.title)}</span>' if article.title else ""
        rows.append(
            f'<tr id="article-{article.number}"><td>[{article.number}]</td><td class="wide">{linked}{title}</td>'
            f'<td>{_text(article.outlet or "–")}</td><td class="short">{_text(article.published_at or "–")}</td>'
            f'<td>{phrases.origin_or_why(article)}</td><td class="n">{article.cited:,}</td>'
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


def _sources(answer: Answer, language: str) -> str:
    """The texts that came with the answer, with the cited passages marked and what was removed struck through."""
    cited: dict[int, list[tuple[CitationOut, int]]] = {}
    for number, fact in enumerate(answer.facts, start=1):
        for one in fact.citations:
            cited.setdefault(one.article, []).append((one, number))
    others = [one for dispute in answer.disputes for side in dispute.positions for one in side.citations]
    others += answer.headline.citations if answer.headline else []
    for one in others:
        cited.setdefault(one.article, []).append((one, 0))
    return "".join(
        f'<section class="src"><h3 dir="auto"><span class="num">{_article_link(article.number)}</span> '
        f"{_text(phrases.label(article))}</h3>"
        f'<div class="text" lang="{language}">{_marked(article, article.text, cited.get(article.number, []))}</div></section>'
        for article in answer.articles
        if article.text is not None
    )


def _marked(article: ArticleOut, text: str, cited: Sequence[tuple[CitationOut, int]]) -> str:
    """A text cut where any span begins or ends. `cited`: citations in it with the number of their fact, 0 for others."""
    cuts = {0, len(text)}
    for one, _ in cited:
        cuts |= {one.start, one.end}
    for gone in article.removed:
        cuts |= {gone.start, gone.end}
    order = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    removed = [(one.start, one.end) for one in article.removed]
    places: set[str] = set()
    parts = []
    for start, end in itertools.pairwise(order):
        inside = escape(preserved(text[start:end]))
        if any(first <= start and end <= last for first, last in removed):
            inside = f'<span class="removed">{inside}</span>'
        over = [(one, number) for one, number in cited if one.start <= start and end <= one.end]
        if over:
            place = next((_place(one) for one, _ in over if one.start == start and _place(one) not in places), "")
            places.add(place)
            here = f' id="{place}"' if place else ""
            css = ' class="cited"' if any(number for _, number in over) else ""
            inside = f"<mark{here}{css}>{inside}</mark>"
        numbers = sorted({number for one, number in over if number and one.end == end})
        links = "".join(f'<a href="#fact-{number}">{number}</a>' for number in numbers)
        parts.append(f'{inside}<span class="cite back">{links}</span>' if links else inside)
    return "".join(parts)


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


def _hash(inside: str) -> str:
    """A source expression of a Content-Security-Policy for the text of one element."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'"


def page_policy(*, script: str = "", style: str = "") -> str:
    """The Content-Security-Policy of `page` with the same arguments: what is inside, by its hash, and nothing else."""
    policy = f"default-src 'none'; style-src {_hash(STYLE + style)}; base-uri 'none'; form-action 'none'"
    if script:
        policy += f"; script-src {_hash(script)}; require-trusted-types-for 'script'; trusted-types 'none'"
    return policy


def _data(answer: Answer) -> str:
    """The answer as JSON that no HTML parser can leave: `<` and `&` occur in strings only, where an escape does."""
    return answer.model_dump_json(by_alias=True).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def page(answer: Answer, *, script: str = "", style: str = "") -> str:
    """The whole answer as one HTML document. Links lead inside the page, and to the articles' own http(s) URLs.

    `script`, `style`: of ours, put in as they stand, so they must hold no `</`. The script finds the answer as JSON in
    the element `answer` and puts the reading view in the place of what stands in `main`.
    """
    assert "</" not in script + style
    style = STYLE + style
    rows = _Rows.of(answer)
    policy = page_policy(script=script, style=style.removeprefix(STYLE))
    live = ""
    if script:
        live = f'<script type="application/json" id="answer">{_data(answer)}</script>\n<script>{script}</script>\n'
    language = _language(answer.language)
    title = shown(answer.headline.text) if answer.headline else "Consensus summary"
    head = ""
    if answer.headline:
        evidence = _quotes(answer.headline.citations, "headline", language, rows)
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
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="kicker">{kicker}</p>\n{head}\n'
        + (f'<p class="banner" role="note">{escape(banner)}</p>\n' if banner else "")
        + f"{_summary(answer, language)}\n"
        + _warnings(answer)
        + _section("Where the articles disagree", _disputes(answer, language, rows))
        + _section("Who says what", _matrix(answer, language))
        + _section("Facts and evidence", _facts(answer, language, rows) + headline_evidence)
        + _section("Left out", _left_out(answer, language))
        + _section("Rejected", _rejected(answer))
        + _section("Articles", _articles(answer))
        + _section("Copied passages", _copied(answer.articles))
        + _section("Removed from the articles", _removed(answer.articles))
        + _section("Sources", _sources(answer, language))
        + _section("Changes", _changes(answer))
        + f'<p class="foot">This summary was {_text(phrases.engine(answer))}. {escape(phrases.usage(answer))} '
        f"Prompts {escape(shown(answer.prompt_version))}, id {escape(shown(answer.id))}.</p>\n"
        f"</main>\n{live}</body>\n</html>\n"
    )
