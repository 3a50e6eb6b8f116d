"""One certificate on a plugged-in token as the window shows it: whose it is, and in words why it cannot sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from desktop.dossier.dates import instant, local_day
from desktop.dossier.people import ROLE_TITLES, Person
from desktop.dossier.sign_views import TokenView
from desktop.signing.certificate_check import CertificateJudgement, judge
from desktop.signing.tokens import CertificateInfo, TokenInfo
from desktop.signing.trust import Trust

SOON60, SOON30 = 60, 30
"""Days before its end from which an expiry is announced, and announced again."""


class Refusal(NamedTuple):
    """Why a certificate cannot sign: a code of the contract of TokenView, and a sentence that says what to do."""

    code: str
    text: str


FINE = Refusal("", "")
NOT_REGISTERED = Refusal(
    "not_registered", "Chứng thư trên token này chưa đăng ký cho ai trong đơn vị. Cắm token của người đến lượt ký."
)
_KEY_USAGE = Refusal(
    "key_usage", "Chứng thư này không dùng để ký số. Cắm token có chứng thư chữ ký số đã đăng ký với Kho bạc."
)
_REVOKED = Refusal(
    "revoked", "Chứng thư đã bị thu hồi từ {day}. Không ký bằng token này; xin cấp chứng thư mới rồi đăng ký (Mẫu 24)."
)
_UNTRUSTED = Refusal(
    "untrusted",
    "Chứng thư không do nơi Kho bạc tin cậy cấp. Cập nhật danh sách tin cậy, hoặc xin chứng thư ở nơi khác.",
)
_LOCKED = Refusal("pin_locked", "Token đã khóa vì sai mã PIN nhiều lần. Mang token đến nơi cấp để mở.")


@dataclass(frozen=True)
class Desk:
    """What certificates are held against: the people, whom the unit trusts (None: nobody known yet), now, the clock.

    `clock` is why the clock cannot be signed by, "" when it can.
    """

    people: Sequence[Person]
    trust: Trust | None
    now: datetime
    clock: str = ""


class Judgements:
    """Judges certificates once for each trust: the window asks every second and a half."""

    def __init__(self) -> None:
        self._trust: Trust | None = None
        self._known: dict[tuple[str, str], CertificateJudgement] = {}

    def of(self, token: TokenInfo, certificate: CertificateInfo, desk: Desk) -> CertificateJudgement:
        """What is known of a certificate under the unit's present trust, on this day."""
        if desk.trust is not self._trust:
            self._trust, self._known = desk.trust, {}
        key = certificate.sha256, desk.now.date().isoformat()
        if key not in self._known:
            others = [found.der for found in token.certificates if found is not certificate]
            self._known[key] = judge(certificate.der, others, desk.trust, desk.now)
        return self._known[key]


def token_view(
    token: TokenInfo, certificate: CertificateInfo, desk: Desk, judged: CertificateJudgement, wanted: str | None = None
) -> TokenView:
    """One certificate as the banner shows it; `wanted` is the person who is to sign, None for anyone."""
    person = next((p for p in desk.people if p.certificate_sha256 == certificate.sha256), None)
    days = (datetime.fromisoformat(certificate.not_after) - desk.now).days
    refusal = _refusal(token, certificate, person, desk, judged, wanted)
    return TokenView(
        serial=token.serial,
        label=token.label,
        owner=certificate.subject_name,
        role_title=", ".join(ROLE_TITLES[role] for role in person.roles) if person else "",
        issuer=certificate.issuer_name,
        certificate_serial=certificate.serial_hex,
        not_after=certificate.not_after,
        days_left=days,
        matches_person_id=person.person_id if person else None,
        pin_low=token.pin_low,
        pin_final_try=token.pin_final_try,
        pin_locked=token.pin_locked,
        problem=refusal.text,
        problem_code=refusal.code,
        pin_pad=token.pin_pad,
        pin_min=token.pin_min,
        pin_max=token.pin_max,
        pin_to_change=token.pin_to_change,
        reader=token.reader,
        expiry=expiry_of(days),
        notice=_notice(token, certificate, days) if not refusal.code else "",
    )


def expiry_of(days: int) -> Literal["", "soon60", "soon30", "over"]:
    """How near the end of a certificate is; `days` are whole days left."""
    if days < 0:
        return "over"
    return "soon30" if days <= SOON30 else "soon60" if days <= SOON60 else ""


def expiry_notice(name: str, not_after: str, days: int) -> str:
    """The sentence that announces the end of a certificate, "" while it is far away."""
    if expiry_of(days) == "":
        return ""
    day = local_day(not_after)
    if days < 0:
        return f"Chứng thư của {name} đã hết hạn ngày {day}. Xin cấp lại rồi đăng ký với Kho bạc (Mẫu 24)."
    return f"Chứng thư của {name} còn {days} ngày (đến {day}). Xin cấp lại và đăng ký với Kho bạc trước ngày đó."


def _refusal(
    token: TokenInfo,
    certificate: CertificateInfo,
    person: Person | None,
    desk: Desk,
    judged: CertificateJudgement,
    wanted: str | None,
) -> Refusal:
    if person is None:
        return NOT_REGISTERED
    if wanted is not None and person.person_id != wanted:
        name = next((p.name for p in desk.people if p.person_id == wanted), "người đến lượt ký")
        return Refusal("wrong_person", f"Token này của {person.name}, không phải của {name}. Cắm token của {name}.")
    if not judged.may_sign:
        return _KEY_USAGE
    return _in_time(certificate, desk) or _in_trust(judged) or (_LOCKED if token.pin_locked else FINE)


def _in_time(certificate: CertificateInfo, desk: Desk) -> Refusal | None:
    at = instant(desk.now)
    if desk.clock:
        return Refusal("clock_wrong", desk.clock)
    if certificate.not_after < at:
        return Refusal("expired", "Chứng thư đã hết hạn. Xin cấp lại chứng thư rồi đăng ký với Kho bạc (Mẫu 24).")
    if certificate.not_before > at:
        return Refusal("not_yet_valid", "Chứng thư chưa đến ngày có hiệu lực. Kiểm tra ngày giờ của máy.")
    return None


def _in_trust(judged: CertificateJudgement) -> Refusal | None:
    if judged.revoked_at:
        return Refusal(_REVOKED.code, _REVOKED.text.format(day=local_day(judged.revoked_at)))
    return _UNTRUSTED if judged.trusted is False else None


def _notice(token: TokenInfo, certificate: CertificateInfo, days: int) -> str:
    said = []
    if token.pin_to_change:
        said.append("Token đòi đổi mã PIN trước khi ký. Bấm Đổi mã PIN.")
    if token.pin_final_try:
        said.append("Mã PIN chỉ còn 1 lần thử. Sai nữa, token tự khóa.")
    said.append(expiry_notice(certificate.subject_name, certificate.not_after, days))
    return " ".join(filter(None, said))
