"""Loads a vendor's module, after a look at the file. Runs only in the token process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pkcs11

from desktop.signing.driver_refusals import DriverError
from desktop.signing.modulefile import problem_of
from desktop.signing.windows import preload


def load(module: str) -> Any:
    """Load and initialise a module. Raises DriverError module_unusable, module_wrong_bits, module_no_functions."""
    if code := problem_of(Path(module)):
        raise DriverError(code)
    try:
        preload(module)
        return pkcs11.lib(module)
    except (pkcs11.PKCS11Error, RuntimeError, OSError, ValueError):
        raise DriverError("module_unusable") from None
