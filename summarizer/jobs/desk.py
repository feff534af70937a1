"""Where jobs are handed in, asked after, watched and withdrawn. The doors know this and nothing behind it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from summarizer import errors, metrics
from summarizer.contract import Answer, SummarizeRequest
from summarizer.jobs.journal import ENDED, Event, Journal, Row
from summarizer.jobs.queue import Load, Queue
from summarizer.jobs.runner import described, packed
from summarizer.pipeline import Unreadable

_GONE = "There is no job with this id, or it is not kept any more."
_LOOK_S = 5.0


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that was taken. `replayed`: by an earlier request with the same idempotency key."""

    id: str
    replayed: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Jobs of all tenants; nobody reaches another's. Errors: NotFound, StoreUnavailable, Overloaded, IdempotencyConflict."""

    journal: Journal
    queue: Queue

    async def hand_in(
        self,
        request: SummarizeRequest,
        *,
        tenant: str,
        unreadable: Sequence[Unreadable] = (),
        key: str | None = None,
        job: str | None = None,
    ) -> Taken:
        """Take a job. It is accepted when this returns, and not before.

        key: the caller's idempotency key; the same key with the same request is the same job. job: an id that the caller
        chose (it must not be guessable); a job that is there already is left as it is.
        """
        data = packed(request, unreadable)
        made = job or secrets.token_urlsafe(16)
        replayed = False
        if key is not None:
            fingerprint = hashlib.sha256(data).hexdigest()
            bound, made = await self.journal.once(tenant, "jobs " + key, fingerprint, made)
            if bound != fingerprint:
                raise errors.IdempotencyConflict(
                    "This Idempotency-Key came with another request before. Use a new key for a new request."
                )
        replayed = not await self.journal.create(made, tenant, data)
        if not replayed or (await self._row(made, tenant)).state not in ENDED:
            await self.queue.put(made)
        return Taken(made, replayed and key is not None)

    async def look(self, job: str, *, tenant: str) -> tuple[Row, Answer | None]:
        """A job as it stands, and its answer when it has one."""
        row = await self._row(job, tenant)
        if row.state != "succeeded":
            return row, None
        data = await self.journal.answer(job)
        return row, Answer.model_validate_json(data) if data is not None else None

    async def withdraw(self, job: str, *, tenant: str) -> None:
        """Cancel a job that has not ended; forget one that has."""
        row = await self._row(job, tenant)
        if row.state in ENDED:
            await self.journal.delete(job)
            return
        problem = errors.JobCancelled("The job was cancelled.")
        ended = await self.journal.end(job, "cancelled", "failed", json.dumps(described(problem)))
        if ended is not None:
            metrics.job_ended("cancelled", tenant, ended.seconds)
        await self.queue.cancel(job)

    async def watch(self, job: str, *, tenant: str, after: int = 0) -> AsyncGenerator[Event | None, None]:
        """Events after number `after`, until the last one; None now and then while nothing happens."""
        await self._row(job, tenant)
        seen = after
        while True:
            events = await self.journal.events(job, seen, _LOOK_S)
            for event in events:
                seen = event.number
                yield event
                if event.name in TERMINAL:
                    return
            if not events:
                row = await self._row(job, tenant)
                if row.state in ENDED and not await self.journal.events(job, seen, 0):
                    return
                yield None

    async def load(self) -> Load:
        """Jobs of all tenants that wait and that run. Raises StoreUnavailable."""
        return await self.queue.load()

    async def aclose(self) -> None:
        """Stop what this process runs, and close the connections."""
        await self.queue.aclose()
        with suppress(errors.StoreUnavailable):
            await self.journal.aclose()

    async def _row(self, job: str, tenant: str) -> Row:
        row = await self.journal.row(job)
        if row is None or row.tenant != tenant:
            raise errors.NotFound(_GONE)
        return row


TERMINAL = frozenset({"done", "failed", "interrupted"})
"""Exactly one of them ends every stream."""
