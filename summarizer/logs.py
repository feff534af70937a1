"""One JSON line per event on stderr: ids, routes, statuses, times. Never article text, keys, bodies or query strings.

An exception is told by its type and the places it went through; its message is left out, since it may quote an article.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

_PLACES = 12
"""Frames named for an unexpected exception: the inner ones, where the fault is; more are the framework's."""


def logger(level: str) -> Any:
    """A logger of its own, so that an application that embeds this one keeps its own configuration."""
    number = logging.getLevelNamesMapping()[level.upper()]
    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        cache_logger_on_first_use=True,
    )


def places(trace: TracebackType | None) -> list[str]:
    """Where an exception passed, as `module:line function`: no source line, no local, no message."""
    frames = traceback.extract_tb(trace)[-_PLACES:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
