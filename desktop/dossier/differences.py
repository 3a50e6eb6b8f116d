"""Say what differs between a dossier and the one it was made from: field by field, row by row, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from desktop.dossier.dates import format_date, is_date
from desktop.dossier.document import Document, Dossier, Row, Value
from desktop.dossier.fold import fold
from desktop.dossier.form_parts import Column, Field, Table
from desktop.dossier.forms import Form, UnknownForm
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import form_of

ACCOUNTS = ("account", "payee_account", "account_no")
NAMES = ("name", "payee_name", "student_name", "account_name", "cash_recipient_name")
_TEXTS = ("content", "detail", "work")
_BANKS = ("bank", "payee_bank")
_MONEY = ("money", "signed_money", "money_fc")

Kind = Literal["added", "removed", "changed"]


class Difference(NamedTuple):
    """One difference; `document` counts from 0 in the new dossier, or in the old one for what was removed.

    `place` says where in words («Danh sách (Mẫu 20), Lò Văn A, Số tiền»), `before` and `after` are as shown, "" where
    there was nothing. `weighty` marks who is paid, into which account, and how much.
    """

    kind: Kind
    document: int
    place: str
    before: str
    after: str
    table: str = ""
    row: int | None = None
    key: str = ""
    weighty: bool = False


def differences(new: Dossier, old: Dossier) -> tuple[Difference, ...]:
    """Return every difference, those about payees and amounts first, else in the order of the paper."""
    pairs, added, removed = _pair_documents(new.documents, old.documents)
    found = [Difference("changed", -1, "Tên hồ sơ", old.title, new.title)] if new.title != old.title else []
    for mine, its in pairs:
        found += _documents(mine, new.documents[mine], old.documents[its])
    found += [
        Difference("added", place, _name(new.documents[place]), "", "thêm mẫu này", weighty=True) for place in added
    ]
    found += [
        Difference("removed", place, _name(old.documents[place]), "có mẫu này", "", weighty=True) for place in removed
    ]
    return tuple(sorted(found, key=lambda item: not item.weighty))


def _pair_documents(
    new: Sequence[Document], old: Sequence[Document]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pair documents of one form in their order."""
    free = list(range(len(old)))
    pairs, added = [], []
    for mine, document in enumerate(new):
        its = next((place for place in free if old[place].form == document.form), None)
        if its is None:
            added.append(mine)
        else:
            free.remove(its)
            pairs.append((mine, its))
    return pairs, added, free


def _form(document: Document) -> Form | None:
    try:
        return form_of(document.form)
    except UnknownForm:
        return None


def _name(document: Document) -> str:
    form = _form(document)
    return f"{form.short_title} (Mẫu {form.number})" if form else document.form


def _documents(place: int, new: Document, old: Document) -> Iterator[Difference]:
    form, name = _form(new), _name(new)
    fields: Mapping[str, Field] = form.fields_by_key if form else {}
    for key in _in_order(fields, old.fields, new.fields):
        for item in _value(place, name, key, fields.get(key), old.fields.get(key), new.fields.get(key)):
            yield item._replace(weighty=True) if form and key == form.amount else item
    choices = form.choices_by_key if form else {}
    for key in _in_order(choices, old.choices, new.choices):
        before, after = (
            ", ".join(choices[key].labels.get(value, value) for value in choices[key].ticked(ticked))
            if key in choices
            else str(ticked or "")
            for ticked in (old.choices.get(key), new.choices.get(key))
        )
        if before != after:
            label = choices[key].label if key in choices else key
            yield Difference("changed", place, f"{name}, {label}", before, after, key=key)
    for key in _in_order(form.tables_by_key if form else {}, old.tables, new.tables):
        table = form.tables_by_key.get(key) if form else None
        yield from _rows(place, name, key, table, new.tables.get(key, []), old.tables.get(key, []))


def _in_order(known: Mapping[str, object], *given: Mapping[str, object]) -> list[str]:
    return list(dict.fromkeys([*known, *(key for values in given for key in values)]))


def _value(
    document: int,
    where: str,
    key: str,
    blank: Field | Column | None,
    before: Value,
    after: Value,
    table: str = "",
    row: int | None = None,
) -> Iterator[Difference]:
    if (before or None) == (after or None) or (blank is not None and blank.filled_by != "unit"):
        return
    label = blank.label.strip(" :") if blank else key
    kind = blank.type if blank else "text"
    weighty = key in (*ACCOUNTS, *NAMES, *_BANKS) or (kind in _MONEY and bool(table))
    shown = (_shown(before, kind), _shown(after, kind))
    yield Difference("changed", document, f"{where}, {label}", *shown, table, row, key, weighty)


def _shown(value: Value, kind: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int) and kind in _MONEY:
        return f"{format_vnd(value)} đ"
    return format_date(value) if isinstance(value, str) and kind == "date" and is_date(value) else str(value)


def _rows(
    document: int, where: str, key: str, table: Table | None, new: Sequence[Row], old: Sequence[Row]
) -> Iterator[Difference]:
    columns: Mapping[str, Column] = table.columns_by_key if table else {}
    pairs = pair_rows(new, old)
    met = set(pairs.values())
    for index, row in enumerate(new):
        if index not in pairs:
            yield Difference(
                "added", document, _row_name(where, row, index), "", _gist(row, columns), key, index, "", True
            )
            continue
        before = old[pairs[index]]
        if before.get("group") != row.get("group"):
            groups = {item.key: item.label for item in table.row_groups} if table else {}
            then, now = (groups.get(str(its.get("group")), "") for its in (before, row))
            yield Difference(
                "changed", document, f"{_row_name(where, row, index)}, Nhóm", then, now, key, index, "group"
            )
        for name in _in_order(columns, before, row):
            if name not in ("stt", "group"):
                place = _row_name(where, row, index)
                yield from _value(document, place, name, columns.get(name), before.get(name), row.get(name), key, index)
    for index, row in enumerate(old):
        if index not in met:
            yield Difference(
                "removed", document, _row_name(where, row, index), _gist(row, columns), "", key, index, "", True
            )


def _row_name(where: str, row: Row, index: int) -> str:
    who = next((str(row[key]) for key in (*NAMES, *_TEXTS) if row.get(key)), "")
    return f"{where}, dòng {index + 1}" + (f" «{who[:60]}»" if who else "")


def _gist(row: Row, columns: Mapping[str, Column]) -> str:
    """Give a whole row in few words: its account and its money."""
    account = next((str(row[key]) for key in ACCOUNTS if row.get(key)), "")
    money = [_shown(row.get(key), column.type) for key, column in columns.items() if column.type in _MONEY]
    return ", ".join(filter(None, (account, *money))) or "một dòng"


def pair_rows(new: Sequence[Row], old: Sequence[Row]) -> dict[int, int]:
    """Pair rows of two tables: by account, then by name, then by what they are for, then by place; each row once."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    for keys in (ACCOUNTS, NAMES, _TEXTS):
        waiting: dict[str, list[int]] = {}
        for its in free:
            if sign := _sign(old[its], keys):
                waiting.setdefault(sign, []).append(its)
        for mine, row in enumerate(new):
            found = waiting.get(_sign(row, keys)) if mine not in pairs else None
            if found:
                pairs[mine] = found.pop(0)
                del free[pairs[mine]]
    return pairs | _by_place(new, old, pairs, list(free))


def _sign(row: Row, keys: Sequence[str]) -> str:
    """Return what a row is known by, without marks, spaces, signs and figures of a period in a text."""
    value = next((str(row[key]) for key in keys if row.get(key)), "")
    plain = "".join(sign for sign in fold(value) if sign.isalnum())
    return "".join(sign for sign in plain if not sign.isdigit()) if keys is _TEXTS else plain


def _by_place(new: Sequence[Row], old: Sequence[Row], pairs: Mapping[int, int], free: Sequence[int]) -> dict[int, int]:
    """Pair what is left at the same place, when neither row names a payee: such a row is another one, not a change."""
    payees = (*ACCOUNTS, *NAMES)
    return {
        place: place
        for place in free
        if place < len(new) and place not in pairs and not _sign(new[place], payees) and not _sign(old[place], payees)
    }
