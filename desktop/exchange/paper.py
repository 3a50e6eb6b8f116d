"""Says what stands where on the paper of a form, as plain text for the template: values written out, totals added.

The order is the layout's of the form; a form without one is printed in the order of its parts.
"""

from __future__ import annotations

import re
from typing import Any

from desktop.dossier.compute import compute
from desktop.dossier.document import Document
from desktop.dossier.form_parts import Block, Field, SignatureBlock, TreasurySection
from desktop.dossier.forms import Form
from desktop.exchange.paper_lines import Shown, Writer
from desktop.exchange.paper_tables import tables_of
from desktop.exchange.paper_values import day_parts

_HEAD_KEYS = ("qr_code", "dossier_code")
_RIGHT_KEYS = ("form_code", "document_no", "reference_no", "budget_year")
_SIGNING_DAYS = {"unit": ("made_date",), "collector": ("issue_date",)}
"""The blank whose day stands over the signatures of a party, where no other place of the paper shows it."""
_PRINTED_MARK = re.compile(r"\(?[\d*]+\)?|-?")
"""Marks the decree prints; others are remarks of the pack."""
_SIGN = re.compile(r"[()]")


def paper(document: Document, form: Form) -> dict[str, Any]:
    """Give everything the template prints, every leaf a string, number or bool. Raises KeyError for a wrong layout."""
    return _Paper(document, form).page()


class _Paper:
    def __init__(self, document: Document, form: Form) -> None:
        self._document = document
        self._form = form
        self._computed = compute(document, form)
        self._writer = Writer(document, form)
        self._tables = tables_of(document, form, self._computed)
        self._blocks = {block.key: block for block in form.blocks}

    def page(self) -> dict[str, Any]:
        form, layout, write = self._form, self._form.layout, self._writer.line
        title = (layout.title or form.title).split("\n")
        return {
            "number": form.number,
            "symbol": form.symbol or "",
            "title": [write(text) for text in title],
            "plain-title": form.title,
            "head": layout.head,
            "size": layout.size,
            "landscape": form.landscape,
            "keep-out": form.do_not_write_area,
            "qr": "qr_code" in form.fields_by_key,
            "code": self._dossier_code(),
            "left": self._left(),
            "middle": [self._item(text) for text in layout.middle or self._usual_middle()],
            "right": [self._item(text) for text in layout.right or self._usual_right()],
            "body": [self._item(text) for text in layout.body or self._usual_body()],
            "notes": [
                {"mark": _SIGN.sub("", note.mark), "text": note.text}
                for note in form.footnotes
                if _PRINTED_MARK.fullmatch(note.mark)
            ],
            "secondary": form.source_confidence == "secondary",
        }

    def _dossier_code(self) -> Shown | None:
        field = self._form.fields_by_key.get("dossier_code")
        if field is None:
            return None
        value = self._document.fields.get("dossier_code")
        return {"mark": _SIGN.sub("", field.footnote or ""), "value": value if isinstance(value, str) else ""}

    def _left(self) -> list[Shown]:
        header = (self._form.issuing_header or "").split(" / ")
        bold = [self._writer.line(text, "center", bold=True) for text in header if text]
        return bold + [self._writer.line(text, "center") for text in self._form.layout.left]

    def _usual_middle(self) -> list[str]:
        subtitle = [f"@center {self._form.subtitle}"] if self._form.subtitle else []
        body = " ".join(
            [*self._form.layout.body, *(line for lines in self._form.layout.blocks.values() for line in lines)]
        )
        open_choices = [key for key in self._form.choices_by_key if f"<{key}>" not in body]
        return subtitle + ([f"@boxes {' '.join(open_choices)}"] if open_choices else [])

    def _usual_right(self) -> list[str]:
        return [f"[{key}]" for key in _RIGHT_KEYS if key in self._form.fields_by_key]

    def _usual_body(self) -> list[str]:
        form = self._form
        taken = {*_HEAD_KEYS, *_RIGHT_KEYS, *(field.key for block in form.blocks for field in block.fields)}
        lines = [f"[{field.key}]" for field in form.header_fields if field.printed and field.key not in taken]
        lines += [f"@right {form.unit_of_measure}"] if form.unit_of_measure else []
        lines += [f"@table {key}" for key in self._tables]
        lines += [f"@words {words.key}" for words in form.amounts_in_words]
        lines += [f"@block {block.key}" for block in form.blocks]
        lines += ["@treasury"] if form.treasury_block else []
        return [*lines, f"@parties {' '.join(block.party for block in form.signature_blocks)}"]

    def _item(self, text: str) -> Shown:
        if not text.startswith("@"):
            return self._writer.line(text)
        verb, _, rest = text[1:].partition(" ")
        if verb in ("center", "right"):
            return self._writer.line(rest, verb)
        if verb == "bold":
            return self._writer.line(rest, bold=True)
        return self._part(verb, rest.split())

    def _part(self, verb: str, names: list[str]) -> Shown:
        match verb:
            case "table":
                return self._table(names[0])
            case "words":
                return self._words(names[0])
            case "block":
                return {"kind": "stack", "items": self._block(self._blocks[names[0]])}
            case "beside":
                left = [part for name in names for part in self._left_part(name)]
                return {"kind": "beside", "left": left, "right": self._treasury(narrow=True)}
            case "treasury":
                return self._treasury(signed="signed" in names)
            case "parties":
                return {"kind": "parties", "parties": [self._party(name) for name in names]}
            case "boxes":
                return {
                    "kind": "columns",
                    "rows": [self._writer.boxes(self._form.choices_by_key[key]) for key in names],
                }
            case "images":
                return {"kind": "images", "images": [self._image(self._form.fields_by_key[key]) for key in names]}
        raise KeyError(verb)

    def _table(self, key: str) -> Shown:
        table, treasury = self._form.tables_by_key[key], self._form.treasury_block
        headings = self._form.layout.across.get(key)
        repeat = treasury.heading if treasury and treasury.repeats_table == key and not treasury.fields else None
        shown = self._tables[key].across(headings) if headings else self._tables[key].shown(repeat)
        above = self._form.layout.blocks.get(key) or (
            table.heading or "",
            *(f"[{name}]" for name in table.header_fields),
        )
        return {"kind": "stack", "items": [*(self._item(text) for text in above if text), shown]}

    def _left_part(self, name: str) -> list[Shown]:
        return self._block(self._blocks[name]) if name in self._blocks else [self._words(name)]

    def _words(self, key: str) -> Shown:
        item = next(words for words in self._form.amounts_in_words if words.key == key)
        given = any(self._document.tables.values()) or self._document.fields.get(item.field or "") is not None
        value = self._computed.words[key] if given else ""
        part = {"kind": "blank", "label": item.label, "mark": "", "value": value, "width": 0, "slanted": True}
        return {"kind": "line", "align": "left", "bold": False, "parts": [part]}

    def _block(self, block: Block) -> list[Shown]:
        heading = [self._writer.line(block.heading, bold=True)] if block.heading else []
        own = self._form.layout.blocks.get(block.key)
        return heading + [self._item(text) for text in own or [f"[{field.key}]" for field in block.fields]]

    def _treasury(self, narrow: bool = False, signed: bool = False) -> Shown:
        block = self._form.treasury_block
        if block is None:
            raise KeyError("treasury")
        intro = [self._writer.line(block.intro)] if block.intro else []
        own = self._form.layout.treasury or _treasury_lines(block.fields, narrow)
        sections = [item for section in block.sections for item in self._section(section, narrow)]
        repeated = [self._tables[block.repeats_table].blank()] if block.repeats_table and block.fields else []
        party = self._party("treasury") | {"heading": ""} if signed else None
        items = [*intro, *repeated, *(self._item(text) for text in own), *sections]
        return {"kind": "treasury", "heading": block.heading, "items": items, "party": party}

    def _section(self, section: TreasurySection, narrow: bool) -> list[Shown]:
        lines = [self._writer.line(section.heading, bold=True)]
        lines += [self._writer.line(text) for text in _treasury_lines(section.fields, narrow)]
        if section.table_columns:
            lines.append({"kind": "grid", "columns": list(section.table_columns), "rows": list(section.table_rows)})
        return lines

    def _party(self, name: str) -> Shown:
        block = next(block for block in self._form.signature_blocks if block.party == name)
        alone = len(block.signers) == 1 and block.signers[0].title == block.heading
        return {
            "heading": "" if alone else block.heading or "",
            "date": self._signing_day(block),
            "signers": [{"title": signer.title, "mark": signer.mark} for signer in block.signers],
        }

    def _signing_day(self, block: SignatureBlock) -> Shown | None:
        """The day over a party's signatures: that of the form for who makes it, open for others."""
        if block.date_line is None:
            return None
        signed = [self._document.fields.get(key) for key in _SIGNING_DAYS.get(block.party, ()) if not self._placed(key)]
        place = "" if block.date_line.startswith("Ng") else "……………, ngày"
        return {
            "start": place or "Ngày",
            "after": "".join(re.findall(r"\(.*\)", block.date_line)),
            **day_parts(next(iter(signed), None)),
        }

    def _placed(self, key: str) -> bool:
        """Tell whether a blank is not on the form, or has a place of its own on the paper."""
        layout = self._form.layout
        lines = [*layout.middle, *layout.right, *layout.body]
        named = any(re.search(rf"[\[{{]{key}\b", line) for line in lines)
        return key not in self._form.fields_by_key or named

    def _image(self, field: Field) -> Shown:
        value = self._document.fields.get(field.key)
        return {"label": field.label, "picture": value if isinstance(value, str) else ""}


def _treasury_lines(fields: tuple[Field, ...], narrow: bool) -> list[str]:
    """Give the lines of the Treasury's blanks: debit and credit side by side where there is room."""
    lines: list[str] = []
    for field in fields:
        if not narrow and field.key.startswith("credit_account") and lines:
            lines[-1] += f" [{field.key}]"
        else:
            lines.append(f"[{field.key}]")
    return lines
