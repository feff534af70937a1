"""`summarizer batch`: many requests from a file, a line each; their answers into another, a line each.

With REDIS_URL the workers do the work; without, this process does. An output line tells the number of its input line and a
digest of it, so a run that was broken off is taken up where it stopped, and an input that changed is refused.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from summarizer import errors
from summarizer.api.body import read_json
from summarizer.contract import SummarizeRequest
from summarizer.jobs import Desk
from summarizer.services import open_desk, open_services
from summarizer.settings import Settings

_AT_ONCE = 64
"""Jobs that this process hands in ahead, so that workers never wait for it; more would only lie in Redis."""

_PATIENCE_S = 2.0
"""Between tries while Redis is away or the queue is full: a run of hours must not end for a minute."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int  # from 1
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def run(settings: Settings, source: Path, target: Path) -> tuple[int, int]:
    """Answer every line of `source` that `target` has not answered yet. Gives how many lines there are, and how many of
    them ended with an error.

    Raises InvalidRequest for a file that cannot be read or written, or a `target` that something else wrote.
    """
    done = _done(target)
    _make_whole(target)
    total = sum(1 for _ in _lines(source))
    with _progress() as progress:
        bar = progress.add_task("summaries", total=total)
        with target.open("a", encoding="utf-8") as out:

            def write(row: Mapping[str, Any]) -> None:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                out.flush()
                os.fsync(out.fileno())
                progress.advance(bar)

            failed = sum(failed for _, failed in done.values())
            todo = []
            for line in _lines(source):
                if line.number not in done:
                    todo.append(line)
                    continue
                if done[line.number][0] != line.digest:
                    raise errors.InvalidRequest(
                        f"{source}: line {line.number} is not the one that {target} has answered. Name another output file."
                    )
                progress.advance(bar)
            failed += asyncio.run(_all(settings, todo, write))
    return total, failed


async def _all(settings: Settings, todo: list[_Line], write: Any) -> int:
    failed = 0
    async with open_services(settings) as services:
        desk = open_desk(services, _silent)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(line: _Line) -> None:
            nonlocal failed
            async with gate:
                row = await _answered(desk, line)
            failed += "error" in row
            write(row)

        try:
            async with asyncio.TaskGroup() as group:
                for line in todo:
                    group.create_task(one(line))
        except* errors.SummarizerError as several:
            raise several.exceptions[0] from None
        finally:
            with suppress(errors.StoreUnavailable):
                await desk.aclose()
    return failed


async def _answered(desk: Desk, line: _Line) -> dict[str, Any]:
    """The output line for an input line: `answer`, or `error` with its code and what to do."""
    head: dict[str, Any] = {"line": line.number, "digest": line.digest}
    try:
        fields = json.loads(line.text)
        if isinstance(fields, dict) and "id" in fields:
            head["id"] = fields.pop("id")
        request = read_json(json.dumps(fields).encode(), SummarizeRequest)
    except (ValueError, RecursionError):
        return {**head, "error": {"code": "invalid_request", "detail": "The line is not JSON."}}
    except errors.SummarizerError as error:
        return {**head, "error": _told(error)}
    key = f"batch {line.number} {line.digest}"
    while True:
        try:
            taken = await desk.hand_in(request, tenant="", key=key)
            async for event in desk.watch(taken.id, tenant=""):
                if event is not None and event.name == "failed":
                    problem = json.loads(event.data)
                    return {**head, "error": {"code": problem["code"], "detail": problem["detail"]}}
            _, answer = await desk.look(taken.id, tenant="")
            if answer is not None:
                return {**head, "answer": answer.model_dump(mode="json")}
            return {
                **head,
                "error": {"code": "job_lost", "detail": "The answer is not kept any more: run this line again."},
            }
        except (errors.StoreUnavailable, errors.Overloaded) as error:
            await asyncio.sleep(error.retry_after or _PATIENCE_S)
        except errors.SummarizerError as error:
            return {**head, "error": _told(error)}


def _told(error: errors.SummarizerError) -> dict[str, Any]:
    return {
        "code": error.code,
        "detail": error.detail,
        **({"errors": error.extra["errors"]} if "errors" in error.extra else {}),
    }


def _lines(source: Path) -> Iterator[_Line]:
    """Lines that are not empty. `-` would be read twice, so it must be a file."""
    try:
        with source.open(encoding="utf-8-sig") as rows:
            for number, text in enumerate(rows, start=1):
                if text.strip():
                    yield _Line(number, text.strip())
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        raise errors.InvalidRequest(f"{source}: {reason}.") from None


def _done(target: Path) -> dict[int, tuple[str, bool]]:
    """The digest of every line that `target` has answered, and whether with an error. A last line cut short is not one."""
    found: dict[int, tuple[str, bool]] = {}
    if not target.exists():
        return found
    try:
        with target.open(encoding="utf-8") as rows:
            for text in rows:
                if not text.endswith("\n"):
                    break
                row = json.loads(text)
                found[int(row["line"])] = (str(row["digest"]), "error" in row)
    except (OSError, ValueError, KeyError, TypeError):
        raise errors.InvalidRequest(
            f"{target}: this file was not written by `summarizer batch`. Name another one."
        ) from None
    return found


def _make_whole(target: Path) -> None:
    """Cut a last line that a run left half-written."""
    if not target.exists():
        return
    data = target.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with target.open("r+b") as file:
            file.truncate(whole)


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def _silent(*_: Any, **__: Any) -> None:
    """What happens to each line stands in its output line."""
