"""The month of the school: thirteen dossiers."""

from __future__ import annotations

from desktop.demo.cases import MINH_AN, VNPT, payee
from desktop.demo.month import advances, purchases, salaries, tables
from desktop.demo.month.entry import FIRST, KNOWN, LAST_DAY, Entry
from desktop.demo.month.purchases import Bought
from desktop.demo.month.salaries import OFFICIALS, WORKERS
from desktop.dossier.document import Row

TEACHING: Row = {"econ": "6001", "sector": "072", "source": "13"}
DEPOSIT: Row = {"source": "13"}
BOOKS = payee("Công ty CP Sách Thanh Hóa", "2800233445", "118000056789", "Ngân hàng TMCP Công Thương Việt Nam")
UOC = advances.recipient("Phạm Thị Ước", "038186007788")

SCHOOL = (
    Entry(
        0,
        "trường",
        "Ủy quyền trích tiền nước",
        "utilities_auto",
        lambda _begun: (),
        FIRST | {"service": "water"},
    ),
    Entry(
        0,
        "trường",
        "Lương 80 giáo viên, nhân viên",
        "salary",
        salaries.by_list("RDT0201", "Lương, phụ cấp", TEACHING, ((OFFICIALS, 80),), (6_400, 15_900)),
        KNOWN,
    ),
    Entry(
        0,
        "trường",
        "Bảo hiểm và thuế theo lương",
        "insurance_tax",
        salaries.insurance_and_tax("RDT0202", TEACHING, 196_300_000, 8_420_000),
        KNOWN,
    ),
    Entry(
        0,
        "trường",
        "Tạm ứng ngày hội đọc sách",
        "advance_cash",
        advances.advanced("RDT0203", "Ngày hội đọc sách", {**TEACHING, "econ": "7012"}, 6_000_000, UOC),
        KNOWN,
    ),
    Entry(
        0,
        "trường",
        "Sách, thiết bị dạy học",
        "supplier_contract",
        purchases.bought(
            "RDT0204",
            Bought("Sách tham khảo, thiết bị dạy học", {**TEACHING, "econ": "7012"}, 64_800_000, BOOKS),
            under="09/2026/HĐMB",
            decision="27/QĐ-THML",
        ),
        KNOWN,
        record_bytes=40_000,
    ),
    Entry(
        1,
        "trường",
        "Tiền công 35 lao động hợp đồng",
        "salary",
        salaries.by_list(
            "RDT0205", "Tiền công", {**TEACHING, "econ": "6051"}, ((WORKERS, 35),), (3_860, 5_200), first=80
        ),
        KNOWN,
    ),
    Entry(
        1,
        "trường",
        "Thanh toán tạm ứng ngày hội, bằng nhau",
        "settle_advance",
        advances.settled("TT0201", "Ngày hội đọc sách", {**TEACHING, "econ": "7012"}, 6_000_000, 6_000_000),
        {"branch": "equal"},
    ),
    Entry(
        1,
        "trường",
        "Cước điện thoại, internet",
        "supplier_no_contract",
        purchases.bought("RDT0206", Bought("Cước điện thoại, internet", {**TEACHING, "econ": "6601"}, 2_180_000, VNPT)),
        KNOWN,
    ),
    Entry(
        2,
        "trường",
        "Thực phẩm bán trú",
        "deposit_payment",
        purchases.bought("UNC0201", Bought("Thực phẩm bán trú", DEPOSIT, 46_250_000, MINH_AN), "M17"),
        {"money": "other"},
    ),
    Entry(
        2,
        "trường",
        "Tiền dạy thêm giờ 42 người",
        "benefits",
        salaries.by_list("UNC0202", "Tiền dạy thêm giờ", DEPOSIT, ((OFFICIALS, 42),), (600, 2_900), "M17", moved=6),
        KNOWN | {"account": "deposit"},
    ),
    Entry(
        3,
        "trường",
        "Bảo dưỡng máy lọc nước",
        "supplier_no_contract",
        purchases.bought("RDT0207", Bought("Bảo dưỡng máy lọc nước", {**TEACHING, "econ": "6913"}, 4_300_000, MINH_AN)),
        KNOWN,
    ),
    Entry(LAST_DAY, "trường", "Đối chiếu dự toán quý", "quarter", tables.quarter()),
    Entry(LAST_DAY, "trường", "Số dư tiền gửi tháng", "balance", tables.balance, {"month": "this"}),
)
