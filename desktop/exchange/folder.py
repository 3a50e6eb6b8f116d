"""Finds the files to read when folders are named: bounded, in a steady order, and without following links."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.exchange.errors import ExchangeError

MAX_FILES = 2_000
"""Files of one call; a small unit exports a few hundred vouchers a year."""
MAX_FOLDERS = 5_000
"""Folders that are entered; accounting programs make one per form and day."""
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Give the files named and those in the folders named, each once; hidden files and links inside are left out.

    Raises ExchangeError: not_found, no_files, too_many_files.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _under(path):
            found[file] = None
            if len(found) > MAX_FILES:
                raise _too_many(f"hơn {MAX_FILES} tệp")
    if not found:
        raise ExchangeError("no_files", "Thư mục không có tệp nào. Hãy chọn thư mục chứa tệp cần đọc.")
    return list(found)


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; one whose name no disk can hold is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _under(path: Path) -> Iterator[Path]:
    if not is_folder(path):
        if not _exists(path):
            raise ExchangeError("not_found", f"Không thấy {path.name[:80]}. Kiểm tra lại đường dẫn rồi thử lại.")
        yield path
        return
    for count, (folder, folders, names) in enumerate(os.walk(path)):
        if count > MAX_FOLDERS:
            raise _too_many(f"hơn {MAX_FOLDERS} thư mục con")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if _is_wanted(name) and file.is_file() and not file.is_symlink():
                yield file


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _is_wanted(name: str) -> bool:
    """Leave out what the system and office programs put beside the files of people."""
    return not name.startswith((".", "~$")) and name.casefold() not in _OF_THE_SYSTEM


def _too_many(what: str) -> ExchangeError:
    return ExchangeError("too_many_files", f"Thư mục có {what} nên không đọc hết được. Hãy chọn từng thư mục nhỏ hơn.")
