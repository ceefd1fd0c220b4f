"""Cases about one matter: offered by rules, merged by hand, sharing one status and one end."""

import threading
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from tests.people import EVERYTHING, organisation_id

from anlan.casework.duplicate_rules import case_duplicate_rules
from anlan.casework.errors import NotLeadingError
from anlan.casework.models import Case
from anlan.casework.selectors import public_case
from anlan.casework.selectors.similar import similar_cases
from anlan.casework.services import Filing, file_case, make_move
from anlan.casework.tests.office import DISPUTE, PAVEMENT, kept
from anlan.casework.tests.test_at_the_same_time import (
    DIVISION,
    MOVER,
    WAIT_LIMIT_S,
    until_somebody_waits,
)
from anlan.kernel.scope import scoped
from anlan_engine.sphere import METRES_PER_DEGREE

MERGER = replace(MOVER, permissions=frozenset({"case.file", "case.merge"}))
WHY = "one hole, told twice"


def merge(office, case_id, lead_id, desk=None):
    """Merge a case into another."""
    return office.move(case_id, "merge", desk or office.centre, leading_id=lead_id, reason=WHY)


@pytest.mark.django_db
def test_merged_case_shares_the_status_and_ends_with_the_one_that_leads(office):
    lead, other = office.file(), office.file()
    office.bring(other, "assign")
    merged = merge(office, other, lead)
    assert merged.status_code == 200, merged.content
    shown = merged.json()
    assert (shown["state"], shown["moves"], shown["due_at"]) == ("MERGED", ["unmerge"], None)
    assert shown["leading"]["id"] == lead
    assert [one["id"] for one in office.centre.get(f"cases/{lead}").json()["merged"]] == [other]
    for name, state in (("assign", "ASSIGNED"), ("report", "REPORTED"), ("verify", "VERIFIED")):
        office.bring(lead, name)
        with scoped(EVERYTHING):
            assert public_case(other).state == state
    office.bring(lead, "close")
    with scoped(EVERYTHING):
        told = public_case(other)
    assert (told.state, told.disposition, told.merged) == ("CLOSED", "RESOLVED", True)
    assert str(told.leading_id) == lead
    assert [step.state for step in told.steps] == [
        "FILED", "ASSIGNED", "FILED", "ASSIGNED", "REPORTED", "VERIFIED", "CLOSED",
    ]  # fmt: skip


@pytest.mark.django_db
def test_taken_out_again_it_is_filed_and_goes_its_own_way(office):
    lead, other = office.file(), office.file()
    merge(office, other, lead)
    taken = office.move(other, "unmerge", office.centre, reason="it is another one")
    assert (taken.status_code, taken.json()["state"]) == (200, "FILED")
    assert taken.json()["due_at"] is not None
    office.bring(other, "assign")
    moves = [one["move"] for one in office.centre.get(f"cases/{lead}").json()["timeline"]]
    assert moves == ["file", "take_in", "let_go"]


@pytest.mark.django_db
def test_what_was_merged_before_goes_along(office):
    first, second, third = office.file(), office.file(), office.file()
    merge(office, first, second)
    assert merge(office, second, third).status_code == 200
    with scoped(EVERYTHING):
        rows = dict(Case.objects.values_list("id", "merged_into_id"))
    found = {str(key): value and str(value) for key, value in rows.items()}
    assert (found[first], found[second], found[third]) == (third, third, None)


@pytest.mark.django_db
def test_officer_reads_a_case_that_is_merged_into_one_of_another_area(office):
    south = {"item_code": DISPUTE, "lon": 24.95, "lat": 60.165}
    lead = office.centre.post("cases", south).json()["id"]
    other = office.file()
    assert merge(office, other, lead).status_code == 200
    seen = office.officer.get(f"cases/{other}")
    assert (seen.status_code, seen.json()["state"], seen.json()["leading"]) == (200, "MERGED", None)
    assert seen.json()["merged_into_id"] == lead


@pytest.mark.django_db
def test_case_is_merged_into_an_open_one_that_leads_alone(office):
    lead, other, ended = office.file(), office.file(), office.closed()
    merge(office, other, lead)
    before = kept(lead)
    for wrong in (lead, other, ended, str(organisation_id("WATER"))):
        refused = merge(office, lead, wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "case.not_leading")
        assert kept(lead) == before
    assert merge(office, lead, lead, office.officer).status_code == 403


@pytest.mark.django_db
def test_offered_are_open_cases_of_the_item_near_and_lately(office, at):
    reach = case_duplicate_rules(at.date()).reach(PAVEMENT)
    north = reach.reach_m / float(METRES_PER_DEGREE)
    near = office.file(PAVEMENT, lat=60.182 + 0.5 * north)
    office.file(PAVEMENT, lat=60.182 + 1.1 * north)
    office.file(DISPUTE)
    asked = {"item_code": PAVEMENT, "lon": 24.935, "lat": 60.182}
    offered = office.officer.get("similar-cases", **asked).json()
    assert [one["id"] for one in offered] == [near]
    assert offered[0]["distance_m"] == pytest.approx(reach.reach_m / 2, rel=0.01)
    assert offered[0]["rules"] == "usual@2026.1"
    with scoped(EVERYTHING):
        Case.objects.filter(pk=near).update(item_code=DISPUTE)
    assert office.officer.get("similar-cases", **asked).json() == []


def refused(write) -> str:
    """Return the constraint by which the database refuses a write."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return str(caught.value.__cause__.diag.constraint_name)


@pytest.mark.django_db
def test_database_keeps_clusters_flat(office):
    lead, other, third = office.file(), office.file(), office.file()
    merge(office, other, lead)
    with scoped(EVERYTHING):
        rows = {name: Case.objects.filter(pk=name) for name in (lead, other, third)}
        flat, leads = "casework_case_merged_flat", "casework_case_leads"
        into = {"state": "MERGED"}
        assert refused(lambda: rows[third].update(merged_into_id=other, **into)) == flat
        assert refused(lambda: rows[third].update(merged_into_id=third, **into)) == flat
        assert refused(lambda: rows[lead].update(merged_into_id=third, **into)) == leads
        assert refused(lambda: rows[third].update(**into)) == flat
        assert refused(lambda: rows[third].update(merged_into_id=lead)) == (
            "casework_case_merged_into"
        )


def filed(at) -> Case:
    filing = Filing(item_code=DISPUTE, lon=24.9, lat=60.1, area=DIVISION + 1, text="")
    with scoped(MERGER):
        return file_case(filing, actor=MERGER, at=at)


def merge_into(case: Case, lead: Case, at) -> None:
    facts = {"leading_id": str(lead.id), "reason": WHY}
    make_move(case_id=case.id, name="merge", facts=facts, actor=MERGER, at=at)


def test_two_who_merge_at_once_make_no_circle(committing, at):
    one, two = filed(at), filed(at)
    told: list[Exception] = []

    def rival() -> None:
        try:
            with scoped(MERGER):
                merge_into(two, one, at)
        except NotLeadingError as error:
            told.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=rival)
    with scoped(MERGER):
        merge_into(one, two, at)
        thread.start()
        until_somebody_waits()
    thread.join(WAIT_LIMIT_S)
    assert len(told) == 1
    with scoped(MERGER):
        found = dict(Case.objects.filter(pk__in=[one.id, two.id]).values_list("id", "state"))
    assert found == {one.id: "MERGED", two.id: "FILED"}


def planted() -> list[tuple[float, float, float, int]]:
    """Return reports of 200 holes in five square kilometres over ten days: when, where, of which.

    Each hole is told one to three times, with a telephone's error of place. Seeded.
    """
    draws = np.random.default_rng(20261122)
    rows = []
    for matter in range(200):
        lon, lat = draws.uniform(24.92, 24.96), draws.uniform(60.15, 60.17)
        for _ in range(int(draws.integers(1, 4))):
            east, north = draws.normal(0, 10, 2) / float(METRES_PER_DEGREE)
            place = float(lon + east / np.cos(np.radians(lat))), float(lat + north)
            rows.append((float(draws.uniform(0, 10)), *place, matter))
    return sorted(rows)


@pytest.mark.django_db
def test_planted_duplicates_are_offered_first_and_others_seldom(at):
    """What is offered first is counted: right, another hole, a known hole that is not offered."""
    known: dict[object, int] = {}
    counts = {"right": 0, "wrong": 0, "missed": 0, "known": 0}
    with scoped(EVERYTHING):
        for days, lon, lat, matter in planted():
            moment = at + timedelta(days=days)
            offered = similar_cases(PAVEMENT, lon, lat, at=moment).cases
            told = [known[one.id] for one in offered]
            is_known = matter in known.values()
            counts["known"] += is_known
            counts["right"] += told[:1] == [matter]
            counts["wrong"] += bool(told) and told[0] != matter
            counts["missed"] += is_known and matter not in told
            filing = Filing(item_code=PAVEMENT, lon=lon, lat=lat, area=990101001001001, text="")
            known[file_case(filing, actor=EVERYTHING, at=moment).id] = matter
    assert counts == {"right": 178, "wrong": 21, "missed": 11, "known": 194}
