"""Fetching: the only room that uses the network. Address → bytes, politely, from the public internet alone.

It says who it is, does what robots.txt says, asks a host one thing at a time with a pause between, asks only for what has
changed, waits where a server asks it to, and never takes more bytes, redirects or time than its limits.
"""

from __future__ import annotations

from onrecord.intake.fetching.clock import Clock, SystemClock
from onrecord.intake.fetching.fetcher import PAGE_LIMIT, Fetched, Fetcher, Manners
from onrecord.intake.fetching.pacing import backed_off

__all__ = ["PAGE_LIMIT", "Clock", "Fetched", "Fetcher", "Manners", "SystemClock", "backed_off"]
