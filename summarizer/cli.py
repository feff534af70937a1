"""The command line: `summarizer summarize | check | serve | doctor`.

Results go to stdout, talk to stderr. Exit codes: 0 done; 1 failed; 2 wrong use; 3 input that cannot be read or used; 4 the
model failed; 5 `check` found a sentence that is not supported; 130 interrupted. An error is one line, never a traceback.
Answers are kept between runs in the user's cache folder (or in Redis at REDIS_URL), so the same request is answered at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal, NoReturn, TypeVar
from urllib.parse import urlsplit

import httpx2
import typer
from pydantic import ValidationError

from summarizer import clean, errors, pipeline, prompts, render, settings, tokens
from summarizer.contract import Answer, ArticleIn, Options, SummarizeRequest, VerifyRequest
from summarizer.pipeline import Outside, Unreadable
from summarizer.services import open_services
from summarizer.settings import Settings
from summarizer.store import RedisStore

# What a folder gives when it is named as a whole; a file that is named by itself may have any ending.
_TEXT, _HTML = (".txt", ".text"), (".html", ".htm")
# An article may be this much longer in HTML than the text in it (navigation and styles; pages of news sites have 5 to 20
# times the bytes of their text).
_HTML_FACTOR = 20
# Lines longer than this are hard to read, however wide the terminal is.
_WIDEST = 110
# A model server that lists its models takes milliseconds, one that is starting to load them a few seconds.
_REACH_S = 5.0
# Orchestrators kill 30 seconds after they asked politely; running requests get most of that.
_GRACE_S = 25
_UNSUPPORTED = 5
_INTERRUPTED = 130

Result = TypeVar("Result")
Form = Literal["terminal", "json", "markdown", "html"]
_FORMS: dict[str, Form] = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}

app = typer.Typer(
    name="summarizer",
    help="Consensus summaries of several articles about one event: cited to the character, checked, disputes shown.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help, the same on every terminal
    pretty_exceptions_enable=False,  # a traceback with local variables would show article text
)


# --- talking --------------------------------------------------------------------------------------------------------------


def _line(text: str) -> str:
    """One line that obeys nobody: file names and details may hold what others wrote."""
    return render.escape.quoted(text)


def _say(text: str) -> None:
    """A line of talk on stderr; a stderr that nobody reads is no reason to fail."""
    try:
        sys.stderr.write(f"{_line(text)}\n")
        sys.stderr.flush()
    except OSError:
        pass


def _put(text: str) -> None:
    """The result on stdout. A reader that went away (`| head`) is no error, and the exit code stays what it was."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at its end; there it must find something that takes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _save(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise errors.SummarizerError(f"{path} cannot be written: {error.strerror}.") from None
    _say(f"written to {path}")


def _width() -> int:
    return min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _form(output: Path | None, as_json: bool, forms: Sequence[Form]) -> Form:
    """How the result is written. Checked before any work is done, so that a typing error costs nothing."""
    if output is None:
        return "json" if as_json else "terminal"
    form = _FORMS.get(output.suffix.lower())
    if form is None or form not in forms:
        endings = ", ".join(ending for ending, known in _FORMS.items() if known in forms)
        raise errors.InvalidRequest(f"--output {output}: the name must end in one of {endings}.")
    if as_json and form != "json":
        raise errors.InvalidRequest(f"--json and --output {output} ask for two formats: leave one of them out.")
    if not output.parent.is_dir():
        raise errors.InvalidRequest(f"--output {output}: there is no folder {output.parent}.")
    return form


# --- reading --------------------------------------------------------------------------------------------------------------


class _Unreadable(errors.CallerError):
    """A file or folder that was named and cannot be opened."""

    code = "input_unreadable"
    title = "An input cannot be read"


@dataclass(frozen=True, slots=True)
class _Given:
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
        raise _Unreadable(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > limit:
        raise errors.TooLarge(
            f"{path} has more than {limit:,} bytes. Send a part of it, or raise SUMMARIZER_MAX_ARTICLE_CHARACTERS.",
            extra={"limit": limit},
        )
    return data


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and of the folders named the articles in them, by name. Folders inside folders are left alone."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            inside = sorted(child for child in path.iterdir() if child.is_file() and not child.name.startswith("."))
        except OSError as error:
            raise _Unreadable(f"{path} cannot be read: {error.strerror}.") from None
        articles = [child for child in inside if child.suffix.lower() in (*_TEXT, *_HTML)]
        if not articles:
            raise _Unreadable(f"{path} holds no article: files must end in {', '.join((*_TEXT, *_HTML))}.")
        skipped = [child.name for child in inside if child not in articles]
        if skipped:
            _say(f"skipped in {path}: {', '.join(skipped)}")
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


def _read(paths: Sequence[Path], of: Settings) -> _Given:
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
    return _Given(tuple(articles), tuple(unreadable))


def _draft(path: Path, of: Settings, names: Sequence[str | None]) -> str:
    """The text to check. From an answer of ours (JSON) its summary; with its markers, if they number the same articles."""
    try:
        text = clean.decode(_bytes(path, 4 * 200_000))
    except errors.Undecodable as error:
        raise errors.Undecodable(f"{path}: {error.detail}") from None
    if path.suffix.lower() == ".json":
        try:
            answer = Answer.model_validate_json(text)
        except ValidationError:
            raise _Unreadable(f"{path} is no answer of `summarizer summarize --json`; name a text file.") from None
        text = answer.summary_cited if [one.name for one in answer.articles] == list(names) else answer.summary
    if not text.strip():
        raise errors.NoUsableText(f"{path} is empty: there is nothing to check.")
    return text


def _invalid(error: ValidationError) -> errors.InvalidRequest:
    """The first field that is wrong, by the name of its option."""
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    option = f"--{field.replace('_', '-')}: " if field in Options.model_fields else f"{field}: " if field else ""
    return errors.InvalidRequest(f"{option}{first['msg']}.")


# --- working --------------------------------------------------------------------------------------------------------------


def _run(of: Settings, work: Callable[[Outside], Awaitable[Result]]) -> Result:
    """Open the outside things, do the work, close them."""

    async def whole() -> Result:
        async with open_services(of, keep="disk") as services:
            return await work(services.outside)

    return asyncio.run(whole())


def _default(field: str) -> str:
    return f"(default: {Options.model_fields[field].default})"


_Inputs = Annotated[
    list[Path],
    typer.Argument(metavar="FILE|FOLDER", help="Articles: .txt or .html files, folders of them, - for standard input."),
]
_Json = Annotated[bool, typer.Option("--json", help="Write the whole answer as JSON.")]
_Engine = Literal["auto", "llm", "extractive"]


@app.command()
def summarize(
    inputs: _Inputs,
    max_words: Annotated[int | None, typer.Option(help=f"Words at most {_default('max_words')}.")] = None,
    style: Annotated[
        Literal["paragraph", "bullets"] | None, typer.Option(help=f"Form of the summary {_default('style')}.")
    ] = None,
    focus: Annotated[str | None, typer.Option(help="A question or topic that the summary should be about.")] = None,
    min_origins: Annotated[
        int | None, typer.Option(help=f"Independent origins that a fact needs {_default('min_origins')}.")
    ] = None,
    engine: Annotated[
        _Engine | None,
        typer.Option(help=f"auto: the model if one is configured, else extractive {_default('engine')}."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Model to ask, in place of SUMMARIZER_MODEL; none: as --engine extractive.")
    ] = None,
    fallback: Annotated[
        Literal["extractive", "error"] | None,
        typer.Option(help=f"What happens when the model fails {_default('fallback')}."),
    ] = None,
    cache: Annotated[
        Literal["use", "refresh", "none"] | None, typer.Option(help=f"Answers of earlier runs {_default('cache')}.")
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(help="Seconds for everything (default: SUMMARIZER_DEADLINE_S).")
    ] = None,
    max_cost: Annotated[float | None, typer.Option(help="USD; refused if the plan may cost more.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Show the statements that failed the checks.")] = False,
    article_text: Annotated[
        bool, typer.Option("--article-text", help="With --json: the texts that offsets count in.")
    ] = False,
    as_json: _Json = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to a file: .json, .md or .html by its ending.")
    ] = None,
) -> None:
    """Summarize articles about one event: what they agree on, what they dispute, and where each statement stands."""
    form = _form(output, as_json, ("json", "markdown", "html"))
    of = settings.load()
    if model is not None and model.lower() == "none":
        if engine == "llm":
            raise errors.InvalidRequest("--model none and --engine llm cannot both hold.")
        engine = "extractive"
    elif model is not None:
        if of.auto_engine == "extractive" and engine != "extractive":
            raise errors.NotConfigured(f"--model {model} needs a server: set OPENAI_API_KEY or OPENAI_BASE_URL.")
        of = of.model_copy(update={"model": model})
    include = [name for name, wanted in (("rejected_text", rejected), ("article_text", article_text)) if wanted]
    given = {
        "max_words": max_words,
        "style": style,
        "focus": focus,
        "min_origins": min_origins,
        "engine": engine,
        "fallback": fallback,
        "cache": cache,
        "deadline_s": deadline,
        "max_cost_usd": max_cost,
        "include": include or None,
    }
    options = {name: value for name, value in given.items() if value is not None}
    try:
        Options.model_validate(options)  # before any file is read
    except ValidationError as error:
        raise _invalid(error) from None
    found = _read(inputs, of)
    request = SummarizeRequest.model_validate({"articles": found.articles, **options})
    answer = _run(of, lambda outside: pipeline.summarize(request, outside, unreadable=found.unreadable))
    if output is not None:
        _save(output, _written(answer, form))
        _tell_warnings(answer)
    else:
        _put(_written(answer, form))
        if form == "json":
            _tell_warnings(answer)


def _written(answer: Answer, form: Form) -> str:
    match form:
        case "json":
            return _json(answer.model_dump_json(by_alias=True))
        case "markdown":
            return render.markdown(answer)
        case "html":
            return render.page(answer)
        case "terminal":
            return render.terminal(answer, _width(), _colour())


def _json(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def _tell_warnings(answer: Answer) -> None:
    """Where the person at the terminal does not see the answer itself."""
    if answer.degraded:
        _say("degraded: something failed, this answer is less than it could be")
    for one in answer.warnings:
        _say(f"warning: {one.message} ({one.code})")


@app.command()
def check(
    draft: Annotated[
        Path,
        typer.Argument(metavar="DRAFT", help="Text to check, - for standard input; markers [n] cite the n-th article."),
    ],
    inputs: _Inputs,
    as_json: _Json = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to a file: .json or .md by its ending.")
    ] = None,
) -> None:
    """Check anybody's text against the articles, sentence by sentence. Exit code 5 if a sentence is not supported."""
    form = _form(output, as_json, ("json", "markdown"))
    if str(draft) == "-" and any(str(path) == "-" for path in inputs):
        raise errors.InvalidRequest("- (standard input) can be named once only.")
    of = settings.load()
    found = _read(inputs, of)
    text = _draft(draft, of, [article.name for article in found.articles])
    try:
        request = VerifyRequest(articles=found.articles, text=text)
    except ValidationError as error:
        raise _invalid(error) from None
    answer = _run(of, lambda outside: pipeline.verify(request, outside, unreadable=found.unreadable))
    match form:
        case "json":
            written = _json(answer.model_dump_json(by_alias=True))
        case "markdown":
            written = render.verification_markdown(answer)
        case _:
            written = render.verification_terminal(answer, _width(), _colour())
    if output is not None:
        _save(output, written)
    else:
        _put(written)
    if not answer.sentences:
        # A gate must not open because there was nothing to look at.
        raise errors.NoUsableText(f"{draft} has no sentence that could be checked.")
    failed = sum(one.verdict != "supported" for one in answer.sentences)
    if failed:
        _say(f"{failed} of {len(answer.sentences)} sentences are not supported")
        raise typer.Exit(_UNSUPPORTED)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (default: SUMMARIZER_HOST).")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Port (default: SUMMARIZER_PORT).")] = None,
) -> None:
    """Serve the HTTP API and the web page."""
    # The web framework takes half a second to import, which the other commands need not wait for.
    import uvicorn

    from summarizer import api

    of = settings.load()
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    of = of.model_copy(update=changes)
    api.check_bind(of)
    uvicorn.run(
        api.create_app(of),
        host=of.host,
        port=of.port,
        log_level=of.log_level,
        access_log=False,  # the API writes its own line for each request, without query strings
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )


# --- doctor ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Finding:
    """One line of `doctor`: what it is about, what was found, whether it is well, and what to do next if it is not."""

    about: str
    found: str
    well: bool = True
    todo: str | None = None


@app.command()
def doctor() -> None:
    """Say what is configured, what can be reached, what will be used, and what to do next. Shows no key."""
    of = settings.load()
    findings = _look(of)
    wide = max(len(one.about) for one in findings)
    lines = [f"{'ok' if one.well else '!!'}  {one.about:<{wide}}  {_line(one.found)}" for one in findings]
    todo = [one.todo for one in findings if one.todo]
    lines += ["", *(f"Next: {_line(text)}" for text in todo or ["summarizer summarize FILE|FOLDER..."])]
    _put("\n".join(lines) + "\n")
    if not all(one.well for one in findings):
        raise typer.Exit(1)


def _look(of: Settings) -> list[_Finding]:
    findings = [
        _Finding(
            "version", f"{_version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        )
    ]
    findings += _look_at_model(of)
    findings.append(asyncio.run(_look_at_store(of)))
    try:
        loaded = prompts.load()
        findings.append(_Finding("prompts", f"{', '.join(sorted(loaded.texts))}; version {loaded.version}"))
    except (ValueError, OSError) as error:
        findings.append(_Finding("prompts", str(error), False, "Reinstall the package: its prompts are missing."))
    keys = len(of.api_keys)
    who = f"{keys} API key{'s' if keys != 1 else ''}" if keys else "everybody" if of.open else "this machine only"
    findings.append(_Finding("server", f"http://{of.host}:{of.port}, open to: {who} (start it with: summarizer serve)"))
    slack = (
        "POST /slack/events is on" if of.slack_signing_secret.get_secret_value() else "off (no SLACK_SIGNING_SECRET)"
    )
    findings.append(_Finding("slack", slack))
    findings.append(
        _Finding(
            "limits",
            f"{of.max_articles:,} articles, {of.max_article_characters:,} characters each, "
            f"{of.max_total_characters:,} together; {of.deadline_s:g} s for a request",
        )
    )
    return findings


def _look_at_model(of: Settings) -> list[_Finding]:
    name = of.model_name
    if name is None:
        way = (
            "For written prose set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own; then SUMMARIZER_MODEL."
        )
        return [_Finding("engine", "extractive: no model is configured, and no text leaves this machine", todo=way)]
    base = of.openai_base_url or "https://api.openai.com/v1"
    chosen = "" if of.model else " (the default: SUMMARIZER_MODEL is not set)"
    findings = [
        _Finding("engine", f"llm: article text goes to {_place(base)}"),
        _Finding("model", f"{name}{chosen}"),
        _look_at_endpoint(of, base, name),
    ]
    known = tokens.counter(name)[1]
    context = of.context_tokens or tokens.context_tokens(name)
    size = f"context {context:,}" if context else "context not known, 128,000 is assumed"
    findings.append(
        _Finding(
            "tokens",
            f"{'counted' if known else 'estimated, the encoding of this model is not known'}; {size}",
            todo=None if context else "Set SUMMARIZER_CONTEXT_TOKENS to the context length of your model.",
        )
    )
    return findings


def _look_at_endpoint(of: Settings, base: str, name: str) -> _Finding:
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
        return _Finding("reachable", told, False, "Start the model server, or correct OPENAI_BASE_URL.")
    if reply.status_code in (401, 403):
        told = f"{place} refuses the key (status {reply.status_code})"
        return _Finding("reachable", told, False, "Correct OPENAI_API_KEY.")
    if reply.status_code >= 500:
        told = f"{place} answers with an error (status {reply.status_code})"
        return _Finding("reachable", told, False, "Look at the log of the model server.")
    known = _models(reply) if reply.status_code == 200 else []
    if known and name not in known:
        few = ", ".join(known[:5]) + (", ..." if len(known) > 5 else "")
        return _Finding("reachable", f"{place} has no model {name}, but {few}", False, "Correct SUMMARIZER_MODEL.")
    listed = "" if known else f"; it lists no models (status {reply.status_code})"
    return _Finding("reachable", f"{place} answers{listed}")


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


async def _look_at_store(of: Settings) -> _Finding:
    url = of.redis_url.get_secret_value()
    if not url:
        return _Finding("answers kept", f"by this command in {of.cache_folder}, by the server in memory (no REDIS_URL)")
    try:
        store = RedisStore(url)
        try:
            await store.ping()
        finally:
            await store.aclose()
    except errors.StoreUnavailable:
        told = f"Redis at {_place(url)} cannot be reached; answers come without a cache"
        return _Finding("answers kept", told, False, "Start Redis, correct REDIS_URL, or unset it.")
    return _Finding("answers kept", f"in Redis at {_place(url)}, which answers")


def _place(url: str) -> str:
    """Scheme, host, port and path of a URL: never its user, password or query."""
    parts = urlsplit(url)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    host = parts.hostname or ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"


# --- the way in -----------------------------------------------------------------------------------------------------------


def _version() -> str:
    try:
        return version("consensus-summarizer")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"


def _show_version(wanted: bool) -> None:
    if wanted:
        _put(f"summarizer {_version()}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Consensus summaries of several articles about one event: cited to the character, checked, disputes shown."""


def _where(error: BaseException) -> str:
    """The innermost place of ours that an exception passed; its message may quote an article and is left out."""
    frames: Iterable[traceback.FrameSummary] = reversed(traceback.extract_tb(error.__traceback__))
    ours = [frame for frame in frames if "summarizer" in Path(frame.filename).parts]
    return f" at {Path(ours[0].filename).name}:{ours[0].lineno}" if ours else ""


def main() -> NoReturn:
    """Run the command that the process was started with, and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Articles are in every script; a terminal that cannot show one must not end the run.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="summarizer")
    except errors.SummarizerError as error:
        _say(f"summarizer: {error.detail}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except Exception as error:  # noqa: BLE001 (the last line of defence: no traceback, which might show article text)
        _say(f"summarizer: internal error ({type(error).__name__}{_where(error)}). This is a bug; please report it.")
        sys.exit(1)
    sys.exit(0)
