"""`onrecord add URL` and `onrecord watch` as they are run: processes of their own, against a server on this machine."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.intake.webserver import Answer, FakeClock, Request, Server, article, rss, served
from typer.testing import CliRunner

from onrecord.reading import Reading
from onrecord.views.cli import app

run = CliRunner().invoke


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.reader.read", lambda document, model: Reading(document, "hand 1"))
    monkeypatch.setattr("onrecord.reader.load_encoder", lambda *_: SimpleNamespace(name="hand 1"))
    monkeypatch.setattr("onrecord.intake.fetching.clock.SystemClock.sleep", lambda self, seconds: None)
    monkeypatch.delenv("ONRECORD_CONTACT", raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with served(FakeClock()) as found:
        for path in "abc":
            found.pages[f"/{path}"] = Answer(article(f"Article {path}", f"It is {path}, the mayor said. " * 20))
        found.pages["/feed"] = rss(found, ("/a", "A"), ("/b", "B"))
        yield found


class TestAdd:
    def test_fetches_addresses(self, server: Server, tmp_path: Path) -> None:
        path = str(tmp_path / "l.db")
        first = run(app, ["add", path, server.url("/a"), "--allow-private"])
        assert first.exit_code == 0
        assert f"{server.url('/a')}" in first.stdout
        assert first.stdout.endswith("1 added\n")
        again = run(app, ["add", path, server.url("/feed"), server.url("/no"), "--allow-private"])
        assert again.exit_code == 1
        assert again.stdout.endswith("1 added, 1 replaced, 1 refused\n")
        assert again.stderr == f"onrecord: refused {server.url('/no')}: no such page (404)\n"

    def test_but_none_of_this_machine_unless_told(self, server: Server, tmp_path: Path) -> None:
        result = run(app, ["add", str(tmp_path / "l.db"), server.url("/a")])
        assert result.exit_code == 1
        assert "127.0.0.1 is this machine itself" in result.stderr
        assert server.requests == []

    @pytest.mark.parametrize("way", ["option", "environment"])
    def test_says_whom_to_ask(self, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
        options = ["--contact", "desk@example.org"] if way == "option" else []
        if way == "environment":
            monkeypatch.setenv("ONRECORD_CONTACT", "desk@example.org")
        run(app, ["add", str(tmp_path / "l.db"), server.url("/a"), "--allow-private", *options])
        assert server.asked("/a")[0].headers["user-agent"].endswith("(+desk@example.org)")

    def test_a_contact_that_cannot_be_sent_is_refused(self, tmp_path: Path) -> None:
        result = run(app, ["add", str(tmp_path / "l.db"), "https://example.org/", "--contact", "x\ny"])
        assert result.exit_code == 1
        assert result.stderr.startswith("onrecord: contact: ")
        assert not (tmp_path / "l.db").exists()

    def test_read_prints_a_page_without_a_ledger(self, server: Server) -> None:
        result = run(app, ["read", server.url("/a"), "--allow-private", "--json"])
        assert result.exit_code == 0
        assert '"title":"Article a"' in result.stdout.replace('": ', '":')


class TestWatch:
    def test_once(self, server: Server, tmp_path: Path) -> None:
        path = str(tmp_path / "l.db")
        feeds = tmp_path / "feeds.opml"
        feeds.write_text(f'<opml><body><outline text="Post" xmlUrl="{server.url("/feed")}"/></body></opml>')
        result = run(app, ["watch", str(feeds), path, "--once", "--allow-private"])
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert [line.split()[0] for line in lines] == ["added", "added", "1"]
        assert lines[0].endswith("The Fjord Post: A  (0 statements, 0 figures, 0 moments)")
        assert lines[-1] == "1 feed asked: 2 added"
        again = run(app, ["watch", str(feeds), path, "--once", "--allow-private"])
        assert again.exit_code == 0
        assert again.stdout.startswith("no feed is due before ")
        assert server.paths() == ["/feed", "/a", "/b"]

    def test_says_what_failed_and_when_it_is_tried_again(self, server: Server, tmp_path: Path) -> None:
        feeds = tmp_path / "feeds.txt"
        feeds.write_text(f"{server.url('/feed')}\n{server.url('/no')}\nnonsense\n")
        server.pages["/b"] = Answer(b"", 503)
        result = run(app, ["watch", str(feeds), str(tmp_path / "l.db"), "--once", "--allow-private"])
        assert result.exit_code == 1
        assert result.stdout.splitlines()[-1] == "2 feeds asked, 1 failed: 1 added, 1 put off"
        complaints = result.stderr.splitlines()
        assert complaints[0].endswith("feeds.txt:3: 'nonsense' is not an address that starts with http:// or https://")
        assert f"{server.url('/no')}: no such page (404); asked again at " in result.stderr
        assert f"put off The Fjord Post: B: {server.url('/b')}: the server is not available" in result.stderr

    def test_says_which_feed_is_held_back(
        self, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server.pages |= {"/a": Answer(b"", 503), "/b": Answer(b"", 503)}
        given = ["watch", server.url("/feed"), str(tmp_path / "l.db"), "--once", "--allow-private"]
        assert run(app, given).exit_code == 1
        monkeypatch.setattr("onrecord.ledger.watched.agenda.MOST_WAITING", 2)
        again = run(app, given)
        assert again.exit_code == 0
        assert again.stderr == (
            f"onrecord: {server.url('/feed')}: 2 of its articles wait: not asked for more until they are fewer\n"
        )

    @pytest.mark.parametrize(
        ("content", "words"),
        [(None, "no such file"), ("", "it lists no feeds"), ("<opml><body>", "OPML that cannot be read")],
    )
    def test_a_list_that_cannot_be_read_ends_it(self, tmp_path: Path, content: str | None, words: str) -> None:
        feeds = tmp_path / "feeds.opml"
        if content is not None:
            feeds.write_text(content)
        result = run(app, ["watch", str(feeds), str(tmp_path / "l.db"), "--once"])
        assert result.exit_code == 1
        assert words in result.stderr
        assert "Traceback" not in result.stderr

    def test_a_pause_shorter_than_a_minute_is_wrong_usage(self, tmp_path: Path) -> None:
        assert run(app, ["watch", "x", str(tmp_path / "l.db"), "--every", "0.1"]).exit_code == 2


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(row[0] for row in connection.execute("SELECT title FROM documents"))


class TestSignals:
    """A real process, the real reader, and a server that does not answer: whoever is to end must not wait for it."""

    def ended(self, server: Server, path: Path, number: signal.Signals) -> tuple[int, str, str]:
        """The exit status and output of a watch that is sent a signal while the second article is being fetched."""
        asked, answer = threading.Event(), threading.Event()

        def slow(request: Request) -> Answer:
            asked.set()
            answer.wait(30)
            return Answer(article("Article b"))

        server.pages["/b"] = slow
        command = [
            sys.executable,
            "-m",
            "onrecord.views.cli",
            "watch",
            server.url("/feed"),
            str(path),
            "--allow-private",
        ]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "error"}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            assert asked.wait(60)
            begun = time.monotonic()
            process.send_signal(number)
            out, err = process.communicate(timeout=30)
            assert time.monotonic() - begun < 10
        finally:
            answer.set()
            process.kill()
        server.pages["/b"] = Answer(article("Article b"))
        return process.returncode, out, err

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_end_it_in_the_middle_and_it_goes_on_where_it_was(
        self, server: Server, tmp_path: Path, number: signal.Signals
    ) -> None:
        path = tmp_path / "l.db"
        status, out, err = self.ended(server, path, number)
        assert status == 0, err
        assert "ending" in err
        assert "Traceback" not in err
        assert [line.split()[0] for line in out.splitlines()] == ["added", "1"]
        assert titles(path) == ["Article a"]
        again = run(app, ["watch", server.url("/feed"), str(path), "--once", "--allow-private"])
        assert again.exit_code == 0, again.stderr
        assert titles(path) == ["Article a", "Article b"]
        assert len(server.asked("/a")) == 1

    def test_killed_it_loses_nothing(self, server: Server, tmp_path: Path) -> None:
        path = tmp_path / "l.db"
        status, _, _ = self.ended(server, path, signal.SIGKILL)
        assert status == -signal.SIGKILL
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert titles(path) == ["Article a"]
        # What was in hand may be what killed it, and waits for some minutes; whoever adds the feed does not.
        assert run(app, ["watch", server.url("/feed"), str(path), "--once", "--allow-private"]).exit_code == 0
        assert titles(path) == ["Article a"]
        assert run(app, ["add", str(path), server.url("/feed"), "--allow-private"]).exit_code == 0
        assert titles(path) == ["Article a", "Article b"]
        assert len(server.asked("/a")) == 1


_READING = """
import sys, time
import onrecord.reader
from onrecord.reading import Reading
from types import SimpleNamespace

def read(document, model):
    print("reading", document.title, flush=True)
    time.sleep(float(sys.argv[1]))
    return Reading(document, "hand 1")

onrecord.reader.read = read
onrecord.reader.load_encoder = lambda *_: SimpleNamespace(name="hand 1")
from onrecord.views.cli import app
app(sys.argv[2:])
"""


class TestWhileReading:
    """A process whose reader takes seconds an article, and is sent a signal in the midst of the first."""

    def begun(self, server: Server, path: Path, seconds: float) -> subprocess.Popen[str]:
        given = ["watch", server.url("/feed"), str(path), "--allow-private"]
        command = [sys.executable, "-c", _READING, str(seconds), *given]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "reading Article a\n"
        return process

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_the_article_in_hand_is_finished(self, server: Server, tmp_path: Path, number: signal.Signals) -> None:
        path = tmp_path / "l.db"
        process = self.begun(server, path, 3)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "onrecord: ending; once more to end at once\n")
        assert [line.split()[0] for line in out.splitlines()] == ["added", "1"]
        assert titles(path) == ["Article a"]
        assert len(server.asked("/b")) == 0
        again = run(app, ["watch", server.url("/feed"), str(path), "--once", "--allow-private"])
        assert again.exit_code == 0, again.stderr
        assert titles(path) == ["Article a", "Article b"]
        assert len(server.asked("/a")) == 1

    def test_a_second_signal_ends_it_at_once(self, server: Server, tmp_path: Path) -> None:
        path = tmp_path / "l.db"
        process = self.begun(server, path, 50)
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        assert "once more to end at once" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        assert (process.returncode, "Traceback" in err) == (130, False)
        assert titles(path) == []
        again = run(app, ["watch", server.url("/feed"), str(path), "--once", "--allow-private"])
        assert again.exit_code == 0, again.stderr
        assert titles(path) == ["Article a", "Article b"]


def test_a_certificate_of_its_own_making_is_not_trusted(tmp_path: Path) -> None:
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"),
            *("-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")),
        ],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("openssl cannot make a certificate here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, pytest.raises((ssl.SSLError, ConnectionError)):
                context.wrap_socket(connection, server_side=True)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        address = f"https://localhost:{listening.getsockname()[1]}/a"
        result = run(app, ["add", str(tmp_path / "l.db"), address, "--allow-private"])
        thread.join(10)
    assert result.exit_code == 1
    assert "its certificate is not to be trusted: self-signed certificate" in result.stderr


def test_commands_on_files_load_no_client(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam holds, the mayor said.")
    code = (
        "import sys\nfrom onrecord.views.cli import app\n"
        "for given in (['--help'], ['add', 'l.db', 'a.txt'], ['documents', 'l.db'], ['read', 'a.txt']):\n"
        "    try:\n        app(given)\n    except SystemExit as end:\n        assert not end.code, end.code\n"
        "    assert not {'httpx', 'httpcore', 'feedparser', 'protego'} & set(sys.modules), given\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
