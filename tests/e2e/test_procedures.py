"""Each case of each procedure from plain words to the Treasury's decision: real tokens, real HTTP, a real gateway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pytest

from desktop.demo.pki import DemoPki, DemoToken
from desktop.demo.unit import BUDGET_YEAR, UNIT
from desktop.dossier.people import EstimateLine
from desktop.dossier.procedures import procedures
from desktop.dossier.signers import signing_steps
from tests.e2e.office import Office, Taken
from tests.e2e.procedure_cases import CASES, Case
from tests.e2e.procedure_edits import PROJECT_ACCOUNT
from tests.fixtures.gateway import GatewayProcess

pytestmark = pytest.mark.timeout(240)
AGENCY = UNIT.model_copy(
    update={
        "code": "1097777",
        "name": "Phòng Kinh tế xã Mường Lý",
        "estimate_account": "9523.4.1097777",
        "deposit_account": "3713.4.1097777",
    }
)
WAVES = (1, 2, 3)


def line(account: str, source: str, sector: str) -> EstimateLine:
    return EstimateLine(budget_year=BUDGET_YEAR, account=account, source=source, sector=sector, amount=50_000_000_000)


LINES = (
    line(UNIT.estimate_account, "13", "341"),
    line(UNIT.estimate_account, "13", "281"),
    line(UNIT.deposit_account, "13", ""),
    line(UNIT.deposit_account, "54", ""),
    line(PROJECT_ACCOUNT, "43", "292"),
)


@dataclass
class Told:
    """Both offices after all waves."""

    commune: Office
    agency: Office
    taken: Mapping[str, Taken]

    def of(self, case: Case) -> tuple[Office, Taken]:
        return self.agency if case.agency else self.commune, self.taken[case.name]


@pytest.fixture(scope="module")
def offices(
    tmp_path_factory: pytest.TempPathFactory, demo_pki: DemoPki, demo_tokens: list[DemoToken]
) -> Iterator[tuple[Office, Office]]:
    folder = tmp_path_factory.mktemp("procedures")
    gateway = GatewayProcess(folder / "gateway", demo_pki, decide_after=0.1).start()
    commune = Office.open(folder, gateway, demo_tokens, UNIT, LINES)
    agency = Office.open(folder, gateway, demo_tokens, AGENCY, [line(AGENCY.estimate_account, "13", "341")])
    yield commune, agency
    for office in (commune, agency):
        office.store.close()
    assert gateway.stop() == (0, "")


@pytest.fixture(scope="module")
def told(offices: tuple[Office, Office]) -> Told:
    commune, agency = offices
    taken: dict[str, Taken] = {}
    for wave in WAVES:
        for office in offices:
            batch = {case.name: case for case in CASES if case.wave == wave and case.agency == (office is agency)}
            done = {
                name: take(office, case, f"{wave}{number:03d}") for number, (name, case) in enumerate(batch.items())
            }
            if done:
                office.exchange(list(done.values()))
            taken |= done
    return Told(commune, agency, taken)


def take(office: Office, case: Case, number: str) -> Taken:
    return office.take(case.purpose, case.answers, partial(case.fill, number=number, store=office.store))


def test_no_case_that_a_unit_starts_is_left_out() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.case for case in CASES} == {name for name, case in procedures().cases.items() if case.startable}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_from_plain_words_to_the_decision(told: Told, case: Case) -> None:
    office, taken = told.of(case)
    assert taken.errors == []
    dossier = office.desk.dossier(taken.local_id)
    assert (taken.case, dossier.case) == (case.case, case.case)
    assert taken.pages >= len(dossier.documents)
    assert len(taken.said) == len(signing_steps(dossier.documents))
    assert office.receipt(taken)["signers"] == len(taken.said)
    decision = office.decision(taken)
    assert decision.reason == ""
    assert (decision.decision, decision.amount) == ("paid", case.amount)
    assert case.writes.items() <= {(figure.key, figure.value) for figure in decision.figures}
