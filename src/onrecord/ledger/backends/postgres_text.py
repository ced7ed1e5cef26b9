"""Full-text search by PostgreSQL: a column of words beside the text, kept by the server, with an index over it.

What a word is, is what it is to SQLite's index, so that the same is found: letters and digits, without case and Latin
accents, an English ending taken off by Porter's rules, and no word left out for being common. Which of what is found is the
best is each database's own: PostgreSQL does not weigh words by how rare they are.

The server folds what it stores; what is asked is folded here, and so are texts in which hits are to be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects import postgresql  # noqa: F401 - makes `func` know its functions of full text

from onrecord.ledger import schema as t
from onrecord.ledger.backends.terms import Term
from onrecord.ledger.readable import FULL_TEXT
from onrecord.ledger.ruled import told
from onrecord.records import Span

__all__ = ["POSTGRES_TEXT", "PostgresText", "full_text_ddl", "words_ddl"]

# The letters by which PostgreSQL tells the columns apart from which words come, by their place in FULL_TEXT.
_LABELS = "ABC"

# Bytes of a text that are indexed: of more than 1 MB of words the server makes no column, and so many bytes never have that.
_INDEXED = 400_000

# Stands between columns in the numbering of words, so that no phrase goes from the end of one to the beginning of another.
_GAP = "'''|'':1'::tsvector"

_MARKS = "\u0300-\u036f"  # accents, once they are apart from their letters


def words_ddl(collation: str) -> list[str]:
    """What makes words of a text. `collation` is the one whose letters and digits, and whose small letters, are meant."""
    parts = "asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart"
    numbers = "int, uint, float, sfloat, version"
    return [
        "CREATE TEXT SEARCH DICTIONARY onrecord_porter (TEMPLATE = pg_catalog.snowball, LANGUAGE = porter)",
        'CREATE TEXT SEARCH CONFIGURATION onrecord (PARSER = pg_catalog."default")',
        f"ALTER TEXT SEARCH CONFIGURATION onrecord ADD MAPPING FOR {parts}, {numbers} WITH onrecord_porter",
        f"""CREATE FUNCTION onrecord_folded(held text) RETURNS text
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN translate(lower(regexp_replace(
                normalize(regexp_replace(normalize(held, NFD), '([A-Za-z])[{_MARKS}]+', '\\1', 'g'), NFC)
                COLLATE "{collation}", '[^[:alnum:]]+', ' ', 'g')), 'ς', 'σ')""",
        f"""CREATE FUNCTION onrecord_words(held text) RETURNS tsvector
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN to_tsvector('onrecord'::regconfig, onrecord_folded(CASE WHEN octet_length(held) <= {_INDEXED} THEN held
                ELSE left(held, ({_INDEXED}::float8 / octet_length(held) * char_length(held))::int) END))""",
    ]


def full_text_ddl(table: str, columns: tuple[str, ...]) -> list[str]:
    """The statements that make the column of words of one table and its index."""
    parts = (
        f"setweight(onrecord_words(coalesce({column}, '')), '{label}')"
        for column, label in zip(columns, _LABELS, strict=False)
    )
    made = f" || {_GAP} || ".join(parts)
    return [
        f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({made}) STORED",
        f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)",
    ]


def _looked_for(terms: Sequence[Term], label: str = "") -> str:
    """The terms as PostgreSQL writes a query. It holds letters and digits of theirs alone, and signs from here."""
    found = []
    for term in terms:
        words = _WORD.findall(_folded(term.words))
        marks = [label] * len(words)
        if term.begins and marks:
            marks[-1] = f"*{label}"
        found.append(
            " <-> ".join(f"'{word}':{mark}" if mark else f"'{word}'" for word, mark in zip(words, marks, strict=True))
        )
    return " & ".join(f"({phrase})" for phrase in found if phrase)


def _query(value: Any) -> ColumnElement[Any]:
    return func.to_tsquery(literal_column("'onrecord'::regconfig"), value)


def _words(table: Table) -> ColumnElement[Any]:
    return literal_column(f"{table.name}.words")


def _holds(table: Table, query: ColumnElement[Any]) -> ColumnElement[bool]:
    return _words(table).op("@@", return_type=Boolean())(query)


def _rank(table: Table, weights: str) -> ColumnElement[float]:
    # 1: a long text holds a word more easily than a short one does.
    return func.ts_rank(literal_column(f"'{weights}'::float4[]"), _words(table), _asked, literal_column("1"))


_d, _s = t.documents.c, t.statements.c
_asked = _query(bindparam("query", type_=Text))
_DOCUMENTS = (
    select(_d.id, _d.hash, _d.title, _d.publisher, _d.published, _d.text)
    .where(_holds(t.documents, _asked))
    # Of D, C, B and A: titles are short and say what an article is about, so a word there weighs five times as much.
    .order_by(_rank(t.documents, "{0, 0, 0.2, 1}").desc(), _d.hash)
)
_STATEMENTS = (
    select(*(_s.id, _s.key, _s.document, _s.content, _s.speaker_name, _d.hash, _d.title, _d.publisher, _d.published))
    .join_from(t.statements, t.documents, _d.id == _s.document)
    .where(_holds(t.statements, _asked), told(t.statements))
    .order_by(_rank(t.statements, "{1, 1, 1, 1}").desc(), _d.hash, _s.id)
)
_HOLDERS = text(
    """
    SELECT w.place, d.id FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY AS w (query, place)
    CROSS JOIN LATERAL (
        SELECT id FROM documents WHERE words @@ to_tsquery('onrecord'::regconfig, w.query) LIMIT :most
    ) AS d"""
)


class PostgresText:
    """See `FullText`."""

    walks = False  # the server knows by itself how frequent a word is
    documents = _DOCUMENTS
    statements = _STATEMENTS

    def query(self, terms: Sequence[Term]) -> str:
        return _looked_for(terms)

    def holding(
        self, of: Table, terms: Sequence[Term], *, column: str | None = None, walked: bool = False
    ) -> ColumnElement[bool]:
        label = "" if column is None else _LABELS[FULL_TEXT[of.name].index(column)]
        return _holds(of, _query(bindparam(None, _looked_for(terms, label), type_=Text)))

    def found(self, of: Table, terms: Sequence[Term], *, column: str | None = None) -> Select[Any]:
        return select(of.c.id).where(self.holding(of, terms, column=column))

    def hits(self, row: Row[Any], text: str, terms: Sequence[Term]) -> list[Span]:
        alike, found = _alike(text), list[Span]()
        for term in terms:
            wanted = [_stem(word) for word in _WORD.findall(_folded(term.words))]
            for first in _beginning(wanted[0]).finditer(alike) if wanted else ():
                end = _told(alike, first, wanted, begins=term.begins)
                if end is not None:
                    found.append(Span(first.start(), end))
        return _merged(sorted(found, key=lambda span: (span.start, span.end)))

    def holders(self, connection: Connection, phrases: Sequence[str], most: int) -> list[tuple[int, int]]:
        label = _LABELS[FULL_TEXT["documents"].index("text")]
        queries = [_looked_for([Term(phrase)], label) for phrase in phrases]
        if not queries:
            return []
        rows = connection.execute(_HOLDERS, {"queries": queries, "most": most})
        return [(place - 1, row) for place, row in rows]


def _told(alike: str, first: re.Match[str], wanted: Sequence[str], *, begins: bool) -> int | None:
    """Where these words end, if they stand together from this one on. `begins`: the last of them may go on."""
    match: re.Match[str] | None = first
    end = 0
    for word in wanted:
        if match is None:
            return None
        stem = _stem(match[0].translate(_NO_MARKS))
        if not (stem.startswith(word) if begins and word is wanted[-1] else stem == word):
            return None
        end = match.end()
        match = _MARKED_WORD.search(alike, end)
    return end


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Those that overlap as one, as SQLite shows them."""
    found: list[Span] = []
    for span in spans:
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


class _OneForOne(dict[int, str]):
    """From each character to one that stands for it: a small one, a Latin letter without its accent. An accent by itself
    stays one; those of other scripts (й, ό) make letters of their own, as they do for SQLite."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        apart = unicodedata.normalize("NFD", character)
        letter, marks = apart[0], apart[1:]
        if not marks and "\u0300" <= letter <= "\u036f":
            made = "\u0300"
        else:
            latin = letter.isascii() and letter.isalpha() and all("\u0300" <= mark <= "\u036f" for mark in marks)
            made = (letter if latin else character).lower().replace("ς", "σ")
        self[code] = made if len(made) == 1 else character
        return self[code]


_ONE = _OneForOne()
_NO_MARKS = {0x300: None}
_WORD = re.compile(r"[^\W_]+")
_MARKED_WORD = re.compile(r"(?:[^\W_]\u0300*)+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def _folded(words: str) -> str:
    return unicodedata.normalize("NFC", words).translate(_ONE).translate(_NO_MARKS)


def _alike(text: str) -> str:
    """As `_folded`, but as long as the text: accents that stand by themselves are still there, all as one sign.

    Few characters of an article are not ASCII: to ask of those alone takes a tenth of the time.
    """
    small = text.lower()
    if len(small) != len(text):
        return text.translate(_ONE)
    return _BEYOND_ASCII.sub(lambda match: _ONE[ord(match[0])], small)


@lru_cache(maxsize=1024)
def _beginning(stem: str) -> re.Pattern[str]:
    """Finds the words that may have this stem: Porter's rules leave the beginning of a word as it is, but for the last
    letter of the stem ("happy" is "happi", "hoped" is "hope")."""
    letters = r"\u0300*".join(map(re.escape, stem[:-1] or stem))
    return re.compile(rf"(?<![^\W_])(?<!\u0300){letters}(?:\u0300|[^\W_])*")


@cache
def _porter() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("porter")


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return str(_porter().stemWord(word))


POSTGRES_TEXT = PostgresText()
