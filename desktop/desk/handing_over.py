"""«Chuyển máy khác ký»: partly signed dossiers leave in a file, are signed on another machine, and come home."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.handover_checks import Checked, check, code_over, other_unit
from desktop.desk.handover_judging import Verdict, judge
from desktop.desk.handover_packing import pack, refuse_changed
from desktop.desk.handover_taking import bring_home, take_in
from desktop.desk.handover_words import dossier_view, line_of, problem_view, result_of, went_out
from desktop.desk.output import written_beside
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.handover_views import (
    HandoverDossier,
    HandoverKind,
    HandoverLine,
    HandoverOutcome,
    HandoverReport,
    HandoverView,
)
from desktop.signing.handover import HandedDossier, Handover, read_handover, write_handover
from desktop.store.errors import FactError, StoreError


@dataclass(frozen=True)
class Looked:
    """One dossier of a file as it is told; what was verified and decided, None where it does not hold."""

    view: HandoverDossier
    checked: Checked | None = None
    verdict: Verdict | None = None


class HandingOver:
    """Both ends of a hand-over; `on_sealed` is called after each package that came home complete."""

    def __init__(self, context: DeskContext, on_sealed: Callable[[], None] = lambda: None) -> None:
        self._context = context
        self._on_sealed = on_sealed

    @needs(Act.SIGN)
    def hand_out(self, local_ids: Sequence[str], path: Path, passphrase: str = "") -> HandoverReport:
        """Write dossiers into a file for another machine: this machine's own go out, guests go back; all or none.

        From then on this machine refuses to sign them until they come home or are taken back. File and record are both
        made or neither. Raises DeskError nothing_to_hand_over, mixed_handover, not_submitted, changed_meanwhile,
        not_writable; FactError handed_out, already_sealed, already_on_paper; ContainerError handover_too_large,
        passphrase_short; StoreError.
        """
        store, actor = self._context.store, self._context.user.person_id
        packed = pack(self._context, list(dict.fromkeys(local_ids)))
        data, digest = write_handover(packed.contents, packed.dossiers, passphrase)
        with written_beside(path, data) as put, store.transaction():
            for item in packed.dossiers:
                refuse_changed(self._context, item)
                store.handovers.went(item.part.local_id, digest, actor)
            put()
        kind = HandoverKind(packed.contents.kind)
        results = tuple(went_out(*pair, kind) for pair in zip(packed.dossiers, packed.codes, strict=True))
        return HandoverReport(kind, self._context.machine, packed.code, results)

    @reading
    def look(self, path: Path, passphrase: str = "") -> HandoverView:
        """Verify a file and say what taking it would do, dossier by dossier; changes nothing.

        Raises ContainerError of `read_handover`, DeskError other_unit; what is wrong with one dossier is in its view.
        """
        handover = self._read(path, passphrase)
        return self._view(handover, [self._look(handover, item) for item in handover.dossiers])

    @needs(Act.SIGN)
    def take(self, path: Path, passphrase: str = "", replacing: Sequence[str] = ()) -> HandoverReport:
        """Take what a file brings: dossiers to be signed here, or new signatures of our own; each whole or not at all.

        Nothing is merged: a conflict changes nothing, unless it is an older guest copy named in `replacing`, which the
        file's then takes the place of. The same file again changes nothing. Raises as `look`, StoreError.
        """
        handover = self._read(path, passphrase)
        view = self._view(handover, [self._take(handover, item, replacing) for item in handover.dossiers])
        results = tuple(result_of(item, handover.contents.machine) for item in view.dossiers)
        return HandoverReport(view.kind, view.machine, view.code, results)

    @needs(Act.WITHDRAW)
    def take_back(self, local_id: str) -> None:
        """Stop waiting for the other machine, so that a dossier is signed here again.

        What comes from there later still counts as long as it fits. Raises FactError not_away, StoreError not_found.
        """
        self._context.store.handovers.take_back(local_id, self._context.user.person_id)

    @needs(Act.WITHDRAW)
    def drop_guest(self, local_id: str) -> None:
        """Take another machine's dossier off this one. Raises FactError not_guest, StoreError not_found."""
        self._context.store.handovers.drop_guest(local_id, self._context.user.person_id)

    @reading
    def lines(self) -> Sequence[HandoverLine]:
        """Every dossier that is away, is here as a guest, or came home, the newest first."""
        store = self._context.store
        return [
            line_of(fact, store.projection.row(fact.local_id), store.projection.facts(fact.local_id))
            for fact in store.handovers.newest()
        ]

    def _read(self, path: Path, passphrase: str) -> Handover:
        handover = read_handover(path, passphrase)
        if handover.contents.unit != self._context.store.unit.get().code:
            raise other_unit()
        return handover

    def _look(self, handover: Handover, handed: HandedDossier) -> Looked:
        checked = self._check(handed)
        return self._judge(handover, handed, checked) if isinstance(checked, Checked) else checked

    def _check(self, handed: HandedDossier) -> Checked | Looked:
        try:
            return check(self._context, handed)
        except VungXaError as error:
            return Looked(problem_view(handed.part.draft, error))

    def _judge(self, handover: Handover, handed: HandedDossier, checked: Checked) -> Looked:
        try:
            verdict = judge(self._context, handover, checked)
        except DeskError as error:
            return Looked(problem_view(handed.part.draft, error), checked)
        return Looked(dossier_view(checked, verdict), checked, verdict)

    def _view(self, handover: Handover, looked: Sequence[Looked]) -> HandoverView:
        contents = handover.contents
        return HandoverView(
            HandoverKind(contents.kind), self._context.store.unit.get().name, contents.machine, contents.at,
            code_over([item.checked for item in looked if item.checked is not None]),
            tuple(item.view for item in looked),
        )  # fmt: skip

    def _take(self, handover: Handover, handed: HandedDossier, replacing: Sequence[str]) -> Looked:
        """Judge under the write lock, then take: what was looked at may have changed since."""
        checked = self._check(handed)
        if not isinstance(checked, Checked):
            return checked
        try:
            with self._context.store.transaction():
                looked = self._judge(handover, handed, checked)
                outcome = self._apply(handover, looked, replacing)
        except (DeskError, FactError, StoreError) as error:  # nothing of it was kept; the others can go on
            return Looked(problem_view(handed.part.draft, error), checked)
        if outcome is HandoverOutcome.SEALED:
            self._on_sealed()
        return replace(looked, view=replace(looked.view, outcome=outcome))

    def _apply(self, handover: Handover, looked: Looked, replacing: Sequence[str]) -> HandoverOutcome:
        verdict, checked = looked.verdict, looked.checked
        if verdict is None or checked is None:
            return looked.view.outcome
        conflict = verdict.conflict
        if conflict is not None and conflict.replaceable and checked.dossier.local_id in replacing:
            self._context.store.handovers.drop_guest(checked.dossier.local_id, self._context.user.person_id)
            take_in(self._context, handover, checked, checked.package.signatures)
            return HandoverOutcome.TAKE
        if verdict.outcome is HandoverOutcome.TAKE:
            take_in(self._context, handover, checked, verdict.new)
        elif verdict.outcome is HandoverOutcome.SIGN and bring_home(self._context, handover, checked, verdict.new):
            return HandoverOutcome.SEALED
        return verdict.outcome
