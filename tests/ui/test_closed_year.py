"""A closed year in the window of a real unit: put away, found, read as it was signed, brought back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.dossier.dates import instant
from desktop.dossier.views import RowQuery
from desktop.opened import OpenUnit, open_unit
from desktop.store.store import Store
from desktop.ui.settings.archived_dialog import ArchivedDialog
from desktop.ui.settings.data_section import DataSection
from tests.contract.store_kit import balance
from tests.fixtures.softkeys import SoftPerson
from tests.ui.stage import until
from tests.unit.desk.kit import PASSWORD, PHONE, Clock, Office

YEARS = timedelta(days=800)
AMOUNT = 3_412_500


@pytest.fixture
def unit(qtbot: QtBot, tmp_path: Path, soft_people: list[SoftPerson]) -> Iterator[OpenUnit]:
    """Two years after its only dossier was signed, delivered and paid."""
    clock = Clock()
    with Office.make(tmp_path / "unit", [soft.person for soft in soft_people], clock, soft_people).store as store:
        office = Office(store, clock, soft_people)
        local_id, _ = office.seal(PHONE)
        package = office.decide(local_id, "paid")
        store.outbox.apply_feed([balance(2, package, -AMOUNT)], 2, office.context().now())
    clock.at += YEARS
    opened = Store.open(tmp_path / "unit", PASSWORD, clock=lambda: instant(clock()))
    running = open_unit(opened, soft_people[0].person, send=False)
    running.window.show()
    yield running
    running.close()


@pytest.fixture
def section(unit: OpenUnit) -> DataSection:
    unit.window.go("settings/data")
    made = unit.window.page().findChild(DataSection)
    assert isinstance(made, DataSection)
    until(lambda: made.years.model.rowCount() == 1)
    return made


def read(section: DataSection) -> ArchivedDialog:
    """Look for its number among what was put away, and open it."""
    section.turn_to(section.away)
    section.narrow("dien thoai")
    until(lambda: section.away.model.rowCount() == 1)
    section.read()
    return section.window().findChildren(ArchivedDialog)[-1]


def test_a_paid_dossier_is_put_away_read_as_signed_and_brought_back(unit: OpenUnit, section: DataSection) -> None:
    (before,) = unit.store.projection.rows(RowQuery())
    section.turn_to(section.years)
    asked = section.ask_put_away()
    assert asked is not None
    asked.submit()
    until(lambda: section.put_away_as() is not None and not section.work.running)
    assert unit.store.projection.rows(RowQuery()) == []
    dialog = read(section)
    until(lambda: dialog.shown is not None and bool(dialog.preview._sheets._pages))
    assert dialog.shown is not None
    assert (dialog.shown.row.title, dialog.shown.row.status.label) == (before.title, before.status.label)
    assert [one.text() for one in dialog.detail.findChildren(QPushButton)] == []
    dialog.reject()
    section.narrow("")
    section.turn_to(section.years)
    back = section.ask_take_out()
    assert back is not None
    back.submit()
    until(lambda: not section.work.running and section.away.model.rowCount() == 0)
    assert unit.store.projection.rows(RowQuery()) == [before]
