"""Every way this program writes into a unit's file; each is one round's work, and tells what it does step by step."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from desktop.dossier.book import EstimateEntry
from desktop.dossier.document import Attachment
from desktop.dossier.duties import Duty
from desktop.dossier.users import User
from desktop.store.seals import Sealing
from desktop.store.send_key import SendKey
from desktop.store.send_queue import SendQueue
from tests.contract.send_kit import unlock
from tests.contract.store_kit import LINE, NOW, balance, decision, dossier, objects, package_id, receipt, steps
from tests.faults.command_works import commands
from tests.faults.file_works import FILE_WORKS
from tests.faults.moving_works import MOVING_WORKS
from tests.faults.room import Room, Work

SCAN = b"%PDF-1.7 " + b"scan " * 20_000


def drafts(room: Room) -> None:
    """Type, undo, delete and take back."""
    store, name = room.store, room.name()
    for title in ("một", "hai"):
        with room.doing(("draft", name, title)):
            store.drafts.save(dossier(name, title=title), "hanh")
    for count, title in enumerate(("", "hai"), 1):
        with room.doing(("steps", name, count)):
            store.drafts.push_step(name, title, dossier(name, title=title))
    store.drafts.undo(name)
    with room.doing(("deleted", name, 1), ("steps", name, None)):
        store.drafts.delete(name, "hanh")
    with room.doing(("deleted", name, None)):
        store.drafts.undelete(name, "hanh")
    with room.doing(("number", "", store.drafts.numbers_given() + 1)):
        store.drafts.next_number()


def seal(room: Room, *parts: bytes) -> str:
    """Bring a dossier from its first line to the queue."""
    store, name = room.store, room.name()
    store.drafts.save(dossier(name), "hanh")
    for part in parts:
        store.attachments.add(part, "a.pdf")
    with room.doing(("signatures", name, 0)):
        store.submissions.freeze(name, objects(name, part=parts[0] if parts else b""), steps("tuyen", "thang"), "hanh")
    for order, who in enumerate(("tuyen", "thang"), 1):
        with room.doing(("signatures", name, order)):
            store.submissions.add_signature(name, order, b"manifest", b"cms", who, NOW)
    package = package_id(name)
    with room.doing(("package", package, "core"), ("state", package, "queued")):
        store.packages.seal(name, package, b"core", [(hashlib.sha256(part).hexdigest(), len(part)) for part in parts])
    return package


def send(room: Room) -> None:
    """Seal and send with marks and a receipt, then hear of the Treasury."""
    store, package = room.store, seal(room)
    with room.doing(("state", package, "doubtful")):
        store.outbox.mark_sending([package], NOW)
    with room.doing(("state", package, "delivered")):
        store.outbox.mark_delivered(package, *receipt(package), NOW)
    seq = store.feed.cursor + 2
    page = [decision(seq - 1, package, "paid"), balance(seq, package, -15_400_000)]
    with room.doing(("cursor", "", seq), ("decided", package, 1)):
        store.feed.apply_page(page, seq, NOW)


def cancel(room: Room) -> None:
    """Take a package out of the queue again, and withdraw a dossier that nobody signed."""
    package = seal(room)
    with room.doing(("state", package, "cancelled")):
        room.store.packages.cancel(f"{room.mark}-{room.count}", "hanh", "")


def attach(room: Room) -> None:
    """Take in a scan, make it smaller, sign; the original goes."""
    store, name = room.store, room.name()
    large, small = (SCAN + text + name.encode() for text in (b"large" * 4_000, b"small"))
    digest = hashlib.sha256(large).hexdigest()
    with room.doing(("attachment", digest, len(large))):
        added = store.attachments.add(large, "a.pdf")
    _draft_with(room, name, added)
    with room.doing(("attachment", hashlib.sha256(small).hexdigest(), len(small))):
        smaller = store.scans.take(added, small, "a.pdf", "test", "hanh")
    _draft_with(room, name, smaller)
    store.submissions.freeze(name, objects(name), steps("tuyen"), "hanh")
    with room.doing(("attachment", digest, None)):  # from the first signature on, any opening sweeps it
        store.submissions.add_signature(name, 1, b"manifest", b"cms", "tuyen", NOW)
        store.scans.sweep()


def _draft_with(room: Room, name: str, attachment: Attachment) -> None:
    room.store.drafts.save(dossier(name).model_copy(update={"attachments": (attachment,)}), "hanh")


def estimate(room: Room) -> None:
    """Enter an amount and take it back."""
    account, source = LINE.account, LINE.source
    entry = EstimateEntry(
        budget_year=2026, account=account, source=source, sector=room.name()[-40:], kind="initial", amount=7_000
    )
    with room.doing(("given", entry.sector, 7_000)):
        number = room.store.estimates.add(entry, "hanh")
    with room.doing(("given", entry.sector, 0)):
        room.store.estimates.undo(number, "hanh")


def journal_seal(room: Room) -> None:
    """Seal the journal's head, as each sending does."""
    seals = room.store.seals
    for _ in range(2):
        with room.doing(("seals", "", seals.highest_id() + 1)):
            seals.seal("sync", Sealing("1098765", "d" * 32, "cHVibGlj", lambda text: text[:8]))


def users(room: Room) -> None:
    """Add an administrator once, then people who come and go."""
    desk, name = room.store.users, room.name()
    if desk.get("boss") is None:
        with room.doing(("user", "boss", "enabled")):
            desk.save(User(user_id="boss", name="Lò Thị Hạnh", duties=(Duty.ADMINISTRATOR,)), "")
    with room.doing(("user", name, "enabled")):
        desk.save(User(user_id=name, name="Vi Đình Thắng", duties=(Duty.VIEWER,)), "boss")
    for run, state in ((desk.disable, "disabled"), (desk.enable, "enabled"), (desk.remove, None)):
        with room.doing(("user", name, state)):
            run(name, "boss")


def settings(room: Room) -> None:
    """Change a setting."""
    for value in ("một", "hai"):
        with room.doing(("setting", "probe", f"{room.mark} {value}")), room.store.transaction():
            room.store.settings.set("probe", f"{room.mark} {value}")


def locked(room: Room) -> None:
    """Lock, send while locked, unlock."""
    store, part = room.store, SCAN + room.mark.encode()
    package = seal(room, part)
    with store.lock_for_sync():
        key = store.hand_out()
    assert key is not None
    with SendQueue.open(room.unit, SendKey.read(key.text())) as queue:
        assert queue.part(hashlib.sha256(part).hexdigest(), 0, 8) == part[:8]
        for item in queue.due(NOW):
            if item.package_id == package:
                with room.doing(("state", package, "doubtful")):
                    queue.mark_sending([package], NOW)
                with room.doing(("state", package, "delivered")):
                    queue.mark_delivered(package, *receipt(package, part=part), NOW)
    unlock(store)


_IN_THE_STORE = (drafts, send, cancel, attach, estimate, journal_seal, users, settings, locked)
WORKS: Mapping[str, Work] = {work.__name__: work for work in (*_IN_THE_STORE, *MOVING_WORKS, *FILE_WORKS, commands)}
