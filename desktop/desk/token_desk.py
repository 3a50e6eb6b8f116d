"""Signing at the desk: which token belongs to whom, what waits for whom, and the batch itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.signing_batch import SigningBatch
from desktop.desk.signing_digest import write_digest
from desktop.desk.signing_views import SigningViews
from desktop.desk.token_owners import desk_of
from desktop.desk.token_views import NOT_REGISTERED, Desk, Judgements, expiry_notice, token_view
from desktop.dossier.duties import Act
from desktop.dossier.people import Person
from desktop.dossier.sign_views import NEVER, NOBODY, SignedPage, SignItem, SignProgress, TokenView
from desktop.exchange.pages import PageImage
from desktop.signing.certificates import describe
from desktop.signing.drivers import Tokens
from desktop.signing.tokens import PinLocked, TokenGone, TokenInfo
from desktop.store.seen import SeenToken


class TokenDesk:
    """All token work of one unit (the window's SigningService).

    `tokens`, `sign` and `change_pin` belong to the token thread; the rest may run on any thread.
    """

    def __init__(
        self, context: DeskContext, worker: Callable[[], Tokens], on_sealed: Callable[[], None] = lambda: None
    ) -> None:
        self._context = context
        self._make_worker = worker
        self._on_sealed = on_sealed
        self._worker: Tokens | None = None
        self._shown: dict[str, str] = {}
        self._judgements = Judgements()
        self._remembered: dict[str, str] = {}
        self._papers = SignedPapers(context)
        self._views = SigningViews(context, self._papers)

    @reading
    def close(self) -> None:
        """Ends the worker process; the next call starts another."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    @reading
    def plugged(self) -> list[TokenInfo]:
        """What is plugged in, as the drivers tell it; on the token thread only. Raises TokenError."""
        return self._live_worker().tokens()

    @reading
    def items(self, person_id: str) -> list[SignItem]:
        """The dossiers whose next signature is this person's, from their frozen bytes; touches no token."""
        found = self._views.items(person_id)
        self._shown |= {item.local_id: item.mark for item in found}
        return found

    @reading
    def paper(self, local_id: str) -> Sequence[SignedPage]:
        """The signed files that can be looked at. Raises DeskError shown_differs, PackError, StoreError."""
        return self._papers.paper(local_id)

    @reading
    def draw_signed(self, local_id: str, place: int, width: int) -> Sequence[PageImage]:
        """One of them, drawn from the signed bytes. Raises DeskError shown_differs, PrintError, StoreError."""
        return self._papers.draw_signed(local_id, place, width)

    @needs(Act.EXPORT)
    def write_digest(self, path: Path, person_id: str, local_ids: Sequence[str]) -> None:
        """Writes «Bảng kê trình ký» of dossiers that wait for a person. Raises DeskError not_writable, PrintError."""
        wanted = set(local_ids)
        items = [item for item in self._views.items(person_id) if item.local_id in wanted]
        write_digest(self._context, path, person_id, items)

    @reading
    def tokens(self, person_id: str | None = None) -> list[TokenView]:
        """The plugged-in tokens, one view for each signing certificate on them; `person_id` is who is to sign.

        Raises TokenError.
        """
        found = self._live_worker().tokens()
        self._remember(found)
        desk = self._desk()
        return [view for token in found for view in self._views_of(token, desk, person_id)]

    @reading
    def expiring(self) -> list[str]:
        """A sentence for each registered certificate seen on a token whose end is near or over, plugged in or not."""
        registered = {person.certificate_sha256 for person in self._context.store.unit.people()}
        seen = [item for item in self._context.store.seen.tokens() if item.certificate_sha256 in registered]
        now, certificates = self._context.clock(), (describe(item.der) for item in seen)
        told = (
            expiry_notice(one.subject_name, one.not_after, (datetime.fromisoformat(one.not_after) - now).days)
            for one in certificates
        )
        return [sentence for sentence in told if sentence]

    @needs(Act.SIGN)
    def sign(
        self,
        serial: str,
        pin: str | None,
        local_ids: Sequence[str],
        progress: Callable[[SignProgress], None],
        cancelled: Callable[[], bool],
        *,
        final_try: bool = False,
        acknowledged: Mapping[str, Sequence[str]] = NOBODY,
        shown: Mapping[str, str] = NEVER,
    ) -> None:
        """Signs whole dossiers one by one with the certificate registered for the token's person.

        `pin` is None for a reader with keys of its own; `final_try` says that a person agreed to spend the last try;
        `acknowledged` holds PayeeNews.key of the payees stood for, `shown` SignItem.mark of what was seen, both by
        dossier; what is not in `shown` must be as `items` gave it last. A dossier that cannot be signed is told to
        `progress` and holds up no other. Raises TokenError (pin_wrong, pin_final_try, pin_locked, token_gone, …),
        DeskError with a code of TokenView.problem_code, StoreError; what is done stays.
        """
        worker = self._live_worker()
        person = self._signer(serial)
        seen = self._shown | dict(shown)
        batch = SigningBatch(self._context, person, self._views, seen, acknowledged, progress, self._on_sealed)
        if waiting := batch.waiting(local_ids):
            with worker.open(serial, person.certificate_sha256, pin, final_try=final_try) as key:
                batch.run(waiting, key, cancelled)

    @needs(Act.SIGN)
    def change_pin(self, serial: str, old: str | None, new: str | None, *, final_try: bool = False) -> None:
        """Gives a token another PIN, both None for a reader with keys of its own. Raises TokenError."""
        self._live_worker().change_pin(serial, old, new, final_try=final_try)

    @needs(Act.USERS)
    def decrypt(self, serial: str, certificate_sha256: str, pin: str | None, ciphertext: bytes) -> bytes:
        """Decrypts a secret with a token's key: one that shall open the unit shows that it can. Raises TokenError."""
        return self._live_worker().decrypt(serial, certificate_sha256, pin, ciphertext)

    def _signer(self, serial: str) -> Person:
        """Whose token this is, if it can sign now."""
        token = next((token for token in self._live_worker().tokens() if token.serial == serial), None)
        if token is None:
            raise TokenGone
        if token.pin_locked:
            raise PinLocked
        desk = self._desk()
        views = [view for view in self._views_of(token, desk) if view.matches_person_id]
        if not views:
            raise DeskError(*NOT_REGISTERED)
        usable = next((view for view in views if not view.problem), None)
        if usable is None:
            raise DeskError(views[0].problem_code, views[0].problem)
        return next(person for person in desk.people if person.person_id == usable.matches_person_id)

    def _views_of(self, token: TokenInfo, desk: Desk, wanted: str | None = None) -> list[TokenView]:
        """A view of each certificate that can sign, and of those that are registered although they cannot."""
        registered = {person.certificate_sha256 for person in desk.people}
        shown = (found for found in token.certificates if found.can_sign or found.sha256 in registered)
        return [token_view(token, found, desk, self._judgements.of(token, found, desk), wanted) for found in shown]

    def _desk(self) -> Desk:
        return desk_of(self._context.store, self._context.clock())

    def _remember(self, tokens: Sequence[TokenInfo]) -> None:
        """Keeps the signing certificates seen, once a day each."""
        today = self._context.today()
        for token in tokens:
            for found in token.certificates:
                if found.can_sign and self._remembered.get(found.sha256) != today:
                    seen = SeenToken(
                        found.sha256, found.der, token.serial, token.label, Path(token.module).name, self._context.now()
                    )
                    self._context.store.seen.remember(seen)
                    self._remembered[found.sha256] = today

    def _live_worker(self) -> Tokens:
        if self._worker is None:
            self._worker = self._make_worker()
        return self._worker
