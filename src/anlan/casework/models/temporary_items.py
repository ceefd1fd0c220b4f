"""Tables of items for a time, until the catalogue is written anew."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow

TEMPORARY_STATES = ["ASKED", "APPROVED", "DECLINED", "ENDED"]
TEMPORARY_TERM_LIMIT_DAYS = 90


class TemporaryItem(PlacedRow):
    """An item that a department asked for until the catalogue is written anew; `area` is where.

    Whoever asked never decides, and it is over after `TEMPORARY_TERM_LIMIT_DAYS` at the latest.
    """

    code = models.CharField(max_length=8, unique=True)
    state = models.CharField(max_length=16, default="ASKED")
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    filing_zh = models.CharField(max_length=400)
    filing_en = models.CharField(max_length=400)
    closing_zh = models.CharField(max_length=400)
    closing_en = models.CharField(max_length=400)
    needs_photo = models.BooleanField()
    lead = models.CharField(max_length=48)
    clock = models.CharField(max_length=8)
    reason = models.CharField(max_length=400)
    valid_from = models.DateField()
    valid_until = models.DateField()
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_temporary_item"
        constraints = [
            models.CheckConstraint(
                name="casework_temporary_item_state", condition=Q(state__in=TEMPORARY_STATES)
            ),
            models.CheckConstraint(
                name="casework_temporary_item_decided_by_another",
                condition=Q(state="ASKED", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state="ASKED")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
            ),
            models.CheckConstraint(
                name="casework_temporary_item_term",
                condition=Q(
                    valid_until__gte=F("valid_from"),
                    valid_until__lte=F("valid_from") + timedelta(days=TEMPORARY_TERM_LIMIT_DAYS),
                ),
            ),
        ]
        indexes = [models.Index(name="casework_temporary_item_by", fields=["state", "-id"])]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class TemporaryItemStep(StepRow):
    """One move of a temporary item. Rows are only ever added."""

    class Meta:
        db_table = "casework_temporary_item_step"
        indexes = [
            models.Index(name="casework_temporary_item_of", fields=["subject_id", "made_at"])
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.move}"
