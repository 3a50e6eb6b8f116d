"""After a whole morning's work no secret stands anywhere in plain: files, logs, temporary files, command lines."""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.commands.crash import report
from desktop.demo.pki import DemoToken
from desktop.demo.treasury import registration_json
from desktop.desk.connection import enrolled
from desktop.desk.token_desk import TokenDesk
from desktop.signing.tokens import TokenWorker
from desktop.store.store import Store
from tests.e2e.command import Ran, finish, start
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.unit.desk.kit import LISTED, PASSWORD, PAYEE, PAYEE_ACCOUNT, Clock, Office

SECRET = PASSWORD + "\n"
FILLER = b"%PDF-1.4 " + f"({PAYEE}, {PAYEE_ACCOUNT})".encode() * 2_000


@dataclass
class Watch:
    """Reads command line and environment of every process under this one, again and again."""

    seen: set[bytes] = field(default_factory=set)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Watch:
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            for pid in descendants(os.getpid()):
                self.seen.update(read(Path("/proc") / pid / name) for name in ("cmdline", "environ"))


def descendants(pid: int | str) -> Iterator[str]:
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in read(path).decode().split():
            yield child
            yield from descendants(child)


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


@dataclass
class Morning:
    """What a morning left behind, and the secrets it used."""

    folder: Path
    watch: Watch
    secrets: dict[str, bytes]
    words: list[str]

    def everything(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(self.folder)), path.read_bytes()
        yield from ((f"process {place}", content) for place, content in enumerate(self.watch.seen))
        yield from ((f"output {place}", words.encode()) for place, words in enumerate(self.words))


@pytest.fixture(scope="module")
def morning(
    tmp_path_factory: pytest.TempPathFactory, shared_gateway: GatewayProcess, demo_tokens: list[DemoToken]
) -> Morning:
    folder, apart, unit = tmp_path_factory.mktemp("morning"), tmp_path_factory.mktemp("apart"), new_unit()
    (folder / "tmp").mkdir()
    people = [token.person for token in demo_tokens]
    (apart / "unit.json").write_text(registration_json(unit, people, estimates(unit)), "utf-8")
    code = shared_gateway.register(unit, people, estimates(unit))
    address = ("--url", shared_gateway.url, "--pin", shared_gateway.pin)
    words: list[str] = []

    def vungxa(name: str, *more: object, stdin: str = SECRET) -> Ran:
        environment = {"TMPDIR": str(folder / "tmp")}
        command = start(name, "--home", folder / "unit", "--password-stdin", *more, environment=environment)
        ran = finish(command, stdin)
        words.append(ran.out + ran.err)
        return ran

    with Watch() as watch:
        assert vungxa("init", "--unit", apart / "unit.json").code == 0
        assert vungxa("enrol", *address, stdin=f"{SECRET}{code}\n").code == 0
        with Store.open(folder / "unit", PASSWORD) as store:
            package = sign_list(store, demo_tokens)
            key = enrolled(store).device_key
        assert vungxa("sync", "--until-idle").answer["waiting"] == 0
        assert vungxa("status", stdin="sai mật khẩu\n").code == 2
        assert vungxa("doctor").code == 0
        assert vungxa("export-package", "--package", package, "--out", apart / "shown.asice").code == 0
    secrets = {"password": PASSWORD.encode(), "device key": key, "code": code.encode(), "payee": PAYEE.encode()}
    secrets |= {f"PIN {number}": token.pin.encode() for number, token in enumerate(demo_tokens)}
    return Morning(folder, watch, secrets | {"account": PAYEE_ACCOUNT.encode()}, words)


def sign_list(store: Store, tokens: list[DemoToken]) -> str:
    office = Office(store, Clock())
    desk = TokenDesk(office.context(), lambda: TokenWorker(tokens[0].module, environment=tokens[0].environment))
    local_id = office.submit(LISTED, scan=FILLER)
    for token in tokens:
        stood = {local_id: office.news(local_id)}
        desk.sign(token.serial, token.pin, [local_id], lambda _progress: None, lambda: False, acknowledged=stood)
    desk.close()
    return office.package(local_id)


def shapes(secret: bytes) -> set[bytes]:
    """A secret as it may stand in a file: as it is, in UTF-16, hexadecimal, base64."""
    wide = secret.decode("utf-8", "ignore").encode("utf-16-le") or secret
    return {secret, wide, secret.hex().encode(), base64.b64encode(secret)}


def test_the_watch_sees_processes_and_the_search_finds_secrets(morning: Morning) -> None:
    seen = b"\n".join(morning.watch.seen)
    assert b"enrol" in seen
    assert b"multiprocessing" in seen, "the token process was never seen"
    assert any(shape in FILLER for shape in shapes(PAYEE_ACCOUNT.encode()))
    places = [place for place, _ in morning.everything()]
    assert {"unit/unit.vx", "unit/keys.json", "process 0", "output 5"} <= set(places)


@pytest.mark.parametrize("name", ["password", "PIN 0", "PIN 1", "PIN 2", "device key", "code", "payee", "account"])
def test_no_secret_stands_in_plain(morning: Morning, name: str) -> None:
    found = [
        place
        for place, content in morning.everything()
        if any(shape in content for shape in shapes(morning.secrets[name]))
    ]
    assert found == []


def test_the_folder_of_temporary_files_is_left_empty(morning: Morning) -> None:
    assert list((morning.folder / "tmp").iterdir()) == []


def test_a_crash_report_holds_places_only() -> None:
    try:
        raise ValueError(f"{PAYEE} {PAYEE_ACCOUNT} {PASSWORD}")
    except ValueError as error:
        said = report(error)
    path = Path(next(word for word in said.split() if word.endswith(".txt")))
    written = path.read_text("utf-8")
    path.unlink()
    assert written.startswith("ValueError\ntest_secrets.py:")
    assert not any(secret in written + said for secret in (PAYEE, PAYEE_ACCOUNT, PASSWORD))
