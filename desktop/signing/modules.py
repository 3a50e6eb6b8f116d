"""Finds PKCS#11 modules on this machine: file names seen with the tokens of Vietnamese certificate authorities.

The list was gathered from public source code and guides of state offices; a machine has at most a few of them. A file
is looked at before it is loaded: loading one of the wrong kind gives nothing but a number.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = "VUNGXA_PKCS11_MODULE"
"""Names one module file, or several separated as in PATH; looked at before the known ones."""
SOFTHSM_CONFIGURED = "SOFTHSM2_CONF"
"""SoftHSM's own variable; set, it says that this user works with software tokens."""

_WINDOWS_NAMES = (
    # VGCA (Ban Cơ yếu): SafeNet before 2022, bit4id after
    "eTPKCS11.dll", "bit4xpki.dll", "IDPrimePKCS1164.dll",
    # VNPT-CA
    "vnptca_p11_v6.dll", "vnptca_p11_v7.dll", "vnptca_p11_v8.dll", "vnptca_p11_v9.dll", "vnptca_p11_v10.dll",
    "vnpt-ca_csp11.dll", "vnpt-ca_v34.dll", "vnpt-ca_v4.dll", "vnpt-ca_cl_v1.dll",
    # Viettel-CA
    "viettel-ca.dll", "viettel-ca_v1.dll", "viettel-ca_v2.dll", "viettel-ca_v3.dll", "viettel-ca_v4.dll",
    "viettel-ca_v5.dll", "viettel-ca_v6.dll",
    # BKAV
    "BkavCA.dll", "BkavCAv2S.dll", "bkavcaetoken.dll",
    # FPT
    "fpt-ca.dll", "fptca_v3.dll", "fptca_v4.dll", "fptca_v5.dll", "fptca_v6.dll", "fpt-ca_v4.dll", "fpt-ca_v5.dll",
    "fpt-ca-stx.dll",
    # CA2, NCCA
    "CA2_v34.dll", "CA2_csp11.dll", "ncca_csp11_v1.dll", "nca_v4.dll", "nca_v5.dll", "nca_v6.dll",
    # others
    "vina-ca_v3.dll", "vina-ca_v4.dll", "vina-ca_v5.dll", "safe-ca.dll", "safe-ca_v1.dll", "safe-ca_v2.dll",
    "fca_v1.dll", "efy-ca_v1.dll", "misaca_csp11_v2.dll", "newca_v4.dll", "ica_csp11_v1.dll", "eps2003csp11.dll",
    "eps2003csp11v2.dll", "ShuttleCsp11_3003.dll", "gclib.dll", "wdpkcs.dll", "SignatureP11.dll", "acospkcs11.dll",
)  # fmt: skip
_WINDOWS_PROGRAM_FILES = (
    "Bkav Corporation/BkavCA Token Manager/st3csp11.dll",
    "OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll",
)
_LINUX_FILES = (
    "/usr/lib/libeTPkcs11.so",
    "/usr/lib/libeToken.so",
    "/usr/lib/bit4id/libbit4xpki.so",
    "/usr/lib/libbit4xpki.so",
    "/usr/lib/libcastle.so.1.0.0",
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
)
_SOFTHSM_FILES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
_PE_X64, _ELF_X64, _ELF_ARM64 = 0x8664, 62, 183


@dataclass(frozen=True)
class ModuleFile:
    """A module found on disk; `usable` says that it is a library of this machine's kind, `problem` why not."""

    path: Path
    usable: bool
    problem: str = ""


def find_modules(environment: Iterable[tuple[str, str]] | None = None) -> list[ModuleFile]:
    """Find the modules that exist here, the one named in the environment first, each file once.

    SoftHSM is no token of anybody's and is left out, unless the environment says that somebody set one up.
    """
    values = dict(os.environ.items() if environment is None else environment)
    named = [Path(part) for part in values.get(ENVIRONMENT, "").split(os.pathsep) if part]
    known = _windows_files(values) if sys.platform == "win32" else map(Path, _LINUX_FILES)
    software = map(Path, _SOFTHSM_FILES if values.get(SOFTHSM_CONFIGURED) else ())
    existing = [path for path in (*named, *known, *software) if path.is_file()]
    return [look_at(path) for path in dict.fromkeys(path.resolve() for path in existing)]


def each_once(paths: Iterable[Path]) -> list[Path]:
    """Leave out what is the same file by another spelling: a module can be initialised once only in a process."""
    return list({os.path.normcase(path.resolve()): path for path in reversed(list(paths))}.values())[::-1]


def softhsm_module() -> Path | None:
    """Find SoftHSM's module, the software token of the demo and the tests; None when it is not installed."""
    return next((Path(name) for name in _SOFTHSM_FILES if Path(name).is_file()), None)


def look_at(path: Path) -> ModuleFile:
    """Tell from a file's first bytes whether this process can load it; nothing is loaded."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return ModuleFile(
            path, usable=False, problem="Không đọc được tệp trình điều khiển. Hãy kiểm tra quyền đọc tệp."
        )
    machine = _machine(head)
    if machine is None:
        return ModuleFile(path, usable=False, problem="Tệp không phải trình điều khiển. Hãy cài lại trình điều khiển.")
    if machine not in _machines_of_this_process():
        return ModuleFile(
            path,
            usable=False,
            problem="Trình điều khiển là bản 32 bit hoặc của loại máy khác. Hãy cài bản 64 bit của nơi cấp token.",
        )
    return ModuleFile(path, usable=True)


def _windows_files(values: dict[str, str]) -> Iterator[Path]:
    system = Path(values.get("SYSTEMROOT", "C:/Windows")) / "System32"
    yield from (system / name for name in _WINDOWS_NAMES)
    programs = Path(values.get("PROGRAMFILES", "C:/Program Files"))
    yield from (programs / name for name in _WINDOWS_PROGRAM_FILES)


def _machine(head: bytes) -> tuple[str, int] | None:
    """Read format and machine: ELF e_machine, or the PE header's Machine."""
    if head.startswith(b"\x7fELF") and len(head) >= 20:
        order = "<H" if head[5] == 1 else ">H"
        return "elf", struct.unpack_from(order, head, 18)[0]
    if head.startswith(b"MZ") and len(head) >= 64:
        offset = struct.unpack_from("<I", head, 60)[0]
        if head[offset : offset + 4] == b"PE\0\0" and len(head) >= offset + 6:
            return "pe", struct.unpack_from("<H", head, offset + 4)[0]
    return None


def _machines_of_this_process() -> set[tuple[str, int]]:
    if sys.platform == "win32":
        return {("pe", _PE_X64)}
    return {("elf", _ELF_ARM64 if os.uname().machine == "aarch64" else _ELF_X64)}
