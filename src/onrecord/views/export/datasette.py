"""Metadata for Datasette, so that `datasette ledger.db -m metadata.json` shows a ledger to people.

Tables that people look at have descriptions, an order, facets and a label; those that only the ledger's own work needs are
hidden. Queries ready to be asked join what the tables keep apart. Written for Datasette 0.64 and later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from onrecord.errors import OutputError
from onrecord.ledger.backends import is_database
from onrecord.ledger.readable import FULL_TEXT
from onrecord.ledger.tables import METADATA
from onrecord.views.export.chosen import Chosen
from onrecord.views.export.queries import QUERIES
from onrecord.views.export.writing import text

__all__ = ["TABLES", "Shown", "metadata", "write"]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a table or a view is shown. `newest` is the column whose latest values come first, `by` one whose least do."""

    about: str
    columns: Mapping[str, str] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    label: str | None = None
    newest: str | None = None
    by: str | None = None


_DOCUMENT = "The article, by its number in this file; its id everywhere else is `hash` in documents."
_SPAN = {
    "span_start": "The first character, counted in code points of documents.text from 0.",
    "span_end": "The character behind the last one.",
}
_SURE = {"confidence": "How sure the reader is, 0 to 1, calibrated."}
_OF_ARTICLE = {
    "document": "The article's id: SHA-256 of its bytes.",
    "document_title": "The article's title.",
    "url": "The article's address.",
    "published": "When the article came out.",
}
_STATUS = "happened, ongoing, planned, expected, possible, demanded, conditional or denied."

TABLES: dict[str, Shown] = {
    "statements_view": Shown(
        "Who said what, when: one row a statement, with its article.",
        {
            "said_on": "The day it was said, as far as the article tells (EDTF).",
            "speaker": "Who said it.",
            "source": "The words for who said it.",
            "cue": "The reporting words.",
            "content": "What was said, as it stands; pieces of interrupted words are joined by “…”.",
            "act": "say, confirm, deny, warn, demand, promise, predict, judge, ask, thank, report or think.",
            "negated": "1 for “did not confirm”.",
            "manner": "direct (in quotation marks), indirect or mixed.",
            "within": "The statement that this one is reported in.",
            "statement": "The statement's id in its article.",
            "ruled": "The last correction about who said it, or that it is certain; what people rejected is left out.",
            **_SURE,
            **_OF_ARTICLE,
        },
        facets=("speaker", "act", "manner", "publisher"),
        newest="said_on",
    ),
    "figures_view": Shown(
        "How many, of what, how firmly, and who vouches for it: one row a figure, with its article.",
        {
            "low": "The least that the words mean; empty is open (“at most 5”).",
            "high": "The most that the words mean; empty is open (“at least 14”).",
            "bound": "exactly, about, at least, at most, more than, less than or between.",
            "unit": "Empty for counts; %, a currency (ISO 4217), a unit of measure (UCUM).",
            "change": "up, down: by how much; up to, down from …: the level.",
            "tally": "total (in all) or increment (on top of others).",
            "noun": "What is counted.",
            "of": "Whose they are.",
            "text": "The number as it stands.",
            "context": "The sentence around it.",
            "event": "What happens to what is counted.",
            "status": _STATUS,
            "speaker": "Who vouches for it; empty is the outlet itself.",
            **_SURE,
            **_OF_ARTICLE,
        },
        facets=("noun", "status", "unit", "speaker", "publisher"),
        newest="published",
    ),
    "claims": Shown(
        "What is claimed in each story, with its standing. Who holds and who denies it is in claim_members.",
        {
            "key": "The claim's id.",
            "says": "The words of its clearest mention.",
            "negative": "1 where the claim is that something is not so.",
            "standing": "single source, corroborated, disputed, denied, revised or withdrawn.",
            "independent": "How many independent sources hold it; copies of one text are one.",
            "status": _STATUS,
            "day": "When it was first made.",
        },
        facets=("standing", "status", "story"),
        label="says",
        newest="day",
    ),
    "claim_members": Shown(
        "Everybody's part in each claim: holder, denier, neither (leaves it open) or reporter, with every mention.",
        {
            "role": "holder, denier, neither or reporter.",
            "way": "words, negation, reference (“denied it”) or withdrawal.",
            "name": "Who that is.",
            "record": "The statement (s…), event (v…) or figure (f…) in its article.",
            "said_on": "When it was said, else published (EDTF).",
            **_SPAN,
        },
        facets=("role", "way", "act"),
        label="name",
        newest="said_on",
    ),
    "series": Shown(
        "Figures of one thing over time. Its values are in series_points.",
        {
            "key": "The series' id.",
            "thing": "What is counted.",
            "event": "What happened to it.",
            "firmness": "fact, open (planned, expected, possible), demanded or denied.",
            "trend": "rising, falling, steady, mixed or single.",
            "best_low": "The current best value, its lower end.",
            "best_high": "The current best value, its upper end.",
            "disputed": "1 where holders give values that exclude each other.",
            "day": "When the newest value was given.",
        },
        facets=("thing", "event", "firmness", "trend", "disputed"),
        label="key",
        newest="day",
    ),
    "series_points": Shown(
        "One value by one holder at one time.",
        {
            "name": "Who gives it.",
            "outlet": "1 where an outlet gives it in its own voice.",
            "status": _STATUS,
            "reported": "When it was published.",
            "as_of": "What it is true for.",
            "event_first": "The first day of what is counted.",
            "event_last": "The last day of what is counted.",
            "copies": "Further articles that give it with a copied text.",
            "best": "1 where it is the current best value.",
        },
        facets=("name", "status", "best"),
        newest="reported",
    ),
    "conflicts": Shown(
        "Two things on record that cannot both be true.",
        {
            "key": "The conflict's id.",
            "rule": "figures, denial, reversal or opposite.",
            "comparable": "Why the two can be compared.",
            "a_who": "Who holds the one.",
            "b_who": "Who holds the other.",
            "a_of": "The claim or series of the one.",
            "b_of": "The claim or series of the other.",
            "day": "The first day on which both were on record.",
        },
        facets=("rule", "a_who", "b_who"),
        newest="day",
    ),
    "stories": Shown(
        "Articles about one event and what followed.",
        {
            "key": "The story's id.",
            "documents": "How many articles it has.",
            "day_first": "The first day of publication.",
            "day_last": "The last day of publication.",
        },
        label="title",
        newest="day_last",
    ),
    "story_members": Shown("Which article belongs to which story.", facets=("story",)),
    "copy_groups": Shown(
        "Articles that print one text. Its members are in copy_members.",
        {"key": "The group's id.", "origin": "The article that came first.", "size": "How many articles it has."},
        label="key",
    ),
    "copy_members": Shown(
        "What an article is of its origin.",
        {
            "kind": "origin, reprint, excerpt, rewrite, update or translation.",
            "share": "How much of its words are the origin's, 0 to 1.",
            "evidence": "Why, as JSON.",
        },
        facets=("kind", "copy_group"),
    ),
    "documents": Shown(
        "The articles, with the text that all offsets count in.",
        {
            "hash": "The article's id everywhere else: SHA-256 of its bytes.",
            "published": "When it came out, as it says (EDTF).",
            "day_first": "The first day that `published` can mean.",
            "day_last": "The last day that `published` can mean.",
            "model": "The weights that read it.",
            "characters": "The length of its text in code points.",
            "text": "The text as stored.",
        },
        facets=("publisher", "lang", "model"),
        label="title",
        newest="day_first",
    ),
    "people": Shown(
        "The people, organisations and places of each story.",
        {
            "called": "What people ruled that it is called.",
            "type": "person, organisation, country, place, people, facility, product or event.",
            "ref": "An identifier from outside: iso3166:KP, wikidata:Q7184, geonames:524901.",
            "linked": "Its id across stories: p….",
        },
        facets=("type",),
        label="name",
        by="name",
    ),
    "corrections": Shown(
        "What people ruled about what was read: a log that only grows.",
        {
            "key": "The correction's id.",
            "at": "When.",
            "by_whom": "Who.",
            "reason": "Why.",
            "kind": "speaker, merge, split, rename, reject, confirm, series or undo.",
            "target_words": "The words that it is about.",
            "value_words": "What they were given.",
            "undoes": "The correction that it takes back.",
        },
        facets=("kind", "by_whom"),
        label="key",
        newest="at",
    ),
    "events_view": Shown(
        "What happened, goes on, is planned or denied: one row an event word, with its article.",
        {
            "lemma": "The event word's base form.",
            "status": _STATUS,
            "type": "Its PLOVER class.",
            **_SURE,
            **_OF_ARTICLE,
        },
        facets=("status", "type"),
        newest="published",
    ),
    "moments_view": Shown(
        "Expressions of time with what they mean (TIMEX3), with their article.",
        {"value": "The value: 2024-10-13, XXXX-10-18, P3D.", "text": "The words.", **_OF_ARTICLE},
        facets=("type",),
        newest="published",
    ),
    "mentions_view": Shown(
        "Every place that stands for somebody or something, with its article.",
        {"form": "name, nominal, pronoun or metonym (“Seoul” for its government).", **_OF_ARTICLE},
        facets=("type", "form"),
        newest="published",
    ),
    "spans_view": Shown(
        "Every stretch of text in the ledger with its characters, so that any cell can be traced.",
        {"record": "The table.", "record_id": "The row there.", "part": "What of it the words are.", **_SPAN},
        facets=("record", "part"),
    ),
}


def write(chosen: Chosen, out: IO[bytes]) -> dict[str, int]:
    """The metadata of this ledger's file. Which articles are chosen makes no difference: Datasette shows the file.

    Raises OutputError for a ledger in a database of another kind.
    """
    if is_database(chosen.ledger.name):
        raise OutputError(
            f"{chosen.ledger.name}: Datasette shows SQLite files: copy the ledger into one (onrecord copy)"
        )
    with text(out) as lines:
        lines.write(json.dumps(metadata(Path(chosen.ledger.name).stem), ensure_ascii=False, indent=2) + "\n")
    return {"tables": len(TABLES), "queries": len(QUERIES)}


def metadata(database: str) -> dict[str, Any]:
    """The metadata for the database that Datasette calls so: the name of its file without the ending."""
    tables = {name: _shown(shown) for name, shown in TABLES.items()}
    # What only the ledger's own work needs, and what the views show with its words.
    for name in sorted({*METADATA.tables, *(f"{table}_fts" for table in FULL_TEXT)} - set(tables)):
        tables[name] = {"hidden": True}
    return {
        "title": "Onrecord",
        "description": "What is on record in these articles: who said what, when, how many, and how firmly.",
        "databases": {
            database: {
                "title": f"The ledger {database}",
                "description": (
                    "Begin with the queries below, or with statements_view, figures_view and claims. Every row leads to "
                    "its article and its characters."
                ),
                "tables": tables,
                "queries": {name: _query(query) for name, query in QUERIES.items()},
            }
        },
    }


def _shown(shown: Shown) -> dict[str, Any]:
    found: dict[str, Any] = {"description": shown.about, "columns": dict(shown.columns), "facets": list(shown.facets)}
    found |= {"label_column": shown.label, "sort_desc": shown.newest, "sort": shown.by, "size": 50}
    return {name: value for name, value in found.items() if value}


def _query(query: Any) -> dict[str, Any]:
    found = {"title": query.title, "description": query.about, "sql": query.sql}
    return found | ({"params": list(query.takes)} if query.takes else {})
