"""The file of accounts: who is in it, what is kept of their secrets, when sessions end."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from onrecord.errors import AccountsError, MissingExtra
from onrecord.ledger import Ledger
from onrecord.views.accounts import Accounts, secret
from onrecord.views.accounts.sessions import IDLE, LASTS

PASSWORD = "correct horse battery"


class Clock:
    def __init__(self) -> None:
        self.now = 1_750_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "accounts.db"


@pytest.fixture
def accounts(path: Path, clock: Clock) -> Iterator[Accounts]:
    with Accounts.open(path, create=True) as accounts:
        accounts._store.clock = clock
        yield accounts


def test_the_file_is_for_its_owner_alone(accounts: Accounts, path: Path) -> None:
    accounts.people.add("Vera", "admin", PASSWORD)
    files = [path, *path.parent.glob("accounts.db-*")]
    assert len(files) > 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_file_that_others_may_open_is_refused(accounts: Accounts, path: Path) -> None:
    path.chmod(0o640)
    with pytest.raises(AccountsError, match=r"mode 0640.*chmod 600"):
        Accounts.open(path)


def test_what_is_no_file_of_accounts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AccountsError, match="there are no such accounts"):
        Accounts.open(tmp_path / "none.db")
    with pytest.raises(AccountsError, match="not a file of accounts"):
        Accounts.open(tmp_path)
    ledger, text, newer = tmp_path / "news.db", tmp_path / "notes.txt", tmp_path / "newer.db"
    Ledger.open(ledger).close()
    text.write_text("Vera admin")
    Accounts.open(newer, create=True).close()
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    for file, why in ((ledger, "not a file of accounts"), (text, "not a file of accounts"), (newer, "newer Onrecord")):
        file.chmod(0o600)
        with pytest.raises(AccountsError, match=why):
            Accounts.open(file, create=True)


def test_no_secret_stands_in_the_file(accounts: Accounts, path: Path) -> None:
    accounts.people.add("Vera", "admin", PASSWORD)
    token = accounts.tokens.issue("nightly", "reader")
    session = accounts.sessions.open("Vera")
    by_token = accounts.sessions.open_by_token(token)
    assert by_token is not None
    csrf = accounts.sessions.asker(session)
    accounts.close()
    kept = path.read_bytes()
    assert b"Vera" in kept
    assert csrf is not None
    for word in (PASSWORD, token, session, by_token, csrf.csrf):
        assert word.encode() not in kept
    assert b"$argon2id$v=19$m=65536,t=3,p=4$" in kept


def test_a_password_opens_its_account_and_no_other(accounts: Accounts) -> None:
    accounts.people.add("Vera Novák", "admin", PASSWORD)
    assert accounts.people.check("Vera Novák", PASSWORD) == "Vera Novák"
    assert accounts.people.check("  VERA NOVA\u0301K ", PASSWORD) == "Vera Novák"
    assert accounts.people.check("Vera Novák", PASSWORD + " ") is None
    assert accounts.people.check("Vera Novák", "") is None
    assert accounts.people.check("Ana", PASSWORD) is None
    # The same password typed as other code points.
    accounts.people.change_password("Vera Novák", "Ångström Ångström")
    assert accounts.people.check("Vera Novák", "A\u030angstro\u0308m Ångström") == "Vera Novák"


def test_a_name_that_there_is_not_takes_as_long(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.people.add("Vera", "admin", PASSWORD)
    tried: list[str] = []
    fits = secret.fits
    monkeypatch.setattr(secret, "fits", lambda kept, password: tried.append(kept[:30]) or fits(kept, password))
    assert accounts.people.check("Vera", "another password") is None
    assert accounts.people.check("Ana", "another password") is None
    assert tried == ["$argon2id$v=19$m=65536,t=3,p=4"] * 2


def test_a_password_of_older_costs_is_hashed_anew(accounts: Accounts, path: Path) -> None:
    from argon2 import PasswordHasher

    accounts.people.add("Vera", "admin", PASSWORD)
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE accounts SET password = ?", [weak])
    connection.close()
    assert accounts.people.check("Vera", PASSWORD) == "Vera"
    with sqlite3.connect(path) as connection:
        kept = connection.execute("SELECT password FROM accounts").fetchone()[0]
    connection.close()
    assert "m=65536" in kept
    assert accounts.people.check("Vera", PASSWORD) == "Vera"


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("", PASSWORD, "needs a name"),
        (" \t", PASSWORD, "needs a name"),
        ("x" * 65, PASSWORD, "at most 64"),
        ("Ve\nra", PASSWORD, "can be printed"),
        ("Ve\u202era", PASSWORD, "can be printed"),
        ("\ud800", PASSWORD, "can be printed"),
        ("VERA", PASSWORD, "account called 'VERA' already"),
        ("Nightly", PASSWORD, "token called 'Nightly' already"),
        ("Ana", "eleven char", "at least 12"),
        ("Ana", "x" * 1025, "at most 1024"),
        ("Ana Anastasia", "ana anastasia", "not the name"),
    ],
)
def test_what_cannot_be_an_account_is_refused(accounts: Accounts, name: str, password: str, why: str) -> None:
    accounts.people.add("Vera", "reader", PASSWORD)
    accounts.tokens.issue("nightly", "reader")
    with pytest.raises(AccountsError, match=why):
        accounts.people.add(name, "reader", password)
    assert [one.name for one in accounts.people.all()] == ["Vera"]


def test_a_role_that_there_is_not_is_refused(accounts: Accounts) -> None:
    with pytest.raises(AccountsError, match="no role: reader, corrector, admin"):
        accounts.people.add("Vera", "owner", PASSWORD)  # type: ignore[arg-type]


def test_somebody_stays_admin(accounts: Accounts) -> None:
    accounts.people.add("Vera", "admin", PASSWORD)
    accounts.people.add("Ana", "reader", PASSWORD)
    with pytest.raises(AccountsError, match="only admin"):
        accounts.people.remove("vera")
    with pytest.raises(AccountsError, match="only admin"):
        accounts.people.change_role("Vera", "corrector")
    accounts.people.change_role("Ana", "admin")
    accounts.people.remove("Vera")
    assert [(one.name, one.role) for one in accounts.people.all()] == [("Ana", "admin")]
    for change in (accounts.people.remove, lambda name: accounts.people.change_role(name, "reader")):
        with pytest.raises(AccountsError, match="no account 'Vera'"):
            change("Vera")


def test_a_role_counts_from_the_next_request_on(accounts: Accounts) -> None:
    accounts.people.add("Vera", "reader", PASSWORD)
    session = accounts.sessions.open("Vera")
    asker = accounts.sessions.asker(session)
    assert asker is not None
    assert asker.may("reader")
    assert not asker.may("corrector")
    accounts.people.change_role("Vera", "admin")
    asker = accounts.sessions.asker(session)
    assert asker is not None
    assert asker.may("corrector")
    assert asker.may("admin")


def test_a_session_ends_when_nobody_uses_it(accounts: Accounts, clock: Clock) -> None:
    accounts.people.add("Vera", "reader", PASSWORD)
    session = accounts.sessions.open("Vera")
    for _ in range(3):
        clock.now += IDLE - 1
        assert accounts.sessions.asker(session) is not None
    clock.now += IDLE + 1
    assert accounts.sessions.asker(session) is None


def test_a_session_ends_however_much_it_is_used(accounts: Accounts, clock: Clock) -> None:
    accounts.people.add("Vera", "reader", PASSWORD)
    session = accounts.sessions.open("Vera")
    until = clock.now + LASTS
    while clock.now <= until:
        assert accounts.sessions.asker(session) is not None
        clock.now += IDLE / 2
    assert accounts.sessions.asker(session) is None
    # And is forgotten when somebody else logs in.
    accounts.sessions.open("Vera")
    assert [one.sessions for one in accounts.people.all()] == [1]


def test_a_session_ends_when_the_clock_is_set_back(accounts: Accounts, clock: Clock) -> None:
    """Otherwise it would last as much longer."""
    accounts.people.add("Vera", "reader", PASSWORD)
    session = accounts.sessions.open("Vera")
    clock.now -= 30  # as clocks are set right all the time
    assert accounts.sessions.asker(session) is not None
    clock.now -= 60
    assert accounts.sessions.asker(session) is None


def test_what_ends_a_session(accounts: Accounts) -> None:
    accounts.people.add("Vera", "reader", PASSWORD)
    accounts.people.add("Ana", "admin", PASSWORD)
    sessions = [accounts.sessions.open("Vera") for _ in range(3)]
    others = accounts.sessions.open("Ana")
    alive = lambda: [accounts.sessions.asker(one) is not None for one in sessions]  # noqa: E731
    accounts.sessions.end(sessions[0])
    assert alive() == [False, True, True]
    assert accounts.sessions.end_others(sessions[1]) == 1
    assert alive() == [False, True, False]
    accounts.people.change_password("Vera", "a longer password")
    assert alive() == [False, False, False]
    sessions = [accounts.sessions.open("Vera")]
    accounts.people.remove("Vera")
    assert alive() == [False]
    assert accounts.sessions.asker(others) is not None
    assert accounts.sessions.asker("nonsense") is None
    assert accounts.sessions.end_others("nonsense") == 0


def test_a_token_is_used_and_revoked(accounts: Accounts, clock: Clock) -> None:
    token = accounts.tokens.issue("nightly", "corrector")
    assert token.startswith("onr_")
    assert accounts.tokens.all()[0].used_at is None
    asker = accounts.tokens.asker(token)
    assert asker is not None
    assert (asker.name, asker.role, asker.csrf) == ("nightly", "corrector", "")
    used = accounts.tokens.all()[0].used_at
    assert used is not None
    clock.now += 30
    accounts.tokens.asker(token)
    assert accounts.tokens.all()[0].used_at == used
    session = accounts.sessions.open_by_token(token)
    assert session is not None
    assert accounts.sessions.asker(session) is not None
    assert accounts.tokens.revoke(accounts.tokens.all()[0].id) == "nightly"
    assert accounts.tokens.asker(token) is None
    assert accounts.sessions.asker(session) is None
    assert accounts.sessions.open_by_token(token) is None
    with pytest.raises(AccountsError, match="no token 'nightly'"):
        accounts.tokens.revoke("nightly")


def test_the_log_only_grows(accounts: Accounts, path: Path) -> None:
    for number in range(3):
        accounts.audit.write("Vera", "corrected", f"k{number}", address="192.0.2.1")
    accounts.audit.write(None, "failed to log in", "Ana")
    lines = accounts.audit.lines()
    assert [line.about for line in lines] == ["Ana", "k2", "k1", "k0"]
    assert [line.about for line in accounts.audit.lines(limit=2, before=lines[1].number)] == ["k1", "k0"]
    assert [line.about for line in accounts.audit.lines(did=["failed to log in"])] == ["Ana"]
    assert len(accounts.audit.lines(who="Vera")) == 3
    connection = sqlite3.connect(path)
    for statement in ("UPDATE audit SET who = 'Ben'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError, match="what was done stays written"):
            connection.execute(statement)
    connection.close()


def test_many_threads_use_one_file(accounts: Accounts) -> None:
    accounts.people.add("Vera", "reader", PASSWORD)
    failed: list[BaseException] = []

    def use(number: int) -> None:
        try:
            session = accounts.sessions.open("Vera")
            accounts.audit.write("Vera", "logged in", str(number))
            assert accounts.sessions.asker(session) is not None
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [Thread(target=use, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(int(line.about or "") for line in accounts.audit.lines()) == list(range(12))


def test_without_argon2_it_says_what_to_install(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "argon2", None)
    secret._hasher.cache_clear()
    try:
        with pytest.raises(MissingExtra, match=r"argon2-cffi.*onrecord\[serve\]"):
            accounts.people.add("Vera", "admin", PASSWORD)
    finally:
        secret._hasher.cache_clear()


TOKEN = "0123456789abcdef" * 2


def token_file(tmp_path: Path, text: str, mode: int = 0o600) -> Path:
    path = tmp_path / "tokens"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_file_of_tokens(tmp_path: Path) -> None:
    path = token_file(tmp_path, f"# of the desk\n\nnightly corrector {TOKEN}a\n{TOKEN}b\n")
    with Accounts.of_tokens(path) as accounts:
        assert not accounts.by_password
        found = [accounts.tokens.asker(f"{TOKEN}{letter}") for letter in "abc"]
    assert [(one.name, one.role) if one else None for one in found] == [
        ("nightly", "corrector"),
        ("token", "reader"),
        None,
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no token in it"),
        ("# nothing\n", "no token in it"),
        ("short", ":1: a token has at least 32"),
        (f"a owner {TOKEN}", ":1: 'owner' is no role"),
        (f"a {TOKEN}", ":1: a line is NAME ROLE TOKEN"),
        (f"{TOKEN}\n{TOKEN}x", "token called 'token' already"),
        (f"a reader {TOKEN}\nb reader {TOKEN}", "the token of 'b' is that of another"),
    ],
)
def test_a_file_of_tokens_that_is_none_is_refused_without_telling_them(tmp_path: Path, text: str, why: str) -> None:
    path = token_file(tmp_path, text)
    with pytest.raises(AccountsError, match=why) as refused:
        Accounts.of_tokens(path)
    assert str(refused.value).startswith(str(path))
    assert TOKEN not in str(refused.value)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_file_of_tokens_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AccountsError, match="chmod 600"):
        Accounts.of_tokens(token_file(tmp_path, TOKEN, 0o644))
    with pytest.raises(AccountsError, match="No such file"):
        Accounts.of_tokens(tmp_path / "none")
