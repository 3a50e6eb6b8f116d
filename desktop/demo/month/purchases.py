"""Payments to suppliers, with and without a contract, from the estimate and from the deposit account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.demo.cases import acceptance, contract
from desktop.demo.month.writing import Begun, Writer, line_codes, together, written
from desktop.dossier.document import Document, Row, Value


@dataclass(frozen=True)
class Bought:
    """What was bought: one line. `tax` of `amount` (VND) goes to the budget for the supplier, where the form has it."""

    content: str
    codes: Row
    amount: int
    supplier: Mapping[str, Value]
    tax: int = 0


def bought(number: str, what: Bought, form: str = "M13", under: str = "", decision: str = "") -> Writer:
    """A voucher for one purchase; `under` is the contract's number, `decision` that of the choice of the supplier."""

    def write(begun: Begun) -> Sequence[Document]:
        line: Row = {
            **line_codes(begun, form, what.codes),
            "content": what.content,
            "invoice_no": f"0000{number[-4:]}",
            "invoice_date": begun.before(3),
        }
        words = {"document_no": number, "general_content": what.content}
        remit = _remitted(begun, what) if what.tax else {}
        amounts: Row = (
            {"remit_amount": what.tax, "payee_amount": what.amount - what.tax} if what.tax else {"amount": what.amount}
        )
        supplier = {key: value for key, value in what.supplier.items() if not (what.tax and key == "payee_tax_code")}
        basis = _basis(begun, what, under, decision) if under else {}
        document = begun.form(form)
        return together(written(document, basis, remit, words, supplier, lines=[{**line, **amounts}]))

    return write


def _basis(begun: Begun, what: Bought, number: str, decision: str) -> dict[str, Value]:
    party = str(what.supplier["payee_name"])
    chosen = {"bid_result_decision_no": decision, "bid_result_decision_date": begun.before(16)} if decision else {}
    agreed = contract(number, begun.before(14), what.amount, party)
    return {**chosen, **agreed, **acceptance(f"BBNT {number[:2]}", begun.before(4), what.amount, party)}


def _remitted(begun: Begun, what: Bought) -> dict[str, Value]:
    return {
        "remit_payer_name": what.supplier["payee_name"],
        "remit_payer_tax_code": what.supplier["payee_tax_code"],
        "remit_econ_code": "1701",
        "remit_chapter": "555",
        "remit_reference_id": f"TK {begun.today:%m/%Y}-0091",
        "remit_period_or_date": f"Tháng {begun.today:%m/%Y}",
        "remit_area_code": "14863",
        "remit_revenue_account": "7111",
        "remit_collecting_authority": "Thuế cơ sở 9 tỉnh Thanh Hóa",
        "remit_accounting_treasury": begun.desk.unit().treasury_name,
    }
