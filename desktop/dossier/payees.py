"""Looks at a list of payees as a whole: the same account twice, a number of another shape, a payee that changed.

How long an account number is, no public rule says: banks set it themselves and also sell chosen numbers. So a number
is held against what every bank takes (6 to 20 signs; NAPAS transfers carry 19) and its neighbours at the same bank.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from desktop.dossier.document import Document, Level, Problem, Row, Value, Where
from desktop.dossier.fold import fold
from desktop.dossier.ledger import PayeeFacts

Standing = Literal["", "new", "known", "changed"]
"""How a payee of a list stands to what was paid before; "" when it cannot be told."""

_SHORTEST, _LONGEST = 6, 20
_ENOUGH_NEIGHBOURS = 4
_LOOKALIKE = {"o": "0", "O": "0", "l": "1", "I": "1", "i": "1", "S": "5", "B": "8"}
_SPACED = re.compile(r"[\s.]")
_PREFIX = re.compile(r"^(ngan hang|nh)( tmcp| thuong mai co phan)? ")

NameRow = Callable[[int], str]
"""Gives what a row is called in messages, by its index from 0."""


class PayeeBook(Protocol):
    """What this module asks of the unit's book (desktop.dossier.ledger.Ledger)."""

    def payee(self, account_no: str) -> PayeeFacts | None:
        """Who stands behind an account."""

    def payee_named(self, name: str) -> tuple[PayeeFacts, ...]:
        """Every account on which a name stands."""


def account_key(account: object) -> str:
    """Give an account number without what people put between its digits; "" for what is no text."""
    return re.sub(r"[\s.\-/]", "", account).casefold() if isinstance(account, str) else ""


def name_key(name: object) -> str:
    """Give a name without marks, case and doubled spaces; "" for what is no text."""
    return " ".join(fold(name).split()) if isinstance(name, str) else ""


class Payee(NamedTuple):
    """A name on an account where a document pays to it: a row of a table, or fields (`table` and `row` None)."""

    name: str
    account: str
    table: str | None
    row: int | None
    name_at: str
    account_at: str


class Change(NamedTuple):
    """A payee that differs from what was paid or acknowledged last; `column` is the key of what changed."""

    payee: Payee
    before: PayeeFacts
    column: str

    @property
    def message(self) -> str:
        """What was before, in one sentence."""
        when = f" ngày {'/'.join(reversed(self.before.last_paid.split('-')))}" if self.before.last_paid else ""
        if self.column == self.payee.name_at:
            return f"Tài khoản này lần trước{when} trả cho «{self.before.name}»."
        return f"Người này lần trước{when} nhận ở tài khoản {self.before.account_no}, nay đổi tài khoản."


_PAIRS = (
    ("name", "account"),
    ("account_name", "account"),
    ("payee_name", "payee_account"),
    ("payee_account_name", "payee_account"),
)


def payees_in(document: Document) -> Iterator[Payee]:
    """Give everyone a document pays to by account, the fields first, then row by row."""
    yield from _named(document.fields, None, None)
    for table, rows in document.tables.items():
        for index, row in enumerate(rows):
            yield from _named(row, table, index)


def _named(values: Mapping[str, Value], table: str | None, row: int | None) -> Iterator[Payee]:
    for name_at, account_at in _PAIRS:
        name, account = values.get(name_at), values.get(account_at)
        if name_key(name) and account_key(account):
            yield Payee(str(name), str(account), table, row, name_at, account_at)


def standing(payee: Payee, book: PayeeBook) -> Standing:
    """Tell whether a payee is known, new, or changed since it was paid or acknowledged last."""
    behind = book.payee(payee.account)
    if behind is not None:
        return "known" if name_key(behind.name) == name_key(payee.name) else "changed"
    return "changed" if book.payee_named(payee.name) else "new"


def change_of(payee: Payee, book: PayeeBook) -> Change | None:
    """Give what changed about a payee and was not acknowledged since; None when nothing did."""
    if standing(payee, book) != "changed":
        return None
    behind = book.payee(payee.account)
    if behind is not None:
        return Change(payee, behind, payee.name_at)
    return Change(payee, book.payee_named(payee.name)[0], payee.account_at)


def paid_name(payee: Payee, book: PayeeBook) -> str:
    """Give the name an account was last paid under, when it is this name but with its marks; "" otherwise."""
    behind = book.payee(payee.account)
    if behind is None or name_key(behind.name) != name_key(payee.name):
        return ""
    return behind.name if _bare(payee.name) and not _bare(behind.name) else ""


def _bare(name: str) -> bool:
    return fold(name) == name.casefold()


def list_problems(rows: Sequence[Row], named: NameRow = lambda index: f"Dòng {index + 1}") -> list[Problem]:
    """Give what is doubtful about accounts and names of a list, row by row; all are warnings but wrong letters."""
    found = [*_shapes(rows, named), *_repeated(rows, named)]
    return sorted(found, key=lambda problem: problem.where.row or 0)


def repeated_rows(rows: Sequence[Row]) -> set[int]:
    """Give the rows whose account stands in another row too, by index from 0."""
    keys = [account_key(row.get("account")) for row in rows]
    counted = Counter(keys)
    return {index for index, key in enumerate(keys) if key and counted[key] > 1}


def odd_rows(rows: Sequence[Row]) -> set[int]:
    """Give the rows whose account is longer or shorter than it should be, by index from 0."""
    usual = _usual_lengths(rows)
    lengths = {index: len(account_key(row.get("account"))) for index, row in enumerate(rows)}
    return {index for index, length in lengths.items() if length and _odd_length(length, usual.get(_bank(rows[index])))}


def _problem(index: int, column: str, level: Level, message: str) -> Problem:
    where = Where(table="lines", row=index, column=column)
    return Problem(rule=f"list-{column}", level=level, where=where, message=message)


def _repeated(rows: Sequence[Row], named: NameRow) -> Iterator[Problem]:
    accounts: dict[str, int] = {}
    names: dict[str, int] = {}
    for index, row in enumerate(rows):
        account, name = account_key(row.get("account")), name_key(row.get("name"))
        first = accounts.setdefault(account, index) if account else index
        if first != index:
            other = named(first)[0].lower() + named(first)[1:]
            if name_key(rows[first].get("name")) == name:
                message = f"{named(index)}: số tài khoản trùng với {other}. Hãy kiểm tra có ghi hai lần không."
            else:
                message = f"{named(index)}: số tài khoản trùng với {other}, ghi cho hai người. Hãy kiểm tra lại số."
            yield _problem(index, "account", Level.WARNING, message)
        namesake = names.setdefault(name, index) if name else index
        if namesake != index and account and account_key(rows[namesake].get("account")) not in ("", account):
            other = named(namesake)[0].lower() + named(namesake)[1:]
            message = (
                f"{named(index)}: cùng tên với {other} nhưng khác tài khoản. Hãy kiểm tra có phải một người không."
            )
            yield _problem(index, "name", Level.HINT, message)  # namesakes are common


def _shapes(rows: Sequence[Row], named: NameRow) -> Iterator[Problem]:
    usual = _usual_lengths(rows)
    for index, row in enumerate(rows):
        written = row.get("account")
        if not isinstance(written, str) or not account_key(written):
            continue
        letter = _stray_letter(written)
        if letter is not None:
            yield _problem(index, "account", Level.ERROR, f"{named(index)}: {letter} Hãy sửa lại.")
        elif (odd := _odd_length(len(account_key(written)), usual.get(_bank(row)))) is not None:
            yield _problem(index, "account", Level.WARNING, f"{named(index)}: {odd}")
        elif _SPACED.search(written):
            message = f"{named(index)}: số tài khoản có khoảng trắng hoặc dấu chấm. Nên bỏ đi."
            yield _problem(index, "account", Level.HINT, message)


def _stray_letter(written: str) -> str | None:
    """Say which sign of a number is a letter that looks like a digit; None for numbers that carry letters rightly."""
    number = account_key(written)
    place = next((place for place, sign in enumerate(written) if sign in _LOOKALIKE), None)
    if place is None or sum(sign.isdigit() for sign in number) < len(number) - 2:
        return None
    sign = written[place]
    return f"ký tự thứ {place + 1} của số tài khoản là chữ {sign}, có thể là số {_LOOKALIKE[sign]}."


def _odd_length(length: int, usual: int | None) -> str | None:
    if not _SHORTEST <= length <= _LONGEST:
        return f"số tài khoản có {length} ký tự, ngân hàng dùng từ 6 đến 20. Hãy ghi lại đủ số."
    if usual is None or usual == length:
        return None
    others = f"các tài khoản khác cùng ngân hàng trong danh sách có {usual} số"
    return f"số tài khoản có {length} số, {others}. Hãy kiểm tra thừa hay thiếu số."


def _bank(row: Row) -> str:
    """Give a bank's own name without its branch: the brand, or two words behind «Ngân hàng»."""
    written = row.get("bank")
    return _brand(written) if isinstance(written, str) else ""


@lru_cache(maxsize=256)
def _brand(written: str) -> str:
    """Work a brand out once: a long list names a few banks over and over."""
    name = re.sub(r"[^a-z0-9]+", " ", name_key(written)).strip()
    behind = _PREFIX.sub("", name)
    return " ".join(behind.split()[: 1 if behind == name else 2])


def _usual_lengths(rows: Sequence[Row]) -> dict[str, int]:
    """Give the length nearly all account numbers of a bank have, for banks with enough of them."""
    lengths: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        number = account_key(row.get("account"))
        if number and _bank(row):
            lengths[_bank(row)][len(number)] += 1
    usual = {}
    for bank, counted in lengths.items():
        length, times = counted.most_common(1)[0]
        if times >= _ENOUGH_NEIGHBOURS and times * 5 >= counted.total() * 4:
            usual[bank] = length
    return usual
