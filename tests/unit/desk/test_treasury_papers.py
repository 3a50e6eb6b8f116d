"""What only others write: found, shown with the dossier it is about, printed and exported."""

from pathlib import Path

import pytest

from desktop.dossier.document import Document
from desktop.dossier.errors import VungXaError
from desktop.dossier.paper_views import SORTS
from tests.contract.store_kit import event
from tests.fixtures.forms_filled import filled
from tests.unit.desk.kit import Office

AT = "2026-11-24T02:00:00Z"


def tell(office: Office, kind: str, package: str | None = None, **values: object) -> None:
    seq = office.store.feed.cursor + 1
    office.store.feed.apply_page([event(seq, kind, package, at=AT, **values)], seq, AT)


def receipt(office: Office, document: Document | None = None) -> None:
    content = (document or filled("M05")).model_dump(mode="json")
    tell(office, "paper", form="M05", pack="347-2025", document=content)


def refund(office: Office) -> None:
    order = {"order_no": "12/LHT", "order_date": "2026-11-02", "amount": 900, "payee_name": "Giàng A Sò"}
    tell(office, "refund", status="booked", **order)


def test_a_decision_s_figures_and_papers_stand_in_the_detail(office: Office) -> None:
    local_id, package = office.seal()
    figure = {"document": 0, "table": "lines", "row": 0, "key": "amount", "value": 5}
    tell(office, "decision", package, decision="returned", official_code="G", reason="x", figures=[figure])
    tell(office, "paper", package, form="M33", pack="347-2025", document=filled("M33").model_dump(mode="json"))
    detail = office.desk.detail(local_id)
    assert [(item.place, item.value) for item in detail.figures] == [("Mẫu 13, dòng 1", "5 đ")]
    assert [(item.form, item.number) for item in detail.papers] == [("M33", "118/TB-PGD14")]


@pytest.mark.parametrize(
    ("text", "found"), [("", 2), ("le phi chung thuc", 1), ("SO giang", 1), ("12/lht", 1), ("không có", 0)]
)
def test_papers_and_refunds_are_found_without_diacritics(office: Office, text: str, found: int) -> None:
    receipt(office)
    refund(office)
    assert len(office.desk.notices(text)) == found


@pytest.mark.parametrize("sort", SORTS)
def test_every_column_sorts(office: Office, sort: str) -> None:
    receipt(office)
    refund(office)
    down = office.desk.notices("", sort)
    assert [*reversed(down)] == office.desk.notices("", sort, descending=False) or sort == "at"


def test_a_paper_prints_and_the_list_is_written(office: Office, tmp_path: Path) -> None:
    receipt(office)
    (row,) = office.desk.notices()
    assert row.paper is not None
    office.desk.write_paper(row.paper, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    office.desk.export_notices(tmp_path / "a.csv", [row])
    assert "0000218" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_a_paper_of_a_later_pack_says_what_to_do(office: Office, tmp_path: Path) -> None:
    receipt(office, filled("M05").model_copy(update={"form": "M99"}))
    (row,) = office.desk.notices()
    assert row.paper is not None
    with pytest.raises(VungXaError, match="Cập nhật bộ mẫu"):
        office.desk.write_paper(row.paper, tmp_path / "a.pdf")
