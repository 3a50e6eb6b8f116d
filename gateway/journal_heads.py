"""Countersigns heads of the units' journals: what was told once cannot be told otherwise unseen (protocol, 12)."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Literal

from pydantic import ValidationError

from desktop.dossier.canonical import canonical
from desktop.dossier.dates import instant
from desktop.dossier.errors import VungXaError
from desktop.signing.device import verify_text
from desktop.sync.protocol import Head, HeadRequest, HeadsPage, JournalHead, SealedHead, SignedStatement
from gateway.devices import Caller
from gateway.errors import GatewayError
from gateway.statements import StatementKey

MAX_A_DAY = 300
"""New heads of one device within 24 hours; a program seals at most once in ten minutes and with each backup."""
PAGE = 50
NONE = Head(seq=0, hash="0" * 64)


def countersign(
    connection: sqlite3.Connection, caller: Caller, request: HeadRequest, key: StatementKey, at: datetime
) -> SignedStatement:
    """Keep a head and sign what is known of it; a seal told again gives the very statement it gave before.

    Raises GatewayError 400 `bad_seal`, 429 `too_many`.
    """
    head = _read(connection, caller, request)
    told = connection.execute(
        "SELECT * FROM journal_head WHERE device_id = ? AND seq = ? AND seal = ?",
        (caller.device_id, head.seq, request.seal),
    ).fetchone()
    if told is not None:
        return _statement(told)
    last = _last(connection, caller)
    highest = connection.execute("SELECT max(seq) FROM journal_head WHERE device_id = ?", (head.device,)).fetchone()[0]
    known = _known(head, last, request.after, highest or 0)
    signed = key.sign(
        JournalHead(
            unit=head.unit, device=head.device, seq=head.seq, hash=head.hash, received_at=instant(at), known=known,
            last=last,
        ),
        "journal",
    )  # fmt: skip
    if known != "same":
        _keep(connection, request, head, known, signed, at)
    return signed


def _known(head: SealedHead, last: Head, after: Head, highest: int) -> Literal["next", "same", "forked"]:
    """Compare a head with the last one told, and with the highest number ever told.

    A gateway put back from a backup may not know the head a journal goes on from: that is no fork.
    """
    if (head.seq, head.hash) == (last.seq, last.hash):
        return "same"
    goes_on = last == NONE or after == last or after.seq > highest
    return "next" if goes_on and head.seq > last.seq else "forked"


def read_heads(connection: sqlite3.Connection, unit_code: str, device_id: str, before: int) -> HeadsPage:
    """Give the heads of a device of the unit, newest first, those before a cursor unless it is 0."""
    rows = connection.execute(
        "SELECT * FROM journal_head WHERE unit_code = ? AND device_id = ? AND head_id < ?"
        " ORDER BY head_id DESC LIMIT ?",
        (unit_code, device_id, before or 2**53, PAGE + 1),
    ).fetchall()
    page = rows[:PAGE]
    return HeadsPage(heads=[_statement(row) for row in page], before=page[-1]["head_id"] if len(rows) > PAGE else 0)


def _read(connection: sqlite3.Connection, caller: Caller, request: HeadRequest) -> SealedHead:
    key = connection.execute("SELECT public_key FROM device WHERE device_id = ?", (caller.device_id,)).fetchone()[0]
    try:
        head = SealedHead.model_validate_json(request.seal)
        verify_text(request.seal, request.signature, "journal", key)
        known = canonical(head.model_dump(mode="json")).decode() == request.seal
    except (ValidationError, VungXaError, ValueError):
        known = False
    if not known or (head.unit, head.device) != (caller.unit_code, caller.device_id):
        raise GatewayError(
            400, "bad_seal", "Niêm phong nhật ký không do thiết bị này ký. Hãy cập nhật chương trình rồi gửi lại."
        )
    return head


def _last(connection: sqlite3.Connection, caller: Caller) -> Head:
    row = connection.execute(
        "SELECT seq, hash FROM journal_head WHERE device_id = ? ORDER BY head_id DESC LIMIT 1", (caller.device_id,)
    ).fetchone()
    return NONE if row is None else Head(seq=row["seq"], hash=row["hash"])


def _keep(
    connection: sqlite3.Connection,
    request: HeadRequest,
    head: SealedHead,
    known: str,
    signed: SignedStatement,
    at: datetime,
) -> None:
    """Add a head to the table. Raises GatewayError 429 for a device in a loop."""
    of_late = connection.execute(
        "SELECT count(*) FROM (SELECT received_at FROM journal_head WHERE device_id = ? ORDER BY head_id DESC LIMIT ?)"
        " WHERE received_at > ?",
        (head.device, MAX_A_DAY, instant(at - timedelta(days=1))),
    ).fetchone()[0]
    if of_late >= MAX_A_DAY:
        raise GatewayError(
            429, "too_many", "Máy gửi quá nhiều niêm phong nhật ký. Chương trình sẽ tự gửi sau.", retry_after=3600
        )
    connection.execute(
        "INSERT INTO journal_head (unit_code, device_id, seq, hash, known, seal, seal_signature, received_at, payload,"
        " key_id, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (head.unit, head.device, head.seq, head.hash, known, request.seal, request.signature, instant(at),
         signed.payload, signed.key_id, signed.signature),
    )  # fmt: skip


def _statement(row: sqlite3.Row) -> SignedStatement:
    return SignedStatement(payload=row["payload"], key_id=row["key_id"], signature=row["signature"])
