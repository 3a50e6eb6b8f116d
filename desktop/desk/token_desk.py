"""Signing at the desk: which token belongs to whom, what waits for whom, and the batch itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from desktop.desk.context import DeskContext, DeskError, instant
from desktop.desk.lists import dossier_amount, form_title, step_views
from desktop.desk.sealing import Sealer
from desktop.dossier.people import ROLE_TITLES, Person
from desktop.dossier.views import SignFile, SignItem, SignProgress, TokenView
from desktop.signing.batch import BatchItem, BatchResult, sign_batch
from desktop.signing.tokens import CertificateInfo, TokenInfo, TokenWorker

NOT_REGISTERED = "Chứng thư trên token này chưa đăng ký cho ai trong đơn vị. Cắm token của người đến lượt ký."


class TokenDesk:
    """All token work of one unit (the window's SigningService); `tokens` and `sign` belong to the token thread."""

    def __init__(
        self, context: DeskContext, worker: Callable[[], TokenWorker], on_sealed: Callable[[], None] | None = None
    ) -> None:
        self._context = context
        self._make_worker = worker
        self._on_sealed = on_sealed
        self._worker: TokenWorker | None = None

    def close(self) -> None:
        """Ends the worker process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def items(self, person_id: str) -> list[SignItem]:
        """The dossiers whose next signature is this person's; reads the store, touches no token."""
        return [sign_item(self._context, local_id) for local_id in self._context.store.submissions.to_sign(person_id)]

    def tokens(self) -> list[TokenView]:
        """The plugged-in tokens, one view for each signing certificate on them. Raises TokenError."""
        people = self._context.store.unit.people()
        now = self._context.clock()
        return [
            token_view(token, certificate, people, now)
            for token in self._live_worker().tokens()
            for certificate in token.certificates
            if certificate.can_sign
        ]

    def sign(
        self,
        serial: str,
        pin: str,
        local_ids: Sequence[str],
        progress: Callable[[SignProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Signs whole dossiers one by one with the certificate registered for the token's person.

        Each signature is durable before the next dossier starts; the last one seals the package and queues it. Raises
        TokenError (pin_wrong, pin_locked, token_gone, …) or DeskError (not_registered, not_your_turn); what is done stays.
        """
        worker = self._live_worker()
        person = self._person_of(serial)
        sealer = Sealer(self._context)
        items = [sealer.item(local_id, person) for local_id in local_ids]
        with worker.open(serial, person.certificate_sha256, pin) as key:
            results = sign_batch(self._announced(items, progress), key, self._context.clock, cancelled)
            for result in results:
                self._keep(sealer, result, person, progress)
                if self._on_sealed is not None:
                    self._on_sealed()
                if result.error is not None and result.stops:
                    raise result.error

    def _announced(self, items: Sequence[BatchItem], progress: Callable[[SignProgress], None]) -> Iterator[BatchItem]:
        for item in items:
            progress(SignProgress(item.local_id, "signing"))
            yield item

    def _keep(
        self, sealer: Sealer, result: BatchResult, person: Person, progress: Callable[[SignProgress], None]
    ) -> None:
        if result.signed is not None:
            at = self._context.now()
            sealer.keep(result.local_id, result.signed, person, at)
            progress(SignProgress(result.local_id, "signed", at=at))
        elif result.error is not None:
            progress(SignProgress(result.local_id, "stopped" if result.stops else "failed", result.error.message))

    def _person_of(self, serial: str) -> Person:
        people = {
            person.certificate_sha256: person
            for person in self._context.store.unit.people()
            if person.certificate_sha256
        }
        for token in self._live_worker().tokens():
            if token.serial == serial:
                for certificate in token.certificates:
                    if certificate.sha256 in people:
                        return people[certificate.sha256]
                raise DeskError("not_registered", NOT_REGISTERED)
        raise DeskError("token_gone", "Không thấy token. Cắm lại token rồi thử lại.")

    def _live_worker(self) -> TokenWorker:
        if self._worker is None:
            self._worker = self._make_worker()
        return self._worker


def sign_item(context: DeskContext, local_id: str) -> SignItem:
    """What a signer is shown before signing: every document with its digest, and who signs when."""
    dossier = context.store.drafts.get(local_id)
    titles = [form_title(document) for document in dossier.documents] + [item.name for item in dossier.attachments]
    covered = [item for item in context.store.submissions.get(local_id).objects if item.name != "dossier.json"]
    files = tuple(SignFile(title, None, item.sha256) for title, item in zip(titles, covered, strict=True))
    return SignItem(
        local_id, dossier.number, dossier.title, dossier_amount(dossier), files, step_views(context, local_id)
    )


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
