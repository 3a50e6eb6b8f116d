"""The routes of docs/protocol.md but those of parts, each a few lines over the rooms behind it."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from desktop.dossier.dates import instant
from desktop.sync.framing import FramingError, unpack_batch
from desktop.sync.protocol import (
    BATCH_MEDIA_TYPE,
    MAX_BATCH_BYTES,
    VERSION,
    BatchAnswer,
    EnrolmentAnswer,
    EnrolmentRequest,
    ErrorBody,
    FeedPage,
    Health,
    OutcomesRequest,
    SessionAnswer,
    SessionRequest,
)
from gateway import devices
from gateway.access import Here, Known, pace_stranger, require_media_type, whole_body
from gateway.clock import now
from gateway.errors import GatewayError, too_large
from gateway.feed import MAX_PAGE, read_feed

ERRORS: dict[int | str, dict[str, Any]] = {"4XX": {"model": ErrorBody}, "5XX": {"model": ErrorBody}}
router = APIRouter(prefix="/v1", responses=ERRORS)


@router.get("/health", dependencies=[Depends(pace_stranger)])
async def health() -> Health:
    """Tell the gateway from a captive portal, and the time."""
    return Health(version=VERSION, time=instant(now()))


@router.post("/enrolments", status_code=201, dependencies=[Depends(pace_stranger)])
async def enrol(request: EnrolmentRequest, gateway: Here) -> EnrolmentAnswer:
    """Register a device with a one-time code."""
    caller = await gateway.database.run(partial(devices.enrol, request=request, at=now()))
    return EnrolmentAnswer(device_id=caller.device_id, unit_code=caller.unit_code, statement_keys=gateway.key.published)


@router.post("/sessions", dependencies=[Depends(pace_stranger)])
async def open_session(request: SessionRequest, gateway: Here) -> SessionAnswer:
    """Exchange a proof of possession for a token."""
    at = now()
    caller = await gateway.database.run(partial(devices.prove, request=request, pin=gateway.pin, at=at))
    return SessionAnswer(token=gateway.sessions.issue(caller), expires_in=devices.SESSION_SECONDS, time=instant(at))


def binary_body(media_type: str) -> dict[str, Any]:
    """Describe a raw body to OpenAPI."""
    schema = {"type": "string", "format": "binary"}
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


@router.post("/packages", openapi_extra=binary_body(BATCH_MEDIA_TYPE), response_model_exclude_defaults=True)
async def send_packages(request: Request, caller: Known, gateway: Here) -> BatchAnswer:
    """Take a batch of cores; one outcome for each, in order."""
    require_media_type(request, BATCH_MEDIA_TYPE)
    body = await whole_body(request, MAX_BATCH_BYTES)
    try:
        packages = unpack_batch(body)
    except FramingError as error:
        raise _bad_batch(error) from error
    await gateway.add_bytes(len(body))
    return BatchAnswer(outcomes=await gateway.reception.receive(caller.unit_code, packages))


def _bad_batch(error: FramingError) -> GatewayError:
    if error.code == "too_large":
        return too_large()
    return GatewayError(400, "bad_batch", "Lô gửi bị hỏng. Chương trình sẽ đóng gói và gửi lại.")


@router.post("/outcomes", response_model_exclude_defaults=True)
async def ask_outcomes(request: OutcomesRequest, caller: Known, gateway: Here) -> BatchAnswer:
    """Tell what became of each id."""
    return BatchAnswer(outcomes=await gateway.reception.outcomes(caller.unit_code, request.package_ids))


@router.get("/feed")
async def feed(
    caller: Known,
    gateway: Here,
    after: Annotated[int, Query(ge=0, lt=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = MAX_PAGE,
) -> FeedPage:
    """Give signed events after a cursor."""

    def work(connection: sqlite3.Connection) -> FeedPage:
        return read_feed(connection, caller.unit_code, after, limit)

    return await gateway.database.run(work)
