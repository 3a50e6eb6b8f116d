"""Turns text typed in the fonts of before Unicode (TCVN3 "ABC", VNI-Windows) into Unicode.

Such text sits in old CSV files, and as Latin letters in the cells of .xls and .xlsx files whose font was .VnTime or
VNI-Times: «NguyÔn V¨n» and «Nguyeãn Vaên» both mean «Nguyễn Văn». No kept library knows both; the tables follow
TCVN 5712:1993 and the VNI-Windows layout.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile("[a-z]")
_CAPITALS = re.compile("[A-Z][^a-z]*[A-Z]")

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ROUND, _BREVE = "\u0302", "\u0306"
_TONES = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROUNDS = {"â": "", "à": _GRAVE, "á": _ACUTE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BREVES = {"ê": "", "è": _GRAVE, "é": _ACUTE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_VOWELS = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}


def from_tcvn3(text: str) -> str:
    """Read the letters of a TCVN3 font.

    Its capitals with tones have no letters of their own but a font (".VnTimeH"): a word in capitals is one throughout.
    """
    whole = text.translate(_TCVN3)
    if not _CAPITALS.search(whole):
        return whole
    if not _SMALL.search(whole) and any(map(_in_capitals, _WORD.findall(whole))):
        return whole.upper()
    return _WORD.sub(lambda found: found[0].upper() if _in_capitals(found[0]) else found[0], whole)


def from_vni(text: str) -> str:
    """Read the letters of a VNI-Windows font, where a vowel carries its marks in the sign behind it."""
    return _VNI_PATTERN.sub(lambda found: _VNI[found.group()], text)


def _in_capitals(word: str) -> bool:
    """Tell "NGUYễN" from "Hà": two plain capitals and no plain small letter."""
    return _CAPITALS.search(word) is not None and not _SMALL.search(word)


def _vni() -> dict[str, str]:
    """Compose the table: each vowel with each mark it may carry, in small letters and capitals."""
    table = dict(_ALONE)
    for base in "aeo":
        table |= {base + sign: base + _ROUND + tone for sign, tone in _ROUNDS.items()}
    table |= {"a" + sign: "a" + _BREVE + tone for sign, tone in _BREVES.items()}
    for base, letter in _VOWELS.items():
        table |= {base + sign: letter + tone for sign, tone in _TONES.items()}
    whole = {key: unicodedata.normalize("NFC", value) for key, value in table.items()}
    capitals = {key.upper(): value.upper() for key, value in whole.items()}
    mixed = {key[0].upper() + key[1]: value.upper() for key, value in whole.items() if len(key) == 2}
    return whole | mixed | capitals


_VNI = _vni()
_VNI_PATTERN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
