"""Looks at drivers and tokens one by one, without a PIN: the first half of the token doctor (desk/doctoring.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.signing.errors import TokenError
from desktop.signing.modules import ModuleFile, find_modules, look_at
from desktop.signing.tokens import CertificateInfo, ReaderInfo, TokenInfo, TokenWorker

SOON = 30
"""Days before a certificate ends from which it is worth a warning."""
_HEAD = 4096


@dataclass(frozen=True)
class ModuleDiagnosis:
    """One driver and what it shows; `code` and `message` say what is wrong and what to do, empty when nothing is."""

    path: Path
    code: str
    message: str
    tokens: tuple[TokenInfo, ...]
    readers: tuple[ReaderInfo, ...] = ()
    keys_seen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By token serial: the certificates (SHA-256) whose key pair shows without a PIN."""


@dataclass(frozen=True)
class Remark:
    """One thing to act on; `code` is stable, `serious` when nothing can be signed with it."""

    code: str
    message: str
    serious: bool


def diagnose(
    modules: Sequence[Path] | None = None, *, timeout: float = 20.0, environment: Mapping[str, str] | None = None
) -> list[ModuleDiagnosis]:
    """Load each module (default: those found on this machine) in a process of its own and list its tokens."""
    files = find_modules() if modules is None else [look_at(path) for path in modules]
    return [diagnose_one(file, timeout=timeout, environment=environment) for file in files]


def diagnose_one(
    file: ModuleFile, *, timeout: float = 20.0, environment: Mapping[str, str] | None = None
) -> ModuleDiagnosis:
    """Load one module, unless its file says that it cannot be loaded; `timeout` (seconds) bounds each answer."""
    if not file.usable:
        return ModuleDiagnosis(file.path, file.code, file.problem, ())
    return _load(file.path, timeout, environment)


def remarks(token: TokenInfo, now: datetime | None = None) -> list[Remark]:
    """Say what a person should know about a token before signing day."""
    found = _pin_remarks(token)
    signing = [certificate for certificate in token.certificates if certificate.can_sign]
    if not signing:
        found.append(Remark("no_certificate", f"Token «{token.label}» không có chứng thư ký số.", serious=True))
    for certificate in signing:
        found += _expiry(certificate, now or datetime.now(UTC))
    return found


def bits_of(path: Path) -> int:
    """Tell whether a library is made for 32 or 64 bits, 0 when it is none (PE: Machine; ELF: EI_CLASS)."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return 0
    if head.startswith(b"\x7fELF"):
        return {b"\x01": 32, b"\x02": 64}.get(head[4:5], 0)
    place = int.from_bytes(head[60:64], "little") if head.startswith(b"MZ") else _HEAD
    return {b"PE\0\0\x4c\x01": 32, b"PE\0\0\x64\x86": 64}.get(head[place : place + 6], 0)


def days_left(certificate: CertificateInfo, now: datetime) -> int:
    """Count whole days until a certificate ends; negative when it has."""
    return (datetime.fromisoformat(certificate.not_after) - now).days


def _load(path: Path, timeout: float, environment: Mapping[str, str] | None) -> ModuleDiagnosis:
    try:
        with TokenWorker(path, timeout, environment) as worker:
            readers, tokens = worker.readers(), worker.tokens()
            seen = {token.serial: _keys_seen(worker, token.serial) for token in tokens}
            return ModuleDiagnosis(path, "", "", tuple(tokens), tuple(readers), seen)
    except TokenError as error:
        return ModuleDiagnosis(path, error.code, error.message, ())


def _keys_seen(worker: TokenWorker, serial: str) -> frozenset[str]:
    """None seen where a token refuses to be asked: only a test signature can tell then."""
    try:
        return worker.keys_seen(serial)
    except TokenError:
        return frozenset()


def _pin_remarks(token: TokenInfo) -> list[Remark]:
    name = f"Token «{token.label}»"
    if token.pin_locked:
        return [Remark("pin_locked", f"{name} đã bị khóa. Hãy mang đến nơi cấp để mở khóa.", serious=True)]
    if token.pin_final_try:
        return [Remark("pin_final_try", f"{name} chỉ còn 1 lần thử mã PIN. Sai nữa, token tự khóa.", serious=False)]
    if token.pin_low:
        return [Remark("pin_low", f"{name} còn ít lần thử mã PIN. Nhập đúng một lần là đủ lượt lại.", serious=False)]
    return []


def _expiry(certificate: CertificateInfo, now: datetime) -> list[Remark]:
    left, name = days_left(certificate, now), certificate.subject_name
    if left < 0:
        return [Remark("expired", f"Chứng thư của {name} đã hết hạn. Hãy xin cấp lại.", serious=True)]
    if datetime.fromisoformat(certificate.not_before) > now:
        return [
            Remark("not_yet_valid", f"Chứng thư của {name} chưa có hiệu lực. Hãy xem lại ngày của máy.", serious=True)
        ]
    if left <= SOON:
        return [Remark("expires_soon", f"Chứng thư của {name} còn {left} ngày. Hãy xin gia hạn ngay.", serious=False)]
    return []
