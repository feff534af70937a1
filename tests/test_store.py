"""Stores: three places, one behaviour. What cannot be read is not there; what cannot be reached is StoreUnavailable."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redis

from summarizer import errors, store
from summarizer.ports import Copies
from summarizer.store import DiskStore, MemoryStore, RedisStore

AnyStore = MemoryStore | DiskStore | RedisStore
LONG = b'{"text": "' + b"The ferry ran aground near the old pier. " * 500 + b'"}'


@dataclass
class FakeClock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["memory", "disk", "redis"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AnyStore]:
    """Each of the three in turn, empty."""
    made: AnyStore
    if request.param == "memory":
        made = MemoryStore()
    elif request.param == "disk":
        made = DiskStore(tmp_path / "cache")
    else:
        made = RedisStore(request.getfixturevalue("redis_url"))
    yield made
    await made.aclose()


# --- what all three do ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [b"", b"{}", b"\x00\xff", LONG, b"x" * 1_000, b"x" * 1_001, os.urandom(200_000)], ids=len
)
async def test_what_was_set_is_got(kept: AnyStore, value: bytes) -> None:
    assert await kept.get("k") is None
    await kept.set("k", value, 60)
    assert await kept.get("k") == value
    await kept.set("k", b"other", 60)
    assert await kept.get("k") == b"other"


async def test_deleting_tells_whether_there_was_something(kept: AnyStore) -> None:
    await kept.set("k", b"v", 60)
    await kept.set("other", b"w", 60)
    assert await kept.delete("k") is True
    assert await kept.get("k") is None
    assert await kept.delete("k") is False
    assert await kept.get("other") == b"w"


async def test_a_copy_is_a_value_of_its_own(kept: AnyStore) -> None:
    """It lives as long as was said, whatever becomes of the one that it was made of; without that one there is none."""
    if isinstance(kept, DiskStore):
        assert not isinstance(kept, Copies)  # one process reads and writes it: nothing is saved by copying inside
        return
    await kept.set("one", LONG, 60)
    assert await kept.get_and_copy("one", "two", 0.05) == LONG
    assert await kept.get_and_copy("one", "three", 60) == LONG
    assert await kept.delete("one")
    assert await kept.get("three") == LONG
    assert await kept.get_and_copy("one", "four", 60) is None
    assert await kept.get("four") is None
    await asyncio.sleep(0.1)
    assert await kept.get("two") is None


async def test_values_go_when_their_time_is_up(kept: AnyStore) -> None:
    await kept.set("short", b"v", 0.05)
    await kept.set("long", b"v", 60)
    await asyncio.sleep(0.1)
    assert await kept.get("short") is None
    assert await kept.delete("short") is False
    assert await kept.get("long") == b"v"


async def test_no_time_to_live_is_not_kept(kept: AnyStore) -> None:
    await kept.set("k", b"old", 60)
    await kept.set("k", b"new", 0)
    assert await kept.get("k") is None, "neither the new value nor the one that it was to replace"


async def test_any_key_will_do(kept: AnyStore) -> None:
    for key in ("a:b", "ключ", "k" * 1000, "'; DROP TABLE answers; --", " "):
        await kept.set(key, key.encode(), 60)
    for key in ("a:b", "ключ", "k" * 1000, "'; DROP TABLE answers; --", " "):
        assert await kept.get(key) == key.encode()


async def test_ping_is_quiet_when_all_is_well(kept: AnyStore) -> None:
    await kept.ping()


async def test_many_at_once(kept: AnyStore) -> None:
    async def one(number: int) -> None:
        await kept.set(f"k{number}", str(number).encode(), 60)
        assert await kept.get(f"k{number}") == str(number).encode()

    await asyncio.gather(*(one(number) for number in range(40)))


# --- frames --------------------------------------------------------------------------------------------------------------


def test_long_values_are_compressed() -> None:
    assert len(store._pack(LONG)) < len(LONG) / 10
    assert len(store._pack(b"short")) == len(b"short") + 8


@pytest.mark.parametrize("frame", [store._pack(LONG), store._pack(b"short")], ids=["compressed", "plain"])
def test_no_damaged_frame_is_a_value(frame: bytes) -> None:
    for position in range(min(len(frame), 60)):
        damaged = bytearray(frame)
        damaged[position] ^= 0x20
        assert store._unpack(bytes(damaged)) is None
        assert store._unpack(frame[:position]) is None


@pytest.mark.parametrize("foreign", [b"", b"{}", b"cs1", b"cs1z\x00\x00\x00\x00", b"\x80\x04\x95pickle"])
def test_foreign_bytes_are_no_value(foreign: bytes) -> None:
    assert store._unpack(foreign) is None


def test_a_bomb_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = store._pack(b"0" * 1_000_000)
    assert store._unpack(frame) is not None
    monkeypatch.setattr(store, "_MOST_UNPACKED", 500_000)
    assert store._unpack(frame) is None


# --- memory --------------------------------------------------------------------------------------------------------------


async def test_memory_forgets_the_least_recently_used() -> None:
    kept = MemoryStore(max_entries=3)
    for key in "abc":
        await kept.set(key, b"v", 60)
    await kept.get("a")
    await kept.set("d", b"v", 60)
    assert [key for key in "abcd" if await kept.get(key)] == ["a", "c", "d"]


async def test_memory_is_bounded_in_bytes() -> None:
    kept = MemoryStore(max_bytes=1000)
    for number in range(50):
        await kept.set(str(number), os.urandom(100), 60)
        assert kept._bytes <= 1000
    assert kept._bytes == sum(len(frame) for frame, _ in kept._entries.values()) > 800
    assert await kept.get("49") is not None


async def test_what_is_larger_than_the_store_is_told_and_displaces_nothing() -> None:
    kept = MemoryStore(max_bytes=1000)
    await kept.set("a", b"v", 60)
    with pytest.raises(errors.StoreUnavailable, match="1000"):
        await kept.set("b", os.urandom(2000), 60)
    assert await kept.get("a") == b"v"


async def test_expired_values_go_before_living_ones() -> None:
    clock = FakeClock()
    kept = MemoryStore(max_entries=2, clock=clock)
    await kept.set("lives", b"v", 60)
    await kept.set("dies", b"v", 1)
    clock.now += 2
    await kept.set("new", b"v", 60)
    assert await kept.get("lives") == b"v"
    assert await kept.get("dies") is None


async def test_a_full_memory_is_searched_for_expired_values_once_a_second() -> None:
    """Not with each value that comes; what was used least lately goes then."""

    class Entries(OrderedDict[str, tuple[bytes, float]]):
        searched = 0

        def items(self) -> Any:
            self.searched += 1
            return super().items()

    clock = FakeClock()
    kept = MemoryStore(max_entries=100, clock=clock)
    entries = kept._entries = Entries()
    for number in range(200):
        await kept.set(str(number), b"v", 60)
    assert entries.searched == 1
    clock.now += 1
    await kept.set("new", b"v", 60)
    assert entries.searched == 2
    assert list(kept._entries) == [*map(str, range(101, 200)), "new"]


async def test_bytes_decide_how_many_answers_are_kept() -> None:
    """Without Redis an answer has up to four entries, and a copy for each who asks again."""
    kept = MemoryStore()
    for number in range(10_000):
        await kept.set(str(number), b"v" * 100, 60)
    assert await kept.get("0") is not None


# --- disk ----------------------------------------------------------------------------------------------------------------


async def test_disk_keeps_between_runs(tmp_path: Path) -> None:
    await DiskStore(tmp_path).set("k", LONG, 60)
    script = (
        "import asyncio, sys; from pathlib import Path; from summarizer.store import DiskStore\n"
        "value = asyncio.run(DiskStore(Path(sys.argv[1])).get('k')); print(len(value))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == str(len(LONG)), done.stderr


async def test_only_the_owner_can_read_the_disk(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        kept = DiskStore(tmp_path / "deep" / "cache")
        await kept.set("k", b"v", 60)
    finally:
        os.umask(old)
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
    for path in kept.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_what_is_forgotten_is_gone_from_the_file(tmp_path: Path) -> None:
    kept = DiskStore(tmp_path)
    await kept.set("k", b"canary-7316", 60)
    assert b"canary-7316" in kept.path.read_bytes()
    await kept.delete("k")
    assert b"canary-7316" not in kept.path.read_bytes()


async def test_disk_is_bounded(tmp_path: Path) -> None:
    clock = FakeClock()
    kept = DiskStore(tmp_path, max_entries=5, max_bytes=3000, clock=clock)
    for number in range(8):
        clock.now += 1
        await kept.set(str(number), b"v", 600)
        await kept.get("0")
    assert [number for number in range(8) if await kept.get(str(number))] == [0, 4, 5, 6, 7]
    await kept.set("large", os.urandom(2980), 600)
    assert await kept.get("large") is not None
    assert await kept.get("4") is None
    with pytest.raises(errors.StoreUnavailable):
        await kept.set("too large", os.urandom(4000), 600)


async def test_expired_values_leave_the_file(tmp_path: Path) -> None:
    clock = FakeClock()
    kept = DiskStore(tmp_path, clock=clock)
    await kept.set("a", b"v", 10)
    clock.now += 11
    assert await kept.get("a") is None
    await kept.set("b", b"v", 10)
    with sqlite3.connect(kept.path) as database:
        assert database.execute("SELECT key FROM answers").fetchall() == [("b",)]
    database.close()


@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000, b"\x00" * 200]
)
async def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    kept = DiskStore(tmp_path)
    kept.path.write_bytes(content)
    assert await kept.get("k") is None
    await kept.set("k", b"v", 60)
    assert await kept.get("k") == b"v"


async def test_a_file_that_is_damaged_inside_is_replaced_after_one_error(tmp_path: Path) -> None:
    kept = DiskStore(tmp_path)
    for number in range(60):
        await kept.set(str(number), os.urandom(900), 60)
    data = bytearray(kept.path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    kept.path.write_bytes(data)
    for number in range(60):
        try:
            assert await kept.get(str(number)) is None
        except errors.StoreUnavailable:
            break
    await kept.set("k", b"v", 60)
    assert await kept.get("k") == b"v"


async def test_a_damaged_row_is_a_miss(tmp_path: Path) -> None:
    kept = DiskStore(tmp_path)
    for value in (b"garbage", "text", 7):
        await kept.set("k", b"v", 60)
        with sqlite3.connect(kept.path) as database:
            database.execute("UPDATE answers SET value = ?", (value,))
        database.close()
        assert await kept.get("k") is None


async def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    kept = DiskStore(tmp_path / "file" / "cache")
    for call in (kept.get("k"), kept.set("k", b"v", 60), kept.delete("k"), kept.ping()):
        with pytest.raises(errors.StoreUnavailable, match="SUMMARIZER_CACHE_DIR"):
            await call


async def test_a_locked_file_is_told_in_time(tmp_path: Path) -> None:
    kept = DiskStore(tmp_path, busy_s=0.1)
    await kept.set("k", b"v", 60)
    other = sqlite3.connect(kept.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(errors.StoreUnavailable):
            await kept.get("k")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert await kept.get("k") == b"v"


def test_two_processes_can_write_at_once(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom summarizer.store import DiskStore\n"
        "async def main():\n"
        "    kept = DiskStore(Path(sys.argv[1]), busy_s=20)\n"
        "    for number in range(40): await kept.set(f'{sys.argv[2]}-{number}', b'v' * 2000, 60)\n"
        "asyncio.run(main())"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, tmp_path, name]) for name in "ab"]
    assert [process.wait(timeout=60) for process in running] == [0, 0]

    async def all_there() -> bool:
        kept = DiskStore(tmp_path)
        return all([await kept.get(f"{name}-{number}") == b"v" * 2000 for name in "ab" for number in range(40)])

    assert asyncio.run(all_there())


async def test_the_disk_does_not_hold_up_the_loop(tmp_path: Path) -> None:
    kept = DiskStore(tmp_path, busy_s=0.5)
    await kept.set("k", b"v", 60)
    other = sqlite3.connect(kept.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    begin = time.monotonic()
    waiting = asyncio.create_task(kept.get("k"))
    await asyncio.sleep(0.01)
    assert time.monotonic() - begin < 0.4
    other.execute("ROLLBACK")
    other.close()
    assert await waiting == b"v"


# --- Redis ---------------------------------------------------------------------------------------------------------------


async def test_keys_have_our_prefix_and_expire(redis_url: str) -> None:
    kept = RedisStore(redis_url)
    await kept.set("k", LONG, 60)
    with redis.Redis.from_url(redis_url) as client:
        found: Any = client.keys()
        assert found == [b"summarizer:k"]
        assert 59_000 < int(str(client.pttl("summarizer:k"))) <= 60_000
        assert int(str(client.strlen("summarizer:k"))) < len(LONG) / 10
    await kept.aclose()


async def test_what_others_wrote_is_a_miss(redis_url: str) -> None:
    kept = RedisStore(redis_url)
    with redis.Redis.from_url(redis_url) as client:
        client.set("summarizer:k", b"\x80\x04\x95 a pickle")
        client.rpush("summarizer:list", "x")
    assert await kept.get("k") is None
    with pytest.raises(errors.StoreUnavailable, match="WRONGTYPE"):
        await kept.get("list")
    await kept.set("k", b"v", 60)
    assert await kept.get("k") == b"v"
    await kept.aclose()


async def test_a_redis_that_dies_is_told_at_once_and_one_that_comes_back_is_used(own_redis: Any) -> None:
    kept = RedisStore(own_redis.url)
    await kept.set("k", b"v", 60)
    own_redis.kill()
    begin = time.monotonic()
    for call in (kept.get("k"), kept.set("k", b"v", 60), kept.delete("k"), kept.ping()):
        with pytest.raises(errors.StoreUnavailable, match="REDIS_URL"):
            await call
    assert time.monotonic() - begin < 3
    own_redis.start()
    await kept.set("k", b"w", 60)
    assert await kept.get("k") == b"w"
    await kept.aclose()


async def test_a_redis_that_hangs_is_left() -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    kept = RedisStore(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0", connect_s=0.1, timeout_s=0.2)
    begin = time.monotonic()
    with pytest.raises(errors.StoreUnavailable):
        await kept.get("k")
    assert time.monotonic() - begin < 2
    await kept.aclose()
    server.close()
    await asyncio.sleep(0.05)


@pytest.mark.parametrize("url", ["http://127.0.0.1/0", "nonsense", "redis://127.0.0.1:port/0"])
def test_a_url_that_is_none_is_told(url: str) -> None:
    with pytest.raises(errors.StoreUnavailable, match="redis://host:6379/0"):
        RedisStore(url)


async def test_a_wrong_password_is_told_without_the_password(own_redis: Any) -> None:
    with redis.Redis.from_url(own_redis.url) as client:
        client.config_set("requirepass", "right")
    kept = RedisStore(own_redis.url.replace("redis://", "redis://:hunter2-canary@"))
    with pytest.raises(errors.StoreUnavailable) as caught:
        await kept.get("k")
    assert "canary" not in caught.value.detail
    assert "password" in caught.value.detail
    await kept.aclose()


async def test_a_full_redis_is_told(own_redis: Any) -> None:
    kept = RedisStore(own_redis.url)
    with redis.Redis.from_url(own_redis.url) as client:
        client.config_set("maxmemory", "1")
    with pytest.raises(errors.StoreUnavailable, match="memory limit"):
        await kept.set("k", b"v", 60)
    await kept.aclose()


async def test_a_cancelled_question_leaves_no_answer_for_the_next(redis_url: str) -> None:
    kept = RedisStore(redis_url)
    for key in ("a", "b"):
        await kept.set(key, key.encode() * 3000, 60)
    for _ in range(30):
        task = asyncio.create_task(kept.get("a"))
        await asyncio.sleep(0.0005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await kept.get("b") == b"b" * 3000
    await kept.aclose()
