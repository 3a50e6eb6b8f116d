"""Writes voucher files as accounting programs do, quirks included; independent of the reader under test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

HEADER = "dvc.service.custom.TemplateChungTu"
LINE = "dvc.service.custom.TemplateChungTuGt"
Scalar = tuple[str, str]
"""The element's name and its text, e.g. ("double", "15400000")."""
Properties = Mapping[str, Scalar | None]

C202A: dict[str, Scalar | None] = {
    "typeChungTu": ("long", "1"),
    "gnTaiLieuId": ("long", "423"),
    "soChungTu": ("string", "RDT0012"),
    "ngayChungTu": ("timestamp", "1781542800000"),
    "dmTiente": ("string", "VND"),
    "dvqhnsMa": ("string", "1098765"),
    "dvqhnsTen": ("string", "UBND xã Mường Lý"),
    "thucchiTamung": ("string", "0"),
    "chuyenkhoanTienmat": ("string", "0"),
    "tongSoTien": ("double", "15400000"),
}
C203: dict[str, Scalar | None] = {
    "typeChungTu": ("long", "2"),
    "gnTaiLieuId": ("long", "88"),
    "soChungTu": ("string", "TT01"),
    "dvqhnsCancuTuUtNgay": ("timestamp", "1772384400000"),
    "dvqhnsNamns": ("long", "2026"),
    "tongSoTien": ("double", "0"),
}
C402A: dict[str, Scalar | None] = {
    "typeChungTu": ("long", "13"),
    "gnTaiLieuId": ("long", "425"),
    "soChungTu": ("string", "UNC0007"),
    "ngayChungTu": ("timestamp", "1772384400000"),
    "tongSoTien": ("double", "3200000.0"),
}
LINE_C202: dict[str, Scalar | None] = {
    "noiDung": ("string", "Tiền điện"),
    "dmChuong": ("string", "800"),
    "dmNdkt": ("string", "6501"),
    "dmNganhKt": ("string", "341"),
    "dmNguonchi": ("string", "13"),
    "soTien": ("double", "15400000"),
}
LINE_C203: dict[str, Scalar | None] = {
    "dmChuong": ("string", "800"),
    "dmNdkt": ("string", "6651"),
    "dmNganhKt": ("string", "341"),
    "dmNguonchi": ("string", "13"),
    "soUngTruoc": ("double", "20000000"),
    "soDeNghi": ("double", "18450000"),
}
LISTS = {"1": "gnHosoC202GtByGnHosoC202", "2": "gnHosoC203GtByGnHosoC203", "13": "gnHosoC402GtByGnHosoC402"}


def voucher(header: Properties, lines: Sequence[Properties] = (), list_name: str | None = None) -> bytes:
    """The XML of one voucher with BOM, CRLF and indentation."""
    kind = header.get("typeChungTu")
    name = list_name or LISTS[kind[1] if kind else "1"]
    added = "".join(f'<void method="add"><object class="{LINE}">{_all(line)}</object></void>\r\n' for line in lines)
    body = f'<void property="{name}"><object class="java.util.ArrayList">{added}</object></void>'
    return wrapped(f'<object class="{HEADER}">\r\n{_all(header)}{body}</object>')


def wrapped(inner: str) -> bytes:
    """Any content inside the document's two outer layers."""
    start = '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<java version="1.7.0_17" class="java.beans.XMLDecoder">'
    return f"{start}{inner}</java>".encode()


def _all(properties: Properties) -> str:
    return "".join(_property(name, value) for name, value in properties.items())


def _property(name: str, value: Scalar | None) -> str:
    if value is None:
        return f'<void property="{name}" />\r\n'
    kind, text = value
    inner = f"<{kind}>{escape(text)}</{kind}>"
    if kind == "timestamp":
        inner = f'<object class="java.sql.Timestamp"><long>{text}</long></object>'
    return f'<void property="{name}">{inner}</void>\r\n'


def saved(folder: Path, content: bytes, name: str = "C202aRDT0012.xml") -> Path:
    """The content as a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of the members, names taken as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()
