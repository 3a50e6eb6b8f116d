"""The official forms as data, so that a change of decree is a new pack and not new code.

Source: NĐ 347/2025/NĐ-CP, appendix. Labels are printed text; `key`, `value` and `role` are ours and stay.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from desktop.dossier.errors import VungXaError

FieldType = Literal["text", "longtext", "date", "year", "integer", "money", "code", "choice", "image"]
Required = Literal["yes", "no", "conditional", "system"]
FilledBy = Literal["unit", "system", "portal", "treasury"]


class UnknownForm(VungXaError):
    """Says that no form of the pack answers to a name; code "unknown_form"."""

    @classmethod
    def named(cls, ref: str) -> UnknownForm:
        """Build the error for the name that was asked for."""
        return cls(
            "unknown_form", f"Chưa có mẫu «{ref[:40]}» trong bản này. Chọn một mẫu trong danh sách của chương trình."
        )


class Part(BaseModel):
    """Base of everything in a pack: frozen, and a name we do not know is an error in the pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(Part):
    """When a conditional field must be filled: another field is filled, and/or a choice carries a value.

    `unless` names fields and the values with which the condition does not hold after all.
    """

    filled: str | None = None
    choice: str | None = None
    value: str | None = None
    unless: dict[str, tuple[str, ...]] = {}


class Option(Part):
    """One box of a choice."""

    value: str
    label: str


class Field(Part):
    """One blank of a form. `printed` is False for what only helps the client; `when` narrows required "conditional"."""

    key: str
    label: str
    type: FieldType
    required: Required
    filled_by: FilledBy
    basis: str | None = None
    catalogue: str | None = None
    footnote: str | None = None
    note: str | None = None
    printed: bool = True
    when: Condition | None = None
    options: tuple[Option, ...] = ()


class Column(Part):
    """One column of a table; `group` is the heading above it, `total` is "sum" where the total row adds it up."""

    key: str
    label: str
    type: FieldType
    required: Required
    filled_by: FilledBy
    col_no: str | None = None
    group: str | None = None
    catalogue: str | None = None
    footnote: str | None = None
    note: str | None = None
    total: Literal["sum"] | None = None
    when: Condition | None = None


class Choice(Part):
    """A set of tick boxes of which exactly one is ticked."""

    key: str
    label: str
    select: Literal["one"]
    mutually_exclusive: bool
    exclusivity_basis: str
    options: tuple[Option, ...]
    required: Required
    filled_by: FilledBy

    @cached_property
    def labels(self) -> dict[str, str]:
        """Printed label by value."""
        return {option.value: option.label for option in self.options}


class RowGroup(Part):
    """A heading inside a table under which rows stand and are added up apart."""

    key: str
    label: str


class TotalRow(Part):
    """The total row: its label, the columns it adds up and where it stands."""

    label: str
    columns: tuple[str, ...]
    position: str = "last row"
    subtotals_per_group: bool = False


class Table(Part):
    """The lines of a form."""

    key: str
    columns: tuple[Column, ...]
    total_row: TotalRow
    min_rows: int
    row_groups: tuple[RowGroup, ...] = ()

    @cached_property
    def columns_by_key(self) -> dict[str, Column]:
        """Column by key."""
        return {column.key: column for column in self.columns}


class Words(Part):
    """An amount in words; `of` is "sum(<table>.<column>)"."""

    key: str
    label: str
    of: str

    @property
    def source(self) -> str:
        """The "<table>.<column>" it spells out."""
        return self.of.removeprefix("sum(").removesuffix(")")


class Block(Part):
    """A group of fields under an optional heading (beneficiary)."""

    key: str
    heading: str | None
    fields: tuple[Field, ...]


class Treasury(Part):
    """What the Treasury fills: printed, never editable by the unit."""

    treasury_only: Literal[True]
    heading: str
    fields: tuple[Field, ...]


class Signer(Part):
    """One title in a signature block, from left to right by `order`; `when` limits it to e.g. cash."""

    order: int
    title: str
    mark: str
    role: str
    required: Required
    when: Condition | None = None


class SignatureBlock(Part):
    """The signatures of one party: unit, recipient or treasury."""

    party: Literal["unit", "recipient", "treasury"]
    heading: str | None
    date_line: str | None
    signers: tuple[Signer, ...]
    treasury_only: bool = False


class Footnote(Part):
    """A footnote, restated; `refers_to` names what it explains."""

    mark: str
    text: str
    refers_to: str | None = None


class Validation(Part):
    """A check the form has under an id of its own; its body is code in desktop.dossier.rules."""

    id: str
    kind: Literal["field", "cross_document"]
    severity: Literal["block", "warn", "info"]
    source: str


class Form(Part):
    """One official form, complete to the last blank, tick, column, total, signer and footnote."""

    id: str
    number: str
    symbol: str | None
    symbol_printed: str | None = None
    title: str
    list_title: str
    short_title: str
    """Our own short name for narrow columns; the law's names are `title` and `list_title`."""
    subtitle: str | None = None
    account_kind: Literal["estimate", "deposit"] | None = None
    is_money_transfer_voucher: bool
    attached_to: tuple[str, ...] = ()
    used_in_procedures: tuple[str, ...]
    unit_of_measure: str | None = None
    do_not_write_area: bool
    header_fields: tuple[Field, ...]
    choices: tuple[Choice, ...]
    line_tables: tuple[Table, ...]
    amounts_in_words: tuple[Words, ...]
    beneficiary_blocks: tuple[Block, ...]
    treasury_block: Treasury | None
    signature_blocks: tuple[SignatureBlock, ...]
    footnotes: tuple[Footnote, ...]
    validations: tuple[Validation, ...]

    @property
    def ref(self) -> str:
        """The name a Document carries: the printed symbol, or the id where the form has none."""
        return self.symbol or self.id

    @cached_property
    def fields_by_key(self) -> dict[str, Field]:
        """Header and beneficiary fields by key, in the order of the form."""
        blocks = [field for block in self.beneficiary_blocks for field in block.fields]
        return {field.key: field for field in [*self.header_fields, *blocks]}

    @cached_property
    def choices_by_key(self) -> dict[str, Choice]:
        """Choice by key."""
        return {choice.key: choice for choice in self.choices}

    @cached_property
    def tables_by_key(self) -> dict[str, Table]:
        """Table by key."""
        return {table.key: table for table in self.line_tables}

    @property
    def total_column(self) -> str:
        """The "<table>.<column>" that is the amount of the form."""
        return self.amounts_in_words[0].source

    @cached_property
    def unit_signers(self) -> tuple[Signer, ...]:
        """The signers of the unit's own block, in order."""
        return tuple(signer for block in self.signature_blocks if block.party == "unit" for signer in block.signers)


class Pack(Part):
    """All forms of one decree; `code_lengths` are digits by catalogue, `valid_from` the day the decree applies."""

    version: str
    decree: str
    valid_from: str
    code_lengths: dict[str, int]
    forms: tuple[Form, ...]

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
