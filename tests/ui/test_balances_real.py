"""The place «Số dư & dự toán» on a real store: what is entered there stands in the book."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.demo.unit import PEOPLE, UNIT, UNIT_ESTIMATES
from desktop.desk.book_desk import BookDesk
from desktop.desk.context import DeskContext, ThreadStores
from desktop.store.keys import KdfParameters
from desktop.store.store import Store
from desktop.ui.balances.entry_dialog import EntryDialog
from desktop.ui.balances.page import BalancesPage
from desktop.ui.context import Context
from tests.ui.stage import until

CHEAP = KdfParameters(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def page(qtbot: QtBot, context: Context, tmp_path: Path) -> BalancesPage:
    store = Store.create(tmp_path / "unit", "một mật khẩu đủ dài", UNIT, list(PEOPLE), kdf=CHEAP)
    store.estimates.load(UNIT_ESTIMATES)
    made = BalancesPage(context, BookDesk(DeskContext(ThreadStores(store), PEOPLE[0])))
    context.bus.changed.connect(made.refresh)
    qtbot.addWidget(made, before_close_func=lambda _page: store.close())
    made.resize(1300, 680)
    made.show()
    made.refresh()
    until(lambda: bool(made.book.lines))
    return made


def given(page: BalancesPage, source: str, sector: str) -> int:
    return next(line.given for line in page.book.lines if line[:3] == ("sector", source, sector))


def test_an_entry_and_its_counter_entry_move_the_line(page: BalancesPage, tmp_path: Path) -> None:
    line = next(one for one in page.book.lines if one.level == "sector")
    before = given(page, line.source, line.sector)
    page.table.choose(page.model.place_of(line))
    page.add_entry()
    dialog = page.findChildren(EntryDialog)[-1]
    dialog.fields["amount"].setText("15.000.000")
    dialog.submit()
    until(lambda: given(page, line.source, line.sector) == before + 15_000_000)
    page.below.turn_to(3)
    page.below.entries.choose(0)
    page.undo_entry()
    until(lambda: given(page, line.source, line.sector) == before)
    assert page.book.entries[0].undoes == page.book.entries[1].entry_id
    page.print_to(tmp_path / "so-du.pdf")
    until((tmp_path / "so-du.pdf").exists)
