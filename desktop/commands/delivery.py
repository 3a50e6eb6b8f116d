"""`vungxa sync`, `export-package` and `export-receipt`: delivery without a window."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace

from desktop.commands.answer import Answer, say, to_json
from desktop.commands.opening import opened_store
from desktop.commands.secrets import ask
from desktop.desk.connection import enrolled, evidence_due, sync_thread
from desktop.desk.output import write_whole
from desktop.desk.queue_receipts import ReceiptProof
from desktop.desk.sealed import container
from desktop.dossier.dates import local_time
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.signing.statement_keys import to_pem
from desktop.store.store import Store
from desktop.sync.protocol import SignedStatement
from desktop.sync.worker import SyncThread

POLL_SECONDS = 3.0
"""Without a window nobody presses F5, so the feed is read often."""
LOOK_SECONDS = 0.25
FAR = "9999-12-31T23:59:59Z"
"""An instant after every waiting time."""


class NoReceipt(VungXaError):
    """The Treasury has not given a receipt for this package yet (no_receipt)."""


def sync(args: Namespace) -> Answer:
    """Sends and receives until SIGTERM, or until nothing is left with --until-idle. Raises NotEnrolled, StoreError."""
    password = ask(args, "Mật khẩu")
    stop = _stop_on_signals()
    with opened_store(args, Act.READ, password=password) as store:
        enrolled(store)
        with store.lock_for_sync(ReceiptProof(store)):
            _run(store, stop, as_json=args.json, until_idle=args.until_idle)
        counts = store.projection.counts()
    waiting, there = counts["ready"], counts["treasury"]
    payload = {"ok": True, "waiting": waiting, "at_treasury": there, "counts": counts}
    return Answer(payload, [f"Còn {waiting} gói chờ gửi, {there} hồ sơ ở Kho bạc."])


def _stop_on_signals() -> threading.Event:
    """An event set by SIGTERM and Ctrl-C, so that what is under way ends at a safe place."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


def _run(store: Store, stop: threading.Event, *, as_json: bool, until_idle: bool) -> None:
    worker = sync_thread(store.reopen, poll_seconds=POLL_SECONDS)
    worker.start()
    try:
        _watch(store, worker, stop, as_json=as_json, until_idle=until_idle)
    finally:
        worker.stop()


def _watch(store: Store, worker: SyncThread, stop: threading.Event, *, as_json: bool, until_idle: bool) -> None:
    """Tells what the machine does, newest last, until told to stop or until nothing is left to send or to hear of."""
    last, _ = store.deliveries.log_after(0)
    while not stop.wait(LOOK_SECONDS):
        last, lines = store.deliveries.log_after(last)
        for line in lines:
            say(to_json({"at": line.at, "log": line.text}) if as_json else f"{local_time(line.at)}  {line.text}")
        if until_idle and worker.status().passes and _idle(store) and not _evidence_to_come(store, worker):
            return


def _idle(store: Store) -> bool:
    """Nothing is left to send, but for what the user holds back, and the Treasury has decided on all it has."""
    return not store.outbox.due(FAR) and not store.projection.counts()["treasury"]


def _evidence_to_come(store: Store, worker: SyncThread) -> bool:
    """The line is up, and time-stamps or revocation data of some package are to be had now."""
    return worker.status().state not in ("offline", "captive") and evidence_due(store)


def export_receipt(args: Namespace) -> Answer:
    """Writes a package's receipt, and with --key the Treasury's key it verifies with. Raises NoReceipt, StoreError."""
    with opened_store(args, Act.EXPORT) as store:
        statement = store.packages.receipt(args.package)
        keys = enrolled(store).statement_keys
    if statement is None:
        raise NoReceipt("no_receipt", "Gói này chưa có biên nhận. Chạy «vungxa sync» khi có mạng rồi thử lại.")
    key_id = SignedStatement.model_validate_json(statement).key_id
    write_whole(args.out, statement.encode())
    if args.key is not None:
        write_whole(args.key, to_pem(keys[key_id]))
    return Answer({"ok": True, "out": str(args.out), "key_id": key_id}, [f"Đã ghi {args.out}."])


def export_package(args: Namespace) -> Answer:
    """Writes one signed package as an ASiC-E file, whole or not at all. Raises StoreError not_found, DeskError."""
    with opened_store(args, Act.EXPORT) as store:
        content = container(store, args.package)
    write_whole(args.out, content)
    return Answer({"ok": True, "out": str(args.out), "size": len(content)}, [f"Đã ghi {args.out}."])
