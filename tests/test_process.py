"""Neither a reading nor what a ledger keeps of it makes cycles of objects: processes at work need not look for dead ones."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from onrecord.intake import documents
from onrecord.ledger.prepared import prepare
from onrecord.reader import read
from onrecord.records import Document

SAMPLES = Path(__file__).parents[1] / "samples"


def test_a_reading_and_what_is_kept_of_it_leave_no_cycle_behind() -> None:
    articles = [d for d in documents([SAMPLES]) if isinstance(d, Document)][:3]
    prepare(read(articles[0]))  # what is loaded once is kept, not left behind
    read(articles[0]).to_json()
    gc.collect()
    gc.disable()
    try:
        for article in articles:
            read(article).to_json()
            prepare(read(article))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_process_that_reads_looks_seldom_and_not_at_what_it_loaded() -> None:
    told = "import gc, sys; from onrecord.process import ready_to_work; ready_to_work()"
    told += "; print(gc.get_threshold()[0] > 700, gc.get_freeze_count() > 0, sys.getswitchinterval() < 0.005)"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split() == [
        "True",
        "True",
        "True",
    ]
