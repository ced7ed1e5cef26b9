"""Figures that count the same thing: over time, by who holds them, and where they conflict."""
