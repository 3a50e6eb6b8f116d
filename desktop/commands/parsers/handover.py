"""The command for hand-overs between two machines of a unit."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds `handover`."""
    handover = add("handover", lazy("handover", "handover"), "chuyển hồ sơ sang máy khác của đơn vị để ký, và nhận lại")
    handover.add_argument(
        "action", nargs="?", default="list", choices=("list", "out", "look", "in", "take-back", "drop")
    )
    handover.add_argument("what", nargs="*", default=[], metavar="HỒ_SƠ|TỆP", help="số hồ sơ, local_id hoặc tệp .vxky")
    handover.add_argument("-o", "--out", type=Path, default=None, metavar="TỆP", help="tệp .vxky cần ghi (với out)")
    handover.add_argument("--locked", action="store_true", help="tệp có mật khẩu riêng, hỏi sau mật khẩu của đơn vị")
    handover.add_argument(
        "--replace", action="append", default=[], metavar="HỒ_SƠ", help="thay bản cũ của hồ sơ này bằng bản trong tệp"
    )
    unit_options(handover)
