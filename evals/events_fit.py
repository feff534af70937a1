"""The weights of `dedupe.events`, fitted on the tune half: `python -m evals.events_fit`, with the sets' folder in SUMMARIZER_EVAL_DATA.

Cuts between the articles of one news story (excerpts as they are and two by two; whole articles; the parts of 60 words that
whole articles begin with, which tell one side of a story each) against cuts between a story and articles of another one
(EVENTS), or an article of it with other names, days and figures (LOOK_ALIKE). Logistic regression with a small ridge;
both classes weigh the same. The figures it prints are of stories that the weights were not fitted on, in six parts.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import numpy as np

from evals.data import Data, folder
from evals.row_events import look_alike
from evals.split import order
from summarizer import clean, sentences
from summarizer.dedupe import events
from summarizer.dedupe.profile import Profile, Vocabulary, read
from summarizer.values import Article

ONE, OTHER, LIKE = "one event", "another event", "a look-alike"
PARTS = 6  # of the stories, for the figures
RIDGE = 1.0
PART = 60  # words, as NeuS excerpts have
FULL = 300.0  # what the cuts of a class weigh together, against the ridge

Story = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut: what it is, of which set, the stories in it, what it weighs in the fit, and the evidence."""

    right: str
    kind: str
    stories: tuple[str, ...]
    weight: float
    found: Mapping[str, float]


@cache
def profile(text: str) -> Profile:
    """An article as the room sees it."""
    return read(0, sentences.split(clean.clean(Article(text)), 0, "en"), Vocabulary())


def cut(
    right: str, kind: str, stories: tuple[str, ...], weight: float, one: Sequence[str], other: Sequence[str]
) -> Cut:
    """The cut between two lists of texts."""
    texts = [replace(profile(text), index=i) for i, text in enumerate((*one, *other))]
    both = range(len(one)), range(len(one), len(texts))
    return Cut(right, kind, stories, weight, events.evidence(texts, *both))


def parts(text: str, count: int) -> list[str]:
    """The first parts of PART words; fewer than `count` if the text has not so many."""
    words = text.split()
    rows = [words[i * PART : (i + 1) * PART] for i in range(count)]
    return [" ".join(row) for row in rows if len(row) >= 0.75 * PART]


def within(kind: str, weight: float, story: Story) -> Iterator[Cut]:
    """Cuts through one story: each article against the rest, pairs, and two or three against the others."""
    name, texts = story
    n = len(texts)
    if n > 2:
        for i in range(n):
            yield cut(ONE, f"{kind}: one", (name,), weight, [texts[i]], [*texts[:i], *texts[i + 1 :]])
    if n < 4:
        for a, b in combinations(texts, 2):
            yield cut(ONE, f"{kind}: pair", (name,), 0.4 * weight, [a], [b])
    for size in range(2, n // 2 + 1):
        sides = sorted(combinations(range(n), size), key=lambda side: order(name, str(side)))[:6]
        for side in sides:
            few = [texts[i] for i in side]
            many = [text for i, text in enumerate(texts) if i not in side]
            yield cut(ONE, f"{kind}: some", (name,), 0.4 * weight, few, many)


def across(kind: str, weight: float, story: Story, stories: Sequence[Story], dice: random.Random) -> Iterator[Cut]:
    """The story, or two articles of it, against one article or more of others."""
    name, texts = story
    others = [s for s in stories if s[0] != name]
    for _ in range(8):
        other, theirs = dice.choice(others)
        yield cut(OTHER, f"{kind}: stranger", (name, other), 0.35 * weight, [dice.choice(theirs)], texts)
        if len(texts) > 2:
            two = dice.sample(texts, 2)
            yield cut(OTHER, f"{kind}: stranger of two", (name, other), 0.35 * weight, [dice.choice(theirs)], two)
    for _ in range(2):
        other, theirs = dice.choice(others)
        pair = [dice.choice(texts)], [dice.choice(theirs)]
        yield cut(OTHER, f"{kind}: pair of two", (name, other), 0.3 * weight, *pair)
        some = dice.sample(theirs, 2), dice.sample(texts, min(len(texts), dice.choice((2, 3))))
        yield cut(OTHER, f"{kind}: some of two", (name, other), 0.5 * weight, *some)
    for _ in range(4):
        other, theirs = dice.choice(others)
        few, many = sorted((texts, theirs), key=len)
        yield cut(OTHER, f"{kind}: mixed", (name, other), 0.6 * weight, few, many)


def likes(kind: str, weight: float, story: Story) -> Iterator[Cut]:
    """Each of the first articles with other names, days and figures against the rest, and against one of them."""
    name, texts = story
    for i in range(min(3, len(texts))):
        rest = [*texts[:i], *texts[i + 1 :]]
        twin = look_alike(texts[i], name if i == len(texts) - 1 else f"{name}-{i}", (*rest, texts[i]))
        yield cut(LIKE, f"{kind}: one", (name,), weight, [twin], rest)
        if len(texts) > 2:
            yield cut(LIKE, f"{kind}: pair", (name,), 0.4 * weight, [twin], rest[:1])


def cuts(data: Data) -> list[Cut]:
    """All cuts of the tune half."""
    short: list[Story] = [(r["id"], tuple(d["text"] for d in r["documents"])) for r in data.neus if r["half"] == "tune"]
    short = [s for s in short if all(len(t.split()) >= 25 for t in s[1])]
    long: list[Story] = [(a.id, a.texts) for a in data.aligned if a.half == "tune"]
    begun = [(name, tuple(p for t in texts[:3] for p in parts(t, 1))) for name, texts in long]
    parted = [
        (name, tuple(p for t in texts[:few] for p in parts(t, count)), few * count)
        for name, texts in long
        for few, count in ((2, 2), (2, 3), (3, 2))
    ]
    told = [(name, texts) for name, texts, whole in parted if len(texts) == whole]
    hay = [(f"hay {h.topic}", h.texts[:5]) for h in data.some_hay("tune", 24, least=4)]
    sets: tuple[tuple[str, float, list[Story]], ...] = (
        ("excerpts", 1.0, short),
        ("whole", 1.5, long),
        ("beginnings", 1.0, [s for s in begun if len(s[1]) > 1]),
        ("parts", 0.4, told),
        ("long reports", 0.3, hay),
    )
    dice = random.Random(5)
    found: list[Cut] = []
    for kind, weight, stories in sets:
        for story in stories:
            found += within(kind, weight, story)
            found += likes(kind, weight, story)
            if kind != "long reports":  # one topic only
                found += across(kind, weight, story, stories, dice)
    return found


def fit(rows: Sequence[Cut], names: Sequence[str], wrong: str) -> dict[str, float]:
    """Weights by name: the sum is above 0 where `wrong` is likelier than one event. Newton's method."""
    rows = [row for row in rows if row.right in (ONE, wrong)]
    named = [name for name in names if name]
    found = np.array([[row.found[name] for name in named] for row in rows])
    y = np.array([float(row.right == wrong) for row in rows])
    share = np.array([row.weight for row in rows])
    for side in (0.0, 1.0):
        share[y == side] *= FULL / share[y == side].sum()
    middle, spread = found.mean(axis=0), found.std(axis=0)
    spread[spread == 0] = 1.0
    x = np.column_stack([np.ones(len(rows)), (found - middle) / spread])
    ridge = RIDGE * np.diag([0.0, *np.ones(len(named))])
    b = np.zeros(len(named) + 1)
    for _ in range(15):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        slope = x.T @ (share * (p - y)) + ridge @ b
        b = b - np.linalg.solve((x.T * (share * p * (1 - p))) @ x + ridge, slope)
    weights = b[1:] / spread
    return {"": float(b[0] - weights @ middle), **dict(zip(named, map(float, weights), strict=True))}


def unseen(rows: Sequence[Cut], names: Sequence[str], wrong: str) -> list[float]:
    """For each row the sum by weights that its first story had no part in."""
    stories = sorted({story for row in rows for story in row.stories}, key=lambda s: order("fit", s))
    part = {story: i % PARTS for i, story in enumerate(stories)}
    found = [0.0] * len(rows)
    for k in range(PARTS):
        weights = fit([row for row in rows if all(part[s] != k for s in row.stories)], names, wrong)
        for i, row in enumerate(rows):
            if part[row.stories[0]] == k:
                found[i] = events.summed(weights, row.found)
    return found


def table(rows: Sequence[Cut], sums: Sequence[float], wrong: str) -> str:
    """Per limit: excerpt stories of which a cut lies above it, other cuts of one event, and the share of `wrong` ones found."""
    kinds = sorted({row.kind for row in rows if row.right == wrong})
    lines = ["limit  stories split  other cuts of one event  " + "  ".join(kinds)]
    for limit in (1.0, 1.5, 2.0, 2.5, 3.0, 3.5):
        above = [(row, s > limit) for row, s in zip(rows, sums, strict=True)]
        mine: Set[str] = {
            row.stories[0] for row, over in above if over and row.kind == "excerpts: one" and row.right == ONE
        }
        others = [over for row, over in above if row.right == ONE and row.kind != "excerpts: one"]
        shares = []
        for kind in kinds:
            them = [over for row, over in above if row.right == wrong and row.kind == kind]
            shares.append(f"{sum(them) / len(them):.3f}")
        lines.append(f"{limit:5}  {len(mine):13}  {sum(others):4} of {len(others):4}  " + "  ".join(shares))
    return "\n".join(lines)


def main() -> int:
    """Print both sets of weights and what they find. 2 without the data."""
    place = folder()
    if place is None:
        print("SUMMARIZER_EVAL_DATA names no folder", file=sys.stderr)
        return 2
    rows = cuts(Data(place))
    for name, wrong, weights in (("EVENTS", OTHER, events.EVENTS), ("LOOK_ALIKE", LIKE, events.LOOK_ALIKE)):
        names = list(weights)
        print(f"{name}: {len(rows)} cuts")
        for feature, weight in fit(rows, names, wrong).items():
            print(f'    "{feature}": {weight:.1f},')
        print(table(rows, unseen(rows, names, wrong), wrong))
        print("as they stand:")
        print(table(rows, [events.summed(weights, row.found) for row in rows], wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
