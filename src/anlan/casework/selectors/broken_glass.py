"""Reads of looks at sealed cases."""

from datetime import datetime

from anlan.casework.models import BrokenGlass, Case
from anlan.kernel.access import Actor
from anlan.kernel.paging import PageQuery, page_by_time, page_of


def looks_to_review(
    asked: PageQuery, *, reviewed: bool, actor: Actor
) -> tuple[list[BrokenGlass], str | None]:
    """Return one page of looks at cases sealed to the actor's organisation, and the next cursor.

    Those that wait for a review, the longest overdue first; or those `reviewed`, the newest first.
    """
    organisations = [actor.organisation_id] if actor.organisation_id else []
    rows = BrokenGlass.objects.filter(sealed_to__overlap=organisations, case__isnull=False)
    if reviewed:
        return page_of(rows.filter(reviewed_at__isnull=False), asked)
    return page_by_time(rows.filter(reviewed_at__isnull=True), asked, "review_due_at")


def own_looks(asked: PageQuery, *, actor: Actor) -> tuple[list[BrokenGlass], str | None]:
    """Return one page of what an actor asked to see himself, the newest first, and the cursor."""
    return page_of(BrokenGlass.objects.filter(opened_by=actor.id), asked)


def glass_until(case: Case, actor: Actor, at: datetime) -> datetime | None:
    """Return until when a case is open to an actor by a broken glass; None where it is by right.

    `at` is the machine's time. Whether it is open the database says, by its own clock.
    """
    if case.sealed_to is None or actor.organisation_id in case.sealed_to:
        return None
    rows = BrokenGlass.objects.filter(case_id=case.id, opened_by=actor.id)
    latest = rows.order_by("-until").values_list("until", flat=True).first()
    return latest or at
