"""Roots and revocation lists as lines of lists, and where time-stamps come from in words."""

from __future__ import annotations

from desktop.dossier.trust_views import CrlView, RootView, TrustView
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.wording import day

STATE = (("Mục", 236), ("Hiện nay", 0))
ROOTS = (("Chứng thư gốc", 0), ("Ai đưa vào", 120), ("Hết hạn", 104), ("SHA-256", 164))
CRLS = (("Nơi cấp", 0), ("Ra ngày", 104), ("Tuổi", 84), ("Tình trạng", 112), ("Lấy từ", 100))
SOURCES = {"gateway": "Kho bạc", "file": "tệp", "sync": "mạng"}


def state_lines(view: TrustView) -> list[Line]:
    """Show how trust and evidence stand, one thing a line."""
    told = f"Bản {view.list_version}, nhận {day(view.list_at)}" if view.list_version else "Chưa có"
    stale = sum(crl.stale for crl in view.crls)
    lists = f"{len(view.crls)} danh sách" + (f", {stale} đã cũ" if stale else "")
    things = (
        ("list", "Danh sách tin cậy của Kho bạc", told, not view.list_version),
        ("crls", "Danh sách thu hồi", lists, bool(stale) or not view.crls),
        ("sources", "Danh sách thu hồi lấy từ", ", ".join(source_words(source) for source in view.crl_sources), False),
        ("tsa", "Nơi cấp dấu thời gian", stamping_words(view), not view.tsa_url),
        ("waiting", "Gói chờ bằng chứng lâu dài", waiting_words(view), bool(view.late)),
        ("days", "Cảnh báo chậm dấu thời gian", f"sau {view.warning_days} ngày", False),
    )
    return [
        Line(key, (Cell(text=name, weight=600), Cell(text=words, tint="amber" if odd else "")), (name, words))
        for key, name, words, odd in things
    ]


def root_key(root: RootView) -> str:
    """Tell apart a root of the Treasury's list and the same one added here."""
    return f"{'own' if root.own else 'list'}|{root.sha256}"


def root_line(root: RootView) -> Line:
    """Show one root."""
    who = "Đơn vị tự thêm" if root.own else "Kho bạc"
    digits = f"{root.sha256[:8]} {root.sha256[8:16]}…"
    cells = (
        Cell(text=root.name, weight=600),
        Cell(text=who, tint="amber" if root.own else ""),
        Cell(text=day(root.not_after), faded=True),
        Cell(text=digits, faded=True),
    )
    return Line(root_key(root), cells, (sorted_text(root.name), who, root.not_after, root.sha256), root.sha256)


def crl_line(crl: CrlView) -> Line:
    """Show one revocation list."""
    words = ("Đã cũ", "triangle-alert", "amber") if crl.stale else ("Còn mới", "circle-check", "green")
    source = source_words(crl.source)
    cells = (
        Cell(text=crl.issuer, weight=600),
        Cell(text=day(crl.this_update), faded=True),
        Cell(text=f"{crl.age_days} ngày", tint="amber" if crl.stale else ""),
        Cell(Kind.BADGE, words[0], icon=words[1], tint=words[2]),
        Cell(text=source, faded=True),
    )
    return Line(crl.issuer, cells, (sorted_text(crl.issuer), crl.this_update, crl.age_days, words[0], source))


def source_words(source: str) -> str:
    """Say where something came from."""
    return SOURCES.get(source, source)


def stamping_words(view: TrustView) -> str:
    """Say who gives time-stamps."""
    if not view.tsa_url:
        return "Chưa chọn nơi cấp"
    return "Cổng Kho bạc" if view.tsa_url == "gateway" else view.tsa_url


def waiting_words(view: TrustView) -> str:
    """Say how many packages wait for lasting evidence."""
    if not view.waiting:
        return "Không còn gói nào chờ"
    late = f", {view.late} gói quá {view.warning_days} ngày" if view.late else ""
    return f"{view.waiting} gói{late}, cũ nhất ký ngày {day(view.oldest_at)}"


def fingerprint(sha256: str) -> str:
    """Give a digest in groups of four, to be read aloud and compared with paper."""
    return " ".join(sha256[place : place + 4] for place in range(0, len(sha256), 4)).upper()
