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


# Ten events, each told twice in a few lines: two reports by different hands, with what differs between them left as it is.
TEN: list[tuple[str, str]] = [
    (
        "A goods train left the rails near Oster on Monday and 14 wagons of timber fell into the river, the railway said. Nobody was hurt. The line to the coast stays closed until Friday.",
        "Fourteen wagons with timber lay in the river at Oster after Monday's derailment. The driver, Ida Holm, walked home. The railway expects the line to open again on Friday.",
    ),
    (
        "The council of Brask voted 9 to 4 on Tuesday to close the old harbour to cars. Mayor Otto Kessel said the quay belongs to walkers. Shop owners fear for their trade.",
        "Cars will be banned from Brask's old harbour after a council vote of 9 to 4. “The quay belongs to walkers,” Mayor Otto Kessel told reporters. The ban starts in May.",
    ),
    (
        "Researchers at the University of Lund counted 312 seals on the Hallo islands, twice as many as in 2019. The count took three days. Fishermen want the hunt to be allowed.",
        "There are 312 seals on the Hallo islands, a count by the University of Lund found. In 2019 there were about 150. The ministry has not decided on a hunt.",
    ),
    (
        "The bakery chain Korn will cut 200 jobs and close 12 shops, its head Mara Lind said on Wednesday. She blamed the price of flour. The union called the plan careless.",
        "Korn closes twelve bakeries, and 200 people lose their jobs. Flour has become too dear, Mara Lind said. The union will meet the company on Monday.",
    ),
    (
        "A storm tore the roof off the school in Vik on Sunday night. Its 180 pupils will be taught in the church until the summer. The damage is put at 2 million crowns.",
        "After Sunday's storm the school in Vik has no roof. Lessons for 180 pupils move to the church. The town may ask the state for money.",
    ),
    (
        "The painter Ansel Holt won the Norvia prize on Thursday for his pictures of ferries. The jury praised his patience. He will give the 50,000 crowns to a children's home.",
        "Ansel Holt, who paints ferries, has won the Norvia prize of 50,000 crowns. A children's home will get the money, he said. It is his first prize.",
    ),
    (
        "Doctors at the hospital in Tarn have ended their strike of six days. They will get 4 percent more pay from June. Nurses were not part of the deal.",
        "The strike of doctors in Tarn is over after six days. The hospital pays them 4 percent more from June. Nurses said they had been forgotten.",
    ),
    (
        "A bear was seen on Saturday in the gardens of Elm, the police said. A hunter was called but the bear left before he came. People should keep their bins inside.",
        "The bear that walked through gardens in Elm on Saturday has not been found. Police asked people to keep bins in the house. Nobody was hurt.",
    ),
    (
        "The bridge over the Saan will be closed for 40 days from 3 June, the road office said. Cracks were found in two beams. Buses will cross by ferry.",
        "From 3 June nobody drives over the Saan bridge: two beams have cracks. The repair takes 40 days, according to the road office. A ferry takes the buses.",
    ),
    (
        "The club Havn beat Norr 3-1 on Sunday and is champion for the first time. Lena Voss scored twice. Coach Ivo Dorn cried on the bench.",
        "Havn won 3-1 against Norr and holds the title for the first time. Two goals were by Lena Voss. “I have no words,” coach Ivo Dorn said.",
    ),
]


@pytest.mark.timeout(1800)
async def test_ten_clusters_without_a_breach(model: ChatModel) -> None:
    """Engine llm on ten events. The separate checker finds nothing, and the model was asked each time."""
    asked = 0
    broken = []
    async with model:
        for first, second in TEN:
            articles = [("first.txt", first), ("second.txt", second)]
            options = {"engine": "llm", "max_words": 40, "include": ["rejected_text"]}
            answer = await pipeline.summarize(
                request(articles, **options), outside(model, context_tokens=2048, deadline_s=170.0)
            )
            asked += answer.usage.llm_calls > 0
            assert answer.facts
            broken += [f"{one.rule} {one.where}: {one.message}" for one in judged(answer, articles, **options)]
    assert broken == []
    assert asked == len(TEN)
