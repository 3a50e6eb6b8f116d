"""`vungxa doctor`: looks at everything that can keep a dossier from being sent and says what to do about it."""

from __future__ import annotations

import platform
import shutil
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.assets import AssetMissingError, font_dir
from desktop.commands.answer import NO, OK, Answer
from desktop.commands.secrets import ask
from desktop.desk.connection import NotEnrolled, enrolled, make_wire
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import load_pack
from desktop.signing.doctor import ModuleDiagnosis, diagnose, remarks
from desktop.signing.tokeninfo import TokenInfo
from desktop.store.store import Store

LIBRARIES = (
    "sqlcipher3",
    "httpx",
    "pydantic",
    "PySide6_Essentials",
    "cryptography",
    "pyHanko",
    "python-pkcs11",
    "typst",
    "pypdfium2",
)
SKEW_WARNING, SKEW_ERROR = 60, 600
LOW_DISK = 200 * 1024 * 1024
NO_UNIT = "Chưa chỉ đơn vị nào. Thêm --home để khám kho dữ liệu, mạng và đồng hồ."


@dataclass(frozen=True)
class Check:
    """One finding; `state` is ok, warning, error or skipped."""

    name: str
    state: str
    message: str
    detail: dict[str, Any] = field(default_factory=dict)


def doctor(args: Namespace) -> Answer:
    """Runs every check that can run here. Exit 1 when one is an error."""
    checks = [*_program(), *_tokens(), *_unit(args)]
    ok = not any(check.state == "error" for check in checks)
    marks = {"ok": "  được", "warning": "  CHÚ Ý", "error": "  LỖI", "skipped": "  bỏ qua"}
    lines = [f"{marks[check.state]:9} {check.name}: {check.message}" for check in checks]
    payload = {"ok": ok, "checks": [asdict(check) for check in checks], "versions": _versions()}
    return Answer(payload, lines, OK if ok else NO)


def _program() -> Iterator[Check]:
    yield Check("versions", "ok", f"Vùng Xa {__version__}, Python {platform.python_version()}, {platform.system()}.")
    pack = load_pack()
    yield Check("forms", "ok", f"Bộ mẫu {pack.version}, {len(pack.forms)} mẫu.", {"pack": pack.version})
    try:
        yield Check("fonts", "ok", "Đủ phông chữ để in.", {"folder": str(font_dir())})
    except AssetMissingError:
        yield Check("fonts", "error", "Thiếu phông chữ đi kèm nên không in được. Cài lại chương trình.")


def _tokens() -> Iterator[Check]:
    modules = diagnose()
    if not modules:
        yield Check(
            "module", "warning", "Không thấy trình điều khiển token nào. Cài trình điều khiển do nơi cấp token đưa."
        )
    for module in modules:
        yield _module(module)
        for token in module.tokens:
            yield _token(token)


def _token(token: TokenInfo) -> Check:
    """A token with its signing certificates; their digests are what a unit registers its people by."""
    found = remarks(token)
    state = "error" if any(r.serious for r in found) else "warning" if found else "ok"
    signing = [certificate for certificate in token.certificates if certificate.can_sign]
    names = "; ".join(f"{item.subject_name}, SHA-256 {item.sha256}" for item in signing)
    message = " ".join(r.message for r in found) or f"Token «{token.label}» dùng được: {names}."
    certificates = [
        {"name": item.subject_name, "sha256": item.sha256, "key": item.key_kind, "not_after": item.not_after}
        for item in signing
    ]
    return Check("token", state, message, {"serial": token.serial, "certificates": certificates})


def _module(module: ModuleDiagnosis) -> Check:
    if module.code:
        return Check(
            "module",
            "warning",
            f"{module.path.name}: {module.message}",
            {"path": str(module.path), "code": module.code},
        )
    return Check(
        "module", "ok", f"{module.path.name}, {len(module.tokens)} token đang cắm.", {"path": str(module.path)}
    )


def _unit(args: Namespace) -> Iterator[Check]:
    if args.home is None:
        yield from (Check(name, "skipped", NO_UNIT) for name in ("store", "gateway", "clock"))
        return
    yield _disk(args.home)
    try:
        store = Store.open(args.home, ask(args, "Mật khẩu"))
    except VungXaError as error:
        yield Check("store", "error", error.message, {"code": error.code})
        yield from (Check(name, "skipped", "Chưa mở được kho dữ liệu.") for name in ("gateway", "clock"))
        return
    with store:
        yield _store(store)
        yield from _gateway(store)


def _disk(home: Path) -> Check:
    free = shutil.disk_usage(home if home.exists() else Path.cwd()).free
    state = "ok" if free > LOW_DISK else "warning"
    words = "Đĩa còn đủ chỗ." if state == "ok" else "Đĩa sắp đầy. Xóa bớt tệp không dùng."
    return Check("disk", state, words, {"free_bytes": free})


def _store(store: Store) -> Check:
    try:
        damage = store.check()
    except VungXaError as error:
        return Check("store", "error", error.message, {"code": error.code})
    if damage:
        return Check(
            "store",
            "error",
            "Kho dữ liệu có chỗ hỏng. Sao chép thư mục ra nơi khác rồi gọi hỗ trợ.",
            {"count": len(damage)},
        )
    return Check("store", "ok", f"Kho dữ liệu của {store.unit.get().name} lành lặn, nhật ký liền mạch.")


def _gateway(store: Store) -> Iterator[Check]:
    try:
        wire = make_wire(enrolled(store))
    except NotEnrolled as error:
        yield Check("gateway", "warning", error.message, {"code": error.code})
        yield Check("clock", "skipped", "Chưa đăng ký nên chưa so được đồng hồ.")
        return
    try:
        health = wire.health()
    except VungXaError as error:
        yield Check("gateway", "warning", error.message, {"code": error.code})
        yield Check("clock", "skipped", "Chưa nối được nên chưa so được đồng hồ.")
        return
    finally:
        wire.close()
    yield Check("gateway", "ok", "Nối được với Kho bạc, đúng máy chủ đã đăng ký.", {"version": health.version})
    yield _clock(health.time)


def _clock(told: str) -> Check:
    skew = round((datetime.now(UTC) - datetime.fromisoformat(told)).total_seconds())
    detail = {"skew_seconds": skew}
    if abs(skew) < SKEW_WARNING:
        return Check("clock", "ok", "Đồng hồ máy đúng.", detail)
    state = "warning" if abs(skew) < SKEW_ERROR else "error"
    return Check(
        "clock", state, f"Đồng hồ máy lệch {abs(skew)} giây so với Kho bạc. Chỉnh lại ngày giờ rồi ký tiếp.", detail
    )


def _versions() -> dict[str, str]:
    found = {"vungxa": __version__, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
