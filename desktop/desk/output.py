"""Writes files that leave the program: whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.desk.errors import DeskError
from desktop.store.durable import publish, write_new, write_temporary


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file whole or leaves what was there; only a file is ever replaced. Raises DeskError not_writable."""
    with _in_words(path):
        _replace(path, data)


def write_private(path: Path, data: bytes) -> None:
    """Writes a secret where a person chose, readable by them alone, and under no other name.

    A file that was there is gone before; one that could not be written whole is taken away.
    Raises DeskError not_writable.
    """
    with _in_words(path):
        path.unlink(missing_ok=True)
        write_new(path, data)


@contextmanager
def written_beside(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Writes a file durably under another name and gives what puts it in its place; nothing stays when that is not run.

    For a slow stick: what must be recorded together with the file is recorded after the long part. Raises DeskError
    not_writable.
    """
    with _in_words(path):
        temporary = write_temporary(path, data)

    def put() -> None:
        with _in_words(path):
            publish(temporary, path)

    try:
        yield put
    finally:
        with _in_words(path):
            temporary.unlink(missing_ok=True)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        if not path.name or (path.exists() and not path.is_file()):
            raise DeskError("not_writable", f"{path} không phải là một tệp. Chọn tên tệp khác rồi thử lại.")
        yield
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
