"""Single flight: equal requests at once make one run, in one process and in several that share a store.

In one process the first request starts a task of its own and everybody waits for it; whoever leaves only stops waiting,
and when the last one has left the task is cancelled. Between processes the one that holds the lease runs, and the others
look, less and less often, for what it leaves behind; a holder that dies lets the lease run out, and one of them goes on.
A store that is away, or that is not shared, has no leases: then every process works alone.
"""

from __future__ import annotations

import asyncio
import copy
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from summarizer import errors
from summarizer.contract import Answer
from summarizer.ports import Happening, Leases, Store, Tell
from summarizer.values import Warning_

LEASE_S = 10.0
"""Seconds without a sign of life after which a holder counts as dead. Set by hand: two renewals in a row may fail."""
_RENEW_S = 3.0
_LANDED_S = 30.0  # how long an outcome waits for those who look for it; they look once a second at least
_FIRST_WAIT_S, _LONGEST_WAIT_S, _SLOWER = 0.05, 1.0, 1.5
_KEPT = b"kept"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave: the canonical answer, what went wrong with the store, and whether the cache has the answer.

    mine: the request that holds this value is the one that paid for it. texts: those that wait for it keep the texts once.
    """

    answer: Answer
    trouble: tuple[Warning_, ...] = ()
    kept: bool = False
    mine: bool = True
    texts: dict[str, asyncio.Task[None]] = field(default_factory=dict, compare=False, repr=False)


Work = Callable[[Tell], Awaitable[Run]]
Look = Callable[[bool], Awaitable[Run | None]]


@dataclass(eq=False, slots=True)
class _Flight:
    task: asyncio.Task[Run] | None = None
    waiting: int = 0
    told: list[Happening] = field(default_factory=list)
    listeners: list[Tell] = field(default_factory=list)

    def tell(self, happening: Happening) -> None:
        self.told.append(happening)
        for listener in tuple(self.listeners):
            listener(happening)


class Flights:
    """The runs that are under way in this process."""

    def __init__(self) -> None:
        self._flying: dict[str, _Flight] = {}

    async def join(self, key: str, work: Work, tell: Tell) -> Run:
        """Wait for the run of this key, and start it if there is none. A listener that comes late is told what was.

        Errors: those of `work`, the same for everybody who waits; what a failure cost is told to the first alone.
        """
        flight = self._flying.get(key)
        first = flight is None
        if flight is None:
            flight = self._flying[key] = _Flight()
            flight.task = asyncio.ensure_future(work(flight.tell))
            flight.task.add_done_callback(lambda task: self._ended(key, task))
        for happening in flight.told:
            tell(happening)
        assert flight.task is not None
        flight.listeners.append(tell)
        flight.waiting += 1
        try:
            run = await asyncio.shield(flight.task)
        except errors.ModelError as error:
            if first:
                raise
            raise _free(error) from None
        finally:
            flight.waiting -= 1
            flight.listeners.remove(tell)
            if not flight.waiting and not flight.task.done():
                # Nobody may join what is about to be cancelled.
                if self._flying.get(key) is flight:
                    del self._flying[key]
                flight.task.cancel()
        return run if first else replace(run, mine=False)

    def _ended(self, key: str, task: asyncio.Task[Run]) -> None:
        flight = self._flying.get(key)
        if flight is not None and flight.task is task:
            del self._flying[key]
        if not task.cancelled():
            task.exception()  # it was told to all who waited; the loop need not tell it again


def _free(error: errors.ModelError) -> errors.ModelError:
    """The same failure for one who has not paid for it."""
    free = copy.copy(error)
    free.calls = free.prompt_tokens = free.completion_tokens = 0
    free.micro_usd = 0
    return free


async def shared(key: str, store: Store, work: Callable[[], Awaitable[Run]], look: Look, deadline: float) -> Run:
    """`work`, unless another process that shares the store is at it: then what that one gives.

    look: finds the answer in the cache; told whether another one has only just kept it there. deadline: in `time.monotonic()`
    seconds; who has waited that long works alone, which gives what a deadline that has passed gives.
    """
    if not isinstance(store, Leases):
        return await work()
    token, lease = secrets.token_urlsafe(12), f"lease:{key}"
    holder: str | None = None
    found: Run | errors.SummarizerError | None = None
    wait = _FIRST_WAIT_S
    try:
        while True:
            other = await store.take(lease, token, LEASE_S)
            # Whoever held it may have landed since we last looked, and then let go.
            found = await _landed(holder, store, look) if holder is not None or other is None else None
            if found is not None:
                if other is None:
                    with suppress(errors.StoreUnavailable):
                        await store.release(lease, token)
                break
            if other is None:
                break
            left = deadline - time.monotonic()
            if left <= 0:
                return await work()
            holder = other
            await asyncio.sleep(min(wait, left))
            wait = min(wait * _SLOWER, _LONGEST_WAIT_S)
    except errors.StoreUnavailable:
        return await work()
    if isinstance(found, Run):
        return found
    if found is not None:
        raise found
    renewing = asyncio.create_task(_renew(store, lease, token))
    try:
        try:
            run = await work()
        except errors.Overloaded:
            raise  # of this process only: another one may have the time
        except errors.SummarizerError as error:
            await _land(store, token, _told(error))
            raise
        await _land(store, token, _KEPT if run.kept else _packed(run))
        return run
    finally:
        renewing.cancel()
        with suppress(errors.StoreUnavailable):
            await store.release(lease, token)


async def _renew(store: Leases, lease: str, token: str) -> None:
    while True:
        await asyncio.sleep(_RENEW_S)
        with suppress(errors.StoreUnavailable):
            await store.renew(lease, token, LEASE_S)


async def _land(store: Store, token: str, outcome: bytes) -> None:
    with suppress(errors.StoreUnavailable):
        await store.set(f"landed:{token}", outcome, _LANDED_S)


async def _landed(holder: str | None, store: Store, look: Look) -> Run | errors.SummarizerError | None:
    """What the last holder left behind; without one, what the cache has got since it was asked."""
    outcome = _KEPT if holder is None else await store.get(f"landed:{holder}")
    if outcome is None:
        return None
    if outcome == _KEPT:
        return await look(holder is not None)
    try:
        values = json.loads(outcome)
        if "error" in values:
            return _error(values)
        trouble = tuple(Warning_(code, message) for code, message in values["trouble"])
        return Run(Answer.model_validate(values["answer"]), trouble, mine=False)
    except (ValueError, KeyError, TypeError, ValidationError):  # written by another version
        return None


def _packed(run: Run) -> bytes:
    answer = run.answer.model_dump(mode="json", by_alias=True)
    return json.dumps({"answer": answer, "trouble": [(w.code, w.message) for w in run.trouble]}).encode()


def _told(error: errors.SummarizerError) -> bytes:
    values = {"error": type(error).__name__, "detail": error.detail, "retry": error.retry_after, "extra": error.extra}
    return json.dumps(values, default=str).encode()


def _error(values: dict[str, object]) -> errors.SummarizerError:
    """The error of another process, as one of ours: what it cost was paid there."""
    kinds = {kind.__name__: kind for kind in _kinds(errors.SummarizerError)}
    retry, extra = values["retry"], values["extra"]
    return kinds[str(values["error"])](
        str(values["detail"]),
        retry_after=retry if isinstance(retry, (int, float)) else None,
        extra=extra if isinstance(extra, dict) else None,
    )


def _kinds(root: type[errors.SummarizerError]) -> list[type[errors.SummarizerError]]:
    return [root, *(kind for below in root.__subclasses__() for kind in _kinds(below))]
