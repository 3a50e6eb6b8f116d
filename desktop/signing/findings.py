"""What a verification can find, in words for people; codes are stable."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.dossier.document import Level


@dataclass(frozen=True)
class Finding:
    """One finding; only level "error" makes a package invalid."""

    code: str
    message: str
    level: Level = Level.ERROR


def finding(code: str, **names: object) -> Finding:
    """Make the finding of a known code; `names` fill the sentence."""
    level = Level.WARNING if code in _NOTES else Level.ERROR
    return Finding(code, MESSAGES[code].format(**names), level)


_NOTES = frozenset({"trust_not_checked", "revocation_stale", "time_stamp_expired"})
MESSAGES = {
    # the container and what it holds
    "not_signed": "Gói hồ sơ chưa có chữ ký nào.",
    "bad_manifest": "Danh mục của chữ ký {order} bị hỏng.",
    "bad_signature_file": "Tệp chữ ký {order} bị hỏng.",
    "digest_mismatch": "«{name}» đã bị sửa sau khi ký.",
    "object_added": "«{name}» được thêm vào sau khi ký, không chữ ký nào bảo đảm.",
    "object_missing": "Thiếu «{name}» mà người ký đã ký.",
    "bad_descriptor": "Thiếu tệp mô tả hồ sơ dossier.json hoặc tệp này không đọc được.",
    "descriptor_mismatch": "Tệp mô tả hồ sơ không khớp với các tệp trong gói.",
    "computed_differs": "Tổng số tiền hoặc số tiền bằng chữ ghi trong «{name}» không đúng với các dòng của chứng từ.",
    # signers
    "order_broken": "Chữ ký {order} không nối tiếp chữ ký ngay trước nó: thứ tự ký đã bị thay đổi hoặc mất một chữ ký.",
    "signature_missing": "Thiếu chữ ký thứ {order} ({title}).",
    "signature_extra": "Chữ ký {order} không có trong danh sách người ký của hồ sơ.",
    "wrong_signer": "Chữ ký {order} không phải bằng chứng thư đã khai cho {title}.",
    "not_registered": "Chứng thư ký thứ {order} chưa được đăng ký cho chức danh {title} của đơn vị.",
    "same_signer": "Một chứng thư hoặc một khóa ký hai lần, thứ {first} và thứ {order}.",
    # one signature
    "bad_signature": "Chữ ký {order} không đúng với nội dung đã ký.",
    "incomplete_signature": "Chữ ký {order} thiếu thuộc tính bắt buộc của CAdES.",
    "weak_digest": "Chữ ký {order} dùng thuật toán đã yếu (SHA-1, MD5 hoặc khóa RSA dưới 2048 bit).",
    "key_usage": "Chứng thư của chữ ký {order} không dùng để ký văn bản.",
    "expired": "Chứng thư của chữ ký {order} không còn hiệu lực vào lúc kiểm tra.",
    "not_valid_then": "Chứng thư của chữ ký {order} không có hiệu lực vào lúc ký.",
    "signed_in_future": "Chữ ký {order} ghi thời điểm ký ở tương lai.",
    "revoked": "Chứng thư của chữ ký {order} đã bị thu hồi.",
    "revocation_stale": "Danh sách thu hồi dùng để kiểm tra chữ ký {order} đã cũ hơn 90 ngày. Hãy cập nhật danh sách.",
    "untrusted": "Chứng thư của chữ ký {order} không do cơ quan chứng thực được tin cậy cấp.",
    # evidence
    "bad_time_stamp": "Dấu thời gian của chữ ký {order} bị hỏng hoặc của dữ liệu khác.",
    "time_stamp_untrusted": "Dấu thời gian của chữ ký {order} không do nơi cấp dấu thời gian được tin cậy cấp.",
    "time_stamp_in_future": "Dấu thời gian của chữ ký {order} ở tương lai. Hãy kiểm tra ngày giờ của máy.",
    "time_stamp_expired": "Chứng thư của nơi cấp dấu thời gian cho chữ ký {order} nay đã hết hạn.",
    "evidence_missing": "Chữ ký {order} đã có bằng chứng mức {level} khi ghi nhận, nay không còn đủ bằng chứng ấy.",
    "trust_not_checked": "Chưa chỉ ra chứng thư gốc nên chưa xác nhận được ai cấp chứng thư cho người ký.",
}
