"""Corrections by people: append-only, attributed, undoable, shown, and held to the words they were made about.

A ledger asks this room four things: to write a correction (`correct`, `merge`, `split`, `undo`), to hold the log to a
reading that was just written (`reanchor`; `affected` are the documents that this may change), what is ruled about a set
of documents (`rulings`), and what a person sees before ruling (`subject`, `voices`).
"""

from __future__ import annotations

from onrecord.ledger.corrections.making import correct, merge, split
from onrecord.ledger.corrections.making import take_back as undo
from onrecord.ledger.corrections.records import CorrectionRow, Signed, Wish
from onrecord.ledger.corrections.store import affected, history, orphans, reanchor, rulings, touched
from onrecord.ledger.corrections.subjects import Subject, Voice, subject, voices

__all__ = [
    "CorrectionRow",
    "Signed",
    "Subject",
    "Voice",
    "Wish",
    "affected",
    "correct",
    "history",
    "merge",
    "orphans",
    "reanchor",
    "rulings",
    "split",
    "subject",
    "touched",
    "undo",
    "voices",
]
