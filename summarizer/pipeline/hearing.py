"""Facts are told while the reply that holds them is still coming in: read sentence by sentence, verified, told.

What is told early is a forecast by code that has seen a part: a repair, a later duplicate or the limit of words may take it
back. In the end every listener is told what the answer holds and was not told, and what was told and is not in it, so who
believes the last word on each fact ends with the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from summarizer import propose, render
from summarizer import verify as verification
from summarizer.contract import Answer, FactOut
from summarizer.pipeline.ground import Ground
from summarizer.pipeline.request import Request
from summarizer.pipeline.turns import apart
from summarizer.ports import FactVerified, FactWithdrawn, Happening, Heard, SoFar, Tell
from summarizer.values import Checked, Verified


class Hearing:
    """The replies of one run. `show`: some verified statements as the canonical answer that they would make."""

    def __init__(self, ground: Ground, show: Callable[[Verified], Answer], said: Tell) -> None:
        self._ground, self._show, self._said = ground, show, said
        self._task: asyncio.Task[None] | None = None
        self._reply: _Reply | None = None

    def reply(self, question: propose.Question) -> Heard:
        """A listener for the reply to `question`, which is the last one that makes facts of the answer."""
        self._reply = mine = _Reply(question)

        def heard(text: str) -> None:
            mine.text = text
            if self._task is None or self._task.done():
                self._task = asyncio.ensure_future(self._read(mine))

        return heard

    @staticmethod
    def unread(text: str) -> None:
        """A listener for a reply that is only watched for signs of life."""

    async def stop(self) -> None:
        """What is still being read is not told any more."""
        self._reply = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None  # a cancelled task keeps the error, that the frame, and that this: a circle

    async def _read(self, mine: _Reply) -> None:
        while mine is self._reply and mine.text != mine.read:
            text, mine.read = mine.text, mine.text
            if len(text) < mine.length:
                mine.rows.clear()  # another attempt, which begins anew
            mine.length = len(text)
            try:
                draft = propose.read(propose.before_cut(text), mine.question.ids)
            except propose.Unreadable:
                continue
            new = draft.sentences[len(mine.rows) :]
            if not new:
                continue
            part = replace(draft, sentences=new, headline=None, disputes=())
            verified = await apart(verification.verify, part, self._ground.table)
            mine.rows += verified.sentences
            if any(c.reason is None for row in verified.sentences for c in row):
                answer = await apart(self._show, Verified(tuple(mine.rows)))
                if mine is self._reply:
                    self._said(SoFar(answer))


class _Reply:
    """One reply while it comes in."""

    def __init__(self, question: propose.Question) -> None:
        self.question = question
        self.text = ""
        self.read = ""
        self.length = 0
        self.rows: list[tuple[Checked, ...]] = []


class Listener:
    """One caller: hears what happens, facts with the caller's own numbers and names."""

    def __init__(self, tell: Tell, canonical: Request) -> None:
        self._tell, self._canonical = tell, canonical
        self._told: dict[str, int] = {}
        self._numbers = 0

    def __call__(self, happening: Happening) -> None:
        """Pass on what happens."""
        if not isinstance(happening, SoFar):
            self._tell(happening)
            return
        of = self._canonical
        self._facts(render.renumber(happening.answer, of.order, of.names, of.urls).facts)

    def close(self, answer: Answer) -> None:
        """Make what was told agree with the answer that leaves."""
        now = {fact.text for fact in answer.facts}
        for text in [text for text in self._told if text not in now]:
            self._tell(FactWithdrawn(self._told.pop(text), text))
        self._facts(answer.facts)

    def _facts(self, facts: Sequence[FactOut]) -> None:
        for fact in facts:
            if fact.text not in self._told:
                self._numbers += 1
                self._told[fact.text] = self._numbers
                self._tell(FactVerified(self._numbers, fact.model_dump(mode="json")))
