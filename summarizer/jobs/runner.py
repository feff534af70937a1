"""One attempt at a job: read its request, go through the pipeline, tell each step, write the end down.

Idempotent as at-least-once delivery asks: replies of the model are kept as they come, so an attempt after a crash repeats
only what was unfinished; an end that is written stays; an attempt that was overtaken stops. An attempt that is cancelled
(a worker that shuts down) writes nothing, and the job goes to another. A Redis that is away is waited for.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from summarizer import errors, logs, metrics, pipeline
from summarizer.contract import Answer, SummarizeRequest
from summarizer.jobs.journal import Delivery, Journal
from summarizer.pipeline import Outside, Unreadable
from summarizer.ports import LLM, Happening, Heard, Message, Reply, Store, told

Told = TypeVar("Told")

MOST_FRUITLESS = 3
"""Attempts in a row that got no further, after which a job is given up: its articles, not the machines, are the reason. A
kept reply of the model counts as getting further, so workers that die often do not end a job that only takes long; and an
attempt that died while it only waited, for the model or for its turn to compute, is not counted: it was not this job that its
worker died of."""

_OTHERS = 3
"""So many other jobs whose attempts died while they computed, and it is the workers that die of something else: then a job gets
three times as many attempts. Set by hand. Under fire (tests/chaos.py on a busy machine, 40 workers killed) one attempt in ten
dies while it computes, so three in a row end one job in 1,000, and nine none."""

_NOTED_S = 1.0
"""For the note that an attempt only waits: whoever computes next would wait for it too. Set by hand."""

_ROUNDS_S = (1.0, 3.0, 9.0)
"""Waits between rounds when a model that is asked three times in a row gives nothing: nobody sits before a job, so it is
worth more than the hasty answer without a model that a request would get. Then the fall-back that was asked for."""

_BROKEN = 2
"""Further tries for a reply that the client has got broken twice in a row, before the job makes do with it. Set by hand."""

_LONGEST_WAIT_S = 60.0
"""A server that asks for more is down for this job."""

_PATIENCE_S = (0.1, 0.2, 0.5, 1.0)
"""Between tries while Redis is away; the last one goes on."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs jobs of `journal` with the outside things `outside`. `log` takes an event name and fields, and no text of articles."""

    journal: Journal
    outside: Outside
    deadline_s: float
    ttl_s: float
    log: Callable[..., None]

    async def run(self, job: str) -> None:
        """One attempt. Returns when the job has ended or is no longer ours; raises nothing but CancelledError."""
        row = await _patiently(lambda: self.journal.row(job))
        request = await _patiently(lambda: self.journal.request(job))
        delivery = await _patiently(lambda: self.journal.begin(job))
        if row is None or delivery is None:
            return
        if request is None:
            await self._fail(
                job, row.tenant, errors.JobLost("What was sent with this job cannot be read any more: send it again.")
            )
            return
        if delivery.fruitless > await self._allowed(job, delivery):
            await self._fail(
                job,
                row.tenant,
                errors.JobGivenUp(
                    f"{delivery.fruitless - 1} attempts ended with the worker that made them. Send fewer or other articles.",
                ),
            )
            return
        if delivery.number > 1:
            self.log("job_again", job=job, delivery=delivery.number)
        outcome = "cut_short"
        teller = _Teller(self.journal, job, delivery)
        work = asyncio.ensure_future(self._work(job, row.tenant, request, teller))
        telling = asyncio.ensure_future(teller.tell_on())
        try:
            await asyncio.wait({work, telling}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                outcome = "overtaken"  # or ended by somebody else
                return
            answer = work.result()
            await teller.drain()
            body = answer.model_dump_json()
            ended = await _patiently(lambda: self.journal.end(job, "succeeded", "done", "null", body.encode()))
            self.log("job_done", job=job, delivery=delivery.number, first=ended is not None)
            outcome = "overtaken" if ended is None else "succeeded"
            if ended is not None:
                metrics.job_ended("succeeded", row.tenant, ended.seconds)
                metrics.answered(answer, row.tenant)
        except errors.SummarizerError as error:
            await self._fail(job, row.tenant, error)
            outcome = "failed"
        except Exception as error:  # noqa: BLE001  # its message may quote an article; the job must end all the same
            self.log("job_broke", job=job, error=type(error).__name__, places=logs.places(error.__traceback__))
            broken = errors.SummarizerError("Something broke on our side. Tell us the id of the job.")
            await self._fail(job, row.tenant, broken)
            outcome = "failed"
        finally:
            metrics.job_attempted(outcome)
            for each in (work, telling):
                each.cancel()
            await asyncio.gather(work, telling, return_exceptions=True)

    async def _allowed(self, job: str, delivery: Delivery) -> int:
        """Fruitless attempts in a row that this job may have."""
        if delivery.fruitless <= 1:
            return MOST_FRUITLESS
        others = await _patiently(lambda: self.journal.struck(job))
        return MOST_FRUITLESS if others < _OTHERS else 3 * MOST_FRUITLESS

    async def _work(self, job: str, tenant: str, request: bytes, teller: _Teller) -> Any:
        sent, unreadable = unpacked(request)
        llm = self.outside.llm
        outside = replace(
            self.outside,
            tenant=tenant,
            deadline_s=self.deadline_s,
            llm=_Remembering(llm, self.outside.store, job, self.ttl_s, teller) if llm is not None else None,
        )
        with outside.turns.taken("job", pipeline.size_of(sent.articles), patient=True) as turn:
            turn.pauses = teller.waits
            return await self._summarized(sent, unreadable, outside, teller)

    async def _summarized(
        self, sent: SummarizeRequest, unreadable: Sequence[Unreadable], outside: Outside, teller: _Teller
    ) -> Answer:
        strict = sent.model_copy(update={"fallback": "error"})
        for wait_s in _ROUNDS_S:
            try:
                return await pipeline.summarize(strict, outside, unreadable=unreadable, tell=teller.tell)
            except (errors.BudgetSpent, errors.DeadlineExceeded):
                break  # what the request asked for in such a case is below
            except errors.BudgetUnavailable:
                await teller.pause(wait_s)
            except errors.ModelError as error:
                metrics.paid(error, outside.tenant)
                if not error.retryable or (error.retry_after or 0.0) > _LONGEST_WAIT_S:
                    break
                await teller.pause(max(wait_s, error.retry_after or 0.0))
        return await pipeline.summarize(sent, outside, unreadable=unreadable, tell=teller.tell)

    async def _fail(self, job: str, tenant: str, error: errors.SummarizerError) -> None:
        document = json.dumps(described(error))
        ended = await _patiently(lambda: self.journal.end(job, "failed", "failed", document))
        self.log("job_failed", job=job, problem=error.code)
        if ended is not None:
            metrics.job_ended("failed", tenant, ended.seconds)
            metrics.failed(error, tenant)


def packed(request: SummarizeRequest, unreadable: Sequence[Unreadable]) -> bytes:
    """A request and the files that could not be decoded, as bytes for the journal."""
    rows = [[u.name, u.reason] for u in unreadable]
    return json.dumps({"request": request.model_dump(mode="json"), "unreadable": rows}).encode()


def unpacked(data: bytes) -> tuple[SummarizeRequest, tuple[Unreadable, ...]]:
    """What `packed` made. Raises errors.JobLost for what cannot be read (another version wrote it)."""
    try:
        found = json.loads(data)
        request = SummarizeRequest.model_validate_json(json.dumps(found["request"]))
        return request, tuple(Unreadable(str(name), str(reason)) for name, reason in found["unreadable"])
    except (ValidationError, ValueError, KeyError, TypeError):
        raise errors.JobLost("What was sent with this job cannot be read any more: send it again.") from None


def described(error: errors.SummarizerError) -> Mapping[str, Any]:
    """An error as the fields of a problem document that do not depend on the request that reads it."""
    return {
        "code": error.code,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        **({"retry_after": error.retry_after} if error.retry_after is not None else {}),
        "extra": json.loads(json.dumps(error.extra, default=str)),
    }


class _Teller:
    """Happenings of one attempt on their way to the journal, in order, without holding up the pipeline."""

    def __init__(self, journal: Journal, job: str, delivery: Delivery) -> None:
        self._journal, self._job, self._delivery = journal, job, delivery
        self._waiting: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._further = self._waits = False

    def tell(self, happening: Happening) -> None:
        """Take one happening; it is written down by `tell_on`."""
        self._waiting.put_nowait(told(happening))

    def further(self) -> None:
        """This attempt has paid for something that is kept."""
        self._further = True

    async def waits(self, waiting: bool) -> None:
        """Note whether this attempt only waits. Not worth waiting for: without the note an attempt counts as before."""
        if waiting != self._waits:
            self._waits = waiting
            with suppress(errors.StoreUnavailable, TimeoutError):
                async with asyncio.timeout(_NOTED_S):
                    await self._journal.waits(self._job, self._delivery.number, waiting)

    async def pause(self, seconds: float) -> None:
        """Let time pass."""
        await self.waits(True)
        await asyncio.sleep(seconds)
        await self.waits(False)

    async def tell_on(self) -> None:
        """Write events down as they come; returns when this attempt may not write any more."""
        while True:
            name, data = await self._waiting.get()
            further, self._further = self._further, False
            ours = await _patiently(
                partial(self._journal.note, self._job, self._delivery.number, name, data, further=further)
            )
            self._waiting.task_done()
            if not ours:
                return

    async def drain(self) -> None:
        """Wait until all that was told is written."""
        await asyncio.sleep(0)
        await self._waiting.join()


class _Remembering:
    """A model whose whole replies are kept for one job: asked the same again, it is not asked.

    A kept reply counts its tokens again, since this job paid for them.
    """

    def __init__(self, llm: LLM, store: Store, job: str, ttl_s: float, teller: _Teller) -> None:
        self.model, self.host = llm.model, llm.host
        self._llm, self._store, self._job, self._ttl_s, self._teller = llm, store, job, ttl_s, teller

    async def complete(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
    ) -> Reply:
        rows = [self._job, self.model, self.host, max_tokens, [[m.role, m.text] for m in messages]]
        key = "job-reply:" + hashlib.sha256(json.dumps(rows).encode()).hexdigest()
        try:
            kept = await self._store.get(key)
        except errors.StoreUnavailable:
            kept = None
        if kept is not None:
            found = json.loads(kept)
            return Reply(**found)
        await self._teller.waits(True)
        try:
            reply = await self._whole(messages, max_tokens, deadline, heard)
        except errors.SummarizerError:
            await self._teller.waits(False)
            raise
        data = json.dumps(asdict(reply)).encode()
        for _ in range(5):
            try:
                await self._store.set(key, data, self._ttl_s)
                break
            except errors.StoreUnavailable:
                await asyncio.sleep(_PATIENCE_S[-1])
        self._teller.further()
        # After the reply is safe. Others of its calls may still wait; from here on it computes all the same.
        await self._teller.waits(False)
        return reply

    async def _whole(self, messages: Sequence[Message], max_tokens: int, deadline: float, heard: Heard | None) -> Reply:
        """A reply that was broken off on its way again and again is asked for once more than a request would ask: a request
        would make do with what came. What the broken ones cost is counted with the whole one.
        """
        lost: list[errors.ModelError] = []
        while True:
            try:
                reply = await self._llm.complete(messages, max_tokens=max_tokens, deadline=deadline, heard=heard)
            except (errors.ModelReplyCut, errors.ModelReplyUnreadable) as error:
                # A client that asked only once knew that asking again is of no use.
                if error.calls < 2 or len(lost) >= _BROKEN:
                    raise
                lost.append(error)
                continue
            costs = [reply.micro_usd, *(error.micro_usd for error in lost)]
            known = [cost for cost in costs if cost is not None]
            return replace(
                reply,
                prompt_tokens=reply.prompt_tokens + sum(error.prompt_tokens for error in lost),
                completion_tokens=reply.completion_tokens + sum(error.completion_tokens for error in lost),
                calls=reply.calls + sum(error.calls for error in lost),
                micro_usd=sum(known) if len(known) == len(costs) else None,
            )


async def _patiently(ask: Callable[[], Awaitable[Told]]) -> Told:
    """The result of `ask`, however long Redis is away: a job that was accepted is not lost for that."""
    tried = 0
    while True:
        try:
            return await ask()
        except errors.StoreUnavailable:
            await asyncio.sleep(_PATIENCE_S[min(tried, len(_PATIENCE_S) - 1)])
            tried += 1
