"""The search of a static site: a page, an index of what the ledger holds, and a script that looks in it as one types.

The index is a script that sets a variable, since a page on a disk (`file:`) may load scripts and no data. Without scripts
the page leads to the lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import html

from onrecord.views.export.chosen import Chosen
from onrecord.views.export.static_pages import SEARCH, Names
from onrecord.views.web.links import claim_url, document_url, series_url, speaker_url, story_url
from onrecord.views.wording import titled

__all__ = ["search_files"]

_MOST = 20_000
"""Entries of an index: about 2 MB. Of a larger ledger the kinds that come last in `_entries` are left out, and the page
says so."""

Entry = tuple[str, str, str, str]
"""Kind, words, what stands beside them, file."""


def search_files(chosen: Chosen, folder: Path, names: Names) -> int:
    """Write the page, the index and the script below `folder`; the number of entries."""
    entries: list[Entry] = []
    missing = []
    for kind, rows in _entries(chosen):
        listed = [(kind, words, beside, names.link(address, "/")) for words, beside, address in rows]
        if len(entries) + len(listed) > _MOST:
            missing.append(kind)
        else:
            entries += listed
    with (folder / "search-index.js").open("w", encoding="utf-8") as out:
        out.write("globalThis.onrecordIndex = [\n")
        out.writelines(f"{json.dumps(entry, ensure_ascii=False)},\n" for entry in entries)
        out.write("];\n")
    script = (files("onrecord.views.export") / "search.js").read_text(encoding="utf-8")
    (folder / "search.js").write_text(script, encoding="utf-8")
    (folder / SEARCH).write_bytes(_page(folder, missing))
    return len(entries)


def _entries(chosen: Chosen) -> Iterator[tuple[str, Iterable[tuple[str, str, str]]]]:
    """What can be looked for, kind by kind: words, what stands beside them, and the address of their page."""
    ledger = chosen.ledger
    yield "story", ((row.title or row.id, f"{row.documents} articles", story_url(row.id)) for row in ledger.stories())
    yield (
        "speaker",
        ((row.name, f"{row.type}, {row.statements} statements", speaker_url(row.key)) for row in ledger.speakers()),
    )
    yield "series", ((row.what, row.trend, series_url(row.id)) for row in chosen.series())
    yield (
        "document",
        (
            (
                titled(row.title, row.id),
                ", ".join(filter(None, (row.publisher, (row.published or "")[:10]))),
                document_url(row.id),
            )
            for row in chosen.documents
        ),
    )
    yield "claim", ((row.says, f"{row.first.name}, {row.standing}", claim_url(row.id)) for row in chosen.claims())


def _page(folder: Path, missing: list[str]) -> bytes:
    """The frame of the front page around the search."""
    root: Any = html.document_fromstring((folder / "index.html").read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    root.xpath("//title")[0].text = "Search · Onrecord"
    for script in root.xpath("//script"):
        script.drop_tree()
    for twin in root.xpath("//footer//a"):
        twin.drop_tree()
    main = root.get_element_by_id("main")
    for child in list(main):
        main.remove(child)
    main.text = "\n"
    left_out = f" Not in it, because there are too many: {', '.join(missing)}." if missing else ""
    parts: Any = html.fragments_fromstring(
        f"""<h1>Search</h1>
<p class="dim" id="search-told">Looks in the names of people, the titles of stories and documents, what is counted, and what
is claimed: every word, or the beginning of one.{left_out}</p>
<p class="search-box"><input type="search" id="words" aria-label="Words to search for" aria-describedby="search-told"
autocomplete="off"></p>
<p id="found" role="status"></p>
<ul class="rows" id="hits"></ul>
<noscript><p class="none">Searching needs scripts. The pages above list everything.</p></noscript>"""
    )
    for part in parts:
        part.tail = "\n"
        main.append(part)
    for name in ("search-index.js", "search.js"):
        root.find("body").append(html.Element("script", {"src": name}))
    written: bytes = html.tostring(root, encoding="utf-8", doctype="<!doctype html>")
    return written + b"\n"
