"""Proofs of what goes to the page: what stands where, amounts in words, nothing of the unit in the Treasury's part."""

from typing import Any

import pytest

from desktop.dossier.document import Document
from desktop.dossier.pack import form_of
from desktop.exchange.paper import paper
from tests.fixtures.forms_filled import filled
from tests.unit.exchange.papers import withdrawal


def found(page: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """All parts of a kind, however deep."""
    if isinstance(page, list):
        return [part for item in page for part in found(item, kind)]
    if not isinstance(page, dict):
        return []
    own = [page] if page.get("kind") == kind else []
    return own + [part for value in page.values() for part in found(value, kind)]


def blank(page: dict[str, Any], label: str) -> str:
    return next(part["value"] for part in found(page, "blank") if part["label"].startswith(label))


def test_values_are_written_out() -> None:
    page = paper(withdrawal(), form_of("M13"))
    assert blank(page, "tổng số tiền") == "15.400.000"
    assert blank(page, "Năm ngân sách") == "2026"
    assert blank(page, "Tổng số tiền ghi bằng chữ") == "Mười hai triệu ba trăm nghìn đồng chẵn"
    days = [(part["day"], part["month"], part["year"]) for part in found(page, "day")]
    assert ("12", "11", "2026") in days


@pytest.mark.parametrize("value", [None, "", True])
def test_nothing_is_written_for_no_value(value: str | bool | None) -> None:
    document = withdrawal().model_copy(update={"fields": {"document_no": value}})
    assert blank(paper(document, form_of("M13")), "Số chứng từ") == ""


def test_no_value_ever_reaches_the_treasurys_part() -> None:
    (part,) = found(paper(withdrawal(), form_of("M13")), "treasury")
    assert [item["label"] for item in found(part, "blank")][:2] == ["Nợ tài khoản", "Có tài khoản"]
    assert {item["value"] for item in found(part, "blank")} == {""}


def test_signatures_bring_titles_and_the_day_the_unit_made_the_form() -> None:
    (row,) = found(paper(filled("M13"), form_of("M13")), "parties")
    assert [[signer["title"] for signer in party["signers"]] for party in row["parties"]][1] == [
        "Kế toán trưởng",
        "Thủ trưởng đơn vị",
    ]
    assert [party["date"]["day"] for party in row["parties"]] == ["", "24", ""]


def test_a_day_printed_elsewhere_is_not_repeated_over_the_signatures() -> None:
    (row,) = found(paper(filled("M17"), form_of("M17")), "parties")
    assert [party["date"]["day"] for party in row["parties"]] == ["", "", ""]


def test_a_quarter_is_not_named_twice() -> None:
    page = paper(filled("M26"), form_of("M26"))
    assert [part.get("text", part.get("value")) for part in page["middle"][0]["parts"]] == [
        "Quý ",
        "III",
        " năm ",
        "2026",
    ]


def test_remarks_of_the_pack_are_no_footnotes() -> None:
    assert [note["mark"] for note in paper(filled("M26"), form_of("M26"))["notes"]] == ["1", "2", ""]


@pytest.mark.parametrize(("form", "secondary"), [("M13", False), ("I04A", True)])
def test_a_layout_nobody_saw_is_said_on_the_page(form: str, secondary: bool) -> None:
    assert paper(Document(form=form), form_of(form))["secondary"] is secondary


def test_a_form_without_a_layout_is_printed_in_the_order_of_its_parts() -> None:
    form = form_of("M08").model_copy(update={"layout": form_of("M05").layout.model_validate({})})
    page = paper(filled("M08"), form)
    kinds = [item["kind"] for item in page["body"]]
    assert kinds[-3:] == ["line", "treasury", "parties"]
    assert blank(page, "Đơn vị rút dự toán") == "UBND xã Mường Lý"
    assert len(found(page, "table")) == 1
