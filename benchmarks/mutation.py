"""Mutation score of the decoders and of the ledger:  python -m benchmarks.mutation [--places 150] [--room ledger]

One thing in the source is altered at a time, by the operators of cosmic-ray (pip install cosmic-ray coverage): a
comparison, a number, `and` for `or`, a loop that never runs. Then those tests run that execute the altered line. A mutant
that no test fails on has survived; the score is the share of those that did not. Places are drawn evenly, and at each place
one of its alterations, so that a `+`, for which there are eleven others, does not weigh more than a number. Left out is
what no behaviour can show: annotations, `slots=`, and decorators that only remember (`@cache`).

First the tests run once under coverage, which tells what each of them executes and how long it takes (--map, kept in
FOLDER; again for single files: --map tests/reader/test_x.py). A mutant gets those of its tests that go over all sample
articles, then the quickest, up to --seconds of them, so that the score is a lower bound. Nothing is written to the source:
the altered module is handed to the import. Results are kept in FOLDER, a second run goes on where the first ended; --again
tries what survived once more.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
_DECODERS = ("statements", "figures", "moments", "events", "entities", "clauses.py", "confidence.py", "plurals.py")
ROOMS = {
    "decoders": ([f"onrecord/reader/{part}" for part in _DECODERS], ["tests/reader"]),
    "ledger": (["onrecord/ledger"], ["tests/ledger"]),
}
# These see the most, and run before the quicker.
_WIDE = tuple(
    f"tests/{name}.py"
    for name in ("reader/test_frozen", "ledger/test_passages", "ledger/test_tales", "ledger/test_told")
)
_DECLARED = "tests/ledger/test_shapes.py"  # looks at what is made at import, which no test executes
_NAMES_NEEDED = ("VariableReplacer", "VariableInserter")  # these want the name of a variable
_REMEMBERING = ("@cache", "@lru_cache", "@cached_property")
# The last: modules that were imported before pytest ran cannot be rewritten for its messages, which nobody reads here.
_QUIET = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
_CHECKED = 25  # each so manieth mutant's tests run over the source as it is too, where all have to pass
_WARM = ("numpy", "onnxruntime", "sqlalchemy", "hypothesis", "pydantic", "httpx", "lxml.html", "trafilatura", "pytest")


@dataclass(frozen=True, slots=True)
class Mutant:
    file: str  # below src
    operator: str
    occurrence: int
    line: int
    digest: str  # of the file as it was


# What can be altered


@cache
def _operators() -> dict[str, Any]:
    from cosmic_ray.plugins import get_operator, operator_names

    return {name: get_operator(name)() for name in operator_names() if not name.endswith(_NAMES_NEEDED)}


def places(path: Path) -> Iterator[list[Mutant]]:
    """The alterations that are possible at each place of a file."""
    from cosmic_ray.ast import ast_nodes, get_ast

    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    nodes = list(ast_nodes(get_ast(text)))
    unseen = list(_unseen(text))
    found: dict[tuple[int, int], list[Mutant]] = defaultdict(list)
    for name, operator in _operators().items():
        occurrence = -1
        for node in nodes:
            for start, end in operator.mutation_positions(node):
                occurrence += 1
                if name.endswith("RemoveDecorator") and node.get_code().strip().startswith(_REMEMBERING):
                    continue
                if not any(a <= start and end <= b for a, b in unseen):
                    mutant = Mutant(str(path.relative_to(SOURCE)), name, occurrence, start[0], digest)
                    found[start].append(mutant)
    yield from found.values()


def _unseen(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where annotations and `slots=` stand: line and column, from and to."""
    lines = text.splitlines()

    def at(line: int, column: int) -> tuple[int, int]:
        return line, len(lines[line - 1].encode()[:column].decode())

    for node in ast.walk(ast.parse(text)):
        parts: list[ast.expr | None] = []
        if isinstance(node, ast.AnnAssign | ast.arg):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            parts = [node.returns]
        elif isinstance(node, ast.keyword) and node.arg == "slots":
            parts = [node.value]
        for part in parts:
            if part is not None:
                yield at(part.lineno, part.col_offset), at(part.end_lineno or 0, part.end_col_offset or 0)


def altered(mutant: Mutant) -> str:
    from cosmic_ray.mutating import mutate_code

    text = (SOURCE / mutant.file).read_text(encoding="utf-8")
    changed: str = mutate_code(text, _operators()[mutant.operator], mutant.occurrence)
    return changed


def difference(mutant: Mutant) -> str:
    """The altered line as it was, and as it became."""
    before = (SOURCE / mutant.file).read_text(encoding="utf-8").splitlines()
    after = altered(mutant).splitlines()
    for old, new in zip(before, after, strict=False):
        if old != new:
            return f"{old.strip()}  ->  {new.strip()}"
    return "at the end"


def draw(room: str, count: int, seed: int) -> list[Mutant]:
    chance = random.Random(f"{room} {seed}")
    paths = [
        path
        for part in ROOMS[room][0]
        for path in sorted([SOURCE / part] if part.endswith(".py") else (SOURCE / part).rglob("*.py"))
    ]
    every = [place for path in paths for place in places(path)]
    print(f"{room}: {len(every):,} places, {sum(map(len, every)):,} mutants, {len(paths)} files", flush=True)
    return [chance.choice(place) for place in chance.sample(every, min(count, len(every)))]


# What tests execute


class _Followed:
    """A plugin of pytest that tells coverage which test runs, and keeps how long each took and whether it passed."""

    def __init__(self, coverage: Any) -> None:
        self._coverage = coverage
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._coverage.switch_context(nodeid)
        self._began = time.process_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] = time.process_time() - self._began
        self._coverage.switch_context("")

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.outcome != "passed":
            self.failed.add(report.nodeid)


def follow(tests: Sequence[str], kept: Path) -> None:
    """Adds to the file `kept` what each test executes: the lines of each file, and its seconds of processor time."""
    import coverage
    import pytest

    data = kept.with_suffix(".coverage")
    data.unlink(missing_ok=True)
    watching = coverage.Coverage(data_file=str(data), source=["onrecord"], config_file=False)
    watching.start()
    followed = _Followed(watching)
    pytest.main(["-q", "-p", "no:cacheprovider", *tests], plugins=[followed])
    watching.stop()
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {"seconds": {}, "lines": {}}
    seconds = before["seconds"] | {k: v for k, v in followed.seconds.items() if k not in followed.failed}
    lines: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for file, known in before["lines"].items():
        for line, ran in known.items():
            lines[file][line] = set(ran) - followed.seconds.keys()
    found = watching.get_data()
    for file in found.measured_files():
        name = str(Path(file).relative_to(SOURCE))
        for line, contexts in found.contexts_by_lineno(file).items():
            lines[name][str(line)] |= set(contexts) & seconds.keys()
    data.unlink(missing_ok=True)
    told = {file: {line: sorted(ran) for line, ran in known.items()} for file, known in lines.items()}
    kept.write_text(json.dumps({"seconds": seconds, "lines": told}), encoding="utf-8")
    print(f"{len(followed.seconds):,} tests followed, {len(followed.failed)} did not pass and are left out", flush=True)


class Tests:
    """Which tests to run for an altered line."""

    def __init__(self, kept: Path, most: float) -> None:
        known = json.loads(kept.read_text(encoding="utf-8"))
        self.seconds: dict[str, float] = known["seconds"]
        self._lines: dict[str, dict[str, list[str]]] = known["lines"]
        self._most = most

    def of(self, mutant: Mutant) -> tuple[list[str], float]:
        """The quickest of those that execute the line, or, where it is executed at import, any of its file, or folder."""
        lines = self._lines.get(mutant.file, {})
        inside = _function_lines(mutant.file).get(mutant.line)
        wanted = {str(line) for line in inside} if inside else set(lines)
        own = set(lines.get(str(mutant.line), ()))
        runs = own or {test for line in wanted for test in lines.get(line, ())}
        if not runs:  # what is remembered is executed once, and that may be before any test: whoever executes the file
            runs = {test for ran in lines.values() for test in ran}
        if not runs and inside is None:  # nothing but names that others take: whoever executes a neighbour
            folder = str(Path(mutant.file).parent)
            near = (known for file, known in self._lines.items() if str(Path(file).parent) == folder)
            runs = {test for known in near for ran in known.values() for test in ran}
        if inside is None:
            runs |= {test for test in self.seconds if test.startswith(_DECLARED)}
        chosen: list[str] = []
        total = 0.0
        for test in sorted(runs, key=lambda test: (not test.startswith(_WIDE), self.seconds[test], test)):
            if chosen and total + self.seconds[test] > self._most:
                break
            chosen.append(test)
            total += self.seconds[test]
        return chosen, total


@cache
def _function_lines(file: str) -> dict[int, range]:
    """For each line inside a function the lines of the statement of the function that it belongs to: of an expression over
    several lines coverage may know the first only."""
    found: dict[int, range] = {}
    for function in ast.walk(ast.parse((SOURCE / file).read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in (node for part in function.body for node in ast.walk(part)):
                if isinstance(node, ast.stmt):
                    lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                    found.update({line: lines for line in lines if line not in found or len(lines) < len(found[line])})
    return found


# Running


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> Any:
        return compile(self._text, self.path, "exec")


class _Finder:
    """Hands the altered text to whoever imports the module."""

    def __init__(self, file: str, text: str) -> None:
        parts = Path(file).with_suffix("").parts
        self._package = parts[-1] == "__init__"
        self._name = ".".join(parts[:-1] if self._package else parts)
        self._path = SOURCE / file
        self._text = text

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(
            name,
            self._path,
            loader=_Loader(name, str(self._path), self._text),
            submodule_search_locations=[str(self._path.parent)] if self._package else None,
        )


class _Chosen:
    """A plugin of pytest that runs these tests only, the quickest file first."""

    def __init__(self, tests: Sequence[str], seconds: dict[str, float]) -> None:
        self._seconds = {test: seconds[test] for test in tests}
        files: dict[str, float] = defaultdict(float)
        for test, took in self._seconds.items():
            files[test.partition("::")[0]] += took
        self._files = files

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        chosen = [item for item in items if item.nodeid in self._seconds]
        chosen.sort(key=lambda item: self._files[item.nodeid.partition("::")[0]])
        items[:] = chosen


def run(mutant: Mutant | None, tests: Sequence[str], seconds: dict[str, float], log: Path) -> str:
    """Runs the tests over a mutant, or over the source as it is: `killed`, `survived`, `out of time`, or `untested`."""
    if not tests:
        return "untested"
    planned = sum(seconds[test] for test in tests)
    text = altered(mutant) if mutant is not None else ""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            os.setsid()
            limit = int(20 + 4 * planned)
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
            resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
            out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(out, 1)
            os.dup2(out, 2)
            if mutant is not None:
                sys.meta_path.insert(0, _Finder(mutant.file, text))  # type: ignore[arg-type]
            import pytest

            files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
            status = pytest.main([*_QUIET, *files], plugins=[_Chosen(tests, seconds)])
        except BaseException:  # noqa: BLE001 - this process ends here, whatever it was
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(int(status))
    latest = time.monotonic() + 60 + 12 * planned
    while True:
        ended, how = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > latest:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "out of time"
        time.sleep(0.02)
    if os.WIFSIGNALED(how):
        return "out of time"
    code = os.WEXITSTATUS(how)
    if code == 4 and "while loading conftest" in log.read_text(encoding="utf-8", errors="replace"):
        return "killed"
    if code not in (0, 1, 2):  # 2, like 4 with these words: a module that the tests import cannot be imported
        raise SystemExit(f"{tests[0]} and others could not be run ({code}): see {log}; make the map anew (--map)")
    return "survived" if code == 0 else "killed"


def interval(good: int, of: int) -> tuple[float, float]:
    """Wilson's, at 95 %."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, good / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def report(room: str, drawn: Sequence[Mutant], results: dict[str, str]) -> None:
    known = [(mutant, results[key(mutant)]) for mutant in drawn if key(mutant) in results]
    counts: dict[str, int] = defaultdict(int)
    for mutant, result in known:
        counts[result] += 1
        if result in ("survived", "untested"):
            print(
                f"  {result}: {mutant.file}:{mutant.line} {mutant.operator.removeprefix('core/')} {difference(mutant)}"
            )
    good = counts["killed"] + counts["out of time"]
    low, high = interval(good, len(known))
    told = ", ".join(f"{count} {result}" for result, count in sorted(counts.items()))
    print(
        f"{room}: {good} of {len(known)} fail a test: {good / max(len(known), 1):.1%} ({low:.1%} to {high:.1%}); {told}"
    )


def key(mutant: Mutant) -> str:
    return f"{mutant.file} {mutant.operator} {mutant.occurrence} {mutant.digest}"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutation", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--room", choices=list(ROOMS), action="append")
    parser.add_argument("--places", type=int, default=150, help="how many are drawn in each room")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=20.0, help="of tests for one mutant")
    parser.add_argument("--again", action="store_true", help="try what survived once more")
    parser.add_argument(
        "--map", nargs="*", metavar="TEST", help="only follow these tests; without any, all of the rooms"
    )
    parser.add_argument("--folder", type=Path, default=ROOT / ".build" / "mutation")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    sys.path[:0] = [str(SOURCE), str(ROOT)]
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = str(SOURCE)
    rooms = asked.room or list(ROOMS)
    for room in rooms:
        kept = asked.folder / f"{room}.json"
        wanted = ROOMS[room][1]
        if asked.map is not None:
            wanted = [test for test in asked.map if test.startswith(wanted[0])] if asked.map else wanted
            _apart(wanted, kept)
        elif not kept.exists():
            _apart(wanted, kept)
    if asked.map is not None:
        return
    for name in _WARM:
        importlib.import_module(name)
    for room in rooms:
        _score(room, asked)


def _apart(tests: Sequence[str], kept: Path) -> None:
    """Follows in a process of its own: what a test imports must not be there when a mutant is run."""
    if tests and (child := os.fork()) == 0:
        try:
            follow(tests, kept)
        finally:
            sys.stdout.flush()
            os._exit(0)
    elif tests:
        os.waitpid(child, 0)


def _score(room: str, asked: argparse.Namespace) -> None:
    journal = asked.folder / "results.jsonl"
    results: dict[str, str] = {}
    if journal.exists():
        for line in journal.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            results[row["key"]] = row["result"]
    drawn = draw(room, asked.places, asked.seed)
    tests = Tests(asked.folder / f"{room}.json", asked.seconds)
    with journal.open("a", encoding="utf-8") as journalled:
        for number, mutant in enumerate(drawn, 1):
            known = results.get(key(mutant))
            if known is not None and not (asked.again and known in ("survived", "untested")):
                continue
            chosen, planned = tests.of(mutant)
            if number % _CHECKED == 1 and run(None, chosen, tests.seconds, asked.folder / "log.txt") == "killed":
                raise SystemExit(f"{chosen[0]} and others fail over the source as it is: see {asked.folder}/log.txt")
            began = time.monotonic()
            result = run(mutant, chosen, tests.seconds, asked.folder / "log.txt")
            results[key(mutant)] = result
            print(json.dumps({"key": key(mutant), "result": result, **asdict(mutant)}), file=journalled, flush=True)
            took = time.monotonic() - began
            print(
                f"{number}/{len(drawn)} {result}: {mutant.file}:{mutant.line} {mutant.operator}, "
                f"{len(chosen)} tests ({planned:.1f} s), {took:.1f} s",
                flush=True,
            )
    report(room, drawn, results)


if __name__ == "__main__":
    main()
