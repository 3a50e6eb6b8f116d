"""Code lists: found by code, and by name without diacritics."""

from __future__ import annotations

import pytest

from desktop.dossier.catalogues import LABELS, NAMES, UNSURE, CatalogueName, Catalogues, catalogue
from desktop.dossier.fold import fold
from desktop.dossier.imported_codes import CodeRow, catalogue_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Láng", "duong lang"),
        ("NGUYỄN THỊ HƯỜNG", "nguyen thi huong"),
        ("Điện lực", "dien luc"),
        ("tiê\u0300n", "tien"),
        ("", ""),
        ("C2-02a/NS", "c2-02a/ns"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "code", "label", "size"),
    [
        ("econ", "6501", "Tiền điện", 637),
        ("sector", "340", "Hoạt động của các cơ quan quản lý nhà nước, Đảng, đoàn thể", 53),
        ("source", "01", "Nguồn vốn trong nước", 12),
        ("chapter", "001", "Văn phòng Chủ tịch nước", 115),
        ("program", "0210", "Chương trình khoa học trọng điểm cấp Nhà nước", 4),
        ("bank", "VCB", "Ngân hàng TMCP Ngoại Thương Việt Nam", 61),
        ("treasury", "0003", "Sở Giao dịch Kho bạc Nhà nước", 2),
        ("treasury_region", "XX", "Kho bạc Nhà nước khu vực XX", 8),
        ("budget_level", "4", "Ngân sách cấp xã", 4),
        ("province", "38", "Tỉnh Thanh Hóa", 34),
        ("commune", "14845", "Xã Mường Lát", 3321),
        ("area", "14845", "Xã Mường Lát", 3321),
    ],
)
def test_holds_the_lists(name: CatalogueName, code: str, label: str, size: int) -> None:
    entry = catalogue(name).get(code)
    assert entry is not None
    assert entry.name == label
    assert len(catalogue(name).entries) == size


def test_codes_are_unique_and_keep_leading_zeros() -> None:
    for name in NAMES:
        codes = [entry.code for entry in catalogue(name).entries]  # type: ignore[arg-type]
        assert len(codes) == len(set(codes)), name
    assert catalogue("econ").get("0821") is not None


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("econ", "tien dien", "6501"),
        ("econ", "Tiền Điện", "6501"),
        ("econ", "van phong pham", "6551"),
        ("econ", "6551", "6551"),
        ("bank", "vietcombank", "VCB"),
        ("chapter", "van phong quoc hoi", "002"),
    ],
)
def test_finds_without_diacritics(name: CatalogueName, text: str, first: str) -> None:
    assert catalogue(name).search(text)[0].code == first


def test_search_is_limited_and_may_find_nothing() -> None:
    econ = catalogue("econ")
    assert len(econ.search("", limit=7)) == 7
    assert [entry.code for entry in econ.search("655", limit=3)] == ["6550", "6551", "6552"]
    assert econ.search("không có mã nào như vậy") == []


def test_items_know_their_parent() -> None:
    below = catalogue("econ").children("6550")
    assert {"6551", "6552", "6553"} <= {entry.code for entry in below}
    assert all(entry.level == "tieu_muc" for entry in below)


def test_no_list_of_another_name() -> None:
    with pytest.raises(KeyError):
        catalogue("../pack")  # type: ignore[arg-type]


def test_every_list_has_a_label_and_every_commune_a_province() -> None:
    assert set(LABELS) == set(NAMES)
    provinces = {entry.code for entry in catalogue("province").entries}
    assert {entry.parent for entry in catalogue("commune").entries} == provinces


def test_an_imported_list_takes_the_place_of_the_packaged_one() -> None:
    lists = Catalogues({"area": catalogue_of("area", [CodeRow("00004", "Phường Ba Đình")])})
    assert len(lists.get("area").entries) == 1
    assert lists.get("econ") is catalogue("econ")
    assert (lists.judges("area"), lists.judges("econ"), lists.judges("donor")) == (True, True, False)
    assert not any(Catalogues().judges(name) for name in UNSURE)


ROWS = [
    CodeRow("6550", "Vật tư văn phòng"),
    CodeRow("6551", "Văn phòng phẩm", valid_to="2026-06-30"),
    CodeRow("6571", "Tiểu mục mới"),
    CodeRow("9950", "Mục mới", level="Mục"),
    CodeRow("9961", "Thuộc mục mới", parent="9950"),
    CodeRow("9991", "Mục cha không có trong tệp"),
    CodeRow("1901", "Thu mới"),
    CodeRow("0821", ""),
]


@pytest.mark.parametrize(
    ("code", "level", "parent", "kind"),
    [
        ("6550", "muc", "", "chi"),
        ("6551", "tieu_muc", "6550", "chi"),
        ("6571", "tieu_muc", "6550", "chi"),
        ("9950", "muc", "", "chi"),
        ("9961", "tieu_muc", "9950", "chi"),
        ("9991", "tieu_muc", "9950", "chi"),
        ("1901", "tieu_muc", "", "thu"),
        ("0821", "tieu_muc", "", "vay_tra_no"),
    ],
)
def test_imported_items_know_their_level_and_kind(code: str, level: str, parent: str, kind: str) -> None:
    entry = catalogue_of("econ", ROWS).get(code)
    assert entry is not None
    assert (entry.level, entry.parent, entry.extra["kind"]) == (level, parent, kind)


def test_imported_rows_keep_their_time_of_force_and_their_order() -> None:
    made = catalogue_of("econ", ROWS)
    assert [entry.code for entry in made.entries] == sorted(row.code for row in ROWS)
    assert made.search("van phong pham")[0].extra["valid_to"] == "2026-06-30"
