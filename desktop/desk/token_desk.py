"""Signing at the desk: which token belongs to whom, what waits for whom, and the batch itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.lists import form_title, step_views
from desktop.desk.signing_batch import SigningBatch
from desktop.dossier.dates import instant
from desktop.dossier.descriptor import DESCRIPTOR_NAME
from desktop.dossier.people import ROLE_TITLES, Person
from desktop.dossier.views import SignFile, SignItem, SignProgress, TokenView
from desktop.signing.drivers import Tokens
from desktop.signing.tokens import CertificateInfo, PinLocked, TokenGone, TokenInfo

NOT_REGISTERED = "Chứng thư trên token này chưa đăng ký cho ai trong đơn vị. Cắm token của người đến lượt ký."


class TokenDesk:
    """All token work of one unit (the window's SigningService); `tokens` and `sign` belong to the token thread."""

    def __init__(
        self, context: DeskContext, worker: Callable[[], Tokens], on_sealed: Callable[[], None] = lambda: None
    ) -> None:
        self._context = context
        self._make_worker = worker
        self._on_sealed = on_sealed
        self._worker: Tokens | None = None
        self._shown: dict[str, tuple[str, ...]] = {}

    def close(self) -> None:
        """Ends the worker process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def items(self, person_id: str) -> list[SignItem]:
        """The dossiers whose next signature is this person's; reads the store, touches no token."""
        found = [sign_item(self._context, local_id) for local_id in self._context.store.submissions.to_sign(person_id)]
        self._shown |= {item.local_id: tuple(file.sha256 for file in item.documents) for item in found}
        return found

    def tokens(self) -> list[TokenView]:
        """The plugged-in tokens, one view for each signing certificate on them. Raises TokenError."""
        return [view for token in self._live_worker().tokens() for view in self._views(token)]

    def sign(
        self,
        serial: str,
        pin: str,
        local_ids: Sequence[str],
        progress: Callable[[SignProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Signs whole dossiers one by one with the certificate registered for the token's person.

        A dossier that cannot be signed is told to `progress` and holds up no other. Raises TokenError (pin_wrong,
        pin_locked, token_gone, …), DeskError not_registered or certificate_unusable, StoreError; what is done stays.
        """
        worker = self._live_worker()
        batch = SigningBatch(self._context, person := self._signer(serial), self._shown, progress, self._on_sealed)
        if waiting := batch.waiting(local_ids):
            with worker.open(serial, person.certificate_sha256, pin) as key:
                batch.run(waiting, key, cancelled)

    def _signer(self, serial: str) -> Person:
        """Whose token this is, if it can sign today."""
        token = next((token for token in self._live_worker().tokens() if token.serial == serial), None)
        if token is None:
            raise TokenGone
        if token.pin_locked:
            raise PinLocked
        views = [view for view in self._views(token) if view.matches_person_id]
        if not views:
            raise DeskError("not_registered", NOT_REGISTERED)
        usable = next((view for view in views if not view.problem), None)
        if usable is None:
            raise DeskError("certificate_unusable", views[0].problem)
        return next(p for p in self._context.store.unit.people() if p.person_id == usable.matches_person_id)

    def _views(self, token: TokenInfo) -> list[TokenView]:
        people, now = self._context.store.unit.people(), self._context.clock()
        return [token_view(token, found, people, now) for found in token.certificates if found.can_sign]

    def _live_worker(self) -> Tokens:
        if self._worker is None:
            self._worker = self._make_worker()
        return self._worker


def sign_item(context: DeskContext, local_id: str) -> SignItem:
    """What a signer is shown before signing: every document with its digest, and who signs when."""
    store = context.store
    dossier = store.drafts.get(local_id)
    titles = [form_title(document, dossier.pack) for document in dossier.documents]
    titles += [item.name for item in dossier.attachments]
    covered = [item for item in store.submissions.infos(local_id) if item.name != DESCRIPTOR_NAME]
    files = tuple(SignFile(title, None, item.sha256) for title, item in zip(titles, covered, strict=True))
    amount = store.projection.row(local_id).amount
    return SignItem(local_id, dossier.number, dossier.title, amount, files, step_views(context, local_id))


def token_view(token: TokenInfo, certificate: CertificateInfo, people: Sequence[Person], now: datetime) -> TokenView:
    """One certificate on a token as the banner shows it; `problem` says why it cannot sign."""
    person = next((p for p in people if p.certificate_sha256 == certificate.sha256), None)
    not_after = datetime.fromisoformat(certificate.not_after)
    return TokenView(
        serial=token.serial,
        label=token.label,
        owner=certificate.subject_name,
        role_title=", ".join(ROLE_TITLES[role] for role in person.roles) if person else "",
        issuer=certificate.issuer_name,
        certificate_serial=certificate.serial_hex,
        not_after=certificate.not_after,
        days_left=(not_after - now).days,
        matches_person_id=person.person_id if person else None,
        pin_low=token.pin_low,
        pin_final_try=token.pin_final_try,
        pin_locked=token.pin_locked,
        problem=_problem(token, certificate, person, now),
    )


def _problem(token: TokenInfo, certificate: CertificateInfo, person: Person | None, now: datetime) -> str:
    at = instant(now.astimezone(UTC))
    if person is None:
        return NOT_REGISTERED
    if certificate.not_after < at:
        return "Chứng thư đã hết hạn. Xin cấp lại chứng thư rồi đăng ký với Kho bạc (Mẫu 24)."
    if certificate.not_before > at:
        return "Chứng thư chưa đến ngày có hiệu lực. Kiểm tra ngày giờ của máy."
    if token.pin_locked:
        return "Token đã khóa vì sai mã PIN nhiều lần. Mang token đến nơi cấp để mở."
    return ""
