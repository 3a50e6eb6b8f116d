"""What gets signed: fixed bytes, bound digests, and nothing that hides."""

from __future__ import annotations

import hashlib
import json

import pytest

from desktop.dossier.canonical import canonical
from desktop.dossier.descriptor import DescriptorError, attachment_name, describe, read_descriptor, read_document
from desktop.dossier.document import Attachment, Dossier
from desktop.dossier.people import Person
from desktop.dossier.signers import signing_steps
from tests.unit.dossier.samples import LIST, PEOPLE, UNIT, WITH_LIST, dossier

SCAN = Attachment(name="Hợp đồng.PDF", sha256="ab" * 32, size=600_000, media_type="application/pdf", component="hd")
DOSSIER = dossier(WITH_LIST, LIST, attachments=(SCAN,), urgent=True)
SIGNERS: dict[int, Person] = dict(enumerate(PEOPLE, start=1))
DIGESTS = ["c" * 64, "d" * 64]


def made(item: Dossier = DOSSIER) -> dict[str, bytes]:
    steps = signing_steps(item.documents)
    return {part.name: part.content for part in describe(item, UNIT, steps, SIGNERS, DIGESTS, "347-2025")}


def test_names_every_file_in_order() -> None:
    assert list(made()) == ["dossier.json", "documents/01-M13.json", "documents/02-M20.json"]


def test_the_table_of_contents_has_the_agreed_shape() -> None:
    content = json.loads(made()["dossier.json"])
    assert list(content) == sorted(content)
    assert content["format"] == "vungxa-dossier-1"
    assert content["unit"] == {"code": "1098765", "name": "UBND xã Mường Lý", "treasury_code": "2361"}
    assert (content["urgent"], content["replaces"], content["pack"]) == (True, None, "347-2025")
    assert [item["form"] for item in content["documents"]] == ["C2-02a/NS", "M20"]
    assert content["attachments"] == [
        {
            "name": "attachments/01-abababab.pdf",
            "title": "Hợp đồng.PDF",
            "component": "hd",
            "media_type": "application/pdf",
            "sha256": "ab" * 32,
            "size": 600_000,
        }
    ]
    assert content["signers"][2] == {
        "order": 3,
        "roles": ["head_of_unit"],
        "title": "Thủ trưởng đơn vị",
        "name": "Vi Đình Thắng",
        "certificate_sha256": "3" * 64,
    }


def test_what_the_treasury_has_is_signed_too_and_left_out_when_there_is_nothing() -> None:
    assert "on_file" not in json.loads(made()["dossier.json"])
    content = made(DOSSIER.model_copy(update={"on_file": ("I02A",)}))["dossier.json"]
    assert json.loads(content)["on_file"] == ["I02A"]
    assert read_descriptor(content).on_file == ("I02A",)
    assert read_descriptor(made()["dossier.json"]).on_file == ()


def test_digests_bind_the_documents() -> None:
    files = made()
    for part in read_descriptor(files["dossier.json"]).documents:
        assert hashlib.sha256(files[part.name]).hexdigest() == part.sha256


def test_a_document_carries_its_figures_and_its_paper() -> None:
    content = json.loads(made()["documents/01-M13.json"])
    assert content["computed"] == {
        "totals": {"lines.amount": 15_400_000},
        "words": {"total_words": "Mười lăm triệu bốn trăm nghìn đồng chẵn"},
    }
    assert read_document(made()["documents/01-M13.json"]) == (WITH_LIST, "347-2025", "c" * 64)


def test_the_same_dossier_gives_the_same_bytes() -> None:
    again = Dossier.model_validate_json(DOSSIER.model_dump_json())
    assert made(again) == made()
    assert all(canonical(json.loads(content)) == content for content in made().values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hợp đồng.PDF", "attachments/07-abababab.pdf"),
        ("ảnh.jpeg", "attachments/07-abababab.jpeg"),
        ("không đuôi", "attachments/07-abababab"),
        ("../../etc/passwd", "attachments/07-abababab"),
        ("x.tệp", "attachments/07-abababab"),
        ("x.abcdefgh", "attachments/07-abababab"),
    ],
)
def test_attachment_names_are_safe(name: str, expected: str) -> None:
    assert attachment_name(7, SCAN.model_copy(update={"name": name})) == expected


def test_digests_must_match_the_documents_one_to_one() -> None:
    with pytest.raises(ValueError, match="shorter"):
        describe(DOSSIER, UNIT, signing_steps(DOSSIER.documents), SIGNERS, ["c" * 64], "347-2025")


def test_a_signer_without_a_certificate_is_named() -> None:
    bare = SIGNERS | {2: PEOPLE[1].model_copy(update={"certificate_sha256": ""})}
    with pytest.raises(DescriptorError, match="Hà Văn Tuyên chưa khai chứng thư số") as caught:
        describe(DOSSIER, UNIT, signing_steps(DOSSIER.documents), bare, DIGESTS, "347-2025")
    assert caught.value.code == "no_certificate"


def swap(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"{", b"{ "),
        (b'"urgent":true', b'"urgent":true,"urgent":true'),
        (b'"urgent":true', b'"urgent":1'),
        (b'"urgent":true', b'"urgent":true,"xtra":1'),
        (b'"format":"vungxa-dossier-1"', b'"format":"vungxa-dossier-2"'),
        (b'"order":1', b'"order":1.0'),
        (b'"size":600000', b'"size":-1'),
        (b'"chief_accountant"', b'"chief_hacker"'),
        (b"}", b""),
        (b"{", b"\xff{"),
    ],
)
def test_a_table_of_contents_of_another_shape_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(DescriptorError) as caught:
        read_descriptor(swap(made()["dossier.json"], old, new))
    assert caught.value.code == "bad_descriptor"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"amount":15400000', b'"amount":15400000.0'),
        (b'"amount":15400000', b'"amount":[1]'),
        (b'"pdf_sha256":"c', b'"pdf_sha256":"C'),
        (b'"pack":', b'"pace":'),
    ],
)
def test_a_document_of_another_shape_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(DescriptorError) as caught:
        read_document(swap(made()["documents/01-M13.json"], old, new))
    assert caught.value.code == "bad_document"


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"[" * 100_000, b'"' + b"x" * 5_000_000 + b'"'])
def test_nonsense_is_refused(content: bytes) -> None:
    with pytest.raises(DescriptorError):
        read_document(content)
