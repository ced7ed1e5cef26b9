"""How the documentation is built: `make docs`, or `sphinx-build -W docs .build/docs`. Warnings are errors."""

from __future__ import annotations

import re
from importlib.metadata import version as installed
from typing import Any

project = "Onrecord"
author = "The Onrecord developers"
project_copyright = "The Onrecord developers, Apache-2.0"
version = release = installed("onrecord")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = False

# Headings can be linked to; straight quotation marks stay as they are, for much here is what one types.
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
smartquotes = False

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "show-inheritance": False}
add_module_names = False

html_theme = "furo"
html_title = "Onrecord"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False


def _as_rst(app: Any, what: str, name: str, obj: object, options: Any, lines: list[str]) -> None:
    """Docstrings here are plain text with words of code in single backticks; of a module the first sentence is shown."""
    if what == "module":
        del lines[1:]
    lines[:] = [re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", line) for line in lines]


def setup(app: Any) -> None:
    app.connect("autodoc-process-docstring", _as_rst)
