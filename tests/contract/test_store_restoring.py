"""A unit out of a backup: whole or not at all, on any machine, and nothing leaves it before the Treasury was asked."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.envelope import KdfParameters
from desktop.store.errors import StoreError
from desktop.store.keys import (
    Opened,
    add_recovery_slot,
    change_password,
    open_with_password,
    open_with_recovery_code,
)
from desktop.store.leftovers import FILLED_BY
from desktop.store.restored import WHY
from desktop.store.restoring import restore
from desktop.store.store import KEYS, Store
from tests.contract.backup_kit import SCAN, attached, back_up, flip, restored, stick, unfinished, when
from tests.contract.store_kit import NOW, PASSWORD, PEOPLE, UNIT, deliver, seal

LATER = "9999-01-01T00:00:00Z"


@pytest.fixture
def place(tmp_path: Path, store: Store) -> Path:
    return stick(tmp_path, store)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new" / "unit"


def _opened(path: Path) -> Opened:
    return open_with_password(path, PASSWORD)


def reopened(folder: Path) -> Store:
    return Store.open(folder, PASSWORD)


def test_everything_is_there_again(store: Store, place: Path, new: Path) -> None:
    kept = attached(store, "d1")
    seal(store, "d2")
    restored(back_up(store, place), new)
    with reopened(new) as other:
        assert (other.unit.get(), other.unit.people()) == (UNIT, PEOPLE)
        assert other.drafts.get("d1") == store.drafts.get("d1")
        assert other.attachments.open_bytes(kept.sha256) == SCAN
        assert other.check() == []
    assert [path.name for path in new.parent.iterdir()] == ["unit"]


def test_what_may_have_been_sent_is_asked_about_first(store: Store, place: Path, new: Path) -> None:
    done, queued, sending, refused, cancelled = (seal(store, f"d{number}") for number in range(5))
    deliver(store, done)
    store.outbox.mark_sending([sending, refused], NOW)
    store.outbox.mark_refused(refused, "unit_unknown", "không rõ đơn vị", NOW)
    store.packages.cancel("d4", "hanh", "nhầm")
    found = restored(back_up(store, place), new)
    assert found.asked == 2
    with reopened(new) as other:
        assert {item.package_id: item.state for item in other.outbox.due(LATER)} == {
            queued: "doubtful",
            sending: "doubtful",
        }
        assert other.projection.facts("d0").receipt_no
        with pytest.raises(StoreError, match="bắt đầu gửi"):
            other.packages.cancel("d1", "hanh", "thôi")
        assert {item.note for item in other.deliveries.queue()} == {WHY}
        assert other.journal.entries(1)[0].action == "restore"
        assert "2 gói" in other.deliveries.log(1)[0].text
    assert cancelled


def test_numbers_go_on_further_up_and_the_machine_has_a_new_name(store: Store, place: Path, new: Path) -> None:
    last, name = store.drafts.next_number(), store.settings.machine_id()
    made = back_up(store, place)
    after = {store.drafts.next_number() for _ in range(20)}
    restored(made, new)
    with reopened(new) as other:
        given = other.drafts.next_number()
        assert int(given) > int(last) + 100
        assert given not in after
        assert other.settings.machine_id() != name


def test_the_recovery_code_of_the_time_opens_it(store: Store, place: Path, new: Path) -> None:
    code = add_recovery_slot(store.folder / KEYS, store.backups.key)
    made = back_up(store, place)
    cheap = KdfParameters(memory_kib=8, passes=1, lanes=1)
    change_password(store.folder / KEYS, PASSWORD, "mật khẩu khác hẳn", kdf=cheap)
    restore(made.path, new, lambda path: open_with_recovery_code(path, code))
    with reopened(new) as other:
        assert other.unit.get() == UNIT


def test_a_wrong_password_is_told_before_anything_is_copied(store: Store, place: Path, new: Path) -> None:
    made = back_up(store, place)
    heard: list[object] = []
    with pytest.raises(StoreError) as wrong:
        restore(made.path, new, lambda path: open_with_recovery_code(path, "SAI"), heard.append)
    assert wrong.value.code in ("wrong_password", "wrong_code", "code_mistyped")
    assert heard == []
    assert not list(new.parent.iterdir())


def test_only_into_a_fresh_folder(store: Store, place: Path, new: Path) -> None:
    made = back_up(store, place)
    new.mkdir(parents=True)
    (new / "letter.txt").write_text("kept")
    with pytest.raises(StoreError) as used:
        restored(made, new)
    (new / "letter.txt").unlink()
    progress = when("place", lambda: (new / "letter.txt").write_text("kept"))
    with pytest.raises(StoreError) as raced:
        restore(made.path, new, _opened, progress)
    assert used.value.code == raced.value.code == "restore_folder_used"
    assert [path.name for path in new.parent.rglob("*")] == ["unit", "letter.txt"]


def test_a_copy_without_its_attachments_says_which_are_missing(store: Store, place: Path, new: Path) -> None:
    kept = attached(store, "d1")
    made = back_up(store, place)
    alone = place.parent / "alone.vxb"
    alone.write_bytes(made.path.read_bytes())
    found = restore(alone, new, _opened)
    assert found.missing == ("0443 · d1.pdf",)
    with reopened(new) as other:
        assert other.drafts.get("d1").attachments == (kept,)


def test_damage_is_told_and_leaves_nothing(store: Store, place: Path, new: Path) -> None:
    made = back_up(store, place)
    flip(made.path, made.size // 2)
    with pytest.raises(StoreError) as damaged:
        restored(made, new)
    assert damaged.value.code == "backup_damaged"
    assert not list(new.parent.iterdir())


def test_called_off_it_leaves_nothing(store: Store, place: Path, new: Path) -> None:
    attached(store, "d1")
    made = back_up(store, place)
    for stage in ("database", "check", "attachments", "place"):
        asked: list[bool] = []
        progress = when(stage, lambda: asked.append(True))  # type: ignore[arg-type]  # noqa: B023
        with pytest.raises(StoreError) as stopped:
            restore(made.path, new, _opened, progress, lambda: bool(asked))  # noqa: B023
        assert stopped.value.code == "restore_cancelled"
        assert not list(new.parent.iterdir())


def test_the_stick_pulled_while_restoring(store: Store, place: Path, new: Path) -> None:
    attached(store, "d1")
    made = back_up(store, place)
    progress = when("attachments", lambda: place.rename(place.with_name("away")))
    with pytest.raises(StoreError) as gone:
        restore(made.path, new, _opened, progress)
    assert gone.value.code == "backup_place_gone"
    assert not list(new.parent.iterdir())


def test_the_same_file_attached_anew_after_a_restore_is_backed_up_as_its_own(
    store: Store, place: Path, new: Path, tmp_path: Path
) -> None:
    early = back_up(store, place)
    attached(store, "d1")
    late = back_up(store, place)
    restored(early, new)
    with reopened(new) as other:
        attached(other, "d1")
        other_late = back_up(other, place)
    for number, made in enumerate((late, other_late)):
        assert restored(made, tmp_path / str(number)).missing == ()


def test_only_what_a_killed_restore_left_is_cleared_beside_it(store: Store, place: Path, new: Path) -> None:
    own, killed = (new.parent / name for name in ("ảnh.unfinished", "xa.0f.unfinished"))
    for folder, file in ((own, "ảnh.jpg"), (killed, FILLED_BY)):
        folder.mkdir(parents=True)
        (folder / file).touch()
    restored(back_up(store, place), new)
    assert [path.name for path in new.parent.glob("*.unfinished")] == [own.name]
    assert (own / "ảnh.jpg").exists()


def test_killed_at_every_step_it_is_whole_or_not_there(store: Store, place: Path, new: Path) -> None:
    attached(store, "d1")
    seal(store, "d2")
    store.close()
    words = [sys.executable, "-m", "tests.contract.backup_killer", str(store.folder), str(place), str(new)]
    said = subprocess.run(words, capture_output=True, check=True, text=True).stdout
    rounds = [json.loads(line) for line in said.splitlines()]
    backups, restores = ([r for r in rounds if r["what"] == what] for what in ("backup", "restore"))
    assert len(backups) > 8
    assert len(restores) > 5
    for cut, (last, *_) in ((backups[:-1], backups[-1:]), (restores[:-1], restores[-1:])):
        assert all(each["killed"] and each["left"] == [] for each in cut)
        assert last["code"] == 0
    assert backups[-1]["left"] == [""]
    with reopened(new) as other:
        assert other.check() == []
    assert not unfinished(place.parent)
    assert not unfinished(new.parent)
    assert not list(itertools.islice(new.parent.glob("*.restoring"), 1))
