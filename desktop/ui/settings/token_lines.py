"""Steps of an examination, tokens and drivers as lines of lists."""

from __future__ import annotations

from pathlib import PurePath

from desktop.dossier.doctor_views import Area, DoctorStep, DoctorToken, DriverView, StepState
from desktop.ui.kit.cells import Cell, Kind
from desktop.ui.settings.list_model import Line, sorted_text
from desktop.ui.wording import day

STEPS = (("Việc khám", 210), ("Của", 150), ("Kết quả", 110), ("Tìm thấy", 0))
TOKENS = (("Token", 0), ("Số token", 140), ("Đầu đọc", 150), ("Mã PIN", 128))
DRIVERS = (("Tệp trình điều khiển", 0), ("Nguồn", 120), ("Tình trạng", 140))

STATES: dict[StepState, tuple[str, str, str]] = {
    StepState.RUNNING: ("Đang xem", "hourglass", "blue"),
    StepState.OK: ("Được", "circle-check", "green"),
    StepState.WARNING: ("Nên xem", "triangle-alert", "amber"),
    StepState.ERROR: ("Lỗi", "circle-x", "red"),
    StepState.SKIPPED: ("Bỏ qua", "minus", "slate"),
}
WEIGHT = {state: place for place, state in enumerate((StepState.ERROR, StepState.WARNING, StepState.RUNNING))}
AREAS = {
    Area.MACHINE: "Máy",
    Area.DRIVER: "Trình điều khiển",
    Area.TOKEN: "Token",
    Area.CERTIFICATE: "Chứng thư",
    Area.UNIT: "Đơn vị",
}


def key_of(step: DoctorStep) -> str:
    """Give what identifies a step in one examination."""
    return f"{step.area}|{step.key}|{step.name}"


def about(step: DoctorStep) -> str:
    """Say what a step is about."""
    return step.about or AREAS[step.area]


def step_line(place: int, step: DoctorStep) -> Line:
    """Show one step."""
    words, icon, tint = STATES[step.state]
    cells = (
        Cell(text=step.title, weight=600),
        Cell(text=about(step), faded=True),
        Cell(Kind.STATE, words, icon=icon, tint=tint, weight=600),
        Cell(text=step.found),
    )
    weight = WEIGHT.get(step.state, len(WEIGHT)) * 1000 + place
    return Line(key_of(step), cells, (sorted_text(step.title), sorted_text(about(step)), weight, step.found), step.code)


def pin_words(token: DoctorToken) -> tuple[str, str, str]:
    """Say how a token's PIN stands."""
    if token.pin_locked:
        return ("Đã khóa", "lock", "red")
    if token.pin_final_try:
        return ("Còn 1 lần thử", "triangle-alert", "amber")
    return ("Trên đầu đọc", "key-round", "slate") if token.pin_pad else ("Dùng được", "circle-check", "green")


def token_line(token: DoctorToken) -> Line:
    """Show one token."""
    words, icon, tint = pin_words(token)
    owners = ", ".join(dict.fromkeys(certificate.owner for certificate in token.certificates))
    name = owners or token.label
    cells = (
        Cell(text=name, weight=600),
        Cell(text=token.serial),
        Cell(text=token.reader, faded=True),
        Cell(Kind.BADGE, words, icon=icon, tint=tint),
    )
    return Line(token.serial, cells, (sorted_text(name), token.serial, sorted_text(token.reader), words), token.label)


def driver_line(driver: DriverView) -> Line:
    """Show one driver file."""
    words = ("Không dùng được", "circle-x", "red") if driver.problem else ("Dùng được", "circle-check", "green")
    source = "Tự chọn" if driver.picked else "Có sẵn ở máy"
    name = PurePath(driver.path).name
    cells = (
        Cell(text=name, weight=600),
        Cell(text=source, faded=True),
        Cell(Kind.BADGE, words[0], icon=words[1], tint=words[2]),
    )
    return Line(driver.path, cells, (sorted_text(name), source, words[0]), driver.path, driver.path)


def until(not_after: str) -> str:
    """Say the last day of a certificate."""
    return f"đến {day(not_after)}" if not_after else ""
