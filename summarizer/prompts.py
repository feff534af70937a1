"""Prompts as text files: one per asking room, named after what it asks, with `$names` for what the room fills in.

A missing or an unused name is an error before any call is paid for. The version is a hash of all names and texts, so an
edited prompt can never be served from an old cache entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts by name (`propose`, `merge`, ...). `version`: 12 hexadecimal digits over names and texts."""

    texts: Mapping[str, str]
    version: str


def load(folder: Path | None = None) -> Prompts:
    """Reads every `*.md` of the folder, UTF-8. ValueError: no such folder, no prompt in it, or a broken `$`.

    Default: `prompts/` beside the package in a checkout, `summarizer/_prompts` in the wheel.
    """
    place = folder if folder is not None else _default_folder()
    paths = sorted(place.glob("*.md"), key=lambda path: path.stem)
    if not paths:
        raise ValueError(f"No prompts (*.md) in {place}: reinstall the package, or name the folder that holds them.")
    # Line ends are folded, so that a checkout on another system has the same version.
    texts = {path.stem: path.read_bytes().decode("utf-8").replace("\r\n", "\n") for path in paths}
    for name, text in texts.items():
        if not Template(text).is_valid():
            raise ValueError(f"The prompt {name} has a single '$' that starts no name: write '$$' for a dollar sign.")
    return Prompts(texts=MappingProxyType(texts), version=_version(texts))


def names(template: str) -> frozenset[str]:
    """The `$names` that a template wants filled in."""
    return frozenset(Template(template).get_identifiers())


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with every `$name` (or `${name}`) replaced; `$$` is a dollar sign, braces stay as they are.

    Values are put in as they are: a `$` inside one is not looked at again. ValueError names what is missing and what is
    not used.
    """
    wanted = names(template)
    missing, unused = sorted(wanted - values.keys()), sorted(values.keys() - wanted)
    if missing:
        raise ValueError(f"The prompt wants {_list(missing)}, which nobody filled in.")
    if unused:
        raise ValueError(f"The prompt has no place for {_list(unused)}: add it to the prompt or do not pass it.")
    return Template(template).substitute(values)


def _default_folder() -> Path:
    package = Path(__file__).resolve().parent
    packed = package / "_prompts"
    return packed if packed.is_dir() else package.parent / "prompts"


def _version(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(texts):
        for part in (name.encode(), texts[name].encode()):
            # Lengths in front keep ("a", "bc") and ("ab", "c") apart.
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:12]


def _list(words: list[str]) -> str:
    return ", ".join(f"${word}" for word in words)
