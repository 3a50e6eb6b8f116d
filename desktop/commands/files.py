"""`vungxa inspect`, `check`, `print` and `verify`: what can be said of one file, without a unit on this machine."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.answer import NO, OK, Answer
from desktop.commands.day import today
from desktop.commands.inspect_words import LEVEL_WORDS, in_words
from desktop.commands.many import answer_many, is_one_file
from desktop.commands.reading import FileProblem, existing, read_json_object, refuse_same
from desktop.dossier.dates import local_time

if TYPE_CHECKING:
    from desktop.dossier.document import Document
    from desktop.dossier.forms import Pack

LIST_NAMES = (".csv", ".tsv", ".txt")
ACKNOWLEDGED = "Người ký đã xác nhận người nhận mới, thay đổi; xác nhận nằm trong chữ ký."
SEALED = {"package": "gói hồ sơ đã ký", "receipt": "biên nhận của Kho bạc"}


def inspect(args: Namespace) -> Answer:
    """Says what a file is and what is in it; of several, or of a folder, one line each. Raises the reader's errors."""
    if not is_one_file(args.files):
        return answer_many(args, lambda path: _inspected(path, args))
    payload = _inspected(args.files[0], args)
    return Answer(payload, in_words(args.files[0], payload))


def _inspected(path: Path, args: Namespace) -> dict[str, Any]:
    from desktop.desk.inspecting import inspect_file

    payload = inspect_file(existing(path), args.letters, args.kind, args.form)
    if payload["kind"] == "document":  # what `check` and `print` would refuse is no document
        read_json_object(path)
    return payload


def check(args: Namespace) -> Answer:
    """Runs the legal checks on a document, dossier, list of payees or voucher file; exit 1 when one has an error."""
    if not is_one_file(args.files):
        return answer_many(args, lambda path: _checked(existing(path), args.letters))
    payload = _checked(existing(args.files[0]), args.letters)
    lines = [
        f"{_place(p, payload)}{LEVEL_WORDS[p['level']]} ({_grounds(p)}): {p['message']}" for p in payload["problems"]
    ]
    lines += [f"{LEVEL_WORDS['warning']}: {sentence}" for sentence in payload.get("differences", [])]
    lines.append("Không có lỗi." if payload["ok"] else "Còn lỗi, chưa trình ký được.")
    return Answer(payload, lines, OK if payload["ok"] else NO)


def _grounds(problem: dict[str, Any]) -> str:
    """The rule of a problem and the article it stands on, where there is one."""
    return ", ".join(filter(None, (problem["rule"], problem["article"])))


def _place(problem: dict[str, Any], payload: dict[str, Any]) -> str:
    """Which document of several is meant, "" for the dossier as a whole or a file of one document."""
    index, forms = problem["where"].get("document"), payload.get("form")
    if index is None or not isinstance(forms, list):
        return ""
    return f"Chứng từ {index + 1} ({forms[index]}). " if forms[index] else f"Chứng từ {index + 1}. "


def _checked(path: Path, letters: str) -> dict[str, Any]:
    from desktop.dossier.rules.carrying import check_in_force
    from desktop.exchange.inspect_list import check_list
    from desktop.exchange.sniff import LISTS, Kind, sniff, unknown_file

    kind = sniff(path)
    if kind in (Kind.DVC_XML, Kind.DVC_ZIP):
        return _checked_voucher(path)
    # Damaged JSON may look like text with separators: only the name tells such a file from a list.
    if kind in LISTS and (kind is not Kind.CSV or path.suffix.lower() in LIST_NAMES):
        return check_list(path, letters)
    if kind in SEALED:
        raise FileProblem("unknown_kind", f"Tệp này là {SEALED[kind]}. Kiểm tra chữ ký của tệp bằng «vungxa verify».")
    if kind is Kind.UNKNOWN and path.suffix.lower() != ".json":
        raise unknown_file()
    return check_in_force(read_json_object(path), today())


def _checked_voucher(path: Path) -> dict[str, Any]:
    """The answer for a voucher of another program, checked as the draft it would become."""
    from desktop.dossier.rules.report import check_json
    from desktop.exchange.dvc import read_dvc

    result = read_dvc(path)
    answer = check_json(result.document.model_dump(mode="json"))
    return {**answer, "missing": result.missing, "differences": result.differences}


def print_pdf(args: Namespace) -> Answer:
    """Writes the official form of a document as PDF, whole or not at all. Raises FileProblem, DeskError.

    With --paper-pack it is the whole dossier on paper instead.
    """
    if args.paper_pack:
        from desktop.commands.paper import paper_pack

        return paper_pack(args)
    if args.file is None:
        raise FileProblem("no_file", "Ghi tệp JSON của chứng từ cần in, hoặc --paper-pack HỒ_SƠ cùng --home.")
    from desktop.desk.output import write_whole
    from desktop.exchange.pages import merge, page_count
    from desktop.exchange.printing import print_document

    content = read_json_object(args.file)
    with _its_pack(content):
        printed = [print_document(document) for document in _printable(content)]
    pdf = merge(printed) if len(printed) > 1 else printed[0]
    refuse_same(args.file, args.pdf)
    write_whole(args.pdf, pdf)
    pages = page_count(pdf)
    payload: dict[str, Any] = {
        "ok": True,
        "pdf": str(args.pdf),
        "pages": pages,
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
    return Answer(payload, [f"Đã ghi {args.pdf} ({pages} trang)."])


def _its_pack(content: dict[str, Any]) -> AbstractContextManager[Pack]:
    """The forms a document was made under, where its file names them ("pack"). Raises PackError unknown_pack."""
    from desktop.dossier.pack import load_pack, under

    named = content.pop("pack", None)
    return under(named if isinstance(named, str) else load_pack().version)


def _printable(content: dict[str, Any]) -> list[Document]:
    """The documents of a file, unfinished or not. Raises FileProblem where a value would stand wrong on the paper."""
    from desktop.dossier.rules.report import MAX_DOCUMENTS

    several = content.get("documents")
    if "form" in content or not isinstance(several, list) or not several:
        return [_right(content)]
    if len(several) > MAX_DOCUMENTS:
        message = f"Mỗi lần in nhiều nhất {MAX_DOCUMENTS} chứng từ, tệp có {len(several)}. Tách tệp rồi in lại."
        raise FileProblem("too_large", message)
    return [_right(value) for value in several]


def _right(value: object) -> Document:
    from desktop.dossier.document import Level
    from desktop.dossier.rules import check_document, parse_document

    document, problems = parse_document(value)
    if document is None:
        raise FileProblem("unknown_form", problems[0].message)
    found = [*problems, *check_document(document)]
    wrong = [item for item in found if item.rule in ("type", "too_long") and item.level is Level.ERROR]
    if wrong:
        raise FileProblem("bad_value", f"Chưa in được. {wrong[0].message}")
    return document


def verify(args: Namespace) -> Answer:
    """Verifies a package's container, signatures, order and trust, or a receipt. Exit 1 when it does not hold.

    With --home by what that unit trusts and recorded. Raises FileProblem, ContainerError, TrustError, StoreError.
    """
    report = _verified(args)
    name = report.get("package_id") or report["receipt"]["receipt_no"]
    lines = [f"{'Hợp lệ' if report['ok'] else 'KHÔNG hợp lệ'}: {name}"]
    for signer in report.get("signers", []):
        signed, mark = local_time(signer["signed_at"]), "đúng" if signer["ok"] else "SAI"
        lines.append(f"  {signer['order']}. {signer['title']}: {signer['name']}, ký {signed}, {mark}")
        lines.append(f"     {_evidence_words(signer)}")
        lines += [f"     {ACKNOWLEDGED}"] if signer["acknowledged"] else []
        lines += [f"     {problem['message']}" for problem in signer["problems"]]
    lines += [f"  {problem['message']}" for problem in report["problems"]]
    return Answer(report, lines, OK if report["ok"] else NO)


def _verified(args: Namespace) -> dict[str, Any]:
    from desktop.desk.verifying import verify_at_home, verify_file

    if args.home is None:
        return verify_file(existing(args.package), [existing(path) for path in args.trust])
    if args.trust:
        raise FileProblem("bad_arguments", "Chỉ dùng một trong hai: --home hoặc --trust.")
    from desktop.commands.opening import opened_store
    from desktop.dossier.duties import Act

    path = existing(args.package)
    with opened_store(args, Act.READ) as store:
        return verify_at_home(path, store)


def _evidence_words(signer: dict[str, Any]) -> str:
    from desktop.desk.evidence_queue import lacking

    stamp = f"dấu thời gian {local_time(signer['time_stamp'])} ({signer['time_stamped_by']})"
    if signer["level"] == "LT":
        return f"Mức LT: {stamp}, đủ bằng chứng lâu dài."
    if signer["level"] == "T":
        return f"Mức T: {stamp}. {lacking(signer['missing'])}"
    return "Mức B: chưa có dấu thời gian được kiểm."
