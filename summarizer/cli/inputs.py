"""Files, folders, URLs and standard input -> articles, and the drafts and answers that other commands read."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from summarizer import clean, documents, errors
from summarizer.cli.talk import say
from summarizer.contract import Answer, ArticleIn
from summarizer.pipeline import Unreadable
from summarizer.settings import Settings

# What a folder gives when it is named as a whole; a file that is named by itself may have any ending.
_TEXT, _HTML, _PAPERS = (".txt", ".text"), (".html", ".htm"), (".pdf", ".docx")
_URL = re.compile(r"https?://", re.IGNORECASE)
# An article may be this much longer in HTML than the text in it (navigation and styles; pages of news sites have
# 5 to 20 times the bytes of their text).
_HTML_FACTOR = 20

_MOST_ANSWER = 200_000_000
"""Bytes of an answer: one with the texts of 200 articles of the largest size has half of it."""


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
            if sys.stdin.isatty():
                say("reading from the terminal: end with Ctrl-D on a line of its own")
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


def _files(named: Sequence[str]) -> list[Path | str]:
    """The files and URLs named, and the articles in the folders named, by name. Folders inside folders are left alone."""
    found: list[Path | str] = []
    for name in named:
        path = Path(name)
        if _URL.match(name):
            found.append(name)
            continue
        if not path.is_dir():
            found.append(path)
            continue
        endings = (*_TEXT, *_HTML, *_PAPERS)
        try:
            inside = sorted(child for child in path.iterdir() if child.is_file() and not child.name.startswith("."))
        except OSError as error:
            raise InputUnreadable(f"{path} cannot be read: {error.strerror}.") from None
        articles = [child for child in inside if child.suffix.lower() in endings]
        if not articles:
            raise InputUnreadable(
                f"{path} holds no article: files must end in {', '.join(endings)}, and folders inside it are not looked into."
            )
        skipped = [child.name for child in inside if child not in articles]
        if skipped:
            say(
                f"skipped in {path}: {', '.join(skipped)} (of a folder, files are read that end in {', '.join(endings)}; name others one by one)"
            )
        found += articles
    if sum(str(path) == "-" for path in found) > 1:
        raise errors.InvalidRequest("- (standard input) can be named once only.")
    return found


def _names(paths: Sequence[Path | str]) -> list[str | None]:
    """File names; where two are the same, with the folders they stand in. A URL gets its name when it is fetched."""

    def told(text: str) -> str:
        # A name may hold bytes that are no UTF-8; it is shown, not opened.
        return os.fsencode(text).decode("utf-8", "replace")[-300:]

    last = [None if isinstance(path, str) else "stdin" if str(path) == "-" else path.name for path in paths]
    return [
        None if name is None else told(name if last.count(name) == 1 else str(path))
        for name, path in zip(last, paths, strict=True)
    ]


def _is_html(path: Path, text: str) -> bool:
    if path.suffix:
        return path.suffix.lower() in _HTML
    return text.lstrip("\ufeff \t\r\n")[:14].lower().startswith(("<!doctype html", "<html"))


def _most_bytes(path: Path, of: Settings) -> int:
    """What a file may have. A code point has at most 4 bytes in every encoding that is read; a PDF or DOCX may be as large
    as a body of HTTP, and standard input may be one."""
    ending = path.suffix.lower()
    most = 4 * (_HTML_FACTOR if ending in _HTML else 1) * of.max_article_characters
    return max(most, of.max_body_bytes) if ending in _PAPERS or str(path) == "-" else most


def _text(data: bytes) -> str:
    """The text of a file, whatever kind of file it is. Raises errors.Undecodable."""
    kind = documents.kind_of(data)
    return clean.decode(data) if kind is None else asyncio.run(documents.text_of(data, kind))


def read(named: Sequence[str], of: Settings) -> Given:
    """Everything that was named, as articles; what cannot be read as text is told and left out."""
    found = _files(named)
    articles: list[ArticleIn] = []
    unreadable: list[Unreadable] = []
    for path, name in zip(found, _names(found), strict=True):
        if isinstance(path, str):
            if len(path) > 2000:
                raise errors.InvalidRequest(f"A URL of {len(path)} characters: the limit is 2000.")
            if not of.fetch_urls:
                raise errors.InvalidRequest(
                    f"{path} is not opened: set SUMMARIZER_FETCH_URLS=true, or save the page and name the file."
                )
            articles.append(ArticleIn(url=path))
            continue
        data = _bytes(path, _most_bytes(path, of))
        try:
            text = _text(data)
        except errors.Undecodable as error:
            unreadable.append(Unreadable(name or "", error.detail))
            continue
        articles.append(ArticleIn(name=name, html=text) if _is_html(path, text) else ArticleIn(name=name, text=text))
    if unreadable and not articles:
        told = "; ".join(f"{one.name}: {one.reason}" for one in unreadable[:3])
        raise errors.Undecodable(f"None of the files is text. {told}")
    return Given(tuple(articles), tuple(unreadable))


def answer_in(path: Path) -> Answer:
    """An answer that was written as JSON, by the command line or by the API."""
    try:
        # A newer version may have written fields that we do not know.
        return Answer.model_validate_json(_bytes(path, _MOST_ANSWER), extra="ignore")
    except ValidationError:
        raise InputUnreadable(
            f"{path} is no answer: write one with `summarizer summarize ... -o {path.stem}.json`."
        ) from None


def draft_text(path: Path, of: Settings, names: Sequence[str | None]) -> str:
    """The text to check. Of an answer of ours (JSON) its summary, with markers if they number the same articles."""
    try:
        text = _text(_bytes(path, max(4 * 200_000, _most_bytes(path, of))))
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
