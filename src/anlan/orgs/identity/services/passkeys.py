"""Passkeys: taken on by their owner, used to sign in without a password or to prove again.

Each says that its owner was there and known to it (a finger, a face, a PIN), so one alone is two
factors. What is asked counts once, at the address that the operator named. Source: Web
Authentication Level 3, 7.1 and 7.2.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text
from anlan.orgs.identity.errors import (
    PasskeyFellBackError,
    PasskeyRefusedError,
    PasskeysFullError,
    PasskeysOffError,
    UnknownPasskeyError,
    UnknownPasskeyTryError,
)
from anlan.orgs.identity.models import KEY_NAME_MAX_CHARACTERS, Passkey, PasskeyTry
from anlan.orgs.identity.selectors import DOOR
from anlan.orgs.identity.services import authenticators
from anlan.orgs.models import Account

ADD, SIGN_IN, PROVE = "ADD", "SIGN_IN", "PROVE"
TRY_LIFE = timedelta(minutes=5)
TRIES_LIMIT_ROWS = 5_000
ERASE_BATCH_ROWS = 1_000
PASSKEYS_LIMIT = 10
"""Of one account: a telephone, a computer, a key in the safe, and those they replace."""
CHALLENGE_BYTES = 32
ANSWER_LIMIT_CHARACTERS = 16_384
ALGORITHMS = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]


class Site(NamedTuple):
    """At which address passkeys count, and by which name they know this installation."""

    origin: str
    name: str


def site() -> Site:
    """Return what the operator has set; raise `PasskeysOffError` where nothing is."""
    name = urlsplit(settings.ORIGIN).hostname
    if not name:
        raise PasskeysOffError
    return Site(settings.ORIGIN, name)


def passkeys_of(account_id: UUID) -> list[Passkey]:
    """Return the passkeys of an account, the oldest first."""
    with scoped(DOOR):
        return list(Passkey.objects.filter(account_id=account_id).order_by("added_at", "id"))


def begin_adding(account_id: UUID, at: datetime) -> dict[str, Any]:
    """Return what a browser asks its owner's devices for; raise `PasskeysFullError`."""
    here = site()
    known = passkeys_of(account_id)
    if len(known) >= PASSKEYS_LIMIT:
        raise PasskeysFullError(limit=PASSKEYS_LIMIT)
    with scoped(DOOR):
        account = Account.objects.get(pk=account_id)
    options = generate_registration_options(
        rp_id=here.name,
        rp_name=authenticators.ISSUER,
        user_id=account.id.bytes,
        user_name=account.username,
        challenge=_asked(ADD, account.area, account_id, at),
        timeout=int(TRY_LIFE.total_seconds() * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_named(known),
        supported_pub_key_algs=ALGORITHMS,
    )
    return _as_data(options)


def add(account_id: UUID, name: str, answer: str, at: datetime) -> tuple[Passkey, list[str]]:
    """Keep a passkey that a device has made; return it, and recovery codes if there were none.

    Raises `UnknownPasskeyTryError`, `PasskeyRefusedError`, `PasskeysFullError`, `InvalidError`.
    """
    label = clean_text(name, field="name", limit_characters=KEY_NAME_MAX_CHARACTERS, required=True)
    here, read = site(), _read(answer)
    made = _registered(read, _taken(read, ADD, account_id, at), here)
    with scoped(DOOR):
        account = Account.objects.select_for_update().get(pk=account_id)
        if Passkey.objects.filter(account=account).count() >= PASSKEYS_LIMIT:
            raise PasskeysFullError(limit=PASSKEYS_LIMIT)
        try:
            with transaction.atomic():
                kept = Passkey.objects.create(
                    area=account.area,
                    account=account,
                    label=label,
                    credential_id=made.credential_id,
                    public_key=made.credential_public_key,
                    sign_count=made.sign_count,
                    added_at=at,
                )
        except IntegrityError:
            raise PasskeyRefusedError(fault="known") from None
    if authenticators.recovery_codes_left(account_id):
        return kept, []
    return kept, authenticators.renew_recovery_codes(account_id)


def remove(account_id: UUID, passkey_id: UUID) -> None:
    """Take a passkey off its account; with the last factor the recovery codes go too.

    Raises `UnknownPasskeyError`.
    """
    with scoped(DOOR):
        if not Passkey.objects.filter(pk=passkey_id, account_id=account_id).delete()[0]:
            raise UnknownPasskeyError
    authenticators.end_unneeded_codes(account_id)


def begin_sign_in(at: datetime) -> dict[str, Any]:
    """Return what the sign-in page asks any passkey for; whose it is, the answer says."""
    return _begin(SIGN_IN, DOOR.area_low, None, [], at)


def begin_proof(account_id: UUID, at: datetime) -> dict[str, Any]:
    """Return what is asked of the passkeys of one account; raise `UnknownPasskeyError` for none."""
    known = passkeys_of(account_id)
    if not known:
        raise UnknownPasskeyError
    return _begin(PROVE, known[0].area, account_id, known, at)


def finish_sign_in(answer: str, at: datetime) -> Account:
    """Return whose passkey answered.

    Raises `UnknownPasskeyTryError`, `PasskeyRefusedError`, `PasskeyFellBackError`.
    """
    return _used(answer, SIGN_IN, None, at).account


def finish_proof(account_id: UUID, answer: str, at: datetime) -> None:
    """Return if a passkey of the account answered; raise as `finish_sign_in` does."""
    _used(answer, PROVE, account_id, at)


def erase_old_tries(at: datetime) -> int:
    """Delete a batch of what was asked and never answered; return how many."""
    with scoped(DOOR):
        old = PasskeyTry.objects.filter(ends_at__lte=at).values_list("pk", flat=True)
        count, _ = PasskeyTry.objects.filter(pk__in=list(old[:ERASE_BATCH_ROWS])).delete()
        return count


def _begin(
    use: str, area: int, account_id: UUID | None, allowed: list[Passkey], at: datetime
) -> dict[str, Any]:
    options = generate_authentication_options(
        rp_id=site().name,
        challenge=_asked(use, area, account_id, at),
        timeout=int(TRY_LIFE.total_seconds() * 1000),
        allow_credentials=_named(allowed),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _as_data(options)


def _named(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(one.credential_id)) for one in passkeys]


def _as_data(options: Any) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(options_to_json(options))
    return found


def _asked(use: str, area: int, account_id: UUID | None, at: datetime) -> bytes:
    """Return random bits that a passkey is to sign; a digest of them is kept for a few minutes."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    with scoped(DOOR):
        PasskeyTry.objects.create(
            area=area,
            use=use,
            account_id=account_id,
            challenge_digest=hashlib.sha256(challenge).digest(),
            ends_at=at + TRY_LIFE,
        )
        newest = PasskeyTry.objects.order_by("-ends_at").values_list("pk", flat=True)
        over = list(newest[TRIES_LIMIT_ROWS : TRIES_LIMIT_ROWS + ERASE_BATCH_ROWS])
        if over:
            PasskeyTry.objects.filter(pk__in=over).delete()
    return challenge


def _read(answer: str) -> Mapping[str, Any]:
    try:
        read = orjson.loads(answer)
    except ValueError:
        raise PasskeyRefusedError(fault="form") from None
    if not isinstance(read, dict) or not isinstance(read.get("response"), dict):
        raise PasskeyRefusedError(fault="form")
    return read


def _taken(read: Mapping[str, Any], use: str, account_id: UUID | None, at: datetime) -> bytes:
    """Return the challenge that an answer is about, which counts no more from now on.

    Of two answers to one challenge at once, the second waits for the first and finds nothing.
    """
    try:
        said = orjson.loads(base64url_to_bytes(read["response"]["clientDataJSON"]))
        challenge = base64url_to_bytes(said["challenge"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PasskeyRefusedError(fault="form") from None
    asked = Q(account_id=account_id) if account_id else Q(account_id__isnull=True)
    with scoped(DOOR):
        count, _ = PasskeyTry.objects.filter(
            asked,
            challenge_digest=hashlib.sha256(challenge).digest(),
            use=use,
            ends_at__gt=at,
        ).delete()
    if not count:
        raise UnknownPasskeyTryError
    return challenge


def _registered(read: Mapping[str, Any], challenge: bytes, here: Site) -> VerifiedRegistration:
    try:
        return verify_registration_response(
            credential=dict(read),
            expected_challenge=challenge,
            expected_rp_id=here.name,
            expected_origin=here.origin,
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
    except Exception as error:  # whatever a decoder of strangers' bytes raises, it is refused
        raise PasskeyRefusedError(fault=type(error).__name__) from None


def _used(answer: str, use: str, account_id: UUID | None, at: datetime) -> Passkey:
    """Return the passkey that answered, after all of it was held; note that it was used.

    A counter that does not go on means that two devices have one passkey: the answer is refused,
    and that it happened stays with the passkey. (Web Authentication Level 3, 6.1.1.)
    """
    here, read = site(), _read(answer)
    challenge = _taken(read, use, account_id, at)
    with scoped(DOOR):
        found = _named_in(read, account_id)
        if found is None:
            raise PasskeyRefusedError(fault="unknown")
        count = _signed(read, challenge, here, found).new_sign_count
        kept = Passkey.objects.filter(pk=found.pk)
        fell_back = (count or found.sign_count) and count <= found.sign_count
        if fell_back:
            kept.update(fell_back_at=at)
        else:
            kept.update(sign_count=count, last_used_at=at)
    if fell_back:
        raise PasskeyFellBackError
    return found


def _named_in(read: Mapping[str, Any], account_id: UUID | None) -> Passkey | None:
    """Return the passkey that an answer names, locked, if it is of that account (any for None)."""
    try:
        named = base64url_to_bytes(read["id"])
        owner = base64url_to_bytes(read["response"].get("userHandle") or "")
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    rows = Passkey.objects.select_for_update(of=("self",)).select_related("account")
    found = rows.filter(credential_id=named, account__active=True).first()
    if found is None or account_id not in {None, found.account_id}:
        return None
    return found if owner in {b"", found.account_id.bytes} else None


def _signed(
    read: Mapping[str, Any], challenge: bytes, here: Site, passkey: Passkey
) -> VerifiedAuthentication:
    try:
        return verify_authentication_response(
            credential=dict(read),
            expected_challenge=challenge,
            expected_rp_id=here.name,
            expected_origin=here.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=0,  # held below, once the signature is known to be good
            require_user_verification=True,
        )
    except Exception as error:  # as above
        raise PasskeyRefusedError(fault=type(error).__name__) from None
