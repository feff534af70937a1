"""The files of the web page: HTML, styles and one script, as they are served at `/` and put into the report.

Takes: nothing. Gives: the files' bytes with their media types, the policy under which the page runs, and what the report
needs of them. Does not know: any route, any answer.

index.html    the page's frame      app.js    everything that moves      app.css    what the page has beyond the report
icon.svg      its sign              base.css  `render.STYLE`, which the report has too, is added by the door
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The Content-Security-Policy of the page: its own files, its own server, no inline code, and no string ever becomes
markup or code (`trusted-types 'none'`)."""

_TYPES = {
    "app.js": "text/javascript; charset=utf-8",
    "app.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
FILES = tuple(_TYPES)
"""What is served below `/web/`, base.css aside."""


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is served."""

    content: str
    media_type: str


@cache
def read(name: str) -> File:
    """One of `FILES`. Raises KeyError for any other name."""
    return File(_text(name), _TYPES[name])


@cache
def index() -> str:
    """The page at `/`."""
    return _text("index.html")


def _text(name: str) -> str:
    return resources.files("summarizer.web").joinpath(name).read_text("utf-8")
