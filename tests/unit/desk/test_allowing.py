"""Every public method of the desk says what it is, and a viewer gets nowhere with the rest, whatever window asks."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import desktop.desk
from desktop.desk.allowing import act_of
from desktop.desk.context import DeskContext, at_desk
from desktop.desk.errors import DeskError
from desktop.dossier.duties import MAY, Act, Duty
from desktop.dossier.users import User
from tests.unit.desk.kit import Office

ADMIN = User(user_id="u1", name="Lò Văn Páo", duties=(Duty.ADMINISTRATOR,))
VIEWER = User(user_id="u2", name="Hờ A Dia", duties=(Duty.VIEWER,))
READING = (None, Act.READ)


def desk_objects() -> Iterator[type]:
    """Every class of the desk that is made with a DeskContext."""
    for module in pkgutil.iter_modules(desktop.desk.__path__, "desktop.desk."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            wanted = list(inspect.signature(found).parameters.values()) if found.__module__ == module.name else []
            if wanted and "DeskContext" in str(wanted[0].annotation):
                yield found


def public_methods() -> Iterator[tuple[type, str]]:
    for made in desk_objects():
        yield from (
            (made, name) for name, _ in inspect.getmembers(made, inspect.isfunction) if not name.startswith("_")
        )


METHODS = sorted(public_methods(), key=lambda pair: (pair[0].__name__, pair[1]))


@pytest.fixture
def users(office: Office) -> Office:
    for user in (ADMIN, VIEWER):
        office.store.users.save(user, "")
    return office


@pytest.fixture
def viewer(users: Office) -> DeskContext:
    return at_desk(users.store, "u2", clock=users.clock)


def test_the_desk_is_seen_whole() -> None:
    names = {made.__name__ for made, _ in METHODS}
    assert names >= {"Desk", "TokenDesk", "Delivering", "HandingOver", "PeopleDesk", "DoctorDesk", "TrustDesk"}
    assert len(METHODS) > 100


def test_every_method_says_what_it_is() -> None:
    assert [f"{made.__name__}.{name}" for made, name in METHODS if act_of(getattr(made, name)) is None] == []


def test_a_viewer_is_refused_before_anything_happens(viewer: DeskContext) -> None:
    """An object without anything but the context, and no argument: whatever ran before the refusal would fail."""
    let_in = []
    for made, name in METHODS:
        act = act_of(getattr(made, name))
        if act in MAY[Duty.VIEWER]:
            continue
        bare: Any = object.__new__(made)
        object.__setattr__(bare, "_context", viewer)
        try:
            getattr(bare, name)()
        except DeskError as error:
            if error.code == "not_allowed":
                continue
        let_in.append(f"{made.__name__}.{name}")
    assert let_in == []
    assert sum(act_of(getattr(made, name)) not in MAY[Duty.VIEWER] for made, name in METHODS) > 40


def test_what_says_it_reads_keeps_nothing(users: Office, viewer: DeskContext) -> None:
    """Those that ask for no argument are run; the others are told apart by what they are named."""
    before = users.store.journal.entries(1)
    for made, name in METHODS:
        method = getattr(made, name)
        if act_of(method) is Act.READ and len(inspect.signature(method).parameters) == 1 and made.__name__ == "Desk":
            method(made(viewer))
    assert users.store.journal.entries(1) == before
    writing = ("add", "import_", "remove", "delete", "set_place", "save", "end", "submit", "pause", "keep", "write")
    assert [
        name for made, name in METHODS if name.startswith(writing) and act_of(getattr(made, name)) is Act.READ
    ] == []


def test_the_refusal_says_whose_work_it_is(viewer: DeskContext) -> None:
    with pytest.raises(DeskError) as raised:
        viewer.require(Act.TRUST)
    assert str(raised.value) == ("Việc này dành cho người quản trị. Nhờ Lò Văn Páo, hoặc mở khóa bằng tên người đó.")
    with pytest.raises(DeskError, match="Nhờ người quản trị thêm một người dùng làm việc này"):
        viewer.require(Act.DRAFT)


def test_a_change_of_duties_counts_at_once(users: Office, viewer: DeskContext) -> None:
    assert not viewer.may(Act.DRAFT)
    users.store.users.save(VIEWER.model_copy(update={"duties": (Duty.PREPARER,)}), "u1")
    assert viewer.may(Act.DRAFT)
    users.store.users.disable("u2", "u1")
    with pytest.raises(DeskError) as raised:
        viewer.require(Act.READ)
    assert raised.value.code == "user_disabled"
    with pytest.raises(DeskError, match="đã bị ngừng"):
        at_desk(users.store, "u2")


def test_the_shared_password_may_everything(users: Office) -> None:
    context = at_desk(users.store, "")
    assert all(context.may(act) for act in Act)
    assert context.user == users.store.unit.people()[0]


def test_what_a_user_does_is_written_down_under_their_signer_or_themselves(users: Office) -> None:
    person = users.store.unit.people()[1]
    users.store.users.save(VIEWER.model_copy(update={"person_id": person.person_id}), "u1")
    assert at_desk(users.store, "u2").user == person
    assert at_desk(users.store, "u1").user.person_id == "u1"


def test_a_context_made_by_hand_is_asked_of_the_store_too(users: Office) -> None:
    nobody = replace(users.context(), account=ADMIN.model_copy(update={"user_id": "u9"}))
    assert not nobody.may(Act.USERS)
