"""The command on whom a unit trusts."""

from __future__ import annotations

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds `trust`."""
    trust = add("trust", lazy("trust", "trust"), "đơn vị tin ai: chứng thư gốc, danh sách thu hồi, dấu thời gian")
    actions = ("show", "import", "add-root", "remove-root", "set", "refresh")
    trust.add_argument("action", nargs="?", default="show", choices=actions)
    trust.add_argument("what", nargs="?", default="", metavar="TỆP|SỐ|MỤC", help="tệp, số của gốc, hoặc tên mục")
    trust.add_argument("value", nargs="*", default=[], metavar="GIÁ_TRỊ", help="giá trị của mục (set)")
    trust.add_argument("--yes", action="store_true", help="đã so số của chứng thư gốc và đồng ý tin (add-root)")
    trust.add_argument("--by", default="", metavar="NGƯỜI", help="ai thêm hay bỏ, ghi vào nhật ký")
    unit_options(trust)
