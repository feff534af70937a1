"""Who may do what, and how much of it: tenants apart, rates, and money that is set aside before it is spent."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import redis
from fastapi.testclient import TestClient

from summarizer import errors, pipeline, spending
from summarizer.api import create_app, guard
from summarizer.api.rates import Rates, Standing
from summarizer.contract import SummarizeRequest
from summarizer.pipeline import Outside
from summarizer.ports import Heard, Message, Reply
from summarizer.services import Services, open_services
from summarizer.settings import Settings
from summarizer.spending import Budget, MemoryLedger, Purse, RedisLedger
from summarizer.store import MemoryStore
from summarizer.testing import ScriptedLLM
from tests.redis_server import RedisServer
from tests.support import FERRY, good_model, good_reply, outside

ALL = [{"name": name, "text": text} for name, text in FERRY]
PRICE = (1.0, 2.0)
DESK, WIRE = "desk-0123456789abcdef", "wire-0123456789abcdef"


def web(to: Outside, **settings: Any) -> TestClient:
    made = Settings.model_validate({"allowed_hosts": ("testserver",), **settings})
    return TestClient(create_app(made, services=Services(settings=made, outside=to)), client=("127.0.0.1", 1))


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


# --- keys and tenants ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["desk:{key}", "desk:sha256:{digest}", "desk:sha256:{DIGEST}"])
def test_a_named_key_is_a_tenant_of_that_name_in_whichever_form_it_stands(form: str) -> None:
    digest = hashlib.sha256(DESK.encode()).hexdigest()
    entry = form.format(key=DESK, digest=digest, DIGEST=digest.upper())
    rules = guard.rules(Settings.model_validate({"api_keys": [entry, f"desk:{WIRE}", "bare-0123456789abcdef"]}))
    assert rules.tenants[:2] == ("name:desk", "name:desk"), "two keys of one name are one tenant: a key can be changed"
    assert rules.keys[0] == bytes.fromhex(digest)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/summaries/x",
        "headers": [(b"authorization", f"Bearer {DESK}".encode())],
    }
    assert guard.admit(scope, rules) == "name:desk"
    hashed = {**scope, "headers": [(b"authorization", f"Bearer {digest}".encode())]}
    with pytest.raises(errors.Unauthorized):
        guard.admit(hashed, rules)


@pytest.mark.parametrize("entry", ["desk:", "desk:changeme", "de sk:0123456789", "desk:sha256:12", "d" * 65 + ":k"])
def test_an_entry_that_cannot_be_a_key_is_refused(entry: str) -> None:
    with pytest.raises(ValueError):
        Settings.model_validate({"api_keys": entry})


@pytest.fixture
def two_tenants() -> Iterator[tuple[TestClient, ScriptedLLM]]:
    model = good_model()
    with web(outside(model, price=PRICE), api_keys=(f"desk:{DESK}", f"wire:{WIRE}")) as client:
        yield client, model


def test_anothers_kept_answer_is_out_of_reach(two_tenants: tuple[TestClient, ScriptedLLM]) -> None:
    client, _ = two_tenants
    made = client.post("/summarize", json={"articles": ALL}, headers=bearer(DESK)).json()["id"]
    assert client.get(f"/summaries/{made}", headers=bearer(DESK)).status_code == 200
    theirs = client.get(f"/summaries/{made}", headers=bearer(WIRE))
    nobodys = client.get("/summaries/AAAAAAAAAAAAAAAAAAAAAA", headers=bearer(WIRE))
    assert theirs.status_code == nobodys.status_code == 404
    assert {**theirs.json(), "request_id": ""} == {**nobodys.json(), "request_id": ""}, "nothing tells that it exists"
    assert client.delete(f"/summaries/{made}", headers=bearer(WIRE)).status_code == 404
    assert client.get(f"/summaries/{made}", headers=bearer(DESK)).status_code == 200


def test_anothers_cached_answer_is_out_of_reach(two_tenants: tuple[TestClient, ScriptedLLM]) -> None:
    client, model = two_tenants
    answers = [
        client.post("/summarize", json={"articles": ALL}, headers=bearer(key)).json() for key in (DESK, DESK, WIRE)
    ]
    assert [answer["usage"]["cache"] for answer in answers] == ["miss", "hit", "miss"]
    assert len({question.text for question in model.asked}) * 2 == len(model.asked), "asked anew, the same"


def test_metrics_open_to_no_callers_key() -> None:
    with web(outside(), api_keys=(f"desk:{DESK}",)) as client:
        assert client.get("/metrics").status_code == 403
        assert client.get("/metrics", headers=bearer(DESK)).status_code == 403
    with web(outside(), api_keys=(f"desk:{DESK}",), metrics_key="metrics-0123456789") as client:
        assert client.get("/metrics", headers=bearer(DESK)).status_code == 401
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers=bearer("metrics-0123456789")).status_code == 200
        assert client.get("/summaries/x", headers=bearer("metrics-0123456789")).status_code == 401
    with web(outside()) as client:
        assert client.get("/metrics").status_code == 200


# --- rates ---------------------------------------------------------------------------------------------------------------


def test_requests_are_counted_for_each_caller_and_the_headers_tell() -> None:
    with web(outside(), api_keys=(f"desk:{DESK}", f"wire:{WIRE}"), rate_requests=3) as client:
        got = [client.get("/summaries/x", headers=bearer(DESK)) for _ in range(5)]
        assert [one.status_code for one in got] == [404, 404, 404, 429, 429]
        assert got[0].headers["ratelimit-policy"] == '"requests";q=3;w=60'
        assert [one.headers["ratelimit"].split(";")[1] for one in got] == ["r=2", "r=1", "r=0", "r=0", "r=0"]
        assert 1 <= int(got[3].headers["retry-after"]) <= 60
        assert got[3].json()["code"] == "rate_limited"
        assert got[3].json()["limit"] == 3
        assert client.get("/summaries/x", headers=bearer(WIRE)).status_code == 404
        assert client.get("/summaries/x", headers=bearer("wrong")).status_code == 401, "who is nobody is not counted"
        assert client.get("/healthz").status_code == 200
        assert "ratelimit" not in client.get("/healthz").headers


@pytest.mark.parametrize("chunked", [False, True])
def test_tokens_are_counted_when_the_body_is_there(chunked: bool) -> None:
    body = b'{"articles": [{"text": "' + b"x" * 376 + b'"}]}'
    assert len(body) == 404

    def send(client: TestClient, content: bytes) -> Any:
        headers = {"content-type": "application/json"}
        return client.post(
            "/estimate", content=iter([content[:100], content[100:]]) if chunked else content, headers=headers
        )

    with web(outside(), rate_tokens=250) as client:
        got = [send(client, body) for _ in range(3)]
        assert [one.status_code == 429 for one in got] == [False, False, True]
        assert got[1].headers["ratelimit"].startswith('"tokens";r=48')
        large = send(client, body + b" " * 1000)
        assert (large.status_code, large.json()["limit"]) == (413, 250), "no minute has room for it"


async def test_two_servers_count_together_in_redis_and_alone_without_it(own_redis: RedisServer) -> None:
    here, there = Rates(4, 0, own_redis.url), Rates(4, 0, own_redis.url)
    for one in (here, there, here, there):
        await one.request("desk", Standing())
    for one in (here, there):
        with pytest.raises(errors.RateLimited):
            await one.request("desk", Standing())
    own_redis.kill()
    began = time.monotonic()
    for _ in range(4):
        await here.request("desk", Standing())
    with pytest.raises(errors.RateLimited):
        await here.request("desk", Standing())
    assert time.monotonic() - began < 5, "a Redis that is away is asked once"
    await here.aclose()
    await there.aclose()


async def test_many_at_once_are_admitted_to_the_number() -> None:
    limits = Rates(10, 0)
    told = await asyncio.gather(*(limits.request("desk", Standing()) for _ in range(50)), return_exceptions=True)
    assert sum(one is None for one in told) == 10
    assert all(one is None or type(one) is errors.RateLimited for one in told)


# --- money ---------------------------------------------------------------------------------------------------------------


class Day:
    """A clock that begins at noon of some day."""

    def __init__(self) -> None:
        self.now = 20_000 * spending.DAY_S + 43_200.0

    def __call__(self) -> float:
        return self.now


class Paid:
    """A model that takes its time and its money out of the purse, like `ChatModel`; counts what was asked at once."""

    model = "paid"
    host: str | None = "model.test"

    def __init__(self, cost: int, seconds: float = 0.0, reply: Any = good_reply) -> None:
        self.cost, self.seconds, self.reply = cost, seconds, reply
        self.calls = 0
        self.cut = 0

    async def complete(
        self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
    ) -> Reply:
        purse = spending.purse()
        assert purse is not None
        assert purse.take(self.cost)
        self.calls += 1
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.cut += 1
            raise
        finally:
            purse.settle(self.cost, self.cost)
        return Reply(self.reply(messages), 10, 10, 1, micro_usd=self.cost)


async def bound_of(to: Outside) -> int:
    estimate = await pipeline.estimate(SummarizeRequest.model_validate({"articles": ALL}), to)
    assert estimate.cost_usd is not None
    return round(estimate.cost_usd * 1_000_000)


async def ask(to: Outside, **options: Any) -> Any:
    return await pipeline.summarize(
        SummarizeRequest.model_validate({"articles": ALL, "cache": "none", "retain_s": 0, **options}), to
    )


@asynccontextmanager
async def in_redis(url: str) -> AsyncIterator[RedisLedger]:
    made = RedisLedger(url)
    yield made
    await made.aclose()


@pytest.fixture(params=["memory", "redis"])
async def ledger(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    if request.param == "memory":
        yield MemoryLedger()
        return
    async with in_redis(request.getfixturevalue("redis_url")) as made:
        yield made


async def test_fifty_at_once_on_a_budget_for_ten_are_ten(ledger: Any) -> None:
    model = Paid(0, seconds=0.2)
    to = outside(model, price=PRICE)
    bound = await bound_of(to)
    model.cost = bound
    budget = Budget(ledger, each=10 * bound + bound // 2)
    to = outside(model, price=PRICE, budget=budget, tenant="name:desk")
    told = await asyncio.gather(*(ask(to, fallback="error") for _ in range(50)), return_exceptions=True)
    refused = [one for one in told if isinstance(one, BaseException)]
    assert {type(one) for one in refused} == {errors.BudgetSpent}
    assert model.calls == len(told) - len(refused) == 10
    assert await budget.spent("name:desk") == 10 * bound


async def test_what_was_not_needed_is_given_back_and_tenants_and_days_are_apart(ledger: Any) -> None:
    day = Day()
    model = Paid(1000)
    bound = await bound_of(outside(model, price=PRICE))
    budget = Budget(ledger, each=bound + 2500, clock=day)
    to = outside(model, price=PRICE, budget=budget, tenant="name:desk")
    for number in (1, 2, 3):
        answer = await ask(to)
        assert not answer.degraded
        assert answer.usage.cost_usd == 0.001
        assert await budget.spent("name:desk") == 1000 * number
    answer = await ask(to)
    assert (answer.engine, answer.degraded, model.calls) == ("extractive", True, 3)
    assert [w.message.split(":")[0] for w in answer.warnings if w.code == "model_not_asked"] == [
        "The model was not asked (budget_spent)"
    ]
    with pytest.raises(errors.BudgetSpent) as caught:
        await ask(to, fallback="error")
    assert caught.value.retry_after == 43_200, "at midnight"
    assert (await ask(outside(model, price=PRICE, budget=budget, tenant="name:wire"))).engine == "llm"
    day.now += 43_200
    assert (await ask(to)).engine == "llm"


async def test_all_callers_together_have_a_limit_too(ledger: Any) -> None:
    budget = Budget(ledger, each=None, total=100)
    async with budget.reserve("name:desk", 60) as purse:
        assert purse.left == 60
        with pytest.raises(errors.BudgetSpent, match="callers of this server"):
            async with budget.reserve("name:wire", 41):
                pass
        async with budget.reserve("name:wire", 40):
            pass
    async with budget.reserve("name:wire", 100):
        pass


async def test_a_caller_who_hangs_up_has_spent_what_was_sent_and_the_rest_is_released_once(ledger: Any) -> None:
    model = Paid(700, seconds=30)
    bound = await bound_of(outside(model, price=PRICE))
    budget = Budget(ledger, each=10 * bound)
    task = asyncio.create_task(ask(outside(model, price=PRICE, budget=budget, tenant="name:desk")))
    while not model.calls:
        await asyncio.sleep(0.01)
    assert await budget.spent("name:desk") == bound
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.cut == 1
    assert await budget.spent("name:desk") == 700


async def test_a_failed_model_is_paid_for_what_it_took(ledger: Any) -> None:
    failed = errors.ModelReplyEmpty("Nothing.", prompt_tokens=30, completion_tokens=5, calls=1)
    budget = Budget(ledger, each=1_000_000)
    answer = await ask(outside(ScriptedLLM(failed), price=PRICE, budget=budget, tenant="name:desk"))
    assert (answer.engine, answer.usage.cost_usd) == ("extractive", 0.00004)
    assert await budget.spent("name:desk") == 40


async def test_redis_away_nothing_is_spent_and_the_cache_and_the_engine_without_a_model_go_on(
    own_redis: RedisServer,
) -> None:
    model = Paid(500, seconds=0.3)
    store = MemoryStore()
    bound = await bound_of(outside(model, price=PRICE))
    ledger = RedisLedger(own_redis.url)
    budget = Budget(ledger, each=10 * bound)
    to = outside(model, price=PRICE, budget=budget, tenant="name:desk", store=store)
    warm = SummarizeRequest.model_validate({"articles": ALL})
    await pipeline.summarize(warm, to)
    under_way = asyncio.create_task(ask(to, max_words=100))
    before = model.calls
    while model.calls == before:
        await asyncio.sleep(0.01)
    own_redis.kill()
    assert (await under_way).engine == "llm", "what was set aside may be spent"
    asked = model.calls
    answer = await ask(to, max_words=120)
    assert (answer.engine, answer.degraded) == ("extractive", True)
    assert any("(budget_unavailable)" in warning.message for warning in answer.warnings)
    with pytest.raises(errors.BudgetUnavailable):
        await ask(to, max_words=120, fallback="error")
    assert (await pipeline.summarize(warm, to)).usage.cache == "hit"
    assert not (await ask(to, engine="extractive")).degraded
    assert model.calls == asked, "nothing was spent beyond the reserve"
    own_redis.start()
    assert (await ask(to, max_words=120)).engine == "llm"
    await ledger.aclose()


async def test_a_script_whose_answer_was_lost_counts_once(redis_url: str) -> None:
    rows = (("1:desk", 100), ("1", None))
    async with in_redis(redis_url) as ledger:
        for _ in range(2):
            assert await ledger.add(rows, 60, "mark") is None
        assert await ledger.spent("1:desk") == 60
        assert await ledger.add(rows, 60, "other") == 0
        assert await ledger.spent("1") == 60


async def test_no_key_in_redis_is_for_ever(redis_url: str) -> None:
    async with in_redis(redis_url) as ledger, Budget(ledger, each=1000).reserve("name:desk", 500):
        pass
    limits = Rates(10, 1000, redis_url)
    await limits.request("name:desk", Standing())
    await limits.sent("name:desk", 400, Standing())
    await limits.aclose()
    with redis.Redis.from_url(redis_url) as client:
        keys = client.keys("*")
        assert len(keys) >= 5
        assert all(client.ttl(key) > 0 for key in keys), {key: client.ttl(key) for key in keys}
        assert all(key.startswith((b"summarizer:",)) for key in keys)


async def test_no_call_goes_beyond_max_cost() -> None:
    """The plan fits; a reply that has to be asked for again is not."""
    bound = await bound_of(outside(Paid(0), price=PRICE))
    with spending.carrying(Purse(left=1)):
        assert (await ask(outside(good_model(), price=PRICE), max_cost_usd=bound / 1e6)).engine == "llm"
    seen: list[int | None] = []

    class Looks(Paid):
        async def complete(
            self, messages: Sequence[Message], *, max_tokens: int, deadline: float, heard: Heard | None = None
        ) -> Reply:
            purse = spending.purse()
            assert purse is not None
            seen.append(purse.left)
            return await super().complete(messages, max_tokens=max_tokens, deadline=deadline)

    await ask(outside(Looks(10), price=PRICE), max_cost_usd=1.0)
    assert seen[0] == 1_000_000


# --- settings ------------------------------------------------------------------------------------------------------------


async def test_a_budget_needs_prices_and_a_second_model_has_a_key_of_its_own() -> None:
    with pytest.raises(errors.BadSettings, match="SUMMARIZER_PRICE_PROMPT"):
        async with open_services(
            Settings.model_validate({"openai_base_url": "http://127.0.0.1:9/v1", "budget_usd": 1})
        ):
            pass
    given = {
        "openai_base_url": "http://127.0.0.1:9/v1",
        "openai_api_key": "first",
        "price_prompt": 1.0,
        "price_completion": 2.0,
        "fallback_model": "other",
        "budget_usd": 1,
    }
    with pytest.raises(errors.BadSettings, match="FALLBACK_PRICE"):
        async with open_services(Settings.model_validate(given)):
            pass
    given |= {"fallback_price_prompt": 3.0, "fallback_price_completion": 1.0}
    async with open_services(Settings.model_validate(given)) as services:
        assert services.outside.price == (3.0, 2.0), "what a token costs at most"
        assert services.outside.budget is not None
        assert [model.model for model in services.models] == ["gpt-4.1-mini", "other"]
        assert services.models[1]._key == "first"
    async with open_services(
        Settings.model_validate({**given, "fallback_base_url": "http://127.0.0.1:8/v1"})
    ) as services:
        assert services.models[1]._key == "", "the first server's key goes to no other"
        assert services.models[1].host == "127.0.0.1:8"


def test_a_second_model_needs_a_first() -> None:
    with pytest.raises(ValueError, match="needs a first model"):
        Settings.model_validate({"fallback_model": "other"})
