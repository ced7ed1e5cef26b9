"""How common English words are: `python -m training.background` writes src/onrecord/ledger/data/english.tsv.

Counted are the documents of UD EWT and GUM (training parts, CC BY-SA 4.0) that hold a word in lower case. Only counts
are kept, and only of words in at least three documents, so that nothing of a text can be made out from them. The
ledger weighs words by this table and never by its own content: what one pair of articles has in common must not depend
on which other articles are there.
"""

from __future__ import annotations

import gzip
import os
from collections import Counter
from pathlib import Path

SHARED = Path(os.environ.get("ONRECORD_SHARED", "../shared"))
TABLE = Path(__file__).parents[1] / "src/onrecord/ledger/data/english.tsv"
LEAST = 3


def count() -> tuple[int, Counter[str]]:
    """The number of documents, and in how many of them each word stands."""
    documents = 0
    found: Counter[str] = Counter()
    for name in ("ewt-train", "gum-train"):
        words: set[str] = set()
        with gzip.open(SHARED / f"data/{name}.conllu.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# newdoc"):
                    found.update(words)
                    documents += bool(words)
                    words = set()
                elif line[:1].isdigit():
                    form = line.split("\t")[1].lower().replace("’", "'")
                    if form[:1].isalpha():
                        words.add(form)
        found.update(words)
        documents += bool(words)
    return documents, found


def main() -> None:
    documents, found = count()
    rows = sorted(((n, word) for word, n in found.items() if n >= LEAST), key=lambda row: (-row[0], row[1]))
    head = f"# Documents of UD EWT and GUM (train; CC BY-SA 4.0) that hold a word\n*\t{documents}\n"
    TABLE.write_text(head + "".join(f"{word}\t{n}\n" for n, word in rows), encoding="utf-8")
    print(f"{TABLE.name}: {len(rows)} words in {documents} documents")


if __name__ == "__main__":
    main()
