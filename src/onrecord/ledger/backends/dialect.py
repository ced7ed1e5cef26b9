"""PostgreSQL as SQLAlchemy speaks to it, made to mean by the same question what SQLite means.

The ledger is asked in SQLAlchemy Core. Where the two databases differ in what a clause means, and not only in how it is
written, this dialect writes what means the same:

    text            compared by code point (collation "C"), not by the rules of some language
    LIKE            does not tell A to Z from a to z (ILIKE; under "C" other letters are told apart, as in SQLite)
    ORDER BY        what is missing comes first upwards and last downwards
    Integer         64 bits, also for the numbers of rows
    max             of conditions: whether any is true
    json_each       the values of a JSON array
    U+0000          may be asked for, and is in no text
    foreign keys    those that delete nothing are checked at the end of the transaction, as the rows of a document go in any
                    order when it is replaced
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKeyConstraint
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.sql.elements import ClauseElement, ColumnElement, UnaryExpression
from sqlalchemy.sql.operators import desc_op, ilike_op, not_ilike_op

__all__ = ["NAME", "LedgerDialect"]

NAME = "onrecord"
"""Addresses that begin with `postgresql+onrecord:` are spoken to in this dialect."""


def _may_be_missing(element: ClauseElement) -> bool:
    """Whether a value may be NULL. Of what never is, the order needs no word, and an index serves it as it is."""
    return bool(getattr(element, "nullable", True))


class _Compiler(PGCompiler_psycopg):
    def visit_desc_op_unary_modifier(self, unary: UnaryExpression[Any], operator: Any, **kw: Any) -> str:
        found = str(unary.element._compiler_dispatch(self, **kw))
        return f"{found} DESC NULLS LAST" if _may_be_missing(unary.element) else f"{found} DESC"

    def visit_asc_op_unary_modifier(self, unary: UnaryExpression[Any], operator: Any, **kw: Any) -> str:
        return self._upwards(unary.element, **kw)

    def _upwards(self, element: ColumnElement[Any], **kw: Any) -> str:
        found = str(element._compiler_dispatch(self, **kw))
        return f"{found} ASC NULLS FIRST" if _may_be_missing(element) else found

    def visit_nulls_last_op_unary_modifier(self, unary: UnaryExpression[Any], operator: Any, **kw: Any) -> str:
        return f"{self._plainly(unary.element, **kw)} NULLS LAST"

    def visit_nulls_first_op_unary_modifier(self, unary: UnaryExpression[Any], operator: Any, **kw: Any) -> str:
        return f"{self._plainly(unary.element, **kw)} NULLS FIRST"

    def _plainly(self, element: ColumnElement[Any], **kw: Any) -> str:
        """With a direction if it was given one, and without a word on what is missing."""
        downwards = isinstance(element, UnaryExpression) and element.modifier is desc_op
        inner = element.element if isinstance(element, UnaryExpression) and element.modifier is not None else element
        return f"{inner._compiler_dispatch(self, **kw)}{' DESC' if downwards else ''}"

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        ordered = [
            str(element._compiler_dispatch(self, **kw))
            if isinstance(element, UnaryExpression) and element.modifier is not None
            else self._upwards(element, **kw)
            for element in select._order_by_clauses
        ]
        return f" ORDER BY {', '.join(ordered)}" if ordered else ""

    def visit_like_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return str(self.visit_ilike_op_binary(binary, ilike_op, **kw))  # type: ignore[no-untyped-call]

    def visit_not_like_op_binary(self, binary: Any, operator: Any, **kw: Any) -> str:
        return str(self.visit_not_ilike_op_binary(binary, not_ilike_op, **kw))  # type: ignore[no-untyped-call]

    def visit_max_func(self, function: Any, **kw: Any) -> str:
        (value,) = function.clauses
        name = "bool_or" if isinstance(value.type, sqltypes.Boolean) else "max"
        return f"{name}({self.process(value, **kw)})"

    def visit_json_each_func(self, function: Any, **kw: Any) -> str:
        return f"json_array_elements_text(CAST({self.process(function.clause_expr.element, **kw)} AS JSON))"


class _DDLCompiler(PGDDLCompiler):
    def define_constraint_deferrability(self, constraint: Any) -> str:
        if isinstance(constraint, ForeignKeyConstraint) and constraint.ondelete is None:
            return " DEFERRABLE INITIALLY DEFERRED"
        return str(super().define_constraint_deferrability(constraint))


class _TypeCompiler(PGTypeCompiler):
    def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: N802 - as SQLAlchemy calls it
        return 'TEXT COLLATE "C"'

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return "BIGINT"


class _Whole(BigInteger):
    """What an Integer is here."""

    render_bind_cast = True


class LedgerDialect(PGDialect_psycopg):
    """See the module."""

    supports_statement_cache = True
    statement_compiler = _Compiler
    ddl_compiler = _DDLCompiler
    type_compiler_cls = _TypeCompiler
    type_compiler = _TypeCompiler
    colspecs = {**PGDialect_psycopg.colspecs, sqltypes.Integer: _Whole}  # noqa: RUF012 - SQLAlchemy's own form

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        try:
            super().do_execute(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]
        except self.loaded_dbapi.DataError:
            # The driver refuses U+0000 before anything is sent: no text of PostgreSQL holds it. Who only asks for such a
            # text is told that there is none; who would write it is refused.
            writes = context is None or context.isinsert or context.isupdate or context.isdelete
            asked = {name: _without_nul(value) for name, value in parameters.items()} if not writes else parameters
            if asked == parameters:
                raise
            super().do_execute(cursor, statement, asked, context)  # type: ignore[no-untyped-call]


def _without_nul(value: Any) -> Any:
    # Unicode guarantees that this is no character: no text that is stored is equal to it.
    return value.replace("\0", "\U0010ffff") if isinstance(value, str) else value


registry.register(f"postgresql.{NAME}", __name__, "LedgerDialect")
