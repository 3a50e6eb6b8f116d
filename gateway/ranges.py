"""Gives a file whole or one range of it, so that a broken transfer goes on where it stopped (RFC 9110, section 14)."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Header, Path, Response

from gateway.errors import GatewayError

MEDIA_TYPE = "application/octet-stream"
Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the whole file")]
Range = Annotated[str, Header(alias="range")]
BYTES: dict[int | str, dict[str, Any]] = {
    status: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}} for status in (200, 206)
}
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


def ranged(data: bytes, sha256: str, wanted: str) -> Response:
    """Answer with a file of this name, or with what of it is `wanted`; raises GatewayError 416."""
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
        raise GatewayError(416, "bad_range", "Phần cần lấy không có trong tệp. Chương trình sẽ tải lại từ đầu.")
    return first, last
