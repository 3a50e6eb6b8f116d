"""People, delegations and their history as lines of lists."""

from __future__ import annotations

from desktop.dossier.dates import format_date
from desktop.dossier.people_views import CertificateView, DelegationView, HistoryView, PersonView
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.wording import day

PEOPLE = (("Họ tên", 190), ("Chức danh", 0), ("Chứng thư", 132), ("Đến ngày", 104))
DELEGATIONS = (("Người được ủy quyền", 170), ("Ký thay", 0), ("Từ ngày", 104), ("Đến ngày", 104), ("Tình trạng", 132))
HISTORY = (("Ngày", 104), ("Việc", 0))

Sign = tuple[str, str, str]
"""Words, icon, tint."""
CERTIFICATES: dict[str, Sign] = {
    "good": ("Còn hạn", "circle-check", "green"),
    "soon60": ("Sắp hết hạn", "calendar-clock", "amber"),
    "soon30": ("Sắp hết hạn", "triangle-alert", "amber"),
    "over": ("Đã hết hạn", "circle-x", "red"),
    "not_yet": ("Chưa hiệu lực", "clock", "amber"),
    "unknown": ("Chưa rõ hạn", "circle-help", "slate"),
}
DELEGATION_STATES: dict[str, Sign] = {
    "now": ("Đang hiệu lực", "circle-check", "green"),
    "coming": ("Chưa đến ngày", "clock", "blue"),
    "over": ("Đã hết hạn", "calendar", "slate"),
    "ended": ("Đã kết thúc", "ban", "slate"),
}


def sign_of(certificate: CertificateView | None) -> Sign:
    """Say how a certificate stands, as a badge; days are told while they are few."""
    if certificate is None:
        return ("Chưa khai", "circle", "amber")
    if certificate.awaiting:
        return ("Chờ Mẫu 24", "hourglass", "amber")
    if certificate.state in ("soon60", "soon30"):
        return (f"Còn {certificate.days_left} ngày", *CERTIFICATES[certificate.state][1:])
    return CERTIFICATES[certificate.state]


def titles_of(person: PersonView) -> str:
    """Say as what a person signs, delegations included."""
    return "; ".join(filter(None, (person.role_title, *person.delegate_of))) or "Chưa có chức danh ký"


def person_line(person: PersonView) -> Line:
    """Show one person."""
    certificate = person.certificate
    until = certificate.not_after if certificate else ""
    words = sign_of(certificate)
    titles = titles_of(person)
    more = f"{certificate.issuer_name} {certificate.serial_hex} {certificate.sha256}" if certificate else ""
    return Line(
        person.person_id,
        (Cell(text=person.name, weight=600), Cell(text=titles), _badge(words), Cell(text=day(until), faded=True)),
        (sorted_text(person.name), sorted_text(titles), _left(certificate), until),
        more,
    )


def delegation_line(item: DelegationView) -> Line:
    """Show one delegation."""
    days = (format_date(item.valid_from), format_date(item.valid_to) if item.valid_to else "không hạn")
    role = f"{item.role_title} ({item.by_name})"
    return Line(
        str(item.delegation_id),
        (
            Cell(text=item.to_name, weight=600),
            Cell(text=role),
            Cell(text=days[0], faded=True),
            Cell(text=days[1], faded=True),
            _badge(DELEGATION_STATES[item.state]),
        ),
        (sorted_text(item.to_name), sorted_text(role), item.valid_from, item.valid_to or "9999", item.state),
        f"{item.document_no} {item.scope}",
    )


def history_line(place: int, item: HistoryView) -> Line:
    """Show one thing that happened."""
    on = _day_or_date(item.at)
    return Line(str(place), (Cell(text=on, faded=True), Cell(text=item.text)), (item.at, sorted_text(item.text)))


def _day_or_date(at: str) -> str:
    return (day(at) if "T" in at else format_date(at)) if at else "chưa rõ"


def _left(certificate: CertificateView | None) -> int:
    return certificate.days_left if certificate and certificate.days_left is not None else -100_000


def _badge(words: Sign) -> Cell:
    return Cell(Kind.BADGE, words[0], icon=words[1], tint=words[2])
