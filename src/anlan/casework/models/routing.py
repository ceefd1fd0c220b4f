"""Tables of routing: the versions of a table, and where each case was sent by which of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from anlan.casework.models.cases import Case
from anlan.casework.transitions import ROUTING_MOVES
from anlan.kernel.rows import PlacedRow, StepRow

ROUTING_STATES = sorted(ROUTING_MOVES.states)
TITLE_LIMIT_CHARACTERS = 120


class RoutingTable(PlacedRow):
    """A version of the routing table of an area: a draft that is edited, or one published.

    `edition` counts the published ones of an area; of those that hold on a day the one with the
    latest `valid_from` is in force, of those the latest edition. `written_by` are all accounts that
    ever changed it; none of them publishes it. What was proposed no longer changes, and what was
    published or dropped never again: triggers see to it. `revision` counts the changes of a draft.
    """

    state = models.CharField(max_length=16, default="DRAFT")
    title = models.CharField(max_length=TITLE_LIMIT_CHARACTERS)
    valid_from = models.DateField()
    rows = models.JSONField()
    revision = models.IntegerField(default=1)
    edition = models.IntegerField(null=True)
    written_by = ArrayField(models.CharField(max_length=64))
    changed_at = models.DateTimeField()
    published_by = models.CharField(max_length=64, null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_routing_table"
        constraints = [
            models.CheckConstraint(
                name="casework_routing_table_state", condition=Q(state__in=ROUTING_STATES)
            ),
            models.CheckConstraint(
                name="casework_routing_table_published",
                condition=Q(
                    state="PUBLISHED",
                    edition__isnull=False,
                    published_by__isnull=False,
                    published_at__isnull=False,
                )
                | (
                    ~Q(state="PUBLISHED")
                    & Q(edition__isnull=True, published_by__isnull=True, published_at__isnull=True)
                ),
            ),
            models.UniqueConstraint(
                name="casework_routing_table_edition", fields=["area", "edition"]
            ),
        ]
        indexes = [
            models.Index(
                name="casework_routing_in_force",
                fields=["area", "-valid_from", "-edition"],
                condition=Q(state="PUBLISHED"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.edition or self.state}"


class RoutingStep(StepRow):
    """One move of a routing table, or one change of a draft. Rows are only ever added."""

    class Meta:
        db_table = "casework_routing_step"
        indexes = [models.Index(name="casework_routing_step_of", fields=["subject_id", "made_at"])]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.move}"


class CaseRoute(PlacedRow):
    """Where a table sent a case: what was asked of it, and the answer. Rows are only ever added.

    With the table, which never changes, it tells every row that was considered. `held_by` of the
    hops is left out where a case came from nobody.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="routes")
    table = models.ForeignKey(RoutingTable, on_delete=models.PROTECT)
    item_code = models.CharField(max_length=8)
    group = models.CharField(max_length=2)
    lead = models.CharField(max_length=48)
    site = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=8)
    minute = models.SmallIntegerField()
    day = models.DateField()
    worked = models.BooleanField(null=True)
    reason = models.CharField(max_length=16)
    holder = models.CharField(max_length=48, blank=True)
    organisation_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "casework_case_route"
        constraints = [
            models.CheckConstraint(
                name="casework_case_route_given",
                condition=Q(reason="GIVEN", organisation_id__isnull=False)
                | (~Q(reason="GIVEN") & Q(organisation_id__isnull=True)),
            )
        ]
        indexes = [models.Index(name="casework_case_route_of", fields=["case", "id"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason}"
