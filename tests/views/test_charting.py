"""Charts as files and as objects of a notebook: the drawings hold what the ledger holds, and nothing that is obeyed."""

from __future__ import annotations

import json
import struct
import sys
from contextlib import chdir
from pathlib import Path

import pytest
from lxml import etree
from tests.ledger.sample_readings import readings
from typer.testing import CliRunner, Result

from onrecord.answer import Answer
from onrecord.errors import LedgerError, MissingExtra, OutputError
from onrecord.ledger import Ledger
from onrecord.ledger.stories.rows import MapRow
from onrecord.ledger.timeline import TimelineRow
from onrecord.reading import Reading
from onrecord.views.charts import altair_chart, series_chart
from onrecord.views.charts.files import drawn, write
from onrecord.views.cli import app


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("charting") / "dam.db"
    with Ledger.open(path) as book:
        list(book.add(readings()))
    return path


@pytest.fixture(scope="module")
def series(path: Path) -> str:
    with Ledger.open(path, read_only=True) as book:
        return book.series(about="dead", limit=1)[0].id


def chart(ledger: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(app, ["chart", str(ledger), *arguments])
    assert "Traceback" not in result.output
    return result


def texts(svg: Path) -> str:
    return " ".join(etree.parse(svg).getroot().itertext())


def test_a_series_is_drawn_as_svg(path: Path, series: str, tmp_path: Path) -> None:
    out = tmp_path / "dead.svg"
    result = chart(path, series, "-o", str(out), "--width", "900")
    assert result.exit_code == 0, result.output
    assert "people killed" in result.stderr
    assert etree.parse(out).getroot().get("width") == "900"
    shown = texts(out)
    with Ledger.open(path, read_only=True) as book:
        row = book.series(series)[0]
    assert "people killed" in shown
    named = {point.name for point in row.points if not point.outlet}
    assert any(name in shown for name in named)


def test_a_png_has_two_pixels_to_one_and_may_be_dark(path: Path, series: str, tmp_path: Path) -> None:
    out, dark = tmp_path / "dead.png", tmp_path / "dark.PNG"
    assert chart(path, series, "-o", str(out), "--width", "400").exit_code == 0
    assert chart(path, series, "-o", str(dark), "--width", "400", "--dark").exit_code == 0
    head = out.read_bytes()
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", head[16:20])[0] == pytest.approx(800, abs=8)
    assert dark.read_bytes() != head


def test_the_specification_is_the_one_of_the_pages(path: Path, series: str, tmp_path: Path) -> None:
    out = tmp_path / "dead.json"
    assert chart(path, series, "-o", str(out)).exit_code == 0
    with Ledger.open(path, read_only=True) as book:
        spec = series_chart(book.series(series)[0], course=book.course(series))
        assert json.loads(out.read_text(encoding="utf-8")) == spec


def test_timelines_and_maps_are_drawn(path: Path, tmp_path: Path) -> None:
    with Ledger.open(path, read_only=True) as book:
        story, place = next((row.id, places[0].name) for row in book.stories() if (places := book.places(row.id)))
    lines, land = tmp_path / "lines.svg", tmp_path / "land.svg"
    assert chart(path, story, "-o", str(lines)).exit_code == 0
    assert "published" in texts(lines)
    assert chart(path, "Brezik", "-o", str(tmp_path / "brezik.svg")).exit_code == 0
    assert chart(path, story, "-o", str(land), "--map").exit_code == 0
    assert place in texts(land)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["{series}", "-o", "dead.gif"], 1, "a chart is written as .svg, .png or .json"),
        (["{series}", "-o", "missing/dead.svg"], 1, "dead.svg: No such file"),
        (["{series}", "-o", "dead.svg", "--map"], 2, "is a series"),
        (["{series}"], 2, "--output"),
        (["{series}", "-o", "dead.svg", "--width", "7"], 2, "--width"),
        (["f000000000000", "-o", "dead.svg"], 1, "f000000000000"),
        (["Zebedee Quux", "-o", "dead.svg"], 1, "Zebedee Quux"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(
    path: Path, series: str, tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    with chdir(tmp_path):
        result = chart(path, *(argument.format(series=series) for argument in arguments))
    assert result.exit_code == status
    assert words in " ".join(result.stderr.split())
    assert status != 1 or len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_an_article_is_markup_of_a_drawing(hostile: Reading, tmp_path: Path) -> None:
    book_path, out = tmp_path / "hostile.db", tmp_path / "hostile.svg"
    with Ledger.open(book_path) as book:
        list(book.add([hostile]))
    assert chart(book_path, hostile.document.id, "-o", str(out)).exit_code == 0
    tags = {etree.QName(element).localname for element in etree.parse(out).iter() if isinstance(element.tag, str)}
    assert tags & {"script", "foreignObject", "image", "b"} == set()
    attributes = [item for element in etree.parse(out).iter() for item in element.attrib.items()]
    assert not [name for name, value in attributes if name.startswith("on") or "javascript:" in value]


def test_a_notebook_gets_altair_objects(path: Path, series: str) -> None:
    import altair

    with Ledger.open(path, read_only=True) as book:
        row, timeline = book.series(series)[0], book.timeline()
        places = next(found for story in book.stories() if (found := book.places(story.id)))
    for rows in (row, timeline, places):
        made = altair_chart(rows, width=500, height=200, ground="dark")
        assert isinstance(made, altair.LayerChart)
        spec = made.to_dict()  # checked against the schema of Vega-Lite
        assert (spec["width"], spec["height"]) == (500, 200)
    assert altair_chart(row).to_dict()["title"] == series_chart(row)["title"]
    assert isinstance(altair_chart(list(timeline)), altair.LayerChart)


def test_rows_that_no_chart_is_of_are_refused(path: Path) -> None:
    with Ledger.open(path, read_only=True) as book:
        statements = book.statements(limit=2)
    with pytest.raises(TypeError, match="StatementRow"):
        altair_chart(statements)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        altair_chart([])
    with pytest.raises(LedgerError, match="no place"):
        altair_chart(Answer(MapRow))
    with pytest.raises(LedgerError, match="has a day"):
        altair_chart(Answer(TimelineRow))


@pytest.mark.parametrize(("package", "named"), [("vl_convert", "vl-convert-python"), ("altair", "altair")])
def test_a_package_that_is_missing_is_named(
    package: str, named: str, path: Path, series: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with Ledger.open(path, read_only=True) as book:
        row = book.series(series)[0]
    with pytest.raises(MissingExtra, match=rf"{named}.*pip install 'onrecord\[charts\]'"):
        drawn(series_chart(row), ".svg") if package == "vl_convert" else altair_chart(row)
    if package == "vl_convert":
        result = chart(path, series, "-o", str(tmp_path / "dead.svg"))
        assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
        assert chart(path, series, "-o", str(tmp_path / "dead.json")).exit_code == 0


def test_an_ending_in_code_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write({}, tmp_path / "chart.pdf")
    with pytest.raises(ValueError, match=r"\.pdf"):
        drawn({}, ".pdf")
