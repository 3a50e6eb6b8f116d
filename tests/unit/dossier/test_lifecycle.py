"""States are derived from facts, by table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.assets import icon_path
from desktop.dossier.lifecycle import Facts, State, project

SIGNED = Facts(submitted=True, steps=3, signed=3, package_id="ab" * 32)
COLOURS = {"red", "amber", "green", "blue", "violet", "teal", "slate"}


@pytest.mark.parametrize(
    ("facts", "state", "label", "icon", "colour", "actor"),
    [
        (Facts(), State.DRAFT, "Đang soạn", "pencil-line", "slate", "Người lập"),
        (Facts(errors=3), State.DRAFT, "Cần sửa: 3 lỗi", "triangle-alert", "amber", "Người lập"),
        (Facts(submitted=True, steps=3), State.TO_SIGN, "Chờ người lập ký", "pen-line", "violet", "Người lập"),
        (
            Facts(submitted=True, steps=3, signed=1),
            State.TO_SIGN,
            "Chờ KTT ký",
            "pen-line",
            "violet",
            "Kế toán trưởng",
        ),
        (
            Facts(submitted=True, steps=3, signed=2),
            State.TO_SIGN,
            "Chờ chủ TK ký",
            "pen-line",
            "violet",
            "Chủ tài khoản",
        ),
        (
            Facts(submitted=True, steps=3, signed=2, away=True),
            State.TO_SIGN,
            "Đang ở máy khác ký",
            "usb",
            "violet",
            "máy khác",
        ),
        (
            Facts(submitted=True, steps=2, signed=2, guest=True, other_machine="KT"),
            State.TO_SIGN,
            "Đã ký đủ, cần chuyển lại",
            "usb",
            "violet",
            "bạn: chuyển lại",
        ),
        (
            Facts(submitted=True, steps=2, signed=2, guest=True, away=True, other_machine="KT"),
            State.TO_SIGN,
            "Đã chuyển lại",
            "usb",
            "slate",
            "máy KT",
        ),
        (Facts(submitted=True, steps=2), State.TO_SIGN, "Chờ KTT ký", "pen-line", "violet", "Kế toán trưởng"),
        (
            replace(SIGNED, queued=True),
            State.SEALED,
            "Sẵn sàng gửi",
            "package-check",
            "blue",
            "máy, khi có mạng",
        ),
        (
            replace(SIGNED, queued=True, paused=True),
            State.SEALED,
            "Sẵn sàng gửi",
            "package-check",
            "blue",
            "bạn: bấm gửi tiếp",
        ),
        (
            replace(SIGNED, queued=True, sending=True, progress=0.417),
            State.SENDING,
            "Đang gửi 41 %",
            "upload",
            "blue",
            "máy",
        ),
        (
            replace(SIGNED, queued=True, sending=True, doubtful=True),
            State.DOUBTFUL,
            "Chưa rõ kết quả",
            "circle-help",
            "amber",
            "máy, khi có mạng",
        ),
        (SIGNED, State.SENT, "Chờ biên nhận", "hourglass", "teal", "Kho bạc"),
        (
            replace(SIGNED, receipt_no="BN-1", doubtful=True),
            State.ACCEPTED,
            "Kho bạc kiểm soát",
            "landmark",
            "teal",
            "Kho bạc",
        ),
        (
            replace(SIGNED, receipt_no="BN-1", decision="in_control"),
            State.ACCEPTED,
            "Kho bạc kiểm soát",
            "landmark",
            "teal",
            "Kho bạc",
        ),
        (
            replace(SIGNED, receipt_no="BN-1", decision="supplement", reason="Thiếu hợp đồng"),
            State.SUPPLEMENT,
            "Kho bạc yêu cầu bổ sung",
            "message-square-warning",
            "red",
            "Người lập",
        ),
        (
            replace(SIGNED, receipt_no="BN-1", decision="returned", reason="Sai mã"),
            State.RETURNED,
            "Kho bạc trả lại",
            "corner-up-left",
            "red",
            "Người lập",
        ),
        (
            replace(SIGNED, receipt_no="BN-1", decision="paid"),
            State.PAID,
            "Đã thanh toán",
            "circle-check",
            "green",
            "",
        ),
        (Facts(cancelled=True), State.CANCELLED, "Đã hủy", "ban", "slate", ""),
        (
            replace(SIGNED, refused_code="bad_signature", refused_message="Chữ ký hỏng"),
            State.REFUSED,
            "Cổng không nhận",
            "circle-x",
            "red",
            "Người lập",
        ),
    ],
)
def test_projects(facts: Facts, state: State, label: str, icon: str, colour: str, actor: str) -> None:
    status = project(facts)
    assert (status.state, status.label, status.icon, status.colour, status.next_actor) == (
        *(state, label, icon, colour),
        actor,
    )


@pytest.mark.parametrize(
    ("facts", "detail"),
    [
        (replace(SIGNED, receipt_no="1", decision="returned", reason="Sai mã NDKT"), "Sai mã NDKT"),
        (replace(SIGNED, refused_code="bad_signature", refused_message="Chữ ký hỏng"), "Chữ ký hỏng"),
        (replace(SIGNED, refused_code="bad_signature"), "bad_signature"),
        (Facts(submitted=True, steps=3, signed=1), "Đã ký 1/3"),
        (replace(SIGNED, queued=True, paused=True), "Đang tạm dừng gửi"),
    ],
)
def test_tells_the_detail(facts: Facts, detail: str) -> None:
    assert project(facts).detail == detail


@pytest.mark.parametrize(("progress", "percent"), [(-1.0, 0), (0.0, 0), (0.999, 99), (1.0, 100), (7.0, 100)])
def test_progress_stays_a_percentage(progress: float, percent: int) -> None:
    assert project(replace(SIGNED, sending=True, progress=progress)).label == f"Đang gửi {percent} %"


FACTS = st.builds(
    Facts,
    errors=st.integers(0, 9),
    submitted=st.booleans(),
    steps=st.integers(0, 4),
    signed=st.integers(0, 4),
    package_id=st.none() | st.just("ab" * 32),
    queued=st.booleans(),
    paused=st.booleans(),
    sending=st.booleans(),
    progress=st.floats(0, 1),
    doubtful=st.booleans(),
    receipt_no=st.none() | st.just("BN-1"),
    decision=st.sampled_from([None, "in_control", "paid", "returned", "supplement", "mismatch", "something_new"]),
    refused_code=st.none() | st.just("bad_signature"),
    cancelled=st.booleans(),
)


@given(FACTS)
def test_any_facts_have_a_state_that_can_be_shown(facts: Facts) -> None:
    status = project(facts)
    assert status.label
    assert status.colour in COLOURS
    assert icon_path(status.icon).is_file()


@given(FACTS)
def test_a_receipt_or_decision_is_never_doubted(facts: Facts) -> None:
    if facts.receipt_no or facts.decision:
        in_the_treasury = {State.ACCEPTED, State.SUPPLEMENT, State.RETURNED, State.PAID}
        assert project(facts).state in in_the_treasury
        assert project(replace(facts, doubtful=True, sending=True, queued=True)) == project(facts)


@pytest.mark.parametrize(
    ("case", "label"),
    [
        ("a", "Đã thanh toán"),
        ("P3-a3", "Đã thanh toán"),
        ("P3-d", "Đã tạm cấp"),
        ("P3-e", "Đã nhận nộp trả"),
        ("P8-16", "Đã điều chỉnh"),
        ("P4-a", "Đã ghi thu, ghi chi"),
        ("P5-e", "Đã đăng ký"),
        ("P6-c", "Đã tất toán"),
        ("P7-d", "Đã đối chiếu khớp"),
        ("P8-1", "Đã thanh toán"),
    ],
)
def test_accepted_is_called_what_it_means_for_the_case(case: str, label: str) -> None:
    status = project(replace(SIGNED, receipt_no="BN-1", decision="paid", case=case))
    assert (status.state, status.label) == (State.PAID, label)


def test_a_mismatch_is_a_return_by_its_own_name() -> None:
    status = project(replace(SIGNED, receipt_no="BN-1", decision="mismatch", reason="Số dư khác"))
    assert (status.state, status.label, status.detail) == (State.RETURNED, "Không khớp đúng", "Số dư khác")
