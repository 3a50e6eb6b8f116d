"""Lines of the lower tables: deposit accounts, movements, advances, contracts, entries of the estimate."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.dossier.book import (
    ENTRY_TITLES,
    ContractLine,
    DepositLine,
    EntryRow,
    Movement,
    OpenAdvanceLine,
)
from desktop.dossier.dates import format_date
from desktop.dossier.money import format_vnd
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.wording import stamp

DEPOSIT_HEADS = ("TK", "Tài khoản tiền gửi", "Số dư", "Đang chờ", "Dùng được (đ)")
DEPOSIT_WIDTHS = (60, 0, 106, 100, 112)
MOVE_HEADS = ("Ngày", "Biến động", "Thu, chi", "Số dư (đ)", "Đối chiếu")
MOVE_WIDTHS = (58, 0, 100, 100, 140)
ADVANCE_HEADS = ("Chứng từ", "Ngày", "Nội dung", "Người nhận", "Tạm ứng", "Đã thanh toán", "Còn lại (đ)", "Đã qua")
ADVANCE_WIDTHS = (96, 100, 0, 190, 112, 112, 112, 84)
CONTRACT_HEADS = ("Hợp đồng", "Ngày", "Bên nhận", "Giá trị", "Đã thanh toán", "Đã tạm ứng", "Còn lại (đ)")
CONTRACT_WIDTHS = (150, 100, 0, 124, 124, 124, 124)
ENTRY_HEADS = ("Số", "Loại giao", "Nguồn", "Khoản", "Mục, CTMT", "Số tiền (đ)", "Quyết định", "Ghi chú", "Nhập lúc")
ENTRY_WIDTHS = (46, 168, 60, 60, 88, 124, 190, 0, 104)
SUM = "="
"""Key of the line that adds up the accounts."""
Words = tuple[str, str, str]
STATES: dict[str, Words] = {
    "match": ("Khớp", "circle-check", "green"),
    "differs": ("Lệch", "circle-alert", "red"),
    "unconfirmed": ("Chưa ghi sổ", "hourglass", "slate"),
}


def deposit_lines(lines: Sequence[DepositLine]) -> list[Line]:
    """Give the accounts, and their sum when there are any."""
    short = {line.account: line.account.partition(".")[0] for line in lines}
    plain = len(set(short.values())) == len(lines)
    made = [_deposit(line, short[line.account] if plain else line.account) for line in lines]
    if lines:
        sums = (
            sum(line.balance for line in lines),
            sum(line.held for line in lines),
            sum(line.usable for line in lines),
        )
        words = (Cell(sum=True), Cell(text="Tổng cộng", weight=600, sum=True))
        made.append(Line(SUM, (*words, *_balances(*sums, True)), ("", "", *sums)))
    return made


def _deposit(line: DepositLine, short: str) -> Line:
    cells = (Cell(text=short, weight=600), Cell(text=line.name), *_balances(line.balance, line.held, line.usable))
    told = f"{line.account} {line.name}"
    tip = f"{told}, Kho bạc xác nhận lúc {stamp(line.as_of)}" if line.as_of else f"{told}, Kho bạc chưa xác nhận"
    return Line(line.account, cells, (), line.account, tip)


def _balances(balance: int, held: int, usable: int, total: bool = False) -> tuple[Cell, ...]:
    weight = 600 if total else 400
    return (
        Cell(Kind.MONEY, format_vnd(balance), weight=weight, sum=total),
        Cell(Kind.MONEY, format_vnd(held), weight=weight, tint="amber" if held else "", faded=not held, sum=total),
        Cell(Kind.MONEY, format_vnd(usable), weight=600, tint="red" if usable < 0 else "", sum=total),
    )


def movement_lines(moves: Sequence[Movement]) -> list[Line]:
    """Give what moved; the key is the dossier's local_id with its place, for one dossier may move twice."""
    return [_movement(place, move) for place, move in enumerate(moves)]


def dossier_of(key: str) -> str:
    """Give the dossier that a line of movements or advances is about, "" for none."""
    return key.partition(":")[2]


def _movement(place: int, move: Movement) -> Line:
    words, icon, tint = STATES[move.state]
    state = f"{words} {format_vnd(abs(move.difference))}" if move.state == "differs" else words
    plus = "+" if move.amount > 0 else ""
    cells = (
        Cell(text=_day(move.date)[:5], faded=True),
        Cell(text=move.text),
        Cell(Kind.MONEY, plus + format_vnd(move.amount), tint="green" if move.amount > 0 else ""),
        Cell(Kind.MONEY, format_vnd(move.balance), weight=400),
        Cell(Kind.STATE, state, icon=icon, tint=tint, weight=600),
    )
    theirs, ours = format_vnd(abs(move.amount)), format_vnd(abs(move.amount - move.difference))
    booked = f"{words}, Kho bạc ghi {theirs} đ thay vì {ours} đ"
    tip = f"{_day(move.date)}  {move.text}. {booked if move.difference else state}."
    return Line(
        f"{place}:{move.local_id}",
        cells,
        (move.date, sorted_text(move.text), move.amount, move.balance, state),
        str(abs(move.amount)),
        tip,
    )


def advance_lines(lines: Sequence[OpenAdvanceLine]) -> list[Line]:
    """Give the advances with something left to settle."""
    return [_advance(place, line) for place, line in enumerate(lines)]


def _advance(place: int, line: OpenAdvanceLine) -> Line:
    old = line.since_days > 30
    cells = (
        Cell(text=line.number, weight=500),
        Cell(text=_day(line.date), faded=True),
        Cell(text=line.content),
        Cell(text=line.payee),
        Cell(Kind.MONEY, format_vnd(line.total), weight=400),
        Cell(Kind.MONEY, format_vnd(line.settled), weight=400, faded=not line.settled),
        Cell(Kind.MONEY, format_vnd(line.open), weight=600),
        Cell(text=f"{line.since_days} ngày", right=True, tint="amber" if old else "", weight=600 if old else 400),
    )
    sorts = (
        sorted_text(line.number),
        line.date,
        sorted_text(line.content),
        sorted_text(line.payee),
        line.total,
        line.settled,
        line.open,
        line.since_days,
    )
    more = f"{line.total} {line.open} nguồn {line.source} {line.econ}"
    return Line(f"{place}:{line.local_id}", cells, sorts, more, f"{line.payee}. {line.content}")


def contract_lines(lines: Sequence[ContractLine]) -> list[Line]:
    """Give the contracts; what was never declared in all has no total."""
    return [_contract(place, line) for place, line in enumerate(lines)]


def _contract(place: int, line: ContractLine) -> Line:
    known = line.total > 0
    over = known and line.paid > line.total
    left = format_vnd(line.total - line.paid) if known else "chưa rõ"
    cells = (
        Cell(text=line.number, weight=500),
        Cell(text=_day(line.date), faded=True),
        Cell(text=line.party),
        Cell(Kind.MONEY, format_vnd(line.total) if known else "chưa rõ", weight=400, faded=not known),
        Cell(Kind.MONEY, format_vnd(line.paid), weight=400),
        Cell(Kind.MONEY, format_vnd(line.advanced), weight=400, faded=not line.advanced),
        Cell(Kind.MONEY, left, weight=600, tint="red" if over else "", faded=not known),
    )
    sorts = (
        sorted_text(line.number),
        line.date,
        sorted_text(line.party),
        line.total,
        line.paid,
        line.advanced,
        line.total - line.paid,
    )
    paid = f"Thanh toán lần cuối {line.since_days} ngày trước"
    return Line(str(place), cells, sorts, f"{line.total} {line.paid}", f"{line.number}, {line.party}. {paid}.")


def entry_lines(rows: Sequence[EntryRow]) -> list[Line]:
    """Give the entries; one that was taken back, and its counter-entry, are faded."""
    return [_entry(row) for row in rows]


def _entry(row: EntryRow) -> Line:
    entry, faded = row.entry, row.undone or row.undoes is not None
    title = f"Đảo bút toán số {row.undoes}" if row.undoes is not None else ENTRY_TITLES[entry.kind]
    note = f"Đã đảo. {entry.note}".rstrip() if row.undone else entry.note
    decided = " ".join(part for part in (entry.document_no, _day(entry.document_date)) if part)
    codes = " ".join(part for part in (entry.econ, entry.program) if part)
    texts = (str(row.entry_id), title, entry.source, entry.sector, codes)
    cells = (
        *(Cell(text=text, faded=faded) for text in texts),
        Cell(Kind.MONEY, format_vnd(entry.amount), faded=faded),
        Cell(text=decided, faded=faded),
        Cell(text=note, faded=faded),
        Cell(text=stamp(row.at), faded=True),
    )
    sorts: tuple[str | int, ...] = (
        row.entry_id,
        *(sorted_text(text) for text in texts[1:]),
        entry.amount,
        sorted_text(decided),
        sorted_text(note),
        row.at,
    )
    return Line(
        str(row.entry_id), cells, sorts, f"{entry.account} {entry.amount}", f"{title}, tài khoản {entry.account}"
    )


def _day(date: str) -> str:
    return format_date(date) if date else ""
