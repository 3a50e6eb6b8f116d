"""The folder backups lie in: on a stick that may be pulled, full, read-only or not the one it was.

A place holds one folder a unit (`<unit code>/`), made when the place is chosen and never by a backup: a stick that is
not plugged in often leaves an empty folder behind, and a backup must not land on the disk it is to protect.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.store.durable import TEMPORARY, sync_folder
from desktop.store.errors import StoreError
from desktop.store.lock import only_one

ATTACHMENTS = "attachments"
ENDING = ".vxb"
LOCK = "writing.lock"
_OURS = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{14}|archive-[0-9]{4}\.vx\.[0-9a-f]{32}")
_BACKUP = re.compile(r".+\.vxb\.[0-9a-f]{8}\.tmp")
MESSAGES = {
    "backup_no_place": "Chưa chọn nơi lưu bản sao lưu. Chọn một thư mục, tốt nhất trên USB hoặc ổ đĩa khác.",
    "backup_no_home": "Chưa chỉ đơn vị nào. Thêm --home THƯ_MỤC, hoặc --to THƯ_MỤC --list để xem một nơi lưu.",
    "backup_place_gone": "Không thấy nơi lưu bản sao lưu. Cắm lại USB hoặc chọn nơi lưu khác; dữ liệu vẫn nguyên.",
    "backup_no_room": "Nơi lưu đã đầy nên chưa sao lưu được. Dọn bớt tệp hoặc chọn nơi lưu khác; dữ liệu vẫn nguyên.",
    "backup_read_only": "Nơi lưu chỉ cho đọc. Gạt khóa ghi của USB hoặc chọn nơi lưu khác; dữ liệu vẫn nguyên.",
    "backup_place_inside": "Nơi lưu nằm trong thư mục dữ liệu của đơn vị. Chọn thư mục khác, tốt nhất trên USB.",
    "backup_place_faulty": "Nơi lưu ghi sai: đọc lại không giống đã ghi. Thay USB khác rồi sao lưu lại.",
    "backup_busy": "Đang có một lần sao lưu khác chạy. Chờ nó xong rồi thử lại.",
    "backup_cancelled": "Đã dừng sao lưu theo yêu cầu. Không có bản nào dở dang, các bản trước vẫn nguyên.",
    "backup_damaged": "Bản sao lưu này bị hỏng hoặc thiếu. Chọn bản khác; dữ liệu trên máy không bị ảnh hưởng.",
    "backup_other_unit": "Bản sao lưu này của đơn vị khác. Chọn bản sao lưu của đơn vị đang mở.",
    "backup_newer": "Bản sao lưu do bản chương trình mới hơn ghi. Cập nhật chương trình rồi thử lại.",
    "restore_folder_used": "Thư mục này không trống. Chọn một thư mục mới để khôi phục, không ghi đè gì lên cái đã có.",
    "restore_cancelled": "Đã dừng khôi phục theo yêu cầu. Chưa có gì được tạo ra, bản sao lưu vẫn nguyên.",
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
_OF_A_DISK = {
    "disk_full": "backup_no_room",
    "read_only": "backup_read_only",
    "no_store": "backup_place_gone",
    "disk_error": "backup_place_gone",
    "already_sending": "backup_busy",
}


def trouble(code: str) -> StoreError:
    """Make the error of a code of this page."""
    return StoreError(code, MESSAGES[code])


@contextmanager
def at_place() -> Iterator[None]:
    """Say what went wrong at the place as such, so that nobody takes it for the unit's own disk."""
    try:
        yield
    except OSError as error:
        raise trouble(_code(error.errno or 0)) from error
    except StoreError as error:
        if error.code in _OF_A_DISK:
            raise trouble(_OF_A_DISK[error.code]) from error
        raise


def _code(number: int) -> str:
    if number in _FULL:
        return "backup_no_room"
    return "backup_read_only" if number in _CLOSED else "backup_place_gone"


def prepare_place(place: Path, unit_code: str, store_folder: Path) -> Path:
    """Make a unit's folder at a place that exists, and return the place as an absolute path.

    Raises StoreError backup_place_gone, backup_place_inside, backup_read_only, backup_no_room.
    """
    with at_place():
        place = place.resolve()
        if not place.is_dir():
            raise trouble("backup_place_gone")
        _refuse_inside(place, store_folder)
        folder = place / unit_code
        for each in (folder, folder / ATTACHMENTS):
            each.mkdir(mode=0o700, exist_ok=True)
        with only_one(folder / LOCK):
            sync(folder)
    return place


def unit_folder(place: Path, unit_code: str, store_folder: Path) -> Path:
    """Return a unit's folder at a prepared place. Raises StoreError backup_place_gone, backup_place_inside."""
    _refuse_inside(place, store_folder)
    folder = place / unit_code
    with at_place():
        if not folder.is_dir():
            raise trouble("backup_place_gone")
    return folder


def _refuse_inside(place: Path, store_folder: Path) -> None:
    if place.resolve().is_relative_to(store_folder.resolve()):
        raise trouble("backup_place_inside")


@contextmanager
def writing_at(folder: Path) -> Iterator[None]:
    """Be the only one who writes or thins in a unit's folder, and clear what an interrupted one left.

    Raises StoreError backup_busy.
    """
    with at_place():
        lock = only_one(folder / LOCK)
        lock.__enter__()
    try:
        with at_place():
            (folder / ATTACHMENTS).mkdir(mode=0o700, exist_ok=True)
            clear(folder)
            clear(folder / ATTACHMENTS)
        yield
    finally:
        with suppress(OSError):
            lock.__exit__(None, None, None)


def is_ours(name: str) -> bool:
    """Tell whether a name in `attachments` is one that backups give: a digest, and what tells its sealing or kind."""
    return _OURS.fullmatch(name) is not None


def clear(folder: Path) -> None:
    """Delete temporary files that a backup left in a folder whose lock is held; other programs' stay."""
    for path in folder.glob("*" + TEMPORARY):
        if is_ours(path.name.removesuffix(TEMPORARY)) or _BACKUP.fullmatch(path.name):
            path.unlink()


def free_bytes(place: Path) -> int:
    """Return how much room is left at a place, -1 when it is not there."""
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return -1


def same_disk(place: Path, store_folder: Path) -> bool:
    """Tell whether place and data lie on one disk, which is lost as a whole; False when the place is not there."""
    try:
        return place.stat().st_dev == store_folder.stat().st_dev
    except OSError:
        return False


def sync(folder: Path) -> None:
    """Make renames durable where the file system of a stick or a share can; some cannot and do it by themselves."""
    try:
        sync_folder(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def settle(handle: int) -> None:
    """Write an open file through to the medium and forget what memory holds of it, so that reading asks the medium."""
    os.fsync(handle)
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
