"""Papers and refunds that came with the feed, read from what was signed; nothing about them is stored twice."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from desktop.dossier.document import Document, Value
from desktop.dossier.errors import VungXaError
from desktop.dossier.figures import Cell, cell_of
from desktop.dossier.pack import form_of, under
from desktop.dossier.paper_views import REFUND_LABELS, PaperView, RefundStep, RefundView
from desktop.store.database import Database, Row
from desktop.store.errors import fault

_PAPERS = """
SELECT n.seq, n.at, n.payload, COALESCE(p.local_id, d.local_id, '') AS local_id FROM notices n
LEFT JOIN packages p ON p.package_id = n.package_id
LEFT JOIN drafts d ON n.package_id IS NULL AND d.number = json_extract(n.payload, '$.dossier_no') AND d.number != ''
    AND d.deleted_at IS NULL
WHERE n.kind = 'paper'
"""
_REFUNDS = "SELECT * FROM notices WHERE kind = 'refund' ORDER BY seq DESC"
_FIGURES = """
SELECT e.payload FROM feed_events e JOIN packages p USING (package_id)
WHERE p.local_id = ? AND e.kind = 'decision' ORDER BY e.seq DESC LIMIT 1
"""
_ABOUT = ("tax_name", "refused_content", "reason")
_NUMBERS = ("receipt_no", "notice_no")
_ISSUERS = ("issuer", "collecting_unit", "decision_authority")
_OTHERS = {"pack": "Bộ mẫu biểu mới"}
_AMOUNTS = ("total_amount", "amount")


class Notices:
    """What others wrote to the unit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def papers(self) -> list[PaperView]:
        """Return every paper, the newest first."""
        return [_paper(row) for row in self._database.rows(_PAPERS + "ORDER BY n.seq DESC")]

    def papers_of(self, local_id: str) -> list[PaperView]:
        """Return the papers about one dossier, the newest first."""
        rows = self._database.rows(f"SELECT * FROM ({_PAPERS}) WHERE local_id = ? ORDER BY seq DESC", (local_id,))  # noqa: S608 - ours
        return [_paper(row) for row in rows]

    def headline(self, seq: int) -> tuple[str, str, int | None]:
        """Name one word of the Treasury's by its event: what it is, who wrote it, and its amount in VND if it has one.

        Raises StoreError not_found.
        """
        row = self._database.one("SELECT *, '' AS local_id FROM notices WHERE seq = ?", (seq,))
        if row is None:
            raise fault("not_found")
        if row["kind"] == "paper":
            paper = _paper(row)
            return " · ".join(part for part in (paper.title, paper.number) if part), paper.who, paper.amount or None
        told = json.loads(row["payload"])
        if row["kind"] == "refund":
            return f"Hoàn trả {told['order_no']}", str(told.get("payee_name", "")), int(told["amount"])
        return _OTHERS.get(row["kind"], "Thông báo của Kho bạc"), "", None

    def refunds(self) -> list[RefundView]:
        """Return every refund as it stands, the one spoken of last first."""
        by_order: dict[str, list[dict[str, Any]]] = {}
        for row in self._database.rows(_REFUNDS):
            told = json.loads(row["payload"])
            if told["status"] in REFUND_LABELS:  # another is a later version's
                by_order.setdefault(row["subject"], []).append(told)
        return [_refund(told) for told in by_order.values()]

    def figures(self, local_id: str) -> list[Cell]:
        """Return what the Treasury wrote into a dossier with its last word on it; [] when it wrote nothing."""
        payload = self._database.value(_FIGURES, (local_id,))
        told = json.loads(payload).get("figures", []) if payload else []
        return [cell_of(figure) for figure in told]


def _paper(row: Row) -> PaperView:
    told: dict[str, Any] = json.loads(row["payload"])
    base = {"seq": row["seq"], "at": row["at"], "form": str(told["form"]), "pack": str(told["pack"])}
    base |= {"local_id": row["local_id"], "dossier_no": str(told.get("dossier_no", ""))}
    try:
        document = Document.model_validate(told["document"])
        with under(told["pack"]):
            form = form_of(document.form)
    except (ValidationError, VungXaError):
        return PaperView(title="Giấy chưa đọc được ở bản này", short="", number="", who="", text="", amount=0, **base)
    fields = document.fields
    return PaperView(
        title=form.list_title,
        short=form.short_title,
        number=_first(fields, _NUMBERS),
        who=_first(fields, _ISSUERS),
        text=_first(fields, _ABOUT),
        amount=next((value for key in _AMOUNTS if isinstance(value := fields.get(key), int)), 0),
        document=document,
        **base,
    )


def _first(fields: dict[str, Value], keys: tuple[str, ...]) -> str:
    return next((str(fields[key]) for key in keys if fields.get(key)), "")


def _refund(told: list[dict[str, Any]]) -> RefundView:
    newest = told[0]
    label, colour = REFUND_LABELS[newest["status"]]
    steps = (RefundStep(e["at"], e["status"], REFUND_LABELS[e["status"]][0], e.get("reason", "")) for e in told)
    return RefundView(
        order_no=newest["order_no"],
        order_date=newest["order_date"],
        amount=newest["amount"],
        status=newest["status"],
        label=label,
        colour=colour,
        at=newest["at"],
        credited_at=newest.get("credited_at", ""),
        payee=newest.get("payee_name", ""),
        account=newest.get("payee_account", ""),
        content=newest.get("content", ""),
        reason=newest.get("reason", ""),
        steps=tuple(steps),
    )
