"""The official forms as data, so that a change of decree is a new pack and not new code: a whole form, and a pack.

Source: NĐ 347/2025/NĐ-CP and NĐ 254/2025/NĐ-CP, appendices.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import pydantic

from desktop.dossier.errors import VungXaError
from desktop.dossier.form_layout import Layout
from desktop.dossier.form_parts import (
    Block,
    Choice,
    Field,
    Footnote,
    Originals,
    Part,
    SignatureBlock,
    Signer,
    Table,
    Treasury,
    Validation,
    Words,
)


class UnknownForm(VungXaError):
    """Says that no form of the pack answers to a name; code "unknown_form"."""

    @classmethod
    def named(cls, ref: str) -> UnknownForm:
        """Build the error for the name that was asked for."""
        return cls(
            "unknown_form", f"Chưa có mẫu «{ref[:40]}» trong bản này. Chọn một mẫu trong danh sách của chương trình."
        )


class Form(Part):
    """One official form, complete to the last blank, tick, column, total, signer and footnote.

    `amount` is "<table>.<column>" or the key of a field: what the form moves or asks for in VND; None when it moves
    nothing (reconciliation, registration). `client_editable` is False for what only others write (receipts 04–07,
    notice 33). `source_confidence` "secondary": the fields come from practice, the printed layout was not seen.
    """

    id: str
    number: str
    decree: str
    symbol: str | None
    symbol_printed: str | None = None
    title: str
    list_title: str
    short_title: str
    """Our own short name for narrow columns; the law's names are `title` and `list_title`."""
    subtitle: str | None = None
    issuing_header: str | None = None
    client_editable: bool = True
    client_offered_to: str | None = None
    prepared_by: Literal["unit", "collecting_agency", "treasury"] = "unit"
    source_confidence: Literal["full_text", "secondary"] = "full_text"
    account_kind: Literal["estimate", "deposit"] | None = None
    is_money_transfer_voucher: bool
    attached_to: tuple[str, ...] = ()
    goes_with: tuple[str, ...] = ()
    used_in_procedures: tuple[str, ...]
    copies: tuple[str, ...] = ()
    unit_of_measure: str | None = None
    do_not_write_area: bool
    landscape: bool = False
    amount: str | None = None
    header_fields: tuple[Field, ...]
    choices: tuple[Choice, ...]
    line_tables: tuple[Table, ...]
    amounts_in_words: tuple[Words, ...]
    beneficiary_blocks: tuple[Block, ...]
    remittance_block: Block | None = None
    treasury_block: Treasury | None
    signature_blocks: tuple[SignatureBlock, ...]
    footnotes: tuple[Footnote, ...]
    validations: tuple[Validation, ...]
    layout: Layout = Layout()
    originals: Originals = Originals()

    @property
    def ref(self) -> str:
        """The name a Document carries: the printed symbol, or the id where the form has none."""
        return self.symbol or self.id

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Beneficiary blocks and the remittance block, in the order of the paper."""
        remittance = (self.remittance_block,) if self.remittance_block else ()
        return (*remittance, *self.beneficiary_blocks)

    @cached_property
    def fields_by_key(self) -> dict[str, Field]:
        """All blanks outside tables by key, in the order of the form."""
        blocks = [field for block in self.blocks for field in block.fields]
        return {field.key: field for field in [*self.header_fields, *blocks]}

    @cached_property
    def choices_by_key(self) -> dict[str, Choice]:
        """Choice by key."""
        return {choice.key: choice for choice in self.choices}

    @cached_property
    def tables_by_key(self) -> dict[str, Table]:
        """Table by key."""
        return {table.key: table for table in self.line_tables}

    @cached_property
    def amount_column(self) -> tuple[str, str] | None:
        """(table, column) whose total is the amount of the form; None when a field is, or nothing."""
        table, dot, column = (self.amount or "").partition(".")
        return (table, column) if dot else None

    @cached_property
    def unit_signers(self) -> tuple[Signer, ...]:
        """The signers of the unit's own block, in order."""
        return tuple(signer for block in self.signature_blocks if block.party == "unit" for signer in block.signers)


class ScanForm(Part):
    """A form of which no source gives the body: it travels as a scan under its title, its fields are not invented."""

    id: str
    number: str
    decree: str
    title: str
    used_in_procedures: tuple[str, ...]
    client_editable: bool
    note: str = ""


class Pack(Part):
    """All forms in force together.

    `code_lengths` are digits by catalogue, `valid_from` and `valid_to` its first and last day ("YYYY-MM-DD", no end
    while None), `scans` the forms known by title alone.
    """

    version: str
    decree: str
    valid_from: str
    valid_to: str | None = None
    code_lengths: dict[str, int]
    forms: tuple[Form, ...]
    scans: tuple[ScanForm, ...] = ()
    renames: dict[str, dict[str, str]] = pydantic.Field(default_factory=dict)
    """By form id: keys of the pack before and what they are called here, so that drafts carry over."""

    def covers(self, day: str) -> bool:
        """Tell whether the pack is in force on a day ("YYYY-MM-DD")."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @cached_property
    def _by_name(self) -> dict[str, Form]:
        names: dict[str, Form] = {}
        for form in self.forms:
            for name in (form.id, form.symbol, form.symbol_printed, form.number):
                if name:
                    names[_plain(name)] = form
        return names

    def form(self, ref: str) -> Form:
        """Find a form by id, symbol, printed symbol or number ("M13", "C2-02a/NS", "13"); raises UnknownForm."""
        found = self._by_name.get(_plain(ref))
        if found is None:
            raise UnknownForm.named(ref)
        return found


def _plain(name: str) -> str:
    return name.strip().casefold()
