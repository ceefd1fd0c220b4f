"""Acts of grid officers, told by telephones that may have been without network for days.

An act counts once however late it is sent again, after the acts on the same case that were done
before it, and never over the head of somebody who did something to the case meanwhile, on a desk or
another telephone: then it is refused, and whoever acted decides with both sides before their eyes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.casework.errors import ActOutOfOrderError, ChangedMeanwhileError, UnknownCaseError
from anlan.casework.models import Case, CasePhoto, CaseStep, FieldAct
from anlan.casework.selectors import case as case_in_scope
from anlan.casework.selectors import seen_of
from anlan.casework.services.filing import Filing, file_case
from anlan.casework.services.moves import make_move
from anlan.casework.services.photos import add_photo
from anlan.casework.services.step_rows import locked_case
from anlan.kernel.access import Actor
from anlan.kernel.told_times import ToldTime, read_told

FOUND_SINCE = timedelta(days=14)  # twice the days that a telephone is to do without network


@dataclass(frozen=True, slots=True)
class ActTold:
    """What a telephone says of an act: its key, its place in a queue, when by its own clock.

    `seen` is how many steps from elsewhere the officer had before the eyes; None where there were
    none to see.
    """

    key: UUID
    queue: UUID
    ordinal: int
    told_at: datetime
    sent_at: datetime | None = None
    seen: int | None = None


def file_from_field(
    act: ActTold, filing: Filing, *, photos: Sequence[bytes], actor: Actor, at: datetime
) -> Case:
    """File what was found, once; raise as `file_case` does, or `ActOutOfOrderError`."""
    done = _taken(act, actor)
    if done is not None:
        return case_in_scope(done)
    timed = read_told(act.told_at, act.sent_at, since=at - FOUND_SINCE, at=at)
    case = file_case(filing, photos=photos, actor=actor, at=at, timed=timed)
    _keep(act, "file", case, actor, at)
    return case


def move_from_field(
    act: ActTold, case_id: UUID, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> Case:
    """Make a move that was made in the field, once.

    Raises `ChangedMeanwhileError` where others did something that the officer had not seen,
    `ActOutOfOrderError`, or what `make_move` raises.
    """

    def move(case: Case, timed: ToldTime) -> Case:
        return make_move(case_id=case.id, name=name, facts=facts, actor=actor, at=at, timed=timed)

    return _act_on(act, name, case_id, move, actor, at)


def photo_from_field(
    act: ActTold, case_id: UUID, uploaded: bytes, *, actor: Actor, at: datetime
) -> Case:
    """Add a photo that was taken in the field, once; raise as `move_from_field` or `add_photo`."""

    def add(case: Case, _timed: ToldTime) -> Case:
        photo: CasePhoto = add_photo(case_id=case.id, uploaded=uploaded, actor=actor, at=at)
        return photo.case

    return _act_on(act, "photo", case_id, add, actor, at)


def _act_on(
    act: ActTold, name: str, case_id: UUID, work: Callable[[Case, ToldTime], Case], actor: Actor,
    at: datetime,
) -> Case:  # fmt: skip
    case = locked_case(case_id)
    done = _taken(act, actor)
    if done is not None:
        if done != case_id:
            raise UnknownCaseError
        return case
    if act.seen is not None and act.seen != seen_of(case_id, act.queue):
        raise ChangedMeanwhileError(state=case.state)
    timed = read_told(act.told_at, act.sent_at, since=_since(case), at=at)
    case = work(case, timed)
    _keep(act, name, case, actor, at)
    return case


def _since(case: Case) -> datetime:
    """Return when a case came to its state: nothing was done to it in that state before."""
    came = CaseStep.objects.filter(subject_id=case.id, target=case.state)
    came = came.exclude(source=case.state).order_by("-made_at")
    return came.values_list("made_at", flat=True).first() or case.filed_at


def _taken(act: ActTold, actor: Actor) -> UUID | None:
    """Return the case of an act that was taken before: its reply was lost."""
    kept = FieldAct.objects.filter(made_by=actor.id, key=act.key)
    return kept.values_list("case_id", flat=True).first()


def _keep(act: ActTold, name: str, case: Case, actor: Actor, at: datetime) -> None:
    """Write an act down; the database refuses one out of its order, or in another's place."""
    try:
        with transaction.atomic():
            FieldAct.objects.create(
                area=case.area,
                case=case,
                key=act.key,
                queue=act.queue,
                ordinal=act.ordinal,
                act=name,
                made_by=actor.id,
                told_at=act.told_at,
                sent_at=act.sent_at,
                heard_at=at,
            )
    except IntegrityError:
        raise ActOutOfOrderError(ordinal=act.ordinal) from None
