"""Why a store cannot be opened or written, in words a clerk can act on; one place turns database codes into them.

VungXaError
└── StoreError            code, Vietnamese message
    ├── WrongPassword     wrong_password
    ├── DamagedEnvelope   keys_damaged
    └── FactError         a step that the facts do not allow (not_your_turn, draft_frozen, …)
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.dossier.errors import VungXaError


class StoreError(VungXaError):
    """The environment or the file is at fault; `code` is stable, the message says what to do next."""


class WrongPassword(StoreError):
    """No slot of the envelope opens with this password; the file itself is sound."""

    def __init__(
        self,
        code: str = "wrong_password",
        message: str = "Mật khẩu chưa đúng. Gõ lại, chú ý phím Caps Lock và bộ gõ tiếng Việt.",
    ) -> None:
        super().__init__(code, message)


class DamagedEnvelope(StoreError):
    """Neither copy of the key envelope can be read; a password cannot help."""

    def __init__(
        self,
        code: str = "keys_damaged",
        message: str = "Tệp khóa keys.json bị hỏng, không phải sai mật khẩu. Khôi phục thư mục dữ liệu từ bản sao lưu.",
    ) -> None:
        super().__init__(code, message)


class FactError(StoreError):
    """The step asked for does not follow from what already happened; nothing was changed."""


MESSAGES = {
    "disk_full": "Ổ đĩa đã đầy nên chưa lưu được. Dọn bớt tệp rồi lưu lại, dữ liệu đã lưu trước đó vẫn nguyên.",
    "read_only": "Thư mục dữ liệu chỉ cho đọc nên chưa lưu được. Cấp quyền ghi cho thư mục rồi thử lại.",
    "disk_error": "Ổ đĩa báo lỗi đọc ghi. Kiểm tra dây, ổ đĩa hoặc USB rồi thử lại; dữ liệu đã lưu vẫn nguyên.",
    "disk_gone": "Không thấy thư mục dữ liệu, có thể USB đã rút. Cắm lại rồi thử tiếp; dữ liệu đã lưu vẫn nguyên.",
    "file_locked": "Chương trình khác, thường là phần mềm diệt virus, đang giữ tệp dữ liệu. Chờ vài giây rồi thử lại.",
    "store_busy": "Dữ liệu đang được một cửa sổ khác ghi. Chờ vài giây rồi thử lại.",
    "store_damaged": "Mật khẩu đúng nhưng tệp unit.vx bị hỏng. Khôi phục từ bản sao lưu, hoặc chạy «vungxa salvage».",
    "wrong_key": "Tệp dữ liệu không thuộc về tệp khóa này. Chép lại cả thư mục dữ liệu từ bản sao lưu, không chép lẻ.",
    "keys_unsettled": "Ổ đĩa báo lỗi lúc ghi khóa: thay đổi có thể đã có hiệu lực. Làm lại lần nữa; khi mở khóa, thử "
    "mật khẩu mới rồi mật khẩu cũ.",
    "cannot_open": "Không mở được tệp dữ liệu. Kiểm tra thư mục còn tồn tại và có quyền đọc ghi.",
    "fact_immutable": "Hồ sơ đã ký, đã gửi hoặc biên nhận thì không sửa được. Hãy tạo bản sửa.",
    "draft_frozen": "Hồ sơ đã trình ký nên không sửa được. Rút lại để soạn tiếp, hoặc tạo bản sửa.",
    "constraint": "Dữ liệu không khớp với những gì đã lưu. Mở lại hồ sơ rồi thử lại.",
    "store_fault": "Kho dữ liệu báo lỗi. Mở lại chương trình; nếu còn lỗi, gửi nhật ký cho người hỗ trợ.",
    "no_store": "Chưa có dữ liệu đơn vị trong thư mục này. Chọn đúng thư mục, cắm lại USB nếu có, hoặc tạo đơn vị mới.",
    "bad_folder": "Không tạo hoặc không mở được thư mục này. Kiểm tra lại đường dẫn hoặc chọn thư mục khác.",
    "store_exists": "Thư mục này đã có dữ liệu của một đơn vị. Chọn thư mục khác.",
    "store_newer": "Dữ liệu do bản chương trình mới hơn ghi. Cập nhật chương trình rồi mở lại.",
    "not_found": "Không tìm thấy hồ sơ này. Làm mới danh sách rồi thử lại.",
}
"""What each code of the environment says; codes of a single place stand where they are raised."""

_PRIMARY = {
    sqlcipher.SQLITE_FULL: "disk_full",
    sqlcipher.SQLITE_READONLY: "read_only",
    sqlcipher.SQLITE_PERM: "read_only",
    sqlcipher.SQLITE_IOERR: "disk_error",
    sqlcipher.SQLITE_BUSY: "store_busy",
    sqlcipher.SQLITE_LOCKED: "store_busy",
    sqlcipher.SQLITE_CORRUPT: "store_damaged",
    sqlcipher.SQLITE_NOTADB: "store_damaged",
    sqlcipher.SQLITE_CANTOPEN: "cannot_open",
    sqlcipher.SQLITE_CONSTRAINT: "constraint",
}
_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOENT: "no_store",
    errno.ENOTDIR: "bad_folder",
    errno.EEXIST: "bad_folder",
    errno.ENAMETOOLONG: "bad_folder",
    errno.ENODEV: "disk_gone",
    errno.ENXIO: "disk_gone",
    errno.EBUSY: "file_locked",
    errno.ETXTBSY: "file_locked",
}
_WINDOWS = {32: "file_locked", 33: "file_locked", 21: "disk_gone", 433: "disk_gone", 1167: "disk_gone"}
"""Sharing and lock violation; not ready, no such device, not connected. Python calls the first two EACCES."""


_FACT_CODES = {"fact_immutable", "draft_frozen"}


def fault(code: str) -> StoreError:
    """Make the error of a known code."""
    return (FactError if code in _FACT_CODES else StoreError)(code, MESSAGES[code])


def from_database(error: sqlcipher.Error) -> StoreError:
    """Turn a database error into words by its SQLite result code (https://sqlite.org/rescode.html)."""
    text = str(error)
    if text in _FACT_CODES:
        return fault(text)
    number = getattr(error, "sqlite_errorcode", None)
    if number is None:
        return fault("store_damaged" if "not a database" in text else "store_fault")
    return fault(_PRIMARY.get(number & 0xFF, "store_fault"))


def from_system(error: OSError) -> StoreError:
    """Turn an operating system error into words by its errno, on Windows first by that system's own number."""
    known = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    return fault(known or _ERRNO.get(error.errno or 0, "disk_error"))


@contextmanager
def in_words(missing: str = "no_store") -> Iterator[None]:
    """Let no raw database or file error leave the room: each becomes a StoreError, its text kept out.

    `missing` is what a folder that is not there means: of a store that is open, that its disk is gone ("disk_gone").
    A ProgrammingError (another thread's connection, a closed one) is a defect of ours and stays one.
    """
    try:
        yield
    except sqlcipher.ProgrammingError:
        raise
    except sqlcipher.Error as error:
        raise from_database(error) from error
    except FileNotFoundError as error:
        raise fault(missing) from error
    except OSError as error:
        raise from_system(error) from error
