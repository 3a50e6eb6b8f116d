"""`python -m gateway.openapi docs/openapi.json`: writes the OpenAPI document, so that page and server agree."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from gateway.api import describe


def text() -> str:
    """Give the document as it is kept in docs/."""
    return json.dumps(describe(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
