"""Cases that were closed before the evaluation came: written down once, batch by batch.

There is no state beside the rows themselves: run again after it was stopped, it passes over what is
written and goes on with the rest. Cases go on being handled meanwhile: each batch locks its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from anlan.casework.evaluation.accounts import account_for
from anlan.casework.evaluation.models import Outcome
from anlan.casework.evaluation.services.nightly import EVALUATOR
from anlan.casework.models import Case
from anlan.kernel.scope import scoped

BATCH_CASES = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """How many closed cases were looked at so far, and of how many something was written."""

    looked_at: int
    written: int


def account_for_earlier() -> Iterator[Batch]:
    """Write down closed cases of which nothing is written, newest first.

    Yields after each batch of `BATCH_CASES`, which then is committed. A final month stays as it was
    counted.
    """
    looked_at = written = 0
    before: UUID | None = None
    while True:
        with scoped(EVALUATOR):
            page = _page(before)
            missing = _locked_without_account(page)
            for case in missing:
                account_for(case)
        looked_at, written = looked_at + len(page), written + len(missing)
        yield Batch(looked_at, written)
        if len(page) < BATCH_CASES:
            return
        before = page[-1]


def _page(before: UUID | None) -> list[UUID]:
    closed = Case.objects.filter(state="CLOSED")
    if before is not None:
        closed = closed.filter(pk__lt=before)
    return list(closed.order_by("-pk").values_list("pk", flat=True)[:BATCH_CASES])


def _locked_without_account(page: list[UUID]) -> list[Case]:
    accounts = Outcome.objects.filter(case=OuterRef("pk"))
    rows = Case.objects.filter(~Exists(accounts), pk__in=page, state="CLOSED")
    return list(rows.select_for_update().order_by("pk"))
