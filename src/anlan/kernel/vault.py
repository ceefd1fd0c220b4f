"""Sealing of protected text with a key that the database never sees."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from anlan.kernel.errors import AnlanError


class SealBrokenError(AnlanError):
    """A sealed text does not open with the installation's key."""

    code = "vault.seal_broken"
    status = 500


@cache
def _fernet() -> Fernet:
    return Fernet(settings.ANLAN_CONTACT_KEY)


def seal(text: str) -> bytes:
    """Return `text` encrypted and authenticated (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return _fernet().encrypt(text.encode())


def open_sealed(sealed: bytes | memoryview) -> str:
    """Return the text that was sealed; raise `SealBrokenError` if key or bytes do not fit."""
    try:
        return _fernet().decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise SealBrokenError from None
