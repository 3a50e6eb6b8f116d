"""The doctor's steps for the machine and the unit: smart-card service, evidence that waits, the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.desk.clock_check import clock_problem
from desktop.desk.doctor_repairs import repairs
from desktop.desk.evidence import waiting, warning
from desktop.dossier.dates import instant
from desktop.dossier.doctor_views import Area, DoctorStep, StepState
from desktop.signing.modules import ModuleFile
from desktop.signing.smartcard import service_state
from desktop.store.store import Store

SERVICE, EVIDENCE, CLOCK = "Dịch vụ thẻ thông minh", "Dấu thời gian", "Đồng hồ"
_SERVICE_WORDS = {
    "running": (StepState.OK, "Dịch vụ thẻ thông minh của máy đang chạy."),
    "stopped": (StepState.WARNING, "Dịch vụ thẻ thông minh của máy không trả lời, nên không thấy đầu đọc nào."),
    "missing": (StepState.WARNING, "Máy chưa cài dịch vụ thẻ thông minh, nên không thấy đầu đọc nào."),
    "unneeded": (StepState.SKIPPED, "Máy chỉ dùng token phần mềm nên không cần dịch vụ thẻ thông minh."),
    "unknown": (StepState.SKIPPED, "Không hỏi được dịch vụ thẻ thông minh trên loại máy này."),
}
FAR_BEHIND = "2026-01-01T00:00:00Z"
"""The day the decree came into force: no machine at work can be before it."""


def service_step(modules: Sequence[ModuleFile]) -> DoctorStep:
    """The system's service between drivers and readers; software tokens do without."""
    software = bool(modules) and all("softhsm" in module.path.name for module in modules)
    told = "unneeded" if software else service_state()
    how, found = _SERVICE_WORDS[told]
    return DoctorStep("service", f"service_{told}", how, SERVICE, found, repairs(f"service_{told}"))


def unit_steps(store: Store | None, now: datetime) -> Iterator[DoctorStep]:
    """What the unit's store knows: packages that wait for a time-stamp, and whether the clock can be right."""
    if store is None:
        yield DoctorStep("evidence", "no_unit", StepState.SKIPPED, EVIDENCE, "Chưa chỉ đơn vị nào.", area=Area.UNIT)
        return
    yield _evidence(store, now)


def clock_step(store: Store | None, now: datetime) -> DoctorStep:
    """A clock that is behind what was already written down is wrong, with or without a network."""
    behind = "Đồng hồ máy chậm hơn ngày chương trình ra đời: ngày giờ của máy sai." if instant(now) < FAR_BEHIND else ""
    if wrong := behind or (clock_problem(store, now) if store is not None else ""):
        return DoctorStep("machine_clock", "clock_wrong", StepState.ERROR, CLOCK, wrong, repairs("clock_wrong"))
    found = "Ngày giờ của máy không trái với việc đã ghi."
    return DoctorStep("machine_clock", "clock_ok", StepState.OK, CLOCK, found)


def _evidence(store: Store, now: datetime) -> DoctorStep:
    state = waiting(store, now)
    detail = {"count": state.count, "late": state.late, "oldest_at": state.oldest_at}
    if state.late:
        return DoctorStep(
            "evidence", "evidence_late", StepState.WARNING, EVIDENCE, warning(store, now),
            repairs("evidence_late"), Area.UNIT, detail=detail,
        )  # fmt: skip
    found = f"{state.count} gói chờ bằng chứng lâu dài, chưa gói nào quá hạn." if state.count else "Không gói nào chờ."
    return DoctorStep("evidence", "evidence_ok", StepState.OK, EVIDENCE, found, area=Area.UNIT, detail=detail)
