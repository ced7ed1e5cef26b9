"""Commands that say who may see a ledger that is served beyond this machine: `onrecord accounts …`.

A password and a token never stand on a command line, where every program on the machine can read them: a password is
asked on the terminal or read from standard input, a token is made here and printed once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

import typer

from onrecord.views import completing, console
from onrecord.views.commands.printing import print_lines, print_markdown
from onrecord.views.options import AT_FIRST, Printed, one_of
from onrecord.views.spread import spread

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from rich.console import RenderableType

    from onrecord.views.accounts import Accounts, Deed

__all__ = ["ROLES", "app"]

Row = TypeVar("Row", bound="DataclassInstance")

# As in `views.accounts`, which is not imported to print help; a test holds them equal.
ROLES = ("reader", "corrector", "admin")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file of accounts; not the ledger.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="What they are called, and sign with.")]
RoleOption = Annotated[
    str,
    typer.Option(
        callback=one_of(ROLES), autocompletion=completing.words(ROLES), metavar="ROLE", help=f"{', '.join(ROLES)}."
    ),
]


app = typer.Typer(
    name="accounts",
    no_args_is_help=True,
    help="Say who may see, and correct, a ledger that is served beyond this machine.",
)


@app.command()
def add(file: File, name: Name, role: RoleOption) -> None:
    """Make an account for somebody; FILE is made where there is none. Asks for the password, or reads it from a pipe."""
    from onrecord.views.accounts import Accounts
    from onrecord.views.accounts.secret import refuse_weak

    password = _password()
    refuse_weak(password, name)  # before a file is made for it
    with Accounts.open(file, create=True) as accounts:
        kept = accounts.people.add(name, cast(Any, role), password)
        _log(accounts, "added an account", f"{kept} ({role})")
    console.line(f"{kept} is {_a(role)}")


@app.command()
def remove(file: File, name: Name) -> None:
    """Take an account away, and end its sessions. What it did stays in the logs."""
    with _opened(file) as accounts:
        kept = accounts.people.remove(name)
        _log(accounts, "removed an account", kept)
    console.line(f"{kept} is no account any more")


@app.command()
def role(file: File, name: Name, role: RoleOption) -> None:
    """Give an account another role, from its next request on."""
    with _opened(file) as accounts:
        kept = accounts.people.change_role(name, cast(Any, role))
        _log(accounts, "changed a role", f"{kept} ({role})")
    console.line(f"{kept} is {_a(role)}")


@app.command()
def password(file: File, name: Name) -> None:
    """Give an account another password, and end its sessions. Asks for it, or reads it from a pipe."""
    with _opened(file) as accounts:
        kept = accounts.people.change_password(name, _password())
        _log(accounts, "changed a password", kept)
    console.line(f"{kept} has another password")


@app.command(name="list")
@spread
def listed(
    file: File,
    tokens: Annotated[bool, typer.Option("--tokens", help="The tokens of programs instead.")] = False,
    *,
    printed: Printed,
) -> None:
    """The accounts by name, or the tokens."""
    from onrecord.views.account_tables import accounts_table, tokens_table
    from onrecord.views.accounts import Account, Token

    with _opened(file) as accounts:
        if tokens:
            _print(Token, accounts.tokens.all(), printed, tokens_table)
        else:
            _print(Account, accounts.people.all(), printed, accounts_table)


@app.command()
def token(file: File, name: Name, role: RoleOption) -> None:
    """Make a token for a program, and print it: it is kept nowhere and not shown again. FILE is made where there is none."""
    from onrecord.views.accounts import Accounts

    with Accounts.open(file, create=True) as accounts:
        made = accounts.tokens.issue(name, cast(Any, role))
        _log(accounts, "issued a token", f"{name.strip()} ({role})")
    console.line(made)


@app.command()
def revoke(file: File, name: Annotated[str, typer.Argument(metavar="TOKEN", help="Its name, or its id (o…).")]) -> None:
    """Take a token away, by its name or id."""
    with _opened(file) as accounts:
        kept = accounts.tokens.revoke(name)
        _log(accounts, "revoked a token", kept)
    console.line(f"{kept} is no token any more")


@app.command()
@spread
def log(
    file: File,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="At most so many lines; 0 for all.")] = AT_FIRST,
    *,
    printed: Printed,
) -> None:
    """The audit log, newest first: who logged in, failed to, corrected, took back, and who let whom in."""
    from onrecord.views.account_tables import audit_table
    from onrecord.views.accounts import Entry

    with _opened(file) as accounts:
        _print(Entry, accounts.audit.lines(limit=limit or None), printed, audit_table)


def _opened(file: Path) -> Accounts:
    from onrecord.views.accounts import Accounts

    return Accounts.open(file)


def _print(
    kind: type[Row], rows: Sequence[Row], printed: Printed, table: Callable[[Sequence[Row]], RenderableType]
) -> None:
    if printed.how == "md":
        print_markdown(table(rows))
    elif printed.how == "table":
        console.results().print(table(rows))
    else:
        print_lines(kind, rows, printed.how)


def _password() -> str:
    """The password, typed twice on a terminal, or the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _log(accounts: Accounts, did: Deed, about: str) -> None:
    """Who did it is who this process runs as, on the machine itself."""
    accounts.audit.write(f"{getuser()} (on the machine)", did, about)


def _a(role: str) -> str:
    return f"an {role}" if role == "admin" else f"a {role}"
