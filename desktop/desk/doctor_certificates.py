"""The doctor's steps for one certificate on a token: whose, who vouches, what for, until when, revoked, registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop.desk.doctor_repairs import repairs
from desktop.dossier.dates import local_day
from desktop.dossier.doctor_views import Area, DoctorStep, StepState
from desktop.dossier.people import ROLE_TITLES, Person
from desktop.signing.certificate_check import CertificateJudgement, is_authority, judge
from desktop.signing.certificates import CertificateInfo
from desktop.signing.doctor import days_left
from desktop.signing.tokeninfo import TokenInfo
from desktop.signing.trust import Trust

SOON, VERY_SOON = 60, 30
"""Days before its end from which a certificate's expiry is announced, and then urged."""

USES = {
    "digital_signature": "chữ ký số",
    "non_repudiation": "chống chối bỏ",
    "key_encipherment": "mã hóa khóa",
    "data_encipherment": "mã hóa dữ liệu",
    "key_agreement": "thỏa thuận khóa",
    "key_cert_sign": "ký chứng thư",
    "crl_sign": "ký danh sách thu hồi",
}
"""Key usages (RFC 5280 section 4.2.1.3) for people."""


@dataclass(frozen=True)
class Registered:
    """What the unit knows: whom it registered (None: no unit was given) and whom it trusts (None: nobody yet)."""

    people: Sequence[Person] | None = None
    trust: Trust | None = None


@dataclass(frozen=True)
class CertificateDesk:
    """Makes the steps of one certificate."""

    token: TokenInfo
    certificate: CertificateInfo
    unit: Registered
    now: datetime
    key_seen: bool
    judgement: CertificateJudgement = field(init=False)

    def __post_init__(self) -> None:
        """Judges once, for every step."""
        others = [item.der for item in self.token.certificates if item is not self.certificate]
        object.__setattr__(self, "judgement", judge(self.certificate.der, others, self.unit.trust, self.now))

    def steps(self) -> Iterator[DoctorStep]:
        """Each step of this certificate, in the order a person reads them."""
        yield self._owner()
        yield self._key_usage()
        yield self._expiry()
        yield self._chain()
        yield self._revocation()
        yield self._registration()
        yield self._key_pair()

    def _step(self, name: str, title: str, code: str, state: StepState, found: str, **detail: object) -> DoctorStep:
        return DoctorStep(
            name, code, state, title, found, repairs(code), Area.CERTIFICATE,
            self.certificate.sha256, self.certificate.subject_name, detail,
        )  # fmt: skip

    def _owner(self) -> DoctorStep:
        info, own = self.certificate, self.certificate.issuer_name == self.certificate.subject_name
        found = f"{info.subject_name}, do {info.issuer_name} cấp, khóa {info.key_kind}, số {info.serial_hex}."
        return self._step(
            "certificate", "Chứng thư", "certificate_ok", StepState.OK, found,
            sha256=info.sha256, key=info.key_kind, issuer="" if own else info.issuer_name,
        )  # fmt: skip

    def _key_usage(self) -> DoctorStep:
        names = list(self.judgement.key_usage)
        uses = ", ".join(USES.get(use, use) for use in names) or "không giới hạn"
        if self.judgement.may_sign:
            return self._step(
                "key_usage",
                "Mục đích của khóa",
                "key_usage_ok",
                StepState.OK,
                f"Dùng để ký được ({uses}).",
                key_usage=names,
            )
        found = f"Chứng thư này không dùng để ký ({uses})."
        return self._step("key_usage", "Mục đích của khóa", "key_usage", StepState.ERROR, found, key_usage=names)

    def _expiry(self) -> DoctorStep:
        left = days_left(self.certificate, self.now)
        code, state, found = self._term(left)
        return self._step(
            "expiry", "Thời hạn", code, state, found, not_after=self.certificate.not_after, days_left=left
        )

    def _term(self, left: int) -> tuple[str, StepState, str]:
        until = _day(self.certificate.not_after)
        if left < 0:
            return "expired", StepState.ERROR, f"Chứng thư đã hết hạn ngày {until}."
        if datetime.fromisoformat(self.certificate.not_before) > self.now:
            start = _day(self.certificate.not_before)
            return "not_yet_valid", StepState.ERROR, f"Chứng thư chưa có hiệu lực: từ ngày {start}."
        if left <= VERY_SOON:
            return "expires_30", StepState.WARNING, f"Chứng thư chỉ còn {left} ngày, đến ngày {until}."
        if left <= SOON:
            return "expires_60", StepState.WARNING, f"Chứng thư còn {left} ngày, đến ngày {until}."
        return "expiry_ok", StepState.OK, f"Còn hạn đến ngày {until} ({left} ngày)."

    def _chain(self) -> DoctorStep:
        judged, title = self.judgement, "Chuỗi chứng thư"
        path = " ← ".join(judged.path)
        if judged.trusted:
            return self._step(
                "chain", title, "chain_ok", StepState.OK, f"Đủ và tin cậy: {path}.", issuer_path=judged.path[1:]
            )
        if judged.trusted is False and judged.complete:
            found = f"Chuỗi này không dẫn đến gốc nào được tin cậy: {path}."
            return self._step("chain", title, "untrusted", StepState.ERROR, found, issuer_path=judged.path[1:])
        if judged.trusted is None:
            found = f"Thấy {path}, nhưng máy chưa có danh sách tin cậy để đối chiếu."
            return self._step("chain", title, "trust_not_known", StepState.SKIPPED, found, issuer_path=judged.path[1:])
        found = f"Thiếu chứng thư của nơi cấp phía trên {judged.path[-1]}."
        return self._step("chain", title, "chain_incomplete", StepState.ERROR, found, issuer_path=judged.path[1:])

    def _revocation(self) -> DoctorStep:
        judged, title = self.judgement, "Thu hồi"
        if judged.revoked_at:
            found = f"Chứng thư đã bị thu hồi ngày {_day(judged.revoked_at)}."
            return self._step("revocation", title, "revoked", StepState.ERROR, found, revoked_at=judged.revoked_at)
        if self.unit.trust is None:
            return self._step(
                "revocation", title, "trust_not_known", StepState.SKIPPED, "Máy chưa có danh sách thu hồi nào."
            )
        if not judged.crl:
            found = f"Chưa có danh sách thu hồi của {self.certificate.issuer_name}."
            return self._step("revocation", title, "crl_missing", StepState.WARNING, found)
        if judged.crl == "stale":
            found = f"Không có tên trong danh sách thu hồi, nhưng danh sách đã cũ (đến ngày {_day(judged.crl_until)})."
            return self._step("revocation", title, "crl_stale", StepState.WARNING, found, crl_until=judged.crl_until)
        found = f"Không bị thu hồi, theo danh sách có hiệu lực đến ngày {_day(judged.crl_until)}."
        return self._step("revocation", title, "revocation_ok", StepState.OK, found, crl_until=judged.crl_until)

    def _registration(self) -> DoctorStep:
        title = "Đăng ký trong đơn vị"
        if self.unit.people is None:
            return self._step("registration", title, "no_unit", StepState.SKIPPED, "Chưa chỉ đơn vị nào để đối chiếu.")
        person = owner_of(self.certificate, self.unit.people)
        if person is None:
            found = "Chứng thư này chưa đăng ký cho ai trong đơn vị."
            return self._step("registration", title, "not_registered", StepState.WARNING, found)
        titles = ", ".join(ROLE_TITLES[role] for role in person.roles) or "chưa có chức danh ký"
        return self._step(
            "registration", title, "registered", StepState.OK, f"Đã đăng ký cho {person.name} ({titles}).",
            person_id=person.person_id, roles=[str(role) for role in person.roles],
        )  # fmt: skip

    def _key_pair(self) -> DoctorStep:
        title = "Cặp khóa"
        if self.key_seen:
            return self._step("key_pair", title, "key_seen", StepState.OK, "Token có khóa của chứng thư này.")
        found = "Chưa thấy khóa của chứng thư này khi chưa nhập mã PIN."
        return self._step("key_pair", title, "key_not_seen", StepState.SKIPPED, found)


def personal(token: TokenInfo) -> list[CertificateInfo]:
    """The certificates of persons, those of authorities beside them left out."""
    return [item for item in token.certificates if not is_authority(item.der)]


def owner_of(certificate: CertificateInfo, people: Sequence[Person]) -> Person | None:
    """Whose certificate it is in the unit."""
    return next((person for person in people if person.certificate_sha256 == certificate.sha256), None)


def facts_of(certificate: CertificateInfo) -> Mapping[str, str]:
    """What `vungxa doctor --json` always told of a signing certificate."""
    return {
        "name": certificate.subject_name,
        "sha256": certificate.sha256,
        "key": certificate.key_kind,
        "not_after": certificate.not_after,
    }


def _day(instant: str) -> str:
    return local_day(instant) or "không rõ"
