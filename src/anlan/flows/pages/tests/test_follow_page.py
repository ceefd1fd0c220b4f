"""Following a report on the public pages, to its end and once beyond."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args, get_type_hints

import pytest
from tests.people import Desk, organisation_id

from anlan.casework.selectors import Promise
from anlan.casework.transitions import Verdict
from anlan.flows import selectors
from anlan.flows.pages.tests.pages import Page, Visitor, photo, picture, reports
from anlan.flows.selectors.following import CASE_STAGES, REOPENED, Followed, Milestone, _stages
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.kernel.wording import word
from anlan.orgs.sign_in import VISITOR

pytestmark = pytest.mark.django_db
# It lies where the grid officer of COMMUNITY_11 works.
NOISE = {"kind": "NOISE", "place": "24.935000,60.182000,Sturenkatu 1", "text": "Drilling at night."}
STAFF_WORDS = ["three nights quiet", "listened twice", "it drills again", "41 dB(A) at the wall"]


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
            "report": (self.works, {"outcome": STAFF_WORDS[0], "reading": STAFF_WORDS[3]}),
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


def follow(number: str, *, at: datetime) -> Followed:
    with scoped(VISITOR):
        return selectors.follow(number, actor=VISITOR, at=at)


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


def rate(visitor: Visitor, number: str, verdict: str) -> Page:
    form = {"verdict": verdict}
    return Page(visitor.client.post(f"/follow/{number}/rating", form, follow=True))


def test_promise_stands_on_the_page_and_whether_it_was_kept(staff) -> None:
    visitor = Visitor()
    number = visitor.report(**NOISE)
    page = visitor.get(f"/follow/{number}")
    promised = follow(number, at=now()).promise
    assert promised is not None
    assert promised.standing == "DUE"
    assert f"{promised.due_at:%Y-%m-%d %H:%M} UTC" in page.text
    assert "The city promises to have it closed by" in page.text
    staff.close(reports()[0].case_id)
    assert "closed within the time that was promised" in visitor.get(f"/follow/{number}").text
    assert follow(number, at=now()).promise == Promise("KEPT")


def test_promise_that_was_not_kept_is_marked_overdue() -> None:
    number = Visitor().report(**NOISE)
    promised = follow(number, at=now()).promise
    assert promised is not None
    assert promised.due_at is not None
    late = follow(number, at=promised.due_at + timedelta(seconds=1)).promise
    assert late == Promise("OVERDUE", promised.due_at)
    assert follow(number, at=promised.due_at).promise == Promise("DUE", promised.due_at)


def test_reporter_says_once_whether_it_was_put_right(staff) -> None:
    visitor = Visitor()
    number = visitor.report(**NOISE)
    case_id = reports()[0].case_id
    assert visitor.get(f"/follow/{number}").radios == []
    assert rate(visitor, number, "PARTLY").status == 409
    staff.close(case_id)
    asked = visitor.get(f"/follow/{number}")
    assert asked.radios == ["PUT_RIGHT", "PARTLY", "NOT_PUT_RIGHT"]
    assert (rate(visitor, number, "").status, rate(visitor, number, "GREAT").status) == (422, 422)
    said = rate(visitor, number, "PARTLY")
    assert (said.status, said.radios) == (200, [])
    assert said.elements["verdict"]["role"] == "status"
    assert rate(visitor, number, "PUT_RIGHT").status == 409
    case = staff.centre.get(f"cases/{case_id}").json()
    assert case["verdict"] == "PARTLY"
    assert case["timeline"][-1]["made_by_name"] == "visitor"


def test_reopened_matter_is_promised_and_rated_anew(staff) -> None:
    visitor = Visitor()
    number = visitor.report(**NOISE)
    case_id = reports()[0].case_id
    staff.close(case_id)
    rate(visitor, number, "NOT_PUT_RIGHT")
    reopened = ask(visitor, number, "It drills again.")
    assert "works on it again under the same number" in reopened.text
    assert "verdict" not in reopened.elements
    staff.close(case_id)
    assert rate(visitor, number, "PUT_RIGHT").status == 200


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_stage_promise_and_verdict_has_its_words(language) -> None:
    stages_known = {*CASE_STAGES.values(), "HELP_SENT", "HELP_THERE", REOPENED}
    standings = get_args(get_type_hints(Promise)["standing"])
    keys = [f"public.plain.{stage}" for stage in sorted(stages_known)]
    keys += [f"public.promised.{standing}" for standing in standings]
    keys += [f"public.verdict.{verdict.value}" for verdict in Verdict]
    assert [key for key in keys if word(key, language) == key] == []
