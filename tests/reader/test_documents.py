"""Documents that speak: their makers, their names, and the same one again."""

from __future__ import annotations

import pytest
from tests.reader.building import Stands, build, organisation, said, with_attributions, with_mentions
from tests.reader.test_speakers import who

from onrecord.reader.annotated import Annotated

POLL_SAID = (
    """{0}/DET/DT/2/det {1}/NOUN/NN/3/nsubj found/VERB/VBD/0/root prices/NOUN/NNS/5/nsubj fell/VERB/VBD/3/ccomp"""
)


def found(*sentences: str, source: str, stands: tuple[Stands, ...] = ()) -> list[str | None]:
    text: Annotated = with_mentions(build(*sentences), *stands)
    return who(with_attributions(text, said("found", source=source, content=["prices fell"])))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            """a/DET/DT/3/det Halden/PROPN/NNP/3/compound poll/NOUN/NN/4/nsubj found/VERB/VBD/0/root
            prices/NOUN/NNS/6/nsubj fell/VERB/VBD/4/ccomp""",
            "a Halden poll",
        ),
        (
            """Halden/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case report/NOUN/NN/4/nsubj found/VERB/VBD/0/root
            prices/NOUN/NNS/6/nsubj fell/VERB/VBD/4/ccomp""",
            "Halden 's report",
        ),
        (
            """figures/NOUN/NNS/5/nsubj released/VERB/VBN/1/acl by/ADP/IN/4/case Halden/PROPN/NNP/2/obl
            found/VERB/VBD/0/root prices/NOUN/NNS/7/nsubj fell/VERB/VBD/5/ccomp""",
            "figures released by Halden",
        ),
    ],
)
def test_behind_a_document_stands_who_made_it(sentence: str, source: str) -> None:
    assert found(sentence, source=source, stands=(organisation("Halden"),)) == ["Halden"]


def test_a_poll_of_nobody_has_no_speaker() -> None:
    assert found(POLL_SAID.format("a", "poll"), source="a poll") == [None]


def test_a_document_spoken_of_before_speaks_itself() -> None:
    assert found(POLL_SAID.format("the", "report"), source="the report") == ["report"]


def test_the_report_is_the_one_that_has_a_name() -> None:
    first = """The/DET/DT/4/det Halden/PROPN/NNP/4/compound Prices/PROPN/NNPS/4/compound Report/PROPN/NNP/5/nsubj
        came/VERB/VBD/0/root"""
    assert found(first, POLL_SAID.format("the", "report"), source="the report") == ["Halden Prices Report"]


def test_the_same_document_under_another_noun() -> None:
    sentences = (
        """a/DET/DT/3/det Halden/PROPN/NNP/3/compound poll/NOUN/NN/4/nsubj found/VERB/VBD/0/root
        prices/NOUN/NNS/6/nsubj fell/VERB/VBD/4/ccomp""",
        """the/DET/DT/2/det survey/NOUN/NN/3/nsubj showed/VERB/VBD/0/root wages/NOUN/NNS/5/nsubj rose/VERB/VBD/3/ccomp""",
    )
    text = with_mentions(build(*sentences), organisation("Halden"))
    text = with_attributions(
        text,
        said("found", source="a Halden poll", content=["prices fell"]),
        said("showed", source="the survey", content=["wages rose"]),
    )
    assert who(text) == ["Halden", "Halden"]
