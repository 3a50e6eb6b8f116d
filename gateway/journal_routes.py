"""The routes of journals: a machine tells the head of its journal and asks what it told (docs/protocol.md, 12)."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from desktop.sync.protocol import HeadRequest, HeadsPage, SignedStatement
from gateway.access import Here, Known
from gateway.clock import now
from gateway.journal_heads import countersign, read_heads
from gateway.routes import ERRORS

router = APIRouter(prefix="/v1/journal", responses=ERRORS)


@router.post("/heads")
async def tell_head(request: HeadRequest, caller: Known, gateway: Here) -> SignedStatement:
    """Countersign the head of the caller's journal."""
    work = partial(countersign, caller=caller, request=request, key=gateway.key, at=now())
    return await gateway.database.run(work)


@router.get("/heads")
async def told_heads(
    caller: Known,
    gateway: Here,
    device: Annotated[str, Query(max_length=64)] = "",
    before: Annotated[int, Query(ge=0, lt=2**53)] = 0,
) -> HeadsPage:
    """Give what a device of the caller's unit told, the caller itself unless named."""
    wanted = device or caller.device_id
    work = partial(read_heads, unit_code=caller.unit_code, device_id=wanted, before=before)
    return await gateway.database.run(work)
