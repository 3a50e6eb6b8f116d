"""A dossier signed on two machines of one unit: out, in, back; what differs is shown and never merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.desk.handing_over import HandingOver
from desktop.dossier.handover_views import HandoverOutcome, HandoverReport
from desktop.dossier.views import RowQuery
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import LISTED, Office

TAKE, SIGN, SEALED = HandoverOutcome.TAKE, HandoverOutcome.SIGN, HandoverOutcome.SEALED
ALREADY, CONFLICT, REFUSED = HandoverOutcome.ALREADY_DONE, HandoverOutcome.CONFLICT, HandoverOutcome.REFUSED


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


@pytest.fixture
def home(office: Office, tmp_path: Path) -> Machine:
    office.machine = "MAY-KE-TOAN"
    return Machine(office, tmp_path)


@pytest.fixture
def away(home: Machine, tmp_path: Path, soft_people: list[SoftPerson]) -> Iterator[Machine]:
    persons = [soft.person for soft in soft_people]
    made = Office.make(tmp_path / "other", persons, home.office.clock, soft_people)
    made.machine = "MAY-CHU-TICH"
    with made.store:
        yield Machine(made, tmp_path)


@pytest.fixture
def partly(home: Machine) -> str:
    """Signed by the preparer and the chief accountant at home; the account holder is on the other machine."""
    local_id = home.office.submit(LISTED)
    home.office.sign(local_id, 2)
    return local_id


def test_the_last_signer_signs_elsewhere_and_home_sends(home: Machine, away: Machine, partly: str) -> None:
    out = home.give(partly)
    assert home.state(partly) == "Đang ở máy khác ký"
    assert away.outcomes(out) == [TAKE]
    assert away.state(partly) == "Chờ chủ TK ký"
    away.office.sign(partly)
    assert away.state(partly) == "Đã ký đủ, cần chuyển lại"
    back = away.give(partly, name="b.vxky")
    assert away.state(partly) == "Đã chuyển lại"
    assert home.outcomes(back) == [SEALED]
    assert home.state(partly) == "Sẵn sàng gửi"
    signatures = home.office.store.submissions.get(partly).signatures
    assert [made.machine for made in signatures][2] == "MAY-CHU-TICH"


def test_the_guest_holds_nothing_and_is_never_sent(home: Machine, away: Machine, partly: str) -> None:
    store, before = away.office.store, away.office.store.estimates.all()
    away.take(home.give(partly))
    away.office.sign(partly)
    assert store.estimates.all() == before != home.office.store.estimates.all()
    assert (store.packages.by_local(partly), store.outbox.due("9999-12-31T23:59:59Z")) == (None, [])
    totals = store.projection.totals(RowQuery())
    assert (totals.count, totals.amount) == (1, 0)
    assert store.check() == []


def test_both_machines_show_the_same_code_and_it_changes_with_each_signature(
    home: Machine, away: Machine, partly: str
) -> None:
    written = home.over.hand_out([partly], home.stick / "a.vxky")
    looked = away.over.look(home.stick / "a.vxky")
    assert looked.code == written.code == looked.dossiers[0].code
    assert len(looked.code.replace(" ", "")) == 8
    away.take(home.stick / "a.vxky")
    away.office.sign(partly)
    assert away.over.hand_out([partly], home.stick / "b.vxky").code != written.code


def test_the_same_file_twice_changes_nothing(home: Machine, away: Machine, partly: str) -> None:
    out = home.give(partly)
    assert [away.outcomes(out), away.outcomes(out)] == [[TAKE], [ALREADY]]
    away.office.sign(partly)
    back = away.give(partly, name="b.vxky")
    entries = len(home.office.store.journal.entries())
    assert home.outcomes(back) == [SEALED]
    added = len(home.office.store.journal.entries()) - entries
    assert home.outcomes(back) == [ALREADY]
    assert len(home.office.store.journal.entries()) - entries == added
    assert len(home.office.store.outbox.due("9999-12-31T23:59:59Z")) == 1
