"""Who may do what: readers look, correctors correct and take back their own, admins take back everybody's."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.views.web.guarded import Desk, desk, form_of
from tests.views.web.seen import Seen

from onrecord.reading import Reading
from onrecord.views.web.askers import masked, matches
from onrecord.views.web.links import correct_url

REJECT = {"wish": "reject", "seen": "", "reason": "a caption"}


def correct(browser: TestClient, record: str, **sent: str) -> int:
    url = correct_url(record)
    page = browser.get(url)
    csrf = {"csrf": form_of(page)} if 'name="csrf"' in page.text else {}
    return browser.post(url, data={**REJECT, **csrf, **sent}).status_code


def test_a_correction_is_signed_with_the_account(team: Desk, flood: Reading) -> None:
    browser = team.logged_in("Vera Novák")
    page = browser.get(correct_url(f"{flood.document.id}:s1"))
    assert "Signed as <b>Vera Novák</b>" in page.text
    assert 'name="by"' not in page.text
    answer = browser.post(
        correct_url(f"{flood.document.id}:s1"), data={**REJECT, "csrf": form_of(page), "by": "The Prefect"}
    )
    assert answer.status_code == 303
    assert not answer.headers.get_list("set-cookie")
    rows = team.ledger.corrections()
    assert [row.by for row in rows] == ["Vera Novák"]
    line = team.accounts.audit.lines()[0]
    assert (line.who, line.did, line.address) == ("Vera Novák", "corrected", "127.0.0.1")
    assert line.about == f"{rows[0].id}: reject of {flood.document.id}:s1"
    assert team.told("audit")[-1]["did"] == "corrected"


def test_a_reader_looks_and_changes_nothing(team: Desk, flood: Reading) -> None:
    correct(team.logged_in("Vera Novák"), f"{flood.document.id}:s2")
    made = team.ledger.corrections()[0].id
    browser = team.logged_in("Ben")
    page = browser.get(correct_url(f"{flood.document.id}:s1"))
    assert page.status_code == 200
    assert "may look at this ledger, and not correct it" in page.text
    assert 'action="/corrections/' not in browser.get("/corrections").text
    csrf = form_of(browser.get("/account"))
    for url, sent in (
        (correct_url(f"{flood.document.id}:s1"), REJECT),
        (f"/corrections/{made}/undo", {"reason": "so"}),
    ):
        answer = browser.post(url, data={**sent, "csrf": csrf})
        assert answer.status_code == 403
        assert "not correct it" in answer.text
    assert len(team.ledger.corrections()) == 1
    # Checking a draft changes nothing: a reader may.
    draft = {"draft": "Mayor Ida Holm said the dam will hold.", "csrf": form_of(browser.get("/check"))}
    assert browser.post("/check", data=draft).status_code == 200


def test_a_corrector_takes_back_their_own(team: Desk, flood: Reading) -> None:
    vera, ana = team.logged_in("Vera Novák"), team.logged_in("Ana")
    correct(vera, f"{flood.document.id}:s1")
    correct(ana, f"{flood.document.id}:s2")
    mine, theirs = team.ledger.corrections()
    page = vera.get("/corrections").text
    assert f"/corrections/{mine.id}/undo" in page
    assert f"/corrections/{theirs.id}/undo" not in page
    csrf = form_of(vera.get("/account"))
    answer = vera.post(f"/corrections/{theirs.id}/undo", data={"reason": "so", "csrf": csrf})
    assert answer.status_code == 403
    assert "Ana made this correction" in answer.text
    answer = vera.post(f"/corrections/{mine.id}/undo", data={"reason": "so", "csrf": csrf, "by": "Ana"})
    assert answer.status_code == 303
    assert [(row.kind, row.by, row.state) for row in team.ledger.corrections()] == [
        ("reject", "Vera Novák", "undone"),
        ("reject", "Ana", "in force"),
        ("undo", "Vera Novák", "in force"),
    ]


def test_an_admin_takes_back_everybodys(team: Desk, flood: Reading) -> None:
    correct(team.logged_in("Vera Novák"), f"{flood.document.id}:s1")
    made = team.ledger.corrections()[0]
    ana = team.logged_in("Ana")
    assert f"/corrections/{made.id}/undo" in ana.get("/corrections").text
    sent = {"reason": "it was said", "csrf": form_of(ana.get("/corrections"))}
    assert ana.post(f"/corrections/{made.id}/undo", data=sent).status_code == 303
    line = team.accounts.audit.lines()[0]
    assert (line.who, line.did) == ("Ana", "took back")
    assert (line.about or "").endswith(f"{made.id} by Vera Novák")
    # What an admin took back, a corrector does not bring back.
    undo = team.ledger.corrections()[1]
    assert f"/corrections/{undo.id}/undo" not in team.logged_in("Vera Novák").get("/corrections").text


def test_a_program_corrects_in_its_own_name(team: Desk, flood: Reading) -> None:
    assert correct(team.program("reader"), f"{flood.document.id}:s1") == 403
    assert correct(team.program("corrector"), f"{flood.document.id}:s1") == 303
    assert [row.by for row in team.ledger.corrections()] == ["a corrector's program"]


def test_the_audit_page_is_for_admins(team: Desk, flood: Reading) -> None:
    for browser in (team.logged_in("Ben"), team.logged_in("Vera Novák"), team.program("corrector")):
        for path in ("/audit", "/audit.json"):
            answer = browser.get(path)
            assert answer.status_code == 403
            assert "Only an admin" in answer.text
    assert 'href="/audit"' not in team.logged_in("Ben").get("/claims").text
    ana = team.logged_in("Ana")
    assert 'href="/audit"' in ana.get("/claims").text
    page = ana.get("/audit")
    assert page.status_code == 200
    assert "Vera Novák" in page.text
    twin = team.program("admin").get("/audit.json?did=logged+in&who=Ana").json()
    assert [(line["who"], line["did"]) for line in twin["lines"]] == [("Ana", "logged in")]
    assert ana.get("/audit?did=danced").status_code == 400
    assert ana.get("/audit?before=x").status_code == 400


def test_the_audit_page_leads_on(team: Desk) -> None:
    for number in range(230):
        team.accounts.audit.write("Ben", "corrected", f"k{number}")
    program, seen, page = team.program("admin"), [], "/audit.json?who=Ben"
    while page:
        found = program.get(page).json()
        seen += [line["about"] for line in found["lines"]]
        page = f"/audit.json?who=Ben&before={found['next']}" if found["next"] else ""
    assert seen == [f"k{number}" for number in reversed(range(230))]
    ana = team.logged_in("Ana")
    link = next(link for link in Seen(ana.get("/audit?who=Ben").text).values("href") if "before=" in link)
    assert "k129" in ana.get(link).text


def test_served_read_only_nobody_corrects(tmp_path: Path, flood: Reading, cheap_passwords: None) -> None:
    with desk(tmp_path, [flood]) as team:
        team.app.state.writer = None
        ana = team.logged_in("Ana")
        assert "served read-only" in ana.get(correct_url(f"{flood.document.id}:s1")).text
        csrf = form_of(ana.get("/account"))
        assert ana.post(correct_url(f"{flood.document.id}:s1"), data={**REJECT, "csrf": csrf}).status_code == 403


def test_every_form_that_is_posted_has_a_secret_of_its_session(team: Desk, flood: Reading) -> None:
    correct(team.logged_in("Vera Novák"), f"{flood.document.id}:s1")
    ana = team.logged_in("Ana")
    document = flood.document.id
    records = [correct_url(f"{document}:{record}") for record in ("s1", "f0", "e1")]
    posted = 0
    for path in ["/", "/check", "/corrections", "/account", f"/documents/{document}", *records]:
        page = ana.get(path).text
        for form in (part.partition("</form>")[0] for part in page.split("<form")[1:]):
            if 'method="post"' in form.partition(">")[0]:
                posted += 1
                assert 'name="csrf"' in form, path
    assert posted >= 9


def test_no_address_takes_a_post_without_it(team: Desk, flood: Reading) -> None:
    """Every route that takes a form, whichever they will be. The API takes JSON, which no form can send."""
    ana = team.logged_in("Ana")
    other = team.logged_in("Ana")
    routes = [route for route in team.app.routes if isinstance(route, Route) and "POST" in (route.methods or ())]
    assert {route.path for route in routes} >= {"/correct/{name}", "/corrections/{id}/undo", "/logout", "/check"}
    for route in routes:
        if route.path == "/login":  # the form of somebody who has no session; test_login has its own check
            continue
        path = route.path.format(name=f"{flood.document.id}:s1", id="k000000000000")
        theirs = form_of(other.get("/account"))
        for csrf in ({}, {"csrf": ""}, {"csrf": "x"}, {"csrf": "00" * 32}, {"csrf": theirs}):
            answer = ana.post(path, data={"draft": "Fine.", **REJECT, **csrf})
            assert answer.status_code == 403, (path, csrf)
            assert "another session" in answer.text
    assert team.ledger.corrections() == []
    assert ana.get("/account").status_code == 200


@pytest.mark.parametrize("header", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_changes_nothing_with_the_secret_either(
    team: Desk, flood: Reading, header: dict[str, str]
) -> None:
    ana = team.logged_in("Ana")
    url = correct_url(f"{flood.document.id}:s1")
    sent = {**REJECT, "csrf": form_of(ana.get(url))}
    assert ana.post(url, data=sent, headers=header).status_code == 403
    assert team.ledger.corrections() == []


def test_a_page_holds_its_secret_in_other_words_each_time() -> None:
    secret = "00112233445566778899aabbccddeeff"
    written = {masked(secret) for _ in range(50)}
    assert len(written) == 50
    assert all(matches(one, secret) for one in written)
    assert not any(secret in one for one in written)
    assert not any(matches(one, secret) for one in ("", "0", "zz", secret, secret * 2, masked("11" * 16)))
