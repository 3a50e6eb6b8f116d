"""Why a request or a command is turned down, in one shape for HTTP answers, outcomes and the command line."""

from __future__ import annotations

from desktop.dossier.errors import VungXaError


class GatewayError(VungXaError):
    """A request that ends here: HTTP status, code, Vietnamese message, seconds to wait (0: the client's policy)."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int = 0) -> None:
        super().__init__(code, message)
        self.status = status
        self.retry_after = retry_after


class Refused(VungXaError):
    """A package that can never be accepted as it is; becomes an outcome `refused` with this code and message."""


def bad_request(message: str = "Yêu cầu không đúng giao thức. Hãy cập nhật chương trình rồi gửi lại.") -> GatewayError:
    """Turn down what is not of the protocol (docs/protocol.md)."""
    return GatewayError(400, "bad_request", message)


def too_large(message: str = "Nội dung gửi lên quá lớn. Hãy chia nhỏ lô gửi.") -> GatewayError:
    """Turn down a body over its limit (RFC 9110, 413)."""
    return GatewayError(413, "too_large", message)
