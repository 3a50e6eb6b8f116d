"""Who signs each step, asked when there is a choice: the registered holder, or one who signs in the holder's place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QWidget

from desktop.dossier.people_views import PersonChoice, StepChoice
from desktop.ui.kit.basic import column, label

_ASKED = "Chọn người ký cho từng chức danh. Người được ủy quyền ký «TUQ.» thay người ủy quyền."


def has_choice(steps: Sequence[StepChoice]) -> bool:
    """Tell whether somebody must say who signs: more than one may, or nobody but a delegate."""
    return any(len(step.people) > 1 or any(person.delegate for person in step.people) for step in steps)


class SignersDialog(QDialog):
    """One field for each step; the registered holder stands first."""

    def __init__(self, parent: QWidget, steps: Sequence[StepChoice]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Người ký hồ sơ")
        self.fields: dict[int, QComboBox] = {}
        layout = column(self, (18, 16, 18, 14), 12)
        layout.addWidget(label(_ASKED, wrap=True))
        form = QFormLayout()
        for step in steps:
            if step.people:
                self.fields[step.order] = _field(step)
                form.addRow(step.title, self.fields[step.order])
        layout.addLayout(form)
        buttons = QDialogButtonBox(self)
        buttons.addButton("Trình ký", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Quay lại sửa", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def chosen(self) -> dict[int, str] | None:
        """Wait for the answer: person ids by the order of their step, None when the user goes back."""
        if self.exec() != QDialog.DialogCode.Accepted:
            return None
        return {order: str(field.currentData()) for order, field in self.fields.items()}


def _field(step: StepChoice) -> QComboBox:
    field = QComboBox()
    field.setAccessibleName(f"Người ký: {step.title}")
    for person in step.people:
        field.addItem(_words(person), person.person_id)
    return field


def _words(person: PersonChoice) -> str:
    return f"{person.name} ({person.note})"
