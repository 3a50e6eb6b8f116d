"""Asks a time-stamping authority for the time of a signature, and reads what it answers (RFC 3161).

Nothing here goes on the line or decides whom to trust: the engine carries the bytes (desktop/sync), stamps.py judges.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, tsp

from desktop.dossier.errors import VungXaError
from desktop.signing.certificates import ASN1_ERRORS
from desktop.signing.cmsinfo import signature_value, signer_certificate
from desktop.signing.derwalk import inner

MAX_TOKEN_BYTES = 64 * 1024
DIGESTS = frozenset({"sha256", "sha384", "sha512"})
"""What a time-stamp may be made over."""


class Response(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """TimeStampResp of RFC 3161 section 2.4.2; asn1crypto's own asks for a token in a refusal too."""

    _fields = [  # noqa: RUF012  asn1crypto's own way
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class EvidenceError(VungXaError):
    """Evidence cannot be had or does not fit; the signature stays as it was."""


@dataclass(frozen=True)
class TimeStamp:
    """One time-stamp token, taken apart without judging it; `at` is the authority's instant (UTC)."""

    at: datetime
    algorithm: str
    imprint: bytes
    nonce: int | None
    signed_data: Any

    def covers(self, value: bytes) -> bool:
        """Tell whether the token was made over these bytes with a digest that still counts."""
        return self.algorithm in DIGESTS and hashlib.new(self.algorithm, value).digest() == self.imprint


def request_for(cms: bytes) -> tuple[bytes, int]:
    """Give the TimeStampReq (DER) over the SHA-256 of a signature's value, and its nonce.

    Raises ContainerError bad_signature_file.
    """
    nonce = secrets.randbits(63) | 1 << 62
    imprint = {
        "hash_algorithm": {"algorithm": "sha256"},
        "hashed_message": hashlib.sha256(signature_value(cms)).digest(),
    }
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    return bytes(request.dump()), nonce


def token_of(response: bytes, request: bytes) -> bytes:
    """Take the TimeStampToken (DER), its authority's certificate with it, out of the answer to a request of ours.

    Raises EvidenceError: tsa_refused, tsa_wrong_answer.
    """
    try:
        answer = Response.load(response, strict=True)
        asked = tsp.TimeStampReq.load(request, strict=True)
        if answer["status"]["status"].native not in ("granted", "granted_with_mods"):
            raise EvidenceError(
                "tsa_refused", "Nơi cấp dấu thời gian từ chối yêu cầu. Chương trình sẽ thử lại; hãy kiểm tra địa chỉ."
            )
        token = inner(response)[1]
        stamp, imprint = read_token(token), asked["message_imprint"]
        same = (stamp.algorithm, stamp.imprint, stamp.nonce) == (
            imprint["hash_algorithm"]["algorithm"].native,
            imprint["hashed_message"].native,
            asked["nonce"].native,
        )
        carried = signer_certificate(stamp.signed_data)
    except ASN1_ERRORS:
        raise _wrong_answer() from None
    if not same or not carried:  # without the authority's certificate nobody could judge it later
        raise _wrong_answer()
    return token


def read_token(token: bytes) -> TimeStamp:
    """Take a TimeStampToken (DER) apart. Raises EvidenceError tsa_wrong_answer when it is none."""
    if len(token) > MAX_TOKEN_BYTES:
        raise _wrong_answer()
    try:
        return _read(cms.ContentInfo.load(token, strict=True))
    except ASN1_ERRORS:
        raise _wrong_answer() from None


def _read(content: Any) -> TimeStamp:
    signed = content["content"]
    if content["content_type"].native != "signed_data" or signed["encap_content_info"]["content_type"].native != (
        "tst_info"
    ):
        raise _wrong_answer()
    told = signed["encap_content_info"]["content"].parsed
    imprint = told["message_imprint"]
    return TimeStamp(
        at=told["gen_time"].native,
        algorithm=str(imprint["hash_algorithm"]["algorithm"].native),
        imprint=bytes(imprint["hashed_message"].native),
        nonce=told["nonce"].native,
        signed_data=signed,
    )


def _wrong_answer() -> EvidenceError:
    return EvidenceError(
        "tsa_wrong_answer", "Nơi cấp dấu thời gian trả lời không đúng yêu cầu. Hãy kiểm tra lại địa chỉ rồi thử lại."
    )
