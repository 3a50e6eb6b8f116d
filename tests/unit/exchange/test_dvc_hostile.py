"""Proofs that malformed, hostile and huge voucher files are refused by their exact code, with nothing run."""

import io
import resource
import zipfile
from pathlib import Path

import pytest

from desktop.exchange.dvc import read_dvc
from desktop.exchange.errors import DvcError
from tests.unit.exchange.vouchers import C202A, HEADER, LINE, LINE_C202, Scalar, saved, voucher, wrapped, zipped

GOOD = voucher(C202A, [LINE_C202])
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def code_of(folder: Path, content: bytes, name: str = "C202a1.xml") -> str:
    with pytest.raises(DvcError) as caught:
        read_dvc(saved(folder, content, name))
    assert caught.value.message.endswith(".")
    return caught.value.code


def with_prolog(prolog: str) -> bytes:
    return GOOD.replace(b"<java ", prolog.encode() + b"<java ")


def inside(properties: str) -> bytes:
    return wrapped(f'<object class="{HEADER}">{properties}</object>')


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_xml"),
        (b"%PDF-1.7", "not_xml"),
        (b"<html><body>login</body></html>", "not_dvc"),
        (GOOD[:-20], "truncated"),
        (GOOD.replace(b"RDT0012", b"\xff\xfe"), "not_utf8"),
        (GOOD.decode().encode("utf-16"), "not_utf8"),
        (GOOD.replace(b"RDT0012", b"&undefined;"), "truncated"),
        (wrapped(""), "empty"),
        (with_prolog(BOMB), "entities_forbidden"),
        (with_prolog(OUTSIDE), "entities_forbidden"),
        (with_prolog('<!DOCTYPE java SYSTEM "http://127.0.0.1/x.dtd">'), "entities_forbidden"),
        (with_prolog('<?xml-stylesheet href="x"?>'), "instruction_forbidden"),
        (GOOD.replace(b"java.beans.XMLDecoder", b"java.lang.Runtime"), "foreign_class"),
        (GOOD.replace(HEADER.encode() + b'"', b'java.lang.ProcessBuilder"'), "foreign_class"),
        (GOOD.replace(b"java.util.ArrayList", b"java.util.HashMap"), "foreign_class"),
        (inside('<void class="java.lang.Runtime" property="x"/>'), "foreign_class"),
        (inside('<void property="x"><object class="java.net.URL"/></void>'), "foreign_class"),
        (GOOD.replace(b'method="add"', b'method="exec"'), "method_forbidden"),
        (inside('<void method="start"/>'), "method_forbidden"),
        (inside('<void property="x" method="add"/>'), "method_forbidden"),
        (inside('<void property="x"><object idref="a"/></void>'), "reference_forbidden"),
        (inside('<void id="a" property="x"/>'), "reference_forbidden"),
        (inside('<void property="x"><string id="s">a</string></void>'), "reference_forbidden"),
        (inside('<void property="soTien"/><void property="soTien"/>'), "duplicate_property"),
        (inside('<void property="a"><string>1</string></void><void property="a"/>'), "duplicate_property"),
        (inside('<void property="a"/><void property="a"><string> </string></void>'), "duplicate_property"),
        (inside('<void property="a"/>' + '<void property="a"><string>1</string></void>' * 2), "duplicate_property"),
        (inside('<void property="x"><string>a</string><string>b</string></void>'), "bad_structure"),
        (inside('<void property="x"><array/></void>'), "bad_structure"),
        (inside('<void property="x"><string>a<char code="#0"/></string></void>'), "bad_structure"),
        (inside('<void property="a.b"/>'), "bad_structure"),
        (inside("<void/>"), "bad_structure"),
        (GOOD.replace(b'<void method="add">', b'<void method="add"/><void method="add">'), "bad_structure"),
        (GOOD.replace(b"</java>", f'<object class="{HEADER}"/></java>'.encode()), "bad_structure"),
        (inside('<void property="x"><string>' + "a" * 5_000 + "</string></void>"), "too_large"),
        (inside("<void>" * 100), "bad_structure"),
    ],
)
def test_a_file_that_is_no_plain_voucher(tmp_path: Path, content: bytes, code: str) -> None:
    assert code_of(tmp_path, content) == code


def test_lists_inside_lists_end_somewhere(tmp_path: Path) -> None:
    opened = f'<void property="x"><object class="java.util.ArrayList"><void method="add"><object class="{LINE}">'
    assert code_of(tmp_path, inside(opened * 1_000)) == "too_large"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"soTien": ("double", "15400000.5")}, "fraction_of_dong"),
        ({"soTien": ("double", "1.5400000001E7")}, "fraction_of_dong"),
        ({"soTien": ("double", "-1")}, "negative_amount"),
        ({"soTien": ("long", "-1")}, "negative_amount"),
        ({"soTien": ("double", "1e400")}, "bad_value"),
        ({"soTien": ("double", "1e16")}, "bad_value"),
        ({"soTien": ("double", "NaN")}, "bad_value"),
        ({"soTien": ("double", "Infinity")}, "bad_value"),
        ({"soTien": ("double", "0x1p3")}, "bad_value"),
        ({"soTien": ("double", "1_000")}, "bad_value"),
        ({"soTien": ("double", "1,5")}, "bad_value"),
        ({"soTien": ("double", "9" * 100)}, "bad_value"),
        ({"soTien": ("long", "9" * 30)}, "bad_value"),
        ({"soTien": ("string", "15400000")}, "bad_value"),
        ({"soTien": ("boolean", "true")}, "bad_value"),
        ({"dvNopthue": ("double", "0.5")}, "fraction_of_dong"),
        ({"noiDung": ("double", "1")}, "bad_value"),
    ],
)
def test_a_line_whose_value_cannot_be(tmp_path: Path, changes: dict[str, Scalar], code: str) -> None:
    assert code_of(tmp_path, voucher(C202A, [{**LINE_C202, **changes}])) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"dmTiente": ("string", "USD")}, "foreign_currency"),
        ({"tongSoTien": ("double", "0.25")}, "fraction_of_dong"),
        ({"ngayChungTu": ("timestamp", "99999999999999999")}, "bad_value"),
        ({"ngayChungTu": ("timestamp", "-99999999999999999")}, "bad_value"),
        ({"ngayChungTu": ("string", "16/06/2026")}, "bad_value"),
        ({"dvqhnsNamns": ("long", "20260")}, "bad_value"),
        ({"typeChungTu": ("long", "77")}, "unknown_form"),
        ({"gnTaiLieuId": ("long", "425")}, "unknown_form"),
    ],
)
def test_a_header_whose_value_cannot_be(tmp_path: Path, changes: dict[str, Scalar], code: str) -> None:
    assert code_of(tmp_path, voucher({**C202A, **changes}, [LINE_C202], "gnHosoC202GtByGnHosoC202")) == code


def test_lines_of_another_form(tmp_path: Path) -> None:
    assert code_of(tmp_path, voucher(C202A, [LINE_C202], "gnHosoC402GtByGnHosoC402")) == "wrong_list"


def test_a_kind_that_only_a_foreign_name_suggests(tmp_path: Path) -> None:
    header = {**C202A, "gnTaiLieuId": None}
    assert code_of(tmp_path, voucher(header, [LINE_C202]), "voucher.xml") == "unknown_form"


def _encrypted() -> bytes:
    content = bytearray(zipped(("C202a1.xml", GOOD)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped(), "wrong_members"),
        (zipped(("a.xml", GOOD), ("b.xml", GOOD)), "wrong_members"),
        (zipped(("../../etc/C202a.xml", GOOD)), "zip_slip"),
        (zipped(("/C202a.xml", GOOD)), "zip_slip"),
        (zipped(("C:\\C202a.xml", GOOD)), "zip_slip"),
        (zipped(("a.zip", zipped(("C202a1.xml", GOOD)))), "nested_zip"),
        (zipped(("C202a1.xml", b" " * 5_000_000)), "zip_bomb"),
        (zipped(("C202a1.xml", GOOD), method=zipfile.ZIP_LZMA), "encrypted"),
        (_encrypted(), "encrypted"),
        (zipped(("C202a1.xml", GOOD))[:-30], "truncated"),
        (b"PK\x03\x04" + b"\x00" * 40, "truncated"),
    ],
)
def test_a_zip_that_is_not_one_plain_member(tmp_path: Path, content: bytes, code: str) -> None:
    assert code_of(tmp_path, content) == code


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    content = bytearray(zipped(("C202a1.xml", b" " * 5_000_000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(signature) + offset
        content[place : place + 4] = (2_000).to_bytes(4, "little")
    assert code_of(tmp_path, bytes(content)) == "truncated"


def test_a_zip_whose_list_of_members_is_huge(tmp_path: Path) -> None:
    content = zipped(("C202a1.xml", GOOD))
    end = content.index(b"PK\x05\x06")
    stuffed = (
        content[:end]
        + b"\x00" * 2_000_000
        + content[end : end + 12]
        + (2_000_000).to_bytes(4, "little")
        + content[end + 16 :]
    )
    assert code_of(tmp_path, stuffed) == "too_large"


def test_a_zip64_is_refused(tmp_path: Path) -> None:
    content = zipped(("C202a1.xml", GOOD))
    end = content.index(b"PK\x05\x06")
    assert code_of(tmp_path, content[:end] + b"PK\x06\x07" + b"\x00" * 16 + content[end:]) == "too_large"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DvcError, match="Không mở được tệp"):
        read_dvc(tmp_path / "none.xml")


def test_a_huge_file_costs_little_memory(tmp_path: Path) -> None:
    path = saved(tmp_path, b"")
    with path.open("r+b") as stream:
        stream.truncate(3_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DvcError) as caught:
        read_dvc(path)
    assert caught.value.code == "too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_a_voucher_with_more_lines_than_a_voucher_can_have(tmp_path: Path) -> None:
    buffer = io.BytesIO(voucher(C202A, [{"soTien": ("double", "1")}] * 5_001))
    assert code_of(tmp_path, buffer.getvalue()) == "too_large"


def test_messages_hold_nothing_of_the_content(tmp_path: Path) -> None:
    content = voucher(C202A, [{**LINE_C202, "soTien": ("double", "12345.678"), "noiDung": ("string", "Lò Thị Hạnh")}])
    with pytest.raises(DvcError) as caught:
        read_dvc(saved(tmp_path, content))
    assert "12345" not in caught.value.message
    assert "Hạnh" not in caught.value.message
