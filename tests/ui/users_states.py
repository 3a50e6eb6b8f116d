"""States of the unlock screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.desk.restoring_unit import RestoreAtDoor
from desktop.dossier.errors import VungXaError
from desktop.signing.errors import PinFinalTry, PinWrong
from desktop.store.envelope import read_front
from desktop.ui.choose_unit import UnitLine
from desktop.ui.unlock import UnlockDialog
from desktop.ui.unlocking.first_screen import FirstScreen
from desktop.ui.unlocking.password_field import PasswordField
from desktop.ui.unlocking.words import Sending, WhyLocked
from tests.ui.memory import HANH, THANG, TUYEN, UNIT
from tests.ui.stage import Stage, until

AT = "2026-11-24T06:55:00Z"
SHA = "ab" * 32
WRONG = VungXaError("wrong_password", "Mật khẩu chưa đúng. Gõ lại, chú ý phím Caps Lock và bộ gõ tiếng Việt.")
DAMAGED = VungXaError(
    "keys_damaged", "Tệp khóa keys.json bị hỏng, không phải sai mật khẩu. Khôi phục thư mục dữ liệu từ bản sao lưu."
)
GONE = VungXaError("cannot_open", "Không mở được tệp dữ liệu. Kiểm tra thư mục còn tồn tại và có quyền đọc ghi.")
NO_TOKEN = VungXaError("no_token", "Chưa thấy token của người này. Cắm token vào máy, chờ vài giây rồi thử lại.")
PIN = PinWrong(few_left=True)
LAST = PinFinalTry()


class Mistyped(VungXaError):
    """A slip of the pen in one group."""

    group = 4


class WayIn(NamedTuple):
    slot_id: str
    kind: str
    user: str
    name: str
    title: str
    enabled: bool = True
    certificate_sha256: str = ""


class FrontHere(NamedTuple):
    unit_code: str
    unit_name: str
    unit_address: str
    treasury_name: str
    slots: Sequence[WayIn]


PEOPLE = (
    WayIn("1", "password", "hanh", "Lò Thị Hạnh", "Người lập, người quản trị"),
    WayIn("2", "password", "tuyen", "Hà Văn Tuyên", "Kế toán trưởng"),
    WayIn("3", "password", "thang", "Vi Đình Thắng", "Chủ tài khoản"),
    WayIn("4", "token", "thang", "Vi Đình Thắng", "Chủ tài khoản", True, SHA),
    WayIn("5", "password", "nga", "Lương Thị Nga", "Người lập", False),
    WayIn("6", "recovery", "", "", ""),
)
OTHER = UnitLine(Path("/home/hanh/Vùng Xa/Trường Mường Lý"), "1130912", "Trường PTDTBT TH Mường Lý", "rose")
HERE = UnitLine(Path("/home/hanh/Vùng Xa/UBND xã"), UNIT.code, UNIT.name, "teal", True)


def front(slots: Sequence[WayIn] = PEOPLE) -> FrontHere:
    return FrontHere(UNIT.code, UNIT.name, UNIT.address, UNIT.treasury_name, slots)


@dataclass
class MemoryDoor:
    """A door whose answers are laid down beforehand; the secrets it was given are kept to be looked at."""

    shown: FrontHere | None = field(default_factory=front)
    fails: VungXaError | None = None
    shut: VungXaError | None = None
    left: int = 5
    seconds: int = 0
    going: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.going.set()

    def front(self) -> FrontHere | None:
        if self.shut is not None:
            raise self.shut
        return self.shown

    def by_password(self, password: str, user: str | None = None) -> None:
        self._answer("password", password, user)

    def by_recovery_code(self, code: str) -> None:
        self._answer("code", code)

    def by_token(self, certificates: Sequence[str], pin: str, *, final_try: bool = False) -> None:
        self._answer("token", tuple(certificates), pin, *(["last"] if final_try else []))

    def new_password(self, user: str, password: str) -> None:
        self._answer("new", user, password)

    def standing(self) -> tuple[int, int]:
        return self.left, self.seconds

    def _answer(self, *asked: object) -> None:
        assert threading.current_thread().name == "unlock"
        self.going.wait(10)
        self.asked.append(asked)
        if self.fails is not None:
            raise self.fails


def shown(stage: Stage, door: MemoryDoor, **known: object) -> UnlockDialog:
    """Show the screen, on as large a screen as the window."""
    dialog = UnlockDialog(door, version="1.0.0", restore=RestoreAtDoor(), **known)  # type: ignore[arg-type]
    dialog.resize(stage.window.size())
    dialog.show()
    return dialog


def tried(dialog: UnlockDialog, password: str = "sai") -> UnlockDialog:
    """A password was typed and refused."""
    dialog.password.setText(password)
    dialog.try_unlock()
    until(dialog.banner.isVisible)
    return dialog


def whole(stage: Stage) -> QWidget:
    """The screen as it stands after idleness, with all there is to say."""
    sending = Sending(7, "offline", "2026-11-24T02:42:00Z")
    dialog = shown(stage, MemoryDoor(), why_locked=WhyLocked("idle", AT, 10), user="thang", sending=lambda: sending)
    dialog.password.noticed.emit(PasswordField.CAPS)
    return dialog


def locked(reason: str, state: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        now = Sending(3, state, AT)
        return shown(stage, MemoryDoor(), why_locked=WhyLocked(reason, AT, 10), sending=lambda: now)

    return show


def first(stage: Stage) -> QWidget:
    return shown(stage, MemoryDoor())


def refused(error: VungXaError, left: int = 3, seconds: int = 0) -> Callable[[Stage], QWidget]:
    return lambda stage: tried(shown(stage, MemoryDoor(fails=error, left=left, seconds=seconds)))


def waiting(stage: Stage) -> QWidget:
    return shown(stage, MemoryDoor(left=0, seconds=48))


def busy(stage: Stage) -> QWidget:
    door = MemoryDoor()
    door.going.clear()
    dialog = shown(stage, door)
    dialog.password.setText("đúng")
    dialog.try_unlock()
    dialog.finished.connect(door.going.set)
    return dialog


def peeped(stage: Stage) -> QWidget:
    dialog = shown(stage, MemoryDoor())
    dialog.password.setText("bản Trung Tiến 2026")
    dialog.password.eye.pressed.emit()
    assert dialog.password.echoMode() == PasswordField.EchoMode.Normal
    return dialog


def asks_code(stage: Stage) -> UnlockDialog:
    dialog = shown(stage, MemoryDoor())
    dialog.ask_code()
    return dialog


def mistyped(stage: Stage) -> QWidget:
    error = Mistyped("code_mistyped", "Mã khôi phục gõ nhầm ở nhóm thứ 4. So lại với bản in rồi gõ lại.")
    dialog = shown(stage, MemoryDoor(fails=error))
    dialog.ask_code()
    dialog.by_code.spread("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCD")
    dialog.try_code()
    until(dialog.banner.isVisible)
    return dialog


def asks_new(stage: Stage) -> UnlockDialog:
    dialog = asks_code(stage)
    dialog.by_code.spread("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCD")
    dialog.try_code()
    until(lambda: dialog.forms.currentWidget() is dialog.anew)
    return dialog


def differ(stage: Stage) -> QWidget:
    dialog = asks_new(stage)
    dialog.anew.first.setText("một mật khẩu dài")
    dialog.anew.second.setText("một mật khẩu khác")
    dialog.try_new()
    return dialog


def token(error: VungXaError | None = None) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        dialog = shown(stage, MemoryDoor(fails=error), user="thang")
        dialog.ask_token()
        if error is not None:
            dialog.by_token.pin.setText("123456")
            dialog.try_token()
            until(dialog.banner.isVisible)
        return dialog

    return show


def shut(error: VungXaError) -> Callable[[Stage], QWidget]:
    return lambda stage: shown(stage, MemoryDoor(shut=error), units=(HERE, OTHER))


def shared(stage: Stage) -> QWidget:
    """An older store: one password for all, and the people known beforehand."""
    slots = (WayIn("1", "password", "", "", ""),)
    return shown(stage, MemoryDoor(front(slots)), people=(HANH, TUYEN, THANG))


def nobody_known(stage: Stage) -> QWidget:
    return shown(stage, MemoryDoor(None))


def beside_shared(stage: Stage) -> QWidget:
    return shown(stage, MemoryDoor(front((*PEOPLE, WayIn("7", "password", "", "", "")))))


def many(stage: Stage) -> QWidget:
    people = [WayIn(str(n), "password", f"u{n}", f"Lường Văn Thử {n}", "Người lập") for n in range(9)]
    return shown(stage, MemoryDoor(front(people)), units=(HERE, OTHER))


def units(stage: Stage) -> QWidget:
    return shown(stage, MemoryDoor(), units=(HERE, OTHER))


def units_asked(stage: Stage) -> QWidget:
    dialog = shown(stage, MemoryDoor(), units=(HERE, OTHER))
    asked = dialog.choose_unit()
    asked.finished.connect(dialog.reject)
    return asked


def restoring(stage: Stage) -> QWidget:
    dialog = shown(stage, MemoryDoor(), units=(HERE, OTHER))
    asked = dialog.restore()
    asked.finished.connect(dialog.reject)
    return asked


def no_unit(stage: Stage) -> FirstScreen:
    screen = FirstScreen(RestoreAtDoor(), read_front, "1.0.0")
    screen.resize(stage.window.size())
    screen.show()
    return screen


def no_unit_there(stage: Stage) -> QWidget:
    screen = no_unit(stage)
    screen.take(Path("/home/hanh/Tải xuống"))
    return screen


UNLOCK: dict[str, Callable[[Stage], QWidget]] = {
    "unlock": whole,
    "unlock-first": first,
    "unlock-asked": locked("asked", "sending"),
    "unlock-suspend": locked("suspend", "good"),
    "unlock-switch": locked("switch", "offline"),
    "unlock-busy": busy,
    "unlock-eye": peeped,
    "unlock-wrong": refused(WRONG),
    "unlock-last-try": refused(WRONG, 0),
    "unlock-waiting": waiting,
    "unlock-disk": refused(GONE),
    "unlock-code": asks_code,
    "unlock-code-mistyped": mistyped,
    "unlock-code-new": asks_new,
    "unlock-code-differs": differ,
    "unlock-token": token(),
    "unlock-token-missing": token(NO_TOKEN),
    "unlock-token-wrong": token(PIN),
    "unlock-token-last": token(LAST),
    "unlock-damaged": shut(DAMAGED),
    "unlock-gone": shut(GONE),
    "unlock-shared": shared,
    "unlock-beside-shared": beside_shared,
    "unlock-unknown": nobody_known,
    "unlock-many": many,
    "unlock-units": units,
    "unlock-units-asked": units_asked,
    "unlock-restore": restoring,
    "unlock-no-unit": no_unit,
    "unlock-no-unit-there": no_unit_there,
}
"""What each shows is told in docs/unlock.md."""

UNLOCK_LIKE_ANOTHER = frozenset(
    f"unlock-{name}"
    for name in (
        *("asked", "suspend", "first", "eye", "last-try", "disk", "waiting", "gone", "shared", "code", "code-new"),
        *("token", "token-missing", "token-wrong", "no-unit"),
    )
)
"""States that differ little from another: for pictures, not for measuring again."""
