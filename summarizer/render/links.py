"""Links that land: an article's URL and a quote -> a link that opens the page at the sentence (part of the room `render`).

Takes: the URL as the caller sent it, and the words of a citation. Gives: an http(s) address with a text fragment
(`#:~:text=`), or None. Does not know: what stands at that address; nothing is opened. A browser that does not know text
fragments, or a page that was changed since, opens at its top.

`summarizer/web/app.js` holds the same function for the browser; a test compares the two.

Source: https://wicg.github.io/scroll-to-text-fragment/ (sections 3.1 and 3.5: what the parts mean, what must be encoded).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote as percent

from summarizer.contract import CitationOut
from summarizer.render.escape import web_url

LONGEST_WHOLE = 200
"""Characters of a quote that is named whole. Set by hand: a longer one is more likely to be interrupted on the page (an
advertisement, a footnote), so its beginning and its end are named instead."""

EDGE_WORDS = 8
"""Words of the beginning and of the end of a long quote. Set by hand: fewer would be found in two places."""

_SPACE = "\t\n\v\f\r \x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SPACES = re.compile(f"[{_SPACE}]+")
_BREAKS = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
# Words with the space behind them; where words are not parted by spaces, clauses: a match must end at the end of a word,
# and behind such a mark there is one for certain.
_PIECE = re.compile(
    "[^ \u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f]*[ \u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f]|[^ \u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f]+"
)


def _encoded(text: str) -> str:
    """`text` for a text directive. `-`, `,` and `&` part its pieces, so they are encoded too."""
    return percent(text, safe="", errors="replace").replace("-", "%2D")


def text_directive(quote: str) -> str:
    """`text=...` for the words of a quote, percent-encoded; "" if it holds none.

    A quote of one paragraph and at most `LONGEST_WHOLE` characters is named whole; else its first and last
    `EDGE_WORDS` words, since no single piece may reach over the end of a paragraph.
    """
    lines = [line for line in (_SPACES.sub(" ", part).strip(" ") for part in _BREAKS.split(quote)) if line]
    if not lines:
        return ""
    if len(lines) == 1 and len(lines[0]) <= LONGEST_WHOLE:
        return "text=" + _encoded(lines[0])
    first, last = _PIECE.findall(lines[0]), _PIECE.findall(lines[-1])
    # The two ends may not overlap; a single line of few words is cut in the middle.
    most = EDGE_WORDS if len(lines) > 1 else min(EDGE_WORDS, len(first) // 2)
    if most == 0:
        return "text=" + _encoded(lines[0])
    start, end = "".join(first[:most]).strip(" "), "".join(last[-most:]).strip(" ")
    return f"text={_encoded(start)},{_encoded(end)}"


def landing(url: str | None, quote: str) -> str | None:
    """The address of the words `quote` on the page at `url`: http(s) only, percent-encoded; None for any other URL.

    A fragment of the URL's own is kept before the directive; a directive of its own is replaced.
    """
    address = web_url(url)
    directive = text_directive(quote)
    if address is None or not directive:
        return address
    page, _, fragment = address.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:{directive}"


def by_article(citations: Iterable[CitationOut], urls: Mapping[int, str | None]) -> dict[int, str]:
    """Article number -> the address of the words that it is cited for; where it states the whole, of those.

    `urls`: the articles' URLs by number. Articles without a web address are not in the result.
    """
    found: dict[int, str] = {}
    for one in sorted(citations, key=lambda each: each.partial):
        if one.article not in found and (address := landing(urls.get(one.article), one.quote)):
            found[one.article] = address
    return found
