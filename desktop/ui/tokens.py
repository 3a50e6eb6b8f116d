"""The colours of the window, once: everything that paints reads them here and nothing else knows a hex value.

Measured for WCAG AA (text 4.5, graphics 3.0) by tests/ui/test_theme.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tint:
    """A state colour: `ink` for text, icon and bar, `paper` for the tint under it, `edge` for its border."""

    ink: str
    paper: str
    edge: str


@dataclass(frozen=True)
class Tokens:
    """One theme's colours as #RRGGBB; names follow what a colour is for."""

    surface: str
    app: str
    subtle: str
    text: str
    muted: str
    faint: str
    control: str
    line: str
    line2: str
    accent: str
    accent_hover: str
    on_accent: str
    focus: str
    sel: str
    used: str
    held: str
    track: str
    nav: str
    nav_active: str
    nav_text: str
    nav_muted: str
    paper_desk: str
    tints: dict[str, Tint]

    def tint(self, name: str) -> Tint:
        """Give a state colour by name; slate for a name the theme does not know, so that a new state still shows."""
        return self.tints.get(name, self.tints["slate"])


LIGHT = Tokens(
    surface="#FFFFFF",
    app="#E9EDF1",
    subtle="#F4F6F8",
    text="#16202A",
    muted="#465361",
    faint="#5C6874",
    control="#7D8995",
    line="#C6CED6",
    line2="#DDE3E8",
    accent="#0B5CAD",
    accent_hover="#094D92",
    on_accent="#FFFFFF",
    focus="#0B5CAD",
    sel="#D9E8F8",
    used="#5A7186",
    held="#A86A00",
    track="#E1E6EB",
    nav="#14293C",
    nav_active="#24486B",
    nav_text="#E6EDF3",
    nav_muted="#A5B6C5",
    paper_desk="#8795A3",
    tints={
        "red": Tint("#A9221B", "#FCECEA", "#E4A8A4"),
        "amber": Tint("#7F4B00", "#FFF3D9", "#E2BE77"),
        "green": Tint("#17653A", "#E5F4EA", "#9FCFB2"),
        "blue": Tint("#0B5CAD", "#E4EFFA", "#A3C6E8"),
        "violet": Tint("#5F3A98", "#F0EAFA", "#C6B2E3"),
        "teal": Tint("#0A5F69", "#E1F2F4", "#98CBD1"),
        "slate": Tint("#465361", "#EDF0F3", "#C6CED6"),
    },
)

DARK = Tokens(
    surface="#18212A",
    app="#10171E",
    subtle="#1E2933",
    text="#E8EDF2",
    muted="#B4C0CB",
    faint="#98A6B3",
    control="#7C8C9A",
    line="#3A4956",
    line2="#2B3843",
    accent="#2570BF",
    accent_hover="#1F65AE",
    on_accent="#FFFFFF",
    focus="#7DB7F2",
    sel="#1D3C5B",
    used="#7F97AC",
    held="#D9A441",
    track="#2B3843",
    nav="#0B1118",
    nav_active="#1D3C5B",
    nav_text="#E6EDF3",
    nav_muted="#A5B6C5",
    paper_desk="#2B3843",
    tints={
        "red": Tint("#FF9C94", "#3A1B1A", "#7A3A37"),
        "amber": Tint("#F2BE5C", "#35270D", "#735822"),
        "green": Tint("#7BD3A0", "#13301F", "#2F6446"),
        "blue": Tint("#8CC0F5", "#16304A", "#335D87"),
        "violet": Tint("#C6ACF2", "#2B2140", "#574380"),
        "teal": Tint("#73CCD6", "#0F2E32", "#2B636A"),
        "slate": Tint("#B4C0CB", "#26323D", "#3A4956"),
    },
)


def contrast(one: str, other: str) -> float:
    """Give the WCAG 2.2 contrast ratio (1..21) of two #RRGGBB colours."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
