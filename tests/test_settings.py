"""Settings come from the environment only, say what is wrong without showing it, and `.env.example` tells them all."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from summarizer import settings
from summarizer.errors import BadSettings
from summarizer.settings import Settings

ROOT = Path(__file__).parents[1]
VARIABLES = {str(field.validation_alias): (name, field) for name, field in Settings.model_fields.items()}


def test_without_any_variable_everything_has_a_safe_default() -> None:
    found = settings.load()
    assert found.auto_engine == "extractive"
    assert found.model_name is None
    assert found.host == "127.0.0.1"
    assert found.api_keys == ()
    assert found.open is False
    assert found.price is None


@pytest.mark.parametrize("variable", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_a_key_or_a_base_url_turns_the_model_on(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:1/v1")
    assert settings.load().auto_engine == "llm"
    assert settings.load().model_name == settings.DEFAULT_MODEL
    monkeypatch.setenv("SUMMARIZER_MODEL", "small")
    assert settings.load().model_name == "small"


def test_a_model_name_alone_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", "small")
    assert settings.load().auto_engine == "extractive"
    assert settings.load().model_name is None


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, "")
    assert settings.load() == Settings()


def test_lists_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEYS", "first-key, second-key,")
    monkeypatch.setenv("SUMMARIZER_ALLOWED_HOSTS", "desk.example.org,news.example.org")
    monkeypatch.setenv("SUMMARIZER_ALLOWED_ORIGINS", "https://desk.example.org")
    found = settings.load()
    assert [key.get_secret_value() for key in found.api_keys] == ["first-key", "second-key"]
    assert found.allowed_hosts == ("desk.example.org", "news.example.org")
    assert found.allowed_origins == ("https://desk.example.org",)


def test_prices_are_per_million_tokens_and_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_PRICE_PROMPT", "0.4")
    with pytest.raises(BadSettings, match="SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION go together"):
        settings.load()
    monkeypatch.setenv("SUMMARIZER_PRICE_COMPLETION", "1.6")
    assert settings.load().price == (0.4, 1.6)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("SUMMARIZER_PORT", "99999", "65535"),
        ("SUMMARIZER_PORT", "http", "integer"),
        ("SUMMARIZER_DEADLINE_S", "0", "greater than or equal to 1"),
        ("SUMMARIZER_DEADLINE_S", "nan", "less than or equal to 3600"),
        ("SUMMARIZER_PRICE_PROMPT", "-1", "greater than or equal to 0"),
        ("SUMMARIZER_PRICE_PROMPT", "inf", "finite"),
        ("SUMMARIZER_LOG_LEVEL", "loud", "'debug'"),
        ("SUMMARIZER_OPEN", "perhaps", "boolean"),
        ("SUMMARIZER_API_KEYS", "changeme", "placeholder"),
        ("SUMMARIZER_API_KEYS", "a-good-long-key,SECRET", "placeholder"),
        ("REDIS_URL", "http://127.0.0.1:6379", "redis://"),
        ("OPENAI_BASE_URL", "127.0.0.1:8000", "http://"),
        ("OPENAI_BASE_URL", "https://name:word@models.example.org/v1", "OPENAI_API_KEY"),
        ("OPENAI_BASE_URL", "https://models.example.org/v1?api-key=abc", "OPENAI_API_KEY"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed_and_not_shown(
    variable: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadSettings) as caught:
        settings.load()
    assert caught.value.detail.startswith(f"{variable}: ")
    assert told in caught.value.detail
    assert caught.value.exit_code == 2
    if len(value) > 8:
        assert value not in caught.value.detail


def test_every_wrong_variable_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_PORT", "-1")
    monkeypatch.setenv("SUMMARIZER_CONCURRENCY", "0")
    with pytest.raises(BadSettings, match=r"SUMMARIZER_CONCURRENCY: .*; SUMMARIZER_PORT: "):
        settings.load()


def test_no_repr_and_no_error_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    canary = "canary-4711"
    secrets = [variable for variable, (_, field) in VARIABLES.items() if "SecretStr" in str(field.annotation)]
    assert sorted(secrets) == [
        "OPENAI_API_KEY",
        "REDIS_URL",
        "SLACK_APP_TOKEN",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SUMMARIZER_API_KEYS",
        "SUMMARIZER_FALLBACK_API_KEY",
        "SUMMARIZER_JUDGE_API_KEY",
        "SUMMARIZER_METRICS_KEY",
    ]
    for variable in secrets:
        monkeypatch.setenv(variable, f"redis://:{canary}@127.0.0.1:1/0")
    found = settings.load()
    shown = [repr(found), str(found), str(found.model_dump()), found.model_dump_json(), repr(found.api_keys)]
    monkeypatch.setenv("REDIS_URL", f"http://:{canary}@127.0.0.1:1/0")
    with pytest.raises(BadSettings) as caught:
        settings.load()
    shown += [str(caught.value), repr(caught.value), repr(caught.value.__cause__)]
    for text in shown:
        assert canary not in text
    assert canary in found.openai_api_key.get_secret_value()


def test_a_file_named_env_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("SUMMARIZER_PORT=1\n")
    monkeypatch.chdir(tmp_path)
    assert settings.load().port == 8321


def test_a_caller_may_build_them_by_field_name() -> None:
    built = Settings(openai_api_key=SecretStr("k"), port=0, model="small")
    assert (built.port, built.model_name) == (0, "small")
    with pytest.raises(ValueError, match="frozen"):
        setattr(built, "port", 1)  # noqa: B010 - written as an assignment, the type checker refuses it too


def test_the_cache_folder_follows_the_users_own(clean_env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.load().cache_folder == clean_env / ".cache" / "consensus-summarizer"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert settings.load().cache_folder == clean_env / ".cache" / "consensus-summarizer"
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", "~/answers")
    assert settings.load().cache_folder == clean_env / "answers"


def _written(default: object) -> str:
    """A default as it stands in `.env.example`: nothing for secrets, for lists and for what has none."""
    if default is None or default == () or isinstance(default, SecretStr):
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_env_example_holds_every_setting_with_its_meaning_and_default() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    told: dict[str, tuple[str, str]] = {}
    for before, line in pairwise(lines):
        if match := re.fullmatch(r"([A-Z_]+)=(.*)", line):
            told[match[1]] = (before.removeprefix("# "), match[2])
    assert list(told) == list(VARIABLES), "the same variables in the same order"
    for variable, (meaning, value) in told.items():
        name, field = VARIABLES[variable]
        assert meaning == field.description, variable
        assert value == _written(getattr(Settings(), name)), variable


def test_env_example_can_be_loaded_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (ROOT / ".env.example").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            variable, _, value = line.partition("=")
            monkeypatch.setenv(variable, value)
    assert settings.load() == Settings()


def test_every_field_says_what_it_means_in_one_line() -> None:
    for variable, (name, field) in VARIABLES.items():
        assert field.description, variable
        assert len(field.description) <= 118, variable
        assert variable.lower().removeprefix("summarizer_") == name


def test_the_script_entry_is_the_module_entry() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts == {"summarizer": "summarizer.__main__:main"}
