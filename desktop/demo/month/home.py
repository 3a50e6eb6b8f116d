"""Builds the month's world in one folder: one CA, one gateway, one link, and for each unit its tokens and its store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.demo import link, treasury
from desktop.demo.home import DemoHome, new_password
from desktop.demo.link import Link
from desktop.demo.month.calendar import MonthClock
from desktop.demo.month.units import NEW_HOLDER, OFFICES, PROJECT_CODE, PROJECT_PLAN, PROJECT_TOTAL, Office
from desktop.demo.pki import DemoPki, make_demo_pki, make_softhsm_tokens
from desktop.demo.processes import Processes
from desktop.demo.treasury import Gateway
from desktop.desk.connection import enrol_device
from desktop.desk.context import utc_now
from desktop.store.store import Store


@dataclass(frozen=True)
class MonthHome:
    """Both units on one machine; `clock` is what their desks are told."""

    units: Mapping[str, DemoHome]
    clock: MonthClock
    gateway: Gateway
    link: Link
    folder: Path


@contextmanager
def built(
    processes: Processes, folder: Path, profile: str, seed: int, say: Callable[[str], None]
) -> Iterator[MonthHome]:
    """Makes the whole world, the link up; processes end with `processes`, stores are closed with the context.

    Raises VungXaError when a part is missing or does not start.
    """
    say("Lập chứng thực thử nghiệm, cổng Kho bạc và đường truyền chung của hai đơn vị.")
    pki = make_demo_pki(folder / "pki")
    treasury.init(processes, folder / "gateway")
    gateway = treasury.start(processes, folder / "gateway")
    running = link.start(processes, folder, gateway.address, profile, seed)
    running.command("up")
    clock = MonthClock(utc_now())
    with ExitStack() as stores:
        units: dict[str, DemoHome] = {}
        for office in OFFICES:
            home = _unit(processes, folder, office, (pki, gateway, running), clock)
            stores.callback(home.store.close)
            units[office.key] = home
            say(f"{office.unit.name}: kho dữ liệu mã hóa riêng và {len(home.tokens)} token SoftHSM.")
        yield MonthHome(units, clock, gateway, running, folder)


def _unit(
    processes: Processes, folder: Path, office: Office, shared: tuple[DemoPki, Gateway, Link], clock: MonthClock
) -> DemoHome:
    pki, gateway, running = shared
    own = folder / office.unit.code
    new = (NEW_HOLDER,) if office is OFFICES[0] else ()
    tokens = make_softhsm_tokens(own / "softhsm", (*office.people, *new), pki, organisation=office.unit.name)
    people = [token.person for token in tokens[: len(office.people)]]
    given, password = office.given(clock.now.year), new_password()
    store = Store.create(own / "store", password, office.unit, people, clock=clock.stamp)
    store.estimates.load(given)
    if new:
        store.projects.declare(PROJECT_CODE, clock.now.year, PROJECT_TOTAL, PROJECT_PLAN)
    trust = pki.trust_files
    code = treasury.register(processes, gateway.home, own, office.unit, people, given, trust)
    enrol_device(store, running.url, gateway.pin, code)
    return DemoHome(own, store, password, pki, tokens, gateway, running, 0, clock)
