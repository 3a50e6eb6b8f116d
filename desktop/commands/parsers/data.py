"""Commands on whether a unit's data is whole, and on what to do when it is not."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds `check-store`, `salvage` and `archive`."""
    check = add("check-store", lazy("data", "check_store"), "kiểm tra dữ liệu của đơn vị còn nguyên không")
    check.add_argument("--quick", action="store_true", help="chỉ kiểm tra nhanh như mỗi lần mở")
    unit_options(check)
    salvage = add("salvage", lazy("data", "salvage"), "cứu những gì còn đọc được của dữ liệu bị hỏng vào thư mục mới")
    salvage.add_argument("--into", type=Path, required=True, metavar="THƯ_MỤC_MỚI", help="thư mục chưa có gì")
    unit_options(salvage)
    archive = add("archive", lazy("archive", "archive"), "cất hồ sơ năm cũ vào kho lưu riêng, xem lại hoặc lấy về")
    archive.add_argument("action", nargs="?", default="list", choices=("list",), help="các năm đã cất và cất được")
    what = archive.add_mutually_exclusive_group()
    what.add_argument("--year", type=int, metavar="NĂM", help="cất các hồ sơ đã xong của một năm")
    what.add_argument("--back", type=int, metavar="NĂM", help="lấy một năm đã cất về")
    what.add_argument("--show", metavar="NĂM/HỒ_SƠ", help="xem một hồ sơ đã cất, như tìm kiếm chỉ ra")
    unit_options(archive)
