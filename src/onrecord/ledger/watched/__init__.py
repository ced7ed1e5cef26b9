"""Feeds and pages that come from the web, and go on coming: what was fetched, what is to be, and when.

`Gatherer` fetches for a ledger, `Watch` goes on doing so. Only they need the network; what is known is in `store`.
"""

from __future__ import annotations

from onrecord.ledger.watched.rows import FeedRow, HeldBack, PutOff, Round, Trouble

__all__ = ["FeedRow", "HeldBack", "PutOff", "Round", "Trouble"]
