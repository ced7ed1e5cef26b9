"""Tables of accounts, tokens and the audit log."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from onrecord.views.accounts.rows import Account, Entry, Token
from onrecord.views.feed_tables import local
from onrecord.views.tables import cell, grid

__all__ = ["accounts_table", "audit_table", "tokens_table"]

_STYLES = {"failed to log in": "yellow"}


def accounts_table(rows: Sequence[Account]) -> RenderableType:
    if not rows:
        return Text("No accounts.")
    columns = [("name", 1), ("role", 0), ("sessions", 0), ("made", 0), ("password of", 0)]
    return grid(
        columns,
        (
            [
                cell(row.name),
                cell(row.role),
                cell(row.sessions),
                cell(local(row.made_at), "dim"),
                cell(local(row.password_at), "dim"),
            ]
            for row in rows
        ),
    )


def tokens_table(rows: Sequence[Token]) -> RenderableType:
    if not rows:
        return Text("No tokens.")
    columns = [("token", 0), ("name", 1), ("role", 0), ("made", 0), ("used", 0)]
    return grid(
        columns,
        (
            [
                cell(row.id, "dim"),
                cell(row.name),
                cell(row.role),
                cell(local(row.made_at), "dim"),
                cell(local(row.used_at), "dim"),
            ]
            for row in rows
        ),
    )


def audit_table(rows: Sequence[Entry]) -> RenderableType:
    if not rows:
        return Text("Nothing yet.")
    columns = [("when", 0), ("who", 1), ("did", 0), ("about", 1), ("from", 0)]
    return grid(
        columns,
        (
            [
                cell(local(row.at), "dim"),
                cell(row.who),
                cell(row.did, _STYLES.get(row.did, "")),
                cell(row.about),
                cell(row.address, "dim"),
            ]
            for row in rows
        ),
    )
