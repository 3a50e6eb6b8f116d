"""Every form's first page against the picture kept of it; look at what changed, then run `python -m tests.pictures`."""

import pytest
from PySide6.QtGui import QImage

from desktop.dossier.document import Document
from desktop.exchange.pages import render_pages
from desktop.exchange.printing import print_document
from tests.fixtures.forms_filled import FORM_IDS
from tests.pictures import GOLDEN, GOLDEN_DPI, differences, first_page, greys

MEAN_ALLOWED = 1.5
"""Greys of 255 by which a pixel may differ on average: room for another build of the page drawer."""
BLOCK_ALLOWED = 24
"""Greys of 255 by which the worst square may differ: less than a word or a rule that moved."""


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_page_is_the_one_that_was_looked_at(form_id: str) -> None:
    mean, block = differences(first_page(form_id, GOLDEN_DPI), QImage(str(GOLDEN / f"{form_id}.png")))
    assert (mean <= MEAN_ALLOWED, block <= BLOCK_ALLOWED) == (True, True), (mean, block)


def test_a_tick_that_is_missing_shows() -> None:
    with_tick = Document(form="C4-02a/KB", choices={"payment_mode": "cash"})
    pages = [greys(render_pages(print_document(one), 397)[0]) for one in (with_tick, Document(form="C4-02a/KB"))]
    assert differences(*pages)[1] > BLOCK_ALLOWED


def test_a_page_of_another_shape_is_wholly_different() -> None:
    low, tall = (QImage(8, height, QImage.Format.Format_Grayscale8) for height in (8, 16))
    assert differences(low, tall) == (255, 255)
