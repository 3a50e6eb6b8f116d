"""A small road built with investment capital: an advance under the contract, then completed work that recovers part.

Source: NĐ 254/2025/NĐ-CP Điều 8, 9; Mẫu 03.a, 04.a, 04.b, 05.a/TT. Amounts in VND.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.demo.month.units import PROJECT_ACCOUNT, PROJECT_CODE, PROJECT_NAME
from desktop.demo.month.writing import Begun, Writer, together, written
from desktop.dossier.document import Document, Row, Value

CONTRACT, CONTRACTOR = "05/HĐXD", "Công ty TNHH Xây dựng Pù Hu"
CONTRACT_VALUE, ADVANCE = 1_310_000_000, 300_000_000
WORK, RECOVERED, TAX = 450_000_000, 130_000_000, 3_200_000
"""Value of the work done, what of the advance is recovered from it, and the tax withheld from what is paid."""
_DONE = (
    ("Đào nền đường, đất cấp III", "6200", "1800", 85_000),
    ("Bê tông mặt đường M250", "522", "198", 1_500_000),
)
_PAYEE: dict[str, Value] = {
    "payee_name": CONTRACTOR,
    "payee_account": "3508205099881",
    "payee_bank": "Agribank, chi nhánh Mường Lát",
}


def advance(request: str, withdrawal: str) -> Writer:
    """04.a/TT and 05.a/TT for an advance under the contract."""

    def write(begun: Begun) -> Sequence[Document]:
        figures = {"accumulated_domestic": 0, "advance_balance": 0, "total_requested": ADVANCE}
        figures |= {"recovery_domestic": 0, "payee_total": ADVANCE, "payee_domestic": ADVANCE}
        asked = _request(begun, request, figures, "Tạm ứng xây lắp theo hợp đồng", 0, ADVANCE)
        paid = _withdrawal(begun, withdrawal, "Tạm ứng xây lắp theo hợp đồng", ADVANCE, 0)
        return together(asked, paid)

    return write


def completed(request: str, withdrawal: str, recovery: str) -> Writer:
    """03.a, 04.a, 04.b and 05.a/TT for completed work."""

    def write(begun: Begun) -> Sequence[Document]:
        net = WORK - RECOVERED
        figures = {"accumulated_domestic": ADVANCE, "advance_balance": ADVANCE, "total_requested": WORK}
        figures |= {"recovery_domestic": RECOVERED, "payee_total": net, "payee_domestic": net}
        asked = _request(begun, request, figures, "Xây lắp nền, mặt đường", ADVANCE, WORK)
        asked = written(asked, {"completed_work_ref": "BBNT 01"})
        paid = _withdrawal(begun, withdrawal, "Khối lượng hoàn thành nền, mặt đường", net - TAX, TAX)
        return together(asked, paid, _recovery(begun, recovery), _work(begun))

    return write


def _codes(begun: Begun) -> Row:
    chapter = begun.desk.unit().chapter
    return {"econ": "9301", "chapter": chapter, "sector": "292", "source": "43", "plan_year": begun.today.year}


def _contract(begun: Begun) -> dict[str, Value]:
    return {"contract_no": CONTRACT, "contract_date": f"{begun.today.year}-01-15"}


def _request(begun: Begun, number: str, figures: dict[str, int], content: str, before: int, requested: int) -> Document:
    unit = begun.desk.unit()
    fields: dict[str, Value] = {
        "document_no": number,
        "project_name": PROJECT_NAME,
        "project_code": PROJECT_CODE,
        "domestic_account": PROJECT_ACCOUNT,
        "domestic_bank": unit.treasury_name,
        "estimate_decision_no": "77/QĐ-UBND",
        "estimate_decision_date": f"{begun.today.year}-01-05",
        "capital_source": "Ngân sách xã",
        "plan": f"Kế hoạch vốn năm {begun.today.year}",
        "vat": 0,
    }
    line: Row = {
        "content": content,
        "approved_value": CONTRACT_VALUE,
        "accumulated_domestic": before,
        "requested_domestic": requested,
        "requested_foreign": 0,
    }
    return written(begun.form("I04A"), fields, _contract(begun), figures, _PAYEE, lines=[line])


def _withdrawal(begun: Begun, number: str, content: str, paid: int, tax: int) -> Document:
    project: dict[str, Value] = {
        "document_no": number,
        "project_name": PROJECT_NAME,
        "project_code": PROJECT_CODE,
        "account": PROJECT_ACCOUNT,
    }
    taxes: dict[str, Value] = {
        "taxpayer_name": CONTRACTOR,
        "taxpayer_code": "2802345679",
        "declaration_no": f"TK {begun.today:%m/%Y}-0107",
        "payable_id": "2802345679261107",
        "tax_econ": "1701",
        "tax_chapter": "555",
        "collecting_authority": "Thuế cơ sở 9 tỉnh Thanh Hóa",
        "collecting_authority_code": "1054321",
        "tax_period": f"Tháng {begun.today:%m/%Y}",
        "accounting_treasury": begun.desk.unit().treasury_name,
    }
    line: Row = {**_codes(begun), "content": content, "tax_amount": tax, "payee_amount": paid}
    return written(begun.form("I05A"), project, taxes if tax else {}, _PAYEE, lines=[line])


def _recovery(begun: Begun, number: str) -> Document:
    line: Row = {
        **_codes(begun),
        "content": "Thu hồi tạm ứng xây lắp",
        "advance_balance": ADVANCE,
        "requested_amount": RECOVERED,
    }
    return written(begun.form("I04B"), {"document_no": number}, lines=[line])


def _work(begun: Begun) -> Document:
    figures: dict[str, Value] = {
        "s1_contract_value": CONTRACT_VALUE,
        "s2_advance_outstanding": ADVANCE,
        "s3_paid_before": 0,
        "s4_cumulative_work": WORK,
        "s5_advance_recovery": RECOVERED,
        "s6_requested": WORK - RECOVERED,
        "s6_advance": 0,
        "s6_completed": WORK - RECOVERED,
        "s7_cumulative_disbursed": ADVANCE - RECOVERED + WORK,
        "s7_advance": ADVANCE - RECOVERED,
        "s7_completed": WORK,
    }
    head: dict[str, Value] = {
        "acceptance_no": "BBNT 01",
        "acceptance_date": begun.before(4),
        "payment_round": 1,
        "contractor": CONTRACTOR,
    }
    lines: list[Row] = [
        {"stt": str(place), "work": work, "unit": "m³", "q_contract": planned, "q_before": "0", "q_now": done}
        | {"price": price}
        for place, (work, planned, done, price) in enumerate(_DONE, 1)
    ]
    return written(begun.form("I03A"), head, _contract(begun), figures, lines=lines)
