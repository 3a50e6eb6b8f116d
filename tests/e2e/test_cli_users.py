"""`vungxa user`, `vungxa units` and `init --user`: who opens a unit at the command line, and which units there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.demo.unit import UNIT
from desktop.desk.users_desk import COST
from desktop.dossier.duties import Duty
from desktop.dossier.people import Person
from desktop.dossier.users import User
from desktop.store.envelope import read_envelope
from desktop.store.keys import read_front
from desktop.store.machine import VARIABLE
from desktop.store.store import KEYS, Store
from tests.contract.store_kit import CHEAP
from tests.e2e.command import Ran, vungxa

OWN, LOOKS = "của người quản trị", "của người xem"
PEOPLE = [{"person_id": "p1", "name": "Lò Thị Hạnh", "roles": ["preparer"]}]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine of its own: the file of a unit, and one where passwords cost little, of an administrator alone."""
    folder = tmp_path_factory.mktemp("users")
    first = User(user_id="u1", name="Lò Thị Hạnh", duties=(Duty.ADMINISTRATOR, Duty.PREPARER), person_id="p1")
    people = [Person.model_validate(one) for one in PEOPLE]
    with Store.create(folder / "a", OWN, UNIT, people, first=first, kdf=CHEAP) as store:
        store.settings.set(COST, CHEAP.model_dump_json())
    (folder / "unit.json").write_text(json.dumps({"unit": UNIT.model_dump(), "people": PEOPLE}), "utf-8")
    return folder


def ran(machine: Path, *words: object, typed: str = "") -> Ran:
    return vungxa(*words, stdin=typed, environment={VARIABLE: str(machine / "data")})


def init(machine: Path, name: str, *words: object) -> Ran:
    home = ("--home", machine / name, "--unit", machine / "unit.json", "--password-stdin")
    return ran(machine, "init", *home, *words, typed=OWN + "\n")


def user(machine: Path, password: str, *words: object, more: str = "") -> Ran:
    return ran(machine, "user", *words, "--home", machine / "a", "--password-stdin", typed=f"{password}\n{more}")


def test_a_unit_and_its_users(machine: Path) -> None:
    assert init(machine, "b", "--duty", "preparer").error == (2, "bad_arguments")
    assert init(machine, "b", "--user", "Lò Thị Hạnh", "--duty", "preparer").error == (2, "last_administrator")
    assert init(machine, "b", "--user", "Lò Thị Hạnh", "--person", "p1").answer["user"] == "u1"
    slots = [(slot.user, slot.name, slot.title) for slot in read_front(machine / "b").slots]
    assert slots == [("u1", "Lò Thị Hạnh", "Người quản trị")]
    with Store.open(machine / "b", OWN) as store:  # what the machine was measured for is what the next ones cost too
        cost = read_envelope(machine / "b" / KEYS).slots[0].kdf
        assert cost is not None
        assert store.settings.get(COST) == cost.model_dump_json()
    added = user(machine, OWN, "add", "--name", "Hờ A Dia", "--duty", "viewer", more=LOOKS + "\n").answer
    assert [(one["user_id"], one["duties"], one["person_id"]) for one in added["users"]] == [
        ("u1", ["preparer", "administrator"], "p1"),
        ("u2", ["viewer"], ""),
    ]
    assert (added["shared"], added["recovery"], added["rotation_wanted"], added["mine"]) == (False, False, False, "u1")


def test_a_viewer_looks_and_does_nothing_else(machine: Path) -> None:
    def looks(*words: object) -> Ran:
        return ran(machine, *words, "--home", machine / "a", "--password-stdin", typed=LOOKS + "\n")

    assert looks("status").answer["ok"]
    assert looks("user", "list").answer["mine"] == "u2"
    for words in (
        ("new", "--purpose", "salary"),
        ("calendar", "--cutoff", "15:00"),
        ("people", "end", "--person", "p1"),
        ("trust", "refresh"),
        ("user", "disable", "--user", "u1"),
        ("journal", "list"),
        ("rotate-key",),
    ):
        assert looks(*words).error == (2, "not_allowed"), words


def test_users_change_stop_come_back_and_go(machine: Path) -> None:
    changed = user(machine, OWN, "change", "--user", "u2", "--duty", "chief_accountant", "--name", "Hờ A Dềnh").answer
    assert (changed["users"][1]["name"], changed["users"][1]["duties"]) == ("Hờ A Dềnh", ["chief_accountant"])
    assert user(machine, OWN, "change", "--user", "u2", "--duty", "boss").error == (2, "bad_arguments")
    assert user(machine, OWN, "change", "--user", "u9").error == (2, "no_such_user")
    user(machine, OWN, "disable", "--user", "u2")
    assert user(machine, LOOKS, "list").error == (2, "user_disabled")
    user(machine, OWN, "enable", "--user", "u2")
    assert user(machine, LOOKS, "list").code == 0
    gone = user(machine, OWN, "remove", "--user", "u2").answer
    assert (len(gone["users"]), gone["rotation_wanted"]) == (1, True)
    assert user(machine, LOOKS, "list").error == (2, "wrong_password")
    assert user(machine, OWN, "disable", "--user", "u1").error == (2, "last_administrator")
    ran(machine, "rotate-key", "--home", machine / "a", "--password-stdin", typed=OWN + "\n")
    assert user(machine, OWN, "list").answer["rotation_wanted"] is False


def test_the_units_of_this_machine(machine: Path) -> None:
    assert len(ran(machine, "units", "--add", machine / "a").answer["units"]) == 2
    listed = ran(machine, "units").answer["units"]
    assert {(Path(one["folder"]).name, one["code"], one["there"]) for one in listed} == {
        ("a", UNIT.code, True),
        ("b", UNIT.code, True),
    }
    left = ran(machine, "units", "--forget", machine / "b").answer["units"]
    assert [Path(one["folder"]).name for one in left] == ["a"]
    assert len(ran(machine, "units", "--add", machine / "b").answer["units"]) == 2
    assert ran(machine, "units", "--forget", machine / "c").error == (2, "no_unit")
    assert ran(machine, "units", "--add", machine / "c").error == (2, "no_store")
