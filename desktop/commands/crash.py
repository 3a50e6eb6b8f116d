"""Writes a bug's place to a file that holds no data: types, files and lines, never values or messages."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path


def report(error: BaseException) -> str:
    """Writes the report and returns the sentence to show. The exception's text is left out: it might quote a field."""
    frames = traceback.extract_tb(error.__traceback__)
    places = "\n".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    with tempfile.NamedTemporaryFile("w", prefix="vungxa-", suffix=".txt", delete=False, encoding="utf-8") as handle:
        handle.write(f"{type(error).__name__}\n{places}\n")
    return f"Chương trình gặp lỗi của chính nó, dữ liệu vẫn giữ nguyên. Gửi tệp {handle.name} cho nơi hỗ trợ."
