"""What a person may rule in a ledger: a log that only grows, and all that follows made anew in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from onrecord.answer import Answer
from onrecord.ledger import corrections
from onrecord.ledger.cited import cited
from onrecord.ledger.corrections import CorrectionRow, Maker, Signed, Subject, Voice, Wish
from onrecord.ledger.database import reading, writing
from onrecord.ledger.opened import Opened
from onrecord.ledger.paging import listed

__all__ = ["Ruling"]


class Ruling(Opened):
    """Corrections by people. Each gives the line of the log that it wrote.

    All raise LedgerError where the words are unclear, where nothing would change, where a reason is missing; Overtaken
    where somebody else corrected the same record since (`Signed.expected`); NotInLedger for a name that nothing has.
    """

    def correct(self, what: str, wish: Wish, signed: Signed) -> CorrectionRow:
        """Correct one record. `what` names it: `3f2a90c1:s3`, `:f0`, `:v1`, the document by its first characters."""
        return self._rule(lambda connection: corrections.correct(connection, what, wish, signed))

    def merge(self, a: str, b: str, signed: Signed) -> CorrectionRow:
        """Rule that two are one, in all documents: names, ids of people (`p…`), or `<document>:e3`."""
        return self._rule(lambda connection: corrections.merge(connection, a, b, signed))

    def split(self, a: str, b: str, signed: Signed) -> CorrectionRow:
        """Rule that two are not one; named as for `merge`."""
        return self._rule(lambda connection: corrections.split(connection, a, b, signed))

    def undo(self, correction: str, signed: Signed) -> CorrectionRow:
        """Take back the correction with this id, or an undo of one, by a new line of the log."""
        return self._rule(lambda connection: corrections.undo(connection, correction, signed))

    def corrections(
        self, *, document: str | None = None, limit: int | None = None, after: str | None = None
    ) -> Answer[CorrectionRow]:
        """The log, oldest first: all of it, or what touches one document (its id). For `limit` and `after` see Asking."""
        with reading(self._engine, self.name) as connection:
            found = corrections.history(connection, document=document)
        return Answer(CorrectionRow, listed(found, cited, after, limit))

    def makers(self, ids: Iterable[str | None]) -> dict[str, Maker]:
        """Who made each of these corrections and of which kind it is: of those that rows name as `ruled`, or None."""
        wanted = {id for id in ids if id is not None}
        if not wanted:
            return {}
        with reading(self._engine, self.name) as connection:
            return corrections.makers(connection, wanted)

    def subject(self, what: str) -> Subject:
        """What can be corrected under the name `what` (`3f2a90c1:s3`, `:f0`, `:v1`, `:e2`, a person's `p…` or name),
        with all that was ruled of it; its `last` is what `Signed.expected` asks for.
        """
        with reading(self._engine, self.name) as connection:
            return corrections.subject(connection, what)

    def voices(self, statement: str) -> list[Voice]:
        """Who may have said a statement (`3f2a90c1:s3`): those named in its article, then the others of its story."""
        with reading(self._engine, self.name) as connection:
            return corrections.voices(connection, statement)

    def orphans(self, *, limit: int | None = None, after: str | None = None) -> Answer[CorrectionRow]:
        """Corrections whose words are no longer found as they were: left out until a person has looked at them."""
        with reading(self._engine, self.name) as connection:
            found = corrections.orphans(connection)
        return Answer(CorrectionRow, listed(found, cited, after, limit))

    def _rule(self, act: Callable[[Connection], CorrectionRow]) -> CorrectionRow:
        from onrecord.ledger.derive import renew  # only here: see Ledger.add

        with writing(self._engine, self.name) as connection:
            row = act(connection)
            renew(connection, corrections.touched(connection, row.id))
            return row
