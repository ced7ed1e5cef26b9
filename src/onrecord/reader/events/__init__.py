"""Event words → events: class, participants, moment and how firm they are."""

from onrecord.reader.events.decoder import EventContext, read_events

__all__ = ["EventContext", "read_events"]
