"""The four commands and the way in: parse, call the pipeline, render."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from summarizer import errors, pipeline, render, settings, web
from summarizer.cli import talk
from summarizer.cli.doctor import look, version_of_package
from summarizer.cli.inputs import draft_text, read
from summarizer.cli.talk import line, put, save, say
from summarizer.contract import Answer, Options, SummarizeRequest, VerifyRequest
from summarizer.pipeline import Outside
from summarizer.services import open_services, share_the_process
from summarizer.settings import Settings

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


def _invalid(error: ValidationError) -> errors.InvalidRequest:
    """The first field that is wrong, by the name of its option."""
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    option = f"--{field.replace('_', '-')}: " if field in Options.model_fields else f"{field}: " if field else ""
    return errors.InvalidRequest(f"{option}{first['msg']}.")


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
        bool,
        typer.Option(
            "--article-text", help="With --json: the texts that offsets count in; a page (.html) always has them."
        ),
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
    # A page shows each citation where it stands, so it carries the texts.
    texts = article_text or form == "html"
    include = [name for name, wanted in (("rejected_text", rejected), ("article_text", texts)) if wanted]
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
    found = read(inputs, of)
    request = SummarizeRequest.model_validate({"articles": found.articles, **options})
    answer = _run(of, lambda outside: pipeline.summarize(request, outside, unreadable=found.unreadable))
    if output is not None:
        save(output, _written(answer, form))
        _tell_warnings(answer)
    else:
        put(_written(answer, form))
        if form == "json":
            _tell_warnings(answer)


def _written(answer: Answer, form: Form) -> str:
    match form:
        case "json":
            return _json(answer.model_dump_json(by_alias=True))
        case "markdown":
            return render.markdown(answer)
        case "html":
            return render.page(answer, script=web.read("app.js").content, style=web.read("app.css").content)
        case "terminal":
            return render.terminal(answer, talk.width(), talk.colour())


def _json(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def _tell_warnings(answer: Answer) -> None:
    """Where the person at the terminal does not see the answer itself."""
    if answer.degraded:
        say("degraded: something failed, this answer is less than it could be")
    for one in answer.warnings:
        say(f"warning: {one.message} ({one.code})")


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
    found = read(inputs, of)
    text = draft_text(draft, of, [article.name for article in found.articles])
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
            written = render.verification_terminal(answer, talk.width(), talk.colour())
    if output is not None:
        save(output, written)
    else:
        put(written)
    if not answer.sentences:
        # A gate must not open because there was nothing to look at.
        raise errors.NoUsableText(f"{draft} has no sentence that could be checked.")
    failed = sum(one.verdict != "supported" for one in answer.sentences)
    if failed:
        say(f"{failed} of {len(answer.sentences)} sentences are not supported")
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
    share_the_process()
    app = api.create_app(of)

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            """Streams are told first: uvicorn waits for open ones, and they would wait for their last event."""
            app.state.stopping.set()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        host=of.host,
        port=of.port,
        log_level=of.log_level,
        access_log=False,  # the API writes its own line for each request, without query strings
        server_header=False,
        timeout_graceful_shutdown=of.grace_s,
    )
    with suppress(KeyboardInterrupt):
        Server(config).run()


@app.command()
def worker(
    concurrency: Annotated[
        int | None, typer.Option(min=1, max=256, help="Jobs side by side (default: SUMMARIZER_JOB_CONCURRENCY).")
    ] = None,
) -> None:
    """Run jobs of the queue in Redis, until it is asked to stop. Start as many as you need, on any machine."""
    from summarizer import workers

    of = settings.load()
    changes = {} if concurrency is None else {"job_concurrency": concurrency}
    workers.work(of.model_copy(update=changes))


@app.command()
def batch(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="A request of POST /summarize on each line.")],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="An answer or an error on each line.")],
) -> None:
    """Answer many requests: a line in, a line out. Run it again to go on where it stopped."""
    from summarizer.cli import batch as lines

    total, failed = lines.run(settings.load(), source, target)
    say(f"{total} lines, {failed} with an error, in {line(str(target))}")
    if failed:
        raise typer.Exit(_UNSUPPORTED)


@app.command()
def doctor() -> None:
    """Say what is configured, what can be reached, what will be used, and what to do next. Shows no key."""
    of = settings.load()
    findings = look(of)
    wide = max(len(one.about) for one in findings)
    lines = [f"{'ok' if one.well else '!!'}  {one.about:<{wide}}  {line(one.found)}" for one in findings]
    todo = [one.todo for one in findings if one.todo]
    lines += ["", *(f"Next: {line(text)}" for text in todo or ["summarizer summarize FILE|FOLDER..."])]
    put("\n".join(lines) + "\n")
    if not all(one.well for one in findings):
        raise typer.Exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        put(f"summarizer {version_of_package()}\n")
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
        say(f"summarizer: {error.detail}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except Exception as error:  # noqa: BLE001 (the last line of defence: no traceback, which might show article text)
        say(f"summarizer: internal error ({type(error).__name__}{_where(error)}). This is a bug; please report it.")
        sys.exit(1)
    sys.exit(0)
