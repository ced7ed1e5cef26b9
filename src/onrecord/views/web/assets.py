"""The files that pages load: style, scripts, charts. Their address holds a digest of them all, so that it may be kept.

`/static/v-0123456789ab/style.css` never means other bytes and is cached for a year; `/static/style.css` is the file as it
is now, asked for again each time. The digest stands in the path and not behind a `?`: a script that imports its
neighbour (`./other.js`) then gets the neighbour of its own version.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["Assets", "static_url"]

_FOLDER = Path(__file__).parent / "static"
_VERSIONED = re.compile(r"(v-[0-9a-f]{12})[/\\](.+)")


@cache
def _version() -> str:
    """A digest of all files with their names (1 ms for 850 kB, once)."""
    digest = sha256()
    for path in sorted(path for path in _FOLDER.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(_FOLDER).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return f"v-{digest.hexdigest()[:12]}"


def static_url(name: str) -> str:
    """The address of a file of `static`, as it is today: `/static/v-0123456789ab/js/suggest.js`."""
    return f"/static/{_version()}/{name}"


class Assets(StaticFiles):
    """The folder `static`, with and without a version in the address.

    A version that is not today's (of a page that was opened before an update) is answered with today's file, and not to
    be kept: better a script that is a little too new than a page without one.
    """

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        versioned = _VERSIONED.fullmatch(path)
        response = await super().get_response(versioned[2] if versioned else path, scope)
        lasting = versioned is not None and versioned[1] == _version()
        MutableHeaders(raw=response.raw_headers)["cache-control"] = (
            "public, max-age=31536000, immutable" if lasting else "no-cache"
        )
        return response
