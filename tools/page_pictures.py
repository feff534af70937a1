"""Takes the pictures of the web page and of the report that stand in docs/, from the example.

    python tools/page_pictures.py

Needs Chromium (e.g. apt-get install chromium). The server is started here, on a free loopback port, without a model.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "ferry"
PICTURES = ROOT / "docs"
DESK, PHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}
_START_S = 60


@contextmanager
def _server() -> Iterator[str]:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "summarizer", "serve", "--port", str(port)], stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + _START_S
        while True:
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=1)
                break
            except urllib.error.URLError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _page(browser: Browser, size: dict[str, int], scheme: str) -> Page:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]  # a plain dict of two
    return context.new_page()


def _summarized(page: Page, base: str) -> None:
    page.goto(base)
    page.set_input_files("#files", sorted(EXAMPLE.glob("*.txt")))
    page.wait_for_selector(".drafts li:nth-child(5)")
    page.click("button.primary")
    page.wait_for_selector(".reader")


def _shoot(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/{name}.png")


def main() -> None:
    program = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    with _server() as base, sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for place, size, scheme, statement in (
            ("page-desk", DESK, "light", 0),
            ("page-desk-dark", DESK, "dark", 7),
            ("page-phone", PHONE, "light", 0),
            ("page-phone-dark", PHONE, "dark", 3),
        ):
            page = _page(browser, size, scheme)
            _summarized(page, base)
            page.locator(".st").nth(statement).click()
            page.wait_for_timeout(300)
            _shoot(page, place)
            if place == "page-desk":
                page.keyboard.press("Escape")
                page.locator(".matrix").evaluate(
                    "(matrix) => scrollTo(0, matrix.getBoundingClientRect().top + scrollY - 150)"
                )
                page.locator(".row").nth(1).click()
                _shoot(page, "page-matrix")
                page.goto(base + "/#/check")
                page.locator("#draft").fill(
                    "The harbour was closed for four hours [3]. The collision injured 15 people. "
                    "Osmer Line has confirmed that a replacement ferry will take over the route on Monday."
                )
                page.get_by_role("button", name="Check it").click()
                page.locator(".sentence").nth(1).click()
                _shoot(page, "page-check")
        report = Path(folder, "report.html")
        command = [
            sys.executable,
            "-m",
            "summarizer",
            "summarize",
            str(EXAMPLE),
            "--engine",
            "extractive",
            "-o",
            str(report),
        ]
        subprocess.run(command, check=True, capture_output=True)
        context = browser.new_context(viewport={"width": 1000, "height": 1250}, java_script_enabled=False, offline=True)
        page = context.new_page()
        page.goto(report.as_uri())
        _shoot(page, "report-without-script")
        browser.close()


if __name__ == "__main__":
    main()
