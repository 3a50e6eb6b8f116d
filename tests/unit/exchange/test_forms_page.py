"""Proofs that docs/forms.md shows every form of the pack and is current."""

from desktop.dossier.pack import load_pack
from tests.pictures import SHOWN
from tests.unit.exchange.forms_doc import DOCS, render

LARGEST = 40 * 1024
"""Bytes of one picture of the page."""


def test_the_page_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == render(), "run python -m tests.unit.exchange.forms_doc"


def test_every_form_has_its_small_picture() -> None:
    sizes = {path.stem: path.stat().st_size for path in SHOWN.glob("*.png")}
    assert sizes.keys() == {form.id for form in load_pack().forms}
    assert max(sizes.values()) <= LARGEST


def test_every_form_known_by_title_alone_is_listed() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert len(load_pack().scans) == 23
    assert [scan.title for scan in load_pack().scans if scan.title not in page] == []
