"""The hand-over file: the same bytes for the same content; whole, or refused with a code for each way to spoil it."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.dossier.acknowledgements import PayeeStand, PayeeTold
from desktop.dossier.canonical import canonical
from desktop.dossier.document import Dossier
from desktop.signing.errors import ContainerError
from desktop.signing.handover import (
    MEDIA_TYPE,
    Contents,
    HandedDossier,
    Part,
    looks_like_handover,
    read_handover,
    write_handover,
)
from desktop.signing.handover_lock import MAGIC

PASSPHRASE = "lúa chín tháng mười"
SEAL = b"\x89PNG\r\n\x1a\n a seal"
CONTENTS = Contents(
    kind="out", unit="1098765", machine="MAY-KE-TOAN", home="MAY-KE-TOAN", home_id="c" * 32,
    at="2026-11-23T02:00:00Z", dossiers=2,
)  # fmt: skip
TOLD = PayeeTold(account_key="3511", name_key="buu dien", kind="new", text="Bưu điện: lần đầu.")
STOOD = PayeeStand(account_key="3511", name_key="buu dien", kind="new")
Entries = dict[str, bytes]


def handed(name: str, *pictures: bytes) -> HandedDossier:
    named = {sha256(content).hexdigest(): content for content in pictures}
    part = Part(
        local_id=name, draft=Dossier(local_id=name, number="0443", title="Tiền điện"), told=(TOLD,),
        made=("MAY-KE-TOAN",), stood=(STOOD,), pictures=tuple(named),
    )  # fmt: skip
    return HandedDossier(part, b"PK the package of " + name.encode(), named)


DOSSIERS = (handed("d1"), handed("d2", SEAL))
GOOD, DIGEST = write_handover(CONTENTS, DOSSIERS)


def entries() -> Entries:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: Entries) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def but(name: str, data: bytes | None) -> bytes:
    """The good file with one entry added, changed or left out."""
    content = {**entries(), name: data}
    return zipped({key: value for key, value in content.items() if value is not None})


def json_but(name: str, **values: object) -> bytes:
    return but(name, canonical({**json.loads(entries()[name]), **values}))


def twice(name: str) -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(name, b"{}")
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("03/package.asice", bytes(20_000_000))
    return buffer.getvalue()


def test_the_same_content_gives_the_same_bytes_and_comes_back() -> None:
    assert write_handover(CONTENTS, DOSSIERS) == (GOOD, sha256(GOOD).hexdigest())
    read = read_handover(GOOD)
    assert (read.contents, read.dossiers, read.digest) == (CONTENTS, DOSSIERS, DIGEST)
    assert looks_like_handover(GOOD[:200])
    assert list(entries())[:4] == ["mimetype", "handover.json", "01/handover.json", "01/package.asice"]
    assert entries()["mimetype"] == MEDIA_TYPE.encode()


PART = "01/handover.json"
SPOILT: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "not_a_handover"),
    "a picture": (lambda: SEAL, "not_a_handover"),
    "another ZIP": (lambda: zipped({"a.txt": b"x"}), "not_a_handover"),
    "another media type": (lambda: but("mimetype", b"application/zip"), "not_a_handover"),
    "cut off": (lambda: GOOD[:-9], "handover_damaged"),
    "something behind": (lambda: GOOD + b"x", "handover_unsafe"),
    "an entry twice": (lambda: twice("handover.json"), "handover_unsafe"),
    "a path out": (lambda: but("../01/x", b"x"), "handover_unsafe"),
    "a bomb": (bomb, "handover_unsafe"),
    "an entry too many": (lambda: but("readme.txt", b"x"), "handover_damaged"),
    "a second mimetype": (lambda: but("01/mimetype", b"x"), "handover_damaged"),
    "no package": (lambda: but("02/package.asice", None), "handover_damaged"),
    "no part": (lambda: but("02/handover.json", None), "handover_damaged"),
    "no picture": (lambda: but(f"02/pictures/{sha256(SEAL).hexdigest()}", None), "handover_damaged"),
    "another picture": (lambda: but(f"02/pictures/{sha256(SEAL).hexdigest()}", b"x"), "handover_damaged"),
    "no JSON": (lambda: but("handover.json", b"{"), "handover_damaged"),
    "a list": (lambda: but("handover.json", b"[]"), "handover_damaged"),
    "spaces": (lambda: but(PART, entries()[PART] + b" "), "handover_damaged"),
    "an unknown name": (lambda: json_but(PART, more="x"), "handover_damaged"),
    "the same dossier twice": (lambda: but("02/handover.json", entries()[PART]), "handover_damaged"),
    "too few told": (lambda: json_but("handover.json", dossiers=1), "handover_damaged"),
    "no kind": (lambda: json_but("handover.json", kind="aside"), "handover_damaged"),
    "no instant": (lambda: json_but("handover.json", at="hôm qua"), "handover_damaged"),
    "no such day": (lambda: json_but("handover.json", at="2026-13-45T99:00:00Z"), "handover_damaged"),
    "the end of time": (lambda: json_but("handover.json", at="9999-12-31T23:59:59Z"), "handover_damaged"),
    "a later format": (lambda: json_but("handover.json", format="vungxa-handover-2"), "handover_newer"),
    "a sentence without end": (lambda: json_but(PART, told=["x" * 601]), "handover_damaged"),
    "deep JSON": (lambda: but("handover.json", b"[" * 100_000), "handover_damaged"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_whatever_is_spoilt_is_refused_in_words(how: str) -> None:
    make, code = SPOILT[how]
    with pytest.raises(ContainerError) as error:
        read_handover(make())
    assert (error.value.code, error.value.message[-1]) == (code, ".")


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_read_and_never_breaks_the_reader(place: int, bit: int) -> None:
    spoilt = bytearray(GOOD)
    spoilt[place] ^= 1 << bit
    assert read_or_code(bytes(spoilt)) not in ("", DIGEST)


def read_or_code(data: bytes) -> str:
    try:
        return read_handover(data).digest
    except ContainerError as error:
        return error.code


def test_a_file_too_large_is_neither_written_nor_read(tmp_path: Path) -> None:
    big = HandedDossier(DOSSIERS[0].part, bytes(65 * 1024 * 1024))
    with pytest.raises(ContainerError, match="64 MB"):
        write_handover(CONTENTS, (big,))
    (tmp_path / "a.vxky").write_bytes(b"PK\x03\x04" + big.package)
    with pytest.raises(ContainerError, match="64 MB"):
        read_handover(tmp_path / "a.vxky")
    with pytest.raises(ContainerError, match="Không mở được"):
        read_handover(tmp_path / "b.vxky")


def test_a_passphrase_hides_everything_and_opens_as_it_was_typed() -> None:
    locked, digest = write_handover(CONTENTS, DOSSIERS, PASSPHRASE)
    assert (digest, locked.startswith(MAGIC), b"MAY-KE-TOAN" in locked) == (DIGEST, True, False)
    assert read_handover(locked, PASSPHRASE).dossiers == DOSSIERS
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert read_handover(locked, decomposed).digest == DIGEST


@pytest.mark.parametrize(
    ("passphrase", "spoil", "code"),
    [
        ("", b"", "handover_locked"),
        ("sai mật khẩu", b"", "handover_passphrase"),
        (PASSPHRASE, b"x", "handover_passphrase"),
    ],
)
def test_a_locked_file_tells_nothing_without_its_passphrase(passphrase: str, spoil: bytes, code: str) -> None:
    locked, _ = write_handover(CONTENTS, DOSSIERS, PASSPHRASE)
    with pytest.raises(ContainerError) as error:
        read_handover(locked + spoil, passphrase)
    assert error.value.code == code


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(ContainerError, match="ít nhất 8 ký tự"):
        write_handover(CONTENTS, DOSSIERS, "1234567")
