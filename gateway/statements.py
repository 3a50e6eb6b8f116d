"""What the Treasury says and signs: receipts and feed events (docs/protocol.md, section 1)."""

from __future__ import annotations

from desktop.dossier.canonical import canonical
from desktop.signing.device import DeviceKey
from desktop.sync.protocol import SignedStatement, Wire


class StatementKey:
    """The Treasury's Ed25519 key (RFC 8032) for statements; its id stands in every statement."""

    def __init__(self, raw: bytes) -> None:
        self._key = DeviceKey.load(raw)

    @staticmethod
    def generate() -> bytes:
        """Make a new raw private key."""
        return DeviceKey.generate().raw

    @property
    def published(self) -> dict[str, str]:
        """Key id to raw public key in base64, as enrolment hands it out."""
        return {self._key.key_id: self._key.public_b64}

    def sign(self, statement: Wire, context: str) -> SignedStatement:
        """Sign the canonical JSON of a receipt (context "receipt") or an event (context "event")."""
        payload = canonical(statement.model_dump(mode="json")).decode()
        return SignedStatement(payload=payload, key_id=self._key.key_id, signature=self._key.sign(payload, context))
