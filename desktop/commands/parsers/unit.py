"""Commands of a unit: the store, its dossiers, what comes and goes."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.commands.parsers.adding import Add, lazy, unit_options
from desktop.commands.parsers.users import first_user


def add_commands(add: Add) -> None:
    """Adds what is done with the store of one unit."""
    init = add("init", lazy("unit", "init"), "tạo kho dữ liệu mã hóa của một đơn vị")
    init.add_argument("--unit", type=Path, required=True, metavar="unit.json")
    first_user(init)
    enrol = add("enrol", lazy("unit", "enrol"), "đăng ký máy này với Kho bạc bằng mã một lần")
    enrol.add_argument("--url", required=True)
    enrol.add_argument(
        "--pin", required=True, metavar="SHA256", help="vân tay chứng thư của máy chủ, ghi trên giấy đăng ký"
    )
    sync = add("sync", lazy("delivery", "sync"), "gửi và nhận khi có mạng, không cần cửa sổ")
    sync.add_argument("--until-idle", action="store_true", help="dừng khi không còn gì để gửi và nhận")
    papers = add("papers", lazy("papers", "papers"), "biên lai, thông báo từ Kho bạc và nơi thu gửi về")
    papers.add_argument("--seq", type=int, default=0, metavar="SỐ", help="số thứ tự của giấy cần in")
    papers.add_argument("--pdf", type=Path, default=None, metavar="TỆP_PDF", help="in giấy --seq ra PDF")
    refunds = add("refunds", lazy("papers", "refunds"), "các khoản hoàn trả thu ngân sách đang theo dõi")
    status = add("status", lazy("times", "status"), "trạng thái từng hồ sơ, hạn trả kết quả, việc sắp đến hạn")
    calendar = add("calendar", lazy("times", "calendar"), "giờ nhận hồ sơ, ngày nghỉ hoán đổi, loại đơn vị")
    calendar.add_argument("--cutoff", default=None, metavar="GIỜ", help="giờ Kho bạc thôi nhận hồ sơ, ví dụ 15:00")
    calendar.add_argument("--workdays", type=Path, default=None, metavar="TỆP", help="bảng ngày nghỉ, làm bù (JSON)")
    calendar.add_argument("--unit-kind", default=None, metavar="LOẠI", help="ordinary, investor hoặc compensation")
    export = add("export-package", lazy("delivery", "export_package"), "ghi một gói đã ký ra tệp ASiC-E")
    export.add_argument("--package", required=True, metavar="ID")
    export.add_argument("--out", type=Path, required=True)
    receipt = add("export-receipt", lazy("delivery", "export_receipt"), "ghi biên nhận của một gói ra tệp")
    receipt.add_argument("--package", required=True, metavar="ID")
    receipt.add_argument("--out", type=Path, required=True)
    receipt.add_argument("--key", type=Path, default=None, metavar="KHÓA.pem", help="ghi cả khóa của Kho bạc")
    creating = _add_creating_commands(add)
    for sub in (init, enrol, sync, papers, refunds, status, calendar, export, receipt, *creating):
        unit_options(sub)


def _add_creating_commands(add: Add) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    add("purposes", lazy("creating", "list_purposes"), "những việc có thể lập hồ sơ, và câu hỏi của từng việc")
    new = add("new", lazy("creating", "new"), "lập hồ sơ theo việc cần làm")
    new.add_argument("--purpose", required=True, metavar="VIỆC", help="xem «vungxa purposes»")
    new.add_argument("--answer", action="append", default=[], metavar="CÂU_HỎI=TRẢ_LỜI")
    copy = add("copy", lazy("creating", "copy"), "lập hồ sơ từ hồ sơ tháng trước")
    copy.add_argument("dossier", metavar="HỒ_SƠ", help="số hồ sơ, hoặc local_id")
    copy.add_argument("--month", default=None, metavar="NĂM-THÁNG", help="tháng của hồ sơ mới, mặc định tháng kế tiếp")
    copy.add_argument("--amounts", choices=("carry", "clear"), default="carry", help="giữ hay xóa số tiền")
    copy.add_argument("--dates", choices=("move", "clear"), default="move", help="dời hay xóa ngày của giấy tờ")
    return new, copy
