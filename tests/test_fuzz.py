"""Odd bodies against the whole way in: some with every run of the tests, twenty thousand with `make fuzz`."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import IN_CI


def _tool() -> Any:
    path = Path(__file__).parents[1] / "tools" / "fuzz.py"
    spec = importlib.util.spec_from_file_location("fuzz", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


fuzz = _tool()
NUMBER = 400 if IN_CI else 100


@pytest.mark.timeout(600)
async def test_odd_bodies_get_an_answer_or_a_4xx_in_time() -> None:
    report = await fuzz.run(NUMBER, first=1_000_000)  # others than `make fuzz`
    assert report.bad == [], report.text()
    assert report.bodies == NUMBER
    assert report.statuses[200] >= NUMBER // 5, "many of them are read to the end"
    assert len(report.codes) >= 3, "and many are refused, for several reasons"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("number", [5_650, 12_124])
async def test_bodies_that_were_too_slow_once_are_not_any_more(number: int) -> None:
    """One sentence of thousands of equal words: each was looked for again from each."""
    report = await fuzz.run(1, first=number)
    assert report.bad == [], report.text()


async def test_a_server_error_and_a_slow_body_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer import clean

    def breaks(article: object) -> object:
        raise RecursionError

    with monkeypatch.context() as patch:
        patch.setattr(clean, "clean", breaks)
        report = await fuzz.run(20)
        assert any("answered 500" in line for line in report.bad)
    monkeypatch.setattr(fuzz, "allowed", lambda size: 0.0)
    report = await fuzz.run(3)
    assert len(report.bad) == 3


def test_a_body_is_made_from_its_number_alone() -> None:
    state = random.getstate()
    assert fuzz.body_of(7) == fuzz.body_of(7)
    assert random.getstate() == state
    kinds = {fuzz.body_of(number)[2].partition(";")[0] for number in range(200)}
    assert {"application/json", "multipart/form-data"} <= kinds
    longest = max(len(fuzz.body_of(number)[1]) for number in range(300))
    assert longest > fuzz.LONGEST
    good = [
        json.loads(body)
        for _, body, kind in map(fuzz.body_of, range(20))
        if kind == "application/json" and body[:1] == b"{" and body[-1:] == b"}"
    ]
    assert good
