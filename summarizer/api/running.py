"""How many requests are worked on at once. More are told to come back rather than made to wait for each other.

A server that takes everything serves everybody late. So there is room for so many, a short queue before it, and beyond that
an answer at once: 503 with `Retry-After`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from summarizer import errors
from summarizer.settings import Settings

WAIT_S = 0.25
"""The longest wait for room: less than most requests take, so that waiting does not double what a caller sees. Set by hand."""

_RETRY_AFTER_S = 2
"""Set by hand: in two seconds most of what runs now is done."""

_WITH_MODEL, _WITHOUT = 64, 16
"""Requests for each processor, set by hand: they bound memory and connections. With a model a request mostly waits, for the model
or for an equal one that asks it. Who computes when, and who would wait too long for that, is for `pipeline.turns` to say."""


class Room:
    """Room for `most` requests at once, and as many that wait for up to `wait_s` seconds."""

    def __init__(self, most: int, *, wait_s: float = WAIT_S) -> None:
        self.most, self._wait_s = most, wait_s
        self._free = asyncio.Semaphore(most)
        self.waiting = 0

    def look(self) -> None:
        """Raise Overloaded if there is no use in waiting."""
        if self.full:
            raise self._full()

    @property
    def full(self) -> bool:
        """Whether all places are taken, and as many wait already."""
        return self._free.locked() and self.waiting >= self.most

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """A place for the block. Raises Overloaded."""
        await self.take()
        try:
            yield
        finally:
            self.leave()

    async def take(self) -> None:
        """Take a place, which `leave` gives back. Raises Overloaded."""
        self.look()
        self.waiting += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError:
            raise self._full() from None
        finally:
            self.waiting -= 1

    def leave(self) -> None:
        """Give a place back."""
        self._free.release()

    def _full(self) -> errors.Overloaded:
        return errors.Overloaded(
            f"{self.most} requests are worked on already, as many as this server takes at once. Try again in a moment, or hand "
            "in a job: POST /jobs.",
            retry_after=_RETRY_AFTER_S,
        )


@dataclass(frozen=True, slots=True)
class Rooms:
    """Room for requests that ask a model, and for those that only compute: the quick ones wait for no slow ones."""

    asking: Room
    computing: Room

    def look(self) -> None:
        """Raise Overloaded if there is no use in waiting for either: asked before a body is read, which costs time too."""
        if self.asking.full and self.computing.full:
            self.asking.look()


def rooms(settings: Settings) -> Rooms:
    """The rooms that `settings` ask for."""
    processors = os.cpu_count() or 1
    return Rooms(
        asking=Room(settings.max_running or max(2, _WITH_MODEL * processors)),
        computing=Room(settings.max_running or max(2, _WITHOUT * processors)),
    )
