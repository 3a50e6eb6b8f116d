"""The month of the commune's office: twenty-two dossiers."""

from __future__ import annotations

from desktop.demo.cases import HAI_LAM, MINH_AN, SONG_LAT
from desktop.demo.month import advances, capital, purchases, salaries, tables
from desktop.demo.month.entry import FIRST, KNOWN, LAST_DAY, Entry
from desktop.demo.month.purchases import Bought
from desktop.demo.month.salaries import OTHERS
from desktop.demo.payroll import GROUPS
from desktop.dossier.document import Row

RUNNING: Row = {"econ": "6001", "sector": "341", "source": "13"}
OFFICE: Row = {**RUNNING, "econ": "6551"}
MEETING: Row = {**RUNNING, "econ": "6699"}
REPAIR: Row = {**RUNNING, "econ": "6907"}
BENEFIT: Row = {"econ": "7149", "sector": "371", "source": "13"}
DEPOSIT: Row = {"source": "13"}
HANH = advances.recipient("Lò Thị Hạnh", "038190001234")
PO = advances.recipient("Thao A Pó", "038085001234")
MAI = advances.recipient("Hà Thị Mai", "038188004321")
MISMATCH = "Đối chiếu dự toán quý, ghi thiếu một chứng từ"
FORGOTTEN, FORGOTTEN_AMOUNT = "6551", 5_250_000

COMMUNE = (
    Entry(0, "xã", "Ủy quyền trích tiền điện", "utilities_auto", lambda _begun: (), FIRST),
    Entry(
        0,
        "xã",
        "Lương, phụ cấp 60 người",
        "salary",
        salaries.by_list("RDT0101", "Lương, phụ cấp", RUNNING, GROUPS, (2_340, 9_800)),
        KNOWN,
    ),
    Entry(
        0,
        "xã",
        "Bảo hiểm và thuế theo lương",
        "insurance_tax",
        salaries.insurance_and_tax("RDT0102", RUNNING, 86_400_000, 3_275_000),
        KNOWN,
    ),
    Entry(
        0,
        "xã",
        "Tạm ứng tập huấn phòng cháy rừng",
        "advance_cash",
        advances.advanced("RDT0103", "Tập huấn phòng cháy, chữa cháy rừng", MEETING, 20_000_000, HANH),
        KNOWN,
    ),
    Entry(
        0,
        "xã",
        "Tạm ứng hội nghị giao ban",
        "advance_cash",
        advances.advanced("RDT0104", "Hội nghị giao ban cụm bản", {**MEETING, "econ": "6651"}, 15_000_000, PO),
        KNOWN,
    ),
    Entry(
        0,
        "xã",
        "Tạm ứng hội thao dân quân",
        "advance_cash",
        advances.advanced("RDT0105", "Hội thao dân quân tự vệ", {**MEETING, "econ": "6658"}, 12_000_000, MAI),
        KNOWN,
    ),
    Entry(
        0,
        "xã",
        "Tạm ứng hợp đồng làm đường bản Nàng 1",
        "invest_advance",
        capital.advance("DN0101", "GRV0101"),
        {"work": "contract", "project": "first"},
        scan_bytes=20_000,
    ),
    Entry(
        1,
        "xã",
        "Trợ cấp 400 người có công, bảo trợ xã hội",
        "benefits",
        salaries.by_list(
            "RDT0106", "Trợ cấp ưu đãi, bảo trợ xã hội", BENEFIT, ((OTHERS, 400),), (500, 2_400), first=60
        ),
        KNOWN,
    ),
    Entry(
        1,
        "xã",
        "Văn phòng phẩm, mực in",
        "supplier_contract",
        purchases.bought(
            "RDT0107", Bought("Giấy, mực in", OFFICE, 15_400_000, HAI_LAM), under="17/2026/HĐMB", decision="88/QĐ-UBND"
        ),
        KNOWN,
        record_bytes=40_000,
    ),
    Entry(
        1,
        "xã",
        "Thanh toán tạm ứng tập huấn, nhiều hơn",
        "settle_advance",
        advances.settled("TT0101", "Tập huấn phòng cháy, chữa cháy rừng", MEETING, 20_000_000, 23_150_000, "RDT0108"),
        {"branch": "more"},
    ),
    Entry(
        1,
        "xã",
        "Thanh toán tạm ứng hội nghị, bằng nhau",
        "settle_advance",
        advances.settled("TT0102", "Hội nghị giao ban cụm bản", {**MEETING, "econ": "6651"}, 15_000_000, 15_000_000),
        {"branch": "equal"},
    ),
    Entry(
        1,
        "xã",
        "Thanh toán tạm ứng hội thao, ít hơn",
        "settle_advance",
        advances.settled("TT0103", "Hội thao dân quân tự vệ", {**MEETING, "econ": "6658"}, 12_000_000, 9_450_000),
        {"branch": "less"},
    ),
    Entry(
        2,
        "xã",
        "Sửa chữa nhà văn hóa bản Muống",
        "supplier_contract",
        purchases.bought(
            "RDT0109",
            Bought("Sửa mái, thay cửa nhà văn hóa", REPAIR, 23_300_000, SONG_LAT, tax=233_000),
            "M14",
            under="21/2026/HĐSC",
            decision="91/QĐ-UBND",
        ),
        KNOWN | {"remit": "yes"},
        record_bytes=90_000,
    ),
    Entry(
        2,
        "xã",
        "Trả tiền bảo hành đường bản",
        "deposit_payment",
        purchases.bought("UNC0101", Bought("Trả tiền bảo hành đường bản", DEPOSIT, 13_500_000, SONG_LAT), "M17"),
        {"money": "other"},
    ),
    Entry(
        2,
        "xã",
        "Sửa chợ từ nguồn phí để lại",
        "deposit_payment",
        purchases.bought("UNC0102", Bought("Sửa ki-ốt chợ xã", DEPOSIT, 18_700_000, MINH_AN, tax=187_000), "M18"),
        {"money": "own", "remit": "yes"},
    ),
    Entry(
        2,
        "xã",
        "Nộp trả tạm ứng hội thao còn lại",
        "return",
        advances.paid_back("NT0101", "Nộp trả tạm ứng hội thao", {**MEETING, "econ": "6658"}, 2_550_000, "Hà Thị Mai"),
        {"returned": "advance"},
    ),
    Entry(
        2,
        "xã",
        "Điều chỉnh tiểu mục kệ hồ sơ",
        "recode",
        advances.moved("DC0101", "RDT0107", "Kệ hồ sơ, dụng cụ nhỏ", OFFICE, "6552", 4_000_000),
    ),
    Entry(
        2,
        "xã",
        "Thanh toán khối lượng đường bản Nàng 1",
        "invest_completed",
        capital.completed("DN0102", "GRV0102", "TH0101"),
        {"done": "contract", "recover": "yes", "project": "known"},
        scan_bytes=20_000,
    ),
    Entry(3, "xã", "Thay đổi chủ tài khoản", "change_account", tables.another_holder, {"change": "holder"}),
    Entry(LAST_DAY, "xã", MISMATCH, "quarter", tables.quarter(FORGOTTEN, FORGOTTEN_AMOUNT), expect="mismatch"),
    Entry(LAST_DAY, "xã", "Số dư tiền gửi tháng", "balance", tables.balance, {"month": "this"}),
    Entry(5, "xã", "Đối chiếu dự toán quý, đã sửa", "quarter", tables.quarter(), corrects=MISMATCH),
)
