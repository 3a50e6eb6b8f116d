"""docs/dvc.md says what the mapping does, for every kind of file."""

from pathlib import Path

from desktop.exchange.dvc_page import page
from desktop.exchange.dvc_reports import REPORTS

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "dvc.md"


def test_the_page_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == page(), "run: python -m desktop.exchange.dvc_page docs/dvc.md"


def test_every_kind_has_its_section() -> None:
    text = page()
    assert [report.name for report in REPORTS if f"\n## {report.name}" not in text] == []


def test_what_is_written_and_what_stays_behind_is_marked() -> None:
    section = page().split("\n## C202a", 1)[1].split("\n## ", 1)[0]
    assert "| Số chứng từ | `document_no` | **`soChungTu`** |" in section
    assert "| Địa chỉ | `address` | `dvqhnsDiachi`, `diaChi` |" in section
    left = section.rpartition("Not carried: ")[2]
    assert "`contract_no`" in left
    assert "`document_no`" not in left
