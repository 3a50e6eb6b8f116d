"""Tokens, batches and hand-overs in memory: only data and the rules a view can see."""

# ruff: noqa: ARG002 - an interface is kept whole even where memory needs less of it

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import (
    HandoverDossier,
    HandoverKind,
    HandoverLine,
    HandoverOutcome,
    HandoverReport,
    HandoverResult,
    HandoverView,
)
from desktop.dossier.sign_views import NEVER, NOBODY, SignedPage, SignItem, SignProgress, TokenView
from desktop.ui.picture import Picture
from tests.ui.sheets import white_page

NOW = "2026-11-24T07:05:00Z"
CODE = "0471 0815"
WRONG = "Sai mã PIN. Còn ít lần thử. Sai hết, token tự khóa."
LAST = "Chỉ còn 1 lần thử mã PIN. Xác nhận dùng lần thử cuối rồi nhập lại."
UNKNOWN = "Chưa xác nhận người nhận tiền mới. Mở hồ sơ, xác nhận từng người rồi ký."


def _set() -> Event:
    made = Event()
    made.set()
    return made


@dataclass
class MemorySigning:
    """Signs in memory; `fail` maps a local_id to the error the batch breaks off with, `refuse` to its own failure."""

    waiting: dict[str, list[SignItem]] = field(default_factory=dict)
    plugged: list[TokenView] = field(default_factory=list)
    pin: str = "123456"
    broken: VungXaError | None = None
    fail: dict[str, VungXaError] = field(default_factory=dict)
    refuse: dict[str, str] = field(default_factory=dict)
    signed: list[str] = field(default_factory=list)
    stood: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    digests: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    differs: set[str] = field(default_factory=set)
    pin_each: bool = False
    answered: Event = field(default_factory=_set)
    before: Callable[[str], None] = lambda _local_id: None
    paint: Callable[[str, int], Sequence[Picture]] = lambda _name, width: [white_page(width)]

    def items(self, person_id: str) -> Sequence[SignItem]:
        return [item for item in self.waiting.get(person_id, []) if item.local_id not in self.signed]

    def tokens(self) -> Sequence[TokenView]:
        self.answered.wait(5)
        if self.broken is not None:
            raise self.broken
        return list(self.plugged)

    def _flags(self, **change: object) -> None:
        self.plugged = [replace(token, **change) for token in self.plugged]  # type: ignore[arg-type]

    def _check_pin(self, serial: str, pin: str | None, final_try: bool) -> None:
        token = next(token for token in self.plugged if token.serial == serial)
        if token.pin_final_try and not final_try:
            raise VungXaError("pin_final_try", LAST)
        if pin != (None if token.pin_pad else self.pin):
            self._flags(pin_locked=token.pin_final_try, pin_low=True)
            raise VungXaError("pin_wrong", WRONG)
        self._flags(pin_low=False, pin_final_try=False, pin_to_change=False)

    def sign(
        self,
        serial: str,
        pin: str | None,
        local_ids: Sequence[str],
        progress: Callable[[SignProgress], None],
        cancelled: Callable[[], bool],
        *,
        final_try: bool = False,
        acknowledged: Mapping[str, Sequence[str]] = NOBODY,
        shown: Mapping[str, str] = NEVER,
    ) -> None:
        self._check_pin(serial, pin, final_try)
        self.stood |= {local_id: tuple(keys) for local_id, keys in acknowledged.items()}
        self.shown |= shown
        for turn, local_id in enumerate(local_ids, 1):
            self.before(local_id)
            if cancelled():
                return
            progress(SignProgress(local_id, "signing", pin_uses=turn, pin_each=self.pin_each))
            if local_id in self.fail:
                raise self.fail[local_id]
            if why := self.refuse.get(local_id) or self._unknown(local_id, acknowledged.get(local_id, ())):
                progress(SignProgress(local_id, "failed", why))
                continue
            self.signed.append(local_id)
            progress(SignProgress(local_id, "signed", at=NOW, pin_uses=turn, pin_each=self.pin_each))

    def _unknown(self, local_id: str, keys: Sequence[str]) -> str:
        item = next(item for items in self.waiting.values() for item in items if item.local_id == local_id)
        missing = item.must_acknowledge and {news.key for news in item.news} - set(keys)
        return UNKNOWN if missing else ""

    def change_pin(self, serial: str, old: str | None, new: str | None, *, final_try: bool = False) -> None:
        self._check_pin(serial, old, final_try)
        self.pin = new or self.pin

    def write_digest(self, path: Path, person_id: str, local_ids: Sequence[str]) -> None:
        path.write_bytes(b"%PDF-1.7\n")
        self.digests.append((person_id, tuple(local_ids)))

    def paper(self, local_id: str) -> Sequence[SignedPage]:
        item = next(item for items in self.waiting.values() for item in items if item.local_id == local_id)
        return [SignedPage(file.title, file.title, file.sha256, bool(file.pages)) for file in item.documents]

    def draw_signed(self, local_id: str, place: int, width: int) -> Sequence[Picture]:
        if local_id in self.differs:
            raise VungXaError(
                "shown_differs",
                "Bản vẽ ra khác bản được ký. Không ký hồ sơ này; báo người lập rút về và trình lại.",
            )
        return self.paint(self.paper(local_id)[place].draw, width)


@dataclass
class MemoryHandover:
    """Files of other machines by name; what is done with them is kept in `calls`."""

    views: dict[str, HandoverView] = field(default_factory=dict)
    away: list[HandoverLine] = field(default_factory=list)
    calls: list[tuple[str, ...]] = field(default_factory=list)
    passphrase: str = ""

    def hand_out(self, local_ids: Sequence[str], path: Path, passphrase: str = "") -> HandoverReport:
        if not path.parent.exists():
            raise VungXaError("not_writable", "Không ghi được tệp. Chọn nơi khác rồi ghi lại.")
        self.calls.append(("out", *local_ids))
        self.away = [line for line in self.away if line.local_id not in local_ids]
        self.away += [
            HandoverLine(one, one[1:], "Hồ sơ", "out", False, "", NOW, "Đang ở máy khác để ký.", True)
            for one in local_ids
        ]
        results = tuple(HandoverResult(one, one[1:], "", HandoverOutcome.OUT, "Đã ghi.", CODE) for one in local_ids)
        return HandoverReport(HandoverKind.OUT, "PC-HANH", CODE, results)

    def look(self, path: Path, passphrase: str = "") -> HandoverView:
        if passphrase != self.passphrase:
            code = "handover_passphrase" if passphrase else "handover_locked"
            raise VungXaError(code, "Tệp có khóa. Gõ mật khẩu của tệp.")
        if path.name not in self.views:
            raise VungXaError("handover_damaged", "Tệp này bị hỏng. Chép lại từ máy kia rồi mở lại.")
        return self.views[path.name]

    def take(self, path: Path, passphrase: str = "", replacing: Sequence[str] = ()) -> HandoverReport:
        view = self.look(path, passphrase)
        self.calls.append(("take", *replacing))
        results = tuple(_taken(item, item.local_id in replacing) for item in view.dossiers)
        return HandoverReport(view.kind, view.machine, view.code, results)

    def take_back(self, local_id: str) -> None:
        self.calls.append(("back", local_id))
        self.away = [line for line in self.away if line.local_id != local_id]

    def drop_guest(self, local_id: str) -> None:
        self.calls.append(("drop", local_id))
        self.away = [line for line in self.away if line.local_id != local_id]

    def lines(self) -> Sequence[HandoverLine]:
        return list(self.away)


def _taken(item: HandoverDossier, replaced: bool) -> HandoverResult:
    outcome = HandoverOutcome.TAKE if replaced else item.outcome
    words = {
        HandoverOutcome.CONFLICT: "Hai máy khác nhau, máy để nguyên bản ở đây.",
        HandoverOutcome.REFUSED: item.problem,
    }
    return HandoverResult(item.local_id, item.number, item.title, outcome, words.get(outcome, "Đã nhận."), item.code)
