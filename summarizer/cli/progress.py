"""How far a run is, on stderr while it works: one line that goes away when the answer is there.

Shown on a terminal only, so a log or a pipe sees nothing of it. It holds our own words and numbers, never an article's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from summarizer.ports import FactVerified, FactWithdrawn, Happening, Stage, StageName, Tell

_WORDS: dict[StageName, str] = {
    "read": "reading the articles",
    "model": "asking the model",
    "verify": "checking each statement",
    "render": "writing the answer",
}


class _Line:
    """The words of the line, from what has happened so far."""

    def __init__(self) -> None:
        self._stage = "starting"
        self._held: set[int] = set()

    def hear(self, happening: Happening) -> str:
        match happening:
            case Stage(name, done, total):
                of = f" ({done} of {total} calls)" if name == "model" and total > 1 else ""
                self._stage = _WORDS[name] + of
            case FactVerified(number):
                self._held.add(number)
            case FactWithdrawn(number):
                self._held.discard(number)
        return self._stage + (f", {len(self._held)} statements held so far" if self._held else "")


@contextmanager
def shown() -> Iterator[Tell | None]:
    """What the pipeline may tell while it works; None where nobody would see it."""
    console = Console(stderr=True, highlight=False, no_color=bool(os.environ.get("NO_COLOR")) or None)
    # The file's own word: rich takes variables (FORCE_COLOR) for a terminal too, and a log would fill with lines.
    if not console.file.isatty() or console.is_dumb_terminal:
        yield None
        return
    words = _Line()
    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        task = progress.add_task("starting", total=None)

        def tell(happening: Happening) -> None:
            progress.update(task, description=words.hear(happening))

        yield tell
