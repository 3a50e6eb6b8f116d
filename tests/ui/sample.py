"""The unit of the design's pictures: enough dossiers, signers and packages to fill every page."""

# ruff: noqa: E501 - rows of data read best as rows

from __future__ import annotations

from desktop.dossier.document import Attachment, Document, Dossier, Level, Problem, Row, Where
from desktop.dossier.lifecycle import Facts, Status, project
from desktop.dossier.views import (
    DeliveryView,
    DossierDetail,
    EstimateView,
    FileView,
    HistoryEvent,
    LinkView,
    LogLine,
    QueueItem,
    ReceivedLine,
    StepView,
    TimeNote,
)
from tests.ui.memory import THANG, Memory
from tests.ui.signing_sample import sign_item, token

SIGNED_ALL = Facts(submitted=True, steps=2, signed=2, package_id="a" * 64, queued=True)
RETURNED = Facts(submitted=True, steps=2, signed=2, package_id="b" * 64, receipt_no="KB-26-118204", decision="returned")
LIST: tuple[tuple[str, str, str, int, Facts, str], ...] = (
    ("0442", "Rút dự toán", "Văn phòng phẩm, mực in quý IV", 15_400_000, Facts(errors=2), "2026-11-24T07:05:00Z"),
    ("0441", "Rút dự toán", "Phụ cấp người hoạt động không chuyên trách tháng 11", 48_600_000, Facts(errors=5), "2026-11-24T06:58:00Z"),
    ("0439", "Rút dự toán", "Khoán công tác phí tháng 11, 12 cán bộ", 6_000_000, Facts(submitted=True, steps=3, signed=1), "2026-11-24T04:32:00Z"),
    ("0438", "Ủy nhiệm chi", "Trả tiền bảo hành đường bản Nàng 1", 3_500_000, Facts(submitted=True, steps=2), "2026-11-24T04:20:00Z"),
    ("0424", "Rút dự toán", "Huấn luyện dân quân tự vệ đợt 2", 21_000_000, SIGNED_ALL, "2026-11-24T03:47:00Z"),
    ("0423", "Rút dự toán", "Trợ cấp bảo trợ xã hội tháng 11, 115 người", 86_250_000, SIGNED_ALL, "2026-11-24T03:45:00Z"),
    ("0409", "Rút dự toán", "Làm biển chỉ dẫn đường vào 3 bản", 18_700_000, RETURNED, "2026-11-24T02:41:00Z"),
    ("0416", "Rút dự toán", "Sửa chữa nhà văn hóa bản Muống", 23_300_000, Facts(submitted=True, steps=2, signed=2, package_id="c" * 64, receipt_no="KB-26-119001"), "2026-11-24T02:40:00Z"),
    ("0440", "Rút dự toán", "Nước uống, tài liệu họp dân các bản", 1_850_000, Facts(), "2026-11-23T08:00:00Z"),
    ("0437", "TT tạm ứng", "Thanh toán tạm ứng mua giống đợt 1", 18_000_000, Facts(submitted=True, steps=2), "2026-11-23T07:00:00Z"),
    ("0436", "Rút dự toán", "Tiền điện trụ sở, nhà văn hóa tháng 10", 9_864_500, Facts(submitted=True, steps=2, signed=1), "2026-11-23T06:00:00Z"),
    ("0417", "Rút dự toán", "Tiền công lao động hợp đồng tháng 11", 32_573_000, Facts(submitted=True, steps=2, signed=2, package_id="d" * 64), "2026-11-20T06:00:00Z"),
    ("0421", "Rút dự toán", "Tạm ứng mua giống hỗ trợ hộ nghèo", 32_000_000, Facts(submitted=True, steps=2, signed=2, package_id="e" * 64, doubtful=True), "2026-11-20T05:00:00Z"),
    ("0415", "Rút dự toán", "Lương và phụ cấp tháng 10", 220_420_000, Facts(submitted=True, steps=2, signed=2, package_id="f" * 64, receipt_no="KB-26-117000", decision="paid"), "2026-11-19T06:00:00Z"),
)  # fmt: skip

LINES: list[Row] = [
    {"content": "Giấy A4, bìa hồ sơ", "invoice_no": "00001287", "invoice_date": "2026-11-18", "voucher_no": "BBNT 12", "voucher_date": "2026-11-21", "econ": "6551", "sector": "341", "source": "13", "amount": 6_150_000},
    {"content": "Mực in, thay trống máy in", "invoice_no": "00001288", "invoice_date": "2026-11-26", "voucher_no": "BBNT 13", "voucher_date": "2026-11-21", "econ": "6551", "sector": "341", "source": "13", "amount": 5_250_000},
    {"content": "Kệ hồ sơ, dụng cụ nhỏ", "invoice_no": "00001289", "invoice_date": "2026-11-18", "voucher_no": "BBNT 14", "voucher_date": "2026-11-21", "econ": "6550", "sector": "341", "source": "13", "amount": 4_000_000},
]  # fmt: skip
VOUCHER = Document(
    form="C2-02a/NS",
    fields={
        "document_no": "0442",
        "made_date": "2026-11-24",
        "budget_year": 2026,
        "unit_name": "Ủy ban nhân dân xã Mường Lý",
        "chapter": "800",
        "address": "Xã Mường Lý, tỉnh Thanh Hóa",
        "account": "9523.4.1098765",
        "treasury": "Khu vực XI, Phòng Giao dịch số 14",
        "contract_no": "17/2026/HĐMB",
        "contract_kind": "hop_dong",
        "contract_date": "2026-11-12",
        "contract_total": 15_400_000,
        "contract_party": "Công ty TNHH Thương mại Hải Lâm",
        "general_content": "Thanh toán văn phòng phẩm, mực in quý IV năm 2026",
        "payee_name": "Công ty TNHH Thương mại Hải Lâm",
        "payee_account": "3508205017746",
        "payee_bank": "Agribank, chi nhánh Mường Lát",
    },
    choices={"estimate_kind": "official", "spending_kind": "actual", "payment_mode": "transfer"},
    tables={"lines": LINES},
)
PEOPLE_LIST = Document(
    form="M20",
    fields={"parent_voucher_no": "0442", "parent_voucher_date": "2026-11-24", "unit_name": "Ủy ban nhân dân xã Mường Lý", "budget_unit_code": "1098765"},
    choices={"account_kind": "estimate"},
    tables={"lines": [{"name": f"Người thứ {i}", "account": f"35082050{i:05d}", "bank": "Agribank", "amount": 450_000, "group": "others"} for i in range(1, 31)]},
)  # fmt: skip


def wrong(dossier: Dossier) -> list[Problem]:
    """The two errors and the warning of the picture, while their cause is there."""
    found = []
    for place, document in enumerate(dossier.documents):
        for row, line in enumerate(document.tables.get("lines", [])):
            at = Where(document=place, table="lines", row=row, column="econ")
            if line.get("econ") == "6550":
                text = f"Dòng {row + 1}, mã NDKT: 6550 là mục. Giấy rút dự toán phải ghi tiểu mục, ví dụ 6551. Nhấn F4 để chọn."
                found.append(Problem(rule="R-050", level=Level.ERROR, where=at, message=text))
            if str(line.get("invoice_date", "")) > str(document.fields.get("made_date", "9999")):
                text = f"Dòng {row + 1}, ngày hóa đơn: 26/11/2026 sau ngày lập giấy rút 24/11/2026. Xem lại hóa đơn rồi sửa ngày."
                found.append(
                    Problem(
                        rule="M13-9",
                        level=Level.ERROR,
                        where=at.model_copy(update={"column": "invoice_date"}),
                        message=text,
                    )
                )
        if document.fields.get("payee_name") == "Công ty TNHH Thương mại Hải Lâm":
            text = "Lần trước số tài khoản này ghi tên «Công ty TNHH TM Hải Lâm»."
            found.append(
                Problem(
                    rule="R-056", level=Level.WARNING, where=Where(document=place, field="payee_name"), message=text
                )
            )
    return found


def _detail(memory: Memory, local_id: str) -> DossierDetail:
    history = (
        HistoryEvent("2026-11-16T01:10:00Z", "Lập hồ sơ", "Lò Thị Hạnh", "circle-check", "green"),
        HistoryEvent("2026-11-17T07:32:00Z", "Đủ 2 chữ ký", "Kế toán trưởng, chủ tài khoản", "circle-check", "green"),
        HistoryEvent("2026-11-17T09:05:00Z", "Gửi xong, 418 KB", "Máy tự gửi, 2 lần nối lại", "circle-check", "green"),
        HistoryEvent("2026-11-18T00:50:00Z", "Kho bạc tiếp nhận", "Biên nhận KB-26-118204", "circle-check", "green"),
        HistoryEvent("2026-11-24T02:41:00Z", "Kho bạc trả lại", "Số hợp đồng không khớp", "circle-x", "red"),
        HistoryEvent("", "Bản sửa, ký lại và gửi lại", "Người tiếp theo: Lò Thị Hạnh", "circle", "slate"),
    )
    reason = (
        "Hợp đồng trên giấy rút ghi số 07/2026, hợp đồng đính kèm là số 17/2026. "
        "Việc cần làm: sửa số hợp đồng hoặc đính kèm đúng tệp, rồi trình ký lại."
    )
    return DossierDetail(
        memory.desk.detail(local_id).row,
        reason,
        (FileView("Giấy rút dự toán 0409", "1" * 64, 98_304),),
        (FileView("Hợp đồng 17-2026.pdf", "2" * 64, 294_912), FileView("Hóa đơn 00000417.xml", "3" * 64, 34_816)),
        history,
        (StepView("Kế toán trưởng", "Hà Văn Tuyên", "signed", "2026-11-17T07:10:00Z"), StepView("Chủ tài khoản", "Vi Đình Thắng", "signed", "2026-11-17T07:32:00Z")),
        "12 / 281 Nông nghiệp, thủy lợi",
        "HTX Dịch vụ Sông Lát",
        receipt_no="KB-26-118204",
    )  # fmt: skip


def filled() -> Memory:
    """A window's services with the data of the pictures."""
    memory = Memory()
    desk = memory.desk
    for number, kind, title, amount, facts, updated in LIST:
        local_id = f"d{number}"
        desk.dossiers[local_id] = Dossier(local_id=local_id, number=number, title=title, documents=(VOUCHER,))
        desk.facts[local_id], desk.kinds[local_id] = facts, kind
        desk.amounts[local_id], desk.updated[local_id] = amount, updated
    scan = Attachment(name="Hợp đồng 17-2026.pdf", sha256="2" * 64, size=294_912, media_type="application/pdf")
    first = desk.dossiers["d0442"]
    desk.dossiers["d0442"] = first.model_copy(update={"documents": (VOUCHER, PEOPLE_LIST), "attachments": (scan,)})
    desk.facts["d0442"] = Facts()
    desk.problems = lambda dossier: wrong(dossier) if dossier.local_id == "d0442" else []
    desk.estimate_line = EstimateView(
        600_000_000, 312_150_000, 105_450_000, 182_400_000, "2026-11-24T02:40:00Z", "9523.4.1098765", "13", "341", 2026
    )
    desk.details["d0409"] = _detail(memory, "d0409")
    desk.hour = HOUR
    memory.signing.plugged = [token(THANG.person_id)]
    memory.signing.waiting["p3"] = [sign_item(436 - i) for i in range(12)]
    memory.delivery.shown = delivery()
    return memory


HOUR = TimeNote(
    "Giờ nhận hồ sơ", "Kho bạc nhận hồ sơ hôm nay đến 16:00, còn 1 giờ 55 phút", "", "amber", "2026-11-24", 115
)


def queue_item(number: str, title: str, amount: int, size: int, sent: int, facts: Facts, note: str, urgent: bool = False, paused: bool = False) -> QueueItem:  # fmt: skip
    status: Status = project(facts)
    return QueueItem(number.rjust(64, "0"), f"d{number}", number, title, amount, "Gấp" if urgent else "Thường", size, sent, status, note, urgent, paused)  # fmt: skip


def delivery() -> DeliveryView:
    """A queue in every state of the picture."""
    done = Facts(submitted=True, steps=2, signed=2, package_id="1" * 64, receipt_no="KB-26-119870")
    arrived = Facts(submitted=True, steps=2, signed=2, package_id="2" * 64)
    sending = Facts(submitted=True, steps=2, signed=2, package_id="3" * 64, queued=True, sending=True, progress=0.63)
    waiting = Facts(submitted=True, steps=2, signed=2, package_id="4" * 64, queued=True)
    unclear = Facts(submitted=True, steps=2, signed=2, package_id="5" * 64, queued=True, doubtful=True)
    items = (
        queue_item("0423", "Trợ cấp bảo trợ xã hội tháng 11, 115 người", 86_250_000, 1_258_291, 1_258_291, done, "KB-26-119870, lúc 14:28", True),
        queue_item("0424", "Huấn luyện dân quân tự vệ đợt 2", 21_000_000, 407_552, 407_552, arrived, "Kho bạc nhận đủ lúc 14:30"),
        queue_item("0421", "Tạm ứng mua giống hỗ trợ hộ nghèo", 32_000_000, 655_360, 410_624, sending, "Nối lại 1 lần, không gửi lại"),
        queue_item("0422", "Hội nghị giao ban cụm bản quý IV", 14_000_000, 497_664, 0, unclear, "Máy hỏi kho bạc trước khi gửi lại"),
        queue_item("0420", "Thanh toán tạm ứng khám nghĩa vụ quân sự", 9_000_000, 325_632, 0, waiting, "Chưa gửi phần nào"),
        queue_item("0419", "Tập huấn chuyển đổi số cấp bản", 7_850_000, 217_088, 82_944, waiting, "Đã gửi 81 KB, phần này vẫn giữ", paused=True),
        queue_item("0418", "Hoàn trả đóng góp xây dựng nhà văn hóa", 5_200_000, 167_936, 0, waiting, "Gửi sau cùng theo ý bạn"),
    )  # fmt: skip
    rates = [31, 34, 30, 36, 34, 40, 33, 27, 22, 35, 31, 18, *([0] * 20), 7, 9, 9, 8]
    samples = tuple((f"2026-11-24T{1 + i // 6:02d}:{i % 6 * 10:02d}:00Z", rate * 1024) for i, rate in enumerate(rates))
    log = (
        LogLine("2026-11-24T07:33:00Z", "upload", "blue", "Đang gửi 0421, mảnh 13 trên 20."),
        LogLine("2026-11-24T07:32:00Z", "refresh-cw", "amber", "Mạng rớt 40 giây. Máy tự nối lại và gửi tiếp từ mảnh 12, không gửi lại từ đầu."),
        LogLine("2026-11-24T07:30:00Z", "hourglass", "teal", "Kho bạc nhận đủ 0424. Đang chờ biên nhận."),
        LogLine("2026-11-24T07:28:00Z", "circle-check", "green", "Có biên nhận cho 0423: KB-26-119870."),
    )  # fmt: skip
    back = (
        ReceivedLine("receipt-text", "Biên nhận", 1, "0423"),
        ReceivedLine("landmark", "Trạng thái hồ sơ", 2, "0416 đã chi, 0417 đã nhận"),
    )
    total, sent = sum(i.size for i in items), sum(i.sent for i in items)
    link = LinkView("weak", "Mạng yếu (2G)", "2026-11-24T07:24:00Z", 8806, samples)
    return DeliveryView(items, link, items[2], total, sent, 8806, 180, log, back, time=HOUR)
