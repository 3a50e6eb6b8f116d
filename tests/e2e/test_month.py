"""The month of two units as a user runs it, over the good link: what it proves, and what it leaves to be looked at."""

from __future__ import annotations

import json
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from desktop.demo.month.commune import MISMATCH
from desktop.demo.month.plan import PLAN
from desktop.dossier.purposes import plan
from tests.e2e.command import finish, start
from tests.e2e.month_doc import HEAD, PAGE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
FORMS = {
    *("M08", "M09", "M10", "M13", "M14", "M17", "M18", "M20", "M24", "M26", "M28", "M32"),
    *("I03A", "I04A", "I04B", "I05A"),
}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    out = tmp_path_factory.mktemp("month") / "out"
    ran = finish(start("demo", "--month", "--link", "good", "--out", out), seconds=360)
    assert (ran.code, ran.err) == (0, "")
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert ran.answer == {"ok": True, **summary}
    return summary, out


def test_the_plan_is_thirty_five_dossiers_of_two_units() -> None:
    assert Counter(entry.unit for entry in PLAN) == {"xã": 22, "trường": 13}
    assert len({(entry.unit, entry.title) for entry in PLAN}) == len(PLAN) == 35


def test_the_plan_has_every_kind_of_work() -> None:
    cases = {plan(entry.purpose, entry.answers).case for entry in PLAN}
    assert cases == {
        *("P3-a1", "P3-a3", "P3-a4", "P3-a5", "P3-b", "P3-e", "P3-f"),
        *("P5-c", "P7-a1", "P7-d", "P8-1", "P8-2"),
    }
    assert {entry.answers["branch"] for entry in PLAN if "branch" in entry.answers} == {"more", "equal", "less"}


def test_the_page_about_the_month_is_of_this_plan() -> None:
    text = PAGE.read_text("utf-8")
    assert text.startswith(HEAD)
    assert [entry.title for entry in PLAN if f"| {entry.title} |" not in text] == []


def test_every_dossier_arrived_once_and_was_decided_as_planned(month: tuple[dict[str, Any], Path]) -> None:
    summary, _ = month
    whole = ("dossiers", "delivered", "receipts_verified", "packages_verified")
    assert {summary[name] for name in whole} == {35}
    assert [summary[name] for name in ("duplicates", "lost", "altered", "kills", "answers_lost")] == [0, 0, 0, 1, 1]
    assert summary["decisions"] == {"paid": 34, "mismatch": 1}
    assert summary["broken_promises"] == []


def test_forms_and_lists_of_the_month(month: tuple[dict[str, Any], Path]) -> None:
    rows = month[0]["month"]
    assert {form for row in rows for form in row["forms"]} == FORMS
    assert sorted(row["payees"] for row in rows if row["payees"]) == [35, 42, 60, 80, 400]


def test_the_mismatch_says_what_the_treasury_has(month: tuple[dict[str, Any], Path]) -> None:
    (row,) = (row for row in month[0]["month"] if row["decision"] == "mismatch")
    assert row["title"] == MISMATCH
    assert "đơn vị ghi 521.193.000 đ, Kho bạc có 526.443.000 đ" in row["reason"]


def test_the_new_holder_signs_after_the_change_only(month: tuple[dict[str, Any], Path]) -> None:
    last = {row["title"]: row["signers"][-1] for row in month[0]["month"] if row["unit"] == "UBND xã Mường Lý"}
    assert last["Thay đổi chủ tài khoản"] == last["Số dư tiền gửi tháng"] == "Thao Thị Sua"
    assert last["Lương, phụ cấp 60 người"] == "Vi Đình Thắng"


def test_both_books_agree_line_by_line(month: tuple[dict[str, Any], Path]) -> None:
    books = month[0]["books"]
    assert len(books) == 6
    for line in books:
        assert line["agrees"], line
        assert line["given"] - line["used"] - line["held"] == line["left"] == line["treasury"]
        assert line["used"] > 0


def test_what_it_leaves(month: tuple[dict[str, Any], Path]) -> None:
    summary, out = month
    assert len(list((out / "packages").glob("*.asice"))) == len(list((out / "receipts").iterdir())) == 35
    assert sorted(summary["pdfs"]) == sorted(path.name for path in (out / "pdf").iterdir())
    assert len(summary["pdfs"]) == 33  # two dossiers are files alone


@pytest.mark.skipif(find_spec("PySide6") is None, reason="without PySide6 no window opens")
def test_the_windows_of_the_month(month: tuple[dict[str, Any], Path]) -> None:
    summary, out = month
    names = ("balances", "beneficiaries", "capital", "dossiers", "papers", "reconciling")
    assert summary["screenshots"] == [f"month-{name}.png" for name in names]
    assert all((out / "screens" / name).stat().st_size > 20_000 for name in summary["screenshots"])
