"""The articles that everything is measured on. Everything made up here is the same on every run.

SUMMARIZER_EVAL_SEEDS: a folder of .txt articles about one event; without it, the project's own example.
SUMMARIZER_EVAL_DATA: a folder with sumhay_documents.jsonl.gz (a hundred articles on each topic); without it, a hundred
editions of the example. Neither is copied anywhere.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDS, DATA = "SUMMARIZER_EVAL_SEEDS", "SUMMARIZER_EVAL_DATA"
_CAPITAL = re.compile(r"^[A-Z][a-z]+$")
_LOWER = re.compile(r"^[a-z]{4,}$")


def few() -> tuple[str, list[str]]:
    """Where they come from, and a handful of articles about one event."""
    folder = os.environ.get(SEEDS, "")
    paths = sorted(Path(folder or ROOT / "examples" / "ferry").glob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"{SEEDS} names a folder without .txt files.")
    texts = [p.read_text("utf-8") for p in paths]
    return (f"{len(texts)} real news articles" if folder else "the project's example, examples/ferry"), texts


def hundred() -> tuple[str, list[str]]:
    """Where they come from, and a hundred articles about one topic."""
    folder = os.environ.get(DATA, "")
    if not folder:
        return "a hundred editions made from examples/ferry", editions(few()[1], 100)
    with gzip.open(Path(folder) / "sumhay_documents.jsonl.gz", "rt", encoding="utf-8") as rows:
        found = [json.loads(row) for row in rows]
    topic = found[0]["topic"]
    return "a hundred articles of one topic of Summary of a Haystack", [
        row["text"] for row in found if row["topic"] == topic
    ]


def edited(texts: Sequence[str], copies: int, *, seed: int = 7) -> list[str]:
    """Copies the way a desk edits a wire: a new first line, a sentence cut, a few words left out or put in."""
    rng = random.Random(seed)
    return [_edited(texts[n % len(texts)], n, rng) for n in range(copies)]


def _edited(text: str, number: int, rng: random.Random) -> str:
    paragraphs = text.split("\n")
    long = [i for i, p in enumerate(paragraphs) if len(p.split()) > 12]
    if len(long) > 3:
        cut = paragraphs[rng.choice(long[1:])]
        paragraphs.remove(cut)
    out = []
    for paragraph in paragraphs:
        words = paragraph.split(" ")
        for _ in range(len(words) // 40):
            at = rng.randrange(1, len(words))
            if rng.random() < 0.5:
                words[at] = f"also {words[at]}"
            elif words[at].casefold() in ("the", "also", "then", "very", "that"):
                del words[at]
        out.append(" ".join(words))
    return f"Edition {number + 1}: updated\n\n" + "\n".join(out)


def editions(texts: Sequence[str], total: int, *, words: int = 750, seed: int = 11) -> list[str]:
    """As many articles as asked for: the given ones first, then by turns an edited copy of an earlier one, and a report of
    its own: paragraphs of several of them in which a third of the longer words, names and numbers are others."""
    rng = random.Random(seed)
    out = list(texts[:total])
    paragraphs = [p.strip() for t in texts for p in re.split(r"\n+", t) if len(p.split()) > 20]
    tokens = [w for p in paragraphs for w in p.split()]
    lower = sorted({w for w in tokens if _LOWER.match(w)})
    capital = sorted({w for w in tokens if _CAPITAL.match(w)})
    while len(out) < total:
        if len(out) % 2:
            out.append(_edited(rng.choice(out), len(out), rng))
            continue
        said: list[str] = []
        size = 0
        while size < words:
            told = [_other(w, lower, capital, rng) for w in rng.choice(paragraphs).split()]
            size += len(told)
            said.append(" ".join(told))
        out.append("\n\n".join(said))
    return out


def _other(word: str, lower: Sequence[str], capital: Sequence[str], rng: random.Random) -> str:
    if rng.random() > 1 / 3:
        return word
    if _LOWER.match(word):
        return rng.choice(lower)
    if _CAPITAL.match(word):
        return rng.choice(capital)
    return str(rng.randrange(2, 900)) if word.isdigit() else word
