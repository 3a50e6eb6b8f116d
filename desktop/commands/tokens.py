"""`vungxa token`: what is plugged in and whose it is, a new PIN, and the driver files a person picked."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.commands.answer import Answer
from desktop.commands.opening import opened_store
from desktop.commands.secrets import ask
from desktop.desk.context import utc_now
from desktop.desk.doctor_tokens import flags_of
from desktop.desk.errors import DeskError
from desktop.desk.token_modules import forget_module, known_modules, pick_module, picked_modules
from desktop.desk.token_owners import desk_of
from desktop.desk.token_views import Desk, Judgements, token_view
from desktop.dossier.dates import local_day
from desktop.dossier.duties import Act
from desktop.dossier.people import Person
from desktop.signing.drivers import AllDrivers, Tokens
from desktop.signing.tokens import CertificateInfo, TokenInfo
from desktop.store.store import Store

_FLAG_WORDS = {
    "pin_locked": "mã PIN đã khóa",
    "pin_final_try": "còn 1 lần thử",
    "pin_low": "còn ít lần thử",
    "pin_not_set": "chưa đặt mã PIN",
    "pin_to_change": "phải đổi mã PIN",
    "pin_pad": "nhập mã PIN trên đầu đọc",
}


def token(args: Namespace) -> Answer:
    """Lists tokens, changes a PIN, or keeps driver files. Raises TokenError, DeskError, StoreError, SecretProblem."""
    keeps = args.action == "modules" and (args.pick is not None or args.forget is not None)
    with unit_of(args, Act.SETTINGS if keeps else Act.READ) as store:
        if args.action == "modules":
            return _modules(args, store)
        with all_tokens(store) as worker:
            return _change_pin(args, worker) if args.action == "pin" else _listed(worker, store)


@contextmanager
def unit_of(args: Namespace, act: Act = Act.READ) -> Iterator[Store | None]:
    """The unit that --home names, opened for who may do `act`; None without it."""
    if args.home is None:
        yield None
        return
    with opened_store(args, act) as store:
        yield store


@contextmanager
def all_tokens(store: Store | None) -> Iterator[Tokens]:
    """Every usable driver, ended afterwards. Raises ModuleError no_module."""
    worker = AllDrivers([module.path for module in known_modules(store) if module.usable])
    try:
        yield worker
    finally:
        worker.close()


def one_token(tokens: Sequence[TokenInfo], serial: str) -> TokenInfo:
    """The token that is meant: the one named, else the only one. Raises DeskError no_token, which_token."""
    meant = [found for found in tokens if found.serial == serial] if serial else list(tokens)
    if not meant:
        raise DeskError("no_token", "Không thấy token này. Cắm token rồi thử lại; xem «vungxa token list».")
    if len(meant) > 1:
        told = ", ".join(f"{found.serial} ({found.label})" for found in meant)
        raise DeskError("which_token", f"Có {len(meant)} token đang cắm, chọn một bằng --token: {told}.")
    return meant[0]


def _listed(worker: Tokens, store: Store | None) -> Answer:
    tokens, now = worker.tokens(), utc_now()
    desk = desk_of(store, now) if store is not None else None
    shown = [_token_json(found, desk, now) for found in tokens]
    readers = [
        {"description": one.description, "module": one.module, "slot": one.slot, "token_present": one.token_present}
        for one in worker.readers()
    ]
    return Answer({"ok": True, "tokens": shown, "readers": readers}, list(_in_words(shown)))


def _token_json(found: TokenInfo, desk: Desk | None, now: datetime) -> dict[str, Any]:
    judgements = Judgements()
    return {
        "serial": found.serial,
        "label": found.label,
        "manufacturer": found.manufacturer,
        "model": found.model,
        "reader": found.reader,
        "module": found.module,
        "flags": flags_of(found),
        "pin_min": found.pin_min,
        "pin_max": found.pin_max,
        "certificates": [
            _certificate_json(found, one, desk, judgements, now) for one in found.certificates if one.can_sign
        ],
    }


def _certificate_json(
    found: TokenInfo, one: CertificateInfo, desk: Desk | None, judgements: Judgements, now: datetime
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.subject_name,
        "issuer": one.issuer_name,
        "sha256": one.sha256,
        "key": one.key_kind,
        "not_before": one.not_before,
        "not_after": one.not_after,
        "days_left": (datetime.fromisoformat(one.not_after) - now).days,
    }
    if desk is not None:
        view = token_view(found, one, desk, judgements.of(found, one, desk))
        told["person"] = next((_person(p) for p in desk.people if p.person_id == view.matches_person_id), None)
        told |= {"problem": view.problem, "problem_code": view.problem_code, "notice": view.notice}
    return told


def _person(person: Person) -> dict[str, Any]:
    return {"person_id": person.person_id, "name": person.name, "roles": [str(role) for role in person.roles]}


def _in_words(tokens: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not tokens:
        yield "Không có token nào đang cắm. Chạy «vungxa doctor» nếu đã cắm mà không thấy."
    for found in tokens:
        notes = [words for flag, words in _FLAG_WORDS.items() if flag in found["flags"]]
        flags = f" [{', '.join(notes)}]" if notes else ""
        yield f"{found['serial']}  {found['label']}  ({found['manufacturer']} {found['model']}){flags}"
        if not found["certificates"]:
            yield "    Không có chứng thư ký số. Chạy «vungxa doctor» để biết vì sao."
        for one in found["certificates"]:
            owner = one.get("person")
            whose = f", đăng ký cho {owner['name']}" if owner else ""
            yield f"    {one['name']}, {one['issuer']}, {one['key']}, đến {local_day(one['not_after'])}{whose}"
            if problem := one.get("problem") or one.get("notice"):
                yield f"    {problem}"


def _change_pin(args: Namespace, worker: Tokens) -> Answer:
    found = one_token(worker.tokens(), args.token)
    old = new = None
    if not found.pin_pad:
        old, new = ask(args, "Mã PIN đang dùng"), ask(args, "Mã PIN mới", twice=True)
    worker.change_pin(found.serial, old, new, final_try=args.final_try)
    return Answer({"ok": True, "serial": found.serial}, [f"Đã đổi mã PIN của token «{found.label}»."])


def _modules(args: Namespace, store: Store | None) -> Answer:
    if args.pick is not None or args.forget is not None:
        _keep(args, store)
    picked = set(picked_modules(store)) if store is not None else set()
    shown = [
        {"path": str(one.path), "usable": one.usable, "problem": one.problem, "picked": one.path in picked}
        for one in known_modules(store)
    ]
    lines = [_module_line(one) for one in shown] or ["Không thấy trình điều khiển token nào."]
    return Answer({"ok": True, "modules": shown}, lines)


def _keep(args: Namespace, store: Store | None) -> None:
    if store is None:
        raise DeskError("no_home", "Chưa chỉ đơn vị nào. Thêm --home để nhớ tệp trình điều khiển cho đơn vị.")
    if args.pick is not None:
        pick_module(store, Path(args.pick))
    if args.forget is not None:
        forget_module(store, Path(args.forget))


def _module_line(one: dict[str, Any]) -> str:
    mark = "  chọn   " if one["picked"] else "  tìm thấy"
    return f"{mark} {one['path']}" + (f": {one['problem']}" if one["problem"] else "")
