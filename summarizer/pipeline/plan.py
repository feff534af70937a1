"""The plan of calls: what is sent, in how many calls, and what they may cost, complete before the first one.

One call when everything fits. Else chunks side by side, each a summary of its own, and merges of their facts, level by level:
as many facts go into one merge as its budget takes, until one merge takes all. Facts of one reply beyond `allowance` are
not merged, so the number of calls and of levels is known before the first reply. A plan is a bound: a merge is skipped
where the facts that did come fit into the last one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from summarizer import chunk, errors, propose
from summarizer.contract import PlannedCall, SummarizeRequest
from summarizer.pipeline.ground import Ground
from summarizer.pipeline.request import Outside
from summarizer.ports import Message
from summarizer.values import Article, Checked, Key, Sentence, Verified, Warning_

# The reply is paid and reserved. A bound chosen with room to spare (739 tokens were seen for a summary of five articles with
# disputes and headline); the rest is for a model that thinks aloud.
_REPLY_BASE, _REPLY_PER_WORD = 1024, 6
OVERHEAD = 64  # tokens of roles and separators that servers add around two or three messages
CHUNK_WORDS = 400  # a chunk's own summary: the facts that the merge chooses from
_LEAST = 256  # tokens for sentences in one call: a handful; with less, a call says nothing
MAX_CALLS = 64  # of one request, merges included: beyond that the last parts are not sent
_FACT_TOKENS = (
    3  # tokens for each word that a reply was asked for: English needs 1.3, its ids as much again; set by hand
)
_MORE = 10  # left-out facts of an earlier answer that new articles support too, sent along; set by hand


@dataclass(frozen=True, slots=True)
class Plan:
    """All calls of one request.

    questions: the first level, none if nothing has to be asked. words: what each is asked for. merges: calls on each
    further level. unsent: chunks beyond the bound on calls. too_long: sentences that no call has room for. told: earlier statements that the question holds. judging: calls to
    the judge, at most; they are not among `calls`.
    """

    questions: tuple[propose.Question, ...]
    words: int
    merges: tuple[int, ...]
    unsent: int
    calls: tuple[PlannedCall, ...]
    told: tuple[tuple[Checked, ...], ...] = ()
    judging: tuple[PlannedCall, ...] = ()
    too_long: int = 0

    @property
    def merge(self) -> bool:
        """Whether facts of several replies are merged."""
        return bool(self.merges)


def reply_tokens(words: int, outside: Outside) -> int:
    """Tokens that are reserved for a reply of so many words."""
    return min(_REPLY_BASE + _REPLY_PER_WORD * words, max(outside.context_tokens // 8, 256))


def allowance(words: int, outside: Outside) -> int:
    """Tokens that the facts of one reply may take in a merge."""
    return min(_FACT_TOKENS * words, reply_tokens(words, outside))


def merge_budget(words: int, outside: Outside, focus: str | None) -> int:
    """Tokens for the facts of one merge that is asked for so many words."""
    texts = outside.prompts.texts
    fixed = outside.count(texts["merge"]) + outside.count(texts["request"]) + outside.count(focus or "") + 2 * OVERHEAD
    return outside.context_tokens - fixed - reply_tokens(words, outside)


def prompt_tokens(messages: Sequence[Message], outside: Outside) -> int:
    """Tokens of a question, with what servers add."""
    return sum(outside.count(m.text) for m in messages) + OVERHEAD


def plan_of(
    request: SummarizeRequest,
    articles: Sequence[Article],
    ground: Ground,
    outside: Outside,
    held: Verified | None = None,
    new: frozenset[int] = frozenset(),
) -> Plan:
    """The plan for some articles, or for those of them that are `new` since an earlier answer whose statements are `held`.

    Errors: `ModelContextTooLong` for a context that has no room for articles.
    """
    names = propose.tags(articles, more=1)
    texts = outside.prompts.texts
    told = _told(held, new) if held is not None else ()
    rows, speaks_for = _sendable(ground) if held is None else _news(ground, told, new)
    if held is not None and not any(rows):
        return Plan((), request.max_words, (), 0, (), told)

    def cut(words: int, instructions: str, beside: int) -> chunk.Plan:
        fixed = (
            outside.count(texts[instructions])
            + outside.count(texts["request"])
            + outside.count(request.focus or "")
            + 2 * OVERHEAD
        )
        budget = outside.context_tokens - fixed - beside - reply_tokens(words, outside)
        if budget < _LEAST:
            budget += beside  # what was told goes first
        if budget < _LEAST:
            raise errors.ModelContextTooLong(
                f"A context of {outside.context_tokens} tokens has no room for the articles beside the instructions and the "
                "reply: use a model with a longer context, or set SUMMARIZER_CONTEXT_TOKENS if it is longer than that."
            )
        return chunk.plan(
            rows, ground.origins, count=outside.count, budget=budget, line=lambda s: propose.line(s, names)
        )

    beside = sum(outside.count(line) + 1 for line in propose.told_lines(told, names[-1])) + 8 if told else 0
    first = cut(request.max_words, "update" if told else "propose", beside)
    if len(first.chunks) <= 1:
        sentences = first.chunks[0].sentences if first.chunks else ()
        stands_for = {**first.stands_for, **speaks_for}
        if told:
            question = propose.ask_on(
                told,
                sentences,
                names,
                instructions=texts["update"],
                request=texts["request"],
                max_words=request.max_words,
                focus=request.focus,
                stands_for=stands_for,
            )
        else:
            question = _ask(request, sentences, names, request.max_words, stands_for, outside)
        reply = reply_tokens(request.max_words, outside)
        if not told or prompt_tokens(question.messages, outside) + reply <= outside.context_tokens:
            if not first.chunks:
                return Plan((), request.max_words, (), 0, (), told)
            call = PlannedCall(
                kind="update" if told else "summarize",
                level=1,
                prompt_tokens=prompt_tokens(question.messages, outside),
                max_completion_tokens=reply,
            )
            return Plan((question,), request.max_words, (), 0, (call,), told, too_long=first.too_long)
    words = max(request.max_words, CHUNK_WORDS)
    cuts = cut(words, "propose", 0)
    most = MAX_CALLS - 1
    more = 1 if told else 0  # the earlier facts are merged like those of one more reply
    while most > 1 and most + sum(_merges(most + more, request, outside)) > MAX_CALLS:
        most -= 1
    chunks = cuts.chunks[:most]
    stands_for = {**cuts.stands_for, **speaks_for}
    questions = tuple(_ask(request, c.sentences, names, words, stands_for, outside) for c in chunks)
    merges = _merges(len(questions) + more, request, outside)
    return Plan(
        questions,
        words,
        merges,
        len(cuts.chunks) - len(chunks),
        tuple(_calls(questions, words, merges, more, request, outside)),
        told,
        too_long=cuts.too_long,
    )


def _ask(
    request: SummarizeRequest,
    sentences: Sequence[Sentence],
    names: Sequence[str],
    words: int,
    stands_for: dict[Key, tuple[Key, ...]],
    outside: Outside,
) -> propose.Question:
    texts = outside.prompts.texts
    return propose.ask(
        sentences,
        names,
        instructions=texts["propose"],
        request=texts["request"],
        max_words=words,
        focus=request.focus,
        stands_for=stands_for,
    )


def _merges(sources: int, request: SummarizeRequest, outside: Outside) -> tuple[int, ...]:
    """How many merges each level has, the last one included. Where not even two replies' facts fit, one that takes what fits."""
    last = merge_budget(request.max_words, outside, request.focus) // allowance(CHUNK_WORDS, outside)
    group = group_size(outside, request)
    levels: list[int] = []
    while sources > max(last, 1) and group > 1:
        sources = -(-sources // group)
        levels.append(sources)
    return (*levels, 1)


def group_size(outside: Outside, request: SummarizeRequest) -> int:
    """Of how many replies the facts go into one merge that is not the last."""
    return merge_budget(CHUNK_WORDS, outside, request.focus) // allowance(CHUNK_WORDS, outside)


def _calls(
    questions: Sequence[propose.Question],
    words: int,
    merges: Sequence[int],
    more: int,
    request: SummarizeRequest,
    outside: Outside,
) -> list[PlannedCall]:
    reply = reply_tokens(words, outside)
    calls = [
        PlannedCall(
            kind="summarize", level=1, prompt_tokens=prompt_tokens(q.messages, outside), max_completion_tokens=reply
        )
        for q in questions
    ]
    # The last merge may come early, when all facts fit into it as they are.
    sources = len(questions) + more
    for level, count in enumerate(merges, start=2):
        last = level == len(merges) + 1
        asked = request.max_words if last else CHUNK_WORDS
        final = reply_tokens(asked, outside)
        fixed = outside.context_tokens - final - merge_budget(asked, outside, request.focus)
        together = len(questions) + more if last else min(sources, group_size(outside, request))
        facts = together * allowance(CHUNK_WORDS, outside)
        calls += [
            PlannedCall(
                kind="merge",
                level=level,
                prompt_tokens=min(outside.context_tokens - final, fixed + facts),
                max_completion_tokens=final,
            )
        ] * count
        sources = count
    return calls


def _sendable(ground: Ground) -> tuple[list[list[Sentence]], dict[Key, tuple[Key, ...]]]:
    return [[s for s in rows if not s.heading] for rows in ground.sentences], {}


def _told(held: Verified, new: frozenset[int]) -> tuple[tuple[Checked, ...], ...]:
    """The earlier statements that still hold, sentence by sentence, and those left out that a new article states too."""
    rows = [tuple(c for c in row if c.reason is None) for row in held.sentences]
    more = [
        (c,)
        for c in held.spare
        if c.reason is None and any(x.key.article in new and not x.partial for x in c.citations)
    ]
    return tuple(row for row in (*rows, *more[:_MORE]) if row)


def _news(
    ground: Ground, told: Sequence[Sequence[Checked]], new: frozenset[int]
) -> tuple[list[list[Sentence]], dict[Key, tuple[Key, ...]]]:
    """The sentences of the new articles that are no copies of earlier ones and no twins of what the earlier statements rest
    on; and for those with other twins in earlier articles, whom they speak for."""
    origins = ground.origins
    copied = {key for passage in origins.copied if passage.source not in new for key in passage.keys}
    # Which of two copies is called the source says nothing about which came first: an earlier article may be the copy.
    copies = {
        (passage.source, _bare(ground.table[key].text))
        for passage in origins.copied
        if passage.source in new and passage.article not in new
        for key in passage.keys
        if ground.sentences[key.article]  # an article that tells of something else has none here
    }
    cited = {key for row in told for checked in row for c in checked.citations if not c.partial for key in c.keys}
    known: set[Key] = set()
    speaks_for: dict[Key, tuple[Key, ...]] = {}
    for group in origins.twins:
        before = [key for key in group if key.article not in new]
        witnesses = {origins.of(key) for key in before}
        fresh = [key for key in group if key.article in new]
        if any(key in cited for key in before):
            known.update(fresh)
            continue
        news = [key for key in fresh if origins.of(key) not in witnesses]
        known.update(key for key in fresh if key not in news)
        if news:
            speaks_for[news[0]] = tuple(key for key in group if key != news[0])
    known |= copied
    rows = [
        [s for s in rows if not s.heading and s.key not in known and (article, _bare(s.text)) not in copies]
        if article in new
        else []
        for article, rows in enumerate(ground.sentences)
    ]
    return rows, speaks_for


def _bare(text: str) -> str:
    return " ".join(text.split())


def part_of(
    question: propose.Question,
    keep: Collection[int],
    request: SummarizeRequest,
    articles: Sequence[Article],
    ground: Ground,
    outside: Outside,
    words: int,
    told: Sequence[Sequence[Checked]] = (),
) -> propose.Question:
    """The same question with the sentences of some articles only; a twin speaks where the one that spoke for it is gone.

    told: the earlier statements that the question holds; they stay.
    """
    names = propose.tags(articles, more=1)
    texts = outside.prompts.texts
    given = [keys for name, keys in question.ids.items() if not (told and _is_told(name, names[-1]))]
    alive = [[key for key in keys if key.article in keep] for keys in given]
    spoken = {keys[0]: tuple(keys[1:]) for keys in alive if keys}
    sentences = [ground.table[key] for key in sorted(spoken)]
    if told:
        return propose.ask_on(
            told,
            sentences,
            names,
            instructions=texts["update"],
            request=texts["request"],
            max_words=words,
            focus=request.focus,
            stands_for=spoken,
        )
    return propose.ask(
        sentences,
        names,
        instructions=texts["propose"],
        request=texts["request"],
        max_words=words,
        focus=request.focus,
        stands_for=spoken,
    )


def asked_about(question: propose.Question, articles: Sequence[Article]) -> set[int]:
    """The articles whose sentences a question holds, or speaks for."""
    tag = propose.tags(articles, more=1)[-1]
    return {key.article for name, keys in question.ids.items() if not _is_told(name, tag) for key in keys}


def _is_told(name: str, tag: str) -> bool:
    return name.rstrip("0123456789") == tag


def not_sent(plan: Plan | None) -> list[Warning_]:
    """The warnings about what is in no call: chunks beyond the bound on calls, and sentences that are too long for one."""
    found = []
    if plan is not None and plan.unsent:
        found.append(
            f"{plan.unsent} parts of the articles were not sent to the model: a request makes at most {MAX_CALLS} calls."
        )
    if plan is not None and plan.too_long:
        found.append(
            f"{plan.too_long} sentences of the articles were not sent to the model: each is longer than its context has room for."
        )
    return [Warning_("not_all_sent", message) for message in found]


def bound_on_cost(plan: Plan, outside: Outside) -> float | None:
    """What the calls can cost at most: each may be asked again once, and a single one may be mended once more.

    None if the price of the model, or of a judge that would be asked, is not known.
    """
    prompt = completion = 0
    for call in plan.calls:
        turns = 2 if plan.merge else 3
        reply = call.max_completion_tokens
        prompt += sum(call.prompt_tokens + turn * (2 * reply + OVERHEAD) for turn in range(turns))
        completion += turns * reply
    judged = _bound_on_judge(plan, outside)
    written = cost(prompt, completion, outside)
    return None if written is None or judged is None else round(written + judged, 6)


def _bound_on_judge(plan: Plan, outside: Outside) -> float | None:
    """What the calls to the judge can cost at most, two turns each."""
    if not plan.judging or outside.judge is None:
        return 0.0
    if outside.judge.price is None:
        return None
    prompt, completion = outside.judge.price
    bound = sum(
        (2 * c.prompt_tokens + 2 * c.max_completion_tokens + OVERHEAD) * prompt
        + 2 * c.max_completion_tokens * completion
        for c in plan.judging
    )
    return bound / 1_000_000


def cost(prompt: int, completion: int, outside: Outside) -> float | None:
    """USD for so many tokens; None for a model without a price."""
    if outside.price is None:
        return None
    return round((prompt * outside.price[0] + completion * outside.price[1]) / 1_000_000, 6)
