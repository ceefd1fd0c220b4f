"""Tables of organisations, staff and units."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow

ORGANISATION_KINDS = [
    "EMERGENCY_CENTRE", "COORDINATION_CENTRE", "DEPARTMENT", "STATION", "STREET_OFFICE",
    "COMMUNITY_OFFICE", "OPERATOR", "FIRE_SERVICE", "AMBULANCE_SERVICE", "POLICE",
    "TRAFFIC_AUTHORITY", "UTILITY", "HOSPITAL", "NEIGHBOUR_CENTRE",
]  # fmt: skip
ROLES = [
    "CALL_TAKER", "DISPATCHER", "SUPERVISOR", "CREW", "DEPARTMENT_DESK", "STREET_DESK",
    "GRID_OFFICER", "ADMINISTRATOR", "AGENCY_DESK", "GATEWAY", "AUDITOR",
]  # fmt: skip
DUTIES = ["ON_DUTY", "OFF_DUTY", "OUT_OF_SERVICE"]
SHIFT_STATES = ["PLANNED", "ON", "ENDED", "CANCELLED"]
REASON_MAX_CHARACTERS = 200
VIEW_NAME_MAX_CHARACTERS = 60


class Organisation(PlacedRow):
    """A centre, department, station, community office or operator; its area is what it serves."""

    code = models.CharField(max_length=48, unique=True)
    kind = models.CharField(max_length=24)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        db_table = "orgs_organisation"
        constraints = [
            models.CheckConstraint(
                name="orgs_organisation_kind", condition=Q(kind__in=ORGANISATION_KINDS)
            )
        ]

    def __str__(self) -> str:
        return self.code


class Unit(PlacedRow):
    """A crew with its vehicle: what it can do, where it stands, whether it is on duty."""

    call_sign = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=32)
    capabilities = ArrayField(models.CharField(max_length=32))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    duty = models.CharField(max_length=16, default="ON_DUTY")
    duty_reason = models.CharField(max_length=REASON_MAX_CHARACTERS, default="")
    duty_since_at = models.DateTimeField(null=True)
    station_lon = models.FloatField()
    station_lat = models.FloatField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    positioned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "orgs_unit"
        constraints = [
            models.CheckConstraint(name="orgs_unit_duty", condition=Q(duty__in=DUTIES)),
            models.CheckConstraint(
                name="orgs_unit_position_only_on_duty",
                condition=Q(duty="ON_DUTY")
                | Q(lon__isnull=True, lat__isnull=True, positioned_at__isnull=True),
            ),
            models.CheckConstraint(
                name="orgs_unit_out_of_service_has_reason",
                condition=~Q(duty="OUT_OF_SERVICE") | ~Q(duty_reason=""),
            ),
        ]
        indexes = [models.Index(name="orgs_unit_area", fields=["area"])]

    def __str__(self) -> str:
        return self.call_sign


class Account(PlacedRow):
    """A sign-in of a member of staff; its area bounds what it sees."""

    username = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=160)
    display_name_zh = models.CharField(max_length=120)
    display_name_en = models.CharField(max_length=120)
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "orgs_account"
        constraints = [
            models.CheckConstraint(name="orgs_account_role", condition=Q(role__in=ROLES))
        ]

    def __str__(self) -> str:
        return self.username


class SavedView(PlacedRow):
    """How somebody calls a list with some filters set; nobody else sees it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    screen = models.CharField(max_length=24)
    label = models.CharField(max_length=VIEW_NAME_MAX_CHARACTERS)
    filters = models.JSONField()

    class Meta:
        db_table = "orgs_saved_view"
        constraints = [
            models.UniqueConstraint(
                name="orgs_saved_view_one_of_a_name", fields=["account", "screen", "label"]
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Shift(PlacedRow):
    """Who is to be on a unit, from when to when; once signed on, who is.

    The planned end drops nothing: a unit stays with its crew and its job until the next crew signs
    on or this one signs off.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    state = models.CharField(max_length=16, default="PLANNED")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    crew = ArrayField(models.UUIDField())
    signed_on_at = models.DateTimeField(null=True)
    signed_off_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "orgs_shift"
        constraints = [
            models.CheckConstraint(name="orgs_shift_state", condition=Q(state__in=SHIFT_STATES)),
            models.CheckConstraint(
                name="orgs_shift_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))
            ),
            models.CheckConstraint(
                name="orgs_shift_stamps",
                condition=Q(state__in=["PLANNED", "CANCELLED"], signed_on_at__isnull=True)
                | Q(state="ON", signed_on_at__isnull=False, signed_off_at__isnull=True)
                | Q(state="ENDED", signed_on_at__isnull=False, signed_off_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="orgs_shift_one_crew_on_a_unit", fields=["unit"], condition=Q(state="ON")
            ),
        ]
        indexes = [models.Index(name="orgs_shift_of", fields=["unit", "ends_at"])]

    def __str__(self) -> str:
        return f"shift {self.pk} {self.state}"


class UnitStep(StepRow):
    """One change of a unit's duty or crew: from which duty to which, by whom, why."""

    class Meta:
        db_table = "orgs_unit_step"
        indexes = [models.Index(name="orgs_unit_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"
