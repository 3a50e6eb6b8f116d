"""Every state of the place «Ký số» and of its dialogs, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dossier.errors import VungXaError
from desktop.dossier.sign_views import SignItem, SignProgress
from desktop.ui.signing.away_dialog import AwayDialog
from desktop.ui.signing.change_pin import ChangePin
from desktop.ui.signing.covered import CoveredDialog
from desktop.ui.signing.dialog import SigningDialog
from desktop.ui.signing.hand_out_dialog import HandOutDialog, Travelling
from desktop.ui.signing.handover_dialog import HandoverDialog
from desktop.ui.signing.news import NewsDialog
from desktop.ui.signing.page import SigningPage
from desktop.ui.signing.paper_dialog import PaperDialog
from desktop.ui.signing.token_choice import SLOW, TokenChoice
from tests.ui.memory import NOW, THANG
from tests.ui.signing_sample import AWAY, HANDOVER, SITTING, many_news, sign_item, token, with_news
from tests.ui.stage import Stage, until

EXPIRED = "Chứng thư đã hết hạn. Xin cấp lại chứng thư rồi đăng ký với Kho bạc (Mẫu 24)."
UNKNOWN = "Chứng thư trên token này chưa đăng ký cho ai trong đơn vị. Cắm token của người đến lượt ký."
LOCKED = "Token đã khóa vì sai mã PIN nhiều lần. Mang token đến nơi cấp để mở."
EARLY = "Chứng thư chưa đến ngày có hiệu lực. Kiểm tra ngày giờ của máy."
USAGE = "Chứng thư này không dùng để ký. Cắm token có chứng thư ký số."
REVOKED = "Chứng thư đã bị thu hồi ngày 20/11/2026. Xin cấp chứng thư mới rồi đăng ký với Kho bạc (Mẫu 24)."
UNTRUSTED = "Máy chưa biết nơi cấp chứng thư này. Nhận danh sách tin cậy của Kho bạc ở «Danh mục & cài đặt»."
CLOCK = "Đồng hồ của máy chậm hơn lần ký trước. Chỉnh lại ngày giờ rồi ký."
SOON60 = "Chứng thư còn 58 ngày. Xin gia hạn từ bây giờ, vì đăng ký lại với Kho bạc mất vài ngày."
SOON30 = "Chứng thư còn 12 ngày. Xin gia hạn ngay; hết hạn thì không ký được hồ sơ nào."
NO_DRIVER = VungXaError(
    "no_module", "Máy chưa cài trình điều khiển token. Cài theo đĩa hoặc trang của nơi cấp token, rồi cắm lại."
)
CRASHED = VungXaError("module_crashed", "Trình điều khiển token bị ngắt. Rút token, cắm lại rồi thử lần nữa.")
HANGING = VungXaError("token_timeout", "Token không trả lời. Rút token, chờ vài giây, cắm lại rồi thử lần nữa.")
FULL = VungXaError("disk_full", "Đĩa đầy nên chưa lưu được chữ ký. Xóa bớt tệp trên đĩa rồi ký tiếp.")
WITHDRAWN = "Hồ sơ này vừa được người lập rút về. Trình lại thì ký."
LATE = (
    "3 gói đã ký chưa có dấu thời gian sau 7 ngày (gói cũ nhất ký ngày 12/11/2026). Nối mạng để máy lấy dấu thời gian."
)
Show = Callable[[Stage], QWidget]


def page_of(stage: Stage) -> SigningPage:
    stage.window.go("signing")
    page = stage.window.page()
    assert isinstance(page, SigningPage)
    until(lambda: not page.reading)
    return page


def signing_page(stage: Stage) -> QWidget:
    page_of(stage).choose_person(THANG)
    return stage.window


def nothing_to_sign(stage: Stage) -> QWidget:
    page_of(stage)
    return stage.window


def late_and_away(stage: Stage) -> QWidget:
    stage.memory.warnings, stage.memory.handover.away = [LATE], list(AWAY)
    waiting = stage.memory.signing.waiting["p3"]
    waiting[1] = sign_item(435, came_from="PC-KETOAN")
    return signing_page(stage)


def plugged(**change: object) -> Show:
    return lambda stage: stage.with_token(token("p3", **change))


def refused(code: str, words: str, **change: object) -> Show:
    return plugged(problem=words, problem_code=code, **change)


def broken(error: VungXaError) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.memory.signing.broken = error
        return stage.signing()

    return show


def said(choice: TokenChoice) -> Show:
    def show(stage: Stage) -> QWidget:
        dialog = stage.signing()
        dialog.watch.stop()
        dialog._plugged(choice)
        return dialog

    return show


def being_signed(**change: object) -> Show:
    """Stand in the middle of the fourth dossier; the thread has already ended, as in a picture."""

    def show(stage: Stage) -> QWidget:
        dialog = stage.signing()
        dialog.watch.stop()
        dialog._run.count = len(dialog.model.items)
        for item in dialog.model.items[:3]:
            dialog._progressed([SignProgress(item.local_id, "signed", at=NOW)])
        dialog._run._cancel = Event()
        now = SignProgress(dialog.model.items[3].local_id, "signing", pin_uses=4, **change)  # type: ignore[arg-type]
        dialog._progressed([now])
        dialog._run._cancel = None
        return dialog

    return show


def pulled_out(stage: Stage) -> QWidget:
    dialog = stage.typed(error=VungXaError("token_gone", "Không thấy token."))
    stage.memory.signing.plugged.clear()
    dialog.find_token()
    until(lambda: dialog.banner.accessibleName().startswith("Chưa thấy token"))
    return dialog


def broke(error: VungXaError) -> Show:
    return lambda stage: stage.typed(error=error)


def withdrawn(stage: Stage) -> QWidget:
    stage.memory.signing.refuse["d0433"] = WITHDRAWN
    dialog = stage.typed()
    dialog.table.choose(3)
    return dialog


def stopped(stage: Stage) -> QWidget:
    dialog = stage.signing()
    signing = stage.memory.signing
    signing.before = lambda one: dialog._run.stop() if one == "d0433" else None
    dialog.pin.setText("123456")
    dialog.sign()
    until(lambda: not dialog.running)
    return dialog


def first(item: SignItem, then: Callable[[SigningDialog], object] = lambda _dialog: None) -> Show:
    """Open the dialog with another first dossier."""

    def show(stage: Stage) -> QWidget:
        stage.memory.signing.waiting["p3"][0] = item
        dialog = stage.signing()
        then(dialog)
        return dialog

    return show


def skipped(stage: Stage) -> QWidget:
    stage.memory.signing.waiting["p3"][0] = with_news()
    return stage.typed()


def typed_keys(text: str) -> Show:
    def show(stage: Stage) -> QWidget:
        dialog = stage.signing()
        QTest.keyClicks(dialog.pin, text)
        return dialog

    return show


def kept(stage: Stage, dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def change_pin(then: Callable[[ChangePin], object] = lambda _dialog: None, **change: object) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.memory.signing.plugged = [token("p3", **change)]
        context = stage.window.context
        dialog = ChangePin(
            token("p3", **change), context.services.signing.change_pin, context.workers.token, stage.window
        )
        dialog.open()
        then(dialog)
        return dialog

    return show


def not_twice(dialog: ChangePin) -> None:
    for field, text in zip(dialog.fields, ("123456", "654321", "654322"), strict=True):
        field.setText(text)
    dialog.submit()


def paper(stage: Stage) -> QWidget:
    item = stage.memory.signing.waiting["p3"][0]
    return kept(stage, PaperDialog(stage.window.context, item, stage.window))


def paper_differs(stage: Stage) -> QWidget:
    stage.memory.signing.differs.add("d0436")
    dialog = paper(stage)
    assert isinstance(dialog, PaperDialog)
    until(dialog.problem.isVisible)
    return dialog


def news(stage: Stage) -> QWidget:
    return kept(stage, NewsDialog("0441", many_news(115), {"n1"}, lambda _keys, _yes: None, stage.window))


def narrow_panel(stage: Stage) -> QWidget:
    item = with_news(same_sitting=SITTING)
    return kept(
        stage,
        CoveredDialog(item, SignProgress("d0436", "waiting"), (), lambda: None, lambda *_stand: None, stage.window),
    )


def hand_out(done: bool) -> Show:
    def show(stage: Stage) -> QWidget:
        rows = [Travelling(item.local_id, item.number, item.amount) for item in stage.memory.signing.waiting["p3"]]
        dialog = HandOutDialog(stage.window.context, stage.memory.handover, rows, stage.window)
        dialog.open()
        if done:
            dialog.write(Path("/tmp/chuyen-ky-0436.vxky"))
            until(dialog.ended.isVisible)
        return dialog

    return show


def hand_in(taken: bool) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.memory.handover.views["usb.vxky"] = HANDOVER
        dialog = HandoverDialog(stage.window.context, stage.memory.handover, Path("usb.vxky"), HANDOVER, stage.window)
        dialog.open()
        if taken:
            dialog.take()
            until(dialog.ended.isVisible)
        return dialog

    return show


def away(place: int) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.memory.handover.away = list(AWAY)
        dialog = AwayDialog(stage.window.context, stage.memory.handover, AWAY, stage.window)
        dialog.open()
        dialog.table.choose(place)
        return dialog

    return show


SIGNING: dict[str, Show] = {
    "signing-page": signing_page,
    "signing-page-empty": nothing_to_sign,
    "signing-page-late": late_and_away,
    "signing": lambda stage: stage.signing(),
    "signing-looking": said(TokenChoice(None, "Đang tìm token…", looking=True)),
    "signing-slow": said(TokenChoice(None, SLOW, looking=True)),
    "signing-no-token": lambda stage: stage.with_token(),
    "signing-other": lambda stage: stage.with_token(token("p1", owner="Lò Thị Hạnh")),
    "signing-others": lambda stage: stage.with_token(token("p1", owner="Lò Thị Hạnh"), token("p2", serial="T2")),
    "signing-several": lambda stage: stage.with_token(token("p3"), token("p2", serial="T2")),
    "signing-unknown": lambda stage: stage.with_token(token(None, problem=UNKNOWN, problem_code="not_registered")),
    "signing-expired": refused("expired", EXPIRED, days_left=-3, expiry="over"),
    "signing-early": refused("not_yet_valid", EARLY),
    "signing-usage": refused("key_usage", USAGE),
    "signing-revoked": refused("revoked", REVOKED),
    "signing-untrusted": refused("untrusted", UNTRUSTED),
    "signing-clock": refused("clock_wrong", CLOCK),
    "signing-soon60": plugged(expiry="soon60", days_left=58, notice=SOON60),
    "signing-soon30": plugged(expiry="soon30", days_left=12, notice=SOON30),
    "signing-locked": refused("pin_locked", LOCKED, pin_locked=True),
    "signing-no-driver": broken(NO_DRIVER),
    "signing-crashed": broken(CRASHED),
    "signing-hanging": broken(HANGING),
    "signing-low": plugged(pin_low=True),
    "signing-final": plugged(pin_low=True, pin_final_try=True),
    "signing-pad": plugged(pin_pad=True),
    "signing-to-change": plugged(pin_to_change=True),
    "signing-caps": typed_keys("ABC"),
    "signing-wrong": lambda stage: stage.typed("000000"),
    "signing-news": first(with_news(same_sitting=SITTING)),
    "signing-news-many": first(with_news(news=many_news(115), payee_count=115)),
    "signing-guest": first(sign_item(436, came_from="PC-KETOAN")),
    "signing-running": being_signed(),
    "signing-each": being_signed(pin_each=True),
    "signing-pulled-out": pulled_out,
    "signing-failed": broke(HANGING),
    "signing-full": broke(FULL),
    "signing-withdrawn": withdrawn,
    "signing-stopped": stopped,
    "signing-skipped": skipped,
    "signing-done": lambda stage: stage.typed(),
    "signing-change-pin": change_pin(),
    "signing-change-pin-twice": change_pin(not_twice),
    "signing-change-pin-pad": change_pin(pin_pad=True),
    "signing-paper": paper,
    "signing-paper-differs": paper_differs,
    "signing-payees": news,
    "signing-panel": narrow_panel,
    "signing-hand-out": hand_out(done=False),
    "signing-handed-out": hand_out(done=True),
    "signing-hand-in": hand_in(taken=False),
    "signing-handed-in": hand_in(taken=True),
    "signing-away": away(0),
    "signing-guests": away(1),
}  # fmt: skip

LIKE_ANOTHER = frozenset(
    f"signing-{name}"
    for name in (
        *("early", "usage", "revoked", "untrusted", "clock", "unknown", "other", "others", "looking", "slow"),
        *("crashed", "hanging", "soon60", "low", "full", "stopped", "failed", "hand-out", "guests", "paper"),
        *("no-token", "no-driver", "to-change", "caps", "each", "skipped", "guest", "change-pin", "locked"),
    )
)
"""States that differ from another in one sentence only: for pictures, not for measuring again."""
