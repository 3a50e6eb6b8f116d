"""The plain sentences of «Máy đã làm gì»: what the machine did, in words an accountant would use."""

from __future__ import annotations

from datetime import timedelta

from desktop.sync.faults import Fault
from desktop.sync.policy import CHUNK

_FAULTS = {
    Fault.OFFLINE: "Chưa nối được tới Kho bạc. Máy tự thử lại, không cần làm gì.",
    Fault.LINK_DIED: "Mạng rớt khi đang gửi. Máy tự nối lại, phần Kho bạc đã nhận không phải gửi lại.",
    Fault.CAPTIVE: "Máy trả lời không phải Kho bạc (có thể là trang đăng nhập Wi-Fi). Chưa gửi gì; máy sẽ thử lại.",
    Fault.AUTH: "Kho bạc không nhận thiết bị này. Ngừng gửi; hãy liên hệ cán bộ Kho bạc để đăng ký lại thiết bị.",
    Fault.SERVER_BUSY: "Máy chủ Kho bạc đang bận. Máy sẽ tự gửi lại sau.",
    Fault.REFUSED: "Kho bạc không nhận yêu cầu của máy này. Máy sẽ thử lại sau; nếu lặp lại, hãy báo cán bộ Kho bạc.",
    Fault.PROTOCOL: "Kho bạc trả lời sai quy cách. Không tính là đã gửi; máy sẽ hỏi lại.",
}


def duration(span: timedelta) -> str:
    """Return a span as people say it: "40 giây", "12 phút", "3 giờ", "2 ngày"."""
    seconds = max(0, round(span.total_seconds()))
    for size, word in ((86_400, "ngày"), (3_600, "giờ"), (60, "phút")):
        if seconds >= size:
            return f"{seconds // size} {word}"
    return f"{seconds} giây"


def fault(kind: Fault) -> str:
    """Return why the pass stopped."""
    return _FAULTS[kind]


def back_again(down: timedelta) -> str:
    """Return that the link is back."""
    return f"Mạng đã có lại sau {duration(down)}. Máy tiếp tục gửi."


def resumed(down: timedelta | None, offset: int) -> str:
    """Return that a part goes on where it stopped; `down` is None when the program was closed in between."""
    why = "Máy đã mở lại" if down is None else f"Mạng rớt {duration(down)}. Máy tự nối lại"
    return f"{why} và gửi tiếp từ mảnh {offset // CHUNK + 1}, không gửi lại từ đầu."


def delivered(receipt_no: str, duplicate: bool) -> str:
    """Return that a package arrived."""
    if duplicate:
        return f"Kho bạc xác nhận đã có gói này từ trước, biên nhận số {receipt_no}. Không gửi trùng."
    return f"Đã gửi xong, biên nhận số {receipt_no}."


def refused(message: str) -> str:
    """Return that the Treasury refused for ever, with its own words."""
    return f"Kho bạc từ chối gói này: {message}"


def odd_outcome(why: str) -> str:
    """Return that an outcome could not be believed."""
    return f"{why} Chưa tính là đã gửi; máy sẽ hỏi lại Kho bạc."


def asking(count: int) -> str:
    """Return that the fate of packages is asked before anything is sent again."""
    return f"Chưa rõ {count} gói đã tới chưa. Máy hỏi Kho bạc trước, không gửi lại ngay."


def pack_arrived(words: str) -> str:
    """Return that a form pack came and was verified."""
    return f"Kho bạc gửi bộ mẫu mới. {words}"


def pack_failed(version: str, why: str) -> str:
    """Return that a form pack could not be taken; the one in use stays."""
    return f"Bộ mẫu {version[:40]} chưa nhận được: {why} Vẫn dùng bộ mẫu đang có."


def trust_refused(why: str) -> str:
    """Return that the Treasury's trust list could not be taken."""
    return f"Danh sách tin cậy của Kho bạc chưa dùng được: {why}"


def crl_refused(issuer: str, why: str) -> str:
    """Return that a revocation list could not be taken; the one that is here stays."""
    return f"Danh sách thu hồi của {issuer[:80]} chưa dùng được: {why}"


def crl_source_silent(url: str) -> str:
    """Return that an address of a revocation list gave none."""
    return f"Chưa tải được danh sách thu hồi từ {url[:80]}. Máy sẽ thử lại; hồ sơ vẫn gửi bình thường."


def tsa_silent(*, captive: bool) -> str:
    """Return that the time-stamping authority gave nothing."""
    why = "máy trả lời không phải nơi cấp dấu thời gian" if captive else "nơi cấp chưa trả lời"
    return f"Chưa xin được dấu thời gian: {why}. Máy sẽ thử lại; hồ sơ vẫn gửi bình thường."


def evidence_failed(why: str) -> str:
    """Return that evidence for a package could not be had yet."""
    return f"Bằng chứng lâu dài của một gói còn chờ: {why}"


def evidence_came(stamped: int, lasting: int) -> str:
    """Return how many time-stamps came, and how many packages lack nothing now."""
    parts = [f"{stamped} dấu thời gian"] if stamped else []
    parts += [f"{lasting} gói đủ bằng chứng lâu dài"] if lasting else []
    return f"Đã nhận {', '.join(parts)}."


def countersign_refused(why: str) -> str:
    """Return that the Treasury's signature under a seal of the journal could not be kept."""
    return f"Chữ ký xác nhận nhật ký chưa dùng được: {why} Hồ sơ vẫn gửi bình thường."


PACK_UNAVAILABLE = "Kho bạc chưa đưa tệp ra được; máy sẽ thử lại."
PACK_DAMAGED = "tệp tải về không khớp; máy sẽ tải lại."
CUT_OFF = "Chưa nhận được câu trả lời của Kho bạc."
REOPENED = "Máy tắt khi đang gửi."
LATER = "Kho bạc hẹn gửi lại sau."
WORKING = "Kho bạc đang xử lý, máy sẽ hỏi lại."
BUG = "Chương trình gặp lỗi khi gửi. Hồ sơ vẫn còn nguyên trong máy; máy sẽ thử lại."
PART_UNREADABLE = "Không đọc được tệp đính kèm trên máy này. Hãy mở lại hồ sơ để kiểm tra; máy sẽ thử lại sau."
PART_STUCK = "Kho bạc nhận tệp đính kèm chưa đúng. Máy sẽ gửi lại sau."
TOO_LARGE = "Gói hồ sơ lớn hơn mức Kho bạc nhận (256 KB không kể tệp đính kèm). Hãy tách thành hồ sơ nhỏ hơn."
FEED_REJECTED = "Kết quả từ Kho bạc không kiểm tra được nên không ghi. Máy sẽ hỏi lại sau."


def clock_wrong(seconds: int) -> str:
    """Return that this computer's clock differs from the Treasury's; positive: ours is slow."""
    way = "chậm" if seconds > 0 else "nhanh"
    return f"Đồng hồ máy {way} {duration(timedelta(seconds=abs(seconds)))} so với Kho bạc. Hãy chỉnh lại giờ máy."
