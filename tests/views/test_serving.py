"""`onrecord serve`: what is refused before anything is served, and what its options become."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from onrecord.ledger import Ledger
from onrecord.views.accounts import Accounts
from onrecord.views.accounts.secret import digest
from onrecord.views.cli import app
from onrecord.views.web import Service

TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "news.ledger"
    Ledger.open(path).close()
    return path


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    path = tmp_path / "team.accounts"
    with Accounts.open(path, create=True) as accounts:
        accounts.tokens.take("nightly", "reader", TOKEN)
    return path


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    path = tmp_path / "tokens"
    path.write_text(f"{TOKEN}\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the command would have served."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr("onrecord.views.web.serve", lambda ledger, **how: calls.append({"ledger": ledger, **how}))
    return calls


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["serve", *map(str, words)], env={"COLUMNS": "400"})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", ""])
def test_beyond_the_loopback_only_with_accounts(ledger: Path, served: list[dict[str, Any]], host: str) -> None:
    result = run(ledger, "--host", host)
    assert result.exit_code == 2
    assert "only with --accounts FILE or --token-file FILE" in result.stderr
    assert served == []


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--name", "news.example"], "not on this machine"),
        (["--trusted-proxy", "127.0.0.1"], "not on this machine"),
        (["--name", "not a name"], "is not a name"),
        (["--name", "https://news.example"], "is not a name"),
        (["--trusted-proxy", "proxy.example"], "is not an address"),
        (["--trusted-proxy", "10.0.0.1/8"], "is not an address"),
        (["--log-format", "xml"], "none of json, text"),
        (["--rate-limit", "-1"], "--rate-limit"),
        (["--accounts", "a", "--token-file", "b"], "exclude each other"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(
    ledger: Path, served: list[dict[str, Any]], options: list[str], why: str
) -> None:
    result = run(ledger, *options)
    assert result.exit_code == 2
    assert why in result.stderr
    assert served == []


def test_without_options_it_is_as_it_was(ledger: Path, served: list[dict[str, Any]]) -> None:
    assert run(ledger).exit_code == 0
    assert served == [
        {"ledger": str(ledger), "host": "127.0.0.1", "port": 8484, "read_only": False, "service": Service()}
    ]


def test_with_accounts_it_is_served_to_those_who_have_one(
    ledger: Path, accounts: Path, tokens: Path, served: list[dict[str, Any]]
) -> None:
    options = ["--accounts", accounts, "--host", "0.0.0.0", "--name", "news.example", "--trusted-proxy", "10.0.0.0/8"]
    result = run(ledger, *options, "--rate-limit", "5", "--metrics-token-file", tokens)
    assert result.exit_code == 0, result.output
    service = served[0]["service"]
    assert service.accounts.name == str(accounts)
    assert (service.names, service.rate) == (("news.example",), 5.0)
    assert [str(one) for one in service.proxies] == ["10.0.0.0/8"]
    assert service.log is not None
    assert service.metrics_token == digest(TOKEN)


def test_a_file_of_tokens_is_enough(ledger: Path, tokens: Path, served: list[dict[str, Any]]) -> None:
    assert run(ledger, "--token-file", tokens, "--host", "::").exit_code == 0
    assert served[0]["service"].accounts.by_password is False


def test_accounts_that_let_nobody_in_are_refused(
    ledger: Path, tmp_path: Path, tokens: Path, served: list[dict[str, Any]]
) -> None:
    empty, missing = tmp_path / "empty.accounts", tmp_path / "missing.accounts"
    Accounts.open(empty, create=True).close()
    tokens.chmod(0o644)
    ledger.chmod(0o600)
    for options, why in (
        (["--accounts", empty], "nobody has an account"),
        (["--accounts", missing], "there are no such accounts"),
        (["--accounts", ledger], "in a file of their own"),
        (["--token-file", tokens], "chmod 600"),
        (["--metrics-token-file", tokens], "chmod 600"),
    ):
        result = run(ledger, *options)
        assert result.exit_code == 1
        assert why in result.stderr
        assert result.stderr.count("\n") == 1
    assert served == []
