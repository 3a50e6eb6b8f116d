"""What a unit's folder really holds after a round, asked of the program itself and set against what was told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from desktop.store.backups import list_backups
from desktop.store.envelope import read_envelope
from desktop.store.slots import open_password
from desktop.store.store import KEYS, Store
from desktop.store.ways_in import read_current
from tests.contract.send_kit import unlock
from tests.contract.store_kit import LINE, package_id
from tests.contract.store_kit import PASSWORD as OLD_PASSWORD
from tests.faults.room import Value

FAR = "9999-12-31T23:59:59Z"
BESIDE = {"unit.vx", "unit.vx-wal", "unit.vx-shm", "keys.json", "keys.json.1", "attachments", "open.lock", "sync.lock"}
BESIDE |= {"backup.lock", "archive.lock", "tries.json", "told.json", "incoming"}
"""What may lie in a unit's folder while it is open."""


class Found:
    """Answers what is there, kind by kind; None for what is not."""

    def __init__(self, world: Path, store: Store, password: str) -> None:
        self.world, self.store, self.password = world, store, password

    def __call__(self, kind: str, name: str, allowed: list[Value]) -> Value:
        """Give the value of one thing; of a password, which of those it may be opens."""
        if kind == "password":
            return next((word for word in allowed if word and opens(self.store.folder, str(word), name)), None)
        reader: Callable[[str], Value] = getattr(self, f"_{kind}")
        return reader(name)

    def _row(self, sql: str, *values: object) -> Value:
        found: Value = self.store._database.value(sql, values)
        return found

    def _draft(self, name: str) -> Value:
        return self._row("SELECT title FROM drafts WHERE local_id = ?", name)

    def _steps(self, name: str) -> Value:
        return len(self.store.drafts.steps(name)) or None

    def _deleted(self, name: str) -> Value:
        return self._row("SELECT deleted_at IS NOT NULL FROM drafts WHERE local_id = ?", name) or None

    def _number(self, _name: str) -> Value:
        return self.store.drafts.numbers_given()

    def _signatures(self, name: str) -> Value:
        sql = "SELECT (SELECT count(*) FROM signatures g WHERE g.submission_id = s.submission_id) FROM submissions s"
        return self._row(sql + " WHERE local_id = ?", name)

    def _package(self, name: str) -> Value:
        return self.store.packages.get(name).core.decode() if self._row(_PACKAGE, name) else None

    def _state(self, name: str) -> Value:
        if not self._row(_PACKAGE, name):
            return None
        if self.store.packages.receipt(name):
            return "delivered"
        return {item.package_id: str(item.state) for item in self.store.outbox.due(FAR)}.get(name, "cancelled")

    def _cursor(self, _name: str) -> Value:
        return self.store.feed.cursor

    def _decided(self, name: str) -> Value:
        return self._row("SELECT count(*) FROM feed_events WHERE kind = 'decision' AND package_id = ?", name) or None

    def _attachment(self, name: str) -> Value:
        return len(self.store.attachments.open_bytes(name)) if self.store.attachments.has(name) else None

    def _given(self, name: str) -> Value:
        view = self.store.estimates.remaining(2026, LINE.account, LINE.source, name)
        return view.given if view else None

    def _loaded(self, name: str) -> Value:
        rows = self.store._database.rows("SELECT amount FROM estimates WHERE sector GLOB ?", (f"{name}-[0-9]",))
        return str([row["amount"] for row in rows]) if rows else None

    def _handover(self, name: str) -> Value:
        facts = self.store.handovers.facts(name)
        return None if not facts else str(facts[0].kind) if facts[0].standing else "dropped"

    def _away(self, _name: str) -> Value:
        return next((item.year for item in self.store.archives.years()), None)

    def _core(self, name: str) -> Value:
        """What was sealed of a dossier, wherever it lies now."""
        for year in self.store.archives.years():
            with self.store.closed_year(year.year) as closed:
                if closed._database.value(_PACKAGE, (package_id(name),)):
                    return closed.packages.get(package_id(name)).core.decode()
        return self._package(package_id(name))

    def _seals(self, _name: str) -> Value:
        return len(list(self.store.seals.all()))

    def _user(self, name: str) -> Value:
        user = self.store.users.get(name)
        return None if user is None else "disabled" if user.disabled_at else "enabled"

    def _setting(self, name: str) -> Value:
        return self.store.settings.get(name) or None

    def _epoch(self, _name: str) -> Value:
        return read_envelope(self.store.folder / KEYS).epoch

    def _old(self, name: str) -> Value:
        folder = self.world / "old" / name
        with Store.open(folder, OLD_PASSWORD) as store:
            rows = json.loads((folder / "told.json").read_text("utf-8"))["rows"]
            whole = store._database.value("SELECT count(*) FROM drafts WHERE deleted_at IS NULL") >= len(rows)
            return "whole" if whole and not damages(store) else "damaged"

    def _backup(self, _name: str) -> Value:
        backups = list_backups(self.world / "usb")
        if [backup for backup in backups if backup.problem]:
            return "half"
        return backups[0].dossiers if backups else None

    def _folder(self, name: str) -> Value:
        folder = self.world / "other" / name
        if not (folder / KEYS).exists():
            return None
        with Store.open(folder, self.password) as store:
            return "whole" if not damages(store) else "damaged"

    def _saved(self, name: str) -> Value:
        folder = self.world / "other" / name
        if not (folder / KEYS).exists():
            return None
        with Store.open(folder, self.password) as store:
            return str(store._database.value(COUNTED))


COUNTED = """
SELECT (SELECT count(*) FROM drafts) || ' ' || (SELECT count(*) FROM packages) || ' ' || count(*) FROM receipts
"""
_PACKAGE = "SELECT 1 FROM packages WHERE package_id = ?"


def opens(folder: Path, password: str, user: str) -> bool:
    """Tell whether a password opens a unit for a user; unlike unlocking it counts no wrong one."""
    envelope = read_current(folder / KEYS)
    slots = [slot for slot in envelope.slots if slot.kind == "password" and slot.user == user]
    return any(open_password(envelope, slot, password) is not None for slot in slots)


def damages(store: Store) -> list[str]:
    """Return what is wrong with a store: pages, structure, foreign keys, journal, and what lies beside it."""
    unlock(store)
    found = store.check()
    found += [f"foreign key of {row[0]}" for row in store._database.rows("PRAGMA foreign_key_check")]
    beside = BESIDE | {year.file for year in store.archives.years()}
    found += [f"stray {path.name}" for path in store.folder.iterdir() if path.name not in beside]
    found += [f"stray {path}" for path in store.folder.glob("incoming/*")]
    store.attachments.sweep()  # files of rows that are gone; the program looks for them once a week
    known = {str(row["file"]) for row in store._database.rows("SELECT file FROM attachments")}
    lying = {path.name for path in (store.folder / "attachments").iterdir()}
    return found + [f"without a file: {name}" for name in known - lying] + [f"stray {n}" for n in lying - known]
