"""`vungxa check-store` and `salvage`: whether a unit's data is whole, and saving what can be read when it is not."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from desktop.commands.answer import FAILED, NO, OK, Answer
from desktop.commands.opening import opened
from desktop.commands.secrets import ask
from desktop.commands.stopping import asked_to_stop
from desktop.commands.telling import telling
from desktop.desk.data_desk import DataDesk
from desktop.dossier.data_views import CheckView
from desktop.dossier.duties import Act
from desktop.store.keys import open_with_password
from desktop.store.salvage import BALANCES, SalvageReport
from desktop.store.salvage import salvage as save_what_is_left
from desktop.store.store import KEYS


def check_store(args: Namespace) -> Answer:
    """Checks a unit's data in full, or at a glance; exit code 1 when something is hurt, 2 when stopped.

    Raises StoreError store_damaged, wrong_password, …
    """
    with asked_to_stop() as stop, opened(args, Act.READ) as context:
        desk = DataDesk(context)
        view = desk.look() if args.quick else desk.check(telling(args, "Kiểm tra"), stop)
    if view is None:
        return Answer({"ok": False, "cancelled": True}, ["Đã dừng kiểm tra theo yêu cầu. Dữ liệu vẫn nguyên."], FAILED)
    return Answer(_payload(view), _lines(view), NO if view.found else OK)


def _payload(view: CheckView) -> dict[str, object]:
    found = [asdict(damage) for damage in view.found]
    return {"ok": not found, "kind": view.kind, "at": view.at, "took_ms": view.took_ms, "found": found}


def _lines(view: CheckView) -> list[str]:
    if not view.found:
        return ["Dữ liệu của đơn vị còn nguyên."]
    return [f"Có {len(view.found)} chỗ hỏng:", *(f"- {damage.sentence}" for damage in view.found)]


def salvage(args: Namespace) -> Answer:
    """Saves what can be read into a new folder; exit code 1 when something is known to be lost.

    Raises StoreError no_store, store_in_use, salvage_folder_used, salvage_nothing, disk_full, wrong_password, …
    """
    key = open_with_password(args.home / KEYS, ask(args, "Mật khẩu")).key
    report = save_what_is_left(args.home, key, args.into, telling(args, "Cứu dữ liệu"))
    payload = {**report._asdict(), "folder": str(report.folder), "whole": report.whole, "ok": True}
    return Answer(payload, _saved(report), OK if report.whole else NO)


def _saved(report: SalvageReport) -> list[str]:
    saved = f"{report.dossiers} hồ sơ, {report.packages} gói đã ký, {report.attachments} tệp đính kèm"
    paused = f"Mọi việc gửi đang tạm dừng; {report.asked} gói sẽ được hỏi Kho bạc trước khi gửi."
    lines = [f"Đã cứu {saved} vào {report.folder}.", f"{paused} Mở thư mục mới, xem lại rồi cho gửi tiếp."]
    if report.lost:
        lines.append(f"Mất một phần ở: {', '.join(sorted(report.lost))}.")
    if report.lost.keys() & BALANCES:
        lines.append("Sổ có thể thiếu: nhập lại dự toán đã mất, đồng bộ với Kho bạc, rồi lập bảng đối chiếu.")
    if report.left_out:
        lines.append(f"{report.left_out} dòng không còn thuộc về hồ sơ nào nên bỏ lại.")
    if report.lost_attachments:
        lines.append(f"{len(report.lost_attachments)} tệp đính kèm không đọc được. Đính kèm lại tệp gốc.")
    return [*lines, "Giữ nguyên thư mục hỏng cho đến khi đã đối chiếu xong với Kho bạc."]
