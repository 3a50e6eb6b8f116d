"""Imported code lists: every version stays, one of each kind is in force, and going back is always possible."""

from pathlib import Path

import pytest

from desktop.dossier.catalogues import catalogue
from desktop.dossier.imported_codes import CodeRow
from desktop.store.errors import StoreError
from desktop.store.store import Store
from tests.contract.store_kit import PASSWORD, make

ROWS = [CodeRow("6550", "Vật tư"), CodeRow("6571", "Mã mới", "6550", "", "2026-01-01", "2026-12-31")]


def imported(store: Store, rows: list[CodeRow] = ROWS) -> int:
    return store.catalogues.add("econ", rows, label="TT 130/2025", file_name="mlns.xlsx", actor="hanh")


def test_list_is_in_force_only_once_chosen(store: Store) -> None:
    imported(store)
    assert store.catalogues.in_force().get("econ") is catalogue("econ")
    store.catalogues.use("econ", 1, "hanh")
    entry = store.catalogues.in_force().get("econ").get("6571")
    assert entry is not None
    assert (entry.name, entry.parent, entry.extra["valid_to"]) == ("Mã mới", "6550", "2026-12-31")
    assert store.catalogues.in_force().get("sector") is catalogue("sector")


def test_versions_stay_and_one_can_go_back(folder: Path) -> None:
    with make(folder) as store:
        assert [imported(store), imported(store, ROWS[:1])] == [1, 2]
        store.catalogues.use("econ", 2, "hanh")
    with Store.open(folder, PASSWORD) as store:
        assert [(item.version, item.size, item.used) for item in store.catalogues.versions()] == [
            (1, 2, False),
            (2, 1, True),
        ]
        store.catalogues.use("econ", 0, "hanh")
        assert store.catalogues.used("econ") == 0
        assert store.catalogues.in_force().get("econ") is catalogue("econ")


def test_version_never_imported_cannot_be_used(store: Store) -> None:
    with pytest.raises(StoreError) as error:
        store.catalogues.use("econ", 3, "hanh")
    assert error.value.code == "no_version"
    assert store.catalogues.used("econ") == 0


def test_journal_says_who_imported_and_who_chose(store: Store) -> None:
    store.catalogues.use("econ", imported(store), "tuyen")
    said = [(entry.actor, entry.action, entry.detail) for entry in store.journal.entries(2)]
    assert said == [("tuyen", "use_catalogue", "econ 1"), ("hanh", "import_catalogue", "econ 1")]


def test_another_connection_sees_the_choice(store: Store) -> None:
    imported(store)
    with store.reopen() as other:
        assert other.catalogues.in_force().get("econ") is catalogue("econ")
        store.catalogues.use("econ", 1, "hanh")
        assert len(other.catalogues.in_force().get("econ").entries) == 2
