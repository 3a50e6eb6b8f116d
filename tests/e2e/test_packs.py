"""A form pack on its whole way: signed at the Treasury, published, fetched by a unit, used; or brought on a stick."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.desk.connection import enrol_device
from desktop.desk.packs import Packs
from desktop.dossier.pack import VERSION, Shelf
from desktop.store.packs import PackFolder
from desktop.store.store import Store
from tests.contract.store_kit import CHEAP
from tests.e2e.command import vungxa
from tests.fixtures.gateway import GatewayProcess, command, estimates, new_unit
from tests.fixtures.packs import NEXT, files_of, moved_seat, newer
from tests.fixtures.softkeys import SoftPerson
from tests.unit.desk.kit import PASSWORD, PHONE, SUPPLIES, Clock, Office
from tests.unit.dossier.samples import WITHDRAWAL

SINCE = "2026-06-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a publisher signs: the forms of a decree to come, in force already."""
    made = tmp_path / "forms"
    made.mkdir()
    for name, content in files_of(moved_seat(since=SINCE)).items():
        (made / name).write_bytes(content)
    return made


def sign(gateway: GatewayProcess, folder: Path, out: Path) -> Path:
    told = command("sign-pack", str(folder), "-o", str(out), "--home", str(gateway.home))
    assert (told["ok"], told["version"], told["forms"]) == (True, NEXT, 37)
    return out


# On a stick


@pytest.fixture
def stick(own_gateway: GatewayProcess, folder: Path, tmp_path: Path) -> Path:
    return sign(own_gateway, folder, tmp_path / "stick.vxpack")


@pytest.fixture
def machine(own_gateway: GatewayProcess, tmp_path: Path) -> Mapping[str, str]:
    """The environment of a machine that was enrolled at this Treasury."""
    keys = command("init", "--home", str(own_gateway.home))["statement_keys"]
    PackFolder(tmp_path / "machine" / "packs").pin(keys)
    return {"VUNGXA_DATA": str(tmp_path / "machine")}


def states(machine: Mapping[str, str]) -> dict[str, str]:
    return {item["version"]: item["state"] for item in vungxa("packs", environment=machine).answer["packs"]}


def test_a_pack_from_a_stick_is_used_given_up_and_used_again(stick: Path, machine: Mapping[str, str]) -> None:
    assert states(machine) == {VERSION: "in_use"}
    (made,) = vungxa("packs", "import", stick, environment=machine).answer["packs"]
    assert (made["version"], made["state"], made["forms"]) == (NEXT, "in_use", 37)
    assert states(machine) == {VERSION: "older", NEXT: "in_use"}
    vungxa("packs", "back", environment=machine)
    assert states(machine) == {VERSION: "in_use", NEXT: "aside"}
    vungxa("packs", "use", NEXT, environment=machine)
    assert states(machine) == {VERSION: "older", NEXT: "in_use"}


def test_check_and_print_follow_the_pack(stick: Path, machine: Mapping[str, str], tmp_path: Path) -> None:
    file = tmp_path / "document.json"
    file.write_text(json.dumps({**WITHDRAWAL.model_dump(mode="json"), "pack": VERSION}), "utf-8")
    vungxa("packs", "import", stick, environment=machine)
    answer = vungxa("check", file, environment=machine).answer
    assert [item["message"] for item in answer["problems"] if item["rule"] == "pack"] == [
        "Rút dự toán: ô «Địa chỉ» nay là «Trụ sở»."
    ]
    own = vungxa("print", file, "--pdf", tmp_path / "own.pdf", environment=machine).answer
    before = vungxa("print", file, "--pdf", tmp_path / "before.pdf").answer
    assert own["sha256"] == before["sha256"], "the pack it was made under, whatever came since"


def test_a_machine_of_no_treasury_takes_no_pack(stick: Path, tmp_path: Path) -> None:
    ran = vungxa("packs", "import", stick, environment={"VUNGXA_DATA": str(tmp_path / "other")})
    assert ran.error == (2, "pack_no_key")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import",), "bad_arguments"),
        (("use",), "bad_arguments"),
        (("import", "none.vxpack"), "not_found"),
        (("use", "1-1999"), "unknown_pack"),
        (("back",), "pack_no_earlier"),
        (("import", __file__), "pack_not_a_pack"),
    ],
)
def test_wrong_words_are_refused(machine: Mapping[str, str], words: tuple[str, ...], code: str) -> None:
    assert vungxa("packs", *words, environment=machine).error == (2, code)


def test_a_pack_damaged_on_the_disk_is_said_and_stops_nothing(stick: Path, machine: Mapping[str, str]) -> None:
    vungxa("packs", "import", stick, environment=machine)
    (kept,) = PackFolder(Path(machine["VUNGXA_DATA"]) / "packs").files()
    kept.write_bytes(kept.read_bytes()[:-9])
    ran = vungxa("packs", environment=machine)
    assert "lưu trong máy không dùng được" in ran.err
    assert (ran.code, states(machine)) == (0, {VERSION: "in_use"})


def test_a_folder_that_is_no_pack_is_not_signed(own_gateway: GatewayProcess, folder: Path, tmp_path: Path) -> None:
    (folder / "M13.json").write_text("{}", "utf-8")
    told = command("sign-pack", str(folder), "-o", str(tmp_path / "x.vxpack"), "--home", str(own_gateway.home))
    assert (told["ok"], told["error"]["code"], (tmp_path / "x.vxpack").exists()) == (False, "pack_bad_forms", False)


# Over the feed


@dataclass
class Site:
    """An enrolled unit on a machine of its own."""

    office: Office
    machine: Mapping[str, str]
    keys: Mapping[str, str]

    def sync(self) -> str:
        """Send and receive in a process of its own until nothing is left; gives what it said."""
        words = ("sync", "--home", self.office.store.folder, "--password-stdin", "--until-idle")
        ran = vungxa(*words, stdin=PASSWORD + "\n", environment=self.machine)
        assert ran.code == 0, ran
        return ran.out

    def load(self) -> list[str]:
        """What a window of this unit does when it opens."""
        folder = PackFolder(Path(self.machine["VUNGXA_DATA"]) / "packs")
        return Packs(self.keys, folder).load(self.office.context().today())


@pytest.fixture
def site(tmp_path: Path, own_gateway: GatewayProcess, soft_people: list[SoftPerson], shelf: Shelf) -> Iterator[Site]:
    unit, people = new_unit(), [soft.person for soft in soft_people]
    with Store.create(tmp_path / "unit", PASSWORD, unit, people, kdf=CHEAP) as store:
        store.estimates.load(estimates(unit))
        enrol_device(store, own_gateway.url, own_gateway.pin, own_gateway.register(unit, people, estimates(unit)))
        config = store.device.get()
        assert config is not None
        machine = {"VUNGXA_DATA": str(tmp_path / "machine")}
        yield Site(Office(store, Clock(), soft_people), machine, config.statement_keys)


def receipt_of(site: Site, local_id: str) -> str | None:
    return site.office.store.packages.receipt(site.office.package(local_id))


def test_a_published_pack_reaches_the_unit_and_its_drafts(
    site: Site, own_gateway: GatewayProcess, folder: Path, tmp_path: Path
) -> None:
    office = site.office
    draft, sealed = office.draft(SUPPLIES), office.seal(PHONE)[0]
    file = sign(own_gateway, folder, tmp_path / "next.vxpack")
    assert command("publish-pack", str(file), "--home", str(own_gateway.home))["ok"]

    said = site.sync()
    assert "Kho bạc gửi bộ mẫu mới. Bộ mẫu 999-2027" in said
    assert receipt_of(site, sealed), "signed under the old pack, taken after the new one was published"
    assert states(site.machine) == {VERSION: "older", NEXT: "in_use"}

    assert site.load() == []
    moved = office.desk.moved(office.desk.dossier(draft))
    assert moved is not None
    assert [change.message for change in moved.changes] == ["Rút dự toán: ô «Địa chỉ» nay là «Trụ sở»."]
    office.desk.save(moved.dossier)
    office.desk.submit(draft, office.warnings(draft))
    office.sign(draft)
    site.sync()
    assert receipt_of(site, draft), "judged by the pack it was made under"


def test_the_gateway_refuses_a_dossier_of_a_pack_it_never_published(site: Site, shelf: Shelf) -> None:
    shelf.put(newer(since=SINCE))
    local_id = site.office.draft(PHONE)
    site.office.desk.submit(local_id, site.office.warnings(local_id))
    site.office.sign(local_id)
    site.sync()
    facts = site.office.store.projection.facts(local_id)
    assert (receipt_of(site, local_id), facts.refused_code) == (None, "unknown_pack")
