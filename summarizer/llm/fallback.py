"""A second model for when the first one fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from summarizer import errors
from summarizer.ports import LLM, Heard, Message, Reply

FIRST_SHARE = 2 / 3
"""Of the time that is left, how much the first model gets; set by hand. With all of it, a server that hangs would leave none
for the second."""


class WithFallback:
    """Asks `first`, and `second` when that fails; implements `ports.LLM`. `model` and `host` are those of the first.

    A reply that broke off and of which something arrived is not asked for again: its whole sentences are used. What the
    failed call cost is counted in. If both fail, the second's error is raised, since it is what the caller may still mend.
    """

    def __init__(self, first: LLM, second: LLM, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.model, self.host = first.model, first.host
        self.first, self.second = first, second
        self._clock = clock

    async def complete(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
    ) -> Reply:
        """As `ports.LLM`. `Reply.model`, `host` and `why` tell when the second model answered."""
        soon = self._clock() + FIRST_SHARE * max(0.0, deadline - self._clock())
        try:
            return await self.first.complete(messages, max_tokens=max_tokens, deadline=soon, heard=heard)
        except errors.ModelReserveSpent:
            raise
        except errors.ModelError as error:
            if isinstance(error, errors.ModelReplyCut) and error.partial_text:
                raise
            failed = error
        except errors.DeadlineExceeded:
            failed = errors.ModelTimeout("The first model did not answer in time.")
            failed.micro_usd = 0
        try:
            reply = await self.second.complete(messages, max_tokens=max_tokens, deadline=deadline, heard=heard)
        except errors.ModelError as error:
            error.prompt_tokens += failed.prompt_tokens
            error.completion_tokens += failed.completion_tokens
            error.calls += failed.calls
            error.micro_usd = _sum(error.micro_usd, failed.micro_usd)
            raise
        except errors.DeadlineExceeded:
            raise failed from None
        return replace(
            reply,
            prompt_tokens=reply.prompt_tokens + failed.prompt_tokens,
            completion_tokens=reply.completion_tokens + failed.completion_tokens,
            calls=reply.calls + failed.calls,
            micro_usd=_sum(reply.micro_usd, failed.micro_usd),
            model=self.second.model,
            host=self.second.host,
            why=failed.code,
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
