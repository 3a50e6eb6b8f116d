"""Form packs come in when nothing else wants the line, from where they stopped, and only whole and signed."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from desktop.desk.connection import TreasuryVerifier
from desktop.desk.pack_inbox import PackInbox
from desktop.dossier.pack import SCHEMA
from desktop.signing.device import DeviceKey
from desktop.signing.packfile import write_pack
from desktop.store.packs import PackFolder
from desktop.sync.engine import Engine, PassResult
from desktop.sync.packs import PackFetcher
from desktop.sync.policy import after
from desktop.sync.protocol import PackNotice
from tests.fixtures.packs import files_of, moved_seat, signed
from tests.toyserver import tricks
from tests.toyserver.server import Handler
from tests.unit.sync.conftest import Unit

PACK = "GET /v1/packs/"


class Receiver:
    """A unit whose machine takes packs into a real folder; `restart` is a new start of the program."""

    def __init__(self, unit: Unit, folder: Path) -> None:
        self.unit, self.toy = unit, unit.toy
        self.folder = PackFolder(folder)
        self.announced: list[bytes] = []
        self.restart()

    def restart(self) -> None:
        unit, key = self.unit, self.toy.treasury.key
        keys = {key.key_id: key.public_b64}
        fetcher = PackFetcher(PackInbox(lambda: self.announced, keys, lambda: "2027-01-01", self.folder), unit.wire)
        self.engine = Engine(unit.outbox, unit.wire, TreasuryVerifier(keys), unit.clock, random.Random(7), fetcher)

    def run(self) -> PassResult:
        return self.engine.run_pass(lambda: False)

    def announce(self, content: bytes, sha256: str = "", size: int | None = None) -> str:
        name = sha256 or hashlib.sha256(content).hexdigest()
        self.toy.treasury.packs[name] = content
        whole = len(content) if size is None else size
        notice = PackNotice(seq=1, at="", version="999-2027", sha256=name, size=whole, valid_from="2027-01-01")
        self.announced.append(notice.model_dump_json().encode())
        return name

    @property
    def said(self) -> list[str]:
        return [text for _, text, _ in self.unit.outbox.lines if "ộ mẫu" in text]


@pytest.fixture
def receiver(unit: Unit, tmp_path: Path) -> Receiver:
    return Receiver(unit, tmp_path / "packs")


@pytest.fixture
def content(receiver: Receiver) -> bytes:
    return signed(moved_seat(), receiver.toy.treasury.key)


def test_an_announced_pack_comes_in_pieces_and_is_kept(receiver: Receiver, content: bytes) -> None:
    name = receiver.announce(content)
    result = receiver.run()
    assert (result.fault, result.progressed) == (None, True)
    assert receiver.toy.count(PACK) == -(-len(content) // 65_536)
    assert receiver.folder.path(name).read_bytes() == content
    assert receiver.said == [
        "Kho bạc gửi bộ mẫu mới. Bộ mẫu 999-2027 (Nghị định 347/2025/NĐ-CP), 37 mẫu, dùng từ 01/01/2027."
    ]


def test_what_is_here_is_not_fetched_again(receiver: Receiver, content: bytes) -> None:
    receiver.announce(content)
    receiver.run()
    before = receiver.toy.count(PACK)
    receiver.restart()
    receiver.run()
    assert receiver.toy.count(PACK) == before


def test_a_download_goes_on_where_the_link_died(receiver: Receiver, content: bytes) -> None:
    name = receiver.announce(content)
    receiver.toy.trick(PACK, lambda _handler: False)
    receiver.toy.trick(PACK, Handler.kill)
    assert receiver.run().fault is not None
    assert receiver.folder.held(name) == 65_536
    receiver.restart()
    receiver.run()
    assert receiver.folder.path(name).read_bytes() == content


def test_packages_go_before_a_pack(receiver: Receiver, content: bytes) -> None:
    receiver.announce(content)

    def sealed_meanwhile(_handler: Handler) -> bool:
        receiver.unit.seal("vừa ký")
        return False

    receiver.toy.trick(PACK, sealed_meanwhile)
    assert receiver.run().delivered == 1
    lines = [line.split(" ")[1][:9] for line in receiver.toy.requests if PACK in line or "packages" in line]
    assert lines == ["/v1/packs", "/v1/packa", "/v1/packs"]


def test_nothing_is_fetched_while_the_user_holds_the_line(receiver: Receiver, content: bytes) -> None:
    receiver.announce(content)
    receiver.unit.outbox.all_held = True
    receiver.run()
    assert receiver.toy.count(PACK) == 0


REFUSED = {
    "of a stranger": lambda _key: signed(moved_seat(), DeviceKey.generate()),
    "cut by the publisher": lambda key: signed(moved_seat(), key)[:-100],
    "no pack": lambda _key: b"a text",
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_pack_that_is_no_good_is_said_and_fetched_once(receiver: Receiver, what: str) -> None:
    name = receiver.announce(REFUSED[what](receiver.toy.treasury.key))
    assert receiver.run().fault is None
    fetched = receiver.toy.count(PACK)
    receiver.restart()
    receiver.run()
    assert (receiver.folder.files(), receiver.folder.held(name), receiver.toy.count(PACK)) == ([], 0, fetched)
    assert len(receiver.said) == 1
    assert receiver.said[0].endswith("Vẫn dùng bộ mẫu đang có.")


def test_a_pack_for_a_later_program_waits_for_that_program(receiver: Receiver) -> None:
    name = receiver.announce(write_pack(files_of(moved_seat()), receiver.toy.treasury.key, SCHEMA + 1))
    receiver.run()
    assert "cần bản Vùng Xa mới hơn" in receiver.said[0]
    assert not receiver.folder.settled(name)


def test_the_line_stays_free_for_a_package_that_is_soon_due(receiver: Receiver, content: bytes) -> None:
    receiver.announce(content)
    package = receiver.unit.seal("hồ sơ")
    receiver.unit.outbox.mark_later(package, after(receiver.unit.clock.now(), 5), "hẹn")
    receiver.run()
    assert (receiver.toy.count(PACK), receiver.folder.files()) == (0, [])
    receiver.unit.outbox.mark_later(package, after(receiver.unit.clock.now(), 60), "hẹn")
    receiver.run()
    assert len(receiver.folder.files()) == 1


def test_other_bytes_than_announced_are_dropped(receiver: Receiver, content: bytes) -> None:
    name = receiver.announce(content[:-1] + b"x", hashlib.sha256(content).hexdigest())
    assert [receiver.run().fault for _ in range(3)] == [None] * 3
    assert (receiver.folder.files(), receiver.folder.held(name)) == ([], 0)
    assert len(receiver.said) == 2, "twice, then not again before the next start"


@pytest.mark.parametrize(
    "trick",
    [
        tricks.error(404, "pack_unknown"),
        tricks.error(416, "bad_range"),
        tricks.answer_with(206, b"short", Content_Range="bytes 0-65535/99999"),
        tricks.answer_with(206, bytes(65_536), Content_Range="bytes 1-65536/99999"),
        tricks.answer_with(200, b"not the whole"),
    ],
)
def test_a_gateway_that_cannot_give_it_stops_nothing_else(receiver: Receiver, content: bytes, trick: object) -> None:
    receiver.announce(content)
    receiver.toy.always(PACK, trick)  # type: ignore[arg-type]
    receiver.unit.seal("hồ sơ")
    result = receiver.run()
    assert (result.delivered, result.fault) == (1, None)
    assert (receiver.folder.files(), len(receiver.said)) == ([], 1)


def test_a_gateway_without_ranges_gives_the_whole(receiver: Receiver, content: bytes) -> None:
    name = receiver.announce(content)
    receiver.toy.always(PACK, tricks.answer_with(200, content, Content_Type="application/octet-stream"))
    receiver.run()
    assert receiver.folder.path(name).read_bytes() == content


def test_what_is_too_large_to_be_a_pack_is_never_fetched(receiver: Receiver) -> None:
    receiver.announce(b"", "0" * 64, size=5 * 1024 * 1024)
    receiver.announced.append(b'{"kind":"pack","of":"a later version"}')
    receiver.run()
    assert receiver.toy.count(PACK) == 0


def test_a_disk_that_takes_nothing_is_said(receiver: Receiver, content: bytes) -> None:
    receiver.announce(content)
    receiver.folder.folder.write_bytes(b"a file where the folder should be")
    assert receiver.run().fault is None
    assert "Không ghi được bộ mẫu vào máy" in receiver.said[0]
