"""`vungxa user password|recover|recovery-code|confirm-code|token|drop-token`, `vungxa rotate-key`: the ways in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from desktop.commands.answer import Answer
from desktop.commands.secrets import ask
from desktop.commands.stopping import asked_to_stop
from desktop.commands.telling import telling
from desktop.commands.tokens import all_tokens, one_token
from desktop.desk.backing_up import back_up_before, open_store
from desktop.desk.context import DeskContext, at_desk
from desktop.desk.errors import DeskError
from desktop.desk.queue_receipts import ReceiptProof
from desktop.desk.recovering import has_shared_password, recover
from desktop.desk.token_ways import TokenWays, of_token
from desktop.desk.users_desk import UsersDesk
from desktop.dossier.duties import Act
from desktop.store import keys, rotation
from desktop.store.store import KEYS

_BACK = "gõ lại bằng «vungxa user confirm-code». Đến lúc đó mã cũ vẫn dùng được."


def rotate_key(args: Namespace) -> Answer:
    """Changes the data key. Raises DeskError not_allowed, StoreError store_in_use, keys_changed, disk_full, …"""
    with asked_to_stop() as stop, _opened(args, Act.KEYS) as (context, key):
        ended = rotation.left_behind(args.home)
        with context.store.lock_for_sync(ReceiptProof(context.store)):
            pass  # what a locked program sent is taken back while its key still opens it
        back_up_before(context.store, "rotation")
        UsersDesk(context, args.home, key).rotate(telling(args, "Đổi khóa"), stop)
        key.wipe()
    lines = ["Đã đổi khóa dữ liệu. Mật khẩu và mã khôi phục của mọi người vẫn như cũ."]
    if ended:
        lines.append("Cách mở khóa chưa dùng từ bản chương trình cũ không mở được nữa: in lại mã khôi phục.")
    return Answer({"ok": True, "ended": [{"kind": slot.kind, "user": slot.user} for slot in ended]}, lines)


def _password(args: Namespace) -> Answer:
    """One's own password, or as an administrator that of --user."""
    opened = keys.open_with_password(args.home / KEYS, ask(args, "Mật khẩu"))
    new = ask(args, "Mật khẩu mới", twice=True)
    with open_store(args.home, opened.key) as store:
        desk = UsersDesk(at_desk(store, opened.user), args.home, opened.key)
        if args.user in ("", opened.user):
            keys.check_password(new)
            desk.replace_own_password(new)
        else:
            desk.set_password(args.user, None, new)
    return Answer({"ok": True, "user": args.user or opened.user}, ["Đã đổi mật khẩu."])


def _recover(args: Namespace) -> Answer:
    """Gives --user, or the shared password, a new one for who holds the recovery code."""
    opened = keys.open_with_recovery_code(args.home / KEYS, ask(args, "Mã khôi phục"))
    new = ask(args, "Mật khẩu mới", twice=True)
    if not args.user and not has_shared_password(args.home):
        raise _which_user(args, opened.key)
    recover(args.home, opened.key, args.user, new)
    return Answer({"ok": True, "user": args.user}, ["Đã đặt mật khẩu mới. Mật khẩu cũ không dùng được nữa."])


def _which_user(args: Namespace, key: keys.MasterKey) -> DeskError:
    """Asks whose password is lost, by name."""
    with open_store(args.home, key) as store:
        names = ", ".join(f"{user.user_id} ({user.name})" for user in store.users.all() if user.enabled)
    return DeskError("which_user", f"Cho biết mật khẩu của ai bằng --user: {names}.")


def _recovery_code(args: Namespace) -> Answer:
    with _opened(args, Act.KEYS) as (context, key):
        desk = UsersDesk(context, args.home, key)
        code = desk.new_recovery_code()
        if args.out is not None:
            desk.print_recovery_code(args.out, code)
            return Answer({"ok": True, "out": str(args.out)}, [f"Đã ghi {args.out.name}: in ra, xóa tệp, rồi {_BACK}"])
    lines = [
        f"Mã khôi phục: {code}",
        f"In ra, cất chỗ khóa kín, rồi {_BACK}",
    ]
    return Answer({"ok": True, "code": code}, lines)


def _confirm_code(args: Namespace) -> Answer:
    with _opened(args, Act.KEYS) as (context, key):
        UsersDesk(context, args.home, key).confirm_recovery_code(ask(args, "Mã khôi phục vừa in"))
    return Answer({"ok": True}, ["Mã khôi phục gõ lại đúng. Mã cũ, nếu có, không dùng được nữa."])


def _token(args: Namespace) -> Answer:
    """Lets a token open the unit, once it has shown that it decrypts."""
    with _opened(args, Act.USERS) as (context, key), all_tokens(context.store) as worker:
        token = one_token(worker.tokens(), args.token)
        certificate = of_token(token)
        ways = TokenWays(context, args.home, key, lambda: [token], worker.decrypt)
        ways.give(args.user, certificate.sha256, ask(args, "Mã PIN"))
    return Answer(
        {"ok": True, "user": args.user, "certificate_sha256": certificate.sha256}, ["Token này mở được đơn vị."]
    )


def _drop_token(args: Namespace) -> Answer:
    """Lets a user's token open the unit no more."""
    with _opened(args, Act.USERS) as (context, key):
        UsersDesk(context, args.home, key).end_token(args.user)
    return Answer({"ok": True, "user": args.user}, ["Token không mở được đơn vị nữa."])


ACTIONS: Mapping[str, Callable[[Namespace], Answer]] = {
    "password": _password,
    "recover": _recover,
    "recovery-code": _recovery_code,
    "confirm-code": _confirm_code,
    "token": _token,
    "drop-token": _drop_token,
}


@contextmanager
def _opened(args: Namespace, act: Act) -> Iterator[tuple[DeskContext, keys.MasterKey]]:
    opened = keys.open_with_password(args.home / KEYS, ask(args, "Mật khẩu"))
    with open_store(args.home, opened.key) as store:
        context = at_desk(store, opened.user)
        context.require(act)
        yield context, opened.key
