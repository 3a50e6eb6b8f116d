"""The check of a file that names the form pack it was made under: carried over first, as an opened draft is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.dossier.document import Dossier, Level, Problem, Where
from desktop.dossier.migrate import WHOLE, Change, carry_over
from desktop.dossier.pack import SHELF, under
from desktop.dossier.rules.check import has_errors
from desktop.dossier.rules.context import CheckContext
from desktop.dossier.rules.parse import parse_document
from desktop.dossier.rules.report import check_json, problem_json


def check_in_force(value: Mapping[str, Any], day: str, context: CheckContext | None = None) -> dict[str, Any]:
    """Check as `check_json` does, by the pack in force on a day; "pack" in the file names the one it was made under.

    The answer then holds "pack", and a warning of rule "pack" for everything that changed. Raises UnreadableDocument,
    PackError unknown_pack.
    """
    made_under, content = value.get("pack"), {key: item for key, item in value.items() if key != "pack"}
    pack = SHELF.in_force(day).version
    if not isinstance(made_under, str) or made_under == pack:
        with under(pack):
            return check_json(content if made_under == pack else value, context)
    given, several = content.get("documents"), "form" not in content
    values = given if several and isinstance(given, list) else [content]
    with under(made_under):
        read = [parse_document(item) for item in values]
        known = [document for document, _ in read if document is not None]
        if len(known) < len(read):
            return check_json(content, context)
        moved = carry_over(Dossier(local_id="", number="", title="", pack=made_under, documents=tuple(known)), pack)
    told = [item for _, found in read for item in found] + [_told(change, several=several) for change in moved.changes]
    documents = [document.model_dump(mode="json") for document in moved.dossier.documents]
    with under(pack):
        answer = check_json({**content, "documents": documents} if several else documents[0], context)
    problems = [*map(problem_json, told), *_list(answer["problems"])]
    return {**answer, "ok": answer["ok"] is True and not has_errors(told), "pack": pack, "problems": problems}


def _told(change: Change, *, several: bool) -> Problem:
    where = Where(document=change.document) if several and change.document != WHOLE else Where()
    return Problem(rule="pack", level=Level.WARNING, where=where, message=change.message)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
