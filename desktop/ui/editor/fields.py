"""One input per field type, bound to one key: it commits on leaving the field and shows its own problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.dossier.document import Attachment, Level, Problem, Value
from desktop.dossier.form_parts import Field
from desktop.dossier.views import Found
from desktop.ui.editor.arrange import short_label
from desktop.ui.editor.codes import written
from desktop.ui.editor.values import AMOUNTS, to_text, to_value
from desktop.ui.theme import px, set_state

Commit = Callable[[str, Value], None]
LookUp = Callable[["LineInput"], None]
RULES = {
    "money": "số tiền, đồng",
    "signed_money": "số tiền, đồng, có thể âm",
    "money_fc": "số tiền ngoại tệ, hai số lẻ",
    "decimal": "số, dấu phẩy trước phần lẻ",
    "date": "ngày/tháng/năm",
    "year": "năm, bốn chữ số",
    "code": "mã",
}


def describe(widget: QWidget, field: Field, problems: Sequence[Problem]) -> None:
    """Tell screen readers the printed label, the rule and what is wrong now, and colour the field by the worst."""
    offers = isinstance(widget, LineInput) and widget.offers
    rule = RULES.get(field.type, "") if field.type != "code" or offers else ""
    look_up = "nhấn F4 để tra" if offers else ""
    rule = ", ".join(filter(None, (rule, look_up)))
    need = "bắt buộc" if field.required == "yes" else ""
    named = field.label.strip(".… :") or short_label(field)
    widget.setAccessibleName(named)
    widget.setAccessibleDescription(". ".join(filter(None, (need, rule, *(p.message for p in problems)))))
    widget.setToolTip("\n".join((named, *(p.message for p in problems))))
    set_state(widget, "state", worst(problems))


def worst(problems: Sequence[Problem]) -> str:
    """Give "error", "warning" or "" for a place with these problems; hints do not colour."""
    levels = {problem.level for problem in problems}
    return "error" if Level.ERROR in levels else "warning" if Level.WARNING in levels else ""


class LineInput(QLineEdit):
    """A field typed as one line; Enter goes on, Shift+Enter back, F4 looks its code up."""

    def __init__(self, field: Field, commit: Commit, look_up: LookUp) -> None:
        super().__init__()
        self.field = field
        self._commit, self._look_up = commit, look_up
        self.offers = False
        """Whether F4 has anything to show here."""
        self._value: Value = None
        if field.type in AMOUNTS:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if field.type == "date":
            self.setPlaceholderText("__/__/____")
        self.editingFinished.connect(self.commit)
        describe(self, field, ())

    def set_value(self, value: Value) -> None:
        """Show a value, unless the user is typing another one."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self.setText(to_text(value, self.field.type))
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Hand over what is typed when it differs from what is held."""
        value = to_value(self.text(), self.field.type)
        self.setModified(False)
        if value != self._value:
            self._value = value
            self._commit(self.field.key, value)
        self.setText(to_text(value, self.field.type))

    def take(self, hit: Found) -> None:
        """Put what was looked up in and commit it."""
        self.setText(written(hit, self.field.type))
        self.commit()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the dossier's own history unless something is being typed here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not self.isModified()
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between fields with Enter, look up with F4 or Alt+Down."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (event.key() == Qt.Key.Key_F4 or alt_down) and self.offers and not self.isReadOnly():
            self._look_up(self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.commit()
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)


class ChoiceInput(QComboBox):
    """A field whose values are a short closed list."""

    def __init__(self, field: Field, commit: Commit) -> None:
        super().__init__()
        self.field = field
        self.addItem("", None)
        for option in field.options:
            self.addItem(option.label, option.value)
        self.activated.connect(lambda: commit(field.key, self.currentData()))
        describe(self, field, ())

    def set_value(self, value: Value) -> None:
        """Show a value; one that is not in the list shows as nothing and the check names it."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def setReadOnly(self, frozen: bool) -> None:
        """Freeze or free the list, named as QLineEdit names it."""
        self.setEnabled(not frozen)


class ImageInput(QComboBox):
    """A picture on the form (seal, specimen): one of the dossier's attached pictures, named by its content."""

    def __init__(self, field: Field, commit: Commit) -> None:
        super().__init__()
        self.field = field
        self._offered: tuple[Attachment, ...] | None = None
        self.activated.connect(lambda: commit(field.key, self.currentData()))
        describe(self, field, ())

    def offer(self, attachments: Sequence[Attachment]) -> None:
        """Offer the pictures among these files."""
        pictures = tuple(item for item in attachments if item.media_type.startswith("image/"))
        if pictures == self._offered:
            return
        self._offered = pictures
        self.clear()
        self.addItem("" if pictures else "Đính kèm ảnh trước", None)
        for item in pictures:
            self.addItem(item.name, item.sha256)

    def set_value(self, value: Value) -> None:
        """Show the picture chosen; one that is no longer attached shows as nothing and the check names it."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def setReadOnly(self, frozen: bool) -> None:
        """Freeze or free the list, named as QLineEdit names it."""
        self.setEnabled(not frozen)


Input = LineInput | ChoiceInput | ImageInput


def make_input(field: Field, width: int, commit: Commit, look_up: LookUp) -> Input:
    """Make the input for a field, `width` design pixels wide (0: as wide as there is room)."""
    made: Input
    if field.type == "choice":
        made = ChoiceInput(field, commit)
    elif field.type in ("image", "signature_image"):
        made = ImageInput(field, commit)
    else:
        made = LineInput(field, commit, look_up)
    made.setProperty("field_key", field.key)
    if width:
        made.setFixedWidth(px(width))
    else:
        made.setMinimumWidth(px(100))
    return made
