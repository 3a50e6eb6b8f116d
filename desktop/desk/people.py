"""Changes of the unit's signers at the desk: people, certificates, who signs in whose place."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.desk.allowing import needs
from desktop.desk.errors import DeskError
from desktop.desk.people_reading import PeopleReading
from desktop.dossier.dates import parse_date
from desktop.dossier.duties import Act
from desktop.dossier.pack import load_pack
from desktop.dossier.people import ROLE_TITLES, Person, Role, may_hold
from desktop.dossier.people_views import DelegationEdit, PersonEdit
from desktop.dossier.procedures import procedures
from desktop.dossier.registration import AWAITING, Delegation, Scope

LONGEST_NAME = 200
DESK = "desk"
"""Source of a registration that a person of the unit wrote down."""


class People(PeopleReading):
    """What the screen «Người ký» and `vungxa people` do; each call is one transaction and stands in the journal."""

    @needs(Act.SIGNERS)
    def add(self, edit: PersonEdit, der: bytes | None = None, *, confirmed: bool = False) -> str:
        """Lists a person, or changes name and titles of one, with a certificate when one is given; gives the id.

        Without `der` the certificate stays. Raises DeskError no_person, bad_name, roles_conflict, bad_certificate, a
        refusal of `look`, name_differs unless confirmed; FactError certificate_taken.
        """
        known = self._person(edit.person_id) if edit.person_id else None
        made = Person(
            person_id=known.person_id if known else self._new_id(),
            name=_name(edit),
            roles=tuple(role for role in Role if role in edit.roles),
            certificate_sha256=known.certificate_sha256 if known else "",
        )
        waits = edit.awaiting or (known is not None and self._awaits(known))
        self._write(self._with(made, der, confirmed), der, AWAITING if waits else DESK)
        return made.person_id

    @needs(Act.SIGNERS)
    def certificate(self, person_id: str, der: bytes, *, confirmed: bool = False) -> None:
        """Gives a person another certificate from now on; what the one before signed stays good.

        One who waits for a Mẫu 24 goes on waiting. Raises as `add`.
        """
        person = self._person(person_id)
        self._write(self._with(person, der, confirmed), der, AWAITING if self._awaits(person) else DESK)

    @needs(Act.SIGNERS)
    def accepted(self, person_id: str) -> None:
        """Says that the Treasury has accepted a person who waited. Raises DeskError no_person, no_certificate."""
        person = self._person(person_id)
        if not person.certificate_sha256:
            raise DeskError("no_certificate", f"{person.name} chưa khai chứng thư số. Khai chứng thư trước.")
        self._write(person, None, DESK)

    @needs(Act.SIGNERS)
    def end(self, person_id: str, reason: str) -> None:
        """Takes a person off the list from now on, with their delegations; what they signed stays good.

        Raises DeskError no_person, last_person.
        """
        person, store = self._person(person_id), self._context.store
        if len(store.unit.people()) == 1:
            raise DeskError("last_person", "Đơn vị phải còn ít nhất một người. Thêm người khác trước.")
        store.registrations.leave(person.person_id, store.registrations.now(), reason, self._actor())

    @needs(Act.SIGNERS)
    def delegate(self, edit: DelegationEdit) -> list[int]:
        """Writes down that one signs in another's place, one delegation for each role; gives their numbers.

        Raises DeskError no_person, same_person, no_role, no_certificate, bad_days, bad_scope, delegated_already;
        DateError.
        """
        by, to = self._person(edit.by_person), self._person(edit.to_person)
        roles = edit.roles or tuple(role for role in by.roles if role not in to.roles)
        start, end = parse_date(edit.valid_from), parse_date(edit.valid_to) if edit.valid_to else ""
        _refuse_people(by, to, roles)
        if end and end < start:
            raise DeskError("bad_days", "Ngày hết ủy quyền trước ngày bắt đầu. Ghi lại hai ngày.")
        _refuse_scope(edit.scope)
        return self._delegated([_delegation(edit, role, start, end) for role in roles])

    @needs(Act.SIGNERS)
    def end_delegation(self, delegation_id: int, reason: str) -> None:
        """Ends a delegation from now on. Raises FactError no_delegation."""
        registrations = self._context.store.registrations
        registrations.end_delegation(delegation_id, registrations.now(), reason, self._actor())

    def _delegated(self, delegations: Sequence[Delegation]) -> list[int]:
        store = self._context.store
        with store.transaction():
            standing = [item for item in store.registrations.delegations() if not item.until]
            if any(_twice(item, given) for item in standing for given in delegations):
                raise DeskError(
                    "delegated_already", "Đã có ủy quyền như vậy trong những ngày này. Kết thúc ủy quyền cũ trước."
                )
            return [store.registrations.delegate(item, self._actor()) for item in delegations]

    def _with(self, person: Person, der: bytes | None, confirmed: bool) -> Person:
        if der is None:
            return person
        found = self.look(der, "", person.person_id, person.name)
        if found.refusal:
            raise DeskError(found.refusal_code, found.refusal)
        if found.warning and not confirmed:
            raise DeskError("name_differs", found.warning)
        return person.model_copy(update={"certificate_sha256": found.sha256})

    def _write(self, person: Person, der: bytes | None, source: str) -> None:
        registrations = self._context.store.registrations
        with self._context.store.transaction():
            registrations.register(person, der, registrations.now(), source, self._actor())
            registrations.take_forms(self._actor())

    def _awaits(self, person: Person) -> bool:
        mine = (item for item in self._register().registrations if item.person_id == person.person_id)
        return any(item.source == AWAITING and not item.until for item in mine)

    def _new_id(self) -> str:
        register = self._register()
        used = {person.person_id for person in register.people} | {i.person_id for i in register.registrations}
        return next(name for name in (f"p{number}" for number in range(1, len(used) + 2)) if name not in used)

    def _actor(self) -> str:
        return self._context.user.person_id


def _name(edit: PersonEdit) -> str:
    name = " ".join(edit.name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise DeskError("bad_name", "Chưa có họ tên người ký. Ghi họ và tên như trên Mẫu 24.")
    if not may_hold(edit.roles):
        raise DeskError(
            "roles_conflict", f"{name} không thể giữ hai chức danh ký nối nhau trên một hồ sơ. Chọn lại chức danh."
        )
    return name


def _refuse_people(by: Person, to: Person, roles: Sequence[Role]) -> None:
    if by.person_id == to.person_id:
        raise DeskError("same_person", "Không ai ủy quyền cho chính mình. Chọn người được ủy quyền khác.")
    lacking = [ROLE_TITLES[role] for role in roles if role not in by.roles]
    if lacking or not roles:
        raise DeskError("no_role", f"{by.name} không giữ chức danh được ủy quyền. Chọn người ủy quyền hoặc chức danh.")
    if not to.certificate_sha256:
        raise DeskError("no_certificate", f"{to.name} chưa khai chứng thư số. Khai chứng thư trước khi ủy quyền.")


def _refuse_scope(scope: Scope) -> None:
    if scope.max_amount is not None and scope.max_amount <= 0:
        raise DeskError("bad_scope", "Số tiền tối đa phải lớn hơn 0. Ghi lại số tiền, hoặc bỏ trống.")
    known = {form.id for form in load_pack().forms} | {item.id for item in procedures().procedures}
    strange = [name for name in (*scope.forms, *scope.procedures) if name not in known]
    if strange:
        raise DeskError("bad_scope", f"Không có mẫu hay thủ tục {strange[0][:20]}. Ghi mã như M16, P3.")


def _delegation(edit: DelegationEdit, role: Role, start: str, end: str) -> Delegation:
    return Delegation(
        role=role,
        by_person=edit.by_person,
        to_person=edit.to_person,
        document_no=" ".join(edit.document_no.split())[:LONGEST_NAME],
        valid_from=start,
        valid_to=end,
        scope=edit.scope,
    )


def _twice(item: Delegation, given: Delegation) -> bool:
    same = (item.role, item.by_person, item.to_person) == (given.role, given.by_person, given.to_person)
    apart = (bool(item.valid_to) and item.valid_to < given.valid_from) or (
        bool(given.valid_to) and given.valid_to < item.valid_from
    )
    return same and not apart
