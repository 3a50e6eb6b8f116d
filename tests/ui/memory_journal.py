"""A journal in memory: pages as the real one gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.dossier.fold import fold
from desktop.dossier.journal_views import Column, Finding, JournalChoices, JournalReport, JournalRow

WHAT = ("Ký hồ sơ", "Gửi hồ sơ", "Sửa hồ sơ", "Sao lưu", "Mở khóa")
WHO = ("Lò Thị Hạnh", "Hà Văn Tuyên", "Vi Đình Thắng", "Máy này")
CHOICES = JournalChoices(tuple((f"p{place}", name) for place, name in enumerate(WHO)), (("dossier", "Hồ sơ"),))
GOOD = JournalReport(1240, 1236, 1228, ())
BAD = JournalReport(
    1240, 811, 811,
    (
        Finding("edit", 812, "Dòng 812 không còn như lúc ghi: có người đã sửa. Giữ nguyên máy và báo Kho bạc."),
        Finding("countersign", 904, "Chữ ký của Kho bạc từ dòng 904 không đúng. Bấm «Hỏi cả Kho bạc» khi có mạng."),
        Finding("restore", 930, "Dữ liệu được khôi phục từ bản sao lưu ở dòng 930. Việc này không phải là sai."),
    ),
)  # fmt: skip
RESTORED = JournalReport(1240, 1236, 1228, BAD.findings[2:])


def rows(count: int) -> tuple[JournalRow, ...]:
    return tuple(
        JournalRow(
            seq, f"2026-11-{1 + seq % 23:02d}T0{seq % 9}:15:00Z", WHO[seq % 4], WHAT[seq % 5],
            f"{400 + seq % 42:04d}" if seq % 5 < 3 else "", "C2-02a/NS, 15.400.000 đ" if seq % 5 < 3 else "",
        )
        for seq in range(1, count + 1)
    )  # fmt: skip


@dataclass
class MemoryJournal:
    lines: Sequence[JournalRow] = rows(60)
    report: JournalReport = GOOD
    asked: list[bool] = field(default_factory=list)
    exported: list[tuple[str, str, str]] = field(default_factory=list)

    def entries(
        self,
        text: str = "",
        sort: Column = "seq",
        descending: bool = True,
        before: int = 0,
        limit: int = 200,
        who: str = "",
        kind: str = "",
    ) -> Sequence[JournalRow]:
        words = fold(f"{text} {dict(CHOICES.people).get(who, '')} {dict(CHOICES.kinds).get(kind, '')}").split()
        found = [row for row in self.lines if all(word in fold(" ".join(map(str, row))) for word in words)]
        found.sort(key=lambda row: (getattr(row, sort), row.seq), reverse=descending)
        start = next((place + 1 for place, row in enumerate(found) if row.seq == before), 0)
        return found[start : start + limit]

    def choices(self) -> JournalChoices:
        return CHOICES

    def export(self, path: Path, since: str = "", until: str = "") -> int:
        self.exported.append((path.name, since, until))
        return len(self.lines)

    def verify(self, *, online: bool = False) -> JournalReport:
        self.asked.append(online)
        return self.report
