"""A content filter refused a set of articles: which of them is it about? Found by halving, in a bounded number of calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from summarizer import errors
from summarizer.ports import LLM, Message, Reply

MOST = 16
"""Probes at most: one article among 64 takes 12, two take up to 20. Set by hand; what is not found by then is left out too."""

PROBE_TOKENS = 16
"""Of the reply to a probe. A filter judges the prompt before the first token; the reply is not read."""

Refuses: TypeAlias = Callable[[Sequence[int]], Awaitable[bool]]


async def refused_among(articles: Sequence[int], refuses: Refuses, *, most: int = MOST) -> tuple[int, ...]:
    """The articles for whose sake a set is refused. Empty, if each half passes by itself: then it is about none of them.

    articles: a set that was refused. refuses: whether a part of it is. At most `most` parts are asked about; when they do
    not suffice, all of a part that is refused counts. What `refuses` raises is raised.
    """
    found: list[int] = []
    parts = [list(articles)]
    asked = 0
    while parts:
        part = parts.pop(0)
        if len(part) == 1 or asked + 2 > most:
            found += part
            continue
        halves = part[: len(part) // 2], part[len(part) // 2 :]
        asked += 2
        answers = await asyncio.gather(*(refuses(half) for half in halves))
        parts += [half for half, refused in zip(halves, answers, strict=True) if refused]
    return tuple(sorted(found))


async def is_refused(
    llm: LLM, messages: Sequence[Message], *, deadline: float, spent: Callable[[Reply | errors.ModelError], None]
) -> bool:
    """Whether a model refuses a question, by asking for a few tokens. Other errors than those of a short reply are raised."""
    try:
        spent(await llm.complete(messages, max_tokens=PROBE_TOKENS, deadline=deadline))
    except errors.ModelRefused as error:
        spent(error)
        return True
    except (errors.ModelReplyCut, errors.ModelReplyEmpty) as error:
        spent(error)
    return False
