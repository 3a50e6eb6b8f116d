"""Checks a document or a whole dossier given as JSON, as `vungxa check` and the demo do."""

from __future__ import annotations

from typing import Any

from desktop.dossier.document import Attachment, Document, Dossier, Level, Problem
from desktop.dossier.errors import VungXaError
from desktop.dossier.rules.check import CheckContext, check_dossier
from desktop.dossier.rules.report import check_json, parse_document


class BadDossier(VungXaError):
    """The JSON is neither a document nor a dossier (bad_document)."""


def check_any(value: dict[str, Any], context: CheckContext | None = None) -> dict[str, Any]:
    """The answer of docs/cli.md for a document, or for `{"documents": […]}`. Raises BadDossier."""
    if "documents" in value:
        return _check_dossier_json(value, context or CheckContext())
    if "form" not in value:
        raise BadDossier("bad_document", "Tệp không có mục «form» nên không biết là mẫu nào. Ghi ký hiệu mẫu, ví dụ C2-02a/NS, rồi thử lại.")
    return check_json(value)


def _check_dossier_json(value: dict[str, Any], context: CheckContext) -> dict[str, Any]:
    if not isinstance(value["documents"], list):
        raise BadDossier("bad_document", "Mục «documents» phải là danh sách chứng từ. Sửa tệp rồi thử lại.")
    reports = [check_json(item) if isinstance(item, dict) else None for item in value["documents"]]
    documents: list[Document] = []
    problems: list[dict[str, Any]] = []
    for index, report in enumerate(reports):
        if report is None:
            raise BadDossier("bad_document", f"Chứng từ thứ {index + 1} không phải đối tượng JSON. Sửa tệp rồi thử lại.")
        document, unreadable = parse_document(value["documents"][index])
        problems += [_placed(problem, index) for problem in unreadable]
        if document is not None:
            documents.append(document)
    problems += [p.model_dump(mode="json", exclude_none=True) for p in check_dossier(_dossier(value, documents), context)]
    ok = not any(problem["level"] == Level.ERROR for problem in problems)
    return {"ok": ok, "computed": [report["computed"] for report in reports if report], "problems": problems}


def _placed(problem: Problem, index: int) -> dict[str, Any]:
    where = problem.where.model_copy(update={"document": index})
    return problem.model_copy(update={"where": where}).model_dump(mode="json", exclude_none=True)


def _dossier(value: dict[str, Any], documents: list[Document]) -> Dossier:
    try:
        attachments = tuple(Attachment.model_validate(item) for item in value.get("attachments", []))
        return Dossier(
            local_id=str(value.get("local_id", "")),
            number=str(value.get("number", "")),
            title=str(value.get("title", "")),
            procedure=str(value.get("procedure", "P3")),
            case=str(value.get("case", "a")),
            documents=tuple(documents),
            attachments=attachments,
            state_secret=value.get("state_secret") is True,
        )
    except (TypeError, ValueError) as error:
        raise BadDossier("bad_document", "Danh sách tệp đính kèm chưa đúng dạng. Xem docs/cli.md rồi sửa tệp.") from error


