"""The dossiers that the demo fills in code, as data: what an accountant of a commune types in one week."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.demo.unit import BUDGET_YEAR
from desktop.dossier.document import Document, Row, Value
from desktop.dossier.filling import blank
from desktop.dossier.pack import load_pack
from desktop.dossier.people import Unit

WITHDRAWAL, PAYMENT_ORDER, SETTLEMENT, LIST = "C2-02a/NS", "C4-02a/KB", "C2-03/NS", "M20"


@dataclass(frozen=True)
class Case:
    """One dossier: its main form, what is filled in, and what the sandbox Treasury is expected to decide."""

    title: str
    form: str
    fields: dict[str, Value]
    choices: dict[str, str]
    lines: list[Row]
    expect: str = "paid"
    with_scan: bool = False
    urgent: bool = False


def payee(name: str, tax_code: str, account: str, bank: str) -> dict[str, Value]:
    """Whom a voucher pays by transfer."""
    return {"payee_name": name, "payee_tax_code": tax_code, "payee_account": account, "payee_bank": bank}


def contract(number: str, date: str, total: int, party: str) -> dict[str, Value]:
    """The contract a voucher rests on."""
    return {
        "contract_no": number,
        "contract_kind": "hop_dong",
        "contract_date": date,
        "contract_total": total,
        "contract_party": party,
    }


def acceptance(number: str, date: str, total: int, party: str) -> dict[str, Value]:
    """The acceptance record that goes with it."""
    return {"acceptance_no": number, "acceptance_date": date, "acceptance_total": total, "acceptance_party": party}


def _line(
    content: str, invoice: str, date: str, econ: str, amount: int, sector: str = "341", source: str = "13"
) -> Row:
    return {
        "content": content,
        "invoice_no": invoice,
        "invoice_date": date,
        "econ": econ,
        "sector": sector,
        "source": source,
        "amount": amount,
    }


TRANSFER = {"estimate_kind": "official", "spending_kind": "actual", "payment_mode": "transfer"}
ADVANCE = TRANSFER | {"spending_kind": "advance"}
MINH_AN = payee("Công ty TNHH Minh An", "2801234567", "0011004567890", "Ngân hàng TMCP Ngoại thương Việt Nam")
HAI_LAM = payee(
    "Công ty TNHH Thương mại Hải Lâm",
    "2802345678",
    "3508205017746",
    "Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam",
)
SONG_LAT = payee(
    "HTX Dịch vụ Sông Lát", "2803456789", "3508211002233", "Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam"
)
VNPT = payee("VNPT Thanh Hóa", "2800567891", "118000012345", "Ngân hàng TMCP Công Thương Việt Nam")

CASES = (
    Case(
        "Văn phòng phẩm, mực in quý IV",
        WITHDRAWAL,
        {"document_no": "RDT0013", "general_content": "Thanh toán văn phòng phẩm, mực in quý IV/2026", **HAI_LAM},
        TRANSFER,
        [
            _line("Giấy A4, bìa hồ sơ", "00001287", "2026-11-18", "6551", 6_150_000),
            _line("Mực in, thay trống máy in", "00001288", "2026-11-18", "6551", 5_250_000),
            _line("Kệ hồ sơ, dụng cụ nhỏ", "00001289", "2026-11-18", "6552", 4_000_000),
        ],
    ),
    Case(
        "Cước điện thoại, internet tháng 10",
        WITHDRAWAL,
        {"document_no": "RDT0014", "general_content": "Cước điện thoại, internet tháng 10/2026", **VNPT},
        TRANSFER,
        [_line("Cước điện thoại, internet tháng 10/2026", "00045127", "2026-11-05", "6601", 3_412_500)],
    ),
    Case(
        "Sửa chữa nhà văn hóa bản Muống",
        WITHDRAWAL,
        {
            "document_no": "RDT0015",
            "general_content": "Thanh toán sửa chữa nhà văn hóa bản Muống",
            **contract("17/2026/HĐSC", "2026-10-12", 23_300_000, "HTX Dịch vụ Sông Lát"),
            **acceptance("12/BBNT", "2026-11-12", 23_300_000, "HTX Dịch vụ Sông Lát"),
            **SONG_LAT,
        },
        TRANSFER,
        [_line("Sửa mái, thay cửa nhà văn hóa bản Muống", "00000417", "2026-11-13", "6907", 23_300_000)],
        with_scan=True,
    ),
    Case(
        "Làm biển chỉ dẫn đường vào 3 bản",
        WITHDRAWAL,
        {"document_no": "RDT0016", "general_content": "Làm biển chỉ dẫn đường vào 3 bản", **SONG_LAT},
        TRANSFER,
        [
            _line(
                "Biển chỉ dẫn đường vào 3 bản", "00000421", "2026-11-16", "7049", 18_700_000, sector="281", source="12"
            )
        ],
        expect="returned",
    ),
    Case(
        "Bảo dưỡng máy phát điện",
        WITHDRAWAL,
        {
            "document_no": "RDT0017",
            "general_content": "Bảo dưỡng máy phát điện theo hợp đồng 21/2026",
            **contract("21/2026/HĐBD", "2026-11-02", 8_300_000, "Công ty TNHH Minh An"),
            **MINH_AN,
        },
        TRANSFER,
        [_line("Bảo dưỡng máy phát điện", "00002210", "2026-11-17", "6913", 8_300_000)],
        expect="supplement",
    ),
    Case(
        "Tạm ứng tổ chức hội nghị nông dân",
        WITHDRAWAL,
        {
            "document_no": "RDT0018",
            "general_content": "Tạm ứng kinh phí tổ chức hội nghị nông dân",
            "cash_recipient_name": "Lò Thị Hạnh",
            "cash_recipient_id_no": "038190001234",
            "cash_recipient_id_date": "2022-05-20",
            "cash_recipient_id_place": "Cục Cảnh sát QLHC về TTXH",
        },
        ADVANCE | {"payment_mode": "cash"},
        [_line("Tạm ứng hội nghị nông dân", "", "", "6699", 7_500_000)],
    ),
    Case(
        "Thanh toán tạm ứng hội nghị giao ban",
        SETTLEMENT,
        {
            "document_no": "TTTU0003",
            "advance_balance_date": "2026-11-20",
            "payee_list_date": "2026-11-18",
        },
        {},
        [
            {
                "content": "Chi hội nghị giao ban cụm bản quý IV",
                "voucher_no": "BK05",
                "voucher_date": "2026-11-18",
                "econ_advanced": "6699",
                "econ_requested": "6658",
                "sector": "341",
                "source": "13",
                "advance_balance": 6_000_000,
                "requested_amount": 6_000_000,
            }
        ],
    ),
    Case(
        "Trả tiền bảo hành đường bản Nàng 1",
        PAYMENT_ORDER,
        {
            "document_no": "UNC0008",
            "made_date": "2026-11-20",
            "general_content": "Trả tiền bảo hành đường bản Nàng 1",
            **SONG_LAT,
        },
        {"payment_mode": "transfer"},
        [{"content": "Trả tiền bảo hành đường bản Nàng 1", "source": "13", "budget_year": 2026, "amount": 3_500_000}],
    ),
    Case(
        "Hoàn trả đóng góp xây dựng nhà văn hóa",
        PAYMENT_ORDER,
        {
            "document_no": "UNC0009",
            "made_date": "2026-11-20",
            "general_content": "Hoàn trả tiền đóng góp xây dựng nhà văn hóa",
            **MINH_AN,
        },
        {"payment_mode": "transfer"},
        [
            {
                "content": "Hoàn trả đóng góp xây dựng nhà văn hóa",
                "source": "13",
                "budget_year": 2026,
                "amount": 5_200_000,
            }
        ],
    ),
)


def document(case: Case, unit: Unit, today: str) -> Document:
    """The case's main form: what the unit knows by itself, then what is typed."""
    start = of_the_year(blank(load_pack().form(case.form), unit, today))
    return start.model_copy(
        update={
            "fields": start.fields | case.fields,
            "choices": start.choices | case.choices,
            "tables": {"lines": [dict(line) for line in case.lines]},
        }
    )


def of_the_year(start: Document) -> Document:
    """The same with the story's budget year, so that the demo tells the same story in any year."""
    fields = {key: BUDGET_YEAR if key == "budget_year" else value for key, value in start.fields.items()}
    return start.model_copy(update={"fields": fields})
