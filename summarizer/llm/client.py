"""One model behind one OpenAI-compatible endpoint, asked for one whole reply under one absolute deadline.

Takes messages, gives a `Reply`; every way in which this can go wrong is one class of `errors`, chosen here and nowhere
else. Knows nothing of articles, prompts or citations. One retry loop: the client's own retries are off, so `Policy` is the
whole truth about how often a server is asked. Nothing here logs or quotes a key, a prompt or a reply.
"""

from __future__ import annotations

import asyncio
import math
import re
import secrets
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

import httpx2
import openai
from opentelemetry import trace

from summarizer import errors, spending
from summarizer.llm import replies, streaming
from summarizer.llm.breaker import Breaker
from summarizer.ports import Message, Reply

OPENAI = "https://api.openai.com/v1"

_TRACER = trace.get_tracer("summarizer")


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient we are. Seconds.

    idle_s: a reply that streams and brings nothing for so long is given up; a local model may read a long prompt that long.
    attempts: 3, since a third failure in a row is an outage and not a hiccup.
    first_wait_s, longest_wait_s: full jitter below 0.5, 1, 2, ... and never more than 8, as the providers' own clients do.
    longest_retry_after_s: a server that asks for more than a minute is down for this request; the caller hears so at once.
    connect_s: a server that does not take a connection in 5 seconds is tried again rather than waited for.
    paid_repeats: an empty or broken reply was paid for; it is asked for again once and not more.
    slow_s: a server that has said nothing for so long ails; one that was given less time may just have been given too little,
    and a caller with a short deadline must not shut the server to all others.
    """

    attempts: int = 3
    first_wait_s: float = 0.5
    longest_wait_s: float = 8.0
    longest_retry_after_s: float = 60.0
    connect_s: float = 5.0
    paid_repeats: int = 1
    slow_s: float = 30.0
    idle_s: float = 120.0


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One attempt: a text or an error, what it cost, and whether the server was reached.

    again: the same request may be sent again. paid: the server did its work and charges for it.
    wait_s: what the server asked for, where waiting helps; told_s: what it asked for. other_form: the request was sent in a form that the server does not know, and has
    been changed; sending it again is not a retry.
    """

    text: str = ""
    error: errors.ModelError | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    reached: bool = True
    again: bool = False
    paid: bool = False
    wait_s: float | None = None
    told_s: float | None = None
    other_form: bool = False


@dataclass(slots=True)
class _Sum:
    """What all attempts of one call cost so far."""

    prompt: int = 0
    completion: int = 0
    calls: int = 0
    micro_usd: int | None = 0

    def add(self, outcome: _Outcome, micro_usd: int | None) -> None:
        self.calls += outcome.reached
        self.prompt += outcome.prompt_tokens
        self.completion += outcome.completion_tokens
        self.micro_usd = None if micro_usd is None or self.micro_usd is None else self.micro_usd + micro_usd

    def told(self, error: errors.ModelError) -> errors.ModelError:
        error.prompt_tokens, error.completion_tokens, error.calls = self.prompt, self.completion, self.calls
        error.micro_usd = self.micro_usd
        return error


class ChatModel:
    """One model behind one endpoint; implements `ports.LLM`. Open it once, share it, close it with `aclose`.

    count: tokens of a text, for servers that report no usage. base_url: empty means OpenAI's own. api_key: may be empty
    for a local server. price: USD per million prompt and completion tokens, None if it is not known. breaker: default: one of
    its own. on_attempt: told of each attempt that ends, with `ok` or the code of its error, and its seconds. transport: what carries the requests, for tests (`summarizer.testing.scripted_transport`).
    sleep, clock, jitter (0 to 1): time and chance, replaceable in tests; `clock` is what deadlines are measured by.
    """

    def __init__(
        self,
        model: str,
        *,
        count: Callable[[str], int],
        api_key: str = "",
        base_url: str = "",
        policy: Policy = Policy(),
        price: tuple[float, float] | None = None,
        breaker: Breaker | None = None,
        on_attempt: Callable[[str, float], None] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] | None = None,
    ) -> None:
        self.model = model
        self.host: str | None = replies.host_of(base_url or OPENAI)
        self._key = api_key
        self._policy = policy
        self.breaker = breaker or Breaker(clock=clock)
        self.price, self._on_attempt = price, on_attempt
        self._count, self._sleep, self._clock = count, sleep, clock
        self._jitter = jitter or secrets.SystemRandom().random
        self._temperature = True
        # OpenAI wants the new name from its reasoning models; most other servers know the old name only.
        self._limit = "max_completion_tokens" if self.host == "api.openai.com" else "max_tokens"
        self._turned = False
        self._streams = self._stream_usage = True
        replies.keep_quiet()
        self._client = openai.AsyncOpenAI(
            api_key=api_key or "none",
            base_url=base_url or OPENAI,
            max_retries=0,
            # A redirect would carry article text to a host that nobody configured.
            http_client=httpx2.AsyncClient(transport=transport, follow_redirects=False),
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        deadline: float,
        heard: Callable[[str], None] | None = None,
    ) -> Reply:
        """Ask until there is a usable reply, at most `policy.attempts` times, and never past `deadline` (`clock` seconds).

        Tokens and calls of all attempts are summed in the reply, or in the error. A retry that could not start before the
        deadline is not waited for. heard: gets the text so far while it comes in; an attempt that fails may be followed by
        another that begins anew. Raises `errors.ModelError` (its subclasses) and `errors.DeadlineExceeded`.
        """
        total = _Sum()
        failures = repeats = 0
        failed: errors.ModelError | None = None
        while True:
            remaining = deadline - self._clock()
            if remaining <= 0:
                raise errors.DeadlineExceeded(
                    "The deadline passed before the model could be asked: allow more time (deadline_s) or send less text."
                )
            try:
                outcome = await self._once(messages, max_tokens, remaining, heard)
            except errors.ModelError as error:  # nothing was sent: the breaker is open, or no money is left
                raise total.told(failed or error) from None
            total.add(outcome, self._cost(outcome.prompt_tokens, outcome.completion_tokens))
            if outcome.error is None:
                return Reply(outcome.text, total.prompt, total.completion, total.calls, micro_usd=total.micro_usd)
            if outcome.other_form:
                continue
            failed = outcome.error
            failures += 1
            repeats += outcome.paid
            wait = self._wait(failures, outcome.wait_s)
            hopeless = not outcome.again or failures >= self._policy.attempts or repeats > self._policy.paid_repeats
            if hopeless or wait is None or self._clock() + wait >= deadline:
                raise total.told(failed)
            await self._sleep(wait)

    async def _once(
        self, messages: Sequence[Message], max_tokens: int, remaining: float, heard: Callable[[str], None] | None
    ) -> _Outcome:
        """One attempt, if the breaker and the purse let it pass; what it did to either is told them, whatever happens."""
        purse = spending.purse()
        prompt = self._size(tuple(message.text for message in messages)) if purse is not None else 0
        most = self._cost(prompt, max_tokens)
        if purse is not None and most is not None and not purse.take(most):
            raise errors.ModelReserveSpent(
                "What was set aside for this request is spent: its model was asked more often than planned. Try again."
            )
        # A call that is broken off was sent, and may be charged for.
        cost = self._cost(prompt, 0)
        try:
            mark = self.breaker.enter()
        except errors.ModelError:
            if purse is not None and most is not None:
                purse.settle(most, 0)
            raise
        began = time.perf_counter()
        try:
            outcome = await self._attempt(messages, max_tokens, remaining, heard)
            cost = self._cost(outcome.prompt_tokens, outcome.completion_tokens)
        except BaseException:
            self.breaker.abandon(mark)
            raise
        finally:
            if purse is not None and most is not None:
                purse.settle(most, cost or 0)
        if isinstance(outcome.error, errors.ModelTimeout) and remaining < (
            self._policy.slow_s if outcome.reached else self._policy.connect_s
        ):
            self.breaker.abandon(mark)
        else:
            self.breaker.leave(mark, None if outcome.other_form else outcome.error, told_s=outcome.told_s)
        if self._on_attempt is not None:
            self._on_attempt(outcome.error.code if outcome.error else "ok", time.perf_counter() - began)
        return outcome

    def _cost(self, prompt: int, completion: int) -> int | None:
        """Millionths of a dollar, rounded up; None if the price is not known."""
        return None if self.price is None else math.ceil(prompt * self.price[0] + completion * self.price[1])

    async def models(self, *, deadline: float) -> tuple[str, ...]:
        """The names that the server lists: one free request that sends no text, for a look at whether it is there.

        Raises the same errors as `complete`; some servers that work have no such list (`ModelUnknown`).
        """
        remaining = deadline - self._clock()
        response, failed = await self._send("GET", "/models", None, remaining, ())
        if failed is not None and failed.error is not None:
            raise failed.error
        body = replies.parsed(response.text) if response is not None else None
        listed = body.get("data") if isinstance(body, dict) else None
        if not isinstance(listed, list):
            raise errors.ModelReplyUnreadable(
                f"{self._server} answers, but not with a list of models: check OPENAI_BASE_URL."
            )
        return tuple(str(entry["id"]) for entry in listed if isinstance(entry, dict) and "id" in entry)

    @property
    def _server(self) -> str:
        return f"The model server at {self.host}"

    def _wait(self, failures: int, told: float | None) -> float | None:
        """Seconds until the next attempt; None if the server asks for longer than we wait."""
        jitter = self._jitter()
        if told is not None and told > 0:
            # The jitter keeps the calls of one request, which were all told the same second, from coming back as one.
            return told + jitter * self._policy.first_wait_s if told <= self._policy.longest_retry_after_s else None
        return jitter * min(self._policy.longest_wait_s, self._policy.first_wait_s * 2.0 ** (failures - 1))

    async def _attempt(
        self, messages: Sequence[Message], max_tokens: int, remaining: float, heard: Callable[[str], None] | None
    ) -> _Outcome:
        turns = [{"role": message.role, "content": replies.encodable(message.text)} for message in messages]
        form = (self._temperature, self._limit)
        body: dict[str, Any] = {"model": self.model, "messages": turns, self._limit: max_tokens}
        if self._temperature:
            body["temperature"] = 0
        if heard is not None and self._streams:
            body["stream"] = True
            if self._stream_usage:
                body["stream_options"] = {"include_usage": True}
        texts = tuple(turn["content"] for turn in turns)
        told = {"gen_ai.operation.name": "chat", "gen_ai.request.model": self.model, "server.address": self.host or ""}
        # No exception is recorded: its message may quote the server, and the server the text.
        with _TRACER.start_as_current_span(
            "chat", kind=trace.SpanKind.CLIENT, attributes=told, record_exception=False, set_status_on_exception=False
        ) as span:
            response, failed = await self._send("POST", "/chat/completions", body, remaining, texts, form, heard)
            if failed is not None or response is None:
                outcome = failed or _Outcome(error=errors.ModelUnreachable(f"{self._server} gave no answer."))
            else:
                outcome = self._read(response, texts)
            span.set_attribute("gen_ai.usage.input_tokens", outcome.prompt_tokens)
            span.set_attribute("gen_ai.usage.output_tokens", outcome.completion_tokens)
            if outcome.error is not None:
                span.set_attribute("error.type", outcome.error.code)
                span.set_status(trace.StatusCode.ERROR)
            return outcome

    async def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        remaining: float,
        texts: tuple[str, ...],
        form: tuple[bool, str] | None = None,
        heard: Callable[[str], None] | None = None,
    ) -> tuple[httpx2.Response | None, _Outcome | None]:
        """One request: a response with a status of success, or what went wrong."""
        timeout = httpx2.Timeout(remaining, connect=min(self._policy.connect_s, remaining))
        try:
            # The client's time-out is per read: a server that sends a byte a second never meets it. The scope's is absolute.
            async with asyncio.timeout(remaining):
                if method == "GET":
                    response = await self._client.get(path, cast_to=httpx2.Response, options={"timeout": timeout})
                elif heard is None or body is None or "stream" not in body:
                    response = await self._client.post(
                        path, cast_to=httpx2.Response, body=body, options={"timeout": timeout}
                    )
                else:
                    # While it streams, a server that says nothing for a while has hung: it need not be waited for to the end.
                    timeout = httpx2.Timeout(
                        min(remaining, self._policy.idle_s), connect=min(self._policy.connect_s, remaining)
                    )
                    coming: Any = await self._client.post(
                        path,
                        cast_to=httpx2.Response,
                        body=body,
                        options={"timeout": timeout},
                        stream=True,
                        stream_cls=openai.AsyncStream[Any],
                    )
                    try:
                        # Asked for the plain response, the client hands it over unread.
                        response = await streaming.whole(coming, heard)
                    finally:
                        await coming.aclose()
                return response, None
        except openai.APIStatusError as error:
            headers = error.response.headers
            failed = self._from_status(
                error.response.status_code, headers, replies.parsed(error.response.text), texts, form
            )
            return None, replace(failed, told_s=replies.retry_after(headers))
        except (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError) as error:
            return None, self._from_silence(error, texts)
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError, ValueError) as error:
            return None, self._from_connection(error, texts)

    def _from_silence(self, error: BaseException, texts: tuple[str, ...]) -> _Outcome:
        if replies.cause(error, httpx2.ConnectTimeout, httpx2.PoolTimeout) is not None:
            detail = f"{self._server} did not take the connection in time: check OPENAI_BASE_URL and whether the server runs."
            return _Outcome(error=errors.ModelTimeout(detail), reached=False, again=True)
        detail = f"{self._server} did not answer in time: allow more time (deadline_s), send less text or use a faster model."
        # The prompt was sent and may be charged for; without a reply nobody tells, so it is counted.
        return _Outcome(error=errors.ModelTimeout(detail), prompt_tokens=self._size(texts), again=True)

    def _from_connection(self, error: BaseException, texts: tuple[str, ...]) -> _Outcome:
        if (
            replies.cause(error, httpx2.ReadError, httpx2.RemoteProtocolError, httpx2.WriteError, httpx2.DecodingError)
            is not None
        ):
            detail = f"{self._server} broke the connection off before its reply was whole: try again."
            return _Outcome(error=errors.ModelUnreachable(detail), prompt_tokens=self._size(texts), again=True)
        again = True
        if replies.cause(error, ssl.SSLError) is not None:
            why, again = "cannot be trusted (TLS failed): check its certificate and OPENAI_BASE_URL", False
        elif replies.cause(error, socket.gaierror) is not None:
            why = "cannot be found (its name does not resolve): check OPENAI_BASE_URL and the network"
        elif (
            replies.cause(error, httpx2.UnsupportedProtocol, httpx2.InvalidURL, httpx2.LocalProtocolError, UnicodeError)
            is not None
        ):
            why, again = (
                "cannot be asked: OPENAI_BASE_URL must start with http:// or https://, OPENAI_API_KEY be plain ASCII",
                False,
            )
        else:
            why = "cannot be reached: check that it runs, OPENAI_BASE_URL and the network"
        return _Outcome(error=errors.ModelUnreachable(f"{self._server} {why}."), reached=False, again=again)

    def _from_status(
        self,
        status: int,
        headers: Mapping[str, str],
        body: object,
        texts: tuple[str, ...],
        form: tuple[bool, str] | None,
    ) -> _Outcome:
        """The error for an HTTP status, or for an error body that came with status 200."""
        said = replies.Said.read(body)
        quote = self._quote(said.message, texts)
        told = replies.retry_after(headers)
        again = headers.get("x-should-retry", "").lower() != "false"
        at = f"{self._server} answered {status}"

        if form is not None and status in (400, 422) and self._adapt(said, form):
            detail = f"{at}: it does not know a parameter of the request.{quote}"
            return _Outcome(error=errors.ModelRejectedRequest(detail), other_form=True)
        if said.matches(replies.CONTEXT) or status == 413:
            detail = f"{at}: the prompt is longer than it takes. Set SUMMARIZER_CONTEXT_TOKENS to the model's real length.{quote}"
            return _Outcome(error=errors.ModelContextTooLong(detail))
        if status == 402 or said.codes & replies.NO_CREDIT or (status in (400, 403) and said.matches(replies.CREDIT)):
            detail = f"{at}: the account is out of credit or over its quota. Top it up, or use another key.{quote}"
            return _Outcome(error=errors.ModelDenied(detail))
        if said.codes & replies.FILTERED:
            return _Outcome(error=errors.ModelRefused(f"{at}: its content filter stopped the request."))
        if status == 401:
            return _Outcome(error=errors.ModelDenied(f"{at}: it refuses the key. Check OPENAI_API_KEY.{quote}"))
        if status == 403:
            detail = f"{at}: the key may not be used for {self.model}, or not from here.{quote}"
            return _Outcome(error=errors.ModelDenied(detail))
        if status in (404, 405, 410) or 300 <= status < 400:
            detail = (
                f"{at}: it does not know the model {self.model}, or not the path. Check SUMMARIZER_MODEL, and OPENAI_BASE_URL "
                f"(most end in /v1).{quote}"
            )
            return _Outcome(error=errors.ModelUnknown(detail))
        if status in (408, 409, 425, 429) or (status >= 500 and status != 501):
            asks = f"; it asks to wait {told:.0f} s" if told else ""
            busy = errors.ModelBusy(
                f"{at}: it is busy or out of order{asks}. Try again later.{quote}", retry_after=told
            )
            return _Outcome(error=busy, again=again, wait_s=told)
        return _Outcome(error=errors.ModelRejectedRequest(f"{at}: it rejects the request.{quote}"))

    def _adapt(self, said: replies.Said, form: tuple[bool, str]) -> bool:
        """Change the form of our requests to what the server knows; remembered, since the endpoint stays the same.

        False if the server complains of something else, or of the same thing again. `form` is what this request was sent
        with: a call that ran beside another may find that the change has been made already.
        """
        unknown = said.codes & {"unsupported_parameter", "unsupported_value", "unknown_parameter"} or said.matches(
            replies.UNSUPPORTED
        )
        if not unknown:
            return False
        temperature, limit = form
        if said.names("stream_options") and self._stream_usage:
            self._stream_usage = False
            return True
        if said.names("stream") and self._streams:
            self._streams = False
            return True
        if temperature and said.names("temperature"):
            self._temperature = False
            return True
        if said.names(limit):
            if limit == self._limit:
                if self._turned:
                    return False
                self._turned = True
                self._limit = "max_tokens" if limit == "max_completion_tokens" else "max_completion_tokens"
            return True
        return False

    def _read(self, response: httpx2.Response, texts: tuple[str, ...]) -> _Outcome:
        """What a response with a status of success holds; the client itself would take almost anything for a reply."""
        raw = response.text
        body = replies.parsed(raw)
        if not isinstance(body, dict):
            return self._unreadable(raw, texts)
        choices = body.get("choices")
        if not choices and (body.get("error") or body.get("object") == "error"):
            status = replies.Said.read(body).status or 500
            return self._from_status(status, response.headers, body, texts, None)
        prompt, completion = replies.usage(body.get("usage"))
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        if not isinstance(choice, dict) or not isinstance(message, dict):
            detail = f"{self._server} sent a reply without a choice: try again, or use another model."
            return self._paid(errors.ModelReplyEmpty(detail), texts, prompt, completion, "")
        written = replies.content(message.get("content"))
        text = replies.encodable(replies.without_thinking(written)).strip()
        finish = choice.get("finish_reason")
        finish = finish.lower() if isinstance(finish, str) else None
        if message.get("refusal") or finish in ("content_filter", "refusal", "safety"):
            filtered = finish is not None and finish != "stop" and not message.get("refusal")
            by = "its content filter stopped the reply" if filtered else "the model refused to answer"
            return self._paid(
                errors.ModelRefused(f"{self._server}: {by}."), texts, prompt, completion, written, again=False
            )
        if finish in ("length", "max_tokens"):
            cut = errors.ModelReplyCut(
                f"{self._server} cut the reply at its length limit: ask for fewer words, or allow more tokens."
            )
            cut.partial_text = text
            # The same request would be cut at the same place, and be paid for again.
            return self._paid(cut, texts, prompt, completion, written, again=False)
        if not text:
            detail = f"{self._server} sent an empty reply: try again, or use another model."
            return self._paid(errors.ModelReplyEmpty(detail), texts, prompt, completion, written)
        if finish is None or finish == "error":
            cut = errors.ModelReplyCut(f"{self._server} sent a reply without an end: it was cut on its way. Try again.")
            cut.partial_text = text
            return self._paid(cut, texts, prompt, completion, written)
        return _Outcome(
            text=text,
            prompt_tokens=self._size(texts) if prompt is None else prompt,
            completion_tokens=self._count(written) if completion is None else completion,
        )

    def _unreadable(self, raw: str, texts: tuple[str, ...]) -> _Outcome:
        if not raw.strip():
            return self._paid(
                errors.ModelReplyEmpty(f"{self._server} answered with nothing at all: try again."), texts, None, 0, ""
            )
        if raw.lstrip().startswith("{"):
            detail = f"{self._server} sent a reply that stops in the middle: it was cut on its way. Try again."
            return self._paid(errors.ModelReplyCut(detail), texts, None, None, raw)
        kind = (
            "a web page"
            if re.match(r"\s*<(?:!doctype|html|head|body)", raw, re.IGNORECASE)
            else "something that is not JSON"
        )
        detail = f"{self._server} answered with {kind} instead of a reply: check OPENAI_BASE_URL (most end in /v1)."
        return _Outcome(error=errors.ModelReplyUnreadable(detail))

    def _paid(
        self,
        error: errors.ModelError,
        texts: tuple[str, ...],
        prompt: int | None,
        completion: int | None,
        written: str,
        *,
        again: bool = True,
    ) -> _Outcome:
        return _Outcome(
            error=error,
            prompt_tokens=self._size(texts) if prompt is None else prompt,
            completion_tokens=self._count(written) if completion is None else completion,
            again=again,
            paid=True,
        )

    def _size(self, texts: tuple[str, ...]) -> int:
        """Tokens of a prompt, when the server does not tell: the texts, four per turn for its frame, three for the reply's."""
        return sum(self._count(text) + 4 for text in texts) + 3 if texts else 0

    def _quote(self, message: str, texts: tuple[str, ...]) -> str:
        """The server's own words in one short line, without key or prompt; empty if that leaves nothing."""
        line = " ".join(message.split())
        if self._key:
            line = line.replace(self._key, "[key]")
        line = replies.KEYS.sub("[key]", line)
        prompt = " ".join(" ".join(texts).split()).casefold()
        line = replies.QUOTED.sub(
            lambda found: found[1] + "..." + found[1] if found[2].casefold() in prompt else found[0], line
        )
        line = "".join(character for character in line[:200] if character.isprintable()).strip()
        if not line or "\\u" in line or replies.echoes(line.casefold(), prompt):
            return ""
        return f" It says: {line}"
