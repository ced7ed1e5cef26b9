"""Attributions → statements: what was said, by whom, how and when."""

from onrecord.reader.statements.decoder import read_statements

__all__ = ["read_statements"]
