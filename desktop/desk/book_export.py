"""The tables of the book as one workbook."""

from __future__ import annotations

from pathlib import Path

from desktop.desk.allowing import needs
from desktop.desk.book_reading import BookReading
from desktop.dossier.book import ENTRY_TITLES
from desktop.dossier.dates import format_date, local_time
from desktop.dossier.duties import Act
from desktop.exchange.export import Sheet, export_sheets

LEVELS = {"source": "Nguồn", "sector": "Ngành", "item": "Mục", "total": "Tổng cộng"}
STATES = {"match": "Khớp", "differs": "Lệch", "unconfirmed": "Chưa ghi sổ"}


class BookExport(BookReading):
    """Writes what is read."""

    @needs(Act.EXPORT)
    def export(self, path: Path, year: int) -> None:
        """Writes all tables of a year into one .xlsx, a sheet each. Raises ExchangeError not_writable."""
        export_sheets(path, [*self._estimate_sheets(year), *self._deposit_sheets(year), *self._open_sheets()])

    def _estimate_sheets(self, year: int) -> list[Sheet]:
        heads = ("Mức", "Nguồn", "Ngành", "Mục", "CTMT, dự án", "Tên", "Giao", "Đã dùng", "Đang chờ", "Còn lại",
                 "Kho bạc xác nhận lúc", "Lưu ý")  # fmt: skip
        lines = [(LEVELS[line.level], *line[1:10], local_time(line.as_of), line.warning) for line in self.lines(year)]
        months = [(f"Tháng {item.month}", item.confirmed, item.held) for item in self.months(year)]
        kept = self._context.store.estimates.entries(year)
        entries = [
            (
                row.entry_id, ENTRY_TITLES[row.entry.kind], row.entry.account, row.entry.source, row.entry.sector,
                row.entry.econ, row.entry.program, row.entry.amount, row.entry.document_no,
                format_date(row.entry.document_date) if row.entry.document_date else "", row.entry.note,
                local_time(row.at),
            )
            for row in kept
        ]  # fmt: skip
        given = ("Số", "Loại giao", "Tài khoản", "Nguồn", "Ngành", "Mục", "CTMT, dự án", "Số tiền", "Quyết định",
                 "Ngày quyết định", "Ghi chú", "Nhập lúc")  # fmt: skip
        return [
            Sheet(f"Dự toán {year}", heads, lines),
            Sheet("Theo tháng", ("Tháng", "Kho bạc đã xác nhận", "Đang chờ"), months),
            Sheet("Bút toán dự toán", given, entries),
        ]

    def _deposit_sheets(self, year: int) -> list[Sheet]:
        heads = ("Tài khoản", "Tên", "Số dư", "Đang chờ", "Dùng được", "Kho bạc xác nhận lúc")
        accounts = self.deposits(year)
        rows = [(*line[:5], local_time(line.as_of)) for line in accounts]
        moves = [
            (line.account, format_date(move.date), move.text, move.amount, move.balance, STATES[move.state],
             move.difference)
            for line in accounts
            for move in self.movements(line.account, year)
        ]  # fmt: skip
        moved = ("Tài khoản", "Ngày", "Biến động", "Thu, chi", "Số dư", "Đối chiếu", "Lệch")
        return [Sheet("Tiền gửi", heads, rows), Sheet("Biến động", moved, moves)]

    def _open_sheets(self) -> list[Sheet]:
        heads = ("Số chứng từ", "Ngày", "Người nhận", "Nội dung", "Nguồn", "Mục", "Tạm ứng", "Đã thanh toán", "Còn lại",
                 "Số ngày")  # fmt: skip
        advances = [(a.number, format_date(a.date) if a.date else "", *a[2:10]) for a in self.advances()]
        signed = ("Số hợp đồng", "Ngày", "Bên nhận", "Giá trị", "Đã thanh toán", "Đã tạm ứng", "Còn lại", "Số ngày")
        contracts = [(c.number, format_date(c.date) if c.date else "", *c[2:]) for c in self.contracts()]
        return [Sheet("Tạm ứng", heads, advances), Sheet("Hợp đồng", signed, contracts)]
