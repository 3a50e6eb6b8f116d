"""The encrypted store of one unit: opens the file with a password and hands out its repositories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from desktop.dossier.data_views import Room
from desktop.dossier.duties import titles
from desktop.dossier.people import Person, Unit
from desktop.dossier.users import User
from desktop.store.archives import Archives
from desktop.store.attachments import Attachments
from desktop.store.backup_record import Backups
from desktop.store.book import Book
from desktop.store.catalogues import StoredCatalogues
from desktop.store.check_parts import Parts
from desktop.store.checks import Checks
from desktop.store.clock import Clock, system_clock
from desktop.store.database import Database
from desktop.store.deliveries import Deliveries
from desktop.store.drafts import Drafts
from desktop.store.envelope import KdfParameters, Shown
from desktop.store.errors import fault, in_words
from desktop.store.estimates import Estimates
from desktop.store.evidence import EvidenceRecord
from desktop.store.feed import Feed
from desktop.store.find import Find
from desktop.store.handovers import Handovers
from desktop.store.journal import Journal
from desktop.store.journal_reading import JournalReading
from desktop.store.keys import (
    STANDARD_KDF,
    MasterKey,
    check_password,
    create_envelope,
    new_master_key,
    show,
    unlock,
)
from desktop.store.ledger import StoreLedger
from desktop.store.leftovers import clear_leftovers, set_aside
from desktop.store.lock import only_one
from desktop.store.notices import Notices
from desktop.store.open_lock import holding
from desktop.store.outbox import StoreOutbox
from desktop.store.packages import Packages
from desktop.store.paid_before import PaidBefore
from desktop.store.paper_filings import PaperFilings
from desktop.store.payee_stands import PayeeStands
from desktop.store.payees import Payees
from desktop.store.projection import Projection
from desktop.store.projects import Projects
from desktop.store.queue_filling import fill
from desktop.store.queue_merging import Merging, Proves, nothing_proved
from desktop.store.registrations import Registrations
from desktop.store.room import room_of
from desktop.store.scans import Scans
from desktop.store.seals import Seals
from desktop.store.seen import Seen
from desktop.store.send_key import SendKey
from desktop.store.submissions import Submissions
from desktop.store.tries import tell as tell_tries
from desktop.store.trust import TrustRecord
from desktop.store.units import Device, Settings, UnitRecord
from desktop.store.upgrade import upgrade
from desktop.store.upgrading import bring_up
from desktop.store.users import Users

DATABASE = "unit.vx"
KEYS = "keys.json"
ATTACHMENTS = "attachments"
SYNC_LOCK = "sync.lock"


class Store:
    """All repositories over one connection; a thread has its own Store, by `reopen`.

    The folder holds unit.vx (SQLCipher), keys.json and its copy, and attachments/.
    """

    def __init__(self, folder: Path, key: MasterKey, clock: Clock = system_clock, *, file: str = DATABASE) -> None:
        self.folder = folder
        self._key = key
        self._clock = clock
        self._held = holding(folder)
        try:
            self._database = Database(folder / file, key)
        except BaseException:
            self._held.close()
            raise
        database = self._database
        self.journal = Journal(database, clock)
        self.seals = Seals(database, clock, self.journal)
        self.journal_reading = JournalReading(database)
        self.registrations = Registrations(database, clock, self.journal)
        self.unit = UnitRecord(database, self.registrations)
        self.settings = Settings(database)
        self.users = Users(database, clock, self.journal)
        self.device = Device(database)
        self.attachments = Attachments(database, folder / ATTACHMENTS, key, clock)
        self.drafts = Drafts(database, clock, self.journal)
        self.submissions = Submissions(database, clock, self.journal, self.drafts, self.attachments)
        self.paper_filings = PaperFilings(database, clock, self.journal, self.submissions)
        self.handovers = Handovers(database, clock, self.journal, self.drafts, self.submissions)
        self.packages = Packages(database, clock, self.journal)
        self.trust = TrustRecord(database, clock, self.journal)
        self.evidence = EvidenceRecord(database, clock, self.journal)
        self.feed = Feed(database, clock, self.journal, self.registrations)
        self.outbox = StoreOutbox(database, clock, self.journal, self.attachments, self.feed)
        self.estimates = Estimates(database, clock, self.journal)
        self.book = Book(database)
        self.payees = Payees(database, self.journal)
        self.payee_stands = PayeeStands(database, self.journal)
        self.paid_before = PaidBefore(database)
        self.seen = Seen(database)
        self.projects = Projects(database)
        self.notices = Notices(database)
        self.catalogues = StoredCatalogues(database, clock, self.journal)
        self.projection = Projection(database)
        self.find = Find(database)
        self.archives = Archives(database, folder, key, clock, self.journal, self.find)
        self.scans = Scans(database, clock, self.journal, self.attachments)
        self.deliveries = Deliveries(database, clock, self.projection)
        self.backups = Backups(database, key, clock, self.journal)
        self.checks = Checks(Parts(database, self.attachments, self.journal, folder, folder / ATTACHMENTS), clock)

    @classmethod
    def create(
        cls,
        folder: Path,
        password: str,
        unit: Unit,
        people: Sequence[Person],
        *,
        first: User | None = None,
        kdf: KdfParameters = STANDARD_KDF,
        clock: Clock = system_clock,
    ) -> Store:
        """Make a new store in a folder of its own, with a password of its `first` user or else one that all share.

        The envelope is written last: only then does the store exist, so a creation cut short can be done again.
        Raises StoreError store_exists, bad_folder, password_short, read_only, disk_full, …; FactError no_person,
        last_administrator for a first user who cannot be it.
        """
        check_password(password)
        with in_words(missing="bad_folder"):
            if any((folder / name).exists() for name in (KEYS, KEYS + ".1")):
                raise fault("store_exists")
            # Sealed or not, what a unit keeps is nobody else's; a folder that was there keeps its own mode.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / ATTACHMENTS).mkdir(mode=0o700, exist_ok=True)
            set_aside(folder.glob(DATABASE + "*"))
        key = new_master_key()
        with _closing_on_error(cls(folder, key, clock)) as store:
            upgrade(store._database)
            with store.transaction():
                store.unit.save(unit, people)
                store.journal.append("", "create", None, unit.code)
                if first is not None:
                    store.users.save(first, first.user_id)
            create_envelope(folder / KEYS, password, **_slot_of(first), kdf=kdf, key=key, shown=_shown(unit))
        return store

    @classmethod
    def open(cls, folder: Path, password: str, *, clock: Clock = system_clock) -> Store:
        """Open a store; upgrades an older one.

        Raises WrongPassword, DamagedEnvelope, StoreError no_store, wrong_key, store_damaged, store_newer, read_only, …
        """
        return cls.open_with(folder, unlock(folder / KEYS, password), clock=clock)

    @classmethod
    def open_with(
        cls,
        folder: Path,
        key: MasterKey,
        *,
        clock: Clock = system_clock,
        before_upgrade: Callable[[Store], object] | None = None,
    ) -> Store:
        """Open a store whose key was unlocked before, perhaps in another thread: that is the slow half.

        `before_upgrade` is handed an older program's store as it is, to be read and backed up. Raises as `open`, but
        for what concerns keys.json, and what `before_upgrade` raises.
        """
        if not (folder / DATABASE).exists():
            raise fault("no_store")

        def before() -> None:
            if before_upgrade is not None:
                with cls(folder, key, clock) as old:
                    before_upgrade(old)

        bring_up(folder / DATABASE, key, clock, before=before)
        with _closing_on_error(cls(folder, key, clock)) as store:
            if not store._database.value("PRAGMA user_version"):
                raise fault("store_damaged")  # emptied: a new schema must not pass for the unit's data
            store.attachments.recover()
            clear_leftovers(folder)
            store.archives.recover()
            store.scans.sweep()
            tell_tries(folder, store.journal)
            if (folder / KEYS).exists():
                show(folder / KEYS, key, _shown(store.unit.get()))
        return store

    @property
    def key(self) -> MasterKey:
        """What opened it, for whoever looks after the ways in; wiped with the store's own."""
        return self._key

    def reopen(self) -> Store:
        """Open another connection with the same key, for another thread; call it in that thread."""
        return Store(self.folder, self._key, self._clock)

    def closed_year(self, year: int) -> Store:
        """Open the file of a year put away, to be read and never written; close it when done.

        Raises StoreError archive_unknown, archive_damaged.
        """
        file = self.archives.path(year).name
        with _closing_on_error(Store(self.folder, self._key, self._clock, file=file)) as store:
            store._database.only_read()
        return store

    def ledger(self, exclude: str | None = None, replaces: str | None = None) -> StoreLedger:
        """Return what the rules ask, without the dossier being checked and the package that it replaces."""
        return StoreLedger(self._database, exclude or "", replaces or "")

    def announced_packs(self) -> list[bytes]:
        """Return the Treasury's announcements of form packs as they were signed (JSON), oldest first."""
        rows = self._database.rows("SELECT payload FROM notices WHERE kind = 'pack' ORDER BY seq")
        return [bytes(row["payload"]) for row in rows]

    def room(self) -> Room:
        """Return what the data takes and what room its disk still has. Raises StoreError."""
        return room_of(self._database, self.folder)

    def transaction(self) -> AbstractContextManager[None]:
        """Let several repository calls commit together or not at all."""
        return self._database.transaction()

    @contextmanager
    def lock_for_sync(self, proves: Proves = nothing_proved) -> Iterator[None]:
        """Be the only sender on this store while inside; what a locked program did is taken back first.

        A receipt of its that `proves` does not confirm leaves its package `doubtful`. Raises StoreError
        already_sending.
        """
        with only_one(self.folder / SYNC_LOCK):
            Merging(self.folder, self._key, self._database, self.outbox, self._clock, proves).merge()
            yield

    def hand_out(self) -> SendKey | None:
        """Hand what is still to be sent to a queue that goes on while this store is locked; None when nothing is.

        Called by the only sender, once it sends no more. Raises StoreError; then nothing went out.
        """
        return fill(self.folder, self._key, self._database, self.attachments)

    def check(self) -> list[str]:
        """Return what is wrong with the file's pages, structure or journal; empty when all is sound."""
        found = self._database.check()
        if not found:
            self.journal.verify()
        return found

    def close(self) -> None:
        """Close the connection; call it in the thread that opened it."""
        self._database.close()
        self._held.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _slot_of(user: User | None) -> dict[str, str]:
    return {} if user is None else {"user": user.user_id, "name": user.name, "title": titles(user.duties)}


def _shown(unit: Unit) -> Shown:
    return Shown(unit_code=unit.code, unit_name=unit.name, unit_address=unit.address, treasury_name=unit.treasury_name)


@contextmanager
def _closing_on_error(store: Store) -> Iterator[Store]:
    try:
        yield store
    except BaseException:
        store.close()
        raise
