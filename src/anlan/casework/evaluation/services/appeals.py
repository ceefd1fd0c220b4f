"""Appeals: an organisation asks that something be not counted, another organisation decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F

from anlan.casework.evaluation.accounts import account_for
from anlan.casework.evaluation.errors import (
    AppealedBeforeError,
    NotCountedError,
    SettledError,
    UnknownAppealError,
)
from anlan.casework.evaluation.models import (
    REASON_LIMIT_CHARACTERS,
    Appeal,
    AppealStep,
    Evaluation,
    Figure,
    Outcome,
)
from anlan.casework.evaluation.selectors import evaluation, standing_of
from anlan.casework.evaluation.transitions import (
    APPEAL_MOVES,
    EVALUATION_MOVES,
    AppealGround,
    Measure,
    appeal_after,
)
from anlan.casework.models import Case
from anlan.casework.service_clock.rules import service_clock
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.moves import require_one
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text

APPEALS = system_actor("appeals", sees_sealed=True)
FINAL = EVALUATION_MOVES.named("settle").target


@dataclass(frozen=True, slots=True)
class Appealed:
    """What is appealed: a case in a measure; without a case the whole figure."""

    measure: Measure
    case_id: UUID | None
    ground: AppealGround
    text: str


def file_appeal(evaluation_id: UUID, wanted: Appealed, *, actor: Actor, at: datetime) -> Appeal:
    """Appeal for the actor's organisation.

    Written with the rights of the office: an evaluation stands in the area of its centre, which may
    be wider than the actor's own.

    Raises `UnknownEvaluationError`, `SettledError` once it is final or the days are over,
    `NotCountedError` for what is not counted for the organisation, `AppealedBeforeError`.
    """
    require(actor, "evaluation.appeal")
    row = evaluation(evaluation_id, actor=actor)
    text = clean_text(
        wanted.text, field="text", limit_characters=REASON_LIMIT_CHARACTERS, required=True
    )
    if actor.organisation_id is None:
        raise InvalidError(field="organisation", rule="required")
    appeal = Appeal(
        area=row.area,
        evaluation=row,
        organisation_id=actor.organisation_id,
        measure=wanted.measure.value,
        case_id=wanted.case_id,
        ground=wanted.ground.value,
        text=text,
        filed_by=actor.id,
        filed_at=at,
    )
    with scoped(APPEALS):
        _, held = _locked(row.pk, wanted.case_id)
        if held.state == FINAL or _today(held.area, at) > held.appeal_until:
            raise SettledError
        _check_counted(held, appeal)
        try:
            with transaction.atomic():
                appeal.save(force_insert=True)
        except IntegrityError:
            raise AppealedBeforeError from None
        facts = {"measure": appeal.measure, "ground": appeal.ground}
        _add_step(appeal, "file", "", facts, actor=actor, at=at)
    return appeal


def _locked(evaluation_id: UUID, case_id: UUID | None) -> tuple[Case | None, Evaluation]:
    """Lock the case, as its own moves do, and then the evaluation: always in this order."""
    case = Case.objects.select_for_update().filter(pk=case_id).first() if case_id else None
    return case, Evaluation.objects.select_for_update().get(pk=evaluation_id)


def _today(area: int, at: datetime) -> date:
    zone = service_clock(at.date()).office_at(area).zone
    return at.astimezone(ZoneInfo(zone)).date()


def _check_counted(held: Evaluation, appeal: Appeal) -> None:
    """Refuse an appeal about what does not count for the organisation in this month."""
    if appeal.case_id is None:
        figures = Figure.objects.filter(evaluation=held, organisation_id=appeal.organisation_id)
        if not figures.filter(measure=appeal.measure, item_code="").exists():
            raise NotCountedError(field="measure", rule="counted_for_you")
        return
    counted = Outcome.objects.filter(
        case_id=appeal.case_id,
        organisation_id=appeal.organisation_id,
        closed_on__range=(held.first_day, held.last_day),
        **{f"{appeal.measure.lower()}__isnull": False},
    )
    if not counted.exists():
        raise NotCountedError(field="case_id", rule="counted_for_you")


def move_appeal(
    appeal_id: UUID, name: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> Appeal:
    """Grant, decline or withdraw an appeal; what was granted is counted anew at once.

    Raises `UnknownAppealError`, `OwnAppealError`, `SettledError`, the table's refusals.
    """
    move = APPEAL_MOVES.named(name)
    require_one(actor, move.rights)
    seen = Appeal.objects.filter(pk=appeal_id).values_list("evaluation_id", "case_id").first()
    if seen is None:
        raise UnknownAppealError
    with scoped(APPEALS):
        case, held = _locked(*seen)
        appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
        standing = standing_of(appeal, settled=held.state == FINAL)
        refused = move.refusal(standing, actor)
        if refused is not None:
            raise refused
        told = {
            fact: clean_text(
                facts.get(fact, ""),
                field=fact,
                limit_characters=REASON_LIMIT_CHARACTERS,
                required=True,
            )
            for fact in move.needs
        }
        source, appeal.state = appeal.state, appeal_after(standing, move).state.value
        if "reason" in told:
            appeal.decided_by, appeal.decided_for_id = actor.id, actor.organisation_id
            appeal.decided_at, appeal.decision = at, told["reason"]
        appeal.save()
        _add_step(appeal, name, source, told, actor=actor, at=at)
        if appeal.state == "GRANTED":
            if case is not None:
                account_for(case)
            Evaluation.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
    return appeal


def _add_step(
    appeal: Appeal, move: str, source: str, facts: Mapping[str, str], *, actor: Actor, at: datetime
) -> None:
    AppealStep.objects.create(
        area=appeal.area,
        subject_id=appeal.id,
        move=move,
        source=source,
        target=appeal.state,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
        facts=dict(facts),
    )
