"""The commands and the way in: parse, call the pipeline, render."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import socket
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from summarizer import errors, pipeline, render, settings, web
from summarizer.cli import difference, progress, talk
from summarizer.cli.doctor import look, version_of_package
from summarizer.cli.inputs import answer_in, draft_text, read
from summarizer.cli.talk import json_text, line, put, save, say
from summarizer.contract import Answer, Options, SummarizeRequest, VerifyRequest, WarningOut
from summarizer.pipeline import Outside
from summarizer.services import open_services, share_the_process
from summarizer.settings import Settings

_DIFFERENT = 1
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


_ARTICLES = typer.Argument(
    metavar="FILE|FOLDER|URL",
    help="Articles: text, HTML, PDF or DOCX files, folders of them (not folders inside), URLs if SUMMARIZER_FETCH_URLS "
    "is true, - for standard input.",
    show_default=False,
)
_Inputs = Annotated[list[str] | None, _ARTICLES]
_Needed = Annotated[list[str], _ARTICLES]
_Json = Annotated[bool, typer.Option("--json", help="Write the whole answer as JSON.")]
_Engine = Literal["auto", "llm", "extractive"]
# What both `summarize` and `estimate` are told.
_Words = Annotated[int | None, typer.Option(metavar="N", help=f"Words at most {_default('max_words')}.")]
_Style = Annotated[
    Literal["paragraph", "bullets"] | None, typer.Option(help=f"Form of the summary {_default('style')}.")
]
_Focus = Annotated[
    str | None, typer.Option(metavar="TEXT", help="A question or topic that the summary should be about.")
]
_EngineOption = Annotated[
    _Engine | None,
    typer.Option(help=f"auto: the model if one is configured, else extractive {_default('engine')}."),
]
_Model = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Model to ask, in place of SUMMARIZER_MODEL; none: as --engine extractive."),
]
_Judge = Annotated[
    Literal["auto", "off", "strict", "rescue"] | None,
    typer.Option(help=f"A second model that must agree, or may also rescue {_default('judge')}."),
]
_Cache = Annotated[
    Literal["use", "refresh", "none"] | None, typer.Option(help=f"Answers of earlier runs {_default('cache')}.")
]
_Previous = Annotated[
    str | None, typer.Option(metavar="ID|FILE", help="Go on from an earlier answer: its id, or its JSON file.")
]
_Withdraw = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NUMBER|NAME", help="An article of the earlier answer that no longer holds; as often as needed."
    ),
]


@app.command(short_help="Summarize articles about one event.")
def summarize(
    inputs: _Inputs = None,
    max_words: _Words = None,
    style: _Style = None,
    focus: _Focus = None,
    min_origins: Annotated[
        int | None, typer.Option(metavar="N", help=f"Independent origins that a fact needs {_default('min_origins')}.")
    ] = None,
    engine: _EngineOption = None,
    model: _Model = None,
    fallback: Annotated[
        Literal["extractive", "error"] | None,
        typer.Option(help=f"What happens when the model fails {_default('fallback')}."),
    ] = None,
    judge: _Judge = None,
    cache: _Cache = None,
    deadline: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Seconds for everything (default: SUMMARIZER_DEADLINE_S).")
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option(metavar="USD", help="Refuse if it may cost more (see summarizer estimate).")
    ] = None,
    previous: _Previous = None,
    withdraw: _Withdraw = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Show the statements that failed the checks.")] = False,
    article_text: Annotated[
        bool,
        typer.Option(
            "--article-text", help="With --json: the texts that offsets count in; a page (.html) always has them."
        ),
    ] = False,
    as_json: _Json = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .json, .md or .html by its ending."),
    ] = None,
) -> None:
    """Summarize articles about one event: what they agree on, what they dispute, and where each statement stands."""
    form = _form(output, as_json, ("json", "markdown", "html"))
    of, engine = _asked_model(settings.load(), model, engine)
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
        "judge": judge,
        "cache": cache,
        "deadline_s": deadline,
        "max_cost_usd": max_cost,
        "include": include or None,
        "previous": _earlier(previous),
        "withdraw": _withdrawn(withdraw),
    }
    options = _options_of(given, inputs)
    found = read(inputs or (), of)
    request = SummarizeRequest.model_validate({"articles": found.articles, **options})
    with progress.shown() as tell:
        answer = _run(of, lambda outside: pipeline.summarize(request, outside, unreadable=found.unreadable, tell=tell))
    if output is not None:
        save(output, _written(answer, form))
        _tell_answer(answer)
    else:
        put(_written(answer, form))
        if form == "json":
            _tell_answer(answer)


@app.command(short_help="Say what a summary would cost; nothing is sent.")
def estimate(
    inputs: _Inputs = None,
    max_words: _Words = None,
    style: _Style = None,
    focus: _Focus = None,
    engine: _EngineOption = None,
    model: _Model = None,
    judge: _Judge = None,
    cache: _Cache = None,
    previous: _Previous = None,
    withdraw: _Withdraw = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the whole plan as JSON.")] = False,
) -> None:
    """Say what summarize would do with these articles: calls of the model, tokens, and the most that it can cost.
    Nothing is sent to a model; addresses are fetched."""
    of, engine = _asked_model(settings.load(), model, engine)
    given = {
        "max_words": max_words,
        "style": style,
        "focus": focus,
        "engine": engine,
        "judge": judge,
        "cache": cache,
        "previous": _earlier(previous),
        "withdraw": _withdrawn(withdraw),
    }
    options = _options_of(given, inputs)
    found = read(inputs or (), of)
    request = SummarizeRequest.model_validate({"articles": found.articles, **options})
    plan = _run(of, lambda outside: pipeline.estimate(request, outside, unreadable=found.unreadable))
    put(_json(plan.model_dump_json(by_alias=True)) if as_json else render.estimate_terminal(plan, talk.width()))
    if as_json:
        _tell_warnings(plan.warnings)


def _asked_model(of: Settings, model: str | None, engine: _Engine | None) -> tuple[Settings, _Engine | None]:
    """The settings and the engine with `--model` taken into account. Errors: `InvalidRequest`, `NotConfigured`."""
    if model is None:
        return of, engine
    if model.lower() == "none":
        if engine == "llm":
            raise errors.InvalidRequest("--model none and --engine llm cannot both hold.")
        return of, "extractive"
    if of.auto_engine == "extractive" and engine != "extractive":
        raise errors.NotConfigured(f"--model {model} needs a server: set OPENAI_API_KEY or OPENAI_BASE_URL.")
    return of.model_copy(update={"model": model}), engine


def _withdrawn(named: Sequence[str] | None) -> list[int | str] | None:
    return [int(one) if one.isascii() and one.isdigit() else one for one in named or ()] or None


def _options_of(given: Mapping[str, object], inputs: Sequence[str] | None) -> dict[str, object]:
    """The options that were given, checked before any file is read. Errors: `InvalidRequest`."""
    options = {name: value for name, value in given.items() if value is not None}
    try:
        Options.model_validate(options)
    except ValidationError as error:
        raise _invalid(error) from None
    if not inputs and "previous" not in options:
        raise errors.InvalidRequest(
            "Missing argument: name the articles as FILE, FOLDER or URL, or - for standard input."
        )
    return options


def _earlier(named: str | None) -> str | None:
    """The id of an earlier answer, which may be named by the file that it was written to."""
    return answer_in(Path(named)).id if named is not None and named.lower().endswith(".json") else named


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
    return json_text(json.loads(text))


def _tell_answer(answer: Answer) -> None:
    """Where the person at the terminal does not see the answer itself."""
    if answer.degraded:
        say("degraded: something failed, this answer is less than it could be")
    _tell_warnings(answer.warnings)


def _tell_warnings(warnings: Iterable[WarningOut]) -> None:
    for one in warnings:
        say(f"warning: {one.message} ({one.code})")


@app.command(short_help="Check anybody's text against the articles.")
def check(
    draft: Annotated[
        Path,
        typer.Argument(metavar="DRAFT", help="Text to check, - for standard input; markers [n] cite the n-th article."),
    ],
    inputs: _Needed,
    as_json: _Json = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .json or .md by its ending.")
    ] = None,
) -> None:
    """Check anybody's text against the articles, sentence by sentence. Exit code 5 if a sentence is not supported."""
    form = _form(output, as_json, ("json", "markdown"))
    if str(draft) == "-" and "-" in inputs:
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


@app.command(short_help="What changed from one answer to another.")
def diff(
    first: Annotated[Path, typer.Argument(metavar="A.json", help="An answer, as -o A.json or the API writes it.")],
    second: Annotated[Path, typer.Argument(metavar="B.json", help="A later answer about the same event.")],
    as_json: _Json = False,
) -> None:
    """What changed from one answer to another: facts added (+), dropped (-), newly disputed or supported, weakened, and
    disputes that came and went. Exit code 0 if nothing changed, 1 if something did."""
    found = difference.between(answer_in(first), answer_in(second))
    if as_json:
        put(json_text(dataclasses.asdict(found)))
    else:
        put("".join(f"{row}\n" for row in difference.lines(found)))
    if found:
        raise typer.Exit(_DIFFERENT)


@app.command(short_help="Serve the HTTP API and the web page.")
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


@app.command(short_help="Run jobs of the queue in Redis.")
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


@app.command(short_help="Be the Slack bot, without a public address.")
def slack() -> None:
    """Be the Slack bot over a web socket, until asked to stop: for teams without a public address."""
    from summarizer import logs
    from summarizer.slack import socket as line_to_slack

    of = settings.load()
    share_the_process()
    line_to_slack.run(of, logs.logger(of.log_level))


@app.command(short_help="Answer many requests: a line in, a line out.")
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


@app.command(short_help="Say what is configured, what works, what to do.")
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
