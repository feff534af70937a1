"""`make eval-llm` with a scripted model: the cost first, figures of whole answers, and a run that goes on where it stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from evals import llm
from evals.data import Hay
from summarizer import errors
from summarizer.ports import Message
from summarizer.testing import ScriptedLLM
from tests.support import outside

TEXTS = (
    "The ferry Tern ran aground on Monday. All 212 passengers were taken ashore by noon. The crew stayed on board.",
    "A ferry got stuck near Skarholm. By noon all 212 passengers were taken ashore. The hull has a crack of two metres.",
)
HAY = Hay("made-up-1", "tune", "made-up", ("a", "b"), TEXTS, ("ashore", "whale"), {"ashore": (0, 1), "whale": (0, 1)})
OTHER = Hay("made-up-2", "tune", "made-up", ("a", "b"), TEXTS[::-1], ("ashore",), {"ashore": (0, 1)})


def covers(insight: str, text: str) -> bool:
    return insight in text


def reply(messages: Sequence[Message]) -> str:
    tags = {words: tag for tag, words in re.findall(r"^([a-z]{2,3}\d+) (.+)$", messages[1].text, re.M)}
    right = next(tag for words, tag in tags.items() if "ashore" in words)
    return (
        f"SUMMARY\nAll 212 passengers were taken ashore by noon {{{right}}}.\n"
        f"All 221 sailors were saved by a whale {{{right}}}.\nDISPUTES\nnone\nHEADLINE\nPassengers were taken ashore {{{right}}}"
    )


def model() -> ScriptedLLM:
    return ScriptedLLM(reply, repeat=True)


async def test_the_cost_is_told_and_nothing_is_sent() -> None:
    script = model()
    told = await llm.plan([HAY, OTHER], 60, outside(script))
    assert told.startswith("2 clusters, 2 calls planned")
    assert script.asked == []


async def test_an_answer_is_measured_and_kept(tmp_path: Path) -> None:
    """Covered and cited insights, what survived, no breach; a second run asks nothing, a new cluster is asked."""
    script, file = model(), tmp_path / "done.jsonl"
    rows = await llm.measure([HAY], 60, outside(script), covers, file)
    (row,) = rows
    assert (row.covered, row.shared) == (1, 2)
    assert (row.right, row.chosen, row.gold) == (2, 2, 2)
    assert row.breaches == ()
    assert 0 < row.survived < row.stated
    assert row.lead_what
    asked = len(script.asked)
    assert await llm.measure([HAY], 60, outside(script), covers, file) == rows
    assert len(script.asked) == asked
    await llm.measure([HAY, OTHER], 60, outside(script), covers, file)
    assert len(script.asked) > asked
    with file.open("a") as out:
        out.write('{"cluster": "cut off')
    assert set(llm.finished(file, [HAY, OTHER], row.model, 60)) == {HAY.id, OTHER.id}
    assert llm.finished(file, [HAY], row.model, 100) == {}


async def test_a_request_that_fails_is_told_and_asked_again(tmp_path: Path) -> None:
    """No text to summarize is an error of ours to count, and not a reason to stop."""
    empty = Hay("made-up-3", "tune", "made-up", ("a",), ("Share this",), (), {})
    (row,) = await llm.measure([empty], 60, outside(model()), covers, tmp_path / "done.jsonl")
    assert row.failed == errors.NoUsableText.code
    assert llm.finished(tmp_path / "done.jsonl", [empty], row.model, 60) == {}
    found = {figure.name: figure.value for figure in llm.figures([row])}
    assert found["requests that failed"] == 1


async def test_the_table_says_what_was_counted(tmp_path: Path) -> None:
    rows = await llm.measure([HAY, OTHER], 60, outside(model()), covers, tmp_path / "done.jsonl")
    found = {figure.name: figure for figure in llm.figures(rows)}
    assert found["consensus insights covered"].value == 2 / 3
    assert found["citation F1 of covered insights"].value == 1
    assert found["breaches of the rules, by the separate checker"].state == "ok"


def test_reading_measures() -> None:
    assert (
        llm.told_twice(["The ferry ran aground on Monday.", "On Monday the ferry ran aground.", "Two men swam."]) == 1
    )
    assert llm.when("It happened on Monday.")
    assert llm.when("It sank in 2019.")
    assert not llm.when("It sank near the pier.")
