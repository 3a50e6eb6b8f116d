"""The command for the list of what waits for one person's signature."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds `digest`."""
    digest = add(
        "digest", lazy("digest", "digest"), "bảng kê trình ký: hồ sơ chờ một người ký, người nhận mới, thay đổi"
    )
    unit_options(digest)
    digest.add_argument("--person", required=True, metavar="MÃ", help="mã người ký trong đơn vị, ví dụ p3")
    digest.add_argument("--pdf", type=Path, default=None, metavar="TỆP", help="tệp PDF cần ghi; không có thì chỉ kể ra")
    digest.add_argument(
        "what", nargs="*", default=[], metavar="HỒ_SƠ", help="số hồ sơ hoặc local_id; không có thì tất cả"
    )
