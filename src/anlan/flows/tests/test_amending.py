"""After a report was taken: answers that raise it, further words, words to its reporter."""

import pytest
from tests.people import EVERYTHING

from anlan.dispatch.models import Incident
from anlan.intake.models import ProtocolAnswer, ReportUpdate
from anlan.intake.services.thread import WEB_UPDATES_LIMIT
from anlan.kernel.models import OutboxEntry
from anlan.kernel.scope import scoped

pytestmark = pytest.mark.django_db

SMELL = {"channel": "PHONE", "kind": "SMOKE_SMELL", "lon": 24.9425, "lat": 60.1690}
INSIDE = {"question": "INSIDE", "answer": "YES"}


def taken(desk, **more):
    reply = desk("CALL_TAKER").post("reports", SMELL | more)
    assert reply.status_code == 201, reply.content
    return reply.json()


def shown(desk, report):
    return desk("DISPATCHER").get(f"incidents/{report['incident_id']}").json()


def told(topic):
    with scoped(EVERYTHING):
        return [
            entry.body for entry in OutboxEntry.objects.filter(topic=topic).order_by("position")
        ]


def test_answers_given_with_the_report_set_urgency_and_needs(desk):
    plain, raised = taken(desk), taken(desk, answers=[INSIDE])
    before, after = shown(desk, plain), shown(desk, raised)
    assert (after["priority"], before["priority"] > 1) == (1, True)
    assert after["needs"] == [*before["needs"], "RESCUE"]
    (answer,) = desk("CALL_TAKER").get(f"reports/{raised['id']}").json()["answers"]
    assert (answer["protocol_id"], answer["protocol_version"]) == ("building_fire", "2026.1")
    assert (answer["question"], answer["answer"]) == ("INSIDE", "YES")


def test_answers_are_told_to_desk_and_crew_in_words_with_what_they_raise(desk):
    answers = [INSIDE, {"question": "FLOOR", "answer": 2}]
    report = taken(desk, answers=answers)
    for role in ("DISPATCHER", "CREW"):
        (shown_to,) = desk(role).get(f"incidents/{report['incident_id']}/reports").json()
        inside, floor = shown_to["answers"]
        assert (inside["text_zh"], inside["answer_zh"]) == ("里面还有人吗？", "是")
        assert (inside["text_en"], inside["answer_en"]) == ("Is anybody still inside?", "Yes")
        assert (floor["answer_zh"], floor["answer_en"]) == ("2", "2")
        assert (inside["raises"], floor["raises"]) == (True, False)


def test_urgency_chosen_by_hand_is_not_overruled_by_answers_at_once(desk):
    assert shown(desk, taken(desk, priority=3))["priority"] == 3


def test_answer_after_sending_raises_the_incident_and_says_why(desk):
    report = taken(desk)
    reply = desk("CALL_TAKER").post(f"reports/{report['id']}/answers", {"answers": [INSIDE]})
    assert reply.json() == {"priority": 1, "needs": ["RESCUE"], "alarm_level": 2}
    incident = shown(desk, report)
    assert (incident["priority"], incident["needs"][-1]) == (1, "RESCUE")
    raised, alarm = incident["timeline"][-2:]
    assert (raised["move"], raised["facts"]["because"]) == ("raise", ["INSIDE YES"])
    assert (alarm["move"], alarm["facts"]) == (
        "raise_alarm", {"reason": "INSIDE YES", "alarm_level": 2},
    )  # fmt: skip
    assert incident["alarm_level"] == 2
    assert told("incident.changed")[-1]["priority"] == 1


def test_answers_raise_the_alarm_once_and_by_hand_it_goes_on_from_there(desk):
    report = taken(desk, kind="FIRE_STRUCTURE", answers=[INSIDE])
    assert shown(desk, report)["alarm_level"] == 2
    body = {"answers": [INSIDE]}
    assert desk("CALL_TAKER").post(f"reports/{report['id']}/answers", body).status_code == 201
    incident, path = shown(desk, report), f"incidents/{report['incident_id']}/moves/raise_alarm"
    assert [one["move"] for one in incident["timeline"]].count("raise_alarm") == 1
    assert desk("CALL_TAKER").post(path, {"reason": "It spreads"}).status_code == 403
    assert desk("DISPATCHER").post(path, {"reason": "It spreads"}).json()["alarm_level"] == 3


def test_answers_raise_no_alarm_above_what_the_run_card_knows(desk, monkeypatch):
    monkeypatch.setattr("anlan.dispatch.services.raising.card_of", lambda *_: None)
    assert shown(desk, taken(desk, answers=[INSIDE]))["alarm_level"] == 1


def test_later_answer_counts_and_the_earlier_one_stays_on_record(desk):
    report, taker = taken(desk), desk("CALL_TAKER")
    for answer in ("NO", "YES"):
        body = {"answers": [{"question": "INSIDE", "answer": answer}]}
        assert taker.post(f"reports/{report['id']}/answers", body).status_code == 201
    with scoped(EVERYTHING):
        kept = ProtocolAnswer.objects.order_by("id").values_list("answer", flat=True)
        assert list(kept) == ["NO", "YES"]
    assert shown(desk, report)["priority"] == 1


def test_answers_never_lower_an_incident(desk):
    report = taken(desk, answers=[INSIDE])
    body = {"answers": [{"question": "INSIDE", "answer": "NO"}]}
    desk("CALL_TAKER").post(f"reports/{report['id']}/answers", body)
    assert shown(desk, report)["priority"] == 1


def test_closed_incident_stays_as_it_is(desk):
    report = taken(desk)
    close = {"disposition": "FALSE_ALARM"}
    desk("DISPATCHER").post(f"incidents/{report['incident_id']}/moves/close", close)
    reply = desk("CALL_TAKER").post(f"reports/{report['id']}/answers", {"answers": [INSIDE]})
    assert reply.status_code == 201
    with scoped(EVERYTHING):
        incident = Incident.objects.get(pk=report["incident_id"])
        assert (incident.state, "RESCUE" in incident.needs) == ("CLOSED", False)


@pytest.mark.parametrize("answer", ["MAYBE", 1, "", "x" * 501, "\0"])
def test_bad_answer_keeps_nothing(desk, answer):
    report = taken(desk)
    body = {"answers": [INSIDE, {"question": "INSIDE", "answer": answer}]}
    reply = desk("CALL_TAKER").post(f"reports/{report['id']}/answers", body)
    assert reply.status_code == 422
    with scoped(EVERYTHING):
        assert ProtocolAnswer.objects.count() == 0


def test_further_words_stand_on_the_report_and_are_told_without_being_repeated(desk):
    report = taken(desk)
    words = {"text": "There are two children on the roof."}
    reply = desk("CALL_TAKER").post(f"reports/{report['id']}/updates", words)
    assert reply.status_code == 201
    (row,) = desk("CREW", unit="P01").get(f"incidents/{report['incident_id']}/reports").json()
    assert [(one["text"], one["direction"]) for one in row["updates"]] == [
        (words["text"], "FROM_REPORTER")
    ]
    (notice,) = told("report.updated")
    assert (notice["incident_id"], notice["added"]) == (report["incident_id"], "words")
    assert "children" not in str(notice)


@pytest.mark.parametrize("text", ["", "  ", "\0", "a\x07b", "x" * 10_000])
def test_words_that_are_none_are_refused(desk, text):
    report = taken(desk)
    reply = desk("CALL_TAKER").post(f"reports/{report['id']}/updates", {"text": text})
    assert (reply.status_code, reply.json()["field"]) == (422, "text")
    with scoped(EVERYTHING):
        assert ReportUpdate.objects.count() == 0


def test_reporter_reads_what_the_desk_wrote_and_adds_words_by_the_number(desk):
    report = taken(desk)
    answer = {"text": "Please open the gate.", "direction": "TO_REPORTER"}
    desk("DISPATCHER").post(f"reports/{report['id']}/updates", answer)
    own = {"text": "It is open now."}
    followed = desk(None).post(f"public/reports/{report['number']}/updates", own).json()
    assert [one["text"] for one in followed["words"]] == ["Please open the gate."]
    (row,) = desk("DISPATCHER").get(f"incidents/{report['incident_id']}/reports").json()
    assert [(one["text"], one["channel"]) for one in row["updates"]] == [
        ("Please open the gate.", "PHONE"),
        ("It is open now.", "WEB"),
    ]


def test_reporter_adds_no_more_than_is_useful(desk):
    report, visitor = taken(desk), desk(None)
    path = f"public/reports/{report['number']}/updates"
    for number in range(WEB_UPDATES_LIMIT):
        assert visitor.post(path, {"text": f"Word {number}"}).status_code == 200
    refused = visitor.post(path, {"text": "One more"})
    assert (refused.status_code, refused.json()["code"]) == (409, "report.too_many_updates")


@pytest.mark.parametrize("path", ["answers", "updates"])
def test_crew_adds_nothing(desk, path):
    report = taken(desk)
    body = {"answers": [INSIDE]} if path == "answers" else {"text": "More"}
    reply = desk("CREW", unit="P01").post(f"reports/{report['id']}/{path}", body)
    assert reply.status_code == 403
