"""Adding to a ledger: what is known is not read again, what is read is written whole, what is refused is said."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Row, bindparam, select

from onrecord.errors import InputError
from onrecord.intake.addresses import is_address
from onrecord.ledger import schema as t
from onrecord.ledger.database import reading
from onrecord.ledger.putting import Also, Batch
from onrecord.ledger.queries import counts
from onrecord.ledger.resuming import EVERY, Progress
from onrecord.ledger.rows import Receipt
from onrecord.patience import Deadline
from onrecord.reader.models import FULL, outranks
from onrecord.reading import Reading
from onrecord.records import Document

if TYPE_CHECKING:
    from onrecord.intake.fetching import Fetcher
    from onrecord.intake.found import Found
    from onrecord.ledger.watched.gathering import Gatherer

__all__ = ["Adder"]

Input = Path | str | Document | Reading

_STORED = select(t.documents).where(t.documents.c.hash == bindparam("hash_"))

# What is known about a page beyond its bytes. A second copy of the same bytes may come without some of it.
_FACTS = ("url", "title", "publisher", "author", "published", "lang")


@dataclass(frozen=True, slots=True)
class _Job:
    """A document to be read, or its reading, under the name that its receipt bears; `stated` as in `Adder.add_document`."""

    given: Document | Reading
    name: str
    stated: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        return self.given.document if isinstance(self.given, Reading) else self.given

    @property
    def id(self) -> str:
        return self.document.id


@dataclass(frozen=True, slots=True)
class _Later:
    """What is to be done about the document of this id only once all before it is in the ledger."""

    id: str
    do: Callable[[], Receipt]


@dataclass(frozen=True, slots=True)
class _Note:
    """What is to be noted, of no document, once all before it is in the ledger."""

    do: Callable[[], None]
    id: str = ""


class Adder:
    """One job of adding. `name` is the ledger's, for errors; `published` and `publisher` hold for every input, and `model`,
    the reader's name.

    Raises Malformed where `published` is no ISO 8601 date.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        *,
        published: str | None,
        publisher: str | None,
        fetcher: Fetcher | Callable[[], Fetcher] | None = None,
        model: str = FULL,
    ) -> None:
        self.engine = engine
        self.name = name
        self.model = model
        self._fetcher = fetcher
        self._gathers: Gatherer | None = None
        self._given: dict[str, Any] = {}
        if published is not None:
            # Imported only when needed, here and below: together intake and reader take 0.6 s to import, the ledger 0.2 s,
            # and nobody who only asks a ledger should wait for what only adding needs.
            from onrecord.intake.dates import require_iso

            self._given["published"] = require_iso(published)
        if publisher is not None:
            self._given["publisher"] = publisher

    def add(self, inputs: Iterable[Input], *, workers: int = 1) -> Iterator[Receipt]:
        """A receipt for each document that the inputs hold, in their order; `workers` processes read."""
        from onrecord.reader import read_all

        given: list[Input] | Iterable[Input]
        given = [inputs] if isinstance(inputs, str | Path | Document | Reading) else inputs
        awaited: deque[_Job | _Later | _Note] = deque()
        with Batch(self.engine, self.name, workers=workers) as batch, ExitStack() as opened:
            for found in read_all(self._until_read(given, opened, awaited, batch), workers=workers, model=self.model):
                if isinstance(found, Receipt):
                    yield from batch.tell(found)
                    continue
                job = awaited.popleft()
                if isinstance(job, _Note):
                    yield from batch.behind(job.do)
                elif isinstance(job, _Later):
                    yield from batch.write()
                    yield job.do()
                elif isinstance(found, Reading):
                    yield from batch.put(found, job.name, at_hand=isinstance(job.given, Reading))
                elif isinstance(found, InputError):
                    yield from batch.tell(Receipt(job.name, job.id, "refused", reason=_reason(found)))
            yield from batch.write()

    def _until_read(
        self, inputs: Iterable[Input], opened: ExitStack, awaited: deque[_Job | _Later | _Note], batch: Batch
    ) -> Iterator[Document | Reading | Receipt | _Later | _Note]:
        """Documents to be read, readings, receipts of what is neither, and what is to be done behind all before it. All but
        receipts stand at the end of `awaited`, in their order, when they are given.

        It runs ahead of what is written. A document whose bytes are those of one that is awaited still, or was read and is
        not yet written, takes its turn behind it: what it lacks of facts, and whether it is known, is asked of the ledger.
        """
        for step in self._steps(inputs, opened):
            turn: _Job | _Later | _Note | Receipt = step
            if isinstance(step, _Job) and isinstance(step.given, Document):
                if step.id in batch or any(before.id == step.id for before in awaited):
                    turn = _Later(step.id, partial(self.add_document, step.given, step.name, step.stated))
                else:
                    turn = self._job(step)
            if not isinstance(turn, Receipt):
                awaited.append(turn)
            yield turn.given if isinstance(turn, _Job) else turn

    def _steps(self, inputs: Iterable[Input], opened: ExitStack) -> Iterator[_Job | Receipt | _Note]:
        for item in inputs:
            if isinstance(item, Reading):
                yield self._of_reading(item)
            elif isinstance(item, Document):
                yield _Job(replace(item, **self._given), _called(item), _FACTS)
            elif is_address(item):
                yield from self._gatherer(opened).add(str(item))
            else:
                yield from self._of_path(item, opened)

    def add_document(self, document: Document, name: str, stated: tuple[str, ...], also: Also | None = None) -> Receipt:
        """What became of one document. `stated` are the facts by which it may differ from the ledger's copy of its bytes.
        What is `also` to be written is, in the transaction that writes its reading; if none does, it is not.
        """
        from onrecord.reader import read
        from onrecord.reader.faults import set_aside

        job = self._job(_Job(document, name, stated))
        if isinstance(job, Receipt):
            return job
        try:
            with Deadline(name):
                found = read(job.document, model=self.model)
        except InputError as error:
            return Receipt(name, document.id, "refused", reason=_reason(error))
        except Exception as error:  # noqa: BLE001  a fault that this document brings out; what is none of reading is raised
            return Receipt(name, document.id, "refused", reason=_reason(set_aside(error, name)))
        with Batch(self.engine, self.name) as batch:
            (receipt,) = chain(batch.put(found, name, also=also), batch.write())
        return receipt

    def _job(self, job: _Job) -> _Job | Receipt:
        """The job with the facts that the ledger has and the document lacks; a receipt where it is known as it is."""
        from onrecord.reader import load_encoder

        document = job.document
        with reading(self.engine, self.name) as connection:
            stored = _stored(connection, document.id)
            if stored is None:
                return job
            own = load_encoder(self.model).name
            same = stored.model == own or outranks(stored.model, own)
            if same and _agree(document, stored, job.stated):
                return Receipt(job.name, document.id, "known", counts(connection, stored.id))
            missing = [fact for fact in _FACTS if getattr(document, fact) is None]
            return replace(job, given=replace(document, **{fact: getattr(stored, fact) for fact in missing}))

    def _gatherer(self, opened: ExitStack) -> Gatherer:
        """What fetches from the web; with a fetcher made only now, until `opened` is closed, where no open one was given."""
        if self._gathers is None:
            from onrecord.intake.article import About
            from onrecord.intake.fetching import Fetcher
            from onrecord.ledger.watched.gathering import Gatherer

            # One that is made here is closed here; who gives a fetcher that is open already closes it.
            fetcher = self._fetcher if isinstance(self._fetcher, Fetcher) else (self._fetcher or Fetcher)()
            if fetcher is not self._fetcher:
                opened.enter_context(fetcher)
            self._gathers = Gatherer(self.engine, self.name, self, fetcher, given=About(**self._given))
        return self._gathers

    def _of_path(self, given: Path | str, opened: ExitStack) -> Iterator[_Job | Receipt | _Note]:
        from onrecord.intake.article import About
        from onrecord.intake.sources import STANDARD_INPUT, find, sources

        for path in sources([given]):
            if isinstance(path, InputError):
                yield Receipt(path.name, None, "refused", reason=_reason(path))
                continue
            name = STANDARD_INPUT if str(path) == "-" else str(path)
            yield from self._of_all(find(path, About(**self._given)), path, name, opened)

    def _of_all(
        self, source: Iterator[Found], path: Path, name: str, opened: ExitStack
    ) -> Iterator[_Job | Receipt | _Note]:
        """All that a file holds; of one with many records those behind where it was left the last time.

        What was read or refused then is passed over unmade, unless the caller now states something of it that may change it.
        Of lists of addresses nothing is passed over: each article of them has a state of its own.
        """
        from onrecord.intake.found import Listing
        from onrecord.reader import load_encoder

        progress: Progress | None = None
        number = passed = 0
        for number, found in enumerate(source, start=1):
            if number == 2 and not self._given:  # a file of one record needs none
                progress = Progress(self.engine, self.name, path, load_encoder(self.model).name)
            if progress is not None and number <= progress.before and not isinstance(found, Listing):
                passed += 1
                continue
            if passed:
                yield _passed(name, passed)
                passed = 0
            yield from self._of_found(found, name, opened)
            if progress is not None and number % EVERY == 0:
                yield _Note(partial(progress.note, number))
        if passed:
            yield _passed(name, passed)
        if progress is not None and number >= EVERY:
            yield _Note(partial(progress.note, number))

    def _of_found(self, found: Found, file: str, opened: ExitStack) -> Iterator[_Job | Receipt]:
        """A record is read; of a list of addresses, all articles are fetched that were not fetched before."""
        from onrecord.intake.found import Record

        if isinstance(found, InputError):
            yield Receipt(found.name, None, "refused", reason=_reason(found))
        elif isinstance(found, Record):
            try:
                document = found.make()
            except InputError as error:
                yield Receipt(error.name, None, "refused", reason=_reason(error))
                return
            # Bytes that are known bring the same facts again, but for those that the caller gave.
            called = file if found.name == file else f"{found.name}: {_called(document)}"
            yield _Job(document, called, tuple(self._given))
        else:
            yield from self._gatherer(opened).add_listed(found)

    def _of_reading(self, found: Reading) -> _Job | Receipt:
        name = _called(found.document)
        for fact, value in self._given.items():
            if getattr(found.document, fact) != value:
                reason = f"it was read with {fact} {getattr(found.document, fact)!r}, not {value!r}: read it again"
                return Receipt(name, found.document.id, "refused", reason=reason)
        return _Job(found, name)


def _stored(connection: Connection, document: str) -> Row[Any] | None:
    return connection.execute(_STORED, {"hash_": document}).one_or_none()


def _agree(document: Document, stored: Row[Any], stated: tuple[str, ...]) -> bool:
    known = all(getattr(document, fact) in (None, getattr(stored, fact)) for fact in stated)
    return known and document.text == stored.text


def _passed(name: str, records: int) -> Receipt:
    return Receipt(name, None, "known", reason=f"{records:,} more records were read or refused before")


def _called(document: Document) -> str:
    return document.title or document.url or document.id[:12]


def _reason(error: InputError) -> str:
    return error.reason if error.line is None else f"line {error.line}: {error.reason}"
