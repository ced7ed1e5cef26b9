"""The command `onrecord check`: a draft against a ledger, for the desk and for a pipeline.

Exit status: 0 nothing to mend; 3 findings that need an editor's eye; 1 the draft was refused or the ledger could not be
used; 2 wrong usage (an output asked for twice).
"""

from __future__ import annotations

from pathlib import Path

from onrecord.views import console

__all__ = ["check"]


def check(draft: str, ledger: Path, *, as_json: bool, html: Path | None, published: str | None) -> int:
    """Compare the quotations, attributions, figures and dates of DRAFT with LEDGER; the exit status.

    `html` is a file to write the page to; text or JSON still goes to standard output. Without `published` and without
    a date in the draft itself, no day is assumed: later figures count, and "Friday" is no date.
    """
    from onrecord import read_file
    from onrecord.ledger import Ledger
    from onrecord.views.check import as_html, as_text, exit_status
    from onrecord.views.check import as_json as json_lines

    with Ledger.open(ledger, create=False, read_only=True) as book:
        reading = read_file(draft, published=published)
        findings = book.check(reading)
    if html is not None:
        html.write_text(as_html(reading, findings), encoding="utf-8", errors="backslashreplace")
    if as_json:
        for line in json_lines(findings):
            console.line(line)
    else:
        console.results().print(as_text(reading, findings), soft_wrap=True)
    return exit_status(findings)
