"""How long personal data is kept: the rule covers every column, and the worker keeps to it."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people import EVERYTHING

from anlan.audit import keys
from anlan.audit.tests.log import SealedLog, asked
from anlan.intake.models import ERASED, Report, ReportPhoto, ReportUpdate
from anlan.intake.services.contacts import ContactGiven, erase_expired_contacts
from anlan.intake.services.erasing import ERASE_BATCH_ROWS, erase_old_words
from anlan.intake.services.thread import add_update
from anlan.intake.tests.reports import CALLER, photo, take
from anlan.kernel.clock import now
from anlan.kernel.looks import erase_old_looks, record_look
from anlan.kernel.models import FieldLook
from anlan.kernel.retention import RETENTION, Retention, kept_for
from anlan.kernel.scope import scoped
from anlan.kernel.text_files import data_folder, read_toml
from anlan.project.cli.check import CHECKOUT
from anlan.project.retention_pages import PAGES, page

PERSONAL = re.compile(r"^(sealed\w*|jpeg|content|text|place_text|seen_from)$")
NOT_OF_A_REPORTER = {
    "agencies_shared_incident.place_text",  # a view of a row that is listed
    "agencies_shared_incident.text",
    "casework_broken_glass.sealed_to",  # organisations
    "casework_case.sealed_to",
    "casework_joint_task.place_text",
    "casework_joint_task.text",
    "evaluation_appeal.text",
    "volunteering_task.place_text",
    "volunteering_task.text",
    "review_desk_note.text",
    "review_handover.text",
    "review_note.text",
}
"""Texts that staff write of a matter or a task; no reporter speaks in them."""
SECOND = timedelta(seconds=1)


def columns() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name, column_name"
            " FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name NOT LIKE 'audit%%'"
        )
        return {column for column, name in cursor.fetchall() if PERSONAL.match(name)}


def shipped() -> Retention:
    return Retention.model_validate(read_toml(data_folder() / "retention" / "retention.toml"))


@pytest.mark.django_db
def test_every_column_of_personal_data_has_its_row():
    listed = {column for field in shipped().fields for column in field.columns}
    assert columns() - NOT_OF_A_REPORTER - listed == set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        )
        assert listed - {row[0] for row in cursor.fetchall()} == set()


@pytest.mark.django_db
def test_every_clock_has_its_job_in_the_worker():
    text = (CHECKOUT / "src/anlan/project/worker.py").read_text(encoding="utf-8")
    jobs = set(re.findall(r'Eraser\("(\w+)"', text))
    assert {field.eraser for field in shipped().fields if field.hours} <= jobs


@pytest.mark.parametrize("language", PAGES)
def test_page_of_the_operator_is_what_the_rule_says(language):
    written = (CHECKOUT / PAGES[language]).read_text(encoding="utf-8")
    assert written == page(shipped(), language)


@pytest.mark.parametrize(
    "changed", [{"hours": None}, {"eraser": ""}, {"instead_en": "x", "instead_zh": "x"}]
)
def test_field_without_an_end_or_with_two_is_no_rule(changed):
    rule = read_toml(data_folder() / "retention" / "retention.toml")
    field = {name: value for name, value in (rule["fields"][0] | changed).items() if value}
    with pytest.raises(ValueError, match="either hours and eraser"):
        Retention.model_validate(rule | {"fields": [field]})


@pytest.mark.django_db
def test_installation_says_for_how_long(tmp_path, monkeypatch, at):
    text = (data_folder() / "retention" / "retention.toml").read_text(encoding="utf-8")
    shorter = text.replace('"2026.1"', '"2026.2"').replace("hours = 720", "hours = 48")
    (tmp_path / "own.toml").write_text(shorter, encoding="utf-8")
    monkeypatch.setattr(RETENTION, "_folders", lambda: (data_folder() / "retention", tmp_path))
    monkeypatch.setattr(RETENTION, "_looked_at", float("-inf"))
    assert kept_for("reporter_contact", at) == timedelta(hours=48)
    take(EVERYTHING, at, contact=CALLER)
    assert erase_expired_contacts(at + timedelta(hours=48)) == 1
    monkeypatch.undo()
    RETENTION._looked_at = float("-inf")
    assert kept_for("reporter_contact", at) == timedelta(days=30)


@pytest.mark.django_db
def test_words_and_photos_go_in_their_time_and_the_report_stays(at):
    over = at + kept_for("reporter_words", at)
    report = take(EVERYTHING, at, photos=[photo()], contact=ContactGiven("", "+358 40 123 4567"))
    later = take(EVERYTHING, at + SECOND)
    with scoped(EVERYTHING):
        add_update(report.id, "It rings", direction="FROM_REPORTER", actor=EVERYTHING, at=at)
    assert erase_old_words(over) == 0
    assert erase_old_words(over + SECOND) == 1
    assert erase_old_words(over + SECOND) == 0
    with scoped(EVERYTHING):
        kept = Report.objects.get(pk=report.id)
        assert (kept.text, kept.place_text) == (ERASED, ERASED)
        assert (kept.number, kept.kind, kept.lon) == (report.number, report.kind, report.lon)
        assert [update.text for update in ReportUpdate.objects.all()] == [ERASED]
        assert ReportPhoto.objects.count() == 0
        assert Report.objects.get(pk=later.id).text == later.text
    assert ERASE_BATCH_ROWS == 200


@pytest.mark.django_db
def test_words_are_erased_and_nothing_else_is_written_over_them():
    report = take(EVERYTHING, now())
    for column in ("text", "place_text"):
        with (
            pytest.raises(DatabaseError, match="erased or stay"),
            scoped(EVERYTHING),
            transaction.atomic(),
        ):
            Report.objects.filter(pk=report.id).update(**{column: "something else"})


@pytest.mark.django_db
def test_looks_are_kept_for_their_time_and_none_goes_within_a_year():
    at = now() - kept_for("look", now())
    report = take(EVERYTHING, at)
    with scoped(EVERYTHING):
        record_look(
            EVERYTHING, field="x", subject_id=report.id, area=report.area, purpose="why", at=at
        )
        record_look(
            EVERYTHING, field="x", subject_id=report.id, area=report.area, purpose="why", at=now()
        )
    over = at + kept_for("look", at)
    assert (erase_old_looks(over), erase_old_looks(over + SECOND)) == (0, 1)
    assert erase_old_looks(now() + timedelta(days=3_650)) == 0
    with scoped(EVERYTHING):
        assert FieldLook.objects.count() == 1


def test_deletion_is_in_the_log_and_no_salt_is_left_that_opens_the_content(
    committing, tmp_path, monkeypatch
):
    monkeypatch.setenv("ANLAN_AUDIT_KEY", str(tmp_path / "log.key"))
    monkeypatch.setattr(keys, "folder", lambda: tmp_path)
    keys.draw_key("city.example/audit")
    log = SealedLog(committing)
    report = log.call(contact={"name": "Caller", "telephone": "+358 40 123 4567"})
    kept = "SELECT id FROM intake_contact WHERE report_id = %s"
    contact = asked(committing, kept, [report])[0]["id"]
    salts = "SELECT salt FROM audit_row WHERE table_name = 'intake_contact' AND row_id = %s"
    log.seal()
    (salt,) = asked(committing, salts, [contact])
    over = now() + kept_for("reporter_contact", now()) + SECOND
    assert erase_expired_contacts(over) == 1
    log.seal()
    said = "SELECT entry::jsonb AS entry FROM audit_entry WHERE row_id = %s ORDER BY number"
    entries = [row["entry"] for row in asked(committing, said, [contact])]
    assert [(one["verb"], one["table"]) for one in entries] == [
        ("INSERT", "intake_contact"),
        ("DELETE", "intake_contact"),
    ]
    assert entries[1]["actor"] == "system:contact-expiry"
    assert asked(committing, salts, [contact]) == []
    for table in ("audit_entry", "audit_leaf", "audit_row"):
        held = f"SELECT one::text AS held FROM {table} AS one"  # noqa: S608
        assert not [row for row in asked(committing, held) if salt["salt"].hex() in row["held"]]
    log.close()
