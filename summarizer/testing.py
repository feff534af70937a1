"""For your own tests: a model that says what you tell it to, without a server, a key or money.

`ScriptedLLM` stands in for the model itself; `scripted_transport` and `chat_reply` stand in for its HTTP server, so that
the real client (`summarizer.llm.ChatModel`) is tested too. `scripted_transport` needs respx (and with it httpx); both are
imported only when it is called.
"""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx2

from summarizer.ports import Heard, Message, Reply

if TYPE_CHECKING:
    import respx

Answerer: TypeAlias = "Callable[[Sequence[Message]], str | Reply | Awaitable[str | Reply]]"
Scripted: TypeAlias = "str | Reply | Exception | Answerer"


class ScriptEnded(AssertionError):
    """The model was asked once more than the script has replies. An AssertionError, so that no fall-back hides it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a `ScriptedLLM`. `deadline` is in `time.monotonic()` seconds."""

    messages: tuple[Message, ...]
    max_tokens: int
    deadline: float

    @property
    def text(self) -> str:
        """All turns as one text, for `assert "..." in asked.text`."""
        return "\n\n".join(message.text for message in self.messages)


class ScriptedLLM:
    """A model with a queue of replies; implements `ports.LLM`.

    A reply is a text, a `Reply`, an exception to raise, or a function of the messages that gives a text or a `Reply` (it
    may be `async`). `asked` records every question. With `repeat`, the last reply is given again and again.

        model = ScriptedLLM("{...}", errors.ModelBusy("try later"), lambda messages: "...")
    """

    def __init__(
        self, *replies: Scripted, model: str = "scripted", host: str | None = None, repeat: bool = False
    ) -> None:
        self.model = model
        self.host = host
        self.asked: list[Asked] = []
        self._replies: deque[Scripted] = deque(replies)
        self._given = 0
        self._repeat = repeat

    def queue(self, *replies: Scripted) -> None:
        """Add replies to the end of the script."""
        self._replies.extend(replies)

    @property
    def left(self) -> int:
        """Replies that nobody has asked for yet."""
        return len(self._replies)

    async def complete(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
    ) -> Reply:
        """The next reply of the script. ScriptEnded if there is none. `heard` gets it in one piece."""
        self.asked.append(Asked(tuple(messages), max_tokens, deadline))
        if not self._replies:
            raise ScriptEnded(
                f"The model was asked {len(self.asked)} times, but the script has {self._given} replies: add one, or find out "
                "why it was asked again. The last question began: " + repr(messages[-1].text[:200] if messages else "")
            )
        reply = self._replies[0] if self._repeat and len(self._replies) == 1 else self._replies.popleft()
        self._given += 1
        if isinstance(reply, Exception):
            raise reply
        said: str | Reply | Awaitable[str | Reply] = reply(tuple(messages)) if callable(reply) else reply
        if inspect.isawaitable(said):
            said = await said
        if heard is not None:
            heard(said.text if isinstance(said, Reply) else said)
        if isinstance(said, Reply):
            return said
        return Reply(
            said, prompt_tokens=sum(map(_rough_tokens, self.asked[-1].messages)), completion_tokens=_words(said)
        )


def _rough_tokens(message: Message) -> int:
    return _words(message.text)


def _words(text: str) -> int:
    """As many tokens as words: a script has no tokenizer, and its numbers can be checked by eye."""
    return len(text.split())


def chat_reply(
    text: str | None,
    *,
    finish_reason: str | None = "stop",
    refusal: str | None = None,
    prompt_tokens: int | None = 100,
    completion_tokens: int = 50,
    model: str = "scripted",
) -> dict[str, Any]:
    """The body of an OpenAI chat completion, to give to respx as JSON. `prompt_tokens=None`: without usage."""
    body: dict[str, Any] = {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": refusal},
                "finish_reason": finish_reason,
            }
        ],
    }
    if prompt_tokens is not None:
        total = prompt_tokens + completion_tokens
        body["usage"] = {"prompt_tokens": prompt_tokens, "completion_tokens": completion_tokens, "total_tokens": total}
    return body


def scripted_transport(router: respx.MockRouter) -> httpx2.AsyncBaseTransport:
    """A transport for `ChatModel(..., transport=...)` that asks a respx router instead of the network.

        router = respx.MockRouter()
        router.post("https://api.openai.com/v1/chat/completions").respond(json=chat_reply("..."))
        model = ChatModel("gpt-4.1-mini", count=len, transport=scripted_transport(router))

    The openai client speaks through httpx2, which respx does not know by itself. Requests and answers are carried over
    whole; an httpx exception that a route raises comes out as the httpx2 one of the same name.
    """
    import httpx

    class Bridge(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            asked = httpx.Request(
                request.method,
                str(request.url),
                headers=request.headers.multi_items(),
                content=await request.aread(),
                extensions={name: value for name, value in request.extensions.items() if name == "timeout"},
            )
            try:
                answer = await router.async_handler(asked)
                content = await answer.aread()
            except httpx.RequestError as error:
                kind = getattr(httpx2, type(error).__name__, httpx2.TransportError)
                raise kind(str(error), request=request) from error
            # The body is already decoded; these two describe the encoded one.
            headers = [
                (name, value)
                for name, value in answer.headers.multi_items()
                if name.lower() not in ("content-encoding", "content-length", "transfer-encoding")
            ]
            return httpx2.Response(answer.status_code, headers=headers, content=content, request=request)

    return Bridge()
