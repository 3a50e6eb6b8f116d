"""What stands in a closed year's file, read as it was signed; and the weekly check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from desktop.desk.context import DeskContext
from desktop.desk.data_desk import DataDesk
from desktop.dossier.dates import instant
from desktop.dossier.views import RowQuery
from desktop.store.errors import StoreError
from desktop.store.store import Store
from tests.unit.desk.kit import PASSWORD, PHONE, Office

YEARS = timedelta(days=800)
SCAN = b"\x89PNG\r\n\x1a\n scan"


@pytest.fixture
def later(office: Office) -> Iterator[DeskContext]:
    """Two years after a dossier came back from the Treasury."""
    local_id, _ = office.seal(PHONE, SCAN)
    office.decide(local_id, "returned", "Sai mã NDKT")
    office.clock.at += YEARS
    with Store.open(office.store.folder, PASSWORD, clock=lambda: instant(office.clock())) as store:
        yield Office(store, office.clock).context()


def test_a_dossier_put_away_is_read_as_it_was_signed(later: DeskContext) -> None:
    desk = DataDesk(later)
    ((year, count),) = desk.view().closed
    told: list[tuple[int, int]] = []
    made = desk.put_away(year, lambda done, total: told.append((done, total)))
    assert (count, made.dossiers, told[-1]) == (1, 1, (4, 4))
    (hit,) = desk.archived(PHONE.title.lower())
    assert [hit.ref] == [one.ref for one in desk.archived()]
    detail = desk.archived_detail(hit.ref)
    assert detail.receipt_no
    assert (detail.reason, len(detail.package_id)) == ("Sai mã NDKT", 64)
    paper = desk.paper(hit.ref)
    assert [bool(desk.draw_signed(hit.ref, place, 200)) for place in range(len(paper))] == [True, False]


def test_it_is_stopped_in_time_and_comes_back(later: DeskContext) -> None:
    desk = DataDesk(later)
    ((year, _),) = desk.view().closed
    with pytest.raises(StoreError) as stopped:
        desk.put_away(year, cancelled=lambda: True)
    assert stopped.value.code == "archive_cancelled"
    assert desk.view().years == ()
    desk.put_away(year)
    (away,) = desk.view().years
    assert (away.actor, later.store.projection.rows(RowQuery())) == (later.user.name, [])
    assert desk.take_out(year) == 1
    assert desk.archived() == []


def test_the_full_check_is_made_when_a_week_went_by(office: Office) -> None:
    desk = DataDesk(office.context())
    made = desk.check_if_due(lambda _done, _total: None, lambda: False)
    assert made is not None
    assert made.found == ()
    assert desk.check_if_due(lambda _done, _total: None, lambda: False) is None
    office.clock.at += timedelta(days=8)
    assert desk.check_if_due(lambda _done, _total: None, lambda: True) is None
    assert desk.view().due


def test_the_data_says_what_it_takes(office: Office) -> None:
    view = DataDesk(office.context()).view()
    assert view.room is not None
    assert (view.room.attachments, view.room.archives_size) == (0, 0)
    assert view.room.database > 100_000
    assert view.room.free > 0
