"""Following a report on the public pages, to its end and once beyond."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from tests.people import Desk, organisation_id

from anlan.flows.pages.tests.pages import Page, Visitor, photo, picture, reports
from anlan.flows.selectors.following import Milestone, _stages

pytestmark = pytest.mark.django_db
# It lies where the grid officer of COMMUNITY_11 works.
NOISE = {"kind": "NOISE", "place": "24.935000,60.182000,Sturenkatu 1", "text": "Drilling at night."}
STAFF_WORDS = ["three nights quiet", "listened twice", "it drills again"]


@dataclass
class Staff:
    """Those who handle the case of a report."""

    centre: Desk
    works: Desk
    officer: Desk

    def move(self, case_id: object, name: str) -> None:
        """Make one ordinary move; it must succeed."""
        desk, facts = {
            "assign": (self.centre, {"organisation_id": str(organisation_id("MUNICIPAL_WORKS"))}),
            "report": (self.works, {"outcome": STAFF_WORDS[0]}),
            "verify": (self.officer, {"note": STAFF_WORDS[1]}),
            "close": (self.centre, {"disposition": "RESOLVED"}),
        }[name]
        if name == "report":
            self.works.upload(f"cases/{case_id}/photos", {"photo": photo(picture())})
        reply = desk.post(f"cases/{case_id}/moves/{name}", facts)
        assert reply.status_code == 200, (name, reply.content)

    def close(self, case_id: object) -> None:
        """Bring a case that was filed or reopened to its end."""
        if self.centre.get(f"cases/{case_id}").json()["state"] == "FILED":
            self.move(case_id, "assign")
        for name in ("report", "verify", "close"):
            self.move(case_id, name)


@pytest.fixture
def staff(desk) -> Staff:
    return Staff(
        centre=desk("SUPERVISOR", organisation="COORDINATION_CENTRE"),
        works=desk("DEPARTMENT_DESK", organisation="MUNICIPAL_WORKS"),
        officer=desk("GRID_OFFICER", organisation="COMMUNITY_11"),
    )


def stages(visitor: Visitor, number: str) -> list[str]:
    page = visitor.client.get(f"/follow/{number}").content.decode()
    return [part.split('"')[0] for part in page.split('data-stage="')[1:]]


def ask(visitor: Visitor, number: str, reason: str) -> Page:
    return Page(visitor.client.post(f"/follow/{number}/reopen", {"reason": reason}, follow=True))


def test_case_is_followed_to_its_closure(staff) -> None:
    visitor = Visitor()
    number = visitor.report(**NOISE)
    case_id = reports()[0].case_id
    seen = [stages(visitor, number)[-1]]
    for move in ("assign", "report", "verify", "close"):
        staff.move(case_id, move)
        seen.append(stages(visitor, number)[-1])
    assert seen == ["RECEIVED", "IN_HAND", "BEING_VERIFIED", "BEING_VERIFIED", "DONE"]
    page = visitor.get(f"/follow/{number}")
    assert stages(visitor, number) == ["RECEIVED", "IN_HAND", "BEING_VERIFIED", "DONE"]
    assert "It is closed" in page.text
    assert "It was put right." in page.text


def test_page_shows_no_word_of_staff_and_nothing_of_the_reporter(staff) -> None:
    visitor = Visitor()
    number = visitor.report(**NOISE, name="Kim", telephone="0405556667")
    case_id = reports()[0].case_id
    staff.close(case_id)
    ask(visitor, number, STAFF_WORDS[2])
    page = visitor.client.get(f"/follow/{number}").content.decode()
    hidden = [*STAFF_WORDS, "Kim", "0405556667", NOISE["text"], "Sturenkatu", str(case_id)]
    hidden += [staff.works.account.username, "MUNICIPAL", "24.935"]
    assert [word for word in hidden if word in page] == []


def test_incident_is_followed_without_units_or_positions(desk) -> None:
    visitor = Visitor()
    number = visitor.report(kind="LIFT_TRAPPED")
    dispatcher = desk("DISPATCHER")
    incident = f"incidents/{reports()[0].incident_id}"
    ranked = dispatcher.post(f"{incident}/recommendations").json()["units"][0]
    sent = dispatcher.post(f"{incident}/assignments", {"unit_ids": [ranked["unit_id"]]}).json()
    assert stages(visitor, number) == ["RECEIVED", "HELP_SENT"]
    crew = desk("CREW", unit=ranked["call_sign"])
    for move, facts in (("en_route", {}), ("on_scene", {}), ("clear", {"outcome": "Opened."})):
        assert crew.post(f"assignments/{sent[0]['id']}/moves/{move}", facts).status_code == 200
    dispatcher.post(f"{incident}/moves/close", {"disposition": "RESOLVED"})
    assert stages(visitor, number) == ["RECEIVED", "HELP_SENT", "HELP_THERE", "DONE"]
    page = visitor.client.get(f"/follow/{number}").content.decode()
    assert [word for word in (ranked["call_sign"], "Opened.", "24.9", "60.1") if word in page] == []


def test_reporter_asks_once_to_reopen(staff) -> None:
    visitor = Visitor()
    number = visitor.report(**NOISE)
    case_id = reports()[0].case_id
    assert "reason" not in visitor.get(f"/follow/{number}").elements
    staff.close(case_id)
    assert "reason" in visitor.get(f"/follow/{number}").elements
    reopened = ask(visitor, number, "It drills again.")
    assert (reopened.status, "reason" in reopened.elements) == (200, False)
    assert stages(visitor, number)[-2:] == ["DONE", "REOPENED"]
    staff.close(case_id)
    assert "reason" not in visitor.get(f"/follow/{number}").elements
    again = ask(visitor, number, "Once more.")
    assert (again.status, "Nothing of this request was kept" in again.text) == (409, True)
    assert staff.centre.get(f"cases/{case_id}").json()["state"] == "CLOSED"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1_001])
def test_reopening_without_a_fit_reason_keeps_what_was_typed(staff, reason) -> None:
    visitor = Visitor()
    number = visitor.report(**NOISE)
    staff.close(reports()[0].case_id)
    page = ask(visitor, number, reason)
    assert (page.status, page.wrong()) == (422, {"reason"})
    assert page.elements["reason"]["aria-describedby"] == "reason-hint reason-wrong"
    assert page.values.get("reason", "").strip() == reason.strip()
    assert stages(visitor, number)[-1] == "DONE"


def test_number_is_found_however_it_is_typed() -> None:
    visitor = Visitor()
    number = visitor.report()
    for typed in (number, number.lower(), number.replace("-", ""), f" {number[:4]} {number[4:]} "):
        reply = visitor.client.get("/follow", {"number": typed})
        assert (reply.status_code, reply["Location"]) == (302, f"/follow/{number}")


@pytest.mark.parametrize("number", ["R-00000-00000", "nothing", "R-%00", "井盖", "x" * 300])
def test_number_that_is_none_asks_again(number) -> None:
    for path in (f"/follow/{number}", f"/follow?number={number}"):
        asked = Visitor().get(path)
        assert (asked.status, asked.wrong()) == (404, {"number"})
        assert "There is no report with this number" in asked.text


def test_reopening_by_an_unknown_number_is_asked_again() -> None:
    assert ask(Visitor(), "R-00000-00000", "Because.").status == 404


def test_pages_with_a_number_are_not_stored_nor_found_by_search() -> None:
    reply = Visitor().client.get("/follow/R-00000-00000")
    assert reply["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in reply.content.decode()


def test_stage_that_goes_on_is_told_from_its_beginning_in_the_order_of_time(at: datetime) -> None:
    minute = timedelta(minutes=1)
    told = [("RECEIVED", 0), ("DONE", 9), ("IN_HAND", 1), ("IN_HAND", 2), ("IN_HAND", 10)]
    ordered = _stages([Milestone(stage, at + n * minute) for stage, n in told])
    assert [(m.stage, (m.at - at) // minute) for m in ordered] == [
        ("RECEIVED", 0), ("IN_HAND", 1), ("DONE", 9), ("IN_HAND", 10),
    ]  # fmt: skip


def test_reporter_adds_words_and_reads_what_the_desk_wrote(desk) -> None:
    visitor = Visitor()
    number = visitor.report()
    (report,) = reports()
    answer = {"text": "Please open the gate.", "direction": "TO_REPORTER"}
    assert desk("DISPATCHER").post(f"reports/{report.id}/updates", answer).status_code == 201
    assert answer["text"] in visitor.get(f"/follow/{number}").text
    sent = visitor.client.post(f"/follow/{number}/words", {"text": "It is open now."})
    assert (sent.status_code, sent["Location"]) == (302, f"/follow/{number}?added")
    page = visitor.get(f"/follow/{number}?added")
    assert "Added. The desk and the crews have been told." in page.text
    assert "It is open now." not in page.text
    assert [one.text for one in report.updates.order_by("id")] == [
        answer["text"],
        "It is open now.",
    ]


@pytest.mark.parametrize("text", ["", "\x07bell", "x" * 2_001])
def test_words_that_are_none_are_marked_and_not_kept(text: str) -> None:
    visitor = Visitor()
    number = visitor.report()
    page = Page(visitor.client.post(f"/follow/{number}/words", {"text": text}))
    assert (page.status, page.wrong()) == (422, {"text"})
    assert reports()[0].updates.count() == 0
