"""Who reported sees, corrects and erases what is kept about one report, and of no other."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.people import EVERYTHING

from anlan.casework.models import Case
from anlan.flows.pages.tests.pages import Page, Visitor
from anlan.intake.models import ERASED, Contact, Report, ReportUpdate
from anlan.intake.services.own_data import PROOFS_LIMIT, PROOFS_WITHIN, SEEN, TRIED
from anlan.kernel.models import FieldLook
from anlan.kernel.scope import scoped
from anlan.kernel.wording import word

pytestmark = pytest.mark.django_db

TELEPHONE = "+358 40 765 4321"
SAID = "The lamp at the corner is dark."


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def number(visitor) -> str:
    return visitor.report(name="Who rang", telephone=TELEPHONE)


def ask(visitor: Visitor, number: str, asked: str, proof: str = TELEPHONE, **more: str):
    return visitor.client.post(f"/follow/{number}/own", {"asked": asked, "proof": proof, **more})


def looks() -> list[tuple[str, str, str]]:
    with scoped(EVERYTHING):
        rows = FieldLook.objects.order_by("id")
        return list(rows.values_list("field", "actor_id", "purpose"))


@pytest.mark.parametrize(
    "proof", [TELEPHONE, "0407654321", "00358407654321", "040 ７６５ ４３２１"]
)
def test_reporter_sees_what_is_kept_and_until_when(visitor, number, proof):
    page = Page(ask(visitor, number, "show", proof))
    assert page.values["name"] == "Who rang"
    assert page.values["telephone"] == TELEPHONE
    assert SAID in page.text
    assert word("public.own.photos", "en", count=0) in page.text
    assert looks() == [(SEEN, "visitor", "own request: access")]


@pytest.mark.parametrize("proof", ["", "1", "4321", "+358 40 765 4322", "x@example.org", "@"])
def test_wrong_proof_shows_nothing_and_is_on_the_record(visitor, number, proof):
    reply = ask(visitor, number, "show", proof)
    assert word("public.own.wrong", "en") in reply.content.decode()
    for part in (b"Who rang", b"765 4321", SAID.encode()):
        assert part not in reply.content
    assert looks() == [(TRIED, "visitor", "own request: access")]


def test_proofs_are_bounded_and_the_right_one_waits_too(visitor, number):
    for _ in range(PROOFS_LIMIT):
        ask(visitor, number, "show", "+358 40 000 0000")
    reply = ask(visitor, number, "erase_contact")
    assert reply.status_code == 409
    with scoped(EVERYTHING):
        assert Contact.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kernel_field_look WHERE field = %s", [TRIED])
            assert cursor.fetchone() == (PROOFS_LIMIT,)
    assert timedelta(hours=1) == PROOFS_WITHIN


def test_contact_is_erased_now_and_nothing_proves_after_it(visitor, number):
    page = Page(ask(visitor, number, "erase_contact"))
    assert word("public.own.done.contact", "en") in page.text
    with scoped(EVERYTHING):
        assert Contact.objects.count() == 0
        assert Report.objects.get(number=number).text == SAID
    assert word("public.own.wrong", "en") in Page(ask(visitor, number, "show")).text


def test_words_are_erased_wherever_they_stand_and_the_matter_stays(visitor, number):
    visitor.client.post(f"/follow/{number}/words", {"text": "It flickers."})
    page = Page(ask(visitor, number, "erase_words"))
    assert word("public.own.done.words", "en") in page.text
    with scoped(EVERYTHING):
        report = Report.objects.get(number=number)
        assert (report.text, report.place_text) == (ERASED, ERASED)
        assert (report.kind, report.lon) == ("LAMP_OUT", 24.9414)
        assert [one.text for one in ReportUpdate.objects.all()] == [ERASED]
        case = Case.objects.get(pk=report.case_id)
        assert (case.text, case.state) == (ERASED, "FILED")
    assert visitor.client.get(f"/follow/{number}").status_code == 200


def test_contact_is_corrected_and_keeps_its_end(visitor, number):
    with scoped(EVERYTHING):
        before = Contact.objects.get()
    page = Page(ask(visitor, number, "correct", name="Other", telephone="+358 50 111 2222"))
    assert word("public.own.done.corrected", "en") in page.text
    with scoped(EVERYTHING):
        after = Contact.objects.get()
    assert (after.expires_at, after.report_id) == (before.expires_at, before.report_id)
    assert after.pk != before.pk
    assert Page(ask(visitor, number, "show", "+358 50 111 2222")).values["name"] == "Other"


def test_bad_correction_changes_nothing(visitor, number):
    reply = ask(visitor, number, "correct", name="Other", telephone="call me")
    assert reply.status_code == 422
    assert Page(ask(visitor, number, "show")).values["name"] == "Who rang"


def test_one_report_opens_no_other_of_the_same_person(visitor, number):
    other = visitor.report(name="Who rang", telephone=TELEPHONE, text="Another matter.")
    shown = ask(visitor, number, "show").content.decode()
    assert "Another matter." not in shown
    assert other not in shown
    ask(visitor, number, "erase_words")
    with scoped(EVERYTHING):
        assert Report.objects.get(number=other).text == "Another matter."
        assert Contact.objects.count() == 2


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_page_asks_for_the_proof_in_both_languages(number, language):
    page = Visitor(language).get(f"/follow/{number}/own")
    assert word("public.own.proof", language) in page.text
    assert Visitor(language).get(f"/follow/{number}").elements["own"]["href"].endswith("/own")


def test_unknown_number_leads_to_the_question(visitor):
    reply = ask(visitor, "R-00000-00000", "show")
    assert (reply.status_code, reply["Location"]) == (302, "/follow/R-00000-00000")
