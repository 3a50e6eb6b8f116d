"""Each case of each procedure from plain words to the Treasury's decision: real tokens, real HTTP, a real gateway."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki, DemoToken
from desktop.demo.unit import BUDGET_YEAR, UNIT
from desktop.dossier.compute import fill
from desktop.dossier.document import Document, Dossier
from desktop.dossier.people import EstimateLine
from desktop.dossier.procedures import procedures
from desktop.dossier.signers import signing_steps
from desktop.exchange.printing import print_document
from tests.e2e.office import Office, Taken
from tests.e2e.procedure_cases import CASES, Case
from tests.e2e.procedure_edits import PROJECT_ACCOUNT, with_cell, with_rows
from tests.fixtures.gateway import GatewayProcess, command
from tests.unit.exchange.papers import text_of

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


def test_a_table_that_differs_is_answered_with_the_treasurys_figures_and_corrected(told: Told) -> None:
    office, quarter = told.commune, the_case("P7-a1")

    def misread(draft: Dossier) -> tuple[Document, ...]:
        table, *rest = quarter.fill(draft, "", office.store)
        return (fill(with_cell(table, used_period=1, used_to_date=1)), *rest)

    wrong = office.take(quarter.purpose, quarter.answers, misread)
    office.exchange([wrong])
    found = office.decision(wrong)
    assert found.decision == "mismatch"
    assert found.reason.startswith("Số liệu không khớp đúng. Mẫu 26, ")
    right = quarter.fill(office.desk.dossier(wrong.local_id), "", office.store)
    theirs = {(cell.key, cell.value) for cell in office.store.notices.figures(wrong.local_id)}
    assert ("used_to_date", right[0].tables["lines"][0]["used_to_date"]) in theirs
    corrected = office.correct(wrong, partial(quarter.fill, number="", store=office.store))
    office.exchange([corrected])
    assert office.decision(corrected).decision == "paid"


def test_a_withdrawal_beyond_the_estimate_comes_back_with_a_notice_that_prints(told: Told, tmp_path: Path) -> None:
    office, supplier = told.commune, the_case("P3-a3", "supplier_contract")

    def of_the_cut_source(draft: Dossier) -> tuple[Document, ...]:
        voucher = supplier.fill(draft, "CUT1", office.store)[0]
        rows = ({**row, "source": "12", "sector": "281"} for row in voucher.tables["lines"])
        return (with_rows(voucher, *rows),)

    taken = office.take(supplier.purpose, supplier.answers, of_the_cut_source)
    office.exchange([taken])
    decision = office.decision(taken)
    assert (decision.decision, "nguồn 12, ngành 281 còn thiếu" in decision.reason) == ("returned", True)
    paper = office.store.notices.papers_of(taken.local_id)[0]
    assert (paper.form, paper.dossier_no) == ("M33", office.desk.dossier(taken.local_id).number)
    assert paper.document is not None
    words = text_of(print_document(paper.document), tmp_path)
    assert decision.official_code in words
    assert decision.reason in words


def test_a_refund_is_followed_to_the_payees_account(told: Told, tmp_path: Path) -> None:
    order: dict[str, object] = {
        "order_no": "LHT 0012",
        "order_date": "2026-11-16",
        "amount": 4_750_000,
        "payee_name": UNIT.name,
        "payee_account": UNIT.deposit_account,
        "content": "Hoàn trả lệ phí nộp thừa",
    }
    for status, credited in (("received", ""), ("credited", "2026-11-20T03:00:00Z")):
        file = tmp_path / "refund.json"
        file.write_text(json.dumps({**order, "status": status, "credited_at": credited}), "utf-8")
        home = str(told.commune.gateway.home)
        command("publish-refund", "--home", home, "--unit", UNIT.code, "--file", str(file))
    told.commune.exchange([])
    refund = next(item for item in told.commune.store.notices.refunds() if item.order_no == "LHT 0012")
    assert (refund.status, refund.amount, refund.payee) == ("credited", 4_750_000, UNIT.name)
    assert [step.status for step in refund.steps] == ["credited", "received"]


def the_case(case: str, purpose: str = "") -> Case:
    return next(item for item in CASES if item.case == case and purpose in ("", item.purpose))
