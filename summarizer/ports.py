"""The outside things as the pipeline sees them: two small protocols and what travels over them. No client is imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `calls` are the attempts that reached the server, the last one included; tokens are summed over them."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    calls: int = 1


class LLM(Protocol):
    """Any chat model. `host` is where text goes; errors are `errors.ModelError` and `errors.DeadlineExceeded`."""

    model: str
    host: str | None

    async def complete(self, messages: Sequence[Message], *, max_tokens: int, deadline: float) -> Reply:
        """Ask once and get a whole, usable reply. `deadline` is in `time.monotonic()` seconds, retries included."""
        ...


class Store(Protocol):
    """Bytes by key, with a time to live in seconds. Every method may raise `errors.StoreUnavailable`."""

    async def get(self, key: str) -> bytes | None: ...

    async def set(self, key: str, value: bytes, ttl_s: float) -> None: ...

    async def delete(self, key: str) -> bool: ...

    async def ping(self) -> None: ...


@runtime_checkable
class Leases(Store, Protocol):
    """A store that several processes share, and that can say which of them is at something. `token`: who is asking."""

    async def take(self, key: str, token: str, ttl_s: float) -> str | None:
        """Hold the key for `ttl_s` seconds if nobody does: None. Else the token of the one who holds it."""
        ...

    async def renew(self, key: str, token: str, ttl_s: float) -> bool:
        """Hold it for longer; False if it is held by somebody else, or by nobody any more."""
        ...

    async def release(self, key: str, token: str) -> None:
        """Let go of it, if it is still held by this token."""
        ...


StageName = Literal["read", "model", "verify", "render"]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a request is: a stage begins with `done` 0 and is over when `done` is `total`.

    `model` counts the planned calls (not the turns that mend a reply); every other stage is one piece. A request without
    a model has no stage `model`, one that is answered from the cache has none at all.
    """

    name: StageName
    done: int
    total: int


Happening = Stage
"""What the pipeline tells while it works. Later kinds join here as a union."""

Tell = Callable[[Happening], None]
"""Hears what happens, in order, on the event loop; it must not block. What it raises is dropped."""


def quiet(tell: Tell | None) -> Tell:
    """`tell` that never raises, and that may be called when nobody listens."""
    if tell is None:
        return _unheard
    heard = tell

    def said(happening: Happening) -> None:
        try:
            heard(happening)
        except Exception:  # noqa: BLE001 - a listener that breaks must not break the answer that others wait for
            return

    return said


def _unheard(_: Happening) -> None:
    return
