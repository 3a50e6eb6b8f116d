"""Code lists: found by code, and by name without diacritics."""

from __future__ import annotations

import pytest

from desktop.dossier.catalogues import NAMES, CatalogueName, catalogue
from desktop.dossier.fold import fold


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
