"""What is said beside the PIN, in each situation; numbers are said only where the token gave one."""

from __future__ import annotations

from typing import NamedTuple

from desktop.dossier.sign_views import TokenView

KEYBOARD = "Tắt gõ tiếng Việt trước khi nhập mã PIN."
LOCKS = "Sai hết, token tự khóa và phải mang đến nơi cấp để mở."
CAPS = "Phím Caps Lock đang bật."
TYPING = "Bộ gõ tiếng Việt đang bật nên mã PIN có chữ có dấu."
ON_PAD = "Nhập mã PIN trên bàn phím của đầu đọc."


class PinWords(NamedTuple):
    """A strong line in `tint` ("" when nothing weighs) and a plain one."""

    strong: str
    plain: str
    tint: str = "amber"


def before(token: TokenView | None) -> PinWords:
    """Say what a token reports about its PIN before it is asked for."""
    if token is None:
        return PinWords("", KEYBOARD)
    if token.pin_locked:
        plain = "Mang token đến nơi cấp để mở khóa. Hồ sơ chưa ký vẫn chờ nguyên ở đây."
        return PinWords("Token đã khóa vì sai mã PIN nhiều lần.", plain, "red")
    if token.pin_to_change:
        plain = "Bấm «Đổi mã PIN», rồi nhập mã mới để ký."
        return PinWords("Token đòi đổi mã PIN mới trước khi ký.", plain)
    if token.pin_final_try:
        return PinWords("Chỉ còn 1 lần thử mã PIN.", LOCKS)
    if token.pin_low:
        return PinWords("Còn ít lần thử mã PIN.", LOCKS)
    return PinWords("", "Bấm «Ký», rồi làm theo màn hình của đầu đọc." if token.pin_pad else KEYBOARD)


def each_time(turn: int, count: int, *, pad: bool) -> PinWords:
    """Say that the token wants its PIN before each signature, and how far that is."""
    if pad:
        return PinWords(
            f"Đầu đọc đòi mã PIN cho từng chữ ký: lần {turn}/{count}.",
            "Nhập mã PIN trên bàn phím của đầu đọc.",
            "blue",
        )
    return PinWords(f"Token này đòi mã PIN cho từng chữ ký: lần {turn}/{count}.", "Máy đưa mã PIN vừa nhập.", "blue")


def refused(message: str) -> PinWords:
    """Give an error about the PIN: its first sentence weighs."""
    head, _, rest = message.partition(". ")
    return PinWords(head.rstrip(".") + ".", rest or KEYBOARD, "red")


def length_words(least: int, most: int) -> str:
    """Say how long a PIN may be by the token's own limits; "" when it tells none."""
    if least and most:
        return f"Dài từ {least} đến {most} ký tự."
    return f"Dài ít nhất {least} ký tự." if least else f"Dài nhiều nhất {most} ký tự." if most else ""
