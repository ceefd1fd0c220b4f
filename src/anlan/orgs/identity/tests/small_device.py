"""A small device that holds passkeys: it makes real ones, signs with them, and errs when told.

Source of the forms: Web Authentication Level 3, 6.1 and 6.5.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def spelled(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class SmallDevice:
    """A device with one passkey; what a test sets on it is what it says next.

    Attributes
    ----------
    origin
        At which address the browser says that it is.
    flags
        Whether its owner is there, and was known to it.
    count
        How often it says that it was used, after the next time; it stays 0 on devices that keep no
        count.
    """

    origin: str = "https://anlan.example"
    site: str = "anlan.example"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    step: int = 1
    owner: bytes = b""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: dict[str, Any]) -> str:
        """Return what the browser sends for a passkey that was just made."""
        self.owner = read(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(public)
        told = {"fmt": "none", "attStmt": {}, "authData": self._said(ATTESTED) + attested}
        return self._answer(
            clientDataJSON=spelled(self._client("webauthn.create", options)),
            attestationObject=spelled(cbor2.dumps(told)),
        )

    def sign(self, options: dict[str, Any], **changed: str) -> str:
        """Return what the browser sends for a passkey that was used."""
        client, said = self._client("webauthn.get", options), self._said(0)
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": spelled(client),
            "authenticatorData": spelled(said),
            "signature": spelled(signature),
            "userHandle": spelled(self.owner),
        }
        return self._answer(**response | changed)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _said(self, more: int) -> bytes:
        self.count += self.step
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([self.flags | more]) + self.count.to_bytes(4)

    def _answer(self, **response: str) -> str:
        named = spelled(self.id)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})
