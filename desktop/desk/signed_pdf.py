"""A PDF copy of a dossier's forms, signed visibly with a token, for people who want a PDF (docs/tokens.md).

A copy only: what counts is the package. Each signer adds a signature to the file that the one before made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.desk.allowing import needs
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.signed_paper import SignedPapers
from desktop.desk.token_owners import desk_of
from desktop.desk.token_views import Desk, Judgements, token_view
from desktop.dossier.dates import VIETNAM, instant
from desktop.dossier.duties import Act
from desktop.dossier.people import ROLE_TITLES
from desktop.exchange.pages import merge
from desktop.exchange.stamps import stamp_page, stamp_place
from desktop.signing.certificates import CertificateInfo, describe
from desktop.signing.drivers import Tokens
from desktop.signing.errors import CertificateNotFound, TokenGone
from desktop.signing.keys import SigningKey
from desktop.signing.tokeninfo import TokenInfo

MAX_PDF = 64 * 1024 * 1024


@dataclass(frozen=True)
class PdfSigner:
    """Whose signature it is: the certificate, the name in it, and the titles (most fitting first, may be none)."""

    certificate: CertificateInfo
    titles: tuple[str, ...]


def printed_forms(context: DeskContext, local_id: str) -> bytes:
    """The forms of a frozen dossier as one PDF, made from the signed bytes, the same bytes every time.

    Raises DeskError not_submitted (a draft may still change under a signature), shown_differs; StoreError not_found.
    """
    if not context.store.submissions.infos(local_id):
        raise DeskError("not_submitted", "Hồ sơ còn đang soạn nên chưa ký bản PDF được. Trình ký hồ sơ trước.")
    return merge(SignedPapers(context).forms(local_id))


def pdf_signer(worker: Tokens, serial: str, desk: Desk | None, now: datetime) -> PdfSigner:
    """Whose token it is; with `desk` only a certificate registered in the unit that can sign today.

    Raises TokenGone, CertificateNotFound, DeskError with a code of TokenView.problem_code.
    """
    token = next((token for token in worker.tokens() if token.serial == serial), None)
    if token is None:
        raise TokenGone
    signing = [item for item in token.certificates if item.can_sign]
    if not signing:
        raise CertificateNotFound
    if desk is not None:
        return _registered(token, signing, desk)
    at = instant(now.astimezone(UTC))
    usable = next((item for item in signing if item.not_before <= at <= item.not_after), None)
    if usable is None:
        raise DeskError("expired", "Chứng thư trên token đã hết hạn hoặc chưa đến hạn. Khám token để rõ.")
    return PdfSigner(usable, ())


def _registered(token: TokenInfo, signing: Sequence[CertificateInfo], desk: Desk) -> PdfSigner:
    judgements = Judgements()
    views = [(item, token_view(token, item, desk, judgements.of(token, item, desk))) for item in signing]
    views.sort(key=lambda pair: pair[1].matches_person_id is None)
    certificate, view = next((pair for pair in views if not pair[1].problem), views[0])
    if view.problem:
        raise DeskError(view.problem_code, view.problem)
    person = next(person for person in desk.people if person.person_id == view.matches_person_id)
    return PdfSigner(certificate, tuple(ROLE_TITLES[role] for role in person.roles))


def add_signature(pdf: bytes, key: SigningKey, titles: Sequence[str], now: datetime) -> bytes:
    """Signs a PDF once more, under the title on the page when it is found there, else at the foot of the last page.

    Raises PdfSigningError, PrintError bad_pdf, TokenError.
    """
    from desktop.signing.pades import check_pdf, sign_pdf  # pyHanko takes a third of a second to load

    order = len(check_pdf(pdf)) + 1
    place = stamp_place(pdf, tuple(titles), order)
    name = describe(key.certificate).subject_name
    title = place.title or next(iter(titles), "")
    stamp = stamp_page(name, title, now.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S"))
    return sign_pdf(pdf, key, stamp, place.page, place.box)


class SignedPdf:
    """The window's way to a signed PDF; `sign` belongs to the token thread."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    @needs(Act.SIGN)
    def sign(
        self, worker: Tokens, local_id: str, path: Path, serial: str, pin: str | None, *, final_try: bool = False
    ) -> bytes:
        """Gives the PDF with one more signature: of the file at `path` when it is there, else of the dossier's forms.

        The caller writes it (`output.write_whole`). Raises as `pdf_signer` and `add_signature`.
        """
        store, now = self._context.store, self._context.clock()
        pdf = read_pdf(path) if path.exists() else printed_forms(self._context, local_id)
        return sign_with(worker, pdf, serial, pin, desk_of(store, now), now, final_try=final_try)


def sign_with(
    worker: Tokens,
    pdf: bytes,
    serial: str,
    pin: str | None,
    desk: Desk | None,
    now: datetime,
    *,
    final_try: bool = False,
) -> bytes:
    """Opens the right key of a token and signs a PDF with it; no try of a PIN is spent on what cannot be signed.

    Raises as `pdf_signer` and `add_signature`.
    """
    from desktop.signing.pades import signable

    signable(pdf)
    signer = pdf_signer(worker, serial, desk, now)
    with worker.open(serial, signer.certificate.sha256, pin, final_try=final_try) as key:
        return add_signature(pdf, key, signer.titles, now)


def read_pdf(path: Path) -> bytes:
    """A PDF file, bounded. Raises DeskError not_readable, pdf_too_large."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PDF + 1)
    except OSError as error:
        raise DeskError("not_readable", f"Không đọc được tệp {path.name[:80]}. Kiểm tra đường dẫn.") from error
    if len(content) > MAX_PDF:
        raise DeskError("pdf_too_large", "Tệp PDF lớn quá 64 MB. Chọn tệp nhỏ hơn.")
    return content
