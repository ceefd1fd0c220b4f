"""What a grid officer takes along: the office's own tasks, what is to be checked, what is open.

Bounded, so that a telephone holds all of it for days without network.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from anlan.casework.models import Case, CasePhoto, CaseStep, FieldAct
from anlan.kernel.access import Actor, system_actor

PART_LIMIT_ROWS = 100
# What the clock itself writes is no reason to ask whether an act still holds.
CLOCK_ID = system_actor("clock").id
Part = Literal["TASK", "CHECK", "OPEN"]


@dataclass(frozen=True, slots=True)
class RoundCase:
    """A case of the round. `seen`: how many steps did not come from the queue that asks."""

    case: Case
    part: Part
    seen: int
    photos: tuple[CasePhoto, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """The cases of a round, those due first at the top; `cut` where there are more of a part."""

    cases: tuple[RoundCase, ...]
    cut: bool


def round_of(actor: Actor, queue: UUID) -> Round:
    """Return the round in the area of `actor`: at most `PART_LIMIT_ROWS` of each part.

    `queue` is that of the telephone that takes it along.
    """
    ours = Q(organisation_id=actor.organisation_id)
    parts: dict[Part, Q] = {
        "TASK": Q(state="ASSIGNED") & ours,
        "CHECK": Q(state="REPORTED") & ~ours,
        "OPEN": Q(state__in=["FILED", "DISPUTED"]) | (Q(state="ASSIGNED") & ~ours),
    }
    by_due = F("due_at").asc(nulls_last=True)
    found: list[tuple[Part, Case]] = []
    cut = False
    for part, which in parts.items():
        rows = list(Case.objects.filter(which).order_by(by_due, "pk")[: PART_LIMIT_ROWS + 1])
        cut = cut or len(rows) > PART_LIMIT_ROWS
        found += [(part, case) for case in rows[:PART_LIMIT_ROWS]]
    ids = [case.id for _, case in found]
    seen, photos = _seen(ids, queue), _photos(ids)
    return Round(
        cases=tuple(
            RoundCase(case, part, seen.get(case.id, 0), tuple(photos.get(case.id, ())))
            for part, case in found
        ),
        cut=cut,
    )


def steps_of_others(case_id: UUID, queue: UUID) -> list[CaseStep]:
    """Return what happened to a case, but for the clock's steps and those told from `queue`."""
    told = set(_told([case_id], queue).values_list("act", "heard_at"))
    steps = _steps([case_id]).order_by("made_at", "pk")
    return [step for step in steps if (step.move, step.made_at) not in told]


def seen_of(case_id: UUID, queue: UUID) -> int:
    """Return how many steps `steps_of_others` has."""
    return _seen([case_id], queue).get(case_id, 0)


def _steps(case_ids: Collection[UUID]) -> "QuerySet[CaseStep]":
    return CaseStep.objects.filter(subject_id__in=case_ids).exclude(made_by=CLOCK_ID)


def _told(case_ids: Collection[UUID], queue: UUID) -> "QuerySet[FieldAct]":
    """Return the acts of a queue that made steps; a photo makes none."""
    return FieldAct.objects.filter(case_id__in=case_ids, queue=queue).exclude(act="photo")


def _seen(case_ids: Collection[UUID], queue: UUID) -> dict[UUID, int]:
    made = _steps(case_ids).values("subject_id").annotate(made=Count("pk"))
    told = _told(case_ids, queue).values("case_id").annotate(made=Count("pk"))
    own = dict(told.values_list("case_id", "made"))
    return {one: count - own.get(one, 0) for one, count in made.values_list("subject_id", "made")}


def _photos(case_ids: Collection[UUID]) -> dict[UUID, list[CasePhoto]]:
    found: dict[UUID, list[CasePhoto]] = {}
    rows = CasePhoto.objects.filter(case_id__in=case_ids).order_by("ordinal").defer("jpeg")
    for photo in rows:
        found.setdefault(photo.case_id, []).append(photo)
    return found
