"""The labelled sets, read from the folder in SUMMARIZER_EVAL_DATA. Nothing of them is kept or copied."""

from __future__ import annotations

import functools
import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals import split
from evals.split import Half, order


def folder(variable: str = "SUMMARIZER_EVAL_DATA") -> Path | None:
    """The folder that an environment variable names, or None."""
    named = os.environ.get(variable, "").strip()
    return Path(named) if named else None


@dataclass(frozen=True, slots=True)
class Aligned:
    """A news cluster with a human summary, and the characters of the articles that humans tied to each of its sentences.

    tied: summary sentence -> {article -> spans}.
    """

    id: str
    half: Half
    texts: tuple[str, ...]
    summary: str
    tied: tuple[tuple[str, dict[int, tuple[tuple[int, int], ...]]], ...]


@dataclass(frozen=True, slots=True)
class Hay:
    """A SumHay cluster: articles by id, and which insight stands in which of them (by place in `texts`)."""

    id: str
    half: Half
    topic: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    shared: tuple[str, ...]
    holders: dict[str, tuple[int, ...]]


class Data:
    """All sets of one folder, each read when it is first asked for."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def has(self, name: str) -> bool:
        """Whether the folder holds a set."""
        return (self.place / f"{name}.jsonl.gz").exists()

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a set, in order. Raises FileNotFoundError with the name of what is missing."""
        if name not in self._rows:
            with gzip.open(self.place / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
                self._rows[name] = [json.loads(line) for line in lines]
        return self._rows[name]

    @functools.cached_property
    def aligned(self) -> list[Aligned]:
        """The news clusters with human alignments."""
        found = []
        for row in self.rows("aligned_clusters"):
            place = {d["doc"]: i for i, d in enumerate(row["documents"])}
            tied: dict[str, dict[int, list[tuple[int, int]]]] = {}
            for a in row["alignments"]:
                spans = tied.setdefault(a["summary_sentence"], {}).setdefault(place[a["doc"]], [])
                spans += [(start, end) for start, end in a["doc_span_offsets"]]
            found.append(
                Aligned(
                    row["id"],
                    split.half("aligned", row["id"]),
                    tuple(d["text"] for d in row["documents"]),
                    row["summary"],
                    tuple(
                        (sentence, {i: tuple(sorted(set(spans))) for i, spans in sorted(by.items())})
                        for sentence, by in tied.items()
                    ),
                )
            )
        return found

    @functools.cached_property
    def documents(self) -> dict[tuple[str, str], dict[str, Any]]:
        """SumHay documents by topic and id."""
        return {(d["topic"], d["doc_id"]): d for d in self.rows("sumhay_documents")}

    @functools.cached_property
    def insights(self) -> dict[str, dict[str, Any]]:
        """SumHay insights by id."""
        return {i["insight_id"]: i for i in self.rows("sumhay_insights")}

    @functools.cached_property
    def hay(self) -> list[Hay]:
        """The SumHay clusters that share insights."""
        found = []
        for number, row in enumerate(self.rows("sumhay_small_clusters")):
            if row["kind"] != "some_shared":
                continue
            place = {d: i for i, d in enumerate(row["doc_ids"])}
            found.append(
                Hay(
                    f"{row['topic']}-{number}",
                    split.half("sumhay", row["topic"]),
                    row["topic"],
                    tuple(row["doc_ids"]),
                    tuple(self.documents[row["topic"], d]["text"] for d in row["doc_ids"]),
                    tuple(row["gold_shared_insight_ids"]),
                    {i: tuple(place[d] for d in docs) for i, docs in row["insight_to_docs"].items()},
                )
            )
        return found

    def some_hay(self, half: Half, count: int, *, least: int = 2) -> list[Hay]:
        """A stable sample of SumHay clusters of one half with at least `least` articles."""
        pool = [h for h in self.hay if h.half == half and len(h.texts) >= least]
        return sorted(pool, key=lambda h: order("hay", h.id))[:count]

    @functools.cached_property
    def neus(self) -> list[dict[str, Any]]:
        """The NeuS triples, with their half."""
        return [{**row, "half": split.half("neus", row["id"])} for row in self.rows("neus_triples")]
