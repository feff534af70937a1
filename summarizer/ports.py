"""The outside things as the pipeline sees them: two small protocols and what travels over them. No client is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


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
