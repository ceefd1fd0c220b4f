"""ID tokens: what must hold before anything in one is believed.

Sources: OpenID Connect Core 1.0, 3.1.3.7; RFC 8725 (JSON Web Token best current practices).
"""

from collections.abc import Mapping
from datetime import datetime
from hmac import compare_digest
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from anlan.orgs.identity.errors import ProviderAnswerError

ALGORITHMS = ("RS256", "ES256", "EdDSA")
"""Signatures alone: a key of ours that both sides know, or none at all, proves nothing here."""
TOKEN_LIMIT_CHARACTERS = 16_384
CLOCKS_APART_S = 60
ISSUED_AT_MOST_AGO_S = 600


class UnknownKeyError(Exception):
    """The token names a key that is not among those given: the provider may have a new one."""


def claims_of(
    token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, at: datetime
) -> Mapping[str, Any]:
    """Return what an ID token says, after signature, issuer, audience, times and nonce were held.

    Raises `ProviderAnswerError` naming the claim at fault, `UnknownKeyError`.
    """
    if len(token) > TOKEN_LIMIT_CHARACTERS:
        raise ProviderAnswerError(claim="size")
    now_s = int(at.timestamp())
    held = JWTClaimsRegistry(
        now=now_s,
        leeway=CLOCKS_APART_S,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        held.validate(claims)
    except InvalidKeyIdError:
        raise UnknownKeyError from None
    except JoseError as error:
        raise ProviderAnswerError(claim=getattr(error, "claim", None) or error.error) from None
    except (ValueError, TypeError, KeyError):  # a header or key of no known form
        raise ProviderAnswerError(claim="form") from None
    _check_beyond_the_library(claims, client_id=client_id, nonce=nonce, now_s=now_s)
    return claims


def _check_beyond_the_library(
    claims: Mapping[str, Any], *, client_id: str, nonce: str, now_s: int
) -> None:
    """Hold the nonce in constant time, the age, and for whom a token of several audiences is."""
    said = claims["nonce"]
    if not isinstance(said, str) or not compare_digest(said.encode(), nonce.encode()):
        raise ProviderAnswerError(claim="nonce")
    if claims["iat"] < now_s - ISSUED_AT_MOST_AGO_S:
        raise ProviderAnswerError(claim="iat")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client_id:
        raise ProviderAnswerError(claim="azp")
