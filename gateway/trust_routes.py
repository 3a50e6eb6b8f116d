"""The routes of trust: the signed list, its revocation lists, the sandbox's time-stamps (docs/protocol.md, 10, 11)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool

from desktop.sync.protocol import TIMESTAMP_ANSWER_TYPE, TIMESTAMP_QUERY_TYPE, SignedStatement
from gateway.access import Here, caller_of, pace_stranger, require_media_type, whole_body
from gateway.clock import now
from gateway.errors import GatewayError
from gateway.ranges import BYTES, Digest, Range, ranged
from gateway.routes import ERRORS, binary_body

MAX_QUERY_BYTES = 16 * 1024
router = APIRouter(prefix="/v1", responses=ERRORS)
_REPLY: dict[int | str, dict[str, Any]] = {
    200: {"content": {TIMESTAMP_ANSWER_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get("/trust", responses={304: {}}, response_model=SignedStatement, dependencies=[Depends(caller_of)])
async def fetch_trust(
    gateway: Here, known: Annotated[str, Header(alias="if-none-match")] = ""
) -> Response | SignedStatement:
    """Give the trust list, or 304 when the asker has it."""
    signed = await run_in_threadpool(gateway.read_trust)
    if signed is None:
        raise GatewayError(404, "trust_unknown", "Kho bạc chưa công bố danh sách tin cậy. Chương trình sẽ hỏi lại sau.")
    etag = f'"{signed.key_id}:{signed.list.version}"'
    if known == etag:
        return Response(status_code=304, headers={"ETag": etag})
    return Response(signed.statement, media_type="application/json", headers={"ETag": etag})


@router.get("/crls/{sha256}", response_class=Response, responses=BYTES, dependencies=[Depends(caller_of)])
async def fetch_crl(sha256: Digest, gateway: Here, wanted: Range = "") -> Response:
    """Give a published revocation list, or one range of it."""
    data = await run_in_threadpool(gateway.read_crl, sha256)
    if data is None:
        raise GatewayError(404, "crl_unknown", "Kho bạc không còn danh sách thu hồi này. Chương trình sẽ hỏi lại.")
    return ranged(data, sha256, wanted)


@router.post(
    "/tsa",
    response_class=Response,
    responses=_REPLY,
    dependencies=[Depends(pace_stranger)],
    openapi_extra=binary_body(TIMESTAMP_QUERY_TYPE),
)
async def time_stamp(request: Request, gateway: Here) -> Response:
    """Give an RFC 3161 time-stamp of the sandbox's authority."""
    require_media_type(request, TIMESTAMP_QUERY_TYPE)
    query = await whole_body(request, MAX_QUERY_BYTES)
    return Response(await run_in_threadpool(gateway.tsa.respond, query, now()), media_type=TIMESTAMP_ANSWER_TYPE)
