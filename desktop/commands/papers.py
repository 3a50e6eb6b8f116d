"""`vungxa papers` and `refunds`: what only others write and the unit reads, as it came with the feed."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from desktop.commands.answer import Answer
from desktop.commands.opening import opened_store
from desktop.desk.output import write_whole
from desktop.dossier.dates import format_date
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.money import format_vnd
from desktop.dossier.pack import under
from desktop.dossier.paper_views import PaperView, RefundView
from desktop.exchange.printing import print_document


class NoPaper(VungXaError):
    """No paper of this number came, or it cannot be read here (no_paper)."""


def papers(args: Namespace) -> Answer:
    """Every receipt and notice, the newest first; with --pdf one of them on paper. Raises NoPaper, StoreError."""
    with opened_store(args, Act.READ) as store:
        found = store.notices.papers()
    if args.pdf is not None:
        return _printed(found, args)
    lines = [_paper_line(paper) for paper in found] or ["Chưa có giấy nào từ Kho bạc."]
    return Answer({"ok": True, "papers": [_told(paper) for paper in found]}, lines)


def _told(paper: PaperView) -> dict[str, object]:
    document = paper.document.model_dump(mode="json") if paper.document else None
    values = {name: value for name, value in vars(paper).items() if name != "document"}
    return values | {"document": document}


def _paper_line(paper: PaperView) -> str:
    about = f", hồ sơ {paper.dossier_no}" if paper.dossier_no else ""
    amount = f", {format_vnd(paper.amount)} đ" if paper.amount else ""
    return f"{format_date(paper.at[:10])}  [{paper.seq}] {paper.title} số {paper.number}{about}{amount}: {paper.text}"


def _printed(found: list[PaperView], args: Namespace) -> Answer:
    paper = next((item for item in found if item.seq == args.seq and item.document is not None), None)
    if paper is None or paper.document is None:
        raise NoPaper("no_paper", "Không có giấy mang số thứ tự này. Xem số trong ngoặc vuông bằng «vungxa papers».")
    with under(paper.pack):
        pdf = print_document(paper.document)
    write_whole(args.pdf, pdf)
    return Answer({"ok": True, "file": str(args.pdf), "size": len(pdf)}, [f"Đã ghi {args.pdf}."])


def refunds(args: Namespace) -> Answer:
    """Every refund of budget revenue as it stands (P2 is followed only). Raises StoreError."""
    with opened_store(args, Act.READ) as store:
        found = store.notices.refunds()
    lines = [_refund_line(refund) for refund in found] or ["Chưa có lệnh hoàn trả nào."]
    told = [asdict(refund) | {"steps": [step._asdict() for step in refund.steps]} for refund in found]
    return Answer({"ok": True, "refunds": told}, lines)


def _refund_line(refund: RefundView) -> str:
    day = format_date(refund.order_date)
    return f"{refund.order_no} ngày {day}  {format_vnd(refund.amount)} đ  {refund.label}: {refund.payee}"
