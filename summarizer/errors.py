"""Everything that can go wrong, as a tree. The caller's fault is 4xx, the model's or ours 5xx; each class knows which.

SummarizerError
  BadSettings                 500 bad_settings: an environment variable is wrong; raised before anything is opened
  CallerError                 4xx: the request must change
    InvalidRequest            422 invalid_request: a field is wrong, named in `errors`
    NoUsableText              422 no_usable_text: every article is empty or boilerplate
    TooLarge                  413 too_large: a limit, named with its value
    Undecodable               415 undecodable: bytes that are no text
    NotFetched                422 not_fetched: a URL that may not be asked, or gives no page
    CostLimit                 422 cost_limit: the plan costs more than max_cost_usd
    NotFound                  404 not_found: no such summary (or not kept any more)
    Unauthorized              401 unauthorized
    Forbidden                 403 forbidden: foreign origin or host on a server without keys
    NotConfigured             422 not_configured: the engine asked for needs a model and none is set
    IdempotencyConflict       422 idempotency_conflict: the same key came with another request
    JobCancelled              409 job_cancelled: how a job ends that its owner cancelled
  LimitReached                429: the request is fine, and too early; carries `retry_after`
    RateLimited               429 rate_limited: requests or tokens per minute
    BudgetSpent               429 budget_spent: what a caller, or all of them, may spend on the model in a day
  ServiceError                5xx: the request was fine
    DeadlineExceeded          504 deadline_exceeded
    StoreUnavailable          503 store_unavailable
    Overloaded                503 overloaded: the queue is full; `retry_after` seconds
    JobGivenUp                500 job_given_up: every attempt ended with the worker that made it
    JobLost                   500 job_lost: what was sent cannot be read any more
    BudgetUnavailable         503 budget_unavailable: nobody can tell what has been spent, so nothing is
    ModelError                502 model_error; carries the tokens spent and whether a retry can help
      ModelUnreachable        502 model_unreachable: refused, DNS, TLS, reset
      ModelTimeout            504 model_timeout
      ModelBusy               503 model_busy: 408, 409, 429, 5xx; `retry_after` seconds when told
      ModelDenied             502 model_denied: 401, 402, 403, out of credit
      ModelUnknown            502 model_unknown: 404, no such model or path
      ModelRejectedRequest    502 model_rejected_request: other 400s
      ModelContextTooLong     502 model_context_too_long
      ModelRefused            502 model_refused: a refusal, or a content filter
      ModelReplyCut           502 model_reply_cut: finish_reason length, or no finish at all
      ModelReplyEmpty         502 model_reply_empty: no choices, null or empty content
      ModelReplyUnreadable    502 model_reply_unreadable: HTML, an error body with status 200, no form that we know
      ModelReserveSpent       503 model_reserve_spent: the money set aside for the request is used up; nothing more was asked
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class SummarizerError(Exception):
    """The root. `detail` is one sentence for the person who reads it, and says what to do."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"
    exit_code: ClassVar[int] = 1

    def __init__(
        self, detail: str, *, retry_after: float | None = None, extra: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after
        self.extra: dict[str, Any] = dict(extra or {})


class BadSettings(SummarizerError):
    """An environment variable cannot be used. Raised when settings are built, never while a request is served."""

    code = "bad_settings"
    title = "A setting is wrong"
    exit_code = 2


class CallerError(SummarizerError):
    """The request must change; sending it again will not help."""

    status = 422
    code = "invalid_request"
    title = "The request cannot be used"
    exit_code = 3


class InvalidRequest(CallerError):
    title = "A field of the request is wrong"
    exit_code = 2


class NoUsableText(CallerError):
    code = "no_usable_text"
    title = "There is no story in what was sent"


class TooLarge(CallerError):
    status = 413
    code = "too_large"
    title = "A limit was passed"


class Undecodable(CallerError):
    status = 415
    code = "undecodable"
    title = "A file is not text"


class NotFetched(CallerError):
    code = "not_fetched"
    title = "A page cannot be fetched"


class CostLimit(CallerError):
    code = "cost_limit"
    title = "The request would cost more than allowed"


class NotFound(CallerError):
    status = 404
    code = "not_found"
    title = "Not found"


class Unauthorized(CallerError):
    status = 401
    code = "unauthorized"
    title = "A valid API key is needed"


class Forbidden(CallerError):
    status = 403
    code = "forbidden"
    title = "Not allowed from there"


class NotConfigured(CallerError):
    code = "not_configured"
    title = "No model is configured"


class IdempotencyConflict(CallerError):
    code = "idempotency_conflict"
    title = "The Idempotency-Key was used for another request"


class JobCancelled(CallerError):
    status = 409
    code = "job_cancelled"
    title = "The job was cancelled"


class LimitReached(SummarizerError):
    """The request is fine; it comes too early. `retry_after` says when it may come again."""

    status = 429
    code = "limit_reached"
    title = "A limit of this caller was reached"


class RateLimited(LimitReached):
    code = "rate_limited"
    title = "Too many requests"


class BudgetSpent(LimitReached):
    code = "budget_spent"
    title = "The spending limit of today is reached"


class ServiceError(SummarizerError):
    """The request was fine; something behind us was not."""

    status = 503
    code = "service_error"
    title = "The service cannot answer now"


class DeadlineExceeded(ServiceError):
    status = 504
    code = "deadline_exceeded"
    title = "The deadline passed"
    exit_code = 4


class StoreUnavailable(ServiceError):
    code = "store_unavailable"
    title = "The store is away"


class Overloaded(ServiceError):
    code = "overloaded"
    title = "There is more work than can be taken now"


class JobGivenUp(ServiceError):
    status = 500
    code = "job_given_up"
    title = "The job was given up"


class JobLost(ServiceError):
    status = 500
    code = "job_lost"
    title = "The job cannot be read any more"


class BudgetUnavailable(ServiceError):
    code = "budget_unavailable"
    title = "The store that counts what is spent is away"


class ModelError(ServiceError):
    """The model's side failed. `prompt_tokens` and `completion_tokens` are what the failed call cost, as far as known.

    `calls` are the attempts that reached the server; `micro_usd` what they cost in millionths of a dollar, None if the
    price is not known.
    """

    status = 502
    code = "model_error"
    title = "The model failed"
    exit_code = 4
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        detail: str,
        *,
        retry_after: float | None = None,
        extra: Mapping[str, Any] | None = None,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
        calls: int = 0,
    ) -> None:
        super().__init__(detail, retry_after=retry_after, extra=extra)
        self.prompt_tokens = prompt_tokens
        self.completion_tokens = completion_tokens
        self.calls = calls
        self.micro_usd: int | None = None


class ModelUnreachable(ModelError):
    code = "model_unreachable"
    title = "The model server cannot be reached"
    retryable = True


class ModelTimeout(ModelError):
    status = 504
    code = "model_timeout"
    title = "The model did not answer in time"
    retryable = True


class ModelBusy(ModelError):
    status = 503
    code = "model_busy"
    title = "The model server is busy"
    retryable = True


class ModelDenied(ModelError):
    code = "model_denied"
    title = "The model server refused the credentials or the account"


class ModelUnknown(ModelError):
    code = "model_unknown"
    title = "The model server does not know the model"


class ModelRejectedRequest(ModelError):
    code = "model_rejected_request"
    title = "The model server rejected the request"


class ModelContextTooLong(ModelError):
    code = "model_context_too_long"
    title = "The prompt is longer than the model's context"


class ModelRefused(ModelError):
    code = "model_refused"
    title = "The model refused"


class ModelReplyCut(ModelError):
    """`partial_text` is what arrived, for whoever can use whole sentences of it; it is never shown or logged."""

    partial_text: str = ""
    code = "model_reply_cut"
    title = "The model's reply was cut"
    retryable = True


class ModelReplyEmpty(ModelError):
    code = "model_reply_empty"
    title = "The model's reply was empty"
    retryable = True


class ModelReplyUnreadable(ModelError):
    code = "model_reply_unreadable"
    title = "The model's reply could not be read"


class ModelReserveSpent(ModelError):
    status = 503
    code = "model_reserve_spent"
    title = "The money set aside for the request is used up"
