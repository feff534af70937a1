"""What the command line says, and how it writes: results to stdout or a file, talk to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from summarizer import errors, render

# Lines longer than this are hard to read, however wide the terminal is.
_WIDEST = 110


def line(text: str) -> str:
    """One line that obeys nobody: file names and details may hold what others wrote."""
    return render.escape.quoted(text)


def say(text: str) -> None:
    """A line of talk on stderr; a stderr that nobody reads is no reason to fail."""
    try:
        sys.stderr.write(f"{line(text)}\n")
        sys.stderr.flush()
    except OSError:
        pass


def put(text: str) -> None:
    """The result on stdout. A reader that went away (`| head`) is no error, and the exit code stays what it was."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at its end; there it must find something that takes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def save(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise errors.SummarizerError(f"{path} cannot be written: {error.strerror}.") from None
    say(f"written to {path}")


def width() -> int:
    return min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)


def colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
