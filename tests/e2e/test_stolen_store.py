"""Whoever steals the folder of a unit reads nothing in it: every file is searched for what was put in."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

import pytest

from desktop.store.keys import unlock
from desktop.store.send_queue import SendQueue
from desktop.store.store import KEYS, Store
from desktop.store.ways_in import recovery_code
from tests.contract.send_kit import hand_out
from tests.contract.store_kit import NOW, PASSWORD, deliver, event, make, receipt, seal, sign, submit
from tests.e2e.process_memory import amount_shapes, shapes

PAYEE = "Điện lực Mường Lát"
AMOUNT = 7_654_321_098
TITLE, CORE, SCAN, NOTICE = "Tiêu đề mốc", "Lõi gói mốc", "Bản quét mốc", "Thông báo mốc"


@dataclass
class Stolen:
    """The files of a unit that was in full work and then locked, and what must not stand in them."""

    files: dict[str, bytes]
    secrets: dict[str, set[bytes]]
    inside: bytes


def written(text: str) -> set[bytes]:
    """A text as it may stand in a file: plain, wide, hexadecimal, escaped, or base64 wherever it begins."""
    plain = text.encode()
    coded = {base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)}
    return shapes(text) | coded | {plain.hex().encode(), json.dumps(text)[1:-1].encode()}


def work(store: Store) -> None:
    """A draft, a signed, a sent, a refused and a waiting dossier, attachments, a notice, their journal."""
    named = {"amount": AMOUNT, "title": TITLE}
    submit(store, "signed", **named)  # type: ignore[arg-type]
    sign(store, "signed")
    deliver(store, seal(store, "sent", core=CORE.encode(), **named))  # type: ignore[arg-type]
    refused = seal(store, "refused", core=CORE.encode(), **named)  # type: ignore[arg-type]
    store.outbox.mark_refused(refused, "rule_failed", TITLE, NOW)
    store.attachments.add(b"%PDF-1.7 " + SCAN.encode() * 9_000, "quét.pdf")
    seal(store, "waiting", core=CORE.encode(), part=b"%PDF-1.7 " + SCAN.encode() * 8_000, **named)  # type: ignore[arg-type]
    store.outbox.apply_feed([event(1, "of_a_later_version", refused, text=NOTICE)], 1, NOW)
    store.settings.set("note", TITLE)


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> Stolen:
    folder = tmp_path_factory.mktemp("stolen") / "unit"
    with make(folder) as store:
        code = recovery_code(folder / KEYS, unlock(folder / KEYS, PASSWORD))
        work(store)
        with SendQueue.open(folder, hand_out(store)) as queue:
            (item,) = queue.due(NOW)
            queue.mark_delivered(item.package_id, *receipt(item.package_id), NOW)
            inside = everything(store)
            files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    secrets = {name: written(text) for name, text in {"payee": PAYEE, "title": TITLE, "core": CORE}.items()}
    secrets |= {"scan": written(SCAN), "notice": written(NOTICE), "amount": amount_shapes(AMOUNT)}
    secrets |= {"password": written(PASSWORD), "code": written(code) | written(code.replace("-", ""))}
    secrets |= {"key": {bytes(unlock(folder / KEYS, PASSWORD).raw)}}
    return Stolen(files, secrets, inside)


def everything(store: Store) -> bytes:
    """Every row of every table, as whoever has the password reads it, and every attachment."""
    tables = [row["name"] for row in store._database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = [
        str(cell).encode() if not isinstance(cell, bytes) else cell
        for table in tables
        if not table.startswith(("find", "search"))
        for row in store._database.rows(f"SELECT * FROM {table}")
        for cell in row
    ]
    names = [row["sha256"] for row in store._database.rows("SELECT sha256 FROM attachments")]
    return b"\n".join([*rows, *(store.attachments.open_bytes(name) for name in names)])


def test_the_search_finds_in_the_open_store_what_was_put_in(stolen: Stolen) -> None:
    kept = stolen.secrets.keys() - {"password", "code", "key"}
    assert {name for name in kept if any(shape in stolen.inside for shape in stolen.secrets[name])} == kept


def test_every_kind_of_file_is_searched(stolen: Stolen) -> None:
    assert {"unit.vx", "unit.vx-wal", "queue.vx", "queue.vx-wal", "keys.json", "keys.json.1"} <= stolen.files.keys()
    assert len([name for name in stolen.files if len(name) == 64]) == 1, "no attachment was there"


@pytest.mark.parametrize("name", ["payee", "title", "core", "scan", "notice", "amount", "password", "code", "key"])
def test_no_file_of_a_stolen_unit_shows_it(stolen: Stolen, name: str) -> None:
    shown = [file for file, content in stolen.files.items() if any(shape in content for shape in stolen.secrets[name])]
    assert shown == []
