"""Whose money: budget year, account and what is left of the estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop.dossier.compute import money
from desktop.dossier.dates import format_date, is_date
from desktop.dossier.document import Level, Where
from desktop.dossier.forms import Pack
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import load_pack
from desktop.dossier.rules.registry import ANY, Finding, document_rule
from desktop.dossier.rules.subject import Subject, number_of, text_of

_ESTIMATE = ("M13", "M14", "M15", "M16")
_SETTLING = ("M10", "M11", "M12")
_ADVANCING = (*_SETTLING, *_ESTIMATE)
_SPENDING = (*_ADVANCING, "M08", "M09", "M17", "M18", "M19", "M23")
_YEAR_KEYS = ("budget_year", "year", "from_year")
_DECREE_YEAR = 2026
"""First budget year of NĐ 347; money of the year before followed another decree for a month (Điều 15.1)."""
_LAW = "Luật NSNN 89/2025/QH15"


_NEWER = "Cập nhật bộ mẫu của Kho bạc, rồi mở lại hồ sơ để chuyển sang mẫu mới."


@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 16.1", "R-013", forms=(ANY,))
def decree_applies(subject: Subject) -> Iterator[Finding]:
    """A budget year, or a day, to which the forms of the document's pack do not apply at all."""
    pack = load_pack()
    first, last = _year(pack.valid_from), _year(pack.valid_to) if pack.valid_to else None
    for year, where in _years(subject):
        if year < first - 1:
            message = f"Mẫu này dùng từ năm ngân sách {first}, không dùng cho năm {year}. Xem lại năm."
            yield Finding.at(message, where)
        elif last is not None and year > last:
            message = f"Mẫu này dùng đến năm ngân sách {last}, không dùng cho năm {year}. {_NEWER}"
            yield Finding.at(message, where)
    yield from _made_outside(subject, pack)


def _made_outside(subject: Subject, pack: Pack) -> Iterator[Finding]:
    made = subject.text("made_date")
    if subject.form.decree != pack.decree or not is_date(made) or pack.covers(made):
        return
    day = f"{subject.name('made_date')} ({format_date(made)})"
    if made < pack.valid_from:
        message = f"{day} trước ngày mẫu này được dùng ({format_date(pack.valid_from)}). Sửa ngày lập."
    else:
        message = f"{day} sau ngày cuối mẫu này được dùng ({format_date(pack.valid_to or made)}). {_NEWER}"
    yield Finding(message, field="made_date")


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 15.1", "R-014", forms=(ANY,))
def old_decree(subject: Subject) -> Iterator[Finding]:
    """The budget year before the forms: 2025 followed the former decree until 31 January 2026."""
    first = _year(load_pack().valid_from)
    former = (
        "Chi năm ngân sách 2025 theo Nghị định 11/2020/NĐ-CP, hạn đến 31/01/2026. Hỏi Kho bạc trước khi gửi."
        if first == _DECREE_YEAR
        else f"Năm ngân sách {first - 1} là năm trước khi dùng mẫu này. Hỏi Kho bạc trước khi gửi."
    )
    yield from (Finding.at(former, where) for year, where in _years(subject) if year == first - 1)


def _year(day: str) -> int:
    return int(day[:4])


def _years(subject: Subject) -> Iterator[tuple[int, Where]]:
    """Yield the budget years a form of this decree is about; a year plan or a reference to an earlier year is none."""
    if subject.form.decree != load_pack().decree:
        return
    for key in _YEAR_KEYS:
        year = subject.number(key)
        if year is not None and year >= 1000:
            yield year, Where(field=key)
    for table in subject.form.line_tables:
        for index, row in subject.rows(table) if "budget_year" in table.columns_by_key else ():
            year = number_of(row, "budget_year")
            if year is not None and year >= 1000:
                yield year, Where(table=table.key, row=index, column="budget_year")


@document_rule(Level.WARNING, f"NĐ 347/2025/NĐ-CP Điều 6.2.e; {_LAW} Điều 66.2", "R-086", forms=_ADVANCING)
def adjustment_over(subject: Subject) -> Iterator[Finding]:
    """The adjustment period of the budget year (to 31 January of the next) is over, for advances and for spending."""
    year, today = subject.number("budget_year"), subject.context.today
    if year is None or today is None or year < 1000 or today <= f"{year + 1}-01-31":
        return
    if subject.form.id in _SETTLING or subject.text("spending_kind") == "advance":
        what = f"tạm ứng năm {year} xử lý theo Điều 66 Luật NSNN. Hỏi Kho bạc trước khi gửi."
    elif year >= _year(load_pack().valid_from):  # of the year before R-014 speaks
        what = f"dự toán năm {year} không còn rút được. Xem lại năm ngân sách, hoặc hỏi Kho bạc trước khi gửi."
    else:
        return
    yield Finding(f"Đã qua 31/01/{year + 1}: {what}", field="budget_year")


@document_rule(Level.WARNING, f"{_LAW} Điều 66", "year-ahead", forms=_SPENDING)
def year_ahead(subject: Subject) -> Iterator[Finding]:
    """A voucher made in the year before the budget year it draws on."""
    made = subject.text("made_date") or subject.context.today or ""
    for year, where in _years(subject) if is_date(made) else ():
        if year > int(made[:4]):
            message = f"Năm ngân sách {year} chưa đến vào ngày lập ({format_date(made)}). Xem lại năm, hoặc ngày lập."
            yield Finding.at(message, where)


@document_rule(Level.ERROR, "NĐ 347/2025/NĐ-CP Điều 2.8", "R-030", forms=(*_ESTIMATE, "M17", "M18", "M19"))
def account_fits(subject: Subject) -> Iterator[Finding]:
    """A deposit account on a withdrawal order, an estimate account on a payment order, or an account not the unit's."""
    account, unit = subject.text("account"), subject.context.unit
    own = {unit.estimate_account: "estimate", unit.deposit_account: "deposit"} if unit else {}
    kind, sure = (own[account], True) if account in own else account_kind(account)
    if kind and kind != subject.form.account_kind:
        name, other = _KINDS[kind]
        message = f"{account} là {name}. Đổi tài khoản, hoặc lập {other}."
        yield Finding(message, field="account", level=None if sure else Level.WARNING)
    elif account and own and account not in own and account not in _registered(subject):
        message = f"{account} không phải tài khoản đã khai của đơn vị. Xem lại ô này."
        yield Finding(message, field="account", level=Level.WARNING)


def _registered(subject: Subject) -> tuple[str, ...]:
    return (subject.context.ledger.registered_accounts() if subject.context.ledger else None) or ()


_KINDS = {"estimate": ("tài khoản dự toán", "Giấy rút dự toán"), "deposit": ("tài khoản tiền gửi", "Ủy nhiệm chi")}


def account_kind(account: str) -> tuple[str, bool]:
    """Tell the kind of an account by its natural account (TT 77/2017), and whether that is sure.

    95xx hold the estimates of spending units (951x and 952x recurrent, 955x investment), 37xx deposits; other 9xxx
    accounts hold estimates of some other sort. The kind is "" when the number tells nothing.
    """
    if account.startswith("37"):
        return "deposit", True
    return ("estimate", account.startswith("95")) if account.startswith("9") else ("", False)


@document_rule(Level.WARNING, f"{_LAW} Điều 53", "R-070", forms=("M14",))
@document_rule(Level.WARNING, f"{_LAW} Điều 53", "M13-11", covers=("R-070",))
def provisional(subject: Subject) -> Iterator[Finding]:
    """A provisional estimate, which only a provisional grant of the same year allows."""
    ledger, year = subject.context.ledger, subject.number("budget_year")
    granted = ledger is not None and year is not None and ledger.accepted_provisional(year)
    if subject.text("estimate_kind") == "provisional" and not granted:
        message = "Dự toán tạm cấp chỉ dùng khi Mẫu số 22 của năm đã được chấp nhận. Xem lại ô chọn này."
        yield Finding(message, field="estimate_kind")


@document_rule(
    Level.WARNING, f"NĐ 347/2025/NĐ-CP Điều 6.2.c; {_LAW} Điều 58.4", "R-065", covers=("R-066",), forms=_ESTIMATE
)
def within_estimate(subject: Subject) -> Iterator[Finding]:
    """Spending above what is left of an estimate line in the unit's own book, with the dossier's other vouchers."""
    year, beside = subject.number("budget_year"), _drawn_beside(subject)
    for (_, source, sector), (amount, index) in _drawn(subject).items():
        left = _remaining(subject, year, source, sector)
        others = beside[(year, source, sector)]
        if left is not None and amount + others > left:
            message = (
                f"Nguồn {source}, ngành {sector} còn {format_vnd(left)} đ dự toán, "
                f"thiếu {format_vnd(amount + others - left)} đ{_together(others)}. Xem lại số tiền hoặc dự toán."
            )
            yield Finding(message, table="lines", row=index, column=_column(subject))


@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 6.2.đ", "R-067", forms=("M19",))
@document_rule(Level.WARNING, "NĐ 347/2025/NĐ-CP Điều 6.2.đ", "M17-9", "M18-10", covers=("R-067",))
def within_balance(subject: Subject) -> Iterator[Finding]:
    """A payment above the balance of the deposit account in the unit's own book, with the dossier's other ones."""
    beside = _drawn_beside(subject)
    for (year, source, sector), (amount, index) in _drawn(subject).items():
        left = _remaining(subject, year, source, sector)
        others = beside[(year, source, sector)]
        if left is not None and amount + others > left:
            short = f"thiếu {format_vnd(amount + others - left)} đ{_together(others)}"
            message = f"Tài khoản còn {format_vnd(left)} đ, {short}. Xem lại số tiền."
            yield Finding(message, table="lines", row=index, column=_column(subject))


_Codes = tuple[int | None, str, str]
"""Budget year, source and sector ("" for a deposit account) of what a voucher draws."""


def _drawn(subject: Subject) -> dict[_Codes, tuple[int, int]]:
    """Return what a voucher draws in VND, and the first line that does, by budget year, source and sector."""
    sums: dict[_Codes, tuple[int, int]] = {}
    for index, row in subject.rows():
        year = subject.number("budget_year")
        key = (number_of(row, "budget_year") if year is None else year, text_of(row, "source"), text_of(row, "sector"))
        amount, first = sums.get(key, (0, index))
        sums[key] = amount + money(row.get(_column(subject))), first
    return sums


def _drawn_beside(subject: Subject) -> Counter[_Codes]:
    """Return what the other vouchers of the dossier draw from the same account."""
    sums: Counter[_Codes] = Counter()
    for other in subject.siblings:
        if other.form.is_money_transfer_voucher and other.text("account") == subject.text("account"):
            for codes, (amount, _) in _drawn(other).items():
                sums[codes] += amount
    return sums


def _together(others: int) -> str:
    return " cùng các chứng từ khác trong hồ sơ" if others else ""


def _column(subject: Subject) -> str:
    return subject.form.amount_column[1] if subject.form.amount_column else "amount"


def _remaining(subject: Subject, year: int | None, source: str, sector: str) -> int | None:
    ledger, account = subject.context.ledger, subject.text("account")
    return ledger.remaining(year, account, source, sector) if ledger and account and year is not None else None
