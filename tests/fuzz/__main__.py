"""Coverage-guided fuzzing:  python -m tests.fuzz TARGET --seconds N [--keep FOLDER]

TARGET is one of tests/fuzz/targets.py, or `all`, which shares the seconds out. Needs atheris (pip install atheris).
An input that fails, or takes longer than LONGEST seconds, is kept in FOLDER, and the exit status is 1. With --once FILE one
input is tried, without atheris.
"""

from __future__ import annotations

import argparse
import importlib
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
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--once", type=Path)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        _fuzz(asked.target, asked.seconds, asked.keep)
        return 0
    from tests.fuzz.targets import TARGETS

    if asked.once is not None:
        TARGETS[asked.target](asked.once.read_bytes())
        return 0
    names = list(TARGETS) if asked.target == "all" else [asked.target]
    if unknown := [name for name in names if name not in TARGETS]:
        parser.error(f"no target {unknown[0]}: one of {', '.join(TARGETS)}, all")
    asked.keep.mkdir(parents=True, exist_ok=True)
    failed = False
    for name in names:
        seconds = max(asked.seconds // len(names), 1)
        command = [sys.executable, "-m", "tests.fuzz", name, "--inside", f"--seconds={seconds}", f"--keep={asked.keep}"]
        done = subprocess.run(command, check=False)
        print(f"{name}: {'held' if done.returncode == 0 else 'FAILED'} for {seconds} s", flush=True)
        failed |= done.returncode != 0
    return int(failed)


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
            f"-max_total_time={seconds}",
            f"-timeout={LONGEST * 12}",  # by a clock on the wall, on a machine that may have much else to do
            f"-max_len={_LARGEST_TEXT if name in READER else _LARGEST}",
            "-rss_limit_mb=4000",
        ]
        options += [f"-artifact_prefix={keep}/{name}-", "-print_final_stats=1", "-verbosity=0"]

        def timed(data: bytes) -> None:
            began = process_time()
            TARGETS[name](data)
            took = process_time() - began
            assert took < LONGEST, f"it took {took:.1f} seconds of processor time"

        atheris.Setup([sys.argv[0], *options, folder], timed)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
