"""Tokens: exact where the encoding is known, offline from the first run, and unmoved by hostile text."""

from __future__ import annotations

import ast
import inspect
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from summarizer import tokens

# Ids that OpenAI's own tokenizer gives, as published in its documentation and checked here against the counts.
GOLDEN = [
    ("gpt-4.1-mini", "", 0),
    ("gpt-4.1-mini", "hello world", 2),
    ("gpt-4", "hello world", 2),
    ("gpt-4", "tiktoken is great!", 6),
    ("gpt-4.1-mini", "tiktoken is great!", 6),
    ("gpt-4", "antidisestablishmentarianism", 6),
    ("gpt-4", "2 + 2 = 4", 7),
    ("gpt-4", "お誕生日おめでとう", 9),
    ("gpt-4.1-mini", "お誕生日おめでとう", 8),
]


@pytest.mark.parametrize(("model", "text", "count"), GOLDEN)
def test_known_texts_have_their_published_counts(model: str, text: str, count: int) -> None:
    assert tokens.counter(model)[0](text) == count


@pytest.mark.parametrize(
    ("model", "known"),
    [
        ("gpt-4.1-mini", True),
        ("gpt-4o-2024-08-06", True),
        ("openai/gpt-4o", True),
        ("GPT-4o", True),
        ("gpt-4", True),
        ("gpt-oss-120b", True),
        ("o4-mini", True),
        ("smollm2-135m", False),
        ("llama-3.1-8b-instruct", False),
        ("text-davinci-003", False),
        ("", False),
        (None, False),
    ],
)
def test_unknown_models_are_estimated_and_say_so(model: str | None, known: bool) -> None:
    count, told = tokens.counter(model)
    assert told is known
    assert count("hello world") == 2


HOSTILE = {
    "spaces": " " * 1_000_000,
    "newlines": "\n" * 1_000_000,
    "tabs": "\t" * 1_000_000,
    "no-break spaces": "\u00a0" * 1_000_000,
    "spaces and newlines": " \n" * 500_000,
    "one letter": "a" * 1_000_000,
    "one capital": "A" * 1_000_000,
    "stops": "." * 1_000_000,
    "exclamations": "!" * 1_000_000,
    "digits": "7" * 1_000_000,
    "accents": "e" + "\u0301" * 1_000_000,
    "han": "日" * 1_000_000,
    "emoji": "👩\u200d" * 500_000,
    "control tokens": "<|endoftext|>" * 77_000,
    "lone surrogates": "\ud800" * 1_000_000,
    "nulls": "\x00" * 1_000_000,
    "tags": "\U000e0041" * 1_000_000,
}


@pytest.mark.parametrize("model", ["gpt-4.1-mini", "gpt-4"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_million_hostile_characters_take_less_than_a_second(model: str, name: str) -> None:
    count, _ = tokens.counter(model)
    count("warm")
    begin = time.process_time()
    found = count(HOSTILE[name])
    assert found > 1000
    assert time.process_time() - begin < 1.0


def test_control_tokens_are_counted_as_the_text_that_they_are() -> None:
    """Were they taken for the one token that they name, a hostile article could look ten times shorter than it is."""
    assert tokens.counter("gpt-4.1-mini")[0]("<|endoftext|>") == 7


@given(st.text(max_size=2000))
def test_any_text_has_a_count(text: str) -> None:
    count, _ = tokens.counter("gpt-4.1-mini")
    assert count(text) <= len(text.encode("utf-8", "surrogatepass"))
    assert (count(text) > 0) == bool(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_ordinary_text_is_counted_exactly(text: str) -> None:
    """The oracle is tiktoken's own `encode` on the uncut text."""
    count, _ = tokens.counter("gpt-4")
    assert count(text) == len(tokens._encoding("cl100k_base").encode(text, disallowed_special=()))


@given(st.text(alphabet="ab \n日!7", max_size=40), st.integers(min_value=1, max_value=200))
def test_cutting_long_runs_costs_little_and_hides_nothing(text: str, times: int) -> None:
    uncut = text * times
    exact = len(tokens._encoding("o200k_base").encode(uncut, disallowed_special=()))
    cuts = len(uncut) // tokens.MAX_RUN
    assert exact - 2 * cuts <= tokens.counter("gpt-4.1-mini")[0](uncut) <= exact + 3 * cuts


@given(st.lists(st.text(alphabet="ab c\n.日", max_size=1500), max_size=4))
def test_pieces_are_the_whole_text(parts: list[str]) -> None:
    text = "x" * 700 + "".join(parts)
    assert "".join(tokens._pieces(text)) == text


def test_data_is_what_tiktoken_itself_expects() -> None:
    """The hashes in tiktoken's own source are the ones that our loader is given."""
    source = inspect.getsource(__import__("tiktoken_ext.openai_public", fromlist=["x"]))
    expected = {
        node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword) and node.arg == "expected_hash" and isinstance(node.value, ast.Constant)
    }
    assert "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d" in expected
    assert "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7" in expected
    with pytest.raises(RuntimeError, match="reinstall"):
        tokens._load("https://x.test/o200k_base.tiktoken", "0" * 64)


def test_the_encodings_are_tiktokens() -> None:
    encoding = tokens._encoding("o200k_base")
    assert isinstance(encoding, tiktoken.Encoding)
    assert (encoding.name, encoding.n_vocab) == ("o200k_base", 200_019)
    assert tokens._encoding("cl100k_base").n_vocab == 100_277


def test_the_first_run_needs_no_network_and_no_disk(tmp_path: Path) -> None:
    """A new process, sockets taken away, an empty home, no folder that it may write to."""
    script = """
import builtins, os, socket, sys
def no(*args, **kwargs): raise AssertionError("network")
socket.socket = socket.create_connection = socket.getaddrinfo = no
def audit(event, args):
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"): raise AssertionError(f"writes {args[0]}")
    if event in ("os.mkdir", "os.rename"): raise AssertionError(event)
from summarizer import tokens
sys.addaudithook(audit)
for model in ("gpt-4.1-mini", "gpt-4", "unknown"):
    assert tokens.counter(model)[0]("hello world") == 2
print("fine")
"""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    root = Path(tokens.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "fine\n", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_context_and_price_of_known_models() -> None:
    assert tokens.context_tokens("gpt-4.1-mini") == 1_047_576
    assert tokens.context_tokens("openai/gpt-4o-2024-08-06") == 128_000
    assert tokens.context_tokens("smollm2-135m") is None
    assert tokens.context_tokens(None) is None
    assert tokens.prices("gpt-4.1-mini-2025-04-14") == (0.40, 1.60)
    assert tokens.prices("gpt-4.1-mini-latest") == (0.40, 1.60)
    assert tokens.prices("gpt-5.9-hyper") is None, "a price is never guessed from a similar name"
    assert tokens.prices("") is None


def test_every_price_is_of_a_model_with_a_known_context() -> None:
    assert tokens._PRICE.keys() == tokens._CONTEXT.keys()
    assert all(0 < prompt <= completion for prompt, completion in tokens._PRICE.values())


def test_a_table_of_prices_is_read_by_plain_names(tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    path.write_text('{"openai/gpt-4.1-mini-2025-04-14": [0.3, 1.2], "my-model": [0, 0]}', "utf-8")
    table = tokens.read_prices(path)
    assert tokens.prices("gpt-4.1-mini", table) == (0.3, 1.2)
    assert tokens.prices("My-Model", table) == (0.0, 0.0)
    assert tokens.prices("gpt-4o", table) is None, "a table is no list to fall back from"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1]", "object"),
        ("no", "JSON"),
        ('{"m": 1}', "m: needs"),
        ('{"m": [1]}', "m: needs"),
        ('{"m": [1, -1]}', "m: needs"),
        ('{"m": [true, 1]}', "m: needs"),
        ('{"m": [1, NaN]}', "m: needs"),
        ('{"m": ["1", "2"]}', "m: needs"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "prices.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=told):
        tokens.read_prices(path)


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        tokens.read_prices(tmp_path / "none.json")
