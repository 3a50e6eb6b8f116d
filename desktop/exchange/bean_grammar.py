"""The whole of Java's bean language that a voucher may use, as frames on a stack: what is not here is refused.

Java would *run* such a file: `object` makes objects of any class, `method` calls anything, `idref` ties knots.
Here a file is only data: two bean classes, one list, one instant, five scalars.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn, Protocol

from desktop.exchange.bean_scalars import parse_scalar
from desktop.exchange.beans import (
    DECODER_CLASS,
    HEADER_CLASS,
    LINE_CLASS,
    LIST_CLASS,
    SCALARS,
    TIMESTAMP_CLASS,
    Bean,
    BeanValue,
    Timestamp,
)
from desktop.exchange.errors import DvcError
from desktop.exchange.limits import MAX_DVC_LINES, MAX_XML_TEXT

_NAME_LENGTH = 64
_Attributes = Mapping[str, str]
_Sink = Callable[[BeanValue], None]


class Frame(Protocol):
    """An element that is open: what may stand inside it, what its text means, what happens when it closes."""

    def child(self, tag: str, attributes: _Attributes, /) -> Frame:
        """Give the frame of an element inside this one. Raises DvcError when none may stand here."""

    def text(self, data: str) -> None:
        """Take text; between elements it is stray and forgotten."""

    def close(self) -> None:
        """End the element."""


class _Container:
    """What every element but a scalar does: stray text between elements is tolerated, as exporters write it."""

    def text(self, data: str) -> None:
        """Forget it."""

    def close(self) -> None:
        """Nothing to do."""


class DocumentFrame(_Container):
    """The file itself: `bean` is the voucher once it was read."""

    def __init__(self) -> None:
        self.bean: Bean | None = None

    def child(self, tag: str, attributes: _Attributes) -> Frame:
        """Allow `java` only."""
        if tag != "java":
            raise DvcError("not_dvc", "Tệp XML này không phải chứng từ DVC. Hãy xuất lại từ phần mềm kế toán.")
        _check(attributes, {"class": DECODER_CLASS, "version": None})
        return _JavaFrame(self)


class _JavaFrame(_Container):
    def __init__(self, document: DocumentFrame) -> None:
        self._document = document

    def child(self, tag: str, attributes: _Attributes) -> Frame:
        if tag != "object" or self._document.bean is not None:
            _refuse_structure()
        _check(attributes, {"class": HEADER_CLASS})
        self._document.bean = Bean()
        return _BeanFrame(self._document.bean)


class _BeanFrame(_Container):
    """An object and its properties; one exporter writes a property empty and then again with its value."""

    def __init__(self, bean: Bean) -> None:
        self._properties = bean.properties
        self._repeated: set[str] = set()

    def child(self, tag: str, attributes: _Attributes) -> Frame:
        if tag != "void":
            _refuse_structure()
        _check(attributes, {"property": None})
        name = attributes.get("property", "")
        if not (name.isascii() and name.isidentifier() and len(name) <= _NAME_LENGTH):
            _refuse_structure()
        again = name in self._properties
        if again and (name in self._repeated or self._properties[name] is not None):
            _refuse_duplicate(name)
        if again:
            self._repeated.add(name)
        self._properties[name] = None
        return _PropertyFrame(name, self._properties, must_say=again)


class _PropertyFrame(_Container):
    def __init__(self, name: str, properties: dict[str, BeanValue], *, must_say: bool) -> None:
        self._name = name
        self._properties = properties
        self._must_say = must_say
        self._filled = False

    def child(self, tag: str, attributes: _Attributes) -> Frame:
        if self._filled:
            _refuse_structure()
        self._filled = True
        if tag in SCALARS:
            _check(attributes, {})
            return _ScalarFrame(tag, self._name, self._store)
        if tag != "object":
            _refuse_structure()
        if attributes.get("class") == TIMESTAMP_CLASS:
            _check(attributes, {"class": TIMESTAMP_CLASS})
            return _TimestampFrame(self._name, self._store)
        _check(attributes, {"class": LIST_CLASS})
        beans: list[Bean] = []
        self._store(beans)
        return _ListFrame(beans)

    def close(self) -> None:
        """Refuse a second time that says nothing either."""
        if self._must_say and self._properties[self._name] is None:
            _refuse_duplicate(self._name)

    def _store(self, value: BeanValue) -> None:
        self._properties[self._name] = value


class _ListFrame(_Container):
    def __init__(self, beans: list[Bean]) -> None:
        self._beans = beans

    def child(self, tag: str, attributes: _Attributes) -> Frame:
        if tag != "void":
            _refuse_structure()
        _check(attributes, {"method": "add"})
        if len(self._beans) >= MAX_DVC_LINES:
            raise DvcError("too_large", f"Chứng từ có hơn {MAX_DVC_LINES} dòng nên không được đọc. Hãy tách nhỏ ra.")
        return _AddFrame(self._beans)


class _AddFrame(_Container):
    def __init__(self, beans: list[Bean]) -> None:
        self._beans = beans
        self._filled = False

    def child(self, tag: str, attributes: _Attributes) -> Frame:
        if tag != "object" or self._filled:
            _refuse_structure()
        _check(attributes, {"class": LINE_CLASS})
        self._filled = True
        bean = Bean()
        self._beans.append(bean)
        return _BeanFrame(bean)

    def close(self) -> None:
        if not self._filled:
            _refuse_structure()


class _TimestampFrame(_Container):
    def __init__(self, name: str, sink: _Sink) -> None:
        self._name = name
        self._sink = sink
        self._filled = False

    def child(self, tag: str, attributes: _Attributes) -> Frame:
        if tag != "long" or self._filled:
            _refuse_structure()
        _check(attributes, {})
        self._filled = True
        return _ScalarFrame(tag, self._name, self._store)

    def _store(self, value: BeanValue) -> None:
        self._sink(Timestamp(value if isinstance(value, int) else None))


class _ScalarFrame:
    def __init__(self, tag: str, name: str, sink: _Sink) -> None:
        self._tag = tag
        self._name = name
        self._sink = sink
        self._parts: list[str] = []
        self._length = 0

    def child(self, _tag: str, _attributes: _Attributes) -> Frame:
        _refuse_structure()

    def text(self, data: str) -> None:
        self._length += len(data)
        if self._length > MAX_XML_TEXT:
            raise DvcError("too_large", f"Mục «{self._name}» dài quá {MAX_XML_TEXT} ký tự. Hãy rút ngắn rồi xuất lại.")
        self._parts.append(data)

    def close(self) -> None:
        self._sink(parse_scalar(self._tag, "".join(self._parts), self._name))


def _check(attributes: _Attributes, allowed: Mapping[str, str | None]) -> None:
    """Allow exactly the attributes named; a value of None allows any value, else it must be that one."""
    for name, value in attributes.items():
        if name in ("id", "idref"):
            raise DvcError("reference_forbidden", "Tệp có tham chiếu (id, idref) nên bị từ chối. Hãy xuất lại tệp.")
        wanted = allowed.get(name)
        if name == "method" and wanted != value:
            raise DvcError(
                "method_forbidden", "Tệp gọi lệnh khác «add» nên bị từ chối. Chỉ nhận tệp do phần mềm kế toán xuất."
            )
        if name == "class" and wanted != value:
            raise DvcError("foreign_class", "Tệp có lớp Java lạ nên bị từ chối. Chỉ nhận tệp do phần mềm kế toán xuất.")
        if name not in allowed:
            _refuse_structure()
    if any(name not in attributes for name in allowed if name != "version"):
        _refuse_structure()


def _refuse_duplicate(name: str) -> NoReturn:
    raise DvcError("duplicate_property", f"Tệp ghi hai lần mục «{name}». Hãy xuất lại từ phần mềm kế toán.")


def _refuse_structure() -> NoReturn:
    raise DvcError(
        "bad_structure", "Tệp không đúng cấu trúc chứng từ DVC nên không được đọc. Hãy xuất lại từ phần mềm kế toán."
    )
