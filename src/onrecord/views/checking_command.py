"""The command `onrecord check`: a draft against a ledger, for the desk and for a pipeline.

Exit status: 0 nothing to mend; 3 findings that need an editor's eye; 1 the draft was refused or the ledger could not be
used, or the page could not be written; 2 wrong usage.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import EmptyInput, InputError, Malformed
from onrecord.views import console

if TYPE_CHECKING:
    from onrecord.reading import Reading

__all__ = ["check"]


def check(draft: str, ledger: str, *, how: str, html: Path | None, published: str | None) -> int:
    """Compare the quotations, attributions, figures and dates of DRAFT with LEDGER; the exit status.

    `how` is one of `options.FORMS`. `html` is a file to write the page to; the findings still go to standard output.
    Without `published` and without a date in the draft itself, no day is assumed: later figures count, and "Friday" is
    no date.
    """
    from onrecord.ledger import Ledger
    from onrecord.ledger.checking.rows import Finding
    from onrecord.views.check import as_html, as_text, exit_status
    from onrecord.views.check_tables import findings_table
    from onrecord.views.commands.printing import print_lines, print_markdown
    from onrecord.views.grid import hanging

    with Ledger.open(ledger, create=False, read_only=True) as book:
        reading = _read(draft, published)
        findings = book.check(reading)
    if html is not None:
        try:
            html.write_text(as_html(reading, findings), encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            console.complain(f"{html}: {error.strerror}")
            return 1
    if how == "md":
        print_markdown(findings_table(reading, findings))
    elif how == "table":
        # What reads a pipe finds each thing on one line; a person finds no word cut.
        if sys.stdout.isatty():
            console.results().print(*hanging(as_text(reading, findings)), sep="")
        else:
            console.results().print(as_text(reading, findings), soft_wrap=True)
    else:
        print_lines(Finding, findings, how)
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
