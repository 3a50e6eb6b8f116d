"""`vungxa archive`: closed years go into files of their own, are read there, and come back."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from desktop.commands.answer import Answer
from desktop.commands.opening import opened
from desktop.commands.stopping import asked_to_stop
from desktop.commands.telling import telling
from desktop.desk.data_desk import DataDesk
from desktop.desk.errors import DeskError
from desktop.desk.lists import Lists
from desktop.dossier.dates import local_time
from desktop.dossier.duties import Act
from desktop.dossier.money import format_vnd


def archive(args: Namespace) -> Answer:
    """Puts a year away, takes one back, shows a dossier of one, or lists them.

    Raises StoreError archive_open_year, archive_there, archive_nothing, archive_unknown, archive_cancelled, …
    """
    writes = args.year is not None or args.back is not None
    with asked_to_stop() as stop, opened(args, Act.ARCHIVE if writes else Act.READ) as context:
        desk = DataDesk(context)
        if args.year is not None:
            made = desk.put_away(args.year, telling(args, "Cất hồ sơ"), stop)
            line = f"Đã cất {made.dossiers} hồ sơ năm {made.year} vào {made.file}. Vẫn tìm thấy và xem được."
            return Answer({"ok": True, **asdict(made)}, [line])
        if args.back is not None:
            many = desk.take_out(args.back, telling(args, "Lấy hồ sơ về"), stop)
            return Answer(
                {"ok": True, "year": args.back, "dossiers": many}, [f"Đã lấy {many} hồ sơ năm {args.back} về."]
            )
        return _shown(desk, args.show) if args.show else _listed(desk)


def _listed(desk: DataDesk) -> Answer:
    years, closed = desk.years(), desk.closed_years()
    lines = [f"{item.year}: {item.dossiers} hồ sơ, {item.file}, cất lúc {local_time(item.at)}" for item in years]
    lines += [f"{year}: có {many} hồ sơ đã xong, cất được" for year, many in sorted(closed.items())]
    payload = {"ok": True, "years": [asdict(item) for item in years], "closed": {str(y): n for y, n in closed.items()}}
    return Answer(payload, lines or ["Chưa có năm nào đã cất hoặc cất được."])


def _shown(desk: DataDesk, ref: str) -> Answer:
    year, _, local_id = ref.partition("/")
    if not year.isdecimal() or not local_id:
        raise DeskError("bad_arguments", "Cho biết hồ sơ dạng NĂM/HỒ_SƠ, như «vungxa find --kind archive» chỉ ra.")
    with desk.looking_into(int(year)) as context:
        detail = Lists(context).detail(local_id)
    row = detail.row
    payload = {
        "ok": True, "year": int(year), "local_id": local_id, "number": row.number, "title": row.title,
        "amount": row.amount, "payee": detail.payee, "receipt_no": detail.receipt_no,
        "official_code": detail.official_code, "package_id": detail.package_id,
        "documents": [item.title for item in detail.documents],
        "attachments": [item.title for item in detail.attachments],
    }  # fmt: skip
    lines = [f"Hồ sơ số {row.number}: {row.title}", f"{detail.payee} {format_vnd(row.amount)}", row.status.label]
    return Answer(payload, [*lines, *(item.title for item in (*detail.documents, *detail.attachments))])
