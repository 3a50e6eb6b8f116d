"""Tables of the book, of people and of users that were lost: what follows from others comes back, the rest is said."""

from pathlib import Path

import pytest

from desktop.desk.book_desk import BookDesk
from desktop.desk.context import at_desk
from desktop.desk.reconciling_state import SALVAGED
from desktop.dossier.duties import Duty
from desktop.dossier.users import User
from desktop.store.keys import give_password, open_with_password, unlock
from desktop.store.salvage import SalvageReport, salvage
from desktop.store.store import KEYS, Store
from tests.contract import archive_kit
from tests.contract.book_kit import advance, submit
from tests.contract.damage_kit import flip, opened
from tests.contract.store_kit import CHEAP, LINE, NOW, PASSWORD, event, make, package_id, raw

HERS = "Mật khẩu của bà Hạnh"


def lose(unit: Path, table: str) -> SalvageReport:
    """Break the only page of a small table, and save the rest."""
    with raw(unit) as database:
        root = database.value("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    flip(unit, root - 1)
    return salvage(unit, unlock(unit / KEYS, PASSWORD), unit.with_name("saved"))


def accepted_otherwise(folder: Path) -> list[object]:
    """Two advances; of the first the Treasury made 3 of 5."""
    with make(folder) as store:
        store.estimates.load([LINE])
        submit(store, "d1", advance("T1", 5))
        submit(store, "d2", advance("T2", 7))
        figure = {"document": 0, "table": "lines", "row": 0, "key": "amount", "value": 3}
        paid = event(1, "decision", package_id("d1"), decision="paid", official_code="G1", amount=3, figures=[figure])
        store.feed.apply_page([paid], 1, NOW)
        return told(store)


def told(store: Store) -> list[object]:
    held = [(line.given, line.used, line.held) for line in store.estimates.all()]
    return [held, store.book.spent(2026), [(row.number, row.open) for row in store.book.advances()]]


@pytest.mark.parametrize("table", ["postings", "accepted_submissions", "declarations", "estimates", "feed_events"])
def test_the_book_is_written_anew_and_says_that_it_was(tmp_path: Path, table: str) -> None:
    before = accepted_otherwise(tmp_path / "unit")
    assert before[0] == [(LINE.amount, 3, 7)]
    report = lose(tmp_path / "unit", table)
    assert table in report.lost
    with opened(report.folder) as store:
        if table == "feed_events":  # the Treasury is asked for all of them again
            assert store.feed.cursor == 0
        else:
            assert told(store) == before
        assert store.checks.full() == ()
        assert BookDesk(at_desk(store, "")).reconciliation(2026).sentence.startswith(SALVAGED)


def test_closed_years_keep_their_book(tmp_path: Path) -> None:
    archive_kit.fill(tmp_path / "unit")
    with opened(tmp_path / "unit") as store:
        store.archives.put_away(2024, "hanh")
        before = archive_kit.answers(store)
    with opened(lose(tmp_path / "unit", "declarations").folder) as store:
        assert archive_kit.answers(store) == before


def test_nobody_is_locked_out_and_duties_are_those_last_told(tmp_path: Path) -> None:
    unit, duties = tmp_path / "unit", (Duty.PREPARER, Duty.ADMINISTRATOR)
    with make(unit) as store:
        store.users.save(User(user_id="u1", name="Lò Thị Hạnh", duties=duties, person_id="hanh"), "")
    give_password(unit / KEYS, unlock(unit / KEYS, PASSWORD), "u1", "Lò Thị Hạnh", "", HERS, kdf=CHEAP)
    folder = lose(unit, "users").folder
    assert open_with_password(folder / KEYS, HERS).user == "u1"
    with opened(folder) as store:
        account = at_desk(store, "u1").account
        assert account is not None
        assert (account.duties, account.person_id) == (duties, "hanh")


def test_without_any_signer_it_still_opens(tmp_path: Path) -> None:
    make(tmp_path / "unit").close()
    with opened(lose(tmp_path / "unit", "people").folder) as store:
        assert at_desk(store, "").user.name == "Chưa rõ tên"
