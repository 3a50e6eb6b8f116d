"""Spell amounts the way the forms demand; a wrong word sends a whole dossier back.

Standard reading: mốt, tư and lăm after "mươi", "lẻ" before a lone unit digit, "không trăm" inside a number.
"""

from __future__ import annotations

import re
import unicodedata

from desktop.dossier.currencies import MINOR_UNIT, currency_of

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_GROUPS = ((2, "triệu"), (1, "nghìn"), (0, ""))
_BILLION = 10**9


def amount_in_words(amount: int) -> str:
    """Spell VND as on a form: 15400000 gives "Mười lăm triệu bốn trăm nghìn đồng chẵn", 0 gives "Không đồng".

    Any int of any size; a negative one begins with "Âm".
    """
    text = number_in_words(amount)
    return f"{text[0].upper()}{text[1:]} đồng" + (" chẵn" if amount else "")


def currency_in_words(hundredths: int, currency: str) -> str:
    """Spell an amount of any currency: 123450 of "USD" gives "Một nghìn hai trăm ba mươi tư đô la Mỹ và năm mươi xu".

    `currency` is an ISO 4217 code; an unknown one stands for its own name, an empty one (not chosen yet) adds none.
    A whole amount ends with "chẵn". Hundredths of a currency without cents are read as decimals: "phẩy năm mươi".
    """
    whole, rest = divmod(abs(hundredths), 100)
    unit = currency_of(currency)
    parts = [number_in_words(whole)]
    if rest and not unit.cents:
        parts.append(f"phẩy {'không ' if rest < 10 else ''}{number_in_words(rest)}")
    parts.append(unit.name)
    if rest and unit.cents:
        parts.append(f"và {number_in_words(rest)} {MINOR_UNIT}")
    elif hundredths and not rest and unit.name:
        parts.append("chẵn")
    text = ("âm " if hundredths < 0 else "") + " ".join(part for part in parts if part)
    return text[0].upper() + text[1:]


def number_in_words(number: int) -> str:
    """Spell a whole number in lower case without a unit."""
    if number < 0:
        return "âm " + number_in_words(-number)
    if number == 0:
        return _DIGITS[0]
    return " ".join(_spell(number))


def same_words(left: str, right: str) -> bool:
    """Tell whether two amounts in words say the same, whatever the spelling custom, case, spaces or full stop."""
    return _plain(left) == _plain(right)


def _spell(number: int) -> list[str]:
    """Billions are spelt by the same rule again, so that 10^15 is "một triệu tỷ"."""
    high, low = divmod(number, _BILLION)
    words = [*_spell(high), "tỷ"] if high else []
    for power, name in _GROUPS:
        group = low // 1000**power % 1000
        if group:
            words += _three_digits(group, inside=bool(words))
            words += [name] if name else []
    return words


def _three_digits(group: int, *, inside: bool) -> list[str]:
    """Spell 1 to 999; `inside` a longer number the hundreds are always said ("không trăm")."""
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    said = bool(hundreds) or inside
    words = [_DIGITS[hundreds], "trăm"] if said else []
    if tens == 0:
        lone = ["lẻ"] if said else []
        return words + ([*lone, _DIGITS[units]] if units else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_unit_after_tens(tens, units)] if units else [])


def _unit_after_tens(tens: int, units: int) -> str:
    if tens == 1 and units != 5:
        return _DIGITS[units]
    return _AFTER_TENS.get(units, _DIGITS[units])


_CUSTOMS = {"linh": "lẻ", "ngàn": "nghìn", "tỉ": "tỷ", "nhăm": "lăm", "bẩy": "bảy", "cent": MINOR_UNIT}


def _plain(text: str) -> str:
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
    words = [_CUSTOMS.get(word, word) for word in words if word != "và"]
    # "bốn" for "tư" after "mươi" and a missing "chẵn" are customs too, not other amounts.
    return re.sub(r"mươi bốn\b", "mươi tư", " ".join(words)).removesuffix(" chẵn")
