"""Builds the demo's world in one folder: CA, tokens, gateway, link, and the unit's encrypted store."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop.demo import link, treasury
from desktop.demo.link import Link
from desktop.demo.pki import DemoPki, DemoToken, make_demo_pki, make_softhsm_tokens
from desktop.demo.processes import Processes
from desktop.demo.treasury import Gateway
from desktop.demo.unit import PEOPLE, TREASURY_ESTIMATES, UNIT, UNIT_ESTIMATES
from desktop.desk.connection import enrol_device
from desktop.desk.context import DeskContext, ThreadStores, utc_now
from desktop.dossier.people import Person
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store

WORDS = ("suoi", "nui", "lua", "ngo", "que", "men", "song", "rung", "chim", "trang", "ban", "doc")


@dataclass(frozen=True)
class DemoHome:
    """Everything made; `password` and the tokens' PINs live in memory only."""

    folder: Path
    store: Store
    password: str = field(repr=False)
    pki: DemoPki
    tokens: Sequence[DemoToken]
    gateway: Gateway
    link: Link
    enrolment_bytes: int
    clock: Callable[[], datetime] = utc_now

    @property
    def unit_folder(self) -> Path:
        """Where the unit's encrypted store lies."""
        return self.store.folder

    @property
    def trust(self) -> list[Path]:
        """The PEM files that vouch for the signers."""
        return self.pki.trust_files

    def context(self, person: Person) -> DeskContext:
        """The desk as one person sees it."""
        return DeskContext(ThreadStores(self.store), person, self.clock)

    def worker(self) -> TokenWorker:
        """A token worker on the demo's SoftHSM."""
        return TokenWorker(self.tokens[0].module, environment=self.tokens[0].environment)

    def people(self) -> list[Person]:
        """The unit's people with their certificates."""
        return [token.person for token in self.tokens]


def new_password() -> str:
    """A password of five words, made at random."""
    return "-".join(secrets.choice(WORDS) for _ in range(5))


@contextmanager
def built(
    processes: Processes, folder: Path, profile: str, seed: int, say: Callable[[str], None]
) -> Iterator[DemoHome]:
    """Makes the whole world, the link down; its processes end with `processes`, its store is closed with the context.

    Raises VungXaError when a part is missing or does not start.
    """
    say("Lập chứng thực thử nghiệm hai cấp và ba token SoftHSM (RSA-3072, RSA-2048, EC P-256).")
    pki = make_demo_pki(folder / "pki")
    tokens = make_softhsm_tokens(folder / "softhsm", PEOPLE, pki, organisation=UNIT.name)
    people = [token.person for token in tokens]
    say("Lập kho dữ liệu mã hóa của đơn vị và cổng Kho bạc thử nghiệm.")
    password = new_password()
    with Store.create(folder / "unit", password, UNIT, people) as store:
        store.estimates.load(UNIT_ESTIMATES)
        trust = pki.trust_files
        treasury.init(processes, folder / "gateway")
        code = treasury.register(processes, folder / "gateway", folder, UNIT, people, TREASURY_ESTIMATES, trust)
        gateway = treasury.start(processes, folder / "gateway")
        running = link.start(processes, folder, gateway.address, profile, seed)
        running.command("up")
        enrol_device(store, running.url, gateway.pin, code)
        running.command("down")
        yield DemoHome(folder, store, password, pki, tokens, gateway, running, int(running.stats()["bytes_up"]))
