"""`vungxa catalogues` and `project`: the code lists and the projects of a unit."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from desktop.commands.answer import Answer
from desktop.commands.opening import opened, opened_store
from desktop.commands.reading import existing
from desktop.desk.catalogues import CodeLists
from desktop.desk.context import utc_now
from desktop.desk.errors import DeskError
from desktop.dossier.catalogues import LABELS
from desktop.dossier.dates import VIETNAM
from desktop.dossier.duties import Act
from desktop.dossier.money import MAX_VND, MoneyError, format_vnd, parse_vnd
from desktop.store.catalogues import CatalogueVersion

YEARS = range(2000, 2101)
LONGEST_CODE = 40
_VERSION = re.compile(r"[0-9]{1,6}")


def catalogues(args: Namespace) -> Answer:
    """Lists the versions, imports one or puts one in force.

    Raises DeskError, FileProblem, SpreadsheetError, StoreError.
    """
    _refuse_incomplete(args)
    with opened(args, Act.READ) as context:
        lists = CodeLists(context)
        if args.action == "import":
            made = lists.import_file(existing(Path(args.what)), args.kind, label=args.label, letters=args.letters)
            return _told([lists.use(made.kind, made.version) if args.use else made])
        if args.action == "use":
            return _told([lists.use(args.kind, int(args.what))])
        if args.action == "back":
            return _told([lists.go_back(args.kind)])
        return _told([item for item in lists.versions() if args.kind in ("", item.kind)])


def _refuse_incomplete(args: Namespace) -> None:
    if args.action == "list" and args.kind not in ("", *LABELS):
        raise DeskError("unknown_catalogue", f"Loại danh mục phải là một trong: {', '.join(LABELS)}. Hãy chọn lại.")
    if args.action != "list" and not args.kind:
        raise DeskError("bad_arguments", f"Cho biết loại danh mục bằng --kind: {', '.join(LABELS)}.")
    if args.action == "import" and not args.what:
        raise DeskError("bad_arguments", "Cho biết tệp danh mục cần nhập.")
    if args.action == "use" and not _VERSION.fullmatch(args.what):
        raise DeskError("bad_arguments", "Cho biết số bản cần dùng. Xem «vungxa catalogues list».")


def _told(versions: list[CatalogueVersion]) -> Answer:
    lines = [
        f"{'*' if item.used else ' '} {item.kind} bản {item.version}: {LABELS[item.kind]}, {item.size} mã. {item.label}"
        for item in versions
    ]
    return Answer({"ok": True, "catalogues": [asdict(item) for item in versions]}, [line.rstrip() for line in lines])


def project(args: Namespace) -> Answer:
    """Keeps what was decided for a project, when given, and tells where it stands.

    Raises MoneyError, DeskError bad_arguments, StoreError.
    """
    total, plan, year = _decided(args.total), _decided(args.plan), _year(args)
    if not 0 < len(args.code.strip()) <= LONGEST_CODE:
        raise DeskError("bad_arguments", f"Ghi mã dự án sau --code, không quá {LONGEST_CODE} ký tự.")
    with opened_store(args, Act.READ if total is plan is None else Act.MONEY) as store:
        if total is not None or plan is not None:
            store.projects.declare(args.code.strip(), year, total, plan)
        facts = store.ledger().project(args.code.strip())
    if facts is None:
        return Answer({"ok": True, "project": None}, [f"Chưa biết gì về dự án {args.code}."])
    known = {"Tổng mức đầu tư": facts.total_investment, "Kế hoạch vốn năm": facts.plan_year}
    known |= {"Đã giải ngân": facts.disbursed, "Trong năm": facts.disbursed_year, "Còn tạm ứng": facts.open_advance}
    lines = [f"{label}: {'chưa biết' if vnd is None else f'{format_vnd(vnd)} đ'}" for label, vnd in known.items()]
    return Answer({"ok": True, "project": facts._asdict()}, lines)


def _decided(text: str | None) -> int | None:
    """An amount somebody decided, None when not given. Raises MoneyError."""
    if text is None:
        return None
    amount = parse_vnd(text)
    if not 0 <= amount <= MAX_VND:
        raise MoneyError("bad_money", f"Số tiền phải từ 0 đến {format_vnd(MAX_VND)} đ. Xem lại số chữ số rồi ghi lại.")
    return amount


def _year(args: Namespace) -> int:
    """The year named, or the one that runs. Raises DeskError bad_arguments."""
    year: int = args.year or utc_now().astimezone(VIETNAM).year
    if year not in YEARS:
        raise DeskError("bad_arguments", "Năm ghi bốn chữ số, ví dụ 2026. Ghi lại sau --year.")
    return year
