"""`vungxa journal`: who did what and when; whether anything was edited, taken out or cut off."""

from __future__ import annotations

from argparse import Namespace

from desktop.commands.answer import NO, OK, Answer
from desktop.commands.opening import opened
from desktop.desk.errors import DeskError
from desktop.desk.journal_desk import JournalDesk
from desktop.dossier.dates import parse_date
from desktop.dossier.duties import Act
from desktop.dossier.fold import fold
from desktop.dossier.journal_views import JournalReport, JournalRow
from desktop.dossier.journal_words import told_time
from desktop.store.journal_reading import MOST

_ENDINGS = (".csv", ".xlsx", ".pdf")


def journal(args: Namespace) -> Answer:
    """Examines, lists, exports or seals the journal; exit code 1 when an examination found something.

    Raises DeskError bad_arguments, not_enrolled, bad_countersign, DateError, StoreError, ExchangeError, WireError.
    """
    with opened(args, Act.JOURNAL) as context:
        return _ACTIONS[args.action](JournalDesk(context), args)


def _verify(desk: JournalDesk, args: Namespace) -> Answer:
    report = desk.verify(online=args.online)
    findings = [{"code": found.code, "seq": found.seq, "message": found.sentence} for found in report.findings]
    payload = {
        "ok": report.ok,
        "entries": report.entries,
        "sealed": report.sealed,
        "countersigned": report.countersigned,
        "hash": report.hash,
        "online": args.online,
        "findings": findings,
    }
    return Answer(payload, _told(report, online=args.online), OK if report.ok else NO)


def _told(report: JournalReport, *, online: bool) -> list[str]:
    many = f"Nhật ký có {report.entries} mục; đã niêm phong đến mục {report.sealed}"
    lines = [f"{many}, Kho bạc ký xác nhận đến mục {report.countersigned}."]
    lines += [f"- {found.sentence}" for found in report.findings]
    if not report.ok:
        return [*lines, "Giữ nguyên máy và bản sao lưu, báo người quản trị và Kho bạc."]
    held = " Khớp với Kho bạc." if online else ""
    return [*lines, f"Không có mục nào bị sửa, mất hay cắt.{held}"]


def _list(desk: JournalDesk, args: Namespace) -> Answer:
    if not 1 <= args.limit <= MOST or args.before < 0:
        raise DeskError("bad_arguments", f"--limit từ 1 đến {MOST}, --before là số mục.")
    who = _person(desk, args.who) if args.who else ""
    rows = desk.entries(" ".join(args.text), before=args.before, limit=args.limit, who=who, kind=args.kind)
    lines = [_line(row) for row in rows] or ["Không có mục nào khớp. Bớt chữ cần tìm, hoặc bỏ --before."]
    return Answer({"ok": True, "entries": [row._asdict() for row in rows]}, lines)


def _person(desk: JournalDesk, said: str) -> str:
    """The code of whoever is meant: by id, or by all or part of a name that only one person has."""
    people = desk.choices().people
    found = [code for code, name in people if said == code or fold(said) == fold(name)]
    found = found or [code for code, name in people if fold(said) in fold(name)]
    if len(found) != 1:
        names = ", ".join(name for _, name in people)
        raise DeskError("bad_arguments", f"Không rõ «{said}» là ai. Chọn một trong: {names}.")
    return found[0]


def _line(row: JournalRow) -> str:
    words = [str(row.seq), told_time(row.at), row.who, row.what, row.number, row.detail]
    return "\t".join(words)


def _export(desk: JournalDesk, args: Namespace) -> Answer:
    if args.out is None or args.out.suffix.lower() not in _ENDINGS:
        raise DeskError("bad_arguments", "Cho biết tệp bằng --out, tên kết thúc là .csv, .xlsx hoặc .pdf.")
    since, until = (parse_date(text) if text else "" for text in (args.since, args.until))
    if since and until and since > until:
        raise DeskError("bad_arguments", "Ngày --from đứng sau ngày --to nên không có gì để xuất. Đổi lại hai ngày.")
    count = desk.export(args.out, since, until)
    return Answer({"ok": True, "out": str(args.out), "entries": count}, [f"Đã xuất {count} mục ra {args.out}."])


def _seal(desk: JournalDesk, args: Namespace) -> Answer:
    seal = desk.seal(online=args.online)
    signed = seal.statement is not None
    payload = {"ok": True, "seq": seal.seq, "hash": seal.hash, "at": seal.at, "countersigned": signed}
    after = "Kho bạc đã ký xác nhận." if signed else "Kho bạc ký xác nhận ở lần đồng bộ tới."
    return Answer(payload, [f"Đã niêm phong nhật ký đến mục {seal.seq}. {after}"])


_ACTIONS = {"verify": _verify, "list": _list, "export": _export, "seal": _seal}
