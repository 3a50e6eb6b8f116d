"""Users in the store: the last administrator, signers, numbers, and what is written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.dossier.duties import Duty
from desktop.dossier.people import Person
from desktop.dossier.users import User
from desktop.store.errors import FactError
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP, UNIT

ADMIN = User(user_id="u1", name="Lò Văn Páo", duties=(Duty.ADMINISTRATOR,))
CLERK = User(user_id="u2", name="Giàng Thị Hạnh", duties=(Duty.PREPARER,), person_id="p1")
PEOPLE = [Person(person_id=f"p{number}", name=f"Người {number}", roles=()) for number in (1, 2)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "unit", "mật khẩu dài", UNIT, PEOPLE, kdf=CHEAP) as made:
        made.users.save(ADMIN, "u1")
        made.users.save(CLERK, "u1")
        yield made


def refused(store: Store, act: str, *args: object) -> str:
    """Code of the refusal; nothing was kept and nothing written down."""
    before = (store.users.all(), store.journal.entries(1))
    with pytest.raises(FactError) as raised:
        getattr(store.users, act)(*args)
    assert (store.users.all(), store.journal.entries(1)) == before
    return raised.value.code


def test_users_come_back_as_they_were_kept_in_their_order(store: Store) -> None:
    assert store.users.all() == (ADMIN, CLERK)
    assert (store.users.get("u2"), store.users.get("u9")) == (CLERK, None)
    assert store.users.new_id() == "u3"


@pytest.mark.parametrize(
    ("act", "args"),
    [
        ("disable", ("u1", "u1")),
        ("remove", ("u1", "u1")),
        ("save", (ADMIN.model_copy(update={"duties": (Duty.PREPARER,)}), "u1")),
    ],
)
def test_the_last_administrator_stays(store: Store, act: str, args: tuple[object, ...]) -> None:
    assert refused(store, act, *args) == "last_administrator"
    store.users.save(CLERK.model_copy(update={"duties": (Duty.PREPARER, Duty.ADMINISTRATOR)}), "u1")
    getattr(store.users, act)(*args)


def test_one_who_is_disabled_is_not_the_administrator_who_is_left(store: Store) -> None:
    store.users.save(CLERK.model_copy(update={"duties": (Duty.ADMINISTRATOR,)}), "u1")
    store.users.disable("u2", "u1")
    assert refused(store, "disable", "u1", "u1") == "last_administrator"


def test_the_first_user_is_an_administrator(tmp_path: Path) -> None:
    with Store.create(tmp_path / "unit", "mật khẩu dài", UNIT, PEOPLE, kdf=CHEAP) as empty:
        assert refused(empty, "save", CLERK, "") == "last_administrator"


@pytest.mark.parametrize(("person", "code"), [("p9", "no_person"), ("p1", "person_taken")])
def test_a_user_is_a_signer_of_the_unit_and_nobody_elses(store: Store, person: str, code: str) -> None:
    other = User(user_id="u3", name="Sùng A Páo", duties=(Duty.VIEWER,), person_id=person)
    assert refused(store, "save", other, "u1") == code


def test_what_a_user_was_and_did_keeps_their_name_and_number(store: Store) -> None:
    store.users.remove("u2", "u1")
    assert [user.user_id for user in store.users.all()] == ["u1"]
    assert (store.users.names()["u2"], store.users.new_id()) == (CLERK.name, "u3")
    assert refused(store, "save", CLERK, "u1") == "no_such_user"
    assert refused(store, "enable", "u2", "u1") == "no_such_user"


def test_a_signer_is_free_again_when_their_user_goes(store: Store) -> None:
    store.users.remove("u2", "u1")
    store.users.save(User(user_id="u3", name="Mới", duties=(Duty.PREPARER,), person_id="p1"), "u1")
    assert len(store.users.all()) == 2


def test_every_change_is_written_down_with_who_made_it(store: Store) -> None:
    store.users.disable("u2", "u1")
    store.users.enable("u2", "u1")
    store.users.save(CLERK.model_copy(update={"person_id": ""}), "u1")
    store.users.unlocked("u2")
    store.users.remove("u2", "u1")
    told = [(entry.actor, entry.action, entry.detail) for entry in reversed(store.journal.entries())][1:]
    assert told == [
        ("u1", "user_add", "u1: administrator; -"),
        ("u1", "user_add", "u2: preparer; p1"),
        ("u1", "user_disable", "u2"),
        ("u1", "user_enable", "u2"),
        ("u1", "user_change", "u2: preparer; -"),
        ("u2", "unlock", "u2"),
        ("u1", "user_remove", "u2"),
    ]
    store.journal.verify()


def test_changing_a_user_leaves_them_disabled(store: Store) -> None:
    store.users.disable("u2", "u1")
    store.users.save(CLERK.model_copy(update={"name": "Giàng Thị Hoa"}), "u1")
    found = store.users.get("u2")
    assert found is not None
    assert (found.name, found.enabled) == ("Giàng Thị Hoa", False)


def test_when_somebody_opened_the_store_is_remembered(store: Store) -> None:
    assert set(store.users.last_unlocks().values()) == {""}
    store.users.unlocked("u2")
    assert [bool(at) for at in store.users.last_unlocks().values()] == [False, True]
