"""Answer -> text for a terminal (part of the room `render`).

Takes: an `Answer` or a `VerifyAnswer`, the width in columns, and whether colour may be used. Gives: lines no wider
than that (words longer than the line are cut over lines), no control characters but our own colours. Does not know:
the terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from summarizer.contract import Answer, ArticleOut, CitationOut, Estimate, FactOut, VerifyAnswer, WarningOut
from summarizer.render import phrases
from summarizer.render.escape import quoted, shown, visible, without_markers

# Wide marks that must not begin a line.
_CLOSING = frozenset("。、，．：；！？」』）】〉》”’…ー")
# A stance takes three columns; a table that leaves only half the line to the facts is worse than lists of numbers.
_STANCE_COLUMNS = 3
_NARROWEST = 30
# Everything is told with its total; the terminal lists as much of a long list as one screen holds.
_MOST_ROWS = 10

_BOLD, _DIM, _RED, _GREEN, _YELLOW, _CYAN = "1", "2", "31", "32", "33", "36"
_STAND_COLOURS: dict[phrases.Stand | None, str] = {
    "asserts": _GREEN,
    "in part": _CYAN,
    "differs": _RED,
    "hedges": _YELLOW,
    "denies": _RED,
    None: _DIM,
}


def columns(text: str) -> int:
    """How many columns a terminal gives `text`: two for wide characters, none for combining ones."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pieces(text: str, most: int) -> Iterable[str]:
    """Words with the space before them; wide characters one by one; words longer than `most` columns in parts.

    A mark that closes (`。`, `」`) stays with what it closes.
    """
    piece = ""
    ends = False
    for char in text:
        wide = _columns(char) == 2
        fits = columns(piece) + _columns(char) <= most
        closes = char in _CLOSING and fits
        if piece and not closes and (char == " " or wide or ends or not fits):
            yield piece
            piece = ""
        piece += char
        ends = wide
    if piece:
        yield piece


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """`text` in lines of at most `width` columns, `first` before the first one and `rest` before the others."""
    rest = " " * columns(first) if rest is None else rest
    room = max(10, width - max(columns(first), columns(rest)))
    lines = []
    line = ""
    for piece in _pieces(text, room):
        if columns(line) + columns(piece) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    return [(rest if number else first) + line for number, line in enumerate(lines)]


class _Paper:
    """The lines written so far. Lines are wrapped plain and coloured whole, so that widths are right."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = max(_NARROWEST, width)
        self.colour = colour
        self.lines: list[str] = []

    def paint(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour and codes and text else text

    def write(self, text: str, *codes: str, first: str = "", rest: str | None = None) -> None:
        self.lines += [self.paint(line, *codes) for line in wrap(text, self.width, first, rest)]

    def title(self, text: str) -> None:
        self.lines += ["", self.paint(text, _BOLD, _CYAN)]

    def text(self) -> str:
        return "\n".join(self.lines).strip("\n") + "\n"


def _summary(paper: _Paper, answer: Answer) -> None:
    origins = phrases.origin_count(answer.articles)
    lines = []
    for sentence in phrases.runs(answer):
        text = ""
        for run in sentence:
            text += without_markers(visible(run.text))
            if run.fact is not None:
                fact = answer.facts[run.fact]
                text += "".join(f"[{number}]" for number in phrases.marker_numbers(fact.citations))
                text += phrases.sign(fact, origins)
        lines.append(text)
    if not lines:
        paper.write("Nothing could be published: see below for what was rejected or left out.")
    elif phrases.bulleted(answer):
        for line in lines:
            paper.write(line, first="- ")
    else:
        paper.write("".join(lines).strip())
    for line in phrases.signs_legend(answer):
        paper.write(line, _DIM)


def _source(of: CitationOut) -> str:
    notes = [note for note, holds in (("carries the wording", of.wording), ("a part only", of.partial)) if holds]
    name = shown(of.name or f"article {of.article}")
    return f"{name}, {', '.join([f'characters {of.start}–{of.end}', *notes])}"


def _quotes(paper: _Paper, citations: Iterable[CitationOut], indent: str) -> None:
    for one in citations:
        paper.write(f"{phrases.enclosed(one)} {_source(one)}", _DIM, first=f"{indent}[{one.article}] ")


def _disputes(paper: _Paper, answer: Answer) -> None:
    if not answer.disputes:
        return
    paper.title("Where the articles disagree")
    for dispute in answer.disputes:
        paper.write(f"{shown(dispute.topic)} ({phrases.KINDS[dispute.kind]})", _BOLD, first="≠ ")
        for position in dispute.positions:
            marks = "".join(f"[{number}]" for number in phrases.marker_numbers(position.citations))
            paper.write(f"{shown(position.text)} {marks}", first="  - ")
            _quotes(paper, position.citations, "      ")
        if dispute.silent:
            paper.write(f"silent: {phrases.number_ranges(dispute.silent)}", _DIM, first="  ")


def _table(paper: _Paper, answer: Answer) -> None:
    if not answer.facts:
        return
    paper.title("Facts by sources")
    origins = phrases.origin_count(answer.articles)
    articles = phrases.taking_part(answer.articles)
    paper.write(phrases.STANCE_LEGEND, _DIM)
    grid = _STANCE_COLUMNS * len(articles)
    if grid >= paper.width // 2:
        for number, fact in enumerate(answer.facts, start=1):
            paper.write(phrases.statement(fact), first=f"{number:>3}. ")
            paper.write(f"{phrases.agreement(fact, origins)}; {phrases.stance_lists(fact)}", _DIM, first="     ")
        return
    heads = "".join(f"{article.number:>{_STANCE_COLUMNS}}" for article in articles)
    paper.lines.append(paper.paint(f"{heads}  fact", _BOLD))
    for number, fact in enumerate(answer.facts, start=1):
        stands = phrases.stands(fact)
        found = [stands.get(article.number) for article in articles]
        cells = "".join(
            " " * (_STANCE_COLUMNS - 1) + paper.paint(phrases.SYMBOLS[one], _STAND_COLOURS[one]) for one in found
        )
        lines = wrap(f"{number}. {phrases.statement(fact)}", paper.width - grid - 2)
        said = f", said by {shown(fact.attributed_to)}" if fact.attributed_to else ""
        notes = wrap(f"{phrases.agreement(fact, origins)}{said}", paper.width - grid - 2)
        blank = " " * (grid + 2)
        paper.lines.append(f"{cells}  {lines[0]}")
        paper.lines += [blank + line for line in lines[1:]]
        paper.lines += [blank + paper.paint(line, _DIM) for line in notes]


def _left_out(paper: _Paper, answer: Answer) -> None:
    total = answer.left_out.total
    if not total:
        return
    origins = phrases.origin_count(answer.articles)
    paper.title(f"Left out ({total:,})")
    listed: Sequence[FactOut] = answer.left_out.facts[:_MOST_ROWS]
    for fact in answer.left_out.facts[:_MOST_ROWS]:
        marks = "".join(f"[{number}]" for number in phrases.marker_numbers(fact.citations))
        why = f"{phrases.LEFT_OUT[fact.reason]}; {phrases.agreement(fact, origins)}"
        paper.write(f"{phrases.statement(fact)} {marks} ({why})", first="- ")
    if total > len(listed):
        paper.write(f"and {total - len(listed):,} more", _DIM, first="- ")


def _rejected(paper: _Paper, answer: Answer) -> None:
    paper.title(f"Rejected by the checks ({answer.rejected.total:,})")
    if not answer.rejected.total:
        paper.write("nothing")
    for word, count in answer.rejected.reasons.items():
        paper.write(f"{count:,} × {shown(phrases.reason(word))}", first="- ")
    for one in answer.rejected.facts[:_MOST_ROWS]:
        paper.write(f"{shown(one.text)} ({shown(phrases.reason(one.reason))}; may be false)", _DIM, first="  ")


def _articles(paper: _Paper, articles: Sequence[ArticleOut]) -> None:
    paper.title("Articles")
    for article in articles:
        about = [shown(part) for part in (article.outlet, article.published_at) if part]
        facts = [
            f"origin {phrases.origin_or_why(article)}",
            f"{article.characters:,} characters",
            f"cited {article.cited} times",
        ]
        if article.cited == 1:
            facts[-1] = "cited once"
        paper.write(f"{shown(phrases.label(article))} ({', '.join([*about, *facts])})", first=f"[{article.number}] ")
        for one in article.copied:
            note = f"characters {one.start}–{one.end} reprint [{one.source}] (similarity {one.similarity:.0%})"
            paper.write(note, _DIM, first="    ")


def _removed(paper: _Paper, articles: Sequence[ArticleOut]) -> None:
    rows = [(article, phrases.removed_by_reason(article)) for article in articles]
    if not any(reasons for _, reasons in rows):
        return
    paper.title("Removed from the articles")
    for article, reasons in rows:
        if reasons:
            parts = [
                f"{shown(phrases.reason(why))} {f'{spans} × ' if spans else ''}({characters:,} characters)"
                for why, spans, characters in reasons
            ]
            paper.write("; ".join(parts), first=f"[{article.number}] ")


def _warnings(paper: _Paper, warnings: Sequence[WarningOut]) -> None:
    if warnings:
        paper.title("Warnings")
    for one in warnings:
        paper.write(f"{shown(one.message)} ({shown(one.code)})", _YELLOW, first="! ")


def terminal(answer: Answer, width: int = 80, colour: bool = False) -> str:
    """The answer for a terminal of `width` columns (at least 30 are used); ends with a newline."""
    paper = _Paper(width, colour)
    if answer.headline:
        marks = "".join(f"[{number}]" for number in phrases.marker_numbers(answer.headline.citations))
        paper.write(f"{shown(answer.headline.text)} {marks}".strip(), _BOLD)
        paper.lines.append("")
    banner = phrases.degraded(answer)
    if banner:
        paper.write(banner, _BOLD, _RED, first="! ")
        paper.lines.append("")
    _summary(paper, answer)
    _warnings(paper, answer.warnings)
    _disputes(paper, answer)
    _table(paper, answer)
    _left_out(paper, answer)
    _rejected(paper, answer)
    _articles(paper, answer.articles)
    _removed(paper, answer.articles)
    for kind, texts in phrases.changes(answer):
        paper.title(kind)
        for text in texts:
            paper.write(shown(text), first="- ")
    paper.lines.append("")
    paper.write(f"This summary was {shown(phrases.engine(answer))}.", _DIM)
    paper.write(phrases.usage(answer), _DIM)
    return paper.text()


def verification_terminal(answer: VerifyAnswer, width: int = 80, colour: bool = False) -> str:
    """The verdicts sentence by sentence: verdict, reason, what was found, and the span that it should have been."""
    paper = _Paper(width, colour)
    signs = {
        "supported": ("✓", _GREEN),
        "misplaced": ("→", _YELLOW),
        "not_found": ("?", _RED),
        "contradicted": ("✗", _RED),
    }
    for sentence in answer.sentences:
        sign, code = signs[sentence.verdict]
        paper.write(quoted(sentence.text), _BOLD, first=f"{sign} ")
        reason = f" ({shown(phrases.reason(sentence.reason))})" if sentence.reason else ""
        paper.write(f"{phrases.VERDICTS[sentence.verdict]}{reason}", code, first="  ")
        _quotes(paper, sentence.citations, "  ")
        if sentence.should_be:
            one = sentence.should_be
            paper.write(
                f"{phrases.enclosed(one)} {_source(one)}",
                first=f"  {phrases.meant(sentence)}: [{one.article}] ",
                rest="    ",
            )
        paper.lines.append("")
    _warnings(paper, answer.warnings)
    good = sum(1 for one in answer.sentences if one.verdict == "supported")
    all_good = good == len(answer.sentences)
    paper.lines.append("")
    paper.write(
        f"{good} of {phrases.plural(len(answer.sentences), 'sentence')} supported", _GREEN if all_good else _RED
    )
    return paper.text()


def estimate_terminal(plan: Estimate, width: int = 80) -> str:
    """The plan of calls, tokens and money; ends with a newline."""
    paper = _Paper(width, colour=False)
    paper.write(f"{phrases.plural(len(plan.articles), 'article')}, {phrases.plural(plan.tokens_raw, 'token')}")
    if plan.engine == "extractive":
        paper.write("Engine: without a model; no text leaves this machine and nothing is paid")
    else:
        paper.write(f"Model: {shown(plan.model or 'unknown')}")
        paper.write(f"Calls: {len(plan.calls)} at most")
        for number, one in enumerate(plan.calls[:_MOST_ROWS], start=1):
            tokens = f"{one.prompt_tokens:,} tokens in, {one.max_completion_tokens:,} out at most"
            paper.write(f"{one.kind}: {tokens}", first=f"  {number}. ")
        if len(plan.calls) > _MOST_ROWS:
            paper.write(f"and {len(plan.calls) - _MOST_ROWS:,} more", _DIM, first="  ")
        paper.write(f"Tokens: {plan.prompt_tokens:,} in, {plan.max_completion_tokens:,} out at most")
        if plan.cost_usd is None:
            paper.write(
                "Cost: unknown, the model has no price; set SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION"
            )
        else:
            paper.write(f"Cost: ${plan.cost_usd:.4f} at most")
    if plan.cached:
        paper.write("The answer is in the cache already: no call will be made.")
    _warnings(paper, plan.warnings)
    return paper.text()
