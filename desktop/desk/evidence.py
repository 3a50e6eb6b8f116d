"""Which signed packages still wait for lasting evidence, and what to tell people about it (docs/trust.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from desktop.desk.trusting import treasury_list
from desktop.dossier.dates import instant, local_day
from desktop.signing.asice import Package, Signed
from desktop.store.evidence import Waiting
from desktop.store.store import Store

TSA_URL = "tsa_url"
WARNING_DAYS = "evidence_warning_days"
REST = "tsa_rest"
"""Setting: how often in a row the authority was silent, and until when it is not asked."""
GATEWAY = "gateway"
DEFAULT_WARNING_DAYS = 7
UNSET = "-"
"""What no setting can be: nobody chose yet, so the Treasury's list says who stamps."""


@dataclass(frozen=True)
class EvidenceState:
    """How many packages have a signature below LT, since when the oldest; `late` lack a time-stamp for too long."""

    count: int
    oldest_at: str
    late: int


class EvidenceLevel(NamedTuple):
    """What the signatures of one dossier stand on: `level` of the weakest, and a sentence for people."""

    level: str
    late: bool
    text: str


def waiting(store: Store, now: datetime) -> EvidenceState:
    """What the whole unit waits for."""
    found = store.evidence.waiting()
    before = late_before(store, now)
    late = sum(_is_late(item, before) for item in found)
    return EvidenceState(len(found), found[0].sealed_at if found else "", late)


def warning(store: Store, now: datetime) -> str:
    """The sentence that warns of packages without a time-stamp for too long; "" when there are none."""
    state = waiting(store, now)
    if not state.late:
        return ""
    since = local_day(state.oldest_at)
    told = f"{state.late} gói đã ký chưa có dấu thời gian sau {warning_days(store)} ngày (gói cũ nhất ký ngày {since})."
    return f"{told} {_advice(store)}"


def level_of_dossier(store: Store, local_id: str, now: datetime) -> EvidenceLevel | None:
    """What is to be said of one sealed dossier's evidence; None before it is sealed."""
    package = store.packages.by_local(local_id)
    if package is None:
        return None
    lacking = store.evidence.waiting_of(package.package_id)
    if lacking is None:
        return EvidenceLevel("LT", late=False, text="Chữ ký có dấu thời gian và bằng chứng lâu dài.")
    late = _is_late(lacking, late_before(store, now))
    if lacking.stamped >= lacking.signed:
        return EvidenceLevel("T", late=False, text="Chữ ký có dấu thời gian, còn chờ danh sách thu hồi.")
    told = f"Chữ ký chưa có dấu thời gian đã quá {warning_days(store)} ngày. {_advice(store)}" if late else ""
    return EvidenceLevel("B", late=late, text=told or "Chữ ký chờ dấu thời gian; máy tự xin khi có mạng.")


def warning_days(store: Store) -> int:
    """After how many days without a time-stamp people are warned."""
    text = store.settings.get(WARNING_DAYS)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else DEFAULT_WARNING_DAYS


def time_stamping(store: Store) -> str:
    """Who stamps: "gateway", a URL, or "" for nobody; unless somebody chose, who the Treasury's list names first."""
    chosen = store.settings.get(TSA_URL, UNSET)
    if chosen != UNSET:
        return chosen
    told = treasury_list(store)
    return told.tsa[0].url if told and told.tsa else ""


def late_before(store: Store, now: datetime) -> str:
    """Packages sealed before this instant should have a time-stamp by now."""
    return instant(now - timedelta(days=warning_days(store)))


def with_evidence(store: Store, package_id: str, package: Package) -> Package:
    """The package with the best evidence of each signature; its id and what was signed stay the same."""
    best = store.evidence.best(package_id)
    signatures = (
        Signed(signed.manifest, best[step][1]) if step in best else signed
        for step, signed in enumerate(package.signatures, 1)
    )
    return Package(package.objects, tuple(signatures))


def _is_late(item: Waiting, before: str) -> bool:
    return item.stamped < item.signed and item.sealed_at < before


def _advice(store: Store) -> str:
    if not time_stamping(store):
        ways = "«Danh mục & cài đặt» (lệnh «vungxa trust set tsa_url gateway»)"
        return f"Chọn nơi cấp dấu thời gian ở {ways}, rồi nối mạng."
    return "Nối mạng để máy xin dấu thời gian; nếu vẫn còn, xem «Tin cậy & bằng chứng»."
