"""What lists, detail and look-ups show is what happened, and nothing is kept twice."""

import time

import pytest

from desktop.demo.scan import scan_pdf
from desktop.demo.unit import UNIT
from desktop.dossier.document import Dossier
from desktop.dossier.lifecycle import State
from desktop.dossier.views import RowQuery
from tests.unit.desk.kit import LISTED, ORDER, PHONE, SETTLEMENT, SUPPLIES, Office, sha256


def test_a_draft_in_detail(office: Office) -> None:
    local_id = office.draft(SUPPLIES)
    detail = office.desk.detail(local_id)
    assert detail.row.status.state is State.DRAFT
    assert [file.sha256 for file in detail.documents] == [""]
    assert (detail.steps, detail.package_id, detail.receipt_no, detail.reason) == ((), "", "", "")
    assert detail.payee == "Công ty TNHH Thương mại Hải Lâm"
    assert detail.source_line.startswith("13 / 341 ")


def test_a_submitted_dossier_shows_the_digests_that_will_be_signed(office: Office) -> None:
    scan = scan_pdf(20_000, 3)
    local_id = office.submit(scan=scan)
    detail, frozen = office.desk.detail(local_id), office.store.submissions.get(local_id).objects
    assert [file.sha256 for file in detail.documents] == [frozen[1].sha256]
    assert [(file.title, file.sha256, file.size) for file in detail.attachments] == [
        ("quét.pdf", sha256(scan), len(scan))
    ]
    assert "C2-02a/NS" in detail.documents[0].title


@pytest.mark.parametrize(
    ("signed", "states"),
    [(0, ["turn", "waiting", "waiting"]), (1, ["signed", "turn", "waiting"]), (3, ["signed", "signed", "signed"])],
)
def test_whose_turn_it_is(office: Office, signed: int, states: list[str]) -> None:
    local_id = office.submit(LISTED)
    office.sign(local_id, signed)
    steps = office.desk.detail(local_id).steps
    assert [step.state for step in steps] == states
    assert [bool(step.when) for step in steps] == [state == "signed" for state in states]
    assert [step.name for step in steps] == [person.name for person in office.desk.people()]


def test_a_returned_dossier_shows_reason_receipt_and_package(office: Office) -> None:
    local_id, package = office.seal()
    office.decide(local_id, "returned", "Thiếu hóa đơn")
    detail = office.desk.detail(local_id)
    assert (detail.reason, detail.receipt_no, detail.package_id) == ("Thiếu hóa đơn", "0423", package)
    assert (detail.row.status.state, detail.official_code) == (State.RETURNED, "G1")
    assert "Kho bạc trả lại" in [event.title for event in detail.history]


def test_a_refused_dossier_shows_the_words_of_the_gateway(office: Office) -> None:
    local_id, package = office.seal()
    office.store.outbox.mark_refused(package, "rules", "Sai số tài khoản", office.context().now())
    assert office.desk.detail(local_id).reason == "Sai số tài khoản"


def test_a_list_of_payees_is_counted_not_named(office: Office) -> None:
    assert office.desk.detail(office.draft(LISTED)).payee == "1 người theo danh sách"


@pytest.mark.parametrize(
    ("case", "account", "left"),
    [
        (PHONE, UNIT.estimate_account, 1_850_000_000),
        (ORDER, UNIT.deposit_account, 64_000_000),
    ],
)
def test_the_estimate_is_the_line_drawn_on_without_this_dossier(
    office: Office, case: object, account: str, left: int
) -> None:
    local_id = office.submit(case)  # type: ignore[arg-type]
    view = office.desk.estimate(office.desk.dossier(local_id))
    assert view is not None
    assert (view.account, view.left, view.held) == (account, left, 0)


def test_another_dossier_is_held_on_the_same_line(office: Office) -> None:
    office.submit(PHONE)
    view = office.desk.estimate(office.desk.dossier(office.draft(SUPPLIES)))
    assert view is not None
    assert (view.held, view.left) == (3_412_500, 1_850_000_000 - 3_412_500)


def test_no_estimate_for_a_settlement_or_an_empty_form(office: Office) -> None:
    assert office.desk.estimate(office.desk.dossier(office.draft(SETTLEMENT))) is None
    empty = office.desk.dossier(office.desk.create("C2-02a/NS"))
    assert office.desk.estimate(empty) is None
    assert office.desk.estimate(Dossier(local_id="x", number="1", title="x")) is None


@pytest.mark.parametrize(
    ("catalogue", "text", "code"),
    [("econ", "6501", "6501"), ("sector", "quan ly nha nuoc", "341"), ("bank", "nong nghiep", None)],
)
def test_codes_are_found_by_number_or_words_without_marks(
    office: Office, catalogue: str, text: str, code: str | None
) -> None:
    found = office.desk.lookup(catalogue, text)
    assert 0 < len(found) <= 60
    assert code is None or code in [entry.code for entry in found]


def test_the_sum_of_a_list_is_that_of_its_rows(office: Office) -> None:
    for case in (PHONE, SUPPLIES, LISTED):
        office.draft(case)
    rows, totals = office.desk.rows(RowQuery()), office.desk.totals(RowQuery())
    assert (totals.count, totals.amount) == (3, sum(row.amount for row in rows))
    assert office.context(1).user.person_id == "p2"


def test_reads_for_the_window_are_quick_with_many_dossiers(office: Office) -> None:
    with office.store.transaction():
        for _ in range(150):
            office.draft(PHONE)
    began = time.perf_counter()
    office.desk.rows(RowQuery())
    office.desk.counts()
    office.desk.detail(office.draft(PHONE))
    assert time.perf_counter() - began < 0.5


def test_what_the_unit_wrote_before_is_offered_where_no_list_was_given(office: Office) -> None:
    office.desk.save(office.desk.dossier(office.desk.create("C2-02a/NS")))
    assert [found.code for found in office.desk.written_before("unit_account")][:1] == [
        office.desk.unit().estimate_account
    ]
    assert office.desk.written_before("donor") == []
    local_id = office.desk.create("C4-02a/KB")
    dossier = office.desk.dossier(local_id)
    fields = dossier.documents[0].fields | {"donor_code": "WB-01", "payee_bank": "Kho bạc Lào Cai"}
    documents = (dossier.documents[0].model_copy(update={"fields": fields}),)
    office.desk.save(dossier.model_copy(update={"documents": documents}))
    assert [found.code for found in office.desk.written_before("donor")] == ["WB-01"]
    assert "Kho bạc Lào Cai" in [found.name for found in office.desk.written_before("bank_or_treasury")]
    assert office.desk.written_before("econ") == ()


def test_currencies_are_looked_up_like_codes(office: Office) -> None:
    assert [found.code for found in office.desk.lookup("currency", "do la my")] == ["USD"]
