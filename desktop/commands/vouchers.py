"""`vungxa import` and `export-dvc`: voucher files of accounting software in and out."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.commands.answer import Answer
from desktop.commands.many import shortened, stopping, tell, whole
from desktop.commands.opening import opened, opened_store
from desktop.commands.reading import FileProblem, read_json_object, refuse_same
from desktop.commands.secrets import ask
from desktop.desk.desk import Desk
from desktop.desk.output import write_whole
from desktop.dossier.document import Document
from desktop.dossier.duties import Act
from desktop.dossier.import_views import ImportReport
from desktop.dossier.pack import load_pack, under
from desktop.dossier.people import Unit
from desktop.exchange.dvc_export import export_dvc, has_file
from desktop.exchange.folder import files_of

GOOD = ("ok", "warnings", "duplicate")


def import_files(args: Namespace) -> Answer:
    """Makes a draft of every voucher file named. Raises ExchangeError (not_found, too_many_files), StoreError."""
    count = len(files_of(args.files))

    def told(done: int, _count: int, report: ImportReport) -> None:
        tell(args, done, count, report.path, report.message)

    password = ask(args, "Mật khẩu")
    with stopping() as stopped, opened(args, Act.DRAFT, password=password) as context:
        desk = Desk(context)
        reports = desk.import_files(args.files, told=told, stopped=stopped)
    return whole([_entry(report) for report in reports], count)


def _entry(report: ImportReport) -> dict[str, Any]:
    answer = {
        "ok": report.outcome in GOOD,
        "outcome": report.outcome,
        "message": report.message,
        "form": report.form or None,
        "number": report.number or None,
        "total": report.total,
        "missing": list(report.missing),
        "differences": list(report.differences),
        "local_id": report.local_id or None,
        "dossier": report.dossier or None,
    }
    refused = {"error": {"code": report.code, "message": report.message}} if report.outcome not in GOOD else {}
    return {"file": str(report.path), **shortened(answer), **refused}


def export(args: Namespace) -> Answer:
    """Writes a document as a voucher file, and says what the old format cannot hold.

    Raises FileProblem, UnknownForm, DvcError (not_exportable, bad_value, bad_text, too_large), DeskError, StoreError.
    """
    documents, unit, pack = _stored(args) if args.home else (_in_file(Path(args.what)), None, load_pack().version)
    with under(pack):
        exported = export_dvc(_only(documents, args), unit=unit, report=args.kind)
    if not args.home:
        refuse_same(Path(args.what), args.out)
    write_whole(args.out, exported.xml if args.out.suffix.lower() == ".xml" else exported.packed)
    lines = [f"Đã ghi {args.out} (loại {exported.report})."]
    lines += [f"Không mang theo được: {name}" for name in exported.lost]
    return Answer({"ok": True, "out": str(args.out), "kind": exported.report, "lost": exported.lost}, lines)


def _stored(args: Namespace) -> tuple[list[Document], Unit, str]:
    """The documents of a draft by its number or local_id, the unit, the pack. Raises FileProblem, StoreError."""
    with opened_store(args, Act.EXPORT) as store:
        found = [item for item in store.drafts.list() if args.what in (item.number, item.local_id)]
        if not found:
            raise FileProblem(
                "not_found", f"Không có hồ sơ số {args.what[:40]}. Xem số hồ sơ bằng «vungxa status» rồi thử lại."
            )
        return list(found[0].documents), store.unit.get(), found[0].pack


def _in_file(path: Path) -> list[Document]:
    """The documents in a JSON file, as `check` and `print` take it. Raises FileProblem."""
    from desktop.dossier.rules import parse_document

    content = read_json_object(path)
    several = content.get("documents")
    documents = []
    for value in several if isinstance(several, list) else [content]:
        document, problems = parse_document(value)
        if document is None:
            raise FileProblem("unknown_form", problems[0].message)
        documents.append(document)
    return documents


def _only(documents: list[Document], args: Namespace) -> Document:
    """The one voucher that is meant. Raises FileProblem (empty, bad_arguments, several_documents)."""
    if not documents:
        raise FileProblem("empty", "Hồ sơ chưa có chứng từ nào. Chọn hồ sơ hoặc tệp khác rồi thử lại.")
    if args.document is not None:
        if not 1 <= args.document <= len(documents):
            raise FileProblem("bad_arguments", f"Hồ sơ có {len(documents)} chứng từ. Chọn --document từ 1.")
        chosen: int = args.document
        return documents[chosen - 1]
    fitting = [document for document in documents if has_file(document)]
    if len(fitting) > 1:
        raise FileProblem(
            "several_documents",
            f"Hồ sơ có {len(fitting)} chứng từ, mỗi tệp DVC chỉ chứa một. Thêm --document 1, 2… để chọn.",
        )
    return (fitting or documents)[0]
