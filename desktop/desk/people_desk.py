"""The unit's signers as the window changes them: certificates are chosen by digest, their bytes stay here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.desk.allowing import needs, reading
from desktop.desk.certificate_choice import read_certificate
from desktop.desk.context import DeskContext
from desktop.desk.errors import DeskError
from desktop.desk.people import People
from desktop.dossier.duties import Act
from desktop.dossier.people_views import DelegationEdit, FoundCertificate, PeopleView, PersonEdit
from desktop.signing.tokeninfo import TokenInfo


class PeopleDesk:
    """The window's PeopleService; `tokens` lists what is plugged in and belongs to the token thread."""

    def __init__(self, context: DeskContext, tokens: Callable[[], Sequence[TokenInfo]]) -> None:
        self._context = context
        self._people = People(context)
        self._tokens = tokens
        self._seen: dict[str, bytes] = {}

    @reading
    def view(self) -> PeopleView:
        """Everything the screen shows. Raises StoreError."""
        return self._people.view()

    @reading
    def on_tokens(self, person_id: str = "", name: str = "") -> list[FoundCertificate]:
        """The signing certificates plugged in now; on the token thread only. Raises TokenError, DeskError no_person."""
        tokens = self._tokens()
        self._seen |= {item.sha256: item.der for token in tokens for item in token.certificates}
        return self._people.on_tokens(tokens, person_id, name)

    @reading
    def in_file(self, path: Path, person_id: str = "", name: str = "") -> FoundCertificate:
        """The certificate in a file. Raises DeskError bad_certificate, not_readable, no_person."""
        der = read_certificate(path)
        found = self._people.look(der, path.name, person_id, name)
        self._seen[found.sha256] = der
        return found

    @needs(Act.SIGNERS)
    def add(self, edit: PersonEdit, certificate: str = "", *, confirmed: bool = False) -> str:
        """Lists or changes a person, with the certificate of this digest when one is named. Raises as `People.add`."""
        return self._people.add(edit, self._der(certificate) if certificate else None, confirmed=confirmed)

    @needs(Act.SIGNERS)
    def certificate(self, person_id: str, certificate: str, *, confirmed: bool = False) -> None:
        """Gives a person another certificate. Raises as `People.certificate`."""
        self._people.certificate(person_id, self._der(certificate), confirmed=confirmed)

    @needs(Act.SIGNERS)
    def accepted(self, person_id: str) -> None:
        """Says that the Treasury accepted a person who waited. Raises DeskError."""
        self._people.accepted(person_id)

    @needs(Act.SIGNERS)
    def end(self, person_id: str, reason: str) -> None:
        """Takes a person off the list. Raises DeskError last_person."""
        self._people.end(person_id, reason)

    @needs(Act.SIGNERS)
    def delegate(self, edit: DelegationEdit) -> Sequence[int]:
        """Writes a delegation down. Raises as `People.delegate`."""
        return self._people.delegate(edit)

    @needs(Act.SIGNERS)
    def end_delegation(self, delegation_id: int, reason: str) -> None:
        """Ends a delegation. Raises FactError no_delegation."""
        self._people.end_delegation(delegation_id, reason)

    def _der(self, certificate: str) -> bytes:
        if certificate not in self._seen:
            raise DeskError("bad_certificate", "Chứng thư này không còn trong danh sách tìm được. Tìm lại rồi chọn.")
        return self._seen[certificate]
