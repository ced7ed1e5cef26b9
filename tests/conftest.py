"""Property tests draw the same examples in every run: a run that fails, fails again. `HYPOTHESIS_PROFILE=search` draws
new ones, to look for what no run has seen."""

from __future__ import annotations

import os

from hypothesis import settings

# Whoever runs several tests at once (pytest-xdist) tells each process the width of a terminal; tables in a pipe have none.
os.environ.pop("COLUMNS", None)

settings.register_profile("check", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))
