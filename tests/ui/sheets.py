"""Blank pages, for services in memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Sheet:
    """A page of one colour."""

    width: int
    height: int
    rgba: bytes


def white_page(width: int) -> Sheet:
    height = width * 297 // 210
    return Sheet(width, height, b"\xff" * (width * height * 4))
