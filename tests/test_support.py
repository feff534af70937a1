"""Whether a sentence of another article tells the same, or a part of it. Every row is one made-up event."""

from __future__ import annotations

import pytest

from summarizer.compare import compare
from summarizer.likeness import corpus, named, story
from summarizer.support import clauses_told, deed_told, level, likeness
from summarizer.values import Key, Sentence
from summarizer.words import read

FACT = "The council of Tarnau voted on Tuesday to close the old railway tunnel for the winter."
BACKGROUND = (
    "Snow lay on the roofs of Tarnau this morning, and schoolchildren were sent home early.",
    "The Kelder valley is known for its clocks, its cheese and its narrow railway.",
    "Shops along the main street kept their shutters down until the evening.",
)


def judged(other: str, fact: str = FACT) -> tuple[str, float]:
    """The level and the likeness of a sentence of another article."""
    rows = tuple(
        tuple(Sentence(Key(a, n), 0, len(t), t, n) for n, t in enumerate(texts))
        for a, texts in enumerate(((fact, BACKGROUND[0]), (BACKGROUND[1], other), (BACKGROUND[2],)))
    )
    words = corpus(rows)
    reading = named(read(fact), words)
    near = likeness(reading, named(read(other), words), words)
    return level(compare(reading, rows[1][1], story(rows[1]), words, lenient=True), near), near


@pytest.mark.parametrize(
    "other",
    [
        "On Tuesday the Tarnau council voted for closing the old railway tunnel during the winter.",
        "The old railway tunnel will be shut for the winter: the council of Tarnau voted so on Tuesday.",
    ],
)
def test_the_same_in_other_words(other: str) -> None:
    """Another order and other small words change nothing."""
    assert judged(other)[0] == "whole"


@pytest.mark.parametrize(
    "other",
    [
        "The council of Tarnau voted on Wednesday to close the old railway tunnel for the winter.",
        "The council of Tarnau did not vote on Tuesday to close the old railway tunnel for the winter.",
        "The council of Tarnau may have voted on Tuesday to close the old railway tunnel for the winter.",
    ],
)
def test_what_speaks_against_it_is_no_support(other: str) -> None:
    """However many words are shared: another day, a denial, a maybe."""
    assert judged(other)[0] != "whole"


def test_a_part_is_a_part() -> None:
    """The vote and the tunnel, but no day."""
    assert judged("The council voted to close the old tunnel of the railway.")[0] == "part"


@pytest.mark.parametrize("other", ["The council of Tarnau met in March.", "A tunnel was dug under the river in 1974."])
def test_a_common_subject_is_nothing(other: str) -> None:
    """Two reports on one council need not tell the same of it."""
    assert judged(other)[0] == ""


def test_likeness_is_symmetric_and_grows_with_what_is_shared() -> None:
    """The same both ways; a longer common stretch counts more than a short one of the same share."""
    long = "On Tuesday the Tarnau council voted for closing the old railway tunnel during the winter."
    words = corpus(((Sentence(Key(0, 0), 0, len(FACT), FACT, 0),), (Sentence(Key(1, 0), 0, len(long), long, 0),)))
    a, b = read(FACT), read(long)
    assert likeness(a, b, words) == pytest.approx(likeness(b, a, words))
    assert likeness(a, a, words) > likeness(read("The council voted."), read("The council voted."), words)
    assert likeness(read("Wolves were seen."), a, words) == 0.0


@pytest.mark.parametrize(
    ("fact", "other", "told"),
    [
        (
            "Customers should stop using the monitors at once and can send them back free of charge for a full refund.",
            "Customers can send them back free of charge and receive a full refund.",
            False,
        ),
        (
            "Customers should stop using the monitors at once and can send them back free of charge for a full refund.",
            "Stop using the monitors now, the firm told customers, who can send them back for a refund.",
            True,
        ),
        ("The bank of Tarnau collapsed in the autumn of 2019.", "The bank of Tarnau collapsed in 2019.", False),
        ("The bank of Tarnau collapsed in the autumn of 2019.", "In autumn 2019 the bank of Tarnau collapsed.", True),
        (
            "A man died in Tarnau when an old tree fell on his parked car.",
            "A man had died in Tarnau on Sunday, the mayor said.",
            False,
        ),
    ],
)
def test_every_clause_and_every_season_is_told(fact: str, other: str, told: bool) -> None:
    """Many words of one clause do not make up for the other one."""
    assert clauses_told(read(fact), read(other)) is told


@pytest.mark.parametrize(
    ("fact", "other", "told"),
    [
        ("The council uses sensors of a new kind in the tunnel.", "The tunnel has sensors of a new kind.", True),
        ("The council let the old tunnel burn.", "The council saved the old tunnel.", False),
    ],
)
def test_a_verb_that_only_says_has_is_no_deed(fact: str, other: str, told: bool) -> None:
    """ "uses", "offers" and "features" leave what is told to the words behind them; "let burn" does not."""
    assert deed_told(read(fact), read(other)) is told
