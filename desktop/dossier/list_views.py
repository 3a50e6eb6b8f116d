"""What the window shows of a list that is being imported, and of how its payees stand to the past."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.dossier.compute import compute, voucher_total
from desktop.dossier.document import Document, Problem, Row
from desktop.dossier.pack import form_of
from desktop.dossier.payees import Standing


@dataclass(frozen=True)
class LettersView:
    """One way of reading a file's letters: its `key`, the name people know, and a line of the file read that way."""

    key: str
    label: str
    line: str


@dataclass(frozen=True)
class ListField:
    """A column of the form that a column of the file may fill."""

    key: str
    label: str
    needed: bool


@dataclass(frozen=True)
class ListProposal:
    """A spreadsheet as it would be imported into the lines of `form`, for a person to confirm or change.

    `columns` gives the form's column by the index of the file's; `remembered` says that a person mapped this source
    before. `sample` holds the first rows as text, `source` names lists with the same heading.
    """

    path: Path
    form: str
    letters: LettersView
    certain: bool
    others: tuple[LettersView, ...]
    headings: tuple[str, ...]
    columns: dict[int, str]
    fields: tuple[ListField, ...]
    sample: tuple[tuple[str, ...], ...]
    source: str
    remembered: bool = False

    def missing(self, columns: dict[int, str] | None = None) -> list[str]:
        """Name the needed columns nothing fills yet."""
        given = set((self.columns if columns is None else columns).values())
        return [target.label for target in self.fields if target.needed and target.key not in given]

    @property
    def ready(self) -> bool:
        """Whether it can be imported without a question."""
        return self.certain and not self.missing()


@dataclass(frozen=True)
class ListTaken:
    """The rows of an imported list; cells that could not be read stay as written, `problems` name them."""

    rows: list[Row]
    problems: list[Problem]
    columns: int


@dataclass(frozen=True)
class PayeeMark:
    """How the payee of a row stands to the past, and in words what was before; `by` acknowledged it.

    `paid_name` is the name the account was paid under, when this row writes it without its marks.
    """

    standing: Standing = ""
    words: str = ""
    column: str = ""
    by: str = ""
    paid_name: str = ""


@dataclass(frozen=True)
class ListSums:
    """What must agree: what the voucher pays out, and what its lists add up to, in VND; None where there is no voucher.

    `voucher_form` is the voucher's form id; `binding` says that the dossier cannot be signed while they
    differ (rule M20-2).
    """

    voucher: int | None
    voucher_title: str
    listed: int
    lists: int
    hint: str = field(default="")
    binding: bool = True
    voucher_form: str = ""

    @property
    def missing(self) -> int:
        """What this list alone has too little, 0 when that cannot be told: another list may lack it as well."""
        return max(0, self.difference) if self.lists == 1 else 0

    @property
    def difference(self) -> int:
        """What the lists have too little (above zero) or too much (below), 0 without a voucher."""
        return 0 if self.voucher is None else self.voucher - self.listed


def list_sums(documents: tuple[Document, ...], place: int) -> ListSums:
    """Compare a list of payees with the voucher it quotes (NĐ 347/2025/NĐ-CP Điều 6.2.b)."""
    mine = documents[place]
    quoted = mine.fields.get("parent_voucher_no")
    vouchers = [d for d in documents if form_of(d.form).id in form_of(mine.form).attached_to]
    named = [d for d in vouchers if quoted and d.fields.get("document_no") == quoted]
    parent = named[0] if named else vouchers[0] if len(vouchers) == 1 else None
    same = [d for d in documents if d.form == mine.form and d.fields.get("parent_voucher_no") == quoted]
    listed = sum(_amounts(d) for d in same)
    if parent is None:
        return ListSums(None, "", listed, len(same))
    form = form_of(parent.form)
    total = _paid_out(parent)
    binding = form.remittance_block is None
    return ListSums(total, form.short_title, listed, len(same), _hint(total - listed, mine), binding, form.id)


def _paid_out(voucher: Document) -> int:
    """Give what a voucher pays to its payees in VND: what it remits to the budget is no payee's."""
    totals = compute(voucher, form_of(voucher.form)).totals
    return totals.get("lines.payee_amount", voucher_total(voucher))


def _amounts(document: Document) -> int:
    amounts = [row.get("amount") for row in document.tables.get("lines", [])]
    return sum(amount for amount in amounts if isinstance(amount, int))


def _hint(difference: int, mine: Document) -> str:
    """Say which row the difference may come from, when exactly one could explain it."""
    amounts = [row.get("amount") for row in mine.tables.get("lines", [])]
    if difference > 0:
        blank = [index for index, amount in enumerate(amounts) if not isinstance(amount, int)]
        return f"Đúng bằng ô còn trống ở dòng {blank[0] + 1}." if len(blank) == 1 else ""
    same = [index for index, amount in enumerate(amounts) if amount == -difference] if difference else []
    return f"Đúng bằng số tiền ở dòng {same[0] + 1}." if len(same) == 1 else ""
