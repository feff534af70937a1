"""Runs what README.md and docs/ show, and puts the real output under it.

    python tools/docs_output.py            run every page and say which shown output is not the real one (exit code 1)
    python tools/docs_output.py --write    put the real output into the pages
    python tools/docs_output.py README.md  the same for some pages only

What a fenced block is, is told by its language and by an HTML comment on the line above it:

    ```sh, ```python               run, in a folder of the page's own that has `examples` and `.venv`; must end with 0
    <!-- file: NAME -->            written to that folder
    <!-- output -->                what the block before printed to stdout
    <!-- output: RANGES -->        parts of it; `[...]` stands where lines are left out
    <!-- not run: REASON -->       shown only

RANGES are joined by `|`. Each begins at `^` (the first line) or "TEXT" (the next line that begins so), and ends before
another "TEXT", after `+N` lines, or at `$` (the last line).

`summarizer serve` is started on a free port and stopped at the end of the page; `make TARGET` runs the target's own command,
without the installing; addresses of model servers lead to a small one of ours on loopback. Nothing leaves the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVER = "http://127.0.0.1:8321"
# As the pages write them; each is led to the model server of this file.
MODEL_SERVERS = (
    "http://127.0.0.1:11434/v1",
    "http://127.0.0.1:8000/v1",
    "https://YOUR-RESOURCE.openai.azure.com/openai/v1",
)
MODELS = ("gpt-4.1-mini", "gpt-4.1", "llama3.1:8b", "your-model", "your-deployment")
CUT = "[...]"
# Tables of measurements; the commands that make them take minutes and say so there.
NUMBERS = frozenset({"evaluation.md", "benchmarks.md"})
_BLOCK_S = (
    90  # one command takes 2 to 5 seconds; a machine that is busy with other tests has been seen to need ten times that
)
_START_S = 60


class Wrong(AssertionError):
    """A page shows something that does not run, or is marked in a way that cannot be followed."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block. `first`, `last`: indices of the lines of its content in the page (`last` excluded).

    mark: `file`, `output`, `not run` or "" (none); argument: what stands behind the colon of the mark.
    """

    page: str
    language: str
    text: str
    first: int
    last: int
    mark: str
    argument: str

    @property
    def place(self) -> str:
        """`README.md:12`."""
        return f"{self.page}:{self.first}"


_FENCE = re.compile(r"^```(\w*)\s*$")
_MARK = re.compile(r"^<!--\s*(file|output|not run)\s*(?::\s*(.*?))?\s*-->$")


def pages() -> list[str]:
    """The pages that are run, README first, as paths from the root."""
    found = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name not in NUMBERS)
    return ["README.md", *(f"docs/{name}" for name in found)]


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page. Wrong: a fence that is not closed."""
    lines = (ROOT / page).read_text("utf-8").split("\n")
    found: list[Block] = []
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        at += 1
        if fence is None:
            continue
        first = at
        while at < len(lines) and lines[at] != "```":
            at += 1
        if at == len(lines):
            raise Wrong(f"{page}:{first}: the block has no end")
        mark = _MARK.match(lines[first - 2]) if first >= 2 else None
        kind, argument = (mark[1], mark[2] or "") if mark else ("", "")
        found.append(Block(page, fence[1], "\n".join(lines[first:at]) + "\n", first, at, kind, argument))
        at += 1
    return found


# --- running -----------------------------------------------------------------------------------------------------------


def run(page: str, redis_url: str = "") -> list[tuple[Block, str]]:
    """Run a page from top to bottom. Gives each output block with what really belongs there. Wrong: a block that fails.

    redis_url: in place of the Redis that the page names; "": a page that names one fails.
    """
    found = blocks(page)
    results: list[tuple[Block, str]] = []
    with tempfile.TemporaryDirectory() as name, _model_server() as model:
        shop = _Shop(Path(name), model, redis_url)
        try:
            printed = ""
            for block in found:
                if block.mark == "not run":
                    continue
                if block.mark == "file":
                    (shop.folder / block.argument).write_text(block.text, "utf-8")
                elif block.mark == "output":
                    results.append((block, shown(printed, block)))
                elif block.language in ("sh", "python"):
                    printed = shop.run(block)
                else:
                    raise Wrong(f"{block.place}: a block of {block.language or 'no language'} needs a mark")
        finally:
            shop.close()
    return results


class _Shop:
    """The folder of one page, what runs in it, and its server."""

    def __init__(self, folder: Path, model: str, redis_url: str) -> None:
        self.folder = folder
        self._model = model
        self._redis = redis_url
        self._port = _free_port()
        self._server: subprocess.Popen[bytes] | None = None
        (folder / "examples").symlink_to(ROOT / "examples")
        (folder / ".venv").symlink_to(sys.prefix)
        self._environment = {
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(folder / ".cache"),
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "COLUMNS": "80",
            "SUMMARIZER_PORT": str(self._port),
        }

    def run(self, block: Block) -> str:
        """The stdout of one block, as a reader would see it."""
        text = self._moved(block)
        environment = dict(self._environment)
        if "OPENAI_API_KEY=" in text and "OPENAI_BASE_URL=" not in text:
            environment["OPENAI_BASE_URL"] = self._model
        if block.language == "python":
            command = [sys.executable, "-c", text]
        elif re.search(r"^(\w+=\S+ )*summarizer serve\b", text, re.MULTILINE):
            served = re.sub(r"^((?:\w+=\S+ )*summarizer serve)", r"exec env \1", text, flags=re.MULTILINE)
            self._start(["sh", "-ec", served], block)
            return ""
        else:
            command = ["sh", "-ec", text]
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=environment, capture_output=True, timeout=_BLOCK_S, check=False
            )
        except subprocess.TimeoutExpired:
            raise Wrong(f"{block.place}: no end after {_BLOCK_S} seconds") from None
        if done.returncode:
            told = (done.stdout[-1000:] + done.stderr[-3000:]).decode("utf-8", "replace")
            raise Wrong(f"{block.place}: exit code {done.returncode}\n{text}\n{told}")
        return done.stdout.decode("utf-8").replace(f"127.0.0.1:{self._port}", "127.0.0.1:8321")

    def _moved(self, block: Block) -> str:
        """The block with what lies outside the page's folder put inside it."""
        text = block.text.replace(SERVER, f"http://127.0.0.1:{self._port}")
        for address in MODEL_SERVERS:
            text = text.replace(address, self._model)
        if "redis://" in text:
            if not self._redis:
                raise Wrong(f"{block.place}: needs a Redis")
            text = re.sub(r"redis://[\w.:/]+", self._redis, text)
        return re.sub(r"^make (\S+)$", lambda found: recipe(found[1]), text, flags=re.MULTILINE)

    def _start(self, command: Sequence[str], block: Block) -> None:
        if self._server is not None:
            self.close()
        log = self.folder / "server.log"
        with log.open("wb") as out:
            self._server = subprocess.Popen(command, cwd=self.folder, env=self._environment, stdout=out, stderr=out)
        end = time.monotonic() + _START_S
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/healthz", timeout=2):
                    return
            except OSError:
                if self._server.poll() is not None or time.monotonic() > end:
                    raise Wrong(f"{block.place}: the server did not start\n{log.read_text('utf-8')[-2000:]}") from None
                time.sleep(0.1)

    def close(self) -> None:
        """Stop the server, if one was started."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None


def recipe(target: str) -> str:
    """What `make TARGET` runs when everything is installed. Wrong: there is no such target, or it runs nothing of ours."""
    make = shutil.which("make")
    if make is None:
        raise Wrong("make is not installed")
    done = subprocess.run(
        [make, "--dry-run", "--silent", "--no-print-directory", target], cwd=ROOT, capture_output=True, check=False
    )
    lines = [line.lstrip("@") for line in done.stdout.decode().splitlines()]
    ours = [line for line in lines if re.match(r"\.venv/bin/(?!uv\b|python -m pip\b)", line)]
    if done.returncode or not ours:
        raise Wrong(f"make {target}: {done.stderr.decode().strip() or 'runs nothing of ours'}")
    return "\n".join(ours)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _model_server() -> Iterator[str]:
    """A model that repeats the first sentences that it is sent, with their ids, behind an OpenAI-compatible server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


class _Model(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """The list of models."""
        self._send({"object": "list", "data": [{"id": name, "object": "model"} for name in MODELS]})

    def do_POST(self) -> None:
        """A chat completion."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        sent = re.findall(r"^([a-z]{2,3}\d+) (.+?)[.]$", body["messages"][1]["content"], re.MULTILINE)
        lines = [f"{text} {{{name}}}." for name, text in sent[:3]]
        reply = "\n".join(["SUMMARY", *lines, "DISPUTES", "none", "HEADLINE", lines[0] if lines else "none"])
        message = {"role": "assistant", "content": reply}
        self._send(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
            }
        )

    def _send(self, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the standard library
        """Nothing."""


# --- outputs -----------------------------------------------------------------------------------------------------------

_CHANGING = (
    (re.compile(r'("id": )"[A-Za-z0-9_-]{22}"'), r'\1"wIF57KBgS7gN2Z095LdbaA"'),
    (re.compile(r'("request_id": ?)"[0-9a-f]{32}"'), r'\1"4f1d0c5e9b7a4c2d8e6f3a1b5c7d9e0f"'),
    (re.compile(r"\bin \d+\.\d+s\b"), "in 0.50s"),
)
"""What is another one each time: ids and times."""


def shown(printed: str, block: Block) -> str:
    """What a page shows of an output: the ranges that its mark names, `[...]` for the lines between them."""
    for pattern, fixed in _CHANGING:
        printed = pattern.sub(fixed, printed)
    lines = [line.rstrip() for line in printed.rstrip().split("\n")]
    if not block.argument:
        return "\n".join(lines) + "\n"
    out: list[str] = []
    at = 0
    for part in block.argument.split("|"):
        first, last = _range(part.strip(), lines, at, block)
        if first > at:
            out.append(CUT)
        out += lines[first:last]
        at = last
    if at < len(lines):
        out.append(CUT)
    return "\n".join(out) + "\n"


_RANGE = re.compile(r'^(?:\^|"(?P<text>[^"]+)") (?:\+(?P<count>\d+)|(?P<end>\$)|"(?P<until>[^"]+)")$')


def _range(part: str, lines: Sequence[str], at: int, block: Block) -> tuple[int, int]:
    found = _RANGE.match(part)
    if found is None:
        raise Wrong(f"{block.place}: {part!r} is no range")

    def line(text: str, after: int) -> int:
        for number in range(after, len(lines)):
            if lines[number].startswith(text):
                return number
        raise Wrong(f"{block.place}: no line of the output begins with {text!r}")

    first = line(found["text"], at) if found["text"] else 0
    if found["count"]:
        return first, min(first + int(found["count"]), len(lines))
    return first, len(lines) if found["end"] else line(found["until"], first + 1)


def differences(results: Sequence[tuple[Block, str]]) -> list[tuple[Block, str]]:
    """The output blocks that show something else than the real output."""
    return [(block, real) for block, real in results if block.text != real]


def write(page: str, results: Sequence[tuple[Block, str]]) -> None:
    """Put the real outputs into a page."""
    path = ROOT / page
    lines = path.read_text("utf-8").split("\n")
    for block, real in sorted(results, key=lambda one: -one[0].first):
        lines[block.first : block.last] = real.rstrip("\n").split("\n")
    path.write_text("\n".join(lines), "utf-8")


def main() -> int:
    """Exit code 0: every page shows what it should, or was made to."""
    parser = argparse.ArgumentParser(description="Run what the pages show, and compare or write the output.")
    parser.add_argument("pages", nargs="*", help="default: README.md and docs/*.md")
    parser.add_argument("--write", action="store_true", help="put the real output into the pages")
    parser.add_argument("--redis", default="", help="URL of an empty Redis, for pages that use one")
    asked = parser.parse_args()
    failed = False
    for page in asked.pages or pages():
        try:
            found = differences(run(page, asked.redis))
        except Wrong as wrong:
            print(wrong)
            failed = True
            continue
        if asked.write:
            write(page, found)
        for block, _ in found:
            print(f"{block.place}: {'written' if asked.write else 'not the real output'}")
        failed = failed or (bool(found) and not asked.write)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
