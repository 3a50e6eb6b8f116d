"""Compares what a voucher file claims with what its lines say, in sentences for the accountant; it corrects nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.dossier.money import format_vnd
from desktop.dossier.people import Unit
from desktop.dossier.words import amount_in_words, same_words
from desktop.exchange.beans import Bean
from desktop.exchange.dvc_budget import VND
from desktop.exchange.dvc_mapping import (
    CURRENCY,
    DECLARED_TAX,
    DECLARED_WORDS,
    LINE_PAID,
    LINE_TAX,
    PAYEE_AMOUNTS,
    UNIT_CODES,
    FormMapping,
)
from desktop.exchange.dvc_reading import chapters
from desktop.exchange.dvc_values import first, text, vnd


@dataclass(frozen=True)
class Claims:
    """What is compared: the header, its lines, the sum of the lines in VND, and how the form was read."""

    header: Bean
    lines: tuple[Bean, ...]
    total: int
    mapping: FormMapping
    unit: Unit | None = None


def differences(claims: Claims) -> list[str]:
    """Give one Vietnamese sentence for each thing that does not agree; an empty list when everything does."""
    return [
        *_total(claims),
        *_words(claims),
        *_payee_amount(claims),
        *_tax_amount(claims),
        *_parts_of_lines(claims),
        *_unknown_choices(claims),
        *_chapters(claims),
        *_unit_codes(claims),
        *_paying_bank(claims),
        *_currency(claims),
        *_cash_recipient(claims),
    ]


def unit_codes(header: Bean) -> list[str]:
    """Give the different unit codes (mã ĐVQHNS) a file names, in the order of their weight."""
    found = (text(header.properties.get(name), "Mã ĐVQHNS") for name in UNIT_CODES)
    return list(dict.fromkeys(code for code in found if code))


def _total(claims: Claims) -> Iterator[str]:
    declared = vnd(first(claims.header, claims.mapping.declared), "Tổng số tiền")
    if declared is not None and declared != claims.total:
        yield (
            f"Tổng số tiền ghi trong tệp là {format_vnd(declared)} đ, cộng các dòng được {format_vnd(claims.total)} đ. "
            "Chương trình lấy số cộng các dòng; hãy đối chiếu với chứng từ gốc."
        )


def _words(claims: Claims) -> Iterator[str]:
    declared = text(claims.header.properties.get(DECLARED_WORDS), "Số tiền bằng chữ")
    if declared and not same_words(declared, amount_in_words(claims.total)):
        yield (
            f"Số tiền bằng chữ trong tệp không khớp: cộng các dòng được {format_vnd(claims.total)} đ "
            f"({amount_in_words(claims.total)}). Hãy đối chiếu với chứng từ gốc."
        )


def _payee_amount(claims: Claims) -> Iterator[str]:
    # One exporter always writes 0 here, so 0 claims nothing.
    received = vnd(first(claims.header, PAYEE_AMOUNTS), "Số tiền người nhận được hưởng") or None
    expected = claims.total - sum(_part(line, LINE_TAX) or 0 for line in claims.lines)
    if received is not None and received != expected:
        yield (
            f"Số tiền đơn vị nhận được hưởng trong tệp là {format_vnd(received)} đ, "
            f"theo các dòng là {format_vnd(expected)} đ. "
            "Hãy đối chiếu với chứng từ gốc."
        )


def _tax_amount(claims: Claims) -> Iterator[str]:
    declared = vnd(claims.header.properties.get(DECLARED_TAX), "Số tiền nộp ngân sách")
    taxed = sum(_part(line, LINE_TAX) or 0 for line in claims.lines)
    if claims.mapping.parts and declared is not None and declared != taxed:
        yield (
            f"Số tiền nộp ngân sách trong tệp là {format_vnd(declared)} đ, theo các dòng là {format_vnd(taxed)} đ. "
            "Hãy đối chiếu với chứng từ gốc."
        )


def _parts_of_lines(claims: Claims) -> Iterator[str]:
    for number, line in enumerate(claims.lines, start=1):
        tax, paid, amount = _part(line, LINE_TAX), _part(line, LINE_PAID), _part(line, ("soTien",))
        if tax and not claims.mapping.parts:
            yield (
                f"Dòng {number} có {format_vnd(tax)} đ nộp thuế, nhưng mẫu này không kèm nộp ngân sách. "
                "Hãy lập mẫu có kèm nộp NSNN hoặc bỏ phần thuế."
            )
        if paid is not None and amount is not None and (tax or 0) + paid != amount:
            parts = format_vnd((tax or 0) + paid)
            yield f"Dòng {number}: nộp thuế cộng trả đơn vị nhận là {parts} đ, khác số tiền {format_vnd(amount)} đ."


def _part(line: Bean, names: Iterable[str]) -> int | None:
    return vnd(first(line, names), "Số tiền của dòng")


def _unknown_choices(claims: Claims) -> Iterator[str]:
    for source in claims.mapping.choices.values():
        value = text(first(claims.header, source.names), source.label)
        if value and value not in source.values:
            yield f"Tệp ghi ô «{source.label}» bằng một mã chưa rõ nghĩa. Hãy tự chọn ô này."


def _chapters(claims: Claims) -> Iterator[str]:
    found = chapters(claims.lines)
    if claims.mapping.chapter and len(found) > 1:
        listed = ", ".join(found[:5])
        yield f"Các dòng trong tệp thuộc nhiều mã chương ({listed}); mỗi chứng từ chỉ ghi một mã. Hãy tách chứng từ."


def _unit_codes(claims: Claims) -> Iterator[str]:
    found = unit_codes(claims.header)
    if len(found) > 1:
        yield f"Tệp ghi nhiều mã ĐVQHNS khác nhau ({', '.join(found[:5])}). Hãy xem lại đơn vị lập chứng từ."
    if claims.unit is not None and found and found[0] != claims.unit.code:
        yield (
            f"Tệp ghi mã ĐVQHNS {found[0]}, đơn vị đang mở có mã {claims.unit.code}. "
            "Hãy xem có nhập nhầm tệp của đơn vị khác không."
        )


def _paying_bank(claims: Claims) -> Iterator[str]:
    if text(claims.header.properties.get("dvTratienLoai"), "Nơi mở tài khoản") == "1":
        yield "Tệp ghi tài khoản trả tiền mở tại ngân hàng. Hãy ghi lại tài khoản của đơn vị tại Kho bạc Nhà nước."


def _currency(claims: Claims) -> Iterator[str]:
    currency = text(claims.header.properties.get(CURRENCY), "Loại tiền")
    if claims.mapping.foreign and currency and currency.upper() in VND:
        yield "Tệp ghi loại tiền VND cho mẫu ngoại tệ. Hãy chọn đúng loại ngoại tệ, hoặc lập mẫu tiền Việt Nam."


def _cash_recipient(claims: Claims) -> Iterator[str]:
    names = [name for key in claims.mapping.cash_only for name in claims.mapping.fields[key].names]
    mode = claims.mapping.choices.get("payment_mode")
    transfer = mode is not None and mode.values.get(text(first(claims.header, mode.names), mode.label) or "")
    if transfer == "transfer" and first(claims.header, names) is not None:
        yield "Tệp ghi người nhận tiền mặt cho khoản chuyển khoản; chương trình để trống ô này."
