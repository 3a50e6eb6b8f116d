"""The command on the journal."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options
from desktop.dossier.journal_words import KINDS


def add_commands(add: Add) -> None:
    """Adds `journal`."""
    journal = add("journal", lazy("journal", "journal"), "nhật ký: ai làm gì, lúc nào; kiểm tra, niêm phong, xuất")
    journal.add_argument("action", nargs="?", default="verify", choices=("verify", "list", "export", "seal"))
    journal.add_argument("text", nargs="*", default=[], metavar="CHỮ", help="chỉ mục có các chữ này (list)")
    journal.add_argument("--online", action="store_true", help="hỏi cả Kho bạc (verify), xin ký xác nhận (seal)")
    journal.add_argument("--out", type=Path, default=None, metavar="TỆP", help="tệp .csv, .xlsx hoặc .pdf (export)")
    journal.add_argument("--from", dest="since", default="", metavar="NGÀY", help="từ ngày (export)")
    journal.add_argument("--to", dest="until", default="", metavar="NGÀY", help="đến hết ngày (export)")
    journal.add_argument("--who", default="", metavar="AI", help="chỉ mục của người này, Kho bạc hay máy (list)")
    journal.add_argument("--kind", default="", choices=tuple(KINDS), help="chỉ mục thuộc loại việc này (list)")
    journal.add_argument("--before", type=int, default=0, metavar="MỤC", help="các mục cũ hơn mục này (list)")
    journal.add_argument("--limit", type=int, default=50, metavar="SỐ", help="bao nhiêu mục, tối đa 2000 (list)")
    unit_options(journal)
