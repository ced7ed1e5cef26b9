"""Blocks hold every character that is not white space, in order; furniture is marked by its form."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.blocks import segment

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2].parent / "shared"))
PIECES = [
    "The minister spoke.", "Share", "Read also: More about it", "Heading here", "\r\n", "\n\n", "\n", "\r", " ",
    "\u2028", "\x85", "e\u0301", "👩‍🚒", "שלום עולם", "مرحبا", "• item", "- item", '"Quoted."', ". Share", "Advertisement",
    "___", "(Photo: AP)", "\u3000",
]  # fmt: skip


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(text)) for block in segment(text)]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_spans_are_in_order_disjoint_and_lose_nothing(text: str) -> None:
    end = 0
    for block in segment(text):
        assert text[end : block.span.start].strip() == ""
        assert end <= block.span.start < block.span.end <= len(text)
        words = block.span.of(text)
        assert words == words.strip()
        end = block.span.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize(
    "unit", [" ", " \t", "\n", " \n", "a ", "A. ", "“A” ", "- ", "Share ", "(", "/", "…", "e\u0301"]
)
def test_monotonous_text_takes_no_longer_than_other_text(unit: str) -> None:
    started = time.process_time()
    segment(unit * 100_000)
    assert time.process_time() - started < 5  # linear: well under 1 s; quadratic: more than a minute


BODY = "The minister said on Monday that at least 107 people had been killed when the dam at Elv burst in the night."

FURNITURE = """
Share
SHARE
Tweet
Share Tweet Email
Facebook Twitter WhatsApp
Share this: Facebook
Print
Comments
Share on Facebook
Advertisement
Read also: Dam inquiry opens in the capital
READ MORE: Three bridges closed
Related: Who built the dam?
►Related: Who built the dam?
See also
You may also like
More crime news:
Sign up for our newsletter to get the news first.
Subscribe to our Telegram channel
Follow us on Facebook and Twitter.
Like us on Facebook:
Get the latest news delivered to your inbox.
Download our free app for iPhone and Android.
This site uses cookies to improve your experience.
© 2024 Norland Post. All rights reserved.
Copyright 2016 KLTV.
Please enable Javascript to watch this video
Click here to read the original story.
By Ada Berg
aberg@norland.example
Follow her on Twitter at @adaberg.
The Associated Press contributed to this report.
Updated: Oct 24, 2016 - 1:58 PM
2:21 Raw video: the dam bursts
___
* * *
Read or Share this story: http://ex.am/1
Check back for updates.
Support independent journalism. Become a member today.
Enjoyed this article? Share it with a friend.
""".strip().splitlines()
SENTENCES = """
Share prices fell by 3 percent on Monday.
Follow-up talks are planned for Tuesday.
More than 40 people were hurt.
Read out in court, the letter said little.
By Monday, 3,000 troops had been sent.
The email was sent on Friday.
"Tell us what's going on," Myers said.
“Follow us on this road,” the president said.
Live.
Print is dead, she said.
Sign up or lose your land, they were told.
Advertisement revenue rose.
The picture is unclear, officials said.
Anyone with information is asked to call police.
The copyright dispute goes on.
Video showed the dam bursting.
He will subscribe to the treaty.
Watch officers saw smoke.
Photos of the dam were sent to the ministry.
He paid £20 (about $25/€23).
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_on_a_line_of_its_own(line: str) -> None:
    assert kinds(f"{BODY}\n\n{line}\n\n{BODY}") == [("paragraph", BODY), ("boilerplate", line), ("paragraph", BODY)]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_of_an_article_are_no_furniture(line: str) -> None:
    assert kinds(f"{BODY}\n\n{line}\n\n{BODY}")[1] == ("paragraph", line)


@pytest.mark.parametrize(
    ("paragraph", "tail"),
    [
        (BODY, "Share"), (BODY, "Share this article"), (BODY, "Read more"), (BODY, "Advertisement"),
        (BODY, "Tweet Share Print"), (BODY, "Sign up for our newsletter!"), (BODY, "Follow us on Telegram."),
        (BODY, "Subscribe to our newsletter"), (BODY, "Click here for more information."),
        ("“We will rebuild,” he said. “All of it.”", "Share"),
    ],
)  # fmt: skip
def test_furniture_glued_to_the_end_of_a_paragraph(paragraph: str, tail: str) -> None:
    assert kinds(f"{paragraph} {tail}\n\n{BODY}") == [
        ("paragraph", paragraph),
        ("boilerplate", tail),
        ("paragraph", BODY),
    ]


def test_the_end_of_a_quotation_is_no_plea() -> None:
    text = '"We have no power. Tell us what is going on," Myers said.'
    assert kinds(f"{text}\n\n{BODY}") == [("paragraph", text), ("paragraph", BODY)]


def test_entries_of_a_live_blog_are_no_player() -> None:
    assert ("boilerplate", "21:30 Toll rises to 23") not in kinds(f"{BODY}\n\n21:30 Toll rises to 23\n\n{BODY}")


def test_a_marker_within_and_before_a_paragraph_is_cut_out() -> None:
    text = f"Advertisement {BODY} Advertisement {BODY}"
    assert [kind for kind, _ in kinds(text)] == ["boilerplate", "paragraph", "boilerplate", "paragraph"]


def test_links_under_their_label_are_furniture_and_the_article_goes_on() -> None:
    text = f"{BODY}\n\nRelated stories:\n\nWho built the dam at Elv\n\nThree bridges closed after the flood\n\n{BODY}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", *["boilerplate"] * 3, "paragraph"]


def test_kinds_by_form() -> None:
    text = "\n\n".join(
        [
            "Dam bursts at Elv, 107 dead", "Monday, 28 October 2024", BODY, "What is known", "• Three bridges are closed.",
            "1. The road is open.\n2. The school is shut.", "The minister wrote:",
            '"We will rebuild every house this year."',
            "We will rebuild every house, and we will rebuild it this year. Tor Holm Minister of Water",
            "The dam on Monday. (Photo: Jo Lin)", "> We heard a bang and then the water came.",
            "Water still rising. More to follow. — Elv Police (@elvpolice) October 28, 2024", BODY,
        ]
    )  # fmt: skip
    assert [kind for kind, _ in kinds(text)] == [
        "heading", "paragraph", "paragraph", "heading", "list", "list", "list", "paragraph", "quote", "quote", "caption",
        "quote", "quote", "paragraph",
    ]  # fmt: skip


def test_hard_wrapped_lines_are_one_paragraph_and_single_lines_are_not() -> None:
    wrapped = (
        "The minister said on Monday that at least 107 people\nhad been killed when the dam at Elv burst in the\nnight."
    )
    assert kinds(f"{wrapped}\n\n{BODY}") == [("paragraph", wrapped), ("paragraph", BODY)]
    assert len(kinds(f"{BODY}\n{BODY}\n{BODY}")) == 3


def test_a_single_line_is_no_heading_of_nothing() -> None:
    assert kinds("Seoul warned that 3,000 troops had been sent") == [
        ("paragraph", "Seoul warned that 3,000 troops had been sent")
    ]


def gold() -> list[Path]:
    return sorted((SHARED / "cases").glob("*.gold.json"))


@pytest.mark.skipif(not gold(), reason=f"the case files are not at {SHARED} (set ONRECORD_SHARED)")
def test_boilerplate_of_the_cases_is_exactly_that_of_the_gold() -> None:
    for path in gold():
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_bytes().decode()
        found = [list(block.span) for block in segment(text) if block.kind == "boilerplate"]
        assert found == json.loads(path.read_text())["boilerplate"], path.name
