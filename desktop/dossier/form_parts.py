"""What the official forms are made of: blanks, boxes, tables, signatures.

Source: NĐ 347/2025/NĐ-CP and NĐ 254/2025/NĐ-CP, appendices. Labels are printed text; `key`, `value` and `role` are ours
and stay.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

FieldType = Literal[
    "text",
    "longtext",
    "date",
    "year",
    "integer",
    "decimal",
    "money",
    "signed_money",
    "money_fc",
    "code",
    "choice",
    "tick",
    "image",
    "signature_image",
]
Required = Literal["yes", "no", "conditional", "system"]
FilledBy = Literal["unit", "system", "portal", "treasury", "bank_or_treasury", "printer"]


class Part(BaseModel):
    """Base of everything in a pack: frozen, and a name we do not know is an error in the pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(Part):
    """When a conditional field must be filled: another field is filled, and/or a choice carries a value.

    `absent` is a field that must be empty instead. `positive` is "<table>.<column>" whose total must be above 0.
    `unless` names fields and the values with which the condition does not hold after all.
    """

    filled: str | None = None
    absent: str | None = None
    choice: str | None = None
    value: str | None = None
    positive: str | None = None
    unless: dict[str, tuple[str, ...]] = {}


class Option(Part):
    """One box of a choice."""

    value: str
    label: str


class Field(Part):
    """One blank of a form. `printed` is False for what only helps the client; `when` narrows required "conditional".

    `allowed` lists the codes the form itself names; another one is fine where `allow_other`.
    """

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
    allowed: tuple[str, ...] = ()
    allow_other: bool = False


class Formula(Part):
    """How a cell follows from others of its row: Σ plus − Σ minus, or the product of `times`. Nobody types it."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All columns it reads."""
        return (*self.plus, *self.minus, *self.times)


class Column(Part):
    """One column of a table; `group` is the heading above it ("A / B" when nested), `total` "sum" where it is added up.

    `place` "below" stands on a line of its own under its row.
    """

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
    formula: Formula | None = None
    place: Literal["cell", "below"] = "cell"
    printed: bool = True


class Choice(Part):
    """A set of tick boxes: exactly one is ticked, or any number where `select` is "many"."""

    key: str
    label: str
    select: Literal["one", "many"]
    mutually_exclusive: bool
    exclusivity_basis: str
    options: tuple[Option, ...]
    required: Required
    filled_by: FilledBy
    note: str | None = None
    when: Condition | None = None

    @cached_property
    def labels(self) -> dict[str, str]:
        """Printed label by value."""
        return {option.value: option.label for option in self.options}

    def ticked(self, text: object) -> tuple[str, ...]:
        """Read the boxes ticked from a document's value: one value, or several joined by a space ("many")."""
        if not isinstance(text, str) or not text.strip():
            return ()
        return tuple(text.split()) if self.select == "many" else (text,)


class RowGroup(Part):
    """A heading inside a table under which rows stand and are added up apart; `row_label` names what its rows are."""

    key: str
    label: str
    min_rows: int = 0
    max_rows: int | None = None
    row_label: str | None = None
    note: str | None = None
    footnote: str | None = None
    rows: tuple[str, ...] = ()
    """Printed labels of its rows in order, where the form prints them (Mẫu 24)."""


class TotalRow(Part):
    """The total row: its label, the columns it adds up and where it stands."""

    label: str
    columns: tuple[str, ...]
    position: str = "last row"
    subtotals_per_group: bool = False


class Table(Part):
    """The lines of a form; `header_fields` are keys of blanks that stand between its heading and its lines."""

    key: str
    columns: tuple[Column, ...]
    total_row: TotalRow | None = None
    min_rows: int = 0
    row_groups: tuple[RowGroup, ...] = ()
    heading: str | None = None
    footnote: str | None = None
    header_fields: tuple[str, ...] = ()
    printed: bool = True

    @cached_property
    def columns_by_key(self) -> dict[str, Column]:
        """Column by key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def sums(self) -> tuple[str, ...]:
        """Columns the total row adds up; () for a table without one."""
        return self.total_row.columns if self.total_row else ()


class Words(Part):
    """An amount in words; `of` is "sum(table.a)", "sum(table.a+table.b)" or the key of a field.

    `currency` names the field, choice or column where the currency code stands; None is VND.
    """

    key: str
    label: str
    of: str
    currency: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The "<table>.<column>" it adds up; () when it spells a field."""
        return tuple(self.of[4:-1].split("+")) if self.of.startswith("sum(") else ()

    @property
    def field(self) -> str | None:
        """The field it spells, None when it spells a total."""
        return None if self.of.startswith("sum(") else self.of


class Block(Part):
    """A group of fields under an optional heading (beneficiary, remittance)."""

    key: str
    heading: str | None
    fields: tuple[Field, ...]
    note: str | None = None
    when: Condition | None = None


class TreasurySection(Part):
    """One numbered section of the Treasury's part."""

    heading: str
    fields: tuple[Field, ...] = ()
    table_columns: tuple[str, ...] = ()
    table_rows: tuple[str, ...] = ()


class Treasury(Part):
    """What the Treasury fills: printed, never editable by the unit.

    `repeats_table`: a row like those of the unit stands under the total for figures that differ (Mẫu 26–29).
    """

    treasury_only: Literal[True]
    heading: str
    fields: tuple[Field, ...] = ()
    sections: tuple[TreasurySection, ...] = ()
    intro: str | None = None
    note: str | None = None
    repeats_table: str | None = None


class Signer(Part):
    """One title in a signature block, from left to right by `order`; `when` limits it to e.g. cash."""

    order: int
    title: str
    mark: str
    role: str
    required: Required
    when: Condition | None = None


class SignatureBlock(Part):
    """The signatures of one party."""

    party: Literal["unit", "recipient", "treasury", "bank_or_treasury", "payer", "collector", "contractor"]
    heading: str | None
    date_line: str | None
    signers: tuple[Signer, ...]
    treasury_only: bool = False
    note: str | None = None


class Footnote(Part):
    """A footnote, restated; `refers_to` names what it explains."""

    mark: str
    text: str
    refers_to: str | None = None


class Originals(Part):
    """How many signed originals a form needs on paper.

    Each group in `more` asks for one more where any of its cases holds: "tax_withheld" (a part of the money goes to the
    budget), "same_treasury" (the payee has its account where the unit has its own). `source` is the article.
    """

    count: int = 1
    more: tuple[tuple[Literal["tax_withheld", "same_treasury"], ...], ...] = ()
    source: str = ""


class Validation(Part):
    """A check the form has under an id of its own; its body is code in desktop.dossier.rules."""

    id: str
    kind: Literal["field", "cross_document", "dossier"]
    severity: Literal["block", "warn", "info", "treasury"]
    source: str
