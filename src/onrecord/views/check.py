"""What a check of a draft found, as text for a terminal and as a page of HTML for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.reading import Reading
from onrecord.records import Span
from onrecord.views.check_rows import SHOWN, counted, counts, draft_rows, of_place
from onrecord.views.wording import printable, titled

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.ledger.checking import Finding

__all__ = ["as_html", "as_text", "exit_status"]

_STYLES = {
    "contradicted": "bold red",
    "misattributed": "bold magenta",
    "altered": "bold yellow",
    "outdated": "bold cyan",
    "not on record": "bold",
    "verbatim": "green",
}
_LONGEST = 240  # characters of a source's words on a terminal


def exit_status(findings: Sequence[Finding]) -> int:
    """3 where something needs an editor's eye, else 0."""
    return 3 if any(finding.mend for finding in findings) else 0


def as_text(reading: Reading, findings: Sequence[Finding]) -> Text:
    """What needs an eye, in the order of the draft, and a line that counts all."""
    from rich.text import Text

    out = Text()
    lines = _Lines(reading.document.text)
    for finding in findings:
        if not finding.mend:
            continue
        out.append(f"{finding.kind} {finding.what}", style=_STYLES[finding.kind])
        out.append(f"  line {lines.number(finding.span)}\n", style="dim")
        out.append(f"  “{_shortened(finding.words)}”\n")
        out.append(f"  {printable(finding.reason)}\n")
        for op, draft, ledger in finding.difference:
            out.append(f"    {op}: ", style="dim")
            if draft:
                out.append(f"[-{printable(draft)}-]", style="red")
            if ledger:
                out.append(f"{{+{printable(ledger)}+}}", style="green")
            out.append("\n")
        for place in finding.against[:SHOWN]:
            out.append(f"    “{_shortened(place.words)}”\n")
            out.append(f"      {printable(of_place(place))}\n", style="dim")
        out.append("\n")
    return out.append(_total(findings), style="bold")


def as_html(reading: Reading, findings: Sequence[Finding]) -> str:
    """The draft as one page that needs no other file and no script: marks in the text, each finding beside its words.

    Every word of the draft and of the ledger is escaped.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Trimmed blocks keep the page's own line feeds out of the text of a paragraph, which is shown as it stands.
    environment = Environment(
        loader=PackageLoader("onrecord.views.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    document = reading.document
    facts = [document.publisher, document.published or "no publication date", f"checked as {document.id[:8]}"]
    return environment.get_template("check.html").render(
        title=printable(titled(document.title, document.id)),
        facts=printable(" · ".join(fact for fact in facts if fact)),
        style=(Path(__file__).parent / "web/static/check.css").read_text(encoding="utf-8"),
        counts=counts(findings),
        rows=list(draft_rows(reading, findings)),
    )


def _total(findings: Sequence[Finding]) -> str:
    """ "2 to look at: 1 altered, 1 outdated; 12 verbatim"."""
    mend = sum(finding.mend for finding in findings)
    of_kinds = counted(findings)
    kinds = ", ".join(f"{number} {kind}" for kind, number in of_kinds if kind != "verbatim")
    verbatim = len(findings) - mend
    return f"{mend} to look at{': ' + kinds if kinds else ''}; {verbatim} verbatim"


def _shortened(words: str) -> str:
    words = printable(words)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


class _Lines:
    """Line numbers of a text, from 1."""

    def __init__(self, text: str) -> None:
        self._text = text

    def number(self, span: Span) -> int:
        return self._text.count("\n", 0, span.start) + 1
