"""A smaller scan's original stays until somebody signs; what anybody refers to is never deleted, by whatever hand."""

from pathlib import Path

import pytest

from desktop.dossier.document import Attachment, Dossier
from desktop.store.draft_files import note_all
from desktop.store.errors import FactError, StoreError
from desktop.store.store import ATTACHMENTS, Store
from tests.contract.store_kit import PASSWORD, dossier, make, objects, raw, sign, steps

SCAN, SMALL, OTHER = b"%PDF-1.7 scan" * 900, b"%PDF-1.7 small", b"%PDF-1.7 other"


def with_files(*files: Attachment, name: str = "d1") -> Dossier:
    return dossier(name).model_copy(update={"attachments": files})


def taken(store: Store) -> tuple[Attachment, Attachment]:
    """Give a scan and the smaller one that took its place in the draft d1."""
    scan = store.attachments.add(SCAN, "quét.pdf").model_copy(update={"component": "P3:1"})
    store.drafts.save(with_files(scan), "hanh")
    small = store.scans.take(scan, SMALL, "quét.pdf", "150 dpi", "hanh")
    store.drafts.save(with_files(small), "hanh")
    return scan, small


def submit(store: Store, name: str = "d1") -> None:
    store.submissions.freeze(name, objects(name), steps("tuyen", "thang"), "hanh")


def files(store: Store) -> int:
    return len(list((store.folder / ATTACHMENTS).iterdir()))


def test_the_original_can_be_put_back_until_somebody_signs(store: Store) -> None:
    scan, small = taken(store)
    assert (small.component, small.size) == ("P3:1", len(SMALL))
    assert store.scans.put_back(small, "hanh") == scan
    assert store.scans.original(scan.sha256) is None
    submit(store)
    assert store.scans.sweep() == []
    sign(store, "d1", "tuyen")
    assert store.scans.sweep() == [scan.sha256]
    assert files(store) == 1
    with pytest.raises(StoreError) as error:
        store.scans.put_back(small, "hanh")
    assert error.value.code == "original_gone"


def test_opening_the_store_sweeps(store: Store, folder: Path) -> None:
    scan, _ = taken(store)
    submit(store)
    sign(store, "d1", "tuyen")
    with Store.open(folder, PASSWORD) as opened:
        assert not opened.attachments.has(scan.sha256)
        assert opened.attachments.open_bytes(opened.drafts.get("d1").attachments[0].sha256) == SMALL


def test_an_original_that_another_dossier_has_or_may_want_back_stays(store: Store) -> None:
    scan, small = taken(store)
    store.drafts.save(with_files(small, name="d2"), "hanh")
    submit(store)
    sign(store, "d1", "tuyen")
    assert store.scans.sweep() == []
    store.drafts.save(with_files(scan, name="d3"), "hanh")
    store.drafts.delete("d2")
    assert store.scans.sweep() == []


def test_a_step_of_undoing_keeps_what_it_needs(store: Store) -> None:
    scan = store.attachments.add(SCAN, "quét.pdf")
    store.drafts.save(with_files(scan), "hanh")
    store.drafts.push_step("d1", "", with_files(scan))
    store.drafts.save(with_files(), "hanh")
    with pytest.raises(FactError), store.transaction():
        store.attachments.forget([scan.sha256])
    store.drafts.forget_steps("d1")
    with store.transaction():
        gone = store.attachments.forget([scan.sha256])
    store.attachments.erase(gone)
    assert files(store) == 0


@pytest.mark.parametrize("stage", ["draft", "submission"])
def test_no_statement_deletes_what_is_referred_to(store: Store, folder: Path, stage: str) -> None:
    scan = store.attachments.add(SCAN, "quét.pdf")
    store.drafts.save(with_files(scan), "hanh")
    if stage == "submission":
        store.submissions.freeze("d1", [*objects(), _object(scan)], steps("tuyen"), "hanh")
        with raw(folder) as database, database.transaction():
            database.run("DELETE FROM draft_files")
    with raw(folder) as database, pytest.raises(FactError) as error, database.transaction():
        database.run("DELETE FROM attachments")
    assert error.value.code == "fact_immutable"


def _object(file: Attachment) -> object:
    from tests.contract.store_kit import Bytes

    return Bytes(f"attachments/{file.name}", file.media_type, SCAN)


def later(folder: Path, days: int) -> Store:
    clock = lambda: f"2026-12-{days:02d}T02:00:00Z"  # noqa: E731
    return Store.open(folder, PASSWORD, clock=clock)


def test_once_a_week_what_nobody_refers_to_goes_but_nothing_added_today(store: Store, folder: Path) -> None:
    left = store.attachments.add(SCAN, "bỏ.pdf")
    kept = store.attachments.add(SMALL, "giữ.pdf")
    store.drafts.save(with_files(kept), "hanh")
    later(folder, 2).close()
    assert not store.attachments.has(left.sha256)
    again = store.attachments.add(OTHER, "mới.pdf")
    later(folder, 8).close()
    assert store.attachments.has(again.sha256)
    later(folder, 9).close()
    assert not store.attachments.has(again.sha256)
    assert store.attachments.open_bytes(kept.sha256) == SMALL


def test_a_lost_list_of_references_loses_no_file(store: Store, folder: Path) -> None:
    kept = store.attachments.add(SMALL, "giữ.pdf")
    store.drafts.save(with_files(kept), "hanh")
    with raw(folder) as database, database.transaction():
        database.run("DELETE FROM draft_files")
    later(folder, 2).close()
    assert store.attachments.open_bytes(kept.sha256) == SMALL


def test_an_older_store_is_listed_as_a_new_one_is(store: Store, folder: Path) -> None:
    _, small = taken(store)
    store.drafts.push_step("d1", "", with_files(store.attachments.add(OTHER, "x.pdf"), small))
    with raw(folder) as database, database.transaction():
        before = sorted(map(tuple, database.rows("SELECT * FROM draft_files")))
        database.run("DELETE FROM draft_files")
        note_all(database)
        after = sorted(map(tuple, database.rows("SELECT * FROM draft_files")))
    assert {row[0] for row in after} < {row[0] for row in before}
    assert len(after) == 2


def test_what_a_crash_left_on_its_way_is_gone_when_the_store_opens(folder: Path) -> None:
    make(folder).close()
    incoming = folder / "incoming"
    incoming.mkdir()
    for place in (incoming / "a1", folder / ATTACHMENTS / "a1"):
        place.write_bytes(b"half")
    with Store.open(folder, PASSWORD) as store:
        assert files(store) == 0
        assert not list(incoming.iterdir())
        store.attachments.add(SCAN, "quét.pdf")
        assert not list(incoming.iterdir())
