"""Commands on the unit's book: entries of the estimate, the book itself, reconciliation."""

from __future__ import annotations

from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options


def add_commands(add: Add) -> None:
    """Adds `estimate`, `book` and `reconcile`."""
    _add_estimate(add)
    book = add("book", lazy("book", "book"), "sổ: dự toán, theo tháng, tiền gửi, biến động, tạm ứng, hợp đồng")
    book.add_argument(
        "what",
        nargs="?",
        default="lines",
        choices=("lines", "months", "deposits", "movements", "advances", "contracts"),
        help="bảng cần xem",
    )
    book.add_argument("--year", type=int, default=0, metavar="NĂM", help="năm ngân sách, mặc định năm nay")
    book.add_argument("--account", default="", metavar="TÀI_KHOẢN", help="tài khoản của bảng biến động")
    book.add_argument("--text", default="", metavar="CHỮ", help="chỉ những dòng có các chữ này, không cần dấu")
    book.add_argument("--export", type=Path, default=None, metavar="TỆP", help="ghi tất cả các bảng ra tệp .xlsx")
    reconcile = add("reconcile", lazy("book", "reconcile"), "đối chiếu với Kho bạc: tình trạng, lập bảng, khoản lệch")
    reconcile.add_argument("--form", default="", metavar="MẪU", help="lập bảng từ sổ: M26, M28, M30, M31 hoặc M32")
    reconcile.add_argument("--year", type=int, default=0, metavar="NĂM", help="năm ngân sách, mặc định năm nay")
    reconcile.add_argument("--quarter", type=int, default=0, metavar="QUÝ", help="quý 1 đến 4, của Mẫu 26, 28")
    reconcile.add_argument("--month", type=int, default=0, metavar="THÁNG", help="tháng 1 đến 12, của Mẫu 32")
    reconcile.add_argument("--compare", default="", metavar="HỒ_SƠ", help="khoản lệch của một hồ sơ, theo local_id")
    for sub in (book, reconcile):
        unit_options(sub)


def _add_estimate(add: Add) -> None:
    estimate = add(
        "estimate", lazy("book", "estimate"), "dự toán được giao: xem bút toán, ghi thêm, hủy, nhập bảng tính"
    )
    estimate.add_argument("action", choices=("import", "list", "add", "undo"))
    estimate.add_argument(
        "what", nargs="?", default="", metavar="TỆP|SỐ", help="tệp cần nhập, hoặc số bút toán cần hủy"
    )
    estimate.add_argument("--year", type=int, default=0, metavar="NĂM", help="năm ngân sách khi tệp không ghi")
    estimate.add_argument("--account", default="", metavar="TÀI_KHOẢN", help="tài khoản khi tệp không ghi")
    estimate.add_argument("--letters", default="", metavar="BẢNG_MÃ", help="unicode, tcvn3, vni hoặc cp1258")
    estimate.add_argument(
        "--columns", default="", metavar="GHÉP", help="cột nào là gì, ví dụ B=source,C=sector,F=amount"
    )
    estimate.add_argument("--dry-run", action="store_true", help="import: chỉ xem sẽ ghi gì")
    estimate.add_argument(
        "--kind", default="bổ sung", metavar="LOẠI", help="giao, chuyển nguồn, bổ sung, điều chỉnh, tạm cấp"
    )
    estimate.add_argument(
        "--amount", default="", metavar="TIỀN", help="số tiền, đồng; giảm thì ghi âm, ví dụ --amount=-5000000"
    )
    for name, metavar, words in (
        ("source", "MÃ", "mã nguồn NSNN"),
        ("sector", "MÃ", "mã ngành kinh tế"),
        ("econ", "MÃ", "mã nội dung kinh tế, nếu giao theo mục"),
        ("program", "MÃ", "mã CTMT, dự án"),
        ("document", "SỐ", "số quyết định"),
        ("date", "NGÀY", "ngày quyết định"),
        ("note", "CHỮ", "ghi chú"),
    ):
        estimate.add_argument(f"--{name}", default="", metavar=metavar, help=words)
    unit_options(estimate)
