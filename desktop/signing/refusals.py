"""Turns the codes that come from the token process into errors with words."""

from __future__ import annotations

from desktop.signing.errors import (
    CertificateNotFound,
    ModuleError,
    PinFinalTry,
    PinLocked,
    PinWrong,
    TokenError,
    TokenGone,
)

_REFUSED = {
    "pin_to_change": "Token đòi đổi mã PIN trước khi dùng. Hãy đổi mã PIN rồi ký lại.",
    "pin_format": "Mã PIN không đúng độ dài hoặc ký tự mà token cho phép. Hãy xem lại rồi nhập lại.",
    "pin_not_set": "Token chưa đặt mã PIN. Hãy đặt mã PIN bằng phần mềm của nơi cấp token.",
    "pin_cancelled": "Đã bỏ nhập mã PIN trên bàn phím của đầu đọc. Khi sẵn sàng, hãy ký lại.",
    "pin_pad_timeout": "Chưa thấy nhập mã PIN trên bàn phím của đầu đọc. Hãy ký lại và nhập mã PIN trên đầu đọc.",
    "session_lost": "Phiên làm việc với token đã đóng. Hãy nhập lại mã PIN để ký tiếp.",
    "token_cannot_decrypt": "Token này chỉ ký, không mở khóa được dữ liệu. Hãy mở bằng mật khẩu hoặc mã khôi phục.",
    "key_unsupported": "Khóa của chứng thư này không ký được ở đây: chỉ dùng RSA từ 2048 đến 4096 bit, EC P-256 hoặc "
    "P-384. Hãy xin nơi cấp token đổi chứng thư.",
}
_DRIVER = {
    "module_unusable": "Không nạp được trình điều khiển token. Hãy cài lại trình điều khiển của nơi cấp token.",
    "module_wrong_bits": "Trình điều khiển là bản 32 bit hoặc của loại máy khác. Hãy cài bản 64 bit của nơi cấp token.",
    "module_no_functions": "Tệp không phải trình điều khiển token (không có C_GetFunctionList). Hãy chọn tệp khác do "
    "nơi cấp token đưa.",
    "module_crashed": "Trình điều khiển token bị dừng đột ngột. Hãy rút token, cắm lại rồi thử lần nữa.",
    "bad_token_signature": "Token trả về chữ ký không khớp với chứng thư. Hãy liên hệ nơi cấp token.",
}


def refusal(code: str, flags: tuple[bool, bool] = (False, False)) -> TokenError:
    """Make the error for a code; `flags` are what the token tells of its tries afterwards, (low, final try).

    A code nobody knows is ModuleError module_error.
    """
    low, final_try = flags
    if code == "pin_wrong":
        return PinWrong(few_left=low or final_try or None, final_try=final_try)
    if code in _REFUSED:
        return TokenError(code, _REFUSED[code])
    if code in _DRIVER:
        return ModuleError(code, _DRIVER[code])
    known = {
        "pin_final_try": PinFinalTry,
        "pin_locked": PinLocked,
        "token_gone": TokenGone,
        "certificate_not_found": CertificateNotFound,
    }
    return known[code]() if code in known else ModuleError()


def wrong_length(shortest: int, longest: int) -> TokenError:
    """Make the error pin_format of a new PIN that the token would not take, with the lengths it takes."""
    return TokenError("pin_format", f"Mã PIN mới phải dài từ {shortest} đến {longest} ký tự. Hãy chọn mã PIN khác.")
