"""What the calls of one request cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from summarizer import errors
from summarizer.pipeline.plan import cost
from summarizer.pipeline.request import Outside
from summarizer.ports import Reply


@dataclass(slots=True)
class Spent:
    """What the calls of one request cost so far.

    micro_usd: of the calls whose model told it. unpriced: prompt and completion tokens of the others. other: the last reply
    that came from another model than the one asked first. kept: calls that were not made, because their reply was kept.
    judge: where facts were sent to be judged. unknown: whether a part was paid at a price that nobody knows.
    """

    calls: int = 0
    prompt: int = 0
    completion: int = 0
    micro_usd: int = 0
    unpriced: tuple[int, int] = (0, 0)
    other: Reply | None = None
    kept: int = 0
    judge: str | None = None
    unknown: bool = False
    _failed: list[errors.ModelError] = field(default_factory=list)

    def add(self, one: Reply | errors.ModelError) -> None:
        """A reply, or an error; the same error again counts once."""
        if isinstance(one, errors.ModelError):
            if any(one is before for before in self._failed):
                return
            self._failed.append(one)
        elif one.model is not None:
            self.other = one
        self.calls += one.calls
        self.prompt += one.prompt_tokens
        self.completion += one.completion_tokens
        if one.micro_usd is None:
            self.unpriced = (self.unpriced[0] + one.prompt_tokens, self.unpriced[1] + one.completion_tokens)
        else:
            self.micro_usd += one.micro_usd

    def add_judge(
        self, one: Reply | errors.ModelError, host: str | None, price: tuple[float, float] | None, known: bool
    ) -> None:
        """A reply of the judge, or its error, at the judge's own price. known: whether the model's own price is known."""
        self.judge = host
        if one.micro_usd is None and price is not None:
            micro_usd = math.ceil(one.prompt_tokens * price[0] + one.completion_tokens * price[1])
            if isinstance(one, errors.ModelError):
                one.micro_usd = micro_usd
            else:
                one = replace(one, micro_usd=micro_usd)
        elif one.micro_usd is None and known and (one.prompt_tokens or one.completion_tokens):
            self.unknown = True  # what is unpriced is counted at the model's price, which is not the judge's
        self.add(one)

    def join(self, part: Spent) -> None:
        """What a part of the request cost, counted here too."""
        self.calls += part.calls
        self.prompt += part.prompt
        self.completion += part.completion
        self.micro_usd += part.micro_usd
        self.unpriced = (self.unpriced[0] + part.unpriced[0], self.unpriced[1] + part.unpriced[1])
        self.other = part.other or self.other
        self.judge = part.judge or self.judge
        self.unknown = self.unknown or part.unknown
        self._failed += part._failed

    def usd(self, outside: Outside) -> float | None:
        """In dollars; None if the price of a part is not known."""
        if self.unknown:
            return None
        rest = cost(*self.unpriced, outside) if any(self.unpriced) or not self.micro_usd else 0.0
        return None if rest is None else round(self.micro_usd / 1_000_000 + rest, 6)
