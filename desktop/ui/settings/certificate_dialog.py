"""Gives a person a certificate, or another one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.dossier.people_views import PersonView
from desktop.ui.background import Workers
from desktop.ui.kit.basic import label
from desktop.ui.settings.ask_dialog import AskDialog
from desktop.ui.settings.certificate_pick import CertificatePick
from desktop.ui.settings.services import PeopleService

STAYS = (
    "Chữ ký bằng chứng thư cũ vẫn có giá trị. Hồ sơ đã trình mà chưa ký xong thì rút về rồi trình lại. "
    "Máy không hỏi mã PIN ở bước này."
)


class CertificateDialog(AskDialog):
    """Looks at what is plugged in as soon as it is open."""

    def __init__(self, workers: Workers, service: PeopleService, person: PersonView, parent: QWidget) -> None:
        super().__init__(
            workers.paper, f"Khai chứng thư của {person.name}", ("Khai chứng thư", "key-round"), parent, (640, 470)
        )
        self._service, self._person = service, person
        self.body.addWidget(label(STAYS, "muted", wrap=True))
        self.pick = CertificatePick(workers, service, person.person_id, lambda: person.name, self)
        self.pick.changed.connect(self._update)
        self.body.addWidget(self.pick)
        self.body.addStretch(1)
        self._update()
        self.pick.search()

    def _update(self) -> None:
        self.go.setEnabled(self.pick.ready and not self.running)

    def busy(self, busy: bool) -> None:
        """Keep the button away while nothing can be registered, too."""
        super().busy(busy)
        self._update()

    def question(self) -> Callable[[], object] | None:
        """Register the chosen certificate."""
        found, who = self.pick.chosen, self._person.person_id
        if found is None or not self.pick.ready:
            return None
        confirmed = self.pick.confirm.isChecked()
        return lambda: self._service.certificate(who, found.sha256, confirmed=confirmed)
