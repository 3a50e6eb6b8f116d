"""What a dossier's case asks for and the dossier lacks, and what does not belong to it.

Source: NĐ 347/2025 Điều 2.9, 6–10; NĐ 254/2025 Điều 8, 9, 13.

The components are data (procedures.json), each with the rule that speaks of it. A dossier whose case nobody named is
not judged. What only the unit's book says is a warning: the book may have begun in the middle of a year. What nobody
knows is asked, never blamed. A component the Treasury has already is not missing (R-009).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop.dossier.document import Level
from desktop.dossier.facts import Fact
from desktop.dossier.fold import fold
from desktop.dossier.procedures import Component, State, case, components, procedures
from desktop.dossier.rules.registry import Finding, dossier_rule
from desktop.dossier.rules.subject import Whole

_N347, _N254 = "NĐ 347/2025/NĐ-CP", "NĐ 254/2025/NĐ-CP"
_SHOWN = 3
_COMPONENT_RULES = (
    ("R-004", Level.ERROR, f"{_N347} Điều 2.9", ()),
    ("R-034", Level.WARNING, f"{_N347} Điều 6.3.b", ()),
    ("R-035", Level.ERROR, f"{_N347} Điều 6.3.c", ()),
    ("R-037", Level.ERROR, f"{_N347} Điều 6.3.a", ()),
    ("R-038", Level.ERROR, f"{_N347} Điều 6.3.a", ()),
    ("R-040", Level.WARNING, f"{_N347} Điều 6.3.d, đ, e", ()),
    ("M23-6", Level.ERROR, f"{_N347} Điều 7.3.b, 7.3.c", ("R-113", "R-114")),
    ("M25-1", Level.ERROR, f"{_N347} Điều 9.3", ("R-140",)),
    ("R-141", Level.ERROR, f"{_N347} Điều 10.3", ()),
    ("R-163", Level.WARNING, f"{_N254} Điều 8.1", ()),
    ("R-164", Level.ERROR, f"{_N254} Điều 8.2, 8.3", ()),
    ("R-165", Level.ERROR, f"{_N254} Điều 8.3.d, đ", ()),
    ("R-166", Level.ERROR, f"{_N254} Điều 9.2", ()),
    ("R-177", Level.ERROR, f"{_N254} Điều 13.1.b, 24.3", ()),
)
"""Rules of components: id, level, article, and the cross-cutting rules each restates."""


def _known_case(whole: Whole) -> bool:
    return whole.dossier.case in procedures().cases


def component_rule(rule_id: str, whole: Whole) -> Iterator[Finding]:
    """Components of the case that are missing, not known to be needed, or foreign to it."""
    if not _known_case(whole):
        return
    told = {item.ref: item.state for item in components(whole.dossier.case, whole.facts_told)}
    unsure: list[Component] = []
    for item in components(whole.dossier.case, whole.facts):
        if item.rule == rule_id and item.state is State.MISSING and not _said_elsewhere(item, whole):
            yield _missing(item, whole, told[item.ref])
        elif item.rule == rule_id and item.state is State.UNKNOWN:
            unsure.append(item)
    if unsure:
        yield _unsure(unsure)
    if rule_id == case(whole.dossier.case).extra_rule:
        yield from _foreign(whole)
    if rule_id == "R-038" and whole.dossier.case == "P3-a1" and whole.facts.known.get(Fact.PUBLIC_SERVICE) is False:
        yield Finding(
            "Kho bạc chỉ trích tự động tiền điện, nước, viễn thông. Lập hồ sơ trả nhà cung cấp cho khoản khác."
        )


def _missing(item: Component, whole: Whole, told: State) -> Finding:
    name = case(whole.dossier.case).name
    action = "Đính kèm, hoặc đánh dấu «Đã có tại Kho bạc»." if item.attachable else "Thêm mẫu này vào hồ sơ."
    if told is State.MISSING:
        also = ("R-039",) if "M20" in item.options or "M21" in item.options else ()
        return Finding(f"Hồ sơ «{name}» còn thiếu: {item.label}. {action}", also=also)
    message = f"Theo sổ của đơn vị, hồ sơ này cần: {item.label} ({_lower(item.when)}). {action}"
    return Finding(message, level=Level.WARNING)


def _unsure(items: list[Component]) -> Finding:
    names = "; ".join(item.label if len(item.label) < 70 else f"{item.label[:67]}…" for item in items[:_SHOWN])
    more = f" và {len(items) - _SHOWN} thành phần nữa" if len(items) > _SHOWN else ""
    why = f" ({_lower(items[0].when)})" if len(items) == 1 else ""
    message = f"Chưa rõ hồ sơ có cần: {names}{more}{why}. Trả lời các câu hỏi của hồ sơ ở thẻ Đính kèm."
    return Finding(message, level=Level.WARNING)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _said_elsewhere(item: Component, whole: Whole) -> bool:
    """Tell whether R-039 speaks of the list already: a voucher that points at one."""
    return "M20" in item.options and any("danh sach" in fold(s.text("payee_name")) for s in whole.subjects)


def _foreign(whole: Whole) -> Iterator[Finding]:
    """Forms that no component of the case names; Mẫu 12 in recurrent spending has a rule of its own (M12-3)."""
    found = case(whole.dossier.case)
    able = {option for item in components(found.id, whole.facts) for option in item.options}
    for index, subject in enumerate(whole.subjects):
        if subject.form.id in able or (subject.form.id == "M12" and found.procedure == "P3"):
            continue
        message = (
            f"{subject.title} (Mẫu {subject.form.number}) không thuộc hồ sơ «{found.name}». "
            "Bỏ mẫu này, hoặc chọn lại việc cần làm."
        )
        level = Level.WARNING if found.extra_rule == "R-004" else None
        yield Finding(message, document=index, level=level)


def _register() -> None:
    for rule_id, level, article, covers in _COMPONENT_RULES:
        check = partial(component_rule, rule_id)
        check.__doc__ = component_rule.__doc__  # docs/rules.md reads it
        dossier_rule(rule_id, level, article, covers=covers)(check)


_register()


@dossier_rule("R-036", Level.ERROR, f"{_N347} Điều 6.2.l, 7.3.c")
def grant_at_bank(whole: Whole) -> Iterator[Finding]:
    """A grant received at a bank, in a dossier that pays it out of an account at the Treasury."""
    if whole.dossier.case == "P3-c" and whole.facts.known.get(Fact.GRANT_AT_BANK):
        yield Finding(
            "Viện trợ nhận ở tài khoản ngân hàng chỉ làm thủ tục ghi thu, ghi chi. Lập hồ sơ «Ghi thu, ghi chi»."
        )


@dossier_rule("R-167", Level.WARNING, f"{_N254} Điều 9.2.a")
def guarantee_covers(whole: Whole) -> Iterator[Finding]:
    """A guarantee smaller than the open advance, or that ends before it is recovered; or nobody said."""
    facts = whole.facts
    if not facts.known.get(Fact.GUARANTEE_NEEDED) or not _known_case(whole) or facts.known.get(Fact.GUARANTEE_COVERS):
        return
    if any(item.rule == "R-166" for item in components(whole.dossier.case, facts)):
        yield Finding(
            "Bảo lãnh tạm ứng phải không ít hơn số dư tạm ứng và còn hạn đến khi thu hồi hết. Xem lại bảo lãnh."
        )


@dossier_rule("R-168", Level.WARNING, f"{_N254} Điều 9.1.a")
def contract_in_force(whole: Whole) -> Iterator[Finding]:
    """An advance under a contract of which nobody said that it is in force and its site handed over."""
    known = whole.facts.known
    if whole.dossier.procedure not in ("P8", "P9") or not known.get(Fact.ADVANCE_STAGE):
        return
    if known.get(Fact.UNDER_CONTRACT) and not known.get(Fact.CONTRACT_IN_FORCE):
        yield Finding(
            "Chỉ tạm ứng khi hợp đồng có hiệu lực, đã nhận bảo lãnh và có mặt bằng nếu hợp đồng yêu cầu. Xem lại."
        )


@dossier_rule("I05A-6", Level.ERROR, "Mẫu 05.a/TT (đặc tả hệ thống Kho bạc)")
def request_in_dossier(whole: Whole) -> Iterator[Finding]:
    """A withdrawal of capital that quotes a request which is not in the dossier."""
    requests = {subject.text("document_no") for subject in whole.subjects if subject.form.id == "I04A"}
    for index, subject in enumerate(whole.subjects):
        quoted = subject.text("payment_request_no")
        if subject.form.id == "I05A" and quoted and quoted not in requests and whole.dossier.case != "P8-17":
            message = f"Hồ sơ không có Giấy đề nghị 04.a/TT số {quoted[:40]}. Thêm mẫu 04.a/TT, hoặc sửa số đã ghi."
            yield Finding(message, field="payment_request_no", document=index)
