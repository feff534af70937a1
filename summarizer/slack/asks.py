"""What people asked for and have not got yet, written down so that another process can go on after a crash.

The store has no list, so there are so many numbered places in it. Whoever works on an ask holds a lease on it that ends by
itself; an ask whose lease is gone is taken up by whoever looks next. Two that take up the same one do no harm: they hand in
the same job and write the same message.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import asdict, dataclass, replace

from summarizer import errors
from summarizer.ports import Store
from summarizer.slack.chat import FileRef, Place

LEASE_S = 30.0
"""Seconds after which an ask that nobody renews is anybody's. Renewed four times in that time; set by hand."""

_PLACES = 64
"""Asks under way that survive a crash; what comes beyond is worked on all the same. Set by hand: each costs a read at every look."""

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask. `id`: the chat's own name for it; `job`: that of the work; `handle`: of the message that shows how far it is.

    whole_thread: the messages of the thread belong to it.
    """

    id: str
    job: str
    place: Place
    text: str = ""
    files: tuple[FileRef, ...] = ()
    whole_thread: bool = False
    handle: str = ""

    def written(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def read(data: bytes) -> Ask | None:
        """What `written` gave, or None for what another version wrote."""
        try:
            found = json.loads(data)
            files = tuple(FileRef(**one) for one in found.pop("files"))
            return Ask(**{**found, "place": Place(**found["place"]), "files": files})
        except (ValueError, TypeError, KeyError):
            return None


class Asks:
    """The places. Whatever goes wrong with the store is nobody's trouble here: the ask is worked on, and not written down."""

    def __init__(self, store: Store, *, ttl_s: float) -> None:
        self._store, self._ttl_s = store, ttl_s
        self._at: dict[str, str] = {}

    async def write(self, ask: Ask) -> None:
        """Write it down, or anew with its handle; and hold it."""
        try:
            at = self._at.get(ask.job) or await self._free(ask)
            if at is None:
                return
            self._at[ask.job] = at
            await self._store.set(at, ask.written(), self._ttl_s)
            await self.hold(ask.job)
        except errors.StoreUnavailable:
            return

    async def hold(self, job: str) -> None:
        """Renew the lease."""
        try:
            await self._store.set(_lease(job), b"1", LEASE_S)
        except errors.StoreUnavailable:
            return

    async def release(self, job: str) -> None:
        """Leave it to others, at once."""
        self._at.pop(job, None)
        try:
            await self._store.delete(_lease(job))
        except errors.StoreUnavailable:
            return

    async def close(self, job: str) -> None:
        """It is done."""
        at = self._at.pop(job, None)
        for key in (at, _lease(job)):
            try:
                if key is not None:
                    await self._store.delete(key)
            except errors.StoreUnavailable:
                continue

    async def left(self) -> list[Ask]:
        """Asks that nobody works on. Whoever gets them holds them."""
        found = []
        try:
            for data, at in await asyncio.gather(*(self._look(number) for number in range(_PLACES))):
                ask = Ask.read(data) if data is not None else None
                if ask is None or ask.job in self._at or await self._store.get(_lease(ask.job)) is not None:
                    continue
                self._at[ask.job] = at
                await self.hold(ask.job)
                found.append(ask)
        except errors.StoreUnavailable:
            pass
        return found

    async def _look(self, number: int) -> tuple[bytes | None, str]:
        at = f"slack-ask:{number}"
        return await self._store.get(at), at

    async def _free(self, ask: Ask) -> str | None:
        start = int(hashlib.sha256(ask.job.encode()).hexdigest()[:8], 16)
        for step in range(_TRIES):
            data, at = await self._look((start + step) % _PLACES)
            if at not in self._at.values() and (data is None or Ask.read(data) is None):
                return at
        return None


def with_handle(ask: Ask, handle: str) -> Ask:
    """The same ask, once its message stands."""
    return replace(ask, handle=handle)


def _lease(job: str) -> str:
    return f"slack-held:{job}"
