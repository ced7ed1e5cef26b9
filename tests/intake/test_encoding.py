"""Bytes are decoded by mark, declaration, UTF-8 and evidence; mojibake is undone and nothing else is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import NotText
from onrecord.intake.encoding import decode
from onrecord.intake.html import decode_page

CURLY = "“Hello,” he said — café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_western_text_in_each_encoding(encoding: str) -> None:
    assert decode(CURLY.encode(encoding), name="a") == CURLY


def test_other_scripts_without_a_declaration() -> None:
    russian = "Президент заявил в понедельник, что войска были отправлены в область на прошлой неделе. " * 3
    polish = "Rzecznik rządu powiedział w środę, że żołnierze zostali wysłani, a pomoc będzie większa. " * 3
    assert decode(russian.encode("cp1251"), name="a") == russian
    assert decode(polish.encode("cp1250"), name="a") == polish


def test_a_declared_charset_is_believed_unless_the_bytes_are_utf8() -> None:
    assert decode("Grüße".encode("latin-1"), name="a", declared="iso-8859-1") == "Grüße"
    assert decode(CURLY.encode("cp1252"), name="a", declared="ISO-8859-1") == CURLY  # as browsers read it
    assert decode(CURLY.encode(), name="a", declared="iso-8859-1") == CURLY
    assert decode("日本の首相".encode("shift_jis"), name="a", declared="Shift_JIS") == "日本の首相"
    assert decode("日本の首相".encode("iso2022_jp"), name="a", declared="iso-2022-jp") == "日本の首相"
    assert decode(b"plain", name="a", declared="x-no-such-charset") == "plain"
    assert decode(b"plain", name="a", declared="utf-16") == "plain"


def test_a_page_declares_its_charset_itself() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>Да'
    assert decode_page(page.encode("cp1251"), name="a") == page


def test_a_page_with_a_few_bad_bytes_shows_them_as_browsers_do() -> None:
    assert decode_page("<p>Grüße aus Köln ".encode() + b"\xff.", name="a") == "<p>Grüße aus Köln \ufffd."


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("He didnâ€™t say.", "He didn’t say."),
        ("CafÃ© in ZÃ¼rich", "Café in Zürich"),
        ("Wait\x85 what", "Wait… what"),
    ],
)
def test_mojibake_is_undone(broken: str, whole: str) -> None:
    clean = "“Curly” quotes, ﬁ ligature, Cafe\u0301, &amp; and\u2028this stay.\r\nSo \r does this.\n"
    assert decode((clean + broken + "\r\n").encode(), name="a") == clean + whole + "\r\n"


@pytest.mark.parametrize("size", [1, 2, 3])
def test_utf8_that_is_cut_off_is_refused_with_its_offset(size: int) -> None:
    data = "Text 👩".encode()
    with pytest.raises(NotText, match="at byte 5"):
        decode(data[: 5 + size], name="a")


def test_a_declaration_that_does_not_fit_is_refused() -> None:
    with pytest.raises(NotText, match="declared as shift_jis"):
        decode(b"\x81\xff\xfd\xfe" * 9, name="a", declared="shift_jis")


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_ascii_is_never_changed(text: str) -> None:
    assert decode(text.encode(), name="a") == text


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data, name="a")
    except NotText as refused:
        text = str(refused)
    assert text or not data
