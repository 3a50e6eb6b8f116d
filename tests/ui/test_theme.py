"""The contrasts of the design are measured, not believed; figures stand under each other."""

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF

from desktop.ui import icons
from desktop.ui.theme import FAMILY, Theme, font
from desktop.ui.tokens import DARK, LIGHT, Tokens, contrast

TEXT = ("text", "muted", "faint")
LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


@LOOKS
@pytest.mark.parametrize("name", TEXT)
def test_text_reads_on_every_ground(look: Tokens, name: str) -> None:
    grounds = (look.surface, look.subtle) if name == "faint" else (look.surface, look.subtle, look.app, look.sel)
    assert min(contrast(getattr(look, name), ground) for ground in grounds) >= 4.5


@LOOKS
def test_every_state_colour_reads_on_white_and_on_its_tint(look: Tokens) -> None:
    for tint in look.tints.values():
        assert contrast(tint.ink, look.surface) >= 4.5
        assert contrast(tint.ink, tint.paper) >= 4.5


@LOOKS
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("on_accent", "accent", 4.5),
        ("on_accent", "accent_hover", 4.5),
        ("nav_text", "nav", 4.5),
        ("nav_muted", "nav", 4.5),
        ("nav_muted", "nav_active", 4.5),
        ("focus", "surface", 3.0),
        ("focus", "sel", 3.0),
        ("control", "surface", 3.0),
        ("used", "track", 3.0),
        ("held", "track", 3.0),
    ],
)
def test_pairs_of_the_design(look: Tokens, ink: str, ground: str, least: float) -> None:
    assert contrast(getattr(look, ink), getattr(look, ground)) >= least


def test_contrast_is_the_formula_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_the_bundled_font_is_used_with_figures_of_one_width() -> None:
    assert QFontInfo(font(10, 600)).family() == FAMILY
    metrics = QFontMetricsF(font())
    assert len({round(metrics.horizontalAdvance(figure * 10), 3) for figure in "0123456789"}) == 1


def test_sizes_follow_the_text_scale() -> None:
    assert Theme(LIGHT, 1.5).px(28) == 42
    assert Theme(LIGHT, 1.15).pt(10) == 11.5


def test_an_icon_takes_the_colour_asked_for() -> None:
    image = icons.pixmap("circle", "#A9221B", 24, 1.0).toImage()
    shades = {image.pixelColor(x, 12).name() for x in range(24) if image.pixelColor(x, 12).alpha() == 255}
    assert shades <= {QColor("#A9221B").name()}
    assert shades
