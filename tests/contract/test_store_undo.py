"""Undo steps outlive the program, the newest fifty of them, and go with their draft."""

from pathlib import Path

import pytest

from desktop.store.errors import StoreError
from desktop.store.store import Store
from desktop.store.undo import STEPS
from tests.contract.store_kit import PASSWORD, dossier, make, objects, raw, steps


def typed(store: Store, *titles: str) -> None:
    """Open a draft and change its title step by step, as the editor does."""
    store.drafts.save(dossier(title="mở"), "hanh")
    store.drafts.push_step("d1", "", dossier(title="mở"))
    for title in titles:
        store.drafts.push_step("d1", f"Sửa {title}", dossier(title=title))


def shown(store: Store) -> list[tuple[str, bool]]:
    return [(step.label, step.undone) for step in store.drafts.steps("d1")]


def title(found: object) -> str | None:
    return getattr(found, "title", None)


def test_undo_and_redo_after_a_restart(folder: Path) -> None:
    with make(folder) as store:
        typed(store, "a", "b")
    with Store.open(folder, PASSWORD) as store:
        assert [title(store.drafts.undo("d1")) for _ in range(3)] == ["a", "mở", None]
    with Store.open(folder, PASSWORD) as store:
        assert [title(store.drafts.redo("d1")) for _ in range(3)] == ["a", "b", None]


def test_new_step_cuts_off_what_was_undone(store: Store) -> None:
    typed(store, "a", "b", "c")
    store.drafts.undo("d1")
    store.drafts.undo("d1")
    assert shown(store) == [("", False), ("Sửa a", False), ("Sửa b", True), ("Sửa c", True)]
    store.drafts.push_step("d1", "Sửa x", dossier(title="x"))
    assert shown(store) == [("", False), ("Sửa a", False), ("Sửa x", False)]
    assert store.drafts.redo("d1") is None


def test_fifty_steps_can_be_undone(store: Store) -> None:
    typed(store, *(str(number) for number in range(STEPS + 9)))
    found = [title(store.drafts.undo("d1")) for _ in range(STEPS + 1)]
    assert (found[-2], found[-1]) == ("8", None)
    assert len(shown(store)) == STEPS + 1


@pytest.mark.parametrize("end", ["delete", "freeze"])
def test_steps_go_with_the_draft(store: Store, folder: Path, end: str) -> None:
    typed(store, "a")
    if end == "delete":
        store.drafts.delete("d1", "hanh")
    else:
        store.submissions.freeze("d1", objects("d1"), steps("tuyen"), "hanh")
    assert shown(store) == []
    with raw(folder) as database:
        assert database.value("SELECT count(*) FROM draft_places") == 0


def test_draft_never_saved_has_no_steps(store: Store) -> None:
    with pytest.raises(StoreError) as error:
        store.drafts.push_step("d1", "", dossier())
    assert error.value.code == "not_found"
    assert store.drafts.undo("d1") is None


def test_step_of_a_long_list_stays_small(store: Store, folder: Path) -> None:
    voucher = dossier().documents[0]
    rows = [{**voucher.tables["lines"][0], "amount": number} for number in range(1_000)]
    long = dossier().model_copy(update={"documents": (voucher.model_copy(update={"tables": {"lines": rows}}),)})
    store.drafts.save(long, "hanh")
    store.drafts.push_step("d1", "", long)
    with raw(folder) as database:
        assert database.value("SELECT length(body) FROM draft_history") < len(long.model_dump_json()) / 10
