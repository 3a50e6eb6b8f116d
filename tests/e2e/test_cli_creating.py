"""Dossiers from plain words and from last month's, on the command line of a real process."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.dossier.purposes import purposes
from tests.e2e.command import vungxa
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import LISTED, PASSWORD, Clock, Office


@pytest.fixture
def unit(tmp_path: Path, soft_people: list[SoftPerson]) -> tuple[Path, str]:
    """A unit with one dossier; its folder and the dossier's number."""
    office = Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    with office.store:
        number = office.desk.dossier(office.draft(LISTED)).number
    return tmp_path / "unit", number


def run(folder: Path, *words: str) -> tuple[int, dict[str, object]]:
    ran = vungxa(*words, "--home", folder, "--password-stdin", stdin=PASSWORD + "\n")
    return ran.code, ran.answer


def test_purposes_are_told_without_a_unit() -> None:
    answer = vungxa("purposes").answer
    assert [item["key"] for item in answer["purposes"]] == [item.key for item in purposes().purposes]
    salary = next(item for item in answer["purposes"] if item["key"] == "salary")
    assert salary["questions"][0]["answers"] == {"estimate": "Tài khoản dự toán", "deposit": "Tài khoản tiền gửi"}


def test_a_dossier_is_begun_and_says_what_it_lacks(unit: tuple[Path, str]) -> None:
    code, answer = run(unit[0], "new", "--purpose", "salary", "--answer", "account=deposit", "--answer", "year=first")
    assert (code, answer["case"], answer["forms"]) == (0, "P3-a3", ["C4-02a/KB", "M20"])
    assert [item["ref"] for item in answer["components"] if item["state"] == "missing"] == [
        "att:van_ban_phe_duyet_du_toan"
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("new", "--purpose", "nothing"), "unknown_purpose"),
        (("new", "--purpose", "salary", "--answer", "account"), "bad_answer"),
        (("new", "--purpose", "salary", "--answer", "year=no", "--answer", "year=first"), "bad_answer"),
        (("copy", "0001", "--month", "11/2026"), "bad_month"),
        (("copy", "9999"), "not_found"),
    ],
)
def test_what_cannot_be_done_says_so(unit: tuple[Path, str], words: tuple[str, ...], code: str) -> None:
    failed, answer = run(unit[0], *words)
    assert (failed, answer["error"]["code"]) == (2, code)


def test_a_dossier_is_copied_by_its_number(unit: tuple[Path, str]) -> None:
    folder, number = unit
    code, answer = run(folder, "copy", number, "--amounts", "clear")
    assert (code, answer["forms"]) == (0, ["C2-02a/NS", "M20"])
    assert answer["number"] != number
    assert any(item["weighty"] and item["after"] == "" for item in answer["differences"])
