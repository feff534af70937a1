"""Figures with their floors and aims, and the table of them as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from evals.measure import Interval, share, wilson

Sense = Literal["at least", "at most"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    count: what the figure rests on, in words. floor: what is due; aim: what we are after; `sense` says which side is good.
    Without a floor the figure is told for the record.
    """

    row: int
    name: str
    value: float | None
    count: str
    interval: Interval | None = None
    floor: float | None = None
    aim: float | None = None
    sense: Sense = "at least"

    @property
    def state(self) -> str:
        """`aim`, `ok` (the floor holds), `short` (it does not), `not measured`, or nothing where no floor is set."""
        if self.value is None:
            return "not measured" if self.floor is not None else ""
        if self.floor is None:
            return ""
        sign = 1 if self.sense == "at least" else -1
        if self.aim is not None and sign * (self.value - self.aim) >= -1e-9:
            return "aim"
        return "ok" if sign * (self.value - self.floor) >= -1e-9 else "short"


@dataclass(slots=True)
class Result:
    """What a row found: its figures, what they do not show, and telling errors (of the tune half; never published)."""

    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    broken: bool = False

    def rate(
        self,
        row: int,
        name: str,
        k: int,
        n: int,
        *,
        what: str = "",
        floor: float | None = None,
        aim: float | None = None,
        sense: Sense = "at least",
        interval: Interval | None = None,
    ) -> None:
        """Add the share k / n with its Wilson interval (or the given one)."""
        count = f"{k} of {n}{' ' + what if what else ''}"
        self.figures.append(Figure(row, name, share(k, n), count, interval or wilson(k, n), floor, aim, sense))


def number(value: float | None) -> str:
    """A figure as written in the table."""
    if value is None:
        return "–"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def _bounds(interval: Interval | None) -> str:
    return f"{number(interval[0])} … {number(interval[1])}" if interval else ""


def _due(figure: Figure, value: float | None) -> str:
    if value is None:
        return ""
    return ("≥ " if figure.sense == "at least" else "≤ ") + f"{value:g}"


HEAD = ("row", "figure", "value", "count", "95 % interval", "floor", "aim", "")


def cells(figure: Figure) -> tuple[str, ...]:
    """One figure as the cells of the table."""
    return (
        str(figure.row),
        figure.name,
        number(figure.value),
        figure.count,
        _bounds(figure.interval),
        _due(figure, figure.floor),
        _due(figure, figure.aim),
        figure.state,
    )


def text(figures: Sequence[Figure]) -> str:
    """The table for a terminal."""
    rows = [HEAD, *(cells(f) for f in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def markdown(figures: Sequence[Figure]) -> str:
    """The table as Markdown."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(cells(f) for f in figures)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)


def as_json(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The table as plain values."""
    return [
        {
            "row": f.row,
            "figure": f.name,
            "value": f.value,
            "count": f.count,
            "interval": list(f.interval) if f.interval else None,
            "floor": f.floor,
            "aim": f.aim,
            "sense": f.sense,
            "state": f.state,
        }
        for f in figures
    ]
