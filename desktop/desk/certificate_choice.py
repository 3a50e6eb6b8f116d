"""Whether a certificate can be registered for a person: what it may do, when, whose it is, and who has it already."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop.desk.errors import DeskError
from desktop.dossier.dates import instant, local_day
from desktop.dossier.fold import fold
from desktop.dossier.people_views import CertificateState, FoundCertificate
from desktop.dossier.registration import Register
from desktop.signing.certificates import CertificateInfo, describe

MAX_BYTES = 64 * 1024
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----\s*([A-Za-z0-9+/=\s]+?)\s*-----END CERTIFICATE-----")


class _Said(NamedTuple):
    code: str
    text: str


def read_certificate(path: Path) -> bytes:
    """The DER of a certificate file, PEM or DER; of a PEM chain the first. Raises DeskError bad_certificate."""
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
    except OSError:
        raise DeskError(
            "not_readable", f"Không đọc được tệp {path.name}. Kiểm tra đường dẫn và quyền mở tệp rồi thử lại."
        ) from None
    found = _PEM.search(content)
    try:
        return checked(base64.b64decode(found.group(1)) if found else content)
    except binascii.Error:
        raise _bad_certificate() from None


def checked(der: bytes) -> bytes:
    """The same bytes, if they are one certificate. Raises DeskError bad_certificate."""
    if len(der) > MAX_BYTES:
        raise _bad_certificate()
    try:
        describe(der)
    except ValueError:
        raise _bad_certificate() from None
    return der


def judge(
    info: CertificateInfo, where: str, name: str, person_id: str, register: Register, now: datetime
) -> FoundCertificate:
    """What to say of a certificate that is to be a person's; `name` "" while nobody was chosen yet."""
    refused = _refusal(info, person_id, register, instant(now))
    other = bool(name) and not same_name(name, info.subject_name)
    warning = f"Chứng thư ghi tên {info.subject_name}, không phải {name}. Chỉ xác nhận khi đúng là một người."
    return FoundCertificate(
        sha256=info.sha256,
        subject_name=info.subject_name,
        issuer_name=info.issuer_name,
        serial_hex=info.serial_hex,
        not_before=info.not_before,
        not_after=info.not_after,
        where=where,
        refusal=refused.text,
        refusal_code=refused.code,
        warning=warning if other and not refused.text else "",
    )


def same_name(left: str, right: str) -> bool:
    """Whether two names are one person's, however they are written."""
    return fold(" ".join(left.split())) == fold(" ".join(right.split()))


def state_of(info: CertificateInfo | None, now: datetime) -> tuple[CertificateState, int | None]:
    """How a certificate stands today and how many days it has left (negative when it is over)."""
    if info is None:
        return "unknown", None
    left = (datetime.fromisoformat(info.not_after) - now).days
    if info.not_before > instant(now):
        return "not_yet", left
    steps: Iterable[tuple[int, CertificateState]] = ((-1, "over"), (30, "soon30"), (60, "soon60"))
    return next((state for days, state in steps if left <= days), "good"), left


def _refusal(info: CertificateInfo, person_id: str, register: Register, at: str) -> _Said:
    taken = [
        item.name
        for item in register.registrations
        if item.certificate_sha256 == info.sha256 and item.person_id != person_id and not item.until
    ]
    if not info.can_sign:
        return _Said("key_usage", "Chứng thư này không dùng để ký. Chọn chứng thư chữ ký số của người ký.")
    if info.not_after < at:
        return _Said(
            "expired", f"Chứng thư đã hết hạn ngày {local_day(info.not_after)}. Xin cấp lại rồi khai chứng thư mới."
        )
    if info.not_before > at:
        return _Said(
            "not_yet_valid",
            f"Chứng thư có hiệu lực từ ngày {local_day(info.not_before)}. Xem lại giờ của máy, hoặc khai lại sau.",
        )
    if taken:
        return _Said(
            "certificate_taken", f"Chứng thư này đã đăng ký cho {taken[0]}. Chọn chứng thư của người đang khai."
        )
    return _Said("", "")


def _bad_certificate() -> DeskError:
    return DeskError(
        "bad_certificate", "Tệp không phải là một chứng thư số (PEM hoặc DER). Chọn tệp .cer, .crt hoặc .pem khác."
    )
