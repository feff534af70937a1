"""Last: the same three ways in for everybody: HTTP, the command line, and a check for texts that others wrote."""

from __future__ import annotations

from pathlib import Path

from tests.support import EXAMPLES, FERRY, command, outside, served


def test_over_http() -> None:
    """Post articles, get an answer; ask for Markdown or a page with `Accept`."""
    body = {"articles": [{"name": name, "text": text} for name, text in FERRY]}
    with served(outside()) as web:
        answer = web.post("/summarize", json=body).json()
        page = web.post("/summarize", json=body, headers={"accept": "text/html"}).text
        again = web.get(f"/summaries/{answer['id']}").json()
    assert answer["facts"]
    assert page.lower().startswith("<!doctype html>")
    assert again["summary"] == answer["summary"]


def test_at_the_command_line() -> None:
    """A folder of articles is enough."""
    ran = command("summarize", EXAMPLES / "ferry", "--engine", "extractive")
    assert ran.code == 0
    assert "Corrina Vale" in ran.out


def test_a_gate_before_publishing(tmp_path: Path) -> None:
    """`summarizer check` ends with 0 when every sentence holds, and with 5 when one does not."""
    draft = tmp_path / "draft.txt"
    draft.write_text("The harbour was closed for four hours. Nobody was killed.", "utf-8")
    assert command("check", draft, EXAMPLES / "ferry").code == 0
    draft.write_text("The harbour was closed for nine hours. Nobody was killed.", "utf-8")
    ran = command("check", draft, EXAMPLES / "ferry")
    assert ran.code == 5
    assert "four hours" in " ".join(ran.out.split())
