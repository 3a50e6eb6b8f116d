"""Where the drivers of Vietnamese certificate authorities put their PKCS#11 modules.

The list was gathered from public source code and guides of state offices; a machine has at most a few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PureWindowsPath

WINDOWS_NAMES = (
    # VGCA (Ban Cơ yếu): SafeNet before 2022, bit4id after
    "eTPKCS11.dll", "bit4xpki.dll", "IDPrimePKCS1164.dll",
    # VNPT-CA
    "vnptca_p11_v10.dll", "vnptca_p11_v9.dll", "vnptca_p11_v8.dll", "vnptca_p11_v7.dll", "vnptca_p11_v6.dll",
    "vnpt-ca_csp11.dll", "vnpt-ca_v34.dll", "vnpt-ca_v4.dll", "vnpt-ca_cl_v1.dll",
    # Viettel-CA
    "viettel-ca_v6.dll", "viettel-ca_v5.dll", "viettel-ca_v4.dll", "viettel-ca_v3.dll", "viettel-ca_v2.dll",
    "viettel-ca_v1.dll", "viettel-ca.dll",
    # BKAV
    "BkavCA.dll", "BkavCAv2S.dll", "bkavcaetoken.dll", "bkavcsp.dll", "st3csp11.dll",
    # FPT
    "fptca_v6.dll", "fptca_v5.dll", "fptca_v4.dll", "fptca_v3.dll", "fpt-ca_v5.dll", "fpt-ca_v4.dll", "fpt-ca.dll",
    "fpt-ca-stx.dll",
    # CA2, NCCA (Nacencomm)
    "CA2_v34.dll", "CA2_csp11.dll", "ncca_csp11_v1.dll", "nca_v9.dll", "nca_v8.dll", "nca_v7.dll", "nca_v6.dll",
    "nca_v5.dll", "nca_v4.dll",
    # Vina-CA (SmartSign), Safe-CA, FastCA, EFY, MISA, Newtel, I-CA
    "vina-ca_v5.dll", "vina-ca_v4.dll", "vina-ca_v3.dll", "vina-ca_v2.dll", "vina-ca_v1.dll",
    "safe-ca_v2.dll", "safe-ca_v1.dll", "safe-ca.dll", "fca_v1.dll", "efy-ca_v1.dll", "misaca_csp11_v2.dll",
    "newca_v4.dll", "ica_csp11_v1.dll",
    # makers of tokens, whoever sold them
    "eps2003csp11.dll", "eps2003csp11v2.dll", "ShuttleCsp11_3003.dll", "gclib.dll", "wdpkcs.dll", "SignatureP11.dll",
    "acospkcs11.dll", "aetpkss1.dll",
)  # fmt: skip
"""File names in System32; of one maker the newest first."""
_PROGRAM_FILES = (
    "Bkav Corporation/BkavCA Token Manager/st3csp11.dll",
    "OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll",
    "Yubico/Yubico PIV Tool/bin/libykcs11.dll",
)
_LINUX_NAMES = (
    "libeTPkcs11.so", "libeToken.so", "bit4id/libbit4xpki.so", "libbit4xpki.so", "libcastle.so.1.0.0",
    "libIDPrimePKCS11.so", "libykcs11.so", "opensc-pkcs11.so", "pkcs11/opensc-pkcs11.so",
)  # fmt: skip
_LINUX_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/local/lib")
LINUX_FILES = tuple(f"{folder}/{name}" for name in _LINUX_NAMES for folder in _LINUX_FOLDERS)
"""The makers' own modules first: OpenSC knows many tokens a little."""
SOFTHSM_FILES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


def windows_files(values: Mapping[str, str]) -> Iterator[Path]:
    """Name the places of 64-bit modules; `values` is the environment."""
    yield from (_system(values) / name for name in WINDOWS_NAMES)
    programs = Path(values.get("PROGRAMFILES", "C:/Program Files"))
    yield from (programs / name for name in _PROGRAM_FILES)


def windows_32_bit_files(values: Mapping[str, str]) -> Iterator[Path]:
    """Name the places of 32-bit modules: worth telling of, as the machine's owner takes the driver for installed."""
    folder = Path(values.get("SYSTEMROOT", "C:/Windows")) / "SysWOW64"
    yield from (folder / name for name in WINDOWS_NAMES)
    programs = Path(values.get("PROGRAMFILES(X86)", "C:/Program Files (x86)"))
    yield from (programs / name for name in _PROGRAM_FILES)


def provider_files(images: Iterable[str], values: Mapping[str, str]) -> Iterator[Path]:
    """Name the modules that come with Windows' key providers, from the image paths in its registry.

    Drivers made by EnterSafe register `X_s.dll`, a shell for Windows alone, and put the module beside it as `X.dll`.
    A path without a folder means System32.
    """
    for image in images:
        path = PureWindowsPath(_expand(image.strip().strip('"'), values))
        folder = Path(str(path.parent).replace("\\", "/")) if path.root else _system(values)
        if path.stem.lower().endswith("_s"):
            yield folder / (path.stem[:-2] + path.suffix)
        yield folder / path.name


def _system(values: Mapping[str, str]) -> Path:
    return Path(values.get("SYSTEMROOT", "C:/Windows")) / "System32"


def _expand(text: str, values: Mapping[str, str]) -> str:
    """Put the environment in place of %NAME%, as Windows does."""
    return re.sub("%([^%]+)%", lambda name: values.get(name[1].upper(), name[0]), text)
