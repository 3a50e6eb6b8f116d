"""The HTTP application: routes, guard and one shape of error, over a gateway opened for as long as it serves."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from desktop.sync.protocol import LENGTH_HEADER, OFFSET_HEADER, VERSION
from gateway import journal_routes, pack_routes, part_routes, routes, trust_routes
from gateway.errors import GatewayError, bad_request
from gateway.guard import Guard, error_response
from gateway.parts import OffsetMismatch
from gateway.service import Gateway

Opener = Callable[[], AbstractAsyncContextManager[Gateway]]
OPENAPI_PATH = "/v1/openapi.json"


def create_app(opener: Opener) -> FastAPI:
    """Make the application over what `opener` opens."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opener() as gateway:
            app.state.gateway = gateway
            yield

    app = _routes(lifespan)
    app.add_middleware(Guard)
    app.add_exception_handler(GatewayError, _ours)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _not_here)
    return app


def describe() -> dict[str, Any]:
    """Give the OpenAPI document that a running gateway serves."""
    return _routes(None).openapi()


def _routes(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None) -> FastAPI:
    app = FastAPI(
        title="Vùng Xa: Treasury gateway",
        description="The wire between a budget unit and the Treasury gateway; see docs/protocol.md.",
        version=str(VERSION),
        lifespan=lifespan,
        openapi_url=OPENAPI_PATH,
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(routes.router)
    app.include_router(part_routes.router)
    app.include_router(pack_routes.router)
    app.include_router(trust_routes.router)
    app.include_router(journal_routes.router)
    return app


async def _ours(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, GatewayError)
    response = error_response(error)
    if isinstance(error, OffsetMismatch):
        response.headers[OFFSET_HEADER] = str(error.stored.offset)
        response.headers[LENGTH_HEADER] = str(error.stored.length)
    return response


async def _malformed(_: Request, __: Exception) -> JSONResponse:
    """Say that a request is malformed without repeating anything of it."""
    return error_response(
        GatewayError(422, "malformed", "Yêu cầu thiếu hoặc sai thành phần. Hãy cập nhật chương trình rồi gửi lại.")
    )


async def _not_here(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:
        return error_response(bad_request())
    code = "not_found" if error.status_code in (404, 405) else "bad_request"
    return error_response(
        GatewayError(error.status_code, code, "Cổng Kho bạc không có địa chỉ này. Hãy cập nhật chương trình.")
    )
