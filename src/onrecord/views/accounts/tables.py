"""The tables of an accounts file. Nothing in it opens a session or is a password: both are kept as digests alone."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Integer, MetaData, String, Table

__all__ = ["METADATA", "TRIGGERS", "accounts", "audit", "sessions", "tokens"]

METADATA = MetaData()

_ROLE = "role IN ('reader', 'corrector', 'admin')"

accounts = Table(
    "accounts",
    METADATA,
    Column("key", String, primary_key=True),  # see rows.key_of
    Column("name", String, nullable=False),
    Column("role", String, CheckConstraint(_ROLE), nullable=False),
    Column("password", String, nullable=False),  # Argon2id, in PHC's format
    Column("made_at", String, nullable=False),
    Column("password_at", String, nullable=False),
)

tokens = Table(
    "tokens",
    METADATA,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("role", String, CheckConstraint(_ROLE), nullable=False),
    Column("digest", String, nullable=False, unique=True),
    Column("made_at", String, nullable=False),
    Column("used", Float),  # seconds since 1970
)

sessions = Table(
    "sessions",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("account", ForeignKey("accounts.key", ondelete="CASCADE"), index=True),
    Column("token", ForeignKey("tokens.id", ondelete="CASCADE"), index=True),
    Column("opened", Float, nullable=False),  # seconds since 1970
    Column("seen", Float, nullable=False),
    CheckConstraint("(account IS NULL) <> (token IS NULL)"),
)

audit = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String),
    Column("did", String, nullable=False),
    Column("about", String),
    Column("address", String),
    sqlite_autoincrement=True,
)

TRIGGERS = tuple(
    f"CREATE TRIGGER audit_no_{deed.lower()} BEFORE {deed} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'what was done stays written'); END"
    for deed in ("UPDATE", "DELETE")
)
"""What has been written into the log is neither changed nor taken away, whatever program opens the file."""
