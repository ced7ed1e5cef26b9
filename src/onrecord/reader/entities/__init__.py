"""Mentions → entities: who and what the document names, with roles and other names."""

from onrecord.reader.entities.gather import gather
from onrecord.reader.entities.parties import Cast, Party

__all__ = ["Cast", "Party", "gather"]
