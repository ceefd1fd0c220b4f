"""The table of looks at sealed cases by who is not of those they are sealed to."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anlan.casework.models.cases import Case
from anlan.kernel.rows import PlacedRow

FINDINGS = ["JUSTIFIED", "NOT_JUSTIFIED"]
GLASS_OPEN_LIMIT = timedelta(minutes=60)
GLASS_REASON_MIN_CHARACTERS = 10
GLASS_REASON_LIMIT_CHARACTERS = 400
GLASS_WORDS_LIMIT_CHARACTERS = 400


class BrokenGlass(PlacedRow):
    """That somebody asked to see what is sealed under a number, and until when it was open to him.

    Where nothing is sealed under it for him, `case` and what belongs to it are null: that he asked
    stays on the record all the same. `sealed_to` is to whom the case was sealed then: one of them,
    never the same person, reviews it. Policies of the table show a row to them and to him alone.
    """

    number = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    sealed_to = ArrayField(models.UUIDField(), null=True)
    opened_by = models.CharField(max_length=64)
    opened_by_name = models.CharField(max_length=120)
    opened_for_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=GLASS_REASON_LIMIT_CHARACTERS)
    purpose = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=16, null=True)
    words = models.CharField(max_length=GLASS_WORDS_LIMIT_CHARACTERS, blank=True)
    reviewed_by = models.CharField(max_length=64, null=True)
    reviewed_by_name = models.CharField(max_length=120, blank=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_broken_glass"
        constraints = [
            models.CheckConstraint(
                name="casework_broken_glass_of_a_case",
                condition=Q(
                    case__isnull=True,
                    sealed_to__isnull=True,
                    until__isnull=True,
                    review_due_at__isnull=True,
                    finding__isnull=True,
                )
                | Q(
                    case__isnull=False,
                    sealed_to__isnull=False,
                    until__isnull=False,
                    review_due_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="casework_broken_glass_mends",
                condition=Q(until__isnull=True)
                | Q(until__gt=F("opened_at"), until__lte=F("opened_at") + GLASS_OPEN_LIMIT),
            ),
            models.CheckConstraint(
                name="casework_broken_glass_reviewed",
                condition=Q(
                    finding__isnull=True, reviewed_by__isnull=True, reviewed_at__isnull=True
                )
                | Q(
                    ~Q(words=""),
                    finding__in=FINDINGS,
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="casework_broken_glass_not_own",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("opened_by")),
            ),
        ]
        indexes = [
            models.Index(name="casework_broken_glass_of", fields=["case", "opened_by", "until"]),
            models.Index(name="casework_broken_glass_by", fields=["opened_by", "-opened_at"]),
            models.Index(
                name="casework_broken_glass_open",
                fields=["opened_at"],
                condition=Q(case__isnull=False, reviewed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.opened_by} {self.finding or 'unreviewed'}"
