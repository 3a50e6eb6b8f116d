"""`vungxa catalogues` and `estimate` as processes: lists come in from files, and one can go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.command import vungxa
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office

SECRET = PASSWORD + "\n"


@pytest.fixture
def home(tmp_path: Path, soft_people: list[SoftPerson]) -> Path:
    Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock()).store.close()
    return tmp_path / "unit"


def ask(home: Path, *words: object, code: int = 0) -> dict[str, object]:
    ran = vungxa(*words, "--home", home, "--password-stdin", stdin=SECRET)  # type: ignore[arg-type]
    assert ran.code == code, ran
    return ran.answer


def in_force(home: Path) -> list[int]:
    answer = ask(home, "catalogues", "list", "--kind", "econ")
    return [item["version"] for item in answer["catalogues"] if item["used"]]  # type: ignore[attr-defined]


def test_catalogue_comes_in_is_used_and_given_up(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "mlns.csv"
    path.write_text("Mã;Tên\n6550;Vật tư\n6571;Mã mới\n", "utf-8")
    made = ask(home, "catalogues", "import", path, "--kind", "econ", "--label", "TT 130")["catalogues"]
    assert [(item["version"], item["size"], item["used"]) for item in made] == [(1, 2, False)]  # type: ignore[attr-defined]
    assert in_force(home) == [0]
    ask(home, "catalogues", "use", "1", "--kind", "econ")
    assert in_force(home) == [1]
    ask(home, "catalogues", "back", "--kind", "econ")
    assert in_force(home) == [0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("use", "--kind", "econ"), "bad_arguments"),
        (("use", "9", "--kind", "econ"), "no_version"),
        (("import", "--kind", "econ"), "bad_arguments"),
        (("import", "không-có.csv", "--kind", "econ"), "not_found"),
        (("back",), "bad_arguments"),
        (("back", "--kind", "màu"), "unknown_catalogue"),
    ],
)
def test_wrong_words_are_refused(home: Path, words: tuple[str, ...], code: str) -> None:
    assert ask(home, "catalogues", *words, code=2)["error"]["code"] == code  # type: ignore[call-overload]


def test_estimate_comes_in(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "dutoan.csv"
    path.write_text("Nguồn;Mã ngành;Dự toán giao\n13;341;500.000.000\n", "utf-8")
    answer = ask(home, "estimate", "import", path, "--year", "2031")
    assert (answer["rows"], answer["total"]) == (1, 500_000_000)
    assert answer["lines"][0]["budget_year"] == 2031  # type: ignore[index]


def test_project_is_declared_and_told(home: Path) -> None:
    assert ask(home, "project", "--code", "7001")["project"] is None
    told = ask(home, "project", "--code", "7001", "--year", "2026", "--total", "9.000.000.000", "--plan", "700.000.000")
    known = {"total_investment": 9_000_000_000, "plan_year": 700_000_000}
    assert told["project"] == {**known, "disbursed": 0, "disbursed_year": 0, "open_advance": 0}
    assert ask(home, "project", "--code", "7001") == told
    assert ask(home, "project", "--code", "7001", "--total", "nhiều", code=2)["error"]["code"] == "bad_money"  # type: ignore[index]
