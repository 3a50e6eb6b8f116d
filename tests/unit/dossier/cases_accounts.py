"""Breaches in registering and closing accounts."""

from __future__ import annotations

from desktop.dossier.document import Row
from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.edits import cell, edit, edit_row, only, with_rows, without
from tests.unit.dossier.rule_case import Book, Case
from tests.unit.dossier.samples import dossier

REGISTRATION = filled("M24")
CLOSING = filled("M25")
PERSON = edit(
    only(REGISTRATION, "account_holder", "treasury", "made_date"), {"request_kind": "new"}, holder_id_no="038085001234"
)
PERSON_CLOSING = edit(only(CLOSING, "account_holder", "treasury", "reason"), holder_id_no="038085001234")
ADDED = edit(REGISTRATION, {"request_kind": "additional"}, change_reason=None)
NEW = edit(REGISTRATION, {"request_kind": "new"}, change_reason=None)
SEAL = with_rows(
    edit(without(REGISTRATION, "founding", "holder_", "ca_"), {"request_kind": "seal_change"}), "specimens", []
)
LEGAL = edit(REGISTRATION, {"request_kind": "legal_file_change"})
OFFICE = edit(without(REGISTRATION, "founding", "holder_"), name="Văn phòng HĐND và UBND xã Mường Lý")
PICTURE, OTHER = "a" * 64, "b" * 64
SIGNER: Row = {"group": "second_signature", "person_name": "Lò Thị Hạnh", "position": "Kế toán"}
SAVED = filled("M32")
ZERO = edit_row(SAVED, "accounts", opening=0, increase=0, decrease=0)
SILENT = edit(CLOSING, accounts_detail="3713.4.1098765")


def field(key: str) -> dict[str, str | int]:
    return {"field": key}


def none(*accounts: str) -> CheckContext:
    return CheckContext(ledger=Book(accounts=accounts))


REGISTERING = [
    Case("M24-1", edit(REGISTRATION, {"request_kind": ""}), field("request_kind"), good=REGISTRATION),
    Case(
        "M24-2",
        edit(REGISTRATION, {"request_kind": "additional seal_change"}),
        field("request_kind"),
        "warning",
        ADDED,
        says="Đăng ký mới",
    ),
    Case("M24-2", edit(ADDED, {"request_kind": "new additional"}), field("request_kind"), "warning", NEW),
    Case("R-120", ADDED, field("request_kind"), "warning", NEW, none(), says="Lần đầu"),
    Case("R-120", ADDED, field("request_kind"), "warning", NEW, none(), name="with a book that knows of none"),
    Case("M24-3", edit(REGISTRATION, change_reason=None), field("change_reason"), "warning", REGISTRATION),
    Case("M24-3", edit(ADDED, change_reason="Đổi dấu"), field("change_reason"), "warning", ADDED),
    Case("M24-4", with_rows(SEAL, "specimens", [SIGNER]), {"table": "specimens"}, "hint", SEAL),
    Case("M24-4", edit(SEAL, founding_doc_no="1"), field("founding_doc_no"), "hint", SEAL),
    Case("M24-5", LEGAL, {"table": "specimens"}, "hint", with_rows(LEGAL, "specimens", [])),
    Case(
        "M24-6",
        edit_row(REGISTRATION, "specimens", specimen_1=PICTURE, specimen_2=OTHER),
        cell("specimen_2", table="specimens"),
        "warning",
        edit_row(REGISTRATION, "specimens", specimen_1=PICTURE, specimen_2=PICTURE),
    ),
    Case(
        "M24-6",
        edit_row(REGISTRATION, "specimens", row=1, specimen_1=PICTURE),
        cell("specimen_2", 1, "specimens"),
        "warning",
        REGISTRATION,
    ),
    Case(
        "M24-6",
        edit(REGISTRATION, seal_1=PICTURE),
        field("seal_2"),
        "warning",
        edit(REGISTRATION, seal_1=PICTURE, seal_2=PICTURE),
    ),
    Case("M24-7", edit(REGISTRATION, holder_id_no="038085001234"), field("holder_id_no"), good=REGISTRATION),
    Case("M24-7", edit(PERSON, seal_1=PICTURE, seal_2=PICTURE), field("seal_1"), good=PERSON),
    Case("M24-7", edit(PERSON, chief_accountant="Hà Văn Tuyên"), field("chief_accountant"), good=PERSON),
    Case(
        "M24-8",
        with_rows(with_rows(NEW, "estimate_accounts", []), "deposit_accounts", []),
        {"table": "estimate_accounts"},
        "warning",
        with_rows(NEW, "estimate_accounts", []),
    ),
    Case(
        "R-123",
        edit(OFFICE, founding_doc_no="1686/NQ-UBTVQH15"),
        field("founding_doc_no"),
        "warning",
        OFFICE,
        says="miễn",
    ),
    Case("R-123", edit(OFFICE, chief_accountant=None), field("chief_accountant"), "warning", OFFICE),
    Case(
        "R-125",
        edit_row(REGISTRATION, "estimate_accounts", area="Xã Mường Lý"),
        cell("area", table="estimate_accounts"),
        "hint",
        REGISTRATION,
    ),
    Case(
        "R-130",
        with_rows(REGISTRATION, "specimens", [SIGNER] * 4),
        {"table": "specimens"},
        "warning",
        with_rows(REGISTRATION, "specimens", [SIGNER] * 3),
        says="hai người",
    ),
    Case(
        "R-130",
        with_rows(REGISTRATION, "specimens", [SIGNER | {"group": "first_signature"}] * 5),
        {"table": "specimens"},
        "warning",
        with_rows(REGISTRATION, "specimens", [SIGNER | {"group": "first_signature"}] * 4),
        says="ba người",
    ),
]

CLOSING_ONE = [
    Case("M25-2", edit(CLOSING, holder_id_date="2021-08-09"), field("holder_id_date"), good=CLOSING),
    Case("M25-2", edit(PERSON_CLOSING, parent_agency="UBND tỉnh"), field("parent_agency"), good=PERSON_CLOSING),
    Case(
        "M25-3",
        dossier(SILENT, SAVED),
        {"document": 0, "field": "accounts_detail"},
        "warning",
        dossier(CLOSING, SAVED),
        says="46.224.500 đ",
    ),
    Case(
        "M25-3",
        dossier(SILENT, SAVED),
        {"document": 0, "field": "accounts_detail"},
        "warning",
        dossier(SILENT, ZERO),
        name="nothing left",
    ),
]
