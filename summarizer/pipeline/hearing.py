"""Facts are told while the reply that holds them is still coming in: read sentence by sentence, verified, told.

What is told early is a forecast by code that has seen a part: a repair, a later duplicate or the limit of words may take it
back. `close` compares with the answer, tells what is new in it, and takes back what is not in it any more, so that a
listener who believes the last word on each fact ends with the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from summarizer import propose
from summarizer import verify as verification
from summarizer.contract import Answer, FactOut
from summarizer.pipeline.ground import Ground
from summarizer.ports import FactVerified, FactWithdrawn, Tell
from summarizer.values import Checked, Verified


class Hearing:
    """What one request tells of its facts. `show`: some verified statements as the facts that a reader would see."""

    def __init__(self, ground: Ground, show: Callable[[Verified], Sequence[FactOut]], said: Tell) -> None:
        self._ground, self._show, self._said = ground, show, said
        self._told: dict[str, int] = {}
        self._numbers = 0
        self._task: asyncio.Task[None] | None = None
        self._reply: _Reply | None = None

    def reply(self, question: propose.Question) -> Callable[[str], None]:
        """A listener for the reply to `question`. One reply is heard at a time; the one before is forgotten."""
        self._reply = mine = _Reply(question)

        def heard(text: str) -> None:
            mine.text = text
            if self._task is None or self._task.done():
                self._task = asyncio.ensure_future(self._read(mine))

        return heard

    async def close(self, answer: Answer | None) -> None:
        """Stop listening. With an answer: tell what it holds and was not told, and take back what it does not hold."""
        self._reply = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if answer is None:
            return
        now = {fact.text for fact in answer.facts}
        for text in [text for text in self._told if text not in now]:
            self._said(FactWithdrawn(self._told.pop(text), text))
        self._tell(answer.facts)

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
            verified = await asyncio.to_thread(verification.verify, part, self._ground.table)
            mine.rows += verified.sentences
            if any(c.reason is None for row in verified.sentences for c in row):
                facts = await asyncio.to_thread(self._show, Verified(tuple(mine.rows)))
                if mine is self._reply:
                    self._tell(facts)

    def _tell(self, facts: Sequence[FactOut]) -> None:
        for fact in facts:
            if fact.text not in self._told:
                self._numbers += 1
                self._told[fact.text] = self._numbers
                self._said(FactVerified(self._numbers, fact.model_dump(mode="json")))


class _Reply:
    """One reply while it comes in."""

    def __init__(self, question: propose.Question) -> None:
        self.question = question
        self.text = ""
        self.read = ""
        self.length = 0
        self.rows: list[tuple[Checked, ...]] = []
