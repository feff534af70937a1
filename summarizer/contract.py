"""The HTTP contract as pydantic models: what comes in at the doors and what leaves by them. Nothing is computed here.

The same `Answer` is what the cache keeps (in canonical order, articles unnamed), what `render` turns into Markdown, HTML
and Slack blocks, and what a client reads back. Offsets are Unicode code points, half-open.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.values import Agreement, CheckState, DisputeKind, JudgeState, Stance

CHECK_VERDICTS = ("supported", "misplaced", "not_found", "contradicted")
Verdict = Literal["supported", "misplaced", "not_found", "contradicted"]
Include = Literal["article_text", "rejected_text"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleIn(_Strict):
    """One article as the caller sends it: exactly one of `text`, `html` and `url`."""

    name: str | None = Field(None, max_length=300, description="File name; shown in citations. Default: article-N.")
    text: str | None = Field(None, description="Plain text. Citations are offsets into exactly this string.")
    html: str | None = Field(None, description="A page; citations are offsets into the extracted text.")
    url: str | None = Field(
        None, max_length=2000, description="Where the article stands. Gives the outlet if none is named."
    )
    outlet: str | None = Field(None, max_length=200, description="Who published it. Never read from the text.")
    published_at: str | None = Field(None, max_length=40, description="ISO 8601 date or date-time.")


class Options(_Strict):
    """What can be asked of a summary. Every default is here and nowhere else."""

    max_words: int = Field(150, ge=20, le=2000, description="The summary is never longer.")
    style: Literal["paragraph", "bullets"] = "paragraph"
    focus: str | None = Field(None, min_length=1, max_length=500, description="A question or a topic.")
    min_origins: int = Field(1, ge=1, le=100, description="Facts of fewer independent origins stay out of the summary.")
    engine: Literal["auto", "llm", "extractive"] = "auto"
    fallback: Literal["extractive", "error"] = "extractive"
    judge: Literal["auto", "off", "strict", "rescue"] = Field(
        "auto",
        description="A second model that must agree to each fact (strict), and may let a fact pass of which only words failed "
        "(rescue). auto: strict if the server has a judge and a model writes, else off.",
    )
    cache: Literal["use", "refresh", "none"] = "use"
    deadline_s: float | None = Field(None, ge=1, le=3600, description="Seconds for everything, retries included.")
    max_cost_usd: float | None = Field(
        None, ge=0, description="Refused before anything is sent if the plan may cost more."
    )
    retain_s: int | None = Field(
        None, ge=0, le=2_592_000, description="How long GET /summaries/{id} works. 0: not at all."
    )
    include: tuple[Include, ...] = Field((), description="Parts that are sent on request only.")
    previous: str | None = Field(None, max_length=100, description="The id of an earlier answer to go on from.")
    withdraw: tuple[
        Annotated[
            Annotated[int, Field(ge=1, le=10_000)] | Annotated[str, Field(min_length=1, max_length=310)],
            Field(union_mode="left_to_right"),  # in a form, where everything is text, digits are a number
        ],
        ...,
    ] = Field((), description="Articles of the earlier answer that no longer hold: their numbers there, or names.")


class SummarizeRequest(Options):
    """The body of `POST /summarize` and `POST /estimate`."""

    articles: tuple[ArticleIn, ...] = Field(
        description="Articles about one event. With `previous`: those to add; an empty list adds none."
    )


class VerifyRequest(_Strict):
    """The body of `POST /verify`: anybody's text, and the articles that it should rest on."""

    articles: tuple[ArticleIn, ...]
    text: str = Field(min_length=1, max_length=200_000, description="Markers [n] in it cite article n.")


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CitationOut(_Out):
    """`article_text[start:end] == quote`, always. `partial` citations state a part and do not count for agreement."""

    article: int
    name: str = ""
    start: int
    end: int
    quote: str
    origin: int
    wording: bool = False
    partial: bool = False


class ChecksOut(_Out):
    """Which checks the fact passed; `not_checked` when one does not apply.

    `judge`: `pass`: all checks hold, and a second model agrees; `rescued`: only words failed, and the second model decided.
    """

    quotes: CheckState = "not_checked"
    numbers: CheckState = "not_checked"
    names: CheckState = "not_checked"
    roles: CheckState = "not_checked"
    negation: CheckState = "not_checked"
    unsupported_words: list[str] = []
    verbatim_run: int = 0
    judge: JudgeState = "not_checked"


class FactOut(_Out):
    """One statement. `at` are code points of `summary` (null for facts that are not in it).

    `id`: a hash of the statement and of the words that it rests on; equal for equal articles, whatever their order.
    """

    id: str = ""
    text: str
    at: tuple[int, int] | None = None
    agreement: Agreement
    origins: int
    articles: int
    attributed_to: str | None = None
    citations: list[CitationOut]
    stances: dict[str, Stance]
    checks: ChecksOut


class LeftOutFact(FactOut):
    reason: Literal["length", "not_chosen", "single_origin", "few_origins", "off_focus"]


class LeftOutOut(_Out):
    total: int = 0
    facts: list[LeftOutFact] = []


class RejectedFact(_Out):
    text: str
    reason: str
    citations: list[CitationOut] = []


class RejectedOut(_Out):
    total: int = 0
    reasons: dict[str, int] = {}
    facts: list[RejectedFact] = Field([], description='Only with include: ["rejected_text"]: it may be false.')


class HeadlineOut(_Out):
    text: str
    citations: list[CitationOut]


class SentenceOut(_Out):
    text: str
    facts: list[int]


class PositionOut(_Out):
    text: str
    citations: list[CitationOut]


class DisputeOut(_Out):
    topic: str
    kind: DisputeKind
    positions: list[PositionOut]
    silent: list[int]


class RemovedOut(_Out):
    start: int
    end: int
    reason: str


class CopiedOut(_Out):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)
    start: int
    end: int
    source: int = Field(alias="from")
    similarity: float


class ArticleOut(_Out):
    """What became of one article. `origin`: articles with one number are copies of one another. `left_out`: why it takes no
    part, and so does not count for agreement."""

    number: int
    name: str = ""
    title: str | None = None
    outlet: str | None = None
    published_at: str | None = None
    url: str | None = None
    characters: int
    tokens: int
    origin: int
    left_out: Literal["no_story", "unrelated"] | None = None
    copied: list[CopiedOut] = []
    removed: list[RemovedOut] = []
    removed_markup: dict[str, int] = {}
    cited: int = 0
    text: str | None = None


class WarningOut(_Out):
    code: str
    message: str


class Usage(_Out):
    """Tokens, money and calls of this request; `host` is where article text went (null: nowhere)."""

    llm_calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0
    tokens_raw: int = 0
    cache: Literal["miss", "hit", "partial"] = "miss"
    host: str | None = None


class Changes(_Out):
    """What became of the earlier answer's facts, by their words. Counted are origins.

    added: in the summary now, and not before. newly_disputed, newly_supported (by more origins), weakened (by fewer): told
    before, and still. dropped: in the summary before; they do not hold any more, or are not told.
    """

    added: list[str] = []
    newly_disputed: list[str] = []
    newly_supported: list[str] = []
    weakened: list[str] = []
    dropped: list[str] = []


class Answer(_Out):
    """The answer of `POST /summarize`."""

    id: str
    engine: Literal["llm", "extractive"]
    model: str | None = None
    prompt_version: str
    degraded: bool = False
    language: str
    headline: HeadlineOut | None
    summary: str
    summary_cited: str
    sentences: list[SentenceOut]
    facts: list[FactOut]
    disputes: list[DisputeOut]
    left_out: LeftOutOut
    rejected: RejectedOut
    articles: list[ArticleOut]
    changes: Changes | None = None
    warnings: list[WarningOut]
    usage: Usage
    timings_ms: dict[str, float] = {}


class VerifiedSentence(_Out):
    """One sentence of the text that was checked. `at` are code points of that text. `should_be`: the nearest span."""

    text: str
    at: tuple[int, int]
    verdict: Verdict
    reason: str | None = None
    citations: list[CitationOut]
    should_be: CitationOut | None = None
    checks: ChecksOut


class VerifyAnswer(_Out):
    sentences: list[VerifiedSentence]
    articles: list[ArticleOut]
    warnings: list[WarningOut] = []


class PlannedCall(_Out):
    kind: Literal["summarize", "update", "merge", "judge"]
    level: int
    prompt_tokens: int
    max_completion_tokens: int


class Estimate(_Out):
    """The plan of calls, before anything is sent: no request makes more of them, and it may make fewer.

    `cost_usd` is an upper bound, null for a model without a price.
    """

    engine: Literal["llm", "extractive"]
    model: str | None
    calls: list[PlannedCall]
    levels: int
    prompt_tokens: int
    max_completion_tokens: int
    cost_usd: float | None
    tokens_raw: int
    cached: bool
    articles: list[ArticleOut]
    warnings: list[WarningOut] = []


class Problem(BaseModel):
    """RFC 9457 problem document, sent as `application/problem+json`."""

    model_config = ConfigDict(extra="allow")
    type: Annotated[str, Field(examples=["https://consensus-summarizer.dev/problems/no_usable_text"])]
    title: str
    status: int
    detail: str
    code: str
    request_id: str | None = None


class StageOut(_Out):
    """How far a run is: which stage, and for calls of the model how many of how many are done."""

    name: str
    done: int = 0
    total: int = 0


class JobLinks(_Out):
    job: str
    events: str


class JobOut(_Out):
    """A job as it stands. `answer` when it succeeded, `problem` when it failed or was cancelled."""

    id: str
    status: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    attempts: int = Field(0, description="How often a worker has begun it: more than 1 after a crash.")
    stage: StageOut | None = None
    links: JobLinks
    answer: Answer | None = None
    problem: Problem | None = None
