"""Each thread has a connection of its own, and the day is Vietnam's."""

import threading
from datetime import UTC, datetime

import pytest

from desktop.dossier.errors import VungXaError
from desktop.store.store import Store
from tests.unit.desk.kit import Office


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-22T16:59:59", "2026-11-22"),
        ("2026-11-22T17:00:00", "2026-11-23"),
        ("2026-12-31T17:30:00", "2027-01-01"),
    ],
)
def test_the_day_begins_at_midnight_in_vietnam(office: Office, utc: str, day: str) -> None:
    office.clock.at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert office.context().today() == day
    assert office.context().now() == utc + "Z"


def test_a_thread_gets_its_own_connection_which_goes_with_it(office: Office) -> None:
    """The last connection to go takes the write-ahead log with it, so one that stayed open would show."""
    context, seen = office.context(), list[bool]()

    def look() -> None:
        seen.extend([context.store is context.store, context.store is office.store])

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [True, False]
    assert context.store is office.store
    log = office.store.folder / "unit.vx-wal"
    assert log.exists()
    office.store.close()
    assert not log.exists()


def test_what_one_thread_saves_the_other_reads(office: Office) -> None:
    context, found = office.context(), list[Store | VungXaError | str]()
    local_id = office.draft()
    thread = threading.Thread(target=lambda: found.append(context.store.drafts.get(local_id).title))
    thread.start()
    thread.join()
    assert found == ["Cước điện thoại, internet tháng 10"]
