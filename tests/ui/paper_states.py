"""What others wrote to the unit, as a window shows it: papers, refunds, figures in a dossier."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.dossier.figure_words import FigureView
from desktop.dossier.pack import VERSION
from desktop.dossier.paper_views import PaperView, RefundStep, RefundView
from tests.fixtures.forms_filled import filled
from tests.ui.memory import NOW, Memory
from tests.ui.stage import Stage, until

REFUSAL = PaperView(
    seq=7,
    at=NOW,
    form="M33",
    title="Thông báo kết quả giải quyết thủ tục hành chính",
    short="Thông báo kết quả",
    number="118/TB-PGD14",
    who="Phòng Giao dịch số 14",
    text="Số tiền bằng chữ không khớp số tiền bằng số.",
    amount=0,
    pack=VERSION,
    local_id="d0416",
    dossier_no="0416",
    document=filled("M33"),
)
RECEIPT = PaperView(
    seq=8,
    at="2026-11-20T02:00:00Z",
    form="M05",
    title="Biên lai thu thuế, phí, lệ phí không in sẵn mệnh giá",
    short="Biên lai thu tiền",
    number="0000218",
    who="UBND xã Mường Lý",
    text="Lệ phí chứng thực bản sao",
    amount=36_000,
    pack=VERSION,
    document=filled("M05"),
)
UNREADABLE = replace(RECEIPT, seq=9, form="M99", title="Giấy chưa đọc được ở bản này", document=None)
REFUND = RefundView(
    order_no="12/LHT", order_date="2026-11-02", amount=900_000, status="credited", label="Đã có tiền", colour="green",
    at="2026-11-23T03:00:00Z", credited_at="2026-11-23T02:40:00Z", payee="Giàng A Sò", account="3508205017746",
    content="Hoàn tiền phạt nộp thừa", reason="",
    steps=(
        RefundStep("2026-11-23T03:00:00Z", "credited", "Đã có tiền", ""),
        RefundStep(NOW, "booked", "Đã hạch toán hoàn trả", ""),
    ),
)  # fmt: skip
FIGURES = (
    FigureView(0, "Mẫu 10, dòng 1", "Số đề nghị thanh toán", "4.000.000 đ", "6.000.000 đ"),
    FigureView(0, "Mẫu 10", "Đồng ý thanh toán tổng số tiền ghi bằng chữ", "Bốn triệu đồng chẵn"),
)


def with_papers(memory: Memory) -> None:
    memory.desk.papers, memory.desk.refunds = [REFUSAL, RECEIPT], [REFUND]


def papers(stage: Stage) -> QWidget:
    with_papers(stage.memory)
    stage.window.go("papers")
    return stage.window


def no_papers(stage: Stage) -> QWidget:
    stage.window.go("papers")
    return stage.window


def paper_viewer(stage: Stage) -> QWidget:
    papers(stage)
    page = stage.window.page()
    page.open()  # type: ignore[attr-defined]
    viewer = page.viewer  # type: ignore[attr-defined]
    until(lambda: viewer.isVisible())
    return viewer  # type: ignore[no-any-return]


def figures(stage: Stage) -> QWidget:
    desk, window = stage.memory.desk, stage.window
    row = window.dossiers().current()
    assert row is not None
    desk.details[row.local_id] = replace(desk.detail(row.local_id), figures=FIGURES, papers=(REFUSAL,))
    window.go("dossiers")
    window.refresh()
    window.dossiers().table.choose(1)
    window.dossiers().table.choose(0)
    return window


PAPERS = {"papers": papers, "papers-empty": no_papers, "paper-viewer": paper_viewer, "dossier-figures": figures}
