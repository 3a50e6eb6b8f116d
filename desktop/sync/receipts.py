"""Reads what the Treasury signed. Nothing counts as delivered or decided that does not pass here."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from pydantic import TypeAdapter, ValidationError

from desktop.dossier.errors import VungXaError
from desktop.sync.ports import Verifier
from desktop.sync.protocol import (
    DecisionKind,
    FeedEvent,
    KnownEvent,
    OtherEvent,
    Receipt,
    RefundStatus,
    SignedStatement,
)

_EVENT: TypeAdapter[KnownEvent] = TypeAdapter(FeedEvent)
_KINDS = frozenset({"decision", "balance", "paper", "refund", "pack"})
_WORDS = {"decision": ("decision", frozenset(DecisionKind)), "refund": ("status", frozenset(RefundStatus))}
"""By kind, the member whose words a later version may add to: an event with another one is kept, not refused."""


class StatementRejected(VungXaError):
    """A statement that proves nothing: not_signed, malformed, receipt_missing, other_package, other_objects."""


def read_receipt(
    statement: SignedStatement | None,
    package_id: str,
    verifier: Verifier,
    objects: Mapping[str, str],
    parts: Iterable[str],
) -> tuple[Receipt, bytes]:
    """Return the receipt and its signed bytes, if it proves that the Treasury holds this very package.

    `objects` (name to SHA-256) and `parts` (SHA-256) are what we sent, as far as known. Raises StatementRejected.
    """
    if statement is None:
        raise StatementRejected("receipt_missing", "Kho bạc báo đã nhận nhưng không gửi biên nhận.")
    payload = _verified(statement, "receipt", verifier)
    try:
        receipt = Receipt.model_validate_json(payload)
    except ValidationError:
        raise StatementRejected("malformed", "Biên nhận sai quy cách.") from None
    if receipt.package_id != package_id:
        raise StatementRejected("other_package", "Biên nhận là của gói hồ sơ khác.")
    stored = set(receipt.objects.values())
    if any(receipt.objects.get(name) != digest for name, digest in objects.items()) or not stored.issuperset(parts):
        raise StatementRejected("other_objects", "Biên nhận ghi nội dung khác với gói đã gửi.")
    return receipt, payload


def read_event(statement: SignedStatement, verifier: Verifier) -> tuple[KnownEvent | OtherEvent, bytes]:
    """Return a feed event and its signed bytes; one of a later version as OtherEvent. Raises StatementRejected."""
    payload = _verified(statement, "event", verifier)
    try:
        if _is_later(OtherEvent.model_validate_json(payload), payload):
            return OtherEvent.model_validate_json(payload), payload
        return _EVENT.validate_json(payload), payload
    except ValidationError:
        raise StatementRejected("malformed", "Kết quả từ Kho bạc sai quy cách.") from None


def _is_later(event: OtherEvent, payload: bytes) -> bool:
    """Tell whether an event says what this program has not learnt; it must not stop the feed."""
    if event.kind not in _WORDS:
        return event.kind not in _KINDS
    member, words = _WORDS[event.kind]
    said = json.loads(payload).get(member)
    return isinstance(said, str) and said not in words


def core_objects(core: bytes) -> dict[str, str]:
    """Return name and SHA-256 of the data objects that lie in our own core, none if it is no ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(core)) as archive:
            names = [name for name in archive.namelist() if name != "mimetype" and not name.startswith("META-INF/")]
            return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}
    except zipfile.BadZipFile:
        return {}


def _verified(statement: SignedStatement, context: str, verifier: Verifier) -> bytes:
    try:
        return verifier(statement, context)
    except VungXaError:
        raise StatementRejected("not_signed", "Chữ ký của Kho bạc không đúng.") from None
