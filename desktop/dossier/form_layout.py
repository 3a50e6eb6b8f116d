"""How a form stands on paper, where the order of its parts alone does not say: data of the pack, like the form itself.

A line of paper is text with places in it:

- `[key]` the label of a blank with its footnote mark, a colon, its value and dots to the end of the line; a date reads
  "ngày 05 tháng 03 năm 2026";
- `[key=words]` the same under other words, without a mark;
- `{key}` the value and dots alone, `{key:30}` dots at least 30 mm wide;
- `<choice>` the boxes of a choice, each after its label.

A line that begins with "@" places a part: `@table lines`, `@words total_words`, `@block payee`, `@beside payee` (blocks
and words left, the Treasury's part right), `@treasury` (with its signatures: `@treasury signed`), `@parties unit` (one
party or several side by side), `@boxes spending_kind payment_mode` (one row of boxes each), `@images seal_1 seal_2`.
`@center …`, `@right …` and `@bold …` set a line of text otherwise.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Limit

from desktop.dossier.form_parts import Part

Lines = tuple[str, ...]


class Layout(Part):
    """What stands where on paper; an empty part means the usual order.

    `size` in points. `head` "wide" puts the title under the boxes, as wide as the page. `title` may hold places and
    line breaks. `left`, `middle` and `right` are the lines of the head under the boxes, the title and the number.
    `blocks` holds the lines of a block, or those over a table in place of its heading; `treasury` the lines of what the
    Treasury fills. `widths` by table, one number for each printed column: millimetres wished for, or below 5 a share of
    what is left over. `across` by table: headings when each row is a block, its columns one under the other (Mẫu 32).
    """

    size: float = Limit(default=11, ge=7, le=14)
    head: Literal["voucher", "wide", "letter"] = "voucher"
    title: str | None = None
    left: Lines = ()
    middle: Lines = ()
    right: Lines = ()
    body: Lines = ()
    blocks: dict[str, Lines] = Limit(default_factory=dict)
    treasury: Lines = ()
    widths: dict[str, tuple[float, ...]] = Limit(default_factory=dict)
    across: dict[str, Lines] = Limit(default_factory=dict)
