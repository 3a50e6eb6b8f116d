"""Commands on who signs for a unit."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options

ACTIONS = ("list", "add", "change", "certificate", "accepted", "end", "delegate", "end-delegation")


def add_commands(add: Add) -> None:
    """Adds `people`, with one word for what is done."""
    people = add("people", lazy("people", "people"), "người ký của đơn vị: chứng thư, ủy quyền, thay đổi")
    people.add_argument("action", nargs="?", choices=ACTIONS, default="list")
    people.add_argument("--person", default="", metavar="MÃ", help="mã người, xem «vungxa people list»")
    people.add_argument("--name", default="", metavar="HỌ_TÊN")
    people.add_argument("--role", action="append", default=[], metavar="CHỨC_DANH", help="như roles của unit.json")
    people.add_argument("--awaiting", action="store_true", help="chờ Kho bạc chấp nhận Mẫu 24")
    people.add_argument("--certificate", type=Path, default=None, metavar="TỆP", help="chứng thư PEM hoặc DER")
    people.add_argument("--token", default=None, metavar="SỐ_TOKEN", help="lấy chứng thư từ token đang cắm")
    people.add_argument("--confirm", action="store_true", help="xác nhận dù chứng thư ghi tên khác")
    people.add_argument("--reason", default="", metavar="LÝ_DO")
    people.add_argument("--for", dest="by", default="", metavar="MÃ", help="người ủy quyền")
    people.add_argument("--from", dest="valid_from", default="", metavar="NGÀY")
    people.add_argument("--to", dest="valid_to", default="", metavar="NGÀY")
    people.add_argument("--document", default="", metavar="SỐ", help="số giấy ủy quyền")
    people.add_argument("--form", action="append", default=[], metavar="MẪU", help="chỉ mẫu này, ví dụ M16")
    people.add_argument("--procedure", action="append", default=[], metavar="THỦ_TỤC", help="chỉ thủ tục này, ví dụ P3")
    people.add_argument("--max-amount", default="", metavar="SỐ_TIỀN", help="nhiều nhất bao nhiêu đồng một hồ sơ")
    people.add_argument("--delegation", type=int, default=0, metavar="SỐ")
    unit_options(people)
