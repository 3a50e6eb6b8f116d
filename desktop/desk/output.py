"""Writes files that leave the program: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.desk.errors import DeskError
from desktop.store.durable import write_file


def write_whole(path: Path, data: bytes, *, durably: bool = False) -> None:
    """Writes a file whole or leaves what was there; only a file is ever replaced. Raises DeskError not_writable.

    `durably` waits until it is on the disk: for a stick that is pulled out next.
    """
    try:
        if not path.name or (path.exists() and not path.is_file()):
            raise DeskError("not_writable", f"{path} không phải là một tệp. Chọn tên tệp khác rồi thử lại.")
        (write_file if durably else _replace)(path, data)
    except OSError as error:
        raise DeskError(
            "not_writable", f"Không ghi được {path.name[:80]}. Chọn thư mục khác hoặc giải phóng đĩa rồi thử lại."
        ) from error


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        if os.path.lexists(temporary):
            temporary.unlink()
        raise
