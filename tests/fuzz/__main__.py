"""Coverage-guided fuzzing:  python -m tests.fuzz TARGET… --seconds N [--keep FOLDER]

TARGET is one of tests/fuzz/targets.py, or `all`; the seconds, of processor time, are shared out evenly. Needs atheris (pip
install atheris). An input that fails, or takes longer than LONGEST seconds, is kept in FOLDER, and the exit status is 1.
Says of each target how many inputs were tried and how many features of its code (libFuzzer's word: an edge, and how often
it was taken) they reached. With --once FILE one input is tried, without atheris.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

LONGEST = 5  # seconds of processor time that one input may take
_LARGEST = 20_000  # bytes of one input
_LARGEST_TEXT = 800  # of one that is read, which takes longer
_LATER = (
    *(
        f"intake.{name}"
        for name in ("archives", "gdelt", "html", "jsonfeed", "mail", "parquet", "pdf", "rows", "tables")
    ),
    *("intake.warc", "intake.fetching", "reader.decoding", "reader.heads.annotate"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="+", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--once", type=Path)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        _fuzz(asked.targets[0], asked.seconds, asked.keep)
        return 0
    from tests.fuzz.targets import TARGETS

    if asked.once is not None:
        TARGETS[asked.targets[0]](asked.once.read_bytes())
        return 0
    names = list(TARGETS) if asked.targets == ["all"] else asked.targets
    if unknown := [name for name in names if name not in TARGETS]:
        parser.error(f"no target {unknown[0]}: one of {', '.join(TARGETS)}, all")
    asked.keep.mkdir(parents=True, exist_ok=True)
    failed = False
    total = 0
    for name in names:
        seconds = max(asked.seconds // len(names), 1)
        command = [sys.executable, "-m", "tests.fuzz", name, "--inside", f"--seconds={seconds}", f"--keep={asked.keep}"]
        done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, errors="replace")
        tried, features = _told(done.stderr)
        total += tried
        failed |= done.returncode != 0
        said = "held" if done.returncode == 0 else "FAILED"
        print(f"{name:10} {said}: {tried:9,} inputs, {features:6,} features, {seconds} s of processor time", flush=True)
        if done.returncode != 0:
            print(done.stderr[-4_000:], flush=True)
    print(f"{'in all':10} {'FAILED' if failed else 'held'}: {total:9,} inputs", flush=True)
    return int(failed)


def _told(said: str) -> tuple[int, int]:
    """What libFuzzer says at its end of inputs and of features."""
    inputs = re.findall(r"number_of_executed_units: (\d+)", said) or re.findall(r"^#(\d+)", said, re.M)
    features = re.findall(r"\bft: (\d+)", said)
    return int(inputs[-1]) if inputs else 0, int(features[-1]) if features else 0


def _fuzz(name: str, seconds: int, keep: Path) -> None:
    """Never comes back: libFuzzer ends the process."""
    try:
        import atheris
    except ImportError:
        sys.exit("this needs atheris, which is not installed: pip install atheris")
    with atheris.instrument_imports(include=["onrecord"]):
        for module in _LATER:  # what is imported only when it is needed would not be followed
            importlib.import_module(f"onrecord.{module}")
        from tests.fuzz.targets import READER, TARGETS, seeds

    if name in READER:
        from tests.fuzz.guessing import known

        known()
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(name)):
            Path(folder, f"seed-{number}").write_bytes(seed)
        options = [
            f"-timeout={LONGEST * 12}",  # by a clock on the wall, on a machine that may have much else to do
            f"-max_len={_LARGEST_TEXT if name in READER else _LARGEST}",
            "-rss_limit_mb=4000",
        ]
        options += [f"-artifact_prefix={keep}/{name}-", "-print_final_stats=1", "-print_pcs=0"]

        start = process_time()

        def timed(data: bytes) -> None:
            began = process_time()
            if began - start > seconds:
                os.kill(
                    os.getpid(), signal.SIGUSR1
                )  # by which libFuzzer ends in order; its own limit is of a clock on a wall
            TARGETS[name](data)
            took = process_time() - began
            assert took < LONGEST, f"it took {took:.1f} seconds of processor time"

        atheris.Setup([sys.argv[0], *options, folder], timed)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
