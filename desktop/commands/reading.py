"""Reads a file named on the command line: bounded, and every failure in words."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from desktop.dossier.errors import VungXaError

MAX_JSON_BYTES = 8 * 1024 * 1024
MAX_NAME = 80
"""Letters of a file's name that a message shows."""


class FileProblem(VungXaError):
    """A file the user named cannot be used: not_found, not_readable, too_large, bad_json."""


def existing(path: Path) -> Path:
    """The path itself, if it is a readable file. Raises FileProblem."""
    try:
        there, plain = path.exists(), path.is_file()
    except OSError as error:  # a folder that may not be entered, a name no disk can hold
        raise _not_readable(path) from error
    if not there:
        raise FileProblem("not_found", f"Không thấy tệp {_short(path)}. Kiểm tra lại đường dẫn rồi thử lại.")
    if not plain:
        raise FileProblem("not_readable", f"{_short(path)} không phải là một tệp. Chọn đúng tệp rồi thử lại.")
    if not os.access(path, os.R_OK):
        raise _not_readable(path)
    return path


def _not_readable(path: Path) -> FileProblem:
    return FileProblem("not_readable", f"Không đọc được tệp {_short(path)}. Kiểm tra quyền mở tệp rồi thử lại.")


def _short(path: Path) -> str:
    name = path.name or str(path)
    return name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}…"


def read_bytes(path: Path, limit: int) -> bytes:
    """The whole file, at most `limit` bytes. Raises FileProblem."""
    try:
        with existing(path).open("rb") as handle:
            data = handle.read(limit + 1)
    except OSError as error:
        raise _not_readable(path) from error
    if len(data) > limit:
        raise FileProblem(
            "too_large", f"Tệp {path.name} lớn hơn {limit // 1024 // 1024} MB nên không đọc. Chọn đúng tệp chứng từ."
        )
    return data


def refuse_same(source: Path, target: Path) -> None:
    """Raises FileProblem when the answer would be written over the very file it is made of."""
    try:
        same = target.samefile(source)
    except OSError:  # not there yet, or no name for a file at all
        return
    if same:
        raise FileProblem("not_writable", f"{_short(target)} chính là tệp đang đọc. Chọn tên tệp khác rồi thử lại.")


def read_json_object(path: Path) -> dict[str, Any]:
    """A JSON object from a UTF-8 file (a BOM is allowed). Raises FileProblem.

    A name given twice is refused: readers disagree on which one counts, and an amount must not depend on the reader.
    """
    data = read_bytes(path, MAX_JSON_BYTES)
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_once)
    except _TwiceError as error:
        raise FileProblem(
            "bad_json", f"Tệp {path.name} ghi hai lần mục «{error.name[:40]}». Xóa một mục rồi thử lại."
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileProblem("bad_json", f"Tệp {path.name} không phải JSON hợp lệ. Xuất lại tệp rồi thử lại.") from error
    if not isinstance(value, dict):
        raise FileProblem("bad_json", f"Tệp {path.name} phải chứa một đối tượng JSON. Xuất lại tệp rồi thử lại.")
    return value


class _TwiceError(ValueError):
    """A name stands twice in one JSON object."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(Counter(names).most_common(1)[0][0])
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(name)
