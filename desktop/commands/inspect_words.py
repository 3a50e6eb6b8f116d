"""What `vungxa inspect` says to people: the same answer as --json, in the words of the office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.dossier.dates import format_date
from desktop.dossier.money import format_foreign, format_vnd

LEVEL_WORDS = {"error": "Lỗi", "warning": "Nên kiểm tra", "hint": "Gợi ý"}
KINDS = {
    "dvc": "chứng từ của phần mềm kế toán (DVC)",
    "document": "chứng từ, đọc được bằng «vungxa check» và «vungxa print»",
    "package": "gói hồ sơ đã ký, kiểm tra bằng «vungxa verify»",
    "handover": "tệp chuyển ký, nhận bằng «vungxa handover in»",
    "receipt": "biên nhận của Kho bạc, kiểm tra bằng «vungxa verify»",
}
_FACTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "form": ("Mẫu", str),
    "number": ("Số chứng từ", str),
    "date": ("Ngày", format_date),
    "lines": ("Số dòng", str),
    "count": ("Số dòng", str),
    "package_id": ("Mã gói", str),
    "signatures": ("Số chữ ký", str),
    "machine": ("Từ máy", str),
}


def in_words(path: Path, payload: dict[str, Any]) -> list[str]:
    """The lines for people about one file."""
    kind = KINDS.get(payload["kind"]) or payload["label"]
    lines = [f"{path.name}: {kind}"]
    lines += [f"  {name}: {say(payload[key])}" for key, (name, say) in _FACTS.items() if payload.get(key) is not None]
    if payload.get("total") is not None:
        foreign = payload["kind"] == "students"
        lines.append(
            f"  Tổng tiền: {format_foreign(payload['total']) if foreign else format_vnd(payload['total']) + ' đ'}"
        )
    lines += [f"  Chứng từ {place}: {form}" for place, form in enumerate(payload.get("documents", []), start=1)]
    if "encoding" in payload:
        lines += _list_lines(payload)
    if "receipt" in payload:
        lines += [f"  Số biên nhận: {payload['receipt']['receipt_no']}", f"  Gói: {payload['receipt']['package_id']}"]
    lines += [f"  Còn thiếu: {name}" for name in _missing(payload)]
    lines += [f"  {sentence}" for sentence in payload.get("differences", [])]
    return [*lines, *_statement_rows(payload)]


def _missing(payload: dict[str, Any]) -> list[str]:
    """The blanks that the file does not give, named as they stand on the form."""
    if not payload.get("missing"):
        return []
    from desktop.dossier.document import Document
    from desktop.exchange.dvc_missing import blank_name

    document = Document.model_validate(payload["document"])
    return [blank_name(document, path) for path in payload["missing"]]


def _list_lines(payload: dict[str, Any]) -> list[str]:
    encoding = payload["encoding"]
    lines = [f"  Tiêu đề ở dòng {payload['heading_row']}"]
    lines += [f"  cột {key}: «{words}»" for key, words in payload["columns"].items()]
    if not encoding["certain"]:
        lines.append(f"  Bảng mã đoán là {encoding['label']}: {encoding['line']}")
        lines += [f"    hoặc --letters {other['letters']}: {other['line']}" for other in encoding["others"]]
    return lines + [f"  {LEVEL_WORDS[p['level']]}: {p['message']}" for p in payload["problems"]]


def _statement_rows(payload: dict[str, Any]) -> list[str]:
    """The rows of a list of payments, a tab between cells: people copy them from here into a voucher."""
    if payload.get("report") != "M01":
        return []
    from desktop.exchange.dvc_statement import HEADINGS

    rows = [[str(row.get(key, "")) for key in HEADINGS] for row in payload["rows"]]
    return ["\t".join(cells) for cells in [list(HEADINGS.values()), *rows]]
