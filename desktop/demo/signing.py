"""Three people sign at one desk: the order follows the forms, each PIN is entered once for a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.demo.drafts import Made
from desktop.demo.home import DemoHome
from desktop.demo.pki import DemoToken
from desktop.desk.context import utc_now
from desktop.desk.token_desk import TokenDesk
from desktop.dossier.errors import VungXaError
from desktop.dossier.people import ROLE_TITLES
from desktop.dossier.views import SignProgress


def sign_everything(home: DemoHome, say: Callable[[str], None]) -> int:
    """Each person in turn signs all that waits for them; gives the number of signatures. Raises VungXaError."""
    return sum(_batch(home, token, None, say) for token in home.tokens)


def sign_up_to(home: DemoHome, people: int, say: Callable[[str], None]) -> int:
    """The same for the first so many people only."""
    return sum(_batch(home, token, None, say) for token in home.tokens[:people])


def sign_some(home: DemoHome, made: Sequence[Made], say: Callable[[str], None]) -> int:
    """The same for some dossiers only."""
    wanted = {item.local_id for item in made}
    return sum(_batch(home, token, wanted, say) for token in home.tokens)


def _batch(home: DemoHome, token: DemoToken, wanted: set[str] | None, say: Callable[[str], None]) -> int:
    person = token.person
    # A story may tell its desks a day of its own; a signature carries the machine's, which the desk holds it to.
    desk = TokenDesk(replace(home.context(person), clock=utc_now), home.worker)
    signed: list[str] = []

    def note(progress: SignProgress) -> None:
        if progress.state == "signed":
            signed.append(progress.local_id)
        elif progress.state in ("failed", "stopped"):
            raise VungXaError("demo_signing", progress.message)

    try:
        items = [item for item in desk.items(person.person_id) if wanted is None or item.local_id in wanted]
        known = {item.local_id: [news.key for news in item.news] for item in items if item.must_acknowledge}
        if items:
            waiting = [item.local_id for item in items]
            desk.sign(token.serial, token.pin, waiting, note, lambda: False, acknowledged=known)
    finally:
        desk.close()
    if items:
        payees = sum(map(len, known.values()))
        stood = f", xác nhận {payees} người nhận mới hoặc thay đổi" if payees else ""
        say(f"{ROLE_TITLES[person.roles[-1]]} {person.name} nhập mã PIN một lần, ký {len(signed)} hồ sơ{stood}.")
    return len(signed)
