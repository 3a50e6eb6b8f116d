"""Carry a draft over to a newer form pack and say what changed, so that nobody finds out at the Treasury.

What the new form no longer has is taken out and named; nothing is guessed for what it has and the old one had not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from desktop.dossier.document import Document, Dossier, Row
from desktop.dossier.forms import Form, Pack, UnknownForm
from desktop.dossier.pack import SHELF
from desktop.dossier.procedures import UNKNOWN_CASE, procedures

WHOLE = -1
"""In place of a document's number where a change concerns the whole dossier."""


class Change(NamedTuple):
    """One difference that touches a draft; `document` counts from 0 or is WHOLE, `message` is Vietnamese.

    `kind` is "form_gone", "removed", "renamed", "retyped", "required", "option_gone" or "case_gone".
    """

    kind: str
    document: int
    key: str
    message: str


@dataclass(frozen=True)
class Migration:
    """The draft under the new pack, and what the preparer must look at."""

    dossier: Dossier
    changes: tuple[Change, ...]


def carry_over(dossier: Dossier, version: str) -> Migration:
    """Move a draft to another pack by way of every known one between, since each names only what the last one called.

    Raises PackError unknown_pack for a pack that is not on the shelf.
    """
    order = [*SHELF.versions()]
    start, end = (order.index(SHELF.get(name).version) for name in (dossier.pack, version))
    step = 1 if start <= end else -1
    changes: list[Change] = []
    for place in range(start, end, step):
        done = migrate(dossier, SHELF.get(order[place]), SHELF.get(order[place + step]))
        dossier, changes = done.dossier, [*changes, *done.changes]
    if start != end and dossier.case != UNKNOWN_CASE and dossier.case not in procedures(version).cases:
        message = "Bộ mẫu mới không còn trường hợp của hồ sơ này. Chọn lại việc cần làm."
        changes.append(Change("case_gone", WHOLE, dossier.case, message))
    return Migration(dossier, tuple(changes))


def migrate(dossier: Dossier, old: Pack, new: Pack) -> Migration:
    """Move a draft from one pack to another; a document whose form is gone stays as it is and is named."""
    documents: list[Document] = []
    changes: list[Change] = []
    for index, document in enumerate(dossier.documents):
        try:
            before, after = old.form(document.form), new.form(old.form(document.form).id)
        except UnknownForm:
            message = f"Bộ mẫu mới không còn mẫu «{document.form}». Lập chứng từ này theo mẫu thay thế rồi xóa bản cũ."
            changes.append(Change("form_gone", index, document.form, message))
            documents.append(document)
            continue
        renames = _renames(old, new, after.id)
        documents.append(_moved(document, after, renames))
        changes += _changes(document, index, before, after, renames)
    moved = dossier.model_copy(update={"documents": tuple(documents), "pack": new.version})
    return Migration(moved, tuple(changes))


def _renames(old: Pack, new: Pack, form_id: str) -> dict[str, str]:
    """What keys of the old pack are called in the new one, also when an earlier pack is taken up again."""
    if (new.valid_from, new.version) >= (old.valid_from, old.version):
        return new.renames.get(form_id, {})
    return {name: key for key, name in old.renames.get(form_id, {}).items()}


def _moved(document: Document, form: Form, renames: dict[str, str]) -> Document:
    fields = {renames.get(key, key): value for key, value in document.fields.items()}
    choices = {renames.get(key, key): value for key, value in document.choices.items()}
    tables = {renames.get(key, key): rows for key, rows in document.tables.items()}
    return document.model_copy(
        update={
            "form": form.ref,
            "fields": {key: value for key, value in fields.items() if key in form.fields_by_key},
            "choices": {k: v for k, v in choices.items() if k in form.choices_by_key and _boxes_exist(form, k, v)},
            "tables": {
                key: _rows(form, key, rows, renames) for key, rows in tables.items() if key in form.tables_by_key
            },
        }
    )


def _boxes_exist(form: Form, key: str, value: str) -> bool:
    choice = form.choices_by_key[key]
    return set(choice.ticked(value)) <= choice.labels.keys()


def _rows(form: Form, table: str, rows: list[Row], renames: dict[str, str]) -> list[Row]:
    known = {*form.tables_by_key[table].columns_by_key, "group"}
    renamed = ({renames.get(key, key): value for key, value in row.items()} for row in rows)
    return [{key: value for key, value in row.items() if key in known} for row in renamed]


def _changes(document: Document, index: int, before: Form, after: Form, renames: dict[str, str]) -> Iterator[Change]:
    labels, types = _places(after)
    old_labels, old_types = _places(before)
    used = [*document.fields, *document.choices, *dict.fromkeys(_columns_used(document))]
    for key in used:
        name = renames.get(key, key)
        label = old_labels.get(key, key)
        if name not in labels:
            yield Change(
                "removed", index, key, f"{after.short_title}: mẫu mới không còn ô «{label}», nội dung đã ghi bị bỏ."
            )
        elif labels[name] != label:
            yield Change("renamed", index, key, f"{after.short_title}: ô «{label}» nay là «{labels[name]}».")
        if name in types and key in old_types and types[name] != old_types[key]:
            yield Change("retyped", index, key, f"{after.short_title}: ô «{labels[name]}» đổi cách ghi. Xem lại ô này.")
    for key, value in document.choices.items():
        name = renames.get(key, key)
        if name in after.choices_by_key and not _boxes_exist(after, name, value):
            message = f"{after.short_title}: ô đã đánh dấu ở «{labels[name]}» không còn. Chọn lại."
            yield Change("option_gone", index, key, message)
    old_names = {renames.get(key, key) for key in old_labels}
    for key in sorted(_demanded(after) - old_names):
        message = f"{after.short_title}: mẫu mới có thêm ô «{labels[key]}» phải điền."
        yield Change("required", index, key, message)


def _columns_used(document: Document) -> Iterator[str]:
    for rows in document.tables.values():
        for row in rows:
            yield from (key for key, value in row.items() if value is not None and key != "group")


def _places(form: Form) -> tuple[dict[str, str], dict[str, str]]:
    """Labels and types of everything a document of the form may hold, by key."""
    labels: dict[str, str] = {choice.key: choice.label for choice in form.choices}
    types: dict[str, str] = dict.fromkeys(form.choices_by_key, "choice")
    for field in form.fields_by_key.values():
        labels[field.key], types[field.key] = field.label, field.type
    for column in (column for table in form.line_tables for column in table.columns):
        labels[column.key], types[column.key] = column.label, column.type
    return labels, types


def _demanded(form: Form) -> set[str]:
    fields = {key for key, field in form.fields_by_key.items() if field.required == "yes" and field.filled_by == "unit"}
    return fields | {choice.key for choice in form.choices if choice.required == "yes"}
