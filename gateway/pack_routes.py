"""The route of form packs: their bytes, whole or from where a broken transfer stopped (docs/protocol.md, section 9)."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Response
from fastapi.concurrency import run_in_threadpool

from gateway.access import Here, caller_of
from gateway.errors import GatewayError
from gateway.routes import ERRORS

Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the whole file")]
MEDIA_TYPE = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_BYTES = {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
router = APIRouter(prefix="/v1/packs", responses=ERRORS)


@router.get(
    "/{sha256}", response_class=Response, responses={200: _BYTES, 206: _BYTES}, dependencies=[Depends(caller_of)]
)
async def fetch_pack(sha256: Digest, gateway: Here, wanted: Annotated[str, Header(alias="range")] = "") -> Response:
    """Give a published form pack, or one range of it."""
    data = await run_in_threadpool(gateway.read_pack, sha256)
    if data is None:
        raise GatewayError(404, "pack_unknown", "Kho bạc không có bộ mẫu này. Chương trình sẽ hỏi lại kết quả.")
    headers = {"ETag": f'"{sha256}"', "Accept-Ranges": "bytes"}
    if not wanted:
        return Response(data, media_type=MEDIA_TYPE, headers=headers)
    first, last = _range(wanted, len(data))
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], status_code=206, media_type=MEDIA_TYPE, headers=headers)


def _range(wanted: str, size: int) -> tuple[int, int]:
    found = _RANGE.fullmatch(wanted.strip())
    first = int(found[1]) if found else size
    last = min(int(found[2]), size - 1) if found and found[2] else size - 1
    if first >= size or last < first:
        raise GatewayError(416, "bad_range", "Phần cần lấy không có trong bộ mẫu. Chương trình sẽ tải lại từ đầu.")
    return first, last
