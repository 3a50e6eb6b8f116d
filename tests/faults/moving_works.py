"""The ways things move: to another machine and back, into the file of a closed year and out of it, scans, estimates."""

from __future__ import annotations

from desktop.store.handovers import Guest
from tests.contract.archive_kit import booked, of_year
from tests.contract.store_kit import LINE, NOW, decision, dossier, objects, steps
from tests.faults.room import Room

YEAR = 2024
GUEST = Guest("MAY-KE-TOAN", "c" * 32, (), NOW)
SCAN = b"%PDF-1.7 " + b"hoa don " * 900


def handover(room: Room) -> None:
    """Hand a dossier to another machine and have it back signed; take one of another machine in, and off again."""
    store, name, guest = room.store, room.name(), room.name()
    store.drafts.save(dossier(name), "hanh")
    store.submissions.freeze(name, objects(name), steps("tuyen", "thang"), "hanh")
    with room.doing(("handover", name, "out")):
        store.handovers.went(name, "a" * 64, "hanh")
    with room.doing(("handover", name, "returned")):
        store.handovers.came_home(name, "b" * 64, GUEST.machine, "hanh")
    with room.doing(("handover", guest, "in")):
        store.handovers.take_in(dossier(guest), objects(guest), steps("tuyen"), GUEST, "a" * 64, "hanh")
    with room.doing(("handover", guest, "dropped")):
        store.handovers.drop_guest(guest, "hanh")


def archive(room: Room) -> None:
    """Put a closed year away with one more dossier, and mostly take it back."""
    if room.store.archives.years():
        taken_out(room)
    paid(room)
    with room.doing(("away", "", YEAR)):
        room.store.archives.put_away(YEAR, "hanh")
    if room.dice.random() < 0.7:
        taken_out(room)


def paid(room: Room) -> None:
    """Add a dossier of the closed year, with all that comes of it."""
    store, name = room.store, room.name()
    package = of_year(store, name, YEAR, (store.attachments.add(SCAN + name.encode(), "a.pdf"),))
    seq = store.feed.cursor + 2
    with room.doing(("cursor", "", seq), ("core", name, f"core of {name}")):
        store.feed.apply_page([decision(seq - 1, package, "paid"), booked(seq, name, YEAR)], seq, NOW)


def taken_out(room: Room) -> None:
    """Bring the year back."""
    with room.doing(("away", "", None)):
        room.store.archives.taken_out(YEAR, "hanh")


def put_back(room: Room) -> None:
    """Take the original of a scan back into the draft, where the smaller one had its place."""
    store, name = room.store, room.name()
    large = SCAN * 9 + name.encode()
    added = store.attachments.add(large, "a.pdf")
    smaller = store.scans.take(added, SCAN + name.encode(), "a.pdf", "test", "hanh")
    for title, file in (("gốc", added), ("nhỏ", smaller), ("lại gốc", added)):
        with room.doing(("draft", name, title), ("attachment", added.sha256, len(large))):
            back = store.scans.put_back(smaller, "hanh") if title == "lại gốc" else file
            store.drafts.save(dossier(name, title=title).model_copy(update={"attachments": (back,)}), "hanh")


def loading(room: Room) -> None:
    """Load a table of estimates: all its lines or none."""
    name = room.name()
    for amount in (5, 6):
        sectors = [f"{name}-{count}" for count in range(9)]
        lines = [LINE.model_copy(update={"sector": sector, "amount": amount}) for sector in sectors]
        with room.doing(("loaded", name, str([amount] * len(lines)))):
            room.store.estimates.load(lines, "hanh")


MOVING_WORKS = (handover, archive, put_back, loading)
