"""Commands on who may open a unit, and with what."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options

USER_ACTIONS = ("list", "add", "change", "disable", "enable", "remove", "end-shared")
"""What is done to users."""
KEY_ACTIONS = ("password", "recover", "recovery-code", "confirm-code", "token", "drop-token")
"""What is done to the ways in."""
_DUTY = "preparer, chief_accountant, account_holder, administrator, viewer; ghi được nhiều lần"


def add_commands(add: Add) -> None:
    """Adds `user`, with one word for what is done, `rotate-key` and `units`."""
    actions = (*USER_ACTIONS, *KEY_ACTIONS)
    user = add("user", lazy("users", "user"), "người dùng: ai mở được đơn vị này, bằng gì, để làm gì")
    user.add_argument("action", choices=actions, metavar="VIỆC", help="một trong: " + ", ".join(actions))
    user.add_argument("--user", default="", metavar="MÃ", help="mã người dùng; bỏ trống là mật khẩu chung")
    user.add_argument("--name", default="", metavar="HỌ_TÊN")
    user.add_argument("--duty", action="append", default=[], metavar="NHIỆM_VỤ", help=_DUTY)
    user.add_argument("--person", default=None, metavar="MÃ", help="là người ký nào; «none» là không ai")
    user.add_argument("--out", type=Path, default=None, metavar="TỆP", help="ghi mã khôi phục ra trang PDF")
    user.add_argument("--token", default="", metavar="SỐ_TOKEN", help="token đang cắm (token)")
    unit_options(user)
    unit_options(add("rotate-key", lazy("keys", "rotate_key"), "đổi khóa dữ liệu khi có người thôi dùng"))
    units = add("units", lazy("units", "units"), "các đơn vị trên máy này")
    units.add_argument("--add", type=Path, default=None, metavar="THƯ_MỤC", help="ghi thêm vào danh sách")
    units.add_argument("--forget", type=Path, default=None, metavar="THƯ_MỤC", help="bỏ khỏi danh sách; dữ liệu còn")


def first_user(init: argparse.ArgumentParser) -> None:
    """Adds to `init` whose password it is; without it everybody shares one."""
    init.add_argument("--user", default="", metavar="HỌ_TÊN", help="người dùng đầu tiên; bỏ trống là mật khẩu chung")
    init.add_argument(
        "--duty", action="append", default=[], metavar="NHIỆM_VỤ", help=f"không ghi là administrator; {_DUTY}"
    )
    init.add_argument("--person", default="", metavar="MÃ", help="người dùng này là người ký nào")
