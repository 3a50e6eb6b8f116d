"""`vungxa estimate`, `book` and `reconcile`: what was given, used, is held and left; the Treasury's figures."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.commands.answer import NO, Answer
from desktop.commands.opening import opened
from desktop.commands.reading import existing
from desktop.desk.book_desk import BookDesk
from desktop.desk.context import DeskContext, utc_now
from desktop.desk.entry_judging import kind_of
from desktop.desk.errors import DeskError
from desktop.desk.estimates import import_estimate
from desktop.dossier.book import ENTRY_TITLES, EntryProposal, EntryRow, EstimateEntry
from desktop.dossier.dates import VIETNAM, local_time, parse_date
from desktop.dossier.duties import Act
from desktop.dossier.money import format_vnd, parse_vnd
from desktop.dossier.postings import program_of

YEARS = range(2000, 2101)
_ACTS = {"import": Act.MONEY, "add": Act.MONEY, "undo": Act.MONEY, "list": Act.READ}


def estimate(args: Namespace) -> Answer:
    """Lists, adds and takes back entries of the estimate, or imports a spreadsheet.

    Raises DeskError, MoneyError, DateError, FileProblem, SpreadsheetError, StoreError.
    """
    with opened(args, _ACTS[args.action]) as context:
        return _ESTIMATE[args.action](context, args)


def _list(context: DeskContext, args: Namespace) -> Answer:
    rows = BookDesk(context).entries(_year(args))
    return Answer({"ok": True, "entries": [_entry(row) for row in rows]}, [_entry_words(row) for row in rows])


def _add(context: DeskContext, args: Namespace) -> Answer:
    kind = kind_of(args.kind)
    if not kind:
        raise DeskError("bad_entry", "Loại ghi sau --kind là: giao, chuyển nguồn, bổ sung, điều chỉnh hoặc tạm cấp.")
    entry = EstimateEntry(
        budget_year=_year(args),
        account=args.account or context.store.unit.get().estimate_account,
        source=args.source,
        sector=args.sector,
        econ=args.econ,
        program=program_of(args.program),
        kind=kind,
        amount=_amount(args.amount),
        document_no=args.document,
        document_date=parse_date(args.date) if args.date else "",
        note=args.note,
    )
    number = BookDesk(context).add_entry(entry)
    said = f"Đã ghi bút toán {number}: {ENTRY_TITLES[kind]} {format_vnd(entry.amount)} đ."
    return Answer({"ok": True, "entry_id": number}, [said])


def _amount(text: str) -> int:
    return -parse_vnd(text[1:]) if text.startswith("-") else parse_vnd(text)


def _undo(context: DeskContext, args: Namespace) -> Answer:
    if not (args.what.isascii() and args.what.isdigit() and len(args.what) < 10):
        raise DeskError("bad_arguments", "Ghi số bút toán cần hủy. Xem «vungxa estimate list».")
    number = BookDesk(context).undo_entry(int(args.what))
    said = f"Đã ghi bút toán ngược {number} cho bút toán {args.what}."
    return Answer({"ok": True, "entry_id": number}, [said])


def _import(context: DeskContext, args: Namespace) -> Answer:
    """Takes entries when a row names a kind, an item or a programme; else sets the lines that the file names."""
    if not args.what:
        raise DeskError("bad_arguments", "Cho biết tệp dự toán cần nhập.")
    path, year = existing(Path(args.what)), _year(args)
    desk = BookDesk(context)
    columns = _columns(args.columns)
    if args.dry_run or columns or desk.holds_entries(path, args.letters):
        proposal = desk.propose_entries(path, args.letters, columns, year=year, account=args.account)
        if not args.dry_run:
            desk.take_entries(proposal)
        return _proposed(proposal, taken=not args.dry_run)
    done = import_estimate(context.store, path, year=year, account=args.account, letters=args.letters)
    lines = [line.model_dump() for line in done.lines]
    said = f"Đã nhập {len(lines)} dòng dự toán từ {done.rows} dòng của tệp, tổng {format_vnd(done.total)} đ."
    return Answer({"ok": True, "lines": lines, "rows": done.rows, "total": done.total}, [said])


def _columns(text: str) -> dict[int, str] | None:
    """Read «B=source,C=sector»: a column's letters in the file, what it is here. Raises DeskError bad_columns."""
    found: dict[int, str] = {}
    for part in text.split(",") if text else ():
        letters, _, key = (piece.strip() for piece in part.partition("="))
        if not (key and letters.isascii() and letters.isalpha() and len(letters) <= 2):
            raise DeskError("bad_columns", "Ghép cột ghi như «B=source,C=sector,F=amount». Ghi lại sau --columns.")
        place = 0
        for letter in letters.upper():
            place = place * 26 + ord(letter) - ord("A") + 1
        found[place - 1] = key
    return found or None


def _proposed(proposal: EntryProposal, *, taken: bool) -> Answer:
    entries = [entry.model_dump() for entry in proposal.entries]
    told = {key: value for key, value in proposal._asdict().items() if key not in ("name", "entries")}
    told["columns"] = dict(proposal.columns)
    word = "Đã ghi" if taken else "Sẽ ghi"
    said = f"{word} {len(entries)} bút toán, tổng {format_vnd(proposal.total)} đ."
    known = [f"{proposal.known} bút toán giống hệt đã có trong sổ."] if proposal.known else []
    ok = not proposal.problems
    return Answer(
        {"ok": ok, "taken": taken, "entries": entries, **told},
        [said, *known, *proposal.warnings, *proposal.problems],
        0 if ok else NO,
    )


_ESTIMATE: Mapping[str, Callable[[DeskContext, Namespace], Answer]] = {
    "list": _list,
    "add": _add,
    "undo": _undo,
    "import": _import,
}


def book(args: Namespace) -> Answer:
    """Tells one table of the book, or writes all of them. Raises DeskError, ExchangeError, StoreError."""
    year = _year(args)
    with opened(args, Act.EXPORT if args.export else Act.READ) as context:
        desk = BookDesk(context)
        if args.export:
            desk.export(args.export, year)
            return Answer({"ok": True, "file": str(args.export)}, [f"Đã ghi sổ năm {year} ra {args.export.name}."])
        rows = _rows(desk, args, year)
    said = [" · ".join(_cell(value) for value in row if value != "") for row in rows]
    return Answer({"ok": True, "year": year, args.what: [row._asdict() for row in rows]}, said)


def _rows(desk: BookDesk, args: Namespace, year: int) -> Sequence[Any]:
    if args.what == "movements":
        accounts = [args.account] if args.account else [line.account for line in desk.deposits(year)]
        return [move for account in accounts for move in desk.movements(account, year, args.text)]
    if args.what == "contracts":
        return desk.contracts(args.text)
    by_year = {"lines": desk.lines, "months": desk.months, "deposits": desk.deposits}
    return desk.advances() if args.what == "advances" else by_year[args.what](year)


def _cell(value: object) -> str:
    return format_vnd(value) if isinstance(value, int) else str(value)


def reconcile(args: Namespace) -> Answer:
    """Tells how reconciliation stands, begins a table from the book, or tells what differs; exit 1 for a mismatch.

    Raises DeskError, StoreError.
    """
    year = _year(args)
    with opened(args, Act.MONEY if args.form else Act.READ) as context:
        desk = BookDesk(context)
        if args.compare:
            return _compared(desk, args.compare)
        if args.form:
            local_id = desk.begin_reconciliation(args.form.upper(), year, args.quarter or args.month)
            title = context.store.drafts.get(local_id).title
            return Answer({"ok": True, "local_id": local_id, "title": title}, [f"Đã lập «{title}» từ sổ: {local_id}"])
        state = desk.reconciliation(year)
    said = [part for part in (state.sentence, state.before) if part] or [f"Năm {year} chưa có gì để đối chiếu."]
    return Answer({"ok": True, **state._asdict()}, said, NO if state.kind in ("differs", "overdue") else 0)


def _compared(desk: BookDesk, local_id: str) -> Answer:
    found = desk.compare(local_id)
    lines = []
    for item in found:
        lines.append(f"{item.line}, {item.column}: {format_vnd(item.ours)} đ, Kho bạc {format_vnd(item.theirs)} đ")
        lines += [f"  {cause.sentence}" for cause in item.causes]
    told = [{**item._asdict(), "causes": [cause._asdict() for cause in item.causes]} for item in found]
    return Answer({"ok": not found, "differences": told}, lines or ["Không có khoản lệch."], NO if found else 0)


def _entry(row: EntryRow) -> dict[str, Any]:
    return {"entry_id": row.entry_id, **row.entry.model_dump(), "at": row.at, "actor": row.actor,
            "undoes": row.undoes, "undone": row.undone}  # fmt: skip


def _entry_words(row: EntryRow) -> str:
    entry = row.entry
    codes = " / ".join(code for code in (entry.account, entry.source, entry.sector, entry.econ, entry.program) if code)
    mark = f", hủy bút toán {row.undoes}" if row.undoes else ", đã hủy" if row.undone else ""
    by = f", {entry.document_no}" if entry.document_no else ""
    said = f"{row.entry_id} {ENTRY_TITLES[entry.kind]} {format_vnd(entry.amount)} đ, {codes}{by}"
    return f"{said}, {local_time(row.at)}{mark}"


def _year(args: Namespace) -> int:
    """The year named, or the one that runs. Raises DeskError bad_arguments."""
    year: int = args.year or utc_now().astimezone(VIETNAM).year
    if year not in YEARS:
        raise DeskError("bad_arguments", "Năm ghi bốn chữ số, ví dụ 2026. Ghi lại sau --year.")
    return year
