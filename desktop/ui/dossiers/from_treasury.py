"""What the Treasury wrote about a dossier, for its pane: figures in its forms, and papers beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.dossier.figure_words import FigureView
from desktop.dossier.paper_views import PaperView
from desktop.dossier.views import DossierDetail
from desktop.ui.kit.basic import button, column, label, rule

SHOWN = 12
"""More figures than this are counted; the paper has them all."""


def add_from_treasury(box: QVBoxLayout, detail: DossierDetail, show: Callable[[PaperView], object]) -> None:
    """Add figures and papers below what is in the box; nothing when there are none."""
    if not detail.figures and not detail.papers:
        return
    box.addWidget(rule())
    box.addWidget(label("Kho bạc ghi", "section"))
    for figure in detail.figures[:SHOWN]:
        box.addLayout(_figure(figure))
    if len(detail.figures) > SHOWN:
        box.addWidget(label(f"và {len(detail.figures) - SHOWN} số liệu khác", "caption"))
    for paper in detail.papers:
        words = f"Mẫu {paper.form.removeprefix('M')} số {paper.number}".removesuffix(" số ")
        made = button(words, "file-text", "", partial(show, paper))
        made.setEnabled(paper.document is not None)
        made.setToolTip(f"{paper.title}. {paper.text}")
        box.addWidget(made)


def _figure(figure: FigureView) -> QVBoxLayout:
    made = column(gap=0)
    made.addWidget(label(f"{figure.place}: {figure.label}", "caption", wrap=True))
    beside = f"  (đơn vị ghi {figure.own})" if figure.own and figure.own != figure.value else ""
    made.addWidget(label(f"{figure.value}{beside}", "strong", wrap=True))
    return made
