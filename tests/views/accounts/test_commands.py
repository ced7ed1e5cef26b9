"""`onrecord accounts …`: passwords come from standard input, tokens are shown once, everything is written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.views.accounts import ROLES, Accounts
from onrecord.views.cli import app
from onrecord.views.commands import accounts as commands

PASSWORD = "correct horse battery"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accounts.db"


def run(*words: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["accounts", *map(str, words)], input=typed)


def done(*words: str | Path, typed: str | None = None) -> str:
    result = run(*words, typed=typed)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*words: str | Path, typed: str | None = None) -> str:
    result = run(*words, typed=typed)
    assert result.exit_code == 1
    return result.stderr


def test_roles_are_those_of_the_accounts() -> None:
    assert commands.ROLES == ROLES


def test_an_account_is_made_changed_and_taken_away(file: Path) -> None:
    assert done("add", file, "Vera", "--role", "admin", typed=f"{PASSWORD}\n") == "Vera is an admin\n"
    assert done("add", file, "Ana", "--role", "reader", typed=PASSWORD) == "Ana is a reader\n"
    assert done("role", file, "ana", "--role", "corrector") == "Ana is a corrector\n"
    assert "another password" in done("password", file, "ana", typed="another password\n")
    with Accounts.open(file) as accounts:
        assert accounts.people.check("Ana", PASSWORD) is None
        assert accounts.people.check("Ana", "another password") == "Ana"
    rows = [json.loads(line) for line in done("list", file, "--json").splitlines()]
    assert [(row["name"], row["role"]) for row in rows] == [("Ana", "corrector"), ("Vera", "admin")]
    assert "Ana" in done("list", file)
    done("remove", file, "Ana")
    assert "Ana" not in done("list", file, "--format", "md")
    log = [json.loads(line) for line in done("log", file, "--json").splitlines()]
    assert [(row["did"], row["about"]) for row in log] == [
        ("removed an account", "Ana"),
        ("changed a password", "Ana"),
        ("changed a role", "Ana (corrector)"),
        ("added an account", "Ana (reader)"),
        ("added an account", "Vera (admin)"),
    ]
    assert all(row["who"].endswith("(on the machine)") for row in log)
    assert len(done("log", file, "--json", "--limit", "2").splitlines()) == 2
    assert "removed an account" in done("log", file)


def test_a_token_is_printed_once(file: Path) -> None:
    token = done("token", file, "nightly", "--role", "reader").strip()
    with Accounts.open(file) as accounts:
        asker = accounts.tokens.asker(token)
    assert asker is not None
    assert asker.name == "nightly"
    assert "nightly" in done("list", file, "--tokens")
    assert token not in done("list", file, "--tokens", "--json") + done("log", file, "--json")
    done("revoke", file, "nightly")
    assert "No tokens." in done("list", file, "--tokens")


def test_what_goes_wrong_is_one_line(file: Path, tmp_path: Path) -> None:
    assert "at least 12 characters" in refused("add", file, "Vera", "--role", "admin", typed="short\n")
    assert not file.exists()
    assert "there are no such accounts" in refused("list", file)
    assert "No such file" in refused("token", tmp_path / "no" / "folder.db", "x", "--role", "reader")
    assert run("add", file, "Vera", "--role", "owner").exit_code == 2
    assert run("add", file, "Vera").exit_code == 2
