"""States of the section «Người dùng» of the settings, and of the unit switcher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.duties import Duty, titles
from desktop.dossier.errors import VungXaError
from desktop.dossier.users_views import (
    LockView,
    RotationProgress,
    RotationView,
    TokenWay,
    UserEdit,
    UsersView,
    UserView,
)
from desktop.ui.choose_unit import UnitLine
from desktop.ui.rotating import RotationWindow
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.recovery_dialog import RecoveryDialog
from desktop.ui.settings.rotate_dialog import RotateDialog
from desktop.ui.settings.token_way_dialog import TokenWayDialog
from desktop.ui.settings.user_dialogs import UserDialog
from desktop.ui.settings.users_section import UsersSection
from desktop.ui.shell import MainWindow
from desktop.ui.switch_unit import SwitchUnit
from tests.ui.stage import Stage, until
from tests.ui.users_states import HERE, OTHER

IN_USE = VungXaError(
    "store_in_use", "Đơn vị này đang mở ở cửa sổ khác hoặc đang được thay tệp dữ liệu. Đóng cửa sổ đó rồi thử lại."
)
CODE = "K7QM-2XTA-PWEF-6ZRB-LQ3N-VHCY-5UDS-JM4G-TX2A"


def user(user_id: str, name: str, *duties: Duty, **more: object) -> UserView:
    known = {"enabled": True, "has_password": True, "has_token": False, "last_unlock": "2026-11-24T00:58:00Z", **more}
    return UserView(user_id, name, duties, titles(duties), "", "", **known)  # type: ignore[arg-type]


USERS = (
    user("hanh", "Lò Thị Hạnh", Duty.PREPARER, Duty.ADMINISTRATOR),
    user("tuyen", "Hà Văn Tuyên", Duty.CHIEF_ACCOUNTANT, last_unlock="2026-11-23T07:10:00Z"),
    user("thang", "Vi Đình Thắng", Duty.ACCOUNT_HOLDER, has_token=True, last_unlock=""),
    user("nga", "Lương Thị Nga", Duty.VIEWER, enabled=False, last_unlock="2026-03-02T03:00:00Z"),
)


ROTATION = RotationView(3, 52_428_800, 128 * 2**30, True)
CANNOT = "Token này chỉ ký, không dùng để mở khóa được. Dùng mật khẩu hoặc mã khôi phục."
TOKENS = (
    TokenWay("ab" * 32, "Hà Văn Tuyên", "VGCA Tuyên", "2027-03-01T00:00:00Z"),
    TokenWay("cd" * 32, "Hà Văn Tuyên", "VGCA cũ", "2026-12-01T00:00:00Z", refusal=CANNOT),
)


@dataclass
class MemoryUsers:
    """Users laid down beforehand; what was asked is kept."""

    shown: UsersView = field(default_factory=lambda: UsersView(USERS, "hanh", False, True))
    fails: VungXaError | None = None
    asked: list[tuple[object, ...]] = field(default_factory=list)
    needs: RotationView = ROTATION

    def view(self) -> UsersView:
        return self.shown

    def add(self, edit: UserEdit, password: str) -> str:
        self._do("add", edit, password)
        return "moi"

    def change(self, edit: UserEdit) -> None:
        self._do("change", edit)

    def set_password(self, user_id: str, old: str | None, new: str) -> None:
        self._do("password", user_id, old, new)

    def disable(self, user_id: str) -> None:
        self._do("disable", user_id)

    def enable(self, user_id: str) -> None:
        self._do("enable", user_id)

    def remove(self, user_id: str) -> bool:
        self._do("remove", user_id)
        return True

    def end_token(self, user_id: str) -> None:
        self._do("end token", user_id)

    def end_shared_password(self) -> None:
        self._do("alone")

    def new_recovery_code(self) -> str:
        self._do("code")
        return CODE

    def confirm_recovery_code(self, code: str) -> None:
        self._do("confirm", code)

    def print_recovery_code(self, path: Path, code: str) -> None:
        self._do("print", path, code)

    def rotation(self) -> RotationView:
        self._do("rotation")
        return self.needs

    def tune(self) -> str:
        self._do("tune")
        return ""

    def _do(self, *what: object) -> None:
        self.asked.append(what)
        if self.fails is not None:
            raise self.fails


@dataclass
class MemoryTokenWays:
    """Certificates plugged in, laid down beforehand."""

    plugged: Sequence[TokenWay] = ()
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def found(self) -> Sequence[TokenWay]:
        return self.plugged

    def give(self, user_id: str, certificate_sha256: str, pin: str | None) -> None:
        self.asked.append(("give", user_id, certificate_sha256, pin))


@dataclass
class MemoryLock:
    shown: LockView = field(default_factory=LockView)

    def view(self) -> LockView:
        return self.shown

    def change(self, minutes: int, send: bool) -> None:
        self.shown = replace(self.shown, minutes=minutes, send=send)


def section(
    stage: Stage,
    users: MemoryUsers | None = None,
    lock: MemoryLock | None = None,
    ways: MemoryTokenWays | None = None,
    rotate: Callable[[], object] = lambda: None,
) -> UsersSection:
    """Go to the settings of a window that has users, and wait for them."""
    service = users or MemoryUsers()
    services = replace(
        stage.memory.settings.services(),
        users=service,
        locking=lock or MemoryLock(),
        token_ways=ways or MemoryTokenWays(TOKENS),
        rotate=rotate,
    )
    stage.window._later["settings"] = partial(SettingsPage, stage.window.context, services)
    stage.window.pages.pop("settings", None)
    stage.window.go("settings/users")
    found = stage.window.page().findChild(UsersSection)
    assert found is not None
    until(lambda: found.shown.users == service.view())
    found.users.choose(next((one.user_id for one in found.shown.users.users), ""))
    return found


def listed(view: UsersView, chosen: str = "", denied: Iterable[str] = ()) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.memory.desk.denied |= set(denied)
        found = section(stage, MemoryUsers(view))
        found.users.choose(chosen)
        return stage.window

    return show


def asked(ask: Callable[[UsersSection], object], chosen: str = "tuyen") -> Callable[[Stage], QDialog]:
    def show(stage: Stage) -> QDialog:
        found = section(stage)
        found.users.choose(chosen)
        ask(found)
        return stage.window.findChildren(AskDialog)[-1]

    return show


def refused(stage: Stage) -> QWidget:
    words = "Phải còn ít nhất một người quản trị đang dùng. Giao quyền quản trị cho người khác trước."
    found = section(stage, MemoryUsers(fails=VungXaError("last_administrator", words)))
    found.edit()
    dialog = stage.window.findChildren(UserDialog)[-1]
    dialog.submit()
    until(dialog.problem.isVisible)
    return dialog


def code_shown(stage: Stage) -> RecoveryDialog:
    section(stage).keys.ask_code()
    dialog = stage.window.findChildren(RecoveryDialog)[-1]
    dialog.submit()
    until(dialog.shown.isVisible)
    return dialog


def code_printed(stage: Stage) -> QWidget:
    dialog = code_shown(stage)
    dialog.print_to(Path("/media/USB/ma-khoi-phuc.pdf"))
    until(dialog.problem.isVisible)
    return dialog


def rotating(view: RotationView = ROTATION) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        users = MemoryUsers(replace(ALL, rotation_wanted=True))
        users.needs = view
        found = section(stage, users)
        found.keys.ask_rotation()
        dialog = stage.window.findChildren(RotateDialog)[-1]
        until(lambda: dialog.go.isEnabled() or dialog.problem.isVisible())
        return dialog

    return show


def token_way(place: int = 0) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        found = section(stage)
        found.users.choose("tuyen")
        found.give_token()
        dialog = stage.window.findChildren(TokenWayDialog)[-1]
        until(lambda: bool(dialog.found))
        dialog.pick.setCurrentIndex(place)
        return dialog

    return show


def at_work(progress: RotationProgress | None = None, error: VungXaError | None = None) -> Callable[[Stage], QWidget]:
    """The small window while the key is changed, or after it could not be."""

    def show(stage: Stage) -> QWidget:
        del stage
        window = RotationWindow(lambda _progress, _cancelled: None)
        window.show()
        if progress is not None:
            window.show_progress(progress)
        if error is not None:
            window.failed(error)
        return window

    return show


def code_back(stage: Stage) -> QWidget:
    dialog = code_shown(stage)
    dialog.ask_back()
    return dialog


ALL = UsersView(USERS, "hanh", False, True)
USER_LIST: dict[str, Callable[[Stage], QWidget]] = {
    "settings-users": listed(ALL, "tuyen"),
    "settings-users-none": listed(UsersView((), "", True, False)),
    "settings-users-shared": listed(replace(ALL, shared=True, recovery=False), "thang"),
    "settings-users-left": listed(replace(ALL, rotation_wanted=True), "nga"),
    "settings-users-not-yours": listed(replace(ALL, mine="tuyen"), "tuyen", ("users", "keys", "settings")),
    "settings-users-add": asked(lambda one: one.add()),
    "settings-users-edit": asked(lambda one: one.edit()),
    "settings-users-refused": refused,
    "settings-users-password": asked(lambda one: one.set_password()),
    "settings-users-own-password": asked(lambda one: one.set_password(), "hanh"),
    "settings-users-remove": asked(lambda one: one.remove()),
    "settings-users-lock": asked(lambda one: one.ask_lock()),
    "settings-users-code": asked(lambda one: one.keys.ask_code()),
    "settings-users-code-shown": code_shown,
    "settings-users-code-printed": code_printed,
    "settings-users-code-back": code_back,
    "settings-users-shared-password": asked(lambda one: one.keys.ask_shared()),
    "settings-users-alone": asked(lambda one: one.keys.ask_alone()),
    "settings-users-token": token_way(),
    "settings-users-token-cannot": token_way(1),
    "settings-users-token-end": asked(lambda one: one.take_token(), "thang"),
    "settings-users-rotate": rotating(),
    "settings-users-rotate-full": rotating(
        replace(ROTATION, free=2**20, backup=False, ended=("mật khẩu Hà Văn Tuyên",))
    ),
    "settings-users-rotating": at_work(RotationProgress("rotation", 3, 7)),
    "settings-users-rotating-failed": at_work(error=IN_USE),
}


@dataclass
class MemoryUnits:
    """Units of a machine, laid down beforehand."""

    folder: Path = HERE.folder
    known: list[UnitLine] = field(default_factory=lambda: [HERE, OTHER])
    switched: list[Path] = field(default_factory=list)
    fails: VungXaError | None = None

    def all(self) -> Sequence[UnitLine]:
        return self.known

    def add(self, folder: Path) -> None:
        if self.fails is not None:
            raise self.fails
        self.known.append(UnitLine(folder, "1130777", "Trạm Y tế xã", "amber"))

    def forget(self, folder: Path) -> None:
        self.known = [one for one in self.known if one.folder != folder]

    def switch(self, folder: Path) -> None:
        self.switched.append(folder)


def with_units(stage: Stage, units: MemoryUnits | None = None) -> MainWindow:
    """Give a second window, which knows of other units; it is the stage's from then on."""
    size = stage.window.size()
    stage.window.close()
    stage.window = MainWindow(replace(stage.memory.services(), units=units or MemoryUnits()))
    stage.window.resize(size)
    stage.window.show()
    return stage.window


def switcher(stage: Stage) -> SwitchUnit:
    window = with_units(stage)
    window.switch_unit()
    dialog = window.findChildren(SwitchUnit)[-1]
    dialog.list.setCurrentRow(1)
    return dialog


def no_such_unit(stage: Stage) -> QWidget:
    dialog = switcher(stage)
    units = stage.window.context.services.units
    assert isinstance(units, MemoryUnits)
    units.fails = VungXaError("no_store", "Chưa có dữ liệu đơn vị trong thư mục này. Chọn đúng thư mục.")
    dialog.add(Path("/tmp/trống"))
    return dialog


USER_LIST |= {"units-nav": with_units, "units-switch": switcher, "units-no-such": no_such_unit}
