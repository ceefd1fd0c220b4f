"""The data keys of the vault: rows of the database, each sealed with a master key.

Who needs a key of the day and finds none makes one; two that do so at once make two, and no writer
waits for another. A key is used for a day and a column at most, so that what AES-GCM allows of one
key (2^32 texts with random nonces, NIST SP 800-38D, 8.3) is never near, and so that the keys of
what has expired can be deleted.
"""

import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor, sql

from anlan.kernel.identifiers import new_id
from anlan.kernel.vault.columns import SealedColumn
from anlan.kernel.vault.errors import MasterKeyMissingError, SealBrokenError
from anlan.kernel.vault.masters import KEY_BYTES, masters

AnyCursor = CursorWrapper | Cursor[Any]
SEALS_FOR = timedelta(days=1)
UNUSED_AFTER = timedelta(days=2)  # a day longer than any transaction that may still seal with it
ERASE_BATCH_ROWS = 100
NONCE_BYTES = 12
MAKING_LOCK = 0x414E4C414E01
"""Shared by whoever makes a key, from reading the masters until it is committed."""
_YOUNGEST = """
    SELECT id, master, sealed FROM kernel_data_key WHERE holder = %s AND made_at > %s
    ORDER BY made_at DESC, id DESC LIMIT 1
"""
_ONE = "SELECT master, sealed FROM kernel_data_key WHERE id = %s AND holder = %s"
_MADE = """
    INSERT INTO kernel_data_key (id, area, street, holder, made_at, master, sealed)
    VALUES (%s, 0, 0, %s, %s, %s, %s)
"""
_UNUSED = """
    DELETE FROM kernel_data_key WHERE id IN (
        SELECT k.id FROM kernel_data_key k WHERE k.holder = %s AND k.made_at < %s AND NOT EXISTS (
            SELECT FROM {table} t WHERE substring(t.{column} FROM 2 FOR 16) = uuid_send(k.id))
        ORDER BY k.made_at LIMIT %s)
"""


def key_for_sealing(cursor: AnyCursor, column: SealedColumn, at: datetime) -> tuple[UUID, bytes]:
    """Return a data key of the column that is at most a day old, with its id."""
    cursor.execute(_YOUNGEST, [str(column), at - SEALS_FOR])
    found = cursor.fetchone()
    if found is None:
        return _make(cursor, column, at)
    key_id, master, sealed = found
    try:
        return key_id, opened_key(key_id, column, master, bytes(sealed))
    except MasterKeyMissingError:  # sealed anew, and the old master dropped, in between
        return key_id, key_for_opening(cursor, column, key_id)


def key_for_opening(cursor: AnyCursor, column: SealedColumn, key_id: UUID) -> bytes:
    """Return a data key; raise `SealBrokenError` where it is deleted or another column's."""
    try:
        return _read(cursor, column, key_id)
    except MasterKeyMissingError:
        return _read(cursor, column, key_id)


def _read(cursor: AnyCursor, column: SealedColumn, key_id: UUID) -> bytes:
    cursor.execute(_ONE, [key_id, str(column)])
    found = cursor.fetchone()
    if found is None:
        raise SealBrokenError
    return opened_key(key_id, column, found[0], bytes(found[1]))


def _make(cursor: AnyCursor, column: SealedColumn, at: datetime) -> tuple[UUID, bytes]:
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [MAKING_LOCK])
    key_id, key, master = new_id(), os.urandom(KEY_BYTES), masters().current
    sealed = sealed_key(key_id, column, master, key)
    cursor.execute(_MADE, [key_id, str(column), at, master, sealed])
    return key_id, key


def sealed_key(key_id: UUID, column: SealedColumn | str, master: str, key: bytes) -> bytes:
    """Return a data key sealed with the master of this name."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(masters().key(master)).encrypt(nonce, key, _bound(key_id, column, master))


def opened_key(key_id: UUID, column: SealedColumn | str, master: str, sealed: bytes) -> bytes:
    """Return a data key that was sealed.

    Raises `MasterKeyMissingError`, or `SealBrokenError` where the master of this name is another.
    """
    cipher, bound = AESGCM(masters().key(master)), _bound(key_id, column, master)
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise SealBrokenError from None


def _bound(key_id: UUID, column: SealedColumn | str, master: str) -> bytes:
    return f"kernel_data_key:{column}:{key_id}:{master}".encode()


def erase_unused(cursor: AnyCursor, column: SealedColumn, at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` keys of the column that seal nothing; return how many."""
    statement = sql.SQL(_UNUSED).format(
        table=sql.Identifier(column.table), column=sql.Identifier(column.column)
    )
    cursor.execute(statement, [str(column), at - UNUSED_AFTER, ERASE_BATCH_ROWS])
    return cursor.rowcount
