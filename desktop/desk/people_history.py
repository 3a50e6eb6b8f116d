"""What became of registrations and delegations, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.dossier.dates import format_date
from desktop.dossier.money import format_vnd
from desktop.dossier.people import ROLE_TITLES
from desktop.dossier.people_views import DelegationState, DelegationView, HistoryView
from desktop.dossier.registration import AWAITING, Delegation, Register, Registration, Scope
from desktop.dossier.signers import step_title

_WHOLE = "mọi hồ sơ"


def delegation_view(item: Delegation, register: Register, today: str) -> DelegationView:
    """One delegation as it stands today."""
    names = names_of(register)
    return DelegationView(
        delegation_id=item.delegation_id,
        role_title=ROLE_TITLES[item.role],
        by_name=names.get(item.by_person, item.by_person),
        to_name=names.get(item.to_person, item.to_person),
        document_no=item.document_no,
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        scope=scope_in_words(item.scope),
        state=_state(item, today),
    )


def scope_in_words(scope: Scope) -> str:
    """What a delegate may sign, "Mẫu 13, 16; tối đa 50.000.000 đ"; forms by their number, procedures by their id."""
    forms = ", ".join(form.removeprefix("M") for form in scope.forms)
    parts = [f"mẫu {forms}"] if forms else []
    parts += [f"thủ tục {', '.join(scope.procedures)}"] if scope.procedures else []
    parts += [f"tối đa {format_vnd(scope.max_amount)} đ"] if scope.max_amount is not None else []
    words = "; ".join(parts) or _WHOLE
    return words[0].upper() + words[1:]


def history(register: Register) -> list[HistoryView]:
    """Every beginning and end, the newest first; what began nobody knows when stands last."""
    names = names_of(register)
    found = [view for item in register.registrations for view in _of_registration(item)]
    found += [view for item in register.delegations for view in _of_delegation(item, names)]
    return sorted(found, key=lambda view: view.at, reverse=True)


def names_of(register: Register) -> dict[str, str]:
    """Names by person id, of people who left too."""
    names = {item.person_id: item.name for item in register.registrations}
    return names | {person.person_id: person.name for person in register.people}


def _of_registration(item: Registration) -> Iterator[HistoryView]:
    title = step_title(item.roles) if item.roles else "người được ủy quyền"
    code = item.certificate_sha256[:8]
    waits = ", chờ Mẫu 24" if item.source == AWAITING else ""
    yield HistoryView(item.since, f"{item.name} đăng ký ký với tư cách {title}, chứng thư {code}…{waits}.")
    if item.until:
        yield HistoryView(item.until, f"{item.name} thôi dùng chứng thư {code}… với tư cách {title}.")


def _of_delegation(item: Delegation, names: dict[str, str]) -> Iterator[HistoryView]:
    by, to = names.get(item.by_person, item.by_person), names.get(item.to_person, item.to_person)
    title = ROLE_TITLES[item.role].lower()
    until = f" đến {format_date(item.valid_to)}" if item.valid_to else ""
    yield HistoryView(item.valid_from, f"{by} ủy quyền cho {to} ký thay {title}{until}.")
    if item.until:
        yield HistoryView(item.until, f"{by} thôi ủy quyền cho {to} ký thay {title}.")


def _state(item: Delegation, today: str) -> DelegationState:
    if item.until:
        return "ended"
    if today < item.valid_from:
        return "coming"
    return "over" if item.valid_to and item.valid_to < today else "now"
