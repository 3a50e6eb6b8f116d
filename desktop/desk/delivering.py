"""The queue page: what is on its way, how the link fares, and the user's wishes about it."""

from __future__ import annotations

from collections import deque

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.timing import Timing
from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.duties import Act
from desktop.dossier.lifecycle import State
from desktop.dossier.views import DeliveryView, LinkView, QueueItem
from desktop.sync.worker import SyncThread

MOVING = frozenset({State.SENDING, State.DOUBTFUL})
SAMPLES = 288
SAMPLE_SECONDS = 5.0


class Delivering:
    """Reads the queue from the store and the link from the sync thread (the window's DeliveryService)."""

    def __init__(self, context: DeskContext, sync: SyncThread | None) -> None:
        self._context = context
        self._sync = sync
        self._samples: deque[tuple[str, int]] = deque(maxlen=SAMPLES)
        self._sampled = 0.0

    @reading
    def view(self) -> DeliveryView:
        """The whole page as it stands now."""
        deliveries = self._context.store.deliveries
        items = tuple(deliveries.queue())
        paused = deliveries.paused()
        link = self._link(paused, moving=_current(items) is not None)
        total, sent = sum(item.size for item in items), sum(item.sent for item in items)
        rate = link.bytes_per_second
        moving = not paused and link.state == "sending"
        return DeliveryView(
            items=items,
            link=link,
            current=_current(items) if moving else None,
            total_bytes=total,
            sent_bytes=sent,
            rate=rate,
            eta_seconds=round((total - sent) / rate) if moving and rate > 0 else None,
            log=tuple(deliveries.log()),
            received=tuple(deliveries.received(self._midnight())),
            paused=paused,
            time=Timing(self._context.store, self._context.clock).intake_note(),
        )

    @needs(Act.SEND)
    def pause(self) -> None:
        """Holds all sending until resumed; survives a restart."""
        self._context.store.deliveries.pause(self._context.user.person_id)
        self._wake()

    @needs(Act.SEND)
    def resume(self) -> None:
        """Lets sending go on."""
        self._context.store.deliveries.resume(self._context.user.person_id)
        self._wake()

    @needs(Act.SEND)
    def send_now(self, package_id: str) -> None:
        """Puts a package first."""
        self._context.store.deliveries.send_now(package_id, self._context.user.person_id)
        self._wake()

    @needs(Act.SEND)
    def pause_item(self, package_id: str) -> None:
        """Holds one package back."""
        self._context.store.deliveries.pause_item(package_id, self._context.user.person_id)

    @needs(Act.SEND)
    def resume_item(self, package_id: str) -> None:
        """Lets one package go on."""
        self._context.store.deliveries.resume_item(package_id, self._context.user.person_id)
        self._wake()

    @reading
    def test_link(self) -> None:
        """Tries the link now."""
        self._wake()

    def _wake(self) -> None:
        if self._sync is not None:
            self._sync.wake()

    def _link(self, paused: bool, *, moving: bool) -> LinkView:
        if self._sync is None:
            return self._elsewhere(moving=moving)
        status = self._sync.status()
        rate = status.rate_bps // 8
        self._sample(rate if status.state not in ("offline", "captive") else 0)
        state = "paused" if paused and status.state in ("good", "weak", "sending") else status.state
        return LinkView(state, status.text, status.since, rate, tuple(self._samples))

    def _elsewhere(self, *, moving: bool) -> LinkView:
        """The link when this window does not send: another program on this store does, or nobody can yet."""
        config = self._context.store.device.get()
        if config is None or not config.device_id:
            return LinkView("offline", "Máy này chưa đăng ký với Kho bạc.")
        if moving:
            return LinkView("sending", "Đang gửi bằng chương trình khác trên máy này.")
        return LinkView("offline", "Ngoại tuyến. Vẫn soạn và ký bình thường.")

    def _sample(self, rate: int) -> None:
        now = self._context.clock()
        if now.timestamp() - self._sampled >= SAMPLE_SECONDS:
            self._sampled = now.timestamp()
            self._samples.append((instant(now), rate))

    def _midnight(self) -> str:
        return instant(self._context.clock().astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0))


def _current(items: tuple[QueueItem, ...]) -> QueueItem | None:
    return next((item for item in items if item.status.state in MOVING), None)
