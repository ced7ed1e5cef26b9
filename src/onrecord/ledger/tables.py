"""All tables of a ledger. Each room declares its own; importing this one makes METADATA know them all."""

from __future__ import annotations

from onrecord.ledger import ruled, schema
from onrecord.ledger.claims import tables as claims
from onrecord.ledger.columns import METADATA
from onrecord.ledger.conflicts import tables as conflicts
from onrecord.ledger.copies import tables as copies
from onrecord.ledger.corrections import tables as corrections
from onrecord.ledger.identity import tables as identity
from onrecord.ledger.series import tables as series
from onrecord.ledger.stories import tables as stories
from onrecord.ledger.watched import tables as watched

__all__ = ["METADATA", "ROOMS"]

ROOMS = (schema, claims, conflicts, copies, corrections, identity, ruled, series, stories, watched)
