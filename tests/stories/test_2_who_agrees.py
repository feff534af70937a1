"""Second: how many independent origins stand behind a fact is computed, and who disagrees is shown side by side."""

from __future__ import annotations

from tests.support import FERRY, summarize


async def test_a_reprint_is_no_second_witness() -> None:
    """Two papers print one agency story: two articles, one origin."""
    answer = await summarize(FERRY)
    origin = {article.name: article.origin for article in answer.articles}
    assert origin["daily-meridian.txt"] == origin["harbour-gazette.txt"]
    assert len(set(origin.values())) == 4


async def test_each_article_speaks_for_itself() -> None:
    """`stances` says what each article does with a fact; who is not listed is silent."""
    answer = await summarize(FERRY)
    fact = next(fact for fact in (*answer.facts, *answer.left_out.facts) if fact.origins > 1)
    asserting = [number for number, stance in fact.stances.items() if stance == "asserts"]
    assert len(asserting) == fact.articles >= fact.origins


async def test_where_articles_differ_both_sides_are_shown() -> None:
    """14 injured or 17: the answer does not choose."""
    answer = await summarize(FERRY)
    dispute = next(one for one in answer.disputes if "injured" in one.topic)
    sides = [position.text for position in dispute.positions]
    assert any("14" in side for side in sides)
    assert any("17" in side for side in sides)
    assert [answer.articles[number - 1].name for number in dispute.silent] == ["tresk-today.txt"]


async def test_the_order_of_the_articles_does_not_matter() -> None:
    """The same articles, turned round: the same words."""
    assert (await summarize(FERRY)).summary == (await summarize(FERRY[::-1])).summary
