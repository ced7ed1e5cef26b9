"""What kind of body a noun or a name says it is: "the firm" may be NPD Group, "the ministry" never the Supreme Court."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.reader.gazetteer import fold

__all__ = ["DOCUMENTS", "GENERAL", "alike", "kind_of_name", "kind_of_noun", "same_paper"]


def _table(**kinds: str) -> Mapping[str, str]:
    return {word: kind for kind, words in kinds.items() for word in words.split()}


_NOUNS = _table(
    company="""company firm corporation manufacturer automaker carmaker maker retailer lender insurer operator producer
        publisher studio chain giant startup supplier contractor developer brewer broker conglomerate utility business
        airline carrier bank subsidiary""",
    outlet="""newspaper paper magazine daily tabloid weekly broadcaster network station channel website publication journal
        outlet""",
    authority="""ministry department agency bureau office commission committee council authority board service watchdog
        regulator""",
    court="court tribunal",
    country="country nation",
    city="city town village municipality borough",
    party="party movement faction coalition alliance",
    group="""group organisation organization charity association union federation foundation society institution body
        league""",
    school="university college school academy institute",
    force="police army military navy militia",
    team="team club side squad",
    church="church diocese",
)
_NAMES = _table(
    company="""inc ltd corp corporation co company llc plc gmbh motors airlines airways bank group holdings electric
        technologies systems industries pharmaceuticals petroleum oil telecom motor entertainment studios records""",
    outlet="""times post herald news gazette tribune journal guardian telegraph mirror chronicle observer independent
        magazine daily radio tv television broadcasting press newspaper""",
    authority="""ministry department agency administration authority commission bureau board committee council office
        service directorate secretariat""",
    court="court tribunal",
    city="municipality city town",
    party="party movement",
    group="association union federation foundation society league alliance organisation organization",
    school="university college school institute academy",
    force="police army navy guard forces force",
    team="united rovers fc",
    church="church diocese",
)
# Nouns that any body may be called by, whatever its name says.
GENERAL = frozenset({"agency", "body", "group", "institution", "organisation", "organization"})
_GROUPS = _table(
    research="researcher scientist author academic investigator",
    office="official authority",
    protest="protester demonstrator marcher",
    fighters="rebel insurgent militant fighter gunman",
    people="resident villager local",
    parliament="lawmaker legislator parliamentarian",
    doctors="doctor physician medic",
    staff="worker employee staff",
    onlookers="witness eyewitness onlooker",
)
# Nouns of one row may be the same document: "a poll … the survey".
_PAPERS = _table(
    findings="""analysis article audit bulletin census data dispatch editorial estimate figure finding inquiry investigation
        poll record report research result statistic study survey""",
    words="announcement communique letter memo memorandum note post release statement tweet",
    law="complaint indictment lawsuit ruling testimony verdict",
)
DOCUMENTS = frozenset({*_PAPERS, "document"})


def kind_of_noun(lemma: str) -> str | None:
    return _NOUNS.get(lemma)


def kind_of_name(name: str) -> str | None:
    """By the last word that says it, else None: "Apple Inc." is a company, "Supreme Court of Cassation" a court."""
    return next((_NAMES[w] for w in reversed(fold(name).split()) if w in _NAMES), None)


def same_paper(a: str, b: str) -> bool:
    """Two nouns that may be the same document."""
    return a == b or "document" in {a, b} or (a in _PAPERS and _PAPERS[a] == _PAPERS.get(b))


def alike(a: str, b: str) -> bool:
    """Two nouns that news uses for the same people by turns: "the scientists", "the researchers"."""
    return a == b or (a in _GROUPS and _GROUPS[a] == _GROUPS.get(b))
