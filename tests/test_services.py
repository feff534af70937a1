"""The outside things open as the settings say, and close."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from summarizer import errors, services
from summarizer.llm import ChatModel
from summarizer.services import open_services
from summarizer.settings import Settings
from summarizer.store import DiskStore, MemoryStore, RedisStore


async def test_with_no_environment_there_is_a_store_in_memory_and_no_model() -> None:
    async with open_services(Settings()) as opened:
        outside = opened.outside
        assert isinstance(outside.store, MemoryStore)
        assert outside.llm is None
        assert outside.notes == ()
        assert outside.price is None
        assert outside.tenant == ""
        assert outside.count("hello world") == 2
        assert len(outside.prompts.version) == 12
        assert outside.prompts.texts
        await outside.store.ping()


async def test_limits_and_times_come_from_the_settings() -> None:
    settings = Settings(
        max_articles=3,
        max_article_characters=40,
        max_total_characters=50,
        deadline_s=7,
        concurrency=2,
        cache_ttl_s=8,
        retain_s=9,
    )
    async with open_services(settings) as opened:
        outside = opened.outside
    assert (
        outside.limits.max_articles,
        outside.limits.max_article_characters,
        outside.limits.max_total_characters,
    ) == (3, 40, 50)
    assert (outside.deadline_s, outside.concurrency, outside.cache_ttl_s, outside.retain_s) == (7, 2, 8, 9)


async def test_the_command_line_keeps_on_disk(tmp_path: Path) -> None:
    settings = Settings(cache_dir=str(tmp_path))
    async with open_services(settings, keep="disk") as opened:
        assert isinstance(opened.outside.store, DiskStore)
        await opened.outside.store.set("a", b"1", 60)
    async with open_services(settings, keep="disk") as opened:
        assert await opened.outside.store.get("a") == b"1"


@pytest.mark.parametrize("keep", ["memory", "disk"])
async def test_redis_goes_first_and_one_that_is_away_stops_nothing_at_the_start_or_the_end(keep: services.Keep) -> None:
    # Port 1 refuses at once on loopback.
    settings = Settings(redis_url=SecretStr("redis://127.0.0.1:1/0"))
    async with open_services(settings, keep=keep) as opened:
        assert isinstance(opened.outside.store, RedisStore)
        with pytest.raises(errors.StoreUnavailable):
            await opened.outside.store.ping()


async def test_a_redis_url_that_cannot_be_one_is_a_setting_to_mend() -> None:
    with pytest.raises(errors.BadSettings, match="REDIS_URL") as caught:
        async with open_services(Settings(redis_url=SecretStr("redis://:hush-hush@host:notaport/0"))):
            pass
    assert "hush-hush" not in caught.value.detail


async def test_a_key_opens_the_model_with_its_context_and_list_price(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    whole = ChatModel.aclose

    async def aclose(self: ChatModel) -> None:
        closed.append(self.model)
        await whole(self)

    monkeypatch.setattr(ChatModel, "aclose", aclose)
    async with open_services(Settings(openai_api_key=SecretStr("sk-test"))) as opened:
        outside = opened.outside
        assert isinstance(outside.llm, ChatModel)
        assert (outside.llm.model, outside.llm.host) == ("gpt-4.1-mini", "api.openai.com")
        assert outside.context_tokens > services.CONTEXT_TOKENS
        assert outside.price is not None
        assert outside.notes == ()
        assert closed == []
    assert closed == ["gpt-4.1-mini"]


async def test_a_model_that_nobody_knows_is_told_and_gets_the_safe_context() -> None:
    settings = Settings(openai_base_url="http://127.0.0.1:9/v1", model="smol-local")
    async with open_services(settings) as opened:
        outside = opened.outside
        assert outside.llm is not None
        assert outside.llm.host == "127.0.0.1:9" or outside.llm.host == "127.0.0.1"
        assert outside.context_tokens == services.CONTEXT_TOKENS
        assert outside.price is None
        (note,) = outside.notes
        assert note.code == "unknown_model"
        assert "smol-local" in note.message
        assert "SUMMARIZER_CONTEXT_TOKENS" in note.message


async def test_list_prices_hold_at_the_lister_only_and_settings_hold_everywhere() -> None:
    elsewhere = Settings(openai_base_url="http://127.0.0.1:9/v1", model="gpt-4.1-mini")
    async with open_services(elsewhere) as opened:
        assert opened.outside.price is None
    told = Settings(
        openai_base_url="http://127.0.0.1:9/v1", model="x", price_prompt=1.5, price_completion=6, context_tokens=4096
    )
    async with open_services(told) as opened:
        assert list(opened.outside.price or ()) == [1.5, 6]
        assert opened.outside.context_tokens == 4096


async def test_all_is_closed_when_the_user_fails() -> None:
    async def use() -> None:
        async with open_services(Settings(openai_api_key=SecretStr("sk-test"))) as opened:
            llms.append(opened.outside.llm)
            raise ZeroDivisionError

    llms: list[object] = []
    with pytest.raises(ZeroDivisionError):
        await use()
    (llm,) = llms
    assert isinstance(llm, ChatModel)
    assert llm._client.is_closed()


async def test_a_file_of_prices_holds_everywhere_and_two_variables_win(tmp_path: Path) -> None:
    """Over the list, whoever serves the model; a model that the file does not name keeps its list price."""
    path = tmp_path / "prices.json"
    path.write_text('{"x": [1, 2], "gpt-4.1-mini": [0.3, 1.2]}', "utf-8")
    given = {"openai_base_url": "http://127.0.0.1:9/v1", "model": "x", "prices": str(path), "context_tokens": 4096}
    async with open_services(Settings.model_validate(given)) as opened:
        assert opened.outside.price == (1.0, 2.0)
    async with open_services(Settings.model_validate({**given, "price_prompt": 5, "price_completion": 6})) as opened:
        assert opened.outside.price == (5.0, 6.0)
    async with open_services(Settings.model_validate({**given, "model": "y"})) as opened:
        assert opened.outside.price is None


async def test_a_file_of_prices_that_cannot_be_used_is_a_bad_setting(tmp_path: Path) -> None:
    """Named, so that nobody pays unmetered for a typing error."""
    given = {"openai_base_url": "http://127.0.0.1:9/v1", "model": "x", "prices": str(tmp_path / "none.json")}
    with pytest.raises(errors.BadSettings, match="SUMMARIZER_PRICES"):
        async with open_services(Settings.model_validate(given)):
            pass
