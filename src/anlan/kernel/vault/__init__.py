"""Sealing of protected text under keys that the database never sees.

Each text is sealed with a data key, of which there is a new one a day and column; data keys stand
in the database, themselves sealed with a master key that lies in a file outside it (`masters`).
A sealed text is bound to its row: moved to another, it does not open (NIST SP 800-38D, 5.2.1.1).
"""

import os
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.kernel.vault.columns import SealedColumn
from anlan.kernel.vault.data_keys import erase_unused, key_for_opening, key_for_sealing
from anlan.kernel.vault.errors import SealBrokenError

__all__ = ["SealBrokenError", "SealedColumn", "erase_unused_keys", "open_sealed", "seal"]

FORM = b"\x01"
"""The first byte of a sealed text. One of the form before (Fernet) begins with `g`."""
NONCE_BYTES = 12
KEEPER = system_actor("vault")


def seal(text: str, column: SealedColumn, row_id: UUID) -> bytes:
    """Return `text` encrypted and authenticated (AES-256-GCM) for one row of one column."""
    with scoped(KEEPER), connection.cursor() as cursor:
        key_id, key = key_for_sealing(cursor, column, clock.machine_now())
    return sealed_with(key_id, key, text, column, row_id)


def sealed_with(key_id: UUID, key: bytes, text: str, column: SealedColumn, row_id: UUID) -> bytes:
    """Return `text` sealed with a data key that the caller has."""
    nonce = os.urandom(NONCE_BYTES)
    closed = AESGCM(key).encrypt(nonce, text.encode(), column.bound_to(row_id))
    return FORM + key_id.bytes + nonce + closed


def open_sealed(sealed: bytes | memoryview, column: SealedColumn, row_id: UUID) -> str:
    """Return the text that was sealed for this row.

    Raises `SealBrokenError` if key, row or bytes do not fit, `MasterKeyMissingError` where the file
    lacks the master key.
    """
    kept = bytes(sealed)
    if not kept.startswith(FORM):
        return opened_old(kept)
    try:
        key_id = UUID(bytes=kept[1:17])
    except ValueError:
        raise SealBrokenError from None
    with scoped(KEEPER), connection.cursor() as cursor:
        key = key_for_opening(cursor, column, key_id)
    nonce, closed = kept[17 : 17 + NONCE_BYTES], kept[17 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, closed, column.bound_to(row_id)).decode()
    except (InvalidTag, ValueError):
        raise SealBrokenError from None


@cache
def _fernet(key: str) -> Fernet:
    return Fernet(key)


def opened_old(sealed: bytes) -> str:
    """Return a text of the form before (Fernet, one key), or raise `SealBrokenError`."""
    try:
        return _fernet(settings.ANLAN_CONTACT_KEY).decrypt(sealed).decode()
    except (InvalidToken, ValueError):
        raise SealBrokenError from None


def erase_unused_keys(column: SealedColumn) -> int:
    """Delete a bounded batch of data keys with which nothing in the column is sealed any more."""
    with scoped(KEEPER), connection.cursor() as cursor:
        return erase_unused(cursor, column, clock.machine_now())
