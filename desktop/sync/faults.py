"""Sorts every failure of the wire once, at the edge, into an enum that policy reads (docs/protocol.md, section 7)."""

from __future__ import annotations

from enum import StrEnum

from desktop.dossier.errors import VungXaError


class Fault(StrEnum):
    """Why an exchange with the gateway gave no answer of the protocol."""

    OFFLINE = "offline"
    LINK_DIED = "link_died"
    CAPTIVE = "captive"
    AUTH = "auth"
    SERVER_BUSY = "server_busy"
    REFUSED = "refused"
    PROTOCOL = "protocol"


_MESSAGES = {
    Fault.OFFLINE: "Chưa nối được tới Kho bạc. Kiểm tra mạng; máy sẽ tự thử lại.",
    Fault.LINK_DIED: "Mạng rớt giữa chừng. Máy sẽ tự nối lại và gửi tiếp.",
    Fault.CAPTIVE: "Máy trả lời không phải Kho bạc. Nếu dùng Wi-Fi công cộng, hãy mở trình duyệt để đăng nhập mạng.",
    Fault.AUTH: "Kho bạc không nhận thiết bị này. Liên hệ cán bộ Kho bạc để cấp lại mã đăng ký.",
    Fault.SERVER_BUSY: "Máy chủ Kho bạc đang bận. Máy sẽ tự gửi lại sau.",
    Fault.REFUSED: "Kho bạc không nhận yêu cầu này. Máy sẽ thử lại sau; nếu lặp lại, hãy báo cán bộ Kho bạc.",
    Fault.PROTOCOL: "Kho bạc trả lời sai quy cách. Chưa tính là đã gửi; máy sẽ hỏi lại sau.",
}


class WireError(VungXaError):
    """An exchange failed. `code` is the fault's name or the gateway's own code.

    `sent` tells whether any byte of the request may have left; `retry_after` is the wait in seconds the gateway asked
    for, 0 when it did not; `status` the HTTP status, 0 when there was none; `server_time` the gateway's clock if told.
    """

    def __init__(
        self,
        fault: Fault,
        why: str,
        *,
        sent: bool = True,
        code: str = "",
        status: int = 0,
        retry_after: int = 0,
        server_time: str = "",
    ) -> None:
        super().__init__(code or fault.value, _MESSAGES[fault])
        self.fault = fault
        self.why = why
        self.sent = sent
        self.status = status
        self.retry_after = retry_after
        self.server_time = server_time

    def __reduce__(self) -> tuple[type[WireError], tuple[Fault, str]]:
        return type(self), (self.fault, self.why)


def fault_of_status(status: int, code: str) -> Fault:
    """Return what a status that is not the expected one means; `code` is the ErrorBody's, empty when there was none.

    A redirect, or an error without the gateway's own body, is somebody else answering (RFC 6585 section 6 on portals).
    """
    if 300 <= status < 400 or status == 511:
        return Fault.CAPTIVE
    if status in {429, 507} or status >= 500:
        return Fault.SERVER_BUSY
    if not code:
        return Fault.CAPTIVE if 400 <= status < 500 else Fault.PROTOCOL
    if status in {401, 403}:
        return Fault.AUTH
    return Fault.REFUSED if 400 <= status < 500 else Fault.PROTOCOL
