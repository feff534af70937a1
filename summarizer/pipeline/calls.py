"""Replies of chunks and merges, kept by the content of what was asked: a request that is made again repeats only what failed.

The key covers the lines of the question in their order, the instructions, the model and our version; not the ids, which
are drawn from all articles of a request together. A kept reply is read with its own ids, each standing for the sentence
that has its place now.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from summarizer import errors, propose
from summarizer.pipeline.request import Outside, version
from summarizer.values import Draft

_MOST_BYTES = 200_000
"""Of one kept reply: a summary of a chunk takes a few thousand; what is larger is no summary, and is not kept."""


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A draft from an earlier run, and the tokens that it cost then."""

    draft: Draft
    prompt: int
    completion: int


def call_key(question: propose.Question, reply_tokens: int, outside: Outside) -> str:
    """The key of a question: equal for the same lines under other ids."""
    assert outside.llm is not None
    places = {name: f"#{place}" for place, name in enumerate(question.ids)}
    turns = []
    for message in question.messages:
        lines = (line.partition(" ") for line in message.text.split("\n"))
        turns.append([message.role, [[places.get(first, first), rest] for first, _, rest in lines]])
    parts = [version(), outside.tenant, outside.llm.model, outside.llm.host, reply_tokens, turns]
    return "call:" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


async def kept_reply(key: str, question: propose.Question, outside: Outside) -> KeptReply | None:
    """The reply of an earlier run, read with today's sentences; None if there is none, or the store is away."""
    try:
        data = await outside.store.get(key)
        if data is None:
            return None
        kept = json.loads(data)
        ids = dict(zip(kept["ids"], question.ids.values(), strict=True))
        return KeptReply(propose.read(kept["reply"], ids), int(kept["prompt"]), int(kept["completion"]))
    except (errors.StoreUnavailable, ValueError, KeyError, TypeError):  # away, or written by another version
        return None


async def keep_reply(
    key: str, question: propose.Question, reply: str, prompt: int, completion: int, outside: Outside
) -> None:
    """Keep a reply as long as an answer. A store that is away keeps nothing, which the answer tells by itself."""
    value = json.dumps({"reply": reply, "ids": list(question.ids), "prompt": prompt, "completion": completion}).encode()
    if len(value) > _MOST_BYTES:
        return
    try:
        await outside.store.set(key, value, outside.cache_ttl_s)
    except errors.StoreUnavailable:
        return
