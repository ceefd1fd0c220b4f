"""Authenticators (TOTP, RFC 6238) and the recovery codes that stand in for one."""

import hashlib
import secrets
from datetime import datetime
from hmac import compare_digest
from typing import NamedTuple
from uuid import UUID

import pyotp
from django.db import IntegrityError, transaction

from anlan.kernel.scope import scoped
from anlan.kernel.vault import SealedColumn, open_sealed, seal
from anlan.orgs.identity.errors import (
    AuthenticatorMissingError,
    AuthenticatorPresentError,
    WrongCodeError,
)
from anlan.orgs.identity.models import Passkey, RecoveryCode, Totp
from anlan.orgs.identity.selectors import DOOR
from anlan.orgs.models import Account

STEP_S = 30
STEPS_EITHER_WAY = 1  # a telephone's clock is a little off (RFC 6238, 5.2)
RECOVERY_CODES = 10
RECOVERY_CODE_BYTES = 14  # 112 random bits: a plain hash tells nothing (OWASP ASVS 5.0.0, 6.5.2)
ISSUER = "Anlan"
SECRETS = SealedColumn("sign_in_totp", "sealed_secret")


class Offered(NamedTuple):
    """A secret for an authenticator, as text and as the address that its picture holds."""

    secret: str
    address: str


def offer(account_id: UUID, at: datetime) -> Offered:
    """Make a secret for an account; it counts once a code has confirmed it.

    Raises `AuthenticatorPresentError` where one is in force.
    """
    secret = pyotp.random_base32()
    with scoped(DOOR):
        account = Account.objects.select_for_update().get(pk=account_id)
        Totp.objects.filter(account=account, confirmed_at__isnull=True).delete()
        try:
            with transaction.atomic():
                made = Totp(area=account.area, account=account, added_at=at)
                made.sealed_secret = seal(secret, SECRETS, made.id)
                made.save(force_insert=True)
        except IntegrityError:
            raise AuthenticatorPresentError from None
    name = account.username
    return Offered(secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


def confirm(account_id: UUID, code: str, at: datetime) -> list[str]:
    """Put an offered authenticator in force by its first code; return the recovery codes.

    Raises `AuthenticatorMissingError`, `WrongCodeError`.
    """
    with scoped(DOOR):
        offered = Totp.objects.filter(account_id=account_id, confirmed_at__isnull=True).first()
        if offered is None:
            raise AuthenticatorMissingError
        if not _use_step(offered, code, at):
            raise WrongCodeError(field="code", rule="present_code")
        Totp.objects.filter(pk=offered.pk).update(confirmed_at=at)
    return renew_recovery_codes(account_id)


def renew_recovery_codes(account_id: UUID) -> list[str]:
    """Put new recovery codes in the place of all others; return them, this once.

    Raises `AuthenticatorMissingError` where there is nothing to recover.
    """
    codes = [_spelled(secrets.token_hex(RECOVERY_CODE_BYTES)) for _ in range(RECOVERY_CODES)]
    with scoped(DOOR):
        account = Account.objects.select_for_update().get(pk=account_id)
        if not in_force(account_id):
            raise AuthenticatorMissingError
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(area=account.area, account=account, digest=_digest(code)) for code in codes
        )
    return codes


def take_off(account_id: UUID) -> bool:
    """Take an account's authenticator off; return whether it had one."""
    with scoped(DOOR):
        count, _ = Totp.objects.filter(account_id=account_id).delete()
    end_unneeded_codes(account_id)
    return bool(count)


def take_everything_off(account_id: UUID) -> bool:
    """Take authenticator, passkeys and recovery codes off; return whether there were any."""
    with scoped(DOOR):
        count, _ = Passkey.objects.filter(account_id=account_id).delete()
    return take_off(account_id) or bool(count)


def end_unneeded_codes(account_id: UUID) -> None:
    """Delete recovery codes that stand in for nothing any more."""
    if not in_force(account_id):
        with scoped(DOOR):
            RecoveryCode.objects.filter(account_id=account_id).delete()


def says_codes(account_id: UUID) -> bool:
    """Return whether an account has an authenticator that says codes."""
    with scoped(DOOR):
        return Totp.objects.filter(account_id=account_id, confirmed_at__isnull=False).exists()


def in_force(account_id: UUID) -> bool:
    """Return whether an account has a second factor: an authenticator, or a passkey."""
    with scoped(DOOR):
        has_passkey = Passkey.objects.filter(account_id=account_id).exists()
    return has_passkey or says_codes(account_id)


def recovery_codes_left(account_id: UUID) -> int:
    """Return how many recovery codes of an account are unused."""
    with scoped(DOOR):
        return RecoveryCode.objects.filter(account_id=account_id, used_at__isnull=True).count()


def use_code(account_id: UUID, code: str, at: datetime) -> bool:
    """Use a code of the authenticator, or a recovery code; False if it is neither, or was used.

    Of two that use the same code at once, one alone succeeds: the row decides.
    """
    typed = "".join(code.split())
    with scoped(DOOR):
        totp = Totp.objects.filter(account_id=account_id, confirmed_at__isnull=False).first()
        if totp is not None and _use_step(totp, typed, at):
            return True
        unused = RecoveryCode.objects.filter(account_id=account_id, used_at__isnull=True)
        return bool(unused.filter(digest=_digest(typed)).update(used_at=at))


def _use_step(totp: Totp, code: str, at: datetime) -> bool:
    counter = pyotp.HOTP(open_sealed(totp.sealed_secret, SECRETS, totp.id))
    now = int(at.timestamp()) // STEP_S
    for step in range(now - STEPS_EITHER_WAY, now + STEPS_EITHER_WAY + 1):
        if compare_digest(counter.at(step).encode(), code.encode()):
            unused = Totp.objects.filter(pk=totp.pk, last_step__lt=step)
            return bool(unused.update(last_step=step))
    return False


def _spelled(text: str) -> str:
    return "-".join(text[at : at + 7] for at in range(0, len(text), 7))


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.replace("-", "").lower().encode()).digest()
