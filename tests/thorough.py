"""How often is tried what could be tried without end: so often as `make check` has time for, or, with
ONRECORD_TESTS=thorough, which `make thorough` sets, several times that."""

from __future__ import annotations

import os

__all__ = ["tries"]

_THOROUGH = os.environ.get("ONRECORD_TESTS") == "thorough"


def tries(often: int, *, check: int) -> int:
    """`often` where it is to be thorough, else as often as `check` says."""
    return often if _THOROUGH else check
