"""Copies: which articles print one text, where that text comes from, and what each of them made of it."""

from onrecord.ledger.copies.align import aligned
from onrecord.ledger.copies.compare import CopyPair, compare
from onrecord.ledger.copies.features import CopyFeatures, features
from onrecord.ledger.copies.groups import CopyGroup, CopyKind, CopyMember, groups
from onrecord.ledger.copies.rows import CopyRow
from onrecord.ledger.copies.store import copies, keep_pairs, kept, neighbours, origins, passages, regroup, remember

__all__ = [
    "CopyFeatures",
    "CopyGroup",
    "CopyKind",
    "CopyMember",
    "CopyPair",
    "CopyRow",
    "aligned",
    "compare",
    "copies",
    "features",
    "groups",
    "keep_pairs",
    "kept",
    "neighbours",
    "origins",
    "passages",
    "regroup",
    "remember",
]
