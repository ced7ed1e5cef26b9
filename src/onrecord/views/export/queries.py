"""Questions in SQL that Datasette offers ready to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

__all__ = ["QUERIES", "Query"]


@dataclass(frozen=True, slots=True)
class Query:
    """One question. `takes` are the parameters that it asks people for."""

    title: str
    about: str
    statement: str
    takes: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        return dedent(self.statement).strip()


QUERIES: dict[str, Query] = {
    "disputed": Query(
        "What is disputed",
        "Claims that somebody holds and somebody denies, newest first.",
        """
        SELECT c.day, c.says AS claim, c.standing, c.independent,
            (SELECT group_concat(DISTINCT m.name) FROM claim_members AS m WHERE m.claim = c.id AND m.role = 'holder')
                AS held_by,
            (SELECT group_concat(DISTINCT m.name) FROM claim_members AS m WHERE m.claim = c.id AND m.role = 'denier')
                AS denied_by,
            s.title AS story, c.key AS id
        FROM claims AS c JOIN stories AS s ON s.id = c.story
        WHERE c.standing IN ('disputed', 'denied')
        ORDER BY c.day DESC, c.key
        """,
    ),
    "moved": Query(
        "Figures that moved",
        "Series of figures with more than one value, and the current best one; newest first.",
        """
        SELECT f.day, f.thing, f.event, f.whose, f.unit, f.firmness, f.trend, f.best_low, f.best_high, f.disputed,
            f.points AS "values", s.title AS story, f.key AS id
        FROM series AS f JOIN stories AS s ON s.id = f.story
        WHERE f.points > 1 AND f.trend NOT IN ('single', 'steady')
        ORDER BY f.day DESC, f.key
        """,
    ),
    "series_values": Query(
        "How a number moved",
        "The values of one series (its id, f…), each with who gives it and the sentence it stands in.",
        """
        SELECT p.as_of, p.reported, p.name, p.low, p.high, p.bound, p.status, p.best,
            substr(d.text, q.context_start + 1, q.context_end - q.context_start) AS words, d.title AS article, d.url
        FROM series_points AS p
        JOIN series AS f ON f.id = p.series
        JOIN series_places AS q ON q.id = (SELECT min(id) FROM series_places WHERE point = p.id)
        JOIN documents AS d ON d.id = q.document
        WHERE f.key = :series
        ORDER BY p.place
        """,
        ("series",),
    ),
    "conflicting": Query(
        "What cannot both be true",
        "The words of both sides beside each other, newest first.",
        """
        SELECT x.day, x.rule, x.a_who AS one, substr(a.text, x.a_start + 1, x.a_end - x.a_start) AS says,
            x.b_who AS other, substr(b.text, x.b_start + 1, x.b_end - x.b_start) AS but_says, x.comparable,
            a.title AS article, b.title AS other_article, x.key AS id
        FROM conflicts AS x
        JOIN documents AS a ON a.id = x.a_document
        JOIN documents AS b ON b.id = x.b_document
        ORDER BY x.day DESC, x.key
        """,
    ),
    "said_by": Query(
        "What somebody said",
        "Statements of the speaker whose name holds these words, newest first.",
        """
        SELECT said_on, speaker, act, content, document_title AS article, publisher, url, document
        FROM statements_view
        WHERE speaker LIKE '%' || :name || '%'
        ORDER BY said_on DESC, document, id
        """,
        ("name",),
    ),
    "holding_words": Query(
        "Statements that hold words",
        "Full text: dam*, “burst dam”, dam OR sluice. The best come first.",
        """
        SELECT v.said_on, v.speaker, v.act, v.content, v.document_title AS article, v.publisher, v.url
        FROM statements_fts AS f
        JOIN statements_view AS v ON v.id = f.rowid
        WHERE statements_fts MATCH :words
        ORDER BY f.rank
        LIMIT 200
        """,
        ("words",),
    ),
    "who_is_on_record": Query(
        "Who is on record",
        "Everybody with the number of their statements and articles.",
        """
        SELECT speaker, count(*) AS statements, count(DISTINCT document) AS articles, min(said_on) AS first,
            max(said_on) AS last
        FROM statements_view
        WHERE speaker IS NOT NULL
        GROUP BY speaker
        ORDER BY statements DESC, speaker
        """,
    ),
    "one_text": Query(
        "Who prints one text",
        "Articles by group, the origin first, with what each is of it.",
        """
        SELECT g.key AS "group", d.published, d.publisher, d.title, m.kind, round(m.share, 2) AS share, d.url
        FROM copy_members AS m
        JOIN copy_groups AS g ON g.id = m.copy_group
        JOIN documents AS d ON d.id = m.document
        ORDER BY g.size DESC, g.key, m.place
        """,
    ),
}
