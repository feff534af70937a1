"""Reading a text as words: what a token is, what counts as a value, a name, a quotation, a negation, a hedge."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.words import count_words, quotations, read, status_marks, tokens


def norms(text: str) -> list[str]:
    """The folded tokens."""
    return [t.norm for t in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill burned.", ["the", "mill", "burned"]),
        ("Lorne's mill, Holts’ boat", ["lorne", "mill", "holts", "boat"]),
        ("It didn't burn", ["it", "did", "n't", "burn"]),
        ("It didn’t burn", ["it", "did", "n't", "burn"]),
        ("the U.S. Navy", ["the", "us", "navy"]),
        ("12,500 crowns", ["12,500", "crowns"]),
        ("a 40-metre mast", ["a", "40", "metre", "mast"]),
        ("水车着火", ["水车", "车着", "着火"]),
        ("", []),
        ("“—…”", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Words, numbers, acronyms; endings of possession cut off; Han as overlapping pairs."""
    assert norms(text) == expected


@given(st.text(max_size=200))
@settings(deadline=None)
def test_offsets_point_into_the_text(text: str) -> None:
    """Whatever is read, it is read at a place of the text, in order, and reading twice reads the same."""
    reading = read(text)
    for token in reading.tokens:
        assert 0 <= token.start < token.end <= len(text)
    assert [t.start for t in reading.tokens] == sorted(t.start for t in reading.tokens)
    for value in reading.values:
        assert text[value.start : value.end] == value.text
    for quotation in reading.quotations:
        assert text[quotation.start : quotation.end] == quotation.text
    assert read(text) == reading


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("Twelve divers searched.", "number", 12),
        ("twenty-one floors", "number", 21),
        ("two hundred and five houses", "number", 205),
        ("a hundred and fifty boats", "number", 150),
        ("13 thousand homes", "number", 13_000),
        ("8.2 million tonnes", "number", 8_200_000),
        ("8.2m tonnes", "number", 8_200_000),
        ("1.5bn crowns", "number", 1_500_000_000),
        ("1,000 crowns", "number", 1_000),
        ("1\u00a0000 crowns", "number", 1_000),
        ("two dozen miners", "number", 24),
        ("half a million people", "number", 500_000),  # BUG 18
        ("-5 degrees", "number", -5),  # BUG 6
        ("40%", "percent", 40),
        ("40 per cent", "percent", 40),
        ("forty percent", "percent", 40),
        ("the 2nd fire", "ordinal", 2),
        ("the second fire", "ordinal", 2),
        ("at 6:30", "time", 390),
        ("on Tuesday", "weekday", 1),
        ("in late April", "month", 4),
        ("in May", "month", 5),
    ],
)
def test_values(text: str, kind: str, amount: float) -> None:
    """Number words, scales, percent, ordinals, times, weekdays and months are values."""
    assert [(v.kind, v.amount) for v in read(text).values][:1] == [(kind, amount)]


@pytest.mark.parametrize("text", ["They may march", "a second look a second time per second", "Nobody came.", "The marches may go on"])
def test_words_that_only_look_like_values(text: str) -> None:
    """Modal 'may', small 'march' and 'a second' are no values."""
    assert [v for v in read(text).values if v.kind != "ordinal"] == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we stay".', ["we stay"]),
        ("He said “we stay”.", ["we stay"]),
        ("Er sagte „wir bleiben“.", ["wir bleiben"]),
        ("Il dit «on reste».", ["on reste"]),
        ("他说「我们留下」。", ["我们留下"]),
        ("He said 'we stay'.", ["we stay"]),
        ("He said ''we stay''.", ["we stay"]),
        ("“We ‘all’ stay,” he said.", ["We ‘all’ stay,"]),
        ("“One.” And “two.”", ["One.", "two."]),
        ("The farmers' and miners' leaders met.", []),
        ("Lorne's boat and the Holts’ mill", []),
        ("rock 'n' roll in the '90s", ["n"]),
        ("He said ‹we stay›.", ["we stay"]),  # BUG 14
        ("He said ‚we stay‘.", ["we stay"]),  # BUG 14
        ("He said ＂we stay＂.", ["we stay"]),  # BUG 14
        ("He said 〝we stay〞.", ["we stay"]),  # BUG 14
        ("He said `we stay`.", ["we stay"]),  # BUG 14
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    """All glyphs, outermost pairs; apostrophes and plural possessives are no marks."""
    assert [q.text for q in quotations(text)] == inside
    assert all(q.closed for q in quotations(text))


@pytest.mark.parametrize("text", ["He said “we stay.", "He said we stay”.", 'He said "we stay.', "«We stay."])
def test_a_mark_without_a_partner_is_told(text: str) -> None:
    """Unbalanced marks are never overlooked."""
    assert any(not q.closed for q in quotations(text))


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The mill did not burn.", True),
        ("The mill didn’t burn.", True),
        ("Nobody saw it.", True),
        ("The mill has yet to open.", True),
        ("The mill cannot open.", True),
        ("Not only the mill burned.", False),
        ("The No. 4 pump failed.", False),
        ("The no-frills pump failed.", False),
        ("The mill burned.", False),
        ("The mill is no longer open.", True),
    ],
)
def test_negations(text: str, negated: bool) -> None:
    """'Not only' and 'No. 4' deny nothing."""
    assert bool(read(text).negations) is negated


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The dam may break.", True),
        ("Reportedly the dam broke.", True),
        ("The suspected thief fled.", True),
        ("The dam broke in May.", False),
        ("The dam broke.", False),
    ],
)
def test_hedges(text: str, hedged: bool) -> None:
    """'May' the month hedges nothing."""
    assert bool(read(text).hedges) is hedged


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It is unclear whether the dam will hold.", "uncertain"),
        ("The ministry has not said whether it will pay.", "uncertain"),  # BUG 31
        ("The deal has yet to be confirmed.", "uncertain"),  # BUG 31
        ("The council has not voted.", "no"),
        ("There are no plans for a bridge.", "no"),
        ("The council voted.", None),
        ("“It is unclear whether we stay,” she said.", None),
    ],
)
def test_status(text: str, label: str | None) -> None:
    """Uncertain, not so, or neither; what others say in quotation marks is theirs."""
    marks = status_marks(text)
    assert (marks[0][0] if marks else None) == label


@pytest.mark.parametrize(("text", "count"), [("The mill burned down.", 4), ("", 0), ("水车着火了。", 3), ("e-mail and 1,000 more", 4)])
def test_count_words(text: str, count: int) -> None:
    """As a reader counts; two characters of an unspaced script are a word."""
    assert count_words(text) == count


PATHOLOGIES = {
    "single quotes": " 'a" * 17_000,  # BUG 15
    "double quotes": '"a ' * 17_000,
    "doubled single quotes": "''a " * 12_000,
    "open quotes": "“" * 50_000,
    "number words": "two hundred and " * 3_500,  # BUG 16
    "scales": "2 " + "million " * 6_000,
    "digits": "1" * 50_000,
    "thousands": "1,111" * 10_000,
    "digit, comma": "1," * 25_000,
    "times": "9:9:9" * 10_000,
    "initials": "A. " * 17_000,
    "dots": "a." * 25_000,
    "capitals": "Abc " * 12_500,
    "not": "not " * 12_500,
    "status": "it   is has not " * 4_000,
    "first": "first " * 8_000,
    "marks": "a\u0301" * 25_000,
    "joiners": "\u200d" * 50_000,
    "han": "水" * 50_000,
    "superscripts": "²³½" * 16_000,
    "other digits": "٣" * 50_000,
    "spaces": " " * 50_000 + "x",
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("kind", PATHOLOGIES)
def test_50_kb_of_anything_in_bounded_time(kind: str) -> None:
    """No text takes longer than its length deserves, and none is too deep."""
    text = PATHOLOGIES[kind] + "."
    before = time.perf_counter()
    read(text)
    status_marks(text)
    assert time.perf_counter() - before < 3
