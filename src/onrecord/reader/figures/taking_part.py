"""The event that a figure takes part in, and those it may have been in instead: "12 people were killed or injured"."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.reader.annotated import Annotated

__all__ = ["event_of", "or_events"]


def event_of(annotated: Annotated, anchor: int | None, hook: int | None, at: Mapping[int, str]) -> int | None:
    """The token of the event over the figure: a participle on the counted noun, the noun itself, what governs it.

    `anchor` is the token of the number, `hook` that of the noun; `at` gives the event at the token of each trigger. Of
    participles that of the number goes first ("of 40 marchers hurt, 12 arrested": both count marchers), and that of what
    the counted stand beside last ("the crew, nine sailors, rescued off Brittany"). Else the noun goes first, which may be
    the event itself: "hundreds of violations".
    """
    if not at:
        return None
    starts = list(dict.fromkeys(i for i in (hook, anchor) if i is not None))
    tokens = annotated.tokens
    beside = [tokens[i].head for i in starts if tokens[i].relation == "appos"]
    for start in dict.fromkeys([*reversed(starts), *beside]):
        for child in annotated.dependents(start, "acl"):
            # "107 killed", but not "millions of munitions, fuelling the conflict"
            if child.tag == "VBN" and child.relation != "acl:relcl" and child.index in at:
                return child.index
    for start in starts:
        if start in at:
            return start
        for token in annotated.ancestors(start):
            if token.index in at:
                return token.index
    for start in starts:
        for index in annotated.subtree(start):  # "Hundreds dead in stampede" has no verb above it
            if index in at:
                return index
    return None


def or_events(annotated: Annotated, trigger: int, at: Mapping[int, str]) -> tuple[str, ...]:
    """The events that "or" joins to the one at the token `trigger`: its counted were in any of them.

    Joined with "and" ("were arrested and charged") each is true of all that are counted, so that one event is enough.
    """
    joined = [c for c in annotated.dependents(trigger, "conj") if c.index > trigger]
    ties = {w.text.lower() for c in joined for w in annotated.dependents(c.index, "cc")}
    if not ties & {"or", "and/or"}:
        return ()
    alike = [c for c in joined if c.index in at and c.tag == annotated.tokens[trigger].tag]
    return tuple(dict.fromkeys(at[c.index] for c in alike if at[c.index] != at[trigger]))
