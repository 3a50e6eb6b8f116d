"""A locked window's process holds nothing of what it showed; the same search finds all of it before the locking."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.demo import link as links
from desktop.demo.processes import Processes, wait_until
from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.desk import Desk
from desktop.signing.core_files import NO_CORE
from desktop.store.errors import StoreError
from desktop.store.handed import handed
from desktop.store.keys import unlock
from desktop.store.queue_filling import QUEUE
from desktop.store.send_key import send_key
from desktop.store.store import KEYS
from tests.e2e.process_memory import amount_shapes, found, maps, open_files, shapes
from tests.e2e.world import PASSWORD, World
from tests.fixtures.gateway import GatewayProcess
from tests.fixtures.softkeys import SoftPerson

PAYEE = "Hộ kinh doanh Mốc Đánh Dấu"
AMOUNT = 7_654_321_098_765
TITLE = "Chi tiền mốc bí mật"
PIN = "mốc-PIN-4406"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@dataclass
class Locked:
    """What the searches found, and the process as it stands locked."""

    process: subprocess.Popen[str]
    secrets: dict[str, set[bytes]]
    before: set[str]
    after: set[str]
    world: World


def plant(world: World) -> str:
    """Make a draft that carries the markers."""
    desk = Desk(DeskContext(ThreadStores(world.store), world.people[0].person))
    local_id = desk.create("C2-02a/NS")
    draft = desk.dossier(local_id)
    form = draft.documents[0]
    row = {"content": TITLE, "econ": "6501", "source": "13", "sector": "341", "amount": AMOUNT}
    form = form.model_copy(update={"fields": form.fields | {"payee_name": PAYEE}, "tables": {"lines": [row]}})
    desk.save(draft.model_copy(update={"documents": (form,), "title": TITLE}))
    return local_id


@pytest.fixture(scope="module")
def offline_world(
    tmp_path_factory: pytest.TempPathFactory, shared_gateway: GatewayProcess, soft_people: list[SoftPerson]
) -> Iterator[World]:
    """A unit with one sealed package whose link is down."""
    folder = tmp_path_factory.mktemp("locked")
    with Processes(folder / "logs") as processes:
        link = links.start(processes, folder, f"127.0.0.1:{shared_gateway.port}", "good", seed=3)
        world = World.build(folder, shared_gateway, link, processes, soft_people)
        world.make_packages(random.Random(1), 1, 0)
        yield world
        world.store.close()


def secrets_of(world: World) -> dict[str, set[bytes]]:
    key = unlock(world.store.folder / KEYS, PASSWORD)
    database = key.derive("database", 48)
    return {
        "payee": shapes(PAYEE),
        "title": shapes(TITLE),
        "amount": amount_shapes(AMOUNT),
        "password": shapes(PASSWORD),
        "pin": shapes(PIN),
        "master key": {bytes(key.raw)},
        "database key": {database[:32], database.hex().encode()},
        "queued payee": shapes(queued_payee(world)),
    }


def queued_payee(world: World) -> str:
    (item,) = world.store.deliveries.queue()
    document = Desk(DeskContext(ThreadStores(world.store), world.people[0].person)).dossier(item.local_id).documents[0]
    return str(document.fields["payee_name"])


@pytest.fixture(scope="module")
def locked(offline_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locked]:
    world, local_id = offline_world, plant(offline_world)
    secrets = secrets_of(world)
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "tests.e2e.window_process", str(world.store.folder), local_id]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "TMPDIR": str(home)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{PASSWORD}\n{PIN}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "open\n"
        before = found(process.pid, secrets)
        process.stdin.write("lock\n")
        process.stdin.flush()
        try:
            wait_until(lambda: stands_locked(process.pid), 60, "the lock screen never came")
        except BaseException:
            process.kill()
            raise
        given = handed(world.store._database)
        assert given is not None
        secrets["send key"] = {send_key(unlock(world.store.folder / KEYS, PASSWORD), given.queue_id).raw}
        yield Locked(process, secrets, before, found(process.pid, secrets), world)
        process.terminate()


def stands_locked(pid: int) -> bool:
    """The fresh program has its screen and its queue."""
    arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return b"--locked" in arguments and "libqoffscreen" in maps(pid) and QUEUE in open_files(pid)


def test_the_search_finds_everything_in_the_open_window(locked: Locked) -> None:
    assert locked.before >= locked.secrets.keys() - {"queued payee", "send key"}


def test_the_locked_process_holds_its_send_key_and_nothing_else(locked: Locked) -> None:
    """That the key is found shows that this search reads this process too."""
    assert locked.after == {"send key"}


def test_it_is_the_same_process_and_tells_no_secret_to_others(locked: Locked) -> None:
    told = b"".join(Path(f"/proc/{locked.process.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
    assert b"--locked" in told
    assert not [name for name, each in locked.secrets.items() if any(shape in told for shape in each)]


def test_it_leaves_no_core_file(locked: Locked) -> None:
    """Nor hands one to a program that collects them: Linux asks that at any limit but this."""
    assert resource.prlimit(locked.process.pid, resource.RLIMIT_CORE) == (NO_CORE, NO_CORE)


def test_it_waits_to_send_what_is_sealed(locked: Locked) -> None:
    """Its sender holds the unit's lock, so that nobody else sends meanwhile."""
    assert (locked.world.store.folder / QUEUE).exists()
    with pytest.raises(StoreError) as caught, locked.world.store.lock_for_sync():
        pass
    assert caught.value.code == "already_sending"
