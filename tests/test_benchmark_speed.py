"""The stream that memory is measured on has no two articles alike; a peer that is not there is said to be missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.memory import articles, family, megabytes

PEERS = Path(__file__).parents[1] / "benchmarks" / "peers.py"
KNOWN = [
    f"On Monday the mayor of Fjordby met Ada Holm and {n} others, who said that nothing had changed." for n in range(9)
]


def test_articles_of_the_stream_differ_and_come_again_by_the_seed() -> None:
    first = [json.loads(line)["text"] for line in islice(articles(KNOWN, 1), 50)]
    assert len(set(first)) == 50
    assert not any("Fjordby" in text or "Holm" in text for text in first)
    assert first == [json.loads(line)["text"] for line in islice(articles(KNOWN, 1), 50)]
    assert first != [json.loads(line)["text"] for line in islice(articles(KNOWN, 2), 50)]


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux counts shared memory so")
def test_memory_is_that_of_a_process_and_those_it_started() -> None:
    hold = "import sys; kept = b'1' * 80_000_000; print('held', flush=True); sys.stdin.read()"
    own = megabytes(os.getpid())
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in list(family(os.getpid()))
        assert megabytes(os.getpid()) > own + 70
        child.communicate()


def test_a_tool_that_is_not_there_is_named_with_what_it_needs(tmp_path: Path) -> None:
    texts = tmp_path / "texts.json"
    texts.write_text("[]")
    result = subprocess.run(
        [sys.executable, "-S", PEERS, "textacy", texts], capture_output=True, text=True, check=False
    )
    assert result.returncode == 3
    assert "needs textacy" in result.stderr
