"""Writes a voucher as accounting programs do: UTF-8 with BOM, CRLF, indented, properties in the order of the alphabet.

The same voucher always gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from xml.sax.saxutils import escape

from desktop.exchange.beans import (
    DECODER_CLASS,
    HEADER_CLASS,
    LINE_CLASS,
    LIST_CLASS,
    TIMESTAMP_CLASS,
    Bean,
    BeanValue,
    Timestamp,
)

_JAVA = "1.7.0_17"
"""The version every file seen names; no reader looks at it."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest instant a ZIP can hold: a file must not differ by the minute it was written."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_writable(text: str) -> bool:
    """Tell whether XML can hold a text: no control signs, no half of a surrogate pair."""
    return _FORBIDDEN.search(text) is None


def write_bean(bean: Bean) -> bytes:
    """Give the whole file; every text must be writable."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<java version="{_JAVA}" class="{DECODER_CLASS}">',
        f'  <object class="{HEADER_CLASS}">',
        *_properties(bean, "    "),
        "  </object>",
        "</java>",
    ]
    return "\r\n".join(lines).encode("utf-8-sig")


def zipped(name: str, content: bytes) -> bytes:
    """Give a ZIP of one member, the same for the same content."""
    buffer = io.BytesIO()
    member = zipfile.ZipInfo(name, _EARLIEST)
    member.external_attr = 0o600 << 16
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _properties(bean: Bean, indent: str) -> Iterator[str]:
    for name in sorted(bean.properties):
        value = bean.properties[name]
        if isinstance(value, list):
            yield f'{indent}<void property="{name}"><object class="{LIST_CLASS}">'
            for line in value:
                yield f'{indent}  <void method="add"><object class="{LINE_CLASS}">'
                yield from _properties(line, indent + "    ")
                yield f"{indent}  </object></void>"
            yield f"{indent}</object></void>"
        elif value is None:
            yield f'{indent}<void property="{name}" />'
        else:
            yield f'{indent}<void property="{name}">{_scalar(value)}</void>'


def _scalar(value: BeanValue) -> str:
    if isinstance(value, Timestamp):
        return f'<object class="{TIMESTAMP_CLASS}"><long>{value.milliseconds}</long></object>'
    if isinstance(value, bool):
        return f"<boolean>{str(value).lower()}</boolean>"
    if isinstance(value, int):
        return f"<long>{value}</long>"
    if isinstance(value, Decimal):
        return f"<double>{value:f}</double>"
    return f"<string>{escape(str(value), {chr(13): '&#13;'})}</string>"
