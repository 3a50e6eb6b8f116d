"""Everything a hand-over file says is held against what is signed before it is shown; a lie of any kind is refused."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.desk.handover_checks import check
from desktop.dossier.canonical import canonical
from desktop.dossier.descriptor import DESCRIPTOR_NAME
from desktop.dossier.errors import VungXaError
from desktop.signing.asice import DataObject, Package, read, write
from desktop.signing.handover import HandedDossier, read_handover
from tests.unit.desk.handover_kit import Machine

Change = Callable[[HandedDossier], HandedDossier]


def draft(**values: object) -> Change:
    def change(handed: HandedDossier) -> HandedDossier:
        told = handed.part.draft.model_copy(update=values)
        return replace(handed, part=handed.part.model_copy(update={"draft": told}))

    return change


def with_package(change: Callable[[Package], Package]) -> Change:
    return lambda handed: replace(handed, package=write(change(read(handed.package))))


def unsigned(package: Package) -> Package:
    return Package(package.objects, ())


def written(name: str, change: Callable[[dict[str, object]], object]) -> Change:
    """One signed file says something else, dossier.json names the new digest, and nobody has signed yet."""

    def altered(package: Package) -> Package:
        found = {item.name: item for item in package.objects}
        target = next(key for key in found if key.startswith(name))
        told = json.loads(found[target].content)
        change(told)
        content = canonical(told)
        contents = json.loads(found[DESCRIPTOR_NAME].content)
        for listed in contents["documents"]:
            if listed["name"] == target:
                listed["sha256"] = hashlib.sha256(content).hexdigest()
        found[DESCRIPTOR_NAME] = replace(found[DESCRIPTOR_NAME], content=canonical(contents))
        found[target] = replace(found[target], content=content)
        return unsigned(Package(tuple(found.values()), ()))

    return with_package(altered)


def flipped(handed: HandedDossier) -> HandedDossier:
    """One digit of an amount, wherever it stands in the documents."""
    objects = [
        replace(item, content=item.content.replace(b"3412500", b"3412501")) for item in read(handed.package).objects
    ]
    return replace(handed, package=write(Package(tuple(objects), read(handed.package).signatures)))


def added(package: Package) -> Package:
    return Package(
        (*package.objects, DataObject("attachments/99-x.pdf", "application/pdf", b"%PDF")), package.signatures
    )


def without_signature_file(handed: HandedDossier) -> HandedDossier:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(handed.package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if not name.endswith(".p7s"):
                new.writestr(name, old.read(name))
    return replace(handed, package=buffer.getvalue())


def code(home: Machine, away: Machine, partly: str, change: Change) -> str:
    (handed,) = read_handover(home.give(partly)).dossiers
    try:
        check(away.office.context(), change(handed))
    except VungXaError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda handed: handed, ""),
        (with_package(unsigned), ""),
        (draft(title="Chi khác"), "handover_altered"),
        (draft(documents=()), "handover_altered"),
        (draft(urgent=True), "handover_altered"),
        (draft(local_id="d2"), "handover_altered"),
        (flipped, "handover_altered"),
        (with_package(added), "handover_altered"),
        (lambda handed: replace(handed, package=b"PK"), "handover_damaged"),
        (without_signature_file, "handover_damaged"),
        (written("documents/", lambda told: told["computed"]["totals"].clear()), "handover_altered"),
        (written("documents/", lambda told: told.update(pdf_sha256="0" * 64)), "handover_altered"),
        (written("dossier.json", lambda told: told.update(signers=told["signers"][:1])), "handover_altered"),
        (written("dossier.json", lambda told: told.update(pack="999-2030")), "unknown_pack"),
    ],
)
def test_what_is_not_as_signed_is_refused(
    home: Machine, away: Machine, partly: str, change: Change, wanted: str
) -> None:
    assert code(home, away, partly, change) == wanted


def test_what_nobody_signed_yet_is_to_be_compared_by_telephone(home: Machine, away: Machine, partly: str) -> None:
    (handed,) = read_handover(home.give(partly)).dossiers
    checked = check(away.office.context(), with_package(unsigned)(handed))
    assert "mã đối chiếu" in checked.notes[0]
