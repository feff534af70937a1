"""What a model server says, whichever of the usual shapes it has: error bodies, content, usage, waits. Plain functions.

Nothing here waits or logs.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx2


@dataclass(frozen=True, slots=True)
class Said:
    """What an error body says, whichever of the usual shapes it has."""

    message: str = ""
    codes: frozenset[str] = frozenset()
    param: str = ""
    status: int | None = None

    @classmethod
    def read(cls, body: object) -> Said:
        if isinstance(body, list) and body:
            body = body[0]
        if not isinstance(body, dict):
            return cls()
        inner = body.get("error", body)
        if isinstance(inner, str):
            return cls(message=inner)
        if not isinstance(inner, dict):
            return cls()
        message = inner.get("message") or inner.get("detail") or ""
        code = inner.get("code")
        status = int(code) if isinstance(code, int) and not isinstance(code, bool) and 400 <= code < 600 else None
        codes = frozenset(
            value.lower() for value in (code, inner.get("type"), inner.get("status")) if isinstance(value, str)
        )
        param = inner.get("param")
        return cls(message if isinstance(message, str) else "", codes, param if isinstance(param, str) else "", status)

    def matches(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.message[:2000]) or any(pattern.search(code) for code in self.codes))

    def names(self, parameter: str) -> bool:
        return self.param == parameter or bool(re.search(rf"\b{parameter}\b", self.message[:2000]))


CONTEXT = re.compile(
    r"context[_ ](?:length|window|size)|maximum context|prompt is too long|input is too long|too many (?:input )?tokens"
    r"|reduce the length|exceed_context_size",
    re.IGNORECASE,
)
UNSUPPORTED = re.compile(
    r"unsupported|not supported|does not support|doesn't support|unrecogni[sz]ed|unknown (?:parameter|field|argument)"
    r"|extra (?:inputs|fields)|not permitted|unexpected keyword",
    re.IGNORECASE,
)
NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "account_deactivated"})
CREDIT = re.compile(r"credit balance|insufficient (?:credit|balance|quota|funds)|out of credit", re.IGNORECASE)
FILTERED = frozenset({"content_filter", "content_policy_violation", "responsibleaipolicyviolation"})
KEYS = re.compile(r"\b(?:sk|pk|rk)-[\w*.-]{4,}|\bBearer\s+\S+", re.IGNORECASE)
QUOTED = re.compile(r"(['\"`])(.+?)\1")
_THINKING = re.compile(r"\s*<(think|thinking)>.*?(?:</\1>|\Z)\s*", re.DOTALL | re.IGNORECASE)


def echoes(line: str, prompt: str, run: int = 12) -> bool:
    """Whether 12 characters in a row of a server's message stand in the prompt: two or three words, more than chance gives."""
    return any(line[start : start + run] in prompt for start in range(max(1, len(line) - run + 1))) if prompt else False


def without_thinking(text: str) -> str:
    """The text behind leading `<think>...</think>` parts. One that never ends is all thinking.

    Only at the start: further in, the mark may come from an article, and nothing in an article is a delimiter.
    """
    while found := _THINKING.match(text):
        text = text[found.end() :]
    return text


def content(found: object) -> str:
    """The text of a message: a string, or the text parts of a list of parts."""
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        parts = (
            part.get("text") for part in found if isinstance(part, dict) and part.get("type") in ("text", "output_text")
        )
        return "".join(part for part in parts if isinstance(part, str))
    return ""


def usage(found: object) -> tuple[int | None, int | None]:
    """Prompt and completion tokens as the server reports them; None for what it does not report."""
    if not isinstance(found, dict):
        return None, None
    counts = (found.get("prompt_tokens"), found.get("completion_tokens"))
    prompt, completion = (
        count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None for count in counts
    )
    # Some servers fill the field with zeros; a prompt never has none.
    return (prompt, completion) if prompt else (None, completion or None)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait (`retry-after-ms`, `retry-after` in seconds or as a date); None if it does not say.

    A date is compared with the server's own `Date`, so that no clock need be right. What is no finite number of seconds, or
    lies in the past, says nothing.
    """
    try:
        seconds = float(headers["retry-after-ms"]) / 1000
    except (KeyError, ValueError):
        told = headers.get("retry-after", "").strip()
        try:
            seconds = float(told)
        except ValueError:
            try:
                seconds = parsedate_to_datetime(told).timestamp() - parsedate_to_datetime(headers["date"]).timestamp()
            except (KeyError, ValueError, TypeError, IndexError, OverflowError):
                return None
    return seconds if math.isfinite(seconds) and seconds > 0 else None


def encodable(text: str) -> str:
    """The text with lone surrogates replaced: JSON lets them in, UTF-8 does not let them out."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def parsed(text: str) -> object:
    try:
        found: object = json.loads(text)
        return found
    except (ValueError, RecursionError):
        return None


def host_of(base_url: str) -> str | None:
    """Host, and the port if one is named; never a password."""
    try:
        url = httpx2.URL(base_url)
    except (httpx2.InvalidURL, ValueError):
        return None
    return (f"{url.host}:{url.port}" if url.port else url.host) or None


def cause(error: BaseException | None, *kinds: type[BaseException]) -> BaseException | None:
    """The first of `kinds` in the chain of causes."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, kinds):
            return error
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None


def keep_quiet() -> None:
    """The client libraries log URLs at INFO and, depending on their version, much more at DEBUG: only warnings pass."""
    for name in ("openai", "httpx2", "httpcore2"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
