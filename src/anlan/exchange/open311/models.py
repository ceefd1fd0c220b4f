"""The keys with which other systems send requests."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow

SCOPES = ["request.send", "update.send"]
DIGEST_BYTES = 32
NAME_MAX_CHARACTERS = 80


class ServiceKey(PlacedRow):
    """What another system may do here, and where. The key itself is not kept, only its digest."""

    label = models.CharField(max_length=NAME_MAX_CHARACTERS, unique=True)
    digest = models.BinaryField(max_length=DIGEST_BYTES, unique=True)
    scopes = ArrayField(models.CharField(max_length=16))
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "open311_service_key"
        constraints = [
            models.CheckConstraint(
                name="open311_service_key_scopes",
                condition=Q(scopes__contained_by=SCOPES, scopes__len__gt=0),
            ),
            models.CheckConstraint(
                name="open311_service_key_expires", condition=Q(expires_at__gt=F("added_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.label
