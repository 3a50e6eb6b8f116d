"""`vungxa user`: who may open a unit, with what, and what for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from importlib import import_module
from typing import Any

from desktop.commands.answer import Answer
from desktop.commands.duties import duties_of
from desktop.commands.secrets import ask
from desktop.desk.backing_up import open_store
from desktop.desk.context import at_desk
from desktop.desk.errors import DeskError
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.dates import local_time
from desktop.dossier.duties import Act
from desktop.dossier.users_views import UserEdit, UsersView, UserView
from desktop.store.keys import open_with_password
from desktop.store.store import KEYS

NOBODY = "none"
"""What --person says for a user who is none of the signers."""
_ROTATE = "Người này từng mở được kho: chạy «vungxa rotate-key» để đổi khóa dữ liệu."


def user(args: Namespace) -> Answer:
    """Does one thing to a unit's users. Raises DeskError, StoreError, TokenError, SecretProblem."""
    if args.action not in _ACTIONS:
        of_keys: Mapping[str, Callable[[Namespace], Answer]] = import_module("desktop.commands.keys").ACTIONS
        return of_keys[args.action](args)
    opened = open_with_password(args.home / KEYS, ask(args, "Mật khẩu"))
    with open_store(args.home, opened.key) as store:
        context = at_desk(store, opened.user)
        context.require(Act.READ)
        desk = UsersDesk(context, args.home, opened.key)
        said = _ACTIONS[args.action](desk, args)
        return _told(desk.view(), said)


def _list(_desk: UsersDesk, _args: Namespace) -> list[str]:
    return []


def _add(desk: UsersDesk, args: Namespace) -> list[str]:
    edit = UserEdit(args.name, duties_of(args.duty), _person(args) or "")
    made = desk.add(edit, ask(args, "Mật khẩu của người dùng mới", twice=True))
    return [f"Đã thêm người dùng {made}."]


def _change(desk: UsersDesk, args: Namespace) -> list[str]:
    known = next((view for view in desk.users() if view.user_id == args.user), None)
    if known is None:
        raise DeskError("no_such_user", "Không có người dùng này. Xem «vungxa user list».")
    person = _person(args)
    edit = UserEdit(
        args.name or known.name,
        duties_of(args.duty) or known.duties,
        known.person_id if person is None else person,
        args.user,
    )
    desk.change(edit)
    return ["Đã sửa người dùng."]


def _disable(desk: UsersDesk, args: Namespace) -> list[str]:
    desk.disable(args.user)
    return ["Đã ngừng người dùng; cho dùng lại bằng «vungxa user enable»."]


def _enable(desk: UsersDesk, args: Namespace) -> list[str]:
    desk.enable(args.user)
    return ["Người dùng mở khóa lại được bằng mật khẩu cũ."]


def _remove(desk: UsersDesk, args: Namespace) -> list[str]:
    return ["Đã bỏ người dùng.", *([_ROTATE] if desk.remove(args.user) else [])]


def _end_shared(desk: UsersDesk, _args: Namespace) -> list[str]:
    desk.end_shared_password()
    return ["Mật khẩu chung không mở được kho nữa.", _ROTATE]


_ACTIONS: Mapping[str, Callable[[UsersDesk, Namespace], list[str]]] = {
    "list": _list, "add": _add, "change": _change, "disable": _disable, "enable": _enable, "remove": _remove,
    "end-shared": _end_shared,
}  # fmt: skip


def _person(args: Namespace) -> str | None:
    """The signer named: "" for nobody, None when nothing was said."""
    return "" if args.person == NOBODY else args.person


def _told(view: UsersView, said: list[str]) -> Answer:
    payload = {
        "ok": True,
        "users": [_shape(one) for one in view.users],
        "mine": view.mine,
        "shared": view.shared,
        "recovery": view.recovery,
        "rotation_wanted": view.rotation_wanted,
    }
    return Answer(payload, [*said, *_lines(view)])


def _shape(view: UserView) -> dict[str, Any]:
    return {**asdict(view), "duties": [duty.value for duty in view.duties]}


def _lines(view: UsersView) -> Iterator[str]:
    for one in view.users:
        ways = [name for name, has in (("mật khẩu", one.has_password), ("token", one.has_token)) if has]
        state = "" if one.enabled else "; đang ngừng"
        last = f"; mở gần nhất {local_time(one.last_unlock)}" if one.last_unlock else ""
        yield f"{one.user_id}  {one.name}: {one.duty_titles}; {' và '.join(ways) or 'chưa có mật khẩu'}{state}{last}"
    if view.shared:
        yield "Mật khẩu chung còn mở được kho và làm được mọi việc."
    if not view.recovery:
        yield "Chưa có mã khôi phục. In mã bằng «vungxa user recovery-code»."
