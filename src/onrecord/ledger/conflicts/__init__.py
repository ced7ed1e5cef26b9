"""Contradictions between comparable things. Each names its two spans and the rule that made them comparable."""
