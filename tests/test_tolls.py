"""Counts of the dead, the injured and the missing: found in many wordings, and not where a group or another time is meant."""

from __future__ import annotations

import pytest

from summarizer.tolls import exclude, tolls
from summarizer.words import Value, read
from tests.test_disputes import conflicts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A train derailed near Tarnau, killing four people and injuring at least 30.", [("dead", 4), ("injured", 30)]),
        ("A train left the rails, leaving at least six people dead.", [("dead", 6)]),
        ("Two were killed and five injured in the blast.", [("dead", 2), ("injured", 5)]),
        ("The death toll from the blast rose to 17.", [("dead", 17)]),
        ("The fire claimed the lives of 5 people.", [("dead", 5)]),
        ("Three people are still missing.", [("missing", 3)]),
        ("At least 9 people have been confirmed dead.", [("dead", 9)]),
        ("Fourteen people were injured in the collision, two of them seriously.", [("injured", 14)]),
        # a group, another deed, another time
        ("Four children were killed.", []),
        ("Seven killed two guards in the raid.", []),
        ("The company claimed 40 percent of the market.", []),
        ("In 1998 a train derailed there, killing 12 people.", []),
        ("The firm killed 3 projects.", []),
        ("The strike cost 30 people their jobs.", []),
    ],
)
def test_tolls(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(fate, v.amount) for fate, v in tolls(read(text))] == expected


def _count(text: str) -> Value:
    (value,) = read(text).values
    return value


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("four people", "six people", True),
        ("four people", "at least six people", True),
        ("eight people", "at least six people", False),
        ("at least four people", "at least six people", False),
        ("up to 20 people", "30 people", True),
        ("about 200 people", "212 people", False),
        ("about 200 people", "300 people", True),
    ],
)
def test_counts_that_exclude_each_other(one: str, other: str, apart: bool) -> None:
    assert exclude(_count(one), _count(other)) is apart
    assert exclude(_count(other), _count(one)) is apart


TRAIN = "A regional train derailed on Thursday morning near Tarnau, killing four people and injuring at least 30, police said."


@pytest.mark.parametrize(
    ("other", "slots"),
    [
        (
            "A commuter train jumped the tracks outside Tarnau early on Thursday, leaving at least six people dead, police said.",
            {"number:dead"},
        ),
        ("Twelve people were injured when a train derailed near Tarnau on Thursday.", {"number:injured"}),
        ("More than 30 people were hurt when a train derailed near Tarnau on Thursday.", set()),
        ("A regional train derailed near Tarnau on Thursday, and 180 people were on board.", set()),
    ],
)
def test_tolls_differ_in_whatever_words(other: str, slots: set[str]) -> None:
    """The dead are held against the dead, and a bound that holds for both is no dispute."""
    assert {c.slot for c in conflicts(TRAIN, other)} == slots
