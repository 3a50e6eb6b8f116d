"""The demo's summary as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROWS = (
    ("dossiers", "Hồ sơ đã lập", ""),
    ("signatures", "Chữ ký số", ""),
    ("delivered", "Đã tới Kho bạc, đúng một lần", ""),
    ("duplicates", "Bị lặp", ""),
    ("lost", "Bị mất", ""),
    ("altered", "Bị đổi nội dung", ""),
    ("receipts_verified", "Biên nhận đã kiểm tra chữ ký", ""),
    ("paid", "Kho bạc đã thanh toán", ""),
    ("returned", "Kho bạc trả lại", ""),
    ("supplement_requests", "Kho bạc yêu cầu bổ sung", ""),
    ("kills", "Lần tắt ngang máy", ""),
    ("link_deaths", "Lần mạng đứt", ""),
    ("answers_lost", "Câu trả lời bị mất sau khi đã nhận", ""),
    ("bytes_minimum", "Ít nhất phải gửi", "byte"),
    ("bytes_sent", "Đã gửi, kể cả gửi lại", "byte"),
    ("seconds_limit", "Giới hạn của đường truyền", "giây"),
    ("seconds_sending", "Từ khi có mạng đến biên nhận cuối", "giây"),
    ("seconds_lost_to_kills", "trong đó chờ khởi động lại", "giây"),
)


def table(values: Mapping[str, Any]) -> list[str]:
    """Lines of two columns; amounts with dots between thousands."""
    width = max(len(label) for _, label, _ in ROWS)
    lines = ["", "KẾT QUẢ", "-" * (width + 16)]
    for key, label, unit in ROWS:
        value = values[key]
        shown = f"{value:,}".replace(",", ".") if isinstance(value, int) else f"{value:.1f}".replace(".", ",")
        lines.append(f"{label:{width}}  {shown:>10} {unit}".rstrip())
    ratio = (
        values["bytes_sent"] / max(1, values["bytes_minimum"]),
        values["seconds_sending"] / max(0.1, values["seconds_limit"]),
    )
    lines.append(f"So với giới hạn: {ratio[0]:.2f} lần số byte, {ratio[1]:.2f} lần thời gian.".replace(".", ",", 2))
    return lines
