"""Who asks, and with what body: the small things every route needs before it may work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import ClientDisconnect

from gateway import devices
from gateway.devices import Caller
from gateway.errors import GatewayError, too_large
from gateway.service import Gateway

STALL_SECONDS = 60.0
"""A body that gives no byte for so long is taken for a dead connection."""
_bearer = HTTPBearer(auto_error=False, description="Token of POST /v1/sessions")


def gateway_of(request: Request) -> Gateway:
    """Give the running gateway to a route."""
    gateway: Gateway = request.app.state.gateway
    return gateway


async def caller_of(
    request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Caller:
    """Give the device behind a request; raises GatewayError 401 or 429."""
    gateway = gateway_of(request)
    if bearer is None:
        raise GatewayError(401, "session_missing", "Chưa mở phiên làm việc. Chương trình sẽ tự mở phiên rồi gửi lại.")
    caller = gateway.sessions.find(bearer.credentials)
    await gateway.database.run(partial(devices.check_device, caller=caller))
    gateway.pace.take(caller.device_id)
    return caller


def pace_stranger(request: Request) -> None:
    """Slow down one address that asks without a session; raises GatewayError 429."""
    gateway_of(request).pace.take(request.client.host if request.client else "?")


Here = Annotated[Gateway, Depends(gateway_of)]
Known = Annotated[Caller, Depends(caller_of)]


def require_media_type(request: Request, wanted: str) -> None:
    """Turn down a body of another kind (RFC 9110, 415)."""
    if request.headers.get("content-type") != wanted:
        raise GatewayError(415, "wrong_media_type", "Kiểu nội dung không đúng. Hãy cập nhật chương trình rồi gửi lại.")


async def body_pieces(request: Request) -> AsyncIterator[bytes]:
    """Give a body as it streams in; raises ClientDisconnect when the connection dies or stalls."""
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(STALL_SECONDS):
                piece = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise ClientDisconnect from None
        if piece:
            yield piece


async def whole_body(request: Request, limit: int) -> bytes:
    """Give a body of at most `limit` bytes; raises GatewayError 413."""
    pieces = bytearray()
    async for piece in body_pieces(request):
        pieces += piece
        if len(pieces) > limit:
            raise too_large()
    return bytes(pieces)
