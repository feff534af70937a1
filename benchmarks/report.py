"""The page and the plots that a person reads: Markdown, and SVG written by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]
# Told apart by people who see colours differently, and on light and dark ground.
COLOURS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#8c8c00", "#56b4e9", "#7a7a7a")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 82, 236, 46, 52


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column reads from the left, numbers from the right."""
    lines = [
        "| " + " | ".join(head) + " |",
        "|---|" + "---:|" * (len(head) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def plot(title: str, across: str, up: str, series: Mapping[str, Points], *, log: bool = False) -> str:
    """A line for each series, ours first; `log` on both axes."""
    points = [p for line in series.values() for p in line]
    x_low, x_high = (min(x for x, _ in points), max(x for x, _ in points)) if log else (0, max(x for x, _ in points))
    y_low = min(y for _, y in points if y > 0) if log else 0
    y_high = max(y for _, y in points)
    x_ticks, y_ticks = _ticks(x_low, x_high, log=log), _ticks(y_low, y_high, log=log)
    x_ticks = [tick for tick in x_ticks if tick <= x_high]
    y_low, y_high = min(y_low, y_ticks[0]), max(y_high, y_ticks[-1])

    def place(value: float, low: float, high: float, start: float, end: float) -> float:
        if log:
            value, low, high = math.log(max(value, low)), math.log(low), math.log(high)
        return start + (value - low) / ((high - low) or 1) * (end - start)

    def at(x: float, y: float) -> tuple[float, float]:
        return place(x, x_low, x_high, LEFT, WIDTH - RIGHT), place(y, y_low, y_high, HEIGHT - BOTTOM, TOP)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="15" fill="#222222">{escape(title)}</text>',
    ]
    for tick in y_ticks:
        _, y = at(x_high, tick)
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444444">{_short(tick)}</text>')
    for tick in x_ticks:
        x, _ = at(tick, y_high)
        out.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#444444">{_short(tick)}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    out.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle" fill="#222222">{escape(across)}</text>')
    turn = f'transform="rotate(-90 18 {HEIGHT / 2})"'
    out.append(f'<text x="18" y="{HEIGHT / 2}" text-anchor="middle" fill="#222222" {turn}>{escape(up)}</text>')
    for n, (name, line) in enumerate(series.items()):
        colour, width = COLOURS[n % len(COLOURS)], 3.5 if n == 0 else 1.8
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*p) for p in line))
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
        out.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>' for x, y in (at(*p) for p in line))
        y = TOP + 12 + 21 * n
        x = WIDTH - RIGHT + 18
        out.append(f'<line x1="{x}" x2="{x + 20}" y1="{y - 4}" y2="{y - 4}" stroke="{colour}" stroke-width="{width}"/>')
        out.append(f'<text x="{x + 26}" y="{y}" fill="#222222">{escape(name)}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def _ticks(low: float, high: float, *, log: bool) -> list[float]:
    if log:
        ticks = [
            m * 10.0**e
            for e in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            for m in (1, 2, 5)
            if low * 0.999 <= m * 10.0**e <= high * 2.0
        ]
        return ticks or [low, high]
    step = 10.0 ** math.floor(math.log10(high))
    step = next(step * m for m in (0.1, 0.2, 0.5, 1, 2) if high / (step * m) <= 6)
    return [step * n for n in range(math.ceil(high / step - 1e-9) + 1)]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
