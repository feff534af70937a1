"""What every test gets: a clean environment, no network but loopback, and, for those that ask, a Redis server of its own.

redis_url    URL of a real server, started once on a free loopback port, empty at the start of each test
own_redis    a server for this test alone, which it may kill and start again
free_port    a loopback port that nobody listens on
clean_env    (every test) no variable of ours or of the model's is set; the user's folders are empty ones
blocked      (every test) a list of attempts to reach another machine; a test that leaves one in it fails

On a laptop a missing redis-server skips the tests that need it. With CI=true it is a failure.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from tests import redis_server
from tests.redis_server import RedisServer

IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")

# The same examples on every run, so a red run can be repeated and `make test` is green for everybody or for nobody; no
# database, so nothing depends on an earlier run. New examples are looked for by HYPOTHESIS_PROFILE=explore.
# No deadline in either: the machines that run this are slow and shared, and a slow example is not a wrong one.
hypothesis_settings.register_profile("ci", max_examples=300, derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("dev", max_examples=50, derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("explore", max_examples=300, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "dev"))


# --- no network but loopback -------------------------------------------------------------------------------------------


class OutsideNetworkError(RuntimeError):
    """A test tried to reach another machine. Not an OSError, so that no code takes it for a server that is down."""


_attempts: list[str] = []


def _is_here(host: object) -> bool:
    """Whether an address or a name means this machine. None and "" are what a server binds to."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _refuse(what: str) -> OutsideNetworkError:
    _attempts.append(what)
    return OutsideNetworkError(f"{what}: tests reach nothing but loopback")


def _guard_address(family: int, address: Any) -> None:
    if family == getattr(socket, "AF_UNIX", None):
        return
    if not _is_here(address[0]):
        raise _refuse(f"connection to {address[0]} port {address[1]}")


def _block_network() -> Callable[[], None]:
    """Replace what Python code reaches other machines with, for the whole run. Gives what puts it back."""
    connect, connect_ex, sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
    lookups = {name: getattr(socket, name) for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex")}

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _guard_address(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _guard_address(self.family, address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, data: Any, *rest: Any) -> int:
        _guard_address(self.family, rest[-1])
        return sendto(self, data, *rest)

    def guarded(name: str) -> Callable[..., Any]:
        def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(host, str) and host.endswith(".invalid"):
                # Reserved (RFC 2606) never to exist: what a resolver would say, without asking one.
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            try:
                numeric = ipaddress.ip_address(str(host).partition("%")[0]) is not None
            except ValueError:
                numeric = False  # an address needs no resolver; whether it may be reached is connect's business
            if not numeric and not _is_here(host):
                raise _refuse(f"lookup of {host}")
            return lookups[name](host, *args, **kwargs)

        return lookup

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket.socket, "sendto", guarded_sendto)
    for name in lookups:
        patch.setattr(socket, name, guarded(name))
    return patch.undo


_unblock: Callable[[], None] | None = None


def pytest_configure() -> None:
    """Before anything of ours is imported by a test file."""
    global _unblock
    _unblock = _block_network()
    # tiktoken would look there before asking the network, and a filled folder would hide that it must ask.
    for name in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    if _unblock is not None:
        _unblock()


@pytest.fixture(autouse=True)
def blocked() -> Iterator[list[str]]:
    """The attempts of this test to leave the machine. They are errors even where the code under test swallowed them."""
    _attempts.clear()
    yield _attempts
    left = list(_attempts)
    _attempts.clear()
    assert not left, f"the test tried to leave the machine: {left}"


# --- a clean environment -----------------------------------------------------------------------------------------------

_OURS = ("OPENAI_", "SUMMARIZER_", "SLACK_", "REDIS_")


@pytest.fixture(autouse=True)
def clean_env(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No setting of the person who runs the tests leaks into them. Gives the empty home folder of this test."""
    for name in list(os.environ):
        if name.upper().startswith(_OURS):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable, folder in (("XDG_CACHE_HOME", ".cache"), ("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".data")):
        monkeypatch.setenv(variable, str(home / folder))
    return home


# --- servers -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def free_port() -> int:
    """A loopback port that nobody listened on a moment ago."""
    return redis_server.free_port()


@pytest.fixture(scope="session")
def redis_program() -> None:
    """There is a Redis to be started."""
    if redis_server.program() is None:
        reason = "needs redis-server (e.g. apt-get install redis-server)"
        if IN_CI:
            pytest.fail(f"{reason}; in CI a missing part is a failure")
        pytest.skip(reason)


@pytest.fixture(scope="session")
def _shared_redis(redis_program: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def redis_url(_shared_redis: RedisServer) -> str:
    """URL of a real, empty Redis. Other tests use the same server before and after: do not kill it (see own_redis)."""
    _shared_redis.flush()
    return _shared_redis.url


@pytest.fixture
def own_redis(redis_program: None, tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis for this test alone: `.url`, `.kill()`, `.start()`."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()
