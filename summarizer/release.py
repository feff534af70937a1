"""Large tables are let go a piece at a time.

The interpreter frees what a dict, a list or a set of a hundred thousand things holds in one go, and meanwhile no other thread
runs: an event loop beside a request of a thousand articles would wait for it (`benchmarks/served.py` measures how long).
"""

from __future__ import annotations

from typing import Any


def release(*tables: dict[Any, Any] | list[Any] | set[Any]) -> None:
    """Empty the tables one entry after the other, so that other threads get their turn in between.

    For tables that only the caller has, at the end of their use; what an entry holds is freed with it where nobody else has it.
    """
    for table in tables:
        if isinstance(table, dict):
            while table:
                table.popitem()
        else:
            while table:
                table.pop()
