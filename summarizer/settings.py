"""Settings from environment variables, and from nothing else: no file is read, nothing is built at import.

A caller builds them with `load()`; `.env.example` holds every variable with its meaning. An empty variable counts as unset.
Secrets (the API key of the model, our own API keys, the Redis URL with its password, Slack's) are `SecretStr`: they show
in no repr, no log and no error message.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from summarizer.errors import BadSettings

DEFAULT_MODEL = "gpt-4.1-mini"
"""Asked when a key or a base URL is set and no model: cheap, long context, and known to most compatible servers' users."""

LogLevel = Literal["debug", "info", "warning", "error"]

_PLACEHOLDERS = frozenset(
    {"changeme", "change-me", "change_me", "secret", "password", "your-key", "your-api-key", "todo"}
)
"""What people leave in a copied example. A server that took one of them as a key would be open to everybody."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_DIGEST = re.compile(r"[0-9A-Fa-f]{64}", re.ASCII)

Price = Annotated[float | None, Field(ge=0, allow_inf_nan=False)]
"""USD per million tokens; None where it is not known."""


class Settings(BaseSettings):
    """Everything that can be configured. A field is named like its variable, in lower case, without `SUMMARIZER_`."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    # The model
    openai_api_key: SecretStr = Field(
        SecretStr(""),
        validation_alias="OPENAI_API_KEY",
        description="Key of the model server. With a key or a base URL the engine is llm, else extractive.",
    )
    openai_base_url: str = Field(
        "",
        validation_alias="OPENAI_BASE_URL",
        description="Any OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1. Empty: the openai client's own.",
    )
    model: str = Field(
        "",
        validation_alias="SUMMARIZER_MODEL",
        max_length=200,
        description=f"Name of the model. Empty, with a key or a base URL: {DEFAULT_MODEL}.",
    )
    context_tokens: int = Field(
        0,
        validation_alias="SUMMARIZER_CONTEXT_TOKENS",
        ge=0,
        le=10_000_000,
        description="Context of the model in tokens. 0: what is known of the model, else 128000.",
    )
    price_prompt: Price = Field(
        None,
        validation_alias="SUMMARIZER_PRICE_PROMPT",
        description="USD per million prompt tokens. Both prices are needed for cost_usd and max_cost_usd.",
    )
    price_completion: Price = Field(
        None,
        validation_alias="SUMMARIZER_PRICE_COMPLETION",
        description="USD per million completion tokens.",
    )
    prices: str = Field(
        "",
        validation_alias="SUMMARIZER_PRICES",
        description='JSON file of prices by model: {"name": [prompt, completion]} in USD per million. The two above win.',
    )

    fallback_model: str = Field(
        "",
        validation_alias="SUMMARIZER_FALLBACK_MODEL",
        max_length=200,
        description="Name of a second model, asked when the first one fails. Empty: none.",
    )
    fallback_base_url: str = Field(
        "",
        validation_alias="SUMMARIZER_FALLBACK_BASE_URL",
        description="Endpoint of the second model. Empty: OPENAI_BASE_URL.",
    )
    fallback_api_key: SecretStr = Field(
        SecretStr(""),
        validation_alias="SUMMARIZER_FALLBACK_API_KEY",
        description="Key of the second model's server. Empty: OPENAI_API_KEY, if the endpoint is the same.",
    )
    fallback_price_prompt: Price = Field(
        None,
        validation_alias="SUMMARIZER_FALLBACK_PRICE_PROMPT",
        description="USD per million prompt tokens of the second model.",
    )
    fallback_price_completion: Price = Field(
        None,
        validation_alias="SUMMARIZER_FALLBACK_PRICE_COMPLETION",
        description="USD per million completion tokens of the second model.",
    )
    judge_model: str = Field(
        "",
        validation_alias="SUMMARIZER_JUDGE_MODEL",
        max_length=200,
        description="Name of a model that judges each fact after the checks. Empty: none.",
    )
    judge_base_url: str = Field(
        "",
        validation_alias="SUMMARIZER_JUDGE_BASE_URL",
        description="Endpoint of the judge. Empty: OPENAI_BASE_URL.",
    )
    judge_api_key: SecretStr = Field(
        SecretStr(""),
        validation_alias="SUMMARIZER_JUDGE_API_KEY",
        description="Key of the judge's server. Empty: OPENAI_API_KEY, if the endpoint is the same.",
    )
    judge_price_prompt: Price = Field(
        None,
        validation_alias="SUMMARIZER_JUDGE_PRICE_PROMPT",
        description="USD per million prompt tokens of the judge.",
    )
    judge_price_completion: Price = Field(
        None,
        validation_alias="SUMMARIZER_JUDGE_PRICE_COMPLETION",
        description="USD per million completion tokens of the judge.",
    )

    # The store
    redis_url: SecretStr = Field(
        SecretStr(""),
        validation_alias="REDIS_URL",
        description="redis://, rediss:// or unix:// URL of the cache. Empty: a store inside the process.",
    )
    cache_ttl_s: int = Field(
        86_400,
        validation_alias="SUMMARIZER_CACHE_TTL_S",
        ge=0,
        le=31_536_000,
        description="Seconds for which an answer is served from the cache. 0: no cache.",
    )
    retain_s: int = Field(
        86_400,
        validation_alias="SUMMARIZER_RETAIN_S",
        ge=0,
        le=2_592_000,
        description="Seconds for which GET /summaries/{id} works, unless the request says otherwise. 0: not at all.",
    )
    cache_dir: str = Field(
        "",
        validation_alias="SUMMARIZER_CACHE_DIR",
        description="Folder that the command line keeps its answers in. Empty: the user's cache folder.",
    )

    # Limits
    deadline_s: float = Field(
        120,
        validation_alias="SUMMARIZER_DEADLINE_S",
        ge=1,
        le=3600,
        description="Seconds for one whole request, retries included, unless the request says otherwise.",
    )
    model_idle_s: float = Field(
        120,
        validation_alias="SUMMARIZER_MODEL_IDLE_S",
        ge=1,
        le=3600,
        description="Seconds without a sign of a reply that streams, after which the model is asked again.",
    )
    job_deadline_s: float = Field(
        900,
        validation_alias="SUMMARIZER_JOB_DEADLINE_S",
        ge=1,
        le=86_400,
        description="Seconds for one attempt at a job, unless its request says otherwise.",
    )
    job_ttl_s: int = Field(
        86_400,
        validation_alias="SUMMARIZER_JOB_TTL_S",
        ge=60,
        le=2_592_000,
        description="Seconds for which a job, its events and its answer can be read after it ended.",
    )
    job_concurrency: int = Field(
        4,
        validation_alias="SUMMARIZER_JOB_CONCURRENCY",
        ge=1,
        le=256,
        description="Jobs that one worker (or one server without Redis) runs side by side.",
    )
    max_queued: int = Field(
        1_000,
        validation_alias="SUMMARIZER_MAX_QUEUED",
        ge=1,
        le=1_000_000,
        description="Jobs that may wait or run at once; more are refused with 503.",
    )
    grace_s: int = Field(
        25,
        validation_alias="SUMMARIZER_GRACE_S",
        ge=1,
        le=3600,
        description="Seconds that a server or worker has to finish what runs when it is asked to stop.",
    )
    concurrency: int = Field(
        4,
        validation_alias="SUMMARIZER_CONCURRENCY",
        ge=1,
        le=256,
        description="Calls to the model that one request makes side by side.",
    )
    max_articles: int = Field(
        200,
        validation_alias="SUMMARIZER_MAX_ARTICLES",
        ge=1,
        description="Articles in one request.",
    )
    max_article_characters: int = Field(
        400_000,
        validation_alias="SUMMARIZER_MAX_ARTICLE_CHARACTERS",
        ge=1,
        description="Characters of one article.",
    )
    max_total_characters: int = Field(
        8_000_000,
        validation_alias="SUMMARIZER_MAX_TOTAL_CHARACTERS",
        ge=1,
        description="Characters of all articles of one request.",
    )
    max_body_bytes: int = Field(
        20_000_000,
        validation_alias="SUMMARIZER_MAX_BODY_BYTES",
        ge=1,
        description="Bytes of one HTTP request body.",
    )

    rate_requests: int = Field(
        0,
        validation_alias="SUMMARIZER_RATE_REQUESTS",
        ge=0,
        le=1_000_000,
        description="Requests that one caller may make in a minute. 0: any number.",
    )
    rate_tokens: int = Field(
        0,
        validation_alias="SUMMARIZER_RATE_TOKENS",
        ge=0,
        le=1_000_000_000,
        description="Tokens that one caller may send in a minute, four bytes of a body counted as one. 0: any number.",
    )
    budget_usd: float | None = Field(
        None,
        validation_alias="SUMMARIZER_BUDGET_USD",
        ge=0,
        le=1_000_000,
        allow_inf_nan=False,
        description="USD that one caller may spend on the model in a day (UTC). Needs prices. Empty: no limit.",
    )
    budget_total_usd: float | None = Field(
        None,
        validation_alias="SUMMARIZER_BUDGET_TOTAL_USD",
        ge=0,
        le=1_000_000,
        allow_inf_nan=False,
        description="USD that all callers together may spend on the model in a day (UTC). Needs prices. Empty: no limit.",
    )

    max_running: int = Field(
        0,
        validation_alias="SUMMARIZER_MAX_RUNNING",
        ge=0,
        le=100_000,
        description="Requests that ask a model worked on at once, and as many that do not; more get 503. 0: 64 and 16 for each processor.",
    )

    # The doors
    host: str = Field(
        "127.0.0.1",
        validation_alias="SUMMARIZER_HOST",
        min_length=1,
        description="Address that `summarizer serve` listens on. Another than loopback needs SUMMARIZER_API_KEYS.",
    )
    port: int = Field(
        8321,
        validation_alias="SUMMARIZER_PORT",
        ge=0,
        le=65_535,
        description="Port that `summarizer serve` listens on. 0: any free one.",
    )
    worker_port: int = Field(
        0,
        validation_alias="SUMMARIZER_WORKER_PORT",
        ge=0,
        le=65_535,
        description="Port on which a worker tells its health and metrics, at SUMMARIZER_HOST. 0: none.",
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        validation_alias="SUMMARIZER_API_KEYS",
        description="Keys of callers, comma separated: KEY, NAME:KEY or NAME:sha256:HEX of the key. None: loopback callers only.",
    )
    metrics_key: SecretStr = Field(
        SecretStr(""),
        validation_alias="SUMMARIZER_METRICS_KEY",
        description="Key for GET /metrics, sent as a bearer token. Empty: no metrics where there are API keys.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        validation_alias="SUMMARIZER_ALLOWED_HOSTS",
        description="Host names that requests may name, comma separated, besides localhost, 127.0.0.1 and [::1].",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        validation_alias="SUMMARIZER_ALLOWED_ORIGINS",
        description="Origins of web pages that may call the API, comma separated, e.g. https://desk.example.org.",
    )
    open: bool = Field(
        False,
        validation_alias="SUMMARIZER_OPEN",
        description="true: serve callers from everywhere without API keys. Only behind something that checks them.",
    )
    fetch_urls: bool = Field(
        False,
        validation_alias="SUMMARIZER_FETCH_URLS",
        description="true: articles may be sent as a URL, which this server fetches. Private networks are never asked.",
    )
    fetch_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        validation_alias="SUMMARIZER_FETCH_HOSTS",
        description="Hosts that may be fetched from although their network is private, comma separated, any port.",
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""),
        validation_alias="SLACK_SIGNING_SECRET",
        description="Signing secret of the Slack app. Empty: POST /slack/events is off.",
    )
    slack_bot_token: SecretStr = Field(
        SecretStr(""),
        validation_alias="SLACK_BOT_TOKEN",
        description="Bot token of the Slack app (xoxb-...). Empty: only /summarize is answered, without progress.",
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""),
        validation_alias="SLACK_APP_TOKEN",
        description="App-level token of the Slack app (xapp-...), for `summarizer slack` (Socket Mode).",
    )
    slack_api_url: str = Field(
        "https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Slack's web API; for GovSlack https://slack-gov.com/api/.",
    )
    log_level: LogLevel = Field(
        "info",
        validation_alias="SUMMARIZER_LOG_LEVEL",
        description="debug, info, warning or error. No level logs article text or keys.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments of the caller first, then the environment; no files."""
        return init_settings, env_settings

    @field_validator("api_keys", "allowed_hosts", "allowed_origins", "fetch_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("api_keys")
    @classmethod
    def _usable_keys(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for entry in value:
            name, key, digest = key_parts(entry.get_secret_value())
            if name and not _NAME.fullmatch(name):
                raise ValueError("the name before a key is made of letters, digits, dots, dashes and underscores")
            if key.casefold() in _PLACEHOLDERS or not (key or digest):
                raise ValueError("a placeholder is no key; make one with: openssl rand -hex 32")
            if digest and not _DIGEST.fullmatch(digest):
                raise ValueError("after sha256: come the 64 hexadecimal digits of the key's SHA-256")
        return value

    @field_validator("openai_base_url", "fallback_base_url", "judge_base_url")
    @classmethod
    def _http_without_credentials(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http:// or https:// URL")
        if "@" in parts.netloc or parts.query:
            raise ValueError(
                "must carry no user name, password or query; the key belongs into OPENAI_API_KEY (or SUMMARIZER_FALLBACK_API_KEY, SUMMARIZER_JUDGE_API_KEY)"
            )
        return value.rstrip("/")

    @field_validator("slack_api_url")
    @classmethod
    def _https_or_own(cls, value: str) -> str:
        parts = urlsplit(value)
        own = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
        if not (own or (parts.scheme == "https" and parts.hostname)) or "@" in parts.netloc or parts.query:
            raise ValueError("must be an https:// URL without user name or query: the bot token is sent there")
        return value.rstrip("/") + "/"

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and urlsplit(value.get_secret_value()).scheme not in ("redis", "rediss", "unix"):
            raise ValueError("must start with redis://, rediss:// or unix://")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _both_prices(self) -> Settings:
        if (self.price_prompt is None) != (self.price_completion is None):
            raise ValueError("SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION go together: set both or none")
        return self

    @model_validator(mode="after")
    def _whole_fallback(self) -> Settings:
        if (self.fallback_price_prompt is None) != (self.fallback_price_completion is None):
            raise ValueError(
                "SUMMARIZER_FALLBACK_PRICE_PROMPT and SUMMARIZER_FALLBACK_PRICE_COMPLETION go together: set both or none"
            )
        if self.fallback_model and self.auto_engine == "extractive":
            raise ValueError("SUMMARIZER_FALLBACK_MODEL needs a first model: set OPENAI_API_KEY or OPENAI_BASE_URL")
        return self

    @model_validator(mode="after")
    def _whole_judge(self) -> Settings:
        if (self.judge_price_prompt is None) != (self.judge_price_completion is None):
            raise ValueError(
                "SUMMARIZER_JUDGE_PRICE_PROMPT and SUMMARIZER_JUDGE_PRICE_COMPLETION go together: set both or none"
            )
        if self.judge_model and self.auto_engine == "extractive":
            raise ValueError(
                "SUMMARIZER_JUDGE_MODEL needs a model whose facts it judges: set OPENAI_API_KEY or OPENAI_BASE_URL"
            )
        return self

    @property
    def auto_engine(self) -> Literal["llm", "extractive"]:
        """What `engine: "auto"` means here."""
        return "llm" if self.openai_api_key.get_secret_value() or self.openai_base_url else "extractive"

    @property
    def model_name(self) -> str | None:
        """The model that the llm engine asks; None when no model server is configured."""
        if self.auto_engine == "extractive":
            return None
        return self.model or DEFAULT_MODEL

    @property
    def price(self) -> tuple[float, float] | None:
        """USD per million prompt and completion tokens, None when not set."""
        if self.price_prompt is None or self.price_completion is None:
            return None
        return self.price_prompt, self.price_completion

    @property
    def fallback_price(self) -> tuple[float, float] | None:
        """As `price`, of the second model."""
        if self.fallback_price_prompt is None or self.fallback_price_completion is None:
            return None
        return self.fallback_price_prompt, self.fallback_price_completion

    @property
    def judge_price(self) -> tuple[float, float] | None:
        """As `price`, of the judge."""
        if self.judge_price_prompt is None or self.judge_price_completion is None:
            return None
        return self.judge_price_prompt, self.judge_price_completion

    @property
    def cache_folder(self) -> Path:
        """Where the command line keeps its answers between runs. The folder may not exist yet."""
        if self.cache_dir:
            return Path(self.cache_dir).expanduser()
        caches = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
        return Path(caches).expanduser() / "consensus-summarizer"


def key_parts(entry: str) -> tuple[str, str, str]:
    """An entry of SUMMARIZER_API_KEYS as name, key and SHA-256 in hexadecimal; what it does not have is empty."""
    name, colon, rest = entry.partition(":")
    if not colon:
        return "", entry, ""
    kind, colon, digest = rest.partition(":")
    return (name, "", digest) if colon and kind == "sha256" else (name, rest, "")


def load() -> Settings:
    """The settings of this process's environment.

    Raises errors.BadSettings, whose detail names each variable that is wrong and why, and shows no value.
    """
    try:
        return Settings()
    except ValidationError as error:
        told = (f"{_variable(item['loc'])}: {item['msg'].removeprefix('Value error, ')}" for item in error.errors())
        raise BadSettings("; ".join(told).strip(": ")) from None


def _variable(location: tuple[int | str, ...]) -> str:
    """The variable that a validation error is about; empty for one that is about several."""
    if not location:
        return ""
    name = str(location[0])
    field = Settings.model_fields.get(name)
    return str(field.validation_alias) if field is not None else name
