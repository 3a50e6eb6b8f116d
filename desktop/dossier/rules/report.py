"""The answer of `vungxa check`: what is computed, what is wrong, in the shape of docs/cli.md."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from desktop.dossier.compute import amount_of, compute
from desktop.dossier.document import Attachment, Document, Dossier, Level, Problem, Where
from desktop.dossier.errors import VungXaError
from desktop.dossier.pack import form_of, load_pack
from desktop.dossier.rules.check import check_document, check_dossier, has_errors, without_echoes
from desktop.dossier.rules.context import CheckContext
from desktop.dossier.rules.parse import parse_document
from desktop.dossier.rules.register import article_of

MAX_DOCUMENTS = 100
_TOLD = ("procedure", "case", "purpose")
"""What may be told of a dossier beside its documents: "P3", "P3-a3", the purpose it was made for."""


class UnreadableDocument(VungXaError):  # the word of docs/cli.md
    """Says that a file holds no document at all; code "not_a_document"."""


def check_json(value: object, context: CheckContext | None = None) -> dict[str, object]:
    """Check a document given as JSON, or several as {"documents": [...]}, and return the whole answer.

    {"ok", "form", "computed": {"totals", "subtotals", "amount_in_words", and each total and words by its own key},
    "problems": [{"rule", "article", "also", "level", "where", "message"}]}; several documents answer with "form" and
    "computed" as lists. Raises UnreadableDocument when the value is no JSON object.
    """
    if not isinstance(value, Mapping):
        message = "Tệp không chứa một chứng từ. Chứng từ là một đối tượng JSON có «form» và «fields»."
        raise UnreadableDocument("not_a_document", message)
    documents = value.get("documents")
    if isinstance(documents, list) and "form" not in value:
        return _several(value, documents, context)
    document, problems = parse_document(value)
    if document is not None:
        problems = list(without_echoes([*problems, *check_document(document, context)]))
    return {
        "ok": not has_errors(problems),
        "form": document.form if document else None,
        "computed": computed_json(document) if document else {},
        "problems": [problem_json(item) for item in problems],
    }


def _several(whole: Mapping[str, object], values: list[object], context: CheckContext | None) -> dict[str, object]:
    attachments, problems = _attachments(whole)
    told, wrong = _told(whole)
    problems += wrong
    documents: list[Document] = []
    if len(values) > MAX_DOCUMENTS:
        message = f"Một hồ sơ nhận nhiều nhất {MAX_DOCUMENTS} chứng từ, tệp có {len(values)}. Tách thành nhiều hồ sơ."
        problems.append(Problem(rule="too_long", level=Level.ERROR, message=message))
    for index, value in enumerate(values[:MAX_DOCUMENTS]):
        document, found = parse_document(value)
        problems += [
            item.model_copy(update={"where": item.where.model_copy(update={"document": index})}) for item in found
        ]
        documents.append(document or Document(form=""))
    dossier = Dossier(
        local_id="check",
        number="",
        title="",
        pack=load_pack().version,
        documents=tuple(documents),
        attachments=attachments,
        state_secret=whole.get("state_secret") not in (None, False),
        **told,
    )
    checked = [item for item in check_dossier(dossier, context) if item.rule != "form"]
    problems = list(without_echoes([*problems, *checked]))
    return {
        "ok": not has_errors(problems),
        "form": [document.form or None for document in documents],
        "computed": [computed_json(document) if document.form else {} for document in documents],
        "problems": [problem_json(item) for item in problems],
    }


def _told(whole: Mapping[str, object]) -> tuple[dict[str, str], list[Problem]]:
    """Read what a dossier is for; what is not text counts as not told."""
    given = {key: whole[key] for key in _TOLD if whole.get(key) is not None}
    wrong = [key for key, value in given.items() if not isinstance(value, str)]
    message = 'Phần «{}» phải là chữ, ví dụ "P3". Sửa phần này.'
    problems = [
        Problem(rule="type", level=Level.ERROR, where=Where(field=key), message=message.format(key)) for key in wrong
    ]
    return {key: value for key, value in given.items() if isinstance(value, str)}, problems


def _attachments(whole: Mapping[str, object]) -> tuple[tuple[Attachment, ...], list[Problem]]:
    """Read what stands beside the documents of a dossier; what is not understood is said, never passed over."""
    found: list[Attachment] = []
    problems: list[Problem] = []
    for key in whole.keys() - {"documents", "attachments", "state_secret", *_TOLD}:
        message = f"Chương trình không biết phần «{key[:40]}» và bỏ qua."
        problems.append(Problem(rule="unknown", level=Level.WARNING, message=message))
    given = whole.get("attachments") or []
    for number, item in enumerate(given if isinstance(given, list) else [given], start=1):
        try:
            found.append(Attachment.model_validate(item))
        except ValidationError:
            message = f"Tệp đính kèm thứ {number} chưa đúng. Ghi đủ name, sha256, size, media_type."
            problems.append(
                Problem(
                    rule="type", level=Level.ERROR, where=Where(field="attachments", row=number - 1), message=message
                )
            )
    return tuple(found), problems


def computed_json(document: Document) -> dict[str, object]:
    """Return what is worked out of a document; raises UnknownForm."""
    form = form_of(document.form)
    computed = compute(document, form)
    flat: dict[str, object] = {"total": amount_of(document, form, computed)}
    for words in form.amounts_in_words:
        flat[words.key.removesuffix("_words")] = computed.spelt[words.key]
        flat[words.key] = computed.words[words.key]
    return {
        "totals": computed.totals,
        "subtotals": computed.subtotals,
        "amount_in_words": computed.words,
        **flat,
    }


def problem_json(item: Problem) -> dict[str, object]:
    """Return a problem with the article it rests on and only those parts of its place that apply."""
    return {
        "rule": item.rule,
        "article": article_of(item.rule),
        "also": list(item.also),
        "level": item.level.value,
        "where": item.where.model_dump(exclude_none=True),
        "message": item.message,
    }
