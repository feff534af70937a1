"""Bytes of a request to a request model: JSON and multipart. Whatever is wrong is a CallerError that names the place.

Strategy: JSON is read here first, and what parsers disagree about is refused (a key twice, NaN, numbers without bounds,
half a surrogate pair); the model then sees what both read alike, and is strict. No message repeats a value.
"""

from __future__ import annotations

import asyncio
import difflib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message as Header
from typing import Any, NoReturn, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from summarizer import clean, documents, errors
from summarizer.api.problems import UnsupportedMediaType
from summarizer.contract import ArticleIn, Options, SummarizeRequest
from summarizer.pipeline import Unreadable

JSON = "application/json"
FORM = "multipart/form-data"

Model = TypeVar("Model", bound=BaseModel)

_LARGE = 200_000
"""Bytes of a body above which it is read on a thread: reading takes about 10 ms a megabyte, a step to a thread 0.1 ms."""

_MAX_DIGITS = 18
"""Digits of an integer: 18 always fit 64 bits; no option of ours has more than 7."""

_MAX_TOLD = 20
"""Wrong fields named in one answer: more than anyone mends at once; the total is told."""

_MAX_NAME = 300
"""Characters of a file name, as `ArticleIn.name` has it."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_MARKUP_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
_MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it was sent, with the files that could not be decoded."""

    request: SummarizeRequest
    unreadable: tuple[Unreadable, ...] = ()


def media_type(request: Request, taken: Sequence[str]) -> str:
    """The content type of the body, if it is one of `taken`.

    A page of another origin can post `text/plain` and form types without asking first, so a guess is never made.
    Raises UnsupportedMediaType.
    """
    if JSON in taken and request.headers.get("content-type") == JSON:
        return JSON  # as most write it
    header = Header()
    header["content-type"] = request.headers.get("content-type", "")
    name = header.get_content_type() if request.headers.get("content-type") else ""
    charset = str(header.get_param("charset") or "utf-8").lower()
    if name not in taken or (name == JSON and charset not in ("utf-8", "utf8")):
        wanted = " or ".join(taken)
        raise UnsupportedMediaType(
            f"Send the body as {wanted}, JSON in UTF-8, with a Content-Type header that says so.",
            extra={"supported": list(taken)},
        )
    return name


async def read_summarize(request: Request, max_files: int) -> Sent:
    """The body of `POST /summarize` and `POST /estimate`, JSON or multipart. Raises CallerError."""
    if media_type(request, (JSON, FORM)) == JSON:
        return Sent(await read_body(request, SummarizeRequest))
    return await _read_form(request, max_files)


async def read_body(request: Request, model: type[Model]) -> Model:
    """The body as a `model`; a large one is read on a thread, since others should not wait. Raises InvalidRequest."""
    data = await request.body()
    return await asyncio.to_thread(read_json, data, model) if len(data) > _LARGE else read_json(data, model)


def read_json(data: bytes, model: type[Model]) -> Model:
    """`data` as a `model`, strict: "5" is no number. Raises InvalidRequest with `errors` (JSON pointers)."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise errors.InvalidRequest("The body is empty. Send a JSON object; GET /docs has an example.")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise errors.InvalidRequest(
            f"The body is not UTF-8 (byte {error.start}). Send JSON in UTF-8; files in other encodings as {FORM}."
        ) from None
    numbers: list[str] = []  # that are not written as an integer is

    def with_a_point(digits: str) -> float | int:
        numbers.append(digits)
        return _finite(digits)

    try:
        value = json.loads(
            text, parse_constant=_no_constant, parse_int=_bounded, parse_float=with_a_point, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        raise errors.InvalidRequest(f"The body is not JSON: line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise errors.InvalidRequest("The JSON is nested too deeply; a request has four levels.") from None
    if not isinstance(value, dict):
        raise errors.InvalidRequest("The body must be a JSON object. GET /docs has an example.")
    # What is UTF-8 holds half a pair only where an escape writes one.
    if _SURROGATE_ESCAPE.search(text):
        _refuse_surrogates(value)
    if numbers:
        # Written out again, 150.0 as 150: pydantic's strict rules for JSON (a list for a tuple) hold for JSON only.
        data = json.dumps(value, ensure_ascii=False).encode()
    try:
        return model.model_validate_json(data, strict=True)
    except ValidationError as error:
        raise wrong_fields(error, model) from None


def wrong_fields(error: ValidationError, model: type[BaseModel]) -> errors.InvalidRequest:
    """A pydantic error as one of ours: pointers and what is expected there, no value."""
    found = error.errors(include_url=False, include_context=True, include_input=False)
    told = [{"pointer": pointer(item["loc"]), "detail": _expected(item, model)} for item in found[:_MAX_TOLD]]
    return _invalid(told, len(found))


def pointer(location: Sequence[int | str]) -> str:
    """A JSON pointer (RFC 6901). A part is cut to 80 characters: a made-up field name may be a whole text."""
    return "".join("/" + str(part)[:80].replace("~", "~0").replace("/", "~1") for part in location)


def _invalid(told: list[dict[str, str]], total: int | None = None) -> errors.InvalidRequest:
    total = len(told) if total is None else total
    first = told[0]
    detail = f"{first['pointer'] or 'The body'}: {first['detail']}"
    if total > 1:
        detail += f" And {total - 1} more; see errors."
    return errors.InvalidRequest(detail, extra={"errors": told, "errors_total": total})


def _expected(item: ErrorDetails, model: type[BaseModel]) -> str:
    if item["type"] == "extra_forbidden":
        wrong = str(item["loc"][-1])[:80]
        known = ArticleIn.model_fields if item["loc"][0] == "articles" else model.model_fields
        near = difflib.get_close_matches(wrong, known, n=1)
        return f"There is no such field. Did you mean {near[0]}?" if near else "There is no such field."
    if item["type"] == "missing":
        return "This field is needed."
    message = item["msg"]
    return message if message.endswith(".") else message + "."


# --- JSON: what parsers disagree about ---


def _no_constant(name: str) -> NoReturn:
    raise errors.InvalidRequest(f"{name} is no JSON. Leave the field out or send a number.")


def _bounded(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise errors.InvalidRequest(f"A number has {len(digits)} digits; no field takes more than {_MAX_DIGITS}.")
    return int(digits)


def _finite(digits: str) -> float | int:
    number = float(digits)
    if not math.isfinite(number):
        raise errors.InvalidRequest("A number is too large. Leave the field out or send a smaller one.")
    # 150.0 is an integer in JSON; languages with one kind of number write it so.
    return int(number) if number.is_integer() and abs(number) < 10**_MAX_DIGITS else number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        shown = f" ({twice})" if twice in SummarizeRequest.model_fields or twice in ArticleIn.model_fields else ""
        raise errors.InvalidRequest(f"An object has one field twice{shown}. Send each field once.")
    return made


def _refuse_surrogates(value: dict[str, Any]) -> None:
    """Half a surrogate pair is no character: it has no UTF-8 form, so it could be neither hashed nor sent back."""
    waiting: list[tuple[tuple[int | str, ...], Any]] = [((), value)]
    while waiting:
        location, item = waiting.pop()
        if isinstance(item, str):
            if _SURROGATE.search(item):
                raise _invalid([{"pointer": pointer(location), "detail": "Half a surrogate pair is no character."}])
        elif isinstance(item, dict):
            if any(_SURROGATE.search(name) for name in item):
                raise _invalid([{"pointer": pointer(location), "detail": "A field name holds half a surrogate pair."}])
            waiting.extend(((*location, name), inner) for name, inner in item.items())
        elif isinstance(item, list):
            waiting.extend(((*location, number), inner) for number, inner in enumerate(item))


# --- Multipart ---


async def _read_form(request: Request, max_files: int) -> Sent:
    unreadable_form = errors.InvalidRequest(
        f"The body is no {FORM} that can be read: check the boundary and that nothing was cut off, and send articles as files."
    )
    # The parser drops a last part that has no end, without a word; a whole article could be missing.
    if not _is_whole(request.headers["content-type"], await request.body()):
        raise unreadable_form
    try:
        # There are 15 options; 1000 fields leave room for `withdraw`, which stands once for each article.
        async with request.form(max_files=max_files, max_fields=1000) as form:
            return await _from_form(form)
    except HTTPException as error:
        if str(error.detail).startswith("Too many files"):
            raise errors.TooLarge(
                f"More than {max_files} files. Send fewer, or raise SUMMARIZER_MAX_ARTICLES.",
                extra={"limit": max_files, "unit": "articles"},
            ) from None
        raise unreadable_form from None


def _is_whole(content_type: str, data: bytes) -> bool:
    """Whether the closing boundary stands at the start of a line."""
    header = Header()
    header["content-type"] = content_type
    boundary = header.get_boundary()
    if not boundary:
        return False
    try:
        end = b"--" + boundary.encode("ascii") + b"--"
    except UnicodeEncodeError:
        return False
    return data.startswith(end) or b"\r\n" + end in data


async def _from_form(form: FormData) -> Sent:
    wrong = [*_misplaced(form)]
    if wrong:
        raise _invalid(wrong[:_MAX_TOLD], len(wrong))
    options = _options({name: [str(value) for value in form.getlist(name)] for name in form if name != "files"})
    if not form.getlist("files") and options.previous is None:
        raise _invalid([{"pointer": "/files", "detail": "This field is needed: send the articles as files."}])
    articles: list[ArticleIn] = []
    unreadable: list[Unreadable] = []
    for number, part in enumerate(form.getlist("files"), start=1):
        file = cast(UploadFile, part)
        name = _file_name(file.filename) or f"article-{number}"
        data = await file.read()
        try:
            kind = documents.kind_of(data)
            if kind is not None:
                articles.append(ArticleIn(name=name, text=await documents.text_of(data, kind)))
                continue
            text = clean.decode(data)
        except errors.Undecodable as error:
            unreadable.append(Unreadable(name, error.detail))
            continue
        markup = bool(_MARKUP_NAME.search(name)) or (file.content_type or "").split(";")[0].lower() in _MARKUP_TYPES
        articles.append(ArticleIn(name=name, html=text) if markup else ArticleIn(name=name, text=text))
    if unreadable and not articles:
        why = " ".join(f"{item.name}: {item.reason}" for item in unreadable[:_MAX_TOLD])
        raise errors.Undecodable(f"No file is text. {why} Send plain text, HTML, PDF or DOCX files.")
    return Sent(SummarizeRequest(articles=tuple(articles), **options.model_dump()), tuple(unreadable))


def _misplaced(form: FormData) -> list[dict[str, str]]:
    """Parts that are not `files` nor an option, files under an option's name, and text under `files`."""
    wrong = []
    for name, value in form.multi_items():
        is_file = isinstance(value, UploadFile)
        if name == "files" and not is_file:
            wrong.append({"pointer": "/files", "detail": "Send articles as files, with a file name."})
        elif name != "files" and name not in Options.model_fields:
            near = difflib.get_close_matches(name[:80], [*Options.model_fields, "files"], n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            wrong.append({"pointer": pointer([name]), "detail": f"There is no such field.{hint}"})
        elif name != "files" and is_file:
            wrong.append({"pointer": pointer([name]), "detail": "This field is an option, not a file."})
    return wrong


def _options(fields: Mapping[str, list[str]]) -> Options:
    """Form fields as options. An empty field is one that was not filled in; lists are fields that stand several times."""
    values: dict[str, object] = {}
    for name, sent in fields.items():
        filled = [value for value in sent if value != ""]
        if name in ("include", "withdraw"):
            values[name] = filled
        elif len(filled) > 1:
            raise _invalid([{"pointer": pointer([name]), "detail": "Send this field once."}])
        elif filled:
            values[name] = _finite_text(name, filled[0])
    try:
        return Options.model_validate(values)
    except ValidationError as error:
        raise wrong_fields(error, Options) from None


def _finite_text(name: str, value: str) -> str:
    """`value` unless it is a number without bounds: pydantic takes "inf" and "1e999" when they come as text."""
    try:
        finite = name not in ("deadline_s", "max_cost_usd") or math.isfinite(float(value))
    except ValueError:
        return value  # no number: the model says so
    if not finite:
        raise _invalid([{"pointer": pointer([name]), "detail": "Send a smaller number."}])
    return value


def _file_name(sent: str | None) -> str:
    """The last part of a path, whatever system wrote it."""
    return re.split(r"[/\\]", sent or "")[-1].strip()[:_MAX_NAME]
