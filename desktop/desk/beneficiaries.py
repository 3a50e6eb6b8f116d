"""Lists of payees at the desk: imported from spreadsheets, held against the past, acknowledged by name, written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.desk import estimates
from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.sheet_columns import propose_columns, remember_columns
from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.duties import Act
from desktop.dossier.form_parts import Column
from desktop.dossier.list_views import ListProposal, ListTaken, PayeeMark
from desktop.dossier.pack import form_of
from desktop.dossier.payees import PayeeBook, change_of, name_key, paid_name, payees_in, standing
from desktop.exchange.export import export_rows
from desktop.exchange.sheet_kinds import lines_of
from desktop.exchange.sheet_letters import Letters
from desktop.exchange.spreadsheet import open_sheet


class Beneficiaries:
    """Imports lists and answers for their payees."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @reading
    def propose_list(self, path: Path, form_ref: str, letters: str = "") -> ListProposal:
        """Reads a spreadsheet as lines of a form: by the mapping remembered for its source, else by its heading.

        Raises SpreadsheetError, UnknownForm.
        """
        sheet = open_sheet(path, lines_of(form_ref), Letters(letters) if letters else None)
        return propose_columns(self._context.store, sheet, path)

    @needs(Act.DRAFT)
    def take_list(self, proposal: ListProposal, columns: Mapping[int, str]) -> ListTaken:
        """Reads the rows by the columns a person confirmed, and remembers them for the next list of this source.

        Raises SpreadsheetError.
        """
        letters = Letters(proposal.letters.key)
        sheet = open_sheet(proposal.path, lines_of(proposal.form), letters).with_columns(columns)
        found = sheet.read()
        remember_columns(self._context.store, sheet, columns, str(letters))
        return ListTaken(found.as_written(), found.problems, len(columns))

    @reading
    def payee_marks(self, dossier: Dossier, place: int) -> Sequence[PayeeMark]:
        """How each row of a list stands to what was paid before, in the order of its lines."""
        ledger = self._context.store.ledger(exclude=dossier.local_id, replaces=dossier.replaces)
        document = dossier.documents[place]
        rows = document.tables.get("lines", [])
        marks = [PayeeMark()] * len(rows)
        people = {person.person_id: person.name for person in self._context.store.unit.people()}
        for payee in payees_in(document):
            if payee.table == "lines" and payee.row is not None:
                change = change_of(payee, ledger)
                if change is not None:
                    marks[payee.row] = PayeeMark("changed", change.message, change.column)
                else:
                    by = _acknowledged(ledger, payee.account)
                    name = paid_name(payee, ledger)
                    marks[payee.row] = PayeeMark(standing(payee, ledger), by=people.get(by, by), paid_name=name)
        return marks

    @needs(Act.DRAFT)
    def acknowledge_payee(self, account_no: str, name: str, signed: str) -> None:
        """Lets the person at the desk stand for a payee that changed; `signed` is that person's name as typed.

        The store keeps who and when, its journal too. Raises DeskError not_your_name, no_payee.
        """
        user = self._context.user
        if name_key(signed) != name_key(user.name):
            raise DeskError(
                "not_your_name", f"Tên gõ vào chưa đúng. Người đang làm việc là {user.name}. Gõ lại tên này."
            )
        if not name_key(name) or not account_no.strip():
            raise DeskError("no_payee", "Dòng này chưa đủ họ tên và số tài khoản. Điền đủ rồi xác nhận.")
        self._context.store.payees.acknowledge(account_no, name, user.person_id, self._context.now())

    @needs(Act.EXPORT)
    def export_list(self, path: Path, document: Document) -> None:
        """Writes the lines of a list to a spreadsheet (xlsx or csv by the name). Raises ExchangeError."""
        table = form_of(document.form).line_tables[0]
        columns = [column for column in table.columns if column.filled_by == "unit"]
        groups = {group.key: group.label for group in table.row_groups}
        heads = ["STT", *(column.label for column in columns), *(["Nhóm"] if groups else [])]
        rows = document.tables.get(table.key, [])
        export_rows(path, heads, [_exported(number, row, columns, groups) for number, row in enumerate(rows, 1)])

    @needs(Act.MONEY)
    def import_estimate(self, path: Path, letters: str = "") -> int:
        """Loads estimate lines from a spreadsheet: this year and the unit's own account where it names none.

        Gives how many lines were set. Raises SpreadsheetError, DeskError bad_list when a cell has an error.
        """
        year = int(self._context.today()[:4])
        return len(estimates.import_estimate(self._context.store, path, year=year, letters=letters).lines)


def _acknowledged(ledger: PayeeBook, account: str) -> str:
    behind = ledger.payee(account)
    return behind.acknowledged_by if behind is not None else ""


def _exported(number: int, row: Row, columns: Sequence[Column], groups: Mapping[str, str]) -> list[str | int]:
    cells = [row.get(column.key) for column in columns]
    if groups:
        cells.append(groups.get(str(row.get("group")), ""))
    return [number, *(cell if isinstance(cell, str | int) and not isinstance(cell, bool) else "" for cell in cells)]
