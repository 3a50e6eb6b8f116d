"""Search over everything, and scans made smaller."""

from __future__ import annotations

import argparse

from desktop.commands.parsers.adding import Add, lazy, unit_options

KINDS = ("dossier", "payee", "notice", "contract", "attachment", "archive")
MOST = 500


def add_commands(add: Add) -> None:
    """Adds `find` and `shrink`."""
    find = add("find", lazy("finding", "find"), "tìm trong mọi thứ của đơn vị: số, số tiền, người nhận, chữ bất kỳ")
    find.add_argument("text", metavar="CHỮ", help="không cần dấu; số tiền viết 12.500.000 hoặc 12500000")
    find.add_argument("--kind", action="append", choices=KINDS, help="chỉ tìm loại này; dùng được nhiều lần")
    find.add_argument("--limit", type=_limit, default=50, metavar="SỐ", help="nhiều nhất bấy nhiêu kết quả")
    shrink = add("shrink", lazy("finding", "shrink"), "thu nhỏ bản quét đính kèm của một hồ sơ đang soạn")
    shrink.add_argument("number", metavar="HỒ_SƠ", help="số của hồ sơ")
    shrink.add_argument("--put-back", action="store_true", help="dùng lại bản quét gốc")
    for sub in (find, shrink):
        unit_options(sub)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST):
        raise argparse.ArgumentTypeError(f"phải là một số từ 1 đến {MOST}")
    return int(text)
