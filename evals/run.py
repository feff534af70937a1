"""`make eval`: all rows on the folder in SUMMARIZER_EVAL_DATA, one table, written as Markdown and JSON.

    python -m evals.run [--only ROW ...] [--half tune|report] [--quick] [--jobs N]

Figures are those of the report half; with `--half tune` the tune half is measured instead, and the telling errors are written
beside the table (they quote the data, so `evals/out` is not part of the project). A full run on the report half also writes
`docs/evaluation.md`. The exit code is 0 when the table was made, floors missed or not; 1 when a row broke; 2 for a wrong call.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from evals import table
from evals.data import Data, folder
from evals.split import Half
from evals.table import Result

# row -> (module, what it measures). The slowest first, so that the others fill the time beside them.
ROWS: dict[int, tuple[str, str]] = {
    10: ("row_injection", "hostile text"),
    7: ("row_extract", "the engine without a model"),
    6: ("row_disputes", "disputes"),
    1: ("row_close", "the verifier on facts close to their sources' words"),
    2: ("row_prose", "the verifier on free prose"),
    5: ("row_support", "support across articles, and stances"),
    4: ("row_origins", "origins and copied passages"),
    3: ("row_anchor", "re-anchoring"),
    8: ("row_events", "one event or several"),
    9: ("row_boilerplate", "boilerplate and sentences"),
}
OUT = Path(__file__).parent / "out"
DOCS = Path(__file__).parent.parent / "docs" / "evaluation.md"

_LIMITS = """
- Nothing here measures a model. What the `llm` engine writes depends on the model; these rows measure what code lets through.
- All news is in English and about ten years of it; other languages are measured by their sentence boundaries only.
- The facts of row 1 and the plants of rows 4, 5, 6, 8 and 10 are made by rule. Real errors, copies and disputes are more
  varied, so a figure here is a regression test first and a forecast second.
- The halves are small: 14 aligned clusters, 17 SummEdits documents. Read the intervals, not the third decimal.
- Word lists of the product were written with the tune half in view. Where a list could have been fitted to the test, the test
  deals its words out to the halves; what was learnt from reading real errors may still help on the report half.
- SumHay's documents are written by a model: its insights are told in nearly the same words everywhere.
- No figure says whether a reader finds a summary good.
""".strip()


def _one(number: int, place: str, half: Half, quick: bool) -> tuple[int, Result]:
    began = time.monotonic()
    try:
        module = importlib.import_module(f"evals.{ROWS[number][0]}")
        result: Result = module.run(Data(Path(place)), half, quick)
    except FileNotFoundError as error:
        result = Result(
            notes=[f"Row {number} was not measured: {Path(error.filename or '').name} is not in the folder."]
        )
    except ImportError as error:
        result = Result(
            notes=[
                f"Row {number} was not measured: {error}. Install the packages of the group `eval` (`make eval` does)."
            ]
        )
    except Exception as error:  # noqa: BLE001 - one broken row must not lose the others; it is told and the exit code is 1
        traceback.print_exc()
        result = Result(notes=[f"Row {number} was not measured: it broke with {type(error).__name__}."], broken=True)
    result.seconds = time.monotonic() - began
    return number, result


def measure(data: Path, rows: Sequence[int], half: Half, *, quick: bool, jobs: int) -> dict[int, Result]:
    """Run some rows, side by side if `jobs` is more than one."""
    wanted = [n for n in ROWS if n in rows]
    found: dict[int, Result] = {}
    if jobs <= 1:
        for n in wanted:
            found[n] = _one(n, str(data), half, quick)[1]
            _tell(n, found[n])
    else:
        with ProcessPoolExecutor(jobs) as pool:
            for n, result in pool.map(
                _one, wanted, [str(data)] * len(wanted), [half] * len(wanted), [quick] * len(wanted)
            ):
                found[n] = result
                _tell(n, result)
    return dict(sorted(found.items()))


def _tell(number: int, result: Result) -> None:
    short = sum(f.state == "short" for f in result.figures)
    print(
        f"row {number:>2}  {ROWS[number][1]}: {len(result.figures)} figures, {short} short, {result.seconds:.0f} s",
        file=sys.stderr,
    )


def page(found: dict[int, Result], half: Half, *, quick: bool, today: str) -> str:
    """The table with its limits, as Markdown."""
    figures = [f for r in found.values() for f in r.figures]
    due = [f for f in figures if f.floor is not None]
    short = [f for f in due if f.state in ("short", "not measured")]
    sections = "\n\n".join(
        f"## {n}. {ROWS[n][1][:1].upper()}{ROWS[n][1][1:]}\n\n{table.markdown(r.figures)}"
        for n, r in found.items()
        if r.figures
    )
    notes = "\n".join(f"- {note}" for r in found.values() for note in r.notes)
    missed = (
        "\n".join(f"- row {f.row}, {f.name}: {table.number(f.value)} (floor {f.floor:g})" for f in short) or "None."
    )
    what = "the report half (all items where the floor asks for all)" if half == "report" else "the tune half"
    return f"""# Evaluation

Made by `make eval`{" with `--quick`, on samples" if quick else ""} on {today}, on {what}, without a model. Generated: do not edit.

```
SUMMARIZER_EVAL_DATA=/path/to/the/sets SUMMARIZER_EVAL_SEEDS=/path/to/the/seeds make eval
```

The sets are no part of this project (the news belongs to its publishers); without the folder the command says that it
skipped. Which item belongs to which half stands in `evals/splits.json`, written once. `floor` is due, `aim` is what we
are after; `short` marks a floor that is missed. Intervals: 95 %, Wilson for shares, bootstrap over documents or clusters
otherwise. Of {len(due)} figures with a floor, {len(due) - len(short)} hold.

## Missed

{missed}

{sections}

## What the figures do not show

{_LIMITS}
{notes}
"""


def main(given: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.run", description="Measure the product's judgements on labelled data."
    )
    parser.add_argument(
        "--only", type=int, action="append", choices=sorted(ROWS), metavar="ROW", help="a row, 1 to 10; may be repeated"
    )
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--quick", action="store_true", help="small samples: to see that everything runs")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args(given)
    place = folder()
    if place is None:
        print(
            "Skipped: SUMMARIZER_EVAL_DATA is not set. It names the folder with the labelled sets; see docs/evaluation.md.",
            file=sys.stderr,
        )
        return 0
    if not place.is_dir():
        print(f"SUMMARIZER_EVAL_DATA names {place}, which is no folder.", file=sys.stderr)
        return 2
    half: Half = options.half
    found = measure(place, options.only or sorted(ROWS), half, quick=options.quick, jobs=options.jobs)
    figures = [f for r in found.values() for f in r.figures]
    print(table.text(figures))
    for note in (n for r in found.values() for n in r.notes if "not measured" in n):
        print(note)
    today = datetime.now(UTC).date().isoformat()
    written = page(found, half, quick=options.quick, today=today)
    OUT.mkdir(exist_ok=True)
    name = "evaluation" if half == "report" else "tune"
    (OUT / f"{name}.md").write_text(written, "utf-8")
    (OUT / f"{name}.json").write_text(
        json.dumps(
            {
                "date": today,
                "half": half,
                "quick": options.quick,
                "rows": sorted(found),
                "figures": table.as_json(figures),
            },
            indent=1,
        )
        + "\n",
        "utf-8",
    )
    for n, result in found.items():
        if half == "tune" and result.errors:
            (OUT / f"errors-{n}.txt").write_text("\n".join(result.errors) + "\n", "utf-8")
    if half == "report" and not options.quick and not options.only:
        DOCS.write_text(written, "utf-8")
    return 1 if any(r.broken for r in found.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
