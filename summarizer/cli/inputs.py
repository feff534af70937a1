"""Files, folders and standard input -> articles, and the draft that `check` reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from summarizer import clean, errors
from summarizer.cli.talk import say
from summarizer.contract import Answer, ArticleIn
from summarizer.pipeline import Unreadable
from summarizer.settings import Settings

# What a folder gives when it is named as a whole; a file that is named by itself may have any ending.
_TEXT, _HTML = (".txt", ".text"), (".html", ".htm")
# An article may be this much longer in HTML than the text in it (navigation and styles; pages of news sites have
# 5 to 20 times the bytes of their text).
_HTML_FACTOR = 20


class InputUnreadable(errors.CallerError):
    """A file or folder that was named and cannot be opened."""

    code = "input_unreadable"
    title = "An input cannot be read"


@dataclass(frozen=True, slots=True)
class Given:
    """What the named files and folders hold."""

    articles: tuple[ArticleIn, ...]
    unreadable: tuple[Unreadable, ...]


def _bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file, of stdin for `-`; no more than `limit` are ever held."""
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with path.open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise InputUnreadable(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > limit:
        raise errors.TooLarge(
            f"{path} has more than {limit:,} bytes. Send a part of it, or raise SUMMARIZER_MAX_ARTICLE_CHARACTERS.",
            extra={"limit": limit},
        )
    return data


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and the articles in the folders named, by name. Folders inside folders are left alone."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(child for child in path.iterdir() if child.is_file() and not child.name.startswith("."))
        except OSError as error:
            raise InputUnreadable(f"{path} cannot be read: {error.strerror}.") from None
        articles = [child for child in inside if child.suffix.lower() in (*_TEXT, *_HTML)]
        if not articles:
            raise InputUnreadable(f"{path} holds no article: files must end in {', '.join((*_TEXT, *_HTML))}.")
        skipped = [child.name for child in inside if child not in articles]
        if skipped:
            say(f"skipped in {path}: {', '.join(skipped)}")
        found += articles
    if sum(str(path) == "-" for path in found) > 1:
        raise errors.InvalidRequest("- (standard input) can be named once only.")
    return found


def _names(paths: Sequence[Path]) -> list[str]:
    """File names; where two are the same, with the folders they stand in."""

    def told(text: str) -> str:
        # A name may hold bytes that are no UTF-8; it is shown, not opened.
        return os.fsencode(text).decode("utf-8", "replace")[-300:]

    last = ["stdin" if str(path) == "-" else path.name for path in paths]
    return [told(name if last.count(name) == 1 else str(path)) for name, path in zip(last, paths, strict=True)]


def _is_html(path: Path, text: str) -> bool:
    if path.suffix:
        return path.suffix.lower() in _HTML
    return text.lstrip("\ufeff \t\r\n")[:14].lower().startswith(("<!doctype html", "<html"))


def read(paths: Sequence[Path], of: Settings) -> Given:
    files = _files(paths)
    articles: list[ArticleIn] = []
    unreadable: list[Unreadable] = []
    for path, name in zip(files, _names(files), strict=True):
        # A code point has at most 4 bytes in every encoding that is read.
        factor = _HTML_FACTOR if path.suffix.lower() in _HTML else 1
        data = _bytes(path, 4 * factor * of.max_article_characters)
        try:
            text = clean.decode(data)
        except errors.Undecodable as error:
            unreadable.append(Unreadable(name, error.detail))
            continue
        articles.append(ArticleIn(name=name, html=text) if _is_html(path, text) else ArticleIn(name=name, text=text))
    if not articles:
        told = "; ".join(f"{one.name}: {one.reason}" for one in unreadable[:3])
        raise errors.Undecodable(f"None of the files is text. {told}")
    return Given(tuple(articles), tuple(unreadable))


def draft_text(path: Path, of: Settings, names: Sequence[str | None]) -> str:
    """The text to check. Of an answer of ours (JSON) its summary, with markers if they number the same articles."""
    try:
        text = clean.decode(_bytes(path, 4 * 200_000))
    except errors.Undecodable as error:
        raise errors.Undecodable(f"{path}: {error.detail}") from None
    if path.suffix.lower() == ".json":
        try:
            answer = Answer.model_validate_json(text)
        except ValidationError:
            raise InputUnreadable(f"{path} is no answer of `summarizer summarize --json`; name a text file.") from None
        text = answer.summary_cited if [one.name for one in answer.articles] == list(names) else answer.summary
    if not text.strip():
        raise errors.NoUsableText(f"{path} is empty: there is nothing to check.")
    return text
