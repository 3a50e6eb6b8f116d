"""What to do about each thing the token doctor can find, first things first; plain words for whoever sits there."""

from __future__ import annotations

from collections.abc import Mapping

_ISSUER = "Mang token đến nơi cấp chứng thư nếu vẫn không được."
_REPLUG = "Rút token, chờ 5 giây, cắm lại vào cổng USB khác của máy."
_INSTALL = "Cài trình điều khiển bản 64 bit do nơi cấp token đưa, rồi khởi động lại máy."
_PICK = "Nếu đã cài mà không thấy: «Danh mục & cài đặt», thẻ «Token & khám», chọn tệp trình điều khiển."
_REGISTER = "Lập Mẫu 24 đăng ký chứng thư mới với Kho bạc trước khi ký hồ sơ bằng chứng thư đó."

REPAIRS: Mapping[str, tuple[str, ...]] = {
    "service_missing": (
        "Trên Linux: cài gói pcscd. Trên Windows: mở «Services», tìm «Smart Card».",
        "Bật dịch vụ rồi cắm lại token.",
        "Khám lại.",
    ),
    "service_stopped": (
        "Cắm token vào máy: dịch vụ thường tự chạy khi có đầu đọc.",
        "Nếu không: bật «Smart Card» trong «Services» (Windows), hoặc chạy «systemctl start pcscd.socket» (Linux).",
        "Khám lại.",
    ),
    "no_module": (_INSTALL, _PICK, "Khám lại."),
    "module_unusable": (_INSTALL, "Bỏ tệp này khỏi danh sách nếu đã chọn nhầm.", "Khám lại."),
    "module_wrong_bits": ("Gỡ trình điều khiển 32 bit nếu không còn dùng.", _INSTALL, "Khám lại."),
    "module_no_functions": ("Tệp này không phải trình điều khiển PKCS#11: bỏ khỏi danh sách.", _INSTALL, _PICK),
    "module_crashed": (_REPLUG, "Cài lại trình điều khiển, rồi khởi động lại máy.", _ISSUER),
    "module_error": (_REPLUG, "Cài lại trình điều khiển, rồi khởi động lại máy.", _ISSUER),
    "token_timeout": (_REPLUG, "Đóng chương trình khác đang dùng token.", "Khám lại."),
    "no_reader": (_REPLUG, "Thử token trên máy khác để biết token hay cổng USB hỏng.", _ISSUER),
    "reader_empty": ("Cắm token, hoặc đặt thẻ vào đầu đọc, chờ đèn sáng.", "Khám lại."),
    "token_gone": (_REPLUG, "Khám lại."),
    "no_certificate": ("Kiểm tra đã cắm đúng token chưa.", "Token mới: nhờ nơi cấp nạp chứng thư vào token."),
    "pin_low": ("Xem lại mã PIN trước khi nhập; nhập đúng một lần là đủ lượt lại.",),
    "pin_final_try": (
        "Đừng thử nữa khi chưa chắc mã PIN: sai một lần là token khóa.",
        "Tìm giấy giao mã PIN, hoặc hỏi nơi cấp cách đặt lại.",
        "Chắc rồi mới ký, và xác nhận «thử lần cuối» khi được hỏi.",
    ),
    "pin_locked": (
        "Ngừng nhập mã PIN: token không nhận nữa.",
        "Mang token và giấy tờ tùy thân đến nơi cấp để mở khóa.",
        "Trong lúc chờ, hồ sơ đang dở vẫn giữ nguyên; người được ủy quyền có thể ký thay nếu đã có văn bản.",
    ),
    "pin_not_set": ("Token chưa có mã PIN của người dùng: nhờ nơi cấp khởi tạo.",),
    "pin_to_change": ("Đổi mã PIN: chạy «vungxa token pin», hoặc nút «Đổi mã PIN».", "Ký lại sau khi đổi."),
    "pin_wrong": ("Xem bàn phím: phím Caps Lock, bộ gõ tiếng Việt phải tắt.", "Xem lại mã PIN rồi mới thử tiếp."),
    "chain_incomplete": (
        "Cập nhật danh sách tin cậy khi có mạng («vungxa trust»), hoặc nhập từ USB.",
        "Nếu vẫn thiếu: xin nơi cấp tệp chứng thư trung gian rồi nhập vào.",
    ),
    "untrusted": (
        "Kiểm tra đã cắm đúng token của người ký chưa.",
        "Cập nhật danh sách tin cậy khi có mạng («vungxa trust»), hoặc nhập từ USB.",
        "Chứng thư của nơi không được công nhận thì phải xin cấp chứng thư khác.",
    ),
    "trust_not_known": ("Đăng ký máy với Kho bạc rồi đồng bộ một lần, hoặc nhập tệp .vxtrust từ USB.",),
    "key_usage": (
        "Chứng thư này không dùng để ký: chọn chứng thư khác trên token.",
        "Xin nơi cấp chứng thư chữ ký số.",
    ),
    "expired": ("Xin nơi cấp gia hạn hoặc cấp lại chứng thư.", _REGISTER),
    "not_yet_valid": ("Kiểm tra ngày giờ của máy.", "Ngày giờ đúng: chờ đến ngày chứng thư có hiệu lực."),
    "expires_30": ("Xin gia hạn ngay: thủ tục thường mất nhiều ngày.", _REGISTER),
    "expires_60": ("Lên lịch xin gia hạn trong tháng này.", _REGISTER),
    "revoked": ("Ngừng ký bằng chứng thư này.", "Hỏi nơi cấp vì sao bị thu hồi, xin cấp chứng thư mới.", _REGISTER),
    "crl_missing": ("Đồng bộ khi có mạng để lấy danh sách thu hồi, hoặc nhập tệp CRL từ USB.",),
    "crl_stale": ("Đồng bộ khi có mạng để lấy danh sách thu hồi mới, hoặc nhập tệp CRL từ USB.",),
    "not_registered": (
        "Kiểm tra đã cắm đúng token của người ký trong đơn vị chưa.",
        "Chứng thư mới: ghi vào danh sách người ký của đơn vị («Người ký»), rồi đăng ký với Kho bạc (Mẫu 24).",
    ),
    "key_not_seen": ("Ký thử để biết chắc: token này không cho xem khóa khi chưa nhập mã PIN.",),
    "certificate_not_found": ("Token có chứng thư nhưng thiếu khóa ký: nhờ nơi cấp kiểm tra token.",),
    "bad_token_signature": ("Không dùng token này để ký hồ sơ.", "Cài lại trình điều khiển rồi ký thử lại.", _ISSUER),
    "evidence_late": (
        "Cho máy nối mạng và chạy đồng bộ: dấu thời gian được lấy tự động.",
        "Nếu đã nối mạng mà vẫn chậm: xem nguồn dấu thời gian ở «Tin cậy & bằng chứng».",
    ),
    "clock_wrong": ("Mở phần ngày giờ của máy, bật tự chỉnh giờ hoặc chỉnh tay, múi giờ UTC+7.", "Khám lại."),
    "store_damaged": ("Sao chép cả thư mục dữ liệu ra nơi khác.", "Gọi hỗ trợ, đừng sửa gì trong thư mục."),
    "disk_low": ("Xóa bớt tệp không dùng, dọn thùng rác.", "Khám lại."),
    "not_enrolled": ("Xin Kho bạc mã đăng ký một lần.", "Chạy «vungxa enrol», hoặc đăng ký trong cửa sổ."),
    "asset_missing": ("Cài lại chương trình.",),
}
"""Numbered by whoever shows them; a code that needs nothing is not here."""


def repairs(code: str) -> tuple[str, ...]:
    """The steps for a code, none when nothing is to be done."""
    return REPAIRS.get(code, ())
