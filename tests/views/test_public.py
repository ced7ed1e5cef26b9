"""The public face: what `import onrecord` gives and what it does not load."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version

import pytest

import onrecord
from onrecord.errors import EmptyInput, InputError, Malformed, MissingInput
from onrecord.reading import Reading
from onrecord.records import Document


def test_import_is_light() -> None:
    script = "import onrecord, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    heavy = ("numpy", "onnxruntime", "tokenizers", "sqlalchemy", "starlette", "jinja2", "rich", "typer", "trafilatura")
    assert not set(heavy) & set(loaded)


def test_every_name_of_all_is_there() -> None:
    assert all(getattr(onrecord, name) is not None for name in onrecord.__all__)
    assert onrecord.__version__ == version("onrecord")
    with pytest.raises(AttributeError, match="nothing"):
        onrecord.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("found", "error"),
    [([MissingInput("x", "no such file")], MissingInput), ([], EmptyInput), (["a", "b"], Malformed)],
)
def test_read_file_raises_what_was_refused(
    monkeypatch: pytest.MonkeyPatch, flood: Reading, found: list[InputError | str], error: type[InputError]
) -> None:
    def documents(inputs: list[str], **_: object) -> Iterator[Document | InputError]:
        assert inputs == ["x"]
        yield from (flood.document if isinstance(item, str) else item for item in found)

    monkeypatch.setattr("onrecord.intake.documents", documents, raising=False)
    with pytest.raises(error, match="x: "):
        onrecord.read_file("x")
