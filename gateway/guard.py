"""Stands before every route: bounds bodies by their declared length, and lets no failure out unshaped."""

from __future__ import annotations

import logging

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.dossier.dates import instant
from desktop.sync.protocol import MAX_BATCH_BYTES, MAX_PART_BYTES, ErrorBody
from gateway.clock import now
from gateway.crash import place_of
from gateway.errors import GatewayError, bad_request, too_large

MAX_JSON_BYTES = 64 * 1024
MAX_AT_ONCE = 256
ERROR_HEADER = "Vungxa-Error"
"""Repeats the code of the body, since an answer to HEAD has none."""
_DRAINED = 1024 * 1024
_log = logging.getLogger(__name__)


class Guard:
    """ASGI middleware; the one process boundary of a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it is within bounds, else answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._handle(scope, receive, send)
        finally:
            self._inside -= 1

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer(send)
        try:
            self._admit(scope)
            await self._app(scope, receive, answer)
        except GatewayError as error:
            await error_response(error, scope)(scope, receive, send)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:  # noqa: BLE001 - the boundary of a request: a bug becomes one shaped answer
            _log.error("request failed: %s", place_of(error))
            if not answer.begun:
                await error_response(_internal(), scope)(scope, receive, send)

    def _admit(self, scope: Scope) -> None:
        if self._inside > MAX_AT_ONCE:
            raise GatewayError(
                503, "busy", "Kho bạc đang nhận quá nhiều hồ sơ. Chương trình sẽ tự gửi lại sau.", retry_after=5
            )
        headers = dict(scope["headers"])
        if b"transfer-encoding" in headers:
            raise GatewayError(
                411, "length_required", "Yêu cầu phải ghi độ dài. Hãy cập nhật chương trình rồi gửi lại."
            )
        if _declared(headers) > _limit(scope["path"]):
            raise too_large()


class _Answer:
    """Passes an answer on and remembers whether it has begun: from then on nothing else may be said."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        await self._send(message)


def error_response(error: GatewayError, scope: Scope | None = None) -> JSONResponse:
    """Shape an error; a connection whose large body nobody will read is closed instead of drained."""
    headers = {ERROR_HEADER: error.code}
    if error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    if scope is not None and _declared(dict(scope["headers"])) > _DRAINED:
        headers["Connection"] = "close"
    body = ErrorBody(code=error.code, message=error.message, retry_after=error.retry_after, time=instant(now()))
    return JSONResponse(body.model_dump(), status_code=error.status, headers=headers)


def _internal() -> GatewayError:
    return GatewayError(
        500, "internal", "Cổng của Kho bạc gặp lỗi. Hồ sơ vẫn nằm ở máy; chương trình sẽ tự gửi lại.", retry_after=30
    )


def _declared(headers: dict[bytes, bytes]) -> int:
    text = headers.get(b"content-length", b"0")
    if not text.isdigit():
        raise bad_request()
    return int(text[:20])


def _limit(path: str) -> int:
    if path == "/v1/packages":
        return MAX_BATCH_BYTES
    return MAX_PART_BYTES if path.startswith("/v1/parts/") else MAX_JSON_BYTES
