"""A copy of a ledger in a file, as of one instant, while others read and write it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.errors import OutputError
from onrecord.ledger.backends import backend_of
from onrecord.ledger.copying import copy
from onrecord.ledger.database import boundary
from onrecord.ledger.opened import Opened

__all__ = ["back_up"]


def back_up(ledger: Opened, target: Path) -> None:
    """Write all that the ledger holds to the file `target`: whole or not at all, and on the disk when this returns.

    Raises OutputError where there is such a file already, or none can be made there; LedgerError where the ledger cannot be
    read, or the disk is full.
    """
    if target.exists():
        raise OutputError(
            f"{target}: it is there already, and may be the only good copy: give the backup a name of its own"
        )
    if not target.absolute().parent.is_dir():
        raise OutputError(f"{target}: there is no folder {target.absolute().parent}")
    with boundary(f"{ledger.name} to {target}"):
        if backend_of(ledger._engine).copy_file(ledger._engine, target):
            return
    # From a server row by row, into a file that is then moved to its place.
    folder = TemporaryDirectory(prefix=f".{target.name}-", dir=target.absolute().parent)
    with folder, Opened.open(Path(folder.name) / "ledger.db") as file:
        copy(ledger._engine, ledger.name, file._engine, file.name)
        with boundary(f"{ledger.name} to {target}"):
            backend_of(file._engine).copy_file(file._engine, target)
