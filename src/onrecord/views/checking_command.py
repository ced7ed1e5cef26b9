"""The command `onrecord check`: a draft against a ledger, for the desk and for a pipeline.

Exit status: 0 nothing to mend; 3 findings that need an editor's eye; 1 the draft was refused or the ledger could not be
used, or the page could not be written; 2 wrong usage.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from onrecord.errors import EmptyInput, InputError, Malformed
from onrecord.views import console

if TYPE_CHECKING:
    from onrecord.reading import Reading

__all__ = ["Form", "check"]


Form = Literal["text", "json", "csv"]


def check(draft: str, ledger: Path, *, form: Form, html: Path | None, published: str | None) -> int:
    """Compare the quotations, attributions, figures and dates of DRAFT with LEDGER; the exit status.

    `html` is a file to write the page to; the findings in their form still go to standard output. Without `published`
    and without a date in the draft itself, no day is assumed: later figures count, and "Friday" is no date.
    """
    from onrecord.ledger import Ledger
    from onrecord.ledger.checking.rows import Finding
    from onrecord.views.check import as_html, as_text, exit_status
    from onrecord.views.rows import as_csv, as_json

    with Ledger.open(ledger, create=False, read_only=True) as book:
        reading = _read(draft, published)
        findings = book.check(reading)
    if html is not None:
        try:
            html.write_text(as_html(reading, findings), encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            console.complain(f"{html}: {error.strerror}")
            return 1
    if form == "json":
        for line in as_json(findings):
            console.line(line)
    elif form == "csv":
        for line in as_csv(Finding, findings):
            console.line(line, end="\r\n")
    else:
        console.results().print(as_text(reading, findings), soft_wrap=True)
    return exit_status(findings)


def _read(draft: str, published: str | None) -> Reading:
    from onrecord.intake import documents
    from onrecord.reader import read

    found = list(islice(documents([draft], published=published), 2))
    if not found:
        raise EmptyInput(draft, "holds no text to check")
    if isinstance(found[0], InputError):
        raise found[0]
    if len(found) > 1:
        raise Malformed(draft, "holds more than one article; a draft is one")
    return read(found[0])
