"""The harness of `make eval` on a tiny made-up set: rows run, the table is written, and without data it says so."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals import changes, events_fit, prose, rewordings, rooms, row_anchor, run, split, table
from evals.changes import Around
from evals.data import Data
from evals.measure import balanced, bootstrap, f1, wilson
from evals.table import Figure
from summarizer.dedupe import events

PORT = (
    "A storm closed the port of Ardel on Monday, and 14 ships waited outside the bay.\n\n"
    "Mayor Ilse Brand said that the port will open again on Wednesday.\n\n"
    "Fishermen lost about 200 nets, according to their union."
)
BAY = (
    "Fourteen ships lay outside the bay on Monday after a storm had closed the port of Ardel.\n\n"
    "The union of the fishermen counted about 200 lost nets.\n\n"
    "Schools in the town stayed open all day."
)
SUMMARY = "A storm closed the port of Ardel on Monday. The fishermen's union counted about 200 lost nets."


def _tie(sentence: str, doc: str, text: str, words: str) -> dict[str, Any]:
    at = text.index(words)
    return {"doc": doc, "summary_sentence": sentence, "doc_span_offsets": [[at, at + len(words)]]}


def _write(place: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with gzip.open(place / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with two clusters, a few rules, and a split of its own."""
    first, second = SUMMARY.split(". ")[0] + ".", SUMMARY.split(". ")[1]
    cluster = {
        "documents": [{"doc": "0.txt", "text": PORT}, {"doc": "1.txt", "text": BAY}],
        "summary": SUMMARY,
        "alignments": [
            _tie(first, "0.txt", PORT, "A storm closed the port of Ardel on Monday"),
            _tie(first, "1.txt", BAY, "a storm had closed the port of Ardel"),
            _tie(second, "0.txt", PORT, "Fishermen lost about 200 nets, according to their union."),
            _tie(second, "1.txt", BAY, "The union of the fishermen counted about 200 lost nets."),
        ],
    }
    place = tmp_path / "sets"
    place.mkdir()
    _write(place, "aligned_clusters", [{"id": "one", **cluster}, {"id": "two", **cluster}])
    triple = [{"text": PORT}, {"text": BAY}, {"text": PORT.replace("200", "300")}]
    _write(place, "neus_triples", [{"id": f"t{i}", "documents": triple, "summary": SUMMARY} for i in range(4)])
    rules = [{"id": "r", "lang": "en", "text": "It rained. They left.", "sentences": ["It rained.", "They left."]}]
    _write(place, "sentence_golden_rules", rules)
    splits = {
        "aligned": {"tune": [split.digest("one")], "report": [split.digest("two")]},
        "neus": {"tune": [split.digest("t0"), split.digest("t1")], "report": [split.digest("t2"), split.digest("t3")]},
    }
    (tmp_path / "splits.json").write_text(json.dumps(splits), "utf-8")
    monkeypatch.setattr(split, "FILE", tmp_path / "splits.json")
    monkeypatch.setattr(run, "OUT", tmp_path / "out")
    monkeypatch.setattr(run, "DOCS", tmp_path / "evaluation.md")
    monkeypatch.setenv("SUMMARIZER_EVAL_DATA", str(place))
    monkeypatch.delenv("SUMMARIZER_EVAL_SEEDS", raising=False)
    split._halves.cache_clear()
    yield place
    split._halves.cache_clear()


def test_without_data_it_says_that_it_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SUMMARIZER_EVAL_DATA", raising=False)
    assert run.main([]) == 0
    assert "Skipped: SUMMARIZER_EVAL_DATA is not set" in capsys.readouterr().err


def test_a_folder_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SUMMARIZER_EVAL_DATA", str(tmp_path / "nowhere"))
    assert run.main([]) == 2


def test_rows_run_and_the_table_is_written(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--only", "3", "--only", "8", "--only", "9", "--jobs", "1"]) == 0
    printed = capsys.readouterr().out
    assert "product: F1 by sentence" in printed
    assert "untouched clusters split" in printed
    written = json.loads((tmp_path / "out" / "evaluation.json").read_text("utf-8"))
    assert written["rows"] == [3, 8, 9]
    rules = next(f for f in written["figures"] if f["figure"].startswith("sentence golden rules"))
    assert (rules["value"], rules["count"]) == (1.0, "1 of 1")
    page = (tmp_path / "out" / "evaluation.md").read_text("utf-8")
    assert "## What the figures do not show" in page
    assert "seeds were not measured" in page
    assert not (tmp_path / "evaluation.md").exists(), "the docs are written by a full run only"


def test_a_set_that_is_missing_leaves_its_row_out_and_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--only", "2", "--jobs", "1", "--quick"]) == 0
    assert "Row 2 was not measured: summedits" in capsys.readouterr().out


def test_an_item_that_the_split_does_not_know_is_an_error(data: Path) -> None:
    with pytest.raises(KeyError, match=r"splits\.json"):
        split.half("aligned", "three")


def test_gold_sentences_are_those_that_hold_the_human_spans(data: Path) -> None:
    cluster = Data(data).aligned[0]
    cases = row_anchor.cases_of(cluster)
    texts = [[case.ground.table[k].text for k in sorted(case.gold)] for case in cases]
    assert texts[1] == [
        "Fishermen lost about 200 nets, according to their union.",
        "The union of the fishermen counted about 200 lost nets.",
    ]


def test_each_change_changes_one_thing() -> None:
    around = Around(
        PORT,
        f"{PORT}\n{BAY}",
        prose_sentences(),
        ["Nine buses with 73 people left Corvo."],
        frozenset({"Ardel", "Ilse", "Brand"}),
        "report",
    )
    said = "Mayor Ilse Brand said that the port will open again on Wednesday."
    assert changes.attribution_dropped(said, around) == "The port will open again on Wednesday."
    assert changes.planned_done(said, around) == said.replace("will open", "has opened")
    assert changes.number_elsewhere("A storm held 14 ships.", around) == "A storm held 73 ships."
    assert changes.negation("The schools were open.", around) == "The schools were not open."
    assert changes.attribution_dropped("“It is closed,” Brand said.", around) is None


def prose_sentences() -> list[str]:
    """The sentences of both made-up articles."""
    return [s.text for s in rooms.ground((PORT, BAY)).all]


def test_rewordings_keep_what_is_said() -> None:
    assert (
        rewordings.shorten("The port was closed for two days, leaving ships outside the bay.")
        == "The port was closed for two days."
    )
    assert rewordings.shorten("The port was closed for two days, police said.") is None
    assert rewordings.reword("On Monday, the port was closed.", "report") == "The port was closed on Monday."
    assert prose.past("carry") == "carried"


def test_figures_say_whether_their_floor_holds() -> None:
    assert Figure(1, "x", 0.04, "", None, 0.05, 0.01, "at most").state == "ok"
    assert Figure(1, "x", 0.06, "", None, 0.05, 0.01, "at most").state == "short"
    assert Figure(1, "x", 0.98, "", None, 0.86, 0.91).state == "aim"
    assert Figure(1, "x", None, "", None, 0.86).state == "not measured"
    assert "≥ 0.86" in table.text([Figure(3, "x", 0.9, "", None, 0.86)])


def test_measures() -> None:
    low, high = wilson(5, 10) or (0.0, 0.0)
    assert (round(low, 3), round(high, 3)) == (0.237, 0.763)
    assert [round(x, 3) for x in f1(3, 4, 6)] == [0.75, 0.5, 0.6]
    assert balanced([(True, True), (True, False), (False, False)]) == 0.75
    assert bootstrap([1.0, 2.0, 3.0], lambda g: sum(g) / len(g)) == bootstrap(
        [1.0, 2.0, 3.0], lambda g: sum(g) / len(g)
    )


def test_the_split_is_written_once() -> None:
    with pytest.raises(FileExistsError):
        split.write({})


def _cut(right: str, story: str, shared: float, alone: float) -> events_fit.Cut:
    return events_fit.Cut(right, "excerpts: one", (story,), 1.0, {"": 1.0, "shared": shared, "alone": alone})


def test_weights_of_events_are_fitted_and_judged_on_other_stories() -> None:
    rows = [_cut(events_fit.ONE, f"a{i}", 0.6 + i % 3 / 10, 1 + i % 4) for i in range(12)]
    rows += [_cut(events_fit.OTHER, f"b{i}", 0.2 + i % 3 / 10, 2 + i % 4) for i in range(12)]
    weights = events_fit.fit(rows, ["", "shared", "alone"], events_fit.OTHER)
    assert weights["shared"] < 0 < weights["alone"]
    sums = [events.summed(weights, row.found) for row in rows]
    assert sum(s > 0 for s in sums[:12]) == 0
    assert sum(s > 0 for s in sums[12:]) == 12
    unseen = events_fit.unseen(rows, ["", "shared", "alone"], events_fit.OTHER)
    assert unseen != sums
    assert sum(s > 0 for s in unseen[:12]) <= 1
    assert "stories split" in events_fit.table(rows, unseen, events_fit.OTHER)


def test_parts_of_a_text_are_whole_or_nearly() -> None:
    text = " ".join(map(str, range(170)))
    assert [len(part.split()) for part in events_fit.parts(text, 3)] == [60, 60, 50]
    assert [len(part.split()) for part in events_fit.parts(text[:-150], 3)] == [60, 60]
