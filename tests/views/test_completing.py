"""What the shells offer while a command is typed, by the scripts that the installed command prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.reading import Reading

COMMAND = Path(sys.executable).parent / "onrecord"
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def ledger(tmp_path: Path, flood: Reading, hostile: Reading) -> str:
    path = tmp_path / "news.ledger"
    with Ledger.open(path) as book:
        list(book.add([flood, hostile]))
    return str(path)


def offered(shell: str, *line: str) -> list[str]:
    """What this shell is offered for the last word of the line, as it is printed to it."""
    environment = {**os.environ, "_ONRECORD_COMPLETE": f"complete_{shell}"}
    environment.pop("COMP_WORDS", None)
    if shell == "bash":
        environment |= {"COMP_WORDS": "\n".join(line), "COMP_CWORD": str(len(line) - 1)}
    else:
        environment |= {"_TYPER_COMPLETE_ARGS": " ".join(line), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run([COMMAND], env=environment, capture_output=True, text=True, check=True, timeout=60)
    return [part for part in done.stdout.splitlines() if part]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_printed(shell: str) -> None:
    environment = {**os.environ, "_ONRECORD_COMPLETE": f"source_{shell}"}
    script = subprocess.run([COMMAND], env=environment, capture_output=True, text=True, check=True).stdout
    assert f"complete_{shell}" in script
    assert re.search(
        {"bash": r"complete .* onrecord", "zsh": r"#compdef onrecord", "fish": "--command onrecord"}[shell], script
    )


def test_bash_completes_as_in_a_terminal(ledger: str, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    script = """
        source <(_ONRECORD_COMPLETE=source_bash onrecord)
        tried() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _onrecord_completion onrecord
            printf '%s\\n' "${COMPREPLY[@]}"; }
        tried onrecord stateme
        tried onrecord statements "$1" --speaker Ida
        tried onrecord series "$1" --format j
    """
    environment = {**os.environ, "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [bash, "--norc", "-c", script, "bash", ledger],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["statements", "Ida\\ Holm", "json", "jsonl"]


@pytest.mark.parametrize("shell", SHELLS)
def test_ids_come_from_the_ledger_on_the_line(shell: str, ledger: str) -> None:
    with Ledger.open(ledger, read_only=True) as book:
        claim, story, document = book.claims()[0], book.stories()[0], book.documents()[0]
    assert any(claim.id in line for line in offered(shell, "onrecord", "claims", ledger, claim.id[:3]))
    assert any(story.id in line for line in offered(shell, "onrecord", "timeline", ledger, "t"))
    assert any(story.id in line for line in offered(shell, "onrecord", "claims", ledger, "--story", "t"))
    assert any(document.id[:12] in line for line in offered(shell, "onrecord", "show", ledger, document.id[:2]))


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_an_id_is_explained(shell: str, ledger: str, flood: Reading) -> None:
    lines = offered(shell, "onrecord", "show", ledger, flood.document.id[:3])
    assert any("Harbour flooded" in line for line in lines)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_name_that_a_shell_could_obey_is_not_offered(shell: str, ledger: str, hostile: Reading) -> None:
    names = "\n".join(offered(shell, "onrecord", "who", ledger, ""))
    assert "Ida" in names
    assert "alert" not in names
    shown = "\n".join(offered(shell, "onrecord", "show", ledger, hostile.document.id[:2]))
    assert hostile.document.id[:12] in shown
    explained = shown.replace("_arguments '*: :((", "").replace("))'", "")
    assert set(re.findall(r"[^\w\s,.-]", explained)) <= ({'"', ":"} if shell == "zsh" else set())


@pytest.mark.parametrize("shell", SHELLS)
def test_without_a_ledger_files_are_offered(shell: str, tmp_path: Path) -> None:
    nothing = {"bash": [], "zsh": ["_files"], "fish": []}[shell]
    assert offered(shell, "onrecord", "claims", str(tmp_path / "none.ledger"), "c") == nothing
    assert offered(shell, "onrecord", "claims", "ne") == nothing
