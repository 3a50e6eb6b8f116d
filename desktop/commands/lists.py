"""`vungxa catalogues` and `estimate`: code lists and the estimate of a unit, from spreadsheets."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from desktop.commands.answer import Answer
from desktop.commands.reading import existing
from desktop.commands.secrets import ask
from desktop.desk.catalogues import CodeLists
from desktop.desk.context import utc_now
from desktop.desk.errors import DeskError
from desktop.desk.estimates import import_estimate
from desktop.dossier.catalogues import LABELS
from desktop.dossier.dates import VIETNAM
from desktop.dossier.money import format_vnd
from desktop.store.catalogues import CatalogueVersion
from desktop.store.store import Store


def catalogues(args: Namespace) -> Answer:
    """Lists the versions, imports one or puts one in force.

    Raises DeskError, FileProblem, SpreadsheetError, StoreError.
    """
    _refuse_incomplete(args)
    with Store.open(args.home, ask(args, "Mật khẩu")) as store:
        lists = CodeLists(store)
        if args.action == "import":
            made = lists.import_file(existing(Path(args.what)), args.kind, label=args.label, letters=args.letters)
            return _told([lists.use(made.kind, made.version) if args.use else made])
        if args.action == "use":
            return _told([lists.use(args.kind, int(args.what))])
        if args.action == "back":
            return _told([lists.go_back(args.kind)])
        return _told([item for item in lists.versions() if args.kind in ("", item.kind)])


def _refuse_incomplete(args: Namespace) -> None:
    if args.action != "list" and not args.kind:
        raise DeskError("bad_arguments", f"Cho biết loại danh mục bằng --kind: {', '.join(LABELS)}.")
    if args.action == "import" and not args.what:
        raise DeskError("bad_arguments", "Cho biết tệp danh mục cần nhập.")
    if args.action == "use" and not (args.what or "").isdecimal():
        raise DeskError("bad_arguments", "Cho biết số bản cần dùng. Xem «vungxa catalogues list».")


def _told(versions: list[CatalogueVersion]) -> Answer:
    lines = [
        f"{'*' if item.used else ' '} {item.kind} bản {item.version}: {LABELS[item.kind]}, {item.size} mã. {item.label}"
        for item in versions
    ]
    return Answer({"ok": True, "catalogues": [asdict(item) for item in versions]}, [line.rstrip() for line in lines])


def estimate(args: Namespace) -> Answer:
    """Imports the estimate as decided. Raises DeskError, SpreadsheetError, StoreError."""
    year = args.year or utc_now().astimezone(VIETNAM).year
    with Store.open(args.home, ask(args, "Mật khẩu")) as store:
        done = import_estimate(store, existing(args.file), year=year, account=args.account, letters=args.letters)
    lines = [line.model_dump() for line in done.lines]
    said = f"Đã nhập {len(lines)} dòng dự toán từ {done.rows} dòng của tệp, tổng {format_vnd(done.total)} đ."
    return Answer({"ok": True, "lines": lines, "rows": done.rows, "total": done.total}, [said])
