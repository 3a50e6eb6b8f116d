"""The container: rebuilt to the byte, split and joined, and every malformed one refused by name."""

import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from desktop.signing.asice import DataObject, Package, join, missing_parts, package_id, read, split, write
from desktop.signing.errors import ContainerError
from tests.fixtures.softkeys import SoftPerson
from tests.unit.signing.kit import container, signed_by


@pytest.fixture(scope="module")
def large(keys: list[SoftPerson]) -> Package:
    scans = [DataObject(f"attachments/0{n}.pdf", "application/pdf", bytes([n]) * 20_000) for n in (2, 1)]
    again = DataObject("attachments/03.pdf", "application/pdf", scans[0].content)
    small = DataObject("dossier.json", "application/json", b"{}")
    return signed_by(keys[:2], [small, *scans, again])


def test_a_package_is_read_back_and_written_to_the_same_bytes(large: Package) -> None:
    data = write(large)
    assert read(data) == large
    assert write(read(data)) == data
    assert data[30:38] == b"mimetype"


def test_the_id_does_not_depend_on_the_zip(large: Package) -> None:
    entries = [(item.name, item.content) for item in large.objects]
    for order, signed in enumerate(large.signatures, 1):
        entries += [(f"META-INF/signature{order:03d}.p7s", signed.cms)]
        entries += [(f"META-INF/ASiCManifest{order:03d}.xml", signed.manifest)]
    rebuilt = read(container(*reversed(entries), compression=zipfile.ZIP_DEFLATED))
    assert rebuilt == large
    assert package_id(rebuilt) == package_id(large)


def test_the_id_changes_with_each_signature(large: Package) -> None:
    assert package_id(large) != package_id(Package(large.objects, large.signatures[:1]))


def test_large_objects_travel_apart_and_come_together(large: Package) -> None:
    core, parts = split(large)
    assert [len(content) for content in parts.values()] == [20_000, 20_000]
    assert missing_parts(core) == list(parts)
    assert package_id(read(core)) == package_id(large)
    assert write(join(core, parts)) == write(large)


def test_nothing_is_missing_below_the_threshold(large: Package) -> None:
    core, parts = split(large, threshold=20_000)
    assert (parts, missing_parts(core)) == ({}, [])


@pytest.mark.parametrize(("spoil", "code"), [(lambda content: b"x" + content, "part_wrong"), (None, "part_missing")])
def test_a_part_must_be_there_and_be_itself(large: Package, spoil: object, code: str) -> None:
    core, parts = split(large)
    name = next(iter(parts))
    content = parts.pop(name)
    if callable(spoil):
        parts[name] = spoil(content)
    with pytest.raises(ContainerError) as caught:
        join(core, parts)
    assert caught.value.code == code


def test_an_unsigned_package_has_no_id_and_no_parts() -> None:
    unsigned = Package((DataObject("a.json", "application/json", b"{}"),), ())
    assert read(write(unsigned)) == unsigned
    for ask in (lambda: package_id(unsigned), lambda: missing_parts(write(unsigned))):
        with pytest.raises(ContainerError) as caught:
            ask()
        assert caught.value.code == "not_signed"


def _code(data: bytes) -> str:
    with pytest.raises(ContainerError) as caught:
        read(data)
    assert caught.value.message.count(".") >= 1
    return caught.value.code


ONE = ("dossier.json", b"{}")


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/etc/x",
        "C:/x",
        "a\\..\\x",
        "a//b",
        "./a",
        "a/",
        "a\nb",
        " a",
        "a/b ",
        "x" * 201,
    ],
)
def test_an_unsafe_name_is_refused(name: str) -> None:
    assert _code(container((name, b""))) == "zip_slip"


@pytest.mark.parametrize("again", ["dossier.json", "Dossier.JSON"])
def test_a_name_may_come_once(again: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        data = container(ONE, (again, b"{2}"))
    assert _code(data) == "duplicate_entry"


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([("docs/mimetype", b"text/plain")], "second_mimetype"),
        ([("Mimetype", b"text/plain")], "duplicate_entry"),
        ([("META-INF/other.xml", b"<a/>")], "unexpected_entry"),
        ([("meta-inf/signature001.p7s", b"")], "unexpected_entry"),
        ([("META-INF/signature001.xml", b"")], "unexpected_entry"),
        ([("META-INF/signature001.p7s", b"")], "unpaired_signature"),
        ([("META-INF/ASiCManifest001.xml", b"")], "unpaired_signature"),
        ([(f"d{number}", b"") for number in range(401)], "too_large"),
        ([("big", bytes(10 * 1024 * 1024 + 1))], "too_large"),
    ],
)
def test_a_container_of_the_wrong_shape_is_refused(entries: list[tuple[str, bytes]], code: str) -> None:
    assert _code(container(ONE, *entries)) == code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert _code(container(("bomb", bytes(9 * 1024 * 1024)), compression=zipfile.ZIP_DEFLATED)) == "zip_bomb"


def test_a_lie_about_the_size_is_found() -> None:
    data = container(("a", b"x" * 1000), compression=zipfile.ZIP_DEFLATED)
    lying = data.replace(struct.pack("<I", 1000), struct.pack("<I", 10))
    assert lying != data
    assert _code(lying) == "damaged"


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(container(ONE))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert _code(bytes(data)) == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_package"),
        (b"<html>", "not_a_package"),
        (b"PK\x03\x04", "truncated"),
        (b"PK\x05\x06" + bytes(18), "not_a_package"),
    ],
)
def test_what_is_no_package_is_refused(data: bytes, code: str) -> None:
    assert _code(data) == code


def test_every_truncation_is_refused(large: Package) -> None:
    data = write(large)
    assert {_code(data[:length]) for length in range(4, len(data) - 22, 997)} == {"truncated"}
    assert _code(data[:-1]) == "truncated"


@pytest.mark.parametrize("more", [b"\0", b"#!/bin/sh\n", b"x" * 70_000])
def test_nothing_may_stand_behind_the_end(package: Package, more: bytes) -> None:
    assert _code(write(package) + more) == "trailing_bytes"


def test_other_bytes_before_the_package_are_refused(large: Package) -> None:
    assert _code(b"PK\x03\x04#!/bin/sh\n" + write(large)) in {"not_a_package", "damaged"}


def test_a_zip_of_another_kind_is_no_package(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    with pytest.raises(ContainerError) as caught:
        read(path)
    assert caught.value.code == "not_a_package"


def test_a_file_that_cannot_be_opened_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ContainerError) as caught:
        read(tmp_path / "none.asice")
    assert caught.value.code == "unreadable"
