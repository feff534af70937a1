"""Answer -> Slack Block Kit (part of the room `render`): the summary, its sources and what must be known, no more.

Takes: an `Answer`. Gives: a list of blocks within Slack's limits, everything foreign escaped. Does not know: how they
are sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.contract import Answer
from summarizer.render import phrases
from summarizer.render.escape import mrkdwn as escape
from summarizer.render.escape import shown, visible, web_url, without_markers
from summarizer.render.links import by_article

# Slack refuses longer ones: 3,000 characters in a section, 150 in a header, 2,000 in an element of a context block.
_SECTION = 3_000
_HEADER = 150
_CONTEXT = 2_000
# Slack refuses a message above about 13,200 characters over all blocks (seen, not documented). Of the 12,000 used
# here the summary may take 8,000: thirteen hundred words, eight times the default. Lengths are counted in UTF-16
# units, the way Slack's own (JavaScript) clients count, which is never less than the number of characters.
_SUMMARY = 8_000
_SOURCES = 2_500
# A marker that is a link to the sentence costs a hundred characters or two, so so many of them are links at most, and the
# rest are plain. Set by hand: half of the summary's room.
_LINKS = 4_000
_LONGEST_LINK = 500
_WARNINGS = 3  # the first ones, each cut to 200 characters; all stand in the full answer


def _length(text: str) -> int:
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def _cut(text: str, most: int) -> str:
    """`text` in at most `most` UTF-16 units, an ellipsis at a cut; for raw text, before it is escaped."""
    if _length(text) <= most:
        return text
    used = 1
    for position, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > most:
            return text[:position] + "…"
    return text


def _words(text: str) -> Iterator[str]:
    """Pieces that may stand in different sections: words with the white space behind them, long ones in parts."""
    word = ""
    for char in text:
        if word and ((word[-1].isspace() and not char.isspace()) or len(word) >= 200):
            yield word
            word = ""
        word += char
    if word:
        yield word


def _summary_pieces(answer: Answer) -> Iterator[str]:
    """The cited summary in escaped pieces; a section may end between any two. A marker is a piece of its own."""
    origins = phrases.origin_count(answer.articles)
    bulleted = phrases.bulleted(answer)
    urls = {article.number: article.url for article in answer.articles}
    room = _LINKS
    for number, sentence in enumerate(phrases.runs(answer)):
        if bulleted:
            yield "\n• " if number else "• "
        for run in sentence:
            # Cut first, then escaped: no entity is ever cut, and at the edge of a piece every sign of emphasis is
            # replaced.
            for word in _words(without_markers(visible(run.text))):
                yield escape(word)
            if run.fact is not None:
                fact = answer.facts[run.fact]
                numbers = phrases.marker_numbers(fact.citations)
                links = by_article(fact.citations, urls)
                for one in numbers[:20]:
                    mark = _link(links.get(one), f"[{one}]")
                    if _length(mark) > room:
                        mark = f"[{one}]"
                    elif "<" in mark:
                        room -= _length(mark)
                    yield mark
                yield ("…" if len(numbers) > 20 else "") + phrases.sign(fact, origins)


def _link(url: str | None, label: str) -> str:
    """`label`, escaped before, as a link to `url`, which has been through `web_url` or `landing`; plain if that is long.

    `|` and `>` end the parts of a link: both are percent-encoded in the address, and the label has none of them.
    """
    return f"<{url.replace('&', '&amp;')}|{label}>" if url and len(url) <= _LONGEST_LINK else label


def _sections(answer: Answer) -> tuple[list[str], bool]:
    """The texts of the summary's sections, and whether something did not fit."""
    sections = [""]
    total = 0
    cut = False
    for piece in _summary_pieces(answer):
        size = _length(piece)
        if total + size > _SUMMARY:
            sections[-1] = sections[-1].rstrip() + " …"
            cut = True
            break
        if _length(sections[-1]) + size > _SECTION - 10:
            sections.append("")
        sections[-1] += piece
        total += size
    return [section.strip() for section in sections if section.strip()], cut


def _sources(answer: Answer) -> str:
    shown_numbers = {one.article for fact in answer.facts if fact.at is not None for one in fact.citations}
    lines = ["*Sources*"]
    used = len(lines[0])
    listed = 0
    for article in answer.articles:
        if article.number not in shown_numbers:
            continue
        name = escape(_cut(shown(phrases.label(article)), 100)).replace("|", "\u00a6")
        about = [escape(_cut(shown(part), 60)) for part in (article.outlet, article.published_at) if part]
        url = web_url(article.url)
        linked = _link(url, name)
        line = f"[{article.number}] {linked}" + (f" ({', '.join(about)})" if about else "")
        if used + _length(line) + 1 > _SOURCES - 80:
            break
        lines.append(line)
        used += _length(line) + 1
        listed += 1
    missing = len(shown_numbers) - listed
    if missing:
        lines.append(f"and {missing:,} more")
    unused = len(answer.articles) - len(shown_numbers)
    if unused:
        lines.append(f"{phrases.plural(unused, 'article')} read and not cited here")
    return "\n".join(lines)


def _context(answer: Answer, cut: bool) -> str:
    parts = [*phrases.signs_legend(answer)]
    banner = phrases.degraded(answer)
    if banner:
        parts.insert(0, f":warning: {banner}")
    if cut:
        parts.append("shortened for Slack; the whole summary is in the full answer")
    if answer.disputes:
        parts.append(f"{phrases.plural(len(answer.disputes), 'dispute')}: who says what is in the full answer")
    if answer.rejected.total:
        parts.append(f"{phrases.plural(answer.rejected.total, 'statement')} rejected by the checks")
    if answer.left_out.total:
        parts.append(f"{phrases.plural(answer.left_out.total, 'fact')} left out")
    parts += [f"warning: {escape(_cut(shown(one.message), 200))}" for one in answer.warnings[:_WARNINGS]]
    if len(answer.warnings) > _WARNINGS:
        parts.append(f"{phrases.plural(len(answer.warnings) - _WARNINGS, 'more warning')}")
    origins = phrases.plural(phrases.origin_count(answer.articles), "origin")
    engine = escape(_cut(shown(phrases.engine(answer)), 200))
    parts.append(f"{phrases.plural(len(answer.articles), 'article')}, {origins}, {engine}")
    # Only warnings full of escaped characters can be this long; what was rejected and left out stays.
    while _length(" · ".join(parts)) > _CONTEXT:
        parts.remove(max(parts, key=_length))
    return " · ".join(parts)


def slack(answer: Answer) -> list[dict[str, Any]]:
    """Block Kit blocks: headline, cited summary, sources, and one line of what must be known. Never more than 10
    blocks.

    Valid for any answer, however long. Texts are `mrkdwn` with `verbatim`, so that Slack links nothing by itself.
    """

    def section(text: str) -> dict[str, Any]:
        return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}

    blocks: list[dict[str, Any]] = []
    if answer.headline and shown(answer.headline.text):
        # A header is plain text: nothing in it is read as markup, `emoji` aside.
        # The angle brackets go all the same, for clients that show the title elsewhere.
        title = _cut(shown(answer.headline.text).replace("<", "\u2039").replace(">", "\u203a"), _HEADER)
        blocks.append({"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}})
    texts, cut = _sections(answer)
    blocks += [section(text) for text in texts] or [section("_There is nothing that could be published._")]
    if answer.facts:
        blocks.append(section(_sources(answer)))
    line = _context(answer, cut)
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": line, "verbatim": True}]})
    return blocks
