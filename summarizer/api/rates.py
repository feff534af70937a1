"""How often a caller may ask, and how much it may send: requests and tokens a minute for each tenant.

Counted by the library `limits`, in Redis where there is one, so that several servers count together; else, and while Redis
is away, in this process: a rate limit keeps order, money is guarded by `spending`. Requests in a moving window, exact;
tokens in a sliding counter, since a window would keep one entry for each of thousands of tokens.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass, field
from typing import cast

import redis.asyncio
import redis.exceptions
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import MovingWindowRateLimiter, RateLimiter, SlidingWindowCounterRateLimiter

from summarizer import errors
from summarizer.settings import Settings

BYTES_PER_TOKEN = 4
"""English runs to four characters a token, other scripts to fewer characters of more bytes: near enough for keeping order."""

WINDOW_S = 60
_PREFIX = "summarizer:rate"
_AWAY_S = 5.0  # for so long a Redis that did not answer is not asked
_REDIS_S = 1.0  # a limiter that is slower than that holds every request up


@dataclass(slots=True)
class Standing:
    """Where a caller stands, as header fields (draft-ietf-httpapi-ratelimit-headers)."""

    headers: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, quota: int, left: int, seconds: int) -> None:
        for header, value in (
            ("ratelimit-policy", f'"{name}";q={quota};w={WINDOW_S}'),
            ("ratelimit", f'"{name}";r={left};t={seconds}'),
        ):
            self.headers[header] = ", ".join(filter(None, (self.headers.get(header), value)))


class Rates:
    """The limits of all callers. `requests` and `tokens` a minute; 0 is without end."""

    def __init__(self, requests: int, tokens: int, redis_url: str = "") -> None:
        self._requests = RateLimitItemPerMinute(requests) if requests else None
        self._tokens = RateLimitItemPerMinute(tokens) if tokens else None
        # The storages are kept here: the library holds them weakly.
        self._memory = MemoryStorage()
        self._redis = _redis(redis_url) if redis_url and (requests or tokens) else None
        self._away_until = 0.0

    @property
    def any(self) -> bool:
        """Whether anything is limited."""
        return self._requests is not None or self._tokens is not None

    async def request(self, tenant: str, standing: Standing) -> None:
        """One more request. Raises RateLimited, with `retry_after`; notes in `standing` what is left."""
        if self._requests is not None:
            await self._hit("requests", self._requests, tenant, 1, standing)

    async def sent(self, tenant: str, size: int, standing: Standing) -> None:
        """A body of `size` bytes. Raises RateLimited, and TooLarge for a body that no minute has room for."""
        if self._tokens is None:
            return
        tokens = math.ceil(size / BYTES_PER_TOKEN)
        if tokens > self._tokens.amount:
            raise errors.TooLarge(
                f"The body has about {tokens} tokens, and a caller may send {self._tokens.amount} in a minute: send less at once.",
                extra={"limit": self._tokens.amount, "unit": "tokens"},
            )
        await self._hit("tokens", self._tokens, tenant, tokens, standing)

    async def aclose(self) -> None:
        """Close the connections."""
        if self._redis is not None:
            await cast(redis.asyncio.Redis, cast(RedispyBridge, self._redis.bridge).get_connection()).aclose()

    async def _hit(self, name: str, item: RateLimitItem, tenant: str, cost: int, standing: Standing) -> None:
        admitted, left, reset = await self._counted(name, item, tenant, cost)
        seconds = max(1, math.ceil(reset - time.time()))  # noqa: TID251  # the library tells the end of the window by this clock
        standing.add(name, item.amount, left, seconds)
        if not admitted:
            verb = "make" if name == "requests" else "send"
            raise errors.RateLimited(
                f"This caller may {verb} {item.amount} {name} in a minute: come back in {seconds} s.",
                retry_after=seconds,
                extra={"limit": item.amount, "unit": f"{name} per minute"},
            )

    async def _counted(self, name: str, item: RateLimitItem, tenant: str, cost: int) -> tuple[bool, int, float]:
        """Whether it was admitted, what is left, and when the window is over."""
        for storage in (self._redis, self._memory):
            if storage is None or (storage is self._redis and time.monotonic() < self._away_until):
                continue
            limiter: RateLimiter = (
                MovingWindowRateLimiter(storage) if name == "requests" else SlidingWindowCounterRateLimiter(storage)
            )
            try:
                async with asyncio.timeout(_REDIS_S):
                    admitted = await limiter.hit(item, name, tenant, cost=cost)
                    stats = await limiter.get_window_stats(item, name, tenant)
                return admitted, max(0, stats.remaining), stats.reset_time
            except (redis.exceptions.RedisError, OSError, TimeoutError):
                if storage is self._memory:
                    raise
                self._away_until = time.monotonic() + _AWAY_S
        raise AssertionError("the memory is always there")


def rates(settings: Settings) -> Rates:
    """The limits that `settings` ask for."""
    return Rates(settings.rate_requests, settings.rate_tokens, settings.redis_url.get_secret_value())


def _redis(url: str) -> RedisStorage:
    scheme, _, rest = url.partition("://")
    known = {"unix": "redis+unix"}.get(scheme, scheme)
    return RedisStorage(
        f"async+{known}://{rest}",
        implementation="redispy",
        key_prefix=_PREFIX,
        socket_connect_timeout=_REDIS_S,
        socket_timeout=_REDIS_S,
    )
