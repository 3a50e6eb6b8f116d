"""Findings of an examination as lines, and what it says of the journal in one strip."""

from __future__ import annotations

from typing import get_args

from desktop.dossier.dates import local_time
from desktop.dossier.journal_views import Column, Finding, FindingKind, JournalReport, JournalRow
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.backup_lines import Strip
from desktop.ui.settings.list_model import Line, sorted_text

COLUMNS: tuple[Column, ...] = get_args(Column)
JOURNAL = (("Dòng", 72), ("Lúc", 140), ("Ai", 176), ("Việc", 192), ("Hồ sơ", 76), ("Chi tiết", 0))
FINDINGS = (("Mức", 124), ("Từ dòng", 84), ("Loại", 164), ("Điều tìm thấy", 0))
KINDS: dict[FindingKind, str] = {
    "edit": "Dòng bị sửa",
    "gap": "Thiếu dòng ở giữa",
    "cut": "Thiếu đoạn cuối",
    "seal": "Niêm phong",
    "countersign": "Chữ ký của Kho bạc",
    "fork": "Nhật ký khác",
    "restore": "Đã khôi phục",
}
"""Each kind of finding in a word or two."""


def journal_cells(row: JournalRow) -> tuple[Cell, ...]:
    """Show one entry."""
    return (
        Cell(text=number(row.seq), right=True, faded=True),
        Cell(text=local_time(row.at)),
        Cell(text=row.who, weight=600),
        Cell(text=row.what),
        Cell(text=row.number),
        Cell(text=row.detail, faded=True),
    )


def finding_line(place: int, finding: Finding) -> Line:
    """Show one finding."""
    badge = level(finding)
    cells = (
        Cell(Kind.BADGE, badge[0], icon=badge[1], tint=badge[2]),
        Cell(text=number(finding.seq), right=True),
        Cell(text=KINDS[finding.kind], weight=600),
        Cell(text=finding.sentence),
    )
    return Line(str(place), cells, (badge[0], finding.seq, KINDS[finding.kind], sorted_text(finding.sentence)))


def level(finding: Finding) -> tuple[str, str, str]:
    """Give words, icon and tint of how bad a finding is; a backup put back is not bad."""
    return ("Nên biết", "info", "blue") if finding.kind == "restore" else ("Không khớp", "circle-x", "red")


def report_strip(report: JournalReport, *, online: bool) -> Strip:
    """Say what an examination found."""
    bad = [finding for finding in report.findings if finding.kind != "restore"]
    if bad:
        return "red", "circle-x", f"Nhật ký có {len(bad)} chỗ không khớp.", bad[0].sentence
    asked = " Đã hỏi cả Kho bạc." if online else ""
    title = f"Nhật ký nguyên vẹn, {number(report.entries)} dòng.{asked}"
    if report.findings:
        return "blue", "info", title, report.findings[0].sentence
    return "green", "circle-check", title, sealed_words(report)


def sealed_words(report: JournalReport) -> str:
    """Say up to where machine and Treasury vouch."""
    if not report.sealed:
        return "Chưa niêm phong lần nào: máy niêm phong khi sao lưu và khi đồng bộ, sau khi đăng ký với Kho bạc."
    told = f"Kho bạc ký xác nhận đến dòng {number(report.countersigned)}"
    return f"Máy niêm phong đến dòng {number(report.sealed)}; " + (
        f"{told}." if report.countersigned else "Kho bạc chưa ký xác nhận."
    )


def number(count: int) -> str:
    """Write a number with dots, as sums are written."""
    return f"{count:,}".replace(",", ".")
