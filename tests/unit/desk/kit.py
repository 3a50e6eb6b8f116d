"""A desk on a real store, and short ways to bring a dossier to any stage of its life."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.demo.cases import CASES, Case, document
from desktop.demo.unit import UNIT, UNIT_ESTIMATES
from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.desk import Desk
from desktop.desk.sealing import Sealer
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_views import SigningViews
from desktop.dossier.document import Document, Level
from desktop.dossier.people import Person
from desktop.signing.batch import sign_item
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP, decision, deliver
from tests.fixtures.softkeys import SoftPerson

PASSWORD = "một mật khẩu dài"
SUPPLIES, PHONE, CASH, SETTLEMENT, ORDER = CASES[0], CASES[1], CASES[5], CASES[6], CASES[7]
LISTED = replace(PHONE, title="Lương tháng 11")
"""PHONE is signed by two; LISTED, with a list of payees, by the preparer before them; CASH has two warnings."""
PAYEE, PAYEE_ACCOUNT = "Sùng Thị Pó", "3508207654321"


@dataclass
class Clock:
    """A clock that stands still until it is moved; certificates are valid at its time."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2))

    def __call__(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Office:
    """One unit with its store, its clock and whoever is at the desk."""

    store: Store
    clock: Clock
    people: Sequence[SoftPerson] = ()
    machine: str = "MAY-1"

    @classmethod
    def make(cls, folder: Path, people: Sequence[Person], clock: Clock, soft: Sequence[SoftPerson] = ()) -> Office:
        store = Store.create(folder, PASSWORD, UNIT, people, kdf=CHEAP)
        store.estimates.load(UNIT_ESTIMATES)
        return cls(store, clock, soft)

    def context(self, person: int = 0) -> DeskContext:
        return DeskContext(ThreadStores(self.store), self.store.unit.people()[person], self.clock, machine=self.machine)

    @property
    def desk(self) -> Desk:
        return Desk(self.context())

    def draft(self, case: Case = PHONE, scan: bytes = b"", number: str = "") -> str:
        """A dossier without errors; gives its local_id. `number` is the voucher's, when the case's own is taken."""
        local_id = self.desk.create(case.form)
        form = document(case, self.store.unit.get(), self.context().today())
        form = form.model_copy(update={"fields": form.fields | ({"document_no": number} if number else {})})
        forms = (form, self._list_of(form)) if case is LISTED else (form,)
        made = self.desk.dossier(local_id).model_copy(update={"title": case.title, "documents": forms})
        if scan:
            made = made.model_copy(update={"attachments": (self.store.attachments.add(scan, "quét.pdf"),)})
        self.desk.save(made)
        return local_id

    def _list_of(self, voucher: Document) -> Document:
        amount, fields = voucher.tables["lines"][0]["amount"], voucher.fields
        row = {"name": PAYEE, "account": PAYEE_ACCOUNT, "bank": "Agribank", "amount": amount, "group": "civil_servants"}
        blank = self.desk.blank_document("M20")
        parent = {"parent_voucher_no": fields["document_no"], "parent_voucher_date": fields["made_date"]}
        content = {"fields": blank.fields | parent, "choices": {"account_kind": "estimate"}, "tables": {"lines": [row]}}
        return blank.model_copy(update=content)

    def submit(self, case: Case = PHONE, scan: bytes = b"", number: str = "") -> str:
        local_id = self.draft(case, scan, number)
        self.desk.submit(local_id, self.warnings(local_id))
        return local_id

    def warnings(self, local_id: str) -> list[str]:
        return [p.message for p in self.desk.check(self.desk.dossier(local_id)) if p.level is Level.WARNING]

    def sign(self, local_id: str, count: int = 9) -> None:
        """The next `count` signers sign with keys in memory."""
        submissions = self.store.submissions
        for step in submissions.steps(local_id)[len(submissions.signed_at(local_id)) :][:count]:
            soft = next(p for p in self.people if p.person.person_id == step["person_id"])
            sealer, stood = Sealer(self.context()), self.news(local_id)
            item = sealer.item(local_id, soft.person, stood)
            signed = sign_item(item, soft, self.clock())
            sealer.keep(local_id, signed, soft.person, self.context().now(), stood)

    def news(self, local_id: str) -> list[str]:
        """Keys of the new and changed payees whom a last signer is to stand for."""
        context = self.context()
        return [news.key for news in SigningViews(context, SignedPapers(context)).item(local_id).news]

    def seal(self, case: Case = PHONE, scan: bytes = b"") -> tuple[str, str]:
        """A dossier signed by all; gives its local_id and package id."""
        local_id = self.submit(case, scan)
        self.sign(local_id)
        return local_id, self.package(local_id)

    def package(self, local_id: str) -> str:
        found = self.store.packages.by_local(local_id)
        assert found is not None
        return found.package_id

    def decide(self, local_id: str, what: str, reason: str = "") -> str:
        """The Treasury has it and decides; gives the package id."""
        package = self.package(local_id)
        deliver(self.store, package)
        seq = self.store.outbox.feed_cursor() + 1
        self.store.outbox.apply_feed([decision(seq, package, what, reason)], seq, self.context().now())
        return package

    def journal(self, action: str) -> list[str]:
        """Details of the journal's entries of one kind, the oldest first."""
        return [entry.detail for entry in reversed(self.store.journal.entries()) if entry.action == action]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
