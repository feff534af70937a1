"""A client for a server of ours, in Python: the same objects as the API, the same errors, waiting where that helps.

    from summarizer import Client
    with Client("http://127.0.0.1:8321") as client:
        print(client.summarize([{"name": "a.txt", "text": "..."}, {"name": "b.txt", "text": "..."}]).summary)

`AsyncClient` has the same methods to be awaited. An error of the server is raised as the class of `errors` that has its code.

What is asked of the network stands in plain values (`_Call`), and so does what becomes of a failed try (`_Tries`): the two
clients below differ in how they wait and in nothing else.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypedDict, TypeVar, Unpack
from urllib.parse import quote, urlsplit

import httpx2
from pydantic import BaseModel, ValidationError

from summarizer import errors
from summarizer.contract import (
    Answer,
    ArticleIn,
    Estimate,
    FactOut,
    Include,
    JobOut,
    Problem,
    StageOut,
    VerifyAnswer,
)

VARIABLES = ("SUMMARIZER_URL", "SUMMARIZER_API_KEY")
"""Where the address and the key come from when they are not given."""

HERE = "http://127.0.0.1:8321"
"""Where `summarizer serve` listens unless told otherwise."""

PATIENCE_S = 60.0
"""Waited at most for a server that asks to be left alone, all tries of one call together. Who is told to come back
later than that (a spending limit of the day) hears of it at once."""

_READ_S = 150.0
"""Without a byte of the answer: longer than a server takes for one request by default (SUMMARIZER_DEADLINE_S)."""
_SLACK_S = 30.0
"""On top of a `deadline_s` that was asked for: reading the request and writing the answer are not part of it."""
_SILENT_S = 60.0
"""Without a byte of a stream: the server gives a sign of life every ten seconds."""
_LOST = 4
"""Tries in a row that were lost on the way; the fourth is told."""
_FIRST_S, _LONGEST_S = 0.25, 8.0
"""Between tries of a server that does not say when to come back: doubled each time."""
_LOOKS_S = (0.1, 2.0)
"""Between looks at a job that is waited for: the first and the longest, doubled in between."""

_KEY = re.compile(r"[!-~]{1,255}", re.ASCII)

Source = ArticleIn | Mapping[str, Any] | str | Path
"""An article: as the API takes it, its text alone, or a file."""

Made = TypeVar("Made", bound=BaseModel)


class Asked(TypedDict, total=False):
    """The options of a summary, as `contract.Options` explains and bounds them."""

    max_words: int
    style: Literal["paragraph", "bullets"]
    focus: str | None
    min_origins: int
    engine: Literal["auto", "llm", "extractive"]
    fallback: Literal["extractive", "error"]
    judge: Literal["auto", "off", "strict", "rescue"]
    cache: Literal["use", "refresh", "none"]
    deadline_s: float | None
    max_cost_usd: float | None
    retain_s: int | None
    include: Sequence[Include]
    previous: str | None
    withdraw: Sequence[int | str]


class ServerUnreachable(errors.ServiceError):
    """Nothing listens at the address, the connection broke, or what answers there is no server of ours."""

    code = "server_unreachable"
    title = "The server cannot be reached"


class Interrupted(errors.ServiceError):
    """The server stopped in the middle of a stream. A job goes on all the same; a request must be sent again."""

    code = "interrupted"
    title = "The server stopped"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far the work is. Of `model` there are as many pieces as calls."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that passed the checks; `number` counts from 1. Place, agreement and stances are those of the moment."""

    number: int
    fact: FactOut


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A statement that was told before and does not stand in the answer."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end: the whole answer, which holds against all that came before."""

    answer: Answer


Event = Stage | Fact | Withdrawn | Done


# --- what is asked, and what comes of it --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Call:
    """One request. `again`: it may be sent again although nobody knows whether it arrived."""

    method: str
    path: str
    again: bool
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)  # arguments of the HTTP client: json, or data and files
    read_s: float = _READ_S

    def given(self) -> dict[str, Any]:
        timeout = httpx2.Timeout(30.0, connect=10.0, read=self.read_s)
        return {
            "method": self.method,
            "url": self.path,
            "headers": dict(self.headers),
            "timeout": timeout,
            **self.body,
        }


class _Tries:
    """What becomes of failed tries of one call: seconds to wait before the next, or the error is raised."""

    def __init__(self, *, again: bool, patience_s: float) -> None:
        self._again, self._left = again, patience_s
        self._lost = 0
        self._next = _FIRST_S

    def refused(self, error: errors.SummarizerError) -> float:
        """The server answered, and not with what was asked for."""
        if error.status not in (429, 503):
            raise error
        wait = self._pause() if error.retry_after is None else error.retry_after
        if wait > self._left:
            raise error
        self._left -= wait
        return wait

    def lost(self, error: httpx2.HTTPError | Interrupted) -> float:
        """Nothing came back, or it broke off. What never arrived may always be sent again."""
        self._lost += 1
        if isinstance(error, Interrupted):
            if self._lost >= _LOST:
                raise error
            return self._pause()
        arrived = not isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout))
        if self._lost >= _LOST or (arrived and not self._again):
            raise _unreachable(error) from None
        return self._pause()

    def well(self) -> None:
        """Something came: what was lost before does not count any more."""
        self._lost, self._next = 0, _FIRST_S

    def _pause(self) -> float:
        wait, self._next = self._next, min(_LONGEST_S, 2 * self._next)
        return wait


def _unreachable(error: Exception) -> ServerUnreachable:
    # The message may hold the address with what somebody put into it; the kind says enough.
    return ServerUnreachable(
        f"The server cannot be reached or broke off ({type(error).__name__}): check that it runs and that the address is right."
    )


@cache
def _classes() -> Mapping[str, type[errors.SummarizerError]]:
    """The classes of `errors` by their codes."""
    found: dict[str, type[errors.SummarizerError]] = {}
    todo: list[type[errors.SummarizerError]] = [errors.SummarizerError]
    while todo:
        one = todo.pop()
        if one.__module__ == errors.__name__:
            found.setdefault(one.code, one)
            todo += one.__subclasses__()
    # `invalid_request` is the code of the class above too.
    return {**found, errors.InvalidRequest.code: errors.InvalidRequest}


def error_of(problem: Problem) -> errors.SummarizerError:
    """A problem document as the error it was. A code that is not known here: by its status, with the code it came with."""
    kind = _classes().get(problem.code)
    known = kind is not None
    if kind is None:
        kind = errors.ServiceError if problem.status >= 500 else errors.CallerError
        kind = errors.LimitReached if problem.status == 429 else kind
    extra = dict(problem.model_extra or {})
    told = extra.pop("retry_after", None)
    if problem.request_id is not None:
        extra["request_id"] = problem.request_id
    made = kind(problem.detail, retry_after=float(told) if isinstance(told, int | float) else None, extra=extra)
    if not known:
        vars(made).update(code=problem.code, status=problem.status, title=problem.title)
    return made


def _problem(response: httpx2.Response) -> errors.SummarizerError | None:
    """The error that a response tells, with its body read; None for one that is fine."""
    if response.is_success:
        return None
    try:
        made = error_of(Problem.model_validate_json(response.content))
    except ValidationError:
        # A proxy in between says it in its own way.
        made = ServerUnreachable(
            f"What answers there is no server of ours (status {response.status_code}): check the address."
        )
        vars(made)["status"] = response.status_code
    told = response.headers.get("retry-after", "")
    if made.retry_after is None and told.isascii() and told.isdigit():
        made.retry_after = float(told[:9])
    return made


def _read(model: type[Made], data: bytes | str) -> Made:
    """What the server said, as an object. A newer server may say more than we know; that is passed over."""
    try:
        return model.model_validate_json(data, extra="ignore")
    except ValidationError:
        raise ServerUnreachable(
            "The answer has a form that this client does not know: is the server of the same version?"
        ) from None


class _Numbered(BaseModel):
    """The data of `fact` and `fact_withdrawn`."""

    number: int
    text: str = ""
    fact: FactOut | None = None


def _event(name: str, data: str) -> Event | None:
    """An event of a stream; None for one that is not known here. Raises what `failed` tells, Interrupted for `interrupted`."""
    match name:
        case "stage":
            stage = _read(StageOut, data)
            return Stage(stage.name, stage.done, stage.total)
        case "fact":
            told = _read(_Numbered, data)
            return Fact(told.number, told.fact) if told.fact is not None else None
        case "fact_withdrawn":
            told = _read(_Numbered, data)
            return Withdrawn(told.number, told.text)
        case "done":
            if data == "null":
                raise errors.NotFound("The answer is not kept any more. Send the request again.")
            return Done(_read(Answer, data))
        case "failed":
            raise error_of(_read(Problem, data))
        case "interrupted":
            raise Interrupted("The server stopped before the answer was there: send the request again.")
        case _:
            return None


def _answer_of(job: JobOut) -> Answer | None:
    """The answer of a job that succeeded, None of one that has not ended. Raises the error that it ended with."""
    if job.status in ("queued", "running"):
        return None
    if job.problem is not None:
        raise error_of(job.problem)
    if job.answer is None:
        raise errors.NotFound("The answer of this job is not kept any more. Send the request again.")
    return job.answer


def _sent(articles: Sequence[Source], options: Mapping[str, Any]) -> dict[str, Any]:
    """Articles and options as a body: JSON, or a form when all of them are files, which the server then decodes."""
    if isinstance(articles, str | Path):
        raise errors.InvalidRequest("Send a list of articles, even for one.")
    files = [one for one in articles if isinstance(one, Path)]
    if not files:
        return {"json": {"articles": _rows(articles), **{k: v for k, v in options.items() if v is not None}}}
    if len(files) < len(articles):
        raise errors.InvalidRequest("Send files or other articles, not both in one request.")
    fields = {
        name: [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
        for name, value in options.items()
        if value is not None
    }
    return {"data": fields, "files": [("files", (path.name, _bytes(path))) for path in files]}


def _rows(articles: Sequence[Source]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for one in articles:
        if isinstance(one, ArticleIn):
            rows.append(one.model_dump(exclude_none=True))
        elif isinstance(one, str):
            rows.append({"text": one})
        elif isinstance(one, Path):
            raise errors.InvalidRequest("Files are taken for summaries only: send their text here.")
        else:
            rows.append(dict(one))
    return rows


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise errors.InvalidRequest(f"{path} cannot be read: {error.strerror}.") from None


def _summarize(articles: Sequence[Source], options: Asked) -> _Call:
    wanted = options.get("deadline_s")
    read_s = _READ_S if wanted is None else max(_READ_S, wanted + _SLACK_S)
    return _Call("POST", "/summarize", False, body=_sent(articles, options), read_s=read_s)


def _streamed(call: _Call) -> _Call:
    return replace(call, headers={**call.headers, "accept": "text/event-stream"}, read_s=_SILENT_S)


def _verify(text: str, articles: Sequence[Source]) -> _Call:
    return _Call("POST", "/verify", True, body={"json": {"text": text, "articles": _rows(articles)}})


def _estimate(articles: Sequence[Source], options: Asked) -> _Call:
    return _Call("POST", "/estimate", True, body=_sent(articles, options))


def _new_job(articles: Sequence[Source], options: Asked, key: str | None) -> _Call:
    key = secrets.token_urlsafe(24) if key is None else key
    if not _KEY.fullmatch(key):
        raise errors.InvalidRequest("idempotency_key: 1 to 255 visible ASCII characters.")
    return _Call("POST", "/jobs", True, headers={"idempotency-key": key}, body=_sent(articles, options))


def _at(folder: str, name: str, *, method: str = "GET", tail: str = "") -> _Call:
    return _Call(method, f"/{folder}/{quote(name, safe='')}{tail}", True)


def _events_of(job: str, after: int) -> _Call:
    call = _streamed(_at("jobs", job, tail="/events"))
    return replace(call, headers={**call.headers, "last-event-id": str(after)}) if after else call


def _number(sent: str, before: int) -> int:
    return int(sent[:18]) if sent.isascii() and sent.isdigit() else before


def _late(timeout: float) -> errors.DeadlineExceeded:
    return errors.DeadlineExceeded(f"The job has not ended within {timeout:g} seconds. It goes on: wait for it again.")


def _settings(base_url: str | None, api_key: str | None) -> dict[str, Any]:
    """What both HTTP clients are made with."""
    url = base_url or os.environ.get(VARIABLES[0]) or HERE
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query:
        raise errors.BadSettings(
            f"The address of the server must be an http:// or https:// URL without a user name and a query; give base_url or set {VARIABLES[0]}."
        )
    key = api_key or os.environ.get(VARIABLES[1], "")
    if key and not _KEY.fullmatch(key):
        raise errors.BadSettings(f"The API key holds characters that no key has; give api_key or set {VARIABLES[1]}.")
    headers = {"accept": "application/json", "user-agent": "consensus-summarizer-client"}
    # No redirects: the key is for this address only.
    return {
        "base_url": url.rstrip("/"),
        "headers": {**headers, **({"authorization": f"Bearer {key}"} if key else {})},
        "follow_redirects": False,
    }


# --- the two clients ----------------------------------------------------------------------------------------------------


class Client:
    """A server of ours. Can be used by several threads at once; `close` it, or use it in a `with`.

    base_url, api_key: default SUMMARIZER_URL (else http://127.0.0.1:8321) and SUMMARIZER_API_KEY.
    patience_s: waited at most in one call while the server asks to come back later (429, 503).
    Errors: those of `errors` by their codes, `ServerUnreachable`, `Interrupted`.
    """

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        patience_s: float = PATIENCE_S,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._http = httpx2.Client(transport=transport, **_settings(base_url, api_key))
        self._patience_s = patience_s
        self.jobs = Jobs(self)

    def __repr__(self) -> str:
        return f"Client({str(self._http.base_url)!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def summarize(self, articles: Sequence[Source], **options: Unpack[Asked]) -> Answer:
        """`POST /summarize`."""
        return _read(Answer, self._ask(_summarize(articles, options)))

    def events(self, articles: Sequence[Source], **options: Unpack[Asked]) -> Iterator[Event]:
        """`POST /summarize` as it goes: stages and facts, and at the end `Done` with the whole answer."""
        call = _streamed(_summarize(articles, options))
        with self._open(call, _Tries(again=False, patience_s=self._patience_s)) as response:
            try:
                for sent in httpx2.EventSource(response, max_event_size=None):
                    event = _event(sent.event, sent.data)
                    if event is not None:
                        yield event
                    if isinstance(event, Done):
                        return
            except httpx2.HTTPError as error:
                raise _unreachable(error) from None
        raise Interrupted("The stream broke off before the answer was there: send the request again.")

    def verify(self, text: str, articles: Sequence[Source]) -> VerifyAnswer:
        """`POST /verify`: every sentence of a text against the articles."""
        return _read(VerifyAnswer, self._ask(_verify(text, articles)))

    def estimate(self, articles: Sequence[Source], **options: Unpack[Asked]) -> Estimate:
        """`POST /estimate`: calls, tokens and money; nothing is sent to a model."""
        return _read(Estimate, self._ask(_estimate(articles, options)))

    def summary(self, summary_id: str) -> Answer:
        """`GET /summaries/{id}`: an earlier answer."""
        return _read(Answer, self._ask(_at("summaries", summary_id)))

    def forget(self, summary_id: str) -> None:
        """`DELETE /summaries/{id}`."""
        self._ask(_at("summaries", summary_id, method="DELETE"))

    def _ask(self, call: _Call) -> bytes:
        tries = _Tries(again=call.again, patience_s=self._patience_s)
        while True:
            try:
                response = self._http.request(**call.given())
            except httpx2.HTTPError as error:
                wait = tries.lost(error)
            else:
                problem = _problem(response)
                if problem is None:
                    return response.content
                wait = tries.refused(problem)
            time.sleep(wait)

    @contextmanager
    def _open(self, call: _Call, tries: _Tries) -> Iterator[httpx2.Response]:
        """A stream that has begun; tried again until then, and not after."""
        while True:
            try:
                response = self._http.send(self._http.build_request(**call.given()), stream=True)
                try:
                    if not response.is_success:
                        response.read()
                    problem = _problem(response)
                    if problem is None:
                        yield response
                        return
                finally:
                    response.close()
            except httpx2.HTTPError as error:
                wait = tries.lost(error)
            else:
                wait = tries.refused(problem)
            time.sleep(wait)


class Jobs:
    """The jobs of a `Client`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def create(
        self, articles: Sequence[Source], *, idempotency_key: str | None = None, **options: Unpack[Asked]
    ) -> JobOut:
        """`POST /jobs`. It carries an idempotency key, its own or yours, so a lost answer never makes two jobs of one."""
        return _read(JobOut, self._client._ask(_new_job(articles, options, idempotency_key)))

    def get(self, job_id: str) -> JobOut:
        """`GET /jobs/{id}`: how it stands."""
        return _read(JobOut, self._client._ask(_at("jobs", job_id)))

    def wait(self, job_id: str, *, timeout: float | None = None) -> Answer:
        """The answer, when it is there. Raises the error that the job ended with; DeadlineExceeded after `timeout` seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        pause, longest = _LOOKS_S
        while True:
            answer = _answer_of(self.get(job_id))
            if answer is not None:
                return answer
            if timeout is not None and end is not None and time.monotonic() + pause > end:
                raise _late(timeout)
            time.sleep(pause)
            pause = min(longest, 2 * pause)

    def events(self, job_id: str, *, after: int = 0) -> Iterator[Event]:
        """`GET /jobs/{id}/events` until the job has ended; taken up again where a connection broke off.

        after: the number of an event; the ones up to it are not told.
        """
        tries = _Tries(again=True, patience_s=self._client._patience_s)
        while True:
            with self._client._open(_events_of(job_id, after), tries) as response:
                try:
                    for sent in httpx2.EventSource(response, max_event_size=None):
                        event = _event(sent.event, sent.data)
                        after = _number(sent.id, after)
                        tries.well()
                        if event is not None:
                            yield event
                        if isinstance(event, Done):
                            return
                    lost: httpx2.HTTPError | Interrupted = Interrupted("The stream broke off, again and again.")
                except (httpx2.HTTPError, Interrupted) as error:
                    lost = error
            answer = _answer_of(self.get(job_id))
            if answer is not None:
                yield Done(answer)
                return
            time.sleep(tries.lost(lost))

    def cancel(self, job_id: str) -> None:
        """`DELETE /jobs/{id}`: cancel it, or forget it if it has ended."""
        self._client._ask(_at("jobs", job_id, method="DELETE"))


class AsyncClient:
    """`Client` for asyncio: the same methods, to be awaited; `events` are asynchronous iterators."""

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        patience_s: float = PATIENCE_S,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx2.AsyncClient(transport=transport, **_settings(base_url, api_key))
        self._patience_s = patience_s
        self.jobs = AsyncJobs(self)

    def __repr__(self) -> str:
        return f"AsyncClient({str(self._http.base_url)!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def summarize(self, articles: Sequence[Source], **options: Unpack[Asked]) -> Answer:
        """As `Client.summarize`."""
        return _read(Answer, await self._ask(_summarize(articles, options)))

    async def events(self, articles: Sequence[Source], **options: Unpack[Asked]) -> AsyncIterator[Event]:
        """As `Client.events`."""
        call = _streamed(_summarize(articles, options))
        async with self._open(call, _Tries(again=False, patience_s=self._patience_s)) as response:
            try:
                async for sent in httpx2.EventSource(response, max_event_size=None):
                    event = _event(sent.event, sent.data)
                    if event is not None:
                        yield event
                    if isinstance(event, Done):
                        return
            except httpx2.HTTPError as error:
                raise _unreachable(error) from None
        raise Interrupted("The stream broke off before the answer was there: send the request again.")

    async def verify(self, text: str, articles: Sequence[Source]) -> VerifyAnswer:
        """As `Client.verify`."""
        return _read(VerifyAnswer, await self._ask(_verify(text, articles)))

    async def estimate(self, articles: Sequence[Source], **options: Unpack[Asked]) -> Estimate:
        """As `Client.estimate`."""
        return _read(Estimate, await self._ask(_estimate(articles, options)))

    async def summary(self, summary_id: str) -> Answer:
        """As `Client.summary`."""
        return _read(Answer, await self._ask(_at("summaries", summary_id)))

    async def forget(self, summary_id: str) -> None:
        """As `Client.forget`."""
        await self._ask(_at("summaries", summary_id, method="DELETE"))

    async def _ask(self, call: _Call) -> bytes:
        tries = _Tries(again=call.again, patience_s=self._patience_s)
        while True:
            try:
                response = await self._http.request(**call.given())
            except httpx2.HTTPError as error:
                wait = tries.lost(error)
            else:
                problem = _problem(response)
                if problem is None:
                    return response.content
                wait = tries.refused(problem)
            await asyncio.sleep(wait)

    @asynccontextmanager
    async def _open(self, call: _Call, tries: _Tries) -> AsyncIterator[httpx2.Response]:
        """A stream that has begun; tried again until then, and not after."""
        while True:
            try:
                response = await self._http.send(self._http.build_request(**call.given()), stream=True)
                try:
                    if not response.is_success:
                        await response.aread()
                    problem = _problem(response)
                    if problem is None:
                        yield response
                        return
                finally:
                    await response.aclose()
            except httpx2.HTTPError as error:
                wait = tries.lost(error)
            else:
                wait = tries.refused(problem)
            await asyncio.sleep(wait)


class AsyncJobs:
    """The jobs of an `AsyncClient`: as `Jobs`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def create(
        self, articles: Sequence[Source], *, idempotency_key: str | None = None, **options: Unpack[Asked]
    ) -> JobOut:
        """As `Jobs.create`."""
        return _read(JobOut, await self._client._ask(_new_job(articles, options, idempotency_key)))

    async def get(self, job_id: str) -> JobOut:
        """As `Jobs.get`."""
        return _read(JobOut, await self._client._ask(_at("jobs", job_id)))

    async def wait(self, job_id: str, *, timeout: float | None = None) -> Answer:  # noqa: ASYNC109  # as `Jobs.wait`
        """As `Jobs.wait`."""
        end = None if timeout is None else time.monotonic() + timeout
        pause, longest = _LOOKS_S
        while True:
            answer = _answer_of(await self.get(job_id))
            if answer is not None:
                return answer
            if timeout is not None and end is not None and time.monotonic() + pause > end:
                raise _late(timeout)
            await asyncio.sleep(pause)
            pause = min(longest, 2 * pause)

    async def events(self, job_id: str, *, after: int = 0) -> AsyncIterator[Event]:
        """As `Jobs.events`."""
        tries = _Tries(again=True, patience_s=self._client._patience_s)
        while True:
            async with self._client._open(_events_of(job_id, after), tries) as response:
                try:
                    async for sent in httpx2.EventSource(response, max_event_size=None):
                        event = _event(sent.event, sent.data)
                        after = _number(sent.id, after)
                        tries.well()
                        if event is not None:
                            yield event
                        if isinstance(event, Done):
                            return
                    lost: httpx2.HTTPError | Interrupted = Interrupted("The stream broke off, again and again.")
                except (httpx2.HTTPError, Interrupted) as error:
                    lost = error
            answer = _answer_of(await self.get(job_id))
            if answer is not None:
                yield Done(answer)
                return
            await asyncio.sleep(tries.lost(lost))

    async def cancel(self, job_id: str) -> None:
        """As `Jobs.cancel`."""
        await self._client._ask(_at("jobs", job_id, method="DELETE"))
