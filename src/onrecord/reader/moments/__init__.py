"""Temporal expressions and their TIMEX3 values: `read_moments` finds them in a text and resolves them against its
date."""

from onrecord.reader.moments.decoder import read_moments

__all__ = ["read_moments"]
