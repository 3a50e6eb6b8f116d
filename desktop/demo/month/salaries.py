"""Payments to many: salaries and benefits by a list from a spreadsheet, insurance and tax withheld from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.demo.cases import payee
from desktop.demo.month.writing import Begun, Writer, line_codes, together, written
from desktop.demo.payroll import write_payroll
from desktop.dossier.document import Document, Row

Groups = Sequence[tuple[str, int]]
INSURANCE = payee(
    "Bảo hiểm xã hội cơ sở Mường Lát",
    "2800112244",
    "3508202003377",
    "Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam",
)
OFFICIALS, WORKERS, OTHERS = "Viên chức", "Lao động hợp đồng", "Đối tượng khác"


def by_list(
    number: str,
    content: str,
    codes: Row,
    groups: Groups,
    thousands: tuple[int, int],
    form: str = "M13",
    *,
    first: int = 0,
    moved: int | None = None,
) -> Writer:
    """A voucher of one line that pays everybody on a list (Mẫu 20) read from the payroll program's spreadsheet.

    `first` and `moved` are as in write_payroll; for the payee with another account the preparer stands by name.
    """

    def write(begun: Begun) -> Sequence[Document]:
        sheet = begun.work / f"{number}.xlsx"
        write_payroll(sheet, begun.seed, groups, thousands, first=first, moved=moved)
        rows = _read(begun, sheet)
        if moved is not None:
            _stand_for(begun, rows[moved])
        total = sum(int(row["amount"] or 0) for row in rows)
        said = f"{content} {begun.month}"
        line: Row = {"content": said, **line_codes(begun, form, codes), "amount": total}
        voucher = written(
            begun.form(form), {"document_no": number, "general_content": f"{said} theo danh sách"}, lines=[line]
        )
        return together(voucher, written(begun.form("M20"), lines=rows))

    return write


def _read(begun: Begun, sheet: Path) -> list[Row]:
    """Take a spreadsheet in as a person does: confirm the columns that were recognised."""
    proposal = begun.desk.propose_list(sheet, "M20")
    return [dict(row) for row in begun.desk.take_list(proposal, proposal.columns).rows]


def _stand_for(begun: Begun, row: Row) -> None:
    begun.desk.acknowledge_payee(str(row["account"]), str(row["name"]), begun.desk.user().name)


def insurance_and_tax(number: str, codes: Row, insured: int, tax: int) -> Writer:
    """Mẫu 14: insurance to its office, the income tax withheld straight into the budget (Điều 6.2.b)."""

    def write(begun: Begun) -> Sequence[Document]:
        unit = begun.desk.unit()
        remit = {
            "remit_payer_name": unit.name,
            "remit_payer_tax_code": f"280{unit.code}",
            "remit_econ_code": "1001",
            "remit_chapter": "557",
            "remit_reference_id": f"TK {begun.today:%m/%Y}-{number}",
            "remit_period_or_date": f"Tháng {begun.today:%m/%Y}",
            "remit_area_code": "14863",
            "remit_revenue_account": "7111",
            "remit_collecting_authority": "Thuế cơ sở 9 tỉnh Thanh Hóa",
            "remit_accounting_treasury": unit.treasury_name,
        }
        words = {"document_no": number, "general_content": f"Nộp bảo hiểm và thuế thu nhập cá nhân {begun.month}"}
        paid = {key: value for key, value in INSURANCE.items() if key != "payee_tax_code"}
        lines: list[Row] = [
            {
                **codes,
                "content": f"Bảo hiểm xã hội, y tế, thất nghiệp {begun.month}",
                "econ": "6301",
                "remit_amount": 0,
                "payee_amount": insured,
            },
            {
                **codes,
                "content": f"Thuế thu nhập cá nhân khấu trừ {begun.month}",
                "econ": "6001",
                "remit_amount": tax,
                "payee_amount": 0,
            },
        ]
        return together(written(begun.form("M14"), remit, words, paid, lines=lines))

    return write
