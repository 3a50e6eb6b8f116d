"""Every state a user meets, by name: each is put on services in memory and gives the widget to look at."""

# ruff: noqa: E501 - rows of data read best as rows

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.dossier.document import Dossier, Level, Problem
from desktop.dossier.duties import MAY, Act, Duty
from desktop.dossier.lifecycle import Facts
from desktop.dossier.pack import load_pack
from desktop.dossier.views import DossierDetail, EstimateView, LinkView, TimeNote
from desktop.ui.delivery.page import DeliveryPage
from desktop.ui.dossiers.importing import ImportDialog
from desktop.ui.editor.acknowledge import Question
from tests.ui.balances_states import BALANCES
from tests.ui.creating_states import CREATING
from tests.ui.data_states import DATA
from tests.ui.paper_states import PAPERS
from tests.ui.payee_states import PAYEES
from tests.ui.sample import queue_item
from tests.ui.scan_states import SCAN_STATES
from tests.ui.settings_states import SETTINGS
from tests.ui.signing_states import SIGNING
from tests.ui.stage import LONG, Stage, until
from tests.ui.user_list_states import USER_LIST
from tests.ui.users_states import UNLOCK

REFUSED = Facts(submitted=True, steps=2, signed=2, package_id="9" * 64, refused_code="E-7", refused_message="Chữ ký")


def empty_list(stage: Stage) -> QWidget:
    stage.memory.desk.dossiers.clear()
    stage.memory.desk.estimate_line = None
    return _list(stage)


def no_hits(stage: Stage) -> QWidget:
    page = stage.window.dossiers()
    page.search.setText("không có chữ này")
    until(lambda: page.model.totals.count == 0)
    return stage.window


def long_titles(stage: Stage) -> QWidget:
    desk = stage.memory.desk
    for local_id, dossier in desk.dossiers.items():
        desk.dossiers[local_id] = dossier.model_copy(update={"title": LONG})
        desk.amounts[local_id] = 1_234_567_890_123
    return _list(stage)


def many_rows(stage: Stage) -> QWidget:
    desk = stage.memory.desk
    for number in range(200):
        desk.dossiers[f"m{number}"] = Dossier(local_id=f"m{number}", number=f"1{number:03d}", title="Tiền điện")
    window = _list(stage)
    stage.window.dossiers().table.choose(150)
    return window


def list_error(stage: Stage) -> QWidget:
    stage.window.context.bus.failed.emit("Đĩa đầy nên chưa lưu được. Xóa bớt tệp trên đĩa rồi thử lại.")
    return stage.window


def deleted(stage: Stage) -> QWidget:
    stage.window.dossiers().choose("d0440")
    stage.window.dossiers().delete()
    return stage.window


def importing(stage: Stage) -> QWidget:
    names = ("C202aRDT0012.xml", "C202aRDT0013.xml", "Ghi chú gửi kế toán trưởng về các chứng từ tháng 11.docx")
    stage.window.dossiers().files.take_all([Path(name) for name in names * 4])
    dialog = stage.window.findChild(ImportDialog)
    assert dialog is not None
    until(lambda: not dialog.running)
    return dialog


def detail(
    local_id: str, facts: Facts | None = None, reason: str = "", time: TimeNote | None = None
) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        desk = stage.memory.desk
        if facts is not None:
            desk.facts[local_id] = facts
            known = desk.detail(local_id)
            desk.details[local_id] = DossierDetail(known.row, reason, known.documents, time=time)
        _list(stage)
        stage.window.dossiers().choose(local_id)
        return stage.window

    return show


def _list(stage: Stage) -> QWidget:
    stage.window.go("dossiers")
    return stage.window


def editor(local_id: str = "d0442", tab: int = 0) -> Callable[[Stage], QWidget]:
    return lambda stage: stage.editor(local_id, tab).window()


def walked(stage: Stage) -> QWidget:
    stage.editor().walk(1)
    return stage.window


def whole_dossier_problems(stage: Stage) -> QWidget:
    words = "Hồ sơ còn thiếu hợp đồng của lần chi đầu. Đính kèm bản PDF hợp đồng đã ký ở thẻ Đính kèm rồi trình lại."
    stage.memory.desk.problems = lambda _dossier: [Problem(rule="R-4", level=Level.ERROR, message=words)] * 2
    return stage.editor().window()


def warnings(count: int) -> Callable[[Stage], QWidget]:
    words = "Lần trước số tài khoản này ghi tên «Công ty TNHH TM Hải Lâm». Xem lại tên đơn vị nhận tiền"

    def show(stage: Stage) -> QWidget:
        box = Question(stage.window, [f"{words}, chứng từ {i + 1}." for i in range(count)])
        box.open()
        return box

    return show


def attach_failed(stage: Stage) -> QWidget:
    page = stage.editor(tab=2)
    page.fail("Tệp «Hợp đồng 17-2026.heic» thuộc loại không gửi được. Chuyển sang PDF rồi thêm lại.")
    return stage.window


def long_file_names(stage: Stage) -> QWidget:
    page = stage.editor(tab=2)
    file = page.draft.dossier.attachments[0]
    page.draft.add_attachment(file.model_copy(update={"name": f"{LONG}.pdf", "sha256": "f" * 64}))
    return stage.window


def beneficiaries(count: int) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        page = stage.editor(tab=1)
        rows = page.draft.document(1).tables["lines"]
        page.draft.set_rows(1, "lines", [dict(rows[i % len(rows)]) for i in range(count)])
        page.views[1].grids["lines"].go_to(count - 1, "amount")
        return stage.window

    return show


def cash(stage: Stage) -> QWidget:
    page = stage.editor()
    page.draft.set_choice(0, "payment_mode", "cash")
    page.views[0].verticalScrollBar().setValue(10_000)
    return stage.window


def all_unfolded(stage: Stage) -> QWidget:
    view = stage.editor().views[0]
    for fold in list(view._folded):
        view.unfold(fold)
    return stage.window


def over_estimate(stage: Stage) -> QWidget:
    stage.memory.desk.estimate_line = EstimateView(
        600_000_000, 312_150_000, 287_000_000, 850_000, "2026-11-24T02:40:00Z", "9523.4.1098765", "13", "341", 2026
    )
    return stage.editor().window()


def no_estimate(stage: Stage) -> QWidget:
    stage.memory.desk.estimate_line = None
    return stage.editor().window()


def look_up(stage: Stage) -> QWidget:
    page = stage.editor()
    grid = page.views[0].grids["lines"]
    grid.go_to(2, "econ")
    grid.look_up()
    page._codes.popup.field.setText("van phong")
    return page._codes.popup


def delivery_page(stage: Stage) -> DeliveryPage:
    page = stage.window.page()
    assert isinstance(page, DeliveryPage)
    return page


def some_doubtful(stage: Stage) -> QWidget:
    window = stage.delivery()
    delivery_page(stage).table.choose(3)
    return window


def refused_package(stage: Stage) -> QWidget:
    why = "Chữ ký của kế toán trưởng không còn hiệu lực. Lập bản sửa rồi ký lại."
    item = queue_item("0423", LONG, 1_234_567_890_123, 1_258_291, 1_258_291, REFUSED, why)
    return stage.delivery(items=(item,), current=None)


OFFLINE = "Không có mạng. Hồ sơ vẫn giữ trong máy và tự gửi khi có mạng."
CAPTIVE = "Mạng cần đăng nhập, hoặc máy trả lời không phải Kho bạc."
SINCE = "2026-11-24T02:42:00Z"
SUPPLEMENT = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64, receipt_no="KB-1", decision="supplement")
BY_HOLDER = Facts(submitted=True, steps=3, signed=2)
RECEIVED = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64, receipt_no="KB-1")
LIMIT = "1 ngày làm việc từ khi Kho bạc nhận đủ hồ sơ hợp lệ (NĐ 347/2025 Điều 6.5)"
DUE = TimeNote(
    "Hạn Kho bạc trả kết quả", "thứ Sáu 25/12/2026 (còn 1 ngày làm việc)", LIMIT, "teal", "2026-12-25", 1, "R-192"
)
LATE = TimeNote(
    "Hạn Kho bạc trả kết quả", "thứ Sáu 25/12/2026 (quá 2 ngày làm việc)", LIMIT, "red", "2026-12-25", -2, "R-192"
)


def of_form(form_id: str) -> Callable[[Stage], QWidget]:
    return lambda stage: stage.filled(form_id)


def viewer(stage: Stage) -> QWidget:
    """A draft as somebody sees it who may only look."""
    stage.memory.desk.denied |= {act.value for act in Act if act not in MAY[Duty.VIEWER]}
    return editor()(stage)


STATES: dict[str, Callable[[Stage], QWidget]] = {
    "list": detail("d0409"),
    "list-empty": empty_list,
    "list-no-hits": no_hits,
    "list-long": long_titles,
    "list-200": many_rows,
    "list-error": list_error,
    "list-deleted": deleted,
    "list-importing": importing,
    "list-to-sign": detail("d0439", BY_HOLDER),
    "list-supplement": detail("d0416", SUPPLEMENT, "Lần duy nhất: thiếu biên bản nghiệm thu đợt 2."),
    "list-refused": detail("d0424", REFUSED, "Chữ ký của kế toán trưởng không còn hiệu lực."),
    "list-due": detail("d0424", RECEIVED, time=DUE),
    "list-late": detail("d0424", RECEIVED, time=LATE),
    "editor": editor(),
    "editor-walked": walked,
    "editor-whole": whole_dossier_problems,
    "editor-warning": warnings(1),
    "editor-warnings": warnings(9),
    "editor-files": editor(tab=2),
    "editor-files-failed": attach_failed,
    "editor-files-long": long_file_names,
    "editor-people": editor(tab=1),
    "editor-people-300": beneficiaries(300),
    **PAYEES,
    **CREATING,
    **PAPERS,
    "editor-cash": cash,
    "editor-unfolded": all_unfolded,
    "editor-over": over_estimate,
    "editor-no-estimate": no_estimate,
    "editor-history": editor("d0409", tab=2),
    "editor-frozen": editor("d0409"),
    "users-viewer": viewer,
    "editor-m10": lambda stage: stage.form("C2-03/NS"),
    "editor-m17": lambda stage: stage.form("C4-02a/KB"),
    "lookup": look_up,
    **SIGNING,
    "delivery": lambda stage: stage.delivery(),
    "delivery-offline": lambda stage: stage.delivery(link=LinkView("offline", OFFLINE, SINCE), current=None, eta_seconds=None, rate=0),
    "delivery-captive": lambda stage: stage.delivery(link=LinkView("captive", CAPTIVE, SINCE), current=None, eta_seconds=None, rate=0),
    "delivery-good": lambda stage: stage.delivery(link=LinkView("good", "Đã nối với Kho bạc.", SINCE, 99_000), current=None),
    "delivery-paused": lambda stage: stage.delivery(link=LinkView("paused", "Mạng yếu.", SINCE), paused=True, current=None),
    "delivery-doubtful": some_doubtful,
    "delivery-refused": refused_package,
    "delivery-empty": lambda stage: stage.delivery(items=(), current=None, total_bytes=0, sent_bytes=0, log=(), received=(), eta_seconds=None, rate=0),
    **BALANCES,
    **SCAN_STATES,
    **SETTINGS,
    **DATA,
    **UNLOCK,
    **USER_LIST,
    **{f"form-{form.id}": of_form(form.id) for form in load_pack().forms if form.client_editable},
}  # fmt: skip
