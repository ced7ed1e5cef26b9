"""What a form sent: its fields, of a body that is not larger than the page says it may be."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.views.web.askers import check_form

__all__ = ["fields"]


async def fields(request: Request, *, most: int, of_session: bool = True) -> dict[str, str]:
    """The fields of a form of at most `most` bytes, each by its last value; line ends are line feeds.

    Raises HTTPException: 413 for a larger body, 415 for another kind of one, 400 for one that is not UTF-8, 403 for one
    that was not made for the session that sends it. The login's form (not `of_session`) has a check of its own.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "This page takes what its form sends (application/x-www-form-urlencoded).")
    body = bytearray()
    # Counted while it comes: a length that is stated may be wrong, or missing.
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"That is too much for one form: it takes at most {most:,} bytes.")
    try:
        found = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise HTTPException(400, "The form did not come as UTF-8.") from error
    # Browsers send the lines of a text with CR LF, whatever the person typed.
    sent = {name: values[-1].replace("\r\n", "\n") for name, values in found.items()}
    csrf = sent.pop("csrf", "")
    if of_session:
        check_form(request, csrf)
    return sent
