"""What the command line says, and how it writes: results to stdout or a file, talk to stderr."""

from __future__ import annotations

import json
import os
import re
import secrets
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
    """Write a file whole or not at all: whoever is interrupted keeps what was there before."""
    try:
        if path.exists() and not path.is_file():
            path.write_text(
                text, encoding="utf-8", newline="\n"
            )  # a pipe or a device: there is nothing to put in its place
        else:
            _replace(path.resolve(), text)
    except OSError as error:
        raise errors.SummarizerError(f"{path} cannot be written: {error.strerror}.") from None
    say(f"written to {path}")


def _replace(path: Path, text: str) -> None:
    half = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        with half.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            half.chmod(path.stat().st_mode & 0o7777)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


# What JSON may hold as it stands and a terminal may obey: DEL, C1 controls, direction, separators, tags.
_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]")


def json_text(value: object) -> str:
    """JSON for people to read, in which no terminal finds anything to obey; the same value for every program."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def width() -> int:
    return min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)


def colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
