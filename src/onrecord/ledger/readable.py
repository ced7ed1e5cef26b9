"""What stands over the tables for readers: views with the words in them, and which columns full text looks in.

The views spell out what each offset points at and are plain SQL that SQLite and PostgreSQL both take. `spans_view`
lists every span in the ledger with its characters, so that any cell can be traced. How words are indexed is each database's
own matter (see `backends`).
"""

from __future__ import annotations

__all__ = ["FULL_TEXT", "VIEWS"]

# Table → indexed columns. `about` asks the first column of statements alone; `search` asks all.
FULL_TEXT: dict[str, tuple[str, ...]] = {
    "documents": ("title", "text"),
    "statements": ("content", "source", "speaker_name"),
    "figures": ("context", "noun", "of_name"),
}


def _words(record: str, name: str = "span") -> str:
    return f"substr(d.text, {record}.{name}_start + 1, {record}.{name}_end - {record}.{name}_start)"


def _told(kind: str, number: str) -> str:
    """The condition that nobody rejected the statement, figure or event with this number."""
    return f"NOT EXISTS (SELECT 1 FROM ruled AS r WHERE r.{kind} = {number} AND r.rejected)"


# Record table → (name of its part in spans_view, name of its offsets), for every table that names its document.
_SPANS = (
    ("blocks", "block", "span"),
    ("mentions", "mention", "span"),
    ("moments", "moment", "span"),
    ("events", "trigger", "span"),
    ("figures", "number", "span"),
    ("figures", "counted", "counted"),
    ("figures", "context", "context"),
    ("rejected", "rejected", "span"),
)


def _spans_view() -> str:
    selects = [
        f"SELECT d.id AS document, '{table}' AS record, r.id AS record_id, '{part}' AS part, "
        f"r.{name}_start AS span_start, r.{name}_end AS span_end, {_words('r', name)} AS text "
        f"FROM {table} AS r JOIN documents AS d ON d.id = r.document WHERE r.{name}_start IS NOT NULL"
        for table, part, name in _SPANS
    ]
    selects.append(
        "SELECT d.id, 'statements', s.id, r.part, r.span_start, r.span_end, "
        f"{_words('r')} FROM statement_spans AS r JOIN statements AS s ON s.id = r.statement "
        "JOIN documents AS d ON d.id = s.document"
    )
    selects.append(
        "SELECT d.id, 'roles', r.id, 'role', r.span_start, r.span_end, "
        f"{_words('r')} FROM roles AS r JOIN entities AS e ON e.id = r.entity JOIN documents AS d ON d.id = e.document"
    )
    return " UNION ALL ".join(selects)


VIEWS: dict[str, str] = {
    "statements_view": """
        SELECT s.id, s.said_on, s.speaker_name AS speaker, e.ref AS speaker_ref, s.source, s.cue, s.content, s.act,
            s.negated, s.manner, w.key AS within, s.key AS statement, s.confidence, k.key AS ruled,
            d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document
        FROM statements AS s
        JOIN documents AS d ON d.id = s.document
        LEFT JOIN ruled AS r ON r.statement = s.id
        LEFT JOIN corrections AS k ON k.id = r.correction
        LEFT JOIN entities AS e ON e.id = coalesce(r.speaker, s.speaker)
        LEFT JOIN statements AS w ON w.id = s.within
        WHERE r.rejected IS NOT TRUE""",
    "figures_view": f"""
        SELECT f.id, f.low, f.high, f.bound, f.unit, f.change, f.tally, f.noun, f.of_name AS "of", {_words("f")}
            AS text, f.context,
            v.lemma AS event, v.status, m.value AS moment, s.speaker_name AS speaker, s.key AS statement, s.said_on,
            f.confidence, d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document
        FROM figures AS f
        JOIN documents AS d ON d.id = f.document
        LEFT JOIN events AS v ON v.id = f.event
        LEFT JOIN moments AS m ON m.id = v.moment
        LEFT JOIN statements AS s ON s.id = f.statement AND {_told("statement", "f.statement")}
        WHERE {_told("figure", "f.id")}""",
    "events_view": f"""
        SELECT v.id, v.lemma, v.status, v.type, {_words("v")} AS text, m.value AS moment, s.speaker_name AS speaker,
            s.key AS statement, v.key AS event, v.confidence, d.title AS document_title, d.publisher, d.published,
            d.url, d.hash AS document
        FROM events AS v
        JOIN documents AS d ON d.id = v.document
        LEFT JOIN moments AS m ON m.id = v.moment
        LEFT JOIN statements AS s ON s.id = v.statement AND {_told("statement", "v.statement")}
        WHERE {_told("event", "v.id")}""",
    "moments_view": f"""
        SELECT m.id, m.value, m.type, m.starts, m.ends, m.edge, {_words("m")} AS text,
            d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document
        FROM moments AS m JOIN documents AS d ON d.id = m.document""",
    "mentions_view": f"""
        SELECT n.id, e.name AS entity, e.type, e.ref, n.form, {_words("n")} AS text,
            d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document
        FROM mentions AS n JOIN documents AS d ON d.id = n.document JOIN entities AS e ON e.id = n.entity""",
    "spans_view": _spans_view(),
}
