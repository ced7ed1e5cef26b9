"""STIX 2.1: the bundle as the package `stix2` has it, refusing what is not of the standard."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest
import stix2
from tests.views.export.conftest import whole

from onrecord.ledger import Ledger


@pytest.fixture(scope="module")
def bundle(path: Path, tmp_path_factory: pytest.TempPathFactory) -> stix2.Bundle:
    with Ledger.open(path, create=False, read_only=True) as book:
        target = whole(book, "stix", tmp_path_factory.mktemp("stix") / "bundle.json")
    return stix2.parse(target.read_text(encoding="utf-8"), allow_custom=False)


def test_it_is_the_same_when_stix2_writes_it_again(bundle: stix2.Bundle, tmp_path: Path, book: Ledger) -> None:
    ours = json.loads(whole(book, "stix", tmp_path / "bundle.json").read_text(encoding="utf-8"))
    theirs = json.loads(bundle.serialize())
    for each in (*ours["objects"], *theirs["objects"]):
        if "published" in each:
            each["published"] = each["published"].replace(".000Z", "Z")
    assert sorted(theirs["objects"], key=lambda o: o["id"]) == sorted(ours["objects"], key=lambda o: o["id"])


def test_references_lead_to_what_is_in_the_bundle(bundle: stix2.Bundle) -> None:
    there = {thing.id for thing in bundle.objects}
    assert len(there) == len(bundle.objects)
    for thing in bundle.objects:
        assert UUID(thing.id.partition("--")[2]).version == 5
        assert {*thing.get("object_refs", []), thing.get("created_by_ref", thing.id)} <= there
    assert set(Counter(thing.type for thing in bundle.objects)) == {"identity", "note", "opinion", "report"}


def test_each_claim_is_a_note_on_which_each_voice_has_its_opinion(bundle: stix2.Bundle, book: Ledger) -> None:
    notes = {note.external_references[0].external_id: note for note in bundle.objects if note.type == "note"}
    opinions = [thing for thing in bundle.objects if thing.type == "opinion"]
    words = {"agree": "holders", "disagree": "deniers", "neutral": "neither"}
    assert set(notes) == {claim.id for claim in book.claims() if claim.holders or claim.deniers or claim.neither}
    for claim in book.claims():
        if claim.id not in notes:
            continue
        note = notes[claim.id]
        assert note.content == claim.says
        assert note.labels == [f"onrecord:standing:{claim.standing.replace(' ', '-')}"]
        about = [opinion for opinion in opinions if opinion.object_refs == [note.id]]
        for opinion, role in words.items():
            found = {one.explanation for one in about if one.opinion == opinion}
            members = {member.words for member in getattr(claim, role)}
            assert found <= members
            assert bool(found) == bool(members)
    assert {opinion.opinion for opinion in opinions} >= {"agree", "disagree"}


def test_opinions_name_the_characters_and_reports_the_articles(bundle: stix2.Bundle, book: Ledger) -> None:
    for opinion in (thing for thing in bundle.objects if thing.type == "opinion"):
        document, _, span = opinion.external_references[0].external_id.partition("@")
        start, _, end = span.partition("-")
        assert opinion.explanation.startswith(book.document(document).document.text[int(start) : int(end)])
    reported = {
        reference.external_id
        for report in bundle.objects
        if report.type == "report"
        for reference in report.external_references
    }
    assert reported == {row.id for row in book.documents()}


def test_no_time_is_that_of_the_export(bundle: stix2.Bundle, book: Ledger) -> None:
    days = {row.published[:10] for row in book.documents() if row.published}
    last = max(days | {row.said_on[:10] for row in book.statements() if row.said_on and row.said_on[:2] == "20"})
    assert all(thing.modified.date().isoformat() <= last for thing in bundle.objects)
