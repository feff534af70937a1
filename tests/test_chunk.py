"""What is sent, in how many calls. Prices are counts of words, so that every figure here can be checked by eye."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.chunk import Plan, plan
from summarizer.values import Copied, Key, Origins, Sentence


def article(index: int, *sizes: int) -> tuple[Sentence, ...]:
    """An article whose sentences have so many words each."""
    found: list[Sentence] = []
    at = 0
    for number, size in enumerate(sizes):
        text = " ".join(["word"] * size)
        found.append(Sentence(Key(index, number), at, at + len(text), text, number))
        at += len(text) + 1
    return tuple(found)


def words(text: str) -> int:
    return len(text.split())


def planned(articles: Sequence[Sequence[Sentence]], budget: int, origins: Origins | None = None) -> Plan:
    known = origins or Origins(of_article=tuple(range(len(articles))))
    return plan(articles, known, count=words, budget=budget, line=lambda s: s.text)


def shape(made: Plan) -> list[list[Key]]:
    return [[s.key for s in chunk.sentences] for chunk in made.chunks]


def test_what_fits_goes_in_one_call() -> None:
    made = planned([article(0, 5, 5), article(1, 4, 6)], 20)
    assert [chunk.tokens for chunk in made.chunks] == [20]
    assert made.levels == 1
    assert made.sent == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert made.stands_for == {}


def test_an_article_that_fits_is_not_cut() -> None:
    made = planned([article(0, 6, 6), article(1, 6, 6)], 20)
    assert shape(made) == [[(0, 0), (0, 1)], [(1, 0), (1, 1)]]
    assert made.levels == 2


def test_a_longer_article_is_cut_between_sentences_and_evenly() -> None:
    made = planned([article(0, *[5] * 7)], 20)
    assert [chunk.tokens for chunk in made.chunks] == [20, 15]
    assert [tuple(s.key) for chunk in made.chunks for s in chunk.sentences] == [(0, n) for n in range(7)]


def test_no_call_is_spent_on_a_crumb() -> None:
    assert [chunk.tokens for chunk in planned([article(n, 5) for n in range(5)], 20).chunks] == [15, 10]
    assert [chunk.tokens for chunk in planned([article(0, *[1] * 101)], 100).chunks] == [51, 50]


def test_the_price_is_that_of_the_line_as_it_is_written() -> None:
    made = plan([article(0, 5, 5)], Origins((0,)), count=words, budget=11, line=lambda s: f"a{s.key.number} {s.text}")
    assert [chunk.tokens for chunk in made.chunks] == [6, 6]


def test_a_sentence_that_alone_exceeds_the_budget_is_left_out_and_nothing_else() -> None:
    made = planned([article(0, 5, 50, 5), article(1, 99)], 20)
    assert made.sent == {(0, 0), (0, 2)}
    assert len(made.chunks) == 1


@pytest.mark.parametrize("articles", [[], [()], [(), ()], [article(0, 9)]])
def test_nothing_to_send_is_no_call(articles: list[tuple[Sentence, ...]]) -> None:
    made = planned(articles, 3)
    assert made.chunks == ()
    assert made.levels == 1
    assert made.sent == frozenset()


def test_twins_are_sent_once_and_the_first_speaks_for_the_others() -> None:
    twins = ((Key(0, 1), Key(1, 0), Key(2, 0)),)
    made = planned([article(0, 3, 3), article(1, 3, 3), article(2, 3)], 100, Origins((0, 1, 2), twins=twins))
    assert made.sent == {(0, 0), (0, 1), (1, 1)}
    assert made.stands_for == {(0, 1): ((1, 0), (2, 0))}


def test_if_the_first_twin_is_not_here_the_next_one_speaks() -> None:
    twins = ((Key(0, 1), Key(1, 0), Key(2, 0)),)
    made = planned([(), article(1, 3, 3), article(2, 3)], 100, Origins((0, 1, 2), twins=twins))
    assert made.sent == {(1, 0), (1, 1)}
    assert made.stands_for == {(1, 0): ((2, 0),)}


def test_a_twin_too_long_to_be_sent_leaves_the_word_to_the_next_one() -> None:
    twins = ((Key(0, 0), Key(1, 0)),)
    assert planned([article(0, 11), article(1, 9)], 10, Origins((0, 1), twins=twins)).stands_for == {(1, 0): ((0, 0),)}
    assert planned([article(0, 30), article(1, 30)], 10, Origins((0, 1), twins=twins)).stands_for == {}


def test_a_copied_passage_is_sent_only_when_its_source_is_not() -> None:
    passage = Copied(1, 0, 9, 0, 1.0, (Key(1, 0), Key(1, 1)))
    origins = Origins((0, 1), {Key(1, 0): 0, Key(1, 1): 0}, (passage,))
    assert planned([article(0, 3, 3), article(1, 3, 3, 3)], 100, origins).sent == {(0, 0), (0, 1), (1, 2)}
    assert planned([(), article(1, 3, 3, 3)], 100, origins).sent == {(1, 0), (1, 1), (1, 2)}


@st.composite
def _cases(draw: st.DrawFn) -> tuple[list[tuple[Sentence, ...]], Origins, int]:
    sizes = draw(st.lists(st.lists(st.integers(0, 12), max_size=9), max_size=6))
    articles = [article(index, *row) for index, row in enumerate(sizes)]
    copying = draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    copied: list[Copied] = []
    taken: set[Key] = set()
    for index, sentences in enumerate(articles):
        if index and sentences and copying[index]:
            first = draw(st.integers(0, len(sentences) - 1))
            keys = tuple(s.key for s in sentences[first : draw(st.integers(first + 1, len(sentences)))])
            source = draw(st.integers(0, index - 1))
            copied.append(Copied(index, sentences[first].start, sentences[keys[-1].number].end, source, 1.0, keys))
            taken |= set(keys)
    free = [s.key for sentences in articles for s in sentences if s.key not in taken]
    marks = draw(st.lists(st.integers(0, 8), min_size=len(free), max_size=len(free)))
    groups: dict[int, dict[int, Key]] = {}
    for key, mark in zip(free, marks, strict=True):
        groups.setdefault(mark, {}).setdefault(key.article, key)
    twins = tuple(sorted(tuple(group.values()) for group in groups.values() if len(group) > 1))
    return articles, Origins(tuple(range(len(articles))), copied=tuple(copied), twins=twins), draw(st.integers(1, 40))


@given(_cases())
def test_no_call_exceeds_the_budget_and_no_sentence_is_lost(
    case: tuple[list[tuple[Sentence, ...]], Origins, int],
) -> None:
    articles, origins, budget = case
    made = planned(articles, budget, origins)
    in_order = [s for chunk in made.chunks for s in chunk.sentences]
    assert [s.key for s in in_order] == sorted({s.key for s in in_order})
    assert made.sent == {s.key for s in in_order}
    assert made.levels == (2 if len(made.chunks) > 1 else 1)
    for chunk in made.chunks:
        assert chunk.sentences
        assert chunk.tokens == sum(words(s.text) for s in chunk.sentences) <= budget
    present = {index for index, sentences in enumerate(articles) if sentences}
    copied = {key for passage in origins.copied if passage.source in present for key in passage.keys}
    speaker = {key: first for first, others in made.stands_for.items() for key in others}
    too_long = {s.key for sentences in articles for s in sentences if words(s.text) > budget}
    for sentences in articles:
        for s in sentences:
            if s.key in made.sent:
                assert s.key not in copied | too_long
            elif s.key in speaker:
                assert speaker[s.key] in made.sent
            else:
                assert s.key in copied | too_long
    assert planned(articles, budget, origins) == made


@given(_cases())
def test_articles_that_fit_stay_whole_and_no_plan_has_fewer_calls(
    case: tuple[list[tuple[Sentence, ...]], Origins, int],
) -> None:
    """The oracle fills each call to the brim, which needs the fewest calls that keep the order and the articles."""
    articles, origins, budget = case
    made = planned(articles, budget, origins)
    units: list[int] = []
    for index in range(len(articles)):
        sizes = [words(s.text) for chunk in made.chunks for s in chunk.sentences if s.key.article == index]
        if sum(sizes) <= budget:
            assert sum(any(s.key.article == index for s in chunk.sentences) for chunk in made.chunks) <= 1
            units += [sum(sizes)] if sizes else []
        else:
            units += sizes
    calls, room = 0, -1
    for unit in units:
        if unit > room:
            calls, room = calls + 1, budget
        room -= unit
    assert len(made.chunks) == calls
