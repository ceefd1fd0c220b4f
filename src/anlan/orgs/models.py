"""Tables of organisations, staff and units."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from anlan.kernel.rows import PlacedRow

ORGANISATION_KINDS = [
    "EMERGENCY_CENTRE", "COORDINATION_CENTRE", "DEPARTMENT", "STATION", "COMMUNITY_OFFICE",
    "OPERATOR", "FIRE_SERVICE", "AMBULANCE_SERVICE", "POLICE", "TRAFFIC_AUTHORITY", "UTILITY",
    "HOSPITAL", "NEIGHBOUR_CENTRE",
]  # fmt: skip
ROLES = [
    "CALL_TAKER", "DISPATCHER", "SUPERVISOR", "CREW", "DEPARTMENT_DESK", "GRID_OFFICER",
    "ADMINISTRATOR", "AGENCY_DESK",
]  # fmt: skip
DUTIES = ["ON_DUTY", "OFF_DUTY", "OUT_OF_SERVICE"]


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
                condition=Q(duty="ON_DUTY") | Q(lon__isnull=True, lat__isnull=True),
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
