"""The bot: what was asked becomes a job, one message shows how far it is, and the same message becomes the summary.

It speaks through a `Chat` and works through the `Desk`; it knows nothing of Slack. An ask is done once, however often the
chat tells of it. Where jobs outlive a process (Redis), so do asks: what a process leaves behind is taken up by the next.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from summarizer import clean, documents, errors, metrics
from summarizer.contract import ArticleIn, SummarizeRequest
from summarizer.jobs import Desk, Event
from summarizer.pipeline import Unreadable
from summarizer.ports import Store
from summarizer.slack import material
from summarizer.slack.asks import LEASE_S, Ask, Asks, with_handle
from summarizer.slack.chat import Chat, ChatRefused, Click, FileRef, Place, Result, Said, Told, Words

BUSY = "Too many summaries are being made right now. Try again in a minute."
NOTHING = (
    "There is no article in what I was given. Paste texts with a line of three dashes between them, or give links, each on "
    "a line of its own, or call me in a thread that has articles, links or files."
)
BROKE = "Something broke on our side. Try again later."
GONE = "This summary is not kept any more. Ask for it again."
STOPPED = "The server was stopped before the summary was done. Ask for it again."

AT_ONCE = 100
"""Asks that one process looks after; they wait for jobs and cost next to nothing. Set by hand."""

_TOLD_EVERY_S = 3.0
"""Between changes of the message that shows how far the work is: Slack takes about one change in a second for a channel."""

_LAST_WORD_S = 3.0  # for a summary on its way into its message when the process is asked to stop
_QUICK_S = 0.25
"""For each of the three things that are written down before a chat is answered: all of them within a second, with a store
that hangs. Slack asks again after three seconds."""

_REMEMBER_S = 600.0
"""Seconds for which this process knows an ask again, if the store cannot tell; longer than Slack's retries."""

_FILES_AT_ONCE = 4
_STAGES = {"read": "Reading the articles", "model": "Asking the model", "verify": "Checking", "render": "Writing"}


class Bot:
    """An async context. durable: jobs and the store outlive this process, so asks do too."""

    def __init__(
        self, chat: Chat, desk: Desk, store: Store, *, keep_s: float, most_bytes: int, durable: bool, log: Any = None
    ) -> None:
        self._chat, self._desk, self._log = chat, desk, log
        self._asks = Asks(store, ttl_s=keep_s)
        self._durable, self._most_bytes = durable, most_bytes
        self._working: dict[str, asyncio.Task[None]] = {}
        self._clicks: set[asyncio.Task[None]] = set()
        self._seen: dict[str, float] = {}
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look after asks that other processes left behind."""
        if self._durable:
            self._watch = asyncio.create_task(self._look_after())

    async def aclose(self) -> None:
        """Leave: to others where they can go on, else with a word to those who wait."""
        waiting = list(self._working.values())
        for task in (*waiting, *self._clicks, *((self._watch,) if self._watch else ())):
            task.cancel()
        await asyncio.gather(*waiting, *self._clicks, return_exceptions=True)
        if self._watch is not None:
            await asyncio.gather(self._watch, return_exceptions=True)

    @property
    def busy(self) -> int:
        """Asks under way here."""
        return len(self._working)

    async def first(self, name: str) -> bool:
        """Whether something of this name comes for the first time: in all processes that share the journal of jobs."""
        now = time.monotonic()
        self._seen = {known: until for known, until in self._seen.items() if until > now}
        if name in self._seen:
            return False
        self._seen[name] = now + _REMEMBER_S
        mine = secrets.token_hex(8)
        try:
            async with asyncio.timeout(_QUICK_S):
                _, owner = await self._desk.journal.once("slack", "seen " + name, "", mine)
            return owner == mine
        except (errors.StoreUnavailable, TimeoutError):
            return True

    async def take(
        self, name: str, place: Place, *, text: str = "", files: Sequence[FileRef] = (), whole_thread: bool = False
    ) -> bool:
        """Take an ask and return; False if it was taken before. `name`: the chat's own for it. Raises Overloaded."""
        if len(self._working) >= AT_ONCE:
            raise errors.Overloaded(BUSY)
        if not await self.first(name):
            return False
        ask = Ask(name, secrets.token_urlsafe(16), place, text, tuple(files), whole_thread)
        if self._durable:
            with suppress(TimeoutError):
                async with asyncio.timeout(_QUICK_S):
                    await self._asks.write(ask)
        self._begin(ask)
        return True

    def say(self, place: Place, text: str) -> None:
        """Say something to the one who asked, and return at once."""
        ask = Ask("", "", place)
        task = asyncio.create_task(self._say(ask, Words(text, private=True)))
        self._clicks.add(task)
        task.add_done_callback(self._clicks.discard)

    def click(self, click: Click) -> None:
        """Show the evidence of a statement, and return at once."""
        task = asyncio.create_task(self._show(click))
        self._clicks.add(task)
        task.add_done_callback(self._clicks.discard)

    # --- one ask ---

    def _begin(self, ask: Ask) -> None:
        task = asyncio.create_task(self._work(ask))
        self._working[ask.job] = task
        task.add_done_callback(lambda _: self._working.pop(ask.job, None))

    async def _work(self, ask: Ask) -> None:
        said: Said
        try:
            if not ask.handle:
                ask = with_handle(ask, await self._chat.post(ask.place, Words("Reading what you sent …")))
                if self._durable:
                    await self._asks.write(ask)
            said = await self._answer(ask)
        except asyncio.CancelledError:
            await self._leave(ask)
            raise
        except ChatRefused as error:
            self._tell("slack_refused", code=error.code)
            said = Words(error.words, private=True)
        except errors.SummarizerError as error:
            metrics.failed(error, tenant(ask.place))
            said = Words(error.detail, private=True)
        except Exception as error:  # noqa: BLE001  # a task has nobody to raise to; the person who asked is told
            self._tell("slack_failed", error=type(error).__name__)
            said = Words(BROKE, private=True)
        saying = asyncio.ensure_future(self._say(ask, said))
        try:
            await asyncio.shield(saying)
        except asyncio.CancelledError:
            # The summary is there, and may be in the message already: the last word on it must not be that it is not.
            await asyncio.wait({saying}, timeout=_LAST_WORD_S)
            if not saying.done():
                saying.cancel()
                await asyncio.gather(saying, return_exceptions=True)
                await self._leave(ask)
                raise
            await self._asks.close(ask.job)
            raise
        await self._asks.close(ask.job)

    async def _answer(self, ask: Ask) -> Said:
        """Hand the job in, unless an earlier process did, and follow it to its end."""
        who = tenant(ask.place)
        try:
            await self._desk.look(ask.job, tenant=who)
        except errors.NotFound:
            given, unreadable = await self._gather(ask)
            if not given and not unreadable:
                return Words(NOTHING, private=True)
            if not given:
                reasons = "; ".join(f"{one.name}: {one.reason}" for one in unreadable[:5])
                return Words(f"Nothing could be read. {reasons}", private=True)
            await self._say(ask, Words(f"Reading {len(given)} article{'s' if len(given) > 1 else ''} …"))
            request = SummarizeRequest(articles=tuple(given))
            await self._desk.hand_in(request, tenant=who, unreadable=unreadable, job=ask.job)
            self._tell("slack_taken", job=ask.job, articles=len(given))
        return await self._follow(ask, who)

    async def _follow(self, ask: Ask, who: str) -> Said:
        after, last, told = 0, 0.0, ""
        while True:
            try:
                async for event in self._desk.watch(ask.job, tenant=who, after=after):
                    if event is None:
                        continue
                    after = event.number
                    if event.name == "done":
                        _, answer = await self._desk.look(ask.job, tenant=who)
                        if answer is None:
                            return Words(GONE, private=True)
                        metrics.answered(answer, who)
                        return Result(answer, ask.job)
                    if event.name in ("failed", "interrupted"):
                        return Words(_problem(event), private=True)
                    words = _stage(event)
                    if words and words != told and time.monotonic() - last >= _TOLD_EVERY_S:
                        last, told = time.monotonic(), words
                        await self._say(ask, Words(words))
                return await self._ended(ask, who)
            except errors.StoreUnavailable:
                await asyncio.sleep(1.0)  # the job goes on; so do we when the store is back

    async def _ended(self, ask: Ask, who: str) -> Said:
        """How a job stands whose events are over, or gone."""
        row, answer = await self._desk.look(ask.job, tenant=who)
        if answer is not None:
            return Result(answer, ask.job)
        return Words(str(json.loads(row.problem).get("detail") or BROKE) if row.problem else BROKE, private=True)

    async def _gather(self, ask: Ask) -> tuple[list[ArticleIn], list[Unreadable]]:
        """Everything that belongs to an ask, as articles; what cannot be had is named with its reason."""
        told = [Told(ask.text, ask.files)]
        lost: list[Unreadable] = []
        least = 1
        if ask.whole_thread and ask.place.thread:
            least = material.ARTICLE_FROM
            try:
                told = [*await self._chat.thread(ask.place)] or told
            except ChatRefused as error:
                lost.append(Unreadable("the rest of the thread", error.words))
        given = [one for message in told for one in material.articles(message.text, least=least)]
        if not given and least > 1 and len(told) == 1:
            given = material.articles(told[0].text)
        files = {of.id: of for message in told for of in message.files}
        gate = asyncio.Semaphore(_FILES_AT_ONCE)

        async def read(of: FileRef) -> ArticleIn | Unreadable:
            async with gate:
                return await self._read(of)

        for one in await asyncio.gather(*(read(of) for of in files.values())):
            if isinstance(one, Unreadable):
                lost.append(one)
            else:
                given.append(one)
        return material.once(given), lost

    async def _read(self, of: FileRef) -> ArticleIn | Unreadable:
        try:
            data = await self._chat.file(of, self._most_bytes)
            kind = documents.kind_of(data)
            if kind is not None:
                return ArticleIn(name=of.name, text=await documents.text_of(data, kind))
            text = clean.decode(data)
        except ChatRefused as error:
            return Unreadable(of.name, error.words)
        except errors.SummarizerError as error:
            return Unreadable(of.name, error.detail)
        markup = "html" in of.kind or of.name.lower().endswith((".html", ".htm", ".xhtml"))
        return ArticleIn(name=of.name, html=text) if markup else ArticleIn(name=of.name, text=text)

    async def _say(self, ask: Ask, said: Said) -> None:
        """Into the message of this ask, or as a new one where there is none. What the chat refuses is logged."""
        try:
            if ask.handle:
                await self._chat.update(ask.place, ask.handle, said)
            elif isinstance(said, Result) or said.private:
                await self._chat.post(ask.place, said)
            if isinstance(said, Result):
                self._tell("slack_answered", job=ask.job)
        except ChatRefused as error:
            self._tell("slack_refused", code=error.code)

    async def _leave(self, ask: Ask) -> None:
        if self._durable:
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._asks.release(ask.job)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await self._say(ask, Words(STOPPED, private=True))

    # --- evidence ---

    async def _show(self, click: Click) -> None:
        try:
            try:
                _, answer = await self._desk.look(click.ref, tenant=tenant(click.place))
            except errors.SummarizerError:
                answer = None
            if answer is None or not 0 <= click.fact < len(answer.facts):
                await self._chat.post(click.place, Words(GONE, private=True))
                return
            await self._chat.show_evidence(click, answer)
        except ChatRefused as error:
            self._tell("slack_refused", code=error.code)
        except Exception as error:  # noqa: BLE001  # as above
            self._tell("slack_failed", error=type(error).__name__)

    # --- what others left behind ---

    async def _look_after(self) -> None:
        """Renew our leases, and take up asks whose lease has run out."""
        while True:
            for ask in await self._asks.left():
                self._tell("slack_taken_up", job=ask.job)
                self._begin(ask)
            for _ in range(3):
                await asyncio.sleep(LEASE_S / 4)
                for job in list(self._working):
                    await self._asks.hold(job)

    def _tell(self, event: str, **values: object) -> None:
        if self._log is not None:
            self._log.info(event, **values)


def tenant(place: Place) -> str:
    """Whose jobs and answers those of a place are."""
    return f"slack:{place.team}"


def _stage(event: Event) -> str:
    """How far a job is, in words; empty for an event that does not tell."""
    if event.name != "stage":
        return ""
    row = json.loads(event.data)
    words = _STAGES.get(str(row.get("name")), "")
    total, done = row.get("total"), row.get("done")
    if words and isinstance(total, int) and isinstance(done, int) and total > 1:
        return f"{words}: {done} of {total} …"
    return f"{words} …" if words else ""


def _problem(event: Event) -> str:
    try:
        return str(json.loads(event.data).get("detail") or BROKE)
    except ValueError:
        return BROKE
