"""What is known of each job: its request, how far it is, its events in order, its answer. Two places behind one face.

A job may be run more than once (a worker died, a lease ran out), so every run has a delivery number, only the latest may
write, and the first end wins: whoever comes later is told and stops. Everything expires; what cannot be read is not there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import redis.asyncio
import redis.exceptions
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from summarizer import errors
from summarizer.store import PREFIX, pack, unpack

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]
ENDED: frozenset[str] = frozenset({"succeeded", "failed", "cancelled"})


MOST_SPARED = 20
"""Attempts in a row that may end while they only wait without being counted: a bound for what computes while it waits."""

STRUCK_S = 300.0
"""So long it is remembered that an attempt at a job ended while it computed. Set by hand: a fleet whose workers die of something
else strikes several jobs a minute (tests/chaos.py: 20), one bad job strikes itself every lease."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a job. `number` counts from 1 within the job; `data` is JSON text."""

    number: int
    name: str
    data: str


@dataclass(frozen=True, slots=True)
class Row:
    """A job as it stands. `progress` is the data of the latest stage event, `problem` that of the error it ended with."""

    id: str
    tenant: str
    state: State
    deliveries: int = 0
    progress: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt at a job.

    fruitless: attempts in a row, this one included, that got no further than those before and did not end while they only
    waited: what dies then dies of something else.
    """

    number: int
    fruitless: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that has just ended, for the first time. `seconds` since it was handed in."""

    seconds: float


class Journal(Protocol):
    """Where jobs are written down. Every method may raise `errors.StoreUnavailable`. Times in seconds."""

    async def create(self, job: str, tenant: str, request: bytes) -> bool:
        """Write a job down as queued; False if it is there already."""
        ...

    async def once(self, tenant: str, key: str, fingerprint: str, job: str) -> tuple[str, str]:
        """Bind an idempotency key to a fingerprint and a job, unless it is bound; gives what it is bound to now."""
        ...

    async def row(self, job: str) -> Row | None: ...

    async def request(self, job: str) -> bytes | None: ...

    async def begin(self, job: str) -> Delivery | None:
        """Start an attempt; None if there is nothing to do (any more)."""
        ...

    async def note(self, job: str, delivery: int, name: str, data: str, *, further: bool = False) -> bool:
        """Append an event; False if another attempt has begun or the job has ended. `further`: this attempt was of use."""
        ...

    async def waits(self, job: str, delivery: int, waiting: bool) -> None:
        """Note whether this attempt only waits, for a model or for a time to pass, or computes."""
        ...

    async def struck(self, job: str) -> int:
        """Note that an attempt at this job ended while it computed; how many other jobs met with that in the last `STRUCK_S`."""
        ...

    async def end(self, job: str, state: State, name: str, data: str, answer: bytes | None = None) -> Ended | None:
        """The last event and the final state; None if the job had ended before, or is gone."""
        ...

    async def events(self, job: str, after: int, wait_s: float) -> Sequence[Event]:
        """Events with higher numbers than `after`; waits up to `wait_s` for one."""
        ...

    async def answer(self, job: str) -> bytes | None: ...

    async def delete(self, job: str) -> bool: ...

    async def aclose(self) -> None: ...


# -- in this process ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Job:
    tenant: str
    request: bytes
    until: float
    since: float
    state: State = "queued"
    deliveries: int = 0
    fruitless: int = 0
    waiting: bool = False
    spared: int = 0
    progress: str | None = None
    problem: str | None = None
    answer: bytes | None = None
    events: list[Event] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class MemoryJournal:
    """Jobs of this process, gone with it. At most `most` jobs are kept; the oldest ended ones go first."""

    def __init__(self, *, ttl_s: float, most: int = 1_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._ttl_s, self._most, self._clock = ttl_s, most, clock
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._keys: OrderedDict[tuple[str, str], tuple[str, str, float]] = OrderedDict()
        self._struck: dict[str, float] = {}

    async def create(self, job: str, tenant: str, request: bytes) -> bool:
        if self._find(job) is not None:
            return False
        self._make_room()
        now = self._clock()
        self._jobs[job] = _Job(tenant, request, now + self._ttl_s, now)
        return True

    async def once(self, tenant: str, key: str, fingerprint: str, job: str) -> tuple[str, str]:
        now = self._clock()
        while self._keys and (next(iter(self._keys.values()))[2] <= now or len(self._keys) > 10 * self._most):
            self._keys.popitem(last=False)
        bound = self._keys.setdefault((tenant, key), (fingerprint, job, now + self._ttl_s))
        return bound[0], bound[1]

    async def row(self, job: str) -> Row | None:
        found = self._find(job)
        if found is None:
            return None
        return Row(job, found.tenant, found.state, found.deliveries, found.progress, found.problem)

    async def request(self, job: str) -> bytes | None:
        found = self._find(job)
        return found.request if found is not None and found.request else None

    async def begin(self, job: str) -> Delivery | None:
        found = self._find(job)
        if found is None or found.state in ENDED:
            return None
        found.state = "running"
        found.deliveries += 1
        found.spared += found.waiting
        found.fruitless += 0 if found.waiting and found.spared <= MOST_SPARED else 1
        found.waiting = False
        return Delivery(found.deliveries, found.fruitless)

    async def note(self, job: str, delivery: int, name: str, data: str, *, further: bool = False) -> bool:
        found = self._find(job)
        if found is None or found.state in ENDED or found.deliveries != delivery:
            return False
        if further:
            found.fruitless = found.spared = 0
        if name == "stage":
            found.progress = data
        self._append(found, name, data)
        return True

    async def waits(self, job: str, delivery: int, waiting: bool) -> None:
        found = self._find(job)
        if found is not None and found.deliveries == delivery:
            found.waiting = waiting

    async def struck(self, job: str) -> int:
        now = self._clock()
        self._struck = {name: at for name, at in self._struck.items() if at > now - STRUCK_S} | {job: now}
        return len(self._struck) - 1

    async def end(self, job: str, state: State, name: str, data: str, answer: bytes | None = None) -> Ended | None:
        found = self._find(job)
        if found is None or found.state in ENDED:
            return None
        found.state, found.answer, found.request = state, answer, b""
        found.problem = data if name == "failed" else None
        now = self._clock()
        found.until = now + self._ttl_s
        self._append(found, name, data)
        return Ended(now - found.since)

    async def events(self, job: str, after: int, wait_s: float) -> Sequence[Event]:
        found = self._find(job)
        if found is None:
            return ()
        if len(found.events) <= after and found.state not in ENDED and wait_s > 0:
            changed = found.changed
            try:
                async with asyncio.timeout(wait_s):
                    await changed.wait()
            except TimeoutError:
                return ()
        return tuple(found.events[after:])

    async def answer(self, job: str) -> bytes | None:
        found = self._find(job)
        return found.answer if found is not None else None

    async def delete(self, job: str) -> bool:
        found = self._jobs.pop(job, None)
        if found is not None:
            found.changed.set()
        return found is not None

    async def aclose(self) -> None:
        """Nothing to close."""

    def _find(self, job: str) -> _Job | None:
        found = self._jobs.get(job)
        if found is not None and found.until <= self._clock():
            del self._jobs[job]
            return None
        return found

    def _append(self, found: _Job, name: str, data: str) -> None:
        found.events.append(Event(len(found.events) + 1, name, data))
        found.changed.set()
        found.changed = asyncio.Event()

    def _make_room(self) -> None:
        if len(self._jobs) < self._most:
            return
        now = self._clock()
        for name in [name for name, kept in self._jobs.items() if kept.until <= now]:
            del self._jobs[name]
        for name in [name for name, kept in self._jobs.items() if kept.state in ENDED]:
            if len(self._jobs) < self._most:
                return
            del self._jobs[name]
        if len(self._jobs) >= self._most:
            raise errors.Overloaded(
                f"{self._most} jobs wait already. Try again later, or run workers with REDIS_URL.", retry_after=5
            )


# -- in Redis -----------------------------------------------------------------------------------------------------------

# Milliseconds by the clock of Redis, the only one that all processes share.
_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""
# KEYS: the job's hash. ARGV: milliseconds to live, tenant, request.
_CREATE = f"""{_NOW}
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'tenant', ARGV[2], 'request', ARGV[3], 'deliveries', 0, 'fruitless', 0, 'events', 0,
    'since', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
"""
# KEYS: the job's hash. ARGV: the most attempts that are spared.
_BEGIN = """
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'end') == 1 then return {0, 0} end
local more = 1
if redis.call('HGET', KEYS[1], 'waiting') == '1' and redis.call('HINCRBY', KEYS[1], 'spared', 1) <= tonumber(ARGV[1]) then
    more = 0
end
redis.call('HSET', KEYS[1], 'waiting', '0')
return {redis.call('HINCRBY', KEYS[1], 'deliveries', 1), redis.call('HINCRBY', KEYS[1], 'fruitless', more)}
"""
# KEYS: the job's hash. ARGV: delivery, "1" or "0". A job that is gone has no deliveries, so it is not made again.
_WAITS = """
if redis.call('HGET', KEYS[1], 'deliveries') == ARGV[1] then redis.call('HSET', KEYS[1], 'waiting', ARGV[2]) end
return 1
"""
# KEYS: jobs by when they were struck. ARGV: the job, milliseconds to remember it.
_STRUCK = f"""{_NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[2]))
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1]) - 1
"""
# KEYS: the job's hash, its events. ARGV: milliseconds to live, delivery, name, data, "1" for further.
_NOTE = """
if redis.call('HEXISTS', KEYS[1], 'end') == 1 or redis.call('HGET', KEYS[1], 'deliveries') ~= ARGV[2] then return 0 end
local number = redis.call('HINCRBY', KEYS[1], 'events', 1)
redis.call('XADD', KEYS[2], number .. '-0', 'name', ARGV[3], 'data', ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
if ARGV[3] == 'stage' then redis.call('HSET', KEYS[1], 'progress', ARGV[4]) end
if ARGV[5] == '1' then redis.call('HSET', KEYS[1], 'fruitless', 0, 'spared', 0) end
return 1
"""
# KEYS: the job's hash, its events, its answer. ARGV: milliseconds to live, state, name, data, answer (may be empty).
# Answers with the milliseconds since the job was handed in, -1 if this is not its first end.
_END = f"""{_NOW}
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'end') == 1 then return -1 end
local number = redis.call('HINCRBY', KEYS[1], 'events', 1)
redis.call('HSET', KEYS[1], 'end', ARGV[2])
if ARGV[3] == 'failed' then redis.call('HSET', KEYS[1], 'problem', ARGV[4]) end
redis.call('HDEL', KEYS[1], 'request')
redis.call('XADD', KEYS[2], number .. '-0', 'name', ARGV[3], 'data', ARGV[4])
if ARGV[5] ~= '' then redis.call('SET', KEYS[3], ARGV[5], 'PX', ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return math.max(0, now - tonumber(redis.call('HGET', KEYS[1], 'since') or now))
"""

_WAIT_S = 5.0  # for one blocking read; a connection that is silent for longer than this and the timeout is dead


class RedisJournal:
    """Jobs in Redis or Valkey, for any number of processes; keys under `summarizer:job:`, all with a time to live.

    Requests and answers are framed as `store` frames them (compressed, with a checksum). Nothing that is read is run.
    """

    def __init__(self, url: str, *, ttl_s: float, connect_s: float = 1.0, timeout_s: float = 3.0) -> None:
        self._ttl_ms = max(1, round(ttl_s * 1000))
        self._limit_s = connect_s + timeout_s
        try:
            self._redis = self._client(url, connect_s, timeout_s)
            # Its own connections: a reader that waits for events must not hold one that others need.
            self._waiting = self._client(url, connect_s, timeout_s + _WAIT_S)
        except (ValueError, redis.exceptions.RedisError):
            raise errors.StoreUnavailable("REDIS_URL is not one that Redis knows.") from None
        self._create = self._redis.register_script(_CREATE)
        self._begin = self._redis.register_script(_BEGIN)
        self._note = self._redis.register_script(_NOTE)
        self._end = self._redis.register_script(_END)
        self._waits = self._redis.register_script(_WAITS)
        self._struck = self._redis.register_script(_STRUCK)

    @staticmethod
    def _client(url: str, connect_s: float, timeout_s: float) -> redis.asyncio.Redis:
        client: redis.asyncio.Redis = redis.asyncio.Redis.from_url(
            url,
            socket_connect_timeout=connect_s,
            socket_timeout=timeout_s,
            retry=Retry(NoBackoff(), 1),
            decode_responses=False,
        )
        return client

    async def create(self, job: str, tenant: str, request: bytes) -> bool:
        frame = await pack(request)
        async with self._asking():
            return bool(await self._create(keys=[_key(job)], args=[self._ttl_ms, tenant, frame]))

    async def once(self, tenant: str, key: str, fingerprint: str, job: str) -> tuple[str, str]:
        digest = hashlib.sha256(json.dumps([tenant, key]).encode()).hexdigest()
        name = f"{PREFIX}idempotency:{digest}"
        async with self._asking():
            bound = await self._redis.set(
                name, json.dumps([fingerprint, job]).encode(), nx=True, px=self._ttl_ms, get=True
            )
        if not isinstance(bound, bytes):
            return fingerprint, job
        earlier = json.loads(bound)
        return str(earlier[0]), str(earlier[1])

    async def row(self, job: str) -> Row | None:
        names = ("tenant", "deliveries", "end", "progress", "problem")
        async with self._asking():
            found: Any = await self._redis.hmget(_key(job), list(names))
        tenant, deliveries, end, progress, problem = (v.decode() if isinstance(v, bytes) else None for v in found)
        if tenant is None:
            return None
        runs = int(deliveries or 0)
        state: Any = end or ("running" if runs else "queued")
        return Row(job, tenant, state, runs, progress, problem)

    async def request(self, job: str) -> bytes | None:
        async with self._asking():
            frame: Any = await self._redis.hget(_key(job), "request")
        return await unpack(frame) if isinstance(frame, bytes) else None

    async def begin(self, job: str) -> Delivery | None:
        async with self._asking():
            number, fruitless = await self._begin(keys=[_key(job)], args=[MOST_SPARED])
        return Delivery(int(number), int(fruitless)) if number else None

    async def note(self, job: str, delivery: int, name: str, data: str, *, further: bool = False) -> bool:
        async with self._asking():
            return bool(
                await self._note(
                    keys=[_key(job), _key(job, "events")],
                    args=[self._ttl_ms, delivery, name, data, "1" if further else "0"],
                )
            )

    async def waits(self, job: str, delivery: int, waiting: bool) -> None:
        async with self._asking():
            await self._waits(keys=[_key(job)], args=[delivery, "1" if waiting else "0"])

    async def struck(self, job: str) -> int:
        async with self._asking():
            return int(await self._struck(keys=[f"{PREFIX}jobs-struck"], args=[job, round(STRUCK_S * 1000)]))

    async def end(self, job: str, state: State, name: str, data: str, answer: bytes | None = None) -> Ended | None:
        frame = await pack(answer) if answer is not None else b""
        async with self._asking():
            ms = int(
                await self._end(
                    keys=[_key(job), _key(job, "events"), _key(job, "answer")],
                    args=[self._ttl_ms, state, name, data, frame],
                )
            )
        return Ended(ms / 1000) if ms >= 0 else None

    async def events(self, job: str, after: int, wait_s: float) -> Sequence[Event]:
        block = round(min(wait_s, _WAIT_S) * 1000)
        async with self._asking(self._limit_s + _WAIT_S):
            found: Any = await self._waiting.xread(
                {_key(job, "events"): f"{after}-0"}, block=block if block > 0 else None
            )
        rows = [row for _, rows in _pairs(found) for row in rows]
        return tuple(
            Event(int(number.split(b"-")[0]), fields[b"name"].decode(), fields[b"data"].decode())
            for number, fields in rows
        )

    async def answer(self, job: str) -> bytes | None:
        async with self._asking():
            frame: Any = await self._redis.get(_key(job, "answer"))
        return await unpack(frame) if isinstance(frame, bytes) else None

    async def delete(self, job: str) -> bool:
        async with self._asking():
            return bool(await self._redis.delete(_key(job), _key(job, "events"), _key(job, "answer")))

    async def aclose(self) -> None:
        for client in (self._redis, self._waiting):
            async with self._asking():
                await client.aclose()

    @asynccontextmanager
    async def _asking(self, limit_s: float | None = None) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(limit_s or self._limit_s):
                yield
        except (redis.exceptions.RedisError, OSError, TimeoutError) as error:
            code = str(error).split(" ", 1)[0][:20] if isinstance(error, redis.exceptions.ResponseError) else ""
            raise errors.StoreUnavailable(
                f"Redis refuses ({code}): check its memory limit and what the user in REDIS_URL may do."
                if code
                else "Redis does not answer: check REDIS_URL and that the server runs.",
                retry_after=2,
            ) from None


def _key(job: str, part: str = "") -> str:
    # Braces: one slot of a cluster for all keys of a job, since the scripts touch several.
    return f"{PREFIX}job:{{{job}}}" + (f":{part}" if part else "")


def _pairs(found: Any) -> Sequence[tuple[Any, Any]]:
    """XREAD answers with a list of pairs, or with a mapping in the newer protocol."""
    if not found:
        return ()
    if isinstance(found, dict):
        return [(name, rows[0] if rows and isinstance(rows[0], list) else rows) for name, rows in found.items()]
    return [(name, rows) for name, rows in found]
