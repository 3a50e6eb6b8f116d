"""Whom the unit trusts and what evidence is still to come, as the window shows and changes it (docs/trust.md)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.desk import trust_keeping as keeping
from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.evidence import time_stamping, waiting, warning, warning_days
from desktop.desk.trusting import treasury_list
from desktop.dossier.duties import Act
from desktop.dossier.trust_views import CrlView, RootView, TrustView
from desktop.signing.certificates import CertificateInfo, describe
from desktop.signing.revocation import FRESH
from desktop.store.store import Store
from desktop.store.trust import KeptCrl


class TrustDesk:
    """The window's TrustService; every call may be slow."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context
        self._looked_at: dict[str, CertificateInfo] = {}

    @reading
    def view(self) -> TrustView:
        """Everything the screen shows. Raises StoreError."""
        store, now = self._context.store, self._context.clock()
        kept, state = store.trust.newest(), waiting(store, now)
        return TrustView(
            list_version=kept.version if kept else 0,
            list_at=kept.at if kept else "",
            roots=_roots(store),
            crls=tuple(_crl(crl, now) for crl in store.trust.crls()),
            tsa_url=time_stamping(store),
            crl_sources=(*(["gateway"] if keeping.asks_gateway(store) else ()), *keeping.crl_sources(store)),
            warning_days=warning_days(store),
            waiting=state.count,
            oldest_at=state.oldest_at,
            late=state.late,
            warning=warning(store, now),
        )

    @needs(Act.TRUST)
    def import_file(self, path: Path) -> Sequence[str]:
        """Takes a .vxtrust or a revocation list; says what changed, () when nothing is newer. Raises TrustError."""
        return keeping.import_file(self._context.store, path, self._context.clock())

    @reading
    def look_at_root(self, path: Path) -> RootView:
        """What a file would make the unit trust; nothing changes. Raises TrustError not_a_root, unreadable."""
        info = keeping.read_root(path)
        self._looked_at[info.sha256] = info
        return RootView(info.sha256, info.subject_name, info.not_after, own=True)

    @needs(Act.TRUST)
    def add_root(self, sha256: str) -> None:
        """Trusts the very certificate that was looked at. Raises TrustError root_known, DeskError no_such_root."""
        info = self._looked_at.get(sha256)
        if info is None:
            raise DeskError("no_such_root", "Chưa xem chứng thư gốc này. Chọn lại tệp rồi xác nhận.")
        keeping.keep_root(self._context.store, info, self._context.user.person_id)

    @needs(Act.TRUST)
    def remove_root(self, sha256: str) -> None:
        """Trusts an own root no more. Raises TrustError no_such_root."""
        keeping.remove_root(self._context.store, sha256, self._context.user.person_id)

    @needs(Act.TRUST)
    def change(self, name: str, value: str) -> None:
        """Chooses tsa_url, crl_sources or evidence_warning_days. Raises DeskError bad_setting."""
        keeping.change(self._context.store, name, value)

    @needs(Act.TRUST)
    def refresh(self) -> None:
        """Lets the next synchronisation ask for the list and every source again."""
        keeping.refresh(self._context.store)


def _roots(store: Store) -> tuple[RootView, ...]:
    told = treasury_list(store)
    found = [_root(describe(der)) for der in (told.root_ders() if told else ())]
    own = [
        RootView(root.sha256, root.name, describe(root.der).not_after, own=True, added_at=root.at)
        for root in store.trust.own_roots()
    ]
    return (*found, *own)


def _root(info: CertificateInfo) -> RootView:
    return RootView(info.sha256, info.subject_name, info.not_after)


def _crl(crl: KeptCrl, now: datetime) -> CrlView:
    age = now - datetime.fromisoformat(crl.this_update)
    return CrlView(crl.issuer_name, crl.this_update, crl.next_update, max(0, age.days), age > FRESH, crl.source)
