"""The timeline of one dossier, put together from its facts."""

from __future__ import annotations

from desktop.dossier.lifecycle import Facts, project
from desktop.dossier.views import HistoryEvent
from desktop.store.database import Database

_EVENTS = """
SELECT created_at AS at, 'created' AS what, created_by AS who, '' AS text FROM drafts WHERE local_id = :id
UNION ALL SELECT at, 'submitted', actor, '' FROM submissions WHERE local_id = :id
UNION ALL SELECT w.at, CASE WHEN g.at IS NULL THEN 'withdrawn' ELSE 'dropped' END, w.actor, '' FROM withdrawals w
    JOIN submissions s USING (submission_id) LEFT JOIN guests g USING (submission_id) WHERE s.local_id = :id
UNION ALL SELECT g.at, 'signed', t.name, t.title FROM signatures g JOIN submissions s USING (submission_id)
    JOIN submission_steps t ON t.submission_id = g.submission_id AND t.step = g.step WHERE s.local_id = :id
UNION ALL SELECT at, 'one_sitting', actor, '' FROM journal
    WHERE action = 'two_signers_one_machine' AND detail >= :id || ' ' AND detail < :id || '!'
UNION ALL SELECT f.at, 'on_paper', f.actor, f.reason FROM paper_filings f JOIN submissions s USING (submission_id)
    WHERE s.local_id = :id
UNION ALL SELECT h.at, 'handover_' || h.kind, h.actor, h.machine FROM handovers h
    JOIN submissions s USING (submission_id) WHERE s.local_id = :id
UNION ALL SELECT sealed_at, 'sealed', '', '' FROM packages WHERE local_id = :id
UNION ALL SELECT min(t.at), 'sent', '', '' FROM attempts t JOIN packages p USING (package_id)
    WHERE p.local_id = :id AND t.kind = 'sending' HAVING count(*) > 0
UNION ALL SELECT t.at, 'refused', '', t.text FROM attempts t JOIN packages p USING (package_id)
    WHERE p.local_id = :id AND t.kind = 'refused'
UNION ALL SELECT c.at, 'cancelled', c.actor, c.reason FROM cancellations c JOIN packages p USING (package_id)
    WHERE p.local_id = :id
UNION ALL SELECT r.received_at, 'receipt', '', r.receipt_no FROM receipts r JOIN packages p USING (package_id)
    WHERE p.local_id = :id
UNION ALL SELECT e.at, e.decision, '', e.reason FROM feed_events e JOIN packages p USING (package_id)
    WHERE p.local_id = :id AND e.kind = 'decision'
"""
_WORDS = {
    "created": ("Tạo hồ sơ", "file-plus", "slate"),
    "submitted": ("Trình ký", "pen-line", "violet"),
    "withdrawn": ("Rút lại để soạn tiếp", "undo-2", "slate"),
    "dropped": ("Bỏ bản của máy khác đang giữ ở đây", "x", "slate"),
    "signed": ("{text} đã ký", "signature", "violet"),
    "one_sitting": ("Hai chức danh ký trên một máy trong 10 phút", "users", "amber"),
    "handover_out": ("Chuyển sang máy khác để ký", "usb", "violet"),
    "handover_taken_back": ("Lấy về, không chờ máy kia nữa", "rotate-ccw", "amber"),
    "handover_returned": ("Nhận lại từ máy {text}", "usb", "violet"),
    "handover_in": ("Nhận từ máy {text} để ký", "usb", "violet"),
    "handover_back": ("Chuyển lại máy {text}", "usb", "violet"),
    "on_paper": ("In bộ giấy để nộp: {text}", "printer", "teal"),
    "sealed": ("Đóng gói, sẵn sàng gửi", "package-check", "blue"),
    "sent": ("Bắt đầu gửi", "upload", "blue"),
    "refused": ("Cổng không nhận: {text}", "circle-x", "red"),
    "cancelled": ("Hủy gói: {text}", "ban", "slate"),
    "receipt": ("Biên nhận {text}", "receipt-text", "teal"),
}
_ORDER = [*_WORDS, "in_control", "supplement", "mismatch", "returned", "paid"]


def history(database: Database, local_id: str) -> list[HistoryEvent]:
    """Return what happened, the newest first; within one second the later stage of a dossier's life comes first."""
    people = {row["person_id"]: row["name"] for row in database.rows(_NAMES)}
    rows = database.rows(_EVENTS, {"id": local_id})
    if any(row["what"] == "handover_in" for row in rows):  # it was made and submitted on another machine
        rows = [row for row in rows if row["what"] not in ("created", "submitted")]
    rows.sort(key=lambda row: (row["at"], _ORDER.index(row["what"])), reverse=True)
    case = str(database.value(_CASE, (local_id,)) or "")
    return [_event(row["at"], row["what"], people.get(row["who"], row["who"]), row["text"], case) for row in rows]


_CASE = "SELECT json_extract(body, '$.case') FROM drafts WHERE local_id = ?"
_NAMES = """
SELECT person_id, name FROM registrations
UNION ALL SELECT person_id, json_extract(body, '$.name') AS name FROM people
"""
"""Who left the unit keeps a name; today's counts."""


def _event(at: str, what: str, who: str, text: str, case: str) -> HistoryEvent:
    if what in _WORDS:
        title, icon, colour = _WORDS[what]
        return HistoryEvent(at, title.format(text=text), who or "Máy", icon, colour)
    status = project(Facts(decision=what, case=case))
    return HistoryEvent(at, status.label, "Kho bạc", status.icon, status.colour)
