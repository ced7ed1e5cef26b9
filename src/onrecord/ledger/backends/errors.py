"""What the errors of each database mean to people. Neither driver is imported: their errors carry the codes."""

from __future__ import annotations

from onrecord.ledger.backends.backend import BUSY_TIMEOUT

__all__ = ["of_postgres", "of_sqlite"]

# By the beginning of the name of SQLite's result code.
_SQLITE = {
    "SQLITE_NOTADB": "it is not a ledger: not an SQLite file, or an encrypted one",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_BUSY": f"another process kept it locked for more than {BUSY_TIMEOUT:.0f} seconds",
    "SQLITE_LOCKED": "it is locked",
    "SQLITE_READONLY": "it may not be written",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk could not be read or written",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_PERM": "access is not permitted",
    "SQLITE_CONSTRAINT": "the record breaks a rule of the schema",
    "SQLITE_TOOBIG": "a text is larger than SQLite stores",
    "SQLITE_NOMEM": "out of memory",
}

# By the SQLSTATE, or its class: see PostgreSQL, Appendix A.
_POSTGRES = {
    "25006": "it may not be written",
    "28": "the server does not know this user, or the password is wrong",
    "3D": "there is no such database",
    "42501": "access is not permitted",
    "53100": "the disk is full",
    "53200": "out of memory",
    "53300": "the server has no connection left",
    "55P03": f"another process kept it locked for more than {BUSY_TIMEOUT:.0f} seconds",
    "54": "a text is larger than PostgreSQL stores",
    "57P": "the server was shut down or is starting",
    "08": "the connection to the server was lost",
    "23": "the record breaks a rule of the schema",
    "58": "the disk could not be read or written",
    "XX": "the database is damaged",
}


def of_sqlite(error: BaseException) -> str | None:
    """The reason, where it is an error of SQLite with a code of its own."""
    code = str(getattr(error, "sqlite_errorname", ""))
    return next((f"{reason} ({error})" for family, reason in _SQLITE.items() if code.startswith(family)), None)


def of_postgres(error: BaseException) -> str | None:
    """The reason, where it is an error of PostgreSQL or of its driver."""
    if not type(error).__module__.startswith("psycopg"):
        return None
    told = str(error).strip()
    code = getattr(error, "sqlstate", None) or ""
    for family, reason in _POSTGRES.items():
        if code.startswith(family):
            return f"{reason} ({told.splitlines()[0]})"
    if not code and type(error).__name__ == "OperationalError":
        # From before there is a connection; in several lines, one for each address that was tried.
        return f"the server cannot be reached ({' '.join(told.split())})"
    return told.splitlines()[0]
