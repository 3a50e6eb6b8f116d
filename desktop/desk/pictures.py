"""The pictures a form shows, specimens of seals and signatures, from the unit's store by the names it gives them."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.document import Document
from desktop.dossier.forms import Form
from desktop.dossier.pack import form_of
from desktop.store.store import Store

_PICTURES = ("image", "signature_image")


def pictures(store: Store, document: Document) -> dict[str, bytes]:
    """Bytes by sha256 of every picture a document names and the store has. Raises UnknownForm, StoreError."""
    named = sorted(picture_names(document))
    return {sha256: store.attachments.open_bytes(sha256) for sha256 in named if store.attachments.has(sha256)}


def picture_names(document: Document) -> set[str]:
    """The digests (sha256) of every picture a document names. Raises UnknownForm."""
    return {value for value in _named(document, form_of(document.form)) if isinstance(value, str)}


def _named(document: Document, form: Form) -> Iterator[object]:
    for key, field in form.fields_by_key.items():
        if field.type in _PICTURES:
            yield document.fields.get(key)
    for table in form.line_tables:
        columns = [column.key for column in table.columns if column.type in _PICTURES]
        for row in document.tables.get(table.key, []):
            yield from (row.get(key) for key in columns)
