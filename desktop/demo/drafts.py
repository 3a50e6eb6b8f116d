"""Makes the demo's twelve dossiers the three ways a unit does: from another program's files, from a list, by typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from desktop.demo.cases import CASES, LIST, PAYMENT_ORDER, SETTLEMENT, TRANSFER, WITHDRAWAL, Case, document, of_the_year
from desktop.demo.payroll import write_payroll
from desktop.demo.scan import scan_pdf
from desktop.desk.desk import Desk
from desktop.dossier.beginning import answered_again
from desktop.dossier.document import Document, Dossier, Level, Row, Value
from desktop.dossier.people import Unit
from desktop.dossier.purposes import plan

SCAN_BYTES = 600 * 1024
IMPORTS: dict[str, dict[str, Value]] = {
    "C202aRDT0012.zip": {
        "general_content": "Thanh toán tiền điện tháng 5/2026",
        "payee_tax_code": "2800112233",
    },
    "C402AUNC0007.zip": {
        "general_content": "Thanh toán tiền phô tô tài liệu",
        "payee_tax_code": "2801234567",
    },
}
"""What the accountant adds to each imported file: the 2026 forms ask more than those programs write."""
MISSING_LINES: dict[str, dict[str, Value]] = {
    "C202aRDT0012.zip": {"invoice_no": "00981245", "invoice_date": "2026-06-05"},
    "C402AUNC0007.zip": {"source": "13", "budget_year": 2026},
}
MISSING_CHOICES: dict[str, dict[str, str]] = {
    "C202aRDT0012.zip": {"estimate_kind": "official"},
    "C402AUNC0007.zip": {"payment_mode": "transfer"},
}


ESTIMATE_PAPER = "van_ban_phe_duyet_du_toan"
"""The Treasury has had it since January, so that no dossier of November brings it again (NĐ 347 Điều 3.8)."""


@dataclass(frozen=True)
class Made:
    """A draft of the demo and what the sandbox Treasury is expected to decide on it."""

    local_id: str
    title: str
    expect: str


def make_all(desk: Desk, unit: Unit, today: str, work: Path, seed: int) -> list[Made]:
    """Makes all twelve; the order is the order of their numbers."""
    made = [_imported(desk, name) for name in IMPORTS]
    made.append(_payroll(desk, unit, today, work, seed))
    made += [_typed(desk, case, unit, today, work, seed) for case in CASES]
    return made


def submit(desk: Desk, made: Sequence[Made]) -> int:
    """Checks and submits drafts, acknowledging each warning by its words as a person would; gives their number."""
    count = 0
    for item in made:
        warnings = [p.message for p in desk.check(desk.dossier(item.local_id)) if p.level is Level.WARNING]
        desk.submit(item.local_id, warnings)
        count += len(warnings)
    return count


def _imported(desk: Desk, name: str) -> Made:
    with as_file(files("desktop.demo") / "samples" / "dvc" / name) as path:
        local_id = desk.import_file(path)
    draft = desk.dossier(local_id)
    start = of_the_year(draft.documents[0])
    lines = [row | MISSING_LINES[name] for row in start.tables["lines"]]
    filled = start.model_copy(
        update={
            "fields": start.fields | IMPORTS[name],
            "choices": start.choices | MISSING_CHOICES[name],
            "tables": {"lines": lines},
        }
    )
    desk.save(_for_its_purpose(draft.model_copy(update={"documents": (filled,)})))
    return Made(local_id, draft.title, "paid")


def _payroll(desk: Desk, unit: Unit, today: str, work: Path, seed: int) -> Made:
    sheet = work / "luong-thang-11.xlsx"
    write_payroll(sheet, seed)
    rows = [dict(row) for row in desk.read_beneficiaries(sheet)]
    total = sum(int(row["amount"] or 0) for row in rows)
    line: Row = {
        "content": "Lương, phụ cấp tháng 11/2026",
        "econ": "6001",
        "sector": "341",
        "source": "13",
        "amount": total,
    }
    fields: dict[str, Value] = {
        "document_no": "RDT0019",
        "general_content": "Lương, phụ cấp tháng 11/2026 theo danh sách",
    }
    case = Case("Lương, phụ cấp tháng 11, 60 người", WITHDRAWAL, fields, TRANSFER, [line])
    voucher = document(case, unit, today)
    beneficiaries = desk.blank_document(LIST)
    parent: dict[str, Value] = {"parent_voucher_no": "RDT0019", "parent_voucher_date": today}
    beneficiaries = beneficiaries.model_copy(
        update={
            "fields": beneficiaries.fields | parent,
            "choices": {"account_kind": "estimate"},
            "tables": {"lines": rows},
        }
    )
    return _keep(desk, case.title, (voucher, beneficiaries), "paid", urgent=True)


def _typed(desk: Desk, case: Case, unit: Unit, today: str, work: Path, seed: int) -> Made:
    made = _keep(desk, case.title, (document(case, unit, today),), case.expect, urgent=case.urgent)
    if case.with_scan:
        scan = work / "bien-ban-nghiem-thu.pdf"
        scan.write_bytes(scan_pdf(SCAN_BYTES, seed))
        draft = desk.dossier(made.local_id)
        desk.save(draft.model_copy(update={"attachments": (desk.attach(scan),)}))
    return made


def _keep(desk: Desk, title: str, documents: tuple[Document, ...], expect: str, *, urgent: bool) -> Made:
    local_id = desk.create(documents[0].form)
    draft: Dossier = desk.dossier(local_id)
    filled = draft.model_copy(update={"title": title, "documents": documents, "urgent": urgent})
    desk.save(_for_its_purpose(filled))
    return Made(local_id, title, expect)


def _for_its_purpose(draft: Dossier) -> Dossier:
    """The dossier under what its papers are for, answered as the accountant would."""
    main, *lists = draft.documents
    if main.form == PAYMENT_ORDER:
        made = plan("deposit_payment", {"money": "own"})
    elif main.form == SETTLEMENT:
        made = plan("settle_advance", {"branch": "equal"})
    elif main.choices.get("spending_kind") == "advance":
        made = plan("advance_cash", {"year": "no"})
    else:
        key = "salary" if lists else "supplier_contract" if main.fields.get("contract_no") else "supplier_no_contract"
        made = plan(key, {"year": "no"})
    return answered_again(draft, made).model_copy(update={"on_file": (ESTIMATE_PAPER,)})
