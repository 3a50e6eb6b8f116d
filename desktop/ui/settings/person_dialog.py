"""Adds a person who signs, or changes name and titles of one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.dossier.people import ROLE_TITLES, SIGNING_ORDER, Role, may_hold
from desktop.dossier.people_views import PersonEdit, PersonView
from desktop.ui.background import Workers
from desktop.ui.kit.basic import column, label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.certificate_pick import CertificatePick
from desktop.ui.settings.services import PeopleService

LONGEST = 200
GROUPS = "Một người không giữ hai chức danh ký nối nhau trên một hồ sơ; thủ trưởng đơn vị và chủ tài khoản thì được."
WAITING = "Kho bạc chưa chấp nhận Mẫu 24 của người này (chỉ ký được Mẫu 24 đó)"
LATER = "Không bắt buộc lúc này: khai chứng thư sau cũng được, nhưng chưa khai thì chưa ký được."
DELEGATE_ONLY = "Không chọn chức danh nào: người này chỉ ký thay theo ủy quyền."


class PersonDialog(AskDialog):
    """`person` None adds one, with a certificate if one is chosen; otherwise the certificate stays."""

    def __init__(self, workers: Workers, service: PeopleService, person: PersonView | None, parent: QWidget) -> None:
        title = f"Sửa {person.name}" if person else "Thêm người ký"
        go = ("Ghi thay đổi", "save") if person else ("Thêm người ký", "plus")
        super().__init__(workers.paper, title, go, parent, (640, 360 if person else 590))
        self._service, self._person = service, person
        self.name = QLineEdit(person.name if person else "")
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName("Họ và tên")
        self.name.setAccessibleDescription("bắt buộc, ghi như trên Mẫu 24")
        self.name.setPlaceholderText("như trên Mẫu 24")
        self.roles = {role: QCheckBox(ROLE_TITLES[role]) for group in SIGNING_ORDER for role in group}
        ticks = column(gap=2)
        for role, box in self.roles.items():
            box.setChecked(person is not None and role in person.roles)
            box.toggled.connect(lambda _on: self._look_at_roles())
            ticks.addWidget(box)
        form = self.form()
        form.addRow(label("Họ và tên", "medium"), self.name)
        form.addRow(label("Chức danh ký", "medium"), ticks)
        self.hint = label("", "caption", wrap=True)
        self.body.addWidget(self.hint)
        self.awaiting = QCheckBox(WAITING)
        self.pick: CertificatePick | None = None
        if person is None:
            self.body.addWidget(self.awaiting)
            self.body.addWidget(label("Chứng thư số", "section"))
            self.body.addWidget(label(LATER, "caption", wrap=True))
            self.pick = CertificatePick(workers, service, "", self.name.text, self)
            self.body.addWidget(self.pick)
            self.name.editingFinished.connect(self.pick.search)
        self.body.addStretch(1)
        self._look_at_roles()
        if self.pick is not None:
            self.pick.search()

    def chosen_roles(self) -> tuple[Role, ...]:
        """Give the titles ticked, in the order they sign."""
        return tuple(role for role, box in self.roles.items() if box.isChecked())

    def _look_at_roles(self) -> None:
        roles = self.chosen_roles()
        self.hint.setText(GROUPS if roles else DELEGATE_ONLY)
        self.go.setEnabled(not roles or may_hold(roles))

    def question(self) -> Callable[[], object] | None:
        """List the person as written."""
        name, roles = " ".join(self.name.text().split()), self.chosen_roles()
        if not name:
            self.tell("Chưa có họ tên. Ghi họ và tên như trên Mẫu 24.")
            self.name.setFocus()
            return None
        found = self.pick.chosen if self.pick is not None else None
        if found is not None and self.pick is not None and not self.pick.ready:
            self.tell(found.refusal or f"{found.warning} Đánh dấu xác nhận, hoặc chọn chứng thư khác.")
            return None
        who = self._person.person_id if self._person else ""
        edit = PersonEdit(name, roles, who, self.awaiting.isChecked())
        confirmed = self.pick is not None and self.pick.confirm.isChecked()
        return lambda: self._service.add(edit, found.sha256 if found else "", confirmed=confirmed)
