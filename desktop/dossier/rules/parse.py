"""Read a document from foreign JSON: whatever is wrong becomes a problem at its place, never an exception."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.dossier.document import Document, Level, Problem, Row, Value, Where
from desktop.dossier.forms import Form, UnknownForm
from desktop.dossier.pack import form_of
from desktop.dossier.rules.shape import MAX_ROWS

_PARTS = {"fields": "các ô", "choices": "các mục chọn", "tables": "các bảng", "flags": "các dấu"}
_TICKS = ("M01-5", "M08-1", "M13-1", "M14-1", "M15-1", "M17-1", "M19-1")
_MAX_KEYS = 200
_MAX_BITS = 63


def parse_document(value: object) -> tuple[Document | None, list[Problem]]:
    """Read {"form", "fields", "choices", "tables", "flags"}; the document is None when no known form is named.

    Values of a wrong kind are left out and reported under "type"; fractions of a đồng are never rounded.
    """
    if not isinstance(value, Mapping):
        return None, [
            _problem("form", "Tệp không chứa một chứng từ. Chứng từ là một đối tượng JSON có «form».", Where())
        ]
    reader = _Reader()
    form = reader.form(value.get("form"))
    if form is None:
        return None, reader.problems
    for key in value.keys() - {"form", *_PARTS}:
        reader.say("unknown", f"Chương trình không biết phần «{str(key)[:40]}» và bỏ qua.", Where(), Level.WARNING)
    fields = reader.fields(value.get("fields"), form)
    choices = reader.choices(value.get("choices"), form)
    for key in choices.keys() & form.fields_by_key.keys():
        fields.setdefault(key, choices.pop(key))  # a blank with boxes of its own, e.g. the kind of a contract
    tables = reader.tables(value.get("tables"), form)
    flags = reader.flags(value.get("flags"))
    document = Document(form=form.ref, fields=fields, choices=choices, tables=tables, flags=flags)
    return document, reader.problems


def _problem(rule: str, message: str, where: Where, level: Level = Level.ERROR, also: tuple[str, ...] = ()) -> Problem:
    return Problem(rule=rule, level=level, where=where, message=message, also=also)


class _Reader:
    """Collects problems while it reads the parts."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(self, rule: str, message: str, where: Where, level: Level = Level.ERROR) -> None:
        self.problems.append(_problem(rule, message, where, level))

    def form(self, name: object) -> Form | None:
        if not isinstance(name, str) or not name.strip():
            self.say("form", "Chưa ghi mẫu chứng từ. Ghi ký hiệu mẫu ở «form», ví dụ C2-02a/NS.", Where())
            return None
        try:
            return form_of(name)
        except UnknownForm as error:
            self.say("form", error.message, Where())
            return None

    def part(self, name: str, value: object) -> dict[str, object]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.say("type", f"Phần «{name}» phải là một đối tượng JSON chứa {_PARTS[name]}.", Where(field=name))
            return {}
        if len(value) > _MAX_KEYS:
            self.say("too_long", f"Phần «{name}» có quá nhiều mục. Chỉ ghi các ô của mẫu.", Where(field=name))
        return {str(key): item for key, item in list(value.items())[:_MAX_KEYS]}

    def scalar(self, value: object, where: Where, name: str) -> Value:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            if value.bit_length() <= _MAX_BITS:
                return int(value)
            self.say("type", f"{name}: số quá lớn. Xem lại số chữ số.", where)
        elif isinstance(value, float):
            self.say("type", f"{name}: chỉ nhận số nguyên, không nhận số có phần lẻ. Ghi ví dụ 15400000.", where)
        elif isinstance(value, str):
            return value
        else:
            self.say("type", f"{name}: chỉ nhận chữ hoặc số nguyên, không nhận danh sách hay đối tượng.", where)
        return None

    def fields(self, value: object, form: Form) -> dict[str, Value]:
        part = self.part("fields", value)
        named = form.fields_by_key
        return {
            key: self.scalar(item, Where(field=key), f"Ô «{named[key].label if key in named else key[:40]}»")
            for key, item in part.items()
        }

    def choices(self, value: object, form: Form) -> dict[str, str]:
        read: dict[str, str] = {}
        for key, item in self.part("choices", value).items():
            if isinstance(item, str):
                read[key] = item.strip()
            elif isinstance(item, list) and all(isinstance(value, str) for value in item):
                choice = form.choices_by_key.get(key)
                read[key] = " ".join(item)
                if len(item) > 1 and (choice is None or choice.select == "one"):
                    del read[key]
                    names = [*(rule.id for rule in form.validations if rule.id in _TICKS), "R-069"]
                    message = "Đã đánh dấu nhiều ô trong một cặp. Chọn đúng một ô."
                    self.problems.append(_problem(names[0], message, Where(field=key), also=tuple(names[1:])))
            elif item is not None:
                self.say("type", f"Mục chọn «{key[:40]}» phải là một chữ trong các giá trị của mẫu.", Where(field=key))
        return {key: item for key, item in read.items() if item}

    def flags(self, value: object) -> dict[str, bool]:
        read: dict[str, bool] = {}
        for key, item in self.part("flags", value).items():
            if isinstance(item, bool):
                read[key] = item
            elif item is not None:
                self.say("type", f"Dấu «{key[:40]}» chỉ nhận true hoặc false.", Where(field=key))
        return read

    def tables(self, value: object, form: Form) -> dict[str, list[Row]]:
        read: dict[str, list[Row]] = {}
        for key, rows in self.part("tables", value).items():
            if isinstance(rows, list):
                table = form.tables_by_key.get(key)
                labels = {column.key: column.label for column in table.columns} if table else {}
                read[key] = [
                    self.row(Where(table=key, row=index), row, labels) for index, row in enumerate(rows[:MAX_ROWS])
                ]
                if len(rows) > MAX_ROWS:
                    message = f"Bảng có {len(rows)} dòng, một chứng từ nhận nhiều nhất {MAX_ROWS} dòng. Tách chứng từ."
                    self.say("too_long", message, Where(table=key))
            elif rows is not None:
                self.say("type", f"Bảng «{key[:40]}» phải là một danh sách các dòng.", Where(table=key))
        return read

    def row(self, where: Where, row: object, labels: Mapping[str, str]) -> Row:
        line = f"Dòng {(where.row or 0) + 1}"
        if not isinstance(row, Mapping):
            self.say("type", f"{line} phải là một đối tượng JSON.", where)
            return {}
        cells: Row = {}
        for key, item in list(row.items())[:_MAX_KEYS]:
            name = f"{line}, cột «{labels.get(str(key), str(key)[:40])}»"
            cells[str(key)] = self.scalar(item, where.model_copy(update={"column": str(key)}), name)
        return cells
