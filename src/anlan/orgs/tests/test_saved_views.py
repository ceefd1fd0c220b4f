"""Saved views: they follow the account, hold no words, and are nobody else's."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.people import EVERYTHING, PASSWORD

from anlan.kernel.scope import scoped
from anlan.orgs.models import Account, SavedView
from anlan.orgs.services import saved_views

LATE = {"screen": "cases", "name": "Late", "filters": {"only": "late", "state": "ASSIGNED"}}


def remove(desk, view_id):
    headers = {"Idempotency-Key": str(uuid4())}
    return desk.client.delete(f"/api/v1/own/views/{view_id}", headers=headers)


def kept_by(desk) -> list[dict]:
    reply = desk.get("own/views")
    assert reply.status_code == 200
    return reply.json()


def test_view_is_there_at_another_desk_renamed_and_removed(desk):
    dispatcher = desk("DISPATCHER")
    saved = dispatcher.post("own/views", LATE)
    assert saved.status_code == 201
    assert saved.json() == {"id": saved.json()["id"], **LATE}
    elsewhere = type(dispatcher)(dispatcher.account)  # signs in anew
    assert kept_by(elsewhere) == [saved.json()]
    changed = elsewhere.put(f"own/views/{saved.json()['id']}", {"name": "晚", "filters": {}})
    assert changed.json() == saved.json() | {"name": "晚", "filters": {}}
    assert kept_by(dispatcher) == [changed.json()]
    assert remove(dispatcher, saved.json()["id"]).status_code == 204
    assert kept_by(elsewhere) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "x" * 61}, "name"),
        ({"name": " "}, "name"),
        ({"screen": "audit"}, "screen"),
        ({"filters": {"number": "C"}}, "filters"),  # what was typed is no filter
        ({"filters": {"only": "Anna Virtanen"}}, "filters"),
        ({"filters": {"only": "+358401234567"}}, "filters"),
        ({"filters": {"view": "late"}}, "filters"),  # of another list
        ({"filters": dict.fromkeys(("state", "only", "organisation", "a", "b"), "x")}, "filters"),
    ],
)
def test_what_no_list_knows_is_not_kept(desk, more, field):
    dispatcher = desk("DISPATCHER")
    refused = dispatcher.post("own/views", LATE | more)
    assert refused.status_code == 422
    assert refused.json()["field"].startswith(field)
    assert kept_by(dispatcher) == []


def test_name_is_taken_once_a_list(desk):
    dispatcher = desk("DISPATCHER")
    first = dispatcher.post("own/views", LATE).json()
    taken = dispatcher.post("own/views", LATE)
    assert (taken.status_code, taken.json()["code"]) == (409, "view.name_taken")
    queue = LATE | {"screen": "incidents", "filters": {"view": "waiting"}}
    second = dispatcher.post("own/views", queue).json()
    other = dispatcher.post("own/views", LATE | {"name": "Later"}).json()
    renamed = dispatcher.put(f"own/views/{other['id']}", {"name": "Late", "filters": {}})
    assert (renamed.status_code, renamed.json()["code"]) == (409, "view.name_taken")
    assert kept_by(dispatcher) == [first, other, second]


def test_account_is_full_at_its_limit(desk, monkeypatch):
    monkeypatch.setattr(saved_views, "VIEWS_LIMIT", 2)
    dispatcher = desk("DISPATCHER")
    for name in ("1st", "2nd"):
        assert dispatcher.post("own/views", LATE | {"name": name}).status_code == 201
    full = dispatcher.post("own/views", LATE)
    assert (full.status_code, full.json()["code"]) == (409, "view.full")
    assert len(kept_by(dispatcher)) == 2


def test_somebody_else_sees_changes_and_removes_none_of_it(desk):
    owner, other = desk("DISPATCHER"), desk("SUPERVISOR")
    view = owner.post("own/views", LATE).json()
    assert kept_by(other) == []
    body = {"name": "Mine", "filters": {}}
    for reply in (other.put(f"own/views/{view['id']}", body), remove(other, view["id"])):
        assert (reply.status_code, reply.json()["code"]) == (404, "view.unknown")
    assert kept_by(owner) == [view]


def test_the_database_holds_it_to_its_owner(desk):
    owner, other = desk("DISPATCHER"), desk("SUPERVISOR")
    view = owner.post("own/views", LATE).json()
    for actor in (other.actor, EVERYTHING):
        with scoped(actor):
            assert SavedView.objects.count() == 0
            assert SavedView.objects.filter(pk=view["id"]).update(label="Mine") == 0
            assert SavedView.objects.filter(pk=view["id"]).delete()[0] == 0
    foreign = SavedView(area=owner.account.area, account=owner.account, screen="cases", label="x",
                        filters={})  # fmt: skip
    with scoped(other.actor), pytest.raises(DatabaseError), transaction.atomic():
        foreign.save()
    assert kept_by(owner) == [view]


def test_agency_has_views_though_its_account_is_outside_its_scope(desk):
    agency = desk("AGENCY_DESK", organisation="WATER_WORKS")
    view = agency.post("own/views", LATE).json()
    assert kept_by(agency) == [view]
    assert kept_by(desk("AGENCY_DESK", organisation="WATER_WORKS")) == []
    assert remove(agency, view["id"]).status_code == 204
    assert kept_by(agency) == []


def test_views_go_with_the_account(desk):
    owner, admin = desk("DISPATCHER"), desk("ADMINISTRATOR")
    owner.post("own/views", LATE)
    admin.post("own/proof", {"proof": PASSWORD})
    for move in ("close", "reopen"):
        moved = admin.post(f"accounts/{owner.account.id}/moves/{move}", {"reason": "Has left."})
        assert moved.status_code == 200, moved.content
    with scoped(EVERYTHING):
        account = Account.objects.get(pk=owner.account.id)
    assert account.active
    assert kept_by(type(owner)(account)) == []


def test_visitor_has_no_views(desk):
    visitor = desk(None)
    assert visitor.get("own/views").status_code == 401
    assert visitor.post("own/views", LATE).status_code == 401
