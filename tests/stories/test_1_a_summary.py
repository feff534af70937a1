"""First: articles go in, and one short text comes out in which every statement shows where it stands."""

from __future__ import annotations

from tests.support import FERRY, summarize

ARTICLES = dict(FERRY)


async def test_every_fact_can_be_sliced_out_of_the_articles() -> None:
    """A citation is a place in what you sent: `text[start:end]` is the quote."""
    answer = await summarize(FERRY)
    assert answer.facts
    for fact in answer.facts:
        assert fact.citations
        for citation in fact.citations:
            assert ARTICLES[citation.name][citation.start : citation.end] == citation.quote


async def test_the_summary_is_its_facts() -> None:
    """`at` says where each fact stands in the summary; `[n]` in `summary_cited` names the articles behind it."""
    answer = await summarize(FERRY)
    for fact in answer.facts:
        assert fact.at is not None
        assert answer.summary[fact.at[0] : fact.at[1]] == fact.text
        assert f"[{fact.citations[0].article}]" in answer.summary_cited
    assert "[" not in answer.summary


async def test_it_is_never_longer_than_you_ask() -> None:
    """What found no room is told, with the reason."""
    answer = await summarize(FERRY, max_words=40)
    assert len(answer.summary.split()) <= 40
    assert any(fact.reason == "length" for fact in answer.left_out.facts)


async def test_what_is_not_the_story_is_removed_and_told() -> None:
    """Widgets, captions and pleas: each with its place and its reason."""
    answer = await summarize(FERRY)
    gone = [
        (ARTICLES[article.name][span.start : span.end], span.reason)
        for article in answer.articles
        for span in article.removed
    ]
    assert any("Skip to main content" in text for text, _ in gone)
    assert all(reason for _, reason in gone)
