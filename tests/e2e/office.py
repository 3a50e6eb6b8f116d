"""One unit with real tokens and its gateway: a dossier's whole life in a few calls, many dossiers to a pass.

`Office.take` drafts, checks, prints and submits; `Office.exchange` has the tokens sign everything and the sync thread
send it over HTTP, and waits until the Treasury has decided on all of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.demo.pki import DemoToken
from desktop.demo.processes import wait_until
from desktop.demo.scan import scan_pdf
from desktop.desk.connection import TreasuryVerifier, enrol_device, sync_thread
from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.desk import Desk
from desktop.desk.token_desk import TokenDesk
from desktop.dossier.document import Attachment, Document, Dossier, Level, Problem
from desktop.dossier.people import EstimateLine, Unit
from desktop.dossier.procedures import State
from desktop.dossier.views import SignProgress
from desktop.exchange.pages import page_count
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store
from desktop.sync.protocol import Decision, SignedStatement
from desktop.sync.worker import SyncThread
from tests.contract.store_kit import CHEAP
from tests.fixtures.gateway import GatewayProcess

PASSWORD = "một mật khẩu dài"
FINAL = frozenset({"paid", "returned", "supplement", "mismatch"})
WAIT = 90.0
Fill = Callable[[Dossier], tuple[Document, ...]]


@dataclass
class Taken:
    """One dossier and everything that was seen of it on its way."""

    local_id: str
    case: str
    errors: list[Problem]
    pages: int
    said: list[str] = field(default_factory=list)


@dataclass
class Office:
    """A unit at its desk, enrolled at a gateway."""

    store: Store
    gateway: GatewayProcess
    tokens: Sequence[DemoToken]
    folder: Path

    @classmethod
    def open(
        cls,
        folder: Path,
        gateway: GatewayProcess,
        tokens: Sequence[DemoToken],
        unit: Unit,
        lines: Sequence[EstimateLine],
    ) -> Office:
        people = [token.person for token in tokens]
        store = Store.create(folder / unit.code, PASSWORD, unit, people, kdf=CHEAP)
        store.estimates.load(lines)
        enrol_device(store, gateway.url, gateway.pin, gateway.register(unit, people, lines))
        return cls(store, gateway, tokens, folder)

    @property
    def desk(self) -> Desk:
        return Desk(self._context(self.tokens[0]))

    def _context(self, token: DemoToken) -> DeskContext:
        return DeskContext(ThreadStores(self.store), token.person)

    def take(self, purpose: str, answers: Mapping[str, str], fill: Fill) -> Taken:
        """Begin a dossier by its purpose, fill it in, attach what it lacks, check, print and submit it."""
        return self.hand_in(self.desk.create_for(purpose, answers), fill)

    def correct(self, taken: Taken, fill: Fill) -> Taken:
        """The same for the correction of a dossier that came back."""
        return self.hand_in(self.desk.correct(taken.local_id), fill)

    def hand_in(self, local_id: str, fill: Fill) -> Taken:
        desk = self.desk
        draft = desk.dossier(local_id)
        draft = draft.model_copy(update={"documents": fill(draft)})
        draft = draft.model_copy(update={"attachments": (*draft.attachments, *self._lacking(draft))})
        desk.save(draft)
        found = desk.check(draft)
        errors = [problem for problem in found if problem.level is Level.ERROR]
        taken = Taken(local_id, draft.case, errors, self._print(local_id))
        if not errors:
            desk.submit(local_id, [problem.message for problem in found if problem.level is Level.WARNING])
        return taken

    def _lacking(self, draft: Dossier) -> list[Attachment]:
        """A scan for every component that is missing, or that nobody can say is not needed."""
        lacking = [
            item
            for item in self.desk.components(draft)
            if item.state in (State.MISSING, State.UNKNOWN) and item.attachable
        ]
        made = []
        for number, item in enumerate(lacking):
            content = scan_pdf(2_000, seed=int(draft.local_id[:8], 16) + number)
            kept = self.store.attachments.add(content, f"{item.attachable[0]}.pdf")
            made.append(kept.model_copy(update={"component": item.attachable[0]}))
        return made

    def _print(self, local_id: str) -> int:
        if not self.desk.dossier(local_id).documents:
            return 0
        path = self.folder / f"{local_id}.pdf"
        self.desk.write_pdf(local_id, path)
        return page_count(path.read_bytes())

    def exchange(self, every: Sequence[Taken]) -> None:
        """Sign with the tokens in order, send over HTTP, and wait for the Treasury's last word on each dossier."""
        sent = [taken for taken in every if not taken.errors]
        for token in self.tokens:
            self._sign(token, sent)
        sync = sync_thread(self.store.reopen, poll_seconds=0.3)
        sync.start()
        try:
            wait_until(lambda: all(map(self._settled, sent)), WAIT, "the Treasury has not decided on everything")
            self._hear_the_rest(sync)
        finally:
            sync.stop()

    def _hear_the_rest(self, sync: SyncThread) -> None:
        """What follows a decision (balances, papers) may stand on the feed's next page."""
        before = sync.status().passes
        sync.wake()
        wait_until(lambda: sync.status().passes > before + 1, WAIT, "no further pass")

    def _sign(self, token: DemoToken, sent: Sequence[Taken]) -> None:
        said = {taken.local_id: taken.said for taken in sent}

        def note(progress: SignProgress) -> None:
            if progress.state == "signed":
                said[progress.local_id].append(token.person.name)

        desk = TokenDesk(self._context(token), lambda: TokenWorker(token.module, environment=token.environment))
        try:
            stood = {item.local_id: [news.key for news in item.news] for item in desk.items(token.person.person_id)}
            if stood:
                desk.sign(token.serial, token.pin, list(stood), note, lambda: False, acknowledged=stood)
        finally:
            desk.close()

    def _settled(self, taken: Taken) -> bool:
        facts = self.store.projection.facts(taken.local_id)
        return facts.decision in FINAL or facts.refused_code is not None

    def decision(self, taken: Taken) -> Decision:
        """The Treasury's last word as it signed it; fails when the gateway refused the package."""
        facts = self.store.projection.facts(taken.local_id)
        assert facts.refused_code is None, f"{facts.refused_code}: {facts.refused_message}"
        said = "SELECT payload FROM feed_events WHERE package_id = ? AND kind = 'decision' ORDER BY seq DESC"
        return Decision.model_validate_json(self.store._database.value(said, (facts.package_id,)))

    def receipt(self, taken: Taken) -> dict[str, Any]:
        """The receipt's content, its signature checked anew with the Treasury's key."""
        package = self.store.packages.by_local(taken.local_id)
        config = self.store.device.get()
        assert package is not None
        assert config is not None
        kept = self.store.packages.receipt(package.package_id)
        assert kept is not None
        statement = SignedStatement.model_validate_json(kept)
        read: dict[str, Any] = json.loads(TreasuryVerifier(config.statement_keys)(statement, "receipt"))
        assert read["package_id"] == package.package_id
        return read
