"""What the bot needs of a chat, and no more: another chat is one file that has these methods.

A chat knows how its messages look and how its people are reached; the bot knows what is to be said and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from summarizer.contract import Answer


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody asked. `thread`: the message under which the talk goes on. `back`: an address for a few late replies.

    app: our own name in this chat, so that our own messages are not read as articles. Empty: not known, or none.
    """

    team: str
    channel: str
    user: str
    thread: str = ""
    back: str = ""
    app: str = ""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that hangs on a message. `kind`: its media type as the chat tells it; `size` in bytes, 0 if not told."""

    id: str
    name: str
    kind: str = ""
    size: int = 0
    url: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One message that somebody wrote: its text (links alone on a line stay bare), its files."""

    text: str
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words of ours. `private`: for the one who asked only, where the chat can do that."""

    text: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A summary. `ref`: what a button of evidence brings back, with the number of the statement."""

    answer: Answer
    ref: str


Said = Words | Result


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody touched a button of evidence. `trigger`: what a window may be opened with, for a few seconds."""

    place: Place
    ref: str
    fact: int
    trigger: str = ""


class ChatRefused(Exception):
    """The chat did not do it. `words`: what to do, for the one who asked; `code`: the chat's own word for it."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code, self.words = code, words


class Chat(Protocol):
    """One chat. Every method may raise `ChatRefused`."""

    async def post(self, place: Place, said: Said) -> str:
        """Say something; gives a handle for `update`, empty if what was said cannot be changed any more."""
        ...

    async def update(self, place: Place, handle: str, said: Said) -> None:
        """Put something else in the place of what was said before."""
        ...

    async def show_evidence(self, click: Click, answer: Answer) -> None:
        """Show what a statement rests on, to the one who touched the button."""
        ...

    async def thread(self, place: Place) -> Sequence[Told]:
        """The messages of a thread in their order, our own left out."""
        ...

    async def file(self, of: FileRef, most: int) -> bytes:
        """The bytes of a file, if they are no more than `most`."""
        ...
