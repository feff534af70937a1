"""Jobs under fire (tests/chaos.py): two APIs, three workers, a Redis, a model that fails, and somebody who kills.

In CI 300 jobs; elsewhere 40, which shows the same in a quarter of the time. A thousand and more by hand:
`python -m tests.chaos --jobs 3000`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.chaos import report, run, same
from tests.conftest import IN_CI

JOBS = int(os.environ.get("CHAOS_JOBS") or (300 if IN_CI else 40))

# Long enough that kills and both restarts fall into the work, short enough for CI: a job asks the model once or twice.
_THINK_S = 0.3
_LIMIT_S = 400.0


@pytest.mark.timeout(900)
def test_nothing_is_lost_or_paid_twice_under_fire(redis_program: None, tmp_path: Path) -> None:
    quiet = run(JOBS, tmp_path / "quiet", under_fire=False, limit_s=_LIMIT_S, think_s=_THINK_S)
    restart_at = (4.0, 10.0) if JOBS >= 200 else (2.0, 5.0)
    fired = run(JOBS, tmp_path / "fire", under_fire=True, limit_s=_LIMIT_S, think_s=_THINK_S, restart_at=restart_at)
    told = report(JOBS, quiet, fired)
    print(told)
    assert quiet.states == fired.states == {"succeeded": JOBS}, told
    assert [n for n in range(JOBS) if same(quiet.answers[n]) != same(fired.answers[n])] == [], told
    assert fired.completed <= 1.15 * quiet.completed, told
    assert quiet.lasting == fired.lasting == [], told
    # It was a fire.
    assert fired.restarts == 2, told
    assert fired.kills >= 3, told
    assert fired.attempts > fired.completed, told
