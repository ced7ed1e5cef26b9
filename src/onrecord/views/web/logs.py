"""What a server tells whoever runs it, a line an event on standard error: as JSON for programs, or as text for people.

A line names the route that was asked (`/claims/{id}`) and never its query, its body, a password or a token: what people
look for, and what they write, is theirs.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import Literal, TextIO

from onrecord.views.wording import printable

__all__ = ["FORMATS", "Form", "Level", "Log", "Value"]

Form = Literal["json", "text"]
FORMATS: tuple[Form, ...] = ("json", "text")
Level = Literal["info", "warning", "error"]
Value = str | int | float | None


class Log:
    """Lines on `stream`, standard error unless told. Safe to write from any thread: a line is one write."""

    def __init__(self, form: Form, stream: TextIO | None = None) -> None:
        self._form = form
        self._stream = stream
        self._lock = Lock()

    def write(self, level: Level, event: str, **fields: Value) -> None:
        """A line: the time, the level, the event, and those of the fields that are not None."""
        at = datetime.now(UTC).isoformat("T", "milliseconds")
        told = {name: value for name, value in fields.items() if value is not None}
        line = json.dumps({"time": at, "level": level, "event": event} | told, ensure_ascii=True)
        if self._form == "text":
            line = " ".join([at, level, event, *(f"{name}={_word(value)}" for name, value in told.items())])
        with self._lock:
            print(line, file=self._stream or sys.stderr, flush=True)

    @contextmanager
    def of_server(self) -> Iterator[None]:
        """What the server itself complains of (`uvicorn.error`) is told here too, as long as this lasts."""
        logger, handler = logging.getLogger("uvicorn.error"), _Handler(self)
        propagate, level = logger.propagate, logger.level
        logger.propagate = False
        logger.setLevel(logging.WARNING)  # whoever started a server before in this process may have silenced it
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate


def _word(value: Value) -> str:
    """A value within a line of text: in quotes where it is more than a word, without what a terminal would obey."""
    written = printable(str(value))
    plain = written.isprintable() and written and not set(written) & set(' "=\\')
    return written if plain else json.dumps(written, ensure_ascii=False)


class _Handler(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level: Level = "error" if record.levelno >= logging.ERROR else "warning"
        trace = None if record.exc_info is None else logging.Formatter().formatException(record.exc_info)
        self._log.write(level, "server", message=record.getMessage(), trace=trace)
