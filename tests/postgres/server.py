"""A PostgreSQL server of its own for tests: made in a temporary folder, on a socket there, gone when they are done.

`python -m tests.postgres.server -- COMMAND …` runs a command with the server's address in ONRECORD_TEST_DATABASE.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["DATABASE", "binaries", "served"]

DATABASE = "ONRECORD_TEST_DATABASE"
"""The environment variable with the address of the server that the ledger's tests are to use instead of files."""

_WHERE = "/usr/lib/postgresql"  # of Debian's packages, a folder a version
_NOBODY = ("postgres", "nobody")  # users that may run a server where root may not

# What a test's data would lose when the machine loses its power is no loss.
_SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "1GB",
    "autovacuum_naptime": "10s",
}


def binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, of the newest version that is installed; None where there is none."""
    versions = sorted(Path(_WHERE).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found is not None and shutil.which("pg_ctl") is not None else None


@contextmanager
def served(folder: Path | None = None) -> Iterator[str]:
    """The address of a database on a server that runs meanwhile. `folder` is where its own folder is made.

    Raises FileNotFoundError where no server is installed, subprocess.CalledProcessError with what it printed.
    """
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    home = Path(tempfile.mkdtemp(prefix="onrecord-pg-", dir=folder))
    as_whom = _unprivileged(home)
    data = str(home / "data")
    try:
        made = ["-D", data, "-E", "UTF8", "--locale=C.UTF-8", "-U", "onrecord", "-A", "trust", "--no-sync"]
        _run([str(programs / "initdb"), *made], as_whom)
        settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        start = ["-D", data, "-l", str(home / "log"), "-w", "-t", "60", "-o", f"{settings} -k {home}", "start"]
        _run([str(programs / "pg_ctl"), *start], as_whom)
        try:
            yield f"postgresql://onrecord@/postgres?host={home}"
        finally:
            _run([str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"], as_whom)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged(home: Path) -> dict[str, int]:
    """Options of `subprocess.run` for somebody who is not root, whose the folder is then: the server refuses root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(known[name] for name in _NOBODY if name in known)
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid}


def _run(command: Sequence[str], as_whom: Mapping[str, int]) -> None:
    # Its output goes to a file: a server that goes on running would keep a pipe open.
    with tempfile.TemporaryFile() as output:
        try:
            subprocess.run(
                command,
                check=True,
                stdout=output,
                stderr=output,
                cwd="/",
                extra_groups=[] if as_whom else None,
                **as_whom,
            )
        except subprocess.CalledProcessError:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace"))
            raise


def main() -> int:
    command = sys.argv[1:]
    if command[:1] != ["--"] or len(command) < 2:
        print("usage: python -m tests.postgres.server -- COMMAND …", file=sys.stderr)
        return 2
    try:
        with served() as address:
            return subprocess.run(command[1:], env={**os.environ, DATABASE: address}, check=False).returncode
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
