"""Finds PKCS#11 modules on this machine. A file is looked at before it is loaded, and told of when it cannot be."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.signing.modulefile import Machine, problem_of
from desktop.signing.refusals import refusal
from desktop.signing.vendors import LINUX_FILES, SOFTHSM_FILES, provider_files, windows_32_bit_files, windows_files
from desktop.signing.windows import provider_images

ENVIRONMENT = "VUNGXA_PKCS11_MODULE"
"""Names one module file, or several separated as in PATH; looked at before the known ones."""
SOFTHSM_CONFIGURED = "SOFTHSM2_CONF"
"""SoftHSM's own variable; set, it says that this user works with software tokens."""

_NO_LIBRARY = "Tệp không phải trình điều khiển. Hãy cài lại trình điều khiển của nơi cấp token."
_UNREADABLE = "Không đọc được tệp trình điều khiển. Hãy xem tệp còn đó không và kiểm tra quyền đọc tệp."


@dataclass(frozen=True)
class ModuleFile:
    """A module found on disk; `usable` says that this process can load it, `problem` in words and `code` why not."""

    path: Path
    usable: bool
    problem: str = ""
    code: str = ""


def find_modules(environment: Iterable[tuple[str, str]] | None = None, picked: Sequence[Path] = ()) -> list[ModuleFile]:
    """Find the modules that exist here: those a person picked first, then those named in the environment, each once.

    A picked one is told of even when it is gone. SoftHSM is no token of anybody's and is left out, unless the
    environment says that somebody set one up.
    """
    values = dict(os.environ.items() if environment is None else environment)
    named = [Path(part) for part in values.get(ENVIRONMENT, "").split(os.pathsep) if part]
    software = map(Path, SOFTHSM_FILES if values.get(SOFTHSM_CONFIGURED) else ())
    sought = [*picked, *(path for path in (*named, *software) if path.is_file())]
    first = [look_at(path) for path in each_once(sought)]
    rest = windows_modules(values, provider_images()) if sys.platform == "win32" else _linux_modules()
    told = {_spelling(module.path) for module in first}
    return first + [module for module in rest if _spelling(module.path) not in told]


def windows_modules(
    values: Mapping[str, str], images: Iterable[str], machine: Machine | None = None
) -> list[ModuleFile]:
    """Find the known modules of a Windows machine, those of its key providers (`images`), and 32-bit ones left alone.

    A key provider's file that is no module is not told of: Windows brings many. A 32-bit module is, unless the 64-bit
    one of its name is there.
    """
    known = [look_at(path, machine) for path in each_once(path for path in windows_files(values) if path.is_file())]
    provided = [look_at(path, machine) for path in each_once(provider_files(images, values)) if path.is_file()]
    found = [*known, *(module for module in provided if module.usable)]
    names = {module.path.name.lower() for module in found if module.usable}
    old = [path for path in windows_32_bit_files(values) if path.is_file() and path.name.lower() not in names]
    found += [look_at(path, machine) for path in old]
    return list({_spelling(module.path): module for module in reversed(found)}.values())[::-1]


def each_once(paths: Iterable[Path]) -> list[Path]:
    """Leave out what is the same file by another spelling: a module can be initialised once only in a process."""
    return list({_spelling(path): path.resolve() for path in reversed(list(paths))}.values())[::-1]


def softhsm_module() -> Path | None:
    """Find SoftHSM's module, the software token of the demo and the tests; None when it is not installed."""
    return next((Path(name) for name in SOFTHSM_FILES if Path(name).is_file()), None)


def look_at(path: Path, machine: Machine | None = None) -> ModuleFile:
    """Tell from a file's contents whether this process (or `machine`) can load it as a module; nothing is loaded."""
    code = problem_of(path, machine)
    return ModuleFile(path, usable=not code, problem=_words(path, code) if code else "", code=code)


def _words(path: Path, code: str) -> str:
    if code != "module_unusable":
        return refusal(code).message
    readable = path.is_file() and os.access(path, os.R_OK)
    return _NO_LIBRARY if readable else _UNREADABLE


def _linux_modules() -> list[ModuleFile]:
    return [look_at(path) for path in each_once(path for path in map(Path, LINUX_FILES) if path.is_file())]


def _spelling(path: Path) -> str:
    return os.path.normcase(path.resolve())
