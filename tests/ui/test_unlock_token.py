"""Unlocking with a real token (SoftHSM) through a driver that counts tries and can be pulled out."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.demo.pki import DemoToken
from desktop.desk.store_door import StoreDoor
from desktop.desk.token_opening import unwrapping
from desktop.dossier.duties import Duty
from desktop.dossier.errors import VungXaError
from desktop.dossier.users import User
from desktop.signing.tokens import TokenInfo, TokenWorker
from desktop.store.envelope import KdfParameters
from desktop.store.keys import give_password, give_token, unlock
from desktop.store.store import KEYS, Store
from desktop.ui.unlock import UnlockDialog
from tests.fixtures.tokens import TokenFault
from tests.ui.memory import HANH, UNIT

CHEAP = KdfParameters(memory_kib=8, passes=1, lanes=1)
PASSWORD = "một mật khẩu đủ dài"
PATIENCE = 20_000


@pytest.fixture
def token(demo_tokens: list[DemoToken]) -> DemoToken:
    return demo_tokens[1]


@pytest.fixture
def folder(tmp_path: Path, token: DemoToken, worker: TokenWorker) -> Path:
    """A unit with a user who has a password and one who has a token."""
    made = tmp_path / "unit"
    with Store.create(made, PASSWORD, UNIT, [HANH], kdf=CHEAP) as store:
        store.users.save(User(user_id="hanh", name="Lò Thị Hạnh", duties=(Duty.ADMINISTRATOR,)), "")
        store.users.save(User(user_id="tuyen", name="Hà Văn Tuyên", duties=(Duty.PREPARER,)), "")
    key = unlock(made / KEYS, PASSWORD)
    give_password(made / KEYS, key, "hanh", "Lò Thị Hạnh", "Người lập", PASSWORD, kdf=CHEAP)
    listed = next(one for one in worker.tokens() if one.serial == token.serial)
    der = next(one.der for one in listed.certificates if one.sha256 == token.person.certificate_sha256)
    give_token(made / KEYS, key, "tuyen", "Hà Văn Tuyên", "Kế toán trưởng", der)
    return made


@dataclass
class Screen:
    dialog: UnlockDialog
    door: StoreDoor
    qtbot: QtBot

    def enter(self, pin: str) -> str:
        """Type a PIN; gives what the screen says of it, "" once it opened."""
        self.qtbot.keyClicks(self.dialog.by_token.pin, pin)
        self.qtbot.keyClick(self.dialog.by_token.pin, Qt.Key.Key_Return)
        assert self.dialog.by_token.pin.text() == ""
        self.qtbot.waitUntil(lambda: self.dialog.list.isEnabled(), timeout=PATIENCE)
        opened = self.dialog.result() == QDialog.DialogCode.Accepted
        return "" if opened else self.dialog.banner.accessibleName()


@pytest.fixture
def screen(folder: Path, fault: TokenFault, qtbot: QtBot) -> Iterator[Screen]:
    door = StoreDoor(folder, unwrapping(fault.worker))
    dialog = UnlockDialog(door, user="tuyen")
    qtbot.addWidget(dialog)
    dialog.show()
    yield Screen(dialog, door, qtbot)
    dialog.reject()


def test_tries_are_told_and_the_last_is_spent_only_when_ticked(
    screen: Screen, fault: TokenFault, token: DemoToken
) -> None:
    fault.set("tries=3")
    assert screen.dialog.forms.currentWidget() is screen.dialog.by_token
    wrong = "9" * len(token.pin)
    assert "Còn ít lần thử" in screen.enter(wrong)
    assert screen.dialog.by_token.last_try.isHidden()
    said = screen.enter(wrong)
    assert ("Chỉ còn 1 lần thử" in said, wrong in said) == (True, False)
    assert "Chỉ nhập tiếp khi chắc chắn" in screen.enter(token.pin)
    screen.dialog.by_token.last_try.click()
    assert screen.enter(token.pin) == ""
    with screen.door.enter() as store:
        assert (store.unit.get(), screen.door.user) == (UNIT, "tuyen")


def test_a_token_that_locked_itself_sends_to_the_password(screen: Screen, fault: TokenFault, token: DemoToken) -> None:
    fault.set("tries=0")
    assert "Token đã bị khóa" in screen.enter(token.pin)
    assert screen.dialog.banner.property("tint") == "red"
    screen.qtbot.keyClick(screen.dialog, Qt.Key.Key_Up)
    assert screen.dialog.forms.currentWidget() is screen.dialog.by_password
    screen.dialog.password.setText(PASSWORD)
    screen.dialog.try_unlock()
    screen.qtbot.waitUntil(lambda: screen.dialog.result() == QDialog.DialogCode.Accepted, timeout=PATIENCE)


def test_a_token_that_is_not_there_opens_once_it_is(screen: Screen, fault: TokenFault, token: DemoToken) -> None:
    fault.set("absent")
    assert "Chưa thấy token" in screen.enter(token.pin)
    assert screen.dialog.banner.property("tint") == "amber"
    fault.set("")
    assert screen.enter(token.pin) == ""


def refused(door: StoreDoor, certificates: Sequence[str], pin: str) -> tuple[str, str]:
    with pytest.raises(VungXaError) as error:
        door.by_token(certificates, pin)
    return error.value.code, "".join(traceback.format_exception(error.value)) + repr(error.value)


def pulled(fault: TokenFault) -> Callable[[], TokenWorker]:
    """Workers whose token is pulled out as soon as it was seen."""

    class Pulled(TokenWorker):
        def tokens(self) -> list[TokenInfo]:
            found = super().tokens()
            fault.set("absent")
            return found

    return lambda: Pulled(fault.module, environment=fault.environment)


def test_no_refusal_tells_the_pin(folder: Path, fault: TokenFault, token: DemoToken) -> None:
    certificates, wrong = [token.person.certificate_sha256], "8153" + "7" * (len(token.pin) - 4)
    code, told = refused(StoreDoor(folder, unwrapping(fault.worker)), certificates, wrong)
    assert (code, wrong in told) == ("pin_wrong", False)
    code, told = refused(StoreDoor(folder, unwrapping(pulled(fault))), certificates, token.pin)
    assert (code, token.pin in told, "chưa có gì thay đổi" in told) == ("token_gone", False, True)
