"""The nine procedures as data: whole, in one language, and each component's standing worked out."""

from __future__ import annotations

import pytest

from desktop.dossier.facts import Fact, Need
from desktop.dossier.pack import load_pack
from desktop.dossier.procedures import (
    Facts,
    State,
    UnknownCase,
    carried_by_files,
    case,
    case_name,
    components,
    is_component,
    label_of,
    procedures,
)

YES, NO = True, False


def states(case_id: str, facts: Facts) -> dict[str, State]:
    return {item.ref: item.state for item in components(case_id, facts)}


def test_all_nine_are_there_with_their_cases() -> None:
    counts = {item.id: len(item.cases) for item in procedures().procedures}
    assert counts == {"P1": 3, "P2": 2, "P3": 10, "P4": 1, "P5": 6, "P6": 4, "P7": 5, "P8": 18, "P9": 4}


@pytest.mark.parametrize("case_id", procedures().cases)
def test_every_component_is_a_form_a_scan_or_an_attachment(case_id: str) -> None:
    known = {form.id for form in load_pack().forms} | {scan.id for scan in load_pack().scans}
    options = {option for item in case(case_id).components for option in item.options}
    assert options <= known | set(procedures().attachments)


@pytest.mark.parametrize("case_id", procedures().cases)
def test_forms_of_a_case_are_forms_of_its_procedure(case_id: str) -> None:
    found = case(case_id)
    forms = next(item.forms for item in procedures().procedures if item.id == found.procedure)
    options = {option for item in found.components for option in item.options}
    assert options - set(procedures().attachments) <= set(forms)


def test_every_attachment_belongs_to_a_case_or_is_the_authoritys() -> None:
    used = {option for item in procedures().cases.values() for part in item.components for option in part.options}
    assert set(procedures().attachments) - used == {"lenh_hoan_tra"}


def test_a_condition_is_said_in_words_wherever_it_is_asked() -> None:
    silent = [
        (item.id, part.ref)
        for item in procedures().cases.values()
        for part in item.components
        if (part.need.facts or part.optional) and not part.when
    ]
    assert silent == []


def test_what_a_unit_cannot_start_says_why() -> None:
    closed = {item.id for item in procedures().cases.values() if not item.startable}
    assert closed == {"P1-a", "P1-c", "P2-a", "P2-b", "P5-f", "P6-d", "P8-14"}
    assert all(case(item).why_not for item in closed)


def test_the_estimate_paper_is_asked_for_once_a_year() -> None:
    paper = "att:van_ban_phe_duyet_du_toan"
    asked = {
        "first": states("P3-a3", Facts({Fact.FIRST_OF_YEAR: YES}))[paper],
        "changed": states("P3-a3", Facts({Fact.FIRST_OF_YEAR: NO, Fact.ESTIMATE_CHANGED: YES}))[paper],
        "later": states("P3-a3", Facts({Fact.FIRST_OF_YEAR: NO, Fact.ESTIMATE_CHANGED: NO}))[paper],
        "nobody said": states("P3-a3", Facts())[paper],
    }
    assert asked == {
        "first": State.MISSING,
        "changed": State.MISSING,
        "later": State.NOT_NEEDED,
        "nobody said": State.UNKNOWN,
    }


def test_what_the_treasury_has_need_not_be_sent_again() -> None:
    first = {Fact.FIRST_OF_YEAR: YES}
    had = Facts(first, on_file=frozenset({"van_ban_phe_duyet_du_toan"}))
    sent = Facts(first, present=frozenset({"van_ban_phe_duyet_du_toan"}), on_file=had.on_file)
    assert states("P3-a3", had)["att:van_ban_phe_duyet_du_toan"] is State.ON_FILE
    assert states("P3-a3", sent)["att:van_ban_phe_duyet_du_toan"] is State.PRESENT


def test_one_of_several_is_enough() -> None:
    voucher = next(item for item in components("P3-b", Facts(present=frozenset({"M18"}))))
    assert (voucher.options, voucher.state, voucher.need) == (("M17", "M18", "M19"), State.PRESENT, "required")


def test_the_legal_file_comes_with_a_projects_first_dossier() -> None:
    plan = "att:ke_hoach_dau_tu_cong"
    first = {Fact.FIRST_OF_PROJECT: YES, Fact.UNDER_CONTRACT: YES}
    later = {Fact.FIRST_OF_PROJECT: NO, Fact.PROJECT_CHANGED: NO}
    assert states("P8-1", Facts(first))[plan] is State.MISSING
    assert states("P8-1", Facts(first))["I02A"] is State.MISSING
    assert states("P8-1", Facts(later))[plan] is State.NOT_NEEDED


def test_what_only_the_unit_can_tell_is_never_missing() -> None:
    assert states("P8-17", Facts())["I06"] is State.NOT_NEEDED
    assert next(item.need for item in components("P8-17", Facts()) if item.ref == "I06") == "optional"


def test_only_what_has_no_form_is_attached() -> None:
    paths = {item.ref: item.attachable for item in components("P8-13", Facts())}
    assert paths["I04A"] == ()
    assert paths["I02A"] == ("I02A",)
    assert paths["one_of:att:quyet_dinh_du_an|att:lenh_khan_cap"] == ("quyet_dinh_du_an", "lenh_khan_cap")


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        ({}, None),
        ({Fact.LOAN: YES}, None),
        ({Fact.GRANT: YES}, False),
        ({Fact.LOAN: YES, Fact.GRANT: NO}, None),
        ({Fact.LOAN: YES, Fact.GRANT: NO, Fact.FOREIGN_CURRENCY: YES}, True),
        ({Fact.FOREIGN_CURRENCY: NO}, False),
    ],
)
def test_unknown_is_neither_yes_nor_no(known: dict[Fact, bool], holds: bool | None) -> None:
    need = Need(any_of=(Fact.LOAN, Fact.COMPENSATION), all_of=(Fact.FOREIGN_CURRENCY,), none_of=(Fact.GRANT,))
    assert need.holds(known) is holds


def test_some_cases_are_files_alone() -> None:
    alone = {item for item in procedures().cases if carried_by_files(item)}
    assert alone == {
        "P1-a",
        "P2-a",
        "P2-b",
        "P3-a1",
        "P3-a2",
        "P8-0",
        "P8-7",
        "P8-9",
        "P8-11",
        "P8-12",
        "P8-17",
        "P9-0",
    }


def test_names_are_those_of_the_law() -> None:
    assert label_of("M13") == "Rút dự toán (Mẫu 13)"
    assert label_of("van_ban_phe_duyet_du_toan") == "Văn bản phê duyệt dự toán"
    assert label_of("I02C").startswith("Bảng tổng hợp thông tin bồi thường")
    assert case_name("P3-a4") == "Chi thường xuyên: tạm ứng"
    assert case_name("a") == ""
    assert is_component("I02A")
    assert not is_component("M13")


def test_a_case_nobody_knows_says_what_to_do() -> None:
    with pytest.raises(UnknownCase, match="Chọn lại") as caught:
        case("P3-z")
    assert caught.value.code == "unknown_case"
