"""A real browser for the tests of the page: Debian's Chromium, or whichever is installed, driven by playwright.

Takes: nothing. Gives: `chromium`, a running browser (skipped on a laptop without one, a failure in CI); `Window`, a page
that remembers whatever it should not have done; `AXE`, the source of axe-core, which `.ci/run` fetches from npm.

Nothing but loopback is reachable for the browser: every other name is unknown to it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import IN_CI

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE_CORE = Path(
    os.environ.get("AXE_CORE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "consensus-summarizer-tests" / "axe.min.js"
)
"""Where `.ci/run` puts it. Read when the tests begin, before each test gets an empty home folder."""


def missing(reason: str) -> NoReturn:
    if IN_CI:
        pytest.fail(f"{reason}; in CI a missing part is a failure")
    pytest.skip(reason)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of one's own. Not for longer than a module: the synchronous driver holds the thread's event loop."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        missing("needs Chromium (e.g. apt-get install chromium)")
    # In containers, where CI runs, Chromium's own sandbox cannot be set up; it opens pages of ours only.
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=arguments)
        try:
            yield running
        finally:
            running.close()


def until(page: Page, condition: str, seconds: float = 20.0) -> None:
    """Waits till `condition`, an expression of JavaScript, holds. The driver's own `wait_for_function` asks again from
    within the page when the first look fails, which our policy forbids (`unsafe-eval`)."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"not true within {seconds:.0f} s: {condition}"
        page.wait_for_timeout(20)


def axe() -> str:
    """The source of axe-core."""
    if not AXE_CORE.is_file():
        missing(f"needs axe-core at {AXE_CORE} (`bash .ci/axe` fetches it from npm)")
    return AXE_CORE.read_text("utf-8")


class Window:
    """A page in a context of its own. `wrong` holds what no page of ours may do, whatever it shows."""

    def __init__(self, browser: Browser, base: str, **context: Any) -> None:
        options: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "base_url": base, **context}
        self.context: BrowserContext = browser.new_context(**options)
        # Loopback on a busy machine: what takes longer is stuck.
        self.context.set_default_timeout(20_000)
        self.wrong: list[str] = []
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(base))
        self.page: Page = self.context.new_page()
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective))"
        )
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.context.on("page", self._opened)

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        # What the browser itself says of a 4xx answer, which the page handles.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("blob", "data", "file") and f"{address.scheme}://{address.netloc}" != self.origin:
            self.wrong.append(f"request: {request.url}")

    def _opened(self, page: Page) -> None:
        if page is not self.page:
            self.wrong.append(f"window: {page.url}")

    def close(self) -> None:
        self.context.close()

    def overflow(self) -> int:
        """Pixels by which the document is wider than the window."""
        found: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return found
