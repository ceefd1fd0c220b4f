"""Signed messages, as Standard Webhooks says: HMAC-SHA256 over id, timestamp and body.

Source: standardwebhooks/standard-webhooks, spec/standard-webhooks.md (header names, `v1`
signatures, `whsec_` secrets of 24 to 64 bytes, a signature counts for a few minutes).
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from anlan.exchange.errors import BadSignatureError

ID_HEADER = "webhook-id"
TIMESTAMP_HEADER = "webhook-timestamp"
SIGNATURE_HEADER = "webhook-signature"
SECRET_PREFIX = "whsec_"  # noqa: S105 - how a secret begins, not one
SECRET_BYTES = 32
TOLERANCE_S = 300
SIGNATURES_LIMIT = 8
_ID = re.compile(r"[\x21-\x7e]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Signed:
    """A message whose signature was right: its id, by which it counts once."""

    id: str


def new_secret() -> str:
    """Return a fresh secret, to be shown once."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """Return the signature of a message that was made at `seconds` (Unix time)."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    content = f"{message_id}.{seconds}.".encode() + body
    made = hmac.new(key, content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode()


def headers_for(secret: str, message_id: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers under which a message leaves at `at`."""
    seconds = int(at.timestamp())
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(seconds),
        SIGNATURE_HEADER: signature(secret, message_id, seconds, body),
    }


def check_signature(secret: str, headers: Mapping[str, str], body: bytes, at: datetime) -> Signed:
    """Return the message's id if one of its signatures is right and fresh.

    Raises `BadSignatureError` otherwise, without saying what of it was wrong.
    """
    message_id = headers.get(ID_HEADER, "")
    seconds = headers.get(TIMESTAMP_HEADER, "")
    if not _ID.fullmatch(message_id) or not _SECONDS.fullmatch(seconds):
        raise BadSignatureError
    if abs(at.timestamp() - int(seconds)) > TOLERANCE_S:
        raise BadSignatureError
    right = signature(secret, message_id, int(seconds), body).encode()
    given = headers.get(SIGNATURE_HEADER, "").encode(errors="replace").split()[:SIGNATURES_LIMIT]
    if not any(hmac.compare_digest(right, one) for one in given):
        raise BadSignatureError
    return Signed(message_id)


def is_secret(text: str) -> bool:
    """Return whether `text` is a secret of the form that can sign."""
    try:
        key = base64.b64decode(text.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error:
        return False
    return text.startswith(SECRET_PREFIX) and 24 <= len(key) <= 64
