"""README and docs/ against the code: what they run runs, what they print is printed, what they name exists.

`python tools/docs_output.py --write` puts changed output into the pages.
"""

from __future__ import annotations

import ast
import asyncio
import importlib.util
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import redis
import typer.main
import yaml
from pydantic import BaseModel, SecretStr
from starlette.testclient import TestClient

from summarizer import api, clean, client, contract, errors, pipeline, prompts, slack, tokens
from summarizer.api import problems
from summarizer.cli import app as commands
from summarizer.cli import inputs
from summarizer.settings import Settings
from summarizer.store import MemoryStore
from summarizer.values import Agreement, Stance
from tests.conftest import IN_CI

ROOT = Path(__file__).parents[1]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_output", ROOT / "tools" / "docs_output.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclass looks its own module up.
    sys.modules["docs_output"] = module
    spec.loader.exec_module(module)
    return module


docs = _tool()
PAGES: list[str] = docs.pages()
EVERY_PAGE = [
    *PAGES,
    *(f"docs/{name}" for name in sorted(docs.NUMBERS) if (ROOT / "docs" / name).exists()),
    "CHANGELOG.md",
]


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def outside_fences(page: str) -> str:
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.MULTILINE | re.DOTALL)


# --- what they run -----------------------------------------------------------------------------------------------------

NOT_RUN = {
    "docs/deploy.md": ["needs a Docker engine", "a part of another program's configuration"],
    "docs/models.md": ["needs the weak model, which make installs; tests/test_weak_llm_server.py runs it"],
    "docs/slack.md": ["needs a workspace of Slack's"],
    "docs/testing.md": ["installs packages", "needs a model and the labelled sets"],
}


def test_what_is_not_run_is_listed_here() -> None:
    found = {page: [b.argument for b in docs.blocks(page) if b.mark == "not run"] for page in PAGES}
    assert {page: reasons for page, reasons in found.items() if reasons} == NOT_RUN


@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_runs_and_prints_what_it_says(page: str, request: pytest.FixtureRequest) -> None:
    shown = text_of(page)
    for program in ("curl", "make"):
        if re.search(rf"^{program} ", shown, re.MULTILINE) and shutil.which(program) is None:
            reason = f"needs {program}"
            if IN_CI:
                pytest.fail(f"{reason}; in CI a missing part is a failure")
            pytest.skip(reason)
    redis = request.getfixturevalue("redis_url") if "redis://" in "".join(b.text for b in docs.blocks(page)) else ""
    for block, real in docs.differences(docs.run(page, redis)):
        assert block.text == real, f"{block.place}: run `python tools/docs_output.py --write {page}`"


def test_targets_that_are_shown_and_not_run_exist() -> None:
    for page in PAGES:
        for target in re.findall(r"\bmake ([a-z][a-z-]*)\b(?=`|$)", text_of(page), re.MULTILINE):
            assert re.search(rf"^{target}:", text_of("Makefile"), re.MULTILINE), f"{page}: make {target}"


# --- what they name ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_variable_is_a_setting(page: str) -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    known |= {"SUMMARIZER_EVAL_DATA", "SUMMARIZER_EVAL_SEEDS"}  # read by `make eval` alone
    known |= set(client.VARIABLES)
    # Ollama's and uvicorn's own are named as theirs.
    named = set(re.findall(r"\b(?:OPENAI|SUMMARIZER|SLACK|REDIS)_[A-Z_]+\b", text_of(page)))
    assert named <= known


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_option_is_one_of_the_command_line(page: str) -> None:
    group: Any = typer.main.get_command(commands)
    known = {name for command in group.commands.values() for parameter in command.params for name in parameter.opts}
    ours = re.findall(r"(?<![\w-])summarizer [^`\n]*", text_of(page)) + re.findall(r"`(--[a-z-]+[^`]*)`", text_of(page))
    named = {option for line in ours for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)}
    # `--yes` and `--clusters` are those of `make eval-llm`.
    assert named <= {*known, "--help", "--yes", "--clusters"}


@cache
def _paths() -> dict[str, Any]:
    settings = Settings(slack_signing_secret=SecretStr("0123456789abcdef"))
    paths: dict[str, Any] = api.create_app(settings).openapi()["paths"]
    return paths


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_route_exists(page: str) -> None:
    known = {re.sub(r"{\w+}", "{}", path): methods for path, methods in _paths().items()}
    for method, path in re.findall(r"\b(GET|POST|DELETE) (/[\w/{}]*)", outside_fences(page)):
        assert method.lower() in known[re.sub(r"{\w+}", "{}", path)], f"{page}: {method} {path}"


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", outside_fences(page)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / page).parent / name if name else ROOT / page
        assert file.exists(), f"{page}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, (
                f"{page}: {target}"
            )


def test_the_readme_leads_to_every_page() -> None:
    assert set(PAGES) - {"README.md"} <= set(re.findall(r"\]\((docs/[\w.]+)", text_of("README.md")))


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_no_page_knows_the_machine_that_it_was_written_on(page: str) -> None:
    assert not re.search(r"(?<![\w.])/(?:home|root|work|Users|tmp)/", text_of(page))


# --- tables that are kept by hand --------------------------------------------------------------------------------------


def section(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text_of(page), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{page} has no heading {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows but the headings and the lines below them."""
    lines = [line for line in text.split("\n") if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {i for i, row in enumerate(cells) if set("".join(row)) == {"-"}}
    return [row for i, row in enumerate(cells) if i not in heads and i + 1 not in heads]


def names(text: str) -> list[str]:
    """The first cells of all rows, without their backticks."""
    return [row[0].strip("`") for row in rows(text)]


DESCRIBED: dict[str, type[BaseModel]] = {
    "The whole answer": contract.Answer,
    "Headline": contract.HeadlineOut,
    "Sentences": contract.SentenceOut,
    "Facts": contract.FactOut,
    "Citations": contract.CitationOut,
    "Checks": contract.ChecksOut,
    "Disputes": contract.DisputeOut,
    "Positions": contract.PositionOut,
    "Left out": contract.LeftOutOut,
    "Rejected": contract.RejectedOut,
    "Rejected facts": contract.RejectedFact,
    "Articles": contract.ArticleOut,
    "Copied passages": contract.CopiedOut,
    "Removed spans": contract.RemovedOut,
    "Usage": contract.Usage,
}
TOLD_ELSEWHERE = {
    contract.LeftOutFact: "a fact with one more field, in the words below the table",
    contract.WarningOut: "one table with all codes",
    contract.Changes: "reserved",
}


def _reached(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and all that stand in its fields."""
    yield model
    todo: list[Any] = [field.annotation for field in model.model_fields.values()]
    while todo:
        one = todo.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield from _reached(one)
        else:
            todo += get_args(one)


def test_answer_describes_every_part_of_the_contract() -> None:
    assert set(_reached(contract.Answer)) == {*DESCRIBED.values(), *TOLD_ELSEWHERE}


@pytest.mark.parametrize("heading", DESCRIBED)
def test_answer_describes_every_field(heading: str) -> None:
    fields = [field.alias or name for name, field in DESCRIBED[heading].model_fields.items()]
    assert names(section("docs/answer.md", heading)) == fields


def test_answer_describes_every_word_of_agreement_stance_and_removal() -> None:
    told = names(section("docs/answer.md", "Agreement in five words"))
    assert set(told) == {*get_args(Agreement), *get_args(Stance)}
    reasons = section("docs/answer.md", "Removed spans").partition("Reasons:")[2]
    assert set(re.findall(r"`(\w+)`", reasons)) == set(clean.REASONS)


def _constants(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_answer_describes_every_warning() -> None:
    used: set[str] = set()
    for path in (ROOT / "summarizer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Warning_", "WarningOut")
            ):
                codes = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]
                used |= {code.value for code in codes if isinstance(code, ast.Constant) and isinstance(code.value, str)}
    assert len(used) > 10, "they are found by how they are written"
    assert set(names(section("docs/answer.md", "Warnings"))) == used


def _classes(root: type[errors.SummarizerError]) -> Iterator[type[errors.SummarizerError]]:
    yield root
    for below in root.__subclasses__():
        yield from _classes(below)


def test_errors_describes_every_code_with_its_status() -> None:
    homes = {errors.__name__, problems.__name__, inputs.__name__}
    known = {(one.code, str(one.status)) for one in _classes(errors.SummarizerError) if one.__module__ in homes}
    told = [(row[0].strip("`"), row[1]) for row in rows(text_of("docs/errors.md")) if row[0].startswith("`")]
    assert set(told) == known
    assert len(told) == len(set(told))


def test_errors_describes_every_exit_code() -> None:
    used = {one.exit_code for one in _classes(errors.SummarizerError)}
    assert {int(row[0]) for row in rows(section("docs/errors.md", "Exit codes"))} == {0, 5, 130, *used}


REASON = re.compile(
    r"[a-z_]+_(?:in_sources?|dropped|swapped|changed|unbalanced|nothing|citation|twice|rejected|other_side|other_words|say_it)|unknown_id|judge_refused"
)
# Only ever a second reason: `number_not_in_source` stands before it.
INNER = {"number_differs"}


def test_checking_describes_every_reason() -> None:
    files = (ROOT / "summarizer").rglob("*.py")
    used = {word for path in files for word in _constants(path) if REASON.fullmatch(word)}
    told = names(section("docs/checking.md", "Reasons"))
    assert set(told) == used - INNER
    assert len(told) == len(set(told))
    assert set(names(section("docs/checking.md", "Verdicts"))) == set(contract.CHECK_VERDICTS)


@pytest.mark.parametrize(
    "row", [row for row in rows(section("docs/checking.md", "Reasons")) if len(row) > 2], ids=lambda row: row[0]
)
def test_every_example_of_a_reason_has_that_reason(row: list[str]) -> None:
    reason, said, written, verdict = row
    outside = pipeline.Outside(store=MemoryStore(), count=tokens.counter(None)[0], prompts=prompts.load())
    request = contract.VerifyRequest(articles=(contract.ArticleIn(text=said),), text=written)
    (found,) = asyncio.run(pipeline.verify(request, outside)).sentences
    assert (f"`{found.reason}`", f"`{found.verdict}`") == (reason, verdict)


def test_the_map_has_every_file() -> None:
    told = {name for row in rows(section("README.md", "The map")) for name in re.findall(r"`(\w+)`", row[0])}
    files = {
        path.stem for path in (ROOT / "summarizer").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert told == files - {"__init__"}


def test_architecture_shows_the_layers_as_they_are() -> None:
    (shown,) = (b.text for b in docs.blocks("docs/architecture.md") if b.argument == "layers.txt")
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    assert shown.split("\n")[:-1] == next(one["layers"] for one in contracts if one["type"] == "layers")


def test_operations_tells_every_key_that_the_code_writes() -> None:
    """By how they are written: "kind:" + hash, f"kind:{id}", or behind the PREFIX of all keys."""
    form = re.compile(
        r"""(?:"([a-z-]+):" \+ hashlib|f"(?:\{PREFIX\})?([a-z-]+):\{(?:\{\{)?(?:key|token|holder|mark|digest|job))"""
    )
    files = [path for path in (ROOT / "summarizer").rglob("*.py") if path.parent.name not in ("render", "clean")]
    used = {one or other for path in files for one, other in form.findall(path.read_text("utf-8"))}
    assert {"answer", "kept", "texts", "job-reply", "lease", "landed"} <= used, "they are found by how they are written"
    told = section("docs/operations.md", "What is kept, where, for how long")
    assert used - {"mark"} <= {name for row in rows(told) for name in re.findall(r"`([a-z-]+):`", row[0])}


def test_operations_tells_every_key_that_is_found_in_redis(redis_url: str) -> None:
    made = Settings(redis_url=SecretStr(redis_url), rate_requests=100)
    with TestClient(api.create_app(made), base_url="http://localhost", client=("127.0.0.1", 50_000)) as web:
        sent = {"articles": [{"text": "The ferry Tern ran aground off Skarholm on Monday."}]}
        assert web.post("/summarize", json=sent).status_code == 200
        assert web.post("/summarize", json=sent).status_code == 200
        assert web.post("/jobs", json=sent, headers={"idempotency-key": "k"}).status_code == 202
    told = section("docs/operations.md", "What is kept, where, for how long")
    kinds = {name.rstrip(":") for row in rows(told) for name in re.findall(r"`([a-z-]+:?)`", row[0])}
    with redis.Redis.from_url(redis_url) as store:
        found = {key.decode(): store.pttl(key) for key in store.scan_iter()}
    seen = set()
    for key, left in found.items():
        assert key.startswith("summarizer:"), key
        kind = re.split(r"[:/]", key)[1]
        # docket's own: named as its, and without an end.
        if left > 0:
            assert kind in kinds, key
            seen.add(kind)
    assert {"answer", "kept", "texts", "job", "idempotency", "rate"} <= seen


def test_the_manifest_for_slack_fits_the_door() -> None:
    """Its address is a route, its example two articles; its rights and names are compared in test_slack."""
    found = {b.argument: b.text for b in docs.blocks("docs/slack.md") if b.mark == "file"}
    manifest = yaml.safe_load(found["manifest.yaml"])
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == slack.COMMAND
    assert command["url"].startswith("https://")
    assert "post" in _paths()["/" + command["url"].split("/", 3)[3]]
    assert len(slack.material.parts(found["command.txt"].removeprefix(slack.COMMAND))) == 2


# --- the tool itself ---------------------------------------------------------------------------------------------------


def _block(argument: str, mark: str = "output") -> Any:
    return docs.Block("x.md", "text", "", 1, 1, mark, argument)


def test_ranges_of_an_output() -> None:
    printed = "a\nb\nc\nd\n"
    assert docs.shown(printed, _block("")) == "a\nb\nc\nd\n"
    assert docs.shown(printed, _block('^ "c"')) == "a\nb\n[...]\n"
    assert docs.shown(printed, _block('^ +1 | "c" $')) == "a\n[...]\nc\nd\n"
    with pytest.raises(docs.Wrong, match="begins with 'x'"):
        docs.shown(printed, _block('"x" $'))
    with pytest.raises(docs.Wrong, match="is no range"):
        docs.shown(printed, _block("all of it"))


def test_a_block_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "examples").mkdir()
    (tmp_path / "x.md").write_text("```sh\nfalse\n```\n", "utf-8")
    with pytest.raises(docs.Wrong, match=r"x\.md:1: exit code 1"):
        docs.run("x.md")
    (tmp_path / "x.md").write_text("```ini\na = b\n```\n", "utf-8")
    with pytest.raises(docs.Wrong, match="needs a mark"):
        docs.run("x.md")


def test_output_that_changed_is_found_and_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "examples").mkdir()
    page = tmp_path / "x.md"
    page.write_text("```sh\necho new\n```\n\n<!-- output -->\n```text\nold\n```\nafter\n", "utf-8")
    found = docs.differences(docs.run("x.md"))
    assert [(block.place, real) for block, real in found] == [("x.md:6", "new\n")]
    docs.write("x.md", found)
    assert page.read_text("utf-8") == "```sh\necho new\n```\n\n<!-- output -->\n```text\nnew\n```\nafter\n"
    assert docs.differences(docs.run("x.md")) == []
