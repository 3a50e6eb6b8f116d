"""Every case of the nine procedures that a unit starts: by which purpose, filled in how, and how it should end.

Sources: NĐ 347/2025/NĐ-CP Điều 4–10, NĐ 254/2025/NĐ-CP Điều 8–24 (procedures.json).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.demo.unit import UNIT
from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Dossier
from desktop.dossier.in_step import in_step
from desktop.dossier.pack import form_of
from desktop.store.store import Store
from tests.e2e.procedure_edits import (
    OTHER_DEPOSIT,
    RECONCILED,
    Edit,
    as_it_is,
    closing,
    for_own_account,
    for_the_list,
    in_cash,
    of_the_book,
    settling,
    students,
    with_fields,
    without_accounts,
    without_recovery,
)
from tests.fixtures.forms_filled import filled


@dataclass(frozen=True)
class Case:
    """One dossier. `amount` is VND accepted, `writes` what the Treasury writes into it, `wave` the pass it goes in.

    `agency` is for the finance agency's office.
    """

    case: str
    purpose: str
    answers: Mapping[str, str] = field(default_factory=dict)
    amount: int = 0
    edit: Edit = as_it_is
    writes: Mapping[str, str | int] = field(default_factory=dict)
    wave: int = 1
    agency: bool = False

    @property
    def name(self) -> str:
        return "-".join((self.case, self.purpose, *self.answers.values()))

    def fill(self, draft: Dossier, number: str, store: Store) -> tuple[Document, ...]:
        """The forms that the purpose began, filled in; vouchers get their own number, tables the book's figures."""
        return in_step(tuple(fill(self._filled(document, number, store)) for document in draft.documents))

    def _filled(self, begun: Document, number: str, store: Store) -> Document:
        form = form_of(begun.form)
        good = filled(form.id)
        fields = good.fields | begun.fields if self.agency else begun.fields | good.fields
        merged = begun.model_copy(
            update={"fields": fields, "choices": good.choices | begun.choices, "tables": good.tables}
        )
        if form.id in RECONCILED:
            return of_the_book(store, merged, form.id)
        return self.edit(_numbered(merged, number), form.id)


def _numbered(document: Document, number: str) -> Document:
    """A voucher of its own under a contract of its own: a contract is paid once."""
    known = {"document_no": number, "contract_no": f"{number}/2026/HĐMB"}
    if "contract_kind" not in document.fields:
        del known["contract_no"]
    return with_fields(document, **{key: value for key, value in known.items() if key in document.fields})


def _case(case: str, purpose: str, amount: int = 0, *, edit: Edit = as_it_is, wave: int = 1, **more: str) -> Case:
    return Case(case, purpose, more, amount, edit, wave=wave)


_VOUCHER, _PROJECT, _LIST = 15_400_000, 320_000_000, 51_673_750
_FOREIGN_VND = 31_418_643
_TREASURY = {"approved_amount": 320_000_000, "transfer_amount": 320_000_000}

PAYING_IN = (
    _case("P1-b", "remit", 18_650_000, revenue="taxes"),
    _case("P1-b", "remit", 3_455_000, revenue="list"),
    _case("P1-b", "remit", 3_000_000, revenue="fees"),
)
SPENDING = (
    _case("P3-a1", "utilities_auto"),
    _case("P3-a2", "law_40"),
    _case("P3-a3", "salary", _LIST, edit=for_the_list),
    _case("P3-a3", "benefits", _LIST, edit=for_the_list, account="deposit"),
    _case("P3-a3", "insurance_tax", _VOUCHER),
    _case("P3-a3", "insurance_tax", _VOUCHER, account="deposit"),
    _case("P3-a3", "supplier_contract", _VOUCHER),
    _case("P3-a3", "fx_payment", _FOREIGN_VND),
    _case("P3-a3", "fx_payment", 68_716_350, edit=students, fx_account="deposit", fx_payees="students"),
    _case("P3-a3", "fx_payment", 63_626_250, edit=for_own_account, fx_account="mofa"),
    _case("P3-a4", "advance_cash", _VOUCHER, edit=in_cash),
    _case("P3-a4", "advance_contract", _VOUCHER),
    _case("P3-a4", "fx_payment", _FOREIGN_VND, spending="advance"),
    Case(
        "P3-a5",
        "settle_advance",
        {"branch": "more"},
        5_000_000,
        settling(25_000_000, beside=5_000_000),
        {"approved_total_words": "Hai mươi lăm triệu đồng chẵn"},
        wave=2,
    ),
    Case(
        "P3-a5",
        "settle_advance",
        {"branch": "less"},
        18_450_000,
        settling(18_450_000),
        {"approved_total_words": "Mười tám triệu bốn trăm năm mươi nghìn đồng chẵn"},
        wave=2,
    ),
    Case(
        "P3-a5",
        "settle_advance",
        {"branch": "equal"},
        20_000_000,
        settling(20_000_000),
        {"approved_total_words": "Hai mươi triệu đồng chẵn"},
        wave=2,
    ),
    _case("P3-a5", "fx_settle", 31_418_642, wave=2, branch="less"),
    _case("P3-b", "deposit_payment", _VOUCHER, money="other"),
    _case("P3-c", "grant", _VOUCHER, grant="pay"),
    _case("P3-c", "grant", _VOUCHER, grant="both"),
    Case("P3-d", "provisional", {}, 575_000_000, writes={"granted_amount": 575_000_000, "granted_to": UNIT.name}),
    Case("P3-e", "return", {"returned": "advance"}, 4_250_000, writes={"treatment": "reduce_spending"}, wave=2),
    _case("P3-f", "recode", wave=2),
)
BOOKING = (
    Case("P4-a", "oda_booking", {}, 1_018_020_000, writes={"accounting_kind": "loan"}),
    _case("P4-a", "grant", 1_018_020_000, grant_at="bank"),
)
ACCOUNTS = (
    Case("P5-a", "register_account", {"register": "new"}, writes={"account_no": f"9524.4.{UNIT.code}"}),
    _case("P5-b", "register_account", wave=2, register="same"),
    _case("P5-c", "change_account", edit=without_accounts, change="holder"),
    _case("P5-d", "change_account", edit=without_accounts, change="seal"),
    _case("P5-e", "change_account", edit=without_accounts, change="signature"),
    Case(
        "P6-a",
        "close_account",
        {"closing": "withdrawal"},
        edit=closing("9524.4.1098765"),
        writes={"agreed": "Đồng ý"},
        wave=3,
    ),
    Case("P6-b", "close_account", {"closing": "order"}, edit=closing("9524.4.1097777"), wave=1, agency=True),
    Case(
        "P6-c",
        "close_account",
        {"closing": "deposit"},
        edit=closing(OTHER_DEPOSIT),
        writes={"agreed": "Đồng ý"},
        wave=3,
    ),
    _case("P7-a1", "quarter", wave=3),
    Case("P7-a2", "quarter", {"method": "order"}, agency=True),
    _case("P7-b", "carry_over", wave=3, carry="deposit"),
    _case("P7-c", "carry_over", wave=3, carry="estimate"),
    _case("P7-d", "balance", wave=3, month="this"),
)


def _capital(case: str, purpose: str, amount: int = _PROJECT, *, wave: int = 1, **answers: str) -> Case:
    return Case(case, purpose, answers, amount, without_recovery, _TREASURY, wave)


INVESTMENT = (
    _case("P8-0", "invest_file"),
    _capital("P8-1", "invest_advance"),
    _capital("P8-2", "invest_completed", wave=2, done="contract"),
    Case(
        "P8-2",
        "invest_recovery",
        {"recovery": "advance"},
        320_000_000,
        writes={"approved_amount": 450_000_000, "advance_deducted": 130_000_000, "transfer_amount": 320_000_000},
        wave=2,
    ),
    _capital("P8-3", "invest_completed", wave=2, done="compensation"),
    _capital("P8-4", "invest_completed", wave=2, done="none"),
    _capital("P8-5", "invest_settled", wave=2),
    _capital("P8-6", "invest_fees", wave=2),
    _case("P8-7", "invest_file", small="small"),
    _capital("P8-8", "invest_deposit", stage="completed", wave=2),
    _case("P8-9", "invest_deposit", control="no"),
    _capital("P8-10", "invest_board", wave=2),
    _case("P8-11", "invest_recovery", recovery="prefunded"),
    _case("P8-12", "invest_science"),
    _capital("P8-13", "invest_urgent"),
    _case("P8-15", "invest_recovery", 4_250_000, recovery="paid_back", wave=2),
    _case("P8-16", "recode", capital="investment", wave=2),
    _case("P8-17", "invest_abroad", _PROJECT, wave=2),
    _case("P9-0", "foreign_file"),
    _capital("P9-1", "foreign_payment", paid="bank", stage="completed", wave=2),
    _capital("P9-2", "foreign_payment", paid="treasury", stage="completed", wave=2),
    _capital("P9-3", "foreign_payment", paid="certificate", stage="completed", wave=2),
    _capital("P9-3", "foreign_payment", paid="certificate_bank", stage="completed", wave=2),
)
CASES = (*PAYING_IN, *SPENDING, *BOOKING, *ACCOUNTS, *INVESTMENT)
