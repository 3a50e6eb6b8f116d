"""A whole dossier on paper, on the command line of a real process."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.dossier.lifecycle import State
from desktop.exchange.pages import page_count
from desktop.store.store import Store
from tests.e2e.command import Ran, vungxa
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import LISTED, PASSWORD, Clock, Office

REASON = "Mất mạng từ ngày 20/11"


@pytest.fixture
def number(tmp_path: Path, soft_people: list[SoftPerson]) -> str:
    """The number of the one dossier of a unit in tmp_path/unit."""
    office = Office.make(tmp_path / "unit", [soft.person for soft in soft_people], Clock(), soft_people)
    with office.store:
        return office.desk.dossier(office.draft(LISTED)).number


def run(folder: Path, number: str, *words: object) -> Ran:
    there = ("--home", folder / "unit", "--password-stdin")
    return vungxa("print", "--paper-pack", number, "-o", folder / "a.pdf", *words, *there, stdin=PASSWORD + "\n")


def test_the_pack_is_written_and_the_dossier_is_on_paper(tmp_path: Path, number: str) -> None:
    answer = run(tmp_path, number, "--reason", REASON).answer
    assert (answer["ok"], answer["pages"]) == (True, page_count((tmp_path / "a.pdf").read_bytes()))
    with Store.open(tmp_path / "unit", PASSWORD) as store:
        row = store.projection.row(str(answer["local_id"]))
        assert (row.status.state, row.status.detail) == (State.PAPER, REASON)
    assert run(tmp_path, number, "--reason", REASON).error == (2, "already_on_paper")


def test_without_a_reason_or_a_home_nothing_is_written(tmp_path: Path, number: str) -> None:
    assert run(tmp_path, number).error == (2, "reason_missing")
    bare = vungxa("print", "--paper-pack", number, "-o", tmp_path / "a.pdf", "--reason", REASON)
    assert bare.error == (2, "no_home")
    assert vungxa("print", "-o", tmp_path / "a.pdf").error == (2, "no_file")
    assert not (tmp_path / "a.pdf").exists()
