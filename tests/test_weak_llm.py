"""A real and weak model through the whole pipeline: it invents, and nothing that it invents is published.

The model is SmolLM2-135M on loopback. What it says changes with the machine; what must hold does not.
"""

from __future__ import annotations

import pytest

from summarizer import pipeline
from summarizer.llm import ChatModel
from tests.support import FERRY, count, judged, outside, request
from tests.test_weak_llm_server import base_url, tool

__all__ = ["base_url", "tool"]  # the fixtures of the server's own tests


@pytest.fixture
def model(base_url: str) -> ChatModel:
    return ChatModel("smollm2-135m", count=count, api_key="local", base_url=base_url)


@pytest.mark.timeout(900)
async def test_what_a_weak_model_says_is_checked_or_thrown_away(model: ChatModel) -> None:
    """Two reports, engine llm: an answer, no breach by the separate checker, and what was wrong is counted."""
    articles = FERRY[:2]
    options = {"engine": "llm", "max_words": 60, "include": ["rejected_text"]}
    async with model:
        answer = await pipeline.summarize(
            request(articles, **options), outside(model, context_tokens=8192, deadline_s=800.0)
        )
    assert answer.facts
    assert judged(answer, articles, **options) == []
    assert answer.usage.llm_calls >= 1
    assert answer.usage.host is not None
    if answer.engine == "extractive":
        assert answer.degraded
        assert answer.rejected.total > 0
        assert {w.code for w in answer.warnings} & {"nothing_survived", "model_failed"}
