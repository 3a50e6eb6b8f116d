"""Commands of copies: `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds making, listing and opening backups, and making a unit out of one."""
    backup = add("backup", lazy("backup", "backup"), "sao lưu đơn vị, liệt kê hoặc mở thử bản sao lưu")
    backup.add_argument("--to", type=Path, default=None, metavar="THƯ_MỤC", help="nơi lưu chỉ cho lần này")
    backup.add_argument("--place", type=Path, default=None, metavar="THƯ_MỤC", help="nơi lưu từ nay về sau")
    backup.add_argument("--list", action="store_true", help="liệt kê các bản sao lưu; với --to thì không cần mật khẩu")
    backup.add_argument("--verify", type=Path, default=None, metavar="TỆP", help="mở thử một bản sao lưu")
    unit_options(backup, required=False)
    restore = add("restore", lazy("backup", "restore"), "khôi phục đơn vị từ bản sao lưu vào thư mục mới")
    restore.add_argument("--from", dest="source", type=Path, required=True, metavar="TỆP", help="bản sao lưu (.vxb)")
    restore.add_argument("--code", action="store_true", help="mở bằng mã khôi phục thay cho mật khẩu")
    unit_options(restore)
