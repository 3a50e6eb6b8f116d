"""The strip over the examination: what to do, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Collection

from desktop.dossier.doctor_views import DoctorReport, DoctorStep, StepState
from desktop.ui.kit.basic import announce, button
from desktop.ui.kit.signs import Banner
from desktop.ui.wording import clock

BEFORE = (
    "Chưa khám lần nào từ khi mở chương trình.",
    "Cắm mọi token cần xem rồi bấm «Khám token». Máy không hỏi mã PIN và không đổi gì trên token.",
)


class TokenStrip(Banner):
    """`cancel` is called by its button, which is there only while an examination is under way."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__("slate", "info", *BEFORE)
        self._cancel = button("Dừng khám", "x", "small", cancel)
        self._cancel.setVisible(False)
        self.buttons.addWidget(self._cancel)

    def under_way(self, steps: Collection[DoctorStep]) -> None:
        """Say how far it is."""
        done = sum(step.state is not StepState.RUNNING for step in steps)
        now = next((step for step in reversed(list(steps)) if step.state is StepState.RUNNING), None)
        what = f"{now.title}: {now.about}." if now is not None and now.about else ""
        self.say("blue", "hourglass", f"Đang khám, xong {done} bước.", what or "Giữ nguyên token trong máy.")
        self._cancel.setVisible(True)

    def ended(self, report: DoctorReport) -> None:
        """Say how it ended, errors first."""
        self._cancel.setVisible(False)
        bad, odd, good = (report.count(state) for state in (StepState.ERROR, StepState.WARNING, StepState.OK))
        at = f"Khám lúc {clock(report.at)}: {good} bước được, {odd} nên xem, {bad} lỗi."
        if report.cancelled:
            self.say("amber", "pause", "Đã dừng khám theo ý bạn.", at)
        elif bad:
            self.say("red", "circle-x", f"Có {bad} lỗi làm chưa ký được.", f"{at} Chọn dòng có lỗi để xem cách sửa.")
        elif odd:
            self.say("amber", "triangle-alert", f"Ký được, có {odd} việc nên xem.", at)
        else:
            self.say("green", "circle-check", "Token dùng được.", at)
        announce(self, self.accessibleName())

    def broke(self, message: str) -> None:
        """Say that it could not be done."""
        self._cancel.setVisible(False)
        head, _, rest = message.partition(". ")
        self.say("red", "circle-alert", head.rstrip(".") + ".", rest)
