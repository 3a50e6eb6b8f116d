"""`vungxa sync`, `status` and `export-package`: delivery without a window."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace

from desktop.commands.answer import Answer, to_json
from desktop.commands.secrets import ask
from desktop.desk.connection import run_until
from desktop.desk.papers import write_whole
from desktop.dossier.views import RowQuery
from desktop.signing.asice import join, write
from desktop.store.store import Store


def sync(args: Namespace) -> Answer:
    """Sends and receives until SIGTERM, or until nothing is left with --until-idle. Raises NotEnrolled, StoreError."""
    store = Store.open(args.home, ask(args, "Mật khẩu"))
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())

    def show(text: str) -> None:
        print(to_json({"log": text}) if args.json else text, flush=True)

    try:
        with store.lock_for_sync():
            summary = run_until(store, stop, until_idle=args.until_idle, show=show)
    finally:
        store.close()
    return Answer({"ok": True, **summary}, [f"Đã gửi {summary['delivered']} gói, còn {summary['waiting']} gói chờ."])


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
        container = write(join(sealed.core, {digest: store.attachments.open_bytes(digest) for digest, _ in sealed.parts}))
    finally:
        store.close()
    write_whole(args.out, container)
    return Answer({"ok": True, "out": str(args.out), "size": len(container)}, [f"Đã ghi {args.out}."])
