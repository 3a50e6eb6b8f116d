"""Proofs that honest voucher files become drafts with what they say, and with nothing they do not say."""

from pathlib import Path

import pytest

from desktop.dossier.pack import load_pack
from desktop.exchange.dvc import DvcResult, read_dvc
from tests.unit.exchange import vouchers
from tests.unit.exchange.vouchers import C202A, C203, C402A, LINE_C202, LINE_C203, saved, voucher, zipped

SAMPLES = Path(__file__).parents[2] / "data" / "dvc"
LINE_C402 = {"noiDung": ("string", "Phô tô"), "soTien": ("double", "3200000"), "thanhToan": ("double", "3200000")}


def read(folder: Path, header: vouchers.Properties, *lines: vouchers.Properties) -> DvcResult:
    return read_dvc(saved(folder, voucher(header, lines)))


def test_the_sample_withdrawal_gives_all_it_says() -> None:
    result = read_dvc(SAMPLES / "C202aRDT0012.zip")
    assert (result.form, result.number, result.date) == ("C2-02a/NS", "RDT0012", "2026-06-16")
    assert (result.total, result.lines, result.differences) == (15_400_000, 1, [])
    assert result.document.choices == {"spending_kind": "actual", "payment_mode": "transfer"}
    assert result.document.fields == {
        "document_no": "RDT0012",
        "made_date": "2026-06-16",
        "budget_year": 2026,
        "unit_name": "UBND xã Mường Lý",
        "chapter": "800",
        "treasury": "2361",
        "payee_name": "Điện lực Mường Lát",
        "payee_account": "102010000123456",
        "payee_bank": "Ngân hàng TMCP Công Thương Việt Nam",
    }
    line = {"content": "Tiền điện tháng 5/2026", "econ": "6501", "sector": "341", "source": "13", "amount": 15_400_000}
    assert result.document.tables == {"lines": [line]}


def test_the_sample_withdrawal_lists_what_the_new_form_asks_for() -> None:
    missing = read_dvc(SAMPLES / "C202aRDT0012.zip").missing
    assert missing == ["fields.address", "fields.account", "fields.general_content", "choices.estimate_kind"]


def test_the_sample_payment_order_gives_all_it_says() -> None:
    result = read_dvc(SAMPLES / "C402AUNC0007.zip")
    assert (result.form, result.date, result.total, result.differences) == ("C4-02a/KB", "2026-03-02", 3_200_000, [])
    assert result.document.fields["made_date"] == "2026-03-02"
    assert result.document.fields["payee_account"] == "0011004567890"
    assert result.document.choices == {}
    assert "choices.payment_mode" in result.missing
    assert "tables.lines[0].source" in result.missing


def test_a_settlement_of_an_advance(tmp_path: Path) -> None:
    result = read(tmp_path, C203, LINE_C203)
    assert (result.form, result.date, result.total) == ("C2-03/NS", None, 18_450_000)
    assert result.document.fields["advance_balance_date"] == "2026-03-02"
    row = result.document.tables["lines"][0]
    assert (row["econ_advanced"], row["econ_requested"], row["advance_balance"]) == ("6651", "6651", 20_000_000)
    assert "tables.lines[0].content" in result.missing


@pytest.mark.parametrize("sample", ["C202aRDT0012.zip", "C402AUNC0007.zip"])
def test_a_draft_holds_only_keys_of_its_form(sample: str) -> None:
    result = read_dvc(SAMPLES / sample)
    form = load_pack().form(result.form)
    assert result.document.fields.keys() <= form.fields_by_key.keys()
    assert result.document.tables["lines"][0].keys() <= form.tables_by_key["lines"].columns_by_key.keys()


@pytest.mark.parametrize(
    ("milliseconds", "day"),
    [
        ("1781542800000", "2026-06-16"),  # 17:00 UTC of the day before, local midnight
        ("1781568000000", "2026-06-16"),  # 00:00 UTC, as one exporter writes
        ("1781629199999", "2026-06-16"),  # the last millisecond of the local day
        ("1781629200000", "2026-06-17"),
    ],
)
def test_the_date_is_the_one_in_vietnam(tmp_path: Path, milliseconds: str, day: str) -> None:
    assert read(tmp_path, {**C202A, "ngayChungTu": ("timestamp", milliseconds)}, LINE_C202).date == day


@pytest.mark.parametrize("text", ["15400000", "15400000.0", "1.54E7", "1.54e+7", "+15400000", "015400000.00", "154e5"])
def test_amounts_in_every_notation_of_a_double(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, C202A, {**LINE_C202, "soTien": ("double", text)}).total == 15_400_000


@pytest.mark.parametrize("filler", ["", " ", "------", "…", "...", "\r\n  "])
@pytest.mark.parametrize("kind", ["double", "string", "long"])
def test_filler_means_not_given(tmp_path: Path, filler: str, kind: str) -> None:
    header = {**C202A, "dvNhantienSotiennhan": (kind, filler), "dvNhantienTen": (kind, filler)}
    result = read(tmp_path, header, LINE_C202)
    assert "payee_name" not in result.document.fields
    assert result.differences == []


def test_stray_text_between_elements_is_forgotten(tmp_path: Path) -> None:
    content = voucher(C202A, [LINE_C202]).replace(b'ArrayList">', b"ArrayList\">'; ").replace(b"</void>", b"</void>x")
    assert read_dvc(saved(tmp_path, content)).total == 15_400_000


def test_properties_in_any_order(tmp_path: Path) -> None:
    upside_down = dict(reversed(C202A.items()))
    assert read(tmp_path, upside_down, LINE_C202).document == read(tmp_path, C202A, LINE_C202).document


def test_a_voucher_without_lines_lists_them_as_missing(tmp_path: Path) -> None:
    result = read(tmp_path, C202A)
    assert (result.lines, result.total) == (0, 0)
    assert "tables.lines" in result.missing


def test_an_unknown_tick_is_left_to_the_accountant(tmp_path: Path) -> None:
    result = read(tmp_path, {**C202A, "chuyenkhoanTienmat": ("string", "2")}, LINE_C202)
    assert "payment_mode" not in result.document.choices
    assert "choices.payment_mode" in result.missing
    assert "Chuyển khoản / Tiền mặt" in result.differences[0]


def test_cash_asks_for_the_recipient_and_not_for_an_account(tmp_path: Path) -> None:
    header = {**C202A, "chuyenkhoanTienmat": ("string", "1"), "nguoilinhHoten": ("string", "Lò Thị Hạnh")}
    missing = read(tmp_path, header, LINE_C202).missing
    assert "fields.cash_recipient_id_no" in missing
    assert "fields.cash_recipient_name" not in missing
    assert "fields.payee_account" not in missing


def test_the_zip_and_the_bare_file_give_the_same(tmp_path: Path) -> None:
    content = voucher(C202A, [LINE_C202])
    bare = read_dvc(saved(tmp_path, content))
    assert read_dvc(saved(tmp_path, zipped(("C202a/RDT0012.xml", content)), "x.zip")) == bare


def test_without_bom_and_on_one_line(tmp_path: Path) -> None:
    content = voucher(C202A, [LINE_C202]).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"")
    assert read_dvc(saved(tmp_path, content)).total == 15_400_000


@pytest.mark.parametrize(
    ("dropped", "name", "form"),
    [
        (("typeChungTu",), "x.xml", "C2-02a/NS"),
        (("gnTaiLieuId",), "C202aRDT0012.xml", "C2-02a/NS"),
        (("typeChungTu", "gnTaiLieuId"), "c202a-1.xml", "C2-02a/NS"),
    ],
)
def test_the_form_is_found_from_what_is_there(tmp_path: Path, dropped: tuple[str, ...], name: str, form: str) -> None:
    header = {key: value for key, value in C202A.items() if key not in dropped}
    content = voucher(header, [LINE_C202], "gnHosoC202GtByGnHosoC202")
    result = read_dvc(saved(tmp_path, content, name))
    assert result.form == form
    assert any("theo tên tệp" in sentence for sentence in result.differences) is ("gnTaiLieuId" in dropped)


def test_the_settlement_is_known_by_its_list_alone(tmp_path: Path) -> None:
    content = voucher({"soChungTu": ("string", "TT01")}, [LINE_C203], "gnHosoC203GtByGnHosoC203")
    result = read_dvc(saved(tmp_path, content, "TT01.xml"))
    assert (result.form, result.differences) == ("C2-03/NS", [])


def test_the_file_name_never_overrules_the_type(tmp_path: Path) -> None:
    assert read_dvc(saved(tmp_path, voucher(C402A, [LINE_C402]), "C202aRDT0012.xml")).form == "C4-02a/KB"
