"""Tables of what telephones tell from the field."""

from django.db import models
from django.db.models import Q

from anlan.casework.models.cases import Case
from anlan.kernel.rows import PlacedRow


class FieldAct(PlacedRow):
    """One act that a grid officer's telephone told of, and the case that it was about.

    `key` makes it count once, however late it is sent again. `queue` is drawn by the page that
    keeps the acts, anew when it was emptied; `ordinal` counts in it. A trigger sees to it that the
    acts of a queue on one case are taken in their order. The times are as they were told:
    `told_at` when it was done, `sent_at` what the same clock said when it was sent.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="field_acts")
    key = models.UUIDField()
    queue = models.UUIDField()
    ordinal = models.BigIntegerField()
    act = models.CharField(max_length=16)
    made_by = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField()

    class Meta:
        db_table = "casework_field_act"
        constraints = [
            models.UniqueConstraint(name="casework_field_act_once", fields=["made_by", "key"]),
            models.UniqueConstraint(
                name="casework_field_act_one_place", fields=["queue", "ordinal"]
            ),
            models.CheckConstraint(name="casework_field_act_counted", condition=Q(ordinal__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.ordinal} {self.act}"
