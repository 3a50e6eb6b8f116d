"""Words on the screen: Vietnamese is written where it is shown, English is the second language of the main labels."""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "Bàn làm việc": "Desk",
    "Hồ sơ": "Dossiers",
    "Ký số": "Signing",
    "Gửi kho bạc": "Delivery",
    "Số dư & dự toán": "Balances",
    "Danh mục & cài đặt": "Set-up",
    "Lập hồ sơ": "New dossier",
    "Từ hồ sơ tháng trước": "From last month",
    "Trình ký": "Submit",
    "Kiểm tra": "Check",
    "In": "Print",
    "Sao chép": "Copy",
    "Mở": "Open",
    "Tạo bản sửa": "Make a correction",
    "Tạm dừng": "Pause",
    "Gửi tiếp": "Resume",
    "Gửi ngay": "Send now",
    "Để sau": "Later",
    "Mở khóa": "Unlock",
    "Diễn biến": "History",
    "Tất cả": "All",
    "Cần sửa": "To fix",
    "Đang soạn": "Draft",
    "Chờ ký": "To sign",
    "Sẵn sàng gửi": "Ready",
    "Ở kho bạc": "At Treasury",
    "Trả lại": "Returned",
    "Đã thanh toán": "Paid",
    "Đã hủy": "Cancelled",
}


class _Language:
    english = False


def use_english(chosen: bool) -> None:
    """Choose the language of labels made from now on."""
    _Language.english = chosen


def tr(vietnamese: str) -> str:
    """Give a label in the chosen language; what has no English stays Vietnamese."""
    return ENGLISH.get(vietnamese, vietnamese) if _Language.english else vietnamese
