"""A command does what the user whose password was given may do, and opens no store past that question."""

from __future__ import annotations

import ast
from contextlib import suppress
from pathlib import Path

import pytest

import desktop.commands
from desktop.commands.opening import opened_at
from desktop.demo.unit import UNIT
from desktop.desk.errors import DeskError
from desktop.dossier.duties import Act, Duty
from desktop.dossier.people import Person
from desktop.dossier.users import User
from desktop.store.errors import WrongPassword
from desktop.store.keys import give_password
from desktop.store.store import KEYS, Store
from tests.contract.store_kit import CHEAP

SHARED, ADMIN, LOOKS = "mật khẩu chung", "của người quản trị", "của người xem"
PERSON = Person(person_id="p1", name="Lù Seo Vần", roles=())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "unit"
    with Store.create(folder, SHARED, UNIT, [PERSON], kdf=CHEAP) as store:
        for number, (duty, password) in enumerate({Duty.ADMINISTRATOR: ADMIN, Duty.VIEWER: LOOKS}.items(), 1):
            user = User(user_id=f"u{number}", name=f"Người {number}", duties=(duty,))
            store.users.save(user, "")
            give_password(folder / KEYS, store._key, user.user_id, user.name, duty, password, kdf=CHEAP)
    return folder


@pytest.mark.parametrize(
    ("password", "account", "acts"),
    [
        (SHARED, None, {Act.READ, Act.TRUST, Act.DRAFT}),
        (ADMIN, "u1", {Act.READ, Act.TRUST}),
        (LOOKS, "u2", {Act.READ}),
    ],
)
def test_a_command_may_what_its_user_may(home: Path, password: str, account: str | None, acts: set[Act]) -> None:
    let_in = set()
    for act in (Act.READ, Act.TRUST, Act.DRAFT):
        with suppress(DeskError), opened_at(home, act, password) as context:
            assert (context.account.user_id if context.account else None) == account
            let_in.add(act)
    assert let_in == acts


def test_a_wrong_password_opens_nothing(home: Path) -> None:
    with pytest.raises(WrongPassword), opened_at(home, Act.READ, "không phải thế"):
        pass


def test_no_command_opens_a_store_past_the_question() -> None:
    """`Store.open` gives no account; `restore` and the like open by `open_with` what they made themselves."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in Path(desktop.commands.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "Store.open"
    ]
    assert found == []
