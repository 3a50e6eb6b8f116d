"""Damage at random places is named or refused, never told as a wrong number; what is sound goes on working."""

import contextlib
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from desktop.store.errors import StoreError
from desktop.store.store import ATTACHMENTS
from tests.contract.damage_kit import MANY, filled, flip, opened, pages, told
from tests.contract.store_kit import raw

FLIPS = 12
Answer = TypeVar("Answer")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("sound") / "unit")


@pytest.fixture
def unit(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "unit"))


def test_a_sound_store_has_nothing_to_say(unit: Path) -> None:
    steps: list[tuple[int, int]] = []
    with opened(unit) as store:
        assert store.checks.cheap() == ()
        assert store.checks.full(lambda done, total: steps.append((done, total))) == ()
    assert steps[-1][0] == steps[-1][1] > MANY


def test_a_flipped_byte_is_named_wherever_it_is(unit: Path) -> None:
    dice, before = random.Random(11), (unit / "unit.vx").read_bytes()
    with opened(unit) as store:
        truth, balance = told(store), [(line.used, line.held) for line in store.estimates.all()]
    named = 0
    for _ in range(FLIPS):
        (unit / "unit.vx").write_bytes(before)
        flip(unit, dice.randrange(pages(unit)))
        named += damage_is_said(unit, truth, balance)
    assert named > FLIPS // 2  # most damage leaves a store that opens and tells what is hurt


def damage_is_said(unit: Path, truth: dict[str, tuple[str, int]], balance: list[tuple[int, int]]) -> bool:
    """The store opens, names damage, and answers with the truth or with nothing; or it says that it is damaged."""
    with contextlib.ExitStack() as stack:
        store = or_damaged(lambda: stack.enter_context(opened(unit)))
        if store is None:
            return False
        found = store.checks.full()
        assert found
        assert {one.kind for one in found} <= {"pages", "structure", "dossier"}
        assert or_damaged(lambda: told(store)) in (truth, None)
        assert or_damaged(lambda: [(line.used, line.held) for line in store.estimates.all()]) in (balance, None)
    return True


def or_damaged(ask: Callable[[], Answer]) -> Answer | None:
    try:
        return ask()
    except StoreError as error:
        if error.code != "store_damaged" or "salvage" not in error.message:
            raise
        return None


def test_only_the_hurt_dossiers_are_named_and_the_others_work(unit: Path) -> None:
    before = (unit / "unit.vx").read_bytes()
    for place in range(pages(unit) // 2, pages(unit)):
        (unit / "unit.vx").write_bytes(before)
        flip(unit, place)
        with opened(unit) as store:
            hurt = {name for one in store.checks.full() or () for name in one.dossiers}
            if not 0 < len(hurt) < 10:
                continue
            whole = sorted({f"d{number:03}" for number in range(MANY)} - hurt)
            assert [store.submissions.get(name).local_id for name in whole] == whole
            return
    pytest.fail("no page held a part of a dossier")


@pytest.mark.parametrize("how", ["flip", "cut", "gone"])
def test_a_damaged_attachment_is_named_and_only_it(unit: Path, how: str) -> None:
    (path,) = (unit / ATTACHMENTS).iterdir()
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:-50] if how == "cut" else content[:70_000] + b"x" + content[70_001:])
    with opened(unit) as store:
        (damage,) = store.checks.full() or ()
        assert damage.kind == "attachment"
        assert len(store.checks.cheap()) == (how != "flip")
        assert len(told(store)) == MANY


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("DROP TRIGGER receipts_no_update", "schema"),
        ("UPDATE journal SET actor = 'x' WHERE seq = (SELECT max(seq) FROM journal)", "journal"),
        ("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)", "journal"),
    ],
)
def test_what_a_database_tool_did_shows_at_a_glance(unit: Path, sql: str, kind: str) -> None:
    with raw(unit) as database, database.transaction():
        for row in database.rows("SELECT name FROM sqlite_master WHERE name LIKE 'journal_no%'"):
            database.run(f"DROP TRIGGER {row['name']}") if kind == "journal" else None
        database.run(sql)
    with opened(unit) as store:
        assert kind in {one.kind for one in store.checks.cheap()}


def test_an_object_that_is_not_what_was_signed(unit: Path) -> None:
    with raw(unit) as database, database.transaction():
        database.run("DROP TRIGGER submission_objects_no_update")
        database.run("UPDATE submission_objects SET content = content || 'x' WHERE submission_id = 3 AND position = 0")
    with opened(unit) as store:
        assert ("dossier", ("d002",)) in {(one.kind, one.dossiers) for one in store.checks.full() or ()}


def test_a_package_that_lost_its_id(unit: Path) -> None:
    with opened(unit) as store:
        found = store.checks.full(judge=lambda package, core: bool(core) and not package.startswith("0"))
    assert found
    assert {one.kind for one in found} == {"package"}


def test_cancelled_in_the_middle_keeps_nothing(unit: Path) -> None:
    steps: list[int] = []
    with opened(unit) as store:
        assert store.checks.weekly(lambda done, _: steps.append(done), lambda: len(steps) > 5) is None
        assert store.checks.last("full") is None
    assert len(steps) == 6


def test_due_a_week_after_the_last_full_check(unit: Path) -> None:
    with opened(unit) as store:
        assert store.checks.due(datetime.now(UTC))
        made = store.checks.weekly()
        assert made is not None
        at = datetime.fromisoformat(made.at)
        assert store.checks.last("full") == made
        assert [store.checks.due(at + timedelta(days=days)) for days in (0, 6, 7)] == [False, False, True]
