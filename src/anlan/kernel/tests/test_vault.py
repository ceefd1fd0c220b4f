"""Sealed text: only the installation's own key opens it."""

import pytest
from cryptography.fernet import Fernet

from anlan.kernel.vault import SealBrokenError, open_sealed, seal

TELEPHONE = "+358 40 123 4567 赫尔辛基"


def test_sealed_text_opens_again():
    assert open_sealed(seal(TELEPHONE)) == TELEPHONE


def test_sealed_text_does_not_show_and_never_looks_the_same():
    first, second = seal(TELEPHONE), seal(TELEPHONE)
    assert TELEPHONE.encode() not in first
    assert first != second


def test_changed_or_foreign_seal_does_not_open():
    sealed = bytearray(seal(TELEPHONE))
    sealed[20] ^= 1
    foreign = Fernet(Fernet.generate_key()).encrypt(TELEPHONE.encode())
    for broken in (bytes(sealed), foreign, b"", TELEPHONE.encode()):
        with pytest.raises(SealBrokenError) as refused:
            open_sealed(broken)
        assert refused.value.facts == {}
