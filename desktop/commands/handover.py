"""`vungxa handover`: partly signed dossiers go to another machine of the unit in a file, and come back signed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from desktop.commands.answer import NO, OK, Answer
from desktop.commands.creating import local_id_of
from desktop.commands.opening import opened
from desktop.commands.reading import existing
from desktop.commands.secrets import ask
from desktop.desk.desk import Desk
from desktop.desk.errors import DeskError
from desktop.desk.handing_over import HandingOver
from desktop.dossier.dates import local_time
from desktop.dossier.duties import Act
from desktop.dossier.handover_views import HandoverDossier, HandoverReport, HandoverView
from desktop.dossier.money import format_vnd

_WANTS = {"out": "hồ sơ", "look": "tệp", "in": "tệp", "take-back": "hồ sơ", "drop": "hồ sơ"}


def handover(args: Namespace) -> Answer:
    """Lists what travels, writes a file, looks into one, takes one in, or stops waiting for the other machine.

    Exit 1 when something in a file was refused or is in conflict; nothing of that was changed. Raises DeskError
    bad_arguments and those of HandingOver, ContainerError, FileProblem, StoreError.
    """
    _check(args)
    password = ask(args, "Mật khẩu")
    passphrase = ask(args, "Mật khẩu của tệp", twice=args.action == "out") if args.locked else ""
    with opened(args, Act.READ, password=password) as context:
        return _run(args, HandingOver(context), Desk(context), passphrase)


def _check(args: Namespace) -> None:
    count, wanted = len(args.what), _WANTS.get(args.action)
    if wanted and (not count or (count > 1 and args.action != "out")):
        raise DeskError("bad_arguments", f"Cho biết {wanted} cần làm, ví dụ «vungxa handover {args.action} …».")
    if args.action == "out" and args.out is None:
        raise DeskError("bad_arguments", "Cho biết tệp cần ghi bằng --out, ví dụ --out /media/usb/ky.vxky.")


def _run(args: Namespace, over: HandingOver, desk: Desk, passphrase: str) -> Answer:
    if args.action == "out":
        report = over.hand_out([local_id_of(desk, name) for name in args.what], args.out, passphrase)
        return _reported(report, {"out": str(args.out)})
    if args.action == "look":
        return _looked(over.look(_file(args), passphrase))
    if args.action == "in":
        replacing = [local_id_of(desk, name) for name in args.replace]
        return _reported(over.take(_file(args), passphrase, replacing), {})
    if args.action in ("take-back", "drop"):
        local_id = local_id_of(desk, args.what[0])
        (over.take_back if args.action == "take-back" else over.drop_guest)(local_id)
    return _listed(over)


def _file(args: Namespace) -> Path:
    return existing(Path(args.what[0]))


def _listed(over: HandingOver) -> Answer:
    lines = over.lines()
    told = [f"{local_time(line.at)}  {line.number}  {line.title}: {line.words}" for line in lines]
    return Answer(
        {"ok": True, "handovers": [asdict(line) for line in lines]}, told or ["Không có hồ sơ nào chuyển ký."]
    )


def _reported(report: HandoverReport, more: dict[str, str]) -> Answer:
    lines = [f"{item.number}  {item.title}: {item.message}" for item in report.results]
    payload = {"ok": report.ok, **asdict(report), **more}
    return Answer(payload, [*lines, f"Mã đối chiếu: {report.code}"], OK if report.ok else NO)


def _looked(view: HandoverView) -> Answer:
    lines = [f"Từ máy {view.machine}, {local_time(view.at)}. Mã đối chiếu: {view.code}"]
    for item in view.dossiers:
        lines += _told(item)
    fine = all(not item.problem and item.conflict is None for item in view.dossiers)
    payload = asdict(view) | {"ok": fine, "dossiers": [_shape(item) for item in view.dossiers]}
    return Answer(payload, lines, OK if fine else NO)


def _shape(item: HandoverDossier) -> dict[str, object]:
    files = [{"title": title, "sha256": sha256} for title, sha256 in item.files]
    return asdict(item) | {"steps": [step._asdict() for step in item.steps], "files": files}


def _told(item: HandoverDossier) -> Sequence[str]:
    if item.problem:
        return [f"{item.number}  {item.title}: {item.problem}"]
    lines = [f"{item.number}  {item.title}: {format_vnd(item.amount)} đ, {item.payee}; đã ký {item.signed}"]
    lines += [f"    Máy kia báo: {sentence}" for sentence in item.told]
    lines += [f"    Lưu ý: {note}" for note in item.notes]
    if item.conflict is not None:
        lines.append(f"    {item.conflict.text}")
        for here, there in zip(item.conflict.here, item.conflict.there, strict=True):
            lines += [f"      Máy này:  {here}", f"      Trong tệp: {there}"]
    return lines
