"""The outside things as the pipeline sees them: two small protocols and what travels over them. No client is imported."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `calls` are the attempts that reached the server, the last one included; tokens are summed over them.

    micro_usd: what all of them cost in millionths of a dollar, None if the price is not known. model, host: who answered and
    where, when it was not the one that was asked; why: the code of the error for which another was asked.
    """

    text: str
    prompt_tokens: int
    completion_tokens: int
    calls: int = 1
    micro_usd: int | None = None
    model: str | None = None
    host: str | None = None
    why: str | None = None


Heard = Callable[[str], None]
"""Hears the text of a reply so far, on the event loop; it must not block. A text that is shorter than the one before is that
of another attempt."""


class LLM(Protocol):
    """Any chat model. `host` is where text goes; errors are `errors.ModelError` and `errors.DeadlineExceeded`."""

    model: str
    host: str | None

    async def complete(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
    ) -> Reply:
        """Ask once and get a whole, usable reply. `deadline` is in `time.monotonic()` seconds, retries included.

        heard: gets the text so far, again and again while it comes in; a model that cannot stream never calls it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: where it was found in the end, its media type, its bytes."""

    url: str
    kind: str
    data: bytes


class Fetch(Protocol):
    """Gets pages by their URL. Errors are `errors.NotFetched`."""

    async def fetch(self, url: str) -> Fetched: ...


class Store(Protocol):
    """Bytes by key, with a time to live in seconds. Every method may raise `errors.StoreUnavailable`."""

    async def get(self, key: str) -> bytes | None: ...

    async def set(self, key: str, value: bytes, ttl_s: float) -> None: ...

    async def delete(self, key: str) -> bool: ...

    async def ping(self) -> None: ...


@runtime_checkable
class Copies(Store, Protocol):
    """A store that can keep a value under a second key without sending it to and fro."""

    async def get_and_copy(self, key: str, to: str, ttl_s: float) -> bytes | None:
        """The value, which is kept under `to` as well, for `ttl_s` seconds (more than 0); None if there is none (any more)."""
        ...


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


@dataclass(frozen=True, slots=True)
class FactVerified:
    """A statement that passed the checks, as the answer would show it (`contract.FactOut`); `number` counts from 1.

    Its place, agreement and stances are those of the moment.
    """

    number: int
    fact: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FactWithdrawn:
    """A statement that was told and does not stand in the answer."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SoFar:
    """Inside the pipeline: the canonical answer (`contract.Answer`) that the facts so far would make. It leaves as
    `FactVerified`, with the numbers and names of each caller."""

    answer: Any


Happening = Stage | FactVerified | FactWithdrawn | SoFar
"""What the pipeline tells while it works."""

Tell = Callable[[Happening], None]
"""Hears what happens, in order, on the event loop; it must not block. What it raises is dropped."""


def told(happening: Happening) -> tuple[str, str]:
    """A happening as the name and the JSON text of an event (DESIGN: `stage`, `fact`, `fact_withdrawn`)."""
    if isinstance(happening, FactVerified):
        return "fact", json.dumps({"number": happening.number, "fact": happening.fact}, ensure_ascii=False)
    if isinstance(happening, FactWithdrawn):
        return "fact_withdrawn", json.dumps({"number": happening.number, "text": happening.text}, ensure_ascii=False)
    if isinstance(happening, SoFar):
        raise TypeError("SoFar never leaves the pipeline")
    return "stage", json.dumps({"name": happening.name, "done": happening.done, "total": happening.total})


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
