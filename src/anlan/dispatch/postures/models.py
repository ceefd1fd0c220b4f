"""Tables of postures and their studies. A version of a posture never changes."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import LongJSON, PlacedRow

STUDY_STATES = ["RUNNING", "DONE", "STOPPED"]
NAME_MAX_CHARACTERS = 60
NOTE_MAX_CHARACTERS = 500
VERSIONS_LIMIT = 100


class PostureVersion(PlacedRow):
    """One version of a posture: how many units of which kind stand where.

    `stands` is a list of `{unit_kind, name, lon, lat, count}`. `area` is the desk's own. A version
    that is `withdrawn` takes the posture out of the list; studies of earlier ones keep theirs.
    """

    posture_id = models.UUIDField()
    version = models.SmallIntegerField()
    name = models.CharField(max_length=NAME_MAX_CHARACTERS)
    note = models.CharField(max_length=NOTE_MAX_CHARACTERS, default="")
    stands = models.JSONField()
    withdrawn = models.BooleanField(default=False)
    made_by = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "postures_version"
        constraints = [
            models.UniqueConstraint(name="postures_version_once", fields=["posture_id", "version"]),
            models.CheckConstraint(
                name="postures_version_range", condition=Q(version__range=(1, VERSIONS_LIMIT))
            ),
            models.CheckConstraint(name="postures_version_has_name", condition=~Q(name="")),
        ]
        indexes = [models.Index(name="postures_version_of_desk", fields=["area", "posture_id"])]

    def __str__(self) -> str:
        return f"{self.name} version {self.version}"


class Study(PlacedRow):
    """Two postures on the same past demand, played a few replications at a time.

    `question` is all that the answer depends on, fixed when the study began; `samples` has a row
    for each posture of each replication, `sums` what the cells add up to.
    """

    a = models.ForeignKey(PostureVersion, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(PostureVersion, on_delete=models.PROTECT, related_name="+")
    question = LongJSON()
    replications = models.SmallIntegerField()
    done = models.SmallIntegerField(default=0)
    samples = LongJSON(default=list)
    sums = LongJSON(default=list)
    state = models.CharField(max_length=8, default="RUNNING")
    made_by = models.CharField(max_length=64)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "postures_study"
        constraints = [
            models.CheckConstraint(
                name="postures_study_state",
                condition=Q(state="RUNNING", ended_at__isnull=True)
                | Q(state="STOPPED", ended_at__isnull=False)
                | Q(state="DONE", ended_at__isnull=False, done=F("replications")),
            ),
            models.CheckConstraint(
                name="postures_study_done", condition=Q(done__gte=0, done__lte=F("replications"))
            ),
        ]

    def __str__(self) -> str:
        return f"study {self.pk} {self.state}"
