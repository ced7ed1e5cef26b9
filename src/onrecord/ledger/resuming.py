"""How far a file of many records was read into a ledger, so that whoever adds it again goes on from there.

A file is known by its place, its size, when it was changed and how it begins. What was read of it stands in the ledger's own
table of facts about itself, and holds for the weights that read it: others read it anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, insert, select, update

from onrecord.ledger.database import reading, writing
from onrecord.ledger.opened import Opened
from onrecord.ledger.schema import meta

__all__ = ["EVERY", "Progress"]

EVERY = 200
"""Records between two notes of how far it is: at 50 ms a record, ten seconds of work that a kill costs at most.

A file of fewer has none: to read its records again and find them known takes a second or two.
"""

_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class _Read:
    """`records` were read or refused of the file that is described by the rest."""

    size: int
    changed: int
    head: str
    model: str
    records: int = 0


class Progress:
    """How far one file was read by the weights `model`: `before` so many records, when this was asked.

    What is no file (standard input) and what cannot be looked into has none.
    """

    def __init__(self, engine: Engine, name: str, path: Path, model: str) -> None:
        self._engine, self._name = engine, name
        self._key = f"read {path.resolve()}"
        self._now = _described(path, model)
        self._known = False
        if self._now is None:
            self.before = 0
            return
        with reading(engine, name) as connection:
            saved = connection.execute(select(meta.c.value).where(meta.c.key == self._key)).scalar()
        self._known = saved is not None
        found = _Read(**json.loads(saved)) if saved is not None else self._now
        if replace(found, records=0) == self._now:
            self._now = found
        self.before = self._now.records

    @classmethod
    def of(cls, ledger: Opened, path: Path, model: str) -> Self:
        """How far a file was read into this ledger."""
        return cls(ledger._engine, ledger.name, path, model)

    def note(self, records: int) -> None:
        """So many records of the file are done."""
        if self._now is None or records <= self.before:
            return
        value = json.dumps(asdict(replace(self._now, records=records)))
        with writing(self._engine, self._name) as connection:
            if self._known:
                connection.execute(update(meta).where(meta.c.key == self._key).values(value=value))
            else:
                connection.execute(insert(meta), [{"key": self._key, "value": value}])
        self._known = True


def _described(path: Path, model: str) -> _Read | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            head = hashlib.sha256(stream.read(_HEAD)).hexdigest()
        stat = path.stat()
    except (OSError, ValueError):  # reading it will say what is wrong with it
        return None
    return _Read(stat.st_size, stat.st_mtime_ns, head, model)
