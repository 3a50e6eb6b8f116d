"""Tries a pack that came from outside before anybody relies on it: it must hold together to the last form.

The models say what shape a pack has; here every form is worked out, checked and named once, as a draft would be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from desktop.dossier.compute import compute, fill
from desktop.dossier.dates import is_date
from desktop.dossier.document import Document, Row
from desktop.dossier.errors import VungXaError
from desktop.dossier.form_parts import Table
from desktop.dossier.forms import Form, Pack
from desktop.dossier.layout_trial import unknown_places
from desktop.dossier.pack import COMPANIONS, SHELF, VERSION, PackError, read_pack
from desktop.dossier.procedure_parts import Procedures
from desktop.dossier.purposes import Purposes

Model = TypeVar("Model", bound=BaseModel)
MAX_FORMS = 150
_FAULTS = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, VungXaError)
"""What reading or working out a form raises when the pack contradicts itself."""


def proven(files: Mapping[str, bytes]) -> Pack:
    """Build a pack from its files by name and try each form. Raises PackError pack_bad_forms, naming the part."""
    pack = _read(files)
    for form in pack.forms:
        _refuse(f"mẫu {form.number[:20]}", next(_faults(form), ""))
        try:
            line: dict[str, list[Row]] = {table.key: [{}] for table in form.line_tables}
            compute(fill(Document(form=form.ref, tables=line), form), form)
        except _FAULTS:
            raise _bad(f"mẫu {form.number[:20]}", "không tính được") from None
    _refuse("pack.json", next(_contradictions(pack, files), ""))
    _try_companions(pack, files)
    return pack


def _read(files: Mapping[str, bytes]) -> Pack:
    try:
        pack = read_pack(files.__getitem__)
    except _FAULTS:
        raise _bad("pack.json", "không đọc được") from None
    return pack


def _faults(form: Form) -> Iterator[str]:
    fields = [field.key for field in form.header_fields]
    fields += [field.key for block in form.blocks for field in block.fields]
    keys = Counter([*fields, *(choice.key for choice in form.choices)])
    yield from (f"ô «{key[:40]}» khai hai lần" for key, count in keys.items() if count > 1)
    columns = Counter(f"{table.key}.{column.key}" for table in form.line_tables for column in table.columns)
    yield from (f"cột «{name[:40]}» khai hai lần" for name, count in columns.items() if count > 1)
    asked = {source for words in form.amounts_in_words for source in words.sources}
    asked |= {name for table in form.line_tables for name in _operands(table)}
    asked |= {form.amount} if form.amount else set()
    unknown = [*sorted(asked - keys.keys() - columns.keys()), *unknown_places(form)]
    yield from (f"nói đến «{name[:40]}» không có trong mẫu" for name in unknown)


def _operands(table: Table) -> Iterator[str]:
    for formula in (column.formula for column in table.columns if column.formula):
        for key in (*formula.plus, *formula.minus, *formula.times):
            yield f"{table.key}.{key}"


def _contradictions(pack: Pack, files: Mapping[str, bytes]) -> Iterator[str]:
    if not 0 < len(pack.forms) <= MAX_FORMS:
        yield "không có mẫu nào, hoặc quá nhiều mẫu"
    ids = [form.id for form in pack.forms] + [scan.id for scan in pack.scans]
    refs = [form.ref.casefold() for form in pack.forms]
    if len(set(ids)) < len(ids) or len(set(refs)) < len(refs):
        yield "một mẫu khai hai lần"
    last = pack.valid_to or pack.valid_from
    if not (is_date(pack.valid_from) and is_date(last) and pack.valid_from <= last):
        yield "ngày hiệu lực không đúng"
    wanted = {"pack.json", *(f"{form.id}.json" for form in pack.forms)}
    if not wanted <= files.keys() or not files.keys() <= wanted | set(COMPANIONS):
        yield "tệp thừa hoặc thiếu"


def _try_companions(pack: Pack, files: Mapping[str, bytes]) -> None:
    """What stands beside the forms may speak only of forms that are there; without own files those of the program."""
    known = {form.id for form in pack.forms} | {scan.id for scan in pack.scans}
    procedures = _companion(Procedures, "procedures.json", files)
    asked = {option for case in procedures.cases.values() for part in case.components for option in part.options}
    _refuse("procedures.json", _unknown(asked - known - procedures.attachments.keys()))
    purposes = _companion(Purposes, "purposes.json", files).purposes
    _refuse("purposes.json", _unknown({start.form for item in purposes for start in item.starts} - known))
    _refuse(
        "purposes.json", _unknown({pick.case for item in purposes for pick in item.cases} - procedures.cases.keys())
    )


def _companion(model: type[Model], name: str, files: Mapping[str, bytes]) -> Model:
    try:
        return model.model_validate_json(files.get(name) or SHELF.companion(name, VERSION))
    except _FAULTS:
        raise _bad(name, "không đọc được") from None


def _unknown(names: set[str]) -> str:
    return f"nói đến «{min(names)[:40]}» không có trong bộ" if names else ""


def _refuse(part: str, fault: str) -> None:
    if fault:
        raise _bad(part, fault)


def _bad(part: str, fault: str) -> PackError:
    message = f"Bộ mẫu chưa đúng ở {part}: {fault}. Bộ mẫu không được dùng; báo Kho bạc gửi lại bản đúng."
    return PackError("pack_bad_forms", message)
