"""Signing in by a department's provider: begun, and finished once by the browser that began it.

Authorization code with PKCE (OpenID Connect Core 1.0, 3.1; RFC 9700). Nothing of what passes
between the two steps is kept but digests: proof key and nonce follow from the bits that the browser
holds and from the installation's key.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from anlan.kernel.scope import scoped
from anlan.kernel.vault import open_sealed
from anlan.orgs.identity.errors import (
    NotLinkedError,
    ProviderAnswerError,
    ProviderCodeNeededError,
    UnknownProviderError,
    UnknownTryError,
    WrongCodeError,
)
from anlan.orgs.identity.id_tokens import UnknownKeyError, claims_of
from anlan.orgs.identity.models import Provider, ProviderLink, ProviderTry
from anlan.orgs.identity.provider_client import Client, keys_of, said_of, token_for
from anlan.orgs.identity.selectors import DOOR
from anlan.orgs.identity.services import authenticators
from anlan.orgs.identity.services.failures import Tries
from anlan.orgs.identity.services.providers import EMAIL, SECRETS, subject_digest
from anlan.orgs.identity.whence import Whence
from anlan.orgs.models import Account

TRY_LIFE = timedelta(minutes=10)
TRIES_LIMIT_ROWS = 5_000
ERASE_BATCH_ROWS = 100
RANDOM_BYTES = 32


class Begun(NamedTuple):
    """Where the browser goes now, and what it keeps in a cookie meanwhile."""

    address: str
    handle: str


class Answered(NamedTuple):
    """What the browser brings back from a provider (RFC 6749, 4.1.2; `issuer`: RFC 9207)."""

    state: str
    code: str
    issuer: str | None


def begin(provider_id: UUID, at: datetime) -> Begun:
    """Begin to sign in by a provider; raise `UnknownProviderError`, `ProviderAwayError`."""
    with scoped(DOOR):
        provider = Provider.objects.filter(pk=provider_id, active=True).first()
    if provider is None:
        raise UnknownProviderError
    said = said_of(provider.issuer)
    state, handle = (secrets.token_urlsafe(RANDOM_BYTES) for _ in range(2))
    with scoped(DOOR):
        _keep(provider, state, handle, at + TRY_LIFE, None)
        over = ProviderTry.objects.order_by("-ends_at").values_list("pk", flat=True)
        oldest = list(over[TRIES_LIMIT_ROWS : TRIES_LIMIT_ROWS + ERASE_BATCH_ROWS])
        if oldest:
            ProviderTry.objects.filter(pk__in=oldest).delete()
    challenge = hashlib.sha256(_derived(handle, "verifier").encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": provider.redirect_uri,
        "scope": "openid email" if provider.subject_claim == EMAIL else "openid",
        "state": state,
        "nonce": _derived(handle, "nonce"),
        "code_challenge": _base64url(challenge),
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in said.authorization_endpoint else "?"
    return Begun(f"{said.authorization_endpoint}{joint}{urlencode(asked)}", handle)


def finish(
    answered: Answered, handle: str, *, second: str | None, whence: Whence, at: datetime
) -> Account:
    """Return the account that the provider's person is linked with; a try counts once.

    An account with an authenticator is asked for its code too: the try then waits for it. Raises
    `UnknownTryError`, `ProviderAwayError`, `ProviderAnswerError`, `NotLinkedError`,
    `ProviderCodeNeededError`, `WrongCodeError`, `TooManyFailuresError`.
    """
    tried = _taken(answered.state, handle, at)
    if tried.account_id is not None:
        return _finish_with_code(tried, tried.account_id, second, whence, at)
    account = _linked(tried.provider, _claims(tried.provider, answered, handle, at))
    if authenticators.in_force(account.id):
        with scoped(DOOR):
            _keep(tried.provider, answered.state, handle, tried.ends_at, account)
        raise ProviderCodeNeededError
    return account


def erase_old_tries(at: datetime) -> int:
    """Delete a batch of tries that nobody finished; return how many."""
    with scoped(DOOR):
        batch = list(
            ProviderTry.objects.filter(ends_at__lte=at).values_list("pk", flat=True)[:1000]
        )
        count, _ = ProviderTry.objects.filter(pk__in=batch).delete()
        return count


def _keep(
    provider: Provider, state: str, handle: str, ends_at: datetime, account: Account | None
) -> None:
    ProviderTry.objects.create(
        area=provider.area,
        provider=provider,
        state_digest=_digest(state),
        handle_digest=_digest(handle),
        account=account,
        ends_at=ends_at,
    )


def _taken(state: str, handle: str, at: datetime) -> ProviderTry:
    """Return a try by both of its secrets; one that no provider has answered yet is gone then.

    Of two that bring the same answer at once, the second waits for the first and finds nothing.
    """
    with scoped(DOOR):
        rows = ProviderTry.objects.select_for_update(of=("self",)).select_related("provider")
        found = rows.filter(
            state_digest=_digest(state), handle_digest=_digest(handle), ends_at__gt=at
        ).first()
        if found is not None and found.account_id is None:
            ProviderTry.objects.filter(pk=found.pk).delete()
    if found is None or not found.provider.active:
        raise UnknownTryError
    return found


def _claims(provider: Provider, answered: Answered, handle: str, at: datetime) -> Mapping[str, Any]:
    """Return what the provider says of the person, by a token that was held against everything."""
    if answered.issuer is not None and answered.issuer != provider.issuer:
        raise ProviderAnswerError(claim="iss")
    client = Client(
        provider.issuer,
        provider.client_id,
        open_sealed(provider.sealed_secret, SECRETS, provider.id),
        provider.redirect_uri,
    )
    token = token_for(client, answered.code, _derived(handle, "verifier"))
    for again in (False, True):
        try:
            return claims_of(
                token,
                keys_of(provider.issuer, again=again),
                issuer=provider.issuer,
                client_id=provider.client_id,
                nonce=_derived(handle, "nonce"),
                at=at,
            )
        except UnknownKeyError:
            continue
    raise ProviderAnswerError(claim="kid")


def _linked(provider: Provider, claims: Mapping[str, Any]) -> Account:
    subject = claims.get(provider.subject_claim)
    if not isinstance(subject, str) or not subject:
        raise ProviderAnswerError(claim=provider.subject_claim)
    if provider.subject_claim == EMAIL and claims.get("email_verified") is not True:
        raise ProviderAnswerError(claim="email_verified")
    with scoped(DOOR):
        digest = subject_digest(provider.id, subject)
        link = (
            ProviderLink.objects.select_related("account")
            .filter(provider=provider, subject_digest=digest, account__active=True)
            .first()
        )
    if link is None:
        raise NotLinkedError
    return link.account


def _finish_with_code(
    tried: ProviderTry, account_id: UUID, second: str | None, whence: Whence, at: datetime
) -> Account:
    if second is None:
        raise ProviderCodeNeededError
    with scoped(DOOR):
        account = Account.objects.filter(pk=account_id, active=True).first()
    if account is None:
        raise NotLinkedError
    tries = Tries(account.username, account.id, whence)
    tries.check_open(at)
    if not authenticators.use_code(account.id, second, at):
        tries.count_failure(at)
        raise WrongCodeError(field="second", rule="present_code")
    tries.forget()
    with scoped(DOOR):
        ProviderTry.objects.filter(pk=tried.pk).delete()
    return account


def _derived(handle: str, use: str) -> str:
    """Return a secret for one use, that only this installation makes of the browser's bits."""
    key = settings.SECRET_KEY.encode()
    return _base64url(hmac.digest(key, f"provider {use}\n{handle}".encode(), hashlib.sha256))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
