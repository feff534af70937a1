"""Where answers are kept: bytes by key, with a time to live. Three places behind one face (`ports.Store`).

`MemoryStore` in this process, `DiskStore` in one file between runs of the command line, `RedisStore` for several servers.
All are bounded, none runs code that it reads, and what cannot be read is as good as not there. Whoever uses a store must
live without it: everything that goes wrong is `errors.StoreUnavailable`.
"""

from __future__ import annotations

import asyncio
import math
import os
import sqlite3
import time
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import redis.asyncio
import redis.exceptions
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from summarizer import errors

PREFIX = "summarizer:"
# A frame says what the bytes are: our mark, a checksum, and whether they are compressed.
_MARK = b"cs1"
# Below a kilobyte, compression saves less than a frame of network costs.
_COMPRESS_FROM = 1_000
# Larger values are compressed on another thread: at about 50 MB/s these take more than a millisecond of everybody's time.
_THREAD_FROM = 64_000
# Between two searches of a full memory for what has expired: 50,000 entries take some 10 ms. Set by hand.
_SWEEP_S = 1.0
# No value of ours unpacks to more: the largest request allowed is 20 MB.
_MOST_UNPACKED = 100_000_000


class MemoryStore:
    """In this process. The least recently used goes first when there are too many entries or bytes (as kept, compressed).

    Defaults: 64 MB, which a small container can spare, decide how much is kept; the number of entries only bounds what their
    keys take besides. Both set by hand.
    """

    def __init__(
        self, *, max_entries: int = 50_000, max_bytes: int = 64_000_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._max_entries, self._max_bytes, self._clock = max_entries, max_bytes, clock
        self._entries: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._bytes = 0
        self._swept = -math.inf

    async def get(self, key: str) -> bytes | None:
        """The value, or None if there is none (any more)."""
        found = self._entries.get(key)
        if found is None:
            return None
        if found[1] <= self._clock():
            self._drop(key)
            return None
        self._entries.move_to_end(key)
        return await unpack(found[0])

    async def get_and_copy(self, key: str, to: str, ttl_s: float) -> bytes | None:
        """The value, which is kept under `to` as well; None if there is none (any more)."""
        value = await self.get(key)
        found = self._entries.get(key)
        if value is not None and found is not None:
            self._keep(to, found[0], ttl_s)
        return value

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep a value for `ttl_s` seconds (0 or less: not at all). StoreUnavailable: it alone is larger than the store."""
        self._keep(key, await pack(value), ttl_s)

    def _keep(self, key: str, frame: bytes, ttl_s: float) -> None:
        self._drop(key)
        if ttl_s <= 0:
            return
        _must_fit(len(frame), self._max_bytes)
        now = self._clock()
        self._entries[key] = (frame, now + ttl_s)
        self._bytes += len(frame)
        if self._too_full() and now >= self._swept + _SWEEP_S:
            self._swept = now
            for expired in [name for name, (_, until) in self._entries.items() if until <= now]:
                self._drop(expired)
        while self._too_full():
            self._drop(next(iter(self._entries)))

    async def delete(self, key: str) -> bool:
        """Forget a key; whether there was a value."""
        found = self._entries.get(key)
        self._drop(key)
        return found is not None and found[1] > self._clock()

    async def ping(self) -> None:
        """Always there."""

    async def aclose(self) -> None:
        """Nothing to close."""

    def _too_full(self) -> bool:
        return len(self._entries) > self._max_entries or self._bytes > self._max_bytes

    def _drop(self, key: str) -> None:
        found = self._entries.pop(key, None)
        if found is not None:
            self._bytes -= len(found[0])


class DiskStore:
    """One SQLite file in a folder, readable by its owner only; safe with several processes. Bounded like `MemoryStore`.

    A file that is no database (any more) is replaced by an empty one: it is a cache. SQLite blocks, so it runs on a thread;
    each operation opens the file anew, which costs a fraction of a millisecond and leaves nothing to close.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_entries: int = 2_000,
        max_bytes: int = 256_000_000,
        # Between runs only the wall clock goes on. It decides how long an answer is kept, never what it says.
        clock: Callable[[], float] = time.time,  # noqa: TID251
        busy_s: float = 2.0,
    ) -> None:
        self.path = folder / "answers.sqlite3"
        self._max_entries, self._max_bytes, self._clock, self._busy_s = max_entries, max_bytes, clock, busy_s

    async def get(self, key: str) -> bytes | None:
        """The value, or None if there is none (any more), or it cannot be read."""
        frame = await asyncio.to_thread(self._get, key)
        return None if frame is None else await unpack(frame)

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep a value for `ttl_s` seconds (0 or less: not at all). StoreUnavailable: too large, or the disk says no."""
        if ttl_s <= 0:
            await self.delete(key)
            return
        frame = await pack(value)
        _must_fit(len(frame), self._max_bytes)
        await asyncio.to_thread(self._set, key, frame, ttl_s)

    async def delete(self, key: str) -> bool:
        """Forget a key; whether there was a value."""
        return await asyncio.to_thread(self._delete, key)

    async def ping(self) -> None:
        """StoreUnavailable if the file cannot be written."""
        await asyncio.to_thread(self._ping)

    async def aclose(self) -> None:
        """Nothing to close."""

    def _get(self, key: str) -> bytes | None:
        with self._open() as database:
            now = self._clock()
            row = database.execute("SELECT value FROM answers WHERE key = ? AND until > ?", (key, now)).fetchone()
            if row is None:
                return None
            database.execute("UPDATE answers SET used = ? WHERE key = ?", (now, key))
            return row[0] if isinstance(row[0], bytes) else None

    def _set(self, key: str, frame: bytes, ttl_s: float) -> None:
        with self._open() as database:
            now = self._clock()
            database.execute("DELETE FROM answers WHERE until <= ?", (now,))
            database.execute(
                "INSERT OR REPLACE INTO answers (key, value, size, until, used) VALUES (?, ?, ?, ?, ?)",
                (key, frame, len(frame), now + ttl_s, now),
            )
            entries, size = database.execute("SELECT count(*), coalesce(sum(size), 0) FROM answers").fetchone()
            if entries <= self._max_entries and size <= self._max_bytes:
                return
            oldest = database.execute(
                "SELECT key, size FROM answers WHERE key != ? ORDER BY used, key", (key,)
            ).fetchall()
            for name, length in oldest:
                if entries <= self._max_entries and size <= self._max_bytes:
                    break
                database.execute("DELETE FROM answers WHERE key = ?", (name,))
                entries, size = entries - 1, size - length

    def _delete(self, key: str) -> bool:
        with self._open() as database:
            gone = (
                database.execute("DELETE FROM answers WHERE key = ? AND until > ?", (key, self._clock())).rowcount > 0
            )
            database.execute("DELETE FROM answers WHERE key = ?", (key,))
            return gone

    def _ping(self) -> None:
        with self._open() as database:
            database.execute("DELETE FROM answers WHERE until <= ?", (self._clock(),))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction, written when the block ends without an error."""
        try:
            try:
                database = self._connect()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self._replace()
                database = self._connect()
            with closing(database), database:
                yield database
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self._replace()  # pages that only this query met are damaged: the next one finds an empty file
            raise errors.StoreUnavailable(
                f"The cache at {self.path} cannot be used ({type(error).__name__}): check the folder and its free space, or "
                "name another one in SUMMARIZER_CACHE_DIR."
            ) from None

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made by us first, so that no moment passes in which others may read it. SQLite gives its journal the same mode.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        database = sqlite3.connect(self.path, timeout=self._busy_s)
        try:
            # secure_delete: what is forgotten is overwritten. synchronous: after a power cut the file may be damaged and is
            # replaced; for a cache that is worth not waiting for the disk (70 ms a write where it was measured).
            database.execute("PRAGMA secure_delete = ON")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA auto_vacuum = FULL")
            database.execute(
                "CREATE TABLE IF NOT EXISTS answers"
                " (key TEXT PRIMARY KEY, value BLOB NOT NULL, size INTEGER NOT NULL, until REAL NOT NULL, used REAL NOT NULL)"
            )
        except BaseException:
            database.close()
            raise
        return database

    def _replace(self) -> None:
        for name in (self.path.name, f"{self.path.name}-journal"):
            (self.path.parent / name).unlink(missing_ok=True)


# Each is one step for everybody who looks on: nobody can take, renew or release between its lines.
_TAKE = "if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end return redis.call('get', KEYS[1])"
_RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0"
_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
_COPY = "local v = redis.call('get', KEYS[1]) if v then redis.call('set', KEYS[2], v, 'PX', ARGV[1]) end return v"


class RedisStore:
    """Redis or Valkey at a URL, keys under `summarizer:`. How much is kept is the server's `maxmemory`; all keys expire.

    One second to connect and two for an answer: a store that is slower than that is slower than doing without. A value that
    we did not write, or that is damaged, is as good as not there.
    """

    def __init__(self, url: str, *, connect_s: float = 1.0, timeout_s: float = 2.0) -> None:
        self._limit_s = connect_s + timeout_s
        try:
            self._redis = redis.asyncio.Redis.from_url(
                url,
                socket_connect_timeout=connect_s,
                socket_timeout=timeout_s,
                # A connection that the server closed while it lay idle is opened again once; no more waiting than that.
                retry=Retry(NoBackoff(), 1),
                decode_responses=False,
            )
            self._take, self._renew, self._release, self._copy = map(
                self._redis.register_script, (_TAKE, _RENEW, _RELEASE, _COPY)
            )
        except (ValueError, redis.exceptions.RedisError):
            raise errors.StoreUnavailable(
                "REDIS_URL is not one that Redis knows: write redis://host:6379/0 (rediss:// for TLS, unix:// for a socket)."
            ) from None

    async def get(self, key: str) -> bytes | None:
        """The value, or None if there is none (any more), or it is not one of ours."""
        async with self._asking():
            frame = await self._redis.get(PREFIX + key)
        return await unpack(frame) if isinstance(frame, bytes) else None

    async def get_and_copy(self, key: str, to: str, ttl_s: float) -> bytes | None:
        """The value, which is kept under `to` as well; None if there is none (any more). One question to the server."""
        async with self._asking():
            frame = await self._copy(keys=[PREFIX + key, PREFIX + to], args=[max(1, round(ttl_s * 1000))])
        return await unpack(frame) if isinstance(frame, bytes) else None

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep a value for `ttl_s` seconds (0 or less: not at all)."""
        if ttl_s <= 0:
            await self.delete(key)
            return
        frame = await pack(value)
        async with self._asking():
            await self._redis.set(PREFIX + key, frame, px=max(1, round(ttl_s * 1000)))

    async def delete(self, key: str) -> bool:
        """Forget a key; whether there was a value."""
        async with self._asking():
            return bool(await self._redis.delete(PREFIX + key))

    async def ping(self) -> None:
        """StoreUnavailable if the server does not answer."""
        async with self._asking():
            await self._redis.ping()

    async def take(self, key: str, token: str, ttl_s: float) -> str | None:
        """Hold the key for `ttl_s` seconds if nobody does: None. Else the token of the one who holds it."""
        async with self._asking():
            holder = await self._take(keys=[PREFIX + key], args=[token, max(1, round(ttl_s * 1000))])
        return holder.decode("utf-8", "replace") if isinstance(holder, bytes) else None

    async def renew(self, key: str, token: str, ttl_s: float) -> bool:
        """Hold it for longer; False if it is held by somebody else, or by nobody any more."""
        async with self._asking():
            return bool(await self._renew(keys=[PREFIX + key], args=[token, max(1, round(ttl_s * 1000))]))

    async def release(self, key: str, token: str) -> None:
        """Let go of it, if it is still held by this token."""
        async with self._asking():
            await self._release(keys=[PREFIX + key], args=[token])

    async def aclose(self) -> None:
        """Close the connections."""
        async with self._asking():
            await self._redis.aclose()

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._limit_s):
                yield
        except redis.exceptions.AuthenticationError:
            detail = "Redis refuses the user or the password in REDIS_URL: correct it."
        except redis.exceptions.ResponseError as error:
            # `error` begins with a code such as OOM, NOPERM or WRONGTYPE; what follows may quote us.
            code = str(error).split(" ", 1)[0][:20]
            detail = f"Redis refuses ({code}): check its memory limit and what the user in REDIS_URL may do."
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            detail = "Redis does not answer: check REDIS_URL and that the server runs."
        else:
            return
        raise errors.StoreUnavailable(detail)


def _must_fit(size: int, limit: int) -> None:
    if size > limit:
        raise errors.StoreUnavailable(f"The answer takes {size} bytes and the cache holds {limit}: it is not kept.")


async def pack(value: bytes) -> bytes:
    """A value in the frame in which stores keep it: our mark, a checksum, compressed when that pays."""
    return _pack(value) if len(value) < _THREAD_FROM else await asyncio.to_thread(_pack, value)


async def unpack(frame: bytes) -> bytes | None:
    """The value in a frame that `pack` made; None if it is not one of ours or is damaged."""
    return _unpack(frame) if len(frame) < _THREAD_FROM else await asyncio.to_thread(_unpack, frame)


def _pack(value: bytes) -> bytes:
    kind, payload = (b"z", zlib.compress(value, 1)) if len(value) > _COMPRESS_FROM else (b"-", value)
    return _MARK + kind + zlib.crc32(payload).to_bytes(4, "big") + payload


def _unpack(frame: bytes) -> bytes | None:
    """The value in a frame; None if it is not one of ours or is damaged."""
    mark, kind, checksum, payload = frame[:3], frame[3:4], frame[4:8], frame[8:]
    if mark != _MARK or zlib.crc32(payload).to_bytes(4, "big") != checksum:
        return None
    if kind == b"-":
        return payload
    if kind != b"z":
        return None
    unpacker = zlib.decompressobj()
    try:
        value = unpacker.decompress(payload, _MOST_UNPACKED)
    except zlib.error:
        return None
    return value if unpacker.eof else None
