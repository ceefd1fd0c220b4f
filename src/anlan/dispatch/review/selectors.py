"""Reads of the desk's log, its hand-overs, and after-action notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anlan.dispatch.models import Incident, IncidentStep
from anlan.dispatch.review.errors import (
    TooManyStepsError,
    UnknownDeskNoteError,
    UnknownHandoverError,
    UnknownReviewNoteError,
)
from anlan.dispatch.review.models import DeskNote, Handover, ReviewNote
from anlan.orgs.selectors import units

NOTES_LIMIT_ROWS = 200
HANDOVERS_LIMIT_ROWS = 50
REVIEW_NOTES_LIMIT = 100
REPLAY_LIMIT = timedelta(hours=1)
REPLAYED_LIMIT_INCIDENTS = 300
REPLAYED_LIMIT_STEPS = 20_000
HISTORY_LIMIT_ENTRIES = 1_000


def log_of(desk: int, since: datetime | None) -> list[DeskNote]:
    """Return the entries of a desk's log after `since`, newest first, at most a named limit."""
    rows = DeskNote.objects.filter(area=desk).select_related("incident", "settled_by")
    rows = rows.filter(made_at__gt=since) if since else rows
    return list(rows.order_by("-made_at", "-id")[:NOTES_LIMIT_ROWS])


def promises_of(desk: int) -> QuerySet[DeskNote]:
    """Return the promises of a desk that nobody has settled yet, the soonest due first."""
    rows = DeskNote.objects.filter(area=desk, kind="PROMISE", settled_by__isnull=True)
    return rows.select_related("incident").order_by("due_at", "id")


def desk_note(desk: int, note_id: UUID) -> DeskNote:
    """Return one entry of a desk's log, or raise `UnknownDeskNoteError`."""
    found = DeskNote.objects.filter(pk=note_id, area=desk).first()
    if found is None:
        raise UnknownDeskNoteError
    return found


def handovers_of(desk: int) -> list[Handover]:
    """Return the latest hand-overs of a desk, newest first, at most `HANDOVERS_LIMIT_ROWS`."""
    rows = Handover.objects.filter(area=desk).select_related("takeover")
    return list(rows.order_by("-made_at", "-id")[:HANDOVERS_LIMIT_ROWS])


def last_handover(desk: int) -> Handover | None:
    """Return the latest hand-over of a desk, None where there never was one."""
    return Handover.objects.filter(area=desk).order_by("-made_at", "-id").first()


def log_before(handed: Handover) -> list[DeskNote]:
    """Return the log between a hand-over and the one before it, newest first."""
    rows = Handover.objects.filter(area=handed.area, made_at__lt=handed.made_at)
    before = rows.order_by("-made_at", "-id").first()
    notes = DeskNote.objects.filter(area=handed.area, made_at__lte=handed.made_at)
    notes = notes.filter(made_at__gt=before.made_at) if before else notes
    found = notes.select_related("incident", "settled_by").order_by("-made_at", "-id")
    return list(found[:NOTES_LIMIT_ROWS])


def handover(desk: int, handover_id: UUID) -> Handover:
    """Return one hand-over of a desk, or raise `UnknownHandoverError`."""
    rows = Handover.objects.select_related("takeover")
    found = rows.filter(pk=handover_id, area=desk).first()
    if found is None:
        raise UnknownHandoverError
    return found


def review_notes(incident_id: UUID) -> dict[UUID, list[ReviewNote]]:
    """Return the versions of each note on an incident, the latest last, in the order of notes."""
    found: dict[UUID, list[ReviewNote]] = {}
    rows = ReviewNote.objects.filter(incident_id=incident_id).select_related("step")
    for row in rows.order_by("id"):
        found.setdefault(row.note_id, []).append(row)
    return found


def review_note_count(incident_id: UUID) -> int:
    """Return how many notes an incident has, whatever their versions."""
    rows = ReviewNote.objects.filter(incident_id=incident_id)
    return rows.values("note_id").distinct().count()


def last_version(note_id: UUID) -> ReviewNote:
    """Return a note as it stands, or raise `UnknownReviewNoteError`."""
    found = ReviewNote.objects.filter(note_id=note_id).order_by("-version").first()
    if found is None:
        raise UnknownReviewNoteError
    return found


@dataclass(frozen=True, slots=True)
class LastSeen:
    """Where a unit on duty was last seen."""

    unit_id: UUID
    call_sign: str
    unit_kind: str
    at: datetime
    lon: float
    lat: float


def incidents_alive(since: datetime, until: datetime) -> tuple[list[Incident], int]:
    """Return the incidents that were at the desk between two moments, the latest first.

    And how many there are beyond `REPLAYED_LIMIT_INCIDENTS`, or beyond those that have
    `REPLAYED_LIMIT_STEPS` together. One that is open, or had a step since, was at the desk.
    """
    later = IncidentStep.objects.filter(subject_id=OuterRef("pk"), made_at__gte=since)
    rows = Incident.objects.filter(Q(state="OPEN") | Exists(later), received_at__lte=until)
    rows = rows.order_by("-pk")
    found = list(rows[:REPLAYED_LIMIT_INCIDENTS])
    beyond = rows.count() - len(found) if len(found) == REPLAYED_LIMIT_INCIDENTS else 0
    kept = _within_limit(found)
    return kept, beyond + len(found) - len(kept)


def _within_limit(found: list[Incident]) -> list[Incident]:
    """Return as many incidents, from the first, as have `REPLAYED_LIMIT_STEPS` together."""
    steps = IncidentStep.objects.filter(subject_id__in=[one.id for one in found])
    counted = steps.values("subject_id").annotate(steps=Count("id"))
    count_of = {row["subject_id"]: row["steps"] for row in counted}
    sums = accumulate(count_of.get(one.id, 0) for one in found)
    return [one for one, so_far in zip(found, sums, strict=True) if so_far <= REPLAYED_LIMIT_STEPS]


def check_replayable(incident_id: UUID) -> None:
    """Return if an incident has few enough steps for a replay, or raise `TooManyStepsError`."""
    steps = IncidentStep.objects.filter(subject_id=incident_id).count()
    if steps > REPLAYED_LIMIT_STEPS:
        raise TooManyStepsError(steps=steps, limit=REPLAYED_LIMIT_STEPS)


def steps_of_incidents(incident_ids: Sequence[UUID]) -> dict[UUID, list[IncidentStep]]:
    """Return every step of some incidents, each incident's in their order."""
    found: dict[UUID, list[IncidentStep]] = {one: [] for one in incident_ids}
    rows = IncidentStep.objects.filter(subject_id__in=incident_ids)
    for step in rows.order_by("ordinal"):
        found[step.subject_id].append(step)
    return found


def last_seen(since: datetime, until: datetime) -> list[LastSeen]:
    """Return the units whose last position is of a time between two moments."""
    return [
        LastSeen(one.id, one.call_sign, one.kind, one.positioned_at, one.lon, one.lat)
        for one in units()
        if one.positioned_at is not None
        and one.lon is not None
        and one.lat is not None
        and since <= one.positioned_at <= until
    ]
