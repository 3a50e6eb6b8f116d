"""Whatever stands in a cell of whatever form, the check answers; it never fails and never speaks of None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.document import Document, Value
from desktop.dossier.filling import missing_required
from desktop.dossier.rules import CheckContext, check_dossier
from desktop.dossier.vouchers import voucher_key
from tests.fixtures.forms_filled import FORM_IDS, filled
from tests.unit.dossier.samples import PEOPLE, UNIT, dossier

CONTEXT = CheckContext(today="2026-11-23", unit=UNIT, people=PEOPLE)
ODD: list[Value] = [None, "", " ", "x" * 70, "1234.50", "-1.00", "0", "²²²²", "１２", 0, -5, 10**18, True, "2026-13-01"]
ODD += ["USD", "VND", "cash", "transfer", "new seal_change", "6501", "7111", "posted"]


@st.composite
def damaged(draw: st.DrawFn) -> Document:
    """A filled form with some of its blanks and cells replaced by odd values."""
    form = filled(draw(st.sampled_from(FORM_IDS)))
    fields = {key: draw(st.sampled_from(ODD)) if draw(st.integers(0, 9)) == 0 else v for key, v in form.fields.items()}
    tables = {key: [dict(row) for row in rows] for key, rows in form.tables.items()}
    for row in [row for rows in tables.values() for row in rows][:3]:
        for key in draw(st.lists(st.sampled_from([*row, "group"]), max_size=3)):
            row[key] = draw(st.sampled_from(ODD))
    return form.model_copy(update={"fields": fields, "tables": tables})


@given(st.lists(damaged(), min_size=1, max_size=3))
def test_no_damage_breaks_the_check(documents: list[Document]) -> None:
    found = check_dossier(dossier(*documents), CONTEXT)
    assert [item.message for item in found if "None" in item.message or "True" in item.message] == []
    assert all(item.where.document is None or item.where.document < len(documents) for item in found)


@given(damaged())
def test_no_damage_hides_what_is_missing(document: Document) -> None:
    assert all(path.startswith(("fields.", "choices.", "tables.")) for path in missing_required(document))


@pytest.mark.parametrize("day", ["²²²²-01-01", "", None, 5])
def test_a_voucher_without_a_day_still_has_a_name(day: Value) -> None:
    order = filled("M17")
    key = voucher_key(order.model_copy(update={"fields": order.fields | {"made_date": day}}))
    assert key is not None
    assert key.budget_year == 0
