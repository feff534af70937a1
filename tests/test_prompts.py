"""Prompts: text files with `$names`; whatever does not fit is an error before a call is paid for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import prompts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "propose.md").write_text('Write about $topic: {"a": 1}. It costs $$5.\n', "utf-8")
    (tmp_path / "merge.md").write_text("Merge.\n", "utf-8")
    (tmp_path / "notes.txt").write_text("no prompt", "utf-8")
    return tmp_path


def test_every_markdown_file_is_a_prompt(folder: Path) -> None:
    found = prompts.load(folder)
    assert sorted(found.texts) == ["merge", "propose"]
    assert found.texts["merge"] == "Merge.\n"


def test_names_are_filled_in_and_braces_stay(folder: Path) -> None:
    text = prompts.load(folder).texts["propose"]
    assert prompts.names(text) == {"topic"}
    assert prompts.fill(text, {"topic": "ferries"}) == 'Write about ferries: {"a": 1}. It costs $5.\n'


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    assert prompts.fill("${a}/$b", {"a": "$b ${b} $$", "b": "x"}) == "$b ${b} $$/x"


@given(st.text(), st.text())
def test_any_value_arrives_as_it_is(first: str, second: str) -> None:
    assert prompts.fill("<$first|$second>", {"first": first, "second": second}) == f"<{first}|{second}>"


def test_a_missing_name_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"wants \$b, \$c"):
        prompts.fill("$a $b $c", {"a": "x"})


def test_an_unused_value_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"no place for \$b"):
        prompts.fill("$a", {"a": "x", "b": "y"})


def test_a_lone_dollar_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "propose.md").write_text("It costs $5.", "utf-8")
    with pytest.raises(ValueError, match="propose"):
        prompts.load(tmp_path)


@pytest.mark.parametrize("name", ["", "none"])
def test_no_prompts_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="No prompts"):
        prompts.load(tmp_path / name)


def test_the_version_follows_every_text_and_name(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    version = prompts.load(folder).version
    assert len(version) == 12
    assert int(version, 16) >= 0
    other = tmp_path_factory.mktemp("copy") / "prompts"
    shutil.copytree(folder, other)
    assert prompts.load(other).version == version, "not where they stand"
    (other / "notes.txt").write_text("changed", "utf-8")
    assert prompts.load(other).version == version, "nor what is no prompt"
    (other / "merge.md").write_text("Merge!\n", "utf-8")
    edited = prompts.load(other).version
    (other / "merge.md").rename(other / "fuse.md")
    renamed = prompts.load(other).version
    assert len({version, edited, renamed}) == 3


def test_line_ends_of_another_system_change_nothing(folder: Path) -> None:
    version = prompts.load(folder).version
    (folder / "merge.md").write_bytes(b"Merge.\r\n")
    assert prompts.load(folder).version == version


def test_texts_cannot_be_changed_after_loading(folder: Path) -> None:
    texts = prompts.load(folder).texts
    with pytest.raises(TypeError):
        texts["merge"] = "x"  # type: ignore[index]


def test_a_wheel_brings_its_own(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the module in a wheel, beside the package in a checkout; the packed ones win."""
    package = tmp_path / "site" / "summarizer"
    package.mkdir(parents=True)
    monkeypatch.setattr(prompts, "__file__", str(package / "prompts.py"))
    shutil.copytree(folder, tmp_path / "site" / "prompts", ignore=shutil.ignore_patterns("site"))
    assert sorted(prompts.load().texts) == ["merge", "propose"]
    (package / "_prompts").mkdir()
    (package / "_prompts" / "propose.md").write_text("packed", "utf-8")
    assert prompts.load().texts == {"propose": "packed"}
