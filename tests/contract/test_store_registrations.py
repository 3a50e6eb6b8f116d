"""The register of signers in the store: a change ends one registration and begins another, and nothing is rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.dossier.document import Document, Dossier
from desktop.dossier.people import Person, Role
from desktop.dossier.registration import AWAITING, Delegation
from desktop.store.errors import FactError, StoreError
from desktop.store.registrations import register_all
from desktop.store.store import Store
from tests.contract.store_kit import PEOPLE, UNIT, decision, deliver, make, objects, package_id, raw, seal, sign, steps
from tests.fixtures.forms_filled import filled

HOLDER = PEOPLE[2].model_copy(update={"certificate_sha256": "a" * 64})
RENEWED = HOLDER.model_copy(update={"certificate_sha256": "b" * 64})
COMING = Person(person_id="sua", name="Thao Thị Sua", roles=HOLDER.roles, certificate_sha256="e" * 64)
LATER = datetime.fromisoformat("2026-12-01T00:00:00+07:00")
EARLY = datetime.fromisoformat("2020-12-01T00:00:00+07:00")
HELD = Role.ACCOUNT_HOLDER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make(tmp_path / "unit") as made:
        made.unit.save(UNIT, [*PEOPLE[:2], HOLDER])
        yield made


def registered(store: Store, person: Person, at: datetime = LATER) -> bool:
    return store.registrations.register_view().was_registered(HELD, person.certificate_sha256, at)


def refused(call: object, *args: object) -> str:
    with pytest.raises(FactError) as caught:
        call(*args)  # type: ignore[operator]
    return caught.value.code


def test_who_is_there_first_was_always_there(store: Store) -> None:
    assert registered(store, HOLDER, EARLY)


def test_a_renewed_certificate_leaves_the_old_one_good_for_its_time(store: Store) -> None:
    store.registrations.register(RENEWED, b"der", store.registrations.now(), "desk", "hanh")
    assert [registered(store, person, EARLY) for person in (HOLDER, RENEWED)] == [True, False]
    assert [registered(store, person) for person in (HOLDER, RENEWED)] == [False, True]
    assert store.unit.people()[2] == RENEWED
    assert store.registrations.certificates() == {"b" * 64: b"der"}


def test_a_saved_list_of_people_is_followed(store: Store) -> None:
    store.unit.save(UNIT, [*PEOPLE[:2], RENEWED])
    store.unit.save(UNIT, [*PEOPLE[:2], RENEWED])
    assert [(item.certificate_sha256[0], bool(item.until)) for item in store.registrations.all()] == [
        ("a", True), ("b", False),
    ]  # fmt: skip
    store.unit.save(UNIT, PEOPLE[:2])
    assert not registered(store, RENEWED)


def test_the_same_registration_is_written_once(store: Store) -> None:
    first = store.registrations.all()[0].registration_id
    assert store.registrations.register(HOLDER, None, store.registrations.now(), "desk", "") == first
    assert len(store.registrations.all()) == 1


def test_an_ended_registration_leaves_the_person_without_a_certificate(store: Store) -> None:
    number, until = store.registrations.all()[0].registration_id, store.registrations.now()
    store.registrations.end(number, until, "mất token", "hanh")
    assert store.unit.people()[2].certificate_sha256 == ""
    assert [registered(store, HOLDER, at) for at in (EARLY, LATER)] == [True, False]
    assert refused(store.registrations.end, number, until, "", "") == "not_registered"


def test_what_cannot_be_is_refused(store: Store) -> None:
    now, coming = store.registrations.now(), "2030-01-01T00:00:00Z"
    taken = PEOPLE[1].model_copy(update={"certificate_sha256": HOLDER.certificate_sha256})
    both = HOLDER.model_copy(update={"roles": (Role.CHIEF_ACCOUNTANT, HELD)})
    register = store.registrations.register
    assert refused(register, taken, None, now, "desk", "") == "certificate_taken"
    assert refused(register, both, None, now, "desk", "") == "roles_conflict"
    assert refused(register, RENEWED, None, coming, "desk", "") == "bad_since"
    assert refused(store.registrations.end, 1, coming, "", "") == "bad_until"
    assert refused(store.registrations.end_delegation, 1, now, "", "") == "no_delegation"
    assert store.unit.people()[1:] == (PEOPLE[1], HOLDER)


@pytest.mark.parametrize("table", ["registrations", "registration_ends", "delegations", "delegation_ends"])
def test_facts_are_not_rewritten(store: Store, table: str) -> None:
    number = store.registrations.delegate(GIVEN, "")
    store.registrations.end_delegation(number, store.registrations.now(), "", "")
    store.registrations.register(RENEWED, None, store.registrations.now(), "desk", "")
    with raw(store.folder) as database, database.transaction():
        with pytest.raises(StoreError, match="không sửa được"):
            database.run(f"DELETE FROM {table}")
        with pytest.raises(StoreError, match="không sửa được"):
            database.run(f"UPDATE {table} SET actor = 'x'")


GIVEN = Delegation(role=HELD, by_person="thang", to_person="tuyen", valid_from="2026-01-01", valid_to="2026-12-31")


def test_a_delegation_is_read_as_written_and_ends_with_its_people(store: Store) -> None:
    number = store.registrations.delegate(GIVEN, "hanh")
    assert store.registrations.delegations() == (GIVEN.model_copy(update={"delegation_id": number}),)
    store.registrations.leave("thang", store.registrations.now(), "nghỉ", "hanh")
    assert store.registrations.delegations()[0].until
    assert [person.person_id for person in store.unit.people()] == ["hanh", "tuyen"]


def test_an_upgrade_registers_who_is_there_and_who_signed_before(tmp_path: Path) -> None:
    with make(tmp_path / "unit") as store:
        seal(store)
        signed = steps("thang")[0]
        store.unit.save(UNIT, [*PEOPLE[:2], COMING])
        with raw(store.folder) as database, database.transaction():
            for table in ("registrations", "registration_ends"):
                database.run(f"DROP TRIGGER {table}_no_delete")
            database.run("DELETE FROM registration_ends")
            database.run("DELETE FROM registrations")
            register_all(database)
        found = {item.certificate_sha256: item for item in store.registrations.all()}
        assert (found["e" * 64].since, found["e" * 64].until) == ("", "")
        assert found[signed["certificate_sha256"]].until == "2026-11-23T02:00:00Z"


def accepted_form(store: Store, *names: str, number: str = "24") -> None:
    """Have the Treasury accept a Mẫu 24 that names the account holder first and then delegates."""
    start = filled("M24")
    rows = [{"group": "first_signature", "person_name": name, "position": "x"} for name in names]
    fields = start.fields | {"account_holder": names[0], "name": UNIT.name, "budget_unit_code": UNIT.code}
    made: Document = start.model_copy(update={"fields": fields, "tables": {**start.tables, "specimens": rows}})
    form = Dossier(local_id=f"m{number}", number=number, title="Mẫu 24", procedure="P5", documents=(made,))
    store.drafts.save(form, "hanh")
    store.submissions.freeze(form.local_id, objects(form.local_id), steps("thang"), "hanh")
    sign(store, form.local_id, "thang")
    package = package_id(form.local_id)
    store.packages.seal(form.local_id, package, b"core", [])
    deliver(store, package)
    seq = store.feed.cursor + 1
    store.outbox.apply_feed([decision(seq, package, "paid")], seq, store.registrations.now())


def test_an_accepted_form_registers_who_waited_for_it(store: Store) -> None:
    store.registrations.register(COMING, None, store.registrations.now(), AWAITING, "")
    assert not registered(store, COMING)
    accepted_form(store, COMING.name)
    assert [registered(store, person) for person in (HOLDER, COMING)] == [False, True]
    assert [person.person_id for person in store.unit.people()] == ["hanh", "tuyen", "sua"]
    assert store.registrations.all()[-1].source == store.packages.by_local("m24").package_id  # type: ignore[union-attr]
    assert store.registrations.waiting_forms() == []


def test_an_accepted_form_makes_delegates_until_the_next_one(store: Store) -> None:
    deputy = COMING.model_copy(update={"roles": ()})
    store.registrations.register(deputy, None, store.registrations.now(), AWAITING, "")
    accepted_form(store, HOLDER.name, deputy.name)
    assert {(item.role, item.until) for item in store.registrations.delegations()} == {
        (Role.HEAD_OF_UNIT, ""), (HELD, ""),
    }  # fmt: skip
    assert registered(store, deputy)
    accepted_form(store, HOLDER.name, number="25")
    assert all(item.until for item in store.registrations.delegations())


def test_a_form_that_names_a_stranger_waits_for_the_certificate(store: Store) -> None:
    accepted_form(store, HOLDER.name, COMING.name)
    assert [(item.number, item.unknown) for item in store.registrations.waiting_forms()] == [("24", (COMING.name,))]
    assert store.registrations.delegations() == ()
    store.registrations.register(COMING.model_copy(update={"roles": ()}), None, "", "desk", "")
    store.registrations.take_forms("hanh")
    assert (store.registrations.waiting_forms(), len(store.registrations.delegations())) == ([], 2)


def test_a_form_that_repeats_the_people_changes_nobody(store: Store) -> None:
    before = store.unit.people(), store.registrations.all()
    accepted_form(store, HOLDER.name)
    assert (store.unit.people(), store.registrations.all()) == before


def test_a_later_form_stands_in_the_place_of_one_that_waits(store: Store) -> None:
    accepted_form(store, HOLDER.name, COMING.name)
    accepted_form(store, HOLDER.name, number="25")
    assert store.registrations.waiting_forms() == []
    store.registrations.register(COMING.model_copy(update={"roles": ()}), None, "", "desk", "")
    store.registrations.take_forms("hanh")
    assert store.registrations.delegations() == ()
