"""Tables of sign-ins."""

from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow
from anlan.orgs.models import Account

SEEN_FROM_MAX_CHARACTERS = 48


class Session(PlacedRow):
    """One sign-in, from when to when. The token is with the browser; its digest alone is here."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    token_digest = models.BinaryField(max_length=32, unique=True)
    seen_from = models.CharField(max_length=SEEN_FROM_MAX_CHARACTERS, default="")
    began_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    proven_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_session"
        constraints = [
            models.CheckConstraint(
                name="sign_in_session_ends_after_it_begins", condition=Q(ends_at__gt=F("began_at"))
            )
        ]
        indexes = [
            models.Index(
                name="sign_in_session_live",
                fields=["account", "began_at"],
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(name="sign_in_session_ends", fields=["ends_at"]),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Failure(PlacedRow):
    """How often a proof failed for one key: an account as tried from one place, or one place."""

    key_digest = models.BinaryField(max_length=32, unique=True)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_failure"
        indexes = [models.Index(name="sign_in_failure_last", fields=["last_at"])]

    def __str__(self) -> str:
        return str(self.id)


class Totp(PlacedRow):
    """The secret that a person's authenticator shares with us, sealed with the vault's key."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT)
    sealed_secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_totp"

    def __str__(self) -> str:
        return str(self.id)


class RecoveryCode(PlacedRow):
    """The digest of a code that stands in for an authenticator once."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    digest = models.BinaryField(max_length=32, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_recovery_code"

    def __str__(self) -> str:
        return str(self.id)


class AccountStep(StepRow):
    """What an administrator did for an account, and why. What its owner does is not here."""

    class Meta:
        db_table = "sign_in_account_step"
        indexes = [models.Index(name="sign_in_account_step_of", fields=["subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.move} {self.made_at:%Y-%m-%dT%H:%M:%SZ}"
