"""The routes of parts: HEAD tells what is stored, PATCH appends as the body comes (docs/protocol.md, section 5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response

from desktop.sync.protocol import LENGTH_HEADER, OFFSET_HEADER, PART_MEDIA_TYPE
from gateway import archive
from gateway.access import Here, Known, body_pieces, require_media_type
from gateway.errors import GatewayError
from gateway.parts import Stored
from gateway.routes import ERRORS, binary_body
from gateway.service import Gateway

Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the whole part")]
Count = Annotated[int, Header(ge=0, lt=2**53)]
_TOLD = {
    OFFSET_HEADER: {"schema": {"type": "integer"}, "description": "Bytes stored durably"},
    LENGTH_HEADER: {"schema": {"type": "integer"}, "description": "Bytes of the whole part"},
}
router = APIRouter(prefix="/v1/parts", responses=ERRORS)


@router.head("/{sha256}", response_class=Response, responses={200: {"headers": _TOLD, "content": {}}})
async def look_at_part(sha256: Digest, caller: Known, gateway: Here) -> Response:
    """Tell how much of a part is stored; 404 for nothing."""
    stored = await gateway.parts.look(caller.unit_code, sha256)
    if stored is None:
        raise GatewayError(404, "not_found", "Kho bạc chưa nhận phần nào của tệp này.")
    if stored.whole:
        await gateway.reception.part_arrived(caller.unit_code, sha256)
    return Response(headers=_headers(stored))


@router.patch(
    "/{sha256}",
    status_code=204,
    response_class=Response,
    openapi_extra=binary_body(PART_MEDIA_TYPE),
    responses={
        204: {"headers": _TOLD},
        409: {"headers": _TOLD},
        460: {"description": "The bytes are not the named ones"},
    },
)
async def append_to_part(
    request: Request, sha256: Digest, upload_offset: Count, upload_length: Count, caller: Known, gateway: Here
) -> Response:
    """Append to a part that a waiting package of this unit wants."""
    require_media_type(request, PART_MEDIA_TYPE)
    await _check_wanted(gateway, caller.unit_code, sha256)
    received = _Counted(body_pieces(request))
    try:
        stored = await gateway.parts.append(
            caller.unit_code, sha256, Stored(upload_offset, upload_length), received.pieces()
        )
    finally:
        await gateway.add_bytes(received.count)
    if stored.whole:
        await gateway.reception.part_arrived(caller.unit_code, sha256)
    return Response(status_code=204, headers=_headers(stored))


async def _check_wanted(gateway: Gateway, unit_code: str, sha256: str) -> None:
    wanting = await gateway.database.run(partial(archive.waiting_for, unit_code=unit_code, part=sha256))
    if not wanting and not gateway.parts.whole(unit_code, sha256):
        raise GatewayError(
            404, "part_unknown", "Không có hồ sơ nào đang chờ tệp này. Chương trình sẽ hỏi lại kết quả của hồ sơ."
        )


class _Counted:
    """Counts the bytes of a stream that may break at any moment."""

    def __init__(self, source: AsyncIterator[bytes]) -> None:
        self._source = source
        self.count = 0

    async def pieces(self) -> AsyncIterator[bytes]:
        async for piece in self._source:
            self.count += len(piece)
            yield piece


def _headers(stored: Stored) -> dict[str, str]:
    return {OFFSET_HEADER: str(stored.offset), LENGTH_HEADER: str(stored.length)}
