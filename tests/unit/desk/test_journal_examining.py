"""Somebody with the key and a database tool attacks a journal; each attack is told from the others, at its entry."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store.database import Database
from desktop.store.journal import JournalBroken
from tests.unit.desk.journal_kit import DEVICE_KEY, Kept, adjust_head, rehash, renumber, reseal

Attack = Callable[[Database], object]


def run(*statements: str) -> Attack:
    return lambda database: [database.run(sql) for sql in statements]


def steps(*attacks: Attack) -> Attack:
    return lambda database: [attack(database) for attack in attacks]


EDIT = run("UPDATE journal SET detail = 'd99' WHERE seq = 6")
CUT = run("DELETE FROM journal WHERE seq > 6")
_PLACES = "UPDATE journal_seals SET seal_id = "
SWAP = run(_PLACES + "9 WHERE seal_id = 1", _PLACES + "1 WHERE seal_id = 2", _PLACES + "2 WHERE seal_id = 9")
UNSIGN = "DELETE FROM journal_countersigns"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept.new(tmp_path_factory.mktemp("journal") / "unit")


@pytest.fixture
def kept(sound: Kept, tmp_path: Path) -> Kept:
    shutil.copytree(sound.folder, tmp_path / "unit")
    return Kept(tmp_path / "unit")


def test_a_sound_journal_says_how_far_it_is_vouched_for(kept: Kept) -> None:
    report = kept.report(kept.heads())
    assert (report.entries, report.sealed, report.countersigned, report.findings) == (10, 8, 8, ())
    assert report.ok
    with kept.store() as store:
        assert report.hash == store.journal.head()[1]


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        (EDIT, [("edit", 6)]),
        (run("UPDATE journal SET actor = 'thang', hash = 'x' WHERE seq = 10"), [("edit", 10)]),
        (run("UPDATE journal SET detail = x'00ff' WHERE seq = 3"), [("edit", 3)]),
        (run("UPDATE journal_head SET hash = 'x'"), [("edit", 10)]),
        (steps(EDIT, lambda db: rehash(db, 6)), [("edit", 5)]),
        (steps(run("UPDATE journal SET at = '' WHERE seq = 2"), rehash), [("edit", 1)]),
        (steps(EDIT, lambda db: rehash(db, 6), reseal), [("edit", 5)]),
        (run("DELETE FROM journal WHERE seq IN (5, 6)"), [("gap", 5)]),
        (run("DELETE FROM journal WHERE seq = 1"), [("gap", 1)]),
        (run("DELETE FROM journal WHERE seq = 3", "DELETE FROM journal WHERE seq = 7"), [("gap", 3), ("gap", 7)]),
        (lambda db: renumber(db, 6), [("gap", 6)]),
        (steps(lambda db: renumber(db, 6), rehash), [("edit", 5)]),
        (run("DELETE FROM journal WHERE seq > 8"), [("cut", 9)]),
        (steps(CUT, adjust_head), [("cut", 7)]),
        (CUT, [("cut", 7)]),
        (run("DELETE FROM journal", "DELETE FROM journal_head"), [("cut", 1)]),
        (run("UPDATE journal_seals SET signature = 'AAAA' WHERE seal_id = 1"), [("seal", 4)]),
        (run("UPDATE journal_seals SET public_key = 'AAAA'"), [("seal", 4), ("seal", 8)]),
        (run("UPDATE journal_seals SET at = '2020' WHERE seal_id = 2"), [("seal", 8)]),
        (steps(run(UNSIGN), SWAP), [("seal", 4)]),
        (run("DELETE FROM journal_countersigns WHERE seal_id = 1", "DELETE FROM journal_seals WHERE seal_id = 1"),
         [("seal", 1)]),
        (run("DELETE FROM journal_countersigns WHERE seal_id = 2", "DELETE FROM journal_seals WHERE seal_id = 2"),
         [("seal", 5)]),
        (run("DELETE FROM journal_countersigns WHERE seal_id = 1"), [("countersign", 4)]),
        (run("UPDATE journal_countersigns SET statement = replace(statement, 'next', 'same') WHERE seal_id = 2"),
         [("countersign", 8)]),
        (run("UPDATE journal_countersigns SET statement = '{}' WHERE seal_id = 2"), [("countersign", 8)]),
        (run("UPDATE journal_countersigns SET statement = (SELECT statement FROM journal_countersigns"
             " WHERE seal_id = 1) WHERE seal_id = 2"), [("countersign", 8)]),
        (SWAP, [("seal", 4), ("countersign", 4), ("countersign", 8)]),
    ],
)  # fmt: skip
def test_each_attack_is_told_from_the_others(kept: Kept, attack: Attack, found: list[tuple[str, int]]) -> None:
    with kept.attack() as database:
        attack(database)
    report = kept.report()
    assert sorted((finding.kind, finding.seq) for finding in report.findings) == sorted(found)
    assert not report.ok


def test_nothing_is_vouched_for_behind_a_break(kept: Kept) -> None:
    with kept.attack() as database:
        EDIT(database)
    report = kept.report()
    assert (report.sealed, report.countersigned) == (5, 5)


def test_the_store_itself_names_the_first_entry_that_does_not_hold(kept: Kept) -> None:
    with kept.attack() as database:
        EDIT(database)
    with kept.store() as store, pytest.raises(JournalBroken) as caught:
        store.journal.verify()
    assert (caught.value.code, caught.value.seq) == ("journal_broken", 6)


def test_a_long_journal_that_was_shredded_tells_no_more_than_people_read(kept: Kept) -> None:
    with kept.store() as store, store.transaction():
        for _ in range(200):
            store.journal.append("", "sign", None, "d1 1")
    with kept.attack() as database:
        database.run("UPDATE journal SET detail = 'x', previous = seq, hash = 'y'")
    assert len(kept.findings()) == 50


def test_only_the_treasury_tells_an_older_copy_from_the_newest(kept: Kept, tmp_path: Path) -> None:
    shutil.copytree(kept.folder, tmp_path / "older")
    kept.work("sign", "sign")
    older = Kept(tmp_path / "older")
    assert older.found() == []
    assert older.found(kept.heads()) == [("cut", 11)]


def test_a_journal_written_anew_without_its_signatures_shows_at_the_treasury(kept: Kept) -> None:
    heads = kept.heads()
    with kept.attack() as database:
        run(UNSIGN)(database)
        EDIT(database)
        rehash(database, 6)
        reseal(database)
    assert kept.found() == []
    assert kept.found(heads) == [("fork", 5)]


def test_two_copies_that_both_go_on_are_told(kept: Kept, tmp_path: Path) -> None:
    shutil.copytree(kept.folder, tmp_path / "copy")
    copy = Kept(tmp_path / "copy")
    kept.work("sign")
    copy.work("withdraw", known="forked")
    assert copy.found() == [("fork", 9)]
    assert copy.found([*copy.heads()[:1], *kept.heads()]) == [("fork", 9)]
    assert kept.found([*copy.heads()[:1], *kept.heads()]) == [("fork", 12)]


def test_a_backup_put_back_explains_the_fork_and_is_nothing_bad(kept: Kept, tmp_path: Path) -> None:
    shutil.copytree(kept.folder, tmp_path / "backup")
    restored = Kept(tmp_path / "backup")
    kept.work("sign", "sign", "sign")
    restored.work("restore", known="forked")
    heads = [*restored.heads()[:1], *kept.heads()]
    assert restored.found() == [("restore", 9)]
    assert restored.found(heads) == [("restore", 9)]
    assert restored.report(heads).ok
    kept.work("sign", known="forked")
    gone_on = [kept.heads()[0], *heads]
    assert restored.found(gone_on) == [("restore", 9), ("fork", 12)]


def test_seals_of_an_earlier_registration_are_judged_by_their_own_key(kept: Kept) -> None:
    with kept.store() as store:
        config = store.device.get()
        assert config is not None
        store.device.set(config.model_copy(update={"device_id": "mới", "statement_keys": {}}))
    assert kept.found() == []
    with kept.attack() as database:
        database.run("UPDATE journal_seals SET public_key = ?", (DEVICE_KEY.public_b64[::-1],))
    assert kept.found() == [("seal", 4), ("seal", 8)]
