"""The dossier being edited: every change is one undo step, saved within a second, checked after a short pause.

The steps are kept beside the draft, so that Ctrl+Z still works after a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.dossier.beginning import answered_again
from desktop.dossier.compute import fill
from desktop.dossier.document import Attachment, Document, Dossier, Problem, Row, Value
from desktop.dossier.duties import Act
from desktop.dossier.errors import VungXaError
from desktop.dossier.forms import Form
from desktop.dossier.in_step import in_step
from desktop.dossier.lifecycle import State
from desktop.dossier.migrate import Change
from desktop.dossier.pack import form_of, under
from desktop.dossier.purposes import Plan
from desktop.ui.services import DeskService

STEPS = 50
SAVE_MS, CHECK_MS = 600, 200
AGAIN_MS = 2_000
"""Pause before what could not be saved is tried again."""


class _Step(QUndoCommand):
    """One change as the whole dossier before and after: they are immutable, so this costs a reference."""

    def __init__(self, draft: Draft, before: Dossier, after: Dossier) -> None:
        super().__init__()
        self._draft, self._before, self._after = draft, before, after
        self._done = False

    def undo(self) -> None:
        self._draft.move(self._before, "back")

    def redo(self) -> None:
        self._draft.move(self._after, "forward" if self._done else "new")
        self._done = True


class Draft(QObject):
    """Holds one dossier. `changed` after every change, `checked` when `problems` is new, `saved` once durable."""

    changed = Signal()
    checked = Signal()
    saved = Signal(str)
    failed = Signal(str)
    """Why the last save failed; what was typed stays, and it is tried again by itself until it is saved."""

    def __init__(self, desk: DeskService, local_id: str) -> None:
        super().__init__()
        self._desk = desk
        self.dossier = desk.dossier(local_id)
        self.detail = desk.detail(local_id)
        self.frozen = self.detail.row.status.state is not State.DRAFT
        self.editable = not self.frozen and desk.may(Act.DRAFT.value)
        """Whether it is a draft, and whoever is at the desk may change drafts."""
        self.problems: Sequence[Problem] = ()
        self.history = QUndoStack(self)
        self.history.setUndoLimit(STEPS)
        self._saved = self.dossier
        self._moves: list[tuple[str, Dossier]] = [("opened", self.dossier)]
        self._recalling = self._recalled = False
        self._failing = self._warned = False
        self._typing: Callable[[], object] | None = None
        self._held = self.dossier
        self._holding = False
        self._save_clock = self._timer(SAVE_MS, self.flush)
        self._again_clock = self._timer(AGAIN_MS, self.flush)
        self._check_clock = self._timer(CHECK_MS, self.check)

    def _timer(self, pause: int, run: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(pause)
        made.timeout.connect(lambda *_args: run())
        return made

    @property
    def local_id(self) -> str:
        """The dossier's own id."""
        return self.dossier.local_id

    def document(self, place: int) -> Document:
        """Give one of the dossier's forms."""
        return self.dossier.documents[place]

    def form(self, place: int) -> Form:
        """Give the official form of one of them, in the pack the dossier stands under."""
        return form_of(self.document(place).form, self.dossier.pack)

    def move_to_pack(self) -> Sequence[Change]:
        """Carry the draft over to the form pack in force, a step that can be taken back; gives what changed by it."""
        moved = self._desk.moved(self.dossier) if self.editable else None
        if moved is None:
            return ()
        self._push(moved.dossier)
        return moved.changes

    def set_title(self, title: str) -> None:
        """Change the dossier's title."""
        self._push(self.dossier.model_copy(update={"title": title}))

    def set_urgent(self, urgent: bool) -> None:
        """Say whether the dossier goes first."""
        self._push(self.dossier.model_copy(update={"urgent": urgent}))

    def set_field(self, place: int, key: str, value: Value) -> None:
        """Change one field of one form; an emptied field is left out."""
        self._change(place, fields=_with(self.document(place).fields, key, value))

    def set_choice(self, place: int, key: str, value: str) -> None:
        """Tick a choice's boxes; "" leaves none ticked."""
        kept = {name: old for name, old in self.document(place).choices.items() if name != key}
        self._change(place, choices={**kept, key: value} if value else kept)

    def set_rows(self, place: int, table: str, rows: Sequence[Row]) -> None:
        """Replace the lines of a table; cells that follow from others are written here, nobody types them."""
        document = self.document(place)
        changed = document.model_copy(update={"tables": {**document.tables, table: list(rows)}})
        filled = fill(changed, self.form(place))
        self._change(place, tables=filled.tables)

    def add_document(self, document: Document) -> None:
        """Add a form at the end."""
        self._push(self.dossier.model_copy(update={"documents": (*self.dossier.documents, document)}))

    def drop_document(self, place: int) -> None:
        """Take a form out."""
        documents = self.dossier.documents
        self._push(self.dossier.model_copy(update={"documents": (*documents[:place], *documents[place + 1 :])}))

    def set_purpose(self, made: Plan) -> None:
        """Say anew what the dossier is for; its papers stay."""
        self._push(answered_again(self.dossier, made))

    def set_on_file(self, components: tuple[str, ...]) -> None:
        """Say which components the Treasury has already."""
        self._push(self.dossier.model_copy(update={"on_file": components}))

    def add_attachment(self, attachment: Attachment) -> None:
        """Add a file that is already in the store; the same content twice stays one."""
        if attachment.sha256 not in {known.sha256 for known in self.dossier.attachments}:
            self._push(self.dossier.model_copy(update={"attachments": (*self.dossier.attachments, attachment)}))

    def drop_attachment(self, sha256: str) -> None:
        """Take a file out of the dossier."""
        kept = tuple(known for known in self.dossier.attachments if known.sha256 != sha256)
        self._push(self.dossier.model_copy(update={"attachments": kept}))

    def replace_attachment(self, old: Attachment, new: Attachment) -> None:
        """Put one file in the place of another, as one step."""
        others = [known for known in self.dossier.attachments if known.sha256 != new.sha256 or known == old]
        files = tuple(new if known.sha256 == old.sha256 else known for known in others)
        self._push(self.dossier.model_copy(update={"attachments": files}))

    def hold(self, take: Callable[[], object] | None) -> None:
        """Save within a second what `take` would change, as no step of its own: somebody is still typing it.

        With None nobody is typing any more; what was typed is a step by then, or was given up.
        """
        self._typing = take
        if self.editable and not self._save_clock.isActive():
            self._save_clock.start()

    def _standing(self) -> Dossier:
        """The dossier with what stands in the field being typed in."""
        if self._typing is None:
            return self.dossier
        self._held = self.dossier
        self._holding = True
        try:
            self._typing()
        finally:
            self._holding = False
        return self._held

    def undo(self) -> None:
        """Take the last step back; beyond this session's first, the steps kept from before."""
        if not self.history.canUndo():
            self._recall()
        self.history.undo()

    def redo(self) -> None:
        """Do a step again that was taken back, also before a restart."""
        if not self.history.canRedo():
            self._recall()
        self.history.redo()

    def _recall(self) -> None:
        """Put kept steps on the stack, only when they are asked for: a long list takes a while to read fifty times."""
        if self._recalled or not self.editable:
            return
        self.flush()
        steps, place = self._desk.history(self.local_id)
        self._recalled = True
        if not steps:
            return
        if steps[place] != self.dossier:  # the power went while something was typed: that is the last step
            steps, place = [*steps[: place + 1], self.dossier], place + 1
        self._recalling = True
        self.history.clear()
        for before, after in pairwise(steps):
            self.history.push(_Step(self, before, after))
        self.history.setIndex(place)
        self._recalling = False

    def check(self) -> Sequence[Problem]:
        """Check the whole dossier now."""
        self._check_clock.stop()
        self.problems = self._desk.check(self.dossier)
        self.checked.emit()
        return self.problems

    def flush(self) -> bool:
        """Save now what was not saved yet; False when it could not be, and is tried again by itself."""
        self._save_clock.stop()
        self._again_clock.stop()
        standing = self._standing()
        moved = self._failing or any(how != "opened" for how, _dossier in self._moves)
        if not self.editable or (standing == self._saved and not moved):
            return True
        try:
            at = self._desk.save(standing)
            self._desk.keep_history(self.local_id, self._moves)
        except VungXaError as error:
            self._failing = True
            self._again_clock.start()
            self.failed.emit(error.message)
            return False
        self._saved, self._moves = standing, []
        self._failing = self._warned = False
        self.saved.emit(at)
        return True

    @property
    def failing(self) -> bool:
        """Whether what is typed could not be saved and is being tried again."""
        return self._failing

    def may_leave(self) -> bool:
        """Save; what cannot be saved keeps the editor open once, and is given up by whoever leaves again."""
        if self.flush() or self._warned:
            return True
        self._warned = True
        return False

    def _change(self, place: int, **change: object) -> None:
        documents = list(self.dossier.documents)
        documents[place] = documents[place].model_copy(update=change)
        self._push(self.dossier.model_copy(update={"documents": tuple(documents)}))

    def _push(self, after: Dossier) -> None:
        if after.documents != self.dossier.documents and after.pack == self.dossier.pack:
            with under(after.pack):
                after = after.model_copy(update={"documents": in_step(after.documents, self.dossier.documents)})
        if self._holding:
            self._held = after
        elif self.editable and after != self.dossier:
            self.history.push(_Step(self, self.dossier, after))

    def move(self, dossier: Dossier, how: str) -> None:
        """Stand on a step of the history: "new", "back" or "forward"."""
        if self._recalling:
            return
        self._moves.append((how, dossier))
        self.dossier, self._typing = dossier, None
        self._save_clock.start()
        self._check_clock.start()
        self.changed.emit()


def _with(values: dict[str, Value], key: str, value: Value) -> dict[str, Value]:
    changed = {name: old for name, old in values.items() if name != key}
    return changed if value in (None, "") else {**changed, key: value}
