"""The shapes of a voucher file once read: plain values only, so that nothing of Java's bean language goes further."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

HEADER_CLASS = "dvc.service.custom.TemplateChungTu"
LINE_CLASS = "dvc.service.custom.TemplateChungTuGt"
DECODER_CLASS = "java.beans.XMLDecoder"
LIST_CLASS = "java.util.ArrayList"
TIMESTAMP_CLASS = "java.sql.Timestamp"
SCALARS = frozenset({"string", "long", "int", "double", "boolean"})


@dataclass(frozen=True)
class Timestamp:
    """An instant in milliseconds since 1970-01-01 UTC; which date it means is the reader's business."""

    milliseconds: int | None


@dataclass
class Bean:
    """One object with its properties; None means "not given". Lines are beans inside a list."""

    properties: dict[str, BeanValue] = field(default_factory=dict)


BeanValue = str | int | bool | Decimal | Timestamp | list[Bean] | None
