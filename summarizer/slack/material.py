"""From what people write to articles: parts between lines of dashes, links that stand for an article, pasted text.

Pure. A link that stands alone on its line (or with a few words) is an article to be fetched; one inside running text belongs
to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from summarizer.contract import ArticleIn

ARTICLE_FROM = 120
"""Characters from which a message counts as an article among others, wide ones counted three times. Set by hand: chatter
("these three please") is shorter, the shortest news brief is longer."""

_MOST_LINK = 2_000  # as `ArticleIn.url` has it

# Phones turn two or three dashes into one long one.
_BETWEEN = re.compile(r"^[ \t]*(?:-{3,}|[\u2013\u2014]-?|[\u2013\u2014]{2,3})[ \t]*\r?$", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_TOKEN = re.compile(r"<([^<>\n]{1,3000})>")
_FENCE = re.compile(r"^[ \t]*```[ \t]*$|^```|```$", re.MULTILINE)


def plain(text: str) -> str:
    """A message of Slack's as its writer sees it: tokens in angle brackets as words, the three escapes undone.

    A link becomes its address where it stands alone on its line or among a few words, else its label.
    """
    return "\n---\n".join(_plain(part) for part in _BETWEEN.split(text))


def _plain(part: str) -> str:
    few = size(_TOKEN.sub("", part)) < ARTICLE_FROM
    lines = []
    for line in part.split("\n"):
        bare = few or not _LINK.sub("", _TOKEN.sub("", line)).strip(" \t\r,;*•-")
        lines.append(_TOKEN.sub(partial(_token, bare), line))
    return "\n".join(lines).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _token(bare: bool, found: re.Match[str]) -> str:
    target, bar, label = found[1].partition("|")
    if target[:1] == "@":
        return ""  # somebody is called, most often we
    if target[:1] == "#":
        return f"#{label}" if label else ""
    if target[:1] == "!":
        return label
    if target.lower().startswith(("http://", "https://")):
        return target if bare or not bar else label
    return label if bar else target.removeprefix("mailto:")


def parts(text: str) -> list[str]:
    """What stands between lines of dashes, without the empty ones."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def articles(text: str, *, least: int = 1) -> list[ArticleIn]:
    """The articles in a text that went through `plain`. least: the size below which words are no article.

    A part with a single link on a line of its own and text enough is that link's text: nothing is fetched for it.
    """
    found: list[ArticleIn] = []
    for part in parts(_FENCE.sub("", text)):
        rest, alone, all_links = _apart(part)
        links = alone or (all_links if size(rest) < ARTICLE_FROM else [])
        words = size(rest) >= (max(least, ARTICLE_FROM) if links else least)
        if words and len(links) == 1:
            found.append(ArticleIn(text=rest, url=links[0]))
        elif words:
            found.append(ArticleIn(text=rest))
        if not words or len(links) > 1:
            found += [ArticleIn(url=link) for link in links]
    return found


def once(given: Iterable[ArticleIn]) -> list[ArticleIn]:
    """The same without what stands there twice: a link that two people posted, a text that was quoted whole."""
    seen: dict[str, ArticleIn] = {}
    for one in given:
        seen.setdefault(one.text or one.html or one.url or "", one)
    return list(seen.values())


def size(text: str) -> int:
    """Characters, wide ones three times; links are not counted."""
    return sum(3 if ord(char) > 0x2E7F else 1 for char in _LINK.sub("", text).strip())


def _apart(part: str) -> tuple[str, list[str], list[str]]:
    """The text without lines that are links only; those links; all links."""
    rest, alone, every = [], [], []
    for line in part.split("\n"):
        links = [link.rstrip(".,;:!?)'\"")[:_MOST_LINK] for link in _LINK.findall(line)]
        every += links
        if links and not _LINK.sub("", line).strip(" \t\r,;*•-"):
            alone += links
        else:
            rest.append(line)
    return "\n".join(rest).strip(), alone, every
