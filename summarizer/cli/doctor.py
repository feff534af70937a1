"""What is configured, what can be reached, what will be used, and what to do next. No key is ever shown."""

from __future__ import annotations

import asyncio
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

import httpx2

from summarizer import errors, prompts, tokens
from summarizer.settings import Settings
from summarizer.store import RedisStore

# A model server that lists its models takes milliseconds, one that is starting to load them a few seconds.
_REACH_S = 5.0


def version_of_package() -> str:
    try:
        return version("consensus-summarizer")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `doctor`: what it is about, what was found, whether it is well, and what to do next if it is not."""

    about: str
    found: str
    well: bool = True
    todo: str | None = None


def look(of: Settings) -> list[Finding]:
    findings = [
        Finding(
            "version",
            f"{version_of_package()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        )
    ]
    findings += _look_at_model(of)
    findings.append(asyncio.run(_look_at_store(of)))
    try:
        loaded = prompts.load()
        findings.append(Finding("prompts", f"{', '.join(sorted(loaded.texts))}; version {loaded.version}"))
    except (ValueError, OSError) as error:
        findings.append(Finding("prompts", str(error), False, "Reinstall the package: its prompts are missing."))
    keys = len(of.api_keys)
    who = f"{keys} API key{'s' if keys != 1 else ''}" if keys else "everybody" if of.open else "this machine only"
    findings.append(Finding("server", f"http://{of.host}:{of.port}, open to: {who} (start it with: summarizer serve)"))
    findings.append(_look_at_slack(of))
    findings.append(
        Finding(
            "limits",
            f"{of.max_articles:,} articles, {of.max_article_characters:,} characters each, "
            f"{of.max_total_characters:,} together; {of.deadline_s:g} s for a request",
        )
    )
    return findings


def _look_at_slack(of: Settings) -> Finding:
    """What of Slack is configured; Slack itself is not asked."""
    signed, token, line = (
        bool(one.get_secret_value()) for one in (of.slack_signing_secret, of.slack_bot_token, of.slack_app_token)
    )
    if not signed and not line:
        return Finding("slack", "off (no SLACK_SIGNING_SECRET)")
    doors = [name for name, on in (("POST /slack/events", signed), ("summarizer slack", line and token)) if on]
    if token:
        return Finding("slack", f"on: {', '.join(doors)}")
    told = "on, for /summarize only" if signed else "off"
    return Finding("slack", f"{told}: no bot token", todo="Set SLACK_BOT_TOKEN for threads, files and progress.")


def _look_at_model(of: Settings) -> list[Finding]:
    name = of.model_name
    if name is None:
        way = (
            "For written prose set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own; then SUMMARIZER_MODEL."
        )
        return [Finding("engine", "extractive: no model is configured, and no text leaves this machine", todo=way)]
    base = of.openai_base_url or "https://api.openai.com/v1"
    chosen = "" if of.model else " (the default: SUMMARIZER_MODEL is not set)"
    findings = [
        Finding("engine", f"llm: article text goes to {_place(base)}"),
        Finding("model", f"{name}{chosen}"),
        _look_at_endpoint(of, base, name),
    ]
    if of.judge_model:
        findings.append(
            Finding("judge", f"{of.judge_model}: facts and their spans go to {_place(of.judge_base_url or base)}")
        )
    known = tokens.counter(name)[1]
    context = of.context_tokens or tokens.context_tokens(name)
    size = f"context {context:,}" if context else "context not known, 128,000 is assumed"
    findings.append(
        Finding(
            "tokens",
            f"{'counted' if known else 'estimated, the encoding of this model is not known'}; {size}",
            todo=None if context else "Set SUMMARIZER_CONTEXT_TOKENS to the context length of your model.",
        )
    )
    return findings


def _look_at_endpoint(of: Settings, base: str, name: str) -> Finding:
    """Ask for the list of models: costs nothing, and shows whether the address and the key are right."""
    key = of.openai_api_key.get_secret_value()
    place = _place(base)
    try:
        # No redirects: the key is for this address only.
        reply = httpx2.get(
            f"{base.rstrip('/')}/models",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=_REACH_S,
            follow_redirects=False,
        )
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, OSError) as error:
        # The message may quote the request; the type says enough.
        told = f"{place} cannot be reached ({type(error).__name__})"
        return Finding("reachable", told, False, "Start the model server, or correct OPENAI_BASE_URL.")
    if reply.status_code in (401, 403):
        told = f"{place} refuses the key (status {reply.status_code})"
        return Finding("reachable", told, False, "Correct OPENAI_API_KEY.")
    if reply.status_code >= 500:
        told = f"{place} answers with an error (status {reply.status_code})"
        return Finding("reachable", told, False, "Look at the log of the model server.")
    known = _models(reply) if reply.status_code == 200 else []
    if known and name not in known:
        few = ", ".join(known[:5]) + (", ..." if len(known) > 5 else "")
        return Finding("reachable", f"{place} has no model {name}, but {few}", False, "Correct SUMMARIZER_MODEL.")
    listed = "" if known else f"; it lists no models (status {reply.status_code})"
    return Finding("reachable", f"{place} answers{listed}")


def _models(reply: httpx2.Response) -> list[str]:
    """The names in a list of models; none if it has another form."""
    try:
        body = reply.json()
    except ValueError:
        return []
    rows = body.get("data") if isinstance(body, dict) else None
    if not isinstance(rows, list):
        return []
    return [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


async def _look_at_store(of: Settings) -> Finding:
    url = of.redis_url.get_secret_value()
    if not url:
        return Finding("answers kept", f"by this command in {of.cache_folder}, by the server in memory (no REDIS_URL)")
    try:
        store = RedisStore(url)
        try:
            await store.ping()
        finally:
            await store.aclose()
    except errors.StoreUnavailable:
        told = f"Redis at {_place(url)} cannot be reached; answers come without a cache"
        return Finding("answers kept", told, False, "Start Redis, correct REDIS_URL, or unset it.")
    return Finding("answers kept", f"in Redis at {_place(url)}, which answers")


def _place(url: str) -> str:
    """Scheme, host, port and path of a URL: never its user, password or query."""
    parts = urlsplit(url)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    host = parts.hostname or ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"
