"""Deadlines against the vectors put down beside the rules, and the hour a Treasury office stops taking dossiers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.dates import VIETNAM
from desktop.dossier.deadlines import DeadlineError, Kind, due, is_busy, left_in_words, reconcile_again
from desktop.dossier.intake import CutoffError, cutoff, intake, intake_in_words, minutes_in_words
from desktop.dossier.workdays import work_calendar

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("procedure", "case", "kind", "sent", "limit", "end"),
    [
        ("P3", "P3-a3", "", "2026-12-24", 1, "2026-12-25"),
        ("P3", "P3-a3", "", "2026-12-25", 2, "2026-12-29"),
        ("P3", "P3-a3", "", "2026-12-31", 2, "2027-01-05"),
        ("P3", "P3-a3", "", "2027-01-25", 2, "2027-01-27"),
        ("P3", "P3-a3", "", "2027-02-01", 1, "2027-02-02"),
        ("P5", "P5-a", "", "2027-01-25", 1, "2027-01-26"),
        ("P4", "P4-a", "", "2027-03-01", 2, "2027-03-03"),
        ("P8", "P8-1", "", "2027-03-01", 1, "2027-03-02"),
        ("P8", "P8-2", "", "2027-03-01", 2, "2027-03-03"),
        # Beside the vectors: every procedure, and the days around Tết and the Day of Culture.
        ("P2", "P2-b", "", "2027-03-01", 1, "2027-03-02"),
        ("P6", "P6-a", "", "2026-12-28", 1, "2026-12-29"),
        ("P7", "P7-a1", "", "2026-12-31", 1, "2027-01-04"),
        ("P8", "P8-2", "advance", "2027-03-01", 1, "2027-03-02"),
        ("P8", "P8-2", "refusal", "2027-03-01", 2, "2027-03-03"),
        ("P9", "P9-2", "", "2027-03-01", 2, "2027-03-03"),
        ("P9", "P9-2", "advance", "2027-03-01", 1, "2027-03-02"),
        ("P3", "a", "", "2026-11-23", 1, "2026-11-25"),
        ("P3", "P3-a3", "", "2026-02-13", 1, "2026-02-23"),
        ("P3", "P3-a3", "", "2026-11-28", 1, "2026-12-01"),
    ],
)
def test_the_treasury_answers_by(procedure: str, case: str, kind: Kind, sent: str, limit: int, end: str) -> None:
    deadline = due(procedure, case, DAY(sent), kind)
    assert (deadline.working_days, deadline.date) == (limit, DAY(end))
    assert deadline.reason_vi.startswith(f"{limit} ngày làm việc")


@pytest.mark.parametrize(("procedure", "rule"), [("P2", "R-191"), ("P3", "R-192"), ("P7", "R-193"), ("P9", "R-194")])
def test_a_deadline_names_its_rule(procedure: str, rule: str) -> None:
    assert due(procedure, "", DAY("2027-03-01")).rule == rule


@pytest.mark.parametrize(
    ("procedure", "kind", "minutes"), [("P1", "", 5), ("P1", "electronic", 5), ("P1", "direct", 30), ("P2", "cash", 30)]
)
def test_some_limits_are_minutes(procedure: str, kind: Kind, minutes: int) -> None:
    deadline = due(procedure, "", DAY("2027-03-01"), kind)
    assert (deadline.minutes, deadline.date) == (minutes, DAY("2027-03-01"))
    assert deadline.reason_vi.startswith(f"{minutes} phút")


def test_the_day_of_sending_decides_not_that_of_receipt() -> None:
    sent_in_time = due("P3", "", DAY("2026-12-24"), received=DAY("2026-12-25"))
    sent_late = due("P3", "", DAY("2026-12-31"), received=DAY("2027-01-04"))
    assert (sent_in_time.working_days, sent_in_time.date) == (1, DAY("2026-12-28"))
    assert (sent_late.working_days, sent_late.date) == (2, DAY("2027-01-06"))


@pytest.mark.parametrize("procedure", ["", "P0", "P10", "p3"])
def test_an_unknown_procedure_has_no_deadline(procedure: str) -> None:
    with pytest.raises(DeadlineError, match="P1 đến P9") as caught:
        due(procedure, "", DAY("2027-03-01"))
    assert caught.value.code == "unknown_procedure"


@given(st.dates(dt.date(2026, 1, 1), dt.date(2032, 1, 1)))
def test_only_p3_knows_busy_days(sent: dt.date) -> None:
    busy = sent.month in (1, 12) and 25 <= sent.day <= 31
    assert is_busy(sent) is busy
    assert due("P3", "", sent).working_days == (2 if busy else 1)
    assert due("P7", "", sent).working_days == 1


@given(st.dates(dt.date(2026, 1, 1), dt.date(2032, 1, 1)), st.sampled_from(["P3", "P4", "P8"]))
def test_later_is_never_answered_earlier_but_after_the_busy_days(sent: dt.date, procedure: str) -> None:
    later = sent + dt.timedelta(days=1)
    assert due(procedure, "", later).date >= due(procedure, "", sent).date or is_busy(sent)


def test_a_mismatch_is_reconciled_again_the_next_working_day() -> None:
    deadline = reconcile_again(DAY("2026-12-31"))
    assert (deadline.date, deadline.rule) == (DAY("2027-01-04"), "R-149")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-12-24", "thứ Sáu 25/12/2026 (còn 1 ngày làm việc)"),
        ("2026-12-21", "thứ Sáu 25/12/2026 (còn 4 ngày làm việc)"),
        ("2026-12-25", "thứ Sáu 25/12/2026 (hôm nay)"),
        ("2026-12-26", "thứ Sáu 25/12/2026 (đã qua)"),
        ("2026-12-29", "thứ Sáu 25/12/2026 (quá 2 ngày làm việc)"),
    ],
)
def test_says_how_much_is_left(today: str, words: str) -> None:
    assert left_in_words(due("P3", "", DAY("2026-12-24")), DAY(today)) == words


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23T12:50", "Kho bạc nhận hồ sơ hôm nay đến 15:00, còn 2 giờ 10 phút"),
        ("2026-11-23T14:59:30", "Kho bạc nhận hồ sơ hôm nay đến 15:00, còn 1 phút"),
        ("2026-11-23T00:00", "Kho bạc nhận hồ sơ hôm nay đến 15:00, còn 15 giờ"),
        ("2026-11-23T15:00", "Đã quá 15:00 hôm nay. Hồ sơ gửi lúc này tính là nhận thứ Tư 25/11/2026"),
        (
            "2026-11-24T09:00",
            "Hôm nay Kho bạc nghỉ (Ngày Văn hóa Việt Nam). Hồ sơ gửi lúc này tính là nhận thứ Tư 25/11/2026",
        ),
        (
            "2026-11-28T09:00",
            "Hôm nay Kho bạc nghỉ (Thứ Bảy). Hồ sơ gửi lúc này tính là nhận thứ Hai 30/11/2026",
        ),
    ],
)
def test_says_until_when_dossiers_are_taken(now: str, words: str) -> None:
    assert intake_in_words(intake(at(now), cutoff("0003"))) == words


def test_the_hour_is_that_of_viet_nam_whatever_the_machine_says() -> None:
    utc = dt.datetime(2026, 11, 22, 18, 0, tzinfo=dt.UTC)
    assert intake(utc, dt.time(15)).minutes_left == 14 * 60


def test_a_moved_working_saturday_takes_dossiers() -> None:
    calendar = work_calendar('{"2026": {"work": {"2026-11-28": "Làm bù"}}}')
    assert intake(at("2026-11-28T09:00"), dt.time(15), calendar).counts_as == DAY("2026-11-28")


def test_the_units_own_hour_goes_before_the_table() -> None:
    assert (cutoff("0003"), cutoff("0003", " 16:30 ")) == (dt.time(15), dt.time(16, 30))


@pytest.mark.parametrize("text", ["16", "24:00", "7:00", "16:60", "16h30", "١٦:٠٠"])
def test_a_text_that_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(CutoffError, match="15:00") as caught:
        cutoff("0003", text)
    assert caught.value.code == "bad_cutoff"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 phút"), (45, "45 phút"), (60, "1 giờ"), (130, "2 giờ 10 phút"), (900, "15 giờ")]
)
def test_writes_hours_and_minutes(minutes: int, words: str) -> None:
    assert minutes_in_words(minutes) == words
