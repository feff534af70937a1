"""What this process did and saved since it began: plain numbers that only grow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Counters:
    """Read by whoever shows them; changed on the event loop only. Tokens are the model's, money is USD.

    runs: answers that were made. hits: answers out of the cache. joined: requests that waited for an equal one.
    calls: requests that reached the model's server. calls_kept: calls whose reply was kept from an earlier run.
    saved_*: what hits, joined requests and kept calls would have cost, at today's price.
    """

    runs: int = 0
    hits: int = 0
    joined: int = 0
    calls: int = 0
    calls_kept: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    saved_prompt_tokens: int = 0
    saved_completion_tokens: int = 0
    saved_usd: float = 0.0

    def spend(self, calls: int, prompt: int, completion: int, usd: float | None) -> None:
        """Count what a run cost."""
        self.calls += calls
        self.prompt_tokens += prompt
        self.completion_tokens += completion
        self.cost_usd += usd or 0.0

    def save(self, prompt: int, completion: int, usd: float | None) -> None:
        """Count what was not paid again."""
        self.saved_prompt_tokens += prompt
        self.saved_completion_tokens += completion
        self.saved_usd += usd or 0.0
