"""Preparing readings for the ledger, by other processes too, while this one writes those that came before.

What can be made of a reading alone takes a quarter of the time of adding it, so that two processes fill a ledger faster than
one. Readings travel by the dozen: one alone would wait longer for its turn than it takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.ledger.hands import Call, Hands
from onrecord.ledger.prepared import Prepared, prepare
from onrecord.reading import Reading

__all__ = ["Preparing", "Task"]

_TOGETHER = 12  # readings
_FEW = (
    48  # readings, of which a job that has no more is not worth a process: starting one takes as long as preparing 30
)

_Found = Prepared | str


class _Dozen:
    """Readings that are prepared together."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.call: Call[list[_Found]] | None = None


class Task:
    """One reading of a dozen."""

    __slots__ = ("dozen", "place")

    def __init__(self, dozen: _Dozen, place: int) -> None:
        self.dozen, self.place = dozen, place


class Preparing:
    """`prepare` by all hands."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._begun = 0
        self._dozen = _Dozen()

    def begin(self, reading: Reading, *, at_hand: bool) -> Task:
        """Have a reading prepared some time before its result is asked for.

        Others are started for many that are `at_hand`. Of those that must be read first the readers make no more than this
        process can prepare beside the writing.
        """
        self._begun += at_hand
        if self._begun > _FEW:
            self._hands.start()
        dozen = self._dozen
        dozen.readings.append(reading)
        task = Task(dozen, len(dozen.readings) - 1)
        if len(dozen.readings) == _TOGETHER:
            self._close_dozen()
        return task

    def results(self, tasks: Sequence[Task]) -> list[_Found]:
        """What was prepared, or the reasons why it cannot be stored."""
        dozens = list(dict.fromkeys(task.dozen for task in tasks))
        if self._dozen in dozens:
            self._close_dozen()
        calls = [dozen.call for dozen in dozens if dozen.call is not None]
        found = dict(zip(dozens, self._hands.results(calls), strict=True))
        return [found[task.dozen][task.place] for task in tasks]

    def _close_dozen(self) -> None:
        self._dozen.call = self._hands.begin(_prepare, self._dozen.readings)
        self._dozen = _Dozen()


def _prepare(readings: Sequence[Reading]) -> list[_Found]:
    return [prepare(reading) for reading in readings]
