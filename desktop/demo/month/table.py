"""The month's summary as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

DECIDED = {"paid": "xong", "mismatch": "không khớp", "returned": "trả lại", "supplement": "bổ sung"}
TITLE = 44


def table(values: Mapping[str, Any]) -> list[str]:
    """Lines: one a dossier, then the books, then what was proven."""
    return ["", "KẾT QUẢ CẢ THÁNG", *_dossiers(values), "", *_books(values), "", *_proven(values)]


def _dossiers(values: Mapping[str, Any]) -> Iterator[str]:
    unit = ""
    for row in values["month"]:
        if row["unit"] != unit:
            unit = row["unit"]
            yield ""
            yield unit
        forms = "+".join(row["forms"]) or f"{row['attachments']} tệp"
        yield (
            f"{row['title'][:TITLE]:{TITLE}} {forms:20} {_vnd(row['amount']):>15} đ  {len(row['signers'])} chữ ký "
            f"{_vnd(row['bytes']):>8} byte  {row['receipt']:13} {DECIDED.get(row['decision'], row['decision']):10} "
            f"{row['seconds']:5.1f} giây"
        )


def _books(values: Mapping[str, Any]) -> Iterator[str]:
    yield "Sổ của đơn vị: giao − đã dùng − đang chờ = còn lại, và số còn lại của Kho bạc"
    for line in values["books"]:
        codes = " ".join(filter(None, (line["account"], line["source"], line["sector"])))
        sums = " − ".join(_vnd(line.get(name) or 0) for name in ("given", "used", "held"))
        agrees = "khớp" if line["agrees"] else "KHÔNG KHỚP"
        left, theirs = _vnd(line.get("left") or 0), _vnd(line.get("treasury") or 0)
        yield f"  {codes:24} {sums} = {left}; Kho bạc {theirs}: {agrees}"


def _proven(values: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{values['dossiers']} hồ sơ, {values['signatures']} chữ ký số; tới Kho bạc đúng một lần "
        f"{values['delivered']}, "
        f"lặp {values['duplicates']}, mất {values['lost']}, đổi nội dung {values['altered']}."
    )
    yield (
        f"Mạng đứt {values['link_deaths']} lần, mất {values['answers_lost']} câu trả lời, tắt ngang máy "
        f"{values['kills']} lần. Cả tháng {values['seconds_story']:.0f} giây."
    )


def _vnd(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
