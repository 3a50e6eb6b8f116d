"""«Người ký»: who signs for the unit, with which certificate, who signs in whose place, and what is to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton

from desktop.dossier.dates import format_date
from desktop.dossier.duties import Act
from desktop.dossier.people_views import DelegationView, PeopleView, PersonView
from desktop.ui.context import Context
from desktop.ui.kit.allowing import needs
from desktop.ui.kit.basic import button
from desktop.ui.kit.signs import Banner
from desktop.ui.settings.certificate_dialog import CertificateDialog
from desktop.ui.settings.delegate_dialog import DelegateDialog
from desktop.ui.settings.end_dialog import EndDialog
from desktop.ui.settings.list_card import ListCard
from desktop.ui.settings.people_lines import (
    DELEGATION_STATES,
    DELEGATIONS,
    HISTORY,
    PEOPLE,
    delegation_line,
    history_line,
    person_line,
    sign_of,
    titles_of,
)
from desktop.ui.settings.person_dialog import PersonDialog
from desktop.ui.settings.section import Section
from desktop.ui.settings.services import PeopleService
from desktop.ui.wording import day

NOTHING = PeopleView((), (), (), (), ())
PERSON_STAYS = (
    "Hồ sơ người này đã ký vẫn có giá trị. Ủy quyền của họ và cho họ kết thúc; "
    "hồ sơ đang chờ họ ký thì rút về và chọn người khác."
)
DELEGATION_STAYS = "Hồ sơ đã ký thay trong thời gian ủy quyền vẫn có giá trị. Từ nay người này không ký thay nữa."


class PeopleSection(Section):
    """Everything a person may do about signers stands beside the line it is about."""

    key, title, icon = "people", "Người ký", "users"

    def __init__(self, context: Context, service: PeopleService, fail: Callable[[str], object]) -> None:
        super().__init__(context, fail)
        self._service, self.shown = service, NOTHING
        self.expiry, self.tasks = Banner("amber", "calendar-clock"), Banner("blue", "list-checks")
        self.expiry.setVisible(False)
        self.tasks.setVisible(False)
        none = "Chưa có ủy quyền nào. Chọn một người rồi bấm «Ủy quyền»."
        self.people = ListCard("Người ký", PEOPLE, "Chưa có người ký nào.", "người", self.chosen_in(0), drops=(3,))
        self.delegations = ListCard("Ủy quyền", DELEGATIONS, none, "ủy quyền", self.chosen_in(1), drops=(2, 3))
        self.history = ListCard("Lịch sử", HISTORY, "Chưa có thay đổi nào.", "việc", self.chosen_in(2))
        self.lay_out([self.people, self.delegations, self.history], self.expiry, self.tasks)
        self.people.table.on_open(self.edit)
        self.delegations.table.on_open(self.end_delegation)
        self.commands = [button("Thêm người ký", "plus", "primary", self.add)]

    def refresh(self) -> None:
        """Read people, delegations and history again."""
        self.context.workers.paper.submit(self, self._service.view, self.show_view, self.failed, "people")

    def show_view(self, view: PeopleView) -> None:
        """Show what was read."""
        self.shown = view
        self.people.fill([person_line(person) for person in view.people])
        self.delegations.fill([delegation_line(item) for item in view.delegations])
        self.history.fill([history_line(place, item) for place, item in enumerate(view.history)])
        self.count()
        self.show_chosen(self.list().key)
        _strip(self.expiry, [notice.text for notice in view.notices], any(n.state == "over" for n in view.notices))
        _strip(self.tasks, [task.text for task in view.tasks])

    def person(self) -> PersonView | None:
        """Give the person with the cursor."""
        return next((one for one in self.shown.people if one.person_id == self.people.key), None)

    def delegation(self) -> DelegationView | None:
        """Give the delegation with the cursor."""
        return next((one for one in self.shown.delegations if str(one.delegation_id) == self.delegations.key), None)

    def show_chosen(self, key: str) -> None:
        """Tell all about the chosen person, delegation or event."""
        place = self.stack.currentIndex()
        if place == 0 and (person := self.person()) is not None:
            self._show_person(person)
        elif place == 1 and (item := self.delegation()) is not None:
            self._show_delegation(item)
        elif place == 2 and key:
            event = self.shown.history[int(key)]
            self.pane.begin("Lịch sử")
            self.pane.say(event.text)
        else:
            self.pane.begin(self.list().name)
            self.pane.say("Chọn một dòng để xem.", "muted")
        self.pane.end()

    def _show_person(self, person: PersonView) -> None:
        pane, certificate = self.pane, person.certificate
        pane.begin(person.name, sign_of(certificate))
        pane.say(titles_of(person), "muted")
        pane.buttons(*self._person_buttons(person))
        pane.head("Chứng thư số")
        if certificate is None:
            pane.say("Chưa khai chứng thư nên chưa ký được. Cắm token của người này rồi bấm «Khai chứng thư».")
            return
        left = f", còn {certificate.days_left} ngày" if (certificate.days_left or -1) >= 0 else ""
        pane.facts(
            ("Chủ chứng thư", certificate.subject_name),
            ("Nơi cấp", certificate.issuer_name),
            ("Số sê-ri", certificate.serial_hex),
            ("Hiệu lực từ", day(certificate.not_before)),
            ("Đến", f"{day(certificate.not_after)}{left}" if certificate.not_after else ""),
            ("Đăng ký từ", day(certificate.since)),
            ("SHA-256", " ".join(certificate.sha256[i : i + 8] for i in range(0, len(certificate.sha256), 8))),
        )

    def _person_buttons(self, person: PersonView) -> list[QPushButton]:
        made = [
            button("Khai chứng thư…", "key-round", "", self.give_certificate),
            button("Ủy quyền…", "users", "", self.delegate),
            button("Sửa tên, chức danh…", "square-pen", "", self.edit),
        ]
        if person.certificate is not None and person.certificate.awaiting:
            made.insert(0, button("Kho bạc đã chấp nhận", "circle-check", "", self.accepted))
        return [*made, button("Thôi đăng ký…", "ban", "", self.end_person)]

    def _show_delegation(self, item: DelegationView) -> None:
        self.pane.begin(f"{item.to_name} ký thay {item.by_name}", DELEGATION_STATES[item.state])
        until = format_date(item.valid_to) if item.valid_to else "khi có quyết định kết thúc"
        self.pane.facts(
            ("Chức danh", f"TUQ. {item.role_title}"),
            ("Thời hạn", f"{format_date(item.valid_from)} đến {until}"),
            ("Phạm vi", item.scope),
            ("Văn bản ủy quyền", item.document_no),
        )
        if item.state in ("now", "coming"):
            self.pane.buttons(button("Kết thúc ủy quyền…", "ban", "", self.end_delegation))

    @needs(Act.SIGNERS)
    def add(self) -> None:
        """Ask who is new."""
        self._ask(PersonDialog(self.context.workers, self._service, None, self.window()), "Đã thêm người ký.")

    @needs(Act.SIGNERS)
    def edit(self) -> None:
        """Change name and titles of the chosen person."""
        if (person := self.person()) is not None:
            self._ask(PersonDialog(self.context.workers, self._service, person, self.window()), "Đã sửa người ký.")

    @needs(Act.SIGNERS)
    def give_certificate(self) -> None:
        """Ask for another certificate of the chosen person."""
        if (person := self.person()) is not None:
            words = f"Đã khai chứng thư mới của {person.name}. Chữ ký cũ vẫn có giá trị."
            self._ask(CertificateDialog(self.context.workers, self._service, person, self.window()), words)

    @needs(Act.SIGNERS)
    def accepted(self) -> None:
        """Say that the Treasury accepted the chosen person."""
        if (person := self.person()) is not None:
            words = f"Đã ghi nhận Kho bạc chấp nhận {person.name}."
            self.run(lambda: self._service.accepted(person.person_id), words)

    @needs(Act.SIGNERS)
    def end_person(self) -> None:
        """Ask whether the chosen person signs no more."""
        if (person := self.person()) is not None:
            title = f"Thôi đăng ký {person.name}"
            service, who = self._service, person.person_id
            worker = self.context.workers.paper
            made = EndDialog(worker, title, PERSON_STAYS, lambda reason: service.end(who, reason), self.window())
            self._ask(made, f"{person.name} thôi ký từ nay. Chữ ký cũ vẫn có giá trị.")

    @needs(Act.SIGNERS)
    def delegate(self) -> None:
        """Ask in whose place the chosen person, or somebody else, signs."""
        person = self.person()
        chosen = person.person_id if person is not None else ""
        made = DelegateDialog(self.context.workers.paper, self._service, self.shown.people, chosen, self.window())
        self._ask(made, "Đã ghi ủy quyền.")

    @needs(Act.SIGNERS)
    def end_delegation(self) -> None:
        """Ask whether the chosen delegation ends."""
        item = self.delegation()
        if item is None or item.state not in ("now", "coming"):
            return
        title = f"Kết thúc ủy quyền cho {item.to_name}"
        service, number = self._service, item.delegation_id
        worker = self.context.workers.paper
        made = EndDialog(
            worker, title, DELEGATION_STAYS, lambda reason: service.end_delegation(number, reason), self.window()
        )
        self._ask(made, "Đã kết thúc ủy quyền.")

    def _ask(self, dialog: PersonDialog | CertificateDialog | EndDialog | DelegateDialog, said: str) -> None:
        dialog.did.connect(lambda: self.context.bus.said.emit(said, None))
        dialog.did.connect(self.context.bus.changed.emit)
        dialog.open()


def _strip(banner: Banner, sentences: Sequence[str], bad: bool = False) -> None:
    """Show the first two sentences; the rest are counted."""
    more = f" Và {len(sentences) - 2} việc khác." if len(sentences) > 2 else ""
    if sentences:
        icon = "triangle-alert" if bad else "calendar-clock"
        tint = "red" if bad else "amber"
        head, second = sentences[0], (sentences[1] if len(sentences) > 1 else "") + more
        if banner.property("tint") == "blue":
            tint, icon = "blue", "list-checks"
        banner.say(tint, icon, head, second)
    banner.setVisible(bool(sentences))
