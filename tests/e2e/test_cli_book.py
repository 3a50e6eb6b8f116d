"""`vungxa project`, `estimate` and `catalogues`: what is said of the book stays, and a slip costs one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.command import Ran, vungxa
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office

ESTIMATE = "Nguồn,Mã ngành,Dự toán giao\n13,341,1.000.000\n"
NINES = "9" * 30


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, soft_people: list[SoftPerson]) -> Path:
    folder = tmp_path_factory.mktemp("book")
    Office.make(folder / "unit", [soft.person for soft in soft_people], Clock(), soft_people).store.close()
    (folder / "estimate.csv").write_text(ESTIMATE, "utf-8")
    return folder / "unit"


def ask(home: Path, *words: object) -> Ran:
    return vungxa(*words, "--home", home, "--password-stdin", stdin=PASSWORD + "\n")


def test_total_and_plan_of_a_project_are_told_one_by_one(home: Path) -> None:
    ask(home, "project", "--code", "7001", "--total", "5.000.000.000")
    answer = ask(home, "project", "--code", " 7001 ", "--plan", "1000000000", "--year", "2026").answer
    assert answer["project"]["total_investment"] == 5_000_000_000
    assert answer["project"]["plan_year"] == 1_000_000_000


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("project", "--code", "7001", "--total", "-5"), "bad_money"),
        (("project", "--code", "7001", "--plan", NINES), "bad_money"),
        (("project", "--code", "7001", "--total", "5", "--year", "-4"), "bad_arguments"),
        (("project", "--code", " ", "--total", "5"), "bad_arguments"),
        (("estimate", "import", "../estimate.csv", "--year", NINES), "bad_arguments"),
        (("catalogues", "use", NINES, "--kind", "econ"), "bad_arguments"),
        (("catalogues", "list", "--kind", "zz"), "unknown_catalogue"),
    ],
)
def test_a_slip_changes_nothing_and_costs_one_sentence(home: Path, words: tuple[str, ...], code: str) -> None:
    made = [home.parent / "estimate.csv" if word == "../estimate.csv" else word for word in words]
    assert ask(home, *made).error == (2, code)
