"""Third: a model may write the summary. It proposes; what does not hold against the articles is not published.

These tests are also how you test your own service: no key, no network, no money.
"""

from __future__ import annotations

import json

import httpx
import respx

from summarizer import errors
from summarizer.llm import ChatModel
from summarizer.ports import Message
from summarizer.testing import ScriptedLLM, chat_reply, scripted_transport
from tests.support import FERRY, codes, good_reply, outside, says, summarize


async def test_a_good_summary_is_the_models_own() -> None:
    """Its words, its sentences; every statement verified by itself."""
    answer = await summarize(FERRY, outside(says(good_reply)))
    assert answer.engine == "llm"
    assert "The collision injured 14 people" in answer.summary


async def test_a_false_number_is_rejected_and_told() -> None:
    """The model is asked to mend it once; then the statement goes, and the answer says why."""
    liar = says(lambda messages: good_reply(messages).replace("built in 1988", "built in 1987"))
    answer = await summarize(FERRY, outside(liar))
    assert "1987" not in answer.summary
    assert answer.rejected.reasons["number_not_in_source"] == 1


async def test_without_its_model_the_service_still_answers() -> None:
    """In whole sentences of the articles; and it says that it is not what you asked for."""
    answer = await summarize(FERRY, outside(says(errors.ModelBusy("Try later."))))
    assert answer.degraded
    assert codes(answer) == ["model_failed"]
    assert answer.facts


async def test_through_the_real_client() -> None:
    """The openai client against a mocked server (respx): what travels is what would travel."""
    router = respx.MockRouter()

    def server(request: httpx.Request) -> httpx.Response:
        turns = [Message(turn["role"], turn["content"]) for turn in json.loads(request.content)["messages"]]
        return httpx.Response(200, json=chat_reply(good_reply(turns), prompt_tokens=2000, completion_tokens=300))

    route = router.post("https://api.openai.com/v1/chat/completions").mock(side_effect=server)
    async with ChatModel("gpt-4.1-mini", count=len, api_key="k", transport=scripted_transport(router)) as model:
        answer = await summarize(FERRY, outside(model))
    assert (answer.engine, answer.model) == ("llm", "gpt-4.1-mini")
    assert answer.usage.host == "api.openai.com"
    assert answer.usage.llm_calls == route.call_count == 1
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (2000, 300)


async def test_the_second_time_nobody_is_asked() -> None:
    """The same articles, in another order: the answer comes from the cache, with your numbers on it."""
    model = ScriptedLLM(good_reply)
    to = outside(model)
    first = await summarize(FERRY, to)
    second = await summarize(FERRY[::-1], to)
    assert second.usage.cache == "hit"
    assert second.summary == first.summary
    assert len(model.asked) == 1
