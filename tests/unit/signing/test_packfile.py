"""A form pack counts only whole, unchanged and signed by our Treasury; everything else is refused with its own code."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256

import pytest

from desktop.dossier.canonical import canonical
from desktop.dossier.pack import SCHEMA, VERSION, PackError, load_pack
from desktop.signing.device import DeviceKey
from desktop.signing.packfile import MAX_BYTES, STATEMENT, read_packfile, write_pack
from tests.fixtures.packs import NEXT, built_in_files, files_of, moved_seat

TREASURY, STRANGER = DeviceKey.generate(), DeviceKey.generate()
KEYS = {TREASURY.key_id: TREASURY.public_b64}
Entries = dict[str, bytes]


@cache
def good() -> bytes:
    return write_pack(files_of(moved_seat()), TREASURY)


def entries() -> Entries:
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: Entries, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_entry(name: str, data: bytes) -> bytes:
    return zipped({**entries(), name: data})


def without(name: str) -> bytes:
    return zipped({key: data for key, data in entries().items() if key != name})


def twice(name: str) -> bytes:
    buffer = io.BytesIO(good())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(name, b"{}")
    return buffer.getvalue()


def signed_again(
    change: Callable[[dict[str, object]], object], key: DeviceKey = TREASURY, context: str = "pack"
) -> bytes:
    """The pack with another statement, by whoever has `key`."""
    told = json.loads(json.loads(entries()[STATEMENT])["payload"])
    change(told)
    payload = canonical(told).decode()
    statement = {"payload": payload, "key_id": key.key_id, "signature": key.sign(payload, context)}
    return with_entry(STATEMENT, json.dumps(statement).encode())


def published(**changed: bytes) -> bytes:
    """What a Treasury would publish that signs without looking: `changed` replaces files, «_» stands for «.»."""
    content = {name: data for name, data in entries().items() if name != STATEMENT}
    content |= {name.replace("_", "."): data for name, data in changed.items()}
    told = json.loads(json.loads(entries()[STATEMENT])["payload"])
    told["files"] = {name: sha256(data).hexdigest() for name, data in content.items()}
    payload = canonical(told).decode()
    statement = {"payload": payload, "key_id": TREASURY.key_id, "signature": TREASURY.sign(payload, "pack")}
    return zipped({STATEMENT: json.dumps(statement).encode(), **content})


def form(**changed: object) -> bytes:
    return json.dumps(json.loads(entries()["M13.json"]) | changed).encode()


def test_the_whole_pack_comes_back() -> None:
    read = read_packfile(good(), KEYS)
    assert (read.pack, read.key_id, read.companions) == (moved_seat(), TREASURY.key_id, {})


def test_the_same_pack_makes_the_same_file() -> None:
    assert write_pack(files_of(moved_seat()), TREASURY) == good()


def test_the_programs_own_folder_makes_a_pack_with_procedures_and_purposes() -> None:
    content = built_in_files()
    read = read_packfile(write_pack(content, TREASURY), KEYS)
    assert read.pack == load_pack(VERSION)
    assert read.companions == {name: content[name] for name in ("procedures.json", "purposes.json")}


TAMPERED = {
    "no file at all": (lambda: b"", "pack_not_a_pack"),
    "another file": (lambda: b"%PDF-1.7", "pack_not_a_pack"),
    "a ZIP of something else": (lambda: zipped({"a.txt": b"a"}), "pack_not_a_pack"),
    "cut short": (lambda: good()[:-40], "pack_broken"),
    "one byte turned": (lambda: good()[:5000] + bytes([good()[5000] ^ 1]) + good()[5001:], "pack_broken"),
    "something behind it": (lambda: good() + b"x", "pack_unsafe"),
    "too large": (lambda: good() + bytes(MAX_BYTES), "pack_too_large"),
    "a bomb": (lambda: with_entry("M99.json", bytes(9 * 1024 * 1024)), "pack_unsafe"),
    "a way out of the folder": (lambda: with_entry("../M13.json", b"{}"), "pack_unsafe"),
    "the same name twice": (lambda: twice("M13.json"), "pack_unsafe"),
    "the same name in capitals": (lambda: with_entry("m13.JSON", b"{}"), "pack_unsafe"),
    "a form changed": (lambda: with_entry("M13.json", form(title="Giấy khác")), "pack_altered"),
    "a form taken out": (lambda: without("M13.json"), "pack_altered"),
    "a form put in": (lambda: with_entry("M99.json", form(id="M99")), "pack_altered"),
    "no statement": (lambda: without(STATEMENT), "pack_not_a_pack"),
    "a statement that is no JSON": (lambda: with_entry(STATEMENT, b"{"), "pack_broken"),
    "a statement with more": (
        lambda: with_entry(STATEMENT, b'{"payload":"","key_id":"","signature":"","x":1}'),
        "pack_broken",
    ),
    "signed by a stranger": (lambda: signed_again(lambda told: told, STRANGER), "pack_unknown_key"),
    "signed for another use": (lambda: signed_again(lambda told: told, context="event"), "pack_bad_signature"),
    "for a later program": (
        lambda: signed_again(lambda told: told.update(needs=SCHEMA + 1, files=3)),
        "pack_newer_program",
    ),
    "a need that is none": (lambda: signed_again(lambda told: told.update(needs="1")), "pack_broken"),
    "no list of files": (lambda: signed_again(lambda told: told.pop("files")), "pack_broken"),
    "another version outside than inside": (
        lambda: signed_again(lambda told: told.update(version="1-2030")),
        "pack_broken",
    ),
    "a version that is no name": (lambda: signed_again(lambda told: told.update(version="../x")), "pack_broken"),
    "signed, but no JSON": (lambda: published(M13_json=b"{"), "pack_bad_forms"),
    "signed, but no form": (lambda: published(M13_json=b"{}"), "pack_bad_forms"),
    "signed, with an unknown property": (lambda: published(M13_json=form(colour="red")), "pack_bad_forms"),
    "signed, but adds up what is not there": (
        lambda: published(M13_json=form(amount="lines.nothing")),
        "pack_bad_forms",
    ),
    "signed, but prints what is not there": (
        lambda: published(M13_json=form(layout={"body": ["[nothing]"]})),
        "pack_bad_forms",
    ),
    "signed, one form under two names": (lambda: published(M14_json=form()), "pack_bad_forms"),
    "signed, with a file nobody names": (lambda: published(M99_json=b"{}"), "pack_bad_forms"),
    "signed, procedures of other forms": (
        lambda: published(purposes_json=built_in_files()["purposes.json"].replace(b'"M13"', b'"M98"')),
        "pack_bad_forms",
    ),
    "signed, procedures that are none": (lambda: published(procedures_json=b"[]"), "pack_bad_forms"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_pack_is_refused(how: str) -> None:
    make, code = TAMPERED[how]
    with pytest.raises(PackError) as caught:
        read_packfile(make(), KEYS)
    assert caught.value.code == code


def test_a_signature_of_one_pack_does_not_carry_to_another() -> None:
    other = write_pack(files_of(moved_seat("1000-2028", "2028-01-01")), TREASURY)
    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        statement = archive.read(STATEMENT)
    with pytest.raises(PackError) as caught:
        read_packfile(with_entry(STATEMENT, statement), KEYS)
    assert caught.value.code == "pack_altered"


def test_a_pack_without_a_form_that_procedures_need_brings_its_own() -> None:
    content = files_of(moved_seat())
    content["pack.json"] = content["pack.json"].replace(b'"M17", ', b"")
    del content["M17.json"]
    with pytest.raises(PackError, match=r"procedures\.json: nói đến «M17»"):
        write_pack(content, TREASURY)


@pytest.mark.parametrize("flipped", range(24))
def test_no_bit_of_the_file_may_turn(flipped: int) -> None:
    data = bytearray(good())
    place = (flipped * 7919) % len(data)
    data[place] ^= 1 << flipped % 8
    try:
        read = read_packfile(bytes(data), KEYS)
    except PackError:
        return
    assert read.pack == moved_seat(), "a turned bit of the ZIP's own times changes nothing that was signed"
    assert read.pack.version == NEXT
