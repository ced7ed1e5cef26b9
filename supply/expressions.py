"""Licence expressions (SPDX), and which of them go with a package under the Apache License 2.0.

Nothing that is named here is copied into the package: its files are installed beside it as they were published, and can
be put in place of each other. What matters is whether whoever uses the package, or hands it on, owes more than notices.
"""

from __future__ import annotations

import re

# Ask for notices alone.
PERMISSIVE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT MIT-0 PSF-2.0 PostgreSQL Unicode-3.0 Zlib".split()
)
# Bind their own files or their own library, not what uses it; each may be replaced by whoever uses it.
OWN_FILES = frozenset("LGPL-2.0-or-later LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later MPL-1.1 MPL-2.0".split())
# Fine for what is used to develop and is handed on by nobody.
AT_WORK = frozenset("AFL-2.1 CC-BY-SA-3.0 CC-PDDC GPL-3.0-or-later".split())
# Of data, which ask to name where they come from; the last binds what is made of the data, not what stands beside it.
DATA = frozenset("CC-BY-4.0 LicenseRef-Public-Domain CC-BY-SA-4.0".split())

# Licences that are known, so that one may be refused rather than not understood.
KNOWN = PERMISSIVE | OWN_FILES | AT_WORK | DATA | frozenset("AGPL-3.0-only AGPL-3.0-or-later GPL-2.0-only".split())
TOKEN = re.compile(r"\s*(\(|\)|[A-Za-z0-9.\-]+)")


def is_expression(text: str) -> bool:
    """Whether a text is a licence expression of known licences."""
    try:
        allowed(text, KNOWN)
    except ValueError:
        return False
    return True


def allowed(expression: str, licences: frozenset[str]) -> bool:
    """Whether a work under an expression may be used by whoever accepts these licences: of `OR` one side, of `AND` both.

    Raises ValueError for what is no expression, or names a licence that is not known here.
    """
    tokens = TOKEN.findall(expression)
    if "".join(tokens) != "".join(expression.split()) or not tokens:
        raise ValueError(f"no licence expression: {expression!r}")
    answer, rest = _either(tokens, licences)
    if rest:
        raise ValueError(f"no licence expression: {expression!r}")
    return answer


def _either(tokens: list[str], licences: frozenset[str]) -> tuple[bool, list[str]]:
    answer, tokens = _both(tokens, licences)
    while tokens[:1] == ["OR"]:
        other, tokens = _both(tokens[1:], licences)
        answer = answer or other
    return answer, tokens


def _both(tokens: list[str], licences: frozenset[str]) -> tuple[bool, list[str]]:
    answer, tokens = _one(tokens, licences)
    while tokens[:1] == ["AND"]:
        other, tokens = _one(tokens[1:], licences)
        answer = answer and other
    return answer, tokens


def _one(tokens: list[str], licences: frozenset[str]) -> tuple[bool, list[str]]:
    if tokens[:1] == ["("]:
        answer, tokens = _either(tokens[1:], licences)
        if tokens[:1] != [")"]:
            raise ValueError("a parenthesis of a licence expression is not closed")
        return answer, tokens[1:]
    if not tokens or tokens[0] not in KNOWN:
        raise ValueError(f"a licence that is not known here: {tokens[0] if tokens else 'none'}")
    return tokens[0] in licences, tokens[1:]
