"""Leaves a model server alone for a while after it has failed: one breaker for each server and model, in each process.

Decides from three facts only, like LiteLLM's cooldowns: the class of the failure, whether the server named a time
(`Retry-After`), and how often it failed in a row. What a reply says never counts: a server that refuses a text, or cuts
it, is well.

`closed`: asked. `open`: not asked until the cooldown is over; the last failure is told again, at once and for nothing.
`half_open`: one request tries; all others are told to wait until it has come back.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from summarizer import errors

State = Literal["closed", "half_open", "open"]


@dataclass(frozen=True, slots=True)
class Cooling:
    """When a server is left alone, and for how long. Seconds. All set by hand.

    failures: attempts in a row. More than one request makes (3), so that one unlucky request shuts nobody else out.
    first_s, longest_s: the cooldown doubles with each trial that fails.
    denied_s: after a refused key or an empty account; nothing that happens within a request mends those.
    longest_told_s: a server that asks for more is tried again anyway.
    """

    failures: int = 5
    first_s: float = 10.0
    longest_s: float = 120.0
    denied_s: float = 300.0
    longest_told_s: float = 3600.0


class Breaker:
    """The state of one server and model. Not thread-safe; one event loop uses it. `clock` in seconds, never going back."""

    def __init__(self, cooling: Cooling = Cooling(), *, clock: Callable[[], float] = time.monotonic) -> None:
        self._cooling, self._clock = cooling, clock
        self._failures = 0
        self._cooldown = cooling.first_s
        self._until: float | None = None
        self._trial: object | None = None
        self._why: errors.ModelError | None = None

    @property
    def state(self) -> State:
        """What the next request meets."""
        if self._until is None:
            return "closed"
        return "open" if self._clock() < self._until else "half_open"

    def enter(self) -> object:
        """Before an attempt: a mark to give back to `leave`. Raises the error that opened the breaker, with `retry_after`."""
        mark = object()
        state = self.state
        if state == "closed" or (state == "half_open" and self._trial is None):
            self._trial = mark if state == "half_open" else None
            return mark
        assert self._why is not None
        assert self._until is not None
        left = max(1.0, self._until - self._clock())
        said = f"{self._why.detail.rstrip('.')}. It is left alone for another {math.ceil(left)} s."
        raise type(self._why)(said, retry_after=left)

    def leave(self, mark: object, error: errors.ModelError | None, *, told_s: float | None = None) -> None:
        """After an attempt: how it went (None: well). `told_s`: the server's Retry-After."""
        trial = self._trial is mark
        if trial:
            self._trial = None
        if error is None or not _ails(error):
            if trial or self._until is None:
                self._failures, self._cooldown, self._until, self._why = 0, self._cooling.first_s, None, None
            return
        self._failures += 1
        wait: float | None = None
        if isinstance(error, errors.ModelDenied):
            wait = max(self._cooling.denied_s, told_s or 0.0)
        elif told_s is not None and told_s > self._cooling.first_s:
            wait = told_s
        elif trial:
            self._cooldown = min(self._cooling.longest_s, 2 * self._cooldown)
            wait = self._cooldown
        elif self._failures >= self._cooling.failures:
            wait = self._cooldown
        if wait is not None:
            until = self._clock() + min(wait, max(self._cooling.longest_told_s, self._cooling.denied_s))
            self._until = max(until, self._until or 0.0)
            self._why = type(error)(error.detail)

    def abandon(self, mark: object) -> None:
        """After an attempt that nobody waited for: it says nothing of the server, and another may try."""
        if self._trial is mark:
            self._trial = None


def _ails(error: errors.ModelError) -> bool:
    """Whether a failure is one of the server or the account, and not of this text or its reply."""
    return isinstance(error, (errors.ModelBusy, errors.ModelDenied, errors.ModelTimeout, errors.ModelUnreachable))
