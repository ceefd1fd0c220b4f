"""A case that is merged, or leads others, while a grid officer works on it without network."""

import pytest

from anlan.casework.tests.office import kept
from anlan.casework.tests.test_field_acts import OUTCOME, Telephone, own_case, refusal

pytestmark = pytest.mark.django_db
SAME = {"reason": "one hole, told twice"}


@pytest.fixture
def telephone(office) -> Telephone:
    return Telephone(office.officer)


def merge(office, case_id: str, lead_id: str) -> None:
    reply = office.move(case_id, "merge", leading_id=lead_id, **SAME)
    assert reply.status_code == 200, reply.content


def in_round(telephone: Telephone) -> dict[str, str]:
    """Return what the round holds, by id."""
    return {row["id"]: row["part"] for row in telephone.round()["cases"]}


def seen(telephone: Telephone, case_id: str) -> int:
    return int(telephone.there(case_id)["seen"])


def test_work_on_a_case_that_was_merged_meanwhile_is_refused_and_nothing_is_kept(office, telephone):
    task, lead = own_case(office), own_case(office)
    taken_along = seen(telephone, task)
    merge(office, task, lead)
    before = kept(task), kept(lead)
    assert refusal(telephone.move(task, "report", taken_along, **OUTCOME)) == (
        409, "case.changed_meanwhile",
    )  # fmt: skip
    assert refusal(telephone.photo(task, taken_along)) == (409, "case.changed_meanwhile")
    all_the_same = telephone.move(task, "report", seen(telephone, task), **OUTCOME)
    assert refusal(all_the_same) == (403, "move.not_yours")
    assert (kept(task), kept(lead)) == before


def test_merged_case_leaves_the_round_and_comes_back_when_it_is_taken_out(office, telephone):
    task, lead = own_case(office), own_case(office)
    merge(office, task, lead)
    assert in_round(telephone) == {lead: "TASK"}
    office.move(task, "unmerge", reason="two holes after all")
    assert in_round(telephone) == {lead: "TASK", task: "OPEN"}


def test_case_that_came_to_lead_meanwhile_is_shown_before_it_is_reported(office, telephone):
    """The officer learns that another report belongs to it, and what is done then is for both."""
    lead, other = own_case(office), office.file()
    taken_along = seen(telephone, lead)
    merge(office, other, lead)
    before = kept(lead)
    refused = telephone.move(lead, "report", taken_along, **OUTCOME)
    assert refusal(refused) == (409, "case.changed_meanwhile")
    assert kept(lead) == before
    told = telephone.there(lead)
    assert [step["move"] for step in told["timeline"]][-1] == "take_in"
    done = telephone.move(lead, "report", told["seen"], **OUTCOME)
    assert done.status_code == 200, done.content
    shown = office.centre.get(f"cases/{other}").json()
    assert (shown["state"], shown["leading"]["id"]) == ("MERGED", lead)
    assert office.centre.get(f"cases/{lead}").json()["state"] == "REPORTED"


def test_act_made_before_the_merging_and_sent_after_it_is_taken_once(office, telephone):
    """What the server took before counts, though its reply was lost and the case merged since."""
    task, lead, key = own_case(office), own_case(office), "5f0f2b52-6f4a-4a1f-9a44-5e7ad9a7c101"
    taken_along = seen(telephone, task)
    body = telephone.told(seen=taken_along)
    path = f"cases/{task}/moves/start"
    assert telephone.send(path, body, key).status_code == 200
    merge(office, task, lead)
    before = kept(task)
    assert telephone.send(path, body, key).status_code == 200
    assert kept(task) == before
