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
        (("estimate", "add", "--kind", "thưởng", "--amount", "5"), "bad_entry"),
        (("estimate", "add", "--amount=-5", "--source", "13", "--sector", "341"), "bad_entry"),
        (("estimate", "import", "../estimate.csv", "--columns", "A=tiền"), "bad_columns"),
        (("estimate", "undo", "x"), "bad_arguments"),
        (("estimate", "undo", "999999"), "entry_unknown"),
        (("reconcile", "--form", "M27", "--quarter", "1"), "no_payment_orders"),
        (("catalogues", "use", NINES, "--kind", "econ"), "bad_arguments"),
        (("catalogues", "list", "--kind", "zz"), "unknown_catalogue"),
    ],
)
def test_a_slip_changes_nothing_and_costs_one_sentence(home: Path, words: tuple[str, ...], code: str) -> None:
    made = [home.parent / "estimate.csv" if word == "../estimate.csv" else word for word in words]
    assert ask(home, *made).error == (2, code)


DATED = ("--source", "13", "--sector", "341", "--year", "2026")


def test_an_entry_is_added_listed_and_undone(home: Path) -> None:
    made = ask(home, "estimate", "add", "--kind", "bổ sung", "--amount", "5.000.000", *DATED).answer["entry_id"]
    assert ask(home, "estimate", "undo", made).answer["entry_id"] == made + 1
    newest = ask(home, "estimate", "list", "--year", "2026").answer["entries"][:2]
    assert [(row["amount"], row["undoes"], row["undone"]) for row in newest] == [
        (-5_000_000, made, False),
        (5_000_000, None, True),
    ]


def test_a_file_of_entries_is_proposed_before_it_is_taken(home: Path) -> None:
    path = home.parent / "entries.csv"
    path.write_text("Dạng,N,Loại khoản,Mã NDKT,Mức\nĐiều chỉnh,13,341,6551,-1.000\n", "utf-8")
    named = ("--year", "2026", "--columns", "A=kind,B=source,c=sector,D=econ,E=amount")
    proposed = ask(home, "estimate", "import", path, *named, "--dry-run").answer
    taken = ask(home, "estimate", "import", path, *named).answer
    assert (proposed["taken"], proposed["total"]) == (False, -1_000)
    assert (taken["taken"], taken["entries"]) == (True, proposed["entries"])


def test_the_book_and_its_reconciliation_are_told(home: Path) -> None:
    lines = ask(home, "book", "--year", "2026").answer["lines"]
    assert lines[-1]["level"] == "total"
    assert lines[-1]["left"] == lines[-1]["given"] - lines[-1]["used"] - lines[-1]["held"]
    ask(home, "book", "--year", "2026", "--export", home.parent / "so.xlsx")
    assert (home.parent / "so.xlsx").read_bytes()[:2] == b"PK"
    begun = ask(home, "reconcile", "--form", "M26", "--quarter", "3", "--year", "2026").answer
    assert begun["title"] == "Đối chiếu dự toán quý III/2026"
    assert ask(home, "reconcile", "--compare", begun["local_id"]).answer["differences"] == []
