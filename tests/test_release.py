"""Tables are emptied entry by entry: whoever else holds an entry keeps it, and other threads run in between."""

from __future__ import annotations

import sys
import threading
import weakref

from summarizer.release import release


class _Held:
    pass


def test_every_kind_of_table_is_emptied() -> None:
    rows, found, seen = {n: [n] for n in range(100)}, list(range(100)), set(range(100))
    release(rows, found, seen)
    assert (rows, found, seen) == ({}, [], set())


def test_what_somebody_else_holds_stays() -> None:
    one, other = _Held(), _Held()
    kept, gone = weakref.ref(one), weakref.ref(other)
    rows = {"one": one, "other": other}
    del other
    release(rows)
    assert kept() is one
    assert gone() is None


def test_another_thread_runs_before_all_is_freed() -> None:
    """Each entry's end is a chance for others: a plain `clear` would free a hundred thousand of them without one."""
    left: list[int] = []
    rows: list[list[list[int]]] = [[[m] for m in range(50)] for _ in range(20_000)]
    begun, over = threading.Event(), threading.Event()

    def watch() -> None:
        begun.set()
        while not over.is_set():
            left.append(len(rows))

    watcher = threading.Thread(target=watch)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        watcher.start()
        begun.wait()
        release(rows)
    finally:
        over.set()
        watcher.join()
        sys.setswitchinterval(before)
    assert any(0 < n < 20_000 for n in left)
