"""E-mail: messages and mailboxes; the body is the article, its header fields say who wrote it and when."""

from __future__ import annotations

import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest

from onrecord.errors import EmptyInput, InputError, Malformed, TooLarge
from onrecord.intake import documents
from onrecord.intake.article import About
from onrecord.intake.limits import MESSAGE_LIMIT
from onrecord.intake.sources import find
from onrecord.records import Document

from .making import ARTICLE, page


def mail(text: str | None = ARTICLE, html: bytes | None = None, **fields: str) -> EmailMessage:
    message = EmailMessage()
    for key, value in {
        "From": "Ida Bjørk <ida@news.example>",
        "To": "all@example.org",
        "Subject": "Dam bursts – 107 dead",
        "Date": "Mon, 28 Oct 2024 09:15:00 +0100",
    }.items():
        message[key] = fields.pop(key, value)
    for key, value in fields.items():
        message[key.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html.decode(), subtype="html")
    return message


def read(path: Path, data: bytes) -> list[Document | InputError]:
    path.write_bytes(data)
    return list(documents([path]))


def article(path: Path, data: bytes) -> Document:
    (found,) = read(path, data)
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_a_message_is_an_article(name: str, tmp_path: Path) -> None:
    found = article(tmp_path / name, mail().as_bytes())
    assert found.text == ARTICLE + "\n"
    assert (found.title, found.author, found.publisher) == ("Dam bursts – 107 dead", "Ida Bjørk", "news.example")
    assert found.published == "2024-10-28T09:15:00+01:00"


def test_a_newsletter_is_called_as_its_list_and_known_where_it_is_archived(tmp_path: Path) -> None:
    message = mail(List_Id='"The Norland Brief" <brief.news.example>', Archived_At="<https://news.example/brief/7>")
    found = article(tmp_path / "a.eml", message.as_bytes())
    assert (found.publisher, found.url) == ("The Norland Brief", "https://news.example/brief/7")


def test_the_page_goes_before_the_text_where_it_holds_one(tmp_path: Path) -> None:
    found = article(tmp_path / "a.eml", mail("View this in a browser.", page()).as_bytes())
    assert "It was paragraph 2" in found.text
    assert found.title == "Dam bursts – 107 dead"
    empty = article(tmp_path / "a.eml", mail(ARTICLE, b"<html><body><img src=x></body></html>").as_bytes())
    assert empty.text == ARTICLE + "\n"


def test_attachments_and_forwarded_messages_are_not_read(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment("Another text altogether.", filename="notes.txt")
    message.add_attachment(mail("Said in another message."))
    found = article(tmp_path / "a.eml", message.as_bytes())
    assert found.text == ARTICLE + "\n"


def test_charsets_and_encodings(tmp_path: Path) -> None:
    head = b"From: a@b.example\nSubject: =?iso-8859-1?Q?K=F6ln?= =?bad?B?x?=\nContent-Type: text/plain; charset=%b\n"
    body = "Grüße aus Köln, sagte die Bürgermeisterin."
    for charset, data in (
        (b"iso-8859-1", head % b"iso-8859-1" + b"\n" + body.encode("latin-1")),
        (b"utf-8", head % b"utf-8" + b"Content-Transfer-Encoding: 8bit\n\n" + body.encode()),
        (b"nonsense", head % b"nonsense" + b"Content-Transfer-Encoding: 8bit\n\n" + body.encode()),
    ):
        assert article(tmp_path / "a.eml", data).text == body, charset


class TestMailbox:
    def box(self, *messages: EmailMessage) -> bytes:
        return b"".join(
            b"From ida@news.example Mon Oct 28 09:15:00 2024\n"
            + m.as_bytes().replace(b"\nFrom here", b"\n>From here")
            + b"\n\n"
            for m in messages
        )

    @pytest.mark.parametrize("name", ["a.mbox", "inbox"])
    def test_its_messages_are_articles(self, name: str, tmp_path: Path) -> None:
        first = f"{ARTICLE}\nFrom here on it went down."
        found = read(tmp_path / name, self.box(mail(first), mail("Second. " + ARTICLE), mail(None, page())))
        assert [d.text.strip()[:7] for d in found if isinstance(d, Document)] == ["The min", "Second.", "Dam bur"]
        assert isinstance(found[0], Document)
        assert found[0].text.rstrip("\n") == first

    def test_a_message_has_the_same_id_there_as_alone(self, tmp_path: Path) -> None:
        alone = article(tmp_path / "a.eml", mail().as_bytes() + b"\n\n")
        assert read(tmp_path / "a.mbox", self.box(mail())) == [alone]

    def test_a_broken_one_is_named_by_its_number(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mbox"
        found = read(path, self.box(mail(), mail(" "), mail("Third. " + ARTICLE)))
        assert isinstance(found[1], EmptyInput)
        assert str(found[1]).startswith(f"{path}:2: ")
        assert isinstance(found[2], Document)

    def test_one_over_the_limit_is_refused_and_the_next_one_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.mbox"
        line = b"x" * 999 + b"\n"
        huge = b"From a@b.example Mon Oct 28 09:15:00 2024\nSubject: x\n\n" + line * (MESSAGE_LIMIT // 1000 + 1) + b"\n"
        path.write_bytes(huge + self.box(mail()))
        tracemalloc.start()
        refused, good = find(path, About())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert isinstance(refused, TooLarge)
        assert not isinstance(good, InputError)
        assert peak < 2 * MESSAGE_LIMIT

    def test_what_is_no_mailbox_is_refused(self, tmp_path: Path) -> None:
        (refused,) = read(tmp_path / "a.mbox", b"Dear all,\nFrom here on it went down.\n")
        assert isinstance(refused, Malformed)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"\n \n", EmptyInput, "an empty message"),
        (b"Words and no header field at all", Malformed, "not an e-mail"),
        (b"Subject: x\n\n", EmptyInput, "without a text"),
        (b"Subject: x\nContent-Type: image/png\n\nabc", EmptyInput, "without a text"),
        (b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n", EmptyInput, "without a text"),
    ],
)
def test_what_holds_no_text_is_refused(data: bytes, kind: type[InputError], reason: str, tmp_path: Path) -> None:
    (refused,) = read(tmp_path / "a.eml", data)
    assert isinstance(refused, kind)
    assert reason in str(refused)


def test_a_text_that_begins_with_a_label_is_no_message(tmp_path: Path) -> None:
    found = article(tmp_path / "a.txt", f"From: our correspondent\nSubject: the dam\n\n{ARTICLE}\n".encode())
    assert found.text.startswith("From: our correspondent")
