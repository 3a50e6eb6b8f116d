"""Devices: let in once by a code, then by proof of their key at every session (docs/protocol.md, section 3)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import sqlite3
import threading
import time
import uuid
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.dossier.canonical import canonical
from desktop.dossier.dates import instant
from desktop.dossier.errors import VungXaError
from desktop.signing.device import verify_text
from desktop.sync.protocol import EnrolmentRequest, SessionRequest
from gateway.clock import parse_stamp
from gateway.errors import GatewayError, bad_request
from gateway.registry import code_digest

SKEW = timedelta(minutes=10)
SESSION_SECONDS = 4 * 3600
MAX_SESSIONS = 10_000


@dataclass(frozen=True)
class Caller:
    """The device behind a request and the unit it speaks for."""

    device_id: str
    unit_code: str


class Sessions:
    """Bearer tokens in memory as digests, the oldest dropped first; after a restart devices prove themselves again."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[Caller, float]] = OrderedDict()
        self._lock = threading.Lock()

    def issue(self, caller: Caller) -> str:
        """Give a new token good for SESSION_SECONDS."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._open[_digest(token)] = (caller, time.monotonic() + SESSION_SECONDS)
            while len(self._open) > MAX_SESSIONS:
                self._open.popitem(last=False)
        return token

    def find(self, token: str) -> Caller:
        """Give whoever holds the token; raises GatewayError 401 `session_expired`."""
        with self._lock:
            caller, until = self._open.get(_digest(token), (None, 0.0))
        if caller is None or time.monotonic() > until:
            raise GatewayError(401, "session_expired", "Phiên làm việc đã hết hạn. Chương trình sẽ tự mở phiên mới.")
        return caller


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def enrol(connection: sqlite3.Connection, request: EnrolmentRequest, at: datetime) -> Caller:
    """Exchange a one-time code for a device identity; the same code with the same key gives the same answer again.

    Raises GatewayError 403 `enrolment_refused` for a code that is unknown, used by another key, or too old.
    """
    key = _public_key(request.public_key)
    row = connection.execute(
        "SELECT i.unit_code, i.expires, d.device_id, d.public_key"
        " FROM invitation i LEFT JOIN device d USING (device_id) WHERE i.code_sha256 = ?",
        (code_digest(request.code),),
    ).fetchone()
    if row is not None and row["device_id"] and row["public_key"] == key:
        return Caller(row["device_id"], row["unit_code"])
    if row is None or row["device_id"] or row["expires"] < instant(at):
        raise GatewayError(
            403,
            "enrolment_refused",
            "Mã đăng ký thiết bị không dùng được: gõ nhầm, đã dùng hoặc quá hạn. Xin mã mới ở Kho bạc.",
        )
    caller = Caller(str(uuid.uuid4()), row["unit_code"])
    connection.execute(
        "INSERT INTO device VALUES (?, ?, ?, ?, ?, NULL)",
        (caller.device_id, caller.unit_code, key, request.device_name[:100], instant(at)),
    )
    connection.execute(
        "UPDATE invitation SET device_id = ? WHERE code_sha256 = ?", (caller.device_id, code_digest(request.code))
    )
    return caller


def _public_key(text: str) -> str:
    """Check that the text is a raw Ed25519 key; gives it back in plain base64."""
    try:
        raw = base64.b64decode(text, validate=True)
        Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, binascii.Error):
        raise bad_request("Khóa của thiết bị không đúng dạng. Hãy tạo lại khóa rồi đăng ký lần nữa.") from None
    return base64.b64encode(raw).decode()


def prove(connection: sqlite3.Connection, request: SessionRequest, pin: str, at: datetime) -> Caller:
    """Check a proof of possession bound to our TLS certificate; each nonce works once.

    Raises GatewayError 401: `bad_signature`, `device_revoked`, `clock_skew` (more than ten minutes off), `replayed`.
    """
    device = connection.execute("SELECT * FROM device WHERE device_id = ?", (request.device_id,)).fetchone()
    if device is None or not _signed_by(device["public_key"], request, pin):
        raise GatewayError(
            401, "bad_signature", "Thiết bị không chứng minh được khóa của mình. Hãy đăng ký lại thiết bị."
        )
    _still_trusted(device)
    _check_clock(request.time, at)
    connection.execute("DELETE FROM nonce WHERE expires < ?", (instant(at),))
    used = connection.execute(
        "INSERT OR IGNORE INTO nonce VALUES (?, ?, ?)", (request.device_id, request.nonce, instant(at + 3 * SKEW))
    )
    if used.rowcount == 0:
        raise GatewayError(401, "replayed", "Lời chào này đã dùng rồi. Chương trình sẽ tự tạo lời chào mới.")
    return Caller(device["device_id"], device["unit_code"])


def check_device(connection: sqlite3.Connection, caller: Caller) -> None:
    """Make sure that a session's device has not been revoked since."""
    _still_trusted(connection.execute("SELECT * FROM device WHERE device_id = ?", (caller.device_id,)).fetchone())


def _still_trusted(device: sqlite3.Row) -> None:
    if device["revoked_at"]:
        raise GatewayError(401, "device_revoked", "Thiết bị này đã bị thu hồi quyền. Liên hệ Kho bạc để đăng ký lại.")


def _signed_by(public_key: str, request: SessionRequest, pin: str) -> bool:
    claim = {"device_id": request.device_id, "nonce": request.nonce, "pin": pin, "time": request.time}
    try:
        text = canonical(claim)
        verify_text(text.decode(), request.signature, "session", public_key)
    except (VungXaError, ValueError):
        return False
    return True


def _check_clock(claimed: str, at: datetime) -> None:
    try:
        skew = abs(parse_stamp(claimed) - at)
    except ValueError:
        raise bad_request() from None
    if skew > SKEW:
        raise GatewayError(401, "clock_skew", "Đồng hồ của máy lệch quá 10 phút. Chỉnh lại ngày giờ rồi gửi lại.")
