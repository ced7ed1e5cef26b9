"""Corrections by people: append-only, attributed, undoable, shown, and held to the words they were made about.

A ledger asks this room five things: to write a correction (`correct`, `merge`, `split`, `undo`), to hold the log to a
reading that was just written (`reanchor`; `affected` are the documents that this may change), what is ruled about a set
of documents (`rulings`), to keep it beside their records (`keep`), and what a person sees before ruling (`subject`,
`voices`).
"""

from __future__ import annotations

from onrecord.ledger.corrections.keeping import keep
from onrecord.ledger.corrections.making import correct, merge, split
from onrecord.ledger.corrections.making import take_back as undo
from onrecord.ledger.corrections.records import CorrectionRow, Maker, Signed, Wish
from onrecord.ledger.corrections.store import affected, any_made, history, makers, orphans, reanchor, rulings, touched
from onrecord.ledger.corrections.subjects import Subject, Voice, subject, voices

__all__ = [
    "CorrectionRow",
    "Maker",
    "Signed",
    "Subject",
    "Voice",
    "Wish",
    "affected",
    "any_made",
    "correct",
    "history",
    "keep",
    "makers",
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
