"""Signers, an examination and trust of the unit in the pictures."""

# ruff: noqa: E501 - rows of data read best as rows

from __future__ import annotations

from desktop.dossier.doctor_views import Area, DoctorCertificate, DoctorStep, DoctorToken, StepState
from desktop.dossier.people import Role
from desktop.dossier.people_views import (
    CertificateView,
    DelegationView,
    ExpiryNotice,
    FoundCertificate,
    HistoryView,
    PeopleView,
    PersonView,
    RegisterTask,
)
from desktop.dossier.trust_views import CrlView, RootView, TrustView

GOVERNMENT = "CA chuyên dùng Chính phủ"


def certificate(digit: str, name: str, days: int, state: str = "good", awaiting: bool = False) -> CertificateView:
    return CertificateView(
        sha256=digit * 64,
        subject_name=name,
        issuer_name=GOVERNMENT,
        serial_hex=f"54010A7C00{digit}339E",
        not_before="2024-03-15T00:00:00Z",
        not_after="2026-12-09T00:00:00Z" if state == "soon30" else "2028-03-14T00:00:00Z",
        days_left=days,
        state=state,  # type: ignore[arg-type]
        since="2025-01-02T01:00:00Z",
        awaiting=awaiting,
    )


def person(number: int, name: str, roles: tuple[Role, ...], title: str, **more: object) -> PersonView:
    found = {"certificate": None, "delegate_of": (), **more}
    return PersonView(f"p{number}", name, roles, title, **found)  # type: ignore[arg-type]


DEPUTY = ("TUQ. Chủ tài khoản (Vi Đình Thắng)",)
HEAD = (Role.HEAD_OF_UNIT, Role.ACCOUNT_HOLDER)
PEOPLE = PeopleView(
    people=(
        person(1, "Lò Thị Hạnh", (Role.PREPARER,), "Người lập", certificate=certificate("1", "Lò Thị Hạnh", 476)),
        person(2, "Hà Văn Tuyên", (Role.CHIEF_ACCOUNTANT,), "Kế toán trưởng", certificate=certificate("2", "Hà Văn Tuyên", 15, "soon30")),
        person(3, "Vi Đình Thắng", HEAD, "Thủ trưởng đơn vị, chủ tài khoản", certificate=certificate("3", "Vi Đình Thắng", 476)),
        person(4, "Sùng A Páo", (), "", certificate=certificate("4", "Sùng A Páo", 300, awaiting=True), delegate_of=DEPUTY),
        person(5, "Giàng Thị Mỷ", (Role.PREPARER,), "Người lập"),
    ),
    delegations=(
        DelegationView(1, "Chủ tài khoản", "Vi Đình Thắng", "Sùng A Páo", "12/QĐ-UBND", "2026-11-01", "2026-12-31", "Mẫu 16, 17; tối đa 50.000.000 đ", "now"),
        DelegationView(2, "Kế toán trưởng", "Hà Văn Tuyên", "Lò Thị Hạnh", "", "2026-03-01", "2026-03-31", "Mọi hồ sơ", "over"),
    ),
    history=(
        HistoryView("2026-11-01", "Vi Đình Thắng ủy quyền cho Sùng A Páo ký thay chủ tài khoản đến 31/12/2026."),
        HistoryView("2025-01-02T01:00:00Z", "Hà Văn Tuyên đăng ký ký với tư cách Kế toán trưởng, chứng thư 22222222…."),
        HistoryView("", "Lò Thị Hạnh đăng ký ký với tư cách Người lập, chứng thư 11111111…."),
    ),
    notices=(ExpiryNotice("p2", "Hà Văn Tuyên", "soon30", "Chứng thư của Hà Văn Tuyên còn 15 ngày, đến 09/12/2026. Xin gia hạn hoặc cấp lại trước ngày đó."),),
    tasks=(RegisterTask("a" * 64, "Kho bạc đã chấp nhận Mẫu 24 của hồ sơ 0398, có tên Giàng Thị Mỷ mà máy này chưa có chứng thư. Thêm người và chứng thư vào danh sách người ký."),),
)  # fmt: skip


def found(digit: str, name: str, where: str, refusal: str = "", warning: str = "") -> FoundCertificate:
    code = "certificate_taken" if refusal else ""
    return FoundCertificate(
        digit * 64, name, GOVERNMENT, "54010A7C", "2024-03-15T00:00:00Z", "2028-03-14T00:00:00Z", where, refusal, code, warning
    )  # fmt: skip


FOUND = (
    found("e", "Giàng Thị Mỷ", "VGCA token (2A5103)"),
    found("1", "Lò Thị Hạnh", "VGCA token (2A5099)", "Chứng thư này đã đăng ký cho Lò Thị Hạnh. Chọn chứng thư của người đang khai."),
    found("f", "Nguyễn Văn An", "VNPT-CA (77310)", warning="Chứng thư ghi tên Nguyễn Văn An, không phải Giàng Thị Mỷ. Chỉ xác nhận khi đúng là một người."),
)  # fmt: skip


def step(name: str, state: StepState, title: str, text: str, area: Area, about: str = "", *repair: str) -> DoctorStep:
    return DoctorStep(name, name, state, title, text, repair, area, about, about)


OK, BAD, ODD, RUN = StepState.OK, StepState.ERROR, StepState.WARNING, StepState.RUNNING
DRIVER, TOKEN = "libetpkcs11.so", "VGCA 2A5103"
STEPS = (
    step("service", OK, "Dịch vụ thẻ thông minh", "Dịch vụ thẻ thông minh đang chạy.", Area.MACHINE),
    step("clock", OK, "Đồng hồ máy", "Đồng hồ máy đúng giờ Kho bạc.", Area.MACHINE),
    step("module", RUN, "Trình điều khiển", "", Area.DRIVER, DRIVER),
    step("module", OK, "Trình điều khiển", "Tệp tải được, có 1 đầu đọc.", Area.DRIVER, DRIVER),
    step("token", OK, "Token", "Thấy token «VGCA», có 1 chứng thư ký.", Area.TOKEN, TOKEN),
    step("pin", ODD, "Mã PIN", "Còn ít lần thử mã PIN.", Area.TOKEN, TOKEN, "Xem lại mã PIN trước khi nhập.", "Không nhớ mã thì mang token đến nơi cấp."),
    step("chain", OK, "Chuỗi chứng thư", "Chuỗi chứng thư đủ tới gốc của Kho bạc.", Area.CERTIFICATE, "Giàng Thị Mỷ"),
    step("revoked", OK, "Thu hồi", "Không có trong danh sách thu hồi ngày 20/11/2026.", Area.CERTIFICATE, "Giàng Thị Mỷ"),
    step("registered", BAD, "Đăng ký ở đơn vị", "Chứng thư chưa đăng ký cho ai ở đơn vị.", Area.CERTIFICATE, "Giàng Thị Mỷ", "Mở «Người ký», chọn người giữ token này.", "Bấm «Khai chứng thư…» rồi chọn chứng thư trên token.", "Nộp Mẫu 24 cho Kho bạc nếu là người mới."),
    step("evidence", OK, "Bằng chứng lâu dài", "Không còn gói nào chờ quá hạn.", Area.UNIT),
)  # fmt: skip
TOKENS = (
    DoctorToken("2A5103", "VGCA", "/usr/lib/libetpkcs11.so", "SafeNet eToken 5110", False, False, False, (DoctorCertificate("e" * 64, "Giàng Thị Mỷ", GOVERNMENT, "2028-03-14T00:00:00Z"),)),
    DoctorToken("2A5077", "VNPT-CA", "/usr/lib/libvnptca.so", "ACS ACR39U", False, False, True, (DoctorCertificate("3" * 64, "Vi Đình Thắng", "VNPT Certification Authority", "2028-03-14T00:00:00Z", "p3"),)),
)  # fmt: skip

ROOT = RootView("9f86d081884c7d65" * 4, "Root CA Ban Cơ yếu Chính phủ", "2040-03-14T00:00:00Z")
NATIONAL = RootView("2c26b46b68ffc68f" * 4, "MIC National Root CA", "2040-06-17T00:00:00Z")
OWN = RootView(
    "fcde2b2edba56bf4" * 4, "CA thử nghiệm tỉnh Thanh Hóa", "2031-01-01T00:00:00Z", True, "2026-10-02T02:00:00Z"
)
NEW_ROOT = RootView("5feceb66ffc86f38" * 4, "VNPT Certification Authority", "2033-05-05T00:00:00Z", own=True)
TRUST = TrustView(
    list_version=3,
    list_at="2026-11-20T02:00:00Z",
    roots=(ROOT, NATIONAL, OWN),
    crls=(
        CrlView(GOVERNMENT, "2026-11-20T00:00:00Z", "2026-11-27T00:00:00Z", 4, False, "gateway"),
        CrlView("VNPT Certification Authority", "2026-08-01T00:00:00Z", "2026-08-08T00:00:00Z", 115, True, "file"),
    ),
    tsa_url="gateway",
    crl_sources=("gateway",),
    warning_days=7,
    waiting=5,
    oldest_at="2026-11-10T03:00:00Z",
    late=2,
    warning="2 gói đã ký chưa có dấu thời gian sau 7 ngày (gói cũ nhất ký ngày 10/11/2026). Nối mạng để máy xin dấu thời gian.",
)
