"""What can go wrong with tokens, containers and statements, each with a stable code and a Vietnamese sentence."""

from __future__ import annotations

from desktop.dossier.errors import VungXaError


class ContainerError(VungXaError):
    """A file is not a package we can read; nothing of it was used."""


class StatementError(VungXaError):
    """A statement's signature does not hold, so nothing it says counts."""


class TrustError(VungXaError):
    """A file of trust roots cannot be used."""


class TokenError(VungXaError):
    """Base of everything a token or its driver refuses; `code` tells which."""


class PinWrong(TokenError):
    """A try was spent. PKCS#11 has only flags: `few_left` is None when the token does not tell."""

    def __init__(self, *, few_left: bool | None = None, final_try: bool = False) -> None:
        self.few_left = few_left
        self.final_try = final_try
        super().__init__("pin_wrong", f"Sai mã PIN. {_left(few_left, final_try)} {_LOCK_WARNING}")


class PinLocked(TokenError):
    """The token takes no PIN any more until its issuer unlocks it."""

    def __init__(self) -> None:
        super().__init__(
            "pin_locked", "Token đã bị khóa vì sai mã PIN nhiều lần. Hãy mang token đến nơi cấp để mở khóa."
        )


class PinFinalTry(TokenError):
    """One try is left and nobody has said yes to spending it; none was spent."""

    def __init__(self) -> None:
        super().__init__(
            "pin_final_try",
            f"Chỉ còn 1 lần thử mã PIN. {_LOCK_WARNING} Chỉ nhập tiếp khi chắc chắn nhớ đúng mã PIN.",
        )


class TokenGone(TokenError):
    """The token was pulled out, or is not there."""

    def __init__(self) -> None:
        super().__init__(
            "token_gone", "Không thấy token. Hãy cắm lại token rồi ký tiếp; những hồ sơ ký xong vẫn giữ nguyên."
        )


class CertificateNotFound(TokenError):
    """The token does not hold the certificate, or not the key that belongs to it."""

    def __init__(self) -> None:
        super().__init__(
            "certificate_not_found",
            "Token này không có chứng thư đã chọn hoặc thiếu khóa ký của chứng thư. Hãy cắm đúng token của người ký.",
        )


class ModuleError(TokenError):
    """The driver of the token cannot be loaded, broke down, or refused for a reason of its own."""

    def __init__(self, code: str = "module_error", message: str = "") -> None:
        super().__init__(code, message or "Trình điều khiển token gặp lỗi. Hãy rút token, cắm lại rồi thử lần nữa.")


class WorkerTimeout(TokenError):
    """The driver did not answer in time; its process was ended and the next call starts another."""

    def __init__(self) -> None:
        super().__init__("token_timeout", "Token không trả lời. Hãy rút token, chờ vài giây, cắm lại rồi thử lần nữa.")


_LOCK_WARNING = "Sai hết, token tự khóa và phải mang đến nơi cấp để mở."


def _left(few_left: bool | None, final_try: bool) -> str:
    if final_try:
        return "Chỉ còn 1 lần thử."
    return "Còn ít lần thử." if few_left else "Hãy xem lại trước khi nhập tiếp."
