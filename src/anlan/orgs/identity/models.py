"""Tables of sign-ins."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anlan.kernel.rows import PlacedRow, StepRow
from anlan.orgs.models import Account, Organisation

SEEN_FROM_MAX_CHARACTERS = 48
CLAIM_MAX_CHARACTERS = 48
PERMISSION_MAX_CHARACTERS = 48
KEY_NAME_MAX_CHARACTERS = 80
SUBJECT_MAX_CHARACTERS = 255  # OpenID Connect Core 1.0, section 2


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


class Provider(PlacedRow):
    """A department's own OpenID Connect provider; it speaks for the department's accounts alone."""

    code = models.CharField(max_length=48, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    sealed_secret = models.BinaryField()
    redirect_uri = models.CharField(max_length=300)
    subject_claim = models.CharField(max_length=CLAIM_MAX_CHARACTERS)
    active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_provider"

    def __str__(self) -> str:
        return self.code


class ProviderLink(PlacedRow):
    """That whom a provider calls by one subject is the owner of one account; a digest is kept."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    subject_digest = models.BinaryField(max_length=32)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_provider_link"
        constraints = [
            models.UniqueConstraint(
                name="sign_in_one_account_of_a_subject", fields=["provider", "subject_digest"]
            ),
            models.UniqueConstraint(
                name="sign_in_one_subject_of_an_account", fields=["provider", "account"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ProviderTry(PlacedRow):
    """A sign-in by a provider that has begun; its secrets are with the browser, digests here.

    `account` is whom the provider has named, where only the code of an authenticator is missing.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True)
    state_digest = models.BinaryField(max_length=32, unique=True)
    handle_digest = models.BinaryField(max_length=32)
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_provider_try"
        indexes = [models.Index(name="sign_in_provider_try_ends", fields=["ends_at"])]

    def __str__(self) -> str:
        return str(self.id)


class ServiceKey(PlacedRow):
    """What a connected system may do, and where. The key itself is not kept, only its digest."""

    label = models.CharField(max_length=KEY_NAME_MAX_CHARACTERS, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    digest = models.BinaryField(max_length=32, unique=True)
    permissions = ArrayField(models.CharField(max_length=PERMISSION_MAX_CHARACTERS))
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_service_key"
        constraints = [
            models.CheckConstraint(
                name="sign_in_service_key_holds_something",
                condition=Q(permissions__len__gt=0),
            ),
            models.CheckConstraint(
                name="sign_in_service_key_expires", condition=Q(expires_at__gt=F("added_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Passkey(PlacedRow):
    """A passkey of an account: what proves it, and how often its device says that it was used.

    `fell_back_at` is when an answer came whose counter did not go on: a copy may be about.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    label = models.CharField(max_length=KEY_NAME_MAX_CHARACTERS)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    fell_back_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_passkey"

    def __str__(self) -> str:
        return str(self.id)


class PasskeyTry(PlacedRow):
    """That a passkey is being asked, for what use and of whom; only a digest of the challenge."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True)
    use = models.CharField(max_length=8)
    challenge_digest = models.BinaryField(max_length=32, unique=True)
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_passkey_try"
        indexes = [models.Index(name="sign_in_passkey_try_ends", fields=["ends_at"])]

    def __str__(self) -> str:
        return str(self.id)
