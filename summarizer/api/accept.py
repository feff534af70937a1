"""The `Accept` header to one of the media types that a route offers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.api.problems import NotAcceptable

JSON = "application/json"
MARKDOWN = "text/markdown"
HTML = "text/html"
EVENTS = "text/event-stream"

_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


def choose(header: str | None, offers: Sequence[str]) -> str:
    """The offer that the caller likes best; among equals the first offer. No header: the first offer.

    A quality that is no number counts as 0: the caller's wish is unknown, so the range is not used.

    Raises NotAcceptable, which names the offers.
    """
    if header is None or not header.strip():
        return offers[0]
    ranges = [_read(part) for part in header.split(",") if part.strip()]
    best, best_quality = "", 0.0
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best_quality:
            best, best_quality = offer, quality
    if not best:
        raise NotAcceptable(f"Ask for one of: {', '.join(offers)}.", extra={"available": list(offers)})
    return best


def _read(part: str) -> tuple[str, float]:
    name, *parameters = [piece.strip() for piece in part.split(";")]
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            quality = float(value.strip()) if _QUALITY.fullmatch(value.strip()) else 0.0
    return name.lower(), quality


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Of the ranges that match, the most specific decides."""
    for wanted in (offer, offer.split("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
