"""A reply that comes in pieces, put together as if it had come whole, so that one set of checks reads both.

What a stream can hide from a client that trusts it is kept visible: an end without a reason to stop, an error among the
pieces, pieces without a choice.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2

EVENTS = "text/event-stream"

_MOST_BYTES = 8_000_000
"""Of one reply with all that surrounds it: a thousand times the usual. A server that sends more has gone mad."""


class TooMuch(ValueError):
    """The server sends without an end."""


async def whole(response: httpx2.Response, heard: Callable[[str], None]) -> httpx2.Response:
    """The response as if it had been sent at once. `heard` gets the text so far each time that some comes in.

    Raises TooMuch, and what reading raises. A server that does not stream is read as it is.
    """
    if EVENTS not in response.headers.get("content-type", "").lower():
        await response.aread()
        return response
    gathered = _Gathered()
    size = 0
    async for line in response.aiter_lines():
        size += len(line)
        if size > _MOST_BYTES:
            raise TooMuch
        name, _, value = line.partition(":")
        if name == "data" and gathered.add(value.strip()):
            heard(gathered.text)
    return httpx2.Response(response.status_code, headers={"x-streamed": "1"}, json=gathered.body())


class _Gathered:
    """The pieces so far."""

    def __init__(self) -> None:
        self.text = ""
        self._refusal = ""
        self._finish: Any = None
        self._usage: Any = None
        self._error: Any = None
        self._choices = 0
        self._junk = False

    def add(self, data: str) -> bool:
        """Take one piece; whether it brought text."""
        if data == "[DONE]" or not data:
            return False
        try:
            piece = json.loads(data)
        except ValueError:
            self._junk = True
            return False
        if not isinstance(piece, dict):
            self._junk = True
            return False
        if piece.get("error"):
            self._error = piece["error"]
        if isinstance(piece.get("usage"), dict):
            self._usage = piece["usage"]
        choices = piece.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict):
            return False
        self._choices += 1
        if choice.get("finish_reason"):
            self._finish = choice["finish_reason"]
        delta = choice.get("delta") if isinstance(choice.get("delta"), dict) else choice.get("message")
        if not isinstance(delta, dict):
            return False
        if isinstance(delta.get("refusal"), str):
            self._refusal += delta["refusal"]
        written = delta.get("content")
        if not isinstance(written, str) or not written:
            return False
        self.text += written
        return True

    def body(self) -> dict[str, Any]:
        """The pieces as the body of a reply that was sent at once."""
        if self._error is not None:
            return {"error": self._error}
        # A piece that cannot be read may have held text or the end: without it nothing says that the reply is whole.
        finish = None if self._junk else self._finish
        message = {"role": "assistant", "content": self.text or None, "refusal": self._refusal or None}
        choices = [{"index": 0, "message": message, "finish_reason": finish}] if self._choices else []
        return {"object": "chat.completion", "choices": choices, "usage": self._usage}
