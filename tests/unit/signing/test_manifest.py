"""Manifests: what we write we read; anything hostile or sloppy is refused."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.signing.errors import ContainerError
from desktop.signing.manifest import ASIC, DSIG, MAX_MANIFEST_BYTES, SHA256, Reference, build, parse

DIGEST = hashlib.sha256(b"x").digest()
GOOD = build("META-INF/signature001.p7s", [Reference("a.json", "application/json", DIGEST)])
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)


@given(st.lists(NAMES, min_size=1, max_size=5, unique=True))
def test_any_name_survives(names: list[str]) -> None:
    references = tuple(Reference(name, "text/plain", DIGEST) for name in names)
    assert parse(build("META-INF/signature001.p7s", references)).references == references


def test_the_same_input_gives_the_same_bytes() -> None:
    assert build("META-INF/signature001.p7s", [Reference("a.json", "application/json", DIGEST)]) == GOOD
    assert GOOD.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<asic:ASiCManifest")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"asic:ASiCManifest", b"asic:Other", "bad_manifest"),
        (ASIC.encode(), b"urn:other", "bad_manifest"),
        (DSIG.encode(), b"urn:other", "bad_manifest"),
        (b"asic:SigReference", b"asic:Nothing", "bad_manifest"),
        (b'URI="a.json"', b'URI=""', "bad_manifest"),
        (b"DataObjectReference", b"DataObjectNothing", "bad_manifest"),
        (b"DigestValue>", b"DigestValue>!", "bad_manifest"),
        (b"DigestValue>", b"DigestValue>AAAA", "bad_manifest"),
        (SHA256.encode(), b"http://www.w3.org/2000/09/xmldsig#sha1", "weak_digest"),
        (SHA256.encode(), b"http://www.w3.org/2001/04/xmlenc#sha512", "weak_digest"),
        (b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>', "bad_manifest"),
        (b"?>", b'?><!DOCTYPE a SYSTEM "file:///etc/passwd">', "bad_manifest"),
        (b"UTF-8", b"UTF-99", "bad_manifest"),
        (b"</asic:ASiCManifest>", b"", "bad_manifest"),
        (b"<asic:SigReference", b'<asic:SigReference URI="x"/><asic:SigReference', "bad_manifest"),
    ],
)
def test_another_shape_is_refused(old: bytes, new: bytes, code: str) -> None:
    assert old in GOOD
    with pytest.raises(ContainerError) as caught:
        parse(GOOD.replace(old, new))
    assert caught.value.code == code


def test_a_file_may_be_listed_once() -> None:
    twice = [Reference("a", "text/plain", DIGEST), Reference("a", "text/plain", hashlib.sha256(b"y").digest())]
    with pytest.raises(ContainerError):
        parse(build("META-INF/signature001.p7s", twice))


def test_a_huge_manifest_is_not_parsed() -> None:
    with pytest.raises(ContainerError):
        parse(GOOD + b" " * MAX_MANIFEST_BYTES)
