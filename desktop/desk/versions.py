"""Which program and libraries run here: the first thing anybody who helps asks."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from desktop import __version__

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


def versions() -> dict[str, str]:
    """Versions by name; "" for a library that is not installed."""
    found = {"vungxa": __version__, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
