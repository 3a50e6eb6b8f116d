"""Cash advanced, settled in its three ways, and what is left of it paid back; a posting moved to another item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.demo.cases import HAI_LAM
from desktop.demo.month.writing import Begun, Writer, together, written
from desktop.dossier.document import Document, Row, Value

Person = Mapping[str, Value]


def recipient(name: str, id_no: str) -> dict[str, Value]:
    """Who takes the cash."""
    return {
        "cash_recipient_name": name,
        "cash_recipient_id_no": id_no,
        "cash_recipient_id_date": "2022-05-20",
        "cash_recipient_id_place": "Cục Cảnh sát QLHC về TTXH",
    }


def advanced(number: str, content: str, codes: Row, amount: int, person: Person) -> Writer:
    """Mẫu 13, tạm ứng, tiền mặt."""

    def write(begun: Begun) -> Sequence[Document]:
        words = {"document_no": number, "general_content": f"Tạm ứng {content[0].lower()}{content[1:]}"}
        line: Row = {**codes, "content": content, "amount": amount}
        return together(written(begun.form("M13"), words, person, lines=[line]))

    return write


def settled(number: str, content: str, codes: Row, advance: int, asked: int, voucher: str = "") -> Writer:
    """Mẫu 10; what is asked beyond the advance is paid by a voucher of its own (Điều 6.2.e)."""

    def write(begun: Begun) -> Sequence[Document]:
        line: Row = {
            "content": content,
            "voucher_no": f"BK {number}",
            "voucher_date": begun.before(2),
            "econ_advanced": codes["econ"],
            "econ_requested": codes["econ"],
            "sector": codes["sector"],
            "source": codes["source"],
            "advance_balance": advance,
            "requested_amount": asked,
        }
        days = {"advance_balance_date": begun.before(1), "payee_list_date": begun.before(2)}
        made = [written(begun.form("M10"), {"document_no": number}, days, lines=[line])]
        if voucher:
            made.append(_beyond(begun, voucher, content, codes, asked - advance))
        return together(*made)

    return write


def _beyond(begun: Begun, number: str, content: str, codes: Row, amount: int) -> Document:
    words = {"document_no": number, "general_content": f"{content}, phần vượt tạm ứng"}
    line: Row = {
        **codes,
        "content": f"{content}, phần vượt tạm ứng",
        "invoice_no": "00004410",
        "invoice_date": begun.before(2),
        "amount": amount,
    }
    return written(begun.form("M13"), words, HAI_LAM, lines=[line])


def paid_back(number: str, content: str, codes: Row, amount: int, payer: str) -> Writer:
    """Mẫu 08: what is left of an advance, in cash."""

    def write(begun: Begun) -> Sequence[Document]:
        unit = begun.desk.unit()
        words: dict[str, Value] = {"document_no": number, "payer_person": payer}
        line: Row = {
            **codes,
            "content": content,
            "chapter": unit.chapter,
            "plan_year": begun.today.year,
            "amount": amount,
        }
        return together(written(begun.form("M08"), words, choices={"payment_mode": "cash"}, lines=[line]))

    return write


def moved(number: str, voucher: str, content: str, codes: Row, econ: str, amount: int) -> Writer:
    """Mẫu 09: a payment that was posted under the wrong item."""

    def write(begun: Begun) -> Sequence[Document]:
        unit = begun.desk.unit()
        posted: Row = {
            **codes,
            "group": "posted",
            "posting_date": begun.before(3),
            "document_no": voucher,
            "description": content,
            "plan_year": begun.today.year,
            "natural_account": "8116",
            "actual": True,
            "budget_level": unit.budget_level,
            "budget_unit_code": unit.code,
            "area_code": "14863",
            "chapter": unit.chapter,
            "program_code": "00000",
            "reserve": "000",
            "vnd_debit": amount,
        }
        requested: Row = {**posted, "group": "requested", "econ": econ}
        words = {"document_no": number, "reason": "Ghi nhầm tiểu mục khi rút dự toán"}
        return together(written(begun.form("M09"), words, lines=[posted, requested]))

    return write
