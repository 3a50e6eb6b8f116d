"""Trust and lasting evidence come by themselves over a simulated link; a revocation at the office reaches the desk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.demo import link as links
from desktop.demo.pki import DemoPki
from desktop.demo.processes import Processes, wait_until
from desktop.demo.unit import PEOPLE
from desktop.desk import trust_keeping
from desktop.desk.connection import sync_thread
from desktop.desk.evidence import waiting
from desktop.desk.sealed import as_sent, container, whole
from desktop.desk.trusting import unit_trust
from desktop.desk.verifying import verify_at_home
from desktop.signing.asice import package_id, read
from desktop.signing.certificate_check import judge
from desktop.signing.verify import verify
from tests.e2e.world import WAIT, World
from tests.fixtures.gateway import GatewayProcess
from tests.fixtures.softkeys import make_soft_person


@pytest.fixture
def world(tmp_path: Path, own_gateway: GatewayProcess, demo_pki: DemoPki) -> Iterator[World]:
    people = [make_soft_person(demo_pki, person) for person in PEOPLE]
    with Processes(tmp_path / "logs") as processes:
        link = links.start(processes, tmp_path, f"127.0.0.1:{own_gateway.port}", "3g", seed=3)
        built = World.build(tmp_path, own_gateway, link, processes, people)
        for crl in (demo_pki.crl, demo_pki.root_crl):
            own_gateway.command("set-crl", str(crl))
        yield built
        built.store.close()


def test_trust_evidence_and_a_revocation_arrive(world: World, demo_pki: DemoPki, tmp_path: Path) -> None:
    store = world.store
    packages = world.make_packages(random.Random(5), count=2, scan_bytes=20_000)
    assert (unit_trust(store), waiting(store, datetime.now(UTC)).count) == (None, 2)
    world.link.command("up")
    sync = sync_thread(store.reopen, poll_seconds=0.2)
    sync.start()
    try:
        wait_until(lambda: all(map(world.delivered, packages)), WAIT, "the packages did not arrive")
        wait_until(lambda: not waiting(store, datetime.now(UTC)).count, WAIT, "no lasting evidence came")
        file = tmp_path / "gói.asice"
        _the_package_stays_what_it_was(world, packages, file)
        _a_weaker_file_is_told(world, packages[0], file)
        _a_revocation_reaches_the_desk(world, demo_pki, packages[0], file)
    finally:
        sync.stop()


def _the_package_stays_what_it_was(world: World, packages: list[str], file: Path) -> None:
    world.compare(packages)
    assert {world.store.evidence.levels(name) for name in packages} == {("LT", "LT")}
    file.write_bytes(container(world.store, packages[0]))
    assert package_id(read(file)) == packages[0]
    report = verify_at_home(file, world.store)
    assert (report["ok"], report["level"], report["problems"]) == (True, "LT", [])


def _a_weaker_file_is_told(world: World, name: str, file: Path) -> None:
    """As it was sent it has no time-stamps, and the store knows that there are some."""
    file.write_bytes(as_sent(world.store, name))
    report = verify_at_home(file, world.store)
    assert {problem["code"] for signer in report["signers"] for problem in signer["problems"]} == {"evidence_missing"}


def _a_revocation_reaches_the_desk(world: World, pki: DemoPki, name: str, file: Path) -> None:
    soft, now = world.people[1], datetime.now(UTC)
    soon, issued = now + timedelta(seconds=1), now + timedelta(seconds=2)
    file.write_bytes(pki.list_of([soft.certificate], when=soon, issued=issued))
    told = world.gateway.command("set-crl", str(file))
    trust_keeping.refresh(world.store)
    wait_until(lambda: told["sha256"] in world.store.trust.crl_digests(), WAIT, "the revocation list did not come")
    later = now + timedelta(seconds=5)  # lists and time-stamps tell whole seconds
    after = verify(whole(world.store, name), unit_trust(world.store), at=later)
    sent = verify(read(as_sent(world.store, name)), unit_trust(world.store), at=later)
    assert (after.ok, sent.ok) == (True, False), "what was stamped before stays good, what was not does not"
    assert {problem.code for problem in sent.signers[0].problems} == {"revoked"}
    judged = judge(soft.certificate, (), unit_trust(world.store), later)
    assert judged.revoked_at, "no token with this certificate is taken any more"
