"""Takes trust lists, revocation lists and roots into the unit's store: from the line, a USB stick or a person's hand.

Everything is verified before it is kept; what is older than what is here changes nothing (docs/trust.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from asn1crypto import pem

from desktop.desk.errors import DeskError
from desktop.desk.evidence import GATEWAY, REST, TSA_URL, WARNING_DAYS
from desktop.desk.trusting import authorities
from desktop.dossier.dates import local_day
from desktop.signing.certificate_check import is_authority
from desktop.signing.certificates import ASN1_ERRORS, CertificateInfo, describe
from desktop.signing.crls import MAX_CRL_BYTES, Crl, check_crl, read_crl
from desktop.signing.errors import TrustError
from desktop.signing.trustlist import MAX_FILE_BYTES, SignedList, read_file, read_list
from desktop.store.store import Store

CRL_SOURCES = "crl_sources"
SOURCE_STATE = "crl_source_state"
ASKED_AT = "trust_asked_at"
MAX_SOURCES = 32
_MAX_CERTIFICATE = 64 * 1024
_LEAST_ID = 8


def keep_list(store: Store, statement: str, keys: Mapping[str, str], source: str) -> str | None:
    """Verify and keep a list; says what it is, None when it is not newer than ours. Raises TrustError."""
    return _keep(store, read_list(statement, keys), source)


def keep_crl(store: Store, data: bytes, source: str, now: datetime) -> str | None:
    """Verify and keep a revocation list (DER or PEM); None when ours is as new. Raises TrustError."""
    crl = read_crl(data)
    check_crl(crl, authorities(store), now)
    with store.transaction():
        kept = store.trust.keep_crl(
            crl.issuer, crl.issuer_name, crl.this_update, crl.next_update, crl.sha256, crl.der, source
        )
        if kept:
            store.evidence.hurry()
    return _crl_words(crl) if kept else None


def import_file(store: Store, path: Path, now: datetime) -> list[str]:
    """Take a .vxtrust or a revocation list from a file; says what changed, [] when nothing is newer.

    Raises TrustError, DeskError trust_no_key; a list that holds is kept even when a CRL beside it does not.
    """
    data = _read(path)
    if not data.startswith(b"PK"):
        return _said(keep_crl(store, data, "file", now))
    device = store.device.get()
    if device is None or not device.statement_keys:
        raise DeskError(
            "trust_no_key",
            "Máy chưa có khóa của Kho bạc để kiểm danh sách tin cậy. Đăng ký máy với Kho bạc rồi nhập lại.",
        )
    signed, crls = read_file(data, device.statement_keys)
    said = _said(_keep(store, signed, "file"))
    for crl in crls:
        said += _said(keep_crl(store, crl, "file", now))
    return said


def add_root(store: Store, path: Path, actor: str) -> CertificateInfo:
    """Trust an authority because a person says so. Raises TrustError not_a_root, root_known."""
    return keep_root(store, read_root(path), actor)


def keep_root(store: Store, info: CertificateInfo, actor: str) -> CertificateInfo:
    """Trust an authority whose certificate a person has looked at. Raises TrustError root_known."""
    if not store.trust.add_root(info.sha256, info.der, info.subject_name, actor):
        raise TrustError("root_known", f"Máy đã tin chứng thư gốc «{info.subject_name}» từ trước.")
    return info


def read_root(path: Path) -> CertificateInfo:
    """The authority's certificate in a file, DER or PEM. Raises TrustError not_a_root."""
    data = _read(path)
    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        info = describe(der) if len(der) <= _MAX_CERTIFICATE else None
        info = info if info is not None and is_authority(der) else None
    except ASN1_ERRORS:
        info = None
    if info is None:
        raise TrustError(
            "not_a_root", "Tệp không có chứng thư của một nơi cấp. Chọn tệp chứng thư gốc (.cer, .crt, .pem) của họ."
        )
    return info


def remove_root(store: Store, wanted: str, actor: str) -> str:
    """Trust a root of the unit's own no more, named by the first digits of its SHA-256; gives its name.

    Raises TrustError no_such_root.
    """
    found = [root for root in store.trust.own_roots() if root.sha256.startswith(wanted.strip().lower())]
    if len(wanted.strip()) < _LEAST_ID or len(found) != 1:
        raise TrustError(
            "no_such_root",
            "Không có chứng thư gốc tự thêm nào mang số này. Xem số bằng «vungxa trust show»; ghi ít nhất 8 ký tự.",
        )
    store.trust.remove_root(found[0].sha256, actor)
    return found[0].name


def change(store: Store, name: str, value: str) -> None:
    """Choose who stamps, where lists come from, or when to warn. Raises DeskError bad_setting."""
    if name == TSA_URL:
        store.settings.set(TSA_URL, _address(value) if value not in ("", GATEWAY) else value)
        store.settings.set(REST, "")
    elif name == CRL_SOURCES:
        wanted = list(dict.fromkeys(value.split()))
        if len(wanted) > MAX_SOURCES:
            raise DeskError("bad_setting", f"Nhiều nhất {MAX_SOURCES} địa chỉ danh sách thu hồi. Bỏ bớt rồi ghi lại.")
        store.settings.set(CRL_SOURCES, json.dumps([item if item == GATEWAY else _address(item) for item in wanted]))
    elif name == WARNING_DAYS:
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 3650):
            raise DeskError("bad_setting", "Số ngày cảnh báo phải là số nguyên từ 1 đến 3650.")
        store.settings.set(WARNING_DAYS, str(int(value)))
    else:
        names = f"{TSA_URL}, {CRL_SOURCES} hoặc {WARNING_DAYS}"
        raise DeskError("bad_setting", f"Không có mục này. Ghi {names}, rồi giá trị.")


def crl_sources(store: Store) -> list[str]:
    """The addresses of other authorities' revocation lists, "gateway" left out."""
    return [url for url in _sources(store) if url != GATEWAY]


def asks_gateway(store: Store) -> bool:
    """Tell whether the Treasury's own revocation lists are fetched: unless the unit chose sources without it."""
    return not _sources(store) or GATEWAY in _sources(store)


def refresh(store: Store) -> None:
    """Let the next synchronisation ask for the list and every source again."""
    store.settings.set(ASKED_AT, "")
    store.settings.set(SOURCE_STATE, "{}")
    store.settings.set(REST, "")
    store.evidence.hurry()


def _sources(store: Store) -> list[str]:
    try:
        found = json.loads(store.settings.get(CRL_SOURCES, "[]"))
    except ValueError:
        return []
    return [url for url in found if isinstance(url, str)] if isinstance(found, list) else []


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= 300
        good = good and parts.username is None and all(sign.isprintable() and sign != " " for sign in text)
        _ = parts.port
    except ValueError:
        good = False
    if not good:
        raise DeskError("bad_setting", "Địa chỉ phải có dạng http://… hoặc https://…, hoặc «gateway». Ghi lại.")
    return text


def _keep(store: Store, signed: SignedList, source: str) -> str | None:
    if not store.trust.keep_list(signed.list.version, signed.statement, signed.payload, source):
        return None
    told = signed.list
    return (
        f"Danh sách tin cậy mới của Kho bạc: {len(told.roots)} chứng thư gốc, {len(told.crls)} danh sách thu hồi, "
        f"{len(told.tsa)} nơi cấp dấu thời gian."
    )


def _crl_words(crl: Crl) -> str:
    return f"Danh sách thu hồi mới của «{crl.issuer_name}», ngày {local_day(crl.this_update)}."


def _said(words: str | None) -> list[str]:
    return [] if words is None else [words]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        raise TrustError("unreadable", "Không mở được tệp. Kiểm tra đường dẫn, USB và quyền đọc rồi thử lại.") from None
    if not data.startswith(b"PK") and len(data) > 2 * MAX_CRL_BYTES:
        raise TrustError("crl_too_large", "Tệp quá lớn cho một chứng thư hay danh sách thu hồi. Chọn đúng tệp.")
    return data
