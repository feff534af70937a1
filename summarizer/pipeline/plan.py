"""The plan of calls: what is sent, in how many calls, and what they may cost, complete before the first one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summarizer import chunk, errors, propose
from summarizer.contract import PlannedCall, SummarizeRequest
from summarizer.pipeline.ground import Ground
from summarizer.pipeline.request import Outside
from summarizer.ports import Message
from summarizer.values import Article, Sentence, Warning_

# The reply is paid and reserved. A bound chosen with room to spare (739 tokens were seen for a summary of five articles with
# disputes and headline); the rest is for a model that thinks aloud.
_REPLY_BASE, _REPLY_PER_WORD = 1024, 6
OVERHEAD = 64  # tokens of roles and separators that servers add around two or three messages
CHUNK_WORDS = 400  # a chunk's own summary: the facts that the merge chooses from
_LEAST = 256  # tokens for sentences in one call: a handful; with less, a call says nothing
MAX_CALLS = 64  # of one request, merge included: beyond that the least shared sentences are not sent


def reply_tokens(words: int, outside: Outside) -> int:
    return min(_REPLY_BASE + _REPLY_PER_WORD * words, max(outside.context_tokens // 8, 256))


def prompt_tokens(messages: Sequence[Message], outside: Outside) -> int:
    return sum(outside.count(m.text) for m in messages) + OVERHEAD


def questions_of(
    request: SummarizeRequest, articles: Sequence[Article], ground: Ground, outside: Outside
) -> tuple[list[propose.Question], bool, int]:
    """The questions of the first level, whether a merge follows, and how many chunks are beyond the bound on calls."""
    names = propose.tags(articles)
    texts = outside.prompts.texts
    fixed = (
        outside.count(texts["propose"])
        + outside.count(texts["request"])
        + outside.count(request.focus or "")
        + 2 * OVERHEAD
    )

    def cut(words: int) -> chunk.Plan:
        budget = outside.context_tokens - fixed - reply_tokens(words, outside)
        if budget < _LEAST:
            raise errors.ModelContextTooLong(
                f"A context of {outside.context_tokens} tokens has no room for the articles beside the instructions and the "
                "reply: use a model with a longer context, or set SUMMARIZER_CONTEXT_TOKENS if it is longer than that."
            )
        return chunk.plan(
            _sendable(ground), ground.origins, count=outside.count, budget=budget, line=lambda s: propose.line(s, names)
        )

    plan = cut(request.max_words)
    merge = len(plan.chunks) > 1
    if merge:
        plan = cut(max(request.max_words, CHUNK_WORDS))
    chunks = plan.chunks[: MAX_CALLS - 1]
    return (
        [
            propose.ask(
                c.sentences,
                names,
                instructions=texts["propose"],
                request=texts["request"],
                max_words=max(request.max_words, CHUNK_WORDS) if merge else request.max_words,
                focus=request.focus,
                stands_for=plan.stands_for,
            )
            for c in chunks
        ],
        merge,
        len(plan.chunks) - len(chunks),
    )


def part_of(
    question: propose.Question,
    keep: Collection[int],
    request: SummarizeRequest,
    articles: Sequence[Article],
    ground: Ground,
    outside: Outside,
    words: int,
) -> propose.Question:
    """The same question with the sentences of some articles only; a twin speaks where the one that spoke for it is gone."""
    alive = [[key for key in keys if key.article in keep] for keys in question.ids.values()]
    spoken = {keys[0]: tuple(keys[1:]) for keys in alive if keys}
    texts = outside.prompts.texts
    return propose.ask(
        [ground.table[key] for key in sorted(spoken)],
        propose.tags(articles),
        instructions=texts["propose"],
        request=texts["request"],
        max_words=words,
        focus=request.focus,
        stands_for=spoken,
    )


def not_sent(chunks: int) -> list[Warning_]:
    if not chunks:
        return []
    message = f"{chunks} parts of the articles were not sent to the model: a request makes at most {MAX_CALLS} calls."
    return [Warning_("not_all_sent", message)]


def _sendable(ground: Ground) -> list[list[Sentence]]:
    return [[s for s in rows if not s.heading] for rows in ground.sentences]


def planned_calls(
    request: SummarizeRequest, questions: Sequence[propose.Question], merge: bool, outside: Outside
) -> list[PlannedCall]:
    words = max(request.max_words, CHUNK_WORDS) if merge else request.max_words
    reply = reply_tokens(words, outside)
    calls = [
        PlannedCall(
            kind="summarize", level=1, prompt_tokens=prompt_tokens(q.messages, outside), max_completion_tokens=reply
        )
        for q in questions
    ]
    if merge:
        final = reply_tokens(request.max_words, outside)
        calls.append(
            PlannedCall(
                kind="merge", level=2, prompt_tokens=outside.context_tokens - final, max_completion_tokens=final
            )
        )
    return calls


def bound_on_cost(calls: Sequence[PlannedCall], merge: bool, outside: Outside) -> float | None:
    """What the calls can cost at most: each may be asked again once, and a single one may be mended once more."""
    prompt = completion = 0
    for call in calls:
        turns = 2 if merge else 3
        reply = call.max_completion_tokens
        prompt += sum(call.prompt_tokens + turn * (2 * reply + OVERHEAD) for turn in range(turns))
        completion += turns * reply
    return cost(prompt, completion, outside)


def cost(prompt: int, completion: int, outside: Outside) -> float | None:
    if outside.price is None:
        return None
    return round((prompt * outside.price[0] + completion * outside.price[1]) / 1_000_000, 6)
