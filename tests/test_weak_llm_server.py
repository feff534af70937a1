"""The real, weak model on loopback: only that its server starts, answers, counts and ends. What it says is another matter."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from summarizer import errors
from summarizer.llm import ChatModel
from summarizer.ports import Message

TOOL = Path(__file__).parent.parent / "tools" / "weak_llm.py"
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("weak_llm", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not module.installed():
        (pytest.fail if IN_CI else pytest.skip)(f"the weak model is not installed; {module.INSTALL}")
    return module


@pytest.fixture(scope="module")
def base_url(tool: ModuleType) -> Iterator[str]:
    with tool.weak_llm() as url:
        yield url


def words(text: str) -> int:
    return len(text.split())


async def test_it_answers_through_our_client(base_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = "The ferry ran aground near the old pier on Monday, the harbour office said. " * 20
    async with ChatModel("smollm2-135m", count=words, api_key="local", base_url=base_url) as model:
        assert await model.models(deadline=time.monotonic() + 20) == ("smollm2-135m",)
        begin = time.monotonic()
        question = [Message("system", "Summarize."), Message("user", text)]
        try:
            reply = await model.complete(question, max_tokens=40, deadline=time.monotonic() + 100)
            spent = (reply.prompt_tokens, reply.completion_tokens)
            said = reply.text
        except errors.ModelReplyCut as cut:
            spent = (cut.prompt_tokens, cut.completion_tokens)
            said = cut.partial_text
    assert said
    assert 300 < spent[0] < 500
    assert 0 < spent[1] <= 40
    print(f"{spent[0]} tokens in and {spent[1]} out took {time.monotonic() - begin:.1f} s")


async def test_a_prompt_beyond_its_context_is_told(base_url: str) -> None:
    async with ChatModel("smollm2-135m", count=words, base_url=base_url) as model:
        with pytest.raises(errors.ModelContextTooLong) as caught:
            await model.complete([Message("user", "harbour " * 9000)], max_tokens=5, deadline=time.monotonic() + 60)
    assert caught.value.calls == 1


def test_a_command_runs_with_its_settings_and_its_exit_code(tool: ModuleType) -> None:
    script = """
import json, os, sys, urllib.request
names = ("OPENAI_API_KEY", "SUMMARIZER_MODEL", "SUMMARIZER_CONTEXT_TOKENS", "SUMMARIZER_DEADLINE_S")
listed = json.load(urllib.request.urlopen(os.environ["OPENAI_BASE_URL"] + "/models", timeout=20))
print(json.dumps([os.environ[name] for name in names] + [listed["data"][0]["id"]]))
sys.exit(7)
"""
    done = subprocess.run(
        [sys.executable, TOOL, "--", sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    assert json.loads(done.stdout) == ["local", "smollm2-135m", "8192", "600", "smollm2-135m"]


def test_it_serves_until_interrupted_and_leaves_nothing_behind(tool: ModuleType) -> None:
    process = subprocess.Popen([sys.executable, TOOL], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    process.terminate()
    assert process.wait(timeout=20) == 130
    process.stdout.close()
    assert url.startswith("http://127.0.0.1:")
    port = int(url.removesuffix("/v1").rsplit(":", 1)[1])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
