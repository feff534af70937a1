"""Which half of a set an item belongs to. Thresholds are chosen on `tune`, figures are told for `report`.

`splits.json` was written once by `python -m evals.split` and is never written again: it holds the first twelve digits of
the sha256 of every id, so that no id of the data stands in the project. Ids are sorted by that hash and dealt out in turn.
SumHay is cut by topic, since the clusters of one topic share documents.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

Half = Literal["tune", "report"]
HALVES: tuple[Half, Half] = ("tune", "report")
FILE = Path(__file__).parent / "splits.json"


def digest(identity: str) -> str:
    """The short hash by which an item is known in `splits.json`."""
    return hashlib.sha256(identity.encode()).hexdigest()[:12]


def order(*parts: object) -> str:
    """A stable stand-in for chance: sorting by it draws the same sample in every run."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


@functools.cache
def _halves(name: str) -> dict[str, Half]:
    known: dict[str, dict[Half, list[str]]] = json.loads(FILE.read_text("utf-8"))
    return {item: half for half in HALVES for item in known[name][half]}


def half(name: str, identity: str) -> Half:
    """The half of one item. Raises KeyError for an item that the split does not know: the data has changed."""
    found = _halves(name).get(digest(identity))
    if found is None:
        raise KeyError(f"{name}: {identity!r} is not in evals/splits.json; the data is not the one that was split")
    return found


def dealt(word: str) -> Half:
    """The half that a word of a list of ours is used in: so no list that is fitted to one half is measured on itself."""
    return HALVES[int(digest(word)[-1], 16) % 2]


def deal(identities: Sequence[str]) -> dict[Half, list[str]]:
    """Deal ids out in turn, in the order of their hashes."""
    hashes = sorted({digest(i) for i in identities})
    return {"tune": hashes[0::2], "report": hashes[1::2]}


def write(sets: dict[str, dict[Half, list[str]]]) -> None:
    """Write `splits.json`, unless there is one."""
    if FILE.exists():
        raise FileExistsError(f"{FILE.name} is written once; figures of two splits cannot be compared")
    FILE.write_text(json.dumps(sets, indent=1) + "\n", "utf-8")


def main() -> int:
    """Split the sets in SUMMARIZER_EVAL_DATA."""
    from evals.data import Data, folder

    place = folder()
    if place is None:
        print("SUMMARIZER_EVAL_DATA is not set.", file=sys.stderr)
        return 2
    data = Data(place)
    by_domain: dict[str, set[str]] = {}
    for row in data.rows("summedits"):
        by_domain.setdefault(row["domain"], set()).add(row["doc_id"])
    summedits: dict[Half, list[str]] = {"tune": [], "report": []}
    for domain in sorted(by_domain):
        for which, items in deal(sorted(by_domain[domain])).items():
            summedits[which] += items
    write(
        {
            "aligned": deal([row["id"] for row in data.rows("aligned_clusters")]),
            "neus": deal([row["id"] for row in data.rows("neus_triples")]),
            "summedits": summedits,
            "wice": deal([row["meta"]["claim_title"] for row in data.rows("wice")]),
            "injection": deal([row["id"] for row in data.rows("injection_payloads")]),
            "sumhay": {"tune": [digest("news1")], "report": [digest("news2")]},
        }
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
