"""Registers this computer with the Treasury, once, with the code and pin that came on paper."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import urlsplit

from desktop.dossier.errors import VungXaError
from desktop.sync.protocol import EnrolmentAnswer, EnrolmentRequest
from desktop.sync.transport import Transport


class EnrolError(VungXaError):
    """What was typed in cannot be right: bad_address, bad_pin."""


class Enroller(Protocol):
    """The device key, as enrolment needs it."""

    @property
    def public_b64(self) -> str:
        """Raw Ed25519 public key, base64."""


def enrol(url: str, pin: str, code: str, device_key: Enroller, device_name: str = "") -> EnrolmentAnswer:
    """Register the device's public key and return its identity and the Treasury's statement keys.

    `pin` is the SHA-256 (64 hex digits) of the gateway's certificate. Repeating it with the same code and key is safe.
    Raises EnrolError for a bad address or pin, WireError (code "enrolment_refused" for a wrong code).
    """
    _checked(url, pin)
    transport = Transport(url, pin)
    try:
        request = EnrolmentRequest(code=code, public_key=device_key.public_b64, device_name=device_name)
        answer = transport.exchange(
            "POST",
            "/v1/enrolments",
            expect={200, 201},
            body=request.model_dump_json().encode(),
            headers={"content-type": "application/json"},
        )
        return answer.read(EnrolmentAnswer)
    finally:
        transport.close()


def _checked(url: str, pin: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise EnrolError("bad_address", "Địa chỉ máy chủ phải có dạng https://… . Xem lại giấy đăng ký của Kho bạc.")
    if not re.fullmatch(r"[0-9a-fA-F]{64}", pin):
        raise EnrolError("bad_pin", "Mã kiểm tra máy chủ phải có 64 ký tự. Xem lại giấy đăng ký của Kho bạc.")
