"""The route of form packs: their bytes, whole or from where a broken transfer stopped (docs/protocol.md, section 9)."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from fastapi.concurrency import run_in_threadpool

from gateway.access import Here, caller_of
from gateway.errors import GatewayError
from gateway.ranges import BYTES, Digest, Range, ranged
from gateway.routes import ERRORS

router = APIRouter(prefix="/v1/packs", responses=ERRORS)


@router.get("/{sha256}", response_class=Response, responses=BYTES, dependencies=[Depends(caller_of)])
async def fetch_pack(sha256: Digest, gateway: Here, wanted: Range = "") -> Response:
    """Give a published form pack, or one range of it."""
    data = await run_in_threadpool(gateway.read_pack, sha256)
    if data is None:
        raise GatewayError(404, "pack_unknown", "Kho bạc không có bộ mẫu này. Chương trình sẽ hỏi lại kết quả.")
    return ranged(data, sha256, wanted)
