"""Making text from articles harmless for each face (part of the room `render`).

Takes: text that somebody else wrote (articles, names, outlets, URLs, a model's words). Gives: the same text in a form
that no face can read as markup, as a control or as a citation marker. Does not know: what the text says, or where it
stands.

Rule: every string that is not ours goes through `shown` (or `quoted`) first, then through the escape of its face.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape as _html
from urllib.parse import quote as _percent
from urllib.parse import urlsplit

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Embeddings, overrides and isolates change the order of what stands around them. The marks U+200E and U+200F do not,
# and Arabic and Hebrew text needs them, so they stay.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# What a reader, or a program that reads `summary_cited`, would take for one of our markers: digits alone in brackets.
_MARKER_FORM = re.compile(r"\[\s*\d[\d\s,;\u2013-]*\]")


def without_markers(text: str) -> str:
    """`text` with look-alikes of citation markers in full-width brackets; the length stays, so offsets hold."""
    return _MARKER_FORM.sub(lambda found: f"\uff3b{found[0][1:-1]}\uff3d", text)


def _is_hidden(char: str) -> bool:
    if char in _BIDI:
        return True
    category = unicodedata.category(char)
    # Cc: controls, escape among them. Cs: lone surrogates. U+E0000..7F: "tag" characters, which spell invisible words.
    return category in ("Cc", "Cs") or 0xE0000 <= ord(char) <= 0xE007F


def visible(text: str) -> str:
    """`text` on one line per line, controls and direction overrides as U+FFFD; the length stays."""
    return "".join(" " if char.isspace() else REPLACEMENT if _is_hidden(char) else char for char in text)


def preserved(text: str) -> str:
    """For an article's text as it stands: line breaks and spaces stay, what `visible` replaces is replaced."""
    return "".join(REPLACEMENT if _is_hidden(char) and not char.isspace() else char for char in text)


def quoted(text: str) -> str:
    """For the evidence: one line, single spaces, nothing hidden; brackets as they stand."""
    return visible(" ".join(text.split()))


def shown(text: str) -> str:
    """For everything else: as `quoted`, and nothing looks like one of our markers."""
    return without_markers(quoted(text))


def web_url(url: str | None) -> str | None:
    """`url` if it is http(s) with a host and without credentials, percent-encoded so that no face can be left; else
    None."""
    if not url or any(_is_hidden(char) or char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    url = parts.scheme.lower() + url[len(parts.scheme) :]
    return _percent(url, safe="/:?#@!$&+,;=%~.-_[]").replace("[", "%5B").replace("]", "%5D")


def html(text: str) -> str:
    """For text and for attribute values in double quotes."""
    return _html(text, quote=True)


# `<`, `>` and `&` as entities, not with a backslash: some readers of Markdown (not CommonMark) keep raw HTML after `\`.
# `|` as an entity because tables are cut at it before backslashes are read.
_MARKDOWN_ENTITY = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;"}
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~$^#@]")
# Only at the beginning of a run of content do these make lists, rules, headings and alignments.
_MARKDOWN_START = re.compile(r"^(\d+)([.)])|^([-+=:])")
_MARKDOWN_LINK = re.compile(r"(?i)\b(www)(\.)|\b(https?|ftp|mailto|xmpp)(:)")


def markdown(text: str) -> str:
    """For a run in a line of Markdown or a table cell. `text` must be one line, without space before it."""

    def special(found: re.Match[str]) -> str:
        return _MARKDOWN_ENTITY.get(found[0], "\\" + found[0])

    escaped = _MARKDOWN_SPECIAL.sub(special, text)
    escaped = _MARKDOWN_LINK.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", escaped)
    escaped = _MARKDOWN_START.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", escaped)
    # A link of ours may follow, and with `!` before it, it would be an image.
    return escaped[:-1] + "\\!" if escaped.endswith("!") else escaped


# Slack has no way to escape its own emphasis, so a character that would open or close it is shown by a look-alike.
# Inside a word (snake_case) Slack leaves it alone, and so do we.
_SLACK_LOOKALIKE = {"*": "\u2217", "_": "\uff3f", "~": "\u223c", "`": "\u02cb"}
_SLACK_FORMAT = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
_SLACK_EMOJI = re.compile(r":(?=[a-z+][a-z0-9_+'-]*:)")
_SLACK_QUOTE = re.compile(r"^(\s*)>")


def mrkdwn(text: str) -> str:
    """For a Slack `mrkdwn` text object (sent with `verbatim`, so that nothing is linked)."""
    text = _SLACK_QUOTE.sub("\\1\u203a", text)
    text = _SLACK_FORMAT.sub(lambda found: _SLACK_LOOKALIKE[found[0]], text)
    text = _SLACK_EMOJI.sub("\u2236", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
