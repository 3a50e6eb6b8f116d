"""The ways in, one page each: password, recovery code, a new password after it, token; and what keeps them all shut."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from desktop.dossier.errors import VungXaError
from desktop.ui.kit.basic import button, column, label, picture, row
from desktop.ui.kit.signs import Banner
from desktop.ui.signing.pin_field import PinField
from desktop.ui.signing.pin_foot import LAST_TRY
from desktop.ui.texts import tr
from desktop.ui.theme import px, set_state, tokens
from desktop.ui.unlocking.password_field import PasswordField
from desktop.ui.unlocking.words import KEYBOARD, RESTORE, WAITS

GROUPS, GROUP = 9, 4
"""Groups of a printed recovery code and characters of each; codes of older programs have no ninth."""
SHARED = "Mật khẩu mở kho dữ liệu của đơn vị"
Run = Callable[[], None]


class Form(QWidget):
    """A page; `go` is what its keys and its first button do."""

    busy_words = "Đang mở…"

    def __init__(self, go: tuple[str, str], run: Run) -> None:
        super().__init__()
        outer = column(self)
        self.box = column(gap=6)
        outer.addLayout(self.box)
        outer.addStretch(1)
        self.words = go[0]
        self.run = run
        self.go: QPushButton = button(go[0], go[1], "bigprimary", run)

    def fields(self) -> list[QLineEdit]:
        """Give the fields in their order."""
        return self.findChildren(QLineEdit)

    def busy(self, busy: bool) -> None:
        """Keep fields and button away while a secret is tried."""
        self.go.setEnabled(not busy)
        for field in self.fields():
            field.setEnabled(not busy)
        self.go.setText(self.busy_words if busy else self.words)

    def foot(self, *others: QPushButton) -> None:
        """Put the button, and others beside it."""
        self.box.addSpacing(px(4))
        line = row(gap=10)
        line.addWidget(self.go, 1)
        for other in others:
            line.addWidget(other, 1)
        self.box.addLayout(line)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields():
            field.clear()


class _Hint(QWidget):
    """What to mind about the keyboard, its strong half only when there is something."""

    def __init__(self) -> None:
        super().__init__()
        line = row(self, gap=6)
        self._icon = picture("triangle-alert", tokens().tint("amber").ink, 15)
        self.strong = label("", "captionstrong", "amber")
        line.addWidget(self._icon)
        line.addWidget(self.strong)
        line.addWidget(label(KEYBOARD, "caption"))
        line.addStretch(1)
        self.say("")

    def say(self, words: str) -> None:
        self.strong.setText(words)
        self.strong.setVisible(bool(words))
        self._icon.setVisible(bool(words))


class PasswordForm(Form):
    """The password, and the links to the other ways."""

    def __init__(self, run: Run, token: Run, recover: Run) -> None:
        super().__init__((tr("Mở khóa"), "lock-open"), run)
        self.whose = label("", "section", wrap=True)
        self.box.addWidget(self.whose)
        self.password = PasswordField()
        self.password.returnPressed.connect(run)
        self.hint = _Hint()
        self.password.noticed.connect(self.hint.say)
        self.box.addWidget(self.password)
        self.box.addWidget(self.hint)
        self.token = button("Dùng USB Token", "usb", "big", token)
        self.foot(self.token)
        last = row(gap=4)
        last.addWidget(label("Quên mật khẩu?", "caption"))
        self.recover = button("Dùng mã khôi phục", "key-round", "link", recover)
        last.addWidget(self.recover)
        last.addStretch(1)
        last.addWidget(label(WAITS, "caption"))
        self.box.addLayout(last)

    def ask(self, name: str, has_token: bool) -> None:
        """Ask for the password of `name`, "" for one that all share."""
        words = f"Mật khẩu của {name}" if name else SHARED
        self.whose.setText(words)
        self.password.setAccessibleName(words)
        self.token.setVisible(has_token)

    def hold(self, words: str) -> None:
        """Take no password, and say on the button how long yet; the other ways stay open."""
        self.password.setEnabled(False)
        self.go.setEnabled(False)
        self.go.setText(words)


class RecoveryForm(Form):
    """The printed code in its groups; a pasted one spreads over them."""

    def __init__(self, run: Run, back: Run) -> None:
        super().__init__(("Mở bằng mã khôi phục", "key-round"), run)
        self.box.addWidget(label("Mã khôi phục, như trên bản in", "section"))
        grid = QGridLayout()
        grid.setSpacing(px(6))
        self.groups = [self._group(number) for number in range(GROUPS)]
        for number, group in enumerate(self.groups):
            grid.addWidget(group, number // 3, number % 3)
        self.box.addLayout(grid)
        hint = "Gõ hoa hay thường đều được. Gõ nhầm nhóm nào, máy chỉ đúng nhóm đó."
        self.box.addWidget(label(hint, "caption", wrap=True))
        self.foot(button("Quay lại", "arrow-left", "big", back))
        for before, after in pairwise(self.groups):
            self.setTabOrder(before, after)

    def code(self) -> str:
        """Give what was typed."""
        return "-".join(group.text().strip() for group in self.groups)

    def spread(self, text: str, start: int = 0) -> None:
        """Put a code, or the rest of one, into the groups from `start` on."""
        letters = "".join(char for char in text.upper() if char.isalnum())
        for number, group in enumerate(self.groups[start:]):
            group.setText(letters[number * GROUP : (number + 1) * GROUP])
        self.groups[min(start + len(letters) // GROUP, GROUPS - 1)].setFocus()

    def mark(self, group: int) -> None:
        """Mark a mistyped group, counted from 1; 0 marks none."""
        for number, field in enumerate(self.groups, start=1):
            set_state(field, "state", "error" if number == group else "")
            field.setAccessibleDescription("gõ nhầm ở nhóm này" if number == group else "")
        if group:
            self.groups[group - 1].setFocus()
            self.groups[group - 1].selectAll()

    def _group(self, number: int) -> QLineEdit:
        made = QLineEdit()
        made.setProperty("k", "password")
        made.setAccessibleName(f"Nhóm {number + 1} của mã khôi phục")
        made.setPlaceholderText(f"nhóm {number + 1}")
        made.setMaxLength(GROUP * GROUPS + GROUPS)  # a whole code may be pasted into one
        made.textEdited.connect(lambda text: self._typed(number, text))
        made.returnPressed.connect(self.run)
        return made

    def _typed(self, number: int, text: str) -> None:
        if len(text.strip()) > GROUP:
            self.spread(text, number)
        elif len(text) == GROUP and number + 1 < GROUPS:
            self.groups[number].setText(text.upper())
            self.groups[number + 1].setFocus()


class NewPasswordForm(Form):
    """A new password, twice, after the recovery code opened."""

    busy_words = "Đang đặt…"

    def __init__(self, run: Run) -> None:
        super().__init__(("Đặt mật khẩu và mở khóa", "lock-open"), run)
        self.whose = label("", "section", wrap=True)
        self.box.addWidget(self.whose)
        self.first, self.second = PasswordField("Mật khẩu mới"), PasswordField("Gõ lại lần nữa")
        self.hint = _Hint()
        for field, name in ((self.first, "Mật khẩu mới"), (self.second, "Mật khẩu mới, gõ lại")):
            field.setAccessibleName(name)
            field.noticed.connect(self.hint.say)
            self.box.addWidget(field)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(run)
        self.box.addWidget(self.hint)
        self.foot()

    def ask(self, name: str) -> None:
        """Ask for a new password of `name`, "" for the one all share."""
        self.whose.setText(f"Mật khẩu mới của {name}" if name else "Mật khẩu mới của cả đơn vị")


class TokenForm(Form):
    """The PIN of a token that opens the unit."""

    def __init__(self, run: Run, back: Run) -> None:
        super().__init__(("Mở bằng token", "usb"), run)
        self.whose = label("", "section", wrap=True)
        self.box.addWidget(self.whose)
        self.pin = PinField(about="Mã PIN này mở đơn vị, không ký gì")
        self.pin.setFixedWidth(px(452))
        self.pin.returnPressed.connect(run)
        self.hint = _Hint()
        self.pin.noticed.connect(self.hint.say)
        self.last_try = QCheckBox(LAST_TRY)
        self.box.addWidget(self.pin)
        self.box.addWidget(self.hint)
        self.box.addWidget(self.last_try)
        self.foot(button("Dùng mật khẩu", "arrow-left", "big", back))
        self.refused(None)

    def ask(self, name: str) -> None:
        """Ask for the token of `name`."""
        self.whose.setText(f"Cắm token của {name}, rồi nhập mã PIN")

    def take(self) -> tuple[str, bool]:
        """Give the PIN and whether the last try may be spent; both are forgotten."""
        last = self.last_try.isChecked()
        self.last_try.setChecked(False)
        return self.pin.take(), last

    def refused(self, error: VungXaError | None) -> None:
        """Mark a PIN that was not right; before the last try is spent a tick of its own is asked for."""
        code = error.code if error is not None else ""
        self.pin.ask_again("pin" in code)
        self.last_try.setChecked(False)
        self.last_try.setVisible(code == "pin_final_try" or bool(getattr(error, "final_try", False)))

    def clear(self) -> None:
        """Forget the PIN, and what came of one before."""
        self.refused(None)


class TroubleForm(Form):
    """What keeps every way shut: a damaged envelope, a folder that is gone, a disk that does not answer."""

    busy_words = "Đang đọc lại…"

    def __init__(self, run: Run, close: Run, restore: Callable[[], object] | None = None) -> None:
        super().__init__(("Thử lại", "refresh-cw"), run)
        self.banner = Banner("amber", "hard-drive")
        self.box.addWidget(self.banner)
        words = "Màn hình này chưa ghi gì vào dữ liệu. Nếu dữ liệu nằm trên USB, cắm lại rồi bấm «Thử lại»."
        self.box.addWidget(label(words, wrap=True))
        self.foot(button("Đóng", "x", "big", close))
        if restore is not None:
            last = row(gap=4)
            last.addWidget(label("Không đọc lại được?", "caption"))
            last.addWidget(button(RESTORE, "rotate-ccw", "link", restore))
            last.addStretch(1)
            self.box.addLayout(last)

    def tell(self, code: str, message: str) -> None:
        """Say what is wrong and what to do."""
        head, _, rest = message.partition(". ")
        self.banner.say("amber", "file-warning" if "damaged" in code else "hard-drive", head.rstrip(".") + ".", rest)
