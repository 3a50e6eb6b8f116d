"""Foreign currencies by ISO 4217 code: the name that words on a form need, and whether it has cents.

Names follow the State Bank's (Ngân hàng Nhà nước) list of rates for customs, in the spelling that banks print today.
"""

from __future__ import annotations

from typing import NamedTuple

MINOR_UNIT = "xu"
"""What accountants in Việt Nam call a hundredth of any foreign currency: cent, penny, fen or satang."""


class Currency(NamedTuple):
    """Name a currency in Vietnamese; one without `cents` has no hundredths in use (yên, won, kíp)."""

    code: str
    name: str
    cents: bool = True


_ALL = (
    Currency("VND", "đồng", cents=False),
    Currency("USD", "đô la Mỹ"),
    Currency("EUR", "euro"),
    Currency("JPY", "yên Nhật", cents=False),
    Currency("GBP", "bảng Anh"),
    Currency("CHF", "franc Thụy Sĩ"),
    Currency("AUD", "đô la Úc"),
    Currency("CAD", "đô la Canada"),
    Currency("NZD", "đô la New Zealand"),
    Currency("SGD", "đô la Singapore"),
    Currency("HKD", "đô la Hồng Kông"),
    Currency("TWD", "đô la Đài Loan"),
    Currency("CNY", "nhân dân tệ"),
    Currency("KRW", "won Hàn Quốc", cents=False),
    Currency("THB", "bạt Thái Lan"),
    Currency("LAK", "kíp Lào", cents=False),
    Currency("KHR", "riên Campuchia", cents=False),
    Currency("MYR", "ringgit Malaysia"),
    Currency("IDR", "rupiah Indonesia", cents=False),
    Currency("PHP", "peso Philippines"),
    Currency("INR", "rupee Ấn Độ"),
    Currency("SEK", "curon Thụy Điển"),
    Currency("NOK", "curon Na Uy"),
    Currency("DKK", "curon Đan Mạch"),
    Currency("RUB", "rúp Nga"),
    Currency("PLN", "zloty Ba Lan"),
    Currency("CZK", "curon Séc"),
    Currency("HUF", "forint Hungary", cents=False),
    Currency("KWD", "dinar Kuwait"),
    Currency("SAR", "riyal Ả Rập Xê Út"),
    Currency("AED", "dirham UAE"),
)

CURRENCIES: dict[str, Currency] = {item.code: item for item in _ALL}
"""Every currency with a known name, by code, đồng first and then those a unit meets most."""


def currency_of(code: str) -> Currency:
    """Return a currency by its code in either case; one not listed is named by its code and gets no cents."""
    plain = code.strip().upper()
    return CURRENCIES.get(plain) or Currency(plain, plain, cents=False)
