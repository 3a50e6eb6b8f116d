"""The same voucher is known again however its number was typed."""

import pytest

from desktop.dossier.document import Document
from desktop.dossier.vouchers import VoucherKey, voucher_key, voucher_keys
from tests.fixtures.dossiers import ORDER_CASE, form


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (form(), VoucherKey("M13", "RDT0014", 2026)),
        (form(document_no=" rdt0014 "), VoucherKey("M13", "RDT0014", 2026)),
        (form(document_no="12  /CD\u0323"), VoucherKey("M13", "12 /C\u1e0c", 2026)),
        (form(ORDER_CASE), VoucherKey("M17", "UNC0008", 2026)),
        (form(budget_year=None, made_date="2025-12-31"), VoucherKey("M13", "RDT0014", 2025)),
        (form(budget_year=None, made_date="soon"), VoucherKey("M13", "RDT0014", 0)),
        (form(document_no=None), None),
    ],
)
def test_a_voucher_is_known_by_form_number_and_year(document: Document, key: VoucherKey | None) -> None:
    assert voucher_key(document) == key


def test_lists_and_unknown_forms_are_no_vouchers() -> None:
    assert voucher_keys([Document(form="M20"), Document(form="M99", fields={"document_no": "1"})]) == ()
