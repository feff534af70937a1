"""What users get for their own tests: a scripted model, and a scripted server under the real client."""

from __future__ import annotations

import json
import time

import httpx
import pytest
import respx

from summarizer import errors
from summarizer.llm import ChatModel
from summarizer.ports import LLM, Message, Reply
from summarizer.testing import ScriptedLLM, ScriptEnded, chat_reply, scripted_transport

QUESTION = (Message("system", "Be brief."), Message("user", "What happened at the harbour?"))


async def ask(model: LLM) -> Reply:
    return await model.complete(QUESTION, max_tokens=50, deadline=time.monotonic() + 10)


async def test_replies_come_in_order_and_questions_are_kept() -> None:
    model = ScriptedLLM("First.", Reply("Second.", 7, 8))
    assert await ask(model) == Reply("First.", prompt_tokens=7, completion_tokens=1)
    assert await ask(model) == Reply("Second.", 7, 8)
    assert [asked.messages for asked in model.asked] == [QUESTION, QUESTION]
    assert model.asked[0].max_tokens == 50
    assert "harbour" in model.asked[0].text
    assert model.left == 0


async def test_an_exception_is_raised() -> None:
    model = ScriptedLLM(errors.ModelBusy("Try later."), "Then this.")
    with pytest.raises(errors.ModelBusy):
        await ask(model)
    assert (await ask(model)).text == "Then this."


async def test_a_function_sees_the_messages() -> None:
    async def later(messages: object) -> str:
        return "async"

    model = ScriptedLLM(lambda messages: messages[-1].text.upper(), later, lambda messages: Reply("x", 1, 2))
    assert (await ask(model)).text == "WHAT HAPPENED AT THE HARBOUR?"
    assert (await ask(model)).text == "async"
    assert (await ask(model)).completion_tokens == 2


async def test_the_end_of_the_script_is_told() -> None:
    model = ScriptedLLM("Only one.")
    await ask(model)
    with pytest.raises(ScriptEnded, match=r"asked 2 times, but the script has 1 replies"):
        await ask(model)
    assert not issubclass(ScriptEnded, errors.SummarizerError), "a fall-back would hide it"
    model.queue("One more.")
    assert (await ask(model)).text == "One more."


async def test_a_repeating_script_has_no_end() -> None:
    model = ScriptedLLM("a", "b", repeat=True)
    assert [(await ask(model)).text for _ in range(4)] == ["a", "b", "b", "b"]


async def test_the_real_client_runs_against_a_scripted_server() -> None:
    router = respx.MockRouter()
    route = router.post("https://api.openai.com/v1/chat/completions")
    route.side_effect = [
        httpx.Response(429, headers={"retry-after-ms": "1"}),
        httpx.Response(200, json=chat_reply("A ferry ran aground.", prompt_tokens=12, completion_tokens=5)),
    ]
    async with ChatModel("gpt-4.1-mini", count=len, transport=scripted_transport(router), jitter=lambda: 0.0) as model:
        reply = await ask(model)
    assert reply == Reply("A ferry ran aground.", 12, 5, calls=2)
    assert route.call_count == 2
    assert json.loads(route.calls[0].request.content)["messages"][1]["content"] == QUESTION[1].text


async def test_the_bridge_carries_headers_bodies_and_errors_over() -> None:
    import httpx2

    router = respx.MockRouter(assert_all_called=False)
    router.get("http://a.test/x", params={"q": "1"}).respond(418, headers={"x-y": "z"}, text="té")
    router.get("http://a.test/zip").mock(
        return_value=httpx.Response(
            200, headers={"content-encoding": "gzip"}, content=__import__("gzip").compress(b"packed")
        )
    )
    router.get("http://a.test/slow").mock(side_effect=httpx.ReadTimeout)
    async with httpx2.AsyncClient(transport=scripted_transport(router)) as client:
        found = await client.get("http://a.test/x?q=1")
        assert (found.status_code, found.headers["x-y"], found.text) == (418, "z", "té")
        assert (await client.get("http://a.test/zip")).text == "packed"
        with pytest.raises(httpx2.ReadTimeout):
            await client.get("http://a.test/slow")
        with pytest.raises(respx.models.AllMockedAssertionError):
            await client.get("http://elsewhere.test/")


def test_chat_reply_has_the_shape_of_a_completion() -> None:
    body = chat_reply("x", finish_reason="length", prompt_tokens=None)
    assert body["choices"][0]["finish_reason"] == "length"
    assert "usage" not in body
    assert chat_reply(None, refusal="No.")["choices"][0]["message"] == {
        "role": "assistant",
        "content": None,
        "refusal": "No.",
    }
