"""Links that land: whatever a quote and a URL hold, the link is a plain web address that names the quote's own words."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.contract import CitationOut
from summarizer.render.links import EDGE_WORDS, LONGEST_WHOLE, by_article, landing, text_directive
from tests.test_render import PAYLOADS

quotes = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=400),
    st.lists(st.sampled_from(["word", "a-b", "x,", "R&D", "“said”", "\n\n", " ", "。橋は", "👩‍👩‍👦", "100%", "#1"]), max_size=90).map(" ".join),
    st.sampled_from(PAYLOADS),
)  # fmt: skip
urls = st.one_of(
    st.sampled_from(["https://a.example/x", "http://a.example/?q=1&r=2#top", "https://a.example/#x:~:text=old", "//a", "", "ftp://a/b"]),
    st.sampled_from(PAYLOADS).map("https://a.example/".__add__),
    st.sampled_from(PAYLOADS),
    st.text(max_size=60),
)  # fmt: skip


def squeezed(text: str) -> str:
    return re.sub("[\t\n\v\f\r \x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+", " ", text).strip(" ")  # fmt: skip


@given(urls, quotes)
def test_a_link_is_a_plain_web_address_or_none(url: str, quote: str) -> None:
    link = landing(url, quote)
    if link is None:
        return
    assert re.fullmatch(r"https?://[!#-;=?-Z_a-z~\[\]]+", link), link
    parts = urlsplit(link)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert "@" not in parts.netloc
    assert link.count(":~:") <= 1 or ":~:" in unquote(url)
    # The page itself is the one that was sent.
    assert parts.hostname == (urlsplit(url).hostname or "")


@given(quotes)
def test_the_words_of_a_link_are_the_words_of_the_quote(quote: str) -> None:
    directive = text_directive(quote)
    if not directive:
        assert squeezed(quote) == ""
        return
    assert re.fullmatch(r"text=[A-Za-z0-9._~%]+(,[A-Za-z0-9._~%]+)?", directive), directive
    start, comma, end = directive.removeprefix("text=").partition(",")
    whole = squeezed(quote)
    first, last = unquote(start, errors="strict"), unquote(end, errors="strict")
    if not comma:
        assert first == whole
        return
    assert whole.startswith(first)
    assert whole.endswith(last)
    # Beginning and end do not overlap, and neither reaches over a paragraph.
    assert len(first) + len(last) <= len(whole)
    assert len(first.split(" ")) <= EDGE_WORDS
    assert len(last.split(" ")) <= EDGE_WORDS


@pytest.mark.parametrize(
    ("quote", "directive"),
    [
        ("Plain words.", "text=Plain%20words."),
        ("A-b, c & d", "text=A%2Db%2C%20c%20%26%20d"),
        ("“Hé” – 橋", "text=%E2%80%9CH%C3%A9%E2%80%9D%20%E2%80%93%20%E6%A9%8B"),
        ("One two.\n\nThree four.", "text=One%20two.,Three%20four."),
        ("word " * 60, "text=" + ",".join(["%20".join(["word"] * EDGE_WORDS)] * 2)),
        ("x" * LONGEST_WHOLE, "text=" + "x" * LONGEST_WHOLE),
        (" \n ", ""),
    ],
)
def test_how_words_are_named(quote: str, directive: str) -> None:
    assert text_directive(quote) == directive


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x", "https://a.example/x#:~:text=w"),
        ("https://a.example/x?y=1&z#top", "https://a.example/x?y=1&z#top:~:text=w"),
        ("https://a.example/#top:~:text=old", "https://a.example/#top:~:text=w"),
        ("https://a.example/a b", None),
        ("javascript:alert(1)", None),
        ("https://user:secret@a.example/", None),
        ("", None),
        (None, None),
    ],
)
def test_where_the_words_are_named(url: str | None, link: str | None) -> None:
    assert landing(url, "w") == link


def test_an_article_is_linked_where_it_states_the_whole() -> None:
    def one(article: int, quote: str, partial: bool = False) -> CitationOut:
        return CitationOut(article=article, start=0, end=1, quote=quote, origin=1, partial=partial)

    cited = [one(1, "part", True), one(1, "whole"), one(2, "other"), one(3, "third")]
    found = by_article(cited, {1: "https://a.example/", 2: None, 3: "mailto:x"})
    assert found == {1: "https://a.example/#:~:text=whole"}
