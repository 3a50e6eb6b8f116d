"""What the toy gateway knows, in memory: packages, parts, receipts, feed. A toy package's id is its core's SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel

from desktop.dossier.canonical import canonical
from desktop.signing.device import DeviceKey
from desktop.sync.protocol import (
    Decision,
    DecisionKind,
    FeedPage,
    Outcome,
    OutcomeKind,
    Receipt,
    SignedStatement,
)

AT = "2026-11-23T07:00:00Z"


def toy_core(text: str, parts: Sequence[bytes] = ()) -> bytes:
    """Return a core with one small object, naming the digests of the parts that travel apart."""
    digests = [hashlib.sha256(part).hexdigest() for part in parts]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (("dossier.json", text), ("META-INF/parts.json", json.dumps(digests))):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def package_id_of(core: bytes) -> str:
    """Return the toy's package id."""
    return hashlib.sha256(core).hexdigest()


def signed(key: DeviceKey, statement: BaseModel, context: str) -> SignedStatement:
    """Sign as the Treasury does."""
    text = canonical(statement.model_dump(mode="json")).decode()
    return SignedStatement(payload=text, key_id=key.key_id, signature=key.sign(text, context))


class ToyTreasury:
    """The state behind the toy server; `effects` counts how often each package took effect, which must be once."""

    def __init__(self) -> None:
        self.key = DeviceKey.generate()
        self.lock = threading.RLock()
        self.cores: dict[str, bytes] = {}
        self.parts: dict[str, bytearray] = {}
        self.lengths: dict[str, int] = {}
        self.effects: Counter[str] = Counter()
        self.refused: dict[str, tuple[str, str]] = {}
        self.slow: Counter[str] = Counter()
        self.events: list[SignedStatement] = []
        self.packs: dict[str, bytes] = {}

    def take(self, package_id: str, core: bytes) -> Outcome:
        """Store a core and tell its outcome."""
        with self.lock:
            known = package_id in self.cores
            self.cores.setdefault(package_id, core)
            return self.outcome(package_id, known=known)

    def outcome(self, package_id: str, *, known: bool = True) -> Outcome:
        """Tell what became of an id."""
        with self.lock:
            if package_id not in self.cores:
                return Outcome(package_id=package_id, kind=OutcomeKind.UNKNOWN)
            if package_id in self.refused:
                code, message = self.refused[package_id]
                return Outcome(package_id=package_id, kind=OutcomeKind.REFUSED, code=code, message=message)
            missing = [digest for digest in self.wanted(package_id) if not self.whole(digest)]
            if missing or self.slow[package_id] > 0:
                self.slow[package_id] -= 1
                return Outcome(package_id=package_id, kind=OutcomeKind.WORKING, missing=missing)
            kind = OutcomeKind.DUPLICATE if known and self.effects[package_id] else OutcomeKind.ACCEPTED
            self.effects[package_id] = 1
            return Outcome(package_id=package_id, kind=kind, receipt=self.receipt(package_id))

    def receipt(self, package_id: str) -> SignedStatement:
        """Return the signed receipt, the same each time."""
        core = self.cores[package_id]
        with zipfile.ZipFile(io.BytesIO(core)) as archive:
            objects = {"dossier.json": hashlib.sha256(archive.read("dossier.json")).hexdigest()}
        objects |= {f"attachments/{digest[:8]}": digest for digest in self.wanted(package_id)}
        receipt = Receipt(
            package_id=package_id, unit_code="1098765", received_at=AT, receipt_no=f"KB-{package_id[:6]}",
            objects=objects, signers=2,
        )  # fmt: skip
        return signed(self.key, receipt, "receipt")

    def wanted(self, package_id: str) -> list[str]:
        """Return the digests of a package's parts."""
        with zipfile.ZipFile(io.BytesIO(self.cores[package_id])) as archive:
            digests: list[str] = json.loads(archive.read("META-INF/parts.json"))
        return digests

    def whole(self, digest: str) -> bool:
        """Tell whether a part is complete and right."""
        return hashlib.sha256(self.parts.get(digest, b"")).hexdigest() == digest

    def decide(self, package_id: str, decision: DecisionKind = DecisionKind.PAID) -> None:
        """Publish a decision."""
        event = Decision(
            seq=len(self.events) + 1, at=AT, package_id=package_id, decision=decision, official_code="G12.34.561-0001"
        )  # fmt: skip
        self.events.append(signed(self.key, event, "event"))

    def page(self, after: int, limit: int) -> FeedPage:
        """Return a page of the feed."""
        events = self.events[after : after + limit]
        return FeedPage(events=events, cursor=after + len(events), more=after + limit < len(self.events))
