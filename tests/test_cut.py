"""A worker that is cut off from Redis for half a minute (tests/cut.py): nothing is lost, and no job ends twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cut import refusal, report, run

JOBS = 60
"""Three at a time for two seconds each: the worker that is not cut off can end 45 in 30 seconds, so some are left after."""


@pytest.mark.timeout(600)
def test_a_cut_link_loses_nothing(tmp_path: Path) -> None:
    # Namespaces need rights that few CI machines give; nobody can install them, so this is a skip there too.
    if (reason := refusal()) is not None:
        pytest.skip(reason)
    outcome = run(JOBS, tmp_path, limit_s=500)
    told = report(outcome)
    print(told)
    assert outcome.states == {"succeeded": JOBS}, told
    assert sum(outcome.ended_by) == JOBS, told
    assert outcome.during > 0, told
    assert outcome.after > 0, told
    assert outcome.caught > 0, told
