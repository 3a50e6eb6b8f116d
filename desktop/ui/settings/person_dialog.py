"""Adds a person who signs, or changes name and titles of one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.dossier.people import ROLE_TITLES, SIGNING_ORDER, Role, may_hold
from desktop.dossier.people_views import FoundCertificate, PersonEdit, PersonView
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
        super().__init__(workers.paper, title, go, parent, (640, 320 if person else 590))
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
            self._offer_certificates(CertificatePick(workers, service, "", self.name.text, self))
        self.body.addStretch(1)
        self._look_at_roles()

    def _offer_certificates(self, pick: CertificatePick) -> None:
        self.pick = pick
        self.now = QCheckBox("Khai chứng thư ngay, từ token đang cắm hoặc từ tệp")
        self.now.toggled.connect(pick.setVisible)
        self.now.toggled.connect(lambda _on: pick.search())
        self.name.editingFinished.connect(lambda: pick.search() if self.now.isChecked() else None)
        pick.setVisible(False)
        self.body.addWidget(self.now)
        self.body.addWidget(label(LATER, "caption", wrap=True))
        self.body.addWidget(pick)

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
        edit = PersonEdit(name, roles, self._person.person_id if self._person else "", self.awaiting.isChecked())
        pick = self.pick
        if pick is None or not self.now.isChecked():
            return lambda: self._service.add(edit)
        found, confirmed = pick.chosen, pick.confirm.isChecked()
        if found is None or not pick.ready:
            self.tell(_not_yet(found))
            return None
        return lambda: self._service.add(edit, found.sha256, confirmed=confirmed)


def _not_yet(found: FoundCertificate | None) -> str:
    """Say why the chosen certificate cannot be registered as things stand."""
    if found is None:
        return "Chưa chọn chứng thư nào. Cắm token hoặc chọn tệp, hoặc bỏ dấu «Khai chứng thư ngay»."
    return found.refusal or f"{found.warning} Đánh dấu xác nhận, hoặc chọn chứng thư khác."
