"""What time says about a dossier: until when to send it, when the Treasury answers, what is owed by when."""

import json
from datetime import datetime

import pytest

from desktop.desk.delivering import Delivering
from desktop.desk.duties import Duties, DutyError
from desktop.desk.timing import Timing
from desktop.dossier.dates import VIETNAM
from desktop.dossier.document import Dossier
from desktop.dossier.intake import CutoffError
from desktop.dossier.lifecycle import State
from desktop.dossier.views import DutyView, TimeNote
from desktop.dossier.workdays import WorkdayError
from tests.contract.book_kit import decide, document, submit
from tests.contract.store_kit import NOW, receipt
from tests.unit.desk.kit import CASH, Office


def at(office: Office, text: str) -> Timing:
    """Set the unit's clock to a time in Việt Nam."""
    office.clock.at = datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
    return Timing(office.store, office.clock)


def receive(office: Office, package: str, received_at: str) -> None:
    """The Treasury has a package whole at a time of its own clock."""
    statement, payload = receipt(package)
    told = json.loads(payload) | {"received_at": received_at}
    office.store.outbox.mark_delivered(package, statement, json.dumps(told).encode(), received_at)


def note(office: Office, local_id: str) -> TimeNote:
    found = office.desk.detail(local_id).time
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("now", "text", "colour", "left"),
    [
        ("2026-11-23T12:50", "Kho bạc nhận hồ sơ hôm nay đến 15:00, còn 2 giờ 10 phút", "slate", 130),
        ("2026-11-23T13:30", "Kho bạc nhận hồ sơ hôm nay đến 15:00, còn 1 giờ 30 phút", "amber", 90),
        ("2026-11-23T16:00", "Đã quá 15:00 hôm nay. Hồ sơ gửi lúc này tính là nhận thứ Tư 25/11/2026", "slate", None),
    ],
)
def test_before_it_is_sent_the_hour_counts(office: Office, now: str, text: str, colour: str, left: int | None) -> None:
    at(office, now)
    found = note(office, office.draft())
    assert (found.text, found.colour, found.left) == (text, colour, left)
    assert Delivering(office.context(), None).view().time == found


@pytest.mark.parametrize(
    ("received_at", "text"),
    [
        ("2026-12-24T02:00:00Z", "thứ Sáu 25/12/2026 (còn 1 ngày làm việc)"),
        ("2026-12-24T08:00:00Z", "thứ Hai 28/12/2026 (còn 2 ngày làm việc)"),
        ("2026-12-24T17:00:00Z", "thứ Ba 29/12/2026 (còn 3 ngày làm việc)"),
    ],
)
def test_at_the_treasury_the_answer_is_due(office: Office, received_at: str, text: str) -> None:
    local_id, package = office.seal()
    receive(office, package, received_at)
    at(office, "2026-12-24T11:00")
    found = note(office, local_id)
    assert (found.title, found.text, found.rule) == ("Hạn Kho bạc trả kết quả", text, "R-192")
    assert "NĐ 347/2025 Điều 6.5). Ngày dự kiến" in found.reason


@pytest.mark.parametrize(
    ("today", "colour", "left"), [("2026-12-24", "teal", 1), ("2026-12-25", "amber", 0), ("2026-12-28", "red", -1)]
)
def test_a_late_answer_shows(office: Office, today: str, colour: str, left: int) -> None:
    local_id, package = office.seal()
    receive(office, package, "2026-12-24T02:00:00Z")
    at(office, f"{today}T11:00")
    assert (note(office, local_id).colour, note(office, local_id).left) == (colour, left)


def test_what_is_decided_has_no_deadline(office: Office) -> None:
    local_id, _package = office.seal()
    office.decide(local_id, "paid")
    assert office.desk.detail(local_id).time is None


def returned(office: Office, decision: str) -> TimeNote | None:
    local_id = office.seal()[0]
    office.decide(local_id, decision, "Không khớp đúng")
    return Timing(office.store, office.clock).note(office.desk.dossier(local_id), State.RETURNED)


def test_a_mismatch_is_reconciled_again_by_the_next_working_day(office: Office) -> None:
    found = returned(office, "mismatch")
    assert found is not None
    assert (found.title, found.rule) == ("Hạn đối chiếu lại", "R-149")


def test_another_returned_dossier_has_none(office: Office) -> None:
    assert returned(office, "returned") is None


@pytest.mark.parametrize(("asked", "limit"), [("advance", 1), ("completed", 2), (None, 2)])
def test_investment_money_is_due_by_what_is_asked_for(office: Office, asked: str | None, limit: int) -> None:
    local_id, package = office.seal()
    receive(office, package, "2026-12-21T02:00:00Z")
    forms = office.desk.dossier(local_id).documents
    paper = forms[0].model_copy(update={"form": "I04A", "choices": {"request_kind": asked} if asked else {}})
    dossier = Dossier(local_id=local_id, number="1", title="", procedure="P8", documents=(paper,))
    deadline = Timing(office.store, office.clock).deadline(dossier, State.ACCEPTED)
    assert deadline is not None
    assert deadline.working_days == limit


def test_the_units_own_hour_and_days_are_kept(office: Office) -> None:
    timing = at(office, "2026-11-24T15:30")
    timing.set_cutoff("16:00")
    timing.set_workdays('{"2026": {"work": {"2026-11-28": "Làm bù"}}}')
    assert (timing.cutoff().hour, sorted(timing.moved()[2026]["work"])) == (16, ["2026-11-28"])
    assert at(office, "2026-11-28T15:30").intake_note().left == 30
    timing.set_cutoff("")
    timing.set_workdays("")
    assert at(office, "2026-11-28T15:30").intake_note().left is None
    assert (timing.cutoff().hour, sorted(timing.moved()[2026]["work"])) == (15, ["2026-01-10"])


def test_a_wrong_hour_or_table_leaves_what_was_kept(office: Office) -> None:
    timing = Timing(office.store, office.clock)
    timing.set_cutoff("16:00")
    with pytest.raises(CutoffError):
        timing.set_cutoff("25:00")
    with pytest.raises(WorkdayError):
        timing.set_workdays("{")
    assert timing.cutoff().hour == 16


def owed(office: Office, now: str) -> dict[str, DutyView]:
    """What is to do at a time in Việt Nam, by key."""
    at(office, now)
    return {view.key: view for view in Duties(office.store, office.clock).open()}


def test_what_an_ordinary_unit_owes_at_the_years_end(office: Office) -> None:
    found = owed(office, "2026-12-27T09:00")
    assert list(found) == ["last_vouchers", "last_withdrawal", "reconcile"]
    assert [view.days_left for view in found.values()] == [3, 4, 14]
    assert [view.colour for view in found.values()] == ["amber", "amber", "slate"]
    assert "nhiều nhất ở nguồn" in found["last_withdrawal"].detail


def test_an_open_advance_is_owed_until_it_is_late(office: Office) -> None:
    at(office, "2026-11-23T09:00")
    local_id = office.submit(CASH)
    office.sign(local_id)
    office.decide(local_id, "paid")
    before, after = owed(office, "2027-01-30T09:00")["adjustment"], owed(office, "2027-04-02T09:00")["adjustment"]
    assert (before.period, before.date, before.days_left, before.colour) == ("Năm 2026", "2027-01-31", 1, "amber")
    assert before.detail.startswith("1 khoản, ")
    assert "lâu nhất từ 23/11/2026" in before.detail
    assert (after.colour, after.rule) == ("red", "R-086")
    assert "Điều 66" in after.detail


def periods(duties: Duties) -> set[str]:
    return {view.period for view in duties.open()}


def test_a_quarter_the_treasury_has_is_done(office: Office) -> None:
    at(office, "2027-01-05T09:00")
    duties = Duties(office.store, office.clock)
    name = submit(office.store, "q4", document("M26", quarter="IV", year=2026))
    assert "Quý IV/2026" in periods(duties)
    office.store.outbox.mark_delivered(name, *receipt(name), NOW)
    assert "Quý IV/2026" not in periods(duties)
    decide(office.store, "q4", "returned")
    assert "Quý IV/2026" in periods(duties)


def test_an_investor_owes_more(office: Office) -> None:
    at(office, "2026-12-27T09:00")
    duties = Duties(office.store, office.clock)
    duties.set_kind("investor")
    assert {"advance_report", "capital_table"} <= {view.key for view in duties.open()}
    with pytest.raises(DutyError, match="investor") as caught:
        duties.set_kind("ministry")
    assert (caught.value.code, duties.kind()) == ("bad_unit_kind", "investor")
