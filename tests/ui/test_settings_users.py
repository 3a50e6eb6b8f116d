"""«Người dùng» of the settings: on real users of a real store where it counts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.desk.context import at_desk
from desktop.desk.lock_desk import LockDesk
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.duties import Act, Duty
from desktop.dossier.users_views import LockView
from desktop.store.envelope import KdfParameters
from desktop.store.keys import open_with_password
from desktop.store.store import KEYS, Store
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.recovery_dialog import RecoveryDialog
from desktop.ui.settings.rotate_dialog import RotateDialog
from desktop.ui.settings.token_way_dialog import TokenWayDialog
from desktop.ui.settings.user_dialogs import LockDialog, PasswordDialog, SureDialog, UserDialog
from tests.ui.memory import HANH, TUYEN, UNIT
from tests.ui.stage import Stage, staged, until
from tests.ui.user_list_states import ALL, CODE, TOKENS, MemoryLock, MemoryTokenWays, MemoryUsers, code_shown, section

CHEAP = KdfParameters(memory_kib=8, passes=1, lanes=1)


@pytest.fixture
def stage(qapp: object) -> Iterator[Stage]:
    del qapp
    made = staged()
    made.window.show()
    yield made
    made.window.close()


def last(stage: Stage, kind: type[AskDialog]) -> AskDialog:
    return stage.window.findChildren(kind)[-1]


def test_a_real_user_is_added_and_opens_the_unit(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "unit"
    with Store.create(folder, "mật khẩu chung", UNIT, [HANH, TUYEN], kdf=CHEAP) as store:
        context = at_desk(store, "", HANH)
        desk = UsersDesk(context, folder, store.key, CHEAP)
        found = section(stage, desk, LockDesk(context))  # type: ignore[arg-type]
        found.add()
        dialog = last(stage, UserDialog)
        assert isinstance(dialog, UserDialog)
        dialog.name.setText("Lò Thị Hạnh")
        assert not dialog.go.isEnabled()
        dialog.duties[Duty.ADMINISTRATOR].setChecked(True)
        for field in (dialog.twice.first, dialog.twice.second):
            field.setText("mật khẩu của Hạnh")
        dialog.submit()
        until(lambda: len(found.shown.users.users) == 1)
        user_id = found.shown.users.users[0].user_id
        assert open_with_password(folder / KEYS, "mật khẩu của Hạnh").user == user_id
        assert found.keys.alone_button.isVisible()
        LockDesk(context).change(25, False)
        assert LockDesk(context).view() == LockView(25, False)
        stage.window.close()


def test_two_duties_that_sign_are_not_for_one(stage: Stage) -> None:
    section(stage).add()
    dialog = last(stage, UserDialog)
    assert isinstance(dialog, UserDialog)
    for duty, allowed in ((Duty.CHIEF_ACCOUNTANT, True), (Duty.ACCOUNT_HOLDER, False)):
        dialog.duties[duty].setChecked(True)
        assert dialog.go.isEnabled() == allowed


def test_passwords_that_differ_are_not_set(stage: Stage) -> None:
    users = MemoryUsers()
    section(stage, users).set_password()
    dialog = last(stage, PasswordDialog)
    assert isinstance(dialog, PasswordDialog)
    dialog.twice.first.setText("một")
    dialog.submit()
    assert dialog.problem.isVisible()
    assert users.asked == []


def change_password(stage: Stage) -> None:
    """Answer the question for a password that is known: the old one, and the new one twice."""
    dialog = last(stage, PasswordDialog)
    assert isinstance(dialog, PasswordDialog)
    assert dialog.old is not None
    for field, words in ((dialog.old, "cũ"), (dialog.twice.first, "mới tinh"), (dialog.twice.second, "mới tinh")):
        field.setText(words)
    dialog.submit()


def test_one_s_own_password_wants_the_old_one(stage: Stage) -> None:
    users = MemoryUsers()
    section(stage, users).set_password()
    change_password(stage)
    until(lambda: users.asked == [("password", "hanh", "cũ", "mới tinh")])


def test_the_code_is_hidden_before_it_is_typed_back_and_leaves_the_clipboard(stage: Stage) -> None:
    dialog = code_shown(stage)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == CODE
    assert not dialog.go.isEnabled()
    dialog.ask_back()
    assert not dialog.shown.isVisible()
    dialog.typed.setText(CODE)
    dialog.submit()
    until(lambda: not stage.window.findChildren(RecoveryDialog))
    assert QGuiApplication.clipboard().text() == ""


def test_how_the_unit_locks_is_kept(stage: Stage) -> None:
    lock = MemoryLock()
    found = section(stage, lock=lock)
    found.ask_lock()
    dialog = last(stage, LockDialog)
    assert isinstance(dialog, LockDialog)
    dialog.minutes.setCurrentIndex(dialog.minutes.findData(25))
    dialog.send.setChecked(False)
    dialog.submit()
    until(lambda: lock.shown == LockView(25, False))


def test_who_may_not_sees_grey_and_whose_work_it_is(stage: Stage) -> None:
    stage.memory.desk.denied |= {Act.USERS, Act.KEYS}
    found = section(stage, MemoryUsers(replace(ALL, mine="tuyen")))
    assert [one.isEnabled() for one in (found.add_button, found.keys.code_button)] == [False, False]
    assert found.add_button.toolTip() == "Việc này dành cho người quản trị."
    found.users.choose("tuyen")
    assert found.user() is not None
    found.edit()
    assert not stage.window.findChildren(UserDialog)


def test_a_token_that_only_signs_is_refused_in_words_and_another_goes_with_its_pin(stage: Stage) -> None:
    ways = MemoryTokenWays(TOKENS)
    found = section(stage, ways=ways)
    found.users.choose("tuyen")
    found.give_token()
    dialog = last(stage, TokenWayDialog)
    assert isinstance(dialog, TokenWayDialog)
    until(lambda: len(dialog.found) == 2)
    dialog.pick.setCurrentIndex(1)
    assert (dialog.go.isEnabled(), dialog.problem.isVisible()) == (False, True)
    dialog.pick.setCurrentIndex(0)
    dialog.pin.setText("123456")
    dialog.submit()
    until(lambda: ways.asked == [("give", "tuyen", TOKENS[0].sha256, "123456")])


def test_after_somebody_was_shut_out_the_change_of_the_key_is_asked_and_ends_the_window(stage: Stage) -> None:
    users, ended = MemoryUsers(), list[bool]()
    found = section(stage, users, rotate=lambda: ended.append(True))
    found.remove()
    users.shown = replace(ALL, rotation_wanted=True)
    last(stage, SureDialog).submit()
    until(lambda: bool(stage.window.findChildren(RotateDialog)))
    asked = last(stage, RotateDialog)
    until(asked.go.isEnabled)
    assert (found.keys.rotation.isVisible(), ended) == (True, [])
    asked.submit()
    assert ended == [True]


def test_the_page_with_the_code_goes_where_it_was_asked(stage: Stage, tmp_path: Path) -> None:
    users = MemoryUsers()
    section(stage, users).keys.ask_code()
    code = last(stage, RecoveryDialog)
    assert isinstance(code, RecoveryDialog)
    code.submit()
    until(code.print.isVisible)
    code.print_to(tmp_path / "ma.pdf")
    until(lambda: users.asked == [("code",), ("print", tmp_path / "ma.pdf", CODE)])
    code.reject()


def test_the_shared_password_wants_the_old_one(stage: Stage) -> None:
    users = MemoryUsers()
    section(stage, users).keys.ask_shared()
    change_password(stage)
    until(lambda: users.asked == [("password", "", "cũ", "mới tinh")])
