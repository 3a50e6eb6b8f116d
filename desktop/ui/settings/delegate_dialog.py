"""Writes down that one person signs in another's place: which titles, which days, which dossiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from desktop.dossier.dates import VIETNAM, format_date, parse_date
from desktop.dossier.errors import VungXaError
from desktop.dossier.money import parse_vnd
from desktop.dossier.pack import load_pack
from desktop.dossier.people import ROLE_TITLES, Role
from desktop.dossier.people_views import DelegationEdit, PersonView
from desktop.dossier.registration import Scope
from desktop.ui.background import Worker
from desktop.ui.kit.basic import column, label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.services import PeopleService

SCOPE = "Phạm vi để trống là mọi hồ sơ."
FORMS, PROCEDURES = "số mẫu, ví dụ: 16, 17", "ví dụ: P3, P5"


class DelegateDialog(AskDialog):
    """`chosen` is whose line was under the cursor: they delegate when they hold a title, else they are the delegate."""

    def __init__(
        self, worker: Worker, service: PeopleService, people: Sequence[PersonView], chosen: str, parent: QWidget
    ) -> None:
        super().__init__(worker, "Ủy quyền ký thay", ("Ghi ủy quyền", "users"), parent, (600, 500))
        self._service = service
        self._people = {person.person_id: person for person in people}
        holders = [person for person in people if person.roles]
        self.by = _people_box("Người ủy quyền", holders)
        self.to = _people_box("Người được ủy quyền", people)
        form = self.form()
        form.addRow(label("Người ủy quyền", "medium"), self.by)
        self._ticks = column(gap=2)
        self.roles = {role: QCheckBox(ROLE_TITLES[role]) for role in Role}
        for box in self.roles.values():
            self._ticks.addWidget(box)
        form.addRow(label("Chức danh giao ký thay", "medium"), self._ticks)
        form.addRow(label("Người được ủy quyền", "medium"), self.to)
        self.start = _field("Từ ngày", "ngày/tháng/năm")
        self.start.setText(format_date(datetime.now(UTC).astimezone(VIETNAM).date().isoformat()))
        self.until = _field("Đến hết ngày", "ngày/tháng/năm, trống là đến khi kết thúc")
        self.document = _field("Số văn bản ủy quyền", "ví dụ: 12/QĐ-UBND")
        self.forms = _field("Chỉ các mẫu", FORMS)
        self.procedures = _field("Chỉ các thủ tục", PROCEDURES)
        self.amount = _field("Số tiền tối đa mỗi hồ sơ (đ)", "ví dụ: 50.000.000")
        for field in (self.start, self.until, self.document, self.forms, self.procedures, self.amount):
            form.addRow(label(field.accessibleName(), "medium"), field)
        self.body.addWidget(label(SCOPE, "caption", wrap=True))
        self.body.addStretch(1)
        self.by.currentIndexChanged.connect(lambda _place: self._fit_roles())
        self._begin(chosen)

    def _begin(self, chosen: str) -> None:
        place = self.by.findData(chosen)
        if place >= 0:
            self.by.setCurrentIndex(place)
        else:
            self.to.setCurrentIndex(max(0, self.to.findData(chosen)))
        self._fit_roles()
        if self.by.currentData() == self.to.currentData():
            self.to.setCurrentIndex((self.to.currentIndex() + 1) % max(1, self.to.count()))

    def _fit_roles(self) -> None:
        by = self._people.get(str(self.by.currentData()))
        for role, box in self.roles.items():
            held = by is not None and role in by.roles
            box.setVisible(held)
            box.setChecked(held)

    def question(self) -> Callable[[], object] | None:
        """Write the delegation down as told."""
        try:
            edit = self._edit()
        except VungXaError as error:
            self.tell(error.message)
            return None
        if not edit.roles:
            self.tell("Chưa chọn chức danh nào. Đánh dấu chức danh giao ký thay.")
            return None
        return lambda: self._service.delegate(edit)

    def _edit(self) -> DelegationEdit:
        amount = self.amount.text().strip()
        scope = Scope(
            forms=tuple(_form(word) for word in _words(self.forms)),
            procedures=tuple(word.upper() for word in _words(self.procedures)),
            max_amount=parse_vnd(amount) if amount else None,
        )
        until = self.until.text().strip()
        return DelegationEdit(
            by_person=str(self.by.currentData()),
            to_person=str(self.to.currentData()),
            valid_from=parse_date(self.start.text().strip()),
            valid_to=parse_date(until) if until else "",
            document_no=self.document.text().strip(),
            roles=tuple(role for role, box in self.roles.items() if not box.isHidden() and box.isChecked()),
            scope=scope,
        )


def _field(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setAccessibleDescription(hint)
    made.setPlaceholderText(hint)
    return made


def _people_box(name: str, people: Sequence[PersonView]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for person in people:
        made.addItem(f"{person.name}, {person.role_title}" if person.role_title else person.name, person.person_id)
    return made


def _words(field: QLineEdit) -> list[str]:
    return field.text().replace(",", " ").replace(";", " ").split()


def _form(word: str) -> str:
    """Give a form's id for its number, id or symbol; what is unknown stays, for the desk to refuse."""
    short = f"M{word:0>2}" if word.isdigit() else word
    found = (form.id for form in load_pack().forms if short.casefold() in (form.id.casefold(), form.ref.casefold()))
    return next(found, word)
