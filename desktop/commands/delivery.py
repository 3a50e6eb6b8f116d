"""`vungxa sync`, `status` and `export-package`: delivery without a window."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace

from desktop.commands.answer import Answer, to_json
from desktop.commands.secrets import ask
from desktop.desk.connection import enrolled, sync_thread
from desktop.desk.papers import write_whole
from desktop.dossier.views import RowQuery
from desktop.signing.asice import join, write
from desktop.store.store import Store
from desktop.sync.worker import SyncThread

POLL_SECONDS = 3.0
"""Without a window nobody presses F5, so the feed is read often."""
LOOK_SECONDS = 0.25
LOG_LINES = 100_000


def sync(args: Namespace) -> Answer:
    """Sends and receives until SIGTERM, or until nothing is left with --until-idle. Raises NotEnrolled, StoreError."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with Store.open(args.home, ask(args, "Mật khẩu")) as store, store.lock_for_sync():
        enrolled(store)
        worker = sync_thread(store.reopen, poll_seconds=POLL_SECONDS)
        worker.start()
        try:
            _watch(store, worker, stop, as_json=args.json, until_idle=args.until_idle)
        finally:
            worker.stop()
        counts = store.projection.counts()
    waiting = counts["ready"]
    payload = {"ok": True, "waiting": waiting, "at_treasury": counts["treasury"], "counts": counts}
    return Answer(payload, [f"Còn {waiting} gói chờ gửi, {counts['treasury']} hồ sơ ở Kho bạc."])


def _watch(store: Store, worker: SyncThread, stop: threading.Event, *, as_json: bool, until_idle: bool) -> None:
    """Prints what the machine does, newest last, until told to stop or until nothing is left to send or to hear of."""
    seen = len(store.deliveries.log(LOG_LINES))
    while not stop.wait(LOOK_SECONDS):
        log = store.deliveries.log(LOG_LINES)
        for line in reversed(log[: len(log) - seen]):
            print(to_json({"at": line.at, "log": line.text}) if as_json else f"{line.at}  {line.text}", flush=True)
        seen = len(log)
        counts = store.projection.counts()
        if until_idle and worker.status().passes and not counts["ready"] and not counts["treasury"]:
            return


def status(args: Namespace) -> Answer:
    """Every dossier with its state, newest first."""
    store = Store.open(args.home, ask(args, "Mật khẩu"))
    try:
        rows = list(store.projection.rows(RowQuery(limit=100_000)))
    finally:
        store.close()
    items = [
        {
            "local_id": row.local_id,
            "number": row.number,
            "title": row.title,
            "amount": row.amount,
            "state": row.status.state.value,
            "label": row.status.label,
        }
        for row in rows
    ]
    return Answer({"ok": True, "dossiers": items}, [f"{row.number}  {row.status.label:28} {row.title}" for row in rows])


def export_package(args: Namespace) -> Answer:
    """Writes one signed package as an ASiC-E file, whole or not at all. Raises StoreError not_found."""
    store = Store.open(args.home, ask(args, "Mật khẩu"))
    try:
        sealed = store.packages.get(args.package)
        parts = {digest: store.outbox.part(digest, 0, size) for digest, size in sealed.parts}
        container = write(join(sealed.core, parts))
    finally:
        store.close()
    write_whole(args.out, container)
    return Answer({"ok": True, "out": str(args.out), "size": len(container)}, [f"Đã ghi {args.out}."])
