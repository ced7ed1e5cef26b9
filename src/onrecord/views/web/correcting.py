"""What a person typed into a form for corrections, and writing it: signed, now, if nobody else was faster.

The form carries the id of the last correction that its page showed (`seen`). The ledger compares it in the transaction
that writes, so that of two people who correct one record at once the second is told what the first has done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import LedgerError
from onrecord.ledger.corrections import CorrectionRow, Signed, Subject, Wish
from onrecord.views.web.askers import asker_of
from onrecord.views.web.writer import Writer

__all__ = ["ELSEWHERE", "Typed", "name_of", "record", "remember", "sign", "signed"]

_COOKIE = "onrecord-by"
_YEAR = 365 * 24 * 3600

ELSEWHERE = "other"
"""The choice in a list that says: what I mean stands in the field beside it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form, as they were typed; "" for what was left open.

    `wish` is what is to be done: speaker, reject, confirm, series, rename, merge, apart. Then what each of them needs:
    `speaker`, `series` and `other` (whom to merge with) are choices, or ELSEWHERE for the name or id in `speaker_name`,
    `series_name`, `other_name`; `apart` names the two who are not one, with a space between; `name` is what somebody is
    to be called. `seen` is the last correction that the page showed, None where nothing was sent.
    """

    wish: str = ""
    speaker: str = ""
    speaker_name: str = ""
    series: str = ""
    series_name: str = ""
    other: str = ""
    other_name: str = ""
    apart: str = ""
    name: str = ""
    reason: str = ""
    by: str = ""
    seen: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> Typed:
        return cls(**{field.name: sent[field.name].strip() for field in fields(cls) if field.name in sent})


def sign(typed: Typed) -> Signed:
    """Who rules, now, and why. Raises LedgerError where a name or a reason is missing."""
    return Signed(
        by=typed.by,
        at=datetime.now().astimezone().isoformat("T", "seconds"),
        reason=typed.reason,
        expected=typed.seen,
    )


def record(writer: Writer, subject: Subject, typed: Typed) -> CorrectionRow:
    """Write what was typed about `subject` into the log; the line that was written.

    Raises Overtaken where somebody else corrected it since, another LedgerError where something is missing, unclear, or
    would change nothing.
    """
    signed = sign(typed)
    if typed.wish == "merge":
        return writer.merge(subject.name, _chosen(typed.other, typed.other_name, "whom they are one with"), signed)
    if typed.wish == "apart":
        one, _, other = typed.apart.partition(" ")
        if not other:
            raise LedgerError("choose who they are not")
        return writer.split(one, other, signed)
    return writer.correct(subject.name, _wish(typed), signed)


def _wish(typed: Typed) -> Wish:
    match typed.wish:
        case "speaker":
            return Wish(speaker=_chosen(typed.speaker, typed.speaker_name, "who said it"))
        case "series":
            return Wish(series=_chosen(typed.series, typed.series_name, "the series it belongs to"))
        case "rename":
            return Wish(name=typed.name)
        case "reject":
            return Wish(reject=True)
        case "confirm":
            return Wish(confirm=True)
    raise LedgerError("choose what is to be corrected")


def _chosen(choice: str, written: str, what: str) -> str:
    """What was chosen from a list; what was written beside it, where that was chosen, or nothing else was."""
    name = written if choice == ELSEWHERE or not choice else choice
    if not name:
        raise LedgerError(f"choose {what}, or write the name")
    return name


def signed(request: Request, typed: Typed) -> Typed:
    """What was typed, signed with the name of the account that sends it; without accounts as it was typed."""
    asker = asker_of(request)
    return typed if asker is None else replace(typed, by=asker.name)


def name_of(request: Request) -> str:
    """The name of the account that asks; without accounts the one by which this browser signed last, "" for none."""
    asker = asker_of(request)
    return unquote(request.cookies.get(_COOKIE, "")) if asker is None else asker.name


def remember(request: Request, response: Response, by: str) -> None:
    """Let the browser keep a name that was typed for the next form: sent to this server alone, and read by no script."""
    if not by or asker_of(request) is not None:
        return
    response.set_cookie(_COOKIE, quote(by.strip()[:200]), max_age=_YEAR, samesite="strict", httponly=True)
