"""What is counted, and how it reads in Prometheus' text form. Counts, times and names of ours; never text, keys or ids.

The doors and the runner of jobs call `answered` or `failed` for what the pipeline gave them; `passed` is called for each HTTP
request, `attempted` by a model's client, `job_ended` and `job_attempted` where jobs are run. A label has few values, all of them ours: routes are templates, an unknown path is `none`, a tenant is
told by the name of its key. Counted in this process: a server that scrapes several adds them up.

What stands now (breakers, the queue) is set right before a scrape.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from summarizer import errors
from summarizer.contract import Answer
from summarizer.llm import ChatModel

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

# From a cached answer (a few milliseconds) to the longest deadline that is usual; a request without a model takes 0.05 to 2 s.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)

_REQUESTS = Counter(
    "summarizer_requests",
    "HTTP requests, by route template and status.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
_REQUEST_SECONDS = Histogram(
    "summarizer_request_seconds", "Seconds of an HTTP request.", ["route"], buckets=_SECONDS, registry=REGISTRY
)
_STAGE_SECONDS = Histogram(
    "summarizer_stage_seconds", "Seconds of a stage of one answer.", ["stage"], buckets=_SECONDS, registry=REGISTRY
)
_ANSWERS = Counter(
    "summarizer_answers",
    "Summaries, by engine, cache (hit, miss, partial) and whether they are degraded.",
    ["engine", "cache", "degraded", "tenant"],
    registry=REGISTRY,
)
_FAILURES = Counter(
    "summarizer_failures", "Requests for a summary that got an error.", ["code", "tenant"], registry=REGISTRY
)
_CALLS = Counter("summarizer_model_calls", "Calls that reached a model server.", ["tenant"], registry=REGISTRY)
_TOKENS = Counter("summarizer_model_tokens", "Tokens that models took and gave.", ["kind", "tenant"], registry=REGISTRY)
_COST = Counter("summarizer_model_cost_usd", "US dollars, where the price is known.", ["tenant"], registry=REGISTRY)
_ATTEMPTS = Counter(
    "summarizer_model_attempts",
    "Attempts to reach a model, by `ok` or the error's code.",
    ["model", "outcome"],
    registry=REGISTRY,
)
_ATTEMPT_SECONDS = Histogram(
    "summarizer_model_attempt_seconds", "Seconds of an attempt.", ["model"], buckets=_SECONDS, registry=REGISTRY
)
_REJECTED = Counter(
    "summarizer_rejected_facts", "Statements that failed a check, by reason.", ["reason"], registry=REGISTRY
)
_WARNINGS = Counter("summarizer_warnings", "Warnings of answers, by code.", ["code"], registry=REGISTRY)
_LIMITED = Counter(
    "summarizer_limited", "Requests that came too early, by problem code.", ["code", "tenant"], registry=REGISTRY
)
_BREAKER = Gauge(
    "summarizer_breaker",
    "Whether a model server is asked: 0 closed, 1 half open, 2 open.",
    ["server", "model"],
    registry=REGISTRY,
)
_JOBS = Counter(
    "summarizer_jobs", "Jobs that ended here: succeeded, failed or cancelled.", ["state", "tenant"], registry=REGISTRY
)
_JOB_SECONDS = Histogram(
    "summarizer_job_seconds",
    "Seconds from handing a job in to its end.",
    ["state"],
    buckets=(*_SECONDS, 300.0, 900.0, 3600.0),
    registry=REGISTRY,
)
_JOB_ATTEMPTS = Counter(
    "summarizer_job_attempts",
    "Attempts at jobs that ended here: succeeded, failed, overtaken by another attempt, or cut short by a stop.",
    ["outcome"],
    registry=REGISTRY,
)
_QUEUE = Gauge("summarizer_queue_jobs", "Jobs in the queue, waiting and running.", ["state"], registry=REGISTRY)
_QUEUE_AGE = Gauge(
    "summarizer_queue_oldest_seconds",
    "Seconds that the oldest waiting job has waited; 0: none waits.",
    registry=REGISTRY,
)
_TURNS = Gauge("summarizer_turns_waiting", "Steps of requests that wait for their turn to compute.", registry=REGISTRY)
_STATES = {"closed": 0, "half_open": 1, "open": 2}


def text(models: Iterable[ChatModel]) -> bytes:
    """All of it in Prometheus' text form. `models`: whose breakers are shown."""
    for model in models:
        _BREAKER.labels(model.host or "none", model.model).set(_STATES[model.breaker.state])
    return generate_latest(REGISTRY)


def turns(waiting: int) -> None:
    """How many steps wait to compute."""
    _TURNS.set(waiting)


def queued(waiting: float, running: float, oldest_s: float) -> None:
    """How the queue stands, right before a scrape; NaN for what cannot be told."""
    _QUEUE.labels("waiting").set(waiting)
    _QUEUE.labels("running").set(running)
    _QUEUE_AGE.set(oldest_s)


def job_ended(state: str, tenant: str, seconds: float) -> None:
    """One job that ended. `seconds`: since it was handed in."""
    _JOBS.labels(state, shown(tenant)).inc()
    _JOB_SECONDS.labels(state).observe(seconds)


def job_attempted(outcome: str) -> None:
    """One attempt at a job that is over."""
    _JOB_ATTEMPTS.labels(outcome).inc()


def passed(method: str, route: str, status: int, seconds: float) -> None:
    """One HTTP request. `route`: its template, `none` for an unknown path. Status 499: the client hung up."""
    _REQUESTS.labels(method, route, str(status)).inc()
    _REQUEST_SECONDS.labels(route).observe(seconds)


def attempted(model: str, outcome: str, seconds: float) -> None:
    """One attempt at a model server: `ok` or the code of its error."""
    _ATTEMPTS.labels(model, outcome).inc()
    _ATTEMPT_SECONDS.labels(model).observe(seconds)


def answered(answer: Answer, tenant: str) -> None:
    """One summary that was given. `tenant` as the pipeline knows it."""
    who = shown(tenant)
    usage = answer.usage
    _ANSWERS.labels(answer.engine, usage.cache, str(answer.degraded).lower(), who).inc()
    for stage, ms in answer.timings_ms.items():
        _STAGE_SECONDS.labels(stage).observe(ms / 1000)
    _spent(who, usage.llm_calls, usage.prompt_tokens, usage.completion_tokens, usage.cost_usd)
    if usage.cache != "hit":
        for reason, number in answer.rejected.reasons.items():
            _REJECTED.labels(reason).inc(number)
    for warning in answer.warnings:
        _WARNINGS.labels(warning.code).inc()


async def counted(work: Awaitable[Answer], tenant: str) -> Answer:
    """The answer of `work`, counted; so is its error. A client who hangs up is neither."""
    try:
        answer = await work
    except errors.SummarizerError as error:
        failed(error, tenant)
        raise
    answered(answer, tenant)
    return answer


def answered_again(engine: str, tenant: str) -> None:
    """One summary that was given before and is given again as it was."""
    _ANSWERS.labels(engine, "hit", "false", shown(tenant)).inc()


def failed(error: errors.SummarizerError, tenant: str) -> None:
    """One request for a summary that got an error; what it cost is counted too."""
    who = shown(tenant)
    if isinstance(error, errors.LimitReached):
        _LIMITED.labels(error.code, who).inc()
    _FAILURES.labels(error.code, who).inc()
    if isinstance(error, errors.ModelError):
        paid(error, tenant)


def paid(error: errors.ModelError, tenant: str) -> None:
    """What an answer of the model cost that was of no use, where the request goes on all the same."""
    usd = None if error.micro_usd is None else error.micro_usd / 1_000_000
    _spent(shown(tenant), error.calls, error.prompt_tokens, error.completion_tokens, usd)


def limited(code: str, tenant: str) -> None:
    """A request that was turned away at the door."""
    _LIMITED.labels(code, shown(tenant)).inc()


def shown(tenant: str) -> str:
    """A tenant in a label: the name of its key, else a part of its hash. All Slack workspaces are one."""
    kind, colon, name = tenant.partition(":")
    if colon:
        return name if kind == "name" else kind
    return f"key-{tenant[:8]}" if tenant else "none"


def _spent(who: str, calls: int, prompt: int, completion: int, usd: float | None) -> None:
    _CALLS.labels(who).inc(calls)
    _TOKENS.labels("prompt", who).inc(prompt)
    _TOKENS.labels("completion", who).inc(completion)
    _COST.labels(who).inc(usd or 0.0)
