"""`vungxa backup` and `restore`: copies of a unit, and a unit out of a copy."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from desktop.commands.answer import NO, OK, Answer, say
from desktop.commands.opening import opened_store
from desktop.commands.reading import existing
from desktop.commands.secrets import ask
from desktop.commands.stopping import asked_to_stop
from desktop.desk.backing_up import PLACE, back_up_to, chosen_place, view_of
from desktop.desk.restoring_unit import by_password, by_recovery_code, found_at, look_at, restore_unit
from desktop.dossier.backup_views import STAGES, BackupProgress, BackupView, Progress
from desktop.dossier.dates import local_time
from desktop.dossier.duties import Act
from desktop.store.backup_place import prepare_place, trouble
from desktop.store.restoring import verify
from desktop.store.store import Store


def backup(args: Namespace) -> Answer:
    """Makes, lists or opens backups. Raises StoreError, SecretProblem."""
    if args.verify is not None:
        return _verify(args)
    return _list(args) if args.list else _make(args)


def _make(args: Namespace) -> Answer:
    with asked_to_stop() as stop, _store(args) as store:
        place = args.place or args.to
        if place is not None:
            place = prepare_place(place, store.unit.get().code, store.folder)
        if args.place is not None:
            store.settings.set(PLACE, str(place))
        made = view_of(back_up_to(store, place or _chosen(store), "asked", _telling(args), stop))
    line = f"Đã sao lưu và mở thử: {made.path} ({made.dossiers} hồ sơ, {made.attachments} tệp đính kèm)."
    return Answer({"ok": True, "backup": _shape(made)}, [line])


def _store(args: Namespace) -> AbstractContextManager[Store]:
    if args.home is None:
        raise trouble("backup_no_home")
    return opened_store(args, Act.BACKUP)


def _chosen(store: Store) -> Path:
    place = chosen_place(store)
    if place is None:
        raise trouble("backup_no_place")
    return place


def _list(args: Namespace) -> Answer:
    """With --to nothing is unlocked: what is listed stands outside the sealed part."""
    place = args.to
    if place is None:
        with _store(args) as store:
            place = _chosen(store)
    found = found_at(place)
    lines = [_line(item) for item in found] or ["Chưa có bản sao lưu nào ở đây."]
    return Answer({"ok": True, "place": str(place), "backups": [_shape(item) for item in found]}, lines)


def _verify(args: Namespace) -> Answer:
    said = look_at(existing(args.verify))
    opening = by_password(ask(args, "Mật khẩu"))
    with asked_to_stop() as stop:
        found = verify(args.verify, Path(tempfile.gettempdir()), opening, _telling(args), stop)
    whole = not found.missing and not found.findings
    lines = [_line(said), "Mở được, đủ và nguyên vẹn." if whole else _lacking(len(found.missing))]
    payload = {"ok": whole, "backup": _shape(said), "missing": list(found.missing), "findings": list(found.findings)}
    return Answer(payload, lines, OK if whole else NO)


def restore(args: Namespace) -> Answer:
    """Makes a unit's folder out of a backup. Raises StoreError, WrongPassword, SecretProblem."""
    look_at(existing(args.source))
    opening = by_recovery_code(ask(args, "Mã khôi phục")) if args.code else by_password(ask(args, "Mật khẩu"))
    with asked_to_stop() as stop:
        made = restore_unit(args.source, args.home, opening, _telling(args), stop)
    lines = [f"Đã khôi phục {made.unit_name} vào {made.folder}, như lúc {local_time(made.at)}."]
    if made.asked:
        lines.append(f"{made.asked} gói chưa có biên nhận: máy hỏi Kho bạc trước, không gửi lại gói Kho bạc đã có.")
    if made.missing:
        lines += [_lacking(len(made.missing)), *(f"  {name}" for name in made.missing)]
    return Answer({"ok": True, **made._asdict(), "missing": list(made.missing)}, lines)


def _lacking(many: int) -> str:
    if not many:
        return "Nhật ký trong bản này không khớp. Báo người phụ trách; hồ sơ vẫn dùng được."
    return f"Thiếu {many} tệp đính kèm. Để thư mục attachments cạnh bản sao lưu, hoặc đính kèm lại tệp gốc."


def _telling(args: Namespace) -> Progress:
    """Says each stage once, beside the answer."""
    said: list[str] = []

    def tell(progress: BackupProgress) -> None:
        text = STAGES[progress.stage]
        if text not in said and not args.json:
            said.append(text)
            say(f"{text}…", sys.stderr)

    return tell


def _shape(item: BackupView) -> dict[str, Any]:
    return item._asdict()


def _line(item: BackupView) -> str:
    if item.problem:
        return f"{item.path}: {item.problem}"
    size = f"{item.size / 1e6:.1f} MB"
    return (
        f"{local_time(item.at)}  {item.unit_name}  {item.dossiers} hồ sơ, {item.attachments} tệp, {size}  {item.path}"
    )
