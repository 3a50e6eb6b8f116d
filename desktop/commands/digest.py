"""`vungxa digest`: what waits for one person's signature, told and printed; no token is asked for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from desktop.commands.answer import Answer
from desktop.commands.creating import local_id_of
from desktop.commands.opening import opened
from desktop.desk.desk import Desk
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_digest import signer, write_digest
from desktop.desk.signing_views import SigningViews
from desktop.dossier.duties import Act
from desktop.dossier.money import format_vnd
from desktop.dossier.sign_views import SignItem


def digest(args: Namespace) -> Answer:
    """Tells of the dossiers that wait for `args.person`, and writes them as PDF when a file is named.

    Raises DeskError unknown_person, nothing_to_sign, not_writable, StoreError, WrongPassword.
    """
    with opened(args, Act.EXPORT if args.pdf is not None else Act.READ) as context:
        person = signer(context, args.person)
        wanted = {local_id_of(Desk(context), name) for name in args.what}
        waiting = SigningViews(context, SignedPapers(context)).items(person.person_id)
        items = [item for item in waiting if not wanted or item.local_id in wanted]
        if args.pdf is not None:
            write_digest(context, args.pdf, person.person_id, items)
    return _answer(items, person.name, str(args.pdf) if args.pdf else "")


def _answer(items: Sequence[SignItem], name: str, pdf: str) -> Answer:
    total = sum(item.amount for item in items)
    payload = {
        "ok": True,
        "person": name,
        "count": len(items),
        "amount": total,
        "payees": sum(item.payee_count for item in items),
        "news": sum(len(item.news) for item in items),
        "dossiers": [_row(item) for item in items],
        "pdf": pdf,
    }
    lines = [f"{len(items)} hồ sơ chờ {name} ký, tổng {format_vnd(total)} đ."]
    lines += [line for item in items for line in _lines(item)]
    return Answer(payload, [*lines, *([f"Đã ghi {pdf}."] if pdf else [])])


def _row(item: SignItem) -> dict[str, Any]:
    return {
        "local_id": item.local_id,
        "number": item.number,
        "title": item.title,
        "amount": item.amount,
        "payees": item.payee_count,
        "amount_before": item.amount_before,
        "compared_with": item.compared_with,
        "changes": list(item.changes),
        "news": [{"kind": news.kind, "text": news.text} for news in item.news],
        "must_acknowledge": item.must_acknowledge,
        "came_from": item.came_from,
        "same_sitting": item.same_sitting,
        "documents": [{"title": file.title, "sha256": file.sha256} for file in item.documents],
    }


def _lines(item: SignItem) -> list[str]:
    said = [f"So với {item.compared_with}: {' '.join(item.changes)}"] if item.compared_with else []
    said += [f"Mới hoặc thay đổi: {news.text}" for news in item.news]
    said += [item.same_sitting] if item.same_sitting else []
    return [f"  {item.number}  {item.title}  {format_vnd(item.amount)} đ", *(f"      {words}" for words in said)]
