"""A unit, its gateway and a bad link as real processes; software keys sign, so that a round takes seconds.

`World.make_packages` drafts, submits, signs and seals by the desk's own use cases; `World.compare` asks both sides.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.demo.cases import CASES, document
from desktop.demo.link import Link
from desktop.demo.processes import Part, Processes, wait_until
from desktop.demo.scan import scan_pdf
from desktop.desk.connection import enrol_device
from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.desk import Desk
from desktop.desk.sealed import as_sent
from desktop.desk.sealing import Sealer
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_views import SigningViews
from desktop.dossier.document import Level
from desktop.signing.batch import sign_item
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson

PASSWORD = "một mật khẩu dài"
TODAY = "2026-11-20"
WAIT = 90.0


@dataclass
class World:
    """One unit that sends over one link to one gateway."""

    store: Store
    gateway: GatewayProcess
    link: Link
    processes: Processes
    people: Sequence[SoftPerson]
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def build(
        cls, folder: Path, gateway: GatewayProcess, link: Link, processes: Processes, people: Sequence[SoftPerson]
    ) -> World:
        """Creates the store, registers the unit and enrols the device over the link, which is then left down."""
        unit = new_unit()
        persons = [soft.person for soft in people]
        lines = estimates(unit, 500_000_000_000)
        store = Store.create(folder / "unit", PASSWORD, unit, persons, kdf=CHEAP)
        store.estimates.load(lines)
        code = gateway.register(unit, persons, lines)
        link.command("up")
        enrol_device(store, link.url, gateway.pin, code)
        link.command("down")
        return cls(store, gateway, link, processes, people)

    def make_packages(self, rng: random.Random, count: int, scan_bytes: int) -> list[str]:
        """Seals `count` dossiers, the first with a scan; gives their package ids."""
        desk = Desk(DeskContext(ThreadStores(self.store), self.people[0].person))
        return [self._make(desk, rng, scan_bytes if index == 0 else 0) for index in range(count)]

    def _make(self, desk: Desk, rng: random.Random, scan_bytes: int) -> str:
        case = rng.choice([case for case in CASES if case.expect == "paid" and not case.with_scan])
        form = document(case, desk.unit(), TODAY)
        form = form.model_copy(update={"fields": form.fields | {"document_no": f"E2E{next(self.numbers):05d}"}})
        local_id = desk.create(form.form)
        draft = desk.dossier(local_id).model_copy(update={"documents": (form,), "title": case.title})
        if scan_bytes:
            scan = scan_pdf(scan_bytes, rng.randrange(1 << 30))
            draft = draft.model_copy(update={"attachments": (self.store.attachments.add(scan, "quét.pdf"),)})
        desk.save(draft)
        desk.submit(local_id, [p.message for p in desk.check(draft) if p.level is Level.WARNING])
        self._sign(local_id)
        sealed = self.store.packages.by_local(local_id)
        assert sealed is not None
        return sealed.package_id

    def _sign(self, local_id: str) -> None:
        by_id = {soft.person.person_id: soft for soft in self.people}
        for step in self.store.submissions.steps(local_id):
            soft = by_id[step["person_id"]]
            context = DeskContext(ThreadStores(self.store), soft.person)
            views = SigningViews(context, SignedPapers(context))
            sealer, known = Sealer(context, views), [news.key for news in views.item(local_id).news]
            item = sealer.item(local_id, soft.person, known)
            when = datetime.now(UTC)
            signed = sign_item(item, soft, when)
            sealer.keep(local_id, signed, soft.person, f"{when:%Y-%m-%dT%H:%M:%SZ}", known)

    def client(self) -> Part:
        """Starts a sending process."""
        arguments = ["sync", "--home", str(self.store.folder), "--password-stdin", "--json"]
        return self.processes.start("client", "vungxa", arguments, stdin=PASSWORD + "\n")

    def delivered(self, package_id: str) -> bool:
        """Whether the unit holds a verified receipt."""
        return self.store.packages.receipt(package_id) is not None

    def wait_delivered(self, package_ids: Sequence[str], client: Part) -> None:
        """Waits until every package has its receipt; a client that ended by itself is a failure."""
        wait_until(lambda: all(map(self.delivered, package_ids)) or not client.running, WAIT, "chưa đủ biên nhận")
        assert client.running, client.tail()

    def container_sha256(self, package_id: str) -> str:
        """The digest of the whole package as this side would write it."""
        return hashlib.sha256(as_sent(self.store, package_id)).hexdigest()

    def compare(self, package_ids: Sequence[str]) -> None:
        """Exactly once, byte-identical, one effect each, by the gateway's own records."""
        report = self.gateway.report()
        unit = self.store.unit.get().code
        there = [item for item in report["packages"] if item["unit_code"] == unit]
        by_id = {item["package_id"]: item for item in there}
        assert len(by_id) == len(there)
        for package_id in package_ids:
            assert by_id[package_id]["kind"] == "accepted", by_id[package_id]
            assert by_id[package_id]["container_sha256"] == self.container_sha256(package_id)
        for kind in ("receipt_numbers", "final_decisions", "paid_effects"):
            assert len(report[kind]) == len(set(report[kind])), f"{kind}: an effect happened twice"
