"""`vungxa people`: who signs for the unit, with which certificate, who signs in whose place."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from desktop.commands.answer import Answer
from desktop.commands.opening import opened
from desktop.commands.tokens import all_tokens, one_token
from desktop.desk.certificate_choice import read_certificate
from desktop.desk.errors import DeskError
from desktop.desk.people import People
from desktop.dossier.dates import format_date, local_day
from desktop.dossier.duties import Act
from desktop.dossier.money import parse_vnd
from desktop.dossier.pack import load_pack
from desktop.dossier.people import Role
from desktop.dossier.people_views import DelegationEdit, PeopleView, PersonEdit, PersonView
from desktop.dossier.registration import Scope
from desktop.store.store import Store

_DONE = {
    "add": "Đã thêm người ký.",
    "change": "Đã sửa người ký.",
    "certificate": "Đã khai chứng thư mới; chữ ký bằng chứng thư cũ vẫn có giá trị.",
    "accepted": "Đã ghi nhận Kho bạc chấp nhận.",
    "end": "Đã thôi đăng ký người này; chữ ký trước đó vẫn có giá trị.",
    "delegate": "Đã ghi ủy quyền.",
    "end-delegation": "Đã kết thúc ủy quyền.",
}


def people(args: Namespace) -> Answer:
    """Lists or changes who signs. Raises DeskError, DateError, MoneyError, TokenError, StoreError, SecretProblem."""
    with opened(args, Act.READ) as context:
        desk = People(context)
        if args.action != "list":
            _change(args, desk, context.store)
        return _told(args.action, desk.view())


def _change(args: Namespace, desk: People, store: Store) -> None:
    if args.action == "add":
        desk.add(PersonEdit(args.name, _roles(args), awaiting=args.awaiting), _der(args, store), confirmed=args.confirm)
    elif args.action == "change":
        desk.add(_edited(args, desk), _der(args, store), confirmed=args.confirm)
    elif args.action == "certificate":
        if (der := _der(args, store)) is None:
            raise DeskError("bad_arguments", "Cho biết chứng thư mới bằng --certificate TỆP hoặc --token SỐ_TOKEN.")
        desk.certificate(args.person, der, confirmed=args.confirm)
    elif args.action == "accepted":
        desk.accepted(args.person)
    elif args.action == "end":
        desk.end(args.person, args.reason)
    elif args.action == "delegate":
        desk.delegate(_delegation(args))
    else:
        desk.end_delegation(args.delegation, args.reason)


def _edited(args: Namespace, desk: People) -> PersonEdit:
    found = next((one for one in desk.view().people if one.person_id == args.person), None)
    if found is None:
        raise DeskError("no_person", "Không có người mang mã này. Xem «vungxa people list».")
    return PersonEdit(args.name or found.name, _roles(args) if args.role else found.roles, found.person_id)


def _roles(args: Namespace) -> tuple[Role, ...]:
    wrong = [word for word in args.role if word not in set(Role)]
    if wrong:
        raise DeskError("bad_arguments", f"Chức danh phải là một trong: {', '.join(Role)}. Hãy ghi lại --role.")
    return tuple(Role(word) for word in args.role)


def _der(args: Namespace, store: Store) -> bytes | None:
    if args.certificate is not None:
        return read_certificate(args.certificate)
    if args.token is None:
        return None
    with all_tokens(store) as worker:
        found = [item for item in one_token(worker.tokens(), args.token).certificates if item.can_sign]
    if len(found) != 1:
        raise DeskError(
            "which_certificate",
            f"Token này có {len(found)} chứng thư ký được. Xuất chứng thư đúng ra tệp rồi dùng --certificate.",
        )
    return found[0].der


def _delegation(args: Namespace) -> DelegationEdit:
    scope = Scope(
        forms=tuple(_form(word) for word in args.form),
        procedures=tuple(args.procedure),
        max_amount=parse_vnd(args.max_amount) if args.max_amount else None,
    )
    return DelegationEdit(args.by, args.person, args.valid_from, args.valid_to, args.document, _roles(args), scope)


def _form(word: str) -> str:
    found = (form.id for form in load_pack().forms if word in (form.id, form.ref))
    return next(found, word)


def _told(action: str, view: PeopleView) -> Answer:
    payload = {
        "ok": True,
        "people": [_person_json(person) for person in view.people],
        "delegations": [asdict(item) for item in view.delegations],
        "history": [item._asdict() for item in view.history],
        "notices": [item._asdict() for item in view.notices],
        "tasks": [item._asdict() for item in view.tasks],
    }
    return Answer(payload, [*([_DONE[action]] if action in _DONE else []), *_lines(view)])


def _person_json(person: PersonView) -> dict[str, object]:
    return {**asdict(person), "roles": [role.value for role in person.roles]}


def _lines(view: PeopleView) -> Iterator[str]:
    for person in view.people:
        titles = ", ".join(filter(None, (person.role_title, *person.delegate_of))) or "chưa có chức danh ký"
        yield f"{person.person_id}  {person.name}: {titles}; {_certificate_words(person)}"
    for item in view.delegations:
        days = format_date(item.valid_from) + (f" đến {format_date(item.valid_to)}" if item.valid_to else "")
        yield f"{item.delegation_id}  {item.by_name} ủy quyền {item.to_name} ({item.role_title}), {days}. {item.scope}."
    yield from (notice.text for notice in view.notices)
    yield from (task.text for task in view.tasks)


def _certificate_words(person: PersonView) -> str:
    certificate = person.certificate
    if certificate is None:
        return "chưa có chứng thư"
    waits = ", chờ Mẫu 24" if certificate.awaiting else ""
    until = f", đến {local_day(certificate.not_after)}" if certificate.not_after else ""
    return f"chứng thư {certificate.sha256[:8]}…{until}{waits}"
