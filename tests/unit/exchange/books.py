"""Workbooks for tests in formats no library here writes."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
TO_TCVN3 = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
)
"""Writes Unicode as a TCVN3 font shows it; capitals with tones have no letter there and stay."""


def ods_of_xml(path: Path, rows: str, manifest: str = "") -> Path:
    """An ODS file of one sheet with the table rows given as XML."""
    kept = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}'
    table = f'<office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {_NAMES}><office:body>{table}</office:body></office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", kept + "</manifest:manifest>")
        archive.writestr("content.xml", content)
    return path


def ods(path: Path, rows: list[list[object]]) -> Path:
    """An ODS file of one sheet: numbers as numbers, text as text, None as an empty cell."""
    return ods_of_xml(path, "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows))


def _cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    words = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string">{words}</table:table-cell>'
