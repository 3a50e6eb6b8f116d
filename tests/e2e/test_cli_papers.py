"""`vungxa papers` and `refunds` as processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.store_kit import event
from tests.e2e.command import Ran, vungxa
from tests.fixtures.forms_filled import filled
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office

AT = "2026-11-24T02:00:00Z"


@pytest.fixture
def unit(tmp_path: Path, soft_people: list[SoftPerson]) -> Path:
    office = Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    paper = {"form": "M05", "pack": "347-2025", "document": filled("M05").model_dump(mode="json")}
    order = {"order_no": "12/LHT", "order_date": "2026-11-02", "amount": 900, "status": "booked"}
    with office.store:
        told = [event(1, "paper", None, at=AT, **paper), event(2, "refund", None, at=AT, **order)]
        office.store.feed.apply_page(told, 2, AT)
    return tmp_path / "unit"


def ask(home: Path, name: str, *words: object) -> Ran:
    return vungxa(name, "--home", home, "--password-stdin", *words, stdin=PASSWORD + "\n")


def test_papers_are_listed_and_printed(unit: Path, tmp_path: Path) -> None:
    (paper,) = ask(unit, "papers").answer["papers"]
    assert (paper["form"], paper["number"], paper["document"]["fields"]["amount"]) == ("M05", "0000218", 36_000)
    assert ask(unit, "papers", "--seq", paper["seq"], "--pdf", tmp_path / "a.pdf").answer["size"] > 1_000
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_no_such_paper_says_so(unit: Path, tmp_path: Path) -> None:
    assert ask(unit, "papers", "--seq", 77, "--pdf", tmp_path / "a.pdf").error[1] == "no_paper"


def test_refunds_are_followed(unit: Path) -> None:
    (refund,) = ask(unit, "refunds").answer["refunds"]
    assert (refund["order_no"], refund["label"]) == ("12/LHT", "Đã hạch toán hoàn trả")
    assert [step["status"] for step in refund["steps"]] == ["booked"]
