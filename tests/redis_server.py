"""A real Redis for tests, for jobs under fire and for the crowd: loopback, a free port, ended by whoever started it."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import redis


def program() -> str | None:
    """The redis-server (or valkey-server) of this machine."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RedisServer:
    """A server on a free loopback port, its files in `folder`. options: of redis.conf; without any it keeps nothing on disk."""

    def __init__(self, folder: Path, **options: str) -> None:
        self._folder = folder
        self._options = {"bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": str(folder)} | options
        self.port = free_port()
        self._known = False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it (again, after `kill` or `stop`, on the same port) and wait until it answers.

        A free port may be another program's a moment later: the first time another one is tried then, up to three.
        """
        for left in (2, 1, 0):
            self._run()
            if self._answers():
                self._known = True
                return
            self.kill()
            if self._known or not left:
                raise RuntimeError((self._folder / "redis.log").read_text("utf-8", "replace")[-2_000:])
            self.port = free_port()

    def _run(self) -> None:
        options = {"port": str(self.port)} | self._options
        command = [
            program() or "redis-server",
            *(part for name, value in options.items() for part in (f"--{name}", value)),
        ]
        with (self._folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def _answers(self) -> bool:
        end = time.monotonic() + 30  # it answers in 0.1 s; a busy CI machine has been seen to need a second
        while self._process is not None and self._process.poll() is None and time.monotonic() < end:
            try:
                with redis.Redis.from_url(self.url, socket_timeout=1) as client:
                    client.ping()
                return True
            except redis.RedisError:
                time.sleep(0.02)
        return False

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Send it a signal, and wait for its end."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(timeout=20)
            self._process = None

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.stop(signal.SIGKILL)

    def flush(self) -> None:
        """Forget everything. Only ever said to this server."""
        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            client.flushdb()
