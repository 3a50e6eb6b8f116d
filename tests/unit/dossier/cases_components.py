"""What a dossier lacks for its case, what is foreign to it, and what nobody said."""

from __future__ import annotations

from desktop.dossier.document import Attachment, Document, Dossier
from desktop.dossier.rules import CheckContext
from tests.fixtures.forms_filled import filled
from tests.unit.dossier.rule_case import SCAN, Book, Case
from tests.unit.dossier.samples import LIST, ORDER, SETTLEMENT, UNIT, WITH_LIST, WITHDRAWAL, dossier

ESTIMATE_PAPER = "van_ban_phe_duyet_du_toan"


def forms(*ids: str) -> tuple[Document, ...]:
    return tuple(filled(form_id) for form_id in ids)


def scans(*components: str) -> tuple[Attachment, ...]:
    """One scan for each component."""
    return tuple(
        SCAN.model_copy(update={"component": name, "sha256": f"{number:064x}"})
        for number, name in enumerate(components)
    )


def of(
    case: str, *documents: Document, purpose: str = "", answers: dict[str, str] | None = None, **more: object
) -> Dossier:
    made = dossier(*documents, procedure=case[:2], case=case, purpose=purpose, answers=answers or {})
    return made.model_copy(update=more)


NOT_FIRST = {"purpose": "supplier_no_contract", "answers": {"year": "no", "payees": "one"}}
FIRST = {"purpose": "supplier_no_contract", "answers": {"year": "first", "payees": "one"}}
MANY = {"purpose": "supplier_no_contract", "answers": {"year": "no", "payees": "many"}}
BEGUN = CheckContext(ledger=Book(started=((2026, UNIT.estimate_account),)))
NEW_YEAR = CheckContext(ledger=Book())
KNOWN_PROJECT = {"project": "known"}
REQUEST, CAPITAL, VOLUME = filled("I04A"), filled("I05A"), filled("I03A")
ADVANCED = REQUEST.model_copy(
    update={
        "choices": {"request_kind": "advance"},
        "fields": {k: v for k, v in REQUEST.fields.items() if not k.startswith("recovery")},
    }
)
ADVANCE = {"purpose": "invest_advance", "answers": {"work": "contract", "guarantee": "covered", "project": "known"}}
COMPLETED = {"purpose": "invest_completed", "answers": {"done": "contract", "recover": "no", "project": "known"}}
NO_RECOVERY = REQUEST.model_copy(
    update={"fields": {key: value for key, value in REQUEST.fields.items() if not key.startswith("recovery")}}
)
GUARANTEE = scans("bao_lanh_tam_ung")
LEGAL = ("ke_hoach_dau_tu_cong", "quyet_dinh_du_an", "I02A")

GENERAL = [
    Case("R-004", of("P3-a3", **NOT_FIRST), says="Chứng từ chuyển tiền", good=of("P3-a3", WITHDRAWAL, **NOT_FIRST)),
    Case("R-004", of("P3-d"), says="Mẫu 22", good=of("P3-d", *forms("M22"))),
    Case("R-004", of("P3-a3", WITH_LIST, **MANY), says="Danh sách (Mẫu 20)", good=of("P3-a3", WITH_LIST, LIST, **MANY)),
    Case(
        "R-004",
        of("P3-a3", WITHDRAWAL, SETTLEMENT, **NOT_FIRST),
        {"document": 1},
        "warning",
        of("P3-a5", SETTLEMENT),
        says="không thuộc hồ sơ «Thanh toán»",
    ),
    Case(
        "R-004",
        of("P5-a", *forms("M24")),
        {},
        "warning",
        of("P5-a", *forms("M24"), purpose="register_account", answers={"exempt": "defence"}),
        says="Chưa rõ hồ sơ có cần",
    ),
    Case(
        "R-004",
        of("P5-c", *forms("M24"), purpose="change_account", answers={"change": "holder", "exempt": "none"}),
        good=of(
            "P5-c",
            *forms("M24"),
            purpose="change_account",
            answers={"change": "holder", "exempt": "none"},
            on_file=("van_ban_chu_tai_khoan",),
        ),
        says="bổ nhiệm chủ tài khoản",
    ),
]
RECURRENT = [
    Case("R-034", of("P3-b", ORDER, LIST), {"document": 1}, "warning", of("P3-b", ORDER), says="không thuộc"),
    Case(
        "R-035",
        of("P3-c", ORDER),
        says="viện trợ",
        good=of("P3-c", ORDER, attachments=scans("van_ban_giao_du_toan_vien_tro")),
    ),
    Case(
        "R-036",
        of("P3-c", ORDER, purpose="grant", answers={"grant_at": "bank"}),
        says="ghi thu, ghi chi",
        good=of("P3-c", ORDER, purpose="grant", answers={"grant_at": "treasury"}),
    ),
    Case("R-037", of("P3-a3", WITHDRAWAL, **FIRST), says="còn thiếu", good=of("P3-a3", WITHDRAWAL, **NOT_FIRST)),
    Case("R-037", of("P3-a3", WITHDRAWAL, **FIRST), good=of("P3-a3", WITHDRAWAL, **FIRST, on_file=(ESTIMATE_PAPER,))),
    Case(
        "R-037",
        of("P3-a3", WITHDRAWAL),
        {},
        "warning",
        of("P3-a3", WITHDRAWAL, attachments=scans(ESTIMATE_PAPER)),
        NEW_YEAR,
        says="Theo sổ của đơn vị",
    ),
    Case("R-037", of("P3-a3", WITHDRAWAL), {}, "warning", of("P3-a3", WITHDRAWAL, **NOT_FIRST), says="Chưa rõ"),
    Case(
        "R-038",
        of("P3-a1", purpose="utilities_auto", answers={"service": "water", "year": "no"}),
        says="ủy quyền",
        good=of("P3-a1", attachments=scans("van_ban_uy_quyen_trich_tu_dong")),
    ),
    Case(
        "R-038",
        of(
            "P3-a1", purpose="utilities_auto", answers={"service": "other"}, on_file=("van_ban_uy_quyen_trich_tu_dong",)
        ),
        says="điện, nước, viễn thông",
        good=of(
            "P3-a1", purpose="utilities_auto", answers={"service": "water"}, on_file=("van_ban_uy_quyen_trich_tu_dong",)
        ),
    ),
    Case("R-040", of("P3-e", *forms("M08", "M09")), {"document": 1}, "warning", of("P3-e", *forms("M08"))),
]
FILES = [
    Case("R-901", of("P3-a2"), says="chưa có tệp nào", good=of("P3-a2", attachments=scans("ho_so_dieu_40"))),
]
TABLES = [
    Case(
        "M23-6",
        of("P4-a", *forms("M23")),
        says="đã chuyển tiền",
        good=of("P4-a", *forms("M23"), attachments=scans("thong_bao_chuyen_tien")),
    ),
    Case("M25-1", of("P6-a", *forms("M25", "M26")), says="Mẫu 28", good=of("P6-a", *forms("M25", "M26", "M28"))),
    Case("M25-1", of("P6-c", *forms("M25")), says="Mẫu 32", good=of("P6-c", *forms("M25", "M32"))),
    Case("R-141", of("P7-a2", *forms("M27")), says="Mẫu 29", good=of("P7-a2", *forms("M27", "M29"))),
]
INVESTMENT = [
    Case(
        "R-163",
        of("P8-1", ADVANCED, CAPITAL),
        {},
        "warning",
        of("P8-1", ADVANCED, CAPITAL, **ADVANCE),
        says="Chưa rõ hồ sơ có cần",
    ),
    Case(
        "R-164",
        of("P8-2", NO_RECOVERY, CAPITAL, **COMPLETED),
        says="03.a/TT",
        good=of("P8-2", NO_RECOVERY, CAPITAL, VOLUME, **COMPLETED),
    ),
    Case(
        "R-165",
        of("P8-5", REQUEST, CAPITAL),
        says="quyết toán",
        good=of("P8-5", REQUEST, CAPITAL, attachments=scans("quyet_dinh_quyet_toan")),
    ),
    Case(
        "R-166",
        of("P8-1", ADVANCED, CAPITAL, **ADVANCE),
        says="Bảo lãnh",
        good=of("P8-1", ADVANCED, CAPITAL, **ADVANCE, attachments=GUARANTEE),
    ),
    Case(
        "R-167",
        of("P8-1", ADVANCED, CAPITAL, purpose="invest_advance", answers={"work": "contract", "guarantee": "short"}),
        {},
        "warning",
        of("P8-1", ADVANCED, CAPITAL, **ADVANCE),
    ),
    Case(
        "R-168",
        of("P8-1", ADVANCED, CAPITAL, purpose="invest_advance", answers={"work": "pending"}),
        {},
        "warning",
        of("P8-1", ADVANCED, CAPITAL, **ADVANCE),
    ),
    Case("R-177", of("P9-1", REQUEST, CAPITAL), {"document": 1}, good=of("P9-1", REQUEST), says="không thuộc"),
    Case(
        "I05A-6", of("P8-5", CAPITAL), {"document": 0, "field": "payment_request_no"}, good=of("P8-5", REQUEST, CAPITAL)
    ),
]
