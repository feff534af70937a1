"""Answer -> Slack Block Kit (part of the room `render`): the summary with its buttons of evidence, disputes, sources and
what must be known; the evidence of one statement; plain words.

Takes: an `Answer`, or words. Gives: blocks within Slack's limits, everything foreign escaped. Does not know: how they are
sent.

Source of the limits: https://docs.slack.dev/reference/block-kit/blocks (and its pages for elements and views).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from summarizer.contract import Answer, ArticleOut, CitationOut, DisputeOut, FactOut
from summarizer.render import phrases
from summarizer.render.escape import mrkdwn as escape
from summarizer.render.escape import quoted, shown, visible, web_url, without_markers
from summarizer.render.links import by_article, landing

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
# With buttons: their texts and values count as well, and the disputes are shown.
_SUMMARY_WITH_BUTTONS = 6_500
_LINKS_WITH_BUTTONS = 2_500  # fewer: the evidence has them all
_DISPUTES = 1_500
_ALONE = 24
"""Statements that stand each in a section of its own, with its button beside it. More are numbered and share sections, with
their buttons below: a message has 50 blocks at most. Set by hand."""
_BUTTONS = 25  # Slack's limit for one block of them
# The evidence of one statement also fits a message, for whoever touches a button too late for a window.
_STATEMENT = 2_000
_QUOTE = 600
_CITATIONS = 12
_ALL_CITATIONS = 9_000
_NOTIFICATION = 1_000
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
                marks, room = _markers(fact, urls, room)
                yield from marks
                yield phrases.sign(fact, origins)


def _markers(fact: FactOut, urls: Mapping[int, str | None], room: int) -> tuple[list[str], int]:
    """The markers of a fact, each a link to the sentence while `room` lasts; and what is left of it."""
    numbers = phrases.marker_numbers(fact.citations)
    links = by_article(fact.citations, urls)
    marks = []
    for one in numbers[:20]:
        mark = _link(links.get(one), f"[{one}]")
        if _length(mark) > room:
            mark = f"[{one}]"
        elif "<" in mark:
            room -= _length(mark)
        marks.append(mark)
    return [*marks, "…"] if len(numbers) > 20 else marks, room


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


def _context(answer: Answer, cut: bool, *, disputes_shown: bool = False) -> str:
    parts = [*phrases.signs_legend(answer)]
    banner = phrases.degraded(answer)
    if banner:
        parts.insert(0, f":warning: {banner}")
    if cut:
        parts.append("shortened for Slack; the whole summary is in the full answer")
    if answer.disputes and not disputes_shown:
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


@dataclass(slots=True)
class _Section:
    """A section that is being filled, and the statements that begin in it."""

    text: str = ""
    facts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Statement:
    """A piece of the summary with one fact at most: what is said, raw, its markers, and what ends it behind them."""

    text: str
    fact: int | None
    marks: list[str] = field(default_factory=list)
    end: str = ""
    lead: str = ""

    def pieces(self) -> Iterator[str]:
        """Escaped, as `_summary_pieces`."""
        if self.lead:
            yield self.lead
        yield from _escaped_words(self.text.lstrip())
        yield from self.marks
        yield from _escaped_words(self.end)


def _escaped_words(text: str) -> Iterator[str]:
    for word in _words(without_markers(visible(text))):
        yield escape(word)


def _statements(answer: Answer, ref: str) -> list[_Statement]:
    """The cited summary statement by statement."""
    origins = phrases.origin_count(answer.articles)
    lead = "• " if phrases.bulleted(answer) else ""
    urls = {article.number: article.url for article in answer.articles}
    # No statement is cut off for the sake of a link: what stands in the summary goes first, markers and numbers included.
    needed = len(answer.summary) + sum(_cost(ref, index) + 30 for index in range(len(answer.facts)))
    room = max(0, min(_LINKS_WITH_BUTTONS, _SUMMARY_WITH_BUTTONS - needed))
    found: list[_Statement] = []
    for sentence in phrases.runs(answer):
        for number, run in enumerate(sentence):
            if run.fact is None and number:
                found[-1].end += run.text  # the stop behind the last markers
                continue
            one = _Statement(run.text, run.fact, lead="" if number else lead)
            if run.fact is not None:
                fact = answer.facts[run.fact]
                one.marks, room = _markers(fact, urls, room)
                one.marks.append(phrases.sign(fact, origins))
            found.append(one)
    return found


def _button(ref: str, fact: int, text: str) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": f"evidence-{fact}",
        "text": {"type": "plain_text", "text": text, "emoji": False},
        "value": f"{ref}.{fact}",
    }


def _cost(ref: str, fact: int) -> int:
    """Characters that a button takes: its value, its name and its text."""
    return len(f"{ref}.{fact}") + len(f"evidence-{fact}") + len("Evidence")


def _with_buttons(answer: Answer, ref: str) -> tuple[list[dict[str, Any]], bool]:
    """The blocks of the summary, a button of evidence for each statement; and whether something did not fit."""
    statements = _statements(answer, ref)
    numbered = len(statements) > _ALONE
    sections = [_Section()]
    total = 0
    cut = False
    for one in statements:
        # A statement begins where its number, its button and some of its words stand together.
        full = len(sections[-1].facts) >= _BUTTONS or _length(sections[-1].text) > _SECTION - 600
        if sections[-1].text and (full or not numbered):
            sections.append(_Section())
        if one.fact is not None:
            total += _cost(ref, one.fact)
            if total > _SUMMARY_WITH_BUTTONS - 20:
                cut = True
                break
            sections[-1].facts.append(one.fact)
            if numbered:
                one.lead = f" *{one.fact + 1}.* {one.lead}"
        for piece in one.pieces():
            size = _length(piece)
            if total + size > _SUMMARY_WITH_BUTTONS:
                cut = True
                break
            if _length(sections[-1].text) + size > _SECTION - 10:
                sections.append(_Section())
            sections[-1].text += piece
            total += size
        if cut:
            break
    if cut:
        sections[-1].text = sections[-1].text.rstrip() + " …"
    blocks: list[dict[str, Any]] = []
    for section in sections:
        text = section.text.strip()
        if text:
            blocks.append(_section(text))
            if section.facts and not numbered:
                blocks[-1]["accessory"] = _button(ref, section.facts[0], "Evidence")
        if section.facts and numbered:
            buttons = [_button(ref, fact, str(fact + 1)) for fact in section.facts]
            blocks.append({"type": "actions", "elements": buttons})
    return blocks, cut


def _dispute(of: DisputeOut) -> str:
    """One dispute on a line or two: the topic, and who says what."""
    sides = []
    for side in of.positions[:4]:
        numbers = "".join(f"[{one}]" for one in phrases.marker_numbers(side.citations)[:10])
        sides.append(f"{_fitted(shown(side.text), 160)} {numbers}")
    more = f" / and {len(of.positions) - 4} more" if len(of.positions) > 4 else ""
    topic = _fitted(shown(of.topic), 100)
    return f"• {topic} ({phrases.KINDS.get(of.kind, of.kind)}): {' / '.join(sides)}{more}"


def _disputes(answer: Answer) -> str:
    lines = ["*Disputed*"]
    used = len(lines[0])
    for number, one in enumerate(answer.disputes):
        line = _dispute(one)
        if used + _length(line) + 1 > _DISPUTES - 80:
            lines.append(f"and {phrases.plural(len(answer.disputes) - number, 'more dispute')}")
            break
        lines.append(line)
        used += _length(line) + 1
    return "\n".join(lines)


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _small(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def slack(answer: Answer, ref: str = "") -> list[dict[str, Any]]:
    """Block Kit blocks of a message: headline, cited summary, sources, and one line of what must be known.

    ref: what the buttons of evidence bring back (`ref.number` as `value`, number from 0; `evidence-number` as
    `action_id`), 200 characters at most; with it the disputes are shown as well. Without it there is no button, as for a
    webhook that nobody listens behind, and there are never more than 10 blocks.

    Valid for any answer, however long. Texts are `mrkdwn` with `verbatim`, so that Slack links nothing by itself.
    """
    blocks: list[dict[str, Any]] = []
    if answer.headline and shown(answer.headline.text):
        # A header is plain text: nothing in it is read as markup, `emoji` aside.
        # The angle brackets go all the same, for clients that show the title elsewhere.
        title = _cut(shown(answer.headline.text).replace("<", "\u2039").replace(">", "\u203a"), _HEADER)
        blocks.append({"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}})
    if ref:
        summary, cut = _with_buttons(answer, ref)
    else:
        texts, cut = _sections(answer)
        summary = [_section(text) for text in texts]
    blocks += summary or [_section("_There is nothing that could be published._")]
    if ref and answer.disputes:
        blocks.append(_section(_disputes(answer)))
    if answer.facts:
        blocks.append(_section(_sources(answer)))
    blocks.append(_small(_context(answer, cut, disputes_shown=bool(ref))))
    return blocks


def _fitted(text: str, most: int) -> str:
    """`text`, escaped, in at most `most` UTF-16 units; no entity is cut."""
    whole = escape(text)
    if _length(whole) <= most:
        return whole
    kept = ""
    for word in _words(text):
        piece = escape(word)
        if _length(kept) + _length(piece) > most - 1:
            break
        kept += piece
    # A first word of signs that each become five characters.
    return kept.rstrip() + "…" if kept.strip() else escape(_cut(text, most // 5))


def _citation(of: CitationOut, article: ArticleOut | None) -> str:
    """One citation: whose words, and the words; a link to the page where there is one."""
    name = _fitted(shown(of.name or f"article {of.article}"), 100).replace("|", "\u00a6")
    linked = _link(landing(article.url, of.quote) if article is not None else None, name)
    outlet = [article.outlet, article.published_at] if article is not None else []
    about = [_fitted(shown(part), 60) for part in outlet if part]
    about.append(f"origin {of.origin}")
    if of.partial:
        about.append("states a part")
    return f"*[{of.article}]* {linked} ({', '.join(about)})\n{_fitted(phrases.enclosed(of), _QUOTE)}"


def slack_evidence(answer: Answer, fact: int) -> list[dict[str, Any]]:
    """Blocks for a window (or a message) about the statement `facts[fact]`: its words, who agrees, each quote with its place.

    Never more than 20 blocks and 13,000 characters. Errors: `IndexError` for a fact that there is not.
    """
    of = answer.facts[fact]
    rows = {article.number: article for article in answer.articles}
    blocks = [_section(_fitted(phrases.statement(of), _STATEMENT) or "…")]
    about = [phrases.agreement(of, phrases.origin_count(answer.articles))]
    if of.attributed_to:
        about.append(f"said by {_fitted(shown(of.attributed_to), 100)}")
    about.append(_fitted(phrases.stance_lists(of), 600))
    blocks.append(_small(" · ".join(part for part in about if part)))
    used = 0
    told = 0
    for one in of.citations[:_CITATIONS]:
        text = _citation(one, rows.get(one.article))
        used += _length(text)
        if used > _ALL_CITATIONS:
            break
        blocks.append(_section(text))
        told += 1
    left = len(of.citations) - told
    last = [f"and {phrases.plural(left, 'more citation')}"] if left > 0 else []
    checked = _fitted(shown(phrases.checks(of.checks)), 600)
    blocks.append(_small(" · ".join([*last, f"checks: {checked}" if checked else "no check applied"])))
    return blocks


def slack_words(text: str) -> list[dict[str, Any]]:
    """Blocks of plain words: nothing in them is markup, a mention or a link."""
    line = _cut("\n".join(quoted(one) for one in text.splitlines()).strip() or "…", 2 * _SECTION)
    pieces = [""]
    for word in _words(line):
        if _length(pieces[-1]) + _length(word) > _SECTION - 10:
            pieces.append("")
        pieces[-1] += word
    return [
        {"type": "section", "text": {"type": "plain_text", "text": piece, "emoji": False}}
        for piece in pieces
        if piece.strip()
    ]


def slack_text(text: str) -> str:
    """Words for the `text` of a message, which notifications show: one line of harmless `mrkdwn`."""
    return _fitted(shown(text[: 40 * _NOTIFICATION]), _NOTIFICATION) or "…"
