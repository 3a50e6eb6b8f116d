"""The views of a dossier's forms, each made when first looked at: a dossier of many forms opens as fast as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.dossier.forms import Form
from desktop.ui.beneficiaries.view import PayeeView
from desktop.ui.editor.form_view import FormView

View = FormView | PayeeView


class Views(Sequence[View]):
    """Place i of the stack shows form i; what stands behind the forms in the stack is left alone."""

    def __init__(self, stack: QStackedWidget, make: Callable[[int], View]) -> None:
        self._stack, self._make = stack, make
        self._forms: Sequence[Form] = ()
        self._made: dict[int, View] = {}

    def show_forms(self, forms: Sequence[Form]) -> bool:
        """Stand for these forms; False when they are the ones that stand here already."""
        if list(map(id, forms)) == list(map(id, self._forms)):
            return False
        for _ in self._forms:
            self._drop(0)
        self._forms, self._made = tuple(forms), {}
        for place in range(len(forms)):
            self._stack.insertWidget(place, QWidget())
        return True

    def made(self) -> Iterator[View]:
        """Give the views that were looked at."""
        return iter(self._made.values())

    def __len__(self) -> int:
        return len(self._forms)

    @overload
    def __getitem__(self, place: int) -> View: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[View]: ...
    def __getitem__(self, place: int | slice) -> View | Sequence[View]:
        """Give a form's view, made now when nobody looked at it before."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        if at not in self._made:
            view = self._made[at] = self._make(at)
            self._drop(at)
            self._stack.insertWidget(at, view)
        return self._made[at]

    def _drop(self, at: int) -> None:
        widget = self._stack.widget(at)
        assert widget is not None
        self._stack.removeWidget(widget)
        if isinstance(widget, PayeeView):
            for beside in (widget.side, widget.foot):
                beside.setParent(None)
                beside.deleteLater()
        widget.deleteLater()
