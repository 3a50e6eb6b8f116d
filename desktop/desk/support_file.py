"""The support file of the token doctor: a ZIP that may be sent to anyone, for it names no person, unit or money.

It is built from facts chosen one by one, never from sentences with names struck out: what is not listed here does not
get in. Two files: report.json and README.txt.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.desk.versions import versions
from desktop.dossier.doctor_views import Area, DoctorReport, DoctorStep
from desktop.signing.doctor import bits_of
from desktop.signing.modules import ModuleFile

FACTS = frozenset(
    {
        "manufacturer", "model", "flags", "pin_min", "pin_max", "hardware", "slot", "description", "token_present",
        "key", "issuer", "issuer_path", "not_before", "not_after", "days_left", "key_usage", "sha256", "crl_until",
        "revoked_at", "count", "late", "oldest_at",
    }
)  # fmt: skip
"""Details of steps that a support person gets; none of them can hold a name, an account or a secret."""
SHOWN_SERIAL = 4
SYSTEM_FOLDERS = ("/usr", "/opt", "/lib")
SYSTEM_VARIABLES = ("SYSTEMROOT", "PROGRAMFILES", "PROGRAMFILES(X86)")
README = """Tệp hỗ trợ của Vùng Xa. Trong này không có mã PIN, mật khẩu, tên người, tên đơn vị, tài khoản hay số tiền.
Có: phiên bản chương trình, tệp trình điều khiển, đầu đọc, loại token, thời hạn và nơi cấp chứng thư, kết quả khám.
"""


def support_file(report: DoctorReport, modules: Sequence[ModuleFile]) -> bytes:
    """The ZIP of an examination and of the driver files it looked at."""
    content = {
        "at": report.at,
        "cancelled": report.cancelled,
        "versions": versions(),
        "system": {"name": platform.system(), "release": platform.release(), "machine": platform.machine()},
        "modules": [_module(module) for module in modules],
        "steps": [_step(step) for step in report.steps],
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("report.json", json.dumps(content, ensure_ascii=False, indent=1))
    return buffer.getvalue()


def shortened(serial: str) -> str:
    """The end of a serial: enough to tell two tokens apart, too little to name one."""
    return "…" + serial[-SHOWN_SERIAL:] if len(serial) > SHOWN_SERIAL else serial


def _module(module: ModuleFile) -> dict[str, Any]:
    facts: dict[str, Any] = {"file": module.path.name, "folder": _folder(module.path), "usable": module.usable}
    facts |= {"code": module.code, "bits": bits_of(module.path)}
    try:
        with module.path.open("rb") as file:
            facts |= {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "size": module.path.stat().st_size}
    except OSError:
        facts["sha256"] = ""
    return facts


def _folder(path: Path) -> str:
    """A folder of the system by its path; anybody's own folder would name them."""
    system = [*SYSTEM_FOLDERS, *(os.environ[name] for name in SYSTEM_VARIABLES if os.environ.get(name))]
    return str(path.parent) if any(path.is_relative_to(folder) for folder in system) else ""


def _step(step: DoctorStep) -> dict[str, Any]:
    key = {Area.DRIVER: Path(step.key).name, Area.TOKEN: shortened(step.key), Area.UNIT: ""}.get(step.area, step.key)
    facts = {name: value for name, value in step.detail.items() if name in FACTS}
    return {"area": step.area, "key": key, "name": step.name, "code": step.code, "state": step.state, "facts": facts}
