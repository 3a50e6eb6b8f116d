"""The page of the signing window tells of every state, with a picture of each."""

from tests.ui.signing_doc import PAGE, PARTS, PICTURES, page
from tests.ui.signing_states import SIGNING

TOLD = {name for states in PARTS.values() for name in states}


def test_every_state_is_told() -> None:
    assert {"signing-page-empty"} | TOLD == set(SIGNING)


def test_the_page_is_as_written() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_state_has_its_picture() -> None:
    assert {path.stem for path in PICTURES.glob("*.png")} == TOLD
