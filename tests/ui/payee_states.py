"""The states of the list of payees: the picture's sixteen people with what is wrong about them, and its questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.dossier.document import Dossier, Level, Problem, Row, Where
from desktop.dossier.list_views import PayeeMark
from desktop.dossier.payees import list_problems
from desktop.ui.beneficiaries.acknowledge import NameDialog
from desktop.ui.beneficiaries.mapping import MappingDialog
from desktop.ui.beneficiaries.view import PayeeView
from tests.ui.memory import proposal
from tests.ui.sample import PEOPLE_LIST
from tests.ui.stage import LONG, Stage

NAMES = (
    "Hờ A Chống", "Vàng Thị Dợ", "Lò Văn Pểnh", "Hà Thị Nguyệt", "Giàng A Súa", "Sùng Thị Mỷ", "Lương Văn Tấn",
    "Vi Thị Ổn", "Thao A Lầu", "Lò Thị Phượng", "Ngân Văn Quyết", "Hờ Thị Sông", "Phạm Bá Đoan", "Giàng Thị Chứ",
    "Lâu A Tủa", "Hà Văn Thuyết",
)  # fmt: skip
BEFORE = "Người này lần trước ngày 05/10/2026 nhận ở tài khoản 3508205010009, nay đổi tài khoản."
CHANGED = {
    "Lương Văn Tấn": PayeeMark("changed", BEFORE, "account"),
    "Phạm Bá Đoan": PayeeMark("changed", "Tài khoản này lần trước ngày 05/10/2026 trả cho «Phạm Bá Đoàn».", "name"),
    "Lâu A Tủa": PayeeMark("new"),
    "Hà Văn Thuyết": PayeeMark("known", by="Lò Thị Hạnh"),
}
SET = {
    2: {"account": "350820501886"},
    5: {"account": "3508205018112"},
    8: {"amount": None},
    10: {"bank": None},
    11: {"account": "3508205018112"},
    15: {"account": "35O8205018221"},
}


def rows() -> list[Row]:
    people: list[Row] = [
        {
            "name": name,
            "account": f"35082050180{n:02}",
            "bank": "Agribank Mường Lát",
            "amount": 963_000,
            "group": "others",
        }
        for n, name in enumerate(NAMES)
    ]
    for place, change in SET.items():
        people[place] = {k: v for k, v in (people[place] | change).items() if v is not None}
    return people


def found(dossier: Dossier) -> list[Problem]:
    """What the rules would say of the list, by the same words."""
    lists = [(place, d.tables["lines"]) for place, d in enumerate(dossier.documents) if d.form == "M20"]
    problems = [p for place, lines in lists for p in _of_list(place, lines)]
    return sorted(problems, key=lambda p: p.where.row or 0)


def _of_list(place: int, lines: list[Row]) -> Iterator[Problem]:
    for p in list_problems(lines):
        yield p.model_copy(update={"where": p.where.model_copy(update={"document": place})})
    for row, line in enumerate(lines):
        at = Where(document=place, table="lines", row=row)
        for key, words in (("amount", "số tiền"), ("bank", "ngân hàng")):
            if not line.get(key):
                yield _error("M20-5", at, key, f"Dòng {row + 1}, {words}: Ô còn trống. Điền ô này.")
        mark = CHANGED.get(str(line.get("name")), PayeeMark())
        if mark.standing == "changed":
            text = f"Dòng {row + 1}: {mark.words} Hãy đối chiếu với người nhận rồi xác nhận đích danh."
            yield _error("payee-changed", at, mark.column, text)


def _error(rule: str, at: Where, column: str, text: str) -> Problem:
    return Problem(rule=rule, level=Level.ERROR, where=at.model_copy(update={"column": column}), message=text)


def view(stage: Stage, lines: list[Row] | None = None) -> PayeeView:
    """The list of the sample dossier, with these people and what is wrong about them."""
    desk = stage.memory.desk
    desk.problems, desk.marks = found, dict(CHANGED)
    dossier = desk.dossiers["d0442"]
    people = PEOPLE_LIST.model_copy(update={"tables": {"lines": rows() if lines is None else lines}})
    desk.dossiers["d0442"] = dossier.model_copy(update={"documents": (dossier.documents[0], people)})
    made = stage.editor(tab=1).views[1]
    assert isinstance(made, PayeeView)
    return made


def wrong(stage: Stage) -> QWidget:
    view(stage).grid.go_to(8, "amount")
    return stage.window


def filtered(stage: Stage) -> QWidget:
    view(stage).chips.choose("changed")
    return stage.window


def mended(stage: Stage) -> QWidget:
    made = view(stage)
    stage.memory.desk.marks["GIANG THI CHU"] = PayeeMark("known", paid_name="Giàng Thị Chứ")
    made.model.put(13, {"name": "GIANG THI CHU"})
    made.model.put(3, {"account": "3508 2050 18003"})
    made.draft.check()
    made.grid.go_to(15, "account")
    return stage.window


def imported(stage: Stage) -> QWidget:
    view(stage).bar.show_import("Đã nhập 16 dòng, 5 cột từ phu-cap-thang-11.xlsx.", remembered=False)
    return stage.window


def head(stage: Stage) -> QWidget:
    view(stage).head.setVisible(True)
    return stage.window


def empty(stage: Stage) -> QWidget:
    view(stage, [])
    return stage.window


def mapping(name: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        box = MappingDialog(proposal(Path(name), "M20"), print, stage.window)
        box.open()
        return box

    return show


def name(stage: Stage) -> QWidget:
    now = f"{LONG}, tài khoản 109877650021, VietinBank Thanh Hóa."
    box = NameDialog(now, BEFORE, "Lò Thị Hạnh", print, stage.window)
    box.open()
    return box


def voucher(stage: Stage) -> QWidget:
    text = (
        "Tài khoản này lần trước ngày 05/10/2026 trả cho «Công ty TNHH Hải Lâm». Hãy đối chiếu rồi xác nhận đích danh."
    )
    at = Where(document=0, field="payee_name")
    stage.memory.desk.problems = lambda _dossier: [
        Problem(rule="payee-changed", level=Level.ERROR, where=at, message=text)
    ]
    return stage.editor().window()


PAYEES: dict[str, Callable[[Stage], QWidget]] = {
    "payees": wrong,
    "payees-changed": filtered,
    "payees-mended": mended,
    "payees-imported": imported,
    "payees-head": head,
    "payees-empty": empty,
    "payees-letters": mapping("cu.csv"),
    "payees-columns": mapping("la.csv"),
    "payees-name": name,
    "payees-voucher": voucher,
}
