"""Money: what a request may still spend (`Purse`), and what a caller may spend in a day (`Budget`). Millionths of a dollar.

A request sets its bound aside before it asks a model (`reserve`), and gives back what it did not need (`settle`). Inside,
each attempt takes its own bound out of the request's purse first, so retries too stay within what was set aside.
A server that dies in between leaves its reserve counted until the day ends: nobody knows what of it was spent.

Days are those of UTC. Where money is counted in Redis and Redis is away, nothing is spent.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

import redis.asyncio
import redis.exceptions
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from summarizer import errors

DAY_S = 86_400
PREFIX = "summarizer:spent:"
_KEPT_S = 2 * DAY_S  # a counter outlives its day by as much as clocks and requests may lag, and no longer


@dataclass(slots=True)
class Purse:
    """What one request may still spend, shared by its calls. `left`: None is without end. `spent`: so far."""

    left: int | None = None
    spent: int = 0

    def take(self, most: int) -> bool:
        """Set the bound of one attempt aside; False if there is not so much."""
        if self.left is None:
            return True
        if most > self.left:
            return False
        self.left -= most
        return True

    def settle(self, most: int, cost: int) -> None:
        """After the attempt: give back what it did not need."""
        self.spent += cost
        if self.left is not None:
            self.left += most - cost


_purse: ContextVar[Purse | None] = ContextVar("purse", default=None)


def purse() -> Purse | None:
    """The purse of the request that is being served, if it has one."""
    return _purse.get()


@contextmanager
def carrying(held: Purse) -> Iterator[Purse]:
    """Calls to models in this block, and in the tasks that it starts, are paid out of `held`."""
    token = _purse.set(held)
    try:
        yield held
    finally:
        _purse.reset(token)


class Ledger(Protocol):
    """Where it is counted what each tenant has spent on each day."""

    async def add(self, rows: tuple[tuple[str, int | None], ...], micro_usd: int, mark: str) -> int | None:
        """Add to each row's counter unless one would pass its limit; that row's index then. Once for each mark."""
        ...

    async def spent(self, row: str) -> int: ...


class Budget:
    """What callers may spend in a day. `each`: of one tenant; `total`: of all together; None is without end."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        each: int | None,
        total: int | None = None,
        # Only the wall clock knows the day. It decides what may be spent, never what an answer says.
        clock: Callable[[], float] = time.time,  # noqa: TID251
    ) -> None:
        self._ledger, self._each, self._total, self._clock = ledger, each, total, clock

    @asynccontextmanager
    async def reserve(self, tenant: str, micro_usd: int) -> AsyncIterator[Purse]:
        """Set `micro_usd` aside for the block, which pays out of the purse; the rest is given back at the end, once.

        Raises BudgetSpent if that is more than is left today, BudgetUnavailable if nobody can tell.
        """
        now = self._clock()
        day = int(now // DAY_S)
        rows = ((f"{day}:{_name(tenant)}", self._each), (f"{day}", self._total))
        over = await self._ledger.add(rows, micro_usd, secrets.token_hex(8))
        if over is not None:
            limit = rows[over][1] or 0
            whose = "This caller has" if over == 0 else "The callers of this server have"
            raise errors.BudgetSpent(
                f"{whose} no {micro_usd / 1e6:.6f} USD left of the {limit / 1e6:.6f} USD for today (UTC): send less, come back "
                'tomorrow, or ask for engine "extractive", which costs nothing.',
                retry_after=(day + 1) * DAY_S - now,
                extra={"limit": limit / 1e6, "cost_usd": micro_usd / 1e6},
            )
        held = Purse(left=micro_usd)
        try:
            with carrying(held):
                yield held
        finally:
            # Shielded: a caller who hangs up must not leave the reserve behind.
            await asyncio.shield(self._settle(rows, held.spent - micro_usd))

    async def spent(self, tenant: str) -> int:
        """What a tenant has spent today, reserves included. Raises BudgetUnavailable."""
        return await self._ledger.spent(f"{int(self._clock() // DAY_S)}:{_name(tenant)}")

    async def _settle(self, rows: tuple[tuple[str, int | None], ...], change: int) -> None:
        try:
            await self._ledger.add(tuple((row, None) for row, _ in rows), change, secrets.token_hex(8))
        except errors.BudgetUnavailable:
            return  # the reserve stays counted until the day ends: too much, never too little


class MemoryLedger:
    """In this process; forgotten when it ends."""

    def __init__(self) -> None:
        self._spent: dict[str, int] = {}

    async def add(self, rows: tuple[tuple[str, int | None], ...], micro_usd: int, mark: str) -> int | None:
        for index, (row, limit) in enumerate(rows):
            if limit is not None and self._spent.get(row, 0) + micro_usd > limit:
                return index
        today = rows[0][0].partition(":")[0]
        for old in [row for row in self._spent if int(row.partition(":")[0]) < int(today) - 1]:
            del self._spent[old]
        for row, _ in rows:
            self._spent[row] = self._spent.get(row, 0) + micro_usd
        return None

    async def spent(self, row: str) -> int:
        return self._spent.get(row, 0)


class RedisLedger:
    """In Redis, for several servers. One script does it all, so two servers never both see the last dollar."""

    # KEYS: the mark, then the rows. ARGV: amount, seconds to keep, then a limit for each row ("" is none).
    # Answers -1, or the index of the row that would pass its limit. A script that is sent twice, because its answer was
    # lost, counts once.
    _SCRIPT = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return -1 end
        local amount = tonumber(ARGV[1])
        for i = 2, #KEYS do
            local limit = tonumber(ARGV[i + 1])
            if limit and tonumber(redis.call('GET', KEYS[i]) or '0') + amount > limit then return i - 2 end
        end
        for i = 2, #KEYS do
            redis.call('INCRBY', KEYS[i], ARGV[1])
            redis.call('EXPIRE', KEYS[i], ARGV[2])
        end
        redis.call('SET', KEYS[1], '1', 'EX', 60)
        return -1
    """

    def __init__(self, url: str, *, connect_s: float = 1.0, timeout_s: float = 2.0) -> None:
        self._limit_s = connect_s + timeout_s
        self._redis = redis.asyncio.Redis.from_url(
            url,
            socket_connect_timeout=connect_s,
            socket_timeout=timeout_s,
            retry=Retry(NoBackoff(), 1),
            decode_responses=False,
        )
        self._script = self._redis.register_script(self._SCRIPT)

    async def add(self, rows: tuple[tuple[str, int | None], ...], micro_usd: int, mark: str) -> int | None:
        keys = [f"{PREFIX}mark:{mark}", *(PREFIX + row for row, _ in rows)]
        limits = ["" if limit is None else limit for _, limit in rows]
        async with self._asking():
            over = int(await self._script(keys=keys, args=[micro_usd, _KEPT_S, *limits]))
        return None if over < 0 else over

    async def spent(self, row: str) -> int:
        async with self._asking():
            return int(await self._redis.get(PREFIX + row) or 0)

    async def aclose(self) -> None:
        """Close the connections."""
        async with self._asking():
            await self._redis.aclose()

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._limit_s):
                yield
        except (redis.exceptions.RedisError, OSError, TimeoutError, ValueError):
            raise errors.BudgetUnavailable(
                "What has been spent today is counted in Redis, and Redis does not answer: nothing is spent until it does. "
                'Ask for engine "extractive", or try again.',
                retry_after=5,
            ) from None


def _name(tenant: str) -> str:
    """A tenant in a key: of one length, and without characters of its own."""
    return hashlib.sha256(tenant.encode("utf-8", "surrogatepass")).hexdigest()[:32]
