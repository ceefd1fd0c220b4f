"""The wall of a centre: every module counts what there is, small counts by area are not told."""

from datetime import timedelta

import pytest
from tests.people import EVERYTHING, make_desk

from anlan.casework import catalogue
from anlan.casework.models import Case
from anlan.casework.services.listing import list_text_item
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped
from anlan.orgs.models import Unit
from anlan.places.models import GridCell

pytestmark = pytest.mark.django_db
FOOD, ROAD = "1301", "0101"


def filed(area: int, number: str, item: str = ROAD, **more: object) -> None:
    """Put an open case into a cell."""
    at = now()
    values = {"due_at": at + timedelta(hours=2), "filed_at": at} | more
    with scoped(EVERYTHING):
        list_text_item(catalogue.item(item, on=at.date()), area, at)
        Case.objects.create(
            area=area, number=number, item_code=item, lon=24.94, lat=60.17, text="x",
            channel="STAFF", **values,
        )  # fmt: skip


def told() -> dict:
    """Return the wall as the supervisor sees it."""
    reply = make_desk("SUPERVISOR").get("wall")
    assert reply.status_code == 200, reply.content
    return reply.json()


def test_cases_are_counted_by_promise_section_and_area_and_few_are_not_told():
    with scoped(EVERYTHING):
        first, second = GridCell.objects.order_by("area")[:2]
    before = told()
    late = {"due_at": now() - timedelta(hours=1)}
    for place in range(5):
        filed(first.area, f"X-{place}", **late)
    filed(second.area, "X-8", FOOD)
    filed(second.area, "X-9", FOOD, **late)
    after = told()
    cases = {name: after["cases"][name] - before["cases"][name] for name in after["cases"]}
    assert cases == {"open": 7, "late": 6, "soon": 1, "to_check": 0}
    assert after["cases_filed"] - before["cases_filed"] == 7
    sections = {one["code"]: (one["open"], one["late"]) for one in after["sections"]}
    assert list(sections) == ["09", "11", "13"]
    assert sections["13"] == (2, 1)
    loads = {one["area"]: (one["open"], one["late"]) for one in after["grid"]["loads"]}
    assert loads[first.area] == (5, 5)
    assert loads[second.area] == (None, None)
    assert after["grid"]["with_late"] - before["grid"]["with_late"] == 2


def test_trackers_are_heard_silent_or_were_never_heard():
    with scoped(EVERYTHING):
        Unit.objects.update(duty="ON_DUTY", lon=None, lat=None, positioned_at=None)
        all_units = list(Unit.objects.order_by("call_sign").values_list("pk", flat=True))
        for unit, age_s in zip(all_units, (10, 60, 600), strict=False):
            Unit.objects.filter(pk=unit).update(
                lon=24.94, lat=60.17, positioned_at=now() - timedelta(seconds=age_s)
            )
    trackers = told()["trackers"]
    assert (trackers["heard"], trackers["silent"]) == (2, 1)
    assert trackers["never"] == len(all_units) - 3


def test_wall_is_for_those_who_run_the_desk():
    assert make_desk("CREW", unit="P01").get("wall").status_code == 403
