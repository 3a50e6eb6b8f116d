"""What the desk tells of the unit's signers: who they are, their certificates, what runs out, what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.desk.allowing import reading
from desktop.desk.certificate_choice import checked, judge, state_of
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.people_history import delegation_view, history, names_of
from desktop.dossier.dates import local_day
from desktop.dossier.people import ROLE_TITLES, Person
from desktop.dossier.people_views import (
    CertificateView,
    ExpiryNotice,
    FoundCertificate,
    PeopleView,
    PersonView,
    RegisterTask,
)
from desktop.dossier.registration import AWAITING, Register, Registration
from desktop.dossier.signers import BY_DELEGATION, step_title
from desktop.signing.certificates import CertificateInfo, describe
from desktop.signing.tokeninfo import TokenInfo


class PeopleReading:
    """Reads of the screen «Người ký»; nothing here writes."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def view(self) -> PeopleView:
        """Everything the screen shows; reads the store only."""
        register = self._register()
        return PeopleView(
            people=tuple(self._people(register)),
            delegations=tuple(delegation_view(item, register, self._context.today()) for item in register.delegations),
            history=tuple(history(register)),
            notices=tuple(self.notices(self._context.clock())),
            tasks=tuple(self.tasks()),
        )

    @reading
    def notices(self, now: datetime) -> list[ExpiryNotice]:
        """Certificates that end within 60 or 30 days or have ended, whether or not their token is plugged in."""
        known = self._known()
        people = (person for person in self._context.store.unit.people() if person.certificate_sha256)
        found = (_notice(person, known.get(person.certificate_sha256), now) for person in people)
        return [notice for notice in found if notice is not None]

    @reading
    def tasks(self) -> list[RegisterTask]:
        """Accepted Mẫu 24 that name people whose certificate nobody here knows yet."""
        waiting = self._context.store.registrations.waiting_forms()
        return [RegisterTask(item.package_id, _task(item.number, item.unknown)) for item in waiting]

    @reading
    def look(self, der: bytes, where: str, person_id: str = "", name: str = "") -> FoundCertificate:
        """What is to be said of a certificate before it is registered. Raises DeskError bad_certificate, no_person."""
        wanted = name or (self._person(person_id).name if person_id else "")
        info = describe(checked(der))
        return judge(info, where, wanted, person_id, self._register(), self._context.clock())

    @reading
    def on_tokens(self, tokens: Sequence[TokenInfo], person_id: str = "", name: str = "") -> list[FoundCertificate]:
        """The signing certificates on plugged-in tokens, as `look` says of each; asks for no PIN."""
        return [
            self.look(item.der, f"{token.label} ({token.serial})", person_id, name)
            for token in tokens
            for item in token.certificates
            if item.can_sign
        ]

    def _people(self, register: Register) -> Iterator[PersonView]:
        known, now = self._known(), self._context.clock()
        for person in register.people:
            standing = _standing(register, person)
            info = known.get(person.certificate_sha256)
            yield PersonView(
                person_id=person.person_id,
                name=person.name,
                roles=person.roles,
                role_title=step_title(person.roles) if person.roles else "",
                certificate=_certificate(standing, info, now) if standing else None,
                delegate_of=tuple(self._in_place_of(person, register)),
            )

    def _in_place_of(self, person: Person, register: Register) -> Iterator[str]:
        today, names = self._context.today(), names_of(register)
        for item in register.delegations:
            if item.to_person == person.person_id and item.in_force(today):
                yield f"{BY_DELEGATION}{ROLE_TITLES[item.role]} ({names.get(item.by_person, item.by_person)})"

    def _known(self) -> dict[str, CertificateInfo]:
        kept = self._context.store.registrations.certificates()
        return {digest: describe(der) for digest, der in kept.items()}

    def _register(self) -> Register:
        return self._context.store.registrations.register_view()

    def _person(self, person_id: str) -> Person:
        for person in self._context.store.unit.people():
            if person.person_id == person_id:
                return person
        raise DeskError("no_person", "Không có người này trong danh sách người ký. Xem lại danh sách rồi chọn người.")


def _standing(register: Register, person: Person) -> Registration | None:
    mine = (item for item in register.registrations if item.person_id == person.person_id and not item.until)
    return next((item for item in mine if item.certificate_sha256 == person.certificate_sha256), None)


def _certificate(standing: Registration, info: CertificateInfo | None, now: datetime) -> CertificateView:
    state, left = state_of(info, now)
    return CertificateView(
        sha256=standing.certificate_sha256,
        subject_name=info.subject_name if info else "",
        issuer_name=info.issuer_name if info else "",
        serial_hex=info.serial_hex if info else "",
        not_before=info.not_before if info else "",
        not_after=info.not_after if info else "",
        days_left=left,
        state=state,
        since=standing.since,
        awaiting=standing.source == AWAITING,
    )


def _notice(person: Person, info: CertificateInfo | None, now: datetime) -> ExpiryNotice | None:
    state, left = state_of(info, now)
    if info is None or state not in ("over", "soon30", "soon60"):
        return None
    day = local_day(info.not_after)
    text = f"Chứng thư của {person.name} còn {left} ngày, đến {day}. Xin gia hạn hoặc cấp lại trước ngày đó."
    if state == "over":
        text = f"Chứng thư của {person.name} đã hết hạn ngày {day}. Xin cấp lại rồi khai chứng thư mới."
    return ExpiryNotice(person.person_id, person.name, state, text)


def _task(number: str, unknown: Sequence[str]) -> str:
    names = ", ".join(unknown)
    return (
        f"Kho bạc đã chấp nhận Mẫu 24 của hồ sơ {number}, có tên {names} mà máy này chưa có chứng thư. "
        "Thêm người và chứng thư vào danh sách người ký."
    )
