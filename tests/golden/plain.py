"""Answers as plain values, and where two of them differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from typing import Any

__all__ = ["differences", "plain"]


def plain(answer: Any) -> Any:
    """An answer as JSON would hold it."""
    if is_dataclass(answer) and not isinstance(answer, type):
        return plain(asdict(answer))
    if isinstance(answer, dict):
        return {str(key): plain(value) for key, value in answer.items()}
    if isinstance(answer, str | bool | int | float) or answer is None:
        return answer
    return [plain(one) for one in answer]


def differences(was: Any, now: Any, where: str) -> Iterator[str]:
    """What is no longer answered as it was; fields that are new say nothing of the old ones."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key, value in was.items():
            yield from differences(value, now.get(key), f"{where}.{key}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from differences(one, other, f"{where}[{number}]")
    elif was != now:
        before, after = (json.dumps(value, ensure_ascii=False)[:400] for value in (was, now))
        yield f"{where}:\n  was {before}\n  now {after}"
