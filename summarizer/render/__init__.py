"""The last room: Summary -> Answer -> Markdown, a page, Slack blocks, a terminal.

Takes: what the rooms found out (`Summary`) with its articles, later the finished `Answer`. Gives: the answer of the
contract in canonical form (`answer`), as one caller numbers it (`renumber`), and its faces. Does not know: how a fact
was found, who asks, where anything is kept or sent.

answers          answer, renumber            escape     foreign text made harmless, one function for each face
phrases          words that all faces share
markdown_face    markdown, verification_markdown            page_face        page, page_policy, STYLE
slack_face       slack, slack_evidence, _text, _words       terminal_face    terminal, verification_terminal, estimate_terminal
"""

from summarizer.render.answers import (
    RuleBroken,
    answer,
    article_rows,
    checks_out,
    citation_out,
    origin_numbers,
    renumber,
)
from summarizer.render.markdown_face import markdown, verification_markdown
from summarizer.render.page_face import page, page_policy
from summarizer.render.page_style import STYLE
from summarizer.render.slack_face import slack, slack_evidence, slack_text, slack_words
from summarizer.render.terminal_face import estimate_terminal, terminal, verification_terminal

__all__ = [
    "STYLE",
    "RuleBroken",
    "answer",
    "article_rows",
    "checks_out",
    "citation_out",
    "estimate_terminal",
    "markdown",
    "origin_numbers",
    "page",
    "page_policy",
    "renumber",
    "slack",
    "slack_evidence",
    "slack_text",
    "slack_words",
    "terminal",
    "verification_markdown",
    "verification_terminal",
]
