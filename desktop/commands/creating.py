"""`vungxa purposes`, `new` and `copy`: begin a dossier from plain words, or from an earlier one, without a window."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from desktop.commands.answer import Answer
from desktop.commands.opening import opened
from desktop.desk.desk import Desk
from desktop.dossier.copies import CopyOptions, months_to
from desktop.dossier.differences import Difference
from desktop.dossier.document import Dossier
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.procedures import State, case_name
from desktop.dossier.purposes import Purpose, purposes
from desktop.dossier.views import RowQuery
from desktop.store.errors import StoreError

STATES = {
    State.PRESENT: "có",
    State.ON_FILE: "Kho bạc đã có",
    State.MISSING: "THIẾU",
    State.UNKNOWN: "chưa rõ",
    State.NOT_NEEDED: "không cần",
}


class BadChoice(VungXaError):
    """What a command line names cannot be read or is not there (bad_answer, bad_month, not_found)."""


def list_purposes(_args: Namespace) -> Answer:
    """Every purpose with its questions and answers."""
    known = purposes()
    lines: list[str] = []
    for group in known.groups:
        lines += ["", group] if lines else [group]
        lines += [f"  {item.key:22} {item.title}" for item in known.purposes if item.group == group]
    return Answer({"ok": True, "purposes": [_purpose(item) for item in known.purposes]}, lines)


def _purpose(item: Purpose) -> dict[str, Any]:
    questions = [
        {
            "key": asked.question,
            "text": purposes().questions[asked.question].text,
            "when": {name: list(values) for name, values in asked.when.items()},
            "answers": {option.value: option.label for option in purposes().questions[asked.question].options},
        }
        for asked in item.asks
    ]
    cases = list(dict.fromkeys(pick.case for pick in item.cases))
    return {"key": item.key, "title": item.title, "group": item.group, "cases": cases, "questions": questions}


def new(args: Namespace) -> Answer:
    """Makes a draft for a purpose. Raises PurposeError, BadChoice, StoreError."""
    answers = _answers(args.answer)
    with opened_desk(args) as desk:
        made = desk.create_dossier(args.purpose, answers)
        components = [
            {"ref": c.ref, "label": c.label, "need": c.need, "state": c.state.value, "when": c.when}
            for c in desk.components(made)
        ]
        lines = [f"Đã lập hồ sơ {made.number}: {made.title} ({case_name(made.case)})."]
        lines += [f"  {STATES[c.state]}: {c.label}" for c in desk.components(made) if c.state is not State.NOT_NEEDED]
    return Answer({"ok": True, **_said(made), "components": components}, lines)


def copy(args: Namespace) -> Answer:
    """Makes a draft from an earlier dossier and says what differs. Raises StoreError, BadChoice."""
    if args.month is not None and not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", args.month):
        raise BadChoice("bad_month", f"Tháng «{args.month[:20]}» chưa đúng. Ghi năm-tháng, ví dụ 2026-11.")
    with opened_desk(args) as desk:
        source = desk.dossier(local_id_of(desk, args.dossier))
        months = 1 if args.month is None else months_to(source, args.month)
        local_id = desk.copy_month(source.local_id, CopyOptions(args.amounts, args.dates, months))
        made = desk.dossier(local_id)
        found = desk.differences(made)
    lines = [f"Đã lập hồ sơ {made.number} từ hồ sơ {source.number}: {made.title}.", *map(_line, found)]
    return Answer({"ok": True, **_said(made), "differences": [_difference(item) for item in found]}, lines)


def local_id_of(desk: Desk, name: str) -> str:
    """The local_id of a dossier named by its id or by its number. Raises BadChoice not_found, StoreError."""
    try:
        return desk.dossier(name).local_id
    except StoreError as error:
        if error.code != "not_found":
            raise
        found = [row.local_id for row in desk.rows(RowQuery(text=name)) if row.number == name]
        if len(found) != 1:
            message = f"Không có hồ sơ số {name[:40]}. Xem số hồ sơ bằng «vungxa status» rồi thử lại."
            raise BadChoice("not_found", message) from error
        return found[0]


def _answers(texts: Sequence[str]) -> dict[str, str]:
    """Answer by question, each question once. Raises BadChoice bad_answer."""
    answers: dict[str, str] = {}
    for name, value in map(_answer, texts):
        if answers.setdefault(name, value) != value:
            raise BadChoice("bad_answer", f"Câu hỏi «{name[:40]}» có hai câu trả lời khác nhau. Ghi một câu.")
    return answers


def _answer(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadChoice(
            "bad_answer", f"Câu trả lời «{text[:40]}» chưa đúng. Ghi câu hỏi=trả lời, ví dụ account=estimate."
        )
    return name.strip(), value.strip()


@contextmanager
def opened_desk(args: Namespace) -> Iterator[Desk]:
    """The desk of the unit in `args.home`, closed again at the end. Raises StoreError, WrongPassword."""
    with opened(args, Act.READ) as context:
        yield Desk(context)


def _said(made: Dossier) -> dict[str, Any]:
    forms: Sequence[str] = [document.form for document in made.documents]
    return {
        "local_id": made.local_id,
        "number": made.number,
        "title": made.title,
        "procedure": made.procedure,
        "case": made.case,
        "forms": forms,
    }


def _difference(item: Difference) -> dict[str, Any]:
    return {"kind": item.kind, "place": item.place, "before": item.before, "after": item.after, "weighty": item.weighty}


def _line(item: Difference) -> str:
    return f"  {item.place}: {item.before or '(trống)'} → {item.after or '(trống)'}"
