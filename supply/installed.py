"""What packages say of themselves where they are installed: what they need, and under which licence they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from supply.expressions import is_expression

# How packages without an expression name a licence, in the field for it or among their classifiers.
NAMES = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause license": "BSD-3-Clause",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
# Packages whose metadata leave it open, as their files say.
SAID = {
    "antlr4-python3-runtime": "BSD-3-Clause",  # "BSD" alone; ANTLR's licence, which the wheel does not carry
    "axe-playwright-python": "MIT AND MPL-2.0",  # no field; its LICENSE, and that of axe-core, which it carries
    "docutils": "CC-PDDC AND BSD-2-Clause AND PSF-2.0 AND GPL-3.0-or-later",  # COPYING; GPL: an Emacs mode alone
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # "BSD-3-Clause, Apache-2.0, dependency licenses"
    **{  # "BSD License"; Sphinx', where they come from
        f"sphinxcontrib-{name}": "BSD-2-Clause"
        for name in ("applehelp", "devhelp", "htmlhelp", "qthelp", "serializinghtml")
    },
}


def licence_of(found: Distribution) -> str | None:
    """The licence expression of an installed package, None where nothing of it tells one."""
    about = found.metadata
    said = SAID.get(canonicalize_name(found.name))
    stated = [*(about.get_all("License-Expression") or ()), said, *(about.get_all("License") or ())]
    classifiers = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or [] if c.startswith("License :: ")]
    for text in [s.strip() for s in stated if s] + (classifiers if len(classifiers) == 1 else []):
        expression: str = NAMES.get(text, text)
        if is_expression(expression):
            return expression
    return _bsd(found) if "BSD License" in classifiers else None


def _bsd(found: Distribution) -> str | None:
    """Which of the BSD licences a package's own file of it is."""
    for path in found.files or ():
        if re.search(r"licen[cs]e|copying", path.name, re.IGNORECASE) and ".dist-info" in str(path):
            text = " ".join(path.read_text(encoding="utf-8").split())
            if "Redistribution and use in source and binary forms" in text:
                third = re.search(r"neither the name|names? of .{0,80}may not be used to endorse", text, re.IGNORECASE)
                return "BSD-3-Clause" if third else "BSD-2-Clause"
    return None


def needed(asked: Iterable[Requirement]) -> dict[str, list[Requirement]]:
    """Normal names of all packages that requirements bring here, each with the requirements that ask for it.

    Raises PackageNotFoundError for one that is not installed.
    """
    found: dict[str, list[Requirement]] = {}
    waiting = [(r, extra) for r in asked for extra in ("", *r.extras)]
    done: set[tuple[str, str]] = set()
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if requirement not in found.setdefault(name, []):
            found[name].append(requirement)
        if (name, extra) not in done:
            done.add((name, extra))
            waiting += [(r, e) for r in _requires(name, extra) for e in ("", *r.extras)]
    return found


def _requires(name: str, extra: str) -> Iterator[Requirement]:
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement
