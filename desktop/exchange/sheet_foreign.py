"""Reads .xls and .ods files through a process of its own, with a limit of time and memory."""

from __future__ import annotations

import multiprocessing
from typing import Any

from desktop.exchange.errors import SpreadsheetError
from desktop.exchange.limits import CHILD_SECONDS

_MESSAGES = {
    "encrypted": "Bảng tính có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại.",
    "too_large": "Bảng tính quá lớn nên không được mở. Hãy lưu lại dạng .xlsx, chỉ giữ trang có danh sách.",
    "truncated": "Bảng tính bị hỏng hoặc không phải .xlsx, .xls, .ods. Hãy mở bằng Excel rồi lưu lại dạng .xlsx.",
}


def refusal(code: str) -> SpreadsheetError:
    """Build the error for a code of the reading process: encrypted, too_large or truncated."""
    return SpreadsheetError(code, _MESSAGES[code])


def read_foreign(content: bytes) -> list[list[list[Any]]]:
    """Give the rows of each visible sheet. Raises SpreadsheetError encrypted, too_large, truncated."""
    from desktop.exchange.sheet_child import serve  # the library behind it is loaded only when there is such a file

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True, name="vungxa-sheet")
    process.start()
    theirs.close()
    try:
        ours.send_bytes(content)
        if not ours.poll(CHILD_SECONDS):
            raise refusal("too_large")
        code, sheets = ours.recv()
    except (EOFError, OSError):
        # It ran out of its memory, or the library gave up on the file: the process is gone either way.
        raise refusal("too_large") from None
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    if code:
        raise refusal(code)
    rows: list[list[list[Any]]] = sheets
    return rows
