"""«Người dùng»: who opens the unit and what they may do, the recovery code, and when the unit locks by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QPushButton

from desktop.dossier.duties import Act
from desktop.dossier.people_views import PersonView
from desktop.dossier.users_views import LockView, UsersView, UserView
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.keys_strip import KeysStrip
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.section import Section
from desktop.ui.settings.services import LockService, PeopleService, TokenWaysService, UsersService
from desktop.ui.settings.token_way_dialog import TokenWayDialog
from desktop.ui.settings.user_dialogs import LockDialog, PasswordDialog, SureDialog, UserDialog
from desktop.ui.settings.users_lines import USERS, last, state_of, user_line, ways

NONE = "Chưa có người dùng nào. Cả đơn vị mở bằng mật khẩu chung."
LEAVES = (
    "Người này không mở được đơn vị nữa. Việc họ đã làm vẫn ghi dưới tên họ. "
    "Họ từng có khóa dữ liệu, nên sau đó nên đổi khóa dữ liệu."
)
STOPS = (
    "Người này không mở được đơn vị đến khi cho dùng lại; mật khẩu của họ vẫn giữ nguyên. "
    "Nếu họ nghỉ hẳn, nên đổi khóa dữ liệu."
)
TAKEN_AWAY = "Token này không mở được đơn vị nữa; token vẫn ký như thường."
NO_WAY_LEFT = "Người này không có mật khẩu: đặt mật khẩu cho họ trước, nếu không họ không vào được."


class Shown(NamedTuple):
    """All that the section shows."""

    users: UsersView
    lock: LockView
    signers: tuple[PersonView, ...]


NOTHING = Shown(UsersView((), "", False, False), LockView(), ())


class UsersSection(Section):
    """What an administrator alone may do is grey for others, and says whose it is."""

    key, title, icon = "users", "Người dùng", "user"

    def __init__(
        self,
        context: Context,
        service: UsersService,
        locking: LockService,
        people: PeopleService,
        fail: Callable[[str], object],
        token_ways: TokenWaysService | None = None,
        rotate: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(context, fail)
        self._service, self._locking, self._people, self.shown = service, locking, people, NOTHING
        self._token_ways = token_ways
        self.lock_button = button("Tự khóa…", "clock", "", self.ask_lock)
        self.keys = KeysStrip(context, service, rotate, self._ask, self.lock_button)
        self.users = ListCard("Người dùng", USERS, NONE, "người", self.chosen_in(0), drops=(3, 2))
        self.lay_out([self.users], self.keys)
        self.users.table.on_open(self.edit)
        self.add_button = button("Thêm người dùng", "plus", "primary", self.add)
        self.commands = [self.add_button]

    def refresh(self) -> None:
        """Read users, locking and signers again."""
        self.context.workers.paper.submit(self, self._read, self.show_view, self.failed, "users")

    def _read(self) -> Shown:
        return Shown(self._service.view(), self._locking.view(), tuple(self._people.view().people))

    def show_view(self, shown: Shown) -> None:
        """Show what was read."""
        self.shown = shown
        view, lock = shown.users, shown.lock
        self.users.fill([user_line(user, view.mine) for user in view.users])
        self.count()
        sending = "gửi tiếp gói đã ký trong lúc khóa" if lock.send else "không gửi trong lúc khóa"
        self.keys.show_view(view, f"Tự khóa sau {lock.minutes} phút, {sending}.")
        self.show_chosen(self.users.key)

    def user(self) -> UserView | None:
        """Give the user with the cursor."""
        return next((one for one in self.shown.users.users if one.user_id == self.users.key), None)

    def show_chosen(self, key: str) -> None:
        """Tell all about the chosen user."""
        del key
        user = self.user()
        if user is None:
            self.pane.begin(self.title)
            self.pane.say("Chọn một người để xem.", "muted")
        else:
            self.pane.begin(user.name, state_of(user))
            self.pane.say(user.duty_titles, "muted")
            self.pane.buttons(*self._buttons(user))
            self.pane.head("Mở khóa")
            signer = next((one.name for one in self.shown.signers if one.person_id == user.person_id), "")
            self.pane.facts(
                ("Bằng", ways(user)), ("Gần nhất", last(user)), ("Là người ký", signer or "không"), ("Mã", user.user_id)
            )
        self.pane.end()

    def _buttons(self, user: UserView) -> Sequence[QPushButton]:
        mine = user.user_id == self.shown.users.mine
        edit = button("Sửa tên, nhiệm vụ…", "square-pen", "", self.edit)
        words, run = ("Đổi mật khẩu…", self.set_own) if mine else ("Đặt mật khẩu…", self.set_password)
        password = button(words, "key-round", "", run)
        stop = (
            button("Ngừng…", "ban", "", self.stop) if user.enabled else button("Cho dùng lại", "play", "", self.enable)
        )
        leave = button("Xóa khỏi đơn vị…", "trash-2", "", self.remove)
        return edit, password, *self._token_buttons(user), stop, leave

    def _token_buttons(self, user: UserView) -> Sequence[QPushButton]:
        if user.has_token:
            return (button("Thôi mở bằng token…", "usb", "", self.take_token),)
        can = user.enabled and self._token_ways is not None
        return (button("Mở bằng token…", "usb", "", self.give_token),) if can else ()

    @needs(Act.USERS)
    def add(self) -> None:
        """Ask who is new."""
        self._ask(self._user_dialog(None), "Đã thêm người dùng.")

    @needs(Act.USERS)
    def edit(self) -> None:
        """Change name, duties and signer of the chosen one."""
        user = self.user()
        if user is not None:
            self._ask(self._user_dialog(user), "Đã sửa người dùng.")

    def _user_dialog(self, user: UserView | None) -> UserDialog:
        return UserDialog(self.context.workers.paper, self._service, user, self.shown.signers, self.window())

    @needs(Act.USERS)
    def set_password(self) -> None:
        """Ask for another password of the chosen one."""
        self._ask_password()

    def set_own(self) -> None:
        """Ask for another password of one's own, which everybody may change."""
        self._ask_password()

    def _ask_password(self) -> None:
        if (user := self.user()) is not None:
            worker, mine = self.context.workers.paper, user.user_id == self.shown.users.mine
            made = PasswordDialog(worker, self._service, user.user_id, user.name, mine, self.window())
            self._ask(made, f"Đã đặt mật khẩu mới cho {user.name}.")

    @needs(Act.USERS)
    def stop(self) -> None:
        """Ask whether the chosen one comes in no more for now."""
        if (user := self.user()) is not None:
            made = self._sure(
                f"Ngừng {user.name}", STOPS, ("Ngừng", "ban"), lambda: self._service.disable(user.user_id)
            )
            made.did.connect(self.keys.offer_rotation)

    @needs(Act.USERS)
    def enable(self) -> None:
        """Let the chosen one in again."""
        if (user := self.user()) is not None:
            self.run(lambda: self._service.enable(user.user_id), f"{user.name} dùng lại được.")

    @needs(Act.USERS)
    def remove(self) -> None:
        """Ask whether the chosen one leaves for good."""
        if (user := self.user()) is not None:
            made = self._sure(
                f"Xóa {user.name}", LEAVES, ("Xóa", "trash-2"), lambda: self._service.remove(user.user_id)
            )
            made.did.connect(self.keys.offer_rotation)

    @needs(Act.USERS)
    def give_token(self) -> None:
        """Ask which token opens the unit for the chosen one."""
        if (user := self.user()) is not None and self._token_ways is not None:
            worker = self.context.workers.token
            made = TokenWayDialog(worker, self._token_ways, user.user_id, user.name, self.window())
            self._ask(made, f"{user.name} mở khóa được bằng token.")

    @needs(Act.USERS)
    def take_token(self) -> None:
        """Ask whether the chosen one's token opens the unit no more."""
        if (user := self.user()) is not None:
            words = TAKEN_AWAY if user.has_password else f"{TAKEN_AWAY} {NO_WAY_LEFT}"
            end = partial(self._service.end_token, user.user_id)
            self._sure(f"Thôi token của {user.name}", words, ("Thôi dùng", "ban"), end)

    @needs(Act.SETTINGS)
    def ask_lock(self) -> None:
        """Ask when the unit locks."""
        made = LockDialog(self.context.workers.paper, self._locking, self.shown.lock, self.window())
        self._ask(made, "Đã ghi cách tự khóa.")

    def _sure(self, title: str, words: str, go: tuple[str, str], do: Callable[[], object]) -> SureDialog:
        made = SureDialog(self.context.workers.paper, title, words, go, do, self.window())
        self._ask(made, f"{title}: xong.")
        return made

    def _ask(self, dialog: AskDialog, said: str) -> None:
        dialog.did.connect(lambda: self.context.bus.said.emit(said, None))
        dialog.did.connect(self.context.bus.changed.emit)
        dialog.open()
