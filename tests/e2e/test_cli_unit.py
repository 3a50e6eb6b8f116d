"""A unit's whole life on the command line, against a gateway process: each command a process, each secret by stdin."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.demo.pki import DemoPki, DemoToken
from desktop.demo.treasury import registration_json
from desktop.desk.context import DeskContext, ThreadStores
from desktop.desk.desk import Desk
from desktop.dossier.people import Unit
from desktop.store.keys import change_password
from desktop.store.store import KEYS, Store
from tests.contract.store_kit import CHEAP
from tests.e2e.command import finish, start, vungxa
from tests.fixtures.gateway import GatewayProcess, estimates, new_unit
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, Clock, Office

SECRET = PASSWORD + "\n"


@dataclass
class Home:
    """One unit on this machine, made and enrolled by `vungxa` itself."""

    folder: Path
    unit: Unit
    gateway: GatewayProcess
    people: list[SoftPerson]
    pki: DemoPki

    def seal(self, number: str) -> str:
        """Draft, submit and sign a dossier at the desk; gives its package id."""
        with Store.open(self.folder, PASSWORD) as store:
            office = Office(store, Clock(), self.people)
            local_id = office.submit(number=number)
            office.sign(local_id)
            return office.package(local_id)

    def command(self, name: str, *words: object, stdin: str = SECRET) -> dict[str, object]:
        ran = vungxa(name, "--home", self.folder, "--password-stdin", *words, stdin=stdin)
        assert ran.code == 0, ran
        return ran.answer


def unit_file(folder: Path, unit: Unit, people: list[SoftPerson]) -> Path:
    path = folder / "unit.json"
    path.write_text(registration_json(unit, [soft.person for soft in people], estimates(unit)), "utf-8")
    return path


@pytest.fixture(scope="module")
def home(
    tmp_path_factory: pytest.TempPathFactory,
    shared_gateway: GatewayProcess,
    soft_people: list[SoftPerson],
    demo_pki: DemoPki,
) -> Home:
    folder, unit = tmp_path_factory.mktemp("cli"), new_unit()
    made = Home(folder / "unit", unit, shared_gateway, soft_people, demo_pki)
    made.command("init", "--unit", unit_file(folder, unit, soft_people))
    change_password(made.folder / KEYS, PASSWORD, PASSWORD, kdf=CHEAP)
    code = shared_gateway.register(unit, [soft.person for soft in soft_people], estimates(unit))
    address = ("--url", shared_gateway.url, "--pin", shared_gateway.pin)
    assert made.command("enrol", *address, stdin=f"{SECRET}{code}\n")["device_id"]
    return made


def test_a_dossier_goes_out_and_comes_back_paid(home: Home, tmp_path: Path) -> None:
    package = home.seal("RDT0001")
    ran = vungxa("sync", "--home", home.folder, "--password-stdin", "--until-idle", stdin=SECRET)
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (0, "")
    assert (lines[-1]["ok"], lines[-1]["waiting"], lines[-1]["at_treasury"]) == (True, 0, 0)
    assert any("biên nhận" in line.get("log", "") for line in lines[:-1])
    dossiers = home.command("status")["dossiers"]
    assert [(row["state"], row["amount"]) for row in dossiers] == [("paid", 3_412_500)]  # type: ignore[attr-defined]
    out = tmp_path / "a.asice"
    assert home.command("export-package", "--package", package, "--out", out)["size"] == out.stat().st_size
    trust = [word for pem in (home.pki.root_pem, home.pki.intermediate_pem) for word in ("--trust", pem)]
    verified = vungxa("verify", out, *trust)
    assert (verified.code, verified.answer["package_id"]) == (0, package)
    assert vungxa("inspect", out).answer["dossier"]["unit"]["code"] == home.unit.code
    receipt, key = tmp_path / "a.receipt.json", tmp_path / "treasury.pem"
    home.command("export-receipt", "--package", package, "--out", receipt, "--key", key)
    said = vungxa("verify", receipt, "--trust", key)
    assert (said.code, said.answer["receipt"]["package_id"]) == (0, package)  # type: ignore[index]


def test_doctor_finds_store_gateway_and_clock_well(home: Home) -> None:
    ran = vungxa("doctor", "--home", home.folder, "--password-stdin", stdin=SECRET)
    states = {check["name"]: check["state"] for check in ran.answer["checks"]}
    assert {name: states[name] for name in ("store", "gateway", "clock", "disk")} == dict.fromkeys(
        ("store", "gateway", "clock", "disk"), "ok"
    )


def test_doctor_shows_what_people_are_registered_by(demo_tokens: list[DemoToken]) -> None:
    ran = vungxa("doctor", environment=demo_tokens[0].environment)
    tokens = [check["detail"] for check in ran.answer["checks"] if check["name"] == "token"]
    shown = {item["sha256"]: item["name"] for token in tokens for item in token["certificates"]}
    assert shown == {token.person.certificate_sha256: token.person.name for token in demo_tokens}


def test_doctor_tells_a_wrong_password_and_skips_the_rest(home: Home) -> None:
    ran = vungxa("doctor", "--home", home.folder, "--password-stdin", stdin="sai mật khẩu\n")
    found = {check["name"]: check for check in ran.answer["checks"]}
    assert (ran.code, found["store"]["detail"]["code"]) == (1, "wrong_password")
    assert [found[name]["state"] for name in ("gateway", "clock")] == ["skipped", "skipped"]


def damaged(folder: Path) -> None:
    for path in folder.glob("keys.json*"):
        path.write_text("{}")


def read_only(folder: Path) -> None:
    folder.chmod(0o500)
    for path in folder.iterdir():
        path.chmod(0o500 if path.is_dir() else 0o400)


def broken(folder: Path) -> None:
    path = folder / "unit.vx"
    path.write_bytes(path.read_bytes()[:-8192] + b"x" * 8192)


@pytest.fixture
def other(tmp_path: Path, soft_people: list[SoftPerson]) -> Iterator[Path]:
    """A unit of its own to spoil."""
    folder, unit = tmp_path / "unit", new_unit()
    Store.create(folder, PASSWORD, unit, [soft.person for soft in soft_people], kdf=CHEAP).close()
    yield folder
    folder.chmod(0o700)


@pytest.mark.parametrize(
    ("spoil", "stdin", "code"),
    [
        (lambda _folder: None, "sai mật khẩu\n", "wrong_password"),
        (lambda _folder: None, "", "no_password"),
        (lambda _folder: None, "x" * 5000 + "\n", "secret_too_long"),
        (damaged, SECRET, "keys_damaged"),
        (read_only, SECRET, "read_only"),
        (lambda folder: (folder / "unit.vx").write_bytes(b"x" * 8192), SECRET, "wrong_key"),
        (lambda folder: (folder / "unit.vx").unlink(), SECRET, "no_store"),
        (lambda folder: folder.rename(folder.with_name("away")), SECRET, "no_store"),
    ],
)
def test_each_reason_not_to_open_has_a_code_of_its_own(
    other: Path, spoil: Callable[[Path], object], stdin: str, code: str
) -> None:
    spoil(other)
    assert vungxa("sync", "--home", other, "--password-stdin", stdin=stdin).error == (2, code)
    other.mkdir(exist_ok=True)


def test_with_nobody_there_to_type_the_way_out_is_told(other: Path) -> None:
    ran = vungxa("status", "--home", other)
    assert ran.error == (2, "no_password")
    assert "--password-stdin" in ran.answer["error"]["message"]


@pytest.mark.parametrize("command", ["sync", "enrol"])
def test_before_enrolment_nothing_is_sent(other: Path, command: str, shared_gateway: GatewayProcess) -> None:
    if command == "sync":
        ran = vungxa("sync", "--home", other, "--password-stdin", stdin=SECRET)
        assert ran.error == (2, "not_enrolled")
        return
    address = ("--url", shared_gateway.url, "--pin", shared_gateway.pin)
    ran = vungxa("enrol", "--home", other, "--password-stdin", *address, stdin=SECRET + "KHÔNG-CÓ-MÃ\n")
    assert ran.error == (2, "enrolment_refused")
    assert vungxa("enrol", "--home", other, "--password-stdin", *address, stdin=SECRET).error == (2, "no_password")


def sync(home: Home) -> subprocess.Popen[bytes]:
    """A sending process that runs and has taken the password."""
    process = start("sync", "--home", home.folder, "--password-stdin")
    assert process.stdin is not None
    process.stdin.write(SECRET.encode())
    process.stdin.close()
    process.stdin = None
    return process


def wait_for_receipt(process: subprocess.Popen[bytes], package: str, home: Home) -> None:
    until = time.monotonic() + 40
    with Store.open(home.folder, PASSWORD) as store:
        while store.packages.receipt(package) is None:
            assert process.poll() is None
            assert time.monotonic() < until, "it was never sent"
            time.sleep(0.05)


def test_one_sends_at_a_time_and_sigterm_ends_it_in_order(home: Home) -> None:
    package = home.seal("RDT0002")
    first = sync(home)
    wait_for_receipt(first, package, home)
    second = vungxa("sync", "--home", home.folder, "--password-stdin", stdin=SECRET)
    assert second.error == (2, "already_sending")
    first.send_signal(signal.SIGTERM)
    ended = finish(first)
    assert (ended.code, ended.answer["ok"], ended.err) == (0, True, "")
    with Store.open(home.folder, PASSWORD) as store, store.lock_for_sync():
        assert store.check() == []


def test_sigterm_while_the_password_is_awaited_ends_at_once(home: Home) -> None:
    process = start("sync", "--home", home.folder, "--password-stdin")
    until = time.monotonic() + 30
    while not reads_stdin(process.pid):
        assert time.monotonic() < until, "it never asked for the password"
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == -signal.SIGTERM
    for stream in (process.stdin, process.stdout, process.stderr):
        assert stream is not None
        stream.close()


def reads_stdin(pid: int) -> bool:
    """Whether a process stands in read(0, …): the system call's number on x86-64 or ARM64, and its first argument."""
    words = Path(f"/proc/{pid}/syscall").read_text().split()
    return words[0] in ("0", "63") and words[1] == "0x0"


def test_a_package_held_back_does_not_keep_until_idle_from_ending(home: Home) -> None:
    package = home.seal("RDT0003")
    with Store.open(home.folder, PASSWORD) as store:
        store.deliveries.pause_item(package, "p1")
    ran = vungxa("sync", "--home", home.folder, "--password-stdin", "--until-idle", stdin=SECRET)
    assert (ran.code, ran.answer["waiting"]) == (0, 1)
    with Store.open(home.folder, PASSWORD) as store:
        assert store.packages.receipt(package) is None
        store.deliveries.resume_item(package, "p1")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export-package", "--package", "0" * 64, "--out", "a.asice"), "not_found"),
        (("status", "--password", PASSWORD), "bad_arguments"),
        (("enrol", "--url", "http://a", "--pin", "0" * 64), "bad_address"),
        (("enrol", "--url", "https://a", "--pin", "123"), "bad_pin"),
    ],
)
def test_what_cannot_be_done_is_told(home: Home, words: tuple[str, ...], code: str) -> None:
    name, *rest = words
    ran = vungxa(name, "--home", home.folder, "--password-stdin", *rest, stdin=SECRET + "ABCD\n")
    assert ran.error == (2, code)


def test_export_to_a_place_that_cannot_be_written_leaves_nothing(home: Home, tmp_path: Path) -> None:
    package = home.seal("RDT0004")
    words = ("export-package", "--home", home.folder, "--password-stdin", "--package", package)
    ran = vungxa(*words, "--out", tmp_path / "no" / "a.asice", stdin=SECRET)
    assert ran.error == (2, "not_writable")
    assert list(tmp_path.iterdir()) == []


def spoiled(value: dict[str, object], what: str) -> dict[str, object]:
    changes: dict[str, dict[str, object]] = {
        "nobody": {"people": []},
        "twice": {"people": [value["people"][0], value["people"][0]]},  # type: ignore[index]
        "unknown": {"password": "x"},
        "code": {"unit": {**value["unit"], "code": "12"}},  # type: ignore[dict-item]
    }
    return {**value, **changes[what]}


@pytest.mark.parametrize("what", ["nobody", "twice", "unknown", "code"])
def test_init_refuses_a_unit_file_that_cannot_be_right(
    tmp_path: Path, soft_people: list[SoftPerson], what: str
) -> None:
    path = unit_file(tmp_path, new_unit(), soft_people)
    path.write_text(json.dumps(spoiled(json.loads(path.read_text("utf-8")), what)), "utf-8")
    ran = vungxa("init", "--home", tmp_path / "unit", "--unit", path, "--password-stdin", stdin=SECRET)
    assert ran.error == (2, "bad_unit")
    assert not (tmp_path / "unit").exists()


@pytest.mark.parametrize(("stdin", "code"), [("ngắn\n", "password_short"), ("\n", "no_password"), ("", "no_password")])
def test_init_wants_a_password_that_protects(
    tmp_path: Path, soft_people: list[SoftPerson], stdin: str, code: str
) -> None:
    path = unit_file(tmp_path, new_unit(), soft_people)
    ran = vungxa("init", "--home", tmp_path / "unit", "--unit", path, "--password-stdin", stdin=stdin)
    assert ran.error == (2, code)
    assert not (tmp_path / "unit" / "keys.json").exists()


def test_init_never_overwrites_a_unit(home: Home, tmp_path: Path) -> None:
    path = unit_file(tmp_path, home.unit, home.people)
    ran = vungxa("init", "--home", home.folder, "--unit", path, "--password-stdin", stdin=SECRET)
    assert ran.error == (2, "store_exists")
    with Store.open(home.folder, PASSWORD) as store:
        assert Desk(DeskContext(ThreadStores(store), home.people[0].person)).unit() == home.unit


def test_without_a_screen_the_window_is_refused_in_words(home: Home, tmp_path: Path) -> None:
    blind = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    assert vungxa("run", "--home", home.folder, environment=blind).error == (2, "no_window")
    assert vungxa("run", environment={**blind, "VUNGXA_DATA": str(tmp_path)}).error == (2, "no_window")
