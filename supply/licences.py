"""Writes docs/reference/licences.md: `python -m supply.licences`, in an environment that has what requirements/check.txt
locks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import distribution

from supply.installed import licence_of, needed
from supply.locks import REQUIREMENTS, read_lock
from supply.materials import ABOUT, materials
from supply.project import asked_by

HEAD = """\
# Licences

Written by `make licences`; do not edit it by hand. Licences are named as [SPDX](https://spdx.org/licenses/) names them.

The code is under the Apache License 2.0 (`LICENSE`). What of others goes with it is named below, each with its licence; a
test holds the lists against what is locked and installed, and refuses a licence that is not known or does not go with that
of the code. Notices that licences ask for stand in `NOTICE` and beside the files.
"""
INSIDE = """\
## In the package

All of these may be handed on beside code under the Apache License. CC BY-SA binds what is made of the counts, which are a
file of their own, and nothing else.
"""
TAUGHT = """\
## What the weights learned from

None of its text is in the package. The [model card](../model-card.md) tells which head learned from which, and what the
weights would lose without PolNeAR: whoever has to do without data of unstated licence can train them without it
([Retrain the reader](../how-to/retrain.md)).
"""
BESIDE = """\
## In the repository, not in the package
"""
RUN = """\
## Installed with it

Not copied into the package: pip installs them beside it, as their authors published them. Most ask for notices alone. MPL
binds the files of the library itself, LGPL the library, which can be put in place of another; neither reaches what uses
them. `tld` gives a choice, of which MPL 1.1 is taken.

Wheels carry what they are built from: NumPy's OpenBLAS and GCC's Fortran library (GPL 3 with the exception that lets
anything use it), lxml's libxml2, libxslt (MIT), zlib and libiconv (LGPL 2.1), pypdfium2's PDFium and its parts (BSD, MIT,
Apache and the like), ONNX Runtime's parts (its `ThirdPartyNotices.txt`). Their texts are installed with
them.
"""
WITH = ("charts", "cluster", "postgres", "serve", "tables")  # extras that are locked and handed on
POSTGRES = """\
Psycopg is LGPL 3: it binds Psycopg, which is imported where it is installed and is part of nothing here.
Its wheel carries libpq, OpenSSL, Kerberos, OpenLDAP and what they need, each under its own licence.
"""
TRAIN = """\
## Installed with the extra `train`

What trains is not locked. These are what it asks for itself.
"""
WORK = """\
## To develop

Nobody is handed these: they test, check and document. That Docutils has an Emacs mode under the GPL, or Hypothesis is under
the MPL, reaches nothing that they are used on.
"""


def page() -> str:
    """The whole page. Raises ValueError for a package without a licence that can be told."""
    return "\n".join(_parts())


def groups() -> dict[str, list[str]]:
    """Locked packages by what brings them first: "run", an extra, or "work" for all others."""
    run, check = read_lock(REQUIREMENTS / "run.txt"), read_lock(REQUIREMENTS / "check.txt")
    found = {"run": sorted(run)}
    for extra in WITH:
        found[extra] = sorted(needed(asked_by(extra)).keys() - run.keys())
    found["work"] = sorted(check.keys() - {name for names in found.values() for name in names})
    return found


def _parts() -> Iterator[str]:
    yield HEAD
    yield INSIDE
    inside = ((f"{m.name} {m.version}: {m.what}", m.licence, m.holder, _files(m.files)) for m in materials())
    yield _table(("what", "licence", "whose", "file in `src/onrecord`"), inside)
    yield TAUGHT
    yield _table(("data", "licence, as its source states it", "taught"), _rows("taught", "name"))
    yield BESIDE
    yield _table(("where", "licence", "what"), _rows("beside", "path"))
    yield RUN
    found = groups()
    yield _packages(found["run"])
    for extra in WITH:
        yield f"## Installed with the extra `{extra}`\n"
        if extra == "postgres":
            yield POSTGRES
        yield _packages(found[extra])
    yield TRAIN
    yield _table(("package", "licence"), ((row["name"], row["licence"]) for row in ABOUT["train"]))
    yield WORK
    yield _packages(found["work"]).rstrip("\n")


def _rows(part: str, first: str) -> Iterator[tuple[str, str, str]]:
    for row in ABOUT[part]:
        yield (f"`{row[first]}`" if first == "path" else row[first]), row["licence"], row["what"]


def _files(paths: Iterable[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths)


def _packages(names: Iterable[str]) -> str:
    return _table(("package", "licence"), ((name, _licence(name)) for name in names))


def _licence(name: str) -> str:
    found = licence_of(distribution(name))
    if found is None:
        raise ValueError(
            f"{name} does not say under which licence it is: read its files, and put it into supply.installed"
        )
    return found


def _table(heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    print(page())
