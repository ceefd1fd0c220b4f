"""The nightly evaluation: each month that is not final is counted anew, once a night.

What is due follows from what stands in the database, so a night that was missed is made good after
a restart, a run again changes nothing, and a process that dies leaves the figures as they were.
A decision on an appeal raises the revision of its evaluation, which makes it due at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import structlog
from django.db.models import Min

from anlan.casework.evaluation.comparing import Compared, Comparison, compare
from anlan.casework.evaluation.counting import DISTRICT, Counts, count_outcomes
from anlan.casework.evaluation.models import Appeal, Evaluation, Figure, Outcome
from anlan.casework.evaluation.months import due_since, last_of, months_until
from anlan.casework.evaluation.rules import EVALUATIONS, EvaluationRules, rules_on
from anlan.casework.evaluation.transitions import EVALUATION_MOVES
from anlan.casework.service_clock.rules import service_clock
from anlan.kernel.access import system_actor
from anlan.kernel.areas import Level, area_range, level_of, street_of
from anlan.kernel.scope import scoped
from anlan.orgs import selectors as orgs

EVALUATOR = system_actor("evaluator", sees_sealed=True)
FIGURES_PER_INSERT = 2_000
SETTLE = EVALUATION_MOVES.named("settle")

log = structlog.get_logger("anlan.evaluation")


@dataclass(frozen=True, slots=True)
class _Due:
    """An evaluation that is to be counted, as it stood when that was found."""

    row: Evaluation
    rules: EvaluationRules
    today: date
    """The local day."""


def evaluate_due(at: datetime) -> int:
    """Count every evaluation that is due; return how many were counted.

    One pass over the outcomes of each month serves the evaluations of all areas.
    """
    with scoped(EVALUATOR):
        due = list(_due(at))
    months = sorted({(one.row.first_day, one.row.last_day) for one in due})
    return sum(_evaluate_month(month, due, at) for month in months)


def _due(at: datetime) -> Iterator[_Due]:
    """Find what is due, beginning the evaluations of months that have none yet."""
    earliest: date | None = Outcome.objects.aggregate(first=Min("closed_on"))["first"]
    if earliest is None:
        return
    for area in _areas():
        zone = service_clock(at.date()).office_at(area).zone
        today = at.astimezone(ZoneInfo(zone)).date()
        rules = rules_on(today)
        since = due_since(at, rules.runs_at, zone)
        for month in reversed(list(months_until(today))):
            if last_of(month) >= earliest:
                row = _evaluation(area, month, rules)
                if row.state == SETTLE.target:
                    continue
                if row.counted_at is None or row.counted_at < since or _changed(row):
                    yield _Due(row, _kept_rules(row), today)


def _areas() -> Sequence[int]:
    """Return the areas that are evaluated: those of coordination centres, of districts or wider."""
    areas = {one.area for one in orgs.organisations() if one.kind == "COORDINATION_CENTRE"}
    return sorted(area for area in areas if level_of(area) >= Level.DISTRICT)


def _evaluation(area: int, month: date, rules: EvaluationRules) -> Evaluation:
    """Return the evaluation of a month, begun now by the rules in force if there is none."""
    found, _ = Evaluation.objects.get_or_create(
        area=area,
        first_day=month,
        defaults={
            "last_day": last_of(month),
            "rules_id": rules.id,
            "rules_version": rules.version,
            "appeal_until": last_of(month) + timedelta(days=rules.appeal_days),
        },
    )
    return found


def _kept_rules(row: Evaluation) -> EvaluationRules:
    """Return the rules by which a month is evaluated from its first count to its last."""
    return EVALUATIONS.version(row.rules_id, row.rules_version)


def _changed(row: Evaluation) -> bool:
    return row.counted_revision != row.revision


def _evaluate_month(month: tuple[date, date], due: Sequence[_Due], at: datetime) -> int:
    with scoped(EVALUATOR):
        counts = count_outcomes(*month)
    ours = [one for one in due if (one.row.first_day, one.row.last_day) == month]
    return sum(_evaluate(one, counts, at) for one in ours)


def _evaluate(due: _Due, counts: Counts, at: datetime) -> bool:
    """Compare and write one evaluation; return whether it was this process that wrote it."""
    row = due.row
    with scoped(EVALUATOR):
        few = orgs.grid_offices_of_few(due.rules.least_members)
        aside = Appeal.objects.filter(evaluation=row, case__isnull=True, state="GRANTED")
        set_aside = set(aside.values_list("organisation_id", "measure"))
        low, high = (end // DISTRICT for end in area_range(row.area))
        inside = (counts.district >= low) & (counts.district <= high)
        evaluated = np.array([one not in few for one in counts.organisations], dtype=bool)
        found = compare(counts.kept(inside & evaluated), due.rules, set_aside)
        return _write(due, found, at)


def _write(due: _Due, found: Comparison, at: datetime) -> bool:
    """Put the figures in the place of those before, if nobody has meanwhile."""
    row = Evaluation.objects.select_for_update().get(pk=due.row.pk)
    if row.counted_at != due.row.counted_at or row.state == SETTLE.target:
        return False
    Figure.objects.filter(evaluation=row).delete()
    Figure.objects.bulk_create(
        [_figure(row, one) for one in found.figures], batch_size=FIGURES_PER_INSERT
    )
    row.counted_at, row.counted_revision = at, due.row.revision
    row.level = found.level
    row.wholes = {measure: asdict(whole) for measure, whole in found.wholes.items()}
    if due.today > row.appeal_until and not _changed(row) and not _open_appeals(row):
        row.state = SETTLE.target
    row.save()
    log.info("evaluated", area=row.area, month=str(row.first_day), figures=len(found.figures))
    return True


def _open_appeals(row: Evaluation) -> bool:
    return Appeal.objects.filter(evaluation=row, state="FILED").exists()


def _figure(row: Evaluation, one: Compared) -> Figure:
    low, high, outer_low, outer_high = one.limits or (None,) * 4
    return Figure(
        area=row.area,
        street=street_of(row.area),
        evaluation=row,
        organisation_id=one.organisation_id,
        item_code=one.item_code,
        measure=one.measure.value,
        standing=one.standing.value,
        cases=one.cases,
        hits=one.hits,
        compared=one.compared,
        expected=one.expected,
        variance=one.variance,
        low=low,
        high=high,
        outer_low=outer_low,
        outer_high=outer_high,
    )
