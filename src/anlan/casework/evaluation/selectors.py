"""Reads of evaluations: what an organisation sees of itself, and of all once it is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from anlan.casework.evaluation.errors import UnknownEvaluationError
from anlan.casework.evaluation.models import Appeal, AppealStep, Evaluation, Figure, Outcome
from anlan.casework.evaluation.transitions import AppealStanding, AppealState, Measure
from anlan.kernel.access import Actor, require, system_actor
from anlan.kernel.areas import jurisdictions_of
from anlan.kernel.paging import PageQuery, page_of
from anlan.kernel.scope import scoped
from anlan.kernel.small_counts import hidden
from anlan.orgs import selectors as orgs

READER = system_actor("evaluation-reader")
COMPARE = "evaluation.compare"
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as somebody may see it: `is_hidden` where its counts are so small that they tell."""

    figure: Figure
    is_hidden: bool = False


def _of(actor: Actor) -> QuerySet[Evaluation]:
    """Return the evaluations that an actor belongs to: of areas around its own, and within it."""
    around = jurisdictions_of(actor.area_low) if actor.area_low else frozenset()
    within = Q(area__range=(actor.area_low, actor.area_high))
    return Evaluation.objects.filter(within | Q(area__in=around))


def evaluations(asked: PageQuery, *, actor: Actor) -> tuple[list[Evaluation], str | None]:
    """Return one page of the months that were counted, the last begun first, and the next cursor.

    That a month is evaluated, and by which rules, is no secret.
    """
    with scoped(READER):
        return page_of(_of(actor).filter(counted_at__isnull=False), asked)


def evaluation(evaluation_id: UUID, *, actor: Actor) -> Evaluation:
    """Return one evaluation that an actor belongs to, or raise `UnknownEvaluationError`."""
    with scoped(READER):
        found = _of(actor).filter(pk=evaluation_id).first()
    if found is None:
        raise UnknownEvaluationError
    return found


def figures(row: Evaluation, *, actor: Actor) -> list[Shown]:
    """Return the figures of organisations that an actor may see, in no order that tells of them.

    Its own, always; everybody's for who compares; once the month is final everybody's, small
    counts hidden with what would give them away.
    """
    of_all = Figure.objects.filter(evaluation=row, item_code="").order_by("organisation_id")
    if COMPARE in actor.permissions:
        return [Shown(one) for one in of_all]
    own = actor.organisation_id
    if row.state != "FINAL":
        return [Shown(one) for one in of_all if one.organisation_id == own]
    with scoped(READER):
        found = list(of_all)
    gone = {one for measure in Measure for one in _hidden(found, measure)}
    return [Shown(one, one.organisation_id != own and one.id in gone) for one in found]


def _hidden(found: Iterable[Figure], measure: Measure) -> set[UUID]:
    """Return which figures of a measure tell of so few cases that they are not published."""
    ours = [one for one in found if one.measure == measure]
    counts = (
        {one.id: one.cases for one in ours},
        {one.id: one.hits for one in ours},
        {one.id: one.cases - one.hits for one in ours},
    )
    return set().union(*(hidden(kept) for kept in counts))


def figures_by_item(row: Evaluation, organisation_id: UUID, *, actor: Actor) -> list[Figure]:
    """Return an organisation's figures by item: for itself, and for who compares.

    Raises `UnknownOrganisationError`, `DeniedError`.
    """
    with scoped(READER):
        orgs.organisation(organisation_id)
    _own_or_compares(actor, organisation_id)
    rows = Figure.objects.filter(evaluation=row, organisation_id=organisation_id)
    return list(rows.exclude(item_code="").order_by("item_code", "measure"))


@dataclass(frozen=True, slots=True)
class Counted:
    """Which cases a figure counts; `hit` keeps those that went so, or did not."""

    organisation_id: UUID
    measure: Measure
    item_code: str | None = None
    hit: bool | None = None


def counted_cases(
    row: Evaluation, counted: Counted, asked: PageQuery, *, actor: Actor
) -> tuple[list[Outcome], str | None]:
    """Return one page of the cases that a figure counts and the actor may see."""
    _own_or_compares(actor, counted.organisation_id)
    column = counted.measure.lower()
    rows = Outcome.objects.filter(
        organisation_id=counted.organisation_id,
        closed_on__range=(row.first_day, row.last_day),
        **{f"{column}__isnull": False},
    )
    if counted.item_code is not None:
        rows = rows.filter(item_code=counted.item_code)
    if counted.hit is not None:
        rows = rows.filter(**{column: counted.hit})
    return page_of(rows.select_related("case"), asked)


def _own_or_compares(actor: Actor, organisation_id: UUID) -> None:
    if organisation_id != actor.organisation_id:
        require(actor, COMPARE)


def appeals(
    asked: PageQuery, *, evaluation_id: UUID | None, state: AppealState | None, actor: Actor
) -> tuple[list[Appeal], str | None]:
    """Return one page of appeals: the actor's organisation's own, or all for who compares."""
    rows = Appeal.objects.all()
    if COMPARE not in actor.permissions:
        rows = rows.filter(organisation_id=actor.organisation_id or NOBODY)
    if evaluation_id is not None:
        rows = rows.filter(evaluation_id=evaluation_id)
    if state is not None:
        rows = rows.filter(state=state.value)
    return page_of(rows, asked)


def appeals_to_judge(actor: Actor, limit_rows: int) -> list[Appeal]:
    """Return the appeals in scope that an actor may decide, the longest waiting first.

    Whoever filed one, or belongs to the organisation that did, is a party to it; of a month that
    is final nothing changes.
    """
    rows = Appeal.objects.filter(state="FILED").exclude(evaluation__state="FINAL")
    rows = rows.exclude(filed_by=actor.id).exclude(organisation_id=actor.organisation_id or NOBODY)
    return list(rows.order_by("filed_at", "pk")[:limit_rows])


def appeal_steps(appeal_ids: Iterable[UUID]) -> list[AppealStep]:
    """Return the moves of some appeals that the reader may see, the first first."""
    with scoped(READER):
        return list(AppealStep.objects.filter(subject_id__in=list(appeal_ids)).order_by("id"))


def standing_of(appeal: Appeal, *, settled: bool) -> AppealStanding:
    """Return what the transition table has to know of an appeal."""
    return AppealStanding(
        AppealState(appeal.state), appeal.organisation_id, appeal.filed_by, settled
    )


def names_of(organisation_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return what organisations are called, whatever the reader's scope: that is no secret."""
    with scoped(READER):
        return orgs.organisation_names(organisation_ids)
