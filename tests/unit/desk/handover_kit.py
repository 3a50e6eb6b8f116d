"""Two machines of one unit with a stick between them; their stores are made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.desk.handing_over import HandingOver
from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import HandoverOutcome, HandoverReport
from desktop.store.store import Store
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office


@dataclass
class Machine:
    """One computer of the unit: a store of its own, and the stick that goes between them."""

    office: Office
    stick: Path

    @property
    def over(self) -> HandingOver:
        return HandingOver(self.office.context())

    def give(self, *local_ids: str, name: str = "a.vxky") -> Path:
        path = self.stick / name
        self.over.hand_out(local_ids, path)
        return path

    def take(self, path: Path) -> HandoverReport:
        looked, taken = self.over.look(path), self.over.take(path)
        assert [item.local_id for item in looked.dossiers] == [item.local_id for item in taken.results]
        return taken

    def outcomes(self, path: Path) -> list[HandoverOutcome]:
        return [item.outcome for item in self.take(path).results]

    def refused(self, path: Path) -> tuple[HandoverOutcome, str]:
        (item,) = self.take(path).results
        return item.outcome, item.problem_code

    def state(self, local_id: str) -> str:
        return self.office.store.projection.row(local_id).status.label


@dataclass
class Prepared:
    """Two stores of one unit, made once, and a dossier that the chief accountant has signed on the first."""

    folder: Path
    partly: str
    clock: Clock


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, soft_people: list[SoftPerson]) -> Prepared:
    folder, clock, persons = tmp_path_factory.mktemp("unit"), Clock(), [soft.person for soft in soft_people]
    first = Office.make(folder / "home", persons, clock, soft_people)
    first.machine = "MAY-KE-TOAN"
    with first.store, Office.make(folder / "away", persons, clock, soft_people).store:
        partly = first.submit()
        first.sign(partly, 1)
    return Prepared(folder, partly, clock)


@pytest.fixture
def both(prepared: Prepared, tmp_path: Path, soft_people: list[SoftPerson]) -> Iterator[list[Machine]]:
    shutil.copytree(prepared.folder, tmp_path, dirs_exist_ok=True)
    clock = Clock(prepared.clock.at)
    names = {"home": "MAY-KE-TOAN", "away": "MAY-CHU-TICH"}
    with Store.open(tmp_path / "home", PASSWORD) as home, Store.open(tmp_path / "away", PASSWORD) as away:
        stores = zip((home, away), names.values(), strict=True)
        yield [Machine(Office(store, clock, soft_people, name), tmp_path) for store, name in stores]


@pytest.fixture
def home(both: list[Machine]) -> Machine:
    return both[0]


@pytest.fixture
def away(both: list[Machine]) -> Machine:
    return both[1]


@pytest.fixture
def partly(prepared: Prepared) -> str:
    return prepared.partly


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(VungXaError) as error:
        action()
    return error.value.code


def signed_away(home: Machine, away: Machine, local_id: str, count: int = 9) -> Path:
    away.take(home.give(local_id))
    away.office.sign(local_id, count)
    return away.give(local_id, name="b.vxky")
