"""Proofs that a file is known by what is in it, and that the answer has the documented shape."""

import json
from pathlib import Path
from zipfile import ZIP_STORED

import pytest

from desktop.exchange.errors import DvcError, ExchangeError
from desktop.exchange.export import export_rows
from desktop.exchange.inspect import inspect
from desktop.exchange.sniff import Kind, sniff
from tests.unit.exchange.vouchers import C202A, LINE_C202, saved, voucher, zipped

XML = voucher(C202A, [LINE_C202])
RECEIPT = {"payload": "{}", "key_id": "0" * 16, "signature": "AA=="}
HEADERS = ("STT", "Họ tên", "Số tài khoản", "Ngân hàng", "Số tiền", "Nhóm")
ROW = (1, "Lò Thị Hạnh", "0035082001234", "Agribank", 5_000_000, "Công chức")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (XML, Kind.DVC_XML),
        (XML.decode("utf-8-sig").encode("utf-16"), Kind.DVC_XML),
        (zipped(("C202a1.xml", XML)), Kind.DVC_ZIP),
        (zipped(("mimetype", b"application/vnd.etsi.asic-e+zip"), ("dossier.json", b"{}")), Kind.PACKAGE),
        (b"PK\x03\x04 broken", Kind.DVC_ZIP),
        (json.dumps(RECEIPT).encode(), Kind.RECEIPT),
        (b'\xef\xbb\xbf{"form":"M13"}', Kind.DOCUMENT_JSON),
        (b'{"documents":[]}', Kind.DOCUMENT_JSON),
        (b'{"a":1}', Kind.UNKNOWN),
        (b'{"form":', Kind.UNKNOWN),
        (b"{" * 100_000, Kind.UNKNOWN),
        (b"STT;Ten;So tien\r\n1;A;5", Kind.CSV),
        ("Họ tên,Số TK,Số tiền".encode("utf-16"), Kind.CSV),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", Kind.XLS),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), method=ZIP_STORED), Kind.ODS),
        (b"%PDF-1.7\n1,2", Kind.UNKNOWN),
        ("Danh sách\r\nSTT,Tên".encode(), Kind.CSV),
        (b"\x00\x01\x02,", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
    ],
)
def test_what_a_file_is(tmp_path: Path, content: bytes, kind: Kind) -> None:
    assert sniff(saved(tmp_path, content, "file.bin")) is kind


def test_a_spreadsheet_is_known_without_its_name(tmp_path: Path) -> None:
    export_rows(tmp_path / "a.xlsx", HEADERS, [ROW])
    (tmp_path / "a.xlsx").rename(tmp_path / "a.zip")
    assert sniff(tmp_path / "a.zip") is Kind.XLSX


def test_the_answer_for_a_voucher(tmp_path: Path) -> None:
    answer = json.loads(json.dumps(inspect(saved(tmp_path, XML))))
    assert list(answer)[:7] == ["ok", "kind", "form", "number", "date", "total", "lines"]
    assert (answer["ok"], answer["kind"], answer["form"], answer["total"]) == (True, "dvc", "C2-02a/NS", 15_400_000)
    assert answer["document"]["tables"]["lines"][0]["amount"] == 15_400_000
    assert answer["missing"]
    assert answer["differences"] == []


def test_the_answer_for_a_list(tmp_path: Path) -> None:
    export_rows(tmp_path / "a.csv", HEADERS, [ROW])
    answer = inspect(tmp_path / "a.csv")
    assert (answer["kind"], answer["count"], answer["total"], answer["problems"]) == ("beneficiaries", 1, 5_000_000, [])


def test_the_answer_for_a_document(tmp_path: Path) -> None:
    assert inspect(saved(tmp_path, b'{"form":"M20"}')) == {"ok": True, "kind": "document", "form": "M20"}


def test_the_answer_for_several_documents(tmp_path: Path) -> None:
    answer = inspect(saved(tmp_path, b'{"documents":[{"form":"M13"},5]}'))
    assert answer == {"ok": True, "kind": "document", "form": None, "documents": ["M13", None]}
    assert inspect(saved(tmp_path, b'{"documents":5}'))["documents"] == []


def test_a_damaged_excel_file_of_before_2007_is_told_what_to_become(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="xlsx") as caught:
        inspect(saved(tmp_path, b"\xd0\xcf\x11\xe0" + bytes(600)))
    assert caught.value.code == "truncated"


def test_files_that_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="không biết loại tệp") as caught:
        inspect(saved(tmp_path, b"\x00\x01"))
    assert caught.value.code == "unknown_kind"
    with pytest.raises(DvcError):
        inspect(saved(tmp_path, b"PK\x03\x04 broken"))
    with pytest.raises(ExchangeError, match="Không mở được tệp"):
        sniff(tmp_path / "none")
