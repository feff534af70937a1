"""Shares and their intervals. Takes numbers, gives numbers; does not know what they stand for."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
Interval = tuple[float, float]

_ROUNDS = 1000  # bootstrap rounds: the second decimal of a 95 % bound stands still from about here on
_Z = 1.959964


def wilson(k: int, n: int) -> Interval | None:
    """The 95 % interval of the share k / n (Wilson), or None without a count."""
    if not n:
        return None
    p = k / n
    centre = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    half = _Z / (1 + _Z * _Z / n) * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def bootstrap(
    groups: Sequence[T], statistic: Callable[[Sequence[T]], float | None], *, rounds: int = _ROUNDS
) -> Interval | None:
    """The 95 % percentile interval of a statistic when whole groups (documents, clusters) are drawn anew.

    The draws are seeded: the same groups give the same interval.
    """
    if len(groups) < 2:
        return None
    draw = random.Random(20_260)
    values = sorted(
        v
        for _ in range(rounds)
        if (v := statistic([groups[draw.randrange(len(groups))] for _ in groups])) is not None and not math.isnan(v)
    )
    if not values:
        return None
    return values[int(0.025 * (len(values) - 1))], values[math.ceil(0.975 * (len(values) - 1))]


def share(k: float, n: float) -> float | None:
    """k / n, or None without a count."""
    return k / n if n else None


def f1(true_positive: float, chosen: float, right: float) -> tuple[float, float, float]:
    """Precision, recall and F1 from counts; 0 where nothing is counted."""
    precision = true_positive / chosen if chosen else 0.0
    recall = true_positive / right if right else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def balanced(rows: Sequence[tuple[bool, bool]]) -> float | None:
    """Balanced accuracy of rows (label, accepted): the mean of the shares right among true and among false ones."""
    good = [accepted for label, accepted in rows if label]
    bad = [not accepted for label, accepted in rows if not label]
    return (sum(good) / len(good) + sum(bad) / len(bad)) / 2 if good and bad else None


def mean(values: Sequence[float]) -> float | None:
    """The mean, or None of nothing."""
    return sum(values) / len(values) if values else None
