"""The client dies before and after each single step of a delivery: every package still has one effect and its receipt.

Not by chance but one by one: the real store, the real engine and wire, a real gateway; death is an exception that no
code catches, after which everything is built anew from the disk.
"""

import hashlib
import itertools
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.desk.connection import TreasuryVerifier, enrol_device, enrolled, make_wire
from desktop.dossier.descriptor import read_descriptor
from desktop.dossier.lifecycle import State
from desktop.dossier.people import Unit
from desktop.dossier.views import RowQuery
from desktop.signing.asice import Package, package_id, split, write
from desktop.store.store import Store
from desktop.store.submissions import StepData
from desktop.sync.engine import Engine
from tests.contract.store_kit import CHEAP, PASSWORD
from tests.fixtures.dossiers import dossier, form
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson, seal

STEPS = ("mark_", "apply_feed", "log", "open", "send", "outcomes", "part_offset", "append", "feed")
SCAN = random.Random(3).randbytes(90_000)
"""Two chunks."""


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Fate:
    """Lets so many half steps pass: before the first, after it, before the second, …"""

    left: int

    def tick(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Killed


class Mortal:
    """Passes everything on to a real part, and dies before or after one of the steps."""

    def __init__(self, real: Any, fate: Fate) -> None:
        self._real, self._fate = real, fate

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if not name.startswith(STEPS) or name == "feed_cursor":
            return found

        def step(*arguments: object, **named: object) -> object:
            self._fate.tick()
            answer = found(*arguments, **named)
            self._fate.tick()
            return answer

        return step


@dataclass
class Later:
    """A clock that runs ahead with each pass, so that no wait is real."""

    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Laptop:
    """One folder with a unit's store, and a client that is started on it again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Later()

    def run(self, half_steps: int = 10**9, passes: int = 1) -> bool:
        """Start the client and let it do some passes; False when it was killed."""
        with Store.open(self.folder, PASSWORD) as store:
            config, fate = enrolled(store), Fate(half_steps)
            wire = make_wire(config)
            verifier = TreasuryVerifier(config.statement_keys)
            engine = Engine(
                Mortal(store.outbox, fate),
                Mortal(wire, fate),
                verifier,
                self.clock,
                random.Random(1),
            )
            try:
                for _ in range(passes):
                    assert engine.run_pass(lambda: False).fault is None
                    self.clock.ahead += timedelta(minutes=11)
            except Killed:
                return False
            finally:
                wire.close()
        return True

    def cloned(self) -> "Laptop":
        """A second machine with a copy of the whole folder, as an image of a disk gives it."""
        return Laptop(Path(shutil.copytree(self.folder, self.folder.with_name("clone"))))

    def receipt(self, package: str) -> str | None:
        with Store.open(self.folder, PASSWORD) as store:
            store.journal.verify()
            return store.packages.receipt(package)

    def keep(self, package: Package) -> str:
        """Bring a signed package into the queue as the desk does; gives its id."""
        name, (core, parts) = package_id(package), split(package)
        descriptor = read_descriptor(package.objects[0].content)
        with Store.open(self.folder, PASSWORD) as store:
            store.drafts.save(dossier().model_copy(update={"local_id": descriptor.local_id}), "p1")
            steps = [
                StepData(order=s.order, roles=[], title=s.title, name=s.name, person_id=s.name, certificate_sha256="")
                for s in descriptor.signers
            ]
            store.submissions.freeze(descriptor.local_id, package.objects, steps, "p1")
            for step, signed in zip(steps, package.signatures, strict=True):
                store.submissions.add_signature(
                    descriptor.local_id, step["order"], signed.manifest, signed.cms, step["person_id"], "2026-11-20"
                )
            store.packages.seal(descriptor.local_id, name, core, [(part, len(data)) for part, data in parts.items()])
        return name


@dataclass
class Office:
    """A registered unit: its laptop, its gateway, and packages signed by its people."""

    unit: Unit
    laptop: Laptop
    gateway: GatewayProcess
    people: list[SoftPerson]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def package(self, scan: bytes = b"", number: str = "") -> Package:
        document = form(unit=self.unit, document_no=number or f"RDT{next(self.numbers)}")
        made = dossier(document, scans={"quét.pdf": scan} if scan else {})
        return seal(made, self.unit, self.people, {hashlib.sha256(scan).hexdigest(): scan})

    def signed_twice(self) -> list[Package]:
        """The same dossier, signed anew."""
        made = dossier(form(unit=self.unit, document_no=f"RDT{next(self.numbers)}"))
        return [seal(made, self.unit, self.people) for _ in range(2)]

    def accepted(self) -> list[str]:
        """Digests of the whole packages that are effective at the gateway."""
        packages = self.gateway.report()["packages"]
        mine = [item for item in packages if item["unit_code"] == self.unit.code]
        assert all(item["kind"] == "accepted" for item in mine), mine
        return sorted(item["container_sha256"] for item in mine)


def make(folder: Path, gateway: GatewayProcess, people: list[SoftPerson]) -> Office:
    unit, persons = new_unit(), [soft.person for soft in people]
    code = gateway.register(unit, persons, estimates(unit, 10**12))
    with Store.create(folder, PASSWORD, unit, persons, kdf=CHEAP) as store:
        enrol_device(store, gateway.url, gateway.pin, code)
    return Office(unit, Laptop(folder), gateway, people)


@pytest.fixture
def office(gateway: GatewayProcess, soft_people: list[SoftPerson], tmp_path: Path) -> Office:
    return make(tmp_path / "unit", gateway, soft_people)


def digest(package: Package) -> str:
    return hashlib.sha256(write(package)).hexdigest()


@pytest.mark.parametrize("scan", [b"", SCAN], ids=["small", "with a scan"])
def test_death_at_every_single_step(office: Office, scan: bytes) -> None:
    sent: list[Package] = []
    for half_steps in itertools.count():
        # Each scan differs, or the second would find its part at the gateway.
        sent.append(office.package(scan and scan + bytes([half_steps])))
        name = office.laptop.keep(sent[-1])
        whole = office.laptop.run(half_steps)
        office.laptop.run(passes=3)
        assert office.laptop.receipt(name), f"not delivered after death at half step {half_steps}"
        if whole:
            break
    assert len(sent) > 12
    assert office.accepted() == sorted(map(digest, sent))


@pytest.mark.parametrize("half_steps", [3, 5, 9])
def test_a_cloned_laptop_sends_nothing_twice(office: Office, half_steps: int) -> None:
    package = office.package(SCAN)
    name, clone = office.laptop.keep(package), office.laptop.cloned()
    office.laptop.run(half_steps)
    clone.run(passes=3)
    office.laptop.run(passes=3)
    assert clone.receipt(name) == office.laptop.receipt(name) is not None
    assert office.accepted() == [digest(package)]


def test_a_dossier_signed_on_both_of_two_clones_is_taken_once(office: Office) -> None:
    """The signatures differ, so the ids do. Told to take another voucher number, the unit would be paid twice."""
    clone, packages = office.laptop.cloned(), office.signed_twice()
    names = [laptop.keep(package) for laptop, package in zip((office.laptop, clone), packages, strict=True)]
    office.laptop.run(passes=2)
    clone.run(passes=2)
    assert (office.laptop.receipt(names[0]) is not None, clone.receipt(names[1])) == (True, None)
    with Store.open(clone.folder, PASSWORD) as store:
        (row,) = store.projection.rows(RowQuery())
        assert (row.status.state, store.projection.facts(row.local_id).refused_code) == (
            State.REFUSED, "already_sent",
        )  # fmt: skip


def test_a_gateway_put_back_from_a_backup_gets_what_it_lost(
    own_gateway: GatewayProcess, soft_people: list[SoftPerson], tmp_path: Path
) -> None:
    office = make(tmp_path / "unit", own_gateway, soft_people)
    package, database = office.package(), own_gateway.home / "gateway.db"
    name, clone = office.laptop.keep(package), office.laptop.cloned()
    own_gateway.stop()
    backup, port = database.read_bytes(), own_gateway.port
    own_gateway.start(port)
    clone.run(passes=2)
    assert (office.laptop.run(4), office.accepted()) == (False, [digest(package)])
    own_gateway.stop()
    database.write_bytes(backup)
    own_gateway.start(port)
    assert office.accepted() == []
    office.laptop.run(passes=3)
    assert office.laptop.receipt(name)
    assert office.accepted() == [digest(package)]
