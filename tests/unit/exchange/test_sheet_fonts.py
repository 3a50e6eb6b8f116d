"""Proofs that text of the old Vietnamese fonts is read, against samples put down by hand."""

import pytest

from desktop.exchange.sheet_fonts import from_tcvn3, from_vni

# Typed in the old fonts and compared letter by letter with the layout tables of TCVN 5712:1993 and VNI-Windows.
TCVN3 = [
    ("NguyÔn V¨n §øc", "Nguyễn Văn Đức"),
    ("Hä vµ tªn", "Họ và tên"),
    ("Sè tµi kho¶n", "Số tài khoản"),
    ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Kh\u00ad¬ng ThÞ Ph\u00ad¬ng", "Khương Thị Phương"),
    ("M\u00adêng L¸t, Thanh Hãa", "Mường Lát, Thanh Hóa"),
    ("§¹i lý vÐ sè, tû lÖ nî", "Đại lý vé số, tỷ lệ nợ"),
    ("NGUYÔN V¡N §øC", "NGUYỄN VĂN ĐỨC"),
    ("ñy ban nh©n d©n x·", "ủy ban nhân dân xã"),
    ("Hµ Lª", "Hà Lê"),
    ("Thùc lÜnh (®ång)", "Thực lĩnh (đồng)"),
]
VNI = [
    ("Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
    ("Hoï vaø teân", "Họ và tên"),
    ("Soá taøi khoaûn", "Số tài khoản"),
    ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("Khöông Thò Phöông", "Khương Thị Phương"),
    ("Möôøng Laùt, Thanh Hoùa", "Mường Lát, Thanh Hóa"),
    ("Ñaïi lyù veù soá, tyû leä nôï", "Đại lý vé số, tỷ lệ nợ"),
    ("UÛy ban nhaân daân xaõ", "Ủy ban nhân dân xã"),
    ("Thöïc lónh (ñoàng)", "Thực lĩnh (đồng)"),
    ("thaúng, nhaèm, laïnh, yeáu, bòeån", "thẳng, nhằm, lạnh, yếu, bịển"),
]


@pytest.mark.parametrize(("typed", "meant"), TCVN3)
def test_tcvn3(typed: str, meant: str) -> None:
    assert from_tcvn3(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), VNI)
def test_vni(typed: str, meant: str) -> None:
    assert from_vni(typed) == meant


def test_every_vowel_of_every_tone_has_its_place() -> None:
    letters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    old = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ"
    assert from_tcvn3(old) == letters
    vni = (
        "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
        "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
    )
    assert from_vni(vni).replace(" ", "") == letters
    assert from_vni(vni.upper()).replace(" ", "") == letters.upper()


def test_plain_letters_stay() -> None:
    assert from_tcvn3("Agribank 0035-08") == from_vni("Agribank 0035-08") == "Agribank 0035-08"
