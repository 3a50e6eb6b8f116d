"""States of «Số dư & dự toán»."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.book import EntryProposal, ReconciliationState
from desktop.dossier.errors import VungXaError
from desktop.ui.balances.page import BalancesPage
from tests.ui.memory_book import DIFFERS, line
from tests.ui.stage import Stage, until

NONE = ReconciliationState("none", "", 0, 0, "", "", "")
MATCH = ReconciliationState("match", "Tháng 10", 42, 42, "Tháng 10 đã khớp hết, 02/11.", "", "d0409")
DUE_SAID = "Chưa đối chiếu quý III/2026, hạn 10/10/2026."
DUE = ReconciliationState("due", "Quý III/2026", 0, 0, DUE_SAID, "2026-10-10", "", "Quý II/2026 đã khớp hết, 06/07.")
SENT = DUE._replace(sentence="Bảng đối chiếu đã gửi, chờ Kho bạc xác nhận.", deadline="", local_id="d0409")
LATE = DIFFERS._replace(kind="overdue", deadline="2026-11-20")
MISSED = DUE._replace(kind="overdue")


def balances(stage: Stage) -> BalancesPage:
    """Go there and wait for the figures."""
    book = stage.memory.book
    stage.window.go("balances")
    page = stage.window.page()
    assert isinstance(page, BalancesPage)
    until(lambda: page.book.year > 0 and bool(page.below.moves.lines.lines or not book.accounts))
    return page


def whole(stage: Stage) -> QWidget:
    page = balances(stage)
    page.table.choose(6 if len(page.model.lines) > 6 else 0)
    return stage.window


def state(which: ReconciliationState) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.memory.book.state = which
        return whole(stage)

    return show


def empty(stage: Stage) -> QWidget:
    book = stage.memory.book
    book.shown_years, book.shown_lines, book.accounts, book.shown_entries, book.state = [], [], [], [], NONE
    return whole(stage)


def loading(stage: Stage) -> QWidget:
    stage.memory.book.going.clear()
    stage.window.go("balances")
    return stage.window


def offline(stage: Stage) -> QWidget:
    book = stage.memory.book
    book.shown_lines = [one._replace(as_of="2026-11-18T09:20:00Z") for one in book.shown_lines]
    return whole(stage)


def unconfirmed(stage: Stage) -> QWidget:
    book = stage.memory.book
    book.shown_lines = [one._replace(as_of="") for one in book.shown_lines]
    return whole(stage)


LONG = "Sự nghiệp giáo dục, đào tạo và dạy nghề trên địa bàn các bản đặc biệt khó khăn vùng đồng bào dân tộc thiểu số"


def odd_lines(stage: Stage) -> QWidget:
    """Over 100 %, at 0 %, nothing given, and a name that does not fit."""
    sectors = [
        line("sector", "12", "070", LONG, 100_000_000, 90_000_000, 40_000_000),
        line("sector", "12", "130", "Y tế", 25_000_000, 0, 0),
        line("sector", "12", "220", "Thể dục thể thao", 0, 3_000_000, 0),
        line("sector", "12", "280", "Kinh tế", 9_999_999_999_999, 1, 9_999_999_999_998),
    ]
    stage.memory.book.shown_lines = [
        line("source", "12", "", LONG, 10_000_124_999_999, 93_000_001, 10_000_039_999_998),
        *(sectors),
        line("total", "", "", "Tổng cộng", 10_000_124_999_999, 93_000_001, 10_000_039_999_998),
    ]
    return whole(stage)


def many(stage: Stage) -> QWidget:
    sectors = [line("sector", "12", f"{n:03}", f"Khoản số {n}", 1_000_000 + n, n * 3_000, 0) for n in range(1, 301)]
    stage.memory.book.shown_lines = [
        line("source", "12", "", "Không tự chủ", 300_045_150, 135_450_000, 0),
        *sectors,
        line("total", "", "", "Tổng cộng", 300_045_150, 135_450_000, 0),
    ]
    return whole(stage)


def no_hits(stage: Stage) -> QWidget:
    page = balances(stage)
    page.below.search.setText("không có chữ này")
    until(lambda: not page.model.lines)
    return stage.window


def tab(place: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        page = balances(stage)
        page.below.turn_to(place)
        page.below.table().choose(0)
        return stage.window

    return show


def months(stage: Stage) -> QWidget:
    balances(stage).turn_chart()
    return stage.window


def refused(stage: Stage) -> QWidget:
    page = balances(stage)
    stage.memory.book.error = VungXaError("disk_full", "Ổ đĩa đầy nên chưa ghi được tệp. Xóa bớt rồi xuất lại.")
    page.export_to(Path("so-du-2026.xlsx"))
    until(page.problem.isVisible)
    return stage.window


def asked(stage: Stage, ask: Callable[[BalancesPage], object]) -> QDialog:
    ask(balances(stage))
    until(lambda: bool(stage.window.findChildren(QDialog)))
    return stage.window.findChildren(QDialog)[-1]


def ask(which: str) -> Callable[[Stage], QWidget]:
    return lambda stage: asked(stage, lambda page: getattr(page, which)())


def differences(stage: Stage) -> QWidget:
    dialog = asked(stage, lambda page: page.compare("d0409"))
    until(lambda: bool(dialog.found))  # type: ignore[attr-defined]
    return dialog


def drawn(stage: Stage) -> QWidget:
    dialog = asked(stage, lambda page: page.show_drawn())
    until(lambda: bool(dialog.table.lines.lines))  # type: ignore[attr-defined]
    return dialog


def missing(stage: Stage) -> QWidget:
    dialog = asked(stage, lambda page: page.add_entry())
    dialog.submit()  # type: ignore[attr-defined]
    return dialog


def importing(problems: tuple[str, ...] = ()) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        book = stage.memory.book
        entries = tuple(row.entry for row in book.shown_entries)
        book.proposal = EntryProposal("du toan 2026.xlsx", entries, 2, 615_000_000, 0, 615_000_000, 1, problems)
        dialog = asked(stage, lambda page: page.import_from(Path("du toan 2026.xlsx")))
        until(lambda: dialog.proposal is not None)  # type: ignore[attr-defined]
        return dialog

    return show


def mapping(stage: Stage) -> QWidget:
    stage.memory.book.unmapped = True
    stage.memory.book.proposal = EntryProposal("du toan 2026.xlsx", (), 2, 0, 0, 0)
    dialog = asked(stage, lambda page: page.import_from(Path("du toan 2026.xlsx")))
    until(lambda: dialog.mapping is not None)  # type: ignore[attr-defined]
    return dialog.mapping  # type: ignore[attr-defined,no-any-return]


BALANCES: dict[str, Callable[[Stage], QWidget]] = {
    "balances": whole,
    "balances-match": state(MATCH),
    "balances-none": state(NONE),
    "balances-due": state(DUE),
    "balances-sent": state(SENT),
    "balances-late": state(LATE),
    "balances-missed": state(MISSED),
    "balances-empty": empty,
    "balances-loading": loading,
    "balances-offline": offline,
    "balances-unconfirmed": unconfirmed,
    "balances-overdrawn": odd_lines,
    "balances-300": many,
    "balances-no-hits": no_hits,
    "balances-months": months,
    "balances-advances": tab(1),
    "balances-contracts": tab(2),
    "balances-entries": tab(3),
    "balances-refused": refused,
    "balances-entry": ask("add_entry"),
    "balances-begin": ask("begin_table"),
    "balances-entry-refused": missing,
    "balances-differences": differences,
    "balances-drawn": drawn,
    "balances-import": importing(),
    "balances-import-columns": mapping,
    "balances-import-refused": importing(
        ("Dòng 2: thiếu tài khoản hoặc mã nguồn", "Dòng 5: năm ngân sách ghi bốn chữ số")
    ),
}

LIKE_ANOTHER = frozenset(
    f"balances-{name}"
    for name in ("match", "none", "due", "sent", "missed", "unconfirmed", "no-hits", "contracts", "300", "begin")
)
"""States that differ little from another: for pictures, not for measuring again."""
