"""Connects a unit to its gateway: enrolment, and the sync thread built from what the store holds."""

from __future__ import annotations

import platform
import random
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desktop.desk.clock_check import keep_skew
from desktop.desk.context import utc_now
from desktop.desk.errors import DeskError
from desktop.desk.evidence_queue import EvidenceQueue
from desktop.desk.journal_inbox import JournalInbox
from desktop.desk.pack_inbox import PackInbox
from desktop.desk.trust_inbox import TrustInbox
from desktop.dossier.dates import VIETNAM
from desktop.signing.crls import MAX_CRL_BYTES
from desktop.signing.device import DeviceKey, verify_statement
from desktop.store.store import Store
from desktop.store.units import DeviceConfig
from desktop.sync.client import HttpWire
from desktop.sync.elsewhere import Elsewhere
from desktop.sync.engine import Engine
from desktop.sync.enrol import enrol
from desktop.sync.evidence import EvidenceSeeker
from desktop.sync.journal import SealTeller
from desktop.sync.packs import PackFetcher
from desktop.sync.pieces import IdleWork
from desktop.sync.protocol import SignedStatement
from desktop.sync.tls import Meter
from desktop.sync.trust import TrustFetcher
from desktop.sync.worker import Line, SyncThread

POLL_SECONDS = 30.0


class NotEnrolled(DeskError):
    """This unit has no device registered yet (not_enrolled)."""


class SystemClock:
    """The machine's clock for the engine."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return utc_now()


def _today() -> str:
    return utc_now().astimezone(VIETNAM).date().isoformat()


@dataclass(frozen=True)
class TreasuryVerifier:
    """Checks statements with the Treasury keys that came with the enrolment."""

    keys: Mapping[str, str]

    def __call__(self, statement: SignedStatement, context: str) -> bytes:
        """The payload's bytes. Raises StatementError."""
        return verify_statement(statement, context, self.keys)


def enrol_device(store: Store, url: str, pin: str, code: str) -> str:
    """Makes this machine's key, registers it with a one-time code and keeps both; gives the device id.

    The key is stored before it is sent: an answer that is lost can be asked for again with the same code and key. A
    registration that fails leaves an earlier one as it is. Raises EnrolError, WireError, DeskError other_unit,
    other_treasury.
    """
    pin, code = pin.strip().lower(), code.strip()
    key = _device_key(store, url, pin)
    answer = enrol(url, pin, code, key, platform.node())
    unit_code = store.unit.get().code
    if answer.unit_code != unit_code:
        raise DeskError(
            "other_unit",
            f"Mã đăng ký này là của đơn vị {answer.unit_code}, không phải {unit_code}. Xin Kho bạc cấp lại mã.",
        )
    _refuse_other_treasury(store, answer.statement_keys)
    store.device.set(
        DeviceConfig(
            url=url,
            tls_pin=pin,
            device_id=answer.device_id,
            device_key=key.raw,
            statement_keys=dict(answer.statement_keys),
            unit_code=answer.unit_code,
        )
    )
    store.journal.append("", "enrol", None, answer.device_id)
    return answer.device_id


def _refuse_other_treasury(store: Store, keys: Mapping[str, str]) -> None:
    """Another Treasury knows nothing of what this one may hold: it would say «send», and both would pay."""
    known = store.device.get()
    other = known is not None and known.statement_keys and not known.statement_keys.items() & keys.items()
    if other and (open_ones := store.deliveries.unsettled()):
        raise DeskError(
            "other_treasury",
            f"Còn {open_ones} gói chưa rõ Kho bạc cũ đã nhận hay chưa. Chờ biên nhận của Kho bạc cũ rồi đăng ký lại.",
        )


def _device_key(store: Store, url: str, pin: str) -> DeviceKey:
    """This machine's key: the one it has, or a new one kept before anybody hears of it."""
    known = store.device.get()
    if known is not None:
        return DeviceKey.load(known.device_key)
    key = DeviceKey.generate()
    store.device.set(DeviceConfig(url=url, tls_pin=pin, device_id="", device_key=key.raw, statement_keys={}))
    return key


def enrolled(store: Store) -> DeviceConfig:
    """The registered device. Raises NotEnrolled."""
    config = store.device.get()
    if config is None or not config.device_id:
        raise NotEnrolled(
            "not_enrolled", "Máy này chưa đăng ký với Kho bạc. Chạy «vungxa enrol» với mã một lần Kho bạc cấp."
        )
    return config


def make_wire(config: DeviceConfig, meter: Meter | None = None) -> HttpWire:
    """This device's channel to its gateway; nothing is connected yet."""
    return HttpWire(
        config.url, config.tls_pin, config.device_id, DeviceKey.load(config.device_key), SystemClock(), meter
    )


def _idle_work(
    store: Store, config: DeviceConfig, wire: HttpWire, meter: Meter, stack: ExitStack
) -> Iterable[IdleWork]:
    """What the line is for when nothing is to be sent: packs, trust, evidence resting on it, at last the journal."""
    elsewhere = Elsewhere(meter)
    stack.callback(elsewhere.close)
    yield PackFetcher(PackInbox(store.announced_packs, config.statement_keys, _today), wire)
    yield TrustFetcher(TrustInbox(store, config.statement_keys, utc_now), wire, elsewhere, MAX_CRL_BYTES)
    yield EvidenceSeeker(EvidenceQueue(store, utc_now), wire, elsewhere)
    yield SealTeller(JournalInbox(store, config.statement_keys, utc_now), wire, SystemClock())


def evidence_due(store: Store) -> bool:
    """Tell whether lasting evidence of some package is to be had now, if the line allows."""
    queue = EvidenceQueue(store, utc_now)
    return bool(queue.due(1, stamping=bool(queue.authority())))


def sync_thread(reopen: Callable[[], Store], poll_seconds: float = POLL_SECONDS) -> SyncThread:
    """The one sync thread of a unit, not started; `reopen` gives it its own connection, in that thread."""

    def build(meter: Meter) -> Line:
        with ExitStack() as stack:
            store = reopen()
            stack.callback(store.close)
            config = enrolled(store)
            wire = make_wire(config, meter)
            stack.callback(wire.close)
            verifier = TreasuryVerifier(config.statement_keys)
            idle_work = _idle_work(store, config, wire, meter, stack)
            skew = partial(_kept_skew, store, wire)
            engine = Engine(store.outbox, wire, verifier, SystemClock(), random.SystemRandom(), *idle_work)
            return Line(engine, store.outbox, stack.pop_all().close, skew, lambda: wire.rate_bps)

    return SyncThread(build, SystemClock(), random.SystemRandom(), poll_seconds)


def _kept_skew(store: Store, wire: HttpWire) -> int:
    """How far our clock is behind the gateway's; kept too, since nobody should sign by a clock that is far off."""
    return keep_skew(store, wire.skew_seconds, measured=wire.clock_measured)
